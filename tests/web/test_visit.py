"""Visits, driven by a fake that answers from a script."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from linkcheck.conduct import Manners
from linkcheck.model import Exchange, Failure, FailureKind, Hop, Landing, Request
from linkcheck.web.visit import Answer, Pause, Siblings, Validators, Visit, glance, retry_after, visit

START = datetime(2026, 11, 24, tzinfo=UTC)
MANNERS = Manners(retries=2, backoff_s=1.0, max_pause_s=30.0, max_redirects=5)
Web = dict[str, list[Answer | tuple[int, dict[str, str]]]]


def ok(url: str, status: int = 200, body: bytes = b"", **fields: str) -> Exchange:
    headers = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Exchange(Request(url), b"", b"", body, status, headers, START)


def drive(looking: Visit, web: Callable[[Request], Answer]) -> tuple[Landing, list[Request], list[Pause]]:
    asked: list[Request] = []
    pauses: list[Pause] = []
    answer: Answer | None = None
    while True:
        try:
            wish = looking.send(answer)
        except StopIteration as landed:
            return landed.value, asked, pauses
        answer = None
        if isinstance(wish, Pause):
            pauses.append(wish)
        else:
            asked.append(wish)
            answer = web(wish)


def scripted(pages: dict[str, list[Exchange | FailureKind]]) -> Callable[[Request], Answer]:
    """Answers a URL with its list one after another; the last one again and again."""

    def web(request: Request) -> Answer:
        answers = pages[request.url]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, FailureKind):
            return Failure(request, answer, f"{answer} happened", START)
        return answer

    return web


def look(url: str, pages: dict[str, list[Exchange | FailureKind]]) -> tuple[Landing, list[str], list[Pause]]:
    landing, asked, pauses = drive(visit(url, manners=MANNERS, chance=random.Random(1)), scripted(pages))
    return landing, [request.url for request in asked], pauses


WORDS = b"More words than an error page has. " * 40
A, B, C = "https://a.example/x", "https://b.example/y", "https://c.example/z"


def test_one_answer_is_one_request() -> None:
    landing, asked, pauses = look(A, {A: [ok(A, body=b"<title>T</title>" + WORDS, Content_Type="text/html")]})
    seen = landing.observation
    assert (seen.status, seen.final_url, seen.attempts, asked, pauses) == (200, A, 1, [A], [])
    assert seen.page is not None
    assert seen.page.title == "T"
    assert seen.digest.startswith("sha256:")
    assert seen.length == 16 + len(WORDS)


def test_every_hop_of_a_redirect_is_recorded_and_kept() -> None:
    landing, _, _ = look(
        A, {A: [ok(A, 301, Location="https://b.example/y#part")], B: [ok(B, 302, Location=C)], C: [ok(C)]}
    )
    assert landing.observation.hops == (Hop(A, 301, "part"), Hop(B, 302))
    assert landing.observation.final_url == C
    assert [exchange.status for exchange in landing.exchanges] == [301, 302, 200]


def test_a_redirect_without_location_is_an_answer() -> None:
    landing, _, _ = look(A, {A: [ok(A, 302)]})
    assert landing.observation.status == 302


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("file:///etc/passwd", FailureKind.BAD_REDIRECT),
        ("ftp://b.example/", FailureKind.BAD_REDIRECT),
        ("data:text/html,x", FailureKind.BAD_REDIRECT),
        ("http://", FailureKind.BAD_REDIRECT),
        ("/ok\x00bad", FailureKind.BAD_REDIRECT),
        (A, FailureKind.REDIRECT_LOOP),
    ],
)
def test_a_redirect_that_leads_nowhere_is_a_failure(location: str, kind: FailureKind) -> None:
    landing, asked, _ = look(A, {A: [ok(A, 301, Location=location)]})
    assert landing.observation.failure is kind
    assert asked == [A]


def test_redirects_in_a_circle_are_found_out() -> None:
    landing, asked, _ = look(A, {A: [ok(A, 302, Location=B)], B: [ok(B, 302, Location=A)]})
    assert landing.observation.failure is FailureKind.REDIRECT_LOOP
    assert len(asked) <= 4


def test_a_circle_that_a_cookie_opens_is_followed() -> None:
    def web(request: Request) -> Answer:
        if dict(request.headers).get("Cookie") == "seen=1":
            return ok(A)
        return ok(A, 302, Location=A, Set_Cookie="seen=1; Path=/")

    landing, _, _ = drive(visit(A, manners=MANNERS, chance=random.Random(1)), web)
    assert landing.observation.status == 200


def test_a_cookie_is_not_sent_to_another_host() -> None:
    def web(request: Request) -> Answer:
        return ok(A, 302, Location=B, Set_Cookie="secret=1") if request.url == A else ok(B)

    _, asked, _ = drive(visit(A, manners=MANNERS, chance=random.Random(1)), web)
    assert [request.headers for request in asked] == [(), ()]


@pytest.mark.parametrize(
    ("first", "then", "sent"),
    [
        ("http://a.example/", "https://a.example/", "secret=1"),
        ("http://a.example/", "http://a.example:8080/", None),
        ("https://a.example:8443/", "https://a.example/", None),
    ],
)
def test_a_cookie_goes_from_http_to_https_and_to_no_other_port(first: str, then: str, sent: str | None) -> None:
    def web(request: Request) -> Answer:
        return ok(first, 302, Location=then, Set_Cookie="secret=1") if request.url == first else ok(then)

    _, asked, _ = drive(visit(first, manners=MANNERS, chance=random.Random(1)), web)
    assert [dict(request.headers).get("Cookie") for request in asked] == [None, sent]


def test_too_many_redirects_are_given_up() -> None:
    def web(request: Request) -> Answer:
        number = int(request.url.rpartition("/")[2])
        return ok(request.url, 302, Location=f"/{number + 1}")

    landing, asked, _ = drive(visit("https://a.example/0", manners=MANNERS, chance=random.Random(1)), web)
    assert landing.observation.failure is FailureKind.TOO_MANY_REDIRECTS
    assert len(asked) == MANNERS.max_redirects + 1


@pytest.mark.parametrize("kind", [FailureKind.TIMEOUT, FailureKind.CONNECTION_RESET, FailureKind.DNS_NO_ANSWER])
def test_a_failure_that_passes_is_tried_again(kind: FailureKind) -> None:
    landing, asked, pauses = look(A, {A: [kind, kind, ok(A)]})
    assert (landing.observation.status, landing.observation.attempts) == (200, 3)
    assert len(asked) == 3
    assert all(0 <= pause.seconds <= 2 for pause in pauses)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 520, 523, 525, 530, 599])
def test_a_status_that_passes_is_tried_again(status: int) -> None:
    landing, asked, _ = look(A, {A: [ok(A, status), ok(A)]})
    assert (landing.observation.status, len(asked)) == (200, 2)


@pytest.mark.parametrize("status", [400, 403, 451, 501, 505, 511])
def test_a_status_that_stays_the_same_is_not_tried_again(status: int) -> None:
    _, asked, pauses = look(A, {A: [ok(A, status), ok(A)]})
    assert (asked, pauses) == ([A], [])


def test_a_failure_that_stays_is_told_after_the_last_try() -> None:
    landing, asked, _ = look(A, {A: [FailureKind.TIMEOUT]})
    assert landing.observation.failure is FailureKind.TIMEOUT
    assert len(asked) == MANNERS.retries + 1


@pytest.mark.parametrize("kind", [FailureKind.NO_SUCH_HOST, FailureKind.TLS_EXPIRED, FailureKind.UNSAFE_ADDRESS])
def test_a_failure_that_stays_the_same_is_not_tried_again(kind: FailureKind) -> None:
    _, asked, _ = look(A, {A: [kind]})
    assert asked == [A]


def test_retry_after_is_waited_for_by_the_whole_lane() -> None:
    landing, _, pauses = look(A, {A: [ok(A, 429, Retry_After="7"), ok(A)]})
    assert pauses == [Pause(7.0, "a.example")]
    assert landing.observation.status == 200


def test_a_retry_after_too_far_away_ends_the_visit() -> None:
    landing, asked, pauses = look(A, {A: [ok(A, 429, Retry_After="3600")]})
    assert (landing.observation.status, asked, pauses) == (429, [A], [])


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert retry_after(ok(A, 503, Retry_After="12")) == 12
    assert retry_after(ok(A, 503, Retry_After="Tue, 24 Nov 2026 00:00:30 GMT")) == 30
    assert retry_after(ok(A, 503, Retry_After="Mon, 23 Nov 2026 00:00:00 GMT")) == 0
    assert retry_after(ok(A, 503, Retry_After="soon")) is None
    assert retry_after(ok(A, 503)) is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_looked_at_a_second_time(status: int) -> None:
    landing, asked, pauses = look(A, {A: [ok(A, status)]})
    assert landing.observation.confirmed
    assert (asked, pauses) == ([A, A], [Pause(MANNERS.confirm_s)])
    assert len(landing.exchanges) == 1


def test_404_and_410_confirm_each_other() -> None:
    landing, _, _ = look(A, {A: [ok(A, 404), ok(A, 410)]})
    assert (landing.observation.status, landing.observation.confirmed) == (410, True)


def test_a_page_that_sends_every_reader_on_is_followed() -> None:
    refresh = b'<html><head><meta http-equiv=refresh content="0; url=/gone"></head><body>Moving on</body></html>'
    gone = "https://a.example/gone"
    landing, asked, _ = look(A, {A: [ok(A, body=refresh, Content_Type="text/html")], gone: [ok(gone, 404)]})
    seen = landing.observation
    assert (seen.status, seen.final_url, seen.hops, seen.confirmed) == (404, gone, (Hop(A, 200),), True)
    assert asked == [A, gone, A, gone]


def test_pages_that_send_their_readers_in_a_circle_are_found_out() -> None:
    def page(target: str) -> bytes:
        return f'<meta http-equiv="refresh" content="0; url={target}">'.encode()

    pages: dict[str, list[Exchange | FailureKind]] = {
        A: [ok(A, body=page(B), Content_Type="text/html")],
        B: [ok(B, body=page(A), Content_Type="text/html")],
    }
    assert look(A, pages)[0].observation.failure is FailureKind.REDIRECT_LOOP


def test_a_404_that_does_not_come_back_is_not_believed() -> None:
    landing, _, _ = look(A, {A: [ok(A, 404), ok(A)]})
    assert (landing.observation.status, landing.observation.confirmed) == (200, False)


def test_a_deep_address_that_leads_to_the_front_page_is_held_against_a_random_sibling() -> None:
    def web(request: Request) -> Answer:
        if request.url == "https://a.example/":
            return ok(request.url)
        return ok(request.url, 302, Location="/")

    landing, asked, _ = drive(visit("https://a.example/2020/story", manners=MANNERS, chance=random.Random(1)), web)
    seen = landing.observation
    assert (seen.status, seen.sibling_status, seen.sibling_url) == (200, 200, "https://a.example/")
    sibling = asked[2].url
    assert sibling.startswith("https://a.example/2020/")
    assert len(sibling) == len("https://a.example/2020/") + 25
    assert [exchange.request.url for exchange in landing.exchanges] == [asked[0].url, "https://a.example/"]


def missing(url: str) -> Exchange:
    name = url.rpartition("/")[2]
    body = f"<title>Page not found</title><p>We have nothing at {name}, and are sorry for it.</p>"
    return ok(url, body=body.encode(), Content_Type="text/html")


def test_a_page_that_says_not_found_is_held_against_a_sibling_and_the_name_that_it_repeats_does_not_count() -> None:
    landing, asked, _ = drive(
        visit("https://a.example/2020/story", manners=MANNERS, chance=random.Random(1)),
        lambda request: missing(request.url),
    )
    assert len(asked) == 2
    assert asked[1].url.startswith("https://a.example/2020/")
    assert (landing.observation.sibling_status, landing.observation.sibling_likeness) == (200, 1.0)


def test_one_sibling_is_asked_for_in_each_directory_of_a_run() -> None:
    siblings: Siblings = {}
    asked: list[str] = []
    for path in ("2020/story", "2020/other", "2021/story"):
        looking = visit(f"https://a.example/{path}", manners=MANNERS, chance=random.Random(1), siblings=siblings)
        landing, requests, _ = drive(looking, lambda request: missing(request.url))
        assert landing.observation.sibling_likeness == 1.0
        asked += [request.url for request in requests]
    assert len(asked) == 5
    assert list(siblings) == ["https://a.example/2020/", "https://a.example/2021/"]


def test_a_page_with_plenty_of_text_costs_one_request() -> None:
    page = b"<title>A story</title>" + WORDS
    _, asked, _ = look(A, {A: [ok(A, body=page, Content_Type="text/html")]})
    assert asked == [A]


def test_the_front_page_itself_has_no_sibling() -> None:
    _, asked, _ = look("https://a.example/", {"https://a.example/": [ok("https://a.example/")]})
    assert len(asked) == 1


def test_a_failure_that_was_not_even_sent_is_not_tried_again() -> None:
    def web(request: Request) -> Answer:
        return Failure(request, FailureKind.TIMEOUT, "not asked", START, sent=False)

    _, asked, pauses = drive(visit(A, manners=MANNERS, chance=random.Random(1)), web)
    assert (len(asked), pauses) == (1, [])


def test_an_earlier_answer_is_asked_after_with_its_validators() -> None:
    validators = Validators(B, '"v1"', "Mon, 23 Nov 2026 00:00:00 GMT")

    def web(request: Request) -> Answer:
        return ok(A, 302, Location=B) if request.url == A else ok(B, 304)

    landing, asked, _ = drive(visit(A, manners=MANNERS, chance=random.Random(1), validators=validators), web)
    assert [request.headers for request in asked] == [
        (),
        (("If-None-Match", '"v1"'), ("If-Modified-Since", "Mon, 23 Nov 2026 00:00:00 GMT")),
    ]
    assert landing.observation.status == 304


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_where_head_is_refused_get_is_asked(status: int) -> None:
    def web(request: Request) -> Answer:
        return ok(A, status) if request.method == "HEAD" else ok(A)

    landing, asked, _ = drive(visit(A, manners=MANNERS, chance=random.Random(1), method="HEAD"), web)
    assert [request.method for request in asked] == ["HEAD", "GET"]
    assert landing.observation.status == 200


def test_where_head_is_enough_nothing_else_is_asked() -> None:
    _, asked, _ = drive(visit(A, manners=MANNERS, chance=random.Random(1), method="HEAD"), lambda request: ok(A))
    assert [request.method for request in asked] == ["HEAD"]


def test_where_only_the_content_tells_a_page_from_a_wall_get_is_asked() -> None:
    guarded = lambda request: ok(A, **{"Set-Cookie": "datadome=a; Path=/"})  # noqa: E731
    _, asked, _ = drive(visit(A, manners=MANNERS, chance=random.Random(1), method="HEAD"), guarded)
    assert [request.method for request in asked] == ["HEAD", "GET"]


def test_a_glance_is_one_request() -> None:
    landing, asked, _ = drive(glance(A, manners=MANNERS, chance=random.Random(1)), scripted({A: [FailureKind.TIMEOUT]}))
    assert len(asked) == 1
    assert landing.observation.failure is FailureKind.TIMEOUT
