"""Files that libraries write, for make.sh: ``make.py all``, and ``make.py proxy PORT_FILE``. Not a test."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

STATEMENT = "https://www.example.org/board/statements/2024/03/flood-of-march-2024.html"
NEWS = "https://news.example.com/2024/03/18/aldwick-bridge,7420.html?page=1&ref=front#figures"
LETTER = "https://docs.example.org/letters/2024-04-02_(council).pdf"
LECTURE = "https://lectures.example.edu/hydrology/~mbeki/2019/lecture-07/"
DOI = "https://doi.org/10.5555/aldwick.2021.004"
SERIES = "http://data.example.net/series/aldwick.csv"
COPY = "https://web.archive.org/web/20210304050607/http://data.example.net/series/aldwick/about.html"
REPORT = "https://www.example.org/board/reports/R-17/full%20text.pdf"
WORDS = "https://wb.example.de/Pegel%20und%20Höhe"
DAY = datetime(2024, 9, 3, 12, tzinfo=UTC)


def word() -> None:
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    document.core_properties.author = "R. Halvorsen"
    document.core_properties.created = document.core_properties.modified = DAY.replace(tzinfo=None)
    document.add_heading("The river gauge", 1)
    paragraph = document.add_paragraph("The Board called it “the highest level since the gauge was set up in 1911” in ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(STATEMENT, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "its statement"
    run.append(words)
    link.append(run)
    paragraph._p.append(link)
    plain = paragraph.add_run(f". The letter is at {LETTER}.")
    document.add_comment(plain, text=f"Is {LECTURE} the better source?", author="I. Mbeki", initials="IM")
    document.add_paragraph(SERIES, style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Report"
    table.rows[0].cells[1].text = REPORT
    document.sections[0].footer.paragraphs[0].text = f"After {DOI}"
    document.save("python-docx.docx")


def sheets() -> None:
    import openpyxl
    import xlsxwriter
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.properties.creator = "R. Halvorsen"
    book.properties.created = book.properties.modified = DAY.replace(tzinfo=None)
    sheet = book.active
    sheet.title = "Sources"
    sheet.append(["title", "url", "accessed", "quote", "archive url"])
    sheet.append(["Statement", STATEMENT, "2024-09-01", "the highest level since the gauge was set up", ""])
    sheet.append(["Letter, to the council", LETTER, "2024-09-01", "", ""])
    sheet.append(["About the series", "http://data.example.net/series/aldwick/about.html", "2024-08-30", "", COPY])
    sheet.append(["Häufige Wörter", WORDS, "", "", ""])
    sheet["A6"] = "Report"
    sheet["B6"] = f'=HYPERLINK("{REPORT}", "the report")'
    sheet["A7"] = "Newspaper"
    sheet["A7"].hyperlink = NEWS
    sheet["A7"].comment = Comment(f"compare {LECTURE}", "I. Mbeki")
    book.create_sheet("Empty")
    book.save("openpyxl.xlsx")

    book = xlsxwriter.Workbook("xlsxwriter.xlsx")
    book.set_properties({"author": "R. Halvorsen", "created": DAY.replace(tzinfo=None)})
    sheet = book.add_worksheet("Data")
    sheet.write_url("A1", STATEMENT, string="Statement", tip="of the Board")
    sheet.write_url("A2", NEWS)
    sheet.write_url("A3", "internal:Data!A1", string="up")
    sheet.write_rich_string("B1", "see ", book.add_format({"bold": True}), LETTER, " there")
    sheet.write_formula("B2", f'=IF(TRUE,HYPERLINK("{SERIES}"),"")', None, SERIES)
    sheet.insert_textbox("D2", "Lecture", {"url": LECTURE})
    book.close()


def slides() -> None:
    import pptx
    from pptx.util import Inches

    talk = pptx.Presentation()
    talk.core_properties.author = "R. Halvorsen"
    talk.core_properties.created = talk.core_properties.modified = DAY.replace(tzinfo=None)
    slide = talk.slides.add_slide(talk.slide_layouts[1])
    slide.shapes.title.text = "The river gauge"
    body = slide.placeholders[1].text_frame
    body.text = "The Board said “the highest level since the gauge was set up in 1911” in "
    run = body.paragraphs[0].add_run()
    run.text = "its statement"
    run.hyperlink.address = STATEMENT
    body.add_paragraph().text = f"Raw: {SERIES}"
    slide.notes_slide.notes_text_frame.text = f"Mention {LECTURE} here"
    second = talk.slides.add_slide(talk.slide_layouts[5])
    second.shapes.title.text = "More"
    box = second.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    box.text_frame.text = "the report"
    box.click_action.hyperlink.address = REPORT
    cell = second.shapes.add_table(1, 1, Inches(1), Inches(4), Inches(6), Inches(1)).table.cell(0, 0)
    cell.text = f"Letter {LETTER}"
    for layout in list(talk.slide_layouts):
        if layout not in (slide.slide_layout, second.slide_layout):
            talk.slide_layouts.remove(layout)
    talk.save("python-pptx.pptx")


def book() -> None:
    from ebooklib import epub

    whole = epub.EpubBook()
    whole.set_identifier("gauge")
    whole.set_title("The river gauge")
    whole.add_author("R. Halvorsen")
    chapters = []
    for number, (title, body) in enumerate(
        [
            (
                "What the Board said",
                "<p>It spoke of “the highest level since the gauge was set up in 1911”"
                f'<a epub:type="noteref" href="#n1">1</a> and the letter is at {LETTER}.</p>'
                f'<aside epub:type="footnote" id="n1"><p>See <a href="{STATEMENT}">the statement</a>.</p></aside>',
            ),
            (
                "What was measured",
                f'<p>See <a href="chap_1.xhtml">above</a>, <a href="{DOI}">the paper</a> and '
                f'<a href="{COPY}">a copy</a>.</p>'
                f'<blockquote cite="{LECTURE}"><p>Whoever quotes the gauge must also quote its error.</p></blockquote>',
            ),
        ],
        1,
    ):
        chapter = epub.EpubHtml(title=title, file_name=f"chap_{number}.xhtml", lang="en")
        chapter.content = f"<h1>{title}</h1>{body}"
        whole.add_item(chapter)
        chapters.append(chapter)
    whole.toc = tuple(chapters)
    whole.add_item(epub.EpubNcx())
    whole.add_item(epub.EpubNav())
    whole.spine = ["nav", *chapters]
    epub.write_epub("ebooklib.epub", whole, {"mtime": DAY})


def notebook() -> None:
    import nbformat
    from nbconvert.preprocessors import ExecutePreprocessor

    note = nbformat.v4.new_notebook()
    shown = f"HTML('<table><tr><td><a href=\"{NEWS.replace('&', '&amp;')}\">news</a></td></tr></table>')"
    note.cells = [
        nbformat.v4.new_markdown_cell(
            "# The gauge\nThe Board wrote “no reading above seven metres should be exact” in "
            f"[its report]({REPORT}).\n\n"
            "![level](attachment:level.png)"
        ),
        nbformat.v4.new_code_cell(f'# after {LECTURE}\nfrom IPython.display import HTML\nurl = "{SERIES}"\n{shown}'),
        nbformat.v4.new_code_cell(
            f'from IPython.display import Markdown\nprint("see {LETTER}")\nMarkdown("[paper]({DOI})")'
        ),
        nbformat.v4.new_raw_cell(f"Raw words, {WORDS}"),
    ]
    note.cells[0].attachments = {"level.png": {"image/png": "iVBORw0KGgo="}}
    ExecutePreprocessor(timeout=60).preprocess(note, {})
    for number, cell in enumerate(note.cells):
        cell.id = f"cell-{number}"
        cell.metadata.pop("execution", None)
    note.metadata.pop("widgets", None)
    nbformat.write(note, "nbformat.ipynb")


def bibliographies() -> None:
    import bibtexparser
    import rispy
    import yaml
    from pybtex.database import BibliographyData, parse_file

    library = bibtexparser.parse_file("source.bib")
    bibtexparser.write_file("bibtexparser.bib", library)
    entries: BibliographyData = parse_file("source.bib")
    entries.to_file("pybtex.bib", "bibtex")
    entries.to_file("pybtex.yaml", "yaml")
    records = [
        {
            "type_of_reference": "ELEC",
            "authors": ["River Board"],
            "title": "Statement on the flood of March 2024",
            "date": "2024/03/17",
            "access_date": "2024/09/01",
            "urls": [STATEMENT],
            "id": "board2024",
        },
        {
            "type_of_reference": "JOUR",
            "authors": ["Okonkwo, Ada", "Lind, Jörgen"],
            "title": "Annual maxima at Aldwick Bridge",
            "year": "2021",
            "doi": "10.5555/aldwick.2021.004",
        },
        {
            "type_of_reference": "RPRT",
            "title": "Report on the flood",
            "year": "2024",
            "urls": [REPORT],
            "file_attachments1": "https://library.example.org/reports/R-17_2024.pdf",
            "notes": [f"Compare {LECTURE}."],
        },
        {"type_of_reference": "ELEC", "title": "About the series", "urls": [COPY], "access_date": "2024/08/30"},
    ]
    with Path("rispy.ris").open("w", encoding="utf-8") as stream:
        rispy.dump(records, stream)
    rows = json.loads(Path("pandoc.json").read_text(encoding="utf-8"))
    with Path("pyyaml.yaml").open("w", encoding="utf-8") as stream:
        yaml.safe_dump({"references": rows}, stream, allow_unicode=True)


def feeds() -> None:
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.id("https://gauges.example.org/")
    feed.title("Gauges & floods")
    feed.description("What is measured")
    feed.author({"name": "R. Halvorsen", "email": "r@gauges.example.org"})
    feed.link(href="https://gauges.example.org/", rel="alternate")
    feed.link(href="https://gauges.example.org/feed", rel="self")
    feed.updated(DAY)
    for title, address, body in (
        ("The statement", STATEMENT, f'<p>After <a href="{LECTURE}">a lecture</a> and <img src="/level.png"/></p>'),
        ("The news", NEWS, f"<p>The file is at {SERIES} now</p>"),
    ):
        entry = feed.add_entry()
        entry.id(address)
        entry.title(title)
        entry.link(href=address)
        entry.published(DAY)
        entry.updated(DAY)
        entry.author({"name": "I. Mbeki"})
        entry.content(body, type="html")
        entry.enclosure("https://gauges.example.org/talk.mp3", "1000", "audio/mpeg")
    feed.lastBuildDate(DAY)
    feed.rss_file("feedgen.rss", pretty=True)
    feed.atom_file("feedgen.atom", pretty=True)


class Proxy(BaseHTTPRequestHandler):
    """Answers for any host, so that a capture bears a name from the article."""

    def do_GET(self) -> None:
        picture = self.path.endswith(".png")
        page = b"<title>About the series</title><p>How the hours were counted.<img src='/level.png'>"
        body = b"\x89PNG\r\n\x1a\n" if picture else page
        missing = "statements" in self.path
        self.send_response(404 if missing else 200)
        self.send_header("Content-Type", "image/png" if picture else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def main() -> None:
    if sys.argv[1] == "proxy":
        server = HTTPServer(("127.0.0.1", 0), Proxy)
        Path(sys.argv[2]).write_text(str(server.server_port), encoding="ascii")
        server.serve_forever()
    for write in (word, sheets, slides, book, notebook, bibliographies, feeds):
        write()


if __name__ == "__main__":
    main()
