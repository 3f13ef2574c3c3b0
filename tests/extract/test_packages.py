"""What Word, OpenDocument, Excel, PowerPoint and EPUB files cite, where, and what ends cleanly."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from linkcheck import extract
from linkcheck.extract import _package
from linkcheck.model import Citation, Document, Problem
from tests.extract.packages import R, cited, found, package, places, problems, real, word

LONG = "https://d.example/briefing-room/statements-and-releases/2023/06/02/remarks-of-the-national-security-advisor/"
ODT = "application/vnd.oasis.opendocument.text"
REAL = {
    "article.docx": [
        ("paragraph 3", "https://b.example/report?id=1&part=2"),
        ("paragraph 3", "https://c.example/figures/2021"),
        ("paragraph 4", LONG),
        ("paragraph 6", "https://f.example/box"),
        ("paragraph 9", "https://g.example/cell"),
        ("footnote 1", "https://a.example/remarks"),
        ("endnote 1", "https://h.example/endnote"),
        ("header", "https://a.example/header"),
        ("comment 1", "https://e.example/comment"),
    ],
    "article.odt": [
        ("footnote 1", "https://a.example/remarks"),
        ("paragraph 4", "https://b.example/report?id=1&part=2"),
        ("paragraph 4", "https://c.example/figures/2021"),
        ("paragraph 5", LONG),
        ("comment", "https://e.example/comment"),
        ("paragraph 9", "https://f.example/box"),
        ("paragraph 10", "https://g.example/cell"),
        ("endnote i", "https://h.example/endnote"),
        ("header or footer", "https://a.example/header"),
    ],
    "article.epub": [
        ("chapter 1", "https://b.example/report?id=1&part=2"),
        ("chapter 1", "https://c.example/figures/2021"),
        ("chapter 1", LONG),
        ("chapter 1", "https://f.example/box"),
        ("chapter 1", "https://g.example/cell"),
        ("chapter 1", "https://a.example/remarks"),
        ("chapter 1", "https://h.example/endnote"),
    ],
    "book.xlsx": [
        ("Sources C5", "https://a.example/cell"),
        ("Sources A6", "https://b.example/formula"),
        ("Sources B6", "https://c.example/text"),
    ],
    "talk.pptx": [("slide 2", "https://a.example/slide"), ("slide 2", "https://b.example/shown")],
}
REAL["book.ods"] = REAL["book.xlsx"]
REAL["talk.odp"] = REAL["talk.pptx"]


@pytest.mark.parametrize("name", REAL)
def test_a_file_of_an_office_program_is_read_with_its_places(name: str) -> None:
    assert places(real(name)) == REAL[name]


@pytest.mark.parametrize("name", ["article.docx", "article.odt", "article.epub"])
def test_the_source_in_a_footnote_has_the_quote_of_the_sentence_that_bears_its_mark(name: str) -> None:
    quotes = {each.url: each.quotes for each in cited(real(name)) if each.quotes}
    assert quotes == {"https://a.example/remarks": ("talks will be held without any preconditions at all",)}


def run(*inside: str) -> str:
    return "".join(f"<w:r>{each}</w:r>" for each in inside)


def test_a_field_split_over_runs_is_one_link() -> None:
    body = run(
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> HYPER</w:instrText>",
        '<w:instrText>LINK "https://a.exa</w:instrText>',
        '<w:instrText>mple/b" \\l "part"</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>a </w:t>",
        "<w:t>paper</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    (only,) = cited(word(f"<w:p><w:r><w:t>See </w:t></w:r>{body}</w:p>"))
    assert (only.url, only.context) == ("https://a.example/b#part", "See a paper")


def test_a_url_split_over_runs_is_whole_and_a_deleted_one_is_gone() -> None:
    gone = '<w:del><w:r><w:delText>https://old.example/</w:delText></w:r><w:hyperlink r:id="r1"/></w:del>'
    body = f"<w:p>{run('<w:t>https://a.exa</w:t>', '<w:t>mple/b.</w:t>')}{gone}</w:p>"
    assert places(word(body, "r1=https://gone.example/")) == [("paragraph 1", "https://a.example/b")]


def test_a_link_shown_by_its_address_is_cited_as_it_is_linked() -> None:
    body = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>https://a.example/sh</w:t></w:r></w:hyperlink></w:p>'
    assert places(word(body, "r1=https://a.example/short")) == [("paragraph 1", "https://a.example/short")]


def test_what_was_tracked_as_deleted_in_writer_is_gone() -> None:
    text = (
        '<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:tracked-changes><text:deletion>'
        "<text:p>https://gone.example/</text:p></text:deletion></text:tracked-changes><text:p>https://a.example/</text:p></o>"
    )
    assert places(package({"content.xml": text}, ODT)) == [("paragraph 1", "https://a.example/")]


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    bomb = b"<w:document>" + b" " * (_package.LARGEST_PART + 1)
    (problem,) = problems(package({"word/document.xml": bomb}))
    assert "unpacks to more than" in problem


def test_more_tags_than_any_document_has_are_not_made_a_tree() -> None:
    (problem,) = problems(word("<w:p/>" * (_package.MOST_TAGS + 1)))
    assert "tags" in problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + "<d>&b;</d>"
    (problem,) = problems(package({"content.xml": laughs.encode(encoding)}, ODT))
    assert "declares entities" in problem


def test_xml_nested_beyond_reason_is_a_problem() -> None:
    (problem,) = problems(word("<w:p>" * 100_000))
    assert "broken" in problem


def test_a_package_with_more_parts_than_any_document_is_not_read() -> None:
    parts: dict[str, str | bytes] = {f"word/document{number}": "" for number in range(_package.MOST_ENTRIES + 1)}
    (problem,) = problems(package(parts))
    assert "parts" in problem


@pytest.mark.parametrize("name", [name for name in REAL if name != "talk.odp"])
def test_a_file_cut_short_is_a_problem(name: str) -> None:
    whole = real(name)
    (problem,) = problems(whole[: len(whole) * 9 // 10])
    assert "broken" in problem


def test_an_office_file_with_a_password_says_so() -> None:
    (problem,) = problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in problem


def test_a_chapter_that_is_missing_does_not_stop_the_others() -> None:
    book = {
        "META-INF/container.xml": '<c><rootfile full-path="a/b.opf"/></c>',
        "a/b.opf": '<p><manifest><item id="1" href="no.xhtml"/><item id="2" href="c%20d.xhtml"/></manifest>'
        '<spine><itemref idref="1"/><itemref idref="2"/></spine></p>',
        "a/c d.xhtml": '<h1>The <i>End</i></h1><p><a href="https://a.example/">w</a></p>',
    }
    content = package(dict(book), "application/epub+zip")
    assert [each.place for each in found(content) if isinstance(each, Citation)] == ["chapter 2 (The End)"]
    assert problems(content) == ["chapter 1 is missing (a/no.xhtml); save or download it again."]


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    """A workbook of one sheet with those rows; whole numbers are numbers."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{"ABCDEF"[column]}{row}"><v>{value}</v></c>'
            if isinstance(value, int)
            else f'<c r="{"ABCDEF"[column]}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
            for column, value in enumerate(values)
        )
        + "</row>"
        for row, values in enumerate(rows, 1)
    )
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook {R}><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>',
        "xl/s.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
    }
    return package(parts)


