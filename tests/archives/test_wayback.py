"""The Wayback adapter, asking over real sockets an archive that speaks the Wayback Machine's addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from linkcheck.archives.wayback import CDX_QUERIES_A_MINUTE, Wayback
from linkcheck.clock import SystemClock
from linkcheck.conduct import Network
from linkcheck.demo import World, serve
from linkcheck.web.transports import session
from tests.servers import Script, Wire, response, serving

SPEECH = (
    "https://www.whitehouse.gov/briefing-room/speeches-remarks/2023/06/02/"
    "remarks-by-national-security-advisor-jake-sullivan-for-the-arms-control-association-aca-annual-forum/"
)
MANGLED = "https://www.themoscowtimes.com/2025/07/20/russia-bans-92-us-citizens-over-russophobic-policies"
TRUE = "https://www.themoscowtimes.com/2024/08/28/russia-bans-92-us-citizens-over-russophobic-policies-a86187"
ROW = "org,example)/ 20240102030405 https://example.org/ text/html 200 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 123\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("world")) as served:
        yield served


@pytest.fixture
def wayback(world: World) -> Wayback:
    asking = session.build(Network(ca_file=str(world.ca_file), resolve=world.resolve))
    return Wayback(asking, base=world.wayback, clock=SystemClock(), tool="linkcheck test")


def at(base: str, clock: SystemClock | None = None) -> Wayback:
    asking = session.build(Network(allow_private=frozenset({"127.0.0.1"})))
    return Wayback(asking, base=base, clock=clock or SystemClock(), tool="linkcheck test", timeout_s=1)


def test_the_capture_closest_before_the_day_of_citing_stands_for_it(wayback: Wayback) -> None:
    found = wayback.find(SPEECH, date(2024, 9, 1))
    assert found.answered
    (snapshot,) = found.snapshots
    assert snapshot.captured_at < datetime(2024, 9, 2, tzinfo=UTC)
    assert (snapshot.archive, snapshot.status) == ("wayback", 200)
    assert snapshot.uri_m.startswith(f"https://web.archive.org/web/{snapshot.captured_at:%Y%m%d%H%M%S}/http")
    assert snapshot.digest.startswith("sha1:")


def test_without_one_before_it_is_the_first_after(wayback: Wayback) -> None:
    (snapshot,) = wayback.find(SPEECH, date(2001, 1, 1)).snapshots
    assert snapshot.captured_at.year >= 2023
    (newest,) = wayback.find(SPEECH, None).snapshots
    assert newest.captured_at > snapshot.captured_at


def test_an_address_that_was_never_captured_shows_its_neighbours(wayback: Wayback) -> None:
    found = wayback.find(MANGLED, date(2024, 9, 1))
    assert found.answered
    assert found.snapshots == ()
    assert TRUE in found.neighbours


@pytest.mark.parametrize("status", [403, 500, 503])
def test_an_error_is_not_taken_for_never_archived(status: int) -> None:
    with serving({"*": response(status, b"no")}) as server:
        found = at(server.url).find("https://example.org/", None)
    assert not found.answered
    assert str(status) in found.note


def test_after_a_429_nothing_more_is_asked() -> None:
    with serving({"*": response(429, b"slow down")}) as server:
        wayback = at(server.url)
        assert not wayback.find("https://example.org/1", None).answered
        assert "slow down (429)" in wayback.find("https://example.org/2", None).note
        assert len(server.heads) == 1


def test_an_archive_that_is_silent_twice_is_left_alone() -> None:
    with serving({"*": Wire.reset}) as server:
        wayback = at(server.url)
        notes = [wayback.find(f"https://example.org/{n}", None).note for n in range(4)]
        assert len(server.heads) == 2
    assert all("could not be reached" in note for note in notes)


def test_an_answer_that_is_no_index_is_no_answer() -> None:
    with serving({"*": response(200, b"<html>" + b"we are down for maintenance, come back later " * 3)}) as server:
        assert not at(server.url).find("https://example.org/", None).answered


def test_a_short_page_is_no_empty_index() -> None:
    with serving({"*": response(200, b"<p>down</p>")}) as server:
        found = at(server.url).find("https://example.org/", None)
    assert (found.answered, "no index" in found.note) == (False, True)


def test_rows_of_other_addresses_are_not_taken_for_the_source() -> None:
    other = ROW.replace("https://example.org/", "https://evil.example/other")
    with serving({"*": response(200, (other + ROW).encode())}) as server:
        found = at(server.url).find("https://example.org/", None)
    assert [snapshot.final_url for snapshot in found.snapshots] == ["https://example.org/"]


def test_an_answer_without_end_is_cut_off() -> None:
    def flood(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            wire.send(b"x" * 65_536)

    with serving({"*": flood}) as server:
        assert not at(server.url).find("https://example.org/", None).answered


def test_an_archive_that_never_answers_costs_its_timeout_and_no_more() -> None:
    with serving({"*": Wire.hang}) as server:
        assert not at(server.url).find("https://example.org/", None).answered


def test_the_rate_of_queries_is_kept() -> None:
    class Still(SystemClock):
        seconds = 0.0

        def monotonic(self) -> float:
            return self.seconds

    clock = Still()
    with serving({"*": response(200, ROW.encode())}) as server:
        wayback = at(server.url, clock)
        for _ in range(CDX_QUERIES_A_MINUTE):
            assert wayback.wait_s == 0
            assert wayback.find("https://example.org/", None).snapshots
        assert wayback.wait_s == pytest.approx(60)
        clock.seconds = 61
        assert wayback.wait_s == 0


def saving(*fields: str) -> Script:
    return {"/save/https://example.org/": response(302, b"", *fields)}


def test_a_capture_made_on_request_is_taken_with_its_own_date() -> None:
    now = datetime.now(UTC)
    with serving(saving(f"Location: /web/{now:%Y%m%d%H%M%S}/https://example.org/")) as server:
        (snapshot,) = at(server.url).save("https://example.org/").snapshots
    assert snapshot.captured_at == now.replace(microsecond=0)


def test_an_older_capture_handed_back_as_new_is_not_taken() -> None:
    old = datetime.now(UTC) - timedelta(days=40)
    with serving(saving(f"Location: /web/{old:%Y%m%d%H%M%S}/https://example.org/")) as server:
        assert not at(server.url).save("https://example.org/").answered


def test_saving_that_is_refused_says_so(wayback: Wayback) -> None:
    refused = wayback.save("https://en.wikipedia.org/wiki/Trust,_but_verify")
    assert not refused.answered
    assert "429" in refused.note
