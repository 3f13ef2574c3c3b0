"""What reference managers write into office documents is cited, also where no reader sees its address."""

from __future__ import annotations

import json
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from linkcheck.model import Citation
from tests.extract.packages import R, W, cited, package, places

ITEM = {
    "id": 12,
    "type": "webpage",
    "title": "On gauges and floods",
    "author": [{"family": "Smith", "given": "A."}],
    "issued": {"date-parts": [["2024", 3]]},
    "accessed": {"date-parts": [["2024", 9, 1]]},
    "URL": "https://a.example/gauges",
}
FIELD = "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps(
    {
        "citationID": "x",
        "citationItems": [{"id": 12, "uris": ["http://zotero.example/users/1/items/A"], "itemData": ITEM}],
        "schema": "https://schema.example/csl-citation.json",
    }
)


def word_of(*paragraphs: str, sources: str = "") -> bytes:
    relation = '<Relationship Id="r9" Type="x/customXml" Target="../customXml/item1.xml"/>' if sources else ""
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W} {R}><w:body>{''.join(paragraphs)}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>",
    }
    return package(parts | ({"customXml/item1.xml": sources} if sources else {}))


def field(instruction: str) -> str:
    """A paragraph with a field whose instruction is split over two runs, as Word does with long ones."""
    runs = "".join(
        f"<w:r><w:instrText>{escape(piece)}</w:instrText></w:r>" for piece in (instruction[:90], instruction[90:])
    )
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>(Smith 2024)</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def is_as_the_item_says(source: Citation) -> bool:
    said = (source.url, source.title, source.author, source.dated, source.accessed)
    return said == (ITEM["URL"], ITEM["title"], "Smith, A.", "2024-03", date(2024, 9, 1))


def test_a_field_of_zotero_in_word_cites_its_item_once_with_what_it_says_of_it() -> None:
    (source,) = cited(word_of(field(FIELD), field(FIELD)))
    assert is_as_the_item_says(source)
    assert (source.document, source.place, source.line) == ("a-document", "paragraph 1", 0)


def test_a_field_whose_item_is_torn_cites_nothing() -> None:
    assert places(word_of(field(FIELD[:-5]), field("ADDIN ZOTERO_BIBL {}"))) == []


def test_a_mark_of_zotero_in_writer_cites_its_item() -> None:
    name = quoteattr(FIELD.removeprefix("ADDIN ") + " RNDabc")
    text = f"<text:p><text:reference-mark-start text:name={name}/>(Smith)</text:p>"
    whole = f'<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">{text}</o>'
    odt = package({"content.xml": whole}, "application/vnd.oasis.opendocument.text")
    (source,) = cited(odt)
    assert is_as_the_item_says(source)
    assert source.place == "paragraph 1"


def test_an_entry_of_the_bibliography_of_writer_is_cited_by_its_address() -> None:
    text = """<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>See <text:bibliography-mark
    text:identifier="smith" text:author="A. Smith" text:title="On gauges" text:url="https://a.example/">[smith]</text:bibliography-mark>
    </text:p></o>"""
    (source,) = cited(package({"content.xml": text}, "application/vnd.oasis.opendocument.text"))
    assert (source.url, source.context, source.place) == ("https://a.example/", "A. Smith, On gauges", "paragraph 1")


SOURCES = """<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>
<b:Tag>Smi24</b:Tag><b:SourceType>InternetSite</b:SourceType>
<b:Title>On gauges and floods</b:Title><b:Year>2024</b:Year>
<b:Month>March</b:Month><b:YearAccessed>2024</b:YearAccessed><b:MonthAccessed>September</b:MonthAccessed>
<b:DayAccessed>1</b:DayAccessed><b:URL>https://a.example/gauges</b:URL><b:Author><b:Author><b:NameList><b:Person>
<b:Last>Smith</b:Last><b:First>A.</b:First></b:Person></b:NameList></b:Author></b:Author></b:Source>
<b:Source><b:Tag>Boa24</b:Tag><b:Title>A report</b:Title><b:Author><b:Author>
<b:Corporate>River Board</b:Corporate></b:Author>
</b:Author><b:DOI>10.5555/r.1</b:DOI></b:Source>
<b:Source><b:Tag>Book</b:Tag><b:Title>A book</b:Title></b:Source></b:Sources>"""


def test_the_sources_that_word_manages_are_cited_by_their_tag() -> None:
    one, two = cited(word_of("<w:p/>", sources=SOURCES))
    assert is_as_the_item_says(one)
    assert (one.place, two.place, two.url, two.author) == (
        "@Smi24",
        "@Boa24",
        "https://doi.org/10.5555/r.1",
        "River Board",
    )
