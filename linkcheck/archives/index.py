"""``indexes/index.cdxj`` and ``pages/pages.jsonl``: both say only what the WARC files say, and can be made anew.

CDXJ as pywb and cdxj-indexer have it: SURT, 14 digits, JSON; sorted by its bytes. The page list is that of WACZ 1.1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from linkcheck.archives.captures import Entry, found_in
from linkcheck.archives.disk import in_words, read_text, write_atomically
from linkcheck.archives.reading import Gap, scan
from linkcheck.clock import iso, parse_timestamp14, timestamp14
from linkcheck.model import Snapshot
from linkcheck.uri import surt

CLOSED = ".warc.gz"
OPEN = ".warc.gz.open"
PAGES_HEADER = '{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}'


@dataclass(slots=True)
class Index:
    """The lines of both files, as a set grows."""

    entries: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def add(self, found: Entry | Snapshot) -> None:
        """Takes in a record, or a finished capture."""
        if isinstance(found, Entry):
            self.entries.add(_cdxj(found))
        else:
            self.pages.add(_page(found))

    def cdxj(self) -> str:
        """The index file."""
        return "".join(f"{line}\n" for line in sorted(self.entries))

    def page_list(self) -> str:
        """The page file; a page list without pages is not valid, so there is none then."""
        if not self.pages:
            return ""
        return "".join(f"{line}\n" for line in [PAGES_HEADER, *sorted(self.pages)])

    def write(self, root: Path) -> None:
        """The index last: a set of files that it covers is known to be covered by the page list.

        Raises:
            ArchiveError: they cannot be written.
        """
        write_atomically(pages_path(root), self.page_list())
        write_atomically(index_path(root), self.cdxj())


def index_path(root: Path) -> Path:
    """Where the index lies."""
    return root / "indexes" / "index.cdxj"


def pages_path(root: Path) -> Path:
    """Where the page list lies."""
    return root / "pages" / "pages.jsonl"


def closed_files(root: Path) -> list[Path]:
    """The closed WARC files, in the order of their names."""
    with in_words(root, "read"):
        return sorted((root / "warcs").glob(f"*{CLOSED}"))


def name_of(path: Path) -> str:
    """The name of a WARC file relative to ``archive/``; of one still open, the name it will have."""
    return f"warcs/{path.name.removesuffix('.open')}"


def made(root: Path) -> Index:
    """Index and page list as the closed WARC files give them. Damaged records are left out; nothing is written.

    Raises:
        ArchiveError: a file cannot be read.
    """
    index = Index()
    for path in closed_files(root):
        with in_words(path, "read"):
            for found in found_in(scan(path), name_of(path)):
                if not isinstance(found, Gap):
                    index.add(found)
    return index


def rebuild(root: Path) -> Index:
    """Makes index and page list anew from the closed WARC files. Damaged records are left out.

    Raises:
        ArchiveError: a file cannot be read or written.
    """
    index = made(root)
    index.write(root)
    return index


def load(root: Path) -> Index | None:
    """The files as they stand; None if they are not there or do not cover exactly the closed WARC files.

    Raises:
        ArchiveError: they cannot be read.
    """
    lines = read_text(index_path(root)).split("\n")[:-1]
    pages = read_text(pages_path(root)).split("\n")[1:-1]
    closed = {name_of(path) for path in closed_files(root)}
    try:
        covered = {parse(line).warc for line in lines}
    except ValueError:
        return None
    if covered != closed or (closed and not pages):
        return None
    return Index(set(lines), set(pages))


def parse(line: str) -> Entry:
    """The entry of a CDXJ line.

    Raises:
        ValueError: the line is none of ours.
    """
    try:
        _, digits, rest = line.split(" ", 2)
        said = json.loads(rest)
        return Entry(
            uri=said["url"],
            moment=parse_timestamp14(digits),
            media_type=said.get("mime", ""),
            status=int(said.get("status", 0)),
            digest=said["digest"],
            length=int(said["length"]),
            offset=int(said["offset"]),
            warc=f"warcs/{said['filename']}",
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no CDXJ line: {line[:80]!r}") from error


def _cdxj(entry: Entry) -> str:
    said = {
        "url": entry.uri,
        # Left out where there is none, as cdxj-indexer does.
        **({"mime": entry.media_type} if entry.media_type else {}),
        **({"status": str(entry.status)} if entry.status else {}),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": entry.warc.rpartition("/")[2],
    }
    # An urn is its own key to every indexer, in lower case. A resource has no status, as in cdxj-indexer.
    key = entry.uri.lower() if entry.uri.startswith("urn:") else surt(entry.uri)
    return f"{key} {timestamp14(entry.moment)} {json.dumps(said)}"


def _page(snapshot: Snapshot) -> str:
    """``ts`` equals WARC-Date to the second: PyPI ``wacz`` drops a page that differs, and ends with 0."""
    page = {"url": snapshot.final_url, "ts": iso(snapshot.captured_at), "title": snapshot.title}
    return json.dumps(page, ensure_ascii=False)
