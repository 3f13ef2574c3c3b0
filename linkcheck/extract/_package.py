"""Documents that are ZIP packages of XML (Word, OpenDocument, EPUB), read within bounds: shared by the formats.

Nothing is unpacked to disk or fetched, no DTD is read and no entity resolved. Pure.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from linkcheck.extract._passages import Link, Passage
from linkcheck.model import Citation, Document, Problem
from linkcheck.zips import BROKEN

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENTRIES = 20_000
LARGEST_PART = 64 * 1024 * 1024
"""Bytes of one part, unpacked."""
MOST_BYTES = 256 * 1024 * 1024
"""Of all parts that are read, unpacked: a bomb of 42 kB holds 4.5 PB."""

MOST_TAGS = 3_000_000
"""Of one part: a tree takes 100 bytes a tag, and 9 million empty paragraphs pack into 79 kB."""

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
"""What "Strict Open XML" writes instead."""
_DIRECTORY_END = b"PK\x05\x06"
_FORMULA = re.compile(r'\bHYPERLINK\s*\(\s*"((?:[^"]|"")*)"', re.I)
_FIELD = re.compile(r'\s*(?:HYPERLINK|INCLUDEPICTURE|INCLUDETEXT)\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|([^\s"\\]\S*))', re.I)
_FIELD_PLACE = re.compile(r'\\l\s+"([^"]+)"', re.I)


class PackageError(Exception):
    """A package that cannot be read, in words for people. Never leaves ``extract/``."""


def holds(content: bytes, part: bytes) -> bool:
    """Whether these bytes are a ZIP file with such a part, by its name or the front of it; a torn one, too."""
    if content[:4] != b"PK\x03\x04":
        return False
    end = content.rfind(_DIRECTORY_END)
    if end < 0 or len(content) < end + 20:
        return part in content
    directory = int.from_bytes(content[end + 16 : end + 20], "little")
    return content.find(part, directory if directory < end else 0, end) >= 0


def is_kind(content: bytes, kind: bytes) -> bool:
    """Whether an OpenDocument or EPUB package begins with that media type (OpenDocument 1.3 part 2, 3.3)."""
    return content[:4] == b"PK\x03\x04" and content[30 : 38 + len(kind)] == b"mimetype" + kind


class Package:
    """An opened package.

    Raises:
        PackageError: from every method, where a part is torn, too large or no XML.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN as error:
            raise PackageError("is broken or cut short; save or download it again") from error
        self.names = self._zip.namelist()
        if len(self.names) > MOST_ENTRIES:
            raise PackageError(f"holds {len(self.names):,} parts, more than any document has; it is not read")
        self._present = frozenset(self.names)
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name in self._present

    def bytes_of(self, name: str) -> bytes:
        """A part, unpacked."""
        try:
            with self._zip.open(name) as stream:
                part = stream.read(LARGEST_PART + 1)
        except KeyError:
            raise PackageError(f"lacks its part {name}; save or download it again") from None
        except BROKEN as error:  # before RuntimeError, of which NotImplementedError is one
            raise PackageError(f"is broken in its part {name}; save or download it again") from error
        except RuntimeError as error:  # what zipfile says of a password
            raise PackageError("is locked with a password; save a copy without one") from error
        self._read += len(part)
        if len(part) > LARGEST_PART or self._read > MOST_BYTES:
            raise PackageError(f"unpacks to more than {MOST_BYTES // 1024**2} MB ({name}); it is not read further")
        return part

    def tree(self, name: str) -> _Element:
        """A part as XML."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        part = self.bytes_of(name)
        if b"<!DOCTYPE" in part[:4096]:
            raise PackageError(f"declares entities in its part {name}, which no such document does; it is not read")
        if part.count(b"<") > MOST_TAGS:
            raise PackageError(f"has more than {MOST_TAGS:,} tags in its part {name}; it is not read, split it")
        try:
            root = etree.fromstring(part, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise PackageError(f"is broken in its part {name}; save or download it again") from error
        if root.getroottree().docinfo.doctype:
            raise PackageError(f"declares entities in its part {name}, which no such document does; it is not read")
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """By their id the relationships of a part: last word of the kind, target, whether it is outside (OPC 6.5)."""
        folder, own = posixpath.split(name)
        where = posixpath.join(folder, "_rels", f"{own}.rels")
        if where not in self:
            return {}
        found = {}
        for each in self.tree(where).iter("{*}Relationship"):
            outside = each.get("TargetMode") == "External"
            target = each.get("Target") or ""
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id") or ""] = ((each.get("Type") or "").rpartition("/")[2], target, outside)
        return found


def passages_of(
    document: Document, read: Callable[[Package], Iterator[Passage | Citation | Problem]]
) -> Iterator[Passage | Citation | Problem]:
    """What ``read`` finds in the package of a document; a Problem where it cannot be read on."""
    try:
        yield from read(Package(document.content))
    except PackageError as error:
        yield Problem(document.name, 0, f"{error}.")


def relation_id(element: _Element, name: str = "id") -> str:
    """The id of the relationship that an element names; "" where it names none."""
    return element.get(f"{RELATIONSHIP}{name}") or element.get(f"{_STRICT}{name}") or ""


def local(element: _Element) -> str:
    """The name of an element without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def in_formula(formula: str) -> str:
    """What ``=HYPERLINK("…")`` opens; "" where that is computed."""
    found = _FORMULA.search(formula)
    return found[1].replace('""', '"') if found else ""


def in_field(instruction: str) -> str:
    """What a field ``HYPERLINK "…" \\l "place"`` opens, or a linked picture is; "" for other fields."""
    found = _FIELD.match(instruction)
    if found is None or not (address := found[1] or found[2] or ""):
        return ""
    place = _FIELD_PLACE.search(instruction, found.end())
    return f"{address}#{place[1]}" if place and "#" not in address else address


class Prose:
    """The words of one paragraph as they come, and which of them are links."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self._links: list[Link] = []
        self._marks: dict[str, int] = {}

    def add(self, words: str | None) -> None:
        """Words that a reader sees."""
        if words:
            self._pieces.append(words)
            self.length += len(words)

    def link(self, begin: int, address: str) -> None:
        """The words since ``begin`` are a link."""
        if address:
            self._links.append(Link(begin, self.length, address))

    def mark(self, note: str) -> None:
        """Here stands the mark of that note."""
        self._marks[note] = self.length

    def passage(self, place: str, note: str = "") -> Passage:
        """All of it."""
        return Passage("".join(self._pieces), tuple(self._links), place, self._marks, note)
