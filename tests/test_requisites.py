"""What a page needs: which addresses it names, and that they are kept with it as the settings and its server allow."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

import linkcheck
from linkcheck import rendering, runs, wiring
from linkcheck.archives.local import LocalArchive
from linkcheck.archives.verify import integrity
from linkcheck.clock import SystemClock
from linkcheck.conduct import ExitCode
from linkcheck.interrupt import Interrupt
from linkcheck.model import Exchange, Request
from linkcheck.ports import Step
from linkcheck.requisites import Kind, of_answer, of_page, of_style, srcset
from linkcheck.settings import Settings, with_values
from tests.command import begun
from tests.command import run as run_command
from tests.servers import Script, Wire, html, response, serving

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cfc0f01f0005050201a5f6457f0000000049454e44ae426082"
)
HTML, CSS, IMAGE = "Content-Type: text/html", "Content-Type: text/css", "Content-Type: image/png"


@pytest.mark.parametrize(
    ("html", "address", "kind"),
    [
        ('<link rel="StyleSheet" href=s.css>', "s.css", Kind.STYLE),
        ('<link rel="shortcut icon" href=i.ico>', "i.ico", Kind.ICON),
        ("<link rel=preload as=font href=f.woff2>", "f.woff2", Kind.FONT),
        ("<script src=j.js></script>", "j.js", Kind.SCRIPT),
        ("<img src=' a.png '>", "a.png", Kind.IMAGE),
        ("<img srcset='b.png 2x'>", "b.png", Kind.IMAGE),
        ("<picture><source srcset='c.webp 1x'><img></picture>", "c.webp", Kind.IMAGE),
        ("<video poster=p.jpg></video>", "p.jpg", Kind.IMAGE),
        ("<iframe src=inner.html></iframe>", "inner.html", Kind.FRAME),
        ("<div style=\"background: url('d.png')\"></div>", "d.png", Kind.IMAGE),
        ("<style>@import 'e.css';</style>", "e.css", Kind.STYLE),
    ],
)
def test_what_a_browser_would_fetch_is_found(html: str, address: str, kind: Kind) -> None:
    assert of_page(html, "https://example.org/a/page")[f"https://example.org/a/{address}"] is kind


def test_links_and_what_is_no_address_of_the_web_are_left_alone() -> None:
    html = "<a href=no.html>x</a><img src=''><img src='data:image/png;base64,AA'><img src=ftp://h/x><svg><use href=#g>"
    assert of_page(html, "https://example.org/") == {"https://example.org/favicon.ico": Kind.ICON}


def test_addresses_are_joined_to_the_base_and_lose_fragment_and_credentials() -> None:
    found = of_page("<base href=/b/><img src=x.png#f><img src=//u:p@h.example/y.png>", "https://example.org/a/")
    assert set(found) >= {"https://example.org/b/x.png", "https://h.example/y.png"}


def test_a_style_sheet_is_read_through_escapes_comments_and_strings() -> None:
    css = """@import "one.css" screen; @import url(two.css); /* url(no.png) */ p { content: "no2.png";
    background: url( 'th\\72 ee.png' ), image-set("four.png" 1x) }
    @font-face { src: url(f.woff2?v=1#x) format("woff2") }"""
    found = of_style(css, "https://example.org/css/all.css")
    assert {address.rpartition("/")[2]: kind for address, kind in found.items()} == {
        "one.css": Kind.STYLE, "two.css": Kind.STYLE, "three.png": Kind.IMAGE, "four.png": Kind.IMAGE,
        "f.woff2?v=1": Kind.FONT,
    }  # fmt: skip


def test_a_srcset_keeps_the_commas_inside_its_addresses() -> None:
    assert list(srcset("a.png 1x, b,c.png 2x,d.png")) == ["a.png", "b,c.png", "d.png"]
    assert list(srcset("data:image/png;base64,AA== 1x, , e.png 10w,")) == ["data:image/png;base64,AA==", "e.png"]


def test_frames_inside_frames_are_left_out() -> None:
    html = b"<iframe src=/deep></iframe><img src=/x.png>"
    found = of_answer(html, (("Content-Type", "text/html"),), "https://example.org/frame", Kind.FRAME)
    assert "https://example.org/deep" not in found
    assert "https://example.org/x.png" in found


def test_hostile_styles_cost_no_more_than_their_length() -> None:
    assert of_style("f(" * 100_000 + "{[" * 100_000, "https://example.org/") == {}


# ---------------------------------------------------------------- kept


def run(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return run_command(folder, *words, "--allow-private", "127.0.0.1", "--wayback", "", env={"CI": "1", **(env or {})})


def indexed(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "archive/indexes/index.cdxj").read_text().splitlines()
    return {entry["url"]: entry for entry in (json.loads(line.split(" ", 2)[2]) for line in lines)}


def script() -> Script:
    page = (
        b"<!doctype html><title>The page</title><link rel=stylesheet href=/s.css><h1>Cited</h1><img src=/a.png>"
        b"<img src=/gone.png><img src=/secret/x.png><img src=/a.png#again><iframe src=/frame></iframe>"
        b"<script>fetch('/spied')</script>"
    )
    return {
        "/page": response(200, page, HTML),
        "/other": response(200, b"<title>Other</title><p>Another page.<img src=/a.png>", HTML),
        "/s.css": response(200, b"@import 'b.css'; h1 { background: url(bg.png) }", CSS),
        "/b.css": response(200, b"@font-face { font-family: x; src: url(f.woff2) }", CSS),
        "/bg.png": response(301, b"", "Location: /bg2.png"),
        "/bg2.png": response(200, PNG, IMAGE),
        "/a.png": response(200, PNG, IMAGE),
        "/f.woff2": response(200, b"font"),
        "/frame": response(200, b"<p>Inner<img src=/in.png><iframe src=/deep></iframe>", HTML),
        "/in.png": response(200, PNG, IMAGE),
        "/robots.txt": response(200, b"User-agent: *\nDisallow: /secret/\n", "Content-Type: text/plain"),
    }


def test_the_parts_of_a_page_are_kept_with_it_each_fetched_once(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("spacing = 0\n")
    with serving(script()) as server:
        done = run(tmp_path, "archive", f"{server.url}/page", f"{server.url}/other", "--with-requisites")
        url = server.url
    assert done.returncode == 0, done.stderr
    kept = {name.removeprefix(url) for name in indexed(tmp_path)}
    assert kept == {
        "/page",
        "/other",
        "/s.css",
        "/b.css",
        "/bg.png",
        "/bg2.png",
        "/a.png",
        "/f.woff2",
        "/frame",
        "/in.png",
    }
    paths = server.paths()
    assert sorted(paths) == sorted(set(paths)), "each once, robots.txt too"
    assert "/secret/x.png" not in paths, "robots.txt is asked first"
    assert "/deep" not in paths
    # No sources: the lock file has the two pages, the history too.
    listed = [json.loads(line) for line in (tmp_path / "archive/snapshots.jsonl").read_text().splitlines()]
    assert sorted(line["uri_r"].removeprefix(url) for line in listed) == ["/other", "/page"]
    assert not integrity(tmp_path / "archive").damage
    said = " ".join(done.stdout.split())
    assert "Page requisites: 7 kept" in said
    assert "2 could not be had; 1 kept out by robots.txt" in said


def test_the_parts_of_a_page_are_bounded_in_number_and_in_bytes(tmp_path: Path) -> None:
    images = "".join(f"<img src=/{number}.png>" for number in range(8))
    web: Script = {"/page": response(200, f"<title>P</title><p>Many.{images}".encode(), HTML)}
    web |= {f"/{number}.png": response(200, PNG + bytes(2_000), IMAGE) for number in range(8)}
    settings = tmp_path / "linkcheck.toml"
    with serving(web) as server:
        settings.write_text("spacing = 0\nrequisites = true\nmost-requisites = 3\n")
        run(tmp_path, "archive", f"{server.url}/page")
        assert sum(path.endswith(".png") for path in server.paths()) == 3
        server.heads.clear()
        settings.write_text("spacing = 0\nrequisites = true\nmost-requisite-bytes = 3000\n")
        done = run(tmp_path, "archive", f"{server.url}/page")
        assert sum(path.endswith(".png") for path in server.paths()) == 2
    assert "left out as beyond the limits" in " ".join(done.stdout.split())


def test_a_public_page_cannot_reach_into_a_network_that_is_allowed_for_sources(tmp_path: Path) -> None:
    with serving({}) as inside, serving({}) as outside:
        # The user gave this host its address, so it counts as public; the other one is a private network's.
        host = f"http://site.example:{outside.port}"
        outside.script["/page"] = response(200, f"<title>P</title><p>x<img src={inside.url}/x.png>".encode(), HTML)
        inside.script["/x.png"] = response(200, PNG, IMAGE)
        done = run(
            tmp_path, "archive", f"{host}/page", "--with-requisites",
            "--resolve", f"site.example:{outside.port}:127.0.0.1",
        )  # fmt: skip
        assert inside.paths() == []
    assert "1 kept out by robots.txt or as private addresses" in " ".join(done.stdout.split())


def test_ctrl_c_keeps_the_parts_that_came(tmp_path: Path) -> None:
    web = script()
    reached = threading.Event()

    def slow(wire: Wire) -> None:
        reached.set()
        wire.hang()

    web["/page"] = response(200, b"<title>The page</title><p>Words<img src=/a.png><img src=/slow.png>", HTML)
    web["/slow.png"] = slow
    (tmp_path / "linkcheck.toml").write_text("spacing = 0\nretries = 0\n")
    with serving(web) as server:
        words = ["archive", f"{server.url}/page", "--with-requisites", "--allow-private", "127.0.0.1", "--wayback", ""]
        with begun(tmp_path, *words) as process:
            assert reached.wait(60)
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrupted while the parts of pages were kept" in " ".join(said.split())
    assert {name.rpartition("/")[2] for name in indexed(tmp_path)} == {"page", "a.png"}


# ---------------------------------------------------------------- rendered


def chromium() -> bool:
    try:
        import playwright  # noqa: F401
    except ImportError:
        return False
    return any(map(shutil.which, rendering.COMMANDS))


needs_chromium = pytest.mark.skipif(not chromium(), reason="needs Playwright and a Chromium on PATH")


@needs_chromium
def test_a_page_is_drawn_out_of_the_archive_and_its_scripts_reach_nobody(tmp_path: Path) -> None:
    with serving(script()) as server, serving({"*": response(200, b"")}) as spy:
        body = (
            f"<title>The page</title><body style='margin:0;background:url(/bg.png)'><p style='height:3000px'>Cited"
            f"<script>fetch('{spy.url}/fetch').catch(()=>0);new WebSocket('ws://127.0.0.1:{spy.port}/socket');"
            f"new Image().src='{spy.url}/image';navigator.sendBeacon('{spy.url}/beacon')</script>"
        )
        server.script["/page"] = response(200, body.encode(), HTML)
        done = run(tmp_path, "archive", f"{server.url}/page", "--render")
        assert done.returncode == 0, done.stderr
        assert spy.paths() == []
        assert server.paths().count("/page") == 1, "the browser asks the archive and not the server"
    entries = indexed(tmp_path)
    picture = entries[f"urn:fullPage:{server.url}/page"]
    printed = entries[f"urn:pdf:{server.url}/page"]
    assert (picture["mime"], printed["mime"]) == ("image/png", "application/pdf")
    assert not integrity(tmp_path / "archive").damage
    from warcio.archiveiterator import ArchiveIterator

    (warc,) = (tmp_path / "archive/warcs").glob("*.warc.gz")
    with warc.open("rb") as file:
        made = {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(file, check_digests="raise")
            if record.rec_type == "resource"
        }
    drawn = made[f"urn:fullPage:{server.url}/page"]
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20], "big") == rendering.WIDTH
    assert int.from_bytes(drawn[20:24], "big") >= 3000, "the whole page, not the window"
    assert made[f"urn:pdf:{server.url}/page"].startswith(b"%PDF-")


@needs_chromium
def test_a_part_that_was_redirected_is_on_the_picture(tmp_path: Path) -> None:
    web = script()
    grown = b"<title>The page</title><p>Cited<img src=/bg.png onload=\"document.body.style.height='5000px'\">"
    web["/page"] = response(200, grown, HTML)
    with serving(web) as server:
        run(tmp_path, "archive", f"{server.url}/page", "--render")
    from warcio.archiveiterator import ArchiveIterator

    (warc,) = (tmp_path / "archive/warcs").glob("*.warc.gz")
    with warc.open("rb") as file:
        drawn = next(r.content_stream().read() for r in ArchiveIterator(file) if r.content_type == "image/png")
    assert int.from_bytes(drawn[20:24], "big") >= 5000


@needs_chromium
def test_a_page_that_never_ends_costs_its_time_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("render-timeout = 1\n")
    with serving({"/page": response(200, b"<title>P</title><p>Words<script>for(;;);</script>", HTML)}) as server:
        done = run(tmp_path, "archive", f"{server.url}/page", "--render")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "Rendered out of the archive: 0 of 1 pages" in said
    assert f"Not rendered: {server.url}/page: it took longer than 1 second. " in f"{said} "
    assert f"{server.url}/page" in indexed(tmp_path)


TALL = "Object.defineProperty(document.documentElement, 'scrollHeight', {get: () => %s})"


@needs_chromium
def test_a_page_that_stops_answering_when_it_is_measured_or_printed_is_left_and_the_next_one_drawn(
    tmp_path: Path,
) -> None:
    endless = "{ for (;;); }"
    scripts = {"/measured": TALL % endless, "/printed": f"addEventListener('beforeprint', () => {endless})"}
    pages = {path: html("P", f"Words<script>{script}</script>") for path, script in scripts.items()}
    # Enough for the last page where several browsers have two cores.
    (tmp_path / "linkcheck.toml").write_text("render-timeout = 5\n")
    with serving({**pages, "/well": html("P", "Words")}) as server:
        done = run(tmp_path, "archive", *(f"{server.url}{path}" for path in (*scripts, "/well")), "--render")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "Rendered out of the archive: 1 of 3 pages" in said
    assert said.count("it took longer than 5 seconds.") == 2
    assert f"urn:fullPage:{server.url}/well" in indexed(tmp_path)


@needs_chromium
def test_a_page_that_lies_about_its_height_is_drawn_all_the_same(tmp_path: Path) -> None:
    told = ("NaN", "'tall'", "-1", "Infinity", "({})")
    pages = {f"/{number}": html("P", f"<script>{TALL % height}</script>Words") for number, height in enumerate(told)}
    with serving({**pages}) as server:
        done = run(tmp_path, "archive", *(f"{server.url}{path}" for path in pages), "--render")
    assert "Rendered out of the archive: 5 of 5 pages" in " ".join(done.stdout.split()), done.stderr


@needs_chromium
def test_ctrl_c_while_pages_are_drawn_is_called_so_and_keeps_what_was_drawn(tmp_path: Path) -> None:
    interrupt = Interrupt()

    def at_the_first(step: Step) -> None:
        if step.phase == "rendering":
            interrupt.signal()

    values = {"allow-private": ["127.0.0.1"], "wayback": "", "archive": str(tmp_path / "archive")}
    settings = with_values(Settings(), values, where="a test")
    with serving({"/one": html("One", "Words"), "/two": html("Two", "Words")}) as server:
        gathered = wiring.gather([f"{server.url}/one", f"{server.url}/two"], io.BytesIO())
        made = runs.archive(gathered, settings, interrupt, at_the_first, render=True)
    assert made.exit_code is ExitCode.INTERRUPTED
    assert "Interrupted while pages were rendered. What was captured is kept." in made.notes
    assert sum(name.startswith("urn:fullPage:") for name in indexed(tmp_path)) == 1


@needs_chromium
def test_a_table_that_crashes_costs_one_smaller_picture_and_not_all_that_follow() -> None:
    from playwright.async_api import Error

    def answer(url: str) -> Exchange:
        fields = (("Content-Type", "text/html"),)
        return Exchange(Request(url), b"", b"", b"<p>Words", 200, fields, SystemClock().now(), 0)

    with rendering.opened(30) as renderer:
        assert renderer.render("http://a.example/", answer).small
        assert renderer._table is not None
        with pytest.raises(Error):
            renderer._loop.run_until_complete(renderer._table.goto("chrome://crash"))
        drawn = [renderer.render("http://a.example/", answer) for _ in range(2)]
    assert [bool(each.picture) for each in drawn] == [True, True]
    assert [bool(each.small) for each in drawn] == [False, True]


@needs_chromium
def test_in_a_notebook_the_way_out_is_told_and_leads_there(tmp_path: Path) -> None:
    values = {"allow-private": ["127.0.0.1"], "wayback": "", "archive": str(tmp_path / "archive")}
    settings = with_values(Settings(), values, where="a test")

    async def cell(page: str) -> linkcheck.Report:
        with pytest.raises(linkcheck.InputError, match=r"asyncio\.to_thread"):
            linkcheck.archive(page, settings=settings, render=True)
        return await asyncio.to_thread(linkcheck.archive, page, settings=settings, render=True)

    with serving({"/page": html("P", "Words")}) as server:
        made = asyncio.run(cell(f"{server.url}/page"))
    assert any(note.startswith("Rendered out of the archive: 1 of 1 pages") for note in made.notes)


def test_without_a_browser_the_way_out_is_told_before_the_work(tmp_path: Path) -> None:
    with serving({"/page": response(200, b"<p>x", HTML)}) as server:
        done = run(
            tmp_path, "archive", f"{server.url}/page", "--render", env={"LINKCHECK_CHROMIUM": "/nowhere/chromium"}
        )
        assert server.paths() == []
    assert done.returncode == 2
    assert "archive without" in done.stderr


def test_what_was_drawn_stands_in_the_archive_as_a_record_that_is_proved(tmp_path: Path) -> None:
    clock = SystemClock()
    with LocalArchive(tmp_path, clock=clock, tool="linkcheck 0").open_for_writing() as writer:
        writer.keep_resource("urn:fullPage:https://example.org/", "image/png", os.urandom(3_000_000), clock.now())
    assert integrity(tmp_path).records == 2
    (warc,) = (tmp_path / "warcs").glob("*.warc.gz")
    damaged = bytearray(warc.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    warc.write_bytes(damaged)
    assert [each.uri for each in integrity(tmp_path).damage] == ["urn:fullPage:https://example.org/"]
