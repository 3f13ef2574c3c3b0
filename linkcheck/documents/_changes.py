"""Which lines a git change adds or touches: so that a pull request is held for its own citations, not for old ones."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from linkcheck.errors import InputError

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_BINARY = re.compile(rb'Binary files .* and ("?b/.*) differ\Z')
_INDEX = re.compile(rb"index ([0-9a-f]+)\.\.")
_LONGEST_S = 120.0


@dataclass(frozen=True, slots=True)
class _Change:
    """``lines``: that were touched; None for all. ``before``: git's name of the content on the left side, or ""."""

    lines: frozenset[int] | None
    before: str = ""


class Changes:
    """A change: everything since a revision branched off, or what ``git diff RANGE`` shows.

    Args:
        since: a revision; the change is all that came after it was left, the working tree and new files with it.
        diff: a revision or a range, as ``git diff`` takes it; line numbers are those of its right side.
    """

    def __init__(self, *, since: str = "", diff: str = "") -> None:
        for option, revision in (("--since", since), ("--diff", diff)):
            if revision.startswith("-") or "\0" in revision:
                raise InputError(f"{option} takes a revision of git, such as main or HEAD~3, not {revision!r}")
        self._since, self._diff = since, diff
        self._read: dict[Path, dict[Path, _Change]] = {}
        self._tops: dict[Path, Path] = {}

    def lines(self, name: str) -> frozenset[int] | None:
        """The lines of a document that the change touches; None for all of it: it is new, or has no lines.

        Raises:
            InputError: it lies in no repository, git does not know the revision, or there is no git here.
        """
        return self._of(name)[1].lines

    def before(self, name: str) -> bytes | None:
        """What a document that was changed held on the left side, under whatever name; None where it is new.

        Raises:
            InputError: as ``lines``.
        """
        top, change = self._of(name)
        if not change.before.strip("0"):
            return None
        return self._git(top, "cat-file", "blob", change.before, asked=f"git has no earlier {name}")

    def _of(self, name: str) -> tuple[Path, _Change]:
        path = Path(name).absolute()
        top = self._repository(path)
        if top not in self._read:
            self._read[top] = self._changed(top)
        return top, self._read[top].get(path.resolve(), _UNCHANGED)

    def _repository(self, path: Path) -> Path:
        folder = path.parent
        if folder not in self._tops:  # git is asked once a folder, not once a document
            found = self._git(folder, "rev-parse", "--show-toplevel", asked=f"{path} lies in no git repository")
            self._tops[folder] = Path(os.fsdecode(found.rstrip(b"\n"))).resolve()
        return self._tops[folder]

    def _changed(self, top: Path) -> dict[Path, _Change]:
        revision = self._since or self._diff
        asked = f"--{'since' if self._since else 'diff'}: git does not know {revision!r} in {top}"
        if self._git(top, "rev-parse", "--is-shallow-repository", asked=asked).strip() == b"true":  # as CI clones
            asked += "; the clone has not the whole history: git fetch --unshallow (fetch-depth: 0, GIT_DEPTH: 0)"
        if self._since:
            self._git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", asked=asked)
            with contextlib.suppress(InputError):  # histories that never met: then all that differs is the change
                revision = self._git(top, "merge-base", revision, "HEAD", asked=asked).decode("ascii").strip()
        told = self._git(
            top, "-c", "core.quotePath=true", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv",
            "--src-prefix=a/", "--dst-prefix=b/", "--no-relative", "--ignore-submodules",
            "--find-renames", "--full-index", revision, "--", asked=asked,
        )  # fmt: skip
        changed = {(top / name).resolve(): change for name, change in _parsed(told).items()}
        if self._since:
            new = self._git(top, "ls-files", "--others", "--exclude-standard", "-z", asked=asked)
            changed |= {(top / os.fsdecode(name)).resolve(): _Change(None) for name in new.split(b"\0") if name}
        return changed

    def _git(self, folder: Path, *arguments: str, asked: str) -> bytes:
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603
                ["git", "-C", str(folder), *arguments],  # noqa: S607
                capture_output=True,
                env=environment,
                stdin=subprocess.DEVNULL,
                timeout=_LONGEST_S,
                check=False,
            )
        except FileNotFoundError:
            raise InputError("--since and --diff ask git what was changed, and there is no git here") from None
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise InputError(f"{asked}: {error}") from error
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            raise InputError(f"{asked}{f' ({words})' if words else ''}")
        return done.stdout


_UNCHANGED = _Change(frozenset())


def _parsed(told: bytes) -> dict[str, _Change]:
    """The changed files of a diff without context; touched lines by their numbers on its right side."""
    changed: dict[str, _Change] = {}
    lines: set[int] = set()
    name = before = ""
    skip = 0
    for row in told.split(b"\n"):
        if skip and row[:1] in (b"+", b"-"):  # an added line may itself begin with "++ b/"
            skip -= 1
        elif hunk := _HUNK.match(row):
            removed, first, added = (int(number) if number else 1 for number in hunk.groups(default=b""))
            skip = removed + added
            lines.update(range(first, first + added))
            # Where lines are only taken away nothing stands on the right side, and yet a sentence may have lost words.
            changed[name] = _Change(frozenset(lines), before)
        elif row.startswith(b"diff --git "):
            name, before, lines = "", "", set()
        elif index := _INDEX.match(row):
            before = index[1].decode("ascii")
        elif row.startswith(b"+++ "):
            name = _name(row[4:])
        elif binary := _BINARY.match(row):
            changed[_name(binary[1].rpartition(b" and ")[2])] = _Change(None, before)
    changed.pop("", None)
    return changed


def _name(written: bytes) -> str:
    r"""Of ``b/docs/a.md``, or quoted as C does for other signs (``"b/docs/\303\244.md"``); "" for a removed file."""
    written = written.rstrip(b"\t\r")
    if written.startswith(b'"'):
        inner = written.strip(b'"').decode("ascii", "replace")
        written = inner.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1", "replace")
    return os.fsdecode(written[2:]) if written.startswith(b"b/") else ""
