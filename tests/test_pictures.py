"""Pictures of captured pages in the report: drawn by a real Chromium, kept in the archive, shown on the cards."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import linkcheck
from linkcheck import illustrating, rendering, runs
from linkcheck.archives import index, pictures
from linkcheck.archives.local import LocalArchive
from linkcheck.archives.verify import integrity
from linkcheck.illustrating import illustrated
from linkcheck.images import image_of
from linkcheck.model import Citation, Finding, Picture, Report, Snapshot, State, Verdict
from linkcheck.reports import render
from linkcheck.settings import Settings
from tests import chromium
from tests.archives.builders import TOOL, StillClock, exchange, landing
from tests.chromium import Browser
from tests.command import run as run_command
from tests.pictures import SCRIPTED, WEBP, png
from tests.reports.example import NOW
from tests.servers import html, serving


def has_chromium() -> bool:
    try:
        import playwright  # noqa: F401
    except ImportError:
        return False
    return any(map(shutil.which, rendering.COMMANDS))


needs_chromium = pytest.mark.skipif(not has_chromium(), reason="needs Playwright and a Chromium on PATH")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    online = [] if words[0] in ("report", "show") else ["--wayback", "", "--allow-private", "127.0.0.1"]
    return run_command(folder, *words, *online, env={"CI": "1", "XDG_CACHE_HOME": str(folder)})


# ---------------------------------------------------------------- from a page to a card


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which two pages were captured and drawn, and then captured again without being drawn."""
    folder = tmp_path_factory.mktemp("drawn")
    talks = "<body style='margin:0;background:#204060;color:#fff'><h1>The talks</h1><p style='height:2000px'>Cited."
    with serving({"/talks": html("The talks", talks), "/survey": html("The survey", "<p>Counted.")}) as server:
        text = (
            f"The [talks]({server.url}/talks), the [survey]({server.url}/survey) and the [talks]({server.url}/talks)."
        )
        (folder / "article.md").write_text(text)
        done = run(folder, "archive", "article.md", "--render", "-o", "first.html", "-o", "first.json")
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("Traceback") == 0, "the browser goes without a word"
        assert run(folder, "archive", "article.md").returncode == 0
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    command = chromium.found()
    assert command
    with chromium.browsing(command, tmp_path_factory.mktemp("profile")) as tab:
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.say(f"{domain}.enable")
        tab.say("Emulation.setDeviceMetricsOverride", width=1200, height=1000, deviceScaleFactor=1, mobile=False)
        yield tab


def opened(tab: Browser, path: Path) -> None:
    tab.say("Page.navigate", url="about:blank")
    tab.until("location.href === 'about:blank' && 'yes'")
    tab.events.clear()
    tab.say("Page.navigate", url=path.as_uri())
    tab.until("location.protocol === 'file:' && document.readyState === 'complete' && 'yes'")


def keep(name: str, content: bytes) -> None:
    if folder := os.environ.get("LINKCHECK_SHOTS"):
        (Path(folder) / name).write_bytes(content)


SHOWN = "[...document.querySelectorAll('.detail .picture img')].map((each) => [each.naturalWidth, each.alt])"
LOADED = "[...document.querySelectorAll('.detail .picture img')].every((each) => each.complete) && 'loaded'"


GROUND = """(() => {
  const picture = document.querySelector(".detail .picture img");
  const pen = new OffscreenCanvas(800, 1000).getContext("2d");
  pen.drawImage(picture, 0, 0);
  return [...pen.getImageData(700, 700, 1, 1).data].slice(0, 3);
})()"""


def open_all(tab: Browser, cards: int) -> None:
    tab.evaluate("document.querySelectorAll('#table .name').forEach((each) => each.click())")
    tab.until(f"document.querySelectorAll('.detail .card').length === {cards} && 'open'")
    tab.until(LOADED)


