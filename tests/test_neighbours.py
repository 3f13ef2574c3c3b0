"""Near-by addresses: which may be the one that was meant."""

from __future__ import annotations

import pytest

from linkcheck.neighbours import likeness, ranked, slug_words, stable_id, unglued

MT = "https://www.themoscowtimes.com"
AP = "https://apnews.com/article"
HASH = "0065bdbf7aafb340df64a34800698cd4"
TRUE = f"{MT}/2024/08/28/russia-bans-92-us-citizens-over-russophobic-policies-a86187"


@pytest.mark.parametrize(
    ("cited", "meant"),
    [
        (f"{MT}/2025/07/20/russia-bans-92-us-citizens-over-russophobic-policies", TRUE),
        (f"{MT}/2024/08/28/some-other-words-entirely-a86187", TRUE),
        (TRUE.removesuffix("-a86187"), TRUE),
        (TRUE, TRUE.removesuffix("-a86187")),
        (TRUE.replace("citizens", "citzens").removesuffix("-a86187"), TRUE),
        (TRUE[:-24], TRUE),
        (f"{TRUE}).", TRUE),
        (f"{TRUE}%22", TRUE),
        (f"{AP}/lavrov-nuclear-{HASH}", f"{AP}/russia-united-states-lavrov-nuclear-ukraine-{HASH}"),
        (
            f"{AP}/russia-united-states-lavrov-nuclear-ukraine-{HASH[::-1]}",
            f"{AP}/russia-united-states-lavrov-nuclear-ukraine-{HASH}",
        ),
        (f"{AP}/{HASH}", f"{AP}/russia-united-states-lavrov-nuclear-ukraine-{HASH}"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=4", "https://youtu.be/dQw4w9WgXcQ"),
        ("https://x.com/somebody/status/1234567890123456", "https://x.com/renamed/status/1234567890123456"),
        ("https://a.example/doi/full/10.1000/xyz123", "https://a.example/doi/10.1000/xyz123"),
        ("https://a.example/news/13579246", "https://a.example/world/europe-13579246"),
    ],
)
def test_what_was_meant_is_recognised(cited: str, meant: str) -> None:
    (near,) = ranked(cited, [meant])
    assert near.url == meant
    assert near.why


@pytest.mark.parametrize(
    ("cited", "other"),
    [
        (
            f"{MT}/2025/07/20/russia-bans-92-us-citizens-over-russophobic-policies",
            f"{MT}/2025/07/20/another-story-a89900",
        ),
        ("https://a.example/russia-bans-92-us-citizens", "https://a.example/russia-bans-94-us-citizens"),
        ("https://a.example/2024/01/05/morning-briefing-a11", "https://a.example/2024/01/05/evening-weather-a22"),
        (f"{AP}/daily-news-briefing-{HASH}", f"{AP}/daily-news-briefing-{HASH[::-1]}"),
        ("https://a.example/x/index.html", "https://a.example/y/index.html"),
        ("https://a.example/about", "https://a.example/de/about"),
        ("https://a.example/", "https://a.example/news"),
    ],
)
def test_another_page_is_not_taken_for_it(cited: str, other: str) -> None:
    assert ranked(cited, [other]) == ()


def test_the_best_comes_first_says_why_and_the_cited_address_is_never_among_them() -> None:
    cited = f"{MT}/2025/07/20/russia-bans-92-us-citizens-over-russophobic-policies"
    follow_up = f"{MT}/2024/09/01/russia-bans-92-us-citizens-what-we-know-a86200"
    found = ranked(cited, [follow_up, TRUE, cited, cited.replace("https://www.", "http://"), TRUE.upper()])
    assert found[0].url == TRUE
    assert found[0].why == ("the same words", "another date (2024-08-28)")
    assert len(found) == len({near.url.lower() for near in found}) <= 2
    assert found[0].score == likeness(cited, TRUE).score


def test_ids_are_told_from_words_and_dates() -> None:
    assert slug_words(TRUE)[:3] == ["russia", "bans", "92"]
    assert slug_words(TRUE)[-1] == "policies"
    assert slug_words(f"{AP}/a-b-{HASH}") == ["a", "b"]
    assert stable_id("https://a.example/2024/08/28/plain-words") is None
    found = stable_id(f"{AP}/a-b-{HASH}")
    assert found is not None
    assert found[1] == HASH


@pytest.mark.parametrize(
    ("glued", "bare"),
    [
        ("https://a.example/x).", "https://a.example/x"),
        ("https://a.example/x%E2%80%9D", "https://a.example/x"),
        ("https://a.example/Mercury_(planet)", "https://a.example/Mercury_(planet)"),
        ("https://a.example/Mercury_(planet).", "https://a.example/Mercury_(planet)"),
        ("https://a.example/?q=what?", "https://a.example/?q=what?"),
    ],
)
def test_punctuation_glued_on_is_taken_off_and_brackets_that_belong_stay(glued: str, bare: str) -> None:
    assert unglued(glued) == bare
