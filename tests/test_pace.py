"""How a run's pace is counted from its steps."""

from __future__ import annotations

from linkcheck.pace import Course, Phase, counts, duration, sentence, shortened, speed, waited_for
from linkcheck.ports import Step, begun

SLOW = [f"https://slow.example/{number}" for number in range(100)]
QUICK = [f"https://quick-{number}.example/" for number in range(900)]


def landed(phase: Phase, urls: list[str], total: int, *, done: int, since: float, each_s: float) -> int:
    for place, url in enumerate(urls, 1):
        done += 1
        phase.tell(Step("checking", done, total, url, ("alive",)), since + place * each_s)
    return done


def test_the_host_with_the_longest_queue_says_when_it_ends() -> None:
    phase = Phase(begun("checking", SLOW + QUICK), 0.0)
    done = landed(phase, QUICK, 1000, done=0, since=0.0, each_s=0.01)
    landed(phase, SLOW[:10], 1000, done=done, since=9.0, each_s=0.1)
    pace = phase.pace(10.0)
    assert (pace.done, pace.total, pace.rate) == (910, 1000, 91.0)
    assert pace.left_s == 90.0, "ten sources of it took ten seconds, and ninety are left; by the mean it would be one"
    assert pace.waiting == (("slow.example", 90),)
    assert sentence(pace) == (
        "checking: 910 of 1,000; 91/s, about 1:30 left; 910 alive; waiting for: slow.example (90 left)"
    )


def test_the_mean_says_it_where_every_host_has_little_left() -> None:
    phase = Phase(begun("checking", QUICK), 0.0)
    landed(phase, QUICK[:300], 900, done=0, since=0.0, each_s=0.1)
    pace = phase.pace(30.0)
    assert pace.left_s == 60.0
    assert pace.further == 597
    assert waited_for(pace).endswith("and 597 more hosts")


def test_a_host_that_says_nothing_is_waited_for_ever_longer() -> None:
    phase = Phase(begun("checking", ["https://silent.example/a", "https://silent.example/b", *QUICK[:5]]), 0.0)
    landed(phase, QUICK[:5], 7, done=0, since=0.0, each_s=0.1)
    assert phase.pace(10.0).left_s == 20.0
    assert phase.pace(20.0).left_s == 40.0


def test_what_was_remembered_does_not_praise_the_rest_for_long() -> None:
    phase = Phase(begun("checking", QUICK), 0.0)
    done = landed(phase, QUICK[:600], 900, done=0, since=0.0, each_s=0.0)
    landed(phase, QUICK[600:660], 900, done=done, since=0.0, each_s=1.0)
    assert phase.pace(60.0).rate == 1.0


def test_nothing_is_foretold_before_two_seconds_or_after_the_end() -> None:
    phase = Phase(begun("checking", QUICK[:2]), 0.0)
    phase.tell(Step("checking", 1, 2, QUICK[0]), 0.1)
    assert speed(phase.pace(0.2)) == ""
    assert speed(phase.pace(10.0)) == "0.1/s, about 0:10 left"
    phase.tell(Step("checking", 2, 2, QUICK[1]), 10.0)
    assert speed(phase.pace(10.0)) == "0.2/s"
    assert waited_for(phase.pace(10.0)) == ""


def test_the_worst_state_is_named_first() -> None:
    phase = Phase(begun("checking", QUICK[:2]), 0.0)
    phase.tell(Step("checking", 1, 2, QUICK[0], ("alive", "drifted")), 1.0)
    phase.tell(Step("checking", 2, 2, QUICK[1], ("dead",)), 1.0)
    assert counts(phase.pace(1.0).states) == "1 dead, 1 drifted, 1 alive"


def test_a_pause_is_told_under_the_phase_that_makes_it() -> None:
    course = Course()
    course.tell(Step("waiting for the archive's rate limit", 0, 0, "https://early.example/"), 0.0)
    assert course.paces(0.0) == ()
    course.tell(Step("checking", 1, 1, "https://a.example/"), 1.0)
    course.tell(Step("replaying mementos", 1, 2, "https://a.example/"), 4.0)
    course.tell(Step("waiting for the archive's rate limit", 0, 0, "https://b.example/"), 5.0)
    checking, replaying = course.paces(6.0)
    assert (checking.phase, checking.done, checking.elapsed_s) == ("checking", 1, 3.0)
    assert replaying.label == "waiting for the archive's rate limit (https://b.example/)"
    assert (replaying.done, replaying.total) == (1, 2)


def test_times_and_long_words_are_written_short() -> None:
    assert [duration(seconds) for seconds in (6.6, 92, 7500)] == ["0:07", "1:32", "2:05:00"]
    assert [shortened("abcdef", width) for width in (6, 5, 1, 0)] == ["abcdef", "abcd…", "", ""]
