"""The benches keep working: tiny worlds, no peers, no figures held against anything."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import again, memory, startup
from bench.engine import __main__ as command
from bench.engine import bounds, goals, table, worlds
from bench.engine.bounds import Knocking
from bench.engine.running import Run, row, run
from bench.engine.serving import find_nginx, served
from bench.engine.subjects import Check, Limits, Lychee, Ours, Subject, Task
from bench.engine.worlds import Link, Truth, World

needs_nginx = pytest.mark.skipif(find_nginx() is None, reason="the worlds are served by nginx, which is not here")

QUICKLY = Limits(in_flight=16, per_host=4, spacing_s=0.0, retries=3)
ENGINE = Ours("engine", "drive", QUICKLY)
FLOOR = Ours("floor", "floor", QUICKLY)
CHECK = Check("check", QUICKLY)


@pytest.fixture(params=[CHECK, ENGINE, FLOOR], ids=lambda subject: subject.name)
def subject(request: pytest.FixtureRequest) -> Subject:
    chosen: Subject = request.param
    return chosen


def tiny(letter: str) -> World:
    return worlds.build(letter, 0.002)


@needs_nginx
@pytest.mark.parametrize("letter", ["A", "B", "E"])
def test_everybody_of_ours_tells_the_truth_of_a_world_of_nginx(letter: str, subject: Subject, tmp_path: Path) -> None:
    world = tiny(letter)
    with served(world, tmp_path) as up:
        done = run(subject, up, tmp_path, 120)
    assert (done.trouble, done.right) == ("", len(world.links))
    assert done.said == Counter(f"{link.truth}>{link.truth}" for link in world.links)
    assert done.peak > 1_000_000
    assert done.cpu > 0


def test_slow_and_resetting_hosts_are_told_apart_and_counted(subject: Subject, tmp_path: Path) -> None:
    links = (
        Link("127.30.0.1", "/p/0.html", Truth.ALIVE, delay_s=0.05),
        Link("127.30.0.1", "/r/1.html", Truth.REDIRECT, target="/t/1.html", delay_s=0.01, target_delay_s=0.01),
        Link("127.30.0.2", "/g/2.html", Truth.DEAD, delay_s=0.01),
        Link("127.30.0.3", "/p/3.html", Truth.RESET),
    )
    world = World("C", "four", links, delays=True)
    once = {CHECK.name: Check("check", Limits(16, 4, 0.0, 0))}.get(subject.name, subject)
    with served(world, tmp_path) as up:
        done = run(once, up, tmp_path, 120)
    assert (done.trouble, done.right) == ("", 4)
    assert done.said == {f"{link.truth}>{link.truth}": 1 for link in links}
    assert done.tally["requests"] >= 5


def test_the_limited_hosts_of_world_d_count_what_they_refuse(tmp_path: Path) -> None:
    links = tuple(Link("127.40.0.1", f"/p/{number}.html", Truth.ALIVE) for number in range(2))
    world = World("D", "two", links, delays=True, rate=1.0, burst=1)
    with served(world, tmp_path) as up:
        refused = run(ENGINE, up, tmp_path, 120)  # it tries nothing twice
    with served(world, tmp_path) as up:
        patient = run(CHECK, up, tmp_path, 120)
    assert refused.tally["429"] == 1
    assert refused.right == 1
    assert patient.right == 2


@needs_nginx
def test_pages_may_be_shared_and_still_differ(tmp_path: Path) -> None:
    with served(worlds.plain(120, hosts=2), tmp_path, shared_pages=True) as up:
        done = run(ENGINE, up, tmp_path, 120)
    assert done.right == 120


@needs_nginx
def test_a_subject_that_takes_too_long_is_stopped_and_said_to_be(tmp_path: Path) -> None:
    class Sleeper:
        name = "sleeper"

        def command(self, task: Task) -> list[str]:
            return [sys.executable, "-c", "import time; time.sleep(60)"]

        def verdicts(self, task: Task) -> dict[str, Truth]:
            raise AssertionError("nothing was said")

    with served(tiny("E"), tmp_path) as up:
        done = run(Sleeper(), up, tmp_path, 0.2)
    assert done.trouble == "stopped after 0.2 s"
    assert done.right == 0


@needs_nginx
def test_the_command_prints_a_table_and_writes_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    monkeypatch.setitem(worlds._SIZES, "A", (200, 20))
    words = ["bench", "--worlds", "A", "--quick", "--runs", "1", "--peers", "", "--only", "floor|1 a host"]
    monkeypatch.setattr(sys, "argv", [*words, "--json", str(out), "--markdown"])
    assert command.main() == 0
    printed = capsys.readouterr().out
    assert "World A: 20 URLs, 2 hosts, HTTP" in printed
    assert "| world | subject |" in printed
    written = json.loads(out.read_text())
    assert {each["subject"] for each in written["worlds"][0]["runs"]} == {
        "pycurl loop (floor), no spacing",
        "engine, 1 a host, no spacing",
    }


def test_lychee_is_read_as_it_writes(tmp_path: Path) -> None:
    task = Task(("http://a/", "http://b/", "http://c/", "http://d/"), tmp_path, "")
    entries = [{"url": "http://b/", "status": {"text": "Not Found", "code": 404}}, {"url": "http://c/", "status": {}}]
    said = {"timeout_map": {"list.txt": [{"url": "http://d/"}]}, "error_map": {"list.txt": entries}}
    (tmp_path / "lychee.json").write_text(json.dumps(said))
    found = Lychee("lychee", Path("lychee"), Limits()).verdicts(task)
    assert list(found.values()) == [Truth.WORKS, Truth.DEAD, Truth.BROKEN, Truth.TIMEOUT]


def test_worlds_are_the_same_every_time_and_as_large_as_said() -> None:
    for letter in worlds.LETTERS:
        world = worlds.build(letter)
        assert world == worlds.build(letter)
        urls, hosts = worlds._SIZES[letter]
        assert (len(world.truths(80)), len(world.addresses)) == (urls, hosts)


def test_the_bound_counts_spacing_delays_and_one_timeout_for_a_silent_host() -> None:
    links = (
        Link("127.0.0.1", "/1", Truth.ALIVE, delay_s=1.0),
        Link("127.0.0.1", "/2", Truth.ALIVE, delay_s=0.1),
        Link("127.0.0.1", "/3", Truth.DEAD, delay_s=0.1),
        Link("127.0.0.2", "/4", Truth.TIMEOUT),
        Link("127.0.0.2", "/5", Truth.TIMEOUT),
    )
    world = World("C", "five", links, delays=True)
    serial = bounds.bound(world, Knocking(64, 1, 0.25, second_look_s=0.5))
    assert serial.lanes_s == pytest.approx(1.0 + 0.25 + 0.25 + 0.1)
    assert serial.silence_s == worlds.TIMEOUT_S
    assert serial.seconds == worlds.TIMEOUT_S
    wide = bounds.bound(world, Knocking(64, 10, 0.05))
    assert wide.lanes_s == pytest.approx(1.0)
    assert bounds.bound(world, Knocking(1, 10, 0.05)).all_s == pytest.approx(worlds.TIMEOUT_S + 1.2)


def test_goals_that_are_missed_say_so() -> None:
    def measured(name: str, cpu: float) -> Run:
        return Run(name, 1.0, cpu, 0.0, 1, 10)

    rows = [row([measured("lychee, no spacing", 1.0)], 10), row([measured("engine, 1 a host, no spacing", 0.8)], 10)]
    none = bounds.Bound(0, 0, 0, 0)
    assert [str(goal).endswith("(goal 0.7, MISSED)") for goal in goals.goals("A", rows, none)] == [True]
    assert [str(goal).endswith("(goal 0.85, reached)") for goal in goals.goals("B", rows, none)] == [True]
    section = table.Section("A", "ten", tuple(rows), {rows[1].subject: rows[0].subject}, (), ())
    assert "0.80" in table.text([section])


def test_a_silent_host_is_held_against_one_timeout_and_against_two() -> None:
    ours = row([Run(goals.OWN_MANNERS, 21.0, 1.0, 0.0, 1, 10)], 10)
    said = [str(goal) for goal in goals.goals("C", [ours], bounds.Bound(11.0, 0, 10.0, 0))]
    assert said[0].endswith("1.91 (goal 1.25, MISSED)")
    assert said[1].endswith("1.05 (goal 1.25, reached)")


@needs_nginx
def test_a_second_look_costs_few_bytes_and_changes_no_verdict() -> None:
    first, second, lately = again.measured(40)
    assert first.statuses["200"] == second.statuses["304"] > 0
    assert second.sent < first.sent / 10
    assert lately.requests == lately.statuses["404"], "only failures are asked for again"
    assert first.states == second.states == lately.states


@needs_nginx
def test_the_memory_bench_measures_a_check() -> None:
    done = memory.measured(40)
    assert (done.right, done.trouble) == (40, "")


def test_the_startup_bench_sees_the_first_request_and_the_imports() -> None:
    assert startup.version() > 0
    assert startup.first_request() > 0
    assert "linkcheck.cli" in dict(startup.imports(["--version"]))
