"""A report knows the runs before it, and a row the earlier looks at its source."""

from __future__ import annotations

from pathlib import Path

import linkcheck
from linkcheck.model import State
from linkcheck.settings import Settings
from tests.servers import Script, html, response, serving

QUOTE = "The survey found that 41.3 per cent of rural households had no broadband at all"
PAGE = "<p>As we wrote, the survey found that 43.1 per cent of rural households had no broadband at all.</p>"


def test_a_source_that_dies_between_two_runs_is_seen_in_the_timeline_and_in_its_row(tmp_path: Path) -> None:
    script: Script = {"/page": html("Page", "<p>Words.</p>"), "/other": html("Other", "<p>More words.</p>")}
    settings = Settings(archive=str(tmp_path / "archive"), allow_private=("127.0.0.1",))
    with serving(script) as server:
        sources = (f"{server.url}/page", f"{server.url}/other")
        first = linkcheck.check(*sources, settings=settings)
        script["/page"] = response(404, b"gone")
        second = linkcheck.check(*sources, settings=settings)
    assert [tally.counts for tally in first.timeline] == [((State.ALIVE, 2),)]
    assert [tally.counts for tally in second.timeline] == [((State.ALIVE, 2),), ((State.DEAD, 1), (State.ALIVE, 1))]
    assert [look.status for look in second.findings[0].looks] == [200], "the answer of today is no earlier look"
    stored = linkcheck.report(settings=settings)
    assert stored.timeline == second.timeline, "a report is no run"
    assert [look.status for look in stored.findings[0].looks] == [200]


def test_an_altered_quote_brings_the_words_that_stand_in_its_place(tmp_path: Path) -> None:
    settings = Settings(archive=str(tmp_path / "archive"), allow_private=("127.0.0.1",))
    with serving({"/page": html("Page", PAGE)}) as server:
        (tmp_path / "sources.txt").write_text(f"{server.url}/page\n    > {QUOTE}\n")
        told = linkcheck.check(tmp_path / "sources.txt", settings=settings)
    (match,) = told.findings[0].verdict.quotes
    assert match.nearest == "the survey found that 43.1 per cent of rural households had no broadband at all"
    page = linkcheck.render(told, "html")
    assert "<del>41.3</del> <ins>43.1</ins> per cent" in page
