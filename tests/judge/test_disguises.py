"""Pages that answer 200 and are gone: not found, closed, parked. And live ones that only look like it, one a line."""

from __future__ import annotations

import pytest

from linkcheck.model import Observation, Page
from linkcheck.signs.phrases import says_not_found
from linkcheck.signs.suspicion import deserves_sibling
from tests.judge.cases import HOME, NOW, STORY, URL, citation, judged, led, opinion, seen

SITE = "https://www.example.com/"
LONG = STORY.text
ARTICLE = "It is the code that a server gives for what it does not have, and a long story hangs on it. " * 9


def page(title: str, *lines: str, **facts: object) -> Page:
    heading = lines[0] if lines else ""
    facts.setdefault("headings", (heading,) if heading else ())
    return Page(title=title, text="\n".join(lines), titles=(title, heading) if heading else (title,), **facts)  # type: ignore[arg-type]


NOT_FOUND = page("Page not found | Example", "Page not found", "Try the search.")
MENUS = page("Seite nicht gefunden", "Seite nicht gefunden", *(f"Menu entry number {n}" for n in range(120)))
SHELL = page("App", filled_by="scripts")
SHORT = page("Notes", "The meeting moved to Tuesday.")
NGINX = page("Welcome to nginx!", "Welcome to nginx!", "If you see this page, the nginx web server works.")
DOWN = page("Down for maintenance", "We'll be back soon!", "Sorry for the wait.")
SHOP = page("Bags", "Sorry, this shop is currently unavailable.")
ENDED = page("サービス終了", "ホームページサービスは終了いたしました")
THREAD = page(
    "Page not found - Forum",
    "Page not found",
    "Since Sunday I get that when I open my own pictures in the gallery.",
    "It works for me as soon as I leave the www away, strangely enough.",
    "I think that the certificate was changed over the weekend by somebody.",
    "You are right, it is all there again, thanks and sorry for it.",
)
PARKER_WITH_WORDS = page("Old names", LONG[:900], embeds=("https://www.sedo.com/widget.js",))
ALIKE = {"sibling_status": 200, "sibling_url": f"{SITE}news/2024/x", "sibling_likeness": 1.0}
HONEST = {"sibling_status": 404, "sibling_url": f"{SITE}news/2024/x", "sibling_likeness": 0.0}
OWN_ERROR = {"sibling_status": 404, "sibling_url": f"{SITE}news/2024/x", "sibling_likeness": 0.9}


def at(path: str, shown: Page, **facts: object) -> Observation:
    return seen(url=SITE + path, page=shown, **facts)


