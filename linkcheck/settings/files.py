"""Where settings come from: a file of the project, the environment, options. Later ones stand above earlier ones."""

from __future__ import annotations

import configparser
import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linkcheck.errors import SettingsError
from linkcheck.settings import hosts
from linkcheck.settings.keys import KEYS, Settings
from linkcheck.settings.values import nearest, value

COMMAND_LINE = "command line"
"""Where a value stands that was given as an option: what is said of it then names the option."""

PREFIX = "LINKCHECK_"
"""Of environment variables that are settings: ``LINKCHECK_FAIL_ON`` for ``fail-on``."""

_OF_OTHERS = frozenset(
    {"CHROMIUM"}  # the browser that draws pages
    | {"BASELINE", "DOCUMENTS", "INSTALL"}  # of the GitLab template
    # What our own tests are told.
    | {"AXE", "CDXJ_INDEXER", "CORPUS", "INSTALLS", "PRE_COMMIT", "PYWB", "REPLAYWEB", "SARIF", "SHOTS", "WACZ"}
)
"""What is called so and is no setting."""

_SECTION = "tool:linkcheck"
_HOSTS = f"{_SECTION}:hosts:"


@dataclass(frozen=True, slots=True)
class Found:
    """A settings file that speaks of linkcheck.

    Attributes:
        folder: that its paths are meant from.
        name: of the file, from the folder that was asked about.
        values: by key, as written.
        lines: by key, where it stands; without those that a plain look over the lines does not find.
    """

    folder: Path
    name: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]


