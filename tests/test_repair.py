"""Better addresses are written into documents so that they read back as meant, and nothing else changes."""

from __future__ import annotations

import contextlib
import gzip
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract
from linkcheck.demo import SOURCES, World, serve
from linkcheck.interrupt import Interrupt
from linkcheck.mending import Mended, mend
from linkcheck.model import Citation, Document, Finding, State, Suggestion, Verdict
from linkcheck.ports import Step
from linkcheck.repairing import Repair, proposals, repaired
from tests.command import run as run_command
from tests.servers import Server, html, response, serving

OLD = "https://old.example/a/b?x=1&y=2"
NEW = "https://new.example/c/d?x=1&z=3"
MEMENTO = "https://web.archive.org/web/20240822113407/https://old.example/a/b?x=1&y=2"
DAY = datetime(2026, 11, 25, tzinfo=UTC)


def cited(text: str, name: str) -> tuple[Document, list[Citation]]:
    document = Document(name, extract.format_for(name, text), text, text.encode())
    return document, [each for each in extract.citations(document) if isinstance(each, Citation)]


def mended(text: str, name: str, url: str = NEW, kind: str = "redirect", old: str = OLD) -> str:
    document, found = cited(text, name)
    wanted = [Repair(each, url, kind, "") for each in found if each.url == old]
    assert wanted, f"{old} is not among {[each.url for each in found]}"
    outcome = repaired(document, wanted)
    assert outcome.left == ()
    return outcome.text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", f"See [it]({OLD}).\n", f"See [it]({NEW}).\n"),
        ("a.md", f"See <{OLD}>, {OLD}.\n", f"See <{NEW}>, {NEW}.\n"),
        ("a.md", f"See [it][1].\r\n\r\n[1]: {OLD} 'T'\r\n", f"See [it][1].\r\n\r\n[1]: {NEW} 'T'\r\n"),
        (
            "a.html",
            '<a href="https://old.example/a/b?x=1&amp;y=2">x</a>',
            '<a href="https://new.example/c/d?x=1&amp;z=3">x</a>',
        ),
        ("a.html", f"<a href='{OLD}'>x</a>", f"<a href='{NEW}'>x</a>"),
        ("sources.txt", f"# list\n{OLD}\n    > words here\n", f"# list\n{NEW}\n    > words here\n"),
        ("a.tex", f"\\url{{{OLD}}}\n", f"\\url{{{NEW}}}\n"),
        ("a.bib", f"@misc{{k, url = {{{OLD}}}}}\n", f"@misc{{k, url = {{{NEW}}}}}\n"),
        ("a.rst", f"`it <{OLD}>`_\n", f"`it <{NEW}>`_\n"),
        ("a.txt", f"Words ({OLD}) and {OLD}, too.\n", f"Words ({NEW}) and {NEW}, too.\n"),
        ("a.csv", f"n,url\n1,{OLD}\n", f"n,url\n1,{NEW}\n"),
    ],
)
def test_every_place_of_an_address_is_written_anew_and_nothing_else(name: str, text: str, expected: str) -> None:
    assert mended(text, name) == expected


def test_what_is_written_into_latex_compiles_in_a_footnote_too() -> None:
    better = "https://new.example/c_d?q=a%20b&z=3#e"
    bare, escaped = "https://old.example/a_b?x=1&y=2", r"https://old.example/a\_b?x=1\&y=2"
    assert mended(f"\\footnote{{\\href{{{bare}}}{{t}}}}\n", "a.tex", better, old=bare) == (
        "\\footnote{\\href{https://new.example/c_d?q=a\\%20b\\&z=3\\#e}{t}}\n"
    )
    assert mended(f"\\url{{{escaped}}}\n", "a.tex", better, old=bare) == (
        "\\url{https://new.example/c\\_d?q=a\\%20b\\&z=3\\#e}\n"
    )
    assert mended(f"\\url{{{bare}}}\n", "a.tex", better, old=bare) == f"\\url{{{better}}}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.opml", '<opml version="2.0"><body><outline text="x" htmlUrl="https://old.example/a"/></body></opml>'),
        (
            "a.xhtml",
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><a href="https://old.example/a">x</a></body></html>',
        ),
    ],
)
def test_what_is_written_into_xml_is_xml(name: str, text: str) -> None:
    ElementTree.fromstring(mended(text, name, old="https://old.example/a"))


