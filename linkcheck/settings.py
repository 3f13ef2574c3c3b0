"""Settings: ``[tool:linkcheck]`` of setup.cfg, ``[tool.linkcheck]`` of pyproject.toml, or ``linkcheck.toml``.

The first of ``linkcheck.toml``, ``pyproject.toml``, ``setup.cfg`` that has such a section counts; options of the
command line stand above it.
"""

from __future__ import annotations

import configparser
import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from linkcheck import __version__, exceptions, uri
from linkcheck.conduct import Manners, Network, Policy, Resolve
from linkcheck.errors import SettingsError
from linkcheck.exceptions import Exemption
from linkcheck.model import State

CONTROLS = ("example.com", "www.iana.org", "www.rfc-editor.org")
"""Hosts that surely exist: asked when a run cannot tell a dead source from a dead line."""

COMMAND_LINE = "command line"
"""Where a value stands that was given as an option: what is said of it then names the option."""

POLICY_WORDS = ("missing-capture", "missing-memento", "broken-memento", "damaged")
"""What a policy may forbid beside states and reasons. Damage fails every ``verify``, whether it is named or not."""

_USER_AGENT = f"linkcheck/{__version__} (+https://pypi.org/project/citation-linkcheck/)"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its defaults. Field names are the keys, with ``-`` for ``_``.

    Attributes:
        sources: the document that is read where none is named.
        archive: folder of captures, snapshot metadata and history.
        controls: host names that surely exist, asked where a run cannot tell a dead source from a dead line.
        contact: address or URL that a server's owner can write to; stands in the User-Agent.
        fail_on: states, reasons and words of :data:`POLICY_WORDS` that make a run fail.
        allow_private: hosts, addresses or networks that may be private.
        resolve: ``HOST:PORT:ADDRESS[:PORT]`` entries.
        ca_file: PEM bundle to trust instead of the usual one.
        transport: ``auto``, ``libcurl`` or ``requests``.
        wayback: base URL of the Wayback Machine; "" does not ask it.
        memento: base URLs of further archives that speak Memento (RFC 7089), asked in turn where it holds none.
        timeout, connect_timeout, spacing: seconds.
        max_body: bytes of a body that are read.
        in_flight, per_host, retries: see :class:`linkcheck.conduct.Manners`.
        max_time: of one run, as ``90s``, ``10m``, ``2h``; what is left then is ``unknown: not-reached``. "" for no end.
        max_age: a source that answered so lately (``12h``, ``7d``) is not asked again. "" asks always.
        method: ``GET``, or ``HEAD`` where nobody needs the page.
        robots: archive nothing that robots.txt keeps us out of.
        trace: ask archives and frozen copies for sources that are dead, or that would not show a quote.
        requisites: archive the images, styles, scripts, fonts and frames of captured pages too.
        most_requisites, most_requisite_bytes: of one page; the rest is left out, and said.
        render_timeout: seconds for the picture and the print of one page.
        exceptions: what the policy lets pass for a while, as :func:`linkcheck.exceptions.parse` reads it.
        streak_looks, streak_days: what only fails is dead after so many bad looks, each so many days from the next.
        moved_collections: ``HOST[/PREFIX] FROM UNTIL TARGET`` rows of your own, see :mod:`linkcheck.frozen`.
    """

    sources: str = "sources.txt"
    archive: str = "archive"
    controls: tuple[str, ...] = CONTROLS
    contact: str = ""
    fail_on: tuple[str, ...] = ("dead", "drifted")
    allow_private: tuple[str, ...] = ()
    resolve: tuple[str, ...] = ()
    ca_file: str = ""
    transport: str = "auto"
    wayback: str = "https://web.archive.org"
    memento: tuple[str, ...] = ()
    timeout: float = 20.0
    connect_timeout: float = 10.0
    spacing: float = 0.25
    max_body: int = 16 * 1024 * 1024
    in_flight: int = 128
    per_host: int = 1
    retries: int = 2
    max_time: str = ""
    max_age: str = ""
    method: str = "GET"
    robots: bool = True
    trace: bool = True
    moved_collections: tuple[str, ...] = ()
    requisites: bool = False
    most_requisites: int = 300
    most_requisite_bytes: int = 64 * 1024 * 1024
    render_timeout: float = 30.0
    exceptions: tuple[Any, ...] = ()
    streak_looks: int = 3
    streak_days: float = 3.0
    origin: str = field(default="", metadata={"internal": True})

    def network(self) -> Network:
        """How sockets are opened.

        Raises:
            SettingsError: a ``resolve`` entry has not the form.
        """
        agent = _USER_AGENT.replace(")", f"; {self.contact})") if self.contact else _USER_AGENT
        return Network(
            user_agent=agent,
            ca_file=self.ca_file,
            resolve=tuple(parse_resolve(entry) for entry in self.resolve),
            allow_private=frozenset(self.allow_private),
            connect_timeout_s=self.connect_timeout,
            timeout_s=self.timeout,
            max_body_bytes=self.max_body,
        )

    def exempted(self, reasons: Iterable[str]) -> tuple[Exemption, ...]:
        """What the policy lets pass for a while.

        Raises:
            SettingsError: an entry has not the form.
        """
        return exceptions.parse(list(self.exceptions), [*State, *reasons, *POLICY_WORDS], "exceptions")

    def manners(self) -> Manners:
        """How hard we may knock."""
        return Manners(in_flight=self.in_flight, per_host=self.per_host, spacing_s=self.spacing, retries=self.retries)

    def policy(self, reasons: Iterable[str]) -> Policy:
        """What a citation may not be.

        Raises:
            SettingsError: a word of ``fail_on`` is neither a state, a reason nor one of :data:`POLICY_WORDS`.
        """
        known = [*State, *reasons, *POLICY_WORDS]
        for word in self.fail_on:
            if word not in known and word != "none":
                raise SettingsError(f"fail-on: {word!r} is neither a state nor a reason{_nearest(word, known)}")
        return Policy(frozenset(self.fail_on) - {"none"})


_KEYS = {entry.name.replace("_", "-"): entry for entry in fields(Settings) if not entry.metadata.get("internal")}
_LEAST = {
    "timeout": 0.1,
    "connect-timeout": 0.1,
    "spacing": 0,
    "max-body": 1024,
    "in-flight": 1,
    "per-host": 1,
    "retries": 0,
    "most-requisites": 1,
    "most-requisite-bytes": 1024,
    "render-timeout": 1,
    "streak-looks": 2,
    "streak-days": 0,
}
_CHOICES = {"transport": ("auto", "libcurl", "requests"), "method": ("GET", "HEAD")}
_DURATIONS = ("max-time", "max-age")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def load(folder: Path) -> Settings:
    """The settings of a folder.

    Raises:
        SettingsError: a file cannot be read, or holds a key or a value that linkcheck does not know.
    """
    for name, section in (
        ("linkcheck.toml", _linkcheck_toml),
        ("pyproject.toml", _pyproject),
        ("setup.cfg", _setup_cfg),
    ):
        path = folder / name
        if path.is_file():
            try:
                found = section(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, configparser.Error, UnicodeDecodeError, OSError) as error:
                raise SettingsError(f"{path}: cannot be read: {error}") from error
            if found is not None:
                return with_values(Settings(origin=name), found, where=name)
    return Settings()


def with_values(settings: Settings, values: dict[str, Any], *, where: str) -> Settings:
    """The settings with some of them set anew.

    Raises:
        SettingsError: an unknown key or an unusable value, named with ``where`` it stands.
    """
    changes: dict[str, Any] = {}
    for key, written in values.items():
        entry = _KEYS.get(key)
        if entry is None:
            raise SettingsError(f"{where}: unknown key {key!r}{_nearest(key, list(_KEYS))}")
        named = f"--{key}" if where == COMMAND_LINE else f"{where}: {key}"
        changes[entry.name] = _value(key, written, entry.default, named)
    return replace(settings, **changes)


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


def _value(key: str, written: Any, default: Any, named: str) -> Any:
    if isinstance(default, bool):
        return _yes_or_no(written, named)
    if key == "exceptions":
        # Not at commas: a URL may hold them, and so may the reason.
        listed = written.splitlines() if isinstance(written, str) else written
        if not isinstance(listed, list):
            raise SettingsError(f"{named} takes tables or lines, not {written!r}")
        return tuple(entry for entry in listed if not isinstance(entry, str) or entry.strip())
    if isinstance(default, tuple):
        parts = written.replace(",", "\n").splitlines() if isinstance(written, str) else written
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            raise SettingsError(f"{named} takes a list of words, not {written!r}")
        words = tuple(part.strip() for part in parts if part.strip())
        if key == "memento" and (wrong := [word for word in words if not uri.is_web(uri.normalise(word) or "")]):
            raise SettingsError(f"{named} takes base URLs such as https://arquivo.pt/wayback, not {wrong[0]!r}")
        return words
    if isinstance(default, str):
        if not isinstance(written, str):
            raise SettingsError(f"{named} takes a text, not {written!r}")
        choices = _CHOICES.get(key)
        if choices and written not in choices:
            raise SettingsError(f"{named} is one of {', '.join(choices)}, not {written!r}")
        if key in _DURATIONS and written and seconds(written) is None:
            raise SettingsError(f"{named} takes a time such as 90s, 10m, 12h or 7d, not {written!r}")
        if key == "wayback" and written.strip() and not uri.is_web(uri.normalise(written.strip()) or ""):
            raise SettingsError(f"{named} takes a URL such as https://web.archive.org, or '' for none, not {written!r}")
        return written.strip()
    return _number(key, written, type(default), named)


def _yes_or_no(written: Any, named: str) -> bool:
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    answer = known.get(str(written).strip().lower())
    if answer is None:
        raise SettingsError(f"{named} is true or false, not {written!r}")
    return answer


def _number(key: str, written: Any, kind: type[int] | type[float], named: str) -> int | float:
    try:
        if isinstance(written, bool) or (kind is int and isinstance(written, float)):
            raise ValueError
        number = kind(written)
    except (TypeError, ValueError):
        wanted = "a whole number" if kind is int else "a number"
        raise SettingsError(f"{named} takes {wanted}, not {written!r}") from None
    if not _LEAST[key] <= number < 10**12:
        raise SettingsError(f"{named} is at least {_LEAST[key]}, not {written!r}")
    return number


def _nearest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" (did you mean {str(close[0])!r}?)" if close else f"; known are {', '.join(known)}"


def _linkcheck_toml(text: str) -> dict[str, Any] | None:
    return tomllib.loads(text)


def _pyproject(text: str) -> dict[str, Any] | None:
    tools = tomllib.loads(text).get("tool", {})
    section = tools.get("linkcheck") if isinstance(tools, dict) else None
    if section is not None and not isinstance(section, dict):
        raise SettingsError(f"pyproject.toml: [tool.linkcheck] is a table of settings, not {section!r}")
    return section


def _setup_cfg(text: str) -> dict[str, Any] | None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return dict(parser["tool:linkcheck"]) if parser.has_section("tool:linkcheck") else None
