"""snapshots.jsonl, the lock file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives.snapshots import MOST_LOOKS, parse, parse_looks, render
from linkcheck.conduct import PATIENCE
from linkcheck.errors import ArchiveError
from linkcheck.model import FailureKind, Look, Snapshot

ONE = Snapshot(
    uri_r="https://example.org/",
    uri_m="https://web.archive.org/web/20261123120000/https://example.org/",
    captured_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    archive="wayback",
    status=200,
    digest="sha1:ABC",
    title="Kürze",
)

LOOKS, APART = PATIENCE.looks, timedelta(days=PATIENCE.days_apart)


def test_a_line_has_its_keys_in_one_order_and_its_letters_as_they_are() -> None:
    assert render([ONE]) == (
        '{"uri_r": "https://example.org/", '
        '"uri_m": "https://web.archive.org/web/20261123120000/https://example.org/", '
        '"captured_at": "2026-11-23T12:00:00Z", "archive": "wayback", "status": 200, "digest": "sha1:ABC", '
        '"media_type": "", "title": "Kürze", "fingerprint": "", "length": 0, "final_url": "", "warc": "", '
        '"offset": 0, "tool": "", "check": "f661a643"}\n'
    )


def test_lines_are_sorted_by_surt_date_and_uri_m() -> None:
    places = [("https://a.org/", 2), ("https://b.com/", 1), ("https://a.org/", 1), ("https://www.b.com/", 2)]
    made = [
        replace(ONE, uri_r=uri, uri_m=f"{uri}{day}", captured_at=datetime(2026, 1, day, tzinfo=UTC))
        for uri, day in places
    ]
    assert [(line.uri_r, line.captured_at.day) for line in parse(render(made), "f")] == [
        ("https://b.com/", 1),
        ("https://www.b.com/", 2),
        ("https://a.org/", 1),
        ("https://a.org/", 2),
    ]


def test_of_two_with_one_uri_m_the_first_stays() -> None:
    assert parse(render([ONE, replace(ONE, title="again", tool="newer")]), "f") == (ONE,)


@given(st.lists(st.text(), max_size=3))
def test_any_title_can_be_written_and_does_not_break_the_lines(titles: list[str]) -> None:
    made = [replace(ONE, uri_m=str(number), title=title) for number, title in enumerate(titles)]
    text = render(made)
    assert text.encode().count(b"\n") == len(titles)
    assert render(parse(text, "f")) == text


def test_conflict_markers_give_the_place_and_the_way_out() -> None:
    text = f"{render([ONE])}<<<<<<< ours\n=======\n>>>>>>> theirs\n"
    with pytest.raises(ArchiveError, match=r"archive/snapshots\.jsonl:2: a merge was left unfinished here.*delete"):
        parse(text, "archive/snapshots.jsonl")


BARE = re.sub(r', "check": "[0-9a-f]{8}"', "", render([ONE]))
"""As somebody writes it by hand."""


def test_a_line_without_a_checksum_is_read_and_gets_one() -> None:
    assert parse(BARE, "f") == (ONE,)
    assert render(parse(BARE, "f")) == render([ONE])


def test_a_checksum_that_does_not_fit_gives_the_place_and_both_ways_out() -> None:
    with pytest.raises(ArchiveError, match=r'f:1: this line was changed .* Restore the line .* take its "check" out'):
        parse(render([ONE]).replace("K\u00fcrze", "L\u00fcrze"), "f")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('{"uri_r": "https://exa', "this line is no JSON"),
        ("[]", "this line is no JSON object"),
        (BARE.replace('"status": 200, ', ""), "the key 'status' is missing"),
        (BARE.replace(": 200", ': "200"'), "'status' must be a whole number"),
        (BARE.replace(": 200", ": true"), "'status' must be a whole number"),
        (BARE.replace('"sha1:ABC"', "null"), "'digest' must be a text"),
        (BARE.replace('"tool"', '"tol"'), "the key 'tol' is not known"),
        (BARE.replace("2026-11-23T12", "2026-11-43T12"), "'captured_at' is no date"),
        (BARE.replace('"warc": ""', '"warc": "warcs/../../x.warc.gz"'), "'warc' is no file"),
        (BARE.replace('"uri_r": "https://example.org/"', '"uri_r": "http://["'), "'uri_r' is no URL"),
    ],
)
def test_a_broken_line_is_named_with_its_number_and_what_is_wrong(broken: str, said: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        parse(render([ONE]) + broken.rstrip("\n") + "\n", "snapshots.jsonl")
    assert str(caught.value).startswith(f"snapshots.jsonl:2: {said}")


# ---------------------------------------------------------------- bad looks

DAY = timedelta(days=1)
SILENT = Look(ONE.captured_at, None, FailureKind.TIMEOUT)
BUSY = Look(ONE.captured_at + 3 * DAY, 503, None)
ANSWERED = Look(ONE.captured_at + 4 * DAY, 200, None)
LINE = (
    '{"uri_r": "https://example.org/", "looks": [{"at": "2026-11-23T12:00:00Z", "failure": "timeout"}, '
    '{"at": "2026-11-26T12:00:00Z", "status": 503}], "check": "52b88f3d"}\n'
)


def test_bad_looks_at_a_source_stand_on_one_line_after_its_snapshots() -> None:
    text = render([ONE], {ONE.uri_r: (BUSY, SILENT), "https://z.zone/": (BUSY,)})
    assert text.splitlines(keepends=True)[:2] == [render([ONE]), LINE]
    assert parse(text, "f") == (ONE,)
    assert parse_looks(text, "f") == {ONE.uri_r: (SILENT, BUSY), "https://z.zone/": (BUSY,)}
    assert render(parse(text, "f"), parse_looks(text, "f")) == text


def test_a_success_takes_the_line_away_and_a_refusal_does_not() -> None:
    assert render([], {ONE.uri_r: (SILENT, BUSY, ANSWERED)}) == ""
    assert render([], {ONE.uri_r: ()}) == ""
    assert render([], {ONE.uri_r: (SILENT, BUSY, Look(ANSWERED.observed_at, 403, None))}) == LINE


def test_a_run_every_hour_changes_the_line_once_a_day_and_it_stays_short() -> None:
    hourly = [Look(SILENT.observed_at + hours * DAY / 24, 503, None) for hours in range(24 * 40)]
    (kept,) = parse_looks(render([], {ONE.uri_r: hourly}), "f").values()
    assert len(kept) == MOST_LOOKS
    assert kept[0].observed_at == SILENT.observed_at
    assert render([], {ONE.uri_r: hourly[:30]}) == render([], {ONE.uri_r: hourly[:35]})
    assert kept[-1].observed_at - kept[1].observed_at >= (LOOKS - 1) * APART


def test_two_lines_of_one_source_as_a_merge_leaves_them_count_as_one() -> None:
    apart = render([], {ONE.uri_r: (SILENT,)}) + render([], {ONE.uri_r: (SILENT, BUSY)})
    assert parse_looks(apart, "f") == {ONE.uri_r: (SILENT, BUSY)}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (LINE.replace('"timeout"', '"tired"'), "a look has a date 'at' and either"),
        (LINE.replace('"status": 503', '"status": "503"'), "a look has a date 'at' and either"),
        (LINE.replace('"status": 503', '"status": 503, "failure": "timeout"'), "a look has a date 'at' and either"),
        (LINE.replace("11-26T", "11-46T"), "a look has a date 'at' and either"),
        (LINE.replace("https://example.org/", "http://["), "'uri_r' is no URL"),
        (LINE.replace('"uri_r"', '"title"'), "the key 'title' does not belong beside 'looks'"),
        ('{"uri_r": "https://example.org/", "looks": {}}', "'looks' must be a list"),
    ],
)
def test_a_broken_line_of_looks_is_named_as_well(broken: str, said: str) -> None:
    # As somebody leaves it who edits by hand: without the check of the line as it was written.
    unchecked = re.sub(r', "check": "[^"]*"', "", broken.rstrip("\n"))
    for reading in (parse, parse_looks):
        with pytest.raises(ArchiveError) as caught:
            reading(f"{render([ONE])}{unchecked}\n", "snapshots.jsonl")
        assert str(caught.value).startswith(f"snapshots.jsonl:2: {said}")
