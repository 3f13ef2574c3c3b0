"""What holds, and why: the effective settings for people, scripts and files. Never a secret. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from linkcheck import uri
from linkcheck.exceptions import Exemption
from linkcheck.settings.hosts import HostTable, shown
from linkcheck.settings.keys import KEYS, Settings

FORMS = ("text", "toml", "json")

DEFAULT = "default"
"""Where a value comes from that nobody set."""

_OPEN = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "LINKCHECK_CHROMIUM", "XDG_CACHE_HOME")
_PROXIES = tuple(
    name for each in ("http_proxy", "https_proxy", "all_proxy", "no_proxy") for name in (each, each.upper())
)
_SCHEME = re.compile(r"(?:(?:Bearer|Basic|Token|ApiKey|Key)\s+)?\$\{\w+\}", re.I)
_HIDDEN = "(not shown)"
_WIDEST = 44


@dataclass(frozen=True, slots=True)
class Shown:
    """What ``linkcheck config`` tells.

    Attributes:
        settings: that hold.
        passed_over: settings files that do not count.
        environment: name and words of the variables that have a say beside the settings.
    """

    settings: Settings
    passed_over: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


def environment_of(
    settings: Settings, environment: Mapping[str, str], secret: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """The variables that have a say beside the settings: which are set, and which a header needs and has not.

    Args:
        settings: name the variables of their headers.
        environment: of this process.
        secret: names of further variables whose values are nobody's business.
    """
    rows = [(name, environment[name]) for name in _OPEN if environment.get(name)]
    rows += [(name, _without_credentials(environment[name])) for name in _PROXIES if environment.get(name)]
    rows += [(name, "set") for name in secret if environment.get(name)]
    for table in settings.hosts:
        for name in table.variables:
            said = "set" if environment.get(name, "").strip() else "NOT SET: what is cited there is not asked"
            rows.append((name, f"{said} (for {table.pattern})"))
    return tuple(rows)


def show(told: Shown, form: str) -> str:
    """All of it in one of :data:`FORMS`."""
    return {"text": _as_text, "toml": _as_toml, "json": _as_json}[form](told)


def type_of(key: str) -> str:
    """What a value of a setting is, in words."""
    _, default, known = KEYS[key]
    if known.choices:
        return " or ".join(f"`{choice}`" for choice in known.choices)
    if known.takes in ("exceptions", "hosts"):
        return "tables or lines" if known.takes == "exceptions" else "a table for each host"
    if isinstance(default, bool):
        return "`true` or `false`"
    if isinstance(default, tuple):
        return "list of URLs" if known.takes == "urls" else "list of words"
    if isinstance(default, str):
        return {"path": "path", "time": "time, as `90s`, `10m`, `12h`, `7d`", "url": "URL"}.get(known.takes, "text")
    kind = known.takes or ("whole number" if isinstance(default, int) else "number")
    return f"{kind}, at least {known.least:g}" if known.least else kind


def literal(written: Any) -> str:
    """A value as TOML writes it; user names and passwords in URLs are left out."""
    if isinstance(written, bool):
        return "true" if written else "false"
    if isinstance(written, int | float):
        return str(written)
    if isinstance(written, date):
        return written.isoformat()
    if isinstance(written, list | tuple):
        return f"[{', '.join(literal(each) for each in written)}]"
    if isinstance(written, Mapping):
        return "{ " + ", ".join(f"{_bare(str(key))} = {literal(each)}" for key, each in written.items()) + " }"
    if isinstance(written, Exemption):
        held = {"url": written.url, "reasons": written.reasons, "until": written.until, "reason": written.why}
        return literal(held)
    return json.dumps(_without_credentials(str(written)), ensure_ascii=False).replace("\x7f", "\\u007f")


# ---------------------------------------------------------------- forms


def _rows(settings: Settings) -> Iterator[tuple[str, str, str, bool]]:
    """Key, value, where it comes from, and whether somebody set it; without the hosts."""
    for key, (name, _, known) in KEYS.items():
        if known.takes != "hosts":
            origin = settings.origins.get(key, "")
            yield key, literal(getattr(settings, name)), origin or DEFAULT, bool(origin)


def _as_text(told: Shown) -> str:
    settings = told.settings
    rows = list(_rows(settings))
    first = max(len(key) for key, *_ in rows)
    second = min(_WIDEST, max(len(value) for _, value, *_ in rows))
    lines = [f"Settings file: {settings.origin or 'none; the defaults hold'}"]
    lines += [f"Not used: {name}" for name in told.passed_over]
    group = ""
    for key, value, origin, _ in rows:
        if KEYS[key][2].group != group:
            group = KEYS[key][2].group
            lines += ["", group]
        lines.append(f"  {key:<{first}}  {value:<{second}}  {origin}")
    for table in settings.hosts:
        place = settings.origins.get(f"hosts {table.pattern}") or settings.origins.get("hosts", "")
        lines += ["", f"Host {table.pattern}  ({place})"]
        lines += [f"  {key:<{first}}  {value}" for key, value in shown(table).items()]
    if told.environment:
        lines += ["", "Environment"]
        lines += [f"  {name:<{first}}  {words}" for name, words in told.environment]
    return "\n".join(lines)


def _as_toml(told: Shown) -> str:
    """A linkcheck.toml that says the same, with where each value comes from; written-out secrets are not in it."""
    settings = told.settings
    lines = [f"# {settings.origin or 'no settings file; the defaults'}"]
    lines += [f"{key} = {value}{f'  # {origin}' if is_set else ''}" for key, value, origin, is_set in _rows(settings)]
    for table in settings.hosts:
        lines += ["", f"[hosts.{literal(table.pattern)}]", *_host_lines(table)]
    return "\n".join(lines)


def _host_lines(table: HostTable) -> Iterator[str]:
    told = {name: value for name, value in table.headers or () if _SCHEME.fullmatch(value)}
    if table.headers is not None:
        yield f"headers = {literal(told)}" if told else "headers = {}"
        yield from (f"# {name} = {_HIDDEN}" for name, _ in table.headers if name not in told)
    for key, value in shown(table).items():
        if key == "accept":
            yield f"accept = [{value}]"
        elif key == "method":
            yield f"method = {literal(value)}"
        elif key != "headers":
            yield f"{key} = {value}"


def _as_json(told: Shown) -> str:
    settings = told.settings
    made = {
        "schema": 1,
        "file": settings.origin,
        "not_used": list(told.passed_over),
        "settings": {
            key: {"value": _plain(getattr(settings, name)), "from": settings.origins.get(key, DEFAULT)}
            for key, (name, _, known) in KEYS.items()
            if known.takes != "hosts"
        },
        "hosts": {table.pattern: shown(table) for table in settings.hosts},
        "environment": dict(told.environment),
    }
    return json.dumps(made, indent=1, ensure_ascii=False)


def _plain(written: Any) -> Any:
    if isinstance(written, tuple | list):
        return [_plain(each) for each in written]
    if isinstance(written, Mapping):
        return {str(key): _plain(each) for key, each in written.items()}
    if isinstance(written, bool | int | float):
        return written
    return _without_credentials(str(written))


def _without_credentials(written: str) -> str:
    """``http://user:word@proxy:3128`` without what only the proxy should hear."""
    return uri.without_credentials(written) if "://" in written else re.sub(r"^[^/@\s]*:[^/@\s]*@", "", written)


def _bare(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else literal(key)
