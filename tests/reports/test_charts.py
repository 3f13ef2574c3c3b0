"""The numbers behind the charts."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from linkcheck.model import Finding, Report, State, Tally, Verdict
from linkcheck.reports import _charts
from tests.reports.example import NOW, citation, empty, everything, example
from tests.reports.rich import rich


def finding(state: State, *, accessed: int = 0, dated: str = "") -> Finding:
    day = date(accessed, 5, 2) if accessed else None
    return Finding(citation("https://a.example/", 1, accessed=day, dated=dated), Verdict(state, "r", ""))


def report(*findings: Finding) -> Report:
    return Report("check", NOW, "linkcheck", findings)


def test_the_states_fill_one_bar_without_a_gap() -> None:
    pieces = _charts.states(example())
    assert [piece.state for piece in pieces] == list(example().counts())
    for before, piece in itertools.pairwise(pieces):
        assert before.begin + before.length == pytest.approx(piece.begin, abs=0.02)
    assert pieces[-1].begin + pieces[-1].length == pytest.approx(100, abs=0.02)


def test_causes_are_told_worst_state_first_and_what_is_alive_has_none() -> None:
    causes, further = _charts.causes(example())
    assert [(str(cause.state), cause.reason, cause.number) for cause in causes] == [
        ("dead", "http-404", 3),
        ("drifted", "quote-missing", 1),
        ("moved", "redirect-permanent", 1),
        ("blocked", "bot-wall", 1),
        ("failing", "timeout", 1),
        ("unknown", "unsupported-scheme", 1),
    ]
    assert causes[0].bar.length == 100
    assert further == 0


def test_rare_causes_are_counted_together() -> None:
    causes, further = _charts.causes(everything())
    assert len(causes) == _charts.MOST_CAUSES
    assert further + len(causes) == sum(each.verdict.state is not State.ALIVE for each in everything().findings)


def test_a_year_says_how_many_of_those_that_could_be_told_of_are_gone() -> None:
    ages = _charts.ages(
        [
            finding(State.ALIVE, accessed=2020),
            finding(State.DEAD, accessed=2019),
            finding(State.DRIFTED, accessed=2019, dated="1990"),
            finding(State.BLOCKED, accessed=2019),
            finding(State.DEAD, dated="2019-03"),
            finding(State.DEAD),
            finding(State.DEAD, dated="n.d."),
            finding(State.DEAD, dated="0019"),
        ]
    )
    assert [(age.label, age.number, age.told, age.gone, age.share) for age in ages] == [
        ("2019", 4, 3, 2, "67 %"),
        ("2020", 1, 1, 0, "0 %"),
        ("no date", 3, 3, 3, "100 %"),
    ]
    assert [piece.length for piece in ages[0].bar] == [50, 25, 25]


def test_of_many_years_five_are_taken_together() -> None:
    ages = _charts.ages([finding(State.ALIVE, accessed=year) for year in range(2003, 2026)])
    assert [(age.label, age.number) for age in ages] == [
        ("2000–2004", 2),
        ("2005–2009", 5),
        ("2010–2014", 5),
        ("2015–2019", 5),
        ("2020–2024", 5),
        ("2025–2029", 1),
    ]


def test_a_year_of_which_nothing_could_be_told_has_no_share() -> None:
    assert [age.share for age in _charts.ages([finding(State.BLOCKED, accessed=2020)])] == ["–"]


def test_the_columns_of_the_timeline_stand_beside_each_other_as_high_as_their_citations() -> None:
    runs = _charts.timeline(rich())
    assert [run.tally for run in runs] == list(rich().timeline)
    for before, run in itertools.pairwise(runs):
        assert before.place + before.width <= run.place
    assert runs[-1].place + runs[-1].width <= 100
    assert [piece.state for piece in runs[-1].pieces] == [State.ALIVE, State.MOVED, State.DRIFTED, State.DEAD]
    assert sum(piece.length for piece in runs[-1].pieces) == pytest.approx(100, abs=0.1)


def test_one_run_is_no_timeline_and_of_many_the_newest_are_shown() -> None:
    tallies = tuple(Tally(NOW + timedelta(days=day), ((State.ALIVE, day + 1),)) for day in range(50))
    assert _charts.timeline(replace(empty(), timeline=tallies[:1])) == []
    runs = _charts.timeline(replace(empty(), timeline=tallies))
    assert [run.tally for run in runs] == list(tallies[-_charts.MOST_RUNS :])


def test_a_report_without_citations_has_empty_charts() -> None:
    assert _charts.states(empty()) == ()
    assert _charts.causes(empty()) == ([], 0)
    assert _charts.ages(()) == []
    assert _charts.states(report(finding(State.DEAD)))[0].length == 100
