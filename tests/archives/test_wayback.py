"""The Wayback adapter, asking over real sockets an archive that speaks the Wayback Machine's addresses."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest

from linkcheck.archives.wayback import CDX_QUERIES_A_MINUTE, REPLAYS_A_MINUTE, Wayback
from linkcheck.clock import SystemClock
from linkcheck.conduct import Network
from linkcheck.demo import World, cdx, serve
from linkcheck.demo.captures import Capture
from linkcheck.model import FailureKind, Observation, Snapshot
from linkcheck.web.transports import session
from tests.servers import Script, Server, Wire, response, serving

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


def at(base: str, clock: SystemClock | None = None, *, timeout_s: float = 60) -> Wayback:
    asking = session.build(Network(allow_private=frozenset({"127.0.0.1"})))
    return Wayback(asking, base=base, clock=clock or SystemClock(), tool="linkcheck test", timeout_s=timeout_s)


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
        assert not at(server.url, timeout_s=0.5).find("https://example.org/", None).answered


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


# ---------------------------------------------------------------- since when, how many, revisits


@contextmanager
def indexing(*captures: Capture) -> Iterator[Server]:
    """An index of these captures that answers as the real one does."""
    ordered = sorted(captures, key=lambda one: (one.urlkey, one.timestamp))

    def index(wire: Wire) -> None:
        body, media_type = cdx.answer(wire.path.partition("?")[2], ordered)
        wire.send(response(200, body.encode(), f"Content-Type: {media_type}", "Connection: close"))

    with serving({"*": index}) as server:
        yield server


PAGE = "https://example.org/page"


def monthly(count: int, first: int = 2000) -> list[Capture]:
    return [
        Capture(f"{first + month // 12}{month % 12 + 1:02}15120000", PAGE, f"text {month}".encode())
        for month in range(count)
    ]


def asked(server: Server) -> list[dict[str, list[str]]]:
    return [parse_qs(path.partition("?")[2]) for path in server.paths()]


def test_one_query_tells_since_when_and_how_often_a_source_was_captured() -> None:
    with indexing(*monthly(30), Capture("19991231000000", PAGE, status=404)) as server:
        found = at(server.url).find(PAGE, date(2001, 3, 20))
        assert len(server.heads) == 1
    assert (found.since, found.captures, found.more) == (datetime(2000, 1, 15, 12, tzinfo=UTC), 30, False)
    assert [f"{snapshot.captured_at:%Y-%m}" for snapshot in found.snapshots] == ["2001-03"]


def test_of_very_many_captures_a_second_query_brings_the_one_before_the_day_of_citing() -> None:
    with indexing(*monthly(200)) as server:
        late = at(server.url).find(PAGE, date(2015, 6, 1))
        assert len(server.heads) == 2
        early = at(server.url).find(PAGE, date(2003, 6, 1))
        newest = at(server.url).find(PAGE, None)
        assert len(server.heads) == 5
    months = [f"{found.snapshots[0].captured_at:%Y-%m}" for found in (late, early, newest)]
    assert months == ["2015-05", "2003-05", "2016-08"]
    assert late.more
    assert late.since == datetime(2000, 1, 15, 12, tzinfo=UTC)


def test_a_revisit_counts_with_its_own_date_and_what_it_repeats() -> None:
    page, gone = b"<p>page</p>", b"<p>gone</p>"
    with indexing(
        Capture("20200101000000", PAGE, page),
        Capture("20210101000000", PAGE, page, revisit=True),
        Capture("20220101000000", PAGE, gone, status=404),
        Capture("20230101000000", PAGE, gone, revisit=True),
    ) as server:
        found = at(server.url).find(PAGE, None)
    (snapshot,) = found.snapshots
    assert (snapshot.captured_at.year, snapshot.status, snapshot.media_type) == (2021, 200, "text/html")
    assert "/web/20210101000000/" in snapshot.uri_m
    assert found.captures == 2


def test_a_revisit_of_a_capture_long_before_is_looked_up_by_its_digest_in_three_queries_at_most() -> None:
    early = [*monthly(130)[:110], Capture("20100101000000", PAGE, b"the same ever since")]
    again = [Capture(f"2011{day:04}000000", PAGE, b"the same ever since", revisit=True) for day in range(101, 129)]
    with indexing(*early, *again) as server:
        (snapshot,) = at(server.url).find(PAGE, None).snapshots
        assert len(server.heads) == 3
        assert any("digest:" in word for word in asked(server)[2]["filter"])
    assert (f"{snapshot.captured_at:%Y%m%d}", snapshot.status) == ("20110128", 200)


# ---------------------------------------------------------------- neighbours

NEWS = "https://www.news.example"
STORY = f"{NEWS}/2024/08/28/minister-rejects-proposal-to-resume-talks-a86187"
NOISE = [Capture("20240101000000", f"{NEWS}/2024/08/28/quite-another-story-{n}") for n in range(150)]


@pytest.mark.parametrize(
    ("cited", "queries"),
    [
        (f"{NEWS}/2024/08/28/minister-rejects-proposal-to-resume-talks", 2),
        (f"{NEWS}/2024/08/28/minister-rejects-proposal-to-res", 2),
        (f"{STORY}).", 2),
        (STORY.replace("resume", "resmue"), 2),
        (f"{NEWS}/2025/07/20/minister-rejects-proposal-to-resume-talks", 3),
        (f"{NEWS}/politics/minster-rejects-proposal-to-resume-talks", 3),
    ],
)
def test_a_mangled_address_is_found_again_in_three_queries_at_most(cited: str, queries: int) -> None:
    with indexing(Capture("20240828141210", STORY), *NOISE) as server:
        found = at(server.url).find(cited, None)
        assert len(server.heads) == queries
    assert (found.answered, found.neighbours) == (True, (STORY,))
    assert found.nearby[0].why


def test_a_stable_id_is_found_under_other_words() -> None:
    article = f"https://apnews.com/article/russia-us-lavrov-nuclear-ukraine-{'0065bdbf' * 4}"
    with indexing(Capture("20240118211503", article)) as server:
        wayback = at(server.url)
        assert wayback.find(f"https://apnews.com/article/{'0065bdbf' * 4}", None).neighbours == (article,)
        assert wayback.find(f"https://apnews.com/article/wrong-{'0065bdbf' * 4}", None).neighbours == (article,)


def test_an_address_that_nothing_is_near_to_has_no_neighbours() -> None:
    with indexing(Capture("20240828141210", STORY), *NOISE) as server:
        wayback = at(server.url)
        for cited in (
            f"{NEWS}/2024/08/28/an-invention-that-nobody-wrote",
            f"{NEWS}/",
            f"{NEWS}/x",
            f"{NEWS}/a*b*c*d*e*f",
        ):
            found = wayback.find(cited, None)
            assert (found.answered, found.snapshots, found.neighbours) == (True, (), ())


def test_a_search_of_the_host_that_goes_unanswered_is_not_taken_for_no_neighbours_nor_for_an_outage() -> None:
    def half(wire: Wire) -> None:
        if b"matchType=host" in wire.head:
            wire.reset()
        else:
            wire.send(response(200, b"", "Connection: close"))

    with serving({"*": half}) as server:
        wayback = at(server.url)
        for number in range(3):
            found = wayback.find(f"{NEWS}/2024/08/28/story-number-{number}-of-many-more", None)
            assert not found.answered
            assert "could not say whether of a near-by one" in found.note
        assert len(server.heads) == 9


# ---------------------------------------------------------------- replay


def memento(server: Server | str, url: str = PAGE, digits: str = "20240101000000") -> Snapshot:
    base = server if isinstance(server, str) else server.url
    moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return Snapshot(url, f"{base}/web/{digits}/{url}", moment, "wayback", 200, "sha1:X")


DATED = "Memento-Datetime: Mon, 01 Jan 2024 00:00:00 GMT"
RAW = f"/web/20240101000000id_/{PAGE}"


def replayed(script: Script) -> tuple[Observation, list[str]]:
    with serving(script) as server:
        seen = at(server.url).replay(memento(server))
        assert seen is not None
        assert seen.uri_r == f"{server.url}/web/20240101000000/{PAGE}"
        return seen, server.paths()


def test_a_memento_is_read_raw_with_its_own_date_and_the_original_as_base(wayback: Wayback) -> None:
    (snapshot,) = wayback.find(SPEECH, date(2024, 9, 1)).snapshots
    seen = wayback.replay(snapshot)
    assert seen is not None
    assert seen.page is not None
    assert (seen.status, seen.observed_at, seen.uri_r) == (200, snapshot.captured_at, snapshot.uri_m)
    assert seen.final_url == snapshot.uri_m.replace(f"{snapshot.captured_at:%Y%m%d%H%M%S}/", "20240822113407id_/")
    assert "without preconditions" in seen.page.text
    assert "Stand-in archive" not in seen.page.text
    assert seen.header("server") == "stand-in"
    assert seen.media_type == "text/html"


def test_links_of_a_memento_are_those_of_the_original() -> None:
    body = b'<html><head><link rel="canonical" href="/other"></head><body>text</body></html>'
    seen, _ = replayed({RAW: response(200, body, DATED, "Content-Type: text/html")})
    assert seen.page is not None
    assert seen.page.canonical == "https://example.org/other"


def test_a_capture_of_a_dead_page_comes_with_its_status() -> None:
    seen, _ = replayed({RAW: response(404, b"<h1>gone</h1>", DATED, "Content-Type: text/html")})
    assert (seen.status, seen.failure) == (404, None)


def test_a_body_that_is_still_coded_is_decoded_and_one_that_is_not_is_taken_as_it_is() -> None:
    plain = b"<p>the words</p>"
    for body, coding in ((gzip.compress(plain), "gzip"), (plain, "gzip"), (plain, "br")):
        fields = (DATED, "Content-Type: text/html", f"X-Archive-Orig-Content-Encoding: {coding}")
        seen, _ = replayed({RAW: response(200, body, *fields)})
        assert seen.page is not None
        assert seen.page.text == "the words"
        assert seen.length == len(body)


def test_the_archives_redirect_to_another_capture_of_the_source_is_followed_and_its_date_taken() -> None:
    other = "/web/20240305060708id_/http://www.example.org/page"
    seen, paths = replayed(
        {
            RAW: response(302, b"", f"Location: {other.replace('id_', '')}"),
            other: response(200, b"<p>page</p>", "Memento-Datetime: Tue, 05 Mar 2024 06:07:08 GMT"),
        }
    )
    assert seen.observed_at == datetime(2024, 3, 5, 6, 7, 8, tzinfo=UTC)
    assert paths == [RAW, other]


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/web/20240101000000/https://example.org/page",
        "/web/20240101000000/https://example.org/another-page",
        "/login",
    ],
)
def test_a_redirect_out_of_the_archive_or_to_another_source_is_not_followed(target: str) -> None:
    seen, paths = replayed({RAW: response(302, b"", f"Location: {target}"), "*": response(200, b"x", DATED)})
    assert (seen.failure, seen.status, paths) == (FailureKind.BAD_REDIRECT, None, [RAW])
    assert "no capture of this source" in seen.failure_message


def test_a_redirect_that_was_captured_is_an_answer_and_not_followed() -> None:
    seen, paths = replayed({RAW: response(301, b"", DATED, "Location: /web/20240101000000id_/https://b.example/")})
    assert (seen.status, paths) == (301, [RAW])


def test_redirects_in_a_circle_end() -> None:
    seen, paths = replayed({RAW: response(302, b"", f"Location: {RAW}")})
    assert (seen.failure, len(paths)) == (FailureKind.TOO_MANY_REDIRECTS, 5)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (response(404, b"not archived"), "no such capture"),
        (response(200, b"down for maintenance"), "answered 200 and no memento"),
        (response(503, b"busy"), "answered 503"),
        (response(200, b"x", "Memento-Datetime: yesterday"), "no memento"),
    ],
)
def test_an_answer_of_the_archives_own_is_no_memento(answer: bytes, said: str) -> None:
    seen, _ = replayed({RAW: answer})
    assert (seen.status, seen.page) == (None, None)
    assert said in seen.failure_message


def test_a_long_memento_is_cut_and_marked() -> None:
    def flood(wire: Wire) -> None:
        wire.send(f"HTTP/1.1 200 OK\r\n{DATED}\r\nContent-Type: text/plain\r\n\r\n".encode())
        for _ in range(300):
            wire.send(b"word " * 13_107)

    seen, _ = replayed({RAW: flood})
    assert (seen.truncated, seen.length) == ("length", 16 * 1024 * 1024)


def test_a_429_to_a_memento_ends_the_asking() -> None:
    with serving({"*": response(429, b"slow down")}) as server:
        wayback = at(server.url)
        for _ in range(2):
            seen = wayback.replay(memento(server))
            assert seen is not None
            assert "slow down (429)" in seen.failure_message
        assert not wayback.find(PAGE, None).answered
        assert len(server.heads) == 1


def test_only_this_archive_is_asked_whatever_host_a_lock_file_names() -> None:
    page = response(200, b"<p>page</p>", DATED)
    with serving({RAW: page}) as server, serving({"*": page}) as other:
        seen = at(server.url).replay(memento(other))
        assert seen is not None
        assert seen.status == 200
        assert other.heads == []
        ours = Snapshot(PAGE, "warcs/a.warc.gz#12", datetime.now(UTC), "local", 200, "sha256:X")
        assert at(server.url).replay(ours) is None


def test_mementos_have_a_rate_of_their_own() -> None:
    class Still(SystemClock):
        def monotonic(self) -> float:
            return 0.0

    with serving({"*": response(404, b"")}) as server:
        wayback = at(server.url, Still())
        for _ in range(REPLAYS_A_MINUTE):
            assert wayback.replay_wait_s == 0
            wayback.replay(memento(server))
        assert (wayback.replay_wait_s, wayback.wait_s) == (60, 0)
