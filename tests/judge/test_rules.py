"""One case a line: what was seen, and what is to be thought of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from linkcheck.conduct import Patience
from linkcheck.judge import judge
from linkcheck.model import FailureKind, Observation, Page, QuoteMatch
from tests.judge.cases import HOME, STORY, URL, captured, citation, failed, judged, led, looked, opinion, seen

K = FailureKind
HTTP = "http://www.example.com/news/2024/story"
BARE = "https://example.com/news/2024/story"
NEW = "https://www.example.com/stories/1"
LOGIN = "https://www.example.com/users/sign_in?next=/news"
TRACKED = "https://www.example.com/?utm_source=letter"
CF = (("Server", "cloudflare"), ("CF-RAY", "1"))
MITIGATED = (("cf-mitigated", "challenge"),)
WAIT = Page(title="Just a moment...", text="Just a moment...", robots="noindex,nofollow")
LONG_WAIT = Page(title=WAIT.title, text=STORY.text, robots=WAIT.robots)
DENIED = Page(title="Access Denied", text="Access Denied\nYou don't have permission to access this. Reference #18.2")
SITE = "https://www.example.com/"
NOT_FOUND = Page(title="Page not found | Example", text="Page not found\nSorry, we could not find that page.")
ON_404 = Page(title="404 Not Found: a short history", text="It began at CERN, or so they say.")
EMPTY_ERROR = "failing led-to-error-page"
DATADOME = Page(title="example.com", ids=("cmsg",))


def home(**facts: Any) -> Observation:
    return led((URL, 302), to=HOME, **facts)


OPINIONS: list[tuple[str, Observation | None, str]] = [
    # nobody asked, or our own side is to blame
    ("it was not asked yet", None, "unknown not-asked"),
    ("we are offline", failed(K.OFFLINE), "unknown offline"),
    ("the run was interrupted", failed(K.NOT_REACHED), "unknown not-reached"),
    ("a private address", failed(K.UNSAFE_ADDRESS), "unknown unsafe-address"),
    ("an ftp address", failed(K.UNSUPPORTED_SCHEME, url="ftp://example.com/a"), "unknown unsupported-scheme"),
    ("excluded by a setting", failed(K.EXCLUDED), "unknown excluded"),
    ("our proxy refused", failed(K.PROXY), "unknown proxy-refused"),
    # the server refuses this client
    ("401 asks for a password", seen(401), "blocked http-401"),
    ("402 asks for money", seen(402), "blocked paywall"),
    ("403 is a refusal", seen(403), "blocked http-403"),
    ("407 is a proxy's refusal", seen(407), "blocked http-407"),
    ("429 is a rate limit", seen(429), "blocked rate-limited"),
    ("451 is a refusal by law", seen(451), "blocked http-451"),
    ("999 is LinkedIn's refusal", seen(999), "blocked http-999"),
    # bot walls, whatever the status
    ("Cloudflare's header at 403", seen(403, headers=MITIGATED), "blocked bot-wall"),
    ("Cloudflare's header at 503", seen(503, headers=MITIGATED), "blocked bot-wall"),
    ("Cloudflare's header at 429", seen(429, headers=MITIGATED), "blocked bot-wall"),
    ("Cloudflare's header at 200", seen(200, headers=MITIGATED), "blocked bot-wall"),
    (
        "Cloudflare's header at 404: the site was not asked",
        seen(404, headers=MITIGATED, confirmed=True),
        "blocked bot-wall",
    ),
    ("Cloudflare's page without that header", seen(503, headers=CF, page=WAIT), "blocked bot-wall"),
    ("Cloudflare's page at 404 is not proof enough", seen(404, headers=CF, page=WAIT, confirmed=True), "dead http-404"),
    (
        "AWS WAF's header at 202",
        seen(202, headers=(("x-amzn-waf-action", "challenge"),), page=None),
        "blocked bot-wall",
    ),
    ("Akamai's page", seen(403, page=DENIED), "blocked bot-wall"),
    ("DataDome's header at 403", seen(403, headers=(("x-datadome", "protected"),), page=DATADOME), "blocked bot-wall"),
    ("DataDome's header without a page", seen(403, headers=(("X-DataDome", "protected"),)), "blocked bot-wall"),
    ("HUMAN's captcha at 200", seen(page=Page(text="Press & Hold", ids=("px-captcha",))), "blocked bot-wall"),
    (
        "Incapsula's frame at 200",
        seen(page=Page(ids=("main-iframe",)), headers=(("X-Iinfo", "1"),)),
        "blocked bot-wall",
    ),
    ("Sucuri's header", seen(403, headers=(("X-Sucuri-Block", "1"),)), "blocked bot-wall"),
    ("Anubis's challenge", seen(page=Page(ids=("anubis_challenge",), robots="noindex")), "blocked bot-wall"),
    # and what only looks like one
    ("a live page behind DataDome", seen(headers=(("x-datadome", "protected"),)), "alive ok"),
    ("a live page behind Cloudflare", seen(headers=CF), "alive ok"),
    ("a 403 of a site behind Cloudflare", seen(403, headers=CF, page=Page(text="Members only.")), "blocked http-403"),
    ("an article called so", seen(headers=CF, page=Page("Just a moment...", STORY.text)), "alive ok"),
    ("an article called so that is not indexed", seen(headers=CF, page=LONG_WAIT), "alive ok"),
    ("a short poem called so", seen(headers=CF, page=Page("Just a moment...", "Wait.")), "alive ok"),
    (
        "an article about access",
        seen(page=Page("Access denied", "You don't have permission to access it.")),
        "alive ok",
    ),
    ("an article about captchas", seen(page=Page("Captcha", "px-captcha and cf-chl are names.")), "alive ok"),
    # log-in pages
    ("a redirect to a log-in page", led((URL, 302), to=LOGIN), "blocked login-required"),
    (
        "a redirect to an accounts host",
        led((URL, 302), to="https://accounts.example.com/v3?a=b"),
        "blocked login-required",
    ),
    ("a cited log-in page", led((LOGIN, 302), to="https://www.example.com/login"), "alive ok"),
    ("an article about logging in", led((URL, 302), to="https://www.example.com/how-to-login-safely"), "alive ok"),
    ("a front page that wants a log-in", led((HOME, 302), to=LOGIN), "alive ok"),
    # gone
    ("404 at two looks", seen(404, confirmed=True), "dead http-404"),
    ("410 at two looks", seen(410, confirmed=True), "dead http-410"),
    ("404 at one look", seen(404), "failing gone-once"),
    ("404 behind a redirect", led((URL, 301), to=NEW, status=404, confirmed=True), "dead http-404"),
    ("404 at an address to be filled in", seen(404, url=SITE + "users/%7Bid%7D", confirmed=True), "unknown template"),
    ("410 at a query to be filled in", seen(410, url=SITE + "a?q={words}", confirmed=True), "unknown template"),
    ("a form of addresses that has a page", seen(url=SITE + "users/%7Bid%7D"), "alive ok"),
    ("an id in braces", seen(404, url=SITE + "a/%7BA1B2C3D4-0000%7D", confirmed=True), "dead http-404"),
    # failing
    ("the server is ill", seen(500), "failing http-5xx"),
    ("Cloudflare cannot reach the site", seen(523, headers=CF), "failing http-5xx"),
    ("a bad request", seen(400), "failing http-4xx"),
    ("406 does not say that it is gone", seen(406), "failing http-4xx"),
    ("a redirect without a target", seen(302), "failing http-3xx"),
    ("304 to a plain request", seen(304), "failing http-3xx"),
    ("a status that does not exist", seen(777), "failing malformed-answer"),
    ("no such host, first sight", failed(K.NO_SUCH_HOST), "failing no-such-host"),
    # front pages in the place of the cited one
    ("home, and so does a sibling", home(sibling_status=200, sibling_url=HOME), "dead redirect-to-home"),
    (
        "home without www, like the sibling",
        home(sibling_status=200, sibling_url="https://example.com/"),
        "dead redirect-to-home",
    ),
    ("home, but the sibling is a 404", home(sibling_status=404, sibling_url=NEW), "failing led-to-home"),
    ("home, but the sibling stays where it is", home(sibling_status=200, sibling_url=NEW), "failing led-to-home"),
    ("home, but the sibling fails there", home(sibling_status=503, sibling_url=HOME), "failing led-to-home"),
    ("home, and no sibling was asked", home(), "failing led-to-home"),
    ("home for good", led((URL, 301), to=HOME), "failing led-to-home"),
    ("another site's home", led((URL, 301), to="https://bought.example/"), "failing led-to-home"),
    ("the front page by the name of its file", led((URL, 301), to=HOME + "index.html"), "failing led-to-home"),
    ("a language's front page for good", led((URL, 308), to=HOME + "en/home"), "failing led-to-home"),
    ("a file of the front page leads home", led((HOME + "index.html", 301), to=HOME), "moved redirect-permanent"),
    ("a language's front page leads home", led((HOME + "en/", 302), to=HOME), "alive ok"),
    ("a tracked front page leads home", led((TRACKED, 302), to=HOME), "alive ok"),
    ("a numbered page leads home", led((HOME + "?p=123", 302), to=HOME), "failing led-to-home"),
    # the site's error page in the place of the cited one
    ("its error page", led((URL, 301), to=SITE + "errors/not-found", page=NOT_FOUND), "dead soft-404"),
    ("its error page, for now", led((URL, 302), to=SITE + "404", page=NOT_FOUND), "dead soft-404"),
    ("by the address alone", led((URL, 301), to=SITE + "en/404.html"), "failing led-to-error-page"),
    ("an address nobody has", led((URL, 301), to=SITE + "notfound.html", page=None), "failing led-to-error-page"),
    ("any error", led((URL, 301), to=SITE + "error?from=story"), "failing led-to-error-page"),
    (
        "an error by title and folder",
        led((URL, 301), to=SITE + "errors/7", page=NOT_FOUND),
        "dead soft-404",
    ),
    ("an error by folder and few words", led((URL, 301), to=SITE + "error/x", page=Page(text="Oh dear.")), EMPTY_ERROR),
    ("by title and little text", led((URL, 301), to=NEW, page=NOT_FOUND), "dead soft-404"),
    ("the front page says not found", led((URL, 301), to=HOME, page=NOT_FOUND), "failing led-to-error-page"),
    ("a page of ASP.NET", led((URL, 302), to=SITE + "x.aspx?aspxerrorpath=/news"), "failing led-to-error-page"),
    ("a chapter on errors", led((URL, 301), to=SITE + "errors/authentication"), "moved redirect-permanent"),
    ("an article on error pages", led((URL, 301), to=NEW, page=ON_404), "moved redirect-permanent"),
    ("the 404th post", led((URL, 301), to=SITE + "posts/404"), "moved redirect-permanent"),
    (
        "an article of that title that kept its name",
        led((HTTP, 301), to=URL, page=Page(NOT_FOUND.title, STORY.text)),
        "moved redirect-permanent",
    ),
    (
        "a long article of that title",
        led((URL, 301), to=NEW, page=Page("404 Not Found - Handbook", STORY.text)),
        "moved redirect-permanent",
    ),
    (
        "a cited page on errors",
        led((SITE + "docs/error-404", 301), to=SITE + "status/404", page=NOT_FOUND),
        "moved redirect-permanent",
    ),
    ("a cited error page", led((SITE + "notfound", 302), to=SITE + "404.html", page=NOT_FOUND), "alive ok"),
    ("an error page that was not led to", seen(page=NOT_FOUND), "dead soft-404"),
    # moved
    ("to https for good", led((HTTP, 301), to=URL), "moved redirect-permanent"),
    ("to www for good", led((BARE, 308), to=URL), "moved redirect-permanent"),
    ("to a slash for good", led((URL, 301), to=URL + "/"), "moved redirect-permanent"),
    ("elsewhere for good", led((URL, 301), to=NEW), "moved redirect-permanent"),
    ("elsewhere for now", led((URL, 302), to=NEW), "alive ok"),
    ("for now, then for good", led((URL, 307), (NEW, 301), to=NEW + "/"), "alive ok"),
    ("for good, to an error", led((URL, 301), to=NEW, status=500), "failing http-5xx"),
    ("for good, to a wall", led((URL, 301), to=NEW, status=403), "blocked http-403"),
    ("for good to itself, for a cookie", led((URL, 301), to=URL), "alive ok"),
    # alive
    ("an answer", seen(), "alive ok"),
    ("an answer without a page", seen(page=None), "alive ok"),
    ("a part of a page", seen(206), "alive ok"),
]


@pytest.mark.parametrize(("what", "observation", "expected"), OPINIONS, ids=[what for what, _, _ in OPINIONS])
def test_opinion(what: str, observation: Observation | None, expected: str) -> None:
    assert opinion(judged(observation)) == expected


# ---------------------------------------------------------------- streaks

T = K.TIMEOUT
N = K.NO_SUCH_HOST

STREAKS = [
    ("two failures", failed(T), (looked(3, None, T),), "failing timeout"),
    ("three, three days apart", failed(T), (looked(6, None, T), looked(3, None, T)), "dead repeated-failure"),
    ("three, newest first", failed(T), (looked(3, None, T), looked(6, None, T)), "dead repeated-failure"),
    ("three in six days but too close", failed(T), (looked(5.9, None, T), looked(3, None, T)), "failing timeout"),
    ("ten in a day", failed(T), tuple(looked(n / 10, None, T) for n in range(1, 11)), "failing timeout"),
    ("daily for a week", failed(T), tuple(looked(n, None, T) for n in range(1, 8)), "dead repeated-failure"),
    ("a success between", failed(T), (looked(9, None, T), looked(6, None, T), looked(3, 200)), "failing timeout"),
    ("a success before", failed(T), (looked(9, 200), looked(6, None, T), looked(3, None, T)), "dead repeated-failure"),
    (
        "a redirect between is a success",
        failed(T),
        (looked(6, None, T), looked(4, 301), looked(3, None, T)),
        "failing timeout",
    ),
    (
        "a refusal between neither clears",
        failed(T),
        (looked(7, None, T), looked(5, 403), looked(3, None, T)),
        "dead repeated-failure",
    ),
    ("nor counts", failed(T), (looked(6, None, T), looked(3, 403)), "failing timeout"),
    ("being offline does not count", failed(T), (looked(6, None, T), looked(3, None, K.OFFLINE)), "failing timeout"),
    ("causes may differ", seen(503), (looked(7, None, K.CONNECTION_RESET), looked(3, 404)), "dead repeated-failure"),
    (
        "bad certificates never kill",
        failed(K.TLS_EXPIRED),
        (looked(9, 500), looked(6, 500), looked(3, 500)),
        "failing tls-expired",
    ),
    ("redirect loops never kill", failed(K.REDIRECT_LOOP), (looked(6, 500), looked(3, 500)), "failing redirect-loop"),
    ("406 never kills", seen(406), (looked(6, 406), looked(3, 406)), "failing http-4xx"),
    ("refusals never kill", seen(403), (looked(6, 403), looked(3, 403)), "blocked http-403"),
    ("a host away for days", failed(N), (looked(6, None, N), looked(3, None, N)), "dead no-such-host"),
    ("a host away since yesterday", failed(N), (looked(1, None, N),), "failing no-such-host"),
    ("back after a streak", seen(), (looked(6, None, T), looked(3, None, T)), "alive ok"),
    ("404 as before", seen(404), (looked(1, 404),), "dead http-404"),
    ("404, 410 before", seen(404), (looked(1, 410),), "dead http-404"),
    ("410, 404 before", seen(410), (looked(1, 404),), "dead http-410"),
    ("404 long ago and alive since", seen(404), (looked(9, 404), looked(1, 200)), "failing gone-once"),
    ("looks after this one do not count", failed(T), (looked(-3, None, T), looked(-6, None, T)), "failing timeout"),
    ("nor does this one twice", seen(404), (looked(0, 404),), "failing gone-once"),
]


@pytest.mark.parametrize(("what", "observation", "history", "expected"), STREAKS, ids=[case[0] for case in STREAKS])
def test_streak(what: str, observation: Observation, history: tuple[Any, ...], expected: str) -> None:
    assert opinion(judged(observation, history=history)) == expected


@pytest.mark.parametrize(
    ("patience", "expected"),
    [(Patience(2, 3), "dead"), (Patience(3, 3), "failing"), (Patience(3, 1), "dead"), (Patience(4, 1), "failing")],
)
def test_how_many_looks_and_how_far_apart_is_a_setting(patience: Patience, expected: str) -> None:
    history = (looked(5, None, T), looked(3.5, None, T), looked(3, None, T))
    assert judged(failed(T), history=history, patience=patience).state == expected


# ---------------------------------------------------------------- quotes

SAID = "It says what was cited"
SHELL = Page(title="App", text="Loading...", filled_by="scripts")
UNSAID = "It says nothing"

QUOTES = [
    ("there", seen(), SAID, "alive ok"),
    ("missing", seen(), UNSAID, "drifted quote-missing"),
    (
        "missing after a permanent redirect: drifted is worse than moved",
        led((URL, 301), to=NEW),
        UNSAID,
        "drifted quote-missing",
    ),
    ("there after a permanent redirect", led((URL, 301), to=NEW), SAID, "moved redirect-permanent"),
    ("there on the front page: it lives there now", led((URL, 301), to=HOME), SAID, "moved redirect-permanent"),
    ("there on the front page, whatever siblings do", home(sibling_status=200, sibling_url=HOME), SAID, "alive ok"),
    ("missing on the front page", home(), UNSAID, "drifted quote-missing"),
    (
        "missing on the front page that siblings get",
        home(sibling_status=200, sibling_url=HOME),
        UNSAID,
        "dead redirect-to-home",
    ),
    ("missing on a log-in page", led((URL, 302), to=LOGIN), UNSAID, "blocked login-required"),
    ("there at an address called login", led((URL, 302), to=LOGIN), SAID, "alive ok"),
    ("missing on a wall", seen(headers=CF, page=WAIT), UNSAID, "blocked bot-wall"),
    ("there, so it is no wall", seen(headers=MITIGATED), SAID, "alive ok"),
    ("missing on a 404 page", seen(404, confirmed=True, page=STORY), UNSAID, "dead http-404"),
    ("no text to look in, a PDF", seen(page=None), UNSAID, "alive ok"),
    ("no text to look in, only scripts", seen(page=Page(title="App")), UNSAID, "alive ok"),
    ("missing on an error page", led((URL, 301), to=SITE + "404", page=NOT_FOUND), UNSAID, "dead soft-404"),
    ("there on a page called 404", led((URL, 301), to=SITE + "404"), SAID, "moved redirect-permanent"),
    ("missing in the shell of a script", seen(page=SHELL), UNSAID, "alive ok"),
    ("missing beside frames", seen(page=Page(text="Reader", filled_by="frames")), UNSAID, "alive ok"),
    ("missing where letters are lost", seen(page=Page(text="Caf\ufffd " * 200)), UNSAID, "alive ok"),
    ("missing in a short page", seen(page=Page(text="Notes to come.")), UNSAID, "drifted quote-missing"),
    ("there, but for a note mark", seen(page=Page(text="It says3 what was cited", notes=(7, 8))), SAID, "alive ok"),
    ("missing in a body that was cut", seen(truncated="length"), UNSAID, "alive ok"),
    ("missing in a text that was cut", seen(page=Page(text="word " * 200, partial=True)), UNSAID, "alive ok"),
]


@pytest.mark.parametrize(("what", "observation", "words", "expected"), QUOTES, ids=[case[0] for case in QUOTES])
def test_quote(what: str, observation: Observation, words: str, expected: str) -> None:
    assert opinion(judged(observation, words)) == expected


def test_a_verdict_says_of_every_quote_where_it_stands() -> None:
    verdict = judged(seen(), SAID, UNSAID)
    assert verdict.quotes == (QuoteMatch(SAID, True, "live"), QuoteMatch(UNSAID, False, ""))
    assert verdict.evidence == "“It says nothing” is not on the page."


PDF = {"media_type": "application/pdf", "length": 9, "page": None}
UNTOLD: list[tuple[dict[str, Any], tuple[str, ...], str]] = [
    (PDF, (SAID,), " The quote was not looked for: the page is a PDF."),
    (PDF, (SAID, UNSAID), " The quotes were not looked for: the page is a PDF."),
    (
        {"media_type": "image/png", "length": 9, "page": None},
        (SAID,),
        " The quote was not looked for: the page is no text (image/png).",
    ),
    (
        {"media_type": "text/html", "length": 9, "headers": (("Content-Encoding", "gzip, BR"),), "page": None},
        (SAID,),
        " The quote was not looked for: the page came in a coding that is not read here (br).",
    ),
    ({"page": None}, (SAID,), " The quote was not looked for: the answer was empty."),
    (
        {"media_type": "text/html", "length": 9, "page": None},
        (SAID,),
        " The quote was not looked for: no text of the page is at hand.",
    ),
    ({"page": Page(title="Empty")}, (SAID,), " The quote was not looked for: the page holds no text."),
    (
        {"page": Page(filled_by="scripts")},
        (SAID,),
        " The quote was not looked for: the page shows next to nothing without scripts.",
    ),
    (
        {"page": Page(text="Reader", filled_by="frames")},
        (SAID,),
        " Whether the quote is on it cannot be told: the page shows its text in frames, which are not followed.",
    ),
    (
        {"truncated": "length"},
        (SAID, UNSAID),
        " 1 of 2 quotes is on it. Whether the other is on it cannot be told: only the beginning of the page was read.",
    ),
    (
        {"page": Page(text="Caf\ufffd")},
        (SAID, UNSAID),
        " Whether the quotes are on it cannot be told: some characters of the page could not be read.",
    ),
    ({"page": SHELL}, (), ""),
    ({"page": SHELL}, ("loading",), " The quote is on it."),
]


@pytest.mark.parametrize(("facts", "quotes", "words"), UNTOLD)
def test_what_could_not_be_told_of_the_quotes_is_said(
    facts: dict[str, Any], quotes: tuple[str, ...], words: str
) -> None:
    assert judged(seen(**facts), *quotes).evidence == f"www.example.com answered 200 (OK).{words}"
    moved = judged(led((URL, 301), to=NEW, **facts), *quotes).evidence
    assert moved.endswith(words if "cannot be told" in words or "not looked for" in words else f"{NEW}.")


def test_a_page_that_is_not_the_source_says_nothing_of_its_quotes() -> None:
    assert judged(seen(404, confirmed=True, page=STORY), SAID).quotes == ()
    assert judged(seen(headers=MITIGATED), UNSAID).quotes == ()
    assert judged(home(sibling_status=200, sibling_url=HOME), UNSAID).quotes == ()


# ---------------------------------------------------------------- evidence and suggestions

EVIDENCE: list[tuple[Observation, dict[str, Any], str]] = [
    (seen(404, confirmed=True), {}, "www.example.com answered 404 (not found), twice."),
    (
        seen(404, confirmed=True),
        {"history": (looked(30, 200), looked(40, 200))},
        "www.example.com answered 404 (not found), twice. It last answered on 2026-10-24.",
    ),
    (
        seen(410, confirmed=True),
        {"snapshots": (captured(60), captured(10, 404))},
        "www.example.com answered 410 (gone), twice. It last answered on 2026-09-24.",
    ),
    (seen(404), {"history": (looked(2, 404),)}, "www.example.com answered 404 (not found), as it did on 2026-11-21."),
    (
        led((URL, 301), (BARE, 302), to=NEW, status=404, confirmed=True),
        {},
        f"www.example.com answered 404 (not found) at {NEW}, where the cited address leads through 2 redirects, twice.",
    ),
    (
        failed(K.TIMEOUT, "no whole answer within 30 s"),
        {"history": (looked(6, 502), looked(3, 502))},
        "No usable answer at 3 looks between 2026-11-17 and 2026-11-23. www.example.com did not answer in time: "
        "no whole answer within 30 s.",
    ),
    (
        failed(K.TLS_EXPIRED, "it ended on 2026-01-02.", final_url="https://other.example/x"),
        {},
        "The certificate of other.example is out of date (where www.example.com redirects): it ended on 2026-01-02.",
    ),
    (
        seen(404),
        {"history": (looked(2, 410),)},
        "www.example.com answered 404 (not found), after 410 (gone) on 2026-11-21.",
    ),
    (
        failed(K.REDIRECT_LOOP, f"it redirects in a circle, through {NEW}", final_url=NEW),
        {},
        f"www.example.com redirects in a circle, through {NEW}.",
    ),
    (
        failed(K.TOO_MANY_REDIRECTS, "it redirects more than 20 times", final_url="https://other.example/x"),
        {},
        "other.example, where www.example.com leads, redirects more than 20 times.",
    ),
    (
        failed(K.BAD_REDIRECT, "it redirects to ftp://a/, which is neither http nor https"),
        {},
        "www.example.com redirects to ftp://a/, which is neither http nor https.",
    ),
    (failed(K.REDIRECT_LOOP), {}, "www.example.com redirects in a circle."),
    (failed(K.TIMEOUT, "no answer", final_url=NEW), {}, "www.example.com did not answer in time: no answer."),
    (
        led((URL, 301), to=SITE + "404", page=NOT_FOUND),
        {"history": (looked(3, 200),)},
        "www.example.com calls it a success (200), but it is called “Page not found | Example”, there is no article "
        f"on it and the address leads to {SITE}404. It last answered on 2026-11-20.",
    ),
    (
        led((URL, 301), to=SITE + "404"),
        {},
        f"It leads to {SITE}404, by its address an error page, instead of the page that was cited.",
    ),
    (failed(K.OFFLINE), {}, "We seem to be offline."),
    (
        seen(403),
        {},
        "www.example.com refused to show it to us: status 403 (forbidden). It may well be there.",
    ),
    (
        seen(403, headers=MITIGATED),
        {},
        "Cloudflare's bot wall answered in place of www.example.com and wants to see a browser: status 403, "
        "header cf-mitigated: challenge. The page may well be there.",
    ),
    (led((URL, 302), to=LOGIN), {}, f"It leads to a page where one logs in: {LOGIN}."),
    (seen(), {}, "www.example.com answered 200 (OK)."),
]


@pytest.mark.parametrize(("observation", "more", "evidence"), EVIDENCE)
def test_the_evidence_names_the_facts(observation: Observation, more: dict[str, Any], evidence: str) -> None:
    assert judged(observation, **more).evidence == evidence


MOVES = [
    (led((HTTP, 301), to=URL), URL, f"www.example.com redirects for good (301) to the same address over https: {URL}."),
    (led((BARE, 308), to=URL), URL, f"example.com redirects for good (308) to the same address with www: {URL}."),
    (
        led((URL, 301), to=URL + "/"),
        URL + "/",
        f"www.example.com redirects for good (301) to the same address with a slash at its end: {URL}/.",
    ),
    (
        led((HTTP, 301), (URL, 302), to=URL + "?session=1"),
        URL,
        f"www.example.com redirects for good (301) to the same address over https: {URL}.",
    ),
    (led((URL, 301), to=NEW), NEW, f"www.example.com redirects for good (301) to {NEW}."),
]


@pytest.mark.parametrize(("observation", "address", "evidence"), MOVES)
def test_a_move_gives_the_new_address_and_says_what_is_new_in_it(
    observation: Observation, address: str, evidence: str
) -> None:
    verdict = judged(observation)
    assert [(each.url, each.kind) for each in verdict.suggestions] == [(address, "redirect")]
    assert verdict.evidence == evidence


@pytest.mark.parametrize(
    ("quotes", "title", "verified"),
    [
        ((), "", False),
        (("It says what was cited",), "", True),
        ((), "A story", True),
        ((), "a STORY", True),
        ((), "Another story", False),
        ((), "Story", False),
        ((), "…", False),
    ],
)
def test_a_move_to_another_address_is_verified_by_the_quotes_or_the_title(
    quotes: tuple[str, ...], title: str, verified: bool
) -> None:
    (suggestion,) = judged(led((URL, 301), to=NEW), *quotes, title=title).suggestions
    assert suggestion.verified is verified


def test_a_move_keeps_the_fragment_that_was_cited() -> None:

    verdict = judge(citation(URL + "#part-2"), led((URL, 301), to=NEW))
    assert verdict.suggestions[0].url == NEW + "#part-2"


def test_a_long_quote_is_shown_shortened() -> None:
    evidence = judged(seen(), "unsaid " * 100, "unsaid too").evidence
    assert len(evidence) < 200
    assert evidence.endswith("…” is not on the page, nor 1 other quote.")


# ---------------------------------------------------------------- passages that may be the source's


def test_a_passage_that_may_be_the_sources_is_reported_and_never_held_against_it() -> None:
    cited = replace(citation(), loose=("says what was cited", "Distrust and can’t verify"))
    verdict = judge(cited, seen())
    assert opinion(verdict) == "alive ok"
    assert [(match.quote, match.found) for match in verdict.quotes] == [
        ("says what was cited", True),
        ("Distrust and can’t verify", False),
    ]
    assert verdict.evidence.endswith("“Distrust and can’t verify” is not on it.")


def test_what_gives_pause_about_a_live_source_is_told_from_what_is_well() -> None:
    assert judged(seen()).pause == ""
    assert judged(seen(), SAID).pause == ""
    assert judged(seen(**PDF), SAID).pause == "The quote was not looked for: the page is a PDF."