def test_a_memento_is_a_robust_link_in_html() -> None:
    text = mended('<p><a href="https://old.example/a/b?x=1&amp;y=2">x</a>\n', "a.html", MEMENTO, "memento")
    assert text == (
        '<p><a href="https://web.archive.org/web/20240822113407/https://old.example/a/b?x=1&amp;y=2" '
        'data-originalurl="https://old.example/a/b?x=1&amp;y=2" data-versiondate="2024-08-22">x</a>\n'
    )


def test_a_memento_stands_beside_the_address_in_a_wiki_citation() -> None:
    text = mended(f"<ref>{{{{cite web |url={OLD} |title=T}}}}</ref>\n", "a.wiki", MEMENTO, "memento")
    assert f"|url={OLD} |archive-url={MEMENTO} |archive-date=2024-08-22 |url-status=dead |title=T" in text


def test_what_would_read_as_another_address_is_written_in_another_way_or_left() -> None:
    bracketed = "https://new.example/a_(b"
    assert mended(f"[x]({OLD})\n", "a.md", bracketed) == "[x](https://new.example/a_\\(b)\n"
    document, found = cited(f"[x]({OLD})\n", "a.md")
    outcome = repaired(document, [Repair(found[0], "mailto:somebody@example.org", "redirect", "")])
    assert (outcome.text, len(outcome.left)) == (document.text, 1)


def test_one_repair_that_does_not_fit_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    whole = extract.citations

    def counted(document: Document, *, identifiers: bool = False) -> Iterator[object]:
        nonlocal read
        read += 1
        return whole(document, identifiers=identifiers)

    document, found = cited("".join(f"- [t](https://old.example/{number})\n" for number in range(64)), "a.md")
    monkeypatch.setattr(extract, "citations", counted)
    urls = ["mailto:a@b.example" if number == 40 else f"https://new.example/{number}" for number in range(64)]
    outcome = repaired(document, [Repair(each, url, "redirect", "") for each, url in zip(found, urls, strict=True)])
    assert [repair.url for repair, _ in outcome.left] == ["mailto:a@b.example"]
    assert len(outcome.made) == 63
    assert "[t](https://old.example/40)" in outcome.text
    assert read < 30  # and not once for each of 64


def test_a_document_without_text_is_left_and_said() -> None:
    citation = Citation(OLD, OLD, "a.pdf", 0, 0, place="page 3")
    outcome = repaired(Document("a.pdf", "pdf", "", b"%PDF"), [Repair(citation, NEW, "redirect", "")])
    assert outcome.left[0][1] == "linkcheck does not write this format"


@given(st.lists(st.sampled_from([OLD, "https://other.example/p", "https://old.example/a/b"]), min_size=1, max_size=8))
def test_only_the_citations_that_are_meant_change(urls: list[str]) -> None:
    document, found = cited("".join(f"- [t]({url}) text\n" for url in urls), "a.md")
    outcome = repaired(document, [Repair(each, NEW, "redirect", "") for each in found if each.url == OLD])
    after = [each.url for each in cited(outcome.text, "a.md")[1]]
    assert after == [NEW if url == OLD else url for url in urls]


def finding(state: State, *suggestions: Suggestion, memento: str = "") -> Finding:
    return Finding(Citation(OLD, OLD, "a.md", 1, 1, memento=memento), Verdict(state, "", "", suggestions=suggestions))


def test_only_what_was_verified_is_proposed_the_living_address_before_the_copy() -> None:
    redirect = Suggestion(NEW, "redirect", False, "")
    frozen = Suggestion("https://frozen.example/", "moved-collection", True, "")
    doubtful = Suggestion("https://perhaps.example/", "neighbour", False, "")
    copy = Suggestion(MEMENTO, "memento", True, "")
    proposed = [
        (each.url, each.verified)
        for found in (
            finding(State.MOVED, redirect),
            finding(State.MOVED, replace(redirect, verified=True)),
            finding(State.DEAD, copy, frozen),
            finding(State.DEAD, doubtful, copy),
        )
        for each in proposals([found])
    ]
    assert proposed == [(NEW, False), (NEW, True), (frozen.url, True), (MEMENTO, True)]
    (left,) = proposals([finding(State.DEAD, doubtful, copy)], mementos=False)
    assert (left.url, left.verified) == (doubtful.url, False)
    assert proposals([finding(State.DEAD, copy, memento="https://archive.ph/x")]) == ()
    assert proposals([finding(State.ALIVE, redirect), finding(State.BLOCKED, copy)]) == ()


