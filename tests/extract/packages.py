"""Documents of bytes for the tests: real ones from ``files/``, made by office programs, and small ones made here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from linkcheck import extract
from linkcheck.model import Citation, Document, Problem

FILES = Path(__file__).parent / "files"


def found(content: bytes) -> list[Citation | Problem]:
    """What is cited in a document, in the format that recognises it."""
    name = extract.binary_format("a-document", content)
    assert name, "no format recognises it"
    return list(extract.citations(Document("a-document", name, "", content)))


def cited(content: bytes) -> list[Citation]:
    """The citations; a Problem fails the test."""
    each = found(content)
    assert not [one for one in each if isinstance(one, Problem)]
    return [one for one in each if isinstance(one, Citation)]


def problems(content: bytes) -> list[str]:
    """What the Problems say."""
    return [each.message for each in found(content) if isinstance(each, Problem)]


def places(content: bytes) -> list[tuple[str, str]]:
    """Where what is cited."""
    return [(each.place, each.url) for each in cited(content)]


def real(name: str) -> bytes:
    """A file that another program wrote."""
    return (FILES / name).read_bytes()


def package(parts: dict[str, str | bytes], first: str = "") -> bytes:
    """A ZIP of those parts; ``first`` is the media type that stands in front."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, part in parts.items():
            file.writestr(name, part)
    return stream.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def word(body: str, relations: str = "") -> bytes:
    """A Word document with that body, and targets by the ids of ``relations`` ("r1=https://…")."""
    rows = [each.split("=", 1) for each in relations.split()]
    rels = "".join(
        f'<Relationship Id="{id_}" Type="x/hyperlink" Target="{to}" TargetMode="External"/>' for id_, to in rows
    )
    return package(
        {
            "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{rels}</Relationships>",
        }
    )


def pdf(content: bytes, page: str = "", *more: bytes) -> bytes:
    """A PDF of one page that shows that content in Helvetica (/F); ``more`` are objects from number 6 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>"
        % page.encode("latin-1"),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        *more,
    ]
    written = b"%PDF-1.7\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(written),
    )


def lines(*texts: str) -> bytes:
    """Page content: those lines, one beneath the other, 6 points a sign from 20 points on."""
    shown = b"".join(b"(%s) Tj T* " % text.replace("(", "\\(").replace(")", "\\)").encode("latin-1") for text in texts)
    return b"BT /F 10 Tf 12 TL 20 350 Td " + shown + b"ET"
