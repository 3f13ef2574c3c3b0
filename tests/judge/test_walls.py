"""Pages that stand before a source, as they come over the wire, and the live pages that have the same words."""

from __future__ import annotations

import re

import pytest

from linkcheck import page
from linkcheck.model import Hop, Observation
from linkcheck.signs.marks import MARKS
from linkcheck.signs.parking import MARKS as MARKS_OF_PARKERS
from linkcheck.signs.walls import SIGNS, WALLS
from tests.judge.cases import NOW, URL, judged, opinion, seen

HTML = ("Content-Type", "text/html; charset=utf-8")
CF = ("Server", "cloudflare")


def shown(
    html: str = "", *fields: tuple[str, str], status: int = 200, url: str = URL, cited: str = "", hops: int = 0
) -> Observation:
    """What is observed of an answer; an empty body is none."""
    body = html.encode()
    headers = (HTML, *fields)
    cited = cited or url
    return Observation(
        cited,
        NOW,
        url,
        hops=tuple(Hop(cited, 302) for _ in range(hops or (cited != url))),
        status=status,
        headers=headers,
        media_type="text/html",
        length=len(body),
        page=page.parse(body, headers, url) if body else None,
    )


def doc(body: str, title: str = "", head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def article(title: str, *paragraphs: str, foot: str = "", head: str = "") -> str:
    """A short article of a paper, with what papers have round it."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    menu = "".join(f"<a href=/{name}>{name}</a> " for name in ("world", "science", "login", "subscribe", "about"))
    return doc(f"<nav>{menu}</nav><article><h1>{title}</h1>{text}</article>{foot}", f"{title} | The Paper", head)


NOINDEX = '<meta name="robots" content="noindex,nofollow">'
CHALLENGE = doc(
    "<div class=main-wrapper><h1>paper.example</h1><p>Prüfen, ob Sie ein Mensch sind</p></div>"
    "<script>(function(){window._cf_chl_opt={cType:'managed'};})();</script>",
    "Nur einen Moment…",
    NOINDEX,
)
BLOCKED = doc(
    '<div id="cf-wrapper"><h1 data-translate="block_headline">Sorry, you have been blocked</h1>'
    "<p>You are unable to access paper.example</p><p>Cloudflare Ray ID: 8e1</p></div>",
    "Attention Required! | Cloudflare",
    NOINDEX,
)
PX = doc(
    "<h1>Before we continue...</h1><p>Press & Hold to confirm you are a human (and not a bot).</p><p>Reference ID 1</p>"
    "<script>window._pxAppId='PX1';</script><script src='//captcha.px-cdn.net/PX1/captcha.js'></script>",
    "Access to this page has been denied",
)
DISTIL = doc(
    "<h1>Pardon Our Interruption...</h1><p>As you were browsing, something about your browser made us think you were a "
    "bot.</p><ul><li>You're a power user moving through this website with super-human speed.</li></ul>",
    "Pardon Our Interruption",
)
FASTLY = doc(
    '<img src="/_fs-ch-1T1/assets/errorIcon.svg"><p>JavaScript is disabled in your browser.</p><p>Please enable '
    "JavaScript to proceed.</p><p>A required part of this site couldn’t load.</p>"
    '<script src="/_fs-ch-1T1/script.js"></script>',
    "Client Challenge",
)
F5 = doc(
    '<script>(function(){window["bobcmn"]="1011";window["failureConfig"]="52";})();</script>'
    "<noscript>Please enable JavaScript to view the page content.<br/>Your support ID is: 4.</noscript>"
)
REDDIT = doc("<h1>You've been blocked by network security.</h1><p>Log in or use your developer token.</p>", "Blocked")
SORRY = doc("<p>Our systems have detected unusual traffic from your computer network.</p><p>IP address: ::1</p>", "x")
ANUBIS = doc(
    '<h1>Making sure you\'re not a bot!</h1><p>Protected by Anubis from Techaro.</p><script id="anubis_challenge" '
    'type="application/json">{}</script><img src="/.within.website/x/cmd/anubis/static/img/pensive.webp">',
    "Making sure you're not a bot!",
)
HCAPTCHA = doc(
    "<h1>One more step</h1><p>Please complete the captcha to prove that you are human.</p><div class=h-captcha></div>"
    '<script src="https://js.hcaptcha.com/1/api.js"></script>',
    "Security check | The Paper",
)
GENERIC = doc("<h1>Checking your browser</h1><p>We verify that you are human. This takes a second.</p>", "Robot check")
LOGIN_FORM = "<form><input name=user><input type=password name=pass><button>Log in</button></form>"
RESET = "The limit of requests was reset."

# What answered, and the name that the evidence gives it.
WALLED: list[tuple[str, Observation, str]] = [
    ("a challenge in German at 503", shown(CHALLENGE, status=503), "Cloudflare"),
    ("a challenge in German at 200", shown(CHALLENGE), "Cloudflare"),
    ("a block page", shown(BLOCKED, CF, status=403), "Cloudflare"),
    ("a block page at 503 without its header", shown(BLOCKED, status=503), "Cloudflare"),
    ("an error code in plain text", shown("error code: 1020", CF, status=403), "Cloudflare"),
    ("its detection alone", shown("<script>window['__CF$cv$params']={r:'6'}</script>", CF), "Cloudflare"),
    ("its turnstile alone", shown("<div class='cf-turnstile' data-sitekey=0x4></div>"), "Cloudflare"),
    (
        "DataDome's page at 200",
        shown(
            doc(
                "<p id=cmsg>Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c'}</script>"
                '<script src="https://ct.captcha-delivery.com/c.js"></script>',
                "paper.example",
            ),
        ),
        "DataDome",
    ),
    ("DataDome's cookie and nothing", shown("", ("Set-Cookie", "datadome=a; Path=/")), "DataDome"),
    ("HUMAN's page at 200", shown(PX), "HUMAN"),
    ("HUMAN's script alone", shown("<script>window._pxAppId = 'PX1'</script>"), "HUMAN"),
    ("HUMAN's cookie and nothing", shown("", ("set-cookie", "_pxhd=b; path=/")), "HUMAN"),
    (
        "Akamai's page at 200",
        shown(
            doc(
                '<h1>Access Denied</h1>You don\'t have permission to access "http://paper.example/a" on this server.'
                "<p>Reference #18.2d351ab8.1557333295.a4e16ab",
                "Access Denied",
            )
        ),
        "Akamai",
    ),
    ("Akamai's interstitial", shown(doc("<div id=sec-if-cpt-container></div>")), "Akamai"),
    ("Akamai's cookie and nothing", shown("", ("Set-Cookie", "_abck=1~-1~; path=/")), "Akamai"),
    (
        "Incapsula's frame",
        shown(doc('<iframe id=main-iframe src="/_Incapsula_Resource?CWUDNSAI=9"></iframe>', "", NOINDEX)),
        "Imperva",
    ),
    ("Imperva's old block page", shown(DISTIL), "Imperva"),
    ("Imperva's cookie and nothing", shown("", ("Set-Cookie", "reese84=3:a; path=/")), "Imperva"),
    (
        "Sucuri's page",
        shown(doc("<h1>Access Denied - Sucuri Website Firewall</h1>", "Sucuri WebSite Firewall - Access Denied")),
        "Sucuri",
    ),
    ("AWS WAF's challenge at 202", shown(doc("<script>window.gokuProps={}</script>"), status=202), "AWS WAF"),
    ("AWS WAF's script alone", shown('<script src="https://a.token.awswaf.com/b/challenge.js"></script>'), "AWS WAF"),
    ("Vercel's checkpoint", shown(doc("<p>We're verifying your browser</p>", "Vercel Security Checkpoint")), "Vercel"),
    (
        "Kasada's 429",
        shown(doc("<script>window.KPSDK={};</script><script src='/a/b/ips.js?x=1'></script>"), status=429),
        "Kasada",
    ),
    ("Kasada's header and nothing", shown("", ("x-kpsdk-v", "j-1")), "Kasada"),
    ("Anubis at 200", shown(ANUBIS), "Anubis"),
    ("Anubis's picture alone", shown('<img src="/.within.website/x/cmd/anubis/static/img/happy.webp">'), "Anubis"),
    ("F5's challenge", shown(F5), "F5"),
    ("Fastly's challenge", shown(FASTLY), "Fastly"),
    ("Fastly's cookie", shown(doc("<p>Please wait.</p>"), ("Set-Cookie", "_fs_ch_st_FSB=A; Max-Age=10")), "Fastly"),
    ("Radware's host", shown(doc("<p>Solve this</p>"), url="https://validate.perfdrive.com/?a", cited=URL), "Radware"),
    ("reCAPTCHA alone", shown("<div class=g-recaptcha></div><script>grecaptcha.render('x')</script>"), "reCAPTCHA"),
    ("hCaptcha before a page", shown(HCAPTCHA), "hCaptcha"),
    ("Arkose alone", shown('<script src="https://client-api.arkoselabs.com/v2/api.js"></script>'), "Arkose"),
    ("GeeTest alone", shown('<script src="https://static.geetest.com/static/js/gt.js"></script>'), "GeeTest"),
    ("Reddit's page", shown(REDDIT, status=403, url="https://www.reddit.com/r/a/comments/b/c/"), "Reddit"),
    ("Reddit's page at 200", shown(REDDIT, url="https://www.reddit.com/r/a/comments/b/c/"), "Reddit"),
    ("Google's page", shown(SORRY, url="https://www.google.com/sorry/index?continue=a", cited=URL), "Google"),
    (
        "YouTube without a video",
        shown(doc("<ytd-app></ytd-app>", " - YouTube"), url="https://www.youtube.com/watch?v=a"),
        "YouTube",
    ),
    ("LinkedIn's 999", shown(" ", status=999, url="https://www.linkedin.com/in/a"), "LinkedIn"),
    (
        "LinkedIn's script",
        shown("<html><head><script>window.onload=1</script></head></html>", url="https://www.linkedin.com/in/a"),
        "LinkedIn",
    ),
    (
        "X without scripts",
        shown(
            doc("<h1>JavaScript is not available.</h1><p>We’ve detected that JavaScript is disabled in this browser."),
            url="https://x.com/a/status/1",
        ),
        "X",
    ),
    (
        "Amazon's captcha",
        shown(doc("<p>Enter the characters you see below</p>", "Amazon.com"), url="https://www.amazon.com/dp/B0"),
        "Amazon",
    ),
    ("Weibo's visitors", shown(doc("", "Sina Visitor System"), url="https://weibo.com/u/1"), "Weibo"),
    ("Douban's teapot", shown("", status=418, url="https://book.douban.com/subject/1/"), "Douban"),
    (
        "Alibaba's punishment",
        shown("", url="https://www.aliexpress.com/punish?x5secdata=a", cited="https://www.aliexpress.com/item/1.html"),
        "Alibaba",
    ),
    ("nobody's wall at 403", shown(GENERIC, status=403), "A bot wall"),
    ("nobody's wall at 200", shown(GENERIC.replace("<title>", NOINDEX + "<title>")), "A bot wall"),
]


@pytest.mark.parametrize(("what", "observation", "vendor"), WALLED, ids=[each[0] for each in WALLED])
def test_a_wall_is_blocked_and_named(what: str, observation: Observation, vendor: str) -> None:
    verdict = judged(observation, "What the source says, word for word")
    assert opinion(verdict) == "blocked bot-wall"
    assert verdict.evidence.startswith(vendor)


CONSENT_TEXT = "<h1>We value your privacy</h1><p>We and our 812 partners store cookies.</p><button>Accept all</button>"
CONSENT = doc(f"{CONSENT_TEXT}<script>window.__tcfapi=1</script>", "Privacy")
GOOGLE_CONSENT = doc("<h1>Before you continue to Google</h1><p>We use cookies</p>", "Before you continue to Google")
TEASER = "The minister resigned on Tuesday, hours after the report. " * 6
NOT_FREE = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'

OPINIONS: list[tuple[str, Observation, str]] = [
    # consent
    (
        "Google's consent",
        shown(
            GOOGLE_CONSENT, url="https://consent.google.de/ml?continue=a", cited="https://news.google.com/articles/1"
        ),
        "blocked consent-wall",
    ),
    (
        "YouTube's consent",
        shown(
            GOOGLE_CONSENT, url="https://consent.youtube.com/m?continue=a", cited="https://www.youtube.com/watch?v=1"
        ),
        "blocked consent-wall",
    ),
    (
        "Yahoo's consent",
        shown(doc("<p>Yahoo"), url="https://guce.yahoo.com/consent?a=1", cited="https://news.yahoo.com/a-1.html"),
        "blocked consent-wall",
    ),
    (
        "a paper's consent page that keeps the address",
        shown(
            doc("x"),
            url="https://paper.example/gdpr-consent/?next=%2fnews%2fa-story",
            cited="https://paper.example/news/a-story",
        ),
        "blocked consent-wall",
    ),
    (
        "a paper's consent page by its words",
        shown(CONSENT, url="https://paper.example/zustimmung", cited="https://paper.example/news/a"),
        "blocked consent-wall",
    ),
    ("consent and nothing else", shown(CONSENT), "blocked consent-wall"),
    ("Google's consent at the address itself", shown(GOOGLE_CONSENT), "blocked consent-wall"),
    (
        "a law that is called so",
        shown(article("Consent", TEASER), url="https://law.example/glossary/consent", cited="https://law.example/g/17"),
        "alive ok",
    ),
    ("an article with a banner", shown(article("Bridge mended", TEASER, foot=CONSENT_TEXT)), "alive ok"),
    ("an article about the banner", shown(article("We value your privacy", "So they say. " + TEASER)), "alive ok"),
    ("a cookie policy", shown(article("Cookie policy", "We use cookies to count visits.", foot=CONSENT)), "alive ok"),
    # paywalls
    ("402", shown("Pay", status=402), "blocked paywall"),
    (
        "an article that leads to the shop",
        shown(
            doc("<h1>Choose a plan</h1>"), url="https://paper.example/subscribe?from=a", cited=URL + "-of-the-week-17"
        ),
        "blocked paywall",
    ),
    (
        "an article that leads to the shop's host",
        shown(doc("<h1>Abo"), url="https://abo.paper.example/angebote", cited=URL + "-of-the-week-17"),
        "blocked paywall",
    ),
    (
        "a newsletter that leads to its form",
        shown(
            doc("<h1>Our newsletter"), url="https://paper.example/subscribe", cited="https://paper.example/newsletter"
        ),
        "alive ok",
    ),
    ("a cited shop", shown(doc("<h1>Subscribe"), url="https://paper.example/subscribe"), "alive ok"),
    ("a teaser", shown(article("Minister resigns", TEASER, head=NOT_FREE)), "alive ok"),
    ("next to nothing", shown(doc("<h1>Minister resigns</h1>", "Minister resigns", NOT_FREE)), "blocked paywall"),
    ("an article about subscribing", shown(article("Subscribe to continue reading", TEASER)), "alive ok"),
    ("free, as it says", shown(doc("<h1>A", "A", NOT_FREE.replace("False", "True"))), "alive ok"),
    # log-in pages
    ("a form and no more", shown(doc(f"<h1>Log in</h1>{LOGIN_FORM}", "Sign in | Archive")), "blocked login-required"),
    ("a form in German", shown(doc(LOGIN_FORM, "Anmelden - Archiv")), "blocked login-required"),
    ("a form in Japanese", shown(doc(LOGIN_FORM, "ログイン | 書庫")), "blocked login-required"),
    (
        "LinkedIn's authwall",
        shown(
            doc("<h1>Join LinkedIn"),
            url="https://www.linkedin.com/authwall?trk=a",
            cited="https://www.linkedin.com/in/a",
        ),
        "blocked login-required",
    ),
    (
        "LinkedIn's page for strangers",
        shown(doc("<h1>Join</h1>", "Sign Up | LinkedIn"), url="https://www.linkedin.com/in/a"),
        "blocked login-required",
    ),
    (
        "Instagram's",
        shown(doc("", "Login • Instagram"), url="https://www.instagram.com/natgeo/"),
        "blocked login-required",
    ),
    (
        "Facebook's",
        shown(doc("You must log in to continue.", "Log in to Facebook"), url="https://www.facebook.com/a/posts/1"),
        "blocked login-required",
    ),
    ("an article with a form above", shown(article("Bridge mended", TEASER, foot=LOGIN_FORM)), "alive ok"),
    ("an article called so", shown(article("Log in", TEASER)), "alive ok"),
    ("help on logging in", shown(article("How to log in", "Use your number.", foot=LOGIN_FORM)), "alive ok"),
    ("a cited log-in page", shown(doc(LOGIN_FORM, "Log in"), url="https://paper.example/login"), "alive ok"),
    ("a front page that is one", shown(doc(LOGIN_FORM, "Log in"), url="https://paper.example/"), "alive ok"),
    (
        "a page of Instagram's",
        shown(doc("Photo", "A whale • Instagram"), url="https://www.instagram.com/p/a/"),
        "alive ok",
    ),
    # rate limits
    ("503 that says so", shown(doc("<h1>Too many requests"), status=503), "blocked rate-limited"),
    (
        "503 that says so and when",
        shown("Rate limit exceeded", ("Retry-After", "60"), status=503),
        "blocked rate-limited",
    ),
    ("200 that says nothing else", shown(doc("<h1>Too Many Requests</h1>", "429")), "blocked rate-limited"),
    ("503 for repairs", shown(doc("Down for repairs"), ("Retry-After", "3600"), status=503), "failing http-5xx"),
    ("a note on limits", shown(doc(f"<h1>429 Too Many Requests</h1><p>{RESET} <a href=/>Home</a>")), "alive ok"),
    # articles that only speak of walls
    ("on captchas", shown(article("The captcha is dying", "Are you a robot? Prove that you are human.")), "alive ok"),
    (
        "called captcha",
        shown(article("Captcha", "Please complete the captcha, it said, to prove you are human.")),
        "alive ok",
    ),
    ("called access denied", shown(article("Access denied", "Prove that you are human, said the door.")), "alive ok"),
    ("called just a moment", shown(article("Just a moment...", "She waited.", head=NOINDEX), CF), "alive ok"),
    ("called robot check", shown(article("Robot check", "The factory counts its robots.")), "alive ok"),
    ("called blocked", shown(article("Blocked", "The canal is blocked by network security.")), "alive ok"),
    ("called pardon our interruption", shown(article("Pardon our interruption", "A comedy in two acts.")), "alive ok"),
    ("on Sucuri", shown(doc("A product.", "Sucuri Website Firewall (WAF)")), "alive ok"),
    ("on Incapsula", shown(article("Incapsula", "It sets incap_ses_ and calls /_Incapsula_Resource.")), "alive ok"),
    (
        "on Cloudflare's script",
        shown(article("What is _cf_chl_opt?", "It holds the options: window._cf_chl_opt.")),
        "alive ok",
    ),
    (
        "on Anubis",
        shown(article("Anubis", "A script with the id anubis_challenge weighs the soul of a browser.")),
        "alive ok",
    ),
    ("on Kasada", shown(article("KPSDK", "The script ips.js defines KPSDK.")), "alive ok"),
    ("on unusual traffic", shown(SORRY), "alive ok"),
    ("a word, no page", shown("<p>We evaluated geetest for our login.</p>"), "alive ok"),
    ("a badge", shown('<a href="https://sitecheck.sucuri.net/">Scanned by Sucuri</a>'), "alive ok"),
    ("an element that is no script", shown('<div id="anubis_challenge">some content</div>'), "alive ok"),
    (
        "a comment form with a captcha",
        shown(article("Bridge", "Mended.", foot="<form><div class=cf-turnstile>")),
        "alive ok",
    ),
    (
        "a contact form with a captcha",
        shown(doc("<form>Your name <input><div class=h-captcha></div>", "Write to us")),
        "alive ok",
    ),
    (
        "a shell that scripts fill, guarded",
        shown(doc("<div id=app></div><script src=/app.js></script>", "Atlas"), ("Set-Cookie", "_abck=1~; path=/")),
        "alive ok",
    ),
    (
        "a shell without a title, with a script of its own",
        shown("<div id=app></div><script>window._pxAppId='PX1'</script><script src=/app.js></script>"),
        "alive ok",
    ),
    (
        "a guarded page",
        shown(article("Bridge", "Mended."), ("Set-Cookie", "datadome=a"), ("x-datadome", "protected")),
        "alive ok",
    ),
    (
        "a page with Akamai's pixel",
        shown(article("Bridge", "Mended.", foot="<script src=/akam/13/a></script>")),
        "alive ok",
    ),
    (
        "pictures that are links, guarded",
        shown("<a href=/1><img src=1.png></a><div class=g-recaptcha></div>"),
        "alive ok",
    ),
    ("a shell with a title, guarded", shown(doc("<script>window._pxAppId='PX1'</script>", "The Atlas")), "alive ok"),
    (
        "a long page in such words",
        shown(GENERIC.replace("<h1>", f"{NOINDEX}<p>{TEASER}</p><p>{TEASER}</p><h1>")),
        "alive ok",
    ),
    (
        "a site's own page in such words",
        shown(HCAPTCHA.replace("<h1>", "<a href=/>Home</a> " * 6 + "<h1>")),
        "alive ok",
    ),
    ("a short policy", shown(doc("<p>We use cookies to count visits. Accept them or not.</p>", "Privacy")), "alive ok"),
    ("a video", shown(doc("", "A whale - YouTube"), url="https://www.youtube.com/watch?v=a"), "alive ok"),
    ("another site called YouTube", shown(doc("A joke", "YouTube"), url="https://paper.example/youtube"), "alive ok"),
    ("words of Reddit's wall elsewhere", shown(doc("You've been blocked by network security.")), "alive ok"),
    ("an empty page of nobody's", shown(""), "alive ok"),
    (
        "an empty page behind a cache",
        shown("", ("akamai-cache-status", "HIT"), ("x-datadome", "protected")),
        "alive ok",
    ),
    ("no content, and it says so", shown("", ("Set-Cookie", "datadome=a"), status=204), "alive ok"),
    ("a picture behind a guard", seen(page=None, length=900, headers=(("Set-Cookie", "_abck=1"),)), "alive ok"),
]


@pytest.mark.parametrize(("what", "observation", "expected"), OPINIONS, ids=[each[0] for each in OPINIONS])
def test_opinion(what: str, observation: Observation, expected: str) -> None:
    assert opinion(judged(observation)) == expected


SAID = "The minister resigned on Tuesday"
UNSAID = "The prime minister followed on Friday"

QUOTES = [
    ("there, in the teaser", article("Minister resigns", TEASER, head=NOT_FREE), SAID, "alive ok"),
    ("not in the teaser", article("Minister resigns", TEASER, head=NOT_FREE), UNSAID, "blocked paywall"),
    ("not in a free article", article("Minister resigns", TEASER), UNSAID, "drifted quote-missing"),
    (
        "there, on a page that looks like a wall",
        GENERIC.replace("<h1>", f"{NOINDEX}<p>{SAID}.</p><h1>"),
        SAID,
        "alive ok",
    ),
    ("there, on a page that looks like a form", doc(SAID + LOGIN_FORM, "Log in"), SAID, "alive ok"),
    (
        "not there, on a page that looks like a wall",
        GENERIC.replace("<h1>", f"{NOINDEX}<h1>"),
        SAID,
        "blocked bot-wall",
    ),
    ("not on a form", doc(LOGIN_FORM, "Log in"), UNSAID, "blocked login-required"),
    ("not on a consent page", CONSENT, UNSAID, "blocked consent-wall"),
]


@pytest.mark.parametrize(("what", "html", "words", "expected"), QUOTES, ids=[each[0] for each in QUOTES])
def test_a_quote_on_the_page_decides(what: str, html: str, words: str, expected: str) -> None:
    assert opinion(judged(shown(html), words)) == expected


def test_a_page_of_the_title_that_is_cited_is_no_form_and_no_consent_wall() -> None:
    html = doc(f"{LOGIN_FORM}", "Sign in | Poems")
    assert opinion(judged(shown(html), title="Sign in")) == "alive ok"


def test_every_sign_says_where_it_is_known_from_and_what_to_name() -> None:
    assert [vendor for vendor, sign in SIGNS if len(sign.source) < 12 or not sign.named] == []
    assert all(WALLS.values())


def test_every_sign_asks_for_more_than_a_status() -> None:
    for vendor, sign in SIGNS:
        features = (sign.headers, sign.title, sign.text, sign.ids, sign.marks, sign.address, sign.hosts)
        assert any(features), vendor


def test_the_patterns_of_signs_can_be_read() -> None:
    for _, sign in SIGNS:
        for pattern in (sign.title, *sign.text, sign.address, sign.embeds, *(value for _, value in sign.headers)):
            re.compile(pattern)


def test_every_mark_that_a_sign_asks_for_is_looked_for() -> None:
    asked_for = {mark for _, sign in SIGNS for mark in sign.marks}
    assert set(MARKS) == asked_for | {"password-field", "consent-banner"} | MARKS_OF_PARKERS