def test_a_better_address_keeps_the_place_that_is_cited() -> None:
    frozen = Suggestion("https://frozen.example/a", "moved-collection", True, "")
    named = Suggestion("https://frozen.example/a#there", "moved-collection", True, "")
    cited = replace(finding(State.DEAD).citation, url=f"{OLD}#part-2")
    for suggestion, url in ((frozen, f"{frozen.url}#part-2"), (named, named.url)):
        found = replace(finding(State.DEAD, suggestion), citation=cited)
        assert [each.url for each in proposals([found])] == [url]


def test_an_address_with_a_password_is_not_replaced_by_one_without_it_unasked() -> None:
    found = finding(State.MOVED, Suggestion(NEW, "redirect", True, "it is the same address"))
    keyed = replace(found, citation=replace(found.citation, url="https://me:hush@old.example/a"))
    (left,) = proposals([keyed])
    assert not left.verified
    assert left.evidence.endswith("the name and password of the cited address would be gone")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"See [it]({OLD}#part-2).\n"),
        ("a.html", f'<a href="{OLD.replace("&", "&amp;")}#part-2">x</a>\n'),
        ("a.wiki", f"<ref>{{{{cite web |url={OLD}#part-2 |title=T}}}}</ref>\n"),
    ],
)
def test_a_copy_with_a_place_on_it_reads_back(name: str, text: str) -> None:
    assert f"{MEMENTO.replace('&', '&amp;') if name == 'a.html' else MEMENTO}#part-2" in mended(
        text, name, f"{MEMENTO}#part-2", "memento", f"{OLD}#part-2"
    )


# ---------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("world")) as up:
        yield up


@pytest.fixture
def folder(tmp_path: Path, world: World) -> Path:
    entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
    settings = f"resolve = {entries}\ncontrols = {list(world.controls)}\nca-file = '{world.ca_file}'\n"
    (tmp_path / "linkcheck.toml").write_text(f"{settings}wayback = '{world.wayback}'\n", encoding="utf-8")
    (tmp_path / "sources.txt").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_command(folder, *words, env={"CI": "1"})


def test_a_patch_that_git_applies_leaves_nothing_dead(folder: Path) -> None:
    assert run(folder, "check").returncode == 1
    proposed = run(folder, "repair")
    assert (proposed.returncode, "3 repairs to make" in proposed.stderr) == (0, True)
    assert (folder / "sources.txt").read_text(encoding="utf-8") == SOURCES
    subprocess.run(["git", "apply"], cwd=folder, input=proposed.stdout, text=True, check=True, timeout=60)
    assert run(folder, "check").returncode == 0
    again = run(folder, "repair", "--write")
    assert (again.stdout, again.stderr) == ("", "Nothing to repair.\n")


def test_writing_changes_the_file_itself_and_says_what_was_put_where(folder: Path) -> None:
    run(folder, "check")
    written = run(folder, "repair", "--write")
    assert (written.stdout, written.stderr.splitlines()[-1]) == ("", "3 repairs written.")
    assert "sources.txt:10: " in written.stderr
    assert "https://bidenwhitehouse.archives.gov/" in (folder / "sources.txt").read_text(encoding="utf-8")


def test_what_is_not_utf_8_is_left_as_it_is(folder: Path) -> None:
    speech = next(line for line in SOURCES.splitlines() if "sullivan" in line)
    (folder / "old.md").write_bytes(f"Der Präsident: {speech} über Rüstung, für später, größer\n".encode("cp1252"))
    before = (folder / "old.md").read_bytes()
    run(folder, "check", "old.md")
    left = run(folder, "repair", "--write", "old.md")
    assert "old.md:1: left as it is, for the document is not in UTF-8; better would be https://" in left.stderr
    assert (folder / "old.md").read_bytes() == before


