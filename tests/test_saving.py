"""Public mementos for the archive: what is noted, what is asked for, and how an interrupted run is taken up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from linkcheck.archives.several import Several
from linkcheck.archives.spn import Keys
from linkcheck.archives.wayback import Wayback
from linkcheck.clock import timestamp14
from linkcheck.conduct import Manners, Network, Policy
from linkcheck.interrupt import Interrupt
from linkcheck.memento import Fate
from linkcheck.model import Citation, Finding, Landing, Snapshot, State, Verdict
from linkcheck.ports import Ports, Step
from linkcheck.saving import looks_private
from linkcheck.searching import look_up
from linkcheck.store import Store
from linkcheck.web.transports import session
from tests.archives.clocks import HandClock
from tests.archives.facade import Facade, facing

ASKING = session.build(Network(allow_private=frozenset({"127.0.0.1"})))
BODY = b"<title>Saved</title><p>words</p>"


@dataclass
class Kept:
    """A lock file in memory."""

    snapshots: list[Snapshot] = field(default_factory=list)

    def save(self, landing: Landing) -> Snapshot:
        raise AssertionError("nothing is captured here")

    def add(self, snapshot: Snapshot) -> None:
        self.snapshots.append(snapshot)

    def note_looks(self, uri_r: str, looks: object) -> None:
        """No looks here."""


@dataclass
class Run:
    """One ``archive --save`` over sources that are alive, as a process of its own."""

    folder: Path
    facade: Facade
    clock: HandClock
    keys: bool = True
    kept: Kept = field(default_factory=Kept)
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    interrupt_after: int = 0

    def __call__(self, *sources: str, save: bool = True, state: State = State.ALIVE) -> list[str]:
        def on_step(step: Step) -> None:
            self.steps.append(step)
            if (
                self.interrupt_after
                and len([each for each in self.steps if each.phase == "saving"]) >= self.interrupt_after
            ):
                raise KeyboardInterrupt

        keys = Keys("access", "secret") if self.keys else None
        wayback = Wayback(
            ASKING, base=self.facade.url, clock=self.clock, tool="linkcheck test", keys=keys, timeout_s=60
        )
        with Store(self.folder / "history.sqlite") as store:
            known: dict[str, tuple[Snapshot, ...]] = {}
            for snapshot in self.kept.snapshots:
                known[snapshot.uri_r] = (*known.get(snapshot.uri_r, ()), snapshot)
            ports = Ports(
                clock=self.clock, interrupt=Interrupt(), open_engine=contextlib.nullcontext, manners=Manners(),
                policy=Policy(), is_ours=lambda *_: False, is_private=lambda url, _: "private" in url, controls=(),
                store=store, known=known, recall=lambda _: None, tool="linkcheck test", on_step=on_step,
            )  # fmt: skip
            findings = [
                Finding(Citation(source, source, "d", n, 1), Verdict(state, "ok", ""))
                for n, source in enumerate(sources, 1)
            ]
            try:
                return look_up(findings, ports, self.kept, Several([wayback], store.latest), save=save)
            finally:
                self.notes += store.notes

    @property
    def saved(self) -> list[str]:
        return [snapshot.uri_r for snapshot in self.kept.snapshots]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def facade(clock: HandClock) -> Iterator[Facade]:
    made = Facade()

    def capture(url: str) -> tuple[str, str, int]:
        made.kept[url] = BODY
        return timestamp14(clock.now()), url, 200

    made.capture = capture
    with facing(made):
        yield made


@pytest.fixture
def run(tmp_path: Path, facade: Facade, clock: HandClock) -> Run:
    return Run(tmp_path, facade, clock)


def url(number: int) -> str:
    return f"https://example.org/{number}"


def posted(facade: Facade) -> list[str]:
    return [each.form["url"] for each in facade.asked if each.method == "POST"]


def test_nothing_is_submitted_unless_the_user_says_so(run: Run, facade: Facade) -> None:
    run(url(1), save=False)
    assert facade.paths("/save") == []
    assert len(facade.paths("/cdx")) == 1


def test_what_no_archive_holds_is_saved_and_noted_with_what_its_replay_says(run: Run, facade: Facade) -> None:
    assert run(url(1)) == ["Saved on request: 1."]
    (snapshot,) = run.kept.snapshots
    assert (snapshot.uri_r, snapshot.archive, snapshot.status, snapshot.title) == (url(1), "wayback", 200, "Saved")
    assert snapshot.uri_m.startswith(f"{facade.url}/web/20261123")
    with Store(run.folder / "history.sqlite") as store:
        assert store.job(url(1)) is None
        search = store.search(url(1))
        assert search is not None
        assert search.snapshots == (snapshot,)
        assert store.latest(snapshot.uri_m) is not None


def test_a_slow_capture_holds_nobody_up(run: Run, facade: Facade, clock: HandClock) -> None:
    facade.pending = 4
    assert run(url(1), url(2), url(3)) == ["Saved on request: 3."]
    order = [each.path.partition("?")[0] for each in facade.asked if each.path.startswith("/save")]
    second = [place for place, path in enumerate(order) if path == "/save"][1]
    assert len([path for path in order if path.startswith("/save/status/spn2")]) == 15
    assert second < 4, "the second is submitted while the first is under way"
    moments = [place for place, path in enumerate(order) if path == "/save"]
    assert len(moments) == 3
    assert max(clock.slept) <= 30


def test_only_sources_that_are_there_are_saved(run: Run, facade: Facade) -> None:
    for state in (State.DEAD, State.BLOCKED, State.FAILING, State.UNKNOWN):
        run(url(1), state=state)
    assert facade.paths("/save") == []


@pytest.mark.parametrize(
    "private",
    [
        "https://example.org/?token=abc",
        "https://example.org/x?a=1&Session_ID=7",
        "https://bucket.example.org/f?X-Amz-Signature=abc",
        "https://example.org/x;jsessionid=12?a=b",
        "https://private.example.org/",
        "http://127.0.0.1/x",
        "http://intranet/x",
    ],
)
def test_private_looking_addresses_are_never_submitted(run: Run, facade: Facade, private: str) -> None:
    remarks = run(private)
    assert facade.paths("/save") == []
    assert not any("secret" in remark for remark in remarks)


def test_an_address_with_a_password_looks_private() -> None:
    assert looks_private("https://me:secret@example.org/")


@pytest.mark.parametrize("public", ["https://example.org/?page=2", "https://example.org/?key=", "https://e.org/token"])
def test_addresses_that_hold_no_secret_are_not_taken_for_private(public: str) -> None:
    assert not looks_private(public)


def test_an_interrupted_run_is_taken_up_by_job_id(run: Run, facade: Facade, clock: HandClock) -> None:
    facade.pending = 8
    run.interrupt_after = 3
    with pytest.raises(KeyboardInterrupt):
        run(url(1), url(2))
    assert "under way; archive --save takes them up again within the hour." in run.notes[0]
    begun = posted(facade)
    assert begun
    clock.seconds += 600
    again = Run(run.folder, facade, clock)
    assert again(url(1), url(2)) == ["Saved on request: 2."]
    assert sorted(posted(facade)) == sorted({url(1), url(2)}), "nothing is submitted twice"
    assert again.saved == [url(1), url(2)]


def test_a_run_after_more_than_an_hour_asks_anew(run: Run, facade: Facade, clock: HandClock) -> None:
    facade.pending, run.interrupt_after = 50, 2
    with pytest.raises(KeyboardInterrupt):
        run(url(1))
    clock.seconds += 3601
    facade.jobs.clear()
    facade.pending = 0
    assert Run(run.folder, facade, clock)(url(1)) == ["Saved on request: 1."]
    assert posted(facade) == [url(1), url(1)]


def test_a_capture_that_goes_on_for_long_is_left_to_the_next_run(run: Run, facade: Facade, clock: HandClock) -> None:
    facade.pending = 1000
    assert run(url(1)) == ["Under way at the archive: 1; archive --save asks for them again within the hour."]
    assert clock.seconds < 700
    facade.jobs = {job: (source, 0) for job, (source, _) in facade.jobs.items()}
    assert Run(run.folder, facade, clock)(url(1)) == ["Saved on request: 1."]
    assert posted(facade) == [url(1)]


def test_a_fresh_capture_that_does_not_resolve_yet_is_looked_at_again_and_not_accepted_before(
    run: Run, facade: Facade, clock: HandClock
) -> None:
    kept = facade.kept
    facade.kept = {}
    facade.capture = lambda source: (timestamp14(clock.now()), source, 200)
    (remark,) = run(url(1))
    assert "was captured and does not play back yet" in remark
    assert run.saved == []
    assert len(facade.paths("/web/")) == 3
    facade.kept = {**kept, url(1): BODY}
    assert Run(run.folder, facade, clock)(url(1)) == ["Saved on request: 1."]
    assert posted(facade) == [url(1)]


def test_what_works_another_time_is_asked_for_once_more_in_the_run(run: Run, facade: Facade) -> None:
    facade.endings = [{"status_ext": "error:celery"}]
    assert run(url(1)) == ["Saved on request: 1."]
    facade.endings = [{"status_ext": "error:celery"}] * 2
    facade.jobs.clear()
    assert run(url(2)) == [f"Not saved: {url(2)}: the archive could not start the capture."]


def test_what_never_works_is_said_and_not_asked_for_again_the_same_day(
    run: Run, facade: Facade, clock: HandClock
) -> None:
    facade.endings = [{"status_ext": "error:no-access"}]
    assert run(url(1)) == [f"Not saved: {url(1)}: the archive's crawler is told 403."]
    (remark,) = run(url(1))
    assert remark == (
        f"Not saved: {url(1)}: the archive's crawler is told 403 (asked 2026-11-23T12:00:00Z, and again in a day)."
    )
    assert len(posted(facade)) == 1
    clock.seconds += timedelta(days=1, seconds=1).total_seconds()
    facade.jobs.clear()
    assert run(url(1)) == ["Saved on request: 1."]


def test_a_quota_ends_the_asking_and_one_sentence_says_it_for_all(run: Run, facade: Facade) -> None:
    facade.refusals = [{"status_ext": "error:max-daily-bandwidth"}]
    assert run(url(1), url(2), url(3)) == [
        f"Not saved: {url(1)} and 2 more: what this account may capture in a day is used up."
    ]
    assert len(posted(facade)) == 1


def test_once_the_keys_are_mended_every_source_is_asked_for_at_once(run: Run, facade: Facade) -> None:
    facade.shut = {"/save": (401, b"no")}
    (remark,) = run(url(1), url(2))
    assert remark == f"Not saved: {url(1)} and 1 more: the Wayback Machine does not take these keys (401)."
    facade.shut = {}
    assert run(url(1), url(2)) == ["Saved on request: 2."]


def test_no_source_is_asked_for_more_than_four_times_in_a_day(run: Run, facade: Facade, clock: HandClock) -> None:
    facade.endings = [{"status_ext": "error:celery"}] * 20
    for _ in range(4):
        facade.jobs.clear()
        run(url(1))
        clock.seconds += 3601
    assert len(posted(facade)) <= 4


def test_a_busy_account_waits_for_a_free_session(run: Run, facade: Facade) -> None:
    facade.user = {"available": 1}
    assert run(url(1), url(2)) == ["Saved on request: 2."]
    assert len(facade.paths("/save/status/user")) == 2


def test_without_keys_it_is_best_effort(run: Run, facade: Facade) -> None:
    run.keys, facade.anonymous = False, "works"
    assert run(url(1)) == ["Saved on request: 1."]
    facade.anonymous = "429"
    (remark,) = run(url(2), url(3))
    assert remark.startswith(f"Not saved: {url(2)} and 1 more: the Wayback Machine asks us to slow down (429)")
    assert len(facade.paths("/save/http")) == 2


def test_a_memento_that_stands_in_the_lock_file_is_not_asked_for_again_for_a_week(
    run: Run, facade: Facade, clock: HandClock
) -> None:
    run(url(1))
    asked = len(facade.asked)
    run(url(1))
    assert len(facade.asked) == asked
    clock.seconds += timedelta(days=8).total_seconds()
    run(url(1), save=False)
    assert len(facade.asked) > asked


def test_a_job_survives_in_its_own_words(run: Run, facade: Facade) -> None:
    facade.refusals = [{"status_ext": "error:too-many-daily-captures"}]
    run(url(1))
    with Store(run.folder / "history.sqlite") as store:
        job = store.job(url(1))
    assert job is not None
    assert (job.fate, job.attempts) == (Fate.QUOTA, 1)