def load(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that hold in a folder.

    The first file with settings counts, and it alone: ``linkcheck.toml``, ``pyproject.toml``, ``setup.cfg`` of the
    folder, then of each folder above it, up to the root of its repository (where ``.git`` is). Above that, and outside
    of a repository, nothing is looked for. Paths in a file, and the defaults where it names none, are meant from the
    folder of the file.

    Args:
        folder: where the work is done.
        environment: holds settings of its own, see :data:`PREFIX`; without one, none count.

    Raises:
        SettingsError: a file cannot be read, or holds a key or a value that linkcheck does not know.
    """
    settings = Settings()
    found = next(_found(folder), None)
    if found is not None:
        settings = with_values(replace(settings, origin=found.name), found.values, where=found.name, lines=found.lines)
        settings = _from_its_folder(settings, found.folder)
    for name, written in environment_values(environment or {}).items():
        variable = _variable(name)
        settings = with_values(settings, {name: written}, where=variable)
    return replace(settings, strays=tuple(_strays(environment or {}, settings)))


def with_values(
    settings: Settings, values: Mapping[str, Any], *, where: str, lines: Mapping[str, int] | None = None
) -> Settings:
    """The settings with some of them set anew.

    Args:
        settings: as they were.
        values: by key, as TOML, setup.cfg or options give them.
        where: they stand, for what is said of them.
        lines: on which line each, where that is known.

    Raises:
        SettingsError: an unknown key or an unusable value, named with where it stands.
    """
    changes: dict[str, Any] = {}
    origins = dict(settings.origins)
    for key, written in values.items():
        line = (lines or {}).get(key)
        place = f"{where}:{line}" if line else where
        if key not in KEYS:
            raise SettingsError(f"{place}: unknown key {key!r}{nearest(key, list(KEYS))}")
        name, default, known = KEYS[key]
        named = f"--{key}" if where == COMMAND_LINE else where if where == _variable(key) else f"{place}: {key}"
        changes[name] = hosts.parse(written, named) if known.takes == "hosts" else value(known, written, default, named)
        origins[key] = f"--{key}" if where == COMMAND_LINE else place
        if known.takes == "hosts":
            tables = ((table.pattern, (lines or {}).get(f"hosts {table.pattern}")) for table in changes[name])
            origins |= {f"hosts {pattern}": f"{where}:{number}" for pattern, number in tables if number}
    return replace(settings, **changes, origins=origins)


def environment_values(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings that the environment holds, by key; an empty variable is none."""
    held = {key: environment.get(_variable(key), "") for key, (_, _, known) in KEYS.items() if known.takes != "hosts"}
    return {key: written for key, written in held.items() if written}


def _strays(environment: Mapping[str, str], settings: Settings) -> Iterator[str]:
    """What looks like a setting and is none, in sentences; a pipeline may have names of its own, so it is no error."""
    known = [_variable(key).removeprefix(PREFIX) for key, (_, _, known) in KEYS.items() if known.takes != "hosts"]
    of_headers = {name for table in settings.hosts for name in table.variables}
    for name in sorted(environment.keys() - of_headers):
        word = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and environment[name] and word not in _OF_OTHERS and word not in known:
            close = difflib.get_close_matches(word.upper(), known, n=1)
            perhaps = f" (did you mean {PREFIX}{close[0]}?)" if close else "; `linkcheck config` shows which there are"
            yield f"{name}: no setting is called so, and it counts for nothing{perhaps}"


def passed_over(folder: Path) -> tuple[str, ...]:
    """Further settings files that speak of linkcheck and do not count, by name; those that cannot be read too."""
    names = []
    reading = _found(folder)
    while True:
        try:
            names.append(next(reading).name)
        except StopIteration:
            return tuple(names[1:])
        except SettingsError as error:
            return (*names[1:], f"{error}")


# ---------------------------------------------------------------- finding


def _found(folder: Path) -> Iterator[Found]:
    for place in _folders(folder):
        for name, (section, header) in _READERS.items():
            path = place / name
            if not path.is_file():
                continue
            shown = name if place == folder else os.path.relpath(path, folder.absolute())
            try:
                text = path.read_text(encoding="utf-8")
                values = section(text)
            except (tomllib.TOMLDecodeError, configparser.Error, UnicodeDecodeError, OSError) as error:
                raise SettingsError(f"{shown}: cannot be read: {error}") from error
            except SettingsError as error:
                raise SettingsError(f"{shown}: {error}") from error
            if values is not None:
                yield Found(place, shown, values, _lines(text, header))


def _folders(folder: Path) -> Iterator[Path]:
    """The folder, and those above it up to the root of its repository; above and outside of one, strangers write."""
    yield folder
    chain = (folder.absolute(), *folder.absolute().parents)
    root = next((number for number, place in enumerate(chain) if (place / ".git").exists()), 0)
    yield from (Path(os.path.relpath(place)) for place in chain[1 : root + 1])


def _from_its_folder(settings: Settings, folder: Path) -> Settings:
    """With its paths, and the defaults of those that it does not name, from the folder of the file."""
    if folder == Path():
        return settings
    changes: dict[str, Any] = {}
    for name, _, known in KEYS.values():
        written = getattr(settings, name)
        if known.takes == "path" and written:
            changes[name] = str(folder / written)
    return replace(settings, **changes)


def _variable(key: str) -> str:
    return f"{PREFIX}{key.replace('-', '_').upper()}"


# ---------------------------------------------------------------- reading


def _linkcheck_toml(text: str) -> dict[str, Any] | None:
    values = tomllib.loads(text)
    inside = values.get("tool")
    if isinstance(inside, dict) and "linkcheck" in inside:
        raise SettingsError("the keys stand here without [tool.linkcheck]; that is how pyproject.toml has them")
    return values


def _pyproject(text: str) -> dict[str, Any] | None:
    tools = tomllib.loads(text).get("tool", {})
    section = tools.get("linkcheck") if isinstance(tools, dict) else None
    if section is not None and not isinstance(section, dict):
        raise SettingsError(f"[tool.linkcheck] is a table of settings, not {section!r}")
    return section


def _setup_cfg(text: str) -> dict[str, Any] | None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    for name in parser.sections():
        if name.startswith("tool.linkcheck"):
            raise SettingsError(f"[{name}] is not read here; the section is called [{name.replace('.', ':', 1)}]")
        if name.startswith(f"{_SECTION}:") and not name.startswith(_HOSTS):
            raise SettingsError(f"unknown section [{name}] (did you mean [{_HOSTS}example.org]?)")
    tables = {name.removeprefix(_HOSTS): dict(parser[name]) for name in parser.sections() if name.startswith(_HOSTS)}
    if not parser.has_section(_SECTION) and not tables:
        return None
    values: dict[str, Any] = dict(parser[_SECTION]) if parser.has_section(_SECTION) else {}
    return {**values, "hosts": tables} if tables else values


_READERS: dict[str, tuple[Callable[[str], dict[str, Any] | None], str]] = {
    "linkcheck.toml": (_linkcheck_toml, ""),
    "pyproject.toml": (_pyproject, "tool.linkcheck"),
    "setup.cfg": (_setup_cfg, _SECTION),
}
"""In the order in which they count: how each is read, and the name of its section."""

_HEADER = re.compile(r"\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_ASSIGNED = re.compile(r"""["']?([A-Za-z][\w-]*)["']?\s*(?:[=:.]|$)""")


def _lines(text: str, section: str) -> dict[str, int]:
    """Where each key of a section stands first; a look over the lines, for neither TOML nor setup.cfg tells."""
    known: dict[str, int] = {}
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.fullmatch(line.rstrip())
        if header:
            current = header[1].replace('"', "").replace("'", "")
            inner = current if not section else current[len(section) + 1 :] if current.startswith(section) else ""
            if inner:
                key, _, host = re.sub(r"[.:]", " ", inner, count=1).partition(" ")
                known.setdefault(key, number)
                if key == "hosts" and host:
                    known.setdefault(f"hosts {host.lower()}", number)
        elif current == section and (assigned := _ASSIGNED.match(line)):
            known.setdefault(assigned[1], number)
    return known
