"""``verify`` as CI runs it: mementos, exceptions, damage, drift and quotes; and what ``show`` tells over time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linkcheck import dossier
from linkcheck.archives import snapshots
from linkcheck.errors import SettingsError
from linkcheck.exceptions import Exemption, covering, parse, run_out
from linkcheck.model import Citation, Finding, Observation, Snapshot, State, Verdict
from linkcheck.page import LONGEST_TEXT
from linkcheck.settings import load
from tests.command import run as run_command
from tests.servers import Server, Wire, html, response, serving

MOMENT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
WORDS = " ".join(f"Sentence number {number} says what was said in the talks." for number in range(60))


@pytest.fixture
def web() -> Iterator[Server]:
    page = html("The talks", f"<p>The words that were cited stand here.<p>{WORDS}")
    with serving({"/page": page, "/other": page, "/gone": response(404, b"no")}) as server:
        yield server


def run(folder: Path, web: Server, *words: str, public: str = "") -> tuple[int, dict[str, Any]]:
    reached = ("--resolve", f"site.example:{web.port}:127.0.0.1", "--allow-private", "127.0.0.1")
    wanted = (*words, "--format", "json", "--wayback", public, *reached)
    done = run_command(folder, *wanted, env={"CI": "1", "XDG_CACHE_HOME": str(folder)})
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def source(web: Server, path: str = "/page") -> str:
    return f"http://site.example:{web.port}{path}"


def note_memento(folder: Path, uri_r: str, base: str, title: str = "The talks") -> str:
    uri_m = f"{base}/web/20250301120000/{uri_r}"
    (folder / "archive").mkdir(exist_ok=True)
    snapshots.add(folder / "archive", [Snapshot(uri_r, uri_m, MOMENT, "wayback", 200, "", title=title)])
    return uri_m


def memento(title: str) -> bytes:
    return html(title, "<p>As it was.", "Memento-Datetime: Sat, 01 Mar 2025 12:00:00 GMT")


# ---------------------------------------------------------------- mementos


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (memento("The talks"), 0, "plays back."),
        (memento("Something else"), 1, "plays back as another page"),
        (response(404, b"no"), 1, "does not play back: the Wayback Machine has no such capture"),
        (response(503, b"busy"), 0, "could not be asked for"),
        (response(429, b"slow down", "Retry-After: 3600"), 0, "could not be asked for"),
    ],
)
def test_a_memento_must_play_where_the_policy_says_so_and_a_silent_archive_accuses_nobody(
    answer: bytes, code: int, words: str, tmp_path: Path, web: Server
) -> None:
    with serving({"*": answer}) as archive:
        uri_m = note_memento(tmp_path, source(web), archive.url)
        ended, made = run(tmp_path, web, "verify", source(web), "--fail-on", "broken-memento", public=archive.url)
        assert archive.paths(), "it was asked"
    assert ended == code
    (cited,) = made["citations"]
    assert f"The memento {uri_m} {words}"[:-1] in cited["evidence"]
    assert bool(cited["shortfalls"]) == bool(code)


def test_mementos_are_replayed_only_where_the_policy_wants_it(tmp_path: Path, web: Server) -> None:
    with serving({"*": response(404, b"no")}) as archive:
        note_memento(tmp_path, source(web), archive.url)
        ended, _ = run(tmp_path, web, "verify", source(web), public=archive.url)
        assert (ended, archive.paths()) == (0, [])


def test_a_source_without_any_public_memento_can_fail_the_run(tmp_path: Path, web: Server) -> None:
    ended, made = run(tmp_path, web, "verify", source(web), "--fail-on", "missing-memento")
    assert ended == 1
    assert "`linkcheck archive --save`" in made["citations"][0]["shortfalls"][0]
    note_memento(tmp_path, source(web), "https://web.archive.org")
    assert run(tmp_path, web, "verify", source(web), "--fail-on", "missing-memento")[0] == 0


# ---------------------------------------------------------------- drift, quotes, damage, offline


def test_drift_and_quotes_are_held_against_the_capture(tmp_path: Path, web: Server) -> None:
    (tmp_path / "sources.txt").write_text(f"{source(web)}\n    > The words that were cited\n")
    assert run(tmp_path, web, "archive")[0] == 0
    web.script["/page"] = html("The talks", f"<p>The words that were cited stand here.<p>{WORDS}<p>And one more thing.")
    _, made = run(tmp_path, web, "verify")
    evidence = made["citations"][0]["evidence"]
    assert "100% of the text captured on" in evidence
    assert "has 1 of 1 quotes" in evidence
    other = " ".join(f"Recipe {number} takes flour, butter and an egg." for number in range(80))
    web.script["/page"] = html("The talks", f"<p>The words that were cited stand here.<p>{other}")
    ended, made = run(tmp_path, web, "verify", source(web))
    assert (ended, made["citations"][0]["state"], made["citations"][0]["reason"]) == (1, "drifted", "text-drift")


def test_a_long_page_that_nobody_quotes_drifts_as_well(tmp_path: Path, web: Server) -> None:
    web.script["/page"] = html("The talks", f"<p>{WORDS * 3}")
    assert run(tmp_path, web, "archive", source(web))[0] == 0
    other = " ".join(f"Recipe {number} takes flour, butter and an egg." for number in range(300))
    web.script["/page"] = html("The talks", f"<p>{other}")
    for command in "check", "verify":
        _, made = run(tmp_path, web, command, source(web))
        assert (made["citations"][0]["state"], made["citations"][0]["reason"]) == ("drifted", "text-drift"), command


def test_a_page_too_long_to_be_compared_is_not_fetched_again_while_it_is_its_capture(
    tmp_path: Path, web: Server
) -> None:
    body = f"<title>The talks</title><p>{WORDS * 400}".encode()

    def answer(wire: Wire) -> None:
        if b'If-None-Match: "v1"' in wire.head:
            wire.send(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
        else:
            wire.send(response(200, body, "Content-Type: text/html", 'ETag: "v1"'))

    assert len(body) > LONGEST_TEXT
    web.script["/page"] = answer
    assert run(tmp_path, web, "archive", source(web))[0] == 0
    web.heads.clear()
    ended, made = run(tmp_path, web, "check", source(web))
    assert (ended, made["citations"][0]["state"]) == (0, "alive")
    assert [b"If-None-Match" in head for head in web.heads if b"/page " in head] == [True]


def test_damage_is_named_at_its_source_and_can_be_excepted_for_a_while(tmp_path: Path, web: Server) -> None:
    run(tmp_path, web, "archive", source(web))
    (warc,) = (tmp_path / "archive/warcs").glob("*.warc.gz")
    content = bytearray(warc.read_bytes())
    snapshot = json.loads((tmp_path / "archive/snapshots.jsonl").read_text())
    content[snapshot["offset"] + 400] ^= 1
    warc.write_bytes(content)
    ended, made = run(tmp_path, web, "verify", source(web), "--fail-on", "none")
    assert ended == 1
    assert "its capture is damaged" in made["citations"][0]["shortfalls"][0]
    (tmp_path / "linkcheck.toml").write_text(
        f'[[exceptions]]\nurl = "{source(web)}"\nreasons = ["damaged"]\nuntil = 2999-01-01\nreason = "Disk is mended"\n'
    )
    ended, made = run(tmp_path, web, "verify", source(web), "--fail-on", "none")
    assert "excepted until 2999-01-01: Disk is mended" in made["citations"][0]["excepted"][0]
    assert made["citations"][0]["shortfalls"] == []


def test_offline_the_bytes_are_verified_and_what_was_left_undone_is_said(tmp_path: Path, web: Server) -> None:
    run(tmp_path, web, "archive", source(web))
    url = source(web)
    (tmp_path / "linkcheck.toml").write_text('controls = ["control.invalid"]\nretries = 0\n')
    done = run_command(tmp_path, "verify", url, "--format", "json", "--wayback", "", "--timeout", "5")
    made = json.loads(done.stdout)
    assert (done.returncode, made["citations"][0]["reason"]) == (3, "offline"), made["citations"][0]["evidence"]
    assert any(note.startswith("Only the stored bytes were verified.") for note in made["notes"])
    assert any("sound" in note for note in made["notes"])


# ---------------------------------------------------------------- exceptions


def test_an_exception_lets_one_reason_of_one_source_pass_until_its_day(tmp_path: Path, web: Server) -> None:
    (tmp_path / "sources.txt").write_text(f"{source(web, '/gone')}\n{source(web, '/gone2')}\n")
    (tmp_path / "setup.cfg").write_text(
        "[tool:linkcheck]\nspacing = 0\nexceptions =\n"
        f"    {source(web, '/gone')} http-404 2999-01-01 They promised, in writing, to bring it back\n"
    )
    ended, made = run(tmp_path, web, "verify")
    first, second = made["citations"]
    assert first["shortfalls"] == []
    assert first["excepted"] == [
        "dead sources fail the run (fail-on); excepted until 2999-01-01: They promised, in writing, to bring it back"
    ]
    assert (ended, bool(second["shortfalls"])) == (1, True)
    text = (tmp_path / "setup.cfg").read_text()
    (tmp_path / "setup.cfg").write_text(text.replace("2999-01-01", "2020-01-01"))
    _, made = run(tmp_path, web, "verify")
    assert made["citations"][0]["shortfalls"]
    assert made["notes"][0].startswith("AN EXCEPTION HAS RUN OUT on 2020-01-01")


def test_an_exception_counts_to_the_end_of_its_day_and_speaks_of_what_its_pattern_says() -> None:
    one = Exemption("https://example.org/a?b=[1]*", ("dead",), date(2027, 1, 1), "why")
    assert covering([one], "https://example.org/a?b=[1]&c", ["dead", "http-404"], date(2027, 1, 1)) is one
    assert covering([one], "https://example.org/a?b=[1]&c", ["dead"], date(2027, 1, 2)) is None
    assert covering([one], "https://example.org/a?b=[1]&c", ["drifted"], date(2026, 1, 2)) is None
    assert covering([one], "https://example.org/ayb=1", ["dead"], date(2026, 1, 2)) is None
    exact = Exemption("https://EXAMPLE.org/a", (), date(2027, 1, 1), "why")
    assert exact.speaks_of("https://example.org/a#part")
    assert not exact.speaks_of("https://example.org/ab")
    assert run_out([one, exact], date(2027, 1, 1)) == ()
    assert len(run_out([one, exact], date(2027, 1, 2))) == 2


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("https://Example.org/*", "https://example.org/a"),
        ("https://example.org:443/a/*", "https://example.org/a/b"),
        ("https://example.org*", "https://example.org/a"),
        ("https://münchen.example/ä*", "https://xn--mnchen-3ya.example/%C3%A4/b"),
        ("https://*.Example.org/a?b=[c]*", "https://www.example.org/a?b=[c]d"),
        ("*://example.org/*", "http://example.org/"),
    ],
)
def test_a_pattern_is_written_as_a_browser_shows_the_address(pattern: str, url: str) -> None:
    exemption = Exemption(pattern, (), date(2027, 1, 1), "x")
    assert exemption.speaks_of(url)
    assert not exemption.speaks_of(url.replace("example", "example2"))


def test_what_is_left_out_is_written_as_a_browser_shows_it_too(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text('exclude = ["https://münchen.example/ä*"]\n', "utf-8")
    told = run_command(tmp_path, "check", "https://xn--mnchen-3ya.example/%C3%A4/b", "--format", "compact")
    assert "unknown excluded" in told.stdout


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('{url = "https://a/", reason = "x"}', "needs a day 'until'"),
        ('{url = "https://a/", until = 2027-01-01}', "needs 'url' and 'reason'"),
        ('{url = "https://a/", until = 2027-01-01, reason = "x", reasons = ["http-405"]}', "'http-405' of https://a/"),
        ('{url = "https://a/", until = 2027-01-01, reason = "x", why = "y"}', "unknown key 'why'"),
        ('{urll = "https://a/", until = 2027-01-01, reason = "x"}', "unknown key 'urll' .did you mean 'url'"),
        ('{url = "https://a/", until = 2027-01-01, reason = "x", reasons = ["http404"]}', "did you mean 'http-404'"),
        ('"https://a/ dead 2027-01-01"', "is not URL REASONS UNTIL WHY"),
        ('"https://a/ dead soon x"', "not 'soon'"),
        ("3", "neither a table"),
    ],
)
def test_an_exception_that_cannot_be_read_is_named(entry: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text(f"exceptions = [{entry}]\n")
    with pytest.raises(SettingsError, match=message):
        load(tmp_path).exempted(["http-404"])


def test_a_line_and_a_table_say_the_same() -> None:
    table = {"url": "https://a/*", "reasons": ["dead"], "until": date(2027, 1, 1), "reason": "as, agreed"}
    known = ["dead"]
    assert parse(["https://a/* dead 2027-01-01 as, agreed"], known, "x") == parse([table], known, "x")
    assert parse("https://a/* * 2027-01-01 all", known, "x")[0].reasons == ()


# ---------------------------------------------------------------- show


def test_show_tells_each_change_of_the_verdict_once_and_the_copies_between() -> None:
    url = "https://example.org/page"
    days = [(1, 200), (2, 200), (3, 404), (4, 404), (5, 200)]
    past = [
        Observation(url, datetime(2026, 1, day, 12, tzinfo=UTC), url, status=status, confirmed=status == 404)
        for day, status in days
    ]
    own = Snapshot(url, "warcs/a.warc.gz#9", past[0].observed_at + timedelta(hours=1), "local", 200, "sha256:0")
    public = Snapshot(
        url, "https://web.archive.org/web/1/x", past[2].observed_at - timedelta(hours=1), "wayback", 200, ""
    )
    now = Finding(Citation(url, url, "a.md", 1, 1), Verdict(State.ALIVE, "ok", ""))
    told = dossier.render(url, [now], past[::-1], [public, own])
    timeline = told.partition("Over time")[2].partition("Looks (")[0].splitlines()[1:]
    assert [line.split()[:1] + line.split()[2:4] for line in timeline if line] == [
        ["2026-01-01", "alive", "ok:"],
        ["2026-01-01", "captured", "local"],
        ["2026-01-03", "memento", "wayback"],
        ["2026-01-03", "dead", "http-404:"],
        ["2026-01-05", "alive", "ok:"],
        ["2026-01-05", "the", "last"],
    ]
    assert "(after 2 looks)" in told
