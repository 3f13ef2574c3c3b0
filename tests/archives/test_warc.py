"""Records: byte for byte what was agreed, and read alike by other people's tools."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastwarcIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from linkcheck.archives import captures, warc
from linkcheck.archives.members import pack
from linkcheck.archives.reading import read
from linkcheck.model import Exchange
from tests.archives.builders import NOON, TOOL, exchange, landing, redirect

GOLDEN = Path(__file__).with_name("golden") / "capture.warc"


def whole_file() -> bytes:
    visit = landing(
        redirect("https://me:secret@example.org/old#part", "https://example.org/speech"),
        exchange(truncated="length", minutes=1),
        title="Kürze\n und „Würze“",
    )
    first, last = visit.exchanges
    original = warc.Original("https://example.org/speech", NOON, "warcs/earlier.warc.gz", 4711)
    hop, full = warc.exchange_records(first), warc.exchange_records(last)
    again = warc.exchange_records(replace(last, truncated="", address=""), original)
    facts = captures.page_facts(visit.observation, TOOL)
    return b"".join(
        [
            warc.warcinfo("linkcheck-20261123120000-1-00000.warc.gz", NOON, TOOL),
            *(hop.request, hop.answer, full.request, full.answer),
            warc.metadata(last, full.identity, facts),
            *(again.request, again.answer),
        ]
    )


def test_records_are_byte_for_byte_what_was_agreed() -> None:
    assert whole_file() == GOLDEN.read_bytes()


def test_nothing_secret_stands_in_a_record() -> None:
    assert b"secret" not in whole_file()


def test_a_line_break_in_a_header_value_is_refused() -> None:
    with pytest.raises(ValueError, match="one line"):
        warc.exchange_records(exchange(truncated="length\r\nWARC-Type: resource"))


def test_records_of_different_moments_have_different_identities() -> None:
    assert warc.exchange_records(exchange()).identity == warc.exchange_records(exchange()).identity
    assert warc.exchange_records(exchange()).identity != warc.exchange_records(exchange(minutes=1)).identity


lines = st.binary(max_size=60) | st.sampled_from(
    [b"Content-Type: text/html", b"Content-Length: 7", b"Transfer-Encoding: chunked", b" folded", b"\t", b"\x85"]
)
answers = st.builds(
    lambda first, rest, end, body: exchange(head=end.join([first, *rest, b"", b""]), body=body),
    st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/2 200", b"ICY 200 OK", b""]) | st.binary(max_size=30),
    st.lists(lines, max_size=8),
    st.sampled_from([b"\r\n", b"\n"]),
    st.binary(max_size=200),
)


@settings(max_examples=300)
@given(answers)
def test_whatever_a_server_sends_every_reader_finds_the_same_body(answer: Exchange) -> None:
    content = pack(warc.exchange_records(answer).answer)
    assert read(io.BytesIO(content), 0, with_body=True).body == answer.body

    record = next(WarcioIterator(io.BytesIO(content), check_digests="raise"))
    assert record.raw_stream.read() == answer.body
    assert record.digest_checker.passed
    assert record.http_headers.get_statuscode() == "200"

    assert next(FastwarcIterator(io.BytesIO(content), parse_http=False)).verify_block_digest()
    assert next(FastwarcIterator(io.BytesIO(content))).verify_payload_digest()
    assert next(FastwarcIterator(io.BytesIO(content))).reader.read() == answer.body
