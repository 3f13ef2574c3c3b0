"""The score: four shares and their mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model import Citation, Finding, QuoteMatch, Report, Snapshot, State, Verdict
from linkcheck.score import NAMES, score

NOW = datetime(2026, 11, 25, tzinfo=UTC)
COPY = Snapshot("https://a.example/", "warcs/a.warc.gz#0", NOW, "local", 200, "sha256:00")


def row(state: State, reason: str = "ok", *, url: str = "https://a.example/", kept: bool = False) -> Finding:
    return Finding(Citation(url, url, "a.md", 1, 1), Verdict(state, reason, ""), snapshots=(COPY,) if kept else ())


def quoting(state: State, *found: bool, loose: bool = False) -> Finding:
    matches = tuple(QuoteMatch(f"quote {place}", is_found) for place, is_found in enumerate(found))
    cited = Citation("https://a.example/", "https://a.example/", "a.md", 1, 1)
    quotes = tuple(match.quote for match in matches)
    cited = replace(cited, loose=quotes) if loose else replace(cited, quotes=quotes)
    return Finding(cited, Verdict(state, "ok", "", quotes=matches))


def parts(*rows: Finding) -> dict[str, tuple[int, int]]:
    return {part.name: (part.good, part.of) for part in score(Report("check", NOW, "linkcheck", rows)).parts}


def value(*rows: Finding) -> int | None:
    return score(Report("check", NOW, "linkcheck", rows)).value


def test_the_parts_stand_in_the_order_of_the_questions() -> None:
    assert tuple(parts()) == NAMES


def test_what_could_not_be_told_counts_neither_for_nor_against_being_there() -> None:
    rows = (row(State.DEAD), row(State.ALIVE), row(State.BLOCKED), row(State.FAILING), row(State.UNKNOWN))
    assert parts(*rows)["there"] == (1, 2)
    assert score(Report("check", NOW, "linkcheck", rows)).untold == 3


def test_a_moved_source_is_there_but_no_longer_the_thing_at_its_address() -> None:
    assert parts(row(State.MOVED, "redirect-permanent"), row(State.ALIVE))["the-thing"] == (1, 2)


def test_another_title_speaks_against_the_thing_and_not_against_what_it_says() -> None:
    told = parts(row(State.DRIFTED, "title-mismatch"))
    assert (told["there"], told["the-thing"], told["says-so"]) == ((1, 1), (0, 1), (0, 0))


def test_a_lost_quote_speaks_against_what_it_says() -> None:
    told = parts(quoting(State.DRIFTED, False), quoting(State.ALIVE, True, True), row(State.ALIVE))
    assert told["says-so"] == (1, 2)


def test_a_quote_of_a_dead_source_is_not_said_by_it_whatever_its_copies_say() -> None:
    assert parts(quoting(State.DEAD, True))["says-so"] == (0, 1)


def test_a_passage_that_may_be_anothers_holds_nothing_against_a_source() -> None:
    assert parts(quoting(State.ALIVE, False, loose=True))["says-so"] == (0, 0)


def test_a_dead_source_with_a_copy_is_kept() -> None:
    assert parts(row(State.DEAD, kept=True), row(State.ALIVE))["kept"] == (1, 2)


def test_what_is_left_out_or_no_web_page_need_not_be_kept() -> None:
    assert parts(row(State.UNKNOWN, "excluded"), row(State.DEAD, "file-missing", url="file:///a.md"))["kept"] == (0, 0)


def test_the_value_is_the_mean_of_the_parts_that_could_be_told_rounded_down() -> None:
    # there 1 of 2, the thing 1 of 2, says so of none, kept 0 of 2: (50 + 50 + 0) / 3 = 33.3
    assert value(row(State.DEAD), row(State.ALIVE)) == 33
    # there 2 of 3, the thing 2 of 3, kept 3 of 3: (66.7 + 66.7 + 100) / 3 = 77.8
    rows = [row(state, kept=True) for state in (State.DEAD, State.ALIVE, State.ALIVE)]
    assert value(*rows) == 77


def test_without_a_citation_that_tells_there_is_no_score() -> None:
    assert value() is None
    assert value(row(State.BLOCKED, kept=True)) is None


def test_a_hundred_means_that_nothing_is_wanting() -> None:
    assert value(row(State.ALIVE, kept=True)) == 100
    assert value(*[row(State.ALIVE, kept=True)] * 999, row(State.DEAD, kept=True)) == 99


ROWS = st.builds(row, st.sampled_from(State), st.sampled_from(["ok", "title-mismatch"]), kept=st.booleans())


@given(st.lists(ROWS, min_size=1), st.integers(0, 30))
def test_a_dead_source_that_comes_back_never_lowers_the_score(rows: list[Finding], place: int) -> None:
    dead = row(State.DEAD)
    rows.insert(place, dead)
    before, after = value(*rows), value(*[row(State.ALIVE) if each is dead else each for each in rows])
    assert before is not None
    assert after is not None
    assert after >= before