OPINIONS: list[tuple[str, Observation, str]] = [
    # soft 404s
    ("title and heading over nothing", seen(page=NOT_FOUND), "dead soft-404"),
    ("even where a sibling gets an honest 404", seen(page=NOT_FOUND, **HONEST), "dead soft-404"),
    ("menus are no article", seen(page=MENUS), "dead soft-404"),
    ("the heading alone says so", seen(page=page("Example", "Página no encontrada", "Inicio")), "dead soft-404"),
    (
        "words, and the canonical address is the root",
        seen(page=Page("Page introuvable", LONG[:2500], canonical=SITE)),
        "dead soft-404",
    ),
    (
        "words, and the sibling has the same text",
        seen(page=Page("Страница не найдена", LONG), **ALIKE),
        "dead soft-404",
    ),
    ("it is the host's own 404 page", seen(page=Page("Page not found", LONG), **OWN_ERROR), "dead soft-404"),
    (
        "the sibling's text, not to be indexed",
        seen(page=page("Example", "Nothing to read.", robots="noindex"), **ALIKE),
        "dead soft-404",
    ),
    (
        "a search in place of the page",
        seen(page=page("Search results for story", "Search", "We couldn't find the page you requested. 0 results.")),
        "dead soft-404",
    ),
    (
        "a directory in place of the page, for siblings too",
        led((SITE + "news/2024/a-long-story", 302), to=SITE + "news/", sibling_status=200, sibling_url=SITE + "news/"),
        "dead soft-404",
    ),
    (
        "a directory in place of the page, while siblings are not found",
        led((SITE + "news/2024/a-long-story", 301), to=SITE + "news/", **HONEST),
        "failing soft-404-suspected",
    ),
    ("words over some text", seen(page=Page("Page not found", LONG[:3000])), "failing soft-404-suspected"),
    ("short, and so is the sibling", seen(page=SHORT, **ALIKE), "failing soft-404-suspected"),
    ("a line that says so", seen(page=page("Example", "Hello", "Page not found")), "failing soft-404-suspected"),
    # and what only looks like one
    ("a root is never a soft 404", seen(url=HOME, page=NOT_FOUND), "alive ok"),
    ("an article about 404", at("wiki/HTTP_404", page("HTTP 404 - Wikipedia", "HTTP 404", ARTICLE)), "alive ok"),
    (
        "a short one",
        at("wiki/404_Not_Found", page("404 Not Found - Wikipedia", "404 Not Found", "A song.")),
        "alive ok",
    ),
    (
        "a handbook",
        at("kb/12", page("How to fix “Page not found” errors", "How to fix it", "404 Not Found", "Clear the cache.")),
        "alive ok",
    ),
    ("a museum of missing things", seen(page=page("Missing things", "The lost page", "It was not found.")), "alive ok"),
    ("an article of that name with a date", seen(page=Page("Not found", LONG, published="2024-01-02")), "alive ok"),
    ("a long article of that name", seen(page=Page("Page not found", LONG), **HONEST), "alive ok"),
    ("a short live page", seen(page=SHORT, **HONEST), "alive ok"),
    ("the shell of an application, like every other", seen(page=SHELL, **ALIKE), "alive ok"),
    ("a site that only reads the number", at("a/123456/story", SHORT, **ALIKE), "alive ok"),
    ("a site that calls every page its root", seen(page=Page("A story", LONG, canonical=SITE)), "alive ok"),
    ("a search with results", at("search?q=x", page("Search results", "Search", "12 results")), "alive ok"),
    ("a search without, that was cited", at("search?q=x", page("Search", "Search", "0 results found")), "alive ok"),
    ("a page kept out of search engines", seen(page=page("Notes", "Hello.", robots="noindex")), "alive ok"),
    ("a view of a page", led((SITE + "news/story/full-text", 302), to=SITE + "news/story"), "alive ok"),
    ("an address that only looks as if it spoke of errors", at("2024/04/10/terror-trial", NOT_FOUND), "dead soft-404"),
    ("the day in an address is no 410", at("news/20240410/space-shuttle-lands", NOT_FOUND), "dead soft-404"),
    ("the number of the error, after its word", seen(page=page("Fehler 404", "Hoppla")), "dead soft-404"),
    ("a thread called like an error page", at("t/5512", THREAD, **HONEST), "failing soft-404-suspected"),
    (
        "a car called 404",
        at("cars/81", page("404 | Classics", "404", "Saloon, built in Sochaux until 1975.")),
        "alive ok",
    ),
    (
        "a song called Not found",
        at("track/9", page("Not Found", "Not Found", "by The Daemons, recorded in Aarhus, 2015")),
        "alive ok",
    ),
    (
        "goods that are sold out",
        at("kettle", page("Kettle", "Kettle", "No longer available", "White, 2 l")),
        "alive ok",
    ),
    # closed services
    (
        "a host without the site",
        seen(page=page("Site not found", "There isn't a GitHub Pages site here.")),
        "dead service-closed",
    ),
    ("with 500", seen(500, page=page("Oops", "Fastly error: unknown domain: example.com.")), "dead service-closed"),
    ("a shop", seen(page=page("Shopify", "Sorry, this shop is currently unavailable.")), "dead service-closed"),
    (
        "words of many, by the service's own host",
        seen(url="https://shop.fly.dev/a", page=page("", "404 Not Found")),
        "dead service-closed",
    ),
    ("it says so itself", seen(page=page("Example", "This service has been shut down.")), "dead service-closed"),
    ("a suspended account", seen(page=page("Account Suspended", "Account Suspended")), "dead service-closed"),
    (
        "a refusal says nothing",
        seen(403, page=page("Shopify", "Sorry, this shop is currently unavailable.")),
        "blocked http-403",
    ),
    (
        "a question about such a notice",
        seen(page=page("Heroku error: No such app", "I get this error", "No such app", "What can I do?")),
        "alive ok",
    ),
    (
        "news of a closing",
        seen(page=Page("This service has been shut down", ARTICLE, published="2024-01-02")),
        "alive ok",
    ),
    (
        "a closing that is cited",
        at("blog/shutting-down", page("Example", "This service has been shut down.")),
        "alive ok",
    ),
    ("news of a shop", seen(page=page("Bakery has closed", "The shop is closed, said its owner.")), "alive ok"),
    ("comments are closed", seen(page=page("Notes", "We have closed the comments on this page.")), "alive ok"),
    ("a product that is sold out", seen(page=page("Shoes", "Shoes", "This product is no longer sold.")), "alive ok"),
    ("no notice, for its sibling is another page", seen(page=SHOP, **HONEST), "alive ok"),
    ("a notice that every address shows", seen(page=SHOP, **ALIKE), "dead service-closed"),
    ("a closing in other words, at every address", seen(page=ENDED, **ALIKE), "dead service-closed"),
    ("a closing in other words, here alone", seen(page=ENDED, **HONEST), "alive ok"),
    ("a closing in other words, nobody knows where else", seen(page=ENDED), "alive ok"),
    ("a project that rests", seen(page=page("fleet", "fleet", "This project is no longer maintained.")), "alive ok"),
    # parked domains
    (
        "a parker's script",
        seen(page=page("example.com", embeds=("https://sedoparking.com/frmpark/a/park.js",))),
        "dead parked-domain",
    ),
    ("for sale, and no more", seen(page=page("example.com is for sale", "Make an offer.")), "dead parked-domain"),
    ("in another language", seen(page=page("Diese Domain steht zum Verkauf", "Jetzt kaufen")), "dead parked-domain"),
    (
        "led to a trader",
        led(
            (URL, 302), to="https://www.hugedomains.com/domain_profile.cfm", page=page("example.com is for sale", "Buy")
        ),
        "dead parked-domain",
    ),
    ("an empty server", seen(page=NGINX), "dead parked-domain"),
    ("a lesson on an empty server", seen(page=NGINX, **HONEST), "alive ok"),
    ("an institute called IIS", seen(page=page("IIS", "IIS", "Founded in 1985."), **HONEST), "alive ok"),
    ("an answer on lapsed names", seen(page=page("My domain has expired", "Renew it."), **HONEST), "alive ok"),
    ("a house for sale", seen(page=page("House for sale", "This website lists houses for sale.")), "alive ok"),
    ("about trading names", at("domain-for-sale", page("Domain for sale", "Domain for sale", "A scene.")), "alive ok"),
    ("a trader's own page", seen(url="https://sedo.com/a", page=page("example.com is for sale", "Buy")), "alive ok"),
    ("an offer beside other words", seen(page=page("Old names", "This domain is for sale", LONG[:900])), "alive ok"),
    ("a parker's script beside other words", seen(page=PARKER_WITH_WORDS), "alive ok"),
    ("news of a domain's price", seen(page=page("Voice.com domain for sale record", "Voice.com sold")), "alive ok"),
    ("when a domain was registered", seen(page=page("About", "This domain was registered in 1998.")), "alive ok"),
    ("an address of parkers", seen(page=STORY, address="91.195.240.12"), "alive ok"),
    # placeholders
    ("down for maintenance", seen(page=DOWN), "failing placeholder-page"),
    ("an empty server at the root", seen(url=HOME, page=NGINX), "failing placeholder-page"),
    ("a film", seen(page=Page("Maintenance", LONG)), "alive ok"),
]


