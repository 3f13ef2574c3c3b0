"""Other people's tools read what is written here: warcio and fastwarc check it, pywb replays it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from tests.archives.builders import archive, exchange, landing, only_warc, redirect
from tests.archives.pywb_server import serving_archive

PAGE = b"<html><title>Speech</title><p>without preconditions</p></html>"
GZIPPED = gzip.compress(PAGE * 50, mtime=0)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Captures of everything that tools have stumbled over."""
    made = tmp_path_factory.mktemp("archive")
    with archive(made).open_for_writing() as writer:
        for visit in [
            landing(
                redirect("https://example.org/old", "https://example.org/older"),
                redirect("https://example.org/older", "https://example.org/speech", minutes=1),
                exchange("https://example.org/speech", PAGE, minutes=2),
            ),
            landing(
                exchange(
                    "https://example.org/gzip?b=2&A=1",
                    GZIPPED,
                    head=CHUNKED + b"Content-Encoding: gzip\r\n\r\n",
                    minutes=3,
                )
            ),
            landing(exchange("https://example.org/chunked", PAGE, head=CHUNKED + b"\r\n", minutes=4)),
            landing(exchange("https://example.org/speech", PAGE, minutes=60)),
            landing(exchange("https://example.org/cut", PAGE[:30], truncated="length", minutes=6)),
            landing(exchange("https://example.org/empty", b"", status=204, head=b"HTTP/1.1 204 No\r\n\r\n")),
        ]:
            writer.save(visit)
    return made


def test_warcio_finds_every_digest_right(root: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", only_warc(root)], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = re.findall(r"^    (.*)", ran.stdout, re.MULTILINE)
    assert said.count("digest pass") == len(said) - 1 > 20
    assert said.count("digest present but not checked (revisit)") == 1


def test_fastwarc_finds_every_digest_right(root: Path) -> None:
    blocks = payloads = 0
    with only_warc(root).open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest(), record.headers
            blocks += 1
    with only_warc(root).open("rb") as file:
        for record in ArchiveIterator(file):
            if record.headers["WARC-Type"] == "response":
                assert record.verify_payload_digest(), record.headers
                payloads += 1
    assert (blocks, payloads) == (1 + 8 * 2 + 6, 7)


@pytest.fixture(scope="module")
def pywb(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a pywb that serves our archive with our own index, as it stands."""
    with serving_archive(root, tmp_path_factory.mktemp("pywb")) as base:
        yield base


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str, moment: str = "") -> tuple[int, Message, bytes]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)
    try:
        asked = urllib.request.Request(address, headers={"Accept-Datetime": moment} if moment else {})
        with opener.open(asked, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.pywb
@pytest.mark.parametrize(
    ("stamp", "url", "status", "body"),
    [
        ("20261123120000", "https://example.org/old", 301, b""),
        ("20261123120100", "https://example.org/older", 301, b""),
        ("20261123120200", "https://example.org/speech", 200, PAGE),
        ("20261123120300", "https://example.org/gzip?b=2&A=1", 200, GZIPPED),
        ("20261123120400", "https://example.org/chunked", 200, PAGE),
        ("20261123130000", "https://example.org/speech", 200, PAGE),
        ("20261123120600", "https://example.org/cut", 200, PAGE[:30]),
    ],
)
def test_pywb_replays_each_capture_at_its_own_date(pywb: str, stamp: str, url: str, status: int, body: bytes) -> None:
    got, headers, content = ask(f"{pywb}/web/{stamp}id_/{url}")
    if headers.get("Content-Encoding") is None and body == GZIPPED:
        body = gzip.decompress(body)
    assert (got, content) == (status, body)
    assert headers["Memento-Datetime"].split()[4] == f"{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}"


@pytest.mark.pywb
def test_pywb_follows_a_captured_redirect_to_the_captured_target(pywb: str) -> None:
    _, headers, _ = ask(f"{pywb}/web/20261123120000/https://example.org/old")
    assert headers["Location"].endswith("/web/20261123120000/https://example.org/older")


@pytest.mark.pywb
def test_pywb_finds_in_our_index_what_we_put_there(pywb: str) -> None:
    _, _, content = ask(f"{pywb}/web/cdx?url=https://example.org/speech&output=json")
    found = [json.loads(line) for line in content.splitlines()]
    assert [(line["timestamp"], line["mime"]) for line in found] == [
        ("20261123120200", "text/html"),
        ("20261123130000", "warc/revisit"),
    ]


@pytest.mark.pywb
def test_pywb_lists_our_captures_in_a_timemap(pywb: str) -> None:
    status, headers, content = ask(f"{pywb}/web/timemap/link/https://example.org/speech")
    assert (status, headers.get_content_type()) == (200, "application/link-format")
    listed = re.findall(r'/web/(\d{14})(?:mp_)?/https://example\.org/speech>; rel="[^"]*memento', content.decode())
    assert listed == ["20261123120200", "20261123130000"]


@pytest.mark.pywb
@pytest.mark.parametrize(("wanted", "stamp"), [("12:05:00", "20261123120200"), ("12:55:00", "20261123130000")])
def test_pywb_negotiates_the_nearest_capture_as_a_timegate(pywb: str, wanted: str, stamp: str) -> None:
    status, headers, content = ask(f"{pywb}/web/https://example.org/speech", f"Mon, 23 Nov 2026 {wanted} GMT")
    assert (status, b"without preconditions" in content) == (200, True)
    assert headers["Memento-Datetime"].split()[4].replace(":", "") == stamp[8:]
    assert "accept-datetime" in headers["Vary"].lower()
