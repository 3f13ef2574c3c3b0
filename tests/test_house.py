"""The walls of the house: what may import what, and who may touch the world."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

import linkcheck

ROOT = Path(linkcheck.__file__).parent

STOREYS = (
    ("errors", "model", "conduct", "clock", "interrupt"),
    ("uri", "atomic", "body", "memento", "confined", "zips", "images"),
    ("signs", "frozen", "neighbours", "exceptions", "score", "baseline"),
    ("page", "quote", "likeness", "jsonlines", "connectivity", "settings", "robots"),
    ("drift", "requisites", "citing"),
    ("judge", "extract"),
    ("reports",),
    ("documents", "store", "dossier", "repairing"),
    ("web",),
    ("archives", "demo"),
    ("importing", "ports", "replay"),
    ("findings", "looking", "rendering", "matching", "pace", "shellwords"),
    ("tracing", "saving", "completing", "picturing", "illustrating"),
    ("searching", "holding"),
    ("pipeline",),
    ("wiring", "progress", "options"),
    ("keeping", "runs", "mending"),
    ("api",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""From the ground up: a room imports from lower storeys and from itself, never from its own storey's neighbours."""

GROUND = STOREYS[0]

ONLY = {
    "socket": {"web", "demo"},
    "socketserver": {"demo"},
    "ssl": {"web", "demo"},
    "http.client": {"web"},
    "pycurl": {"web"},
    "requests": {"web", "archives"},
    "urllib3": {"web", "archives"},
    "waybackpy": {"archives"},
    "warcio": {"importing"},
    "filelock": {"archives"},
    "sqlite3": {"store"},
    "click": {"cli", "commands", "options", "shellwords"},
    "rich": {"reports", "progress"},
    "jinja2": {"reports"},
    "bs4": {"extract"},
    "pyromark": {"extract"},
    "mwparserfromhell": {"extract"},
    "rapidfuzz": {"quote"},
    "selectolax": {"page", "requisites"},
    "tinycss2": {"requisites"},
    "playwright": {"rendering"},
    "trafilatura": {"drift"},
    "ada_url": {"uri"},
    "trustme": {"demo"},
    "cryptography": {"web"},
    "time": {"clock"},
    "threading": {"web", "demo"},
    "pypdfium2": {"extract"},
    "signal": {"commands", "confined"},
    "subprocess": {"confined", "documents", "replay"},
    "pathspec": {"documents"},
    "charset_normalizer": {"documents"},
    "yaml": {"extract"},
    "http.server": {"demo", "replay"},
    "tempfile": {"atomic", "importing", "replay"},
}

DISK = {
    "documents",
    "store",
    "archives",
    "importing",
    "replay",
    "atomic",
    "settings",
    "cli",
    "commands",
    "demo",
    "reports",
    "frozen",
}
"""May read or write files; ``reports`` reads its own template, ``frozen`` its table, ``settings`` the settings file."""

PURE = {
    "model",
    "conduct",
    "memento",
    "uri",
    "body",
    "page",
    "quote",
    "likeness",
    "drift",
    "signs",
    "citing",
    "frozen",
    "exceptions",
    "zips",
    "images",
    "score",
    "baseline",
    "neighbours",
    "requisites",
    "judge",
    "extract",
    "jsonlines",
    "connectivity",
    "dossier",
    "repairing",
    "matching",
    "illustrating",
    "pace",
    "pipeline",
}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path: Path) -> list[tuple[str, int]]:
    return list(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def storey(name: str) -> int:
    return next(level for level, rooms in enumerate(STOREYS) if name in rooms)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_run_downward(path: Path) -> None:
    if room(path) == "__init__":
        return
    own = room(path)
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] != "linkcheck" or len(parts) < 2 or parts[1].startswith("__"):
            continue
        other = parts[1]
        if other == own or other == "__version__":
            continue
        lower = storey(other) < storey(own) or (own in GROUND and other in GROUND)
        assert lower, f"{path.name}:{line}: {own} imports {other}, which is not below it"


def test_every_library_that_has_a_room_works_there() -> None:
    """Else an import that went leaves a package behind that everybody installs for nothing."""
    imported = {name for path in modules() for name, _ in imports(path)}
    assert {each for each in ONLY if not any(f"{name}.".startswith(f"{each}.") for name in imported)} == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_library_stays_in_its_room(path: Path) -> None:
    for name, line in imports(path):
        for library, rooms in ONLY.items():
            if name == library or name.startswith(f"{library}."):
                assert room(path) in rooms, f"{path.name}:{line} imports {name}"


def test_the_lists_above_name_rooms_that_are_there() -> None:
    built = {room(path) for path in modules()} - {"__init__"}
    assert built == {name for rooms in STOREYS for name in rooms}
    assert {name for rooms in ONLY.values() for name in rooms} <= built
    assert built >= DISK | PURE


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_the_command_line_prints_and_exits_and_only_the_clock_reads_the_time(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in {"print", "sys.exit", "exit", "os._exit", "sys.stdout.write", "sys.stderr.write"}:
            assert room(path) in {"__main__", "cli", "commands"}, f"{path.name}:{node.lineno} calls {called}"
        if called in {"datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today"}:
            assert room(path) == "clock", f"{path.name}:{node.lineno} calls {called}"
        if called == "open" or called.endswith((".read_text", ".read_bytes", ".write_text", ".write_bytes")):
            assert room(path) in DISK, f"{path.name}:{node.lineno} calls {called}"


def test_there_is_no_circle() -> None:
    names = {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__") for path in modules()
    }
    graph: dict[str, set[str]] = {}
    for path in modules():
        own = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
        top = {name for node in parsed(path).body for name in _imported(node)}
        graph[own] = {name for name in top if name in names and name != own}

    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name in done:
            return
        for other in graph.get(name, ()):
            walk(other, (*trail, name))
        done.add(name)

    for name in graph:
        walk(name, ())


def _imported(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from whole
        if not all((ROOT.parent / Path(*name.split("."))).with_suffix(".py").exists() for name in whole):
            yield node.module


def test_no_room_is_larger_than_a_fifth_of_the_house() -> None:
    size: dict[str, int] = {}
    for path in modules():
        size[room(path)] = size.get(room(path), 0) + len(path.read_text(encoding="utf-8").splitlines())
    largest = max(size, key=lambda name: size[name])
    assert size[largest] <= sum(size.values()) / 5, f"{largest}: {size[largest]} of {sum(size.values())} lines"


def test_no_file_is_crowded() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > 520} == {}