@pytest.mark.parametrize(("what", "observation", "expected"), OPINIONS, ids=[what for what, _, _ in OPINIONS])
def test_opinion(what: str, observation: Observation, expected: str) -> None:
    assert opinion(judged(observation)) == expected


@pytest.mark.parametrize(
    "shown", [NOT_FOUND, page("Shopify", "Sorry, this shop is currently unavailable."), NGINX, DOWN]
)
def test_a_page_that_holds_what_was_cited_is_the_source_whatever_it_looks_like(shown: Page) -> None:
    words = shown.text.split("\n")[-1]
    assert opinion(judged(seen(page=shown, **ALIKE), words)) == "alive ok"


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "Oops! That page can’t be found.",
        "Example – Fehler 404: Die Seite wurde nicht gefunden",
        "404 - Page introuvable",
        "Nie znaleziono 404",
        "申し訳ありません、お探しのページは見つかりませんでした。",
        "抱歉，您访问的页面不存在",
        "페이지를 찾을 수 없습니다",
        "الصفحة غير موجودة",
        "पेज नहीं मिला",
        "The page you were looking for doesn't exist (404)",
    ],
)
def test_a_title_that_says_nothing_but_not_found_does_so_in_many_languages(title: str) -> None:
    assert says_not_found(title)


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found: a short history",
        "Page not found? Here is what to do",
        "How to fix 404 errors",
        "Gone",
        "Nothing found in the ruins of Palmyra",
        "ページが見つかりませんエラーの対処法",
        "Страница истории",
        "",
    ],
)
def test_a_title_that_says_more_does_not(title: str) -> None:
    assert not says_not_found(title)