def test_the_patch_applies_to_a_byte_order_mark_a_link_and_a_whole_path(folder: Path) -> None:
    speech = next(line for line in SOURCES.splitlines() if "sullivan" in line)
    (folder / "marked.md").write_bytes(f"\ufeff[it]({speech})\n".encode())
    for name in ("behind.md", "named.md"):
        (folder / name).write_text(f"[it]({speech})\n", encoding="utf-8")
    (folder / "link.md").symlink_to("behind.md")
    documents = ("marked.md", "link.md", str(folder / "named.md"))
    run(folder, "check", *documents)
    patch = run(folder, "repair", *documents).stdout
    subprocess.run(["git", "apply"], cwd=folder, input=patch.encode(), check=True, timeout=60)
    better = b"[it](https://bidenwhitehouse.archives.gov/"
    assert (folder / "marked.md").read_bytes().startswith(b"\xef\xbb\xbf" + better)
    assert (folder / "behind.md").read_bytes().startswith(better)
    assert (folder / "named.md").read_bytes().startswith(better)
    assert (folder / "link.md").is_symlink()


def test_what_is_compressed_is_left_and_called_so(folder: Path) -> None:
    speech = next(line for line in SOURCES.splitlines() if "sullivan" in line)
    (folder / "packed.md.gz").write_bytes(gzip.compress(f"[it]({speech})\n".encode()))
    run(folder, "check", "packed.md.gz")
    left = run(folder, "repair", "--write", "packed.md.gz")
    assert "packed.md.gz:1: left as it is, for the document is compressed; better would be https://" in left.stderr


def test_the_name_of_a_document_stays_on_its_line(folder: Path) -> None:
    speech = next(line for line in SOURCES.splitlines() if "sullivan" in line)
    (folder / "a\n::error::b.md").write_text(f"[it]({speech})\n", encoding="utf-8")
    run(folder, "check", ".")
    said = run(folder, "repair", ".").stderr.splitlines()
    assert [line for line in said if line.startswith("::")] == []
    assert [line for line in said if line.startswith("a ::error::b.md:1: ")]


# ---------------------------------------------------------------- what a site's own word is worth

PROSE = "<p>The committee met on Monday and counted every vote by hand, as the law asks for.</p>" * 8


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    def onward(address: str) -> bytes:
        return response(301, b"", f"Location: {address}")

    script = {
        "/2015/03/how-we-count-votes": onward("/stories/1"),
        "/stories/1": html("How we count votes", PROSE),
        "/2015/03/bare": onward("/2015/03/bare/#counted"),
        "/2015/03/bare/": html("Bare", PROSE),
        "/2015/03/listed": onward("/2015/03/"),
        "/2015/03/": html("The law of counting votes", PROSE),
        "/2015/03/sought": onward("/find?q=sought"),
        "/find?q=sought": html("Found: sought", PROSE),
        "/2015/03/other": onward("/stories/2"),
        "/stories/2": html("Gardens in spring", PROSE),
    }
    with serving({**script}) as up:
        yield up


@pytest.fixture
def redirected(tmp_path: Path, site: Server) -> Path:
    """A list of sources that were all redirected for good, and were checked."""
    cited = (
        "how-we-count-votes\n",
        "bare\n",
        "listed\n    title: The law of counting votes\n    > counted every vote by hand\n",
        "sought\n",
        "other\n",
    )
    text = "".join(f"{site.url}/2015/03/{each}" for each in cited)
    (tmp_path / "sources.txt").write_text(text, encoding="utf-8")
    (tmp_path / "linkcheck.toml").write_text(
        "allow-private = ['127.0.0.1']\nwayback = ''\nspacing = 0\n", encoding="utf-8"
    )
    run(tmp_path, "check")
    return tmp_path


