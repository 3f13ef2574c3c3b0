"""Rate limits of archives: over the run, between processes, through crashes and changes of the date."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from linkcheck.archives.rates import FIRST_STOP_S, LONGEST_STOP_S, NEXT_STOP_S, Limit, Rates
from linkcheck.clock import SystemClock
from tests.archives.clocks import HandClock

THREE = Limit("cdx archive.example", 3, 60.0)


def test_so_many_go_out_in_a_window_and_the_next_waits_for_the_first_to_leave_it() -> None:
    clock = HandClock()
    rates = Rates(clock)
    for _ in range(3):
        assert (rates.wait_s(THREE), rates.take(THREE)) == (0.0, 0.0)
        clock.seconds += 10
    assert rates.wait_s(THREE) == rates.take(THREE) == pytest.approx(30)
    clock.seconds += 30
    assert rates.take(THREE) == 0.0
    assert rates.take(THREE) == pytest.approx(10)


def test_another_process_counts(tmp_path: Path) -> None:
    clock = HandClock()
    first, second = Rates(clock, tmp_path / "c" / "a.json"), Rates(clock, tmp_path / "c" / "a.json")
    assert [first.take(THREE), second.take(THREE), first.take(THREE)] == [0.0, 0.0, 0.0]
    assert second.wait_s(THREE) == second.take(THREE) == pytest.approx(60)
    assert Rates(clock, tmp_path / "other.json").take(THREE) == 0.0
    assert second.take(Limit("memento archive.example", 3, 60.0)) == 0.0


def _take_many(path: Path, taken: Queue[int], both_are_there: Barrier) -> None:
    from linkcheck.archives import rates as module

    module._LOCK_S = 120.0  # after which a run counts by itself: on a machine whose disk is busy 10 s are no time
    rates = Rates(SystemClock(), path)
    limit = Limit("x", 40, 3600.0)
    both_are_there.wait(120)
    taken.put(sum(rates.take(limit) == 0.0 for _ in range(30)))


def test_two_processes_at_once_never_take_more_than_the_limit_together(tmp_path: Path) -> None:
    world = multiprocessing.get_context("spawn")
    taken, both_are_there = world.Queue(), world.Barrier(2)
    processes = [world.Process(target=_take_many, args=(tmp_path / "a.json", taken, both_are_there)) for _ in range(2)]
    try:
        for process in processes:
            process.start()
        for process in processes:
            process.join(240)
        assert [process.exitcode for process in processes] == [0, 0]
        assert taken.get() + taken.get() == 40
    finally:
        for process in processes:
            process.kill()
        taken.close()


def test_a_clock_that_is_set_back_blocks_nobody_for_longer_than_one_window(tmp_path: Path) -> None:
    clock = HandClock()
    earlier = Rates(clock, tmp_path / "a.json")
    for _ in range(3):
        earlier.take(THREE)
    earlier.stop("archive.example:443")
    clock.ahead = -timedelta(days=400)
    later = Rates(clock, tmp_path / "a.json")
    assert later.take(THREE) == pytest.approx(60)
    assert later.stopped_s("archive.example:443") == pytest.approx(FIRST_STOP_S)


def test_a_clock_that_is_set_forth_frees_no_turn_within_the_run(tmp_path: Path) -> None:
    clock = HandClock()
    rates = Rates(clock, tmp_path / "a.json")
    for _ in range(3):
        rates.take(THREE)
    clock.ahead = timedelta(days=1)
    assert rates.take(THREE) == pytest.approx(60)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"asked": 3, "stopped": []}', b'{"asked": {"cdx archive.example": ["x", null]}}', b"\xff"],
)
def test_a_file_that_a_crash_tore_counts_as_empty_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    rates = Rates(HandClock(), path)
    assert rates.stopped_s("archive.example:443") == 0.0
    for _ in range(3):
        assert rates.take(THREE) == 0.0
    assert Rates(HandClock(), path).take(THREE) > 0


def test_where_the_file_cannot_be_written_the_run_keeps_the_limits_by_itself(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("this is no folder")
    rates = Rates(HandClock(), tmp_path / "file" / "a.json")
    assert [rates.take(THREE) for _ in range(4)] == [0.0, 0.0, 0.0, 60.0]
    rates.stop("archive.example:443")
    assert rates.stopped_s("archive.example:443") > 0


def test_a_stop_is_remembered_between_processes_grows_when_it_comes_again_and_ends(tmp_path: Path) -> None:
    clock = HandClock()
    who = "archive.example:443"

    def process() -> Rates:
        return Rates(clock, tmp_path / "a.json")

    assert process().stop(who) == FIRST_STOP_S
    clock.seconds += FIRST_STOP_S - 1
    assert process().stopped_s(who) == pytest.approx(1)
    clock.seconds += 1
    assert process().stopped_s(who) == 0.0
    assert [process().stop(who), process().stop(who)] == [NEXT_STOP_S, 2 * NEXT_STOP_S]
    for _ in range(12):
        assert process().stop(who) <= LONGEST_STOP_S
    clock.seconds += 3 * 86_400
    assert process().stop(who) == FIRST_STOP_S
    assert process().stop("other.example:443", for_s=1800) == 1800


def test_what_a_user_asks_of_his_own_network_is_not_counted_with_the_world(tmp_path: Path) -> None:
    rates = Rates(HandClock(), tmp_path / "a.json", lambda url: "own" in url)
    for _ in range(3):
        rates.at("http://own.example/").take(THREE)
    assert rates.at("http://own.example/").take(THREE) > 0
    assert rates.at("http://archive.example/").take(THREE) == 0.0


def test_the_file_stays_small(tmp_path: Path) -> None:
    clock = HandClock()
    rates = Rates(clock, tmp_path / "a.json")
    for number in range(50):
        rates.take(Limit(f"host {number}", 3, 60.0))
    clock.seconds += 2 * 86_400
    rates.take(THREE)
    assert len((tmp_path / "a.json").read_bytes()) < 200


def test_a_lock_that_was_left_behind_by_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "a.lock").write_text("12345")
    assert Rates(HandClock(), tmp_path / "a.json").take(THREE) == 0.0
    assert "cdx archive.example" in (tmp_path / "a.json").read_text(), "who gives up on the lock counts by himself"
