"""A report with everything that the HTML page can show: drift, altered quotes, earlier looks and runs, dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from linkcheck.conduct import ExitCode
from linkcheck.model import (
    Comparison,
    FailureKind,
    Finding,
    Hop,
    Look,
    Observation,
    QuoteMatch,
    Report,
    State,
    Suggestion,
    Tally,
    Verdict,
)
from tests.reports.example import NOW, citation, example, seen, snapshot

POLICY_PAGE = "https://ministry.example/policy/open-data"
ALTERED = "The survey found that 41.3 per cent of rural households had no broadband in 2019"


def rich() -> Report:
    """The findings of :func:`example` with dates, and three more."""
    dated = (date(2019, 5, 2), date(2024, 9, 1), None, date(2023, 10, 4), date(2024, 9, 1), date(2019, 11, 20), None)
    findings = tuple(
        replace(each, citation=replace(each.citation, accessed=day))
        for each, day in zip(example().findings, (*dated, *dated), strict=False)
    )
    return replace(example(), findings=(*findings, _drifted(), _altered(), _streak()), timeline=timeline())


def timeline() -> tuple[Tally, ...]:
    """Six runs in which two sources died, and this one."""
    runs = [(1, 0, 1, 10), (1, 0, 2, 9), (2, 1, 1, 8), (2, 1, 1, 8), (3, 1, 1, 7), (3, 2, 1, 6)]
    states = (State.DEAD, State.DRIFTED, State.MOVED, State.ALIVE)
    return tuple(
        Tally(
            NOW - timedelta(weeks=len(runs) - week),
            tuple((state, number) for state, number in zip(states, run, strict=True) if number),
        )
        for week, run in enumerate(runs, 1)
    )


def _looks(*answers: int | FailureKind) -> tuple[Look, ...]:
    begun = NOW - timedelta(days=len(answers))
    return tuple(
        Look(begun + timedelta(days=day), *((answer, None) if isinstance(answer, int) else (None, answer)))
        for day, answer in enumerate(answers)
    )


def _drifted() -> Finding:
    kept = replace(snapshot(POLICY_PAGE, 2024, 9, 1, "local"), title="Open data policy")
    compared = Comparison(
        kept.uri_m,
        kept.captured_at,
        0.41,
        1_204,
        1_377,
        "Open data policy",
        "en",
        removed=(
            "All public bodies shall publish their datasets free of charge under an open licence within six months of "
            "collection.",
            "Requests are answered within ten working days.",
        ),
        added=(
            "Public bodies may publish their datasets for a fee under a suitable licence within twelve months of "
            "collection.",
            "This page was reviewed by the office of the minister in March 2026.",
        ),
    )
    return Finding(
        citation(
            POLICY_PAGE,
            40,
            document="docs/handbook/data.md",
            title="Open data policy",
            accessed=date(2024, 9, 2),
            author="Ministry of Examples",
            dated="2024",
        ),
        Verdict(
            State.DRIFTED,
            "text-drift",
            "Less than half of the text that was captured when it was cited is still on the page.",
            suggestions=(
                Suggestion(
                    f"https://web.archive.org/web/20240830083000/{POLICY_PAGE}",
                    "memento",
                    True,
                    "It shows the text as it stood when it was cited.",
                ),
            ),
        ),
        Observation(
            POLICY_PAGE,
            NOW,
            POLICY_PAGE,
            status=200,
            media_type="text/html",
            digest=f"sha256:{'5c' * 32}",
            length=48_213,
            address="192.0.2.7",
            comparison=compared,
        ),
        (kept,),
        shortfalls=("drifted sources fail the run (fail-on)",),
        looks=_looks(200, 200, 200),
    )


def _altered() -> Finding:
    url = "https://statistics.example/broadband"
    return Finding(
        citation(
            url,
            44,
            document="docs/handbook/data.md",
            title="Broadband in the countryside",
            context=f"Progress has been slow. “{ALTERED},” the office wrote, and little has happened since.",
            quotes=(ALTERED,),
            loose=("little has happened since",),
            accessed=date(2020, 2, 11),
        ),
        Verdict(
            State.DRIFTED,
            "quote-missing",
            "The page answers under the same title, but the quoted words are not as cited.",
            quotes=(
                QuoteMatch(
                    ALTERED,
                    False,
                    "live",
                    ("the page has “43.1” where the quote has “41.3”",),
                    "the survey found that 43.1 per cent of rural households had no fast broadband in 2019",
                ),
                QuoteMatch("little has happened since", False),
            ),
        ),
        seen(url, hops=(Hop("http://statistics.example/broadband", 301),), final=url, media_type="text/html"),
        shortfalls=("drifted sources fail the run (fail-on)",),
        known=("drifted sources fail the run (fail-on)",),
    )


def _streak() -> Finding:
    url = "https://fading.example/annual-report-2012.pdf"
    return Finding(
        citation(url, 3, document="annex.pdf", title="Annual report 2012", dated="2012-11"),
        Verdict(
            State.DEAD, "repeated-failure", "Nobody has answered there since 2026-11-16, asked on 5 days.", (), (), ""
        ),
        Observation(url, NOW, url, failure=FailureKind.CONNECTION_REFUSED, failure_message="refused", attempts=3),
        trace="none",
        traced="No archive that was asked has ever seen this address, nor one near it.",
        shortfalls=("dead sources fail the run (fail-on)",),
        looks=_looks(200, *[FailureKind.CONNECTION_REFUSED] * 4),
    )


def many(citations: int) -> Report:
    """That many citations of a realistic mixture: nine of ten are well, of 2,000 hosts in 200 documents.

    Each has its own address, sentence and date; the findings of :func:`rich` stand among them again and again.
    """
    troubled = rich().findings
    return Report(
        "check",
        NOW,
        "linkcheck 0.1.0",
        tuple(_moved_to(troubled[n // 10 % len(troubled)], n) if n % 10 == 0 else _well(n) for n in range(citations)),
        ExitCode.POLICY,
        timeline=timeline(),
    )


def _moved_to(finding: Finding, number: int) -> Finding:
    cited = finding.citation
    url = f"{cited.url.partition('#')[0]}?n={number}"
    return replace(
        finding, citation=replace(cited, url=url, written=url, document=f"chapters/{number % 200}.md", line=number)
    )


def _well(number: int) -> Finding:
    url = f"https://host{number * 7 % 2000}.example/archive/{2000 + number % 25}/{number}-how-the-count-was-made"
    quote = f"the count of district {number} was made by hand"
    kept = snapshot(url, 2024, 9, 1)
    day = date(2005 + number % 20, 1 + number % 12, 1 + number % 28)
    return Finding(
        citation(
            url,
            1 + number // 200,
            document=f"chapters/{number % 200}.md",
            title=f"How the count of district {number} was made",
            context=f"As the commission wrote at the time, “{quote}”, and nobody objected to it for a year.",
            quotes=(quote,),
            accessed=day,
        ),
        Verdict(State.ALIVE, "ok", "It answers, and says what was cited.", (QuoteMatch(quote, True, "live"),)),
        Observation(
            url,
            datetime(2026, 11, 23, 11, 0, tzinfo=UTC) + timedelta(seconds=number % 3600),
            url,
            status=200,
            media_type="text/html",
            digest=f"sha256:{number * 2654435761 % 2**256:064x}",
            length=20_000 + number % 50_000,
            address=f"192.0.2.{number % 255}",
        ),
        (kept,),
        looks=_looks(200, 200),
    )
