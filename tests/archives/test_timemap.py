"""Link-format as archives really write it, and as they should not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives import timemap

BASE = "https://archive.example/timemap/link/https://a.example/"
WHOLE = """<https://a.example/?q=1,2;3>; rel="original",
<https://archive.example/timemap/link/https://a.example/>; rel="self"; type="application/link-format"
 ; from="Tue, 20 Jun 2000 18:02:59 GMT"; until="Wed, 09 Apr 2008 20:30:51 GMT",
<https://archive.example/timegate/https://a.example/>
 ; rel="timegate",
<https://archive.example/20080409203051/https://a.example/?q=1,2;3>;rel="last memento"
 ; datetime="Wed, 09 Apr 2008 20:30:51 GMT",
<https://archive.example/20000620180259/https://a.example/?q=1,2;3>
 ; rel="first memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"; license="https://x.example/a,b\\"c" ,
"""


def test_a_timemap_names_its_captures_oldest_first_and_its_timegate() -> None:
    told = timemap.parse(WHOLE, BASE)
    assert [(f"{moment:%Y%m%d%H%M%S}", url) for moment, url in told.mementos] == [
        ("20000620180259", "https://archive.example/20000620180259/https://a.example/?q=1,2;3"),
        ("20080409203051", "https://archive.example/20080409203051/https://a.example/?q=1,2;3"),
    ]
    assert told.original == "https://a.example/?q=1,2;3"
    assert told.timegate == "https://archive.example/timegate/https://a.example/"
    assert told.pages == ()


@pytest.mark.parametrize(
    "text",
    [
        '<https://m.example/1>;rel=memento;datetime="Tue, 20 Jun 2000 18:02:59 GMT"',
        '<https://m.example/1>; REL="Memento" ; Datetime = "Tue, 20 Jun 2000 18:02:59 GMT",',
        ',,<https://m.example/1>; datetime="Tue, 20 Jun 2000 18:02:59 GMT"; rel="prev memento"; rel="other",<>,<x',
        '<https://m.example/1>; rel="memento"; datetime="Tue, 20 Jun 2000 20:02:59 +0200", <https://m.example/2>; re',
        '<//m.example/1>; title="a <b>, c"; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"',
    ],
)
def test_what_is_written_otherwise_or_broken_off_is_read_as_far_as_it_goes(text: str) -> None:
    assert timemap.parse(text, BASE).mementos == (
        (datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC), "https://m.example/1"),
    )


@pytest.mark.parametrize(
    "text",
    [
        '<https://m.example/1>; rel="memento"',
        '<https://m.example/1>; rel="memento"; datetime="yesterday"',
        '<javascript:x>; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"',
        '<https://m.example/1>; rel="mementos"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"',
        "<html><p>down for maintenance</p></html>",
        "",
    ],
)
def test_no_capture_is_made_up(text: str) -> None:
    assert timemap.parse(text, BASE).mementos == ()


def test_further_pages_are_seen() -> None:
    text = f'<{BASE}>; rel="self", <{BASE}>; rel="timemap", <https://archive.example/timemap/2/x>; rel="timemap"'
    assert timemap.parse(text, BASE).pages == ("https://archive.example/timemap/2/x",)


@given(st.text(alphabet='<>";,=\\ abhrelmntdi:/.', max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    timemap.parse(text, BASE)


def test_a_long_text_of_open_quotes_is_read_in_no_time() -> None:
    assert timemap.parse('<https://m.example/1>; a="' * 40_000, BASE).mementos == ()
