"""The stand-in hosts behave as the real ones were seen to behave."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from linkcheck.demo import SOURCES

from .conftest import Browser

ROOT = Path(__file__).parents[2]
CITED = [line for line in SOURCES.splitlines() if line.startswith("http")]
MANGLED, SULLIVAN, AP, SPEECH, TRUST = CITED
ARTICLE = "https://www.themoscowtimes.com/2024/08/28/russia-bans-92-us-citizens-over-russophobic-policies-a86187"
NOTE = "Stand-in page written for linkcheck's demo; not the real page"


def frozen(url: str) -> str:
    return url.replace("www.whitehouse.gov", "bidenwhitehouse.archives.gov")


def test_the_list_at_the_root_is_the_one_that_the_demo_checks() -> None:
    assert (ROOT / "sources.txt").read_text("utf-8") == SOURCES


def test_every_line_of_the_list_is_a_url_a_comment_or_an_indented_word_about_one() -> None:
    for line in SOURCES.splitlines():
        beginnings = ("#", "https://", "    > ", "    ? ", "    accessed: 2024-09-01", "    title: ")
        assert not line or line.startswith(beginnings)


@pytest.mark.parametrize("url", [SULLIVAN, SPEECH, "https://www.whitehouse.gov/briefing-room/anything"])
def test_the_white_house_has_lost_every_page_of_the_briefing_room(ask: Browser, url: str) -> None:
    got = ask(url)
    assert got.status == 404
    assert b"Page not found - The White House" in got.body


def test_the_white_house_still_has_a_front_page(ask: Browser) -> None:
    assert ask("https://www.whitehouse.gov/").status == 200


def test_the_frozen_copies_keep_the_path_and_the_quoted_words(ask: Browser) -> None:
    first, second = ask(frozen(SULLIVAN)), ask(frozen(SPEECH))
    assert (first.status, second.status) == (200, 200)
    assert "&ldquo;without preconditions&rdquo;" in first.body.decode()
    words = "don't need to agree on everything to keep moving forward on issues like arms control"
    assert words in " ".join(second.body.decode().split())


def test_the_frozen_copy_has_nothing_else(ask: Browser) -> None:
    assert ask("https://bidenwhitehouse.archives.gov/briefing-room/qwertzuiopasdfghjkl/").status == 404


def test_a_frozen_copy_without_its_last_slash_is_led_to_it(ask: Browser) -> None:
    got = ask(frozen(SULLIVAN).rstrip("/"))
    assert (got.status, got.headers["Location"]) == (301, frozen(SULLIVAN))


def test_the_mangled_address_is_dead_and_its_true_neighbour_alive(ask: Browser) -> None:
    assert ask(MANGLED).status == 404
    article = ask(ARTICLE)
    assert article.status == 200
    assert "Russia Bans 92 U.S. Citizens Over &lsquo;Russophobic&rsquo; Policies" in article.body.decode()


@pytest.mark.parametrize("url", [AP, "https://apnews.com/"])
def test_ap_answers_with_a_bot_wall(ask: Browser, url: str) -> None:
    got = ask(url)
    assert (got.status, got.headers["cf-mitigated"]) == (403, "challenge")
    assert b"<title>Just a moment...</title>" in got.body


def test_wikipedia_is_alive_gzipped_and_does_not_contain_the_words_turned_around(ask: Browser) -> None:
    got = ask(TRUST, Accept_Encoding="gzip, deflate")
    assert (got.status, got.headers["Content-Encoding"]) == (200, "gzip")
    page = gzip.decompress(got.body).decode()
    assert "<title>Trust, but verify - Wikipedia</title>" in page
    assert "distrust" not in page.lower()
    assert ask(TRUST).body == gzip.decompress(got.body)


def test_the_same_page_is_the_same_bytes_every_time(ask: Browser) -> None:
    digests = {hashlib.sha256(ask(TRUST, Accept_Encoding="gzip").body).hexdigest() for _ in range(2)}
    assert len(digests) == 1


@pytest.mark.parametrize("refusal", ["", "gzip;q=0", "br, gzip; q=0.0", "identity"])
def test_a_client_that_does_not_take_gzip_gets_none(ask: Browser, refusal: str) -> None:
    assert ask(TRUST, Accept_Encoding=refusal).headers["Content-Encoding"] is None


@pytest.mark.parametrize("agent", ["", "python-requests/2.32.3", "curl/8.9.1", "Python-urllib/3.11"])
def test_wikipedia_refuses_a_client_that_does_not_say_who_it_is(ask: Browser, agent: str) -> None:
    assert ask(TRUST, User_Agent=agent).status == 403


@pytest.mark.parametrize("path", ["/wiki/Qwertzuiopasdfghjkl", "/wiki/Trust,_but_verify/more", "/nothing"])
def test_wikipedia_has_no_other_articles(ask: Browser, path: str) -> None:
    assert ask(f"https://en.wikipedia.org{path}").status == 404


def test_wikipedia_takes_an_escaped_comma_for_a_comma(ask: Browser) -> None:
    assert ask(TRUST.replace(",", "%2C")).status == 200


def test_wikipedia_answers_not_modified_to_a_current_copy(ask: Browser) -> None:
    first = ask(TRUST)
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for current in ({"If_None_Match": f'"x", {tag}'}, {"If_Modified_Since": changed}, {"If_None_Match": "*"}):
        again = ask(TRUST, **current)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    "old",
    [
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": "Fri, 01 Jan 2038 00:00:00 GMT"},
        {"If_Modified_Since": "Fri, 01 Jan 2021 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Fri, 01 Jan 2038 00:00:00 -0000"},
    ],
)
def test_wikipedia_sends_the_page_to_an_old_copy(ask: Browser, old: dict[str, str]) -> None:
    assert ask(TRUST, **old).status == 200


def test_control_hosts_answer_with_different_pages_over_both_schemes(ask: Browser) -> None:
    pages = {ask(f"https://{host}/").body for host in ("example.com", "www.iana.org")}
    assert len(pages) == 2
    assert ask("http://example.com/").status == 200


@pytest.mark.parametrize("host", ["www.whitehouse.gov", "en.wikipedia.org", "web.archive.org", "apnews.com"])
def test_plain_http_leads_to_https_with_the_whole_address(ask: Browser, host: str) -> None:
    got = ask(f"http://{host}/a/b?c=d")
    assert (got.status, got.headers["Location"]) == (301, f"https://{host}/a/b?c=d")


def test_second_names_lead_to_the_first(ask: Browser) -> None:
    got = ask("https://whitehouse.gov/briefing-room/")
    assert (got.status, got.headers["Location"]) == (301, "https://www.whitehouse.gov/briefing-room/")


def test_every_host_lets_robots_in(ask: Browser, world_hosts: list[str]) -> None:
    for host in world_hosts:
        got = ask(f"https://{host}/robots.txt")
        assert got.status == 301 or (got.status, got.body) == (200, b"User-agent: *\nAllow: /\n"), host


def test_every_page_says_that_it_is_a_stand_in() -> None:
    pages = sorted((ROOT / "linkcheck" / "demo" / "pages").glob("*.html"))
    assert len(pages) == 8
    for page in pages:
        assert NOTE in page.read_text("utf-8"), page.name


def test_only_reading_is_allowed(ask: Browser) -> None:
    got = ask(TRUST, method="POST")
    assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")
