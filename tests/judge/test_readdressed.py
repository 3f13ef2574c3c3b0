"""A redirect is verified by the two addresses or by the page, and one that leads up is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linkcheck.judge import judge
from linkcheck.judge.readdressed import alike, leads_up
from linkcheck.model import Comparison, Page, Suggestion
from tests.judge.cases import STORY, URL, captured, citation, judged, led

NEW = "https://www.example.com/stories/1"
SITE = "https://www.example.com/"
AP = "https://apnews.com/article/"
HASH = "0065bdbf7aafb340df64a34800698cd4"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://example.com/a", "https://example.com/a"),
        ("http://example.com/", "https://www.example.com/"),
        ("https://example.com/a?x=1", "https://www.example.com/a/?x=1"),
        ("https://example.com/a/index.html", "https://example.com/a/"),
        ("https://example.com/news/story.html", "https://example.com/news/story"),
        ("https://example.com/a?utm_source=x&id=3&fbclid=y", "https://example.com/a?id=3"),
        ("https://example.com/A%20b", "https://example.com/a%20B"),
        ("https://example.com/errors/E-1234567", "https://example.com/docs/errors/E-1234567"),
        ("https://en.m.wikipedia.org/wiki/Trust,_but_verify", "https://en.wikipedia.org/wiki/Trust,_but_verify"),
        ("http://dx.doi.org/10.1038/nature12373", "https://doi.org/10.1038/nature12373"),
        ("http://m.example.com/about", "https://www.example.com/about"),
        ("http://amp.com.au/about", "https://www.amp.com.au/about"),
        ("http://m.example.co.uk/about", "https://www.example.co.uk/about"),
        ("https://gov.uk/about-us", "https://www.gov.uk/about-us"),
        ("https://blog.example.co.uk/2019/how-we-count-votes", "https://example.co.uk/2019/how-we-count-votes"),
        ("https://blog.example.com/2019/how-we-count-votes", "https://example.com/2019/how-we-count-votes"),
        (f"{AP}russia-lavrov-{HASH}", f"{AP}russia-rejects-a-proposal-{HASH}"),
        (f"https://example.com/news/{HASH}", f"https://www.example.com/world/russia/{HASH}"),
        (
            "https://www.themoscowtimes.com/2025/07/20/russia-bans-92-us-citizens-a86187",
            "https://www.themoscowtimes.com/2024/08/28/russia-bans-92-us-citizens-over-policies-a86187",
        ),
    ],
)
def test_addresses_that_cannot_be_of_two_things_are_alike(old: str, new: str) -> None:
    assert alike(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.com/a", "https://example.com/b"),
        ("https://example.com/a?id=3", "https://example.com/a"),
        ("https://example.com/a?id=3", "https://example.com/a?id=4"),
        ("https://example.com/story.pdf", "https://example.com/story"),
        ("http://example.com:8080/a", "http://example.com:9090/a"),
        # Somebody else's page of that name, and somebody else's front page.
        ("https://blog.example.com/about", "https://example.com/about"),
        ("https://m.example.com/", "https://example.com/"),
        ("https://one.example.com/2019/how-we-count-votes", "https://two.example.com/2019/how-we-count-votes"),
        # What looks like the dress of a site is the name of its owner, and what they share belongs to no one.
        ("https://amp.com.au/2019/how-we-invest-money", "https://perpetual.com.au/2019/how-we-invest-money"),
        ("https://www.amp.com.au/2019/how-we-invest-money", "https://www.perpetual.com.au/2019/how-we-invest-money"),
        ("https://www.gov.uk/2019/how-we-count-votes", "https://example.gov.uk/2019/how-we-count-votes"),
        # whitehouse.gov has been filled anew under the same paths since 2009.
        (
            "https://www.whitehouse.gov/remarks-on-arms-control",
            "https://whitehouse.archives.gov/remarks-on-arms-control",
        ),
        ("http://10.0.0.1/how-we-count-votes", "http://10.0.0.2/how-we-count-votes"),
        # A day, a year and a round number are in many addresses.
        ("https://example.com/news/20240828-a", "https://example.com/sport/20240828-b"),
        ("https://example.com/news/28082024", "https://example.com/sport/28082024"),
        ("https://example.com/news/world-cup-2018", "https://example.com/sport/world-cup-2018-final"),
        ("https://example.com/news/10000-jobs-lost", "https://example.com/news/10000-jobs-won"),
        (f"{AP}russia-{HASH}", f"https://other.example/{HASH}"),
        (f"{AP}russia-{HASH}/comments", f"{AP}russia-{HASH}"),
        ("https://example.com/paper-1234567", "https://login.example.com/paper-1234567"),
        ("https://example.com/paper/1234567", "https://example.com/error/1234567"),
        ("https://example.com/paper/1234567", "https://example.com/deleted/paper-1234567"),
    ],
)
def test_addresses_that_may_be_of_two_things_are_not(old: str, new: str) -> None:
    assert alike(old, new) == ""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("https://example.com/2015/03/story", "https://example.com/2015/03/", "a page above it"),
        ("https://example.com/2015/story", "https://other.example/2015", "a page above it"),
        ("https://example.com/2015/story?page=2", "https://example.com/2015/?page=2", "a page above it"),
        ("https://example.com/story", "https://example.com/en/", "a front page"),
        ("https://example.com/story", "https://example.com/search/story", "a search"),
        ("https://example.com/story", "https://example.com/find?q=story", "a search"),
        ("https://example.com/story", "https://example.com/?s=story", "a search"),
        ("https://example.com/story", "https://example.com/user/login?next=/story", "logs in"),
        ("https://example.com/story", "https://login.example.com/x", "logs in"),
        ("https://example.com/2015/story", "https://example.com/tag/russia", "a list of articles"),
        ("https://apnews.com/article/a", "https://apnews.com/hub/russia", "a list of articles"),
    ],
)
def test_what_is_about_many_things_leads_up(old: str, new: str, words: str) -> None:
    assert words in leads_up(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.com/a/index.html", "https://example.com/a/"),
        ("https://example.com/index.html", "https://example.com/"),
        ("https://example.com/a", "https://example.com/a/"),
        ("https://example.com/a", "https://example.com/b/c"),
        ("https://example.com/a/b", "https://example.com/a/c"),
        ("https://example.com/tag/russia", "https://example.com/tag/moscow"),
        ("https://example.com/search?q=a", "https://www.example.com/search?q=a"),
        ("https://example.com/?p=123", "https://example.com/2015/story"),
        ("https://example.com/", "https://www.example.com/"),
        ("https://example.com/login", "https://www.example.com/login"),
    ],
)
def test_what_is_beside_it_or_was_cited_as_such_does_not_lead_up(old: str, new: str) -> None:
    assert leads_up(old, new) == ""


def suggested(url: str = URL, to: str = NEW, *quotes: str, **more: object) -> Suggestion:
    return judged(led((url, 301), to=to, **more.pop("facts", {})), *quotes, **more).suggestions[0]  # type: ignore[arg-type]


def test_a_page_above_is_not_verified_by_its_title_nor_by_a_quote_that_stands_there_now() -> None:
    above = "https://www.example.com/news/2024/"
    titled = suggested(URL, above, title="A story")
    assert not titled.verified
    assert titled.evidence == "www.example.com redirects there for good (301), but that is a page above it"
    quoted = suggested(URL, above, "It says what was cited")
    assert not quoted.verified
    assert quoted.evidence.endswith("but that is a page above it, though the quote is on it now")


def test_the_name_of_the_site_in_the_place_of_a_title_verifies_nothing() -> None:
    for cited, titles in (
        ("BBC News", ("Votes in Texas - BBC News",)),
        ("The Example", ("The Example: votes",)),
        ("The Daily Bugle", ("Votes in Texas | The Daily Bugle",)),
        ("The Daily Bugle", ("Votes in Texas | The Daily Bugle", "The Daily Bugle")),
    ):
        page = replace(STORY, title=titles[0], titles=titles)
        assert not suggested(title=cited, facts={"page": page}).verified
    page = replace(STORY, title="Votes in Texas | The Daily Bugle", titles=("Votes in Texas | The Daily Bugle",))
    assert suggested(title="Votes in Texas", facts={"page": page}).verified


def test_a_title_with_the_words_of_the_cited_address_verifies_a_redirect() -> None:
    url = f"{SITE}2015/03/how-we-count-votes"
    page = replace(STORY, title="How we count votes", titles=("How we count votes",))
    assert "the words of the cited address" in suggested(url, facts={"page": page}).evidence
    assert suggested(url, facts={"page": page}).verified
    assert not suggested(url).verified


def test_the_text_of_a_capture_from_before_the_redirect_verifies_it_and_that_of_one_after_does_not() -> None:
    before = captured(400)
    after = replace(before, final_url=NEW)
    for snapshot, verified in ((before, True), (after, False)):
        near = Comparison(snapshot.uri_m, snapshot.captured_at, 0.95, 500, 520)
        by_text = judge(citation(), led((URL, 301), to=NEW, comparison=near), (), (snapshot,))
        assert by_text.suggestions[0].verified is verified
        by_bytes = judge(citation(), led((URL, 301), to=NEW, digest=snapshot.digest), (), (snapshot,))
        assert by_bytes.suggestions[0].verified is verified
    far = Comparison(before.uri_m, before.captured_at, 0.95, 20, 20)
    assert not judge(citation(), led((URL, 301), to=NEW, comparison=far), (), (before,)).suggestions[0].verified


def test_a_quote_that_is_altered_is_no_evidence_and_the_address_alone_needs_none() -> None:
    assert suggested(URL, URL + "/").evidence == (
        "www.example.com redirects there for good (301): it is the same address, spelt anew"
    )
    assert suggested(URL, URL + "/").verified


def test_the_place_that_the_server_names_is_the_place_and_else_the_cited_one() -> None:
    observation = led((URL, 301), to=NEW)
    named = replace(observation, hops=(replace(observation.hops[0], fragment="part-9"),))
    cited = citation(URL + "#part-2")
    assert judge(cited, observation).suggestions[0].url == NEW + "#part-2"
    assert judge(cited, named).suggestions[0].url == NEW + "#part-9"
    assert judge(citation(URL), named).suggestions[0].url == NEW + "#part-9"


def test_a_cited_place_is_not_missed_where_the_server_names_another() -> None:
    page = Page(title="A", text="A text.\n" * 40, ids=("part-1", "part-3", "part-4", "part-9"), titles=("A",))
    observation = led((URL, 301), to=NEW, page=page, media_type="text/html")
    cited = citation(URL + "#part-2")
    assert judge(cited, observation).reason == "fragment-missing"
    named = replace(observation, hops=(replace(observation.hops[0], fragment="part-9"),))
    assert judge(cited, named).reason == "redirect-permanent"
