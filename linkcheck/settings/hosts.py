"""Settings of one host, or of the hosts below a domain: ``[tool.linkcheck.hosts."example.org"]``. Pure.

Header values are kept as they were written, ``Bearer ${TOKEN}``; what the environment puts in their place is only in
the :class:`~linkcheck.conduct.HostRules` that a run is handed, and is printed nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from linkcheck import uri
from linkcheck.conduct import HostRules
from linkcheck.errors import SettingsError
from linkcheck.settings.values import nearest, number, words_of, yes_or_no

KEYS: dict[str, str] = {
    "headers": "Header fields that are sent to the host, over https alone and to nobody it redirects to: `env:NAME` "
    "for the value of an environment variable, or a text with `${NAME}` in it. Values are never printed or stored.",
    "allow-http": "Send the headers over plain http too, where anybody on the way can read them.",
    "accept": "Statuses, 300 to 999, that count as there: `alive: accepted-status`. What such an answer says is held "
    "against no quote, and it is not captured.",
    "spacing": "Seconds between two requests to the host.",
    "per-host": "Requests at once to the host.",
    "timeout": "Seconds for one whole answer.",
    "retries": "Further tries after a timeout, reset, 429 or 5xx.",
    "max-body": "Bytes of a body that are read.",
    "method": "`GET`, or `HEAD` for pages that nobody quotes.",
    "robots": "Whether robots.txt is asked before a page is archived.",
}
"""What a host's table may hold, and what it does there."""

_LEAST: dict[str, tuple[type[int] | type[float], float]] = {
    "spacing": (float, 0),
    "per-host": (int, 1),
    "timeout": (float, 0.1),
    "retries": (int, 0),
    "max-body": (int, 1024),
}
_FIELDS = {"spacing": "spacing_s", "per-host": "per_host", "timeout": "timeout_s", "max-body": "max_body_bytes"}
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NOT_YOURS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "user-agent", "range", "te"}
)
"""Ours to send: framing, what the archive can keep, and an honest name. (``contact`` puts yours into the latter.)"""

_SECRET_NAMES = re.compile(r"auth|cookie|token|secret|key|password", re.I)
_LABEL = "any-label"


