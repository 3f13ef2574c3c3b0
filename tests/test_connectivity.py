"""Offline is told apart from dead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linkcheck.connectivity import Line, from_controls, needs_proof, proves_the_line, settle
from linkcheck.model import FailureKind, Observation

START = datetime(2026, 11, 24, tzinfo=UTC)
HOSTS = ("example.com", "www.iana.org")


def failed(kind: FailureKind, url: str = "https://a.example/x") -> Observation:
    return Observation(url, START, url, failure=kind, failure_message="what happened")


def answered(url: str = "https://a.example/x", final: str = "") -> Observation:
    return Observation(url, START, final or url, status=200)


def test_no_such_host_is_believed_only_when_a_control_name_resolves() -> None:
    gone = failed(FailureKind.NO_SUCH_HOST)
    assert needs_proof(gone, Line(reaches=True)), "even where other sources answered"
    silent = from_controls(HOSTS, [failed(FailureKind.NO_SUCH_HOST), failed(FailureKind.DNS_NO_ANSWER)])
    assert settle(gone, silent).failure is FailureKind.OFFLINE
    resolving = from_controls(HOSTS, [failed(FailureKind.NO_SUCH_HOST), failed(FailureKind.TIMEOUT)])
    assert settle(gone, resolving) == gone


@pytest.mark.parametrize(
    "kind",
    [FailureKind.CONNECTION_REFUSED, FailureKind.TIMEOUT, FailureKind.CONNECTION_RESET, FailureKind.UNREACHABLE,
     FailureKind.TLS_UNTRUSTED, FailureKind.PROXY],
)  # fmt: skip
def test_a_failure_is_the_sources_own_only_when_somebody_answers_us(kind: FailureKind) -> None:
    seen = failed(kind)
    assert needs_proof(seen, Line())
    assert not needs_proof(seen, Line(reaches=True))
    nobody = from_controls(HOSTS, [failed(FailureKind.TIMEOUT), failed(FailureKind.CONNECTION_REFUSED)])
    assert settle(seen, nobody).failure is FailureKind.OFFLINE
    somebody = from_controls(HOSTS, [failed(FailureKind.TIMEOUT), answered("https://example.com/")])
    assert settle(seen, somebody) == seen


def test_an_answer_over_tls_proves_the_line_and_a_plain_one_does_not() -> None:
    assert proves_the_line(answered())
    assert not proves_the_line(answered("http://a.example/"))
    assert not proves_the_line(answered("http://a.example/", "https://portal.example/login")), "a captive portal"
    assert not needs_proof(answered(), Line())


def test_a_page_that_a_captive_portal_put_in_everybodys_place_is_not_the_source() -> None:
    portal = answered("http://a.example/x", "http://portal.example/")
    assert needs_proof(portal, Line())
    settled = settle(portal, from_controls(HOSTS, [failed(FailureKind.TLS_UNTRUSTED)]))
    assert (settled.failure, settled.status, settled.final_url) == (FailureKind.OFFLINE, None, "http://a.example/x")


@pytest.mark.parametrize("kind", [FailureKind.UNSUPPORTED_SCHEME, FailureKind.NOT_REACHED])
def test_what_we_did_not_ask_ourselves_needs_no_proof(kind: FailureKind) -> None:
    assert not needs_proof(failed(kind), Line())
    assert settle(failed(kind), Line(asked=HOSTS)) == failed(kind)


def test_a_resolver_that_gives_every_name_one_private_address_is_no_resolver() -> None:
    unsafe = failed(FailureKind.UNSAFE_ADDRESS)
    assert needs_proof(unsafe, Line(reaches=True))
    portal = from_controls(HOSTS, [failed(FailureKind.UNSAFE_ADDRESS), failed(FailureKind.UNSAFE_ADDRESS)])
    assert settle(unsafe, portal).failure is FailureKind.OFFLINE
    real = from_controls(HOSTS, [answered("https://example.com/")])
    assert settle(unsafe, real) == unsafe


def test_an_address_written_as_such_is_refused_on_any_line() -> None:
    written = failed(FailureKind.UNSAFE_ADDRESS, "http://10.0.0.1/x")
    assert not needs_proof(written, Line())
    assert settle(written, from_controls(HOSTS, [failed(FailureKind.TIMEOUT)])) == written


def test_the_controls_are_asked_once() -> None:
    assert not needs_proof(failed(FailureKind.NO_SUCH_HOST), Line(asked=HOSTS))
