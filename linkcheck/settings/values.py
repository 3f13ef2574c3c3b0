"""From what was written to a value of the right kind, and what is said of one that is not. Pure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

from linkcheck import uri
from linkcheck.conduct import Resolve
from linkcheck.errors import SettingsError

_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a setting beside its type and its default; ``docs/configuration.md`` is written from it.

    Attributes:
        says: what it does.
        group: heading that it stands under.
        takes: what a value is, where the type does not say it: ``seconds``, ``path``, ``time``, ``url``, ``urls``,
            ``exceptions``, ``hosts``.
        least: of a number.
        choices: of a text.
    """

    says: str
    group: str
    takes: str = ""
    least: float = 0
    choices: tuple[str, ...] = ()


def value(key: Key, written: Any, default: Any, named: str) -> Any:
    """The value that stands for what was written, of the kind that the default has.

    Args:
        key: what is known of the setting.
        written: as TOML, setup.cfg or the command line gave it.
        default: its type is the one wanted.
        named: where it stands, for what is said of it.

    Raises:
        SettingsError: it is not of that kind.
    """
    if isinstance(default, bool):
        return yes_or_no(written, named)
    if key.takes == "exceptions":
        # Not at commas: a URL may hold them, and so may the reason.
        listed = written.splitlines() if isinstance(written, str) else written
        if not isinstance(listed, list):
            raise SettingsError(f"{named} takes tables or lines, not {written!r}")
        return tuple(entry for entry in listed if not isinstance(entry, str) or entry.strip())
    if isinstance(default, tuple):
        return _words(key, written, named)
    if isinstance(default, str):
        return _text(key, written, named)
    return number(written, type(default), key.least, named)


def yes_or_no(written: Any, named: str) -> bool:
    """``true``, ``yes``, ``on`` and their opposites.

    Raises:
        SettingsError: it is none of them.
    """
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    answer = known.get(str(written).strip().lower())
    if answer is None:
        raise SettingsError(f"{named} is true or false, not {written!r}")
    return answer


def number(written: Any, kind: type[int] | type[float], least: float, named: str) -> int | float:
    """A number that is not below the least.

    Raises:
        SettingsError: it is none, or too small, or absurdly large.
    """
    try:
        if isinstance(written, bool) or (kind is int and isinstance(written, float)):
            raise ValueError
        given = kind(written)
    except (TypeError, ValueError):
        wanted = "a whole number" if kind is int else "a number"
        raise SettingsError(f"{named} takes {wanted}, not {written!r}") from None
    if not least <= given < 10**12:
        raise SettingsError(f"{named} is at least {least:g}, not {written!r}")
    return given


def nearest(word: str, known: list[str]) -> str:
    """`` (did you mean 'timeout'?)``, or which words are known where none is near."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" (did you mean {str(close[0])!r}?)" if close else f"; known are {', '.join(known)}"


def seconds(written: str) -> float | None:
    """The seconds of ``90s``, ``10m``, ``12h``, ``7d``, ``2w`` or a bare number; None where it is none of them."""
    match = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*([smhdw]?)\s*", written)
    return float(match[1]) * _SECONDS[match[2]] if match else None


def parse_resolve(entry: str) -> Resolve:
    """Reads ``HOST:PORT:ADDRESS[:PORT]``; an IPv6 address stands in brackets.

    Raises:
        SettingsError: it has not that form.
    """
    wrong = SettingsError(
        f"--resolve: {entry!r} is not HOST:PORT:ADDRESS or HOST:PORT:ADDRESS:PORT (example.org:443:127.0.0.1:8443)"
    )
    host, _, rest = entry.partition(":")
    port, _, target = rest.partition(":")
    if target.startswith("["):
        address, _, to_port = target[1:].partition("]")
        to_port = to_port.removeprefix(":")
    else:
        address, _, to_port = target.partition(":")
    normal = uri.normalise(f"http://{host}/") if host else None
    ports = [port, to_port or port]
    if normal is None or uri.ip_literal(address) is None:
        raise wrong
    if not all(number.isascii() and number.isdigit() and 0 < int(number) < 65536 for number in ports):
        raise wrong
    return Resolve(uri.host(normal), int(ports[0]), address, int(ports[1]))


def words_of(written: Any, named: str) -> tuple[str, ...]:
    """A list of words; in one text they are apart by commas or lines.

    Raises:
        SettingsError: it is neither.
    """
    parts = written.replace(",", "\n").splitlines() if isinstance(written, str) else written
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise SettingsError(f"{named} takes a list of words, not {written!r}")
    return tuple(part.strip() for part in parts if part.strip())


def _words(key: Key, written: Any, named: str) -> tuple[str, ...]:
    words = words_of(written, named)
    if key.takes == "urls" and (wrong := [word for word in words if not _is_web(word)]):
        raise SettingsError(f"{named} takes base URLs such as https://arquivo.pt/wayback, not {wrong[0]!r}")
    return words


def _text(key: Key, written: Any, named: str) -> str:
    if not isinstance(written, str):
        raise SettingsError(f"{named} takes a text, not {written!r}")
    if key.choices and written not in key.choices:
        raise SettingsError(f"{named} is one of {', '.join(key.choices)}, not {written!r}")
    if key.takes == "time" and written and seconds(written) is None:
        raise SettingsError(f"{named} takes a time such as 90s, 10m, 12h or 7d, not {written!r}")
    if key.takes == "url" and written.strip() and not _is_web(written.strip()):
        raise SettingsError(f"{named} takes a URL such as https://web.archive.org, or '' for none, not {written!r}")
    return written.strip()


def _is_web(written: str) -> bool:
    return uri.is_web(uri.normalise(written) or "")
