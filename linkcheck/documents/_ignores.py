"""What ``.gitignore`` files keep out of a directory that is walked. A file that is named is read all the same."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"
_ALL_INSIDE = re.compile(r"/\*\*[ \t]*\Z")


class Ignores:
    """The ignore files that hold under one directory: its own, those above it in its repository, those below."""

    def __init__(self, directory: Path) -> None:
        self._read: dict[Path, GitIgnoreSpec | None] = {}
        start = directory.absolute()
        top = next((each for each in (start, *start.parents) if (each / ".git").exists()), start)
        self._top = top
        # Who names an ignored directory wants it read: then only what is ignored within it stays out.
        if top != start and self.keep_out(start, is_directory=True):
            self._top = start

    def keep_out(self, path: Path, *, is_directory: bool = False) -> bool:
        """Whether the path is ignored; the nearest file that speaks of it decides (gitignore(5))."""
        whole = path.absolute()
        for folder in whole.parents:
            spec = self._spec(folder)
            if spec is not None:
                inside = whole.relative_to(folder).as_posix()
                said = spec.check_file(f"{inside}/" if is_directory else inside).include
                if said is not None:
                    return said
            if folder == self._top:
                break
        return False

    def _spec(self, folder: Path) -> GitIgnoreSpec | None:
        if folder not in self._read:
            lines: list[str] = []
            own = (folder / ".git" / "info" / "exclude", folder / _NAME) if folder == self._top else (folder / _NAME,)
            for path in own:
                lines += _lines(path)
            self._read[folder] = _compiled(lines) if lines else None
        return self._read[folder]


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    except OSError:  # what may not be read ignores nothing; git does so, too
        return []
    # "a/**" is what lies in "a", of which "!a/b.md" may be read again; pathspec takes "a" itself for ignored.
    return [line if line.startswith("!") else _ALL_INSIDE.sub("/*", line) for line in lines]


def _compiled(lines: list[str]) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings(action="ignore", category=FutureWarning):  # Python's, of sets such as "[[a]"
        try:
            return GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):  # one pattern is none ("[z-a]"): the others count
            kept = [line for line in lines if _is_pattern(line)]
            return GitIgnoreSpec.from_lines(kept) if kept else None


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
