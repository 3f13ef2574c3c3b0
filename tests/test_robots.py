"""robots.txt is read as RFC 9309 says, whatever is in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench import robots as bench
from linkcheck.robots import LONGEST, Robots, robots_url

SITE = "https://cited.example"


def read(text: str) -> Robots:
    return Robots.parse(text.encode(), 200)


def allowed(text: str, path: str) -> bool:
    return read(text).allows(SITE + path)


# ---------------------------------------------------------------- which group


def test_the_group_that_names_us_is_obeyed_and_no_other() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: LinkCheck/1.0\nDisallow: /private/\n"
    assert allowed(text, "/open")
    assert not allowed(text, "/private/x")


def test_without_a_group_of_ours_that_of_everyone_is_obeyed() -> None:
    text = "User-agent: other\nDisallow: /\nUser-agent: *\nDisallow: /private/\n"
    assert allowed(text, "/open")
    assert not allowed(text, "/private/x")


def test_a_group_of_ours_without_rules_allows_everything() -> None:
    assert allowed("User-agent: *\nDisallow: /\nUser-agent: linkcheck\nDisallow:\n", "/x")


@pytest.mark.parametrize("name", ["link", "linkchecker", "l", "mylinkcheck", "linkcheck-x", "linkcheckö", "*linkcheck"])
def test_names_that_are_only_like_ours_are_not_ours(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /\n", "/x")


@pytest.mark.parametrize("name", ["ia_archiver", "archive.org_bot", "Googlebot", ""])
def test_what_a_site_says_to_other_archives_is_not_said_to_us(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /\n", "/x")


def test_groups_of_one_name_count_together() -> None:
    text = "User-agent: linkcheck\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: linkcheck\nDisallow: /b\n"
    assert [allowed(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_several_names_share_the_rules_that_follow() -> None:
    assert not allowed("User-agent: a\nUser-agent: linkcheck\n\nUser-agent: b\nDisallow: /x\n", "/x")


def test_lines_that_are_no_rules_do_not_part_names_from_their_rules() -> None:
    assert not allowed("User-agent: *\nCrawl-delay: 5\nSitemap: /s\nNonsense\nUser-agent: x\nDisallow: /\n", "/a")


def test_rules_before_any_name_are_nobodys() -> None:
    assert allowed("Disallow: /\nUser-agent: *\nDisallow: /x\n", "/a")


# ---------------------------------------------------------------- how lines are written


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffUser-agent: *\nDisallow: /x",
        "USER-AGENT:*\rdisallow:/x",
        "user agent: *\r\n  Disallow :  /x   # why\r\n",
        "useragent: * and a remark\nDissallow: /x\n",
        "User-agent *\nDisallow\t/x\n",
        "\n\n# hello\nUser-agent: *\n\n\nDisallow: /x\n",
    ],
)
def test_small_liberties_of_writing_are_understood(text: str) -> None:
    assert not allowed(text, "/x")
    assert allowed(text, "/y")


def test_bytes_that_are_no_utf_8_spoil_only_themselves() -> None:
    rules = Robots.parse(b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /x\n", 200)
    assert not rules.allows(f"{SITE}/x")
    assert rules.allows(f"{SITE}/y")


def test_only_the_first_500_kib_are_read_and_no_half_line() -> None:
    head = b"User-agent: *\nDisallow: /early\n"
    tail = b"Disallow: /late\n"
    room = LONGEST - len(head)
    fits = head + b"#" * (room - len(tail) - 1) + b"\n" + tail
    assert not Robots.parse(fits + b"# more", 200).allows(f"{SITE}/late")
    cut = Robots.parse(head + b"#" * (room - 12) + b"\n" + tail, 200)
    assert cut.allows(f"{SITE}/late")
    assert cut.allows(f"{SITE}/"), "the cut line reads 'Disallow: /'"
    assert not cut.allows(f"{SITE}/early")


# ---------------------------------------------------------------- which rule


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        ("/fish", ["/fish", "/fish.html", "/fishheads/a?b=1"], ["/Fish", "/catfish", "/?id=fish"]),
        ("/fish*", ["/fish", "/fish.html"], ["/catfish"]),
        ("/fish/", ["/fish/", "/fish/?id=1"], ["/fish", "/fish.html"]),
        ("/*.php", ["/a.php", "/a/b.php?x", "/index.php/"], ["/", "/windows.PHP"]),
        ("/*.php$", ["/a.php", "/a.php/b.php"], ["/a.php?x", "/a.php/"]),
        ("/a*b*a$", ["/aba", "/abba", "/axbxa"], ["/aa", "/ab", "/ba", "/abab"]),
        ("/aba*ba$", ["/ababa"], ["/aba"]),
        ("/a$", ["/a", "/a#part"], ["/ab", "/a$", "/a?"]),
        ("/a$b", ["/a$b", "/a%24bc"], ["/a"]),
        ("*x", ["/x", "/a/x/b"], ["/y"]),
        ("*", ["/"], []),
        ("/?q=", ["/?q=1"], ["/q=1", "/"]),
        ("/with-%2A", ["/with-*", "/with-%2a"], ["/with-anything"]),
        ("/café", ["/caf%C3%A9", "/caf%c3%a9s", "/café"], ["/cafe"]),
        ("/%7Ejoe", ["/~joe", "/%7ejoe"], ["/joe"]),
        ("/a%2Fb", ["/a%2fb"], ["/a/b"]),
        ("/a<b", ["/a%3Cb"], ["/ab"]),
        ("/100%", ["/100%", "/100%25"], ["/100"]),
        ("private", [], ["/private"]),
    ],
)
def test_patterns_match_from_the_start_of_the_path(pattern: str, hits: list[str], misses: list[str]) -> None:
    text = f"User-agent: *\nDisallow: {pattern}\n"
    assert [path for path in hits if allowed(text, path)] == []
    assert [path for path in misses if not allowed(text, path)] == []


def test_the_longest_rule_decides_and_a_tie_is_in_favour() -> None:
    text = "User-agent: *\nAllow: /a\nDisallow: /a/b\nDisallow: /c\nAllow: /c\nAllow: /a/b/c\n"
    assert [allowed(text, path) for path in ("/a/x", "/a/b/x", "/a/b/c", "/c")] == [True, False, True, True]


def test_an_allowed_index_page_allows_its_directory() -> None:
    text = "User-agent: *\nDisallow: /\nAllow: /index.html\n"
    assert [allowed(text, path) for path in ("/", "/index.html", "/x")] == [True, True, False]


def test_robots_txt_itself_is_always_allowed() -> None:
    assert allowed("User-agent: *\nDisallow: /\n", "/robots.txt")


def test_a_refusal_quotes_the_rule_and_its_line() -> None:
    refusal = read("User-agent: *\n\nDisallow: /private/\n").refusal(f"{SITE}/private/x")
    assert refusal == "its robots.txt says “Disallow: /private/” (line 3)"
    assert read("User-agent: *\nDisallow: /private/\n").refusal(f"{SITE}/open") == ""


def test_a_refusal_is_short_and_printable_whatever_the_rule_holds() -> None:
    refusal = read("User-agent: *\nDisallow: /\x1b[31m\u202e\x00" + "x" * 5_000 + "*\nDisallow: /*\n").refusal(
        f"{SITE}/\x1b[31m\u202e\x00{'x' * 5_000}"
    )
    assert refusal.isprintable()
    assert refusal.startswith("its robots.txt says “Disallow: /%1B")
    assert len(refusal) < 150


# ---------------------------------------------------------------- what was answered


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 451])
def test_a_file_that_is_not_there_forbids_nothing(status: int) -> None:
    assert Robots.parse(b"User-agent: *\nDisallow: /\n", status).allows(f"{SITE}/x")


@pytest.mark.parametrize("status", [429, 500, 503, 520, 599, None])
def test_a_file_that_cannot_be_had_closes_the_site_for_now_and_says_why(status: int | None) -> None:
    rules = Robots.parse(b"User-agent: *\nAllow: /\n", status)
    assert not rules.allows(f"{SITE}/x")
    assert (str(status) if status else "no answer") in rules.refusal(f"{SITE}/x")


def test_the_rules_of_a_url_are_at_the_root_of_its_origin() -> None:
    assert robots_url("https://user:secret@cited.example:8443/a/b?c#d") == "https://cited.example:8443/robots.txt"
    assert robots_url("http://[::1]/a") == "http://[::1]/robots.txt"
    assert robots_url("mailto:a@b.example") == ""


# ---------------------------------------------------------------- laws


@example(b"User-agent: *", f"{SITE}/\ud800", 200)
@given(st.binary(), st.text(st.characters()), st.none() | st.integers(0, 999))
def test_no_bytes_and_no_url_make_it_fail(body: bytes, url: str, status: int | None) -> None:
    assert isinstance(Robots.parse(body, status).refusal(url), str)
    assert isinstance(Robots.parse(b"User-agent: *\nDisallow: /" + body, status).allows(url), bool)


LINES = st.sampled_from(
    ["User-agent: *", "User-agent: linkcheck", "User-agent: x", "Disallow: /", "Allow: /a", "", "?"]
)


@given(st.lists(LINES), st.sampled_from(["\n", "\r", "\r\n", "\n\n"]), st.sampled_from(["/", "/a", "/b"]))
def test_line_ends_comments_and_spaces_change_nothing(lines: list[str], end: str, path: str) -> None:
    decorated = [f" {line}\t# remark" for line in lines]
    assert allowed(end.join(decorated), path) == allowed("\n".join(lines), path)


PATTERNS = st.text("ab*", max_size=8).map("/{}".format)


@given(PATTERNS, st.booleans(), st.text("ab", max_size=12).map("/{}".format))
def test_stars_and_the_anchor_mean_what_the_same_regular_expression_means(
    pattern: str, anchored: bool, path: str
) -> None:
    expression = ".*".join(re.escape(part) for part in pattern.split("*")) + (r"\Z" if anchored else "")
    forbidden = re.match(expression, path) is not None
    assert allowed(f"User-agent: *\nDisallow: {pattern}{'$' if anchored else ''}\n", path) is not forbidden


@given(st.lists(st.tuples(st.booleans(), PATTERNS), max_size=6), st.randoms(), st.text("ab", max_size=6))
def test_the_order_of_rules_means_nothing(rules: list[tuple[bool, str]], chance: object, path: str) -> None:
    lines = [f"{'Allow' if allow else 'Disallow'}: {pattern}" for allow, pattern in rules]
    shuffled = list(lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (allowed("\n".join(["User-agent: *", *each]), f"/{path}") for each in (lines, shuffled))
    assert one is other


@given(st.text("abz-._~09", min_size=1, max_size=8), st.data())
def test_escaping_what_needs_none_changes_nothing(name: str, data: st.DataObject) -> None:
    escaped = "".join(f"%{ord(c):02x}" if data.draw(st.booleans()) else c for c in name)
    assert not allowed(f"User-agent: *\nDisallow: /{escaped}$\n", f"/{name}")
    assert not allowed(f"User-agent: *\nDisallow: /{name}$\n", f"/{escaped}")


@pytest.mark.parametrize("name", sorted(bench.hostile()))
def test_files_made_to_hang_a_reader_are_answered(name: str) -> None:
    """With every rule copied into every agent, or stars that backtrack, this would take hours and gigabytes."""
    assert Robots.parse(bench.hostile()[name], 200).allows(f"{SITE}/{'a' * 2_000}c")


# ---------------------------------------------------------------- the cases of others

CASES = bench.CORPUS / "03_robots" / "cases.jsonl"


@pytest.mark.skipif(not CASES.is_file(), reason="the corpus of robots.txt cases does not lie beside the repository")
def test_the_cases_of_google_and_of_protego_come_out_right() -> None:
    """The rest is contested: see the list that ``python -m bench.robots --failures`` prints."""
    outcomes = list(bench.run(CASES, bench.ours))
    assert sum(each.right for each in outcomes) >= 0.96 * len(outcomes) > 0