def written(folder: Path) -> list[str]:
    lines = (folder / "sources.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("//")[2].partition("/")[2] for line in lines if line.startswith("http")]


def test_only_a_redirect_to_what_was_cited_is_written(redirected: Path) -> None:
    done = run(redirected, "repair", "--write")
    assert written(redirected) == [
        "stories/1", "2015/03/bare/#counted", "2015/03/listed", "2015/03/sought", "2015/03/other"
    ]  # fmt: skip
    said = done.stderr.splitlines()
    assert "its title has the words of the cited address" in said[-3]
    assert said[-1] == "2 repairs written. 3 not verified: --unverified takes 1 of them up, once you have looked."
    (listed,) = (line for line in said if line.startswith("sources.txt:3: "))
    assert "not verified, so left as it is" in listed
    assert listed.endswith("(redirect: 127.0.0.1 redirects there for good (301), but that is a page above it, though "
                           "the quote is on it now)")  # fmt: skip
    assert "whether it is what was cited could not be told" in next(line for line in said if "/2015/03/other" in line)


def test_a_patch_has_no_more_than_what_would_be_written(redirected: Path) -> None:
    patch = run(redirected, "repair").stdout
    assert [line.partition("03/")[2] or "1" for line in patch.splitlines() if line.startswith("+http")] == [
        "1", "bare/#counted"
    ]  # fmt: skip


def test_what_is_not_verified_is_written_where_one_asks_for_it_but_for_what_leads_up(redirected: Path) -> None:
    done = run(redirected, "repair", "--write", "--unverified")
    assert written(redirected)[2:] == ["2015/03/listed", "2015/03/sought", "stories/2"]
    assert done.stderr.splitlines()[-1] == "3 repairs written. 2 not verified."


def test_a_patch_from_a_folder_below_the_settings_says_where_it_applies(redirected: Path) -> None:
    below = redirected / "parts" / "one"
    below.mkdir(parents=True)
    (redirected / "parts" / "a.md").write_text((redirected / "sources.txt").read_text(encoding="utf-8"))
    subprocess.run(["git", "init", "-q"], cwd=redirected, check=True, timeout=60)
    for words, name, where in (((), "sources.txt", "../.."), (("..",), "a.md", "..")):
        done = run(below, "repair", *words)
        assert done.stdout.splitlines()[:2] == [f"--- a/{name}", f"+++ b/{name}"]
        assert f"`linkcheck repair | git -C {where} apply`" in done.stderr
        subprocess.run(["git", "-C", where, "apply"], cwd=below, input=done.stdout, text=True, check=True, timeout=60)
        assert "/stories/1" in (below / where / name).read_text(encoding="utf-8")


def test_what_is_read_only_is_left_and_the_others_are_written_with_mode_and_owner_kept(redirected: Path) -> None:
    text = (redirected / "sources.txt").read_text(encoding="utf-8")
    locked, shared = redirected / "locked.txt", redirected / "shared.txt"
    for path, mode in ((locked, 0o444), (shared, 0o664)):
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
    with contextlib.suppress(OSError):  # only root may give files away, and not in every container
        os.chown(shared, 12345, 23456)
    before = shared.stat()
    done = run(redirected, "repair", "--write", "locked.txt", "shared.txt")
    assert done.returncode == 2
    assert "linkcheck: locked.txt: cannot be written (it is read-only)" in done.stderr
    assert locked.read_text(encoding="utf-8") == text
    assert "/stories/1" in shared.read_text(encoding="utf-8")
    seen = shared.stat()
    assert (seen.st_mode & 0o777, seen.st_uid, seen.st_gid) == (0o664, before.st_uid, before.st_gid)


def test_ctrl_c_leaves_whole_files_and_says_which_of_them_were_written(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{number}.md") for number in range(4)]
    findings = []
    for name in names:
        Path(name).write_text(f"See [it]({OLD}).\n")
        (citation,) = cited(Path(name).read_text(), name)[1]
        better = Suggestion(NEW, "redirect", True, "it is the same page")
        findings.append(Finding(citation, Verdict(State.MOVED, "redirect-permanent", "", suggestions=(better,)), None))
    interrupt = Interrupt()

    def at_the_third(step: Step) -> None:
        if step.done == 2:
            interrupt.signal()

    def mended_so(*, writes: bool) -> Mended:
        ways = {"mementos": False, "identifiers": False, "interrupt": interrupt, "on_step": at_the_third}
        return mend(findings, writes=writes, **ways)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):  # half a patch would be taken for a whole one
        mended_so(writes=False)
    told = mended_so(writes=True)
    assert [NEW in Path(name).read_text() for name in names] == [True, True, False, False]
    assert [line.partition(":1: ")[0] for line in told.said[:2]] == names[:2]
    assert told.said[2:] == ("2 repairs written.", "Interrupted: 2 of 4 documents were looked at; run again to go on.")
    assert told.interrupted
