"""Pages of documentation that packages have put on this machine: real, written by many, and surely live."""

from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.judge.rows import Row, Section, live
from linkcheck import page

_TOOLCHAINS = Path.home() / ".rustup" / "toolchains"
_MOST_OF_A_FOLDER = 6
_SMALLEST, _LARGEST = 200, 2_000_000
_FEWEST_WORDS = 25
# Error pages of the documentation itself, templates, and what is only shown in frames or fetched by scripts.
_NOT_LIVE = re.compile(r"404|not.?found|error.?page|template|offline|/_static/|sidebar-items|/tests?/|fixtures|search")
_IS_TEMPLATE = re.compile(rb"\{\{|\{%|<\?php|<%[ =]|\$\{")


def roots() -> list[Path]:
    """Where packages put their pages."""
    prefix = Path(sys.prefix)
    usual = [Path("/usr/share/doc"), Path("/usr/share/gtk-doc"), Path("/usr/lib/node_modules"), prefix / "lib"]
    usual += sorted(_TOOLCHAINS.glob("*/share/doc"))[:1] if _TOOLCHAINS.is_dir() else []
    return [path for path in usual if path.is_dir()]


def of_machine(folders: Sequence[Path], most: int) -> Iterator[Row]:
    """At most so many pages, a few of every folder, the same ones on every run."""
    chosen = list(_files(folders))
    random.Random(7).shuffle(chosen)
    number = 0
    for root, path in chosen:
        if number == most:
            return
        try:
            body = path.read_bytes()
        except OSError:
            continue
        if _is_a_page(body):
            number += 1
            yield live(number, Section.MACHINE, root.name, _address(path.relative_to(root)), body)


def _files(folders: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    for root in folders:
        for place, inside, names in os.walk(root):
            inside.sort()
            pages = sorted(name for name in names if name.endswith((".html", ".htm")))
            kept = [name for name in pages if not _NOT_LIVE.search(f"{place}/{name}".lower())]
            # Spread over the folder: the first names are often indexes.
            step = max(1, len(kept) // _MOST_OF_A_FOLDER)
            yield from ((root, Path(place) / name) for name in kept[::step][:_MOST_OF_A_FOLDER])


def _is_a_page(body: bytes) -> bool:
    if not _SMALLEST <= len(body) <= _LARGEST or _IS_TEMPLATE.search(body[:4096]):
        return False
    parsed = page.parse(body, (("Content-Type", "text/html"),), "http://docs.example/page")
    return parsed is not None and not parsed.refresh and len(parsed.text.split()) >= _FEWEST_WORDS


def _address(path: Path) -> str:
    """A path that every URL parser leaves as it is."""
    return "/docs/" + "/".join(re.sub(r"[^\w.-]", "-", part, flags=re.A) for part in path.parts[-4:])
