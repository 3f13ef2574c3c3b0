"""Memento archives over real sockets: TimeMap, TimeGate, replay; and several archives as one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from linkcheck.archives.lookup import LookUp
from linkcheck.archives.memento import MementoArchive
from linkcheck.archives.rates import Rates
from linkcheck.archives.several import Several
from linkcheck.archives.wayback import Wayback
from linkcheck.conduct import Network
from linkcheck.memento import Fate, Job
from linkcheck.model import FailureKind, Observation, Page, Snapshot
from linkcheck.neighbours import Neighbour
from linkcheck.web.transports import session
from tests.archives.clocks import HandClock
from tests.servers import Answerer, Server, Wire, response, serving

ASKING = session.build(Network(allow_private=frozenset({"127.0.0.1"})))
PAGE = "https://a.example/page?b=1,2"
DAYS = ("20200101000000", "20210101000000", "20220101000000", "20230101000000")
LINKED = "Content-Type: application/link-format"


def moment(digits: str) -> datetime:
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def http_date(digits: str) -> str:
    return format_datetime(moment(digits), usegmt=True)


def listing(server: Server, *days: str, more: str = "") -> bytes:
    lines = [f'<{PAGE}>; rel="original"', f'<{server.url}/tg/{PAGE}>; rel="timegate"']
    lines += [f'<{server.url}/{day}/{PAGE}>; rel="memento"; datetime="{http_date(day)}"' for day in days]
    return response(200, (",\n".join(lines) + more).encode(), LINKED)


def memento(
    digits: str, body: bytes = b"<title>Then</title><p>words</p>", *, status: int = 200, of: str = PAGE
) -> bytes:
    fields = (f"Memento-Datetime: {http_date(digits)}", f'Link: <{of}>; rel="original"', "Content-Type: text/html")
    return response(status, body, *fields)


def at(
    base: str, *, clock: HandClock | None = None, rates: Rates | None = None, timeout_s: float = 60
) -> MementoArchive:
    return MementoArchive(
        ASKING, base=base, clock=clock or HandClock(), tool="linkcheck test", timeout_s=timeout_s, rates=rates
    )


def paths(server: Server) -> list[str]:
    return [unquote(path) for path in server.paths()]


# ---------------------------------------------------------------- looking up


def test_the_timemap_tells_the_capture_before_the_day_of_citing_and_the_next_best() -> None:
    with serving({}) as server:
        server.script["*"] = listing(server, *DAYS)
        archive = at(server.url)
        late, early, unknown = (archive.find(PAGE, day) for day in (date(2022, 1, 1), date(2001, 1, 1), None))
        assert paths(server) == [f"/timemap/link/{PAGE}"] * 3
    assert [f"{each.captured_at:%Y}" for each in (*late.snapshots, *late.others)] == ["2022", "2021", "2020", "2023"]
    assert [f"{each.captured_at:%Y}" for each in (*early.snapshots, *early.others)] == ["2020", "2021", "2022", "2023"]
    assert unknown.snapshots[0].captured_at == moment(DAYS[-1])
    assert (late.since, late.captures, late.more) == (moment(DAYS[0]), 4, False)
    (snapshot,) = late.snapshots
    assert (snapshot.uri_r, snapshot.archive, snapshot.status) == (PAGE, "127.0.0.1", 0)


def gate(server: Server, held: tuple[str, ...]) -> Answerer:
    """A TimeGate after RFC 7089 4.1.1: the nearest in time, with the one before and the one after it."""

    def answer(wire: Wire) -> None:
        fields = wire.head.decode("latin-1").lower().split("\r\n")
        asked = next((line.split(": ", 1)[1] for line in fields if line.startswith("accept-datetime")), "")
        wanted = datetime.strptime(asked, "%a, %d %b %Y %H:%M:%S gmt").replace(tzinfo=UTC) if asked else None
        nearest = min(held, key=lambda day: abs(moment(day) - wanted)) if wanted else held[-1]
        links = [f'<{PAGE}>; rel="original"']
        for word, place in (("prev memento", held.index(nearest) - 1), ("memento", held.index(nearest))):
            if place >= 0:
                day = held[place]
                links.append(f'<{server.url}/{day}/{PAGE}>; rel="{word}"; datetime="{http_date(day)}"')
        where = f"Location: {server.url}/{nearest}/{PAGE}"
        wire.send(response(302, b"", where, "Vary: accept-datetime", "Link: " + ", ".join(links), "Connection: close"))

    return answer


@pytest.mark.parametrize("form", ["/timegate/", "/"])
def test_without_a_timemap_the_timegate_tells_and_the_capture_before_is_taken_though_one_after_is_nearer(
    form: str,
) -> None:
    with serving({}) as server:
        server.script[form + PAGE] = gate(server, DAYS)
        archive = at(server.url)
        found = archive.find(PAGE, date(2021, 11, 1))
        assert [f"{each.captured_at:%Y}" for each in (*found.snapshots, *found.others)] == ["2021", "2022"]
        assert (found.since, found.more) == (None, True)
        asked = len(server.heads)
        archive.find(PAGE, None)
        assert len(server.heads) == asked + 2, "the form of its TimeGate is known now"


def test_a_timemap_in_pages_sends_to_the_timegate_that_it_names() -> None:
    with serving({}) as server:
        more = f',<{server.url}/timemap/2/{PAGE}>; rel="timemap"'
        server.script[f"/timemap/link/{PAGE}"] = listing(server, DAYS[3], more=more)
        server.script[f"/tg/{PAGE}"] = gate(server, DAYS)
        found = at(server.url).find(PAGE, date(2021, 3, 1))
    assert found.snapshots[0].captured_at == moment(DAYS[1])
    assert found.more


def test_a_timemap_that_is_too_long_to_read_sends_to_the_timegate() -> None:
    def flood(wire: Wire) -> None:
        wire.send(f"HTTP/1.1 200 OK\r\n{LINKED}\r\n\r\n".encode())
        for _ in range(80):
            wire.send(b"x" * 65_536)

    with serving({f"/timemap/link/{PAGE}": flood}) as server:
        server.script[f"/timegate/{PAGE}"] = gate(server, DAYS)
        assert at(server.url).find(PAGE, None).snapshots[0].captured_at == moment(DAYS[3])


@pytest.mark.parametrize(
    "answer",
    [
        response(404, b"", LINKED),
        response(404, b"not found", "X-Memento-Count: 0"),
        response(404, b"no", "Vary: Accept-Datetime"),
    ],
)
def test_a_memento_archive_that_answers_404_holds_nothing(answer: bytes) -> None:
    with serving({"*": answer}) as server:
        found = at(server.url).find(PAGE, None)
    assert (found.answered, found.snapshots) == (True, ())


@pytest.mark.parametrize(
    "answer",
    [
        response(404, b"<p>no such page</p>"),
        response(500, b"oops"),
        response(403, b"no"),
        response(200, b"<p>down for maintenance</p>", "Content-Type: text/html"),
        Wire.reset,
        Wire.hang,
    ],
)
def test_what_shows_no_memento_archive_is_never_taken_for_never_archived(answer: bytes | Answerer) -> None:
    with serving({"*": answer}) as server:
        found = at(server.url, timeout_s=1 if answer is Wire.hang else 60).find(PAGE, None)
    assert not found.answered
    assert found.note


def test_the_timemap_of_another_page_is_not_taken() -> None:
    other = response(200, b'<https://b.example/>; rel="original"', LINKED)
    with serving({"*": other}) as server:
        assert not at(server.url).find(PAGE, None).answered


def test_an_archive_is_asked_once_a_second_and_after_a_429_by_no_process(tmp_path: Path) -> None:
    clock = HandClock()
    with serving({"*": response(404, b"", LINKED)}) as server:
        archive = at(server.url, clock=clock, rates=Rates(clock, tmp_path / "a.json"))
        for _ in range(61):
            archive.find(PAGE, None)
        assert clock.slept == [60.0]
        server.script["*"] = response(429, b"slow down", "Retry-After: 1800")
        assert "429" in archive.find(PAGE, None).note
        asked = len(server.heads)
        clock.seconds += 1700
        other = at(server.url, clock=clock, rates=Rates(clock, tmp_path / "a.json"))
        assert "left alone for 2 minutes" in other.find(PAGE, None).note
        assert len(server.heads) == asked
        clock.seconds += 200
        server.script["*"] = response(404, b"", LINKED)
        assert at(server.url, clock=clock, rates=Rates(clock, tmp_path / "a.json")).find(PAGE, None).answered


# ---------------------------------------------------------------- replay


def capture(server: Server, digits: str = DAYS[0], uri_m: str = "") -> Snapshot:
    return Snapshot(PAGE, uri_m or f"{server.url}/{digits}/{PAGE}", moment(digits), "a", 0, "", final_url=PAGE)


def replayed(server: Server, uri_m: str = "") -> Observation:
    seen = at(server.url).replay(capture(server, uri_m=uri_m))
    assert seen is not None
    return seen


def test_a_memento_is_read_raw_where_its_address_has_a_raw_form() -> None:
    with serving({f"/{DAYS[0]}id_/{PAGE}": memento(DAYS[0])}) as server:
        seen = replayed(server)
        assert paths(server) == [f"/{DAYS[0]}id_/{PAGE}"]
        assert (seen.uri_r, seen.status, seen.observed_at) == (f"{server.url}/{DAYS[0]}/{PAGE}", 200, moment(DAYS[0]))
    assert seen.page is not None
    assert (seen.page.title, seen.page.text) == ("Then", "words")


def test_where_the_raw_form_is_not_known_the_plain_one_is_read() -> None:
    with serving({f"/{DAYS[0]}/{PAGE}": memento(DAYS[0])}) as server:
        assert replayed(server).status == 200
        assert len(server.heads) == 2
    with serving({"/m/17": memento(DAYS[0])}) as server:
        assert replayed(server, f"{server.url}/m/17").status == 200
        assert paths(server) == ["/m/17"]


def test_a_memento_of_another_source_is_not_taken() -> None:
    with serving({"*": memento(DAYS[0], of="https://b.example/")}) as server:
        seen = replayed(server)
    assert (seen.status, seen.failure) == (None, FailureKind.BAD_REDIRECT)


@pytest.mark.parametrize(
    "answer", [response(200, b"<p>down</p>"), response(404, b"no"), response(302, b"", "Location: https://b.example/")]
)
def test_an_answer_that_is_no_memento_is_none(answer: bytes) -> None:
    with serving({"*": answer}) as server:
        seen = replayed(server)
    assert seen.status is None
    assert seen.failure_message


def test_an_archives_redirect_on_its_own_host_is_followed_and_its_date_taken() -> None:
    with serving({"*": memento(DAYS[1])}) as server:
        server.script[f"/{DAYS[0]}id_/{PAGE}"] = response(302, b"", f"Location: /{DAYS[1]}id_/{PAGE}")
        assert replayed(server).observed_at == moment(DAYS[1])


# ---------------------------------------------------------------- several as one


class Member:
    """An archive of which the test says what it holds: captures by year, with the status that they play back with."""

    def __init__(self, held: dict[int, int], *, nearby: str = "", silent: bool = False) -> None:
        self.held = held
        self.nearby = (Neighbour(nearby, 1.0, "near"),) if nearby else ()
        self.silent = silent
        self.played: list[str] = []
        self.wait_s = self.replay_wait_s = self.save_wait_s = 0.0

    def find(self, uri_r: str, near: date | None) -> LookUp:
        if self.silent:
            return LookUp(False, note="it is silent")
        shots = tuple(
            Snapshot(uri_r, f"https://m.example/{y}0101000000/{uri_r}", datetime(y, 1, 1, tzinfo=UTC), "m", 0, "")
            for y in self.held
        )
        return LookUp(True, shots[:1], self.nearby, others=shots[1:], captures=len(shots))

    def replay(self, snapshot: Snapshot) -> Observation | None:
        self.played.append(snapshot.uri_m)
        status = self.held[snapshot.captured_at.year]
        gone = FailureKind.MALFORMED_ANSWER if not status else None
        return Observation(
            snapshot.uri_m, snapshot.captured_at, snapshot.uri_m, status=status or None, failure=gone,
            failure_message="no such capture" if gone else "", media_type="text/html", length=9,
            page=Page(title="Then"),
        )  # fmt: skip

    def save(self, uri_r: str) -> Job:
        return Job(uri_r, datetime.now(UTC), Fate.NEVER)

    def saved(self, job: Job) -> Job:
        return job


def test_the_first_capture_that_plays_back_is_taken_with_what_its_replay_says() -> None:
    member = Member({2021: 0, 2020: 301, 2019: 200, 2018: 200})
    several = Several([member])
    found = several.find(PAGE, None)
    (snapshot,) = found.playing
    assert (snapshot.captured_at.year, snapshot.status, snapshot.title, snapshot.media_type) == (
        2019, 200, "Then", "text/html",
    )  # fmt: skip
    seen = several.replay(snapshot)
    assert seen is not None
    assert seen.page == Page(title="Then")
    assert len(member.played) == 3, "what was replayed while it was looked for is not asked for again"


def test_archives_are_asked_in_order_until_one_has_a_capture_that_plays_back() -> None:
    silent, broken, good, never = Member({}, silent=True), Member({2021: 404}), Member({2020: 200}), Member({2019: 200})
    found = Several([silent, broken, good, never]).find(PAGE, None)
    assert [shot.captured_at.year for shot in found.playing] == [2020]
    assert never.played == []


def test_a_capture_that_none_can_play_back_is_claimed_and_not_accepted() -> None:
    found = Several([Member({2021: 404}), Member({})]).find(PAGE, None)
    assert (found.answered, len(found.snapshots), found.playing) == (True, 1, ())
    assert "does not play back: it was captured with status 404" in found.note


@pytest.mark.parametrize(
    ("members", "answered"),
    [
        ([Member({}), Member({})], True),
        ([Member({}), Member({}, silent=True)], False),
        ([Member({}, silent=True), Member({})], False),
        ([Member({}, nearby="https://a.example/other"), Member({}, silent=True)], True),
    ],
)
def test_nothing_is_held_only_where_all_have_said_so(members: list[Member], answered: bool) -> None:
    found = Several(members).find(PAGE, None)
    assert (found.answered, found.snapshots) == (answered, ())


def test_a_memento_that_played_back_in_an_earlier_run_is_not_fetched_again() -> None:
    member = Member({2020: 200})
    uri_m = f"https://m.example/20200101000000/{PAGE}"
    seen = member.replay(Snapshot(PAGE, uri_m, datetime(2020, 1, 1, tzinfo=UTC), "m", 0, ""))
    found = Several([member], {uri_m: seen}.get).find(PAGE, None)
    assert len(found.playing) == 1
    assert member.played == [uri_m], "by the test itself"


def test_where_the_archive_led_to_another_capture_that_one_is_cited_with_its_own_date() -> None:
    with serving({"*": memento(DAYS[1])}) as server:
        server.script[f"/timemap/link/{PAGE}"] = listing(server, DAYS[0])
        server.script[f"/{DAYS[0]}id_/{PAGE}"] = response(302, b"", f"Location: /{DAYS[1]}id_/{PAGE}")
        (snapshot,) = Several([at(server.url)]).find(PAGE, None).playing
        assert snapshot.uri_m == f"{server.url}/{DAYS[1]}/{PAGE}"
    assert snapshot.captured_at == moment(DAYS[1])


def test_an_aggregators_mementos_are_fetched_from_the_archives_that_it_names() -> None:
    with serving({"*": memento(DAYS[2])}) as holder, serving({}) as aggregator:
        aggregator.script["*"] = listing(holder, DAYS[2])
        (snapshot,) = Several([at(aggregator.url)]).find(PAGE, None).playing
        assert snapshot.uri_m.startswith(holder.url)
        assert len(holder.heads) == 1


def test_the_wayback_machine_is_asked_first_and_a_memento_archive_where_it_holds_nothing() -> None:
    with serving({"*": response(200, b"")}) as empty, serving({"*": memento(DAYS[2])}) as server:
        server.script[f"/timemap/link/{PAGE}"] = listing(server, DAYS[2])
        wayback = Wayback(ASKING, base=empty.url, clock=HandClock(), tool="linkcheck test")
        found = Several([wayback, at(server.url)]).find(PAGE, None)
    assert [shot.captured_at for shot in found.playing] == [moment(DAYS[2])]


def test_of_a_wayback_index_the_next_best_capture_is_tried_where_the_first_does_not_play() -> None:
    rows = "".join(f"example,a)/x {day} https://a.example/x text/html 200 AAAA 12\n" for day in DAYS)
    with serving({"*": response(404, b"not here")}) as server:
        server.script[f"/web/{DAYS[1]}id_/https://a.example/x"] = memento(DAYS[1], of="https://a.example/x")

        def index(wire: Wire) -> None:
            server.script["*"] = response(404, b"not here")
            wire.send(response(200, rows.encode(), "Connection: close"))

        server.script["*"] = index
        wayback = Wayback(ASKING, base=server.url, clock=HandClock(), tool="linkcheck test")
        found = Several([wayback]).find("https://a.example/x", date(2022, 6, 1))
    assert [shot.captured_at for shot in found.playing] == [moment(DAYS[1])]
    assert found.playing[0].title == "Then"


def test_an_empty_capture_shows_nothing() -> None:
    with serving({"*": memento(DAYS[0], b"")}) as server:
        server.script[f"/timemap/link/{PAGE}"] = listing(server, DAYS[0])
        found = Several([at(server.url)]).find(PAGE, None)
    assert found.playing == ()
    assert "it is empty" in found.note


def test_the_moment_of_citing_counts_to_its_end() -> None:
    with serving({}) as server:
        server.script["*"] = listing(server, "20200101235959", "20200102000000")
        found = at(server.url).find(PAGE, date(2020, 1, 1))
    assert found.snapshots[0].captured_at == moment("20200102000000") - timedelta(seconds=1)