@pytest.mark.parametrize(
    ("uri_r", "final_url", "shown", "asked"),
    [
        (URL, URL, STORY, False),
        (URL, URL, None, False),
        (HOME, HOME, NOT_FOUND, False),
        (URL, URL, SHELL, False),
        (URL, URL, NOT_FOUND, True),
        (URL, URL, SHORT, False),
        (URL, URL, page("Example", "Hello", "Page not found"), True),
        (URL, URL, Page("Page not found", LONG), True),
        (URL, URL, Page("A story", LONG, canonical=SITE), True),
        (URL, HOME, STORY, True),
        (URL, URL, NGINX, True),
        (URL, URL, ENDED, True),
        (URL, URL, page("example.com is for sale", "Make an offer."), True),
        (SITE + "news/council-agrees-bridge", URL, page("Ei löytynyt", "Hupsista"), True),
        (SITE + "news/council-agrees-bridge", URL, page("Council", "Agreed."), False),
        (SITE + "news/a-long-story", SITE + "news", STORY, True),
    ],
)
def test_only_a_page_that_gives_cause_costs_a_request_for_its_sibling(
    uri_r: str, final_url: str, shown: Page | None, asked: bool
) -> None:
    assert deserves_sibling(uri_r, final_url, shown) is asked


def test_the_evidence_names_every_signal() -> None:
    from linkcheck.judge import judge

    verdict = judge(citation(URL), Observation(URL, NOW, URL, status=200, page=NOT_FOUND, **ALIKE))  # type: ignore[arg-type]
    assert verdict.evidence == (
        "www.example.com calls it a success (200), but it is called “Page not found | Example”, there is no article "
        "on it and an address beside it that nobody ever wrote gets the same answer."
    )


PROSE = (
    "Every day some hundred thousand names lapse, and most of them come back within the hour under a notice.",
    "Two in a thousand visitors ask what the name costs; the rest is paid for by the advertisements beside it.",
)
NAMED = [
    (
        "news/2022/the-market-for-expired-names",
        "This domain is for sale: the market for expired names",
        "Related searches",
    ),
    ("feuilleton/seite-nicht-gefunden", "Seite nicht gefunden | The Paper", "Fehler 404"),
    ("societe/la-memoire-du-web", "Page introuvable | la mémoire du web", "La page demandée est introuvable."),
    ("stories/down-for-maintenance", "Down for maintenance", "We'll be back soon!"),
]


@pytest.mark.parametrize(("path", "title", "line"), NAMED)
def test_an_article_that_is_called_after_its_address_is_what_it_says_it_is(path: str, title: str, line: str) -> None:
    opinion_of = judged(at(path, page(title, title, line, *PROSE)))
    assert opinion(opinion_of) == "alive ok"
    assert opinion(judged(at("news/2024/a-treaty-in-doubt", page(title, title, line)))) != "alive ok"
