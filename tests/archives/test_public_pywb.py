"""Captures of our own, served by a real pywb, found and replayed over HTTP as public mementos.

Once by the addresses of the Wayback Machine, which the façade puts over it, and once as a Memento archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from linkcheck.archives.memento import MementoArchive
from linkcheck.archives.several import Several
from linkcheck.archives.spn import Keys
from linkcheck.archives.wayback import Wayback
from linkcheck.clock import timestamp14
from linkcheck.conduct import Network
from linkcheck.memento import Fate
from linkcheck.model import FailureKind
from linkcheck.web.transports import session
from tests.archives.builders import NOON, archive, exchange, landing, redirect
from tests.archives.clocks import HandClock
from tests.archives.facade import Facade, facing
from tests.archives.pywb_server import serving_archive

ASKING = session.build(Network(allow_private=frozenset({"127.0.0.1"})))
SPEECH = "https://example.org/speech"
THEN, NOW = b"<title>Then</title><p>without preconditions</p>", b"<title>Now</title><p>other words</p>"
DAY = 24 * 60

pytestmark = pytest.mark.pywb


@dataclass(frozen=True)
class World:
    root: Path
    pywb: str
    facade: Facade


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    root = tmp_path_factory.mktemp("archive")
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"
    with archive(root).open_for_writing() as writer:
        for visit in [
            landing(exchange(SPEECH, THEN, minutes=0)),
            landing(exchange(SPEECH, NOW, minutes=10 * DAY)),
            landing(exchange(SPEECH, NOW, minutes=20 * DAY)),
            landing(exchange("https://example.org/gone", b"<p>gone</p>", status=404, head=gone, minutes=30 * DAY)),
            landing(exchange("https://example.org/gone", THEN, minutes=1)),
            landing(
                redirect("https://example.org/old", SPEECH, minutes=2),
                exchange(SPEECH, THEN, minutes=3),
            ),
            landing(exchange("https://example.org/2026/11/minister-rejects-proposal-to-resume-talks", THEN)),
        ]:
            writer.save(visit)
    with serving_archive(root, tmp_path_factory.mktemp("pywb"), exact=True) as pywb, facing(Facade(pywb)) as facade:
        yield World(root, pywb, facade)


@pytest.fixture
def wayback(world: World) -> Wayback:
    return Wayback(ASKING, base=world.facade.url, clock=HandClock(), tool="linkcheck test")


@pytest.fixture
def memento(world: World) -> MementoArchive:
    return MementoArchive(ASKING, base=f"{world.pywb}/web", clock=HandClock(), tool="linkcheck test")


def on(days: int) -> date:
    return (NOON + timedelta(days=days)).date()


def stamp(**after: int) -> datetime:
    return (NOON + timedelta(**after)).replace(microsecond=0)


CITED = [(on(12), stamp(days=10), "Now"), (on(0) - timedelta(days=9), stamp(), "Then"), (None, stamp(days=20), "Now")]


@pytest.mark.parametrize(("near", "captured", "title"), CITED)
def test_by_the_wayback_machines_addresses_the_capture_for_a_day_is_found_and_plays(
    wayback: Wayback, near: date | None, captured: datetime, title: str
) -> None:
    found = Several([wayback]).find(SPEECH, near)
    (snapshot,) = found.playing
    assert (snapshot.captured_at, snapshot.title, snapshot.status) == (captured, title, 200)
    assert (found.captures, found.since) == (4, stamp())
    assert b"without preconditions" in THEN
    (seen,) = found.played
    assert seen.page is not None
    assert seen.page.text == {"Then": "without preconditions", "Now": "other words"}[title]
    assert "X-Archive" not in str(seen.headers)


@pytest.mark.parametrize(("near", "captured", "title"), CITED)
def test_by_its_timemap_the_capture_for_a_day_is_found_and_plays(
    memento: MementoArchive, near: date | None, captured: datetime, title: str
) -> None:
    found = Several([memento]).find(SPEECH, near)
    (snapshot,) = found.playing
    assert (snapshot.captured_at, snapshot.title, snapshot.status) == (captured, title, 200)


def test_by_its_timegate_alone_the_capture_for_a_day_is_found_and_plays(world: World) -> None:
    world.facade.shut["/web/timemap/"] = (404, b"<p>no TimeMaps here</p>")
    try:
        archive_ = MementoArchive(ASKING, base=f"{world.facade.url}/web", clock=HandClock(), tool="linkcheck test")
        (snapshot,) = Several([archive_]).find(SPEECH, on(14)).playing
    finally:
        world.facade.shut.clear()
    assert (snapshot.captured_at, snapshot.title) == (stamp(days=10), "Now")


def test_a_capture_of_an_error_page_is_passed_over_though_it_is_the_newest(memento: MementoArchive) -> None:
    found = Several([memento]).find("https://example.org/gone", None)
    assert [(shot.captured_at, shot.status) for shot in found.playing] == [(stamp(minutes=1), 200)]


def test_a_captured_redirect_shows_no_source(memento: MementoArchive, wayback: Wayback) -> None:
    assert Several([memento]).find("https://example.org/old", None).playing == ()
    assert wayback.find("https://example.org/old", None).snapshots == ()


def test_what_was_never_captured_is_answered_for_as_such(memento: MementoArchive, wayback: Wayback) -> None:
    for several in (Several([memento]), Several([wayback]), Several([wayback, memento])):
        found = several.find("https://example.org/never", None)
        assert (found.answered, found.snapshots) == (True, ())


def test_a_mangled_address_finds_its_neighbour(wayback: Wayback) -> None:
    found = wayback.find("https://example.org/2026/11/minister-rejects-proposal-to-resmue-talks", None)
    assert found.neighbours == ("https://example.org/2026/11/minister-rejects-proposal-to-resume-talks",)


@pytest.mark.parametrize(
    ("path", "answer"), [("/cdx/", (429, b"slow")), ("/cdx/", (503, b"<p>busy</p>")), ("/cdx/", (200, b"<p>down</p>"))]
)
def test_an_index_in_trouble_is_no_answer_and_the_next_archive_is_asked(
    world: World, wayback: Wayback, memento: MementoArchive, path: str, answer: tuple[int, bytes]
) -> None:
    world.facade.shut[path] = answer
    try:
        assert not Several([wayback]).find(SPEECH, None).answered
        assert len(Several([wayback, memento]).find(SPEECH, None).playing) == 1
    finally:
        world.facade.shut.clear()


def test_a_capture_that_the_index_names_and_nobody_can_play_is_not_accepted(world: World, wayback: Wayback) -> None:
    world.facade.shut["/web/"] = (404, b"<p>not available</p>")
    try:
        found = Several([wayback]).find(SPEECH, None)
    finally:
        world.facade.shut.clear()
    assert (found.answered, found.captures, found.playing) == (True, 4, ())
    assert "does not play back" in found.note


def test_after_a_429_to_a_memento_nothing_more_is_asked(world: World, wayback: Wayback) -> None:
    several = Several([wayback])
    world.facade.shut["/web/"] = (429, b"slow down")
    try:
        found = several.find(SPEECH, None)
        asked = len(world.facade.asked)
        assert [seen.failure for seen in [several.replay(found.snapshots[0])] if seen] == [FailureKind.NOT_REACHED]
        assert not several.find("https://example.org/gone", None).answered
        assert len(world.facade.asked) == asked
    finally:
        world.facade.shut.clear()


def test_a_capture_made_on_request_plays_back_in_the_archive(world: World) -> None:
    """Save Page Now's jobs end here with captures that linkcheck's own writer makes into the archive pywb serves."""
    page = "https://example.org/fresh"
    clock = HandClock(datetime(2027, 3, 1, tzinfo=UTC))

    def capture(url: str) -> tuple[str, str, int]:
        minutes = round((clock.now() - NOON).total_seconds() / 60)
        with archive(world.root).open_for_writing() as writer:
            snapshot = writer.save(landing(exchange(url, b"<title>Fresh</title><p>new</p>", minutes=minutes)))
        return timestamp14(snapshot.captured_at), url, 200

    world.facade.capture = capture
    keys = Keys("access", "secret")
    wayback = Wayback(ASKING, base=world.facade.url, clock=clock, tool="linkcheck test", keys=keys)
    several = Several([wayback])
    assert several.find(page, None).snapshots == ()
    job = several.save(page)
    assert several.saved(job).fate is Fate.PENDING
    done = several.saved(job)
    assert done.fate is Fate.SAVED
    assert done.snapshot is not None
    seen = several.replay(done.snapshot)
    assert seen is not None
    assert seen.page is not None
    assert (seen.status, seen.page.title, seen.observed_at) == (200, "Fresh", done.snapshot.captured_at)
    assert [shot.uri_m for shot in several.find(page, None).playing] == [done.snapshot.uri_m]