def test_a_row_of_a_sheet_says_of_its_only_source_what_its_columns_are_called() -> None:
    one, two, three = cited(
        workbook(
            ("Title", "Link", "Date accessed", "Quote"),
            ("On gauges", "https://a.example/1", 45536, "no gauge is right"),
            ("Two of them", "https://a.example/2", 45537, "https://a.example/3"),
        )
    )
    assert (one.place, one.title, one.accessed, one.quotes) == (
        "S B2",
        "On gauges",
        date(2024, 9, 1),
        ("no gauge is right",),
    )
    assert [each.title for each in (two, three)] == ["", ""]


def test_a_sheet_without_names_of_columns_says_nothing_more() -> None:
    (first, second) = cited(workbook(("Title", "https://a.example/1"), ("On gauges", "https://a.example/2")))
    assert (first.title, second.title) == ("", "")


def test_a_picture_that_is_linked_and_not_held_is_cited() -> None:
    field = "".join(
        run(each)
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText> INCLUDEPICTURE  "https://a.example/p.png" \\* MERGEFORMATINET </w:instrText>',
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    blip = run('<w:drawing><a:blip xmlns:a="a" r:link="r1" r:embed="r2"/></w:drawing>')
    assert places(word(f"<w:p>{field}</w:p><w:p>{blip}</w:p>", "r1=https://b.example/q.png")) == [
        ("paragraph 1", "https://a.example/p.png"),
        ("paragraph 2", "https://b.example/q.png"),
    ]


def test_what_older_excels_are_told_of_a_threaded_comment_is_no_citation() -> None:
    book = {
        "xl/workbook.xml": f'<workbook {R}><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></R>',
        "xl/s.xml": "<worksheet/>",
        "xl/_rels/s.xml.rels": '<R><Relationship Id="r1" Type="x/comments" Target="c.xml"/></R>',
        "xl/c.xml": "<comments><authors><author>tc={1}</author><author>A</author></authors>"
        '<comment ref="A1" authorId="0"><t>[Threaded comment] Learn more: https://help.example/</t></comment>'
        '<comment ref="A2" authorId="1"><t>https://a.example/</t></comment></comments>',
    }
    assert places(package(dict(book))) == [("S A2 comment", "https://a.example/")]


def test_a_film_that_a_slide_links_to_and_a_comment_on_it_are_cited() -> None:
    talk = {
        "ppt/presentation.xml": f'<p {R}><sldId r:id="r1"/></p>',
        "ppt/_rels/presentation.xml.rels": '<R><Relationship Id="r1" Type="x/slide" Target="s.xml"/></R>',
        "ppt/s.xml": f'<sld {R}><nvPr><videoFile r:link="r1"/></nvPr></sld>',
        "ppt/_rels/s.xml.rels": '<R><Relationship Id="r1" Type="x/video" Target="https://a.example/" '
        'TargetMode="External"/>'
        '<Relationship Id="r2" Type="x/comments" Target="c.xml"/></R>',
        "ppt/c.xml": "<cmLst><cm><text>See https://b.example/</text></cm></cmLst>",
    }
    assert places(package(dict(talk))) == [("slide 1", "https://a.example/"), ("slide 1 comment", "https://b.example/")]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("format_", ["docx", "odt", "epub", "xlsx", "pptx", "wacz"])
def test_whatever_compressed_a_package_a_byte_that_is_wrong_is_a_problem_and_no_crash(
    format_: str, method: int
) -> None:
    parts = {
        "docx": "word/document.xml",
        "odt": "content.xml",
        "epub": "META-INF/container.xml",
        "xlsx": "xl/workbook.xml",
        "pptx": "ppt/presentation.xml",
        "wacz": "pages/pages.jsonl",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as package:
        package.writestr(parts[format_], "<w>https://a.example/</w>" * 300)
    content = packed.getvalue()
    begin = content.index(parts[format_].encode()) + len(parts[format_])
    for at in range(begin, content.index(b"PK\x01\x02"), 3):
        changed = content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1 :]
        found = list(extract.citations(Document(f"a.{format_}", format_, "", changed)))
        assert all(isinstance(each, Citation | Problem) for each in found)
