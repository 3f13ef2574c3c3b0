"""What a host teaches us: its rate, and whether it is there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.conduct import Manners
from linkcheck.model import Exchange, Failure, FailureKind, Request
from linkcheck.web.lanes import PROBES, PROBES_OF_A_KNOWN_HOST, Breaker, Lane, unsent

START = datetime(2026, 11, 24, tzinfo=UTC)
ASKED = Request("https://a.example/")


def answer(status: int = 200, elapsed_s: float = 0.1, retry_after: str = "") -> Exchange:
    headers = (("Retry-After", retry_after),) if retry_after else ()
    return Exchange(ASKED, b"", b"", b"", status, headers, START, elapsed_s)


def failure(kind: FailureKind = FailureKind.TIMEOUT) -> Failure:
    return Failure(ASKED, kind, "no answer", START)


def lane(manners: Manners) -> Lane:
    return Lane("a.example", window=float(manners.per_host), spacing_s=manners.spacing_s)


def test_after_a_429_requests_are_spaced_to_the_rate_that_was_accepted() -> None:
    manners = Manners(spacing_s=0)
    host = lane(manners)
    for _ in range(5):
        host.learn(answer(elapsed_s=0.0), 0.0, manners)
    host.learn(answer(429, 0.0, retry_after="1"), 0.0, manners)
    assert host.spacing_s == pytest.approx(1 / 5, rel=0.1), "five were accepted, then one second asked for"


def test_a_refusal_without_a_pause_doubles_the_space() -> None:
    manners = Manners(spacing_s=0.25)
    host = lane(manners)
    host.learn(answer(503), 1.0, manners)
    assert host.spacing_s == 0.5
    host.learn(answer(503), 2.0, manners)
    assert host.spacing_s == 1.0


def test_calm_brings_the_old_pace_back_little_by_little() -> None:
    manners = Manners(spacing_s=0.25)
    host = lane(manners)
    host.learn(answer(429), 1.0, manners)
    widest = host.spacing_s
    for second in range(600):
        host.learn(answer(), float(second), manners)
    assert 0.25 <= host.spacing_s < widest
    for second in range(600, 2000):
        host.learn(answer(), float(second), manners)
    assert host.spacing_s == 0.25


def test_refusals_silence_and_slowness_narrow_the_window_and_answers_widen_it() -> None:
    manners = Manners(per_host=8)
    host = lane(manners)
    host.learn(answer(429), 0.0, manners)
    assert host.window == 4
    host.learn(failure(), 0.0, manners)
    assert host.window == 2
    for _ in range(100):
        host.learn(answer(), 0.0, manners)
    assert host.window == 8
    host.learn(answer(elapsed_s=9.0), 0.0, manners)
    assert host.window == 4


@given(st.lists(st.sampled_from([200, 404, 429, 503, 0]), max_size=60), st.integers(1, 6), st.floats(0, 2))
def test_whatever_comes_the_limits_of_the_manners_hold(codes: list[int], per_host: int, spacing_s: float) -> None:
    manners = Manners(per_host=per_host, spacing_s=spacing_s)
    host = lane(manners)
    for second, code in enumerate(codes):
        host.learn(answer(code, retry_after="2") if code else failure(), float(second), manners)
        assert 1 <= host.window <= per_host
        assert spacing_s <= host.spacing_s <= 30


def test_a_host_that_was_silent_for_all_probes_is_taken_for_absent_for_a_while() -> None:
    breaker = Breaker()
    for number in range(PROBES):
        assert not breaker.is_open(float(number))
        breaker.learn(failure(), float(number))
    assert breaker.is_open(PROBES + 1.0)
    assert not breaker.is_open(PROBES + 100.0), "then it is probed again"
    breaker.learn(answer(), PROBES + 101.0)
    assert not breaker.is_open(PROBES + 102.0)


def test_a_host_that_has_answered_is_given_more_patience() -> None:
    breaker = Breaker(answered=True)
    for _ in range(PROBES_OF_A_KNOWN_HOST - 1):
        breaker.learn(failure(), 0.0)
    assert not breaker.is_open(0.0)


def test_a_failure_of_one_page_is_no_failure_of_the_host() -> None:
    breaker = Breaker()
    for kind in (FailureKind.CONNECTION_RESET, FailureKind.MALFORMED_ANSWER, FailureKind.BAD_REDIRECT):
        breaker.learn(failure(kind), 0.0)
    assert not breaker.is_open(0.0)


def test_what_was_not_sent_says_so() -> None:
    held = unsent(Request("https://a.example/2"), failure(), 2)
    assert (held.sent, held.request.url, held.kind) == (False, "https://a.example/2", FailureKind.TIMEOUT)
    assert held.message == "not asked, as 2 requests to the same host had just failed: no answer"
