"""Every reason is declared, documented, and given under the states it names; every case gets a verdict."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.judge import REASONS, accepted_status, headers_withheld, judge, local_file
from linkcheck.model import FailureKind, Hop, Look, Observation, Page, State, Verdict
from tests.judge.cases import HOME, NOW, URL, citation
from tests.judge.reasons_page import reasons_page
from tests.judge.test_rules import STREAKS

DECLARED = {reason.id: reason for reason in REASONS}
URLS = st.sampled_from([URL, HOME, "http://example.com/news/2024/story", "https://www.example.com/login", "ftp://x/y"])
STATUSES = st.one_of(
    st.sampled_from([200, 204, 301, 304, 401, 403, 404, 410, 429, 451, 500, 503, 999]), st.integers(0, 1200)
)
PAGES = st.one_of(
    st.none(), st.builds(Page, title=st.text(max_size=9), text=st.text(max_size=40), robots=st.just("noindex"))
)
LOOKS = st.lists(
    st.one_of(
        st.builds(lambda ago, code: Look(NOW - timedelta(days=ago), code, None), st.integers(-9, 30), STATUSES),
        st.builds(
            lambda ago, kind: Look(NOW - timedelta(days=ago), None, kind),
            st.integers(0, 30),
            st.sampled_from(FailureKind),
        ),
    ),
    max_size=8,
)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    failure = draw(st.one_of(st.none(), st.sampled_from(FailureKind)))
    return Observation(
        uri_r=draw(URLS),
        observed_at=NOW,
        final_url=draw(URLS),
        hops=tuple(draw(st.lists(st.builds(Hop, URLS, st.sampled_from([301, 302, 308])), max_size=3))),
        status=None if failure else draw(STATUSES),
        failure=failure,
        failure_message=draw(st.text(max_size=20)),
        headers=draw(st.sampled_from([(), (("Server", "cloudflare"),), (("cf-mitigated", "challenge"),)])),
        confirmed=draw(st.booleans()),
        sibling_status=draw(st.sampled_from([0, 200, 404])),
        sibling_url=draw(URLS),
        page=draw(PAGES),
    )


def check(verdict: Verdict) -> None:
    assert verdict.state in DECLARED[verdict.reason].states
    assert verdict.evidence.strip()
    assert verdict.evidence.endswith(".")


@given(observations(), LOOKS, st.lists(st.text(max_size=10), max_size=2))
def test_every_case_gets_a_verdict_of_a_declared_reason(
    seen: Observation, looks: list[Look], quotes: list[str]
) -> None:
    verdict = judge(citation(seen.uri_r, *quotes), seen, looks)
    check(verdict)
    assert judge(citation(seen.uri_r, *quotes), seen, looks[::-1]) == verdict or len(
        {look.observed_at for look in looks}
    ) < len(looks)


@given(observations().filter(lambda seen: seen.status is not None), LOOKS)
def test_dead_is_never_said_of_a_refusal_nor_by_one_look_at_a_page_that_says_nothing(
    seen: Observation, looks: list[Look]
) -> None:
    verdict = judge(citation(seen.uri_r), seen, looks)
    if seen.status in (401, 402, 403, 407, 429, 451, 999):
        assert verdict.state is State.BLOCKED
    if not looks and not seen.confirmed and not seen.sibling_status:
        assert verdict.state is not State.DEAD


def test_every_failure_leads_to_the_reason_of_its_name() -> None:
    for kind in FailureKind:
        verdict = judge(citation(), Observation(URL, NOW, URL, failure=kind, failure_message="so it was"))
        check(verdict)
        assert verdict.reason == kind.value


def test_ids_are_unique_and_kebab_case() -> None:
    assert [name for name, times in Counter(reason.id for reason in REASONS).items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in DECLARED)


def every_table() -> Iterator[tuple[Any, ...]]:
    """The rows of every table of cases: OPINIONS of each module of tests beside this one."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        yield from getattr(importlib.import_module(f"tests.judge.{path.stem}"), "OPINIONS", ())


def test_every_declared_reason_is_given_in_some_case_of_the_tables() -> None:
    given_somewhere = {expected.split()[1] for *_, expected in (*every_table(), *STREAKS)}
    given_somewhere |= {kind.value for kind in FailureKind} | {"quote-missing"}
    # By settings only: tests/judge/test_accepted.py.
    given_somewhere |= {accepted_status.ID, headers_withheld.ID}
    given_somewhere |= {reason.id for reason in local_file.REASONS}  # no rule: tests/test_tree.py gives them
    assert set(DECLARED) == given_somewhere


def test_every_reason_says_what_it_means_and_what_to_do() -> None:
    for reason in REASONS:
        assert reason.meaning.endswith(".")
        assert reason.advice.endswith(".")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("http-3xx", ("without an address", "(300)", "(304)")),
        ("rate-limited", ("longer than we wait",)),
        ("gone-once", ("404 or 410",)),
    ],
)
def test_a_reason_of_several_causes_names_them_all(reason: str, words: tuple[str, ...]) -> None:
    said = f"{DECLARED[reason].meaning} {DECLARED[reason].advice}"
    assert [word for word in words if word not in said] == []


def test_the_page_of_reasons_is_up_to_date() -> None:
    path = Path(__file__).parents[2] / "docs" / "reasons.md"
    assert path.read_text(encoding="utf-8") == reasons_page(), (
        "run: python -m tests.judge.reasons_page > docs/reasons.md"
    )