@dataclass(frozen=True, slots=True)
class HostTable:
    """The settings of the hosts of one pattern, header values as they were written.

    Attributes:
        rules: all but the headers.
        headers: names with values in which ``${NAME}`` stands for environment variables; None where none are set.
    """

    rules: HostRules
    headers: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)

    @property
    def pattern(self) -> str:
        """As it was written, in lower case."""
        return self.rules.pattern

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables that its headers need."""
        return tuple(dict.fromkeys(name for _, value in self.headers or () for name in _VARIABLE.findall(value)))

    @property
    def written_out(self) -> tuple[str, ...]:
        """Names of headers whose value looks like a secret and stands in the file itself."""
        return tuple(
            name for name, value in self.headers or () if _SECRET_NAMES.search(name) and not _VARIABLE.search(value)
        )

    def resolved(self, environment: Mapping[str, str]) -> HostRules:
        """The rules with the values of the environment. Empty is as good as missing: so CI gives secrets to forks.

        Raises:
            SettingsError: a value cannot stand in a header field.
        """
        if self.headers is None:
            return self.rules
        missing = tuple(name for name in self.variables if not environment.get(name, "").strip())
        filled: list[tuple[str, str]] = []
        for name, written in self.headers:
            value = _VARIABLE.sub(lambda found: environment.get(found[1], "").strip(), written)
            if not _fits(value):
                holding = ", ".join(_VARIABLE.findall(written)) or "its text"
                raise SettingsError(
                    f"hosts.{self.pattern}: the header {name} cannot be sent: {holding} holds a line break, "
                    "or a letter that header fields cannot have"
                )
            filled.append((name, value))
        return replace(self.rules, headers=() if missing else tuple(filled), missing=missing)


def parse(written: Any, named: str) -> tuple[HostTable, ...]:
    """The setting ``hosts``: a table of tables, by host name or ``*.`` and a domain, each perhaps with a port.

    Raises:
        SettingsError: a host, a key or a value cannot be used; names it.
    """
    if not isinstance(written, Mapping):
        raise SettingsError(f"{named} takes a table for each host, not {written!r}")
    tables = [_table(str(host), table, f"{named}.{host}") for host, table in written.items()]
    patterns = [table.pattern for table in tables]
    twice = next((pattern for pattern in patterns if patterns.count(pattern) > 1), None)
    if twice is not None:
        raise SettingsError(f"{named}: {twice} stands there twice")
    return tuple(tables)


def _table(host: str, written: Any, named: str) -> HostTable:
    if not isinstance(written, Mapping):
        raise SettingsError(f"{named} takes a table with {', '.join(KEYS)}, not {written!r}")
    pattern, name, port = _pattern(host, named)
    values: dict[str, Any] = {}
    headers: tuple[tuple[str, str], ...] | None = None
    for key, value in written.items():
        if key not in KEYS:
            words = nearest(str(key), list(KEYS))
            if isinstance(value, Mapping) and "did you mean" not in words:
                words = f'; a host name with dots stands in quotes: hosts."{host}.{key}"'
            raise SettingsError(f"{named}: unknown key {key!r}{words}")
        said = f"{named}: {key}"
        if key == "headers":
            headers = _headers(value, said)
        elif key == "accept":
            values["accept"] = _statuses(value, said)
        elif key in ("allow-http", "robots"):
            values[key.replace("-", "_")] = yes_or_no(value, said)
        elif key == "method":
            if value not in ("GET", "HEAD"):
                raise SettingsError(f"{said} is one of GET, HEAD, not {value!r}")
            values["method"] = value
        else:
            values[_FIELDS.get(str(key), str(key))] = number(value, *_LEAST[key], said)
    return HostTable(HostRules(pattern, name, port, **values), headers)


def _pattern(written: str, named: str) -> tuple[str, str, int]:
    """The pattern in lower case, the host that it means (``*.`` before those below a domain), and a port or 0."""
    below = written.startswith("*.")
    plain = written.removeprefix("*.")
    normal = uri.normalise(f"https://{_LABEL}.{plain}/" if below else f"https://{plain}/")
    if not plain or normal is None or any(letter in plain for letter in "*/@?# ") or not uri.host(normal):
        raise SettingsError(f"{named}: {written!r} is no host; write example.org, *.example.org or example.org:8443")
    name = uri.host(normal).removeprefix(f"{_LABEL}.")
    if below and "." not in name:
        raise SettingsError(f"{named}: {written!r} means every host of a top-level domain; name one of them")
    port = re.search(r":(\d+)$", plain)
    return written.lower(), f"*.{name}" if below else name, int(port[1]) if port else 0


def _headers(written: Any, named: str) -> tuple[tuple[str, str], ...]:
    """Name and value of each, from a table or from lines ``Name: value``."""
    if isinstance(written, str):
        lines = [line for line in written.splitlines() if line.strip()]
        if wrong := next((line for line in lines if ":" not in line), None):
            raise SettingsError(f"{named} takes lines 'Name: value', and one has no colon (it begins {wrong[:8]!r})")
        pairs = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    elif isinstance(written, Mapping):
        pairs = list(written.items())
    else:
        raise SettingsError(f"{named} takes a table of header fields, or lines 'Name: value'")
    made = []
    for raw, value in pairs:
        name = str(raw).strip()
        if not _TOKEN.fullmatch(name):
            raise SettingsError(f"{named}: {name!r} is no name of a header field")
        if name.lower() in _NOT_YOURS or name.lower().startswith("if-"):
            raise SettingsError(f"{named}: {name} is linkcheck's own to send")
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{named}: {name} takes a text such as env:NAME or 'Bearer ${{NAME}}'")
        whole = re.fullmatch(r"env:([A-Za-z_][A-Za-z0-9_]*)", value.strip())
        if value.strip().startswith("env:") and whole is None:
            raise SettingsError(f"{named}: {name}: what follows 'env:' is no name of an environment variable")
        if not _fits(value):
            raise SettingsError(f"{named}: {name} holds a line break, or a letter that header fields cannot have")
        made.append((name, f"${{{whole[1]}}}" if whole else value.strip()))
    return tuple(made)


def _fits(value: str) -> bool:
    """Whether a header field can hold it (RFC 9110 5.5), and whether ISO 8859-1 can, in which heads are written."""
    return all(letter == "\t" or " " <= letter <= "~" or "\xa0" <= letter <= "\xff" for letter in value)


def _statuses(written: Any, named: str) -> tuple[int, ...]:
    listed = words_of(written, named) if isinstance(written, str) else written
    if isinstance(listed, int):
        listed = (listed,)
    if not isinstance(listed, list | tuple):
        raise SettingsError(f"{named} takes a list of statuses, such as [403, 999], not {written!r}")
    statuses = tuple(int(number(each, int, 100, named)) for each in listed)
    if wrong := next((each for each in statuses if not 300 <= each <= 999), None):
        why = "is a success anyhow" if 200 <= wrong < 300 else "is no status that an answer ends with"
        raise SettingsError(f"{named}: {wrong} {why}; statuses of 300 to 999 can be accepted")
    return statuses


def shown(table: HostTable) -> dict[str, str]:
    """What is set of one host, by key, for people; header values are not in it."""
    said: dict[str, str] = {}
    if table.headers is not None:
        parts = []
        for name, value in table.headers:
            needs = _VARIABLE.findall(value)
            parts.append(f"{name} (from {', '.join(needs)})" if needs else f"{name} (written out)")
        said["headers"] = ", ".join(parts) or "none"
    keys = {own: key for key, own in _FIELDS.items()}
    for entry in fields(HostRules):
        value = getattr(table.rules, entry.name)
        if entry.name in ("pattern", "host", "port", "headers", "missing") or value is None:
            continue
        if isinstance(value, bool):
            text = "true" if value else "false"
        else:
            text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        said[keys.get(entry.name, entry.name.replace("_", "-"))] = text
    return said
