"""WARC and WACZ: what was captured is what they cite."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from warcio.warcwriter import WARCWriter

from linkcheck import documents, extract
from linkcheck.model import Citation, Document, Problem

URLS = ["https://a.example/1", "https://a.example/2?x=1"]


def warc(*, packed: bool, urls: list[str] = URLS, body: bytes = b"x" * 100_000) -> bytes:
    """A real one, written by warcio: warcinfo, then request and response of each."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for url in urls:
        head = {"WARC-Date": "2024-08-28T10:00:00Z"}
        for kind, line in (("request", b"GET / HTTP/1.1"), ("response", b"HTTP/1.1 200 OK")):
            content = line + b"\r\n\r\n" + body
            record = writer.create_warc_record(
                url, kind, payload=io.BytesIO(content), length=len(content), warc_headers_dict=head
            )
            writer.write_record(record)
    return out.getvalue()


def wacz(pages: list[dict[str, str]], content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", content)
        if pages:
            lines = [json.dumps(each) for each in ({"format": "json-pages-1.0"}, *pages)]
            package.writestr("pages/pages.jsonl", "\n".join(lines))
    return out.getvalue()


def read(content: bytes) -> list[Citation | Problem]:
    (document,) = documents.read_all(["-"], stdin=io.BytesIO(content))
    assert isinstance(document, Document), document
    return list(extract.citations(document))


def urls(found: list[Citation | Problem]) -> list[str]:
    return [each.url for each in found if isinstance(each, Citation)]


def said(found: list[Citation | Problem]) -> list[str]:
    return [each.message for each in found if isinstance(each, Problem)]


@pytest.mark.parametrize("packed", [True, False])
def test_what_a_warc_captured_is_cited_once_with_its_day(packed: bool) -> None:
    found = read(warc(packed=packed, urls=[*URLS, URLS[0]]))
    assert urls(found) == URLS
    assert isinstance(found[0], Citation)
    assert (found[0].accessed, found[0].place, found[0].line) == (date(2024, 8, 28), "capture of 2024-08-28", 0)


def test_a_warc_in_one_gzip_member_is_read_too() -> None:
    assert urls(read(gzip.compress(warc(packed=False)))) == URLS


@pytest.mark.parametrize("packed", [True, False])
def test_one_that_breaks_off_is_read_up_to_there(packed: bool) -> None:
    whole = warc(packed=packed)
    found = read(whole[: len(whole) - (60 if packed else 50_000)])
    assert set(URLS[:1]) <= set(urls(found))
    assert "breaks off" in said(found)[0]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "no record": lambda: b"WARC/1.0\r\n\r\n",
    "no length": lambda: b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
    "a length beyond the file": lambda: b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\nx",
    "a head without end": lambda: b"WARC/1.0\r\n" + b"a: b\r\n" * 100_000,
    "damage": lambda: warc(packed=True)[:400] + b"\xff" * 500,
    "zeros behind it": lambda: warc(packed=True) + b"\0" * 512,
    "a bomb": lambda: gzip.compress(b"WARC/1.0\r\nContent-Length: 9999999999\r\n\r\n" + b"\0" * 50_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_warc_is_a_problem_and_ends(name: str) -> None:
    assert len(said(read(HOSTILE[name]()))) == 1


def test_the_pages_of_a_wacz_are_what_it_cites() -> None:
    pages = [{"url": URLS[0], "ts": "2024-08-28T10:00:00Z", "title": "On things"}, {"nothing": "x"}]
    (page,) = read(wacz(pages, warc(packed=True)))
    assert isinstance(page, Citation)
    assert (page.url, page.title, page.accessed) == (URLS[0], "On things", date(2024, 8, 28))


def test_one_without_pages_cites_what_its_warcs_captured() -> None:
    assert urls(read(wacz([], warc(packed=True)))) == URLS


def test_a_damaged_wacz_is_a_problem() -> None:
    content = bytearray(wacz([{"url": URLS[0]}], warc(packed=True)))
    at = content.index(b"json-pages-1.0")
    content[at : at + 4] = b"\xff\xff\xff\xff"
    (problem,) = read(bytes(content))
    assert isinstance(problem, Problem)
    assert "this WACZ cannot be read" in problem.message
