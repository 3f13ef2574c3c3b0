"""The stand-in archive speaks the Wayback Machine's index and memento addresses."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import urlencode

import pytest
from waybackpy import WaybackMachineCDXServerAPI
from waybackpy.cdx_snapshot import CDXSnapshot
from waybackpy.cdx_utils import full_url

from linkcheck.demo.captures import CAPTURES

from .conftest import Browser, Got
from .test_sites import AP, ARTICLE, MANGLED, SPEECH, SULLIVAN, TRUST, frozen

ARCHIVE = "https://web.archive.org"
FIELDS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def query(ask: Browser, *repeated: tuple[str, str], **named: str) -> Got:
    names = [(name.rstrip("_"), value) for name, value in named.items()]
    return ask(f"{ARCHIVE}/cdx/search/cdx?{urlencode([*names, *repeated])}")


def rows(ask: Browser, *repeated: tuple[str, str], **named: str) -> list[dict[str, str]]:
    """The answer as JSON, by field name."""
    got = query(ask, *repeated, **named, output="json")
    assert got.status == 200, got.body
    table = json.loads(got.body)
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def stamps(ask: Browser, *repeated: tuple[str, str], **named: str) -> list[str]:
    return [row["timestamp"] for row in rows(ask, *repeated, **named)]


# ---------------------------------------------------------------- the index


def test_a_line_has_seven_fields_and_a_key_in_surt(ask: Browser) -> None:
    line = query(ask, url=SULLIVAN).body.decode().splitlines()[0].split(" ")
    assert len(line) == len(FIELDS)
    assert line[0].startswith("gov,whitehouse)/briefing-room/speeches-remarks/2023/06/02/remarks-by-national")
    assert line[1:5] == ["20230602183015", SULLIVAN, "text/html", "200"]


def test_json_has_the_names_first_and_is_an_empty_list_where_there_is_nothing(ask: Browser) -> None:
    assert json.loads(query(ask, url=SULLIVAN, output="json").body)[0] == FIELDS
    assert json.loads(query(ask, url=MANGLED, output="json").body) == []
    assert query(ask, url=MANGLED).body == b""


def test_the_speeches_were_captured_while_online_and_are_404_after_20_january_2025(ask: Browser) -> None:
    for url in (SULLIVAN, SPEECH):
        seen = rows(ask, url=url)
        assert sum(row["statuscode"] == "200" for row in seen) >= 3
        assert {row["statuscode"] for row in seen if row["timestamp"] > "202501201700"} <= {"404", "301"}
        assert "404" in {row["statuscode"] for row in seen if row["timestamp"] > "202501201700"}


def test_the_digest_is_the_base32_sha1_of_what_the_memento_holds(ask: Browser) -> None:
    for row in [*rows(ask, url=AP), *rows(ask, ("filter", "!statuscode:301"), url=SULLIVAN)]:
        body = ask(f"{ARCHIVE}/web/{row['timestamp']}id_/{row['original']}").body
        assert row["digest"] == base64.b32encode(hashlib.sha1(body).digest()).decode()


def test_a_revisit_has_no_status_and_the_digest_of_an_earlier_capture(ask: Browser) -> None:
    revisits = rows(ask, ("filter", "statuscode:-"), url=SULLIVAN)
    assert [row["mimetype"] for row in revisits] == ["warc/revisit"]
    assert revisits[0]["digest"] in {row["digest"] for row in rows(ask, url=SULLIVAN, to="2024")}
    again = ask(f"{ARCHIVE}/web/{revisits[0]['timestamp']}id_/{SULLIVAN}")
    assert again.status == 200
    assert b"without preconditions" in again.body


def test_matching_ignores_scheme_case_and_www(ask: Browser) -> None:
    told = stamps(ask, url=SULLIVAN)
    for spelling in (SULLIVAN.replace("https://www.", "http://"), SULLIVAN[8:].upper(), SULLIVAN.rstrip("/")):
        assert stamps(ask, url=spelling) == told


def test_the_mangled_address_was_never_captured_and_its_neighbour_is_found_on_the_host(ask: Browser) -> None:
    assert rows(ask, url=MANGLED) == []
    slug = ("filter", "original:.*russia-bans-92-us-citizens.*")
    for where in (
        {"url": "www.themoscowtimes.com", "matchType": "host"},
        {"url": "https://www.themoscowtimes.com/", "matchType": "prefix"},
        {"url": "themoscowtimes.com/2024/*"},
    ):
        assert {row["original"] for row in rows(ask, slug, **where)} == {ARTICLE}
    under_the_false_date = rows(ask, url="www.themoscowtimes.com/2025/07/20/", matchType="prefix")
    assert under_the_false_date
    assert not [row for row in under_the_false_date if "russia-bans" in row["original"]]


def test_a_prefix_ends_where_its_slash_says(ask: Browser) -> None:
    assert rows(ask, url="themoscowtimes.com/2024/08/2", matchType="prefix")
    assert not rows(ask, url="themoscowtimes.com/2024/08/2/", matchType="prefix")
    # Keys have lost their last slash, so a folder is not under itself; pywb answers the same.
    assert not rows(ask, url=SULLIVAN, matchType="prefix")


def test_a_domain_holds_its_hosts_and_a_host_only_itself(ask: Browser) -> None:
    assert rows(ask, url="archives.gov", matchType="host") == []
    found = rows(ask, url="archives.gov", matchType="domain")
    assert {row["original"] for row in found} == {frozen(SULLIVAN), frozen(SPEECH)}
    assert rows(ask, url="*.archives.gov") == found
    # gov,white begins gov,whitehouse) as text, but is another domain.
    assert rows(ask, url="white.gov", matchType="domain") == []
    assert rows(ask, url="white.gov", matchType="host") == []


def test_from_and_to_are_inclusive_and_may_be_short(ask: Browser) -> None:
    assert stamps(ask, url=AP, from_="2024", to="2024") == stamps(ask, url=AP)
    assert stamps(ask, url=AP, from_="20240118211503", to="20240118211503") == ["20240118211503"]
    assert stamps(ask, url=AP, from_="202402") == ["20240826135822"]
    assert stamps(ask, url=AP, to="2023") == []


def test_filters_match_the_whole_field_and_all_must_hold(ask: Browser) -> None:
    assert stamps(ask, ("filter", "statuscode:20"), url=SULLIVAN) == []
    assert len(stamps(ask, ("filter", "statuscode:200"), url=SULLIVAN)) == 3
    rest = rows(ask, ("filter", "!statuscode:200"), ("filter", "!mimetype:warc/revisit"), url=SULLIVAN)
    assert {row["statuscode"] for row in rest} == {"301", "404"}


def test_limits_take_the_first_or_the_last(ask: Browser) -> None:
    everything = stamps(ask, url=SULLIVAN)
    assert stamps(ask, url=SULLIVAN, limit="2") == everything[:2]
    assert stamps(ask, url=SULLIVAN, limit="-2") == everything[-2:]
    assert stamps(ask, url=SULLIVAN, limit="2", offset="1") == everything[1:3]


def test_rows_come_by_date_or_by_nearness(ask: Browser) -> None:
    everything = stamps(ask, url=SULLIVAN)
    assert everything == sorted(everything)
    assert stamps(ask, url=SULLIVAN, sort="reverse") == everything[::-1]
    near = stamps(ask, url=SULLIVAN, sort="closest", closest="20240901")
    assert near[0] == "20240822113407"
    assert near[-1] == "20230602183015"


def test_collapse_joins_neighbours_that_agree(ask: Browser) -> None:
    years = stamps(ask, ("collapse", "timestamp:4"), url=SULLIVAN)
    assert [stamp[:4] for stamp in years] == ["2023", "2024", "2025"]
    # The redirect stands between captures of the page, so the page's digest comes up twice: only neighbours join.
    digests = [row["digest"] for row in rows(ask, ("collapse", "digest"), url=SULLIVAN)]
    assert len(digests) == 4
    assert len(set(digests)) == 3


def test_fields_can_be_picked(ask: Browser) -> None:
    assert query(ask, url=AP, fl="timestamp,statuscode", limit="1").body == b"20240118211503 200\n"
    assert json.loads(query(ask, url=AP, fl="timestamp", limit="1", output="json").body) == [
        ["timestamp"],
        ["20240118211503"],
    ]


def test_a_resume_key_leads_through_all_rows(ask: Browser) -> None:
    seen: list[str] = []
    resume: dict[str, str] = {}
    while True:
        table = json.loads(query(ask, url=SULLIVAN, output="json", limit="2", showResumeKey="true", **resume).body)
        if table[-2:-1] != [[]]:
            seen += [row[1] for row in table[1:]]
            break
        seen += [row[1] for row in table[1:-2]]
        resume = {"resumeKey": table[-1][0]}
    assert seen == stamps(ask, url=SULLIVAN)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"url": "http://[half"},
        {"matchType": "near"},
        {"from_": "yesterday"},
        {"to": "123456789012345"},
        {"filter": "statuscode"},
        {"filter": "colour:red"},
        {"filter": "original:("},
        {"sort": "closest"},
        {"sort": "random"},
        {"collapse": "colour"},
        {"collapse": "timestamp:x"},
        {"limit": "many"},
        {"fl": "colour"},
    ],
)
def test_a_malformed_query_is_refused_in_words(ask: Browser, wrong: dict[str, str]) -> None:
    got = query(ask, **({"url": AP} | wrong if wrong else {"url": ""}))
    assert got.status == 400
    assert got.body.strip()


def test_the_queries_that_waybackpy_sends_are_understood(ask: Browser) -> None:
    api = WaybackMachineCDXServerAPI(
        SULLIVAN.rstrip("/"),
        start_timestamp="2023",
        end_timestamp="2024",
        filters=["statuscode:200", "!mimetype:image.*"],
        match_type="prefix",
        collapses=["timestamp:6"],
    )
    payload: dict[str, str] = {"limit": "2", "showResumeKey": "true"}
    api.add_payload(payload)
    assert payload["gzip"] == "false"
    lines = ask(full_url(api.endpoint, payload)).body.decode().strip().splitlines()
    assert len(lines) == 4
    assert lines[2] == ""
    snapshot = CDXSnapshot(dict(zip(FIELDS, lines[1].split(" "), strict=True)))
    assert snapshot.timestamp == "20230915070142"
    rest = ask(full_url(api.endpoint, payload | {"resumeKey": lines[3]})).body.decode().splitlines()
    assert [line.split(" ")[1] for line in rest] == ["20240822113407"]


def test_waybackpys_nearest_capture_and_page_count_are_understood(ask: Browser) -> None:
    api = WaybackMachineCDXServerAPI(SULLIVAN, sort="closest", closest="202409010000", limit="1")
    payload: dict[str, str] = {"limit": "1", "showResumeKey": "true"}
    api.add_payload(payload)
    lines = ask(full_url(api.endpoint, payload)).body.decode().splitlines()
    assert [line.split(" ")[1] for line in lines] == ["20240822113407"]
    assert int(query(ask, url=SULLIVAN, showNumPages="true").body) == 1
    assert query(ask, url=SULLIVAN, page="0").body == query(ask, url=SULLIVAN).body
    assert query(ask, url=SULLIVAN, page="1").body == b""


# ---------------------------------------------------------------- mementos


def test_a_memento_has_its_own_date_its_relations_and_the_original_headers(ask: Browser) -> None:
    got = ask(f"{ARCHIVE}/web/20230915070142id_/{SULLIVAN}")
    assert got.status == 200
    assert got.headers["Memento-Datetime"] == "Fri, 15 Sep 2023 07:01:42 GMT"
    link = got.headers["Link"]
    assert f'<{SULLIVAN}>; rel="original"' in link
    assert f'<{ARCHIVE}/web/timemap/link/{SULLIVAN}>; rel="timemap"; type="application/link-format"' in link
    assert f'<{ARCHIVE}/web/20230602183015/{SULLIVAN}>; rel="first prev memento"; datetime="Fri, 02 Jun' in link
    assert f'<{ARCHIVE}/web/20230915070142/{SULLIVAN}>; rel="memento"; datetime="Fri, 15 Sep' in link
    assert f'<{ARCHIVE}/web/20240822113407/{SULLIVAN}>; rel="next memento"' in link
    assert f'<{ARCHIVE}/web/20250121063318/{SULLIVAN}>; rel="last memento"' in link
    assert got.headers["X-Archive-Orig-Content-Length"] == str(len(got.body))
    assert got.headers["X-Archive-Orig-Content-Type"] == "text/html; charset=utf-8"


def test_raw_bytes_are_untouched_and_the_page_for_readers_is_rewritten(ask: Browser) -> None:
    raw = ask(f"{ARCHIVE}/web/20240807093001id_/{TRUST}").body
    assert raw == ask(TRUST).body
    page = ask(f"{ARCHIVE}/web/20240807093001/{TRUST}").body
    assert b"Stand-in archive: captured Wed, 07 Aug 2024 09:30:01 GMT" in page
    assert b'href="/web/20240807093001/https://en.wikipedia.org/wiki/Arms_control"' in page
    framed = ask(f"{ARCHIVE}/web/20240807093001if_/{TRUST}").body
    assert b"Stand-in archive" not in framed
    assert b'href="/web/20240807093001if_/https://en.wikipedia.org/wiki/Arms_control"' in framed


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("20240901id_", "20240822113407id_"),
        ("2023", "20230602183015"),
        ("20230915070143", "20230915070142"),
        ("20990101000000if_", "20250121063318if_"),
    ],
)
def test_an_inexact_date_leads_to_the_nearest_capture(ask: Browser, asked: str, led_to: str) -> None:
    got = ask(f"{ARCHIVE}/web/{asked}/{SULLIVAN}")
    assert (got.status, got.headers["Location"]) == (302, f"{ARCHIVE}/web/{led_to}/{SULLIVAN}")
    assert ask(got.headers["Location"]).headers["Memento-Datetime"]


def test_no_date_leads_to_the_newest_capture(ask: Browser) -> None:
    for url in (TRUST, TRUST.removeprefix("https://")):
        got = ask(f"{ARCHIVE}/web/{url}")
        assert (got.status, got.headers["Location"]) == (302, f"{ARCHIVE}/web/20250611184523/{TRUST}")


def test_a_capture_of_a_dead_page_replays_as_dead_with_its_date(ask: Browser) -> None:
    got = ask(f"{ARCHIVE}/web/20250121063318id_/{SULLIVAN}")
    assert (got.status, got.headers["Memento-Datetime"]) == (404, "Tue, 21 Jan 2025 06:33:18 GMT")


def test_a_redirect_to_itself_leads_to_a_page_and_not_in_a_circle(ask: Browser) -> None:
    assert [row["statuscode"] for row in rows(ask, url=SPEECH, from_="20250210")] == ["301"]
    got = ask(f"{ARCHIVE}/web/20250210170659/{SPEECH.replace('https', 'http')}")
    assert (got.status, got.headers["Location"]) == (302, f"{ARCHIVE}/web/20250122081144/{SPEECH}")


def test_what_was_never_captured_is_404_without_a_date(ask: Browser) -> None:
    for address in (f"20240901000000id_/{MANGLED}", MANGLED, "2024/http://[half", f"timemap/link/{MANGLED}"):
        got = ask(f"{ARCHIVE}/web/{address}")
        assert (got.status, got.headers["Memento-Datetime"]) == (404, None)
        assert b"has not archived that URL" in got.body


def test_a_date_that_is_none_is_refused(ask: Browser) -> None:
    assert ask(f"{ARCHIVE}/web/20231399/{SULLIVAN}").status == 400


def test_a_timemap_lists_what_can_be_replayed(ask: Browser) -> None:
    got = ask(f"{ARCHIVE}/web/timemap/link/{SULLIVAN}")
    assert got.headers["Content-Type"] == "application/link-format"
    lines = got.body.decode().split(",\n")
    assert lines[0] == f'<{SULLIVAN}>; rel="original"'
    assert 'rel="self"; type="application/link-format"; from="Fri, 02 Jun 2023 18:30:15 GMT"' in lines[1]
    mementos = [line for line in lines if 'memento"' in line]
    assert len(mementos) == len(stamps(ask, url=SULLIVAN)) - 1
    assert 'rel="first memento"' in mementos[0]
    assert 'rel="last memento"' in mementos[-1]


def test_every_capture_can_be_asked_for_by_its_own_address(ask: Browser) -> None:
    for capture in CAPTURES:
        got = ask(f"{ARCHIVE}/web/{capture.timestamp}id_/{capture.original}")
        assert got.status == (302 if capture.leads_to_itself else capture.status), capture.original
        assert capture.leads_to_itself or got.body == capture.body


def test_saving_is_refused_as_it_is_to_strangers(ask: Browser) -> None:
    assert ask(f"{ARCHIVE}/save/{AP}").status == 429
    assert ask(f"{ARCHIVE}/save", method="POST").status == 401


def test_the_archive_has_no_other_pages(ask: Browser) -> None:
    assert ask(f"{ARCHIVE}/").status == 200
    for path in ("/nothing", "/web/", "/web/2024*/x", "/cdx"):
        assert ask(ARCHIVE + path).status == 404