@needs_chromium
def test_a_card_shows_its_page_as_it_looked_when_it_was_captured(drawn: Path, browser: Browser) -> None:
    day = json.loads((drawn / "first.json").read_text())["citations"][0]["snapshots"][0]["captured_at"][:10]
    opened(browser, drawn / "first.html")
    open_all(browser, 3)
    alt = f"The page as it looked on {day}"
    assert browser.evaluate(SHOWN) == [[800, alt]] * 3
    captions = browser.evaluate("[...document.querySelectorAll('.detail figcaption')].map((each) => each.textContent)")
    assert captions == [f"{alt}, drawn from what was captured then."] * 3
    for scheme in "light", "dark":
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.say("Emulation.setEmulatedMedia", features=features)
        browser.evaluate("document.querySelector('.detail .picture').scrollIntoView()")
        keep(f"picture-{scheme}.png", browser.screenshot())
        near = [abs(one - other) for one, other in zip(browser.evaluate(GROUND), (0x20, 0x40, 0x60), strict=True)]
        assert max(near) < 8, "the ground of the captured page, whatever the theme of the report"
    asked = [event["params"]["request"]["url"] for event in browser.events if "requestWillBeSent" in event["method"]]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert [event for event in browser.events if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")] == []


@needs_chromium
def test_the_archive_keeps_the_whole_picture_and_the_report_in_json_says_where(drawn: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    cited = json.loads((drawn / "first.json").read_text())["citations"][0]
    (named,) = [snapshot["picture"] for snapshot in cited["snapshots"]]
    assert named["uri"] == f"urn:fullPage:{cited['url']}"
    with (drawn / "archive" / named["warc"]).open("rb") as file:
        file.seek(named["offset"])
        record = next(iter(ArchiveIterator(file, check_digests="raise")))
        assert record.rec_headers.get_header("WARC-Target-URI") == named["uri"]
        whole = image_of(record.content_stream().read())
    assert whole is not None
    assert (whole.media_type, whole.width) == ("image/png", rendering.WIDTH)
    assert whole.height >= 2000
    assert not integrity(drawn / "archive").damage


@needs_chromium
def test_a_source_that_is_captured_again_unchanged_keeps_its_picture(drawn: Path) -> None:
    done = run(drawn, "report", "-o", "later.html", "--format", "json")
    copies = json.loads(done.stdout)["citations"][0]["snapshots"]
    assert len(copies) == 2
    assert copies[0]["picture"] == copies[1]["picture"]
    assert copies[0]["picture"]["taken_at"] == copies[0]["captured_at"]
    assert embedded(drawn / "later.html") == ["image/webp"] * 2, "each once, though one source is cited twice"


def embedded(path: Path) -> list[str]:
    return re.findall(r'"data:(image/[^;]*);base64', path.read_text(encoding="utf-8"))


@needs_chromium
def test_show_names_the_picture_of_a_copy(drawn: Path) -> None:
    cited = json.loads((drawn / "first.json").read_text())["citations"][0]
    named = cited["snapshots"][0]["picture"]
    said = run(drawn, "show", cited["url"]).stdout
    assert f"image/png in {named['warc']}#{named['offset']}" in said


@needs_chromium
def test_a_picture_that_is_damaged_costs_itself_and_not_the_report(drawn: Path, tmp_path: Path) -> None:
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    small = sorted(pictures.album(tmp_path / "archive").items())
    (_, first), (_, second) = small
    assert first.small
    assert second.small
    for entry in (first.small, second.small, second.whole):
        damage(tmp_path / "archive" / entry.warc, entry.offset + entry.length // 2)
    done = run(tmp_path, "report", "-o", "damaged.html")
    assert done.returncode == 0, done.stderr
    assert embedded(tmp_path / "damaged.html") == ["image/png"], "the whole picture stands in for the smaller one"
    text = (tmp_path / "damaged.html").read_text(encoding="utf-8")
    assert (
        f'its record is damaged or not here. The picture is the record <span class="address">{second.whole.uri}' in text
    )
    shutil.rmtree(tmp_path / "archive" / "warcs")
    assert run(tmp_path, "report", "-o", "damaged.html").returncode == 0
    assert embedded(tmp_path / "damaged.html") == []


def damage(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)


# ---------------------------------------------------------------- which picture belongs to which snapshot

A, B = "https://a.example/page", "https://b.example/page"


def archived(root: Path, *captures: tuple[str, int, bytes], small: bool = False) -> list[Snapshot]:
    """Captures of pages at some minute, each with its picture, b"" for none; later ones of one address differ."""
    with LocalArchive(root, clock=StillClock(), tool=TOOL).open_for_writing() as writer:
        kept = []
        for url, minutes, picture in captures:
            kept.append(writer.save(landing(exchange(url, f"<p>{minutes}".encode(), minutes=minutes))))
            if picture:
                writer.keep_resource(f"urn:fullPage:{url}", "image/png", picture, kept[-1].captured_at)
            if picture and small:
                writer.keep_resource(f"urn:thumbnail:{url}", "image/webp", WEBP, kept[-1].captured_at)
    return kept


def citing(*snapshots: Snapshot, state: State = State.ALIVE, line: int = 1, **cited: Any) -> Finding:
    source = snapshots[0].uri_r
    return Finding(Citation(source, source, "a.md", line, 1, **cited), Verdict(state, "ok", ""), snapshots=snapshots)


def illustrate(root: Path, *findings: Finding) -> Report:
    made = Report("report", NOW, TOOL, findings)
    return illustrated(made, pictures.album(root), lambda entry: pictures.read(root, entry))


def shown(finding: Finding) -> list[bytes]:
    return [picture.content for picture in finding.pictures if picture.content]


def test_the_picture_is_that_of_the_capture_that_shows_what_was_cited(tmp_path: Path) -> None:
    one, other = png(1), png(2)
    first, second = archived(tmp_path, (A, 0, one), (A, 3 * 24 * 60, other))
    day = second.captured_at.date()
    found = illustrate(tmp_path, citing(first, second), citing(first, second, accessed=day)).findings
    assert [shown(each) for each in found] == [[one], [other]]
    assert [len(each.pictures) for each in found] == [2, 2], "the other one is named"


def test_of_a_source_that_drifted_the_newest_picture_is_shown_too(tmp_path: Path) -> None:
    one, other = png(1), png(2)
    kept = archived(tmp_path, (A, 0, one), (A, 1, png(3)), (A, 2, other))
    (found,) = illustrate(tmp_path, citing(*kept, state=State.DRIFTED)).findings
    assert shown(found) == [one, other]
    page = render("html", Report("report", NOW, TOOL, (found,)))
    captions = re.findall("The page as it looked on ([^<,]*), drawn", page)
    assert captions == ["2026-11-23 12:00 UTC", "2026-11-23 12:02 UTC"], "two of one day are told apart"


def test_a_capture_without_a_picture_is_shown_by_none_but_its_equal(tmp_path: Path) -> None:
    with_one, without, elsewhere = archived(tmp_path, (A, 0, png()), (A, 1, b""), (B, 0, b""))
    same = replace(without, digest=with_one.digest, uri_m="warcs/b.warc.gz#1")
    found = illustrate(tmp_path, citing(without), citing(elsewhere)).findings
    assert [each.pictures for each in found] == [(), ()]
    _, again = illustrate(tmp_path, citing(with_one), citing(same)).findings
    assert [(picture.uri_m, picture.taken_at) for picture in again.pictures] == [(same.uri_m, with_one.captured_at)]


def test_the_smaller_picture_is_shown_and_the_whole_one_named(tmp_path: Path) -> None:
    kept = archived(tmp_path, (A, 0, png()), small=True)
    (found,) = illustrate(tmp_path, citing(*kept)).findings
    assert shown(found) == [WEBP]
    assert found.pictures[0].uri == f"urn:fullPage:{A}"


def test_a_picture_is_found_among_many_other_records_and_without_an_index(tmp_path: Path) -> None:
    kept = archived(tmp_path, *((f"https://{number}.example/", 0, png()) for number in range(3)), small=True)
    listed = index.index_path(tmp_path)
    crowd = [
        f'{scheme}{number:05} 20261123120000 {{"url": "{"x" * 200}", "digest": "sha256:{0:064}", "length": "1", '
        f'"offset": "0", "filename": "w.warc.gz"}}'
        for scheme in ("com,example)/", "urn:pdf:http", "urn:aaa:", "zone,example)/")
        for number in range(1500)
    ]
    assert len("".join(crowd)) > 10 * (1 << 16)
    lines = listed.read_text().splitlines()
    listed.write_text("".join(f"{line}\n" for line in sorted([*lines, *crowd, "urn:fullpage:damaged line"])))
    wanted = {(shot.uri_r, shot.captured_at) for shot in kept}
    found = pictures.album(tmp_path)
    assert found.keys() == wanted
    assert all(each.small for each in found.values())
    listed.unlink()
    assert pictures.album(tmp_path).keys() == wanted


def test_credentials_do_not_stand_in_the_name_of_a_picture_nor_keep_it_from_being_found(tmp_path: Path) -> None:
    (kept,) = archived(tmp_path, ("https://user:secret@a.example/page", 0, png()))
    assert kept.final_url == A
    (found,) = illustrate(tmp_path, citing(kept)).findings
    assert shown(found) == [png()]


# ---------------------------------------------------------------- what is never shown


@pytest.mark.parametrize("content", [SCRIPTED, png()[:-1], b"<html><script>alert(1)</script>", b"GIF89a", b"x"])
def test_what_is_no_picture_is_left_out_in_words(tmp_path: Path, content: bytes) -> None:
    kept = archived(tmp_path, (A, 0, content))
    made = illustrate(tmp_path, citing(*kept))
    assert shown(made.findings[0]) == []
    page = render("html", made)
    assert "data:image" not in page
    assert "is not shown here: its record holds no whole PNG, JPEG or WebP." in page
    assert f"at offset {made.findings[0].pictures[0].offset}." in page


def test_a_report_that_was_handed_other_bytes_shows_none_of_them_and_never_believes_a_media_type() -> None:
    shot = Snapshot(A, "warcs/a.warc.gz#0", NOW, "local", 200, "sha256:0")
    for content in (SCRIPTED, b"<script>alert(1)</script>", WEBP):
        handed = Picture(shot.uri_m, NOW, f"urn:fullPage:{A}", "image/svg+xml", "warcs/a.warc.gz", 9, content)
        page = render("html", Report("report", NOW, TOOL, (replace(citing(shot), pictures=(handed,)),)))
        assert re.findall(r'src="data:([^;]*);base64', page) == (["image/webp"] if content == WEBP else [])
        assert "svg+xml" not in page
        assert base64.b64encode(SCRIPTED).decode() not in page


def test_what_a_stranger_writes_into_a_record_is_escaped() -> None:
    shot = Snapshot(A, "warcs/a.warc.gz#0", NOW, "local", 200, "sha256:0")
    said = "urn:fullPage:https://a.example/'\"><script>alert(1)</script>"
    handed = Picture(shot.uri_m, NOW, said, "image/png", said, 9, left_out=said)
    page = render("html", Report("report", NOW, TOOL, (replace(citing(shot), pictures=(handed,)),)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# ---------------------------------------------------------------- size


def test_the_worst_citations_get_their_pictures_first_and_the_others_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [f"https://{number}.example/" for number in range(4)]
    large = [png(number + 1, noise=os.urandom(30_000)) for number in range(4)]
    kept = archived(tmp_path, *((url, 0, picture) for url, picture in zip(sources, large, strict=True)))
    monkeypatch.setattr(illustrating, "MOST_BYTES", 70_000)
    states = [State.ALIVE, State.MOVED, State.DEAD, State.ALIVE]
    findings = [citing(shot, state=state) for shot, state in zip(kept, states, strict=True)]
    made = illustrate(tmp_path, *findings, findings[2])
    assert [bool(shown(each)) for each in made.findings] == [False, True, True, False, True]
    assert made.findings[2].pictures == made.findings[4].pictures, "read once, counted once"
    page = render("html", made)
    assert page.count("data:image/png;base64") == 2
    assert page.count("is not shown here: left out for its size (0.0 MB), to keep this file small.") == 2


def test_one_picture_alone_does_not_fill_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(illustrating, "MOST_OF_ONE", 20_000)
    one, other = archived(tmp_path, (A, 0, png(noise=os.urandom(30_000))), (B, 0, png()))
    made = illustrate(tmp_path, citing(one, state=State.DEAD), citing(other))
    assert [bool(shown(each)) for each in made.findings] == [False, True]


# ---------------------------------------------------------------- who looks for them


def test_only_formats_that_use_pictures_have_them_looked_for(tmp_path: Path) -> None:
    kept = archived(tmp_path, (A, 0, png()))
    made, settings = Report("report", NOW, TOOL, (citing(*kept),)), Settings(archive=str(tmp_path))
    assert runs.with_pictures(made, settings, {"terminal", "sarif"}) == made
    (named,) = runs.with_pictures(made, settings, {"json"}).findings[0].pictures
    assert (named.uri, named.content) == (f"urn:fullPage:{A}", b"")
    assert shown(runs.with_pictures(made, settings, {"html"}).findings[0]) == [png()]


def test_an_index_that_cannot_be_read_is_a_note_and_no_end(tmp_path: Path) -> None:
    kept = archived(tmp_path, (A, 0, png()))
    listed = index.index_path(tmp_path)
    listed.unlink()
    listed.mkdir()
    made = runs.with_pictures(Report("report", NOW, TOOL, (citing(*kept),)), Settings(archive=str(tmp_path)))
    assert made.findings[0].pictures == ()
    assert "Pictures of pages could not be looked for" in made.notes[0]


def test_from_python_the_report_has_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "sources.txt").write_text(f"{A}\n")
    archived(tmp_path / "archive", (A, 0, png()))
    settings = Settings(archive=str(tmp_path / "archive"), sources=str(tmp_path / "sources.txt"))
    made = linkcheck.report(settings=settings)
    assert shown(made.findings[0]) == [png()]
    assert "data:image/png;base64" in linkcheck.render(made, "html")
