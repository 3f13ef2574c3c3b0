"""The commands as a user runs them: real processes, real sockets, real files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from linkcheck.cli import cli
from linkcheck.judge import REASONS
from linkcheck.model import State
from linkcheck.store import Store
from tests.command import begun
from tests.command import run as run_command
from tests.readme import ROOT
from tests.servers import Script, Server, Wire, closed_port, html, response, serving

LOOPBACK = ("--allow-private", "127.0.0.1")


def run(
    folder: Path, *arguments: str, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return run_command(folder, *arguments, stdin=stdin, env=env)


def checked(folder: Path, *arguments: str, stdin: str = "") -> tuple[dict[str, object], int]:
    done = run(folder, "check", *arguments, *LOOPBACK, "--format", "json", stdin=stdin)
    assert done.stdout, done.stderr
    return json.loads(done.stdout), done.returncode


def states(made: dict[str, object]) -> list[tuple[str, str]]:
    citations = made["citations"]
    assert isinstance(citations, list)
    return [(entry["state"], entry["reason"]) for entry in citations]


@pytest.fixture
def web() -> Iterator[Server]:
    script: Script = {
        "/alive": html("Alive", "<p>The words that were cited stand here.</p>"),
        "/gone": response(404, b"gone"),
        "/moved": response(301, b"", "Location: /alive"),
        "/no": response(403, b"no"),
        "/broken": response(500, b"oops"),
    }
    with serving(script) as server:
        yield server


# ---------------------------------------------------------------- check


def test_every_state_has_its_exit_code_and_its_place(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text("spacing = 0\nretries = 0\n")
    (tmp_path / "text.md").write_text(f"# T\n\nSee [this]({web.url}/alive) and\n- {web.url}/gone\n")
    made, code = checked(tmp_path, "text.md")
    assert states(made) == [("alive", "ok"), ("dead", "http-404")]
    assert [(entry["line"], entry["column"]) for entry in made["citations"]] == [(3, 12), (4, 3)]  # type: ignore[attr-defined]
    assert code == 1
    made, code = checked(tmp_path, f"{web.url}/no", f"{web.url}/broken", f"{web.url}/moved")
    assert [state for state, _ in states(made)] == ["blocked", "failing", "moved"]
    assert code == 0, "what cannot be told fails nobody's build"


def test_a_source_that_is_cited_often_is_fetched_once(tmp_path: Path, web: Server) -> None:
    (tmp_path / "a.txt").write_text(f"{web.url}/alive#one and {web.url}/alive\n")
    (tmp_path / "b.md").write_text(f"<{web.url}/alive>\n")
    made, _ = checked(tmp_path, "a.txt", "b.md")
    assert len(states(made)) == 3
    assert web.paths() == ["/alive"]


def test_a_404_is_looked_at_twice_before_it_is_called_dead(tmp_path: Path, web: Server) -> None:
    checked(tmp_path, f"{web.url}/gone")
    assert web.paths() == ["/gone", "/gone"]


def test_a_quote_that_is_not_on_the_page_is_drift(tmp_path: Path, web: Server) -> None:
    (tmp_path / "sources.txt").write_text(f"{web.url}/alive\n    > words that were cited\n    > nobody has said so\n")
    made, code = checked(tmp_path)
    assert states(made) == [("drifted", "quote-missing")]
    assert [match["found"] for match in made["citations"][0]["quotes_found"]] == [True, False]  # type: ignore[index]
    assert code == 1


def test_a_place_and_a_title_are_looked_for_in_the_whole_page(tmp_path: Path) -> None:
    long = "<p>" + "What they said of it, and how it was heard. " * 400
    sections = "".join(f'<h2 id="part-{number}">Part {number}</h2>{long}' for number in range(1, 5))
    talks = html("The talks in Geneva", f"<h1>The talks in Geneva</h1>{sections}<p>The very end.")
    script: Script = {"/talks": talks, "/called": talks}
    with serving(script) as server:
        url = f"{server.url}/talks"
        (tmp_path / "sources.txt").write_text(
            f"{url}#part-4\n{url}#part-9\n{url}#:~:text=The%20very%20end\n{url}#:~:text=The%20other%20end\n"
            f"{server.url}/called\n    title: Geneva and the talks\n"
            f"{server.url}/called\n    title: How the parish bridge will be mended\n"
        )
        (tmp_path / "linkcheck.toml").write_text('method = "HEAD"\n')
        made, code = checked(tmp_path)
    assert states(made) == [
        ("alive", "ok"), ("drifted", "fragment-missing"), ("alive", "ok"), ("drifted", "fragment-missing"),
        ("alive", "ok"), ("drifted", "title-mismatch"),
    ]  # fmt: skip
    assert code == 1
    assert sorted(server.paths()) == ["/called", "/talks"]


def test_the_policy_can_be_set(tmp_path: Path, web: Server) -> None:
    assert run(tmp_path, "check", f"{web.url}/no", *LOOPBACK, "--fail-on", "blocked").returncode == 1
    assert run(tmp_path, "check", f"{web.url}/gone", *LOOPBACK, "--fail-on", "none").returncode == 0


def test_both_transports_come_to_the_same_verdicts(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text("spacing = 0\nretries = 0\n")
    urls = [f"{web.url}/{name}" for name in ("alive", "gone", "moved", "no", "broken")]
    by_libcurl, _ = checked(tmp_path, *urls, "--transport", "libcurl")
    by_requests, _ = checked(tmp_path, *urls, "--transport", "requests")
    assert states(by_libcurl) == states(by_requests)


def test_a_private_address_in_a_strangers_document_is_not_asked(tmp_path: Path, web: Server) -> None:
    done = run(tmp_path, "check", f"{web.url}/alive", "--format", "json")
    assert states(json.loads(done.stdout)) == [("unknown", "unsafe-address")]
    assert done.returncode == 3
    assert web.paths() == []


def test_a_second_run_asks_only_whether_the_page_has_changed(tmp_path: Path) -> None:
    def page(wire: Wire) -> None:
        if b'If-None-Match: "v1"' in wire.head:
            wire.send(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
        else:
            wire.send(html("Page", "the words that were cited", 'ETag: "v1"'))

    with serving({"/page": page}) as server:
        (tmp_path / "sources.txt").write_text(f"{server.url}/page\n    > words that were cited\n")
        first, _ = checked(tmp_path)
        second, _ = checked(tmp_path)
        assert states(first) == states(second) == [("alive", "ok")]
        assert second["citations"][0]["quotes_found"][0]["found"], "looked for in the page that still holds"  # type: ignore[index]
        assert second["citations"][0]["http_status"] == 200  # type: ignore[index]
        assert [b"If-None-Match" in head for head in server.heads] == [False, True]


def test_what_answered_lately_is_not_asked_again_and_a_failure_always_is(tmp_path: Path, web: Server) -> None:
    urls = [f"{web.url}/alive", f"{web.url}/gone"]
    checked(tmp_path, *urls)
    again, _ = checked(tmp_path, *urls, "--max-age", "1h")
    assert states(again) == [("alive", "ok"), ("dead", "http-404")]
    assert web.paths() == ["/alive", "/gone", "/gone", "/gone", "/gone"]


def test_what_the_time_of_a_run_does_not_reach_is_told_so(tmp_path: Path) -> None:
    with serving({"/quick": html("Quick", "words"), "/never": Wire.hang}) as server:
        made, code = checked(tmp_path, f"{server.url}/quick", f"{server.url}/never", "--max-time", "4s")
    assert states(made) == [("alive", "ok"), ("unknown", "not-reached")]
    assert code == 0
    assert [note for note in made["notes"] if "max-time" in note]  # type: ignore[attr-defined]


def test_head_is_used_where_the_user_asks_for_it_and_nobody_quotes(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('method = "HEAD"\nspacing = 0\n')
    web.script["/short"] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    (tmp_path / "sources.txt").write_text(f"{web.url}/short\n{web.url}/alive\n    > words that were cited\n")
    made, _ = checked(tmp_path)
    assert states(made) == [("alive", "ok"), ("alive", "ok")]
    assert sorted(head.split(b" ")[0] for head in web.heads) == [b"GET", b"HEAD"]


# ---------------------------------------------------------------- offline


def test_without_a_network_nothing_is_called_dead_and_nothing_is_stored(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text('controls = ["control-one.invalid", "control-two.invalid"]\nretries = 0\n')
    (tmp_path / "sources.txt").write_text("https://cited-one.invalid/a\nhttp://cited-two.invalid/b\n")
    done = run(tmp_path, "check", "--format", "json", "--timeout", "5")
    made = json.loads(done.stdout)
    assert states(made) == [("unknown", "offline"), ("unknown", "offline")]
    assert done.returncode == 3
    assert [note for note in made["notes"] if "offline" in note and "control-one.invalid" in note]
    with Store(tmp_path / "archive" / "history.sqlite", read_only=True) as store:
        assert store.looks("https://cited-one.invalid/a") == ()
    archived = run(tmp_path, "archive", "--timeout", "5")
    assert archived.returncode == 3
    assert not (tmp_path / "archive" / "snapshots.jsonl").exists()
    assert list((tmp_path / "archive").glob("warcs/*")) == []


def test_being_offline_writes_over_no_earlier_knowledge(tmp_path: Path, web: Server) -> None:
    url = f"{web.url}/alive"
    checked(tmp_path, url)
    (tmp_path / "linkcheck.toml").write_text('controls = ["control.invalid"]\nretries = 0\n')
    assert run(tmp_path, "check", "https://cited.invalid/", "--timeout", "5").returncode == 3
    shown = run(tmp_path, "show", url)
    assert "alive (ok)" in shown.stdout
    assert shown.returncode == 0


def test_a_host_of_our_own_network_needs_no_line_to_the_world(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('controls = ["control.invalid"]\nallow-private = ["127.0.0.0/8", "::1"]\n')
    done = run(tmp_path, "check", f"http://localhost:{web.port}/alive", "--format", "json")
    assert states(json.loads(done.stdout)) == [("alive", "ok")]


def test_a_run_that_nobody_answers_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("retries = 0\n")
    made, code = checked(tmp_path, f"http://127.0.0.1:{closed_port()}/")
    assert (states(made), code) == ([("failing", "connection-refused")], 3)


def test_a_host_that_asks_to_be_left_alone_for_an_hour_is_left_alone(tmp_path: Path) -> None:
    with serving({"*": response(429, b"", "Retry-After: 3600")}) as server:
        made, _ = checked(tmp_path, *[f"{server.url}/{number}" for number in range(5)])
        assert len(server.heads) == 1
    assert states(made) == [("blocked", "rate-limited")] + [("unknown", "not-reached")] * 4


def test_credentials_in_a_url_go_nowhere_but_into_the_report_of_their_owner(tmp_path: Path, web: Server) -> None:
    url = web.url.replace("//", "//user:pa55@") + "/alive"
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\n')
    assert run(tmp_path, "archive", url, *LOOPBACK).returncode == 0
    assert run(tmp_path, "verify", url, *LOOPBACK, "--fail-on", "missing-capture").returncode == 0
    assert not [head for head in web.heads if b"pa55" in head or b"uthorization" in head]
    assert "pa55" not in (tmp_path / "archive" / "snapshots.jsonl").read_text()


def test_a_private_host_is_not_named_to_the_public_archive(tmp_path: Path, web: Server) -> None:
    with serving({"*": response(200, b"")}) as archive:
        (tmp_path / "linkcheck.toml").write_text(f'wayback = "{archive.url}"\nallow-private = ["intra.example.org"]\n')
        given = f"intra.example.org:80:127.0.0.1:{web.port}"
        run(tmp_path, "archive", "http://intra.example.org/alive?token=secret", "--resolve", given, *LOOPBACK)
        assert archive.heads == []
    assert web.paths()[0] == "/alive?token=secret"


def test_an_archive_that_asked_us_to_slow_down_is_left_alone_by_the_next_process_too(
    tmp_path: Path, web: Server
) -> None:
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = "http://archive.example"\nrobots = false\n')
    given = ("archive", "http://cited.example.org/alive", "--resolve", f"cited.example.org:80:127.0.0.1:{web.port}")
    # A proxy stands before the archive: its address is nobody's own, so what is asked of it counts for every process.
    with serving({"*": response(429, b"slow down")}) as proxy:
        world = {"http_proxy": proxy.url, "no_proxy": "", "XDG_CACHE_HOME": str(tmp_path / "cache")}
        first = run(tmp_path, *given, *LOOPBACK, env=world)
        assert (first.returncode, "asks us to slow down (429)" in " ".join(first.stdout.split())) == (0, True)
        second = run(tmp_path, *given, *LOOPBACK, env=world)
        assert "in an earlier run, so it is left alone for 5 minutes more" in " ".join(second.stdout.split())
        assert len([head for head in proxy.heads if b"archive.example" in head]) == 1
    assert (tmp_path / "cache" / "linkcheck" / "archives.json").exists()


# ---------------------------------------------------------------- archive and verify


def test_what_is_archived_verifies_until_a_byte_is_changed(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\n')
    (tmp_path / "sources.txt").write_text(f"{web.url}/alive\n")
    archived = run(tmp_path, "archive", *LOOPBACK)
    assert archived.returncode == 0, archived.stderr
    lines = (tmp_path / "archive" / "snapshots.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["uri_r"] == f"{web.url}/alive"
    assert web.paths() == ["/alive", "/robots.txt"], "one fetch, not two"
    verified = run(tmp_path, "verify", *LOOPBACK, "--fail-on", "dead,missing-capture")
    assert verified.returncode == 0, verified.stdout
    assert "The bytes are those of the capture" in run(tmp_path, "report", "--format", "json").stdout or verified.stdout
    (warc,) = (tmp_path / "archive" / "warcs").glob("*.warc.gz")
    stored = bytearray(warc.read_bytes())
    stored[len(stored) // 2] ^= 1
    warc.write_bytes(bytes(stored))
    tampered = run(tmp_path, "verify", *LOOPBACK)
    assert tampered.returncode == 1
    assert warc.name in tampered.stdout


def test_what_robots_txt_forbids_is_checked_and_not_captured(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\n')
    web.script["/robots.txt"] = response(200, b"User-agent: linkcheck\nDisallow: /alive\n", "Content-Type: text/plain")
    made = json.loads(run(tmp_path, "archive", f"{web.url}/alive", *LOOPBACK, "--format", "json").stdout)
    assert states(made) == [("alive", "ok")]
    assert "Not captured: its robots.txt says “Disallow: /alive” (line 2)." in made["citations"][0]["evidence"]
    assert not list((tmp_path / "archive" / "warcs").glob("*"))
    checked(tmp_path, f"{web.url}/alive")
    assert web.paths() == ["/alive", "/robots.txt", "/alive"], "a single cited page is looked at without asking"
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\nrobots = false\n')
    run(tmp_path, "archive", f"{web.url}/alive", *LOOPBACK)
    assert list((tmp_path / "archive" / "warcs").glob("*.warc.gz"))


def test_robots_txt_is_fetched_once_for_all_pages_of_a_host(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\n')
    web.script["/robots.txt"] = response(404)
    run(tmp_path, "archive", f"{web.url}/alive", f"{web.url}/alive?2", f"{web.url}/moved", *LOOPBACK)
    assert web.paths().count("/robots.txt") == 1


def test_an_error_page_is_not_captured_as_the_source(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\nretries = 0\n')
    run(tmp_path, "archive", f"{web.url}/gone", f"{web.url}/no", f"{web.url}/broken", *LOOPBACK)
    assert not list((tmp_path / "archive" / "warcs").glob("*"))


def test_a_source_without_a_capture_can_fail_the_run(tmp_path: Path, web: Server) -> None:
    done = run(tmp_path, "verify", f"{web.url}/alive", *LOOPBACK, "--fail-on", "missing-capture")
    assert done.returncode == 1
    assert "no capture is kept" in done.stdout


def test_a_killed_archive_run_loses_no_finished_capture(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\n')
    reached = threading.Event()

    def last(wire: Wire) -> None:
        reached.set()
        wire.hang()

    script: Script = {f"/{n}": html(f"Page {n}", "words " * 50) for n in range(6)}
    with serving({**script, "/last": last}) as server:
        urls = [f"{server.url}/{n}" for n in range(6)]
        (tmp_path / "sources.txt").write_text("\n".join([*urls, f"{server.url}/last"]) + "\n")
        with begun(tmp_path, "archive", *LOOPBACK) as process:
            assert reached.wait(60)
            process.kill()
        assert list((tmp_path / "archive" / "warcs").glob("*.open"))
        (tmp_path / "sources.txt").write_text(f"{urls[0]}\n")
        again = run(tmp_path, "archive", *LOOPBACK)
    assert again.returncode == 0, again.stderr
    kept = [json.loads(line)["uri_r"] for line in (tmp_path / "archive" / "snapshots.jsonl").read_text().splitlines()]
    assert sorted(set(kept)) == urls
    assert not list((tmp_path / "archive" / "warcs").glob("*.open"))
    assert run(tmp_path, "verify", urls[0], "--fail-on", "missing-capture").stdout.count("damage") == 0


# ---------------------------------------------------------------- report and show


def test_a_report_needs_no_network_and_comes_in_several_formats_at_once(tmp_path: Path, web: Server) -> None:
    checked(tmp_path, f"{web.url}/alive", f"{web.url}/gone")
    web.close()
    done = run(
        tmp_path, "report", "-o", "r.html", "-o", "r.json", "-o", "r.md", "-o", "r.csv", "-o", "r.svg", "-o", "r.txt"
    )
    assert done.returncode == 1
    assert states(json.loads((tmp_path / "r.json").read_text())) == [("alive", "ok"), ("dead", "http-404")]
    for name in ("r.html", "r.md", "r.csv", "r.svg", "r.txt"):
        assert "/gone" in (tmp_path / name).read_text(), name
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "archive", "r.csv", "r.html", "r.json", "r.md", "r.svg", "r.txt"
    ]  # fmt: skip


def test_show_tells_all_that_is_known_of_a_source(tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text('wayback = ""\n')
    run(tmp_path, "archive", f"{web.url}/alive", *LOOPBACK)
    shown = run(tmp_path, "show", f"{web.url}/alive#part").stdout
    assert "alive (ok)" in shown
    assert "Looks (1)" in shown
    assert "Copies (1)" in shown
    nothing = run(tmp_path, "show", "https://never-asked.example/")
    assert (nothing.returncode, "not-asked" in nothing.stdout) == (3, True)


# ---------------------------------------------------------------- extract


def test_extract_writes_a_list_that_can_be_read_again(tmp_path: Path) -> None:
    text = "See https://en.wikipedia.org/wiki/Trust,_but_verify (and https://a.example/b_(c)).\n"
    first = run(tmp_path, "extract", "-", stdin=text)
    assert "https://en.wikipedia.org/wiki/Trust,_but_verify\n" in first.stdout
    assert "https://a.example/b_(c)\n" in first.stdout
    (tmp_path / "sources.txt").write_text(first.stdout)
    rows = [json.loads(line) for line in run(tmp_path, "extract", "--format", "jsonl").stdout.splitlines()]
    assert [row["url"] for row in rows] == [
        "https://en.wikipedia.org/wiki/Trust,_but_verify",
        "https://a.example/b_(c)",
    ]
    assert {"url", "written", "document", "line", "column", "quotes", "accessed"} <= rows[0].keys()


def test_extract_names_a_broken_entry_on_stderr_and_takes_the_others(tmp_path: Path) -> None:
    text = "@misc{a, url={https://a.example/},\n title={open\n\n@misc{b, url={https://b.example/}}"
    (tmp_path / "refs.bib").write_text(text)
    done = run(tmp_path, "extract", "refs.bib")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line[:1] != "#"] == [
        "https://a.example/",
        "https://b.example/",
    ]
    assert "refs.bib:1: the entry a is not closed" in done.stderr


@pytest.mark.parametrize("closed", ["<&-", "2>&-", ">&-", "<&- >&- 2>&-"])
def test_a_closed_stream_costs_no_file_and_only_what_could_not_be_printed_is_an_error(
    closed: str, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("See https://a.example/.\n")
    done = shelled(tmp_path, f"linkcheck report a.md -o r.json {closed}")
    is_unprinted = ">&-" in closed.split()
    assert done.returncode == (2 if is_unprinted else 3)
    assert bool(done.stderr) == (closed == ">&-")
    assert json.loads((tmp_path / "r.json").read_text())["summary"]["citations"] == 1


def test_a_folder_that_is_gone_is_no_crash(tmp_path: Path) -> None:
    command = f'mkdir x && cd x && rmdir ../x && "{sys.executable}" -m linkcheck report'
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "is there no more" in done.stderr


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("chek", "No such command 'chek'. Did you mean 'check'?"),
        ("article.md", "A document is checked with: linkcheck check DOC"),
        ("https://a.example/", "A document is checked with: linkcheck check DOC"),
    ],
)
def test_what_is_no_command_is_told_the_one_that_may_be_meant(word: str, said: str, tmp_path: Path) -> None:
    done = run(tmp_path, word)
    assert done.returncode == 2
    assert said in done.stderr


def test_what_a_settings_file_says_is_no_command_of_a_ci(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text(
        '[[exceptions]]\nurl = "x\\n::error::y \\u001b[31m"\nuntil = 2026-01-01\nreason = "r"\nreasons = ["nope"]\n'
    )
    done = run(tmp_path, "check", "https://a.example/")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "'nope' of x ::error::y \ufffd[31m" in line


def test_the_last_line_of_a_log_says_all_that_is_to_be_done(tmp_path: Path, web: Server) -> None:
    done = run(tmp_path, "check", f"{web.url}/gone", f"{web.url}/alive", *LOOPBACK, "--no-trace")
    assert done.stdout.splitlines()[-1] == (
        "1 citation falls short of the policy: cite another source, or except it for a while in the settings (exit "
        "code 1)."
    )
    assert max(map(len, done.stdout.splitlines()[:-1])) <= 100


def test_ctrl_c_while_the_program_is_being_imported_is_no_traceback() -> None:
    program = """
import sys

class Interrupting:
    def find_spec(self, name, *_):
        if name == "linkcheck.options":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
from linkcheck.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (130, "linkcheck: interrupted\n")


def test_a_list_is_written_in_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "sources.txt").write_text("https://a.example/\n    > “Trüst”\n", encoding="utf-8")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    with begun(tmp_path, "extract", env=env) as process:
        assert "“Trüst”" in process.communicate(timeout=60)[0]


def test_extract_writes_nothing_where_nothing_is_cited(tmp_path: Path) -> None:
    done = run(tmp_path, "extract", "-", stdin="No address stands here.\n")
    assert (done.stdout, done.returncode) == ("", 2)
    assert "nothing is cited here" in done.stderr


def test_a_report_that_cannot_be_written_costs_the_report_and_not_the_result(tmp_path: Path, web: Server) -> None:
    (tmp_path / "taken.html").mkdir()
    done = run(tmp_path, "check", f"{web.url}/alive", *LOOPBACK, "-o", "taken.html", "-o", "good.json")
    assert done.returncode == 2
    assert "1 alive" in done.stdout
    assert "taken.html" in done.stderr
    assert (tmp_path / "good.json").exists()


# ---------------------------------------------------------------- explain


def test_a_reason_is_explained_with_its_state_and_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "No-Such-Host")
    assert done.returncode == 0
    reason = next(reason for reason in REASONS if reason.id == "no-such-host")
    assert done.stdout.startswith("no-such-host (failing or dead)\n\n")
    assert " ".join(done.stdout.split()).endswith(f"{reason.meaning} What to do: {reason.advice}")


def test_without_a_reason_all_are_listed_under_each_of_their_states(tmp_path: Path) -> None:
    listed: dict[str, list[str]] = {}
    for line in run(tmp_path, "explain").stdout.splitlines():
        if line and not line.startswith(" "):
            listed[line] = []
        elif line.startswith("  ") and line[2] != " ":
            listed[list(listed)[-1]].append(line.split()[0])
    assert listed == {state: [reason.id for reason in REASONS if state in reason.states] for state in State}


def test_a_state_lists_its_reasons(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "moved")
    assert "redirect-permanent" in done.stdout
    assert "http-404" not in done.stdout


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["check", "missing.md"], "missing.md"),
        (["check", "empty-folder"], "empty-folder"),
        (["check", "latin.md"], "latin.md"),
        (["check", "empty.txt"], "empty.txt"),
        (["check", "no-url.sources.txt"], "perhaps this is a title"),
        (["check", "--format", "pdf"], "pdf"),
        (["check", "-o", "report.docx"], "report.docx"),
        (["check", "-o", "nowhere/report.html"], "nowhere"),
        (["check", "--fail-on", "daed"], "daed"),
        (["check", "--transport", "pigeon"], "--transport is one of auto, libcurl, requests, not 'pigeon'"),
        (["check", "--timeout", "soon"], "soon"),
        (["archive", "--wayback", "archive.example"], "--wayback takes a URL"),
        (["check", "--max-age", "a while"], "a while"),
        (["check", "--ca-file", "nothing.pem"], "nothing.pem"),
        (["check", "--ca-file", "empty.txt"], "empty.txt"),
        (["check", "--resolve", "here"], "here"),
        (["check", "--no-such-option"], "no-such-option"),
        (["extract", "--format", "xml"], "xml"),
        (["show", "not a url"], "not a url"),
        (["explain", "htp-404"], "did you mean 'http-404'?"),
        (["explain", "moovd"], "did you mean 'moved'?"),
        (["explain", "zzz"], "linkcheck explain lists them"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], named: str, tmp_path: Path) -> None:
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "latin.md").write_bytes(b"caf\xc3\xa9 \xe9 https://a.example/")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "no-url.sources.txt").write_text("https://a.invalid/\nperhaps this is a title\n")
    (tmp_path / "sources.txt").write_text("https://a.invalid/\n")
    (tmp_path / "linkcheck.toml").write_text('controls = ["control.invalid"]\nretries = 0\n')
    done = run(tmp_path, *arguments)
    assert done.returncode == 2, done.stdout
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_list_the_way_to_begin_one_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert done.returncode == 2
    assert "linkcheck extract" in done.stderr


def test_a_url_of_100_kb_is_named_in_short_and_the_rest_goes_on(tmp_path: Path, web: Server) -> None:
    (tmp_path / "sources.txt").write_text(f"https://a.example/{'x' * 100_000}\n{web.url}/alive\n")
    done = run(tmp_path, "check", *LOOPBACK, "--format", "json")
    assert done.returncode == 2
    assert "sources.txt:1" in done.stderr
    assert len(done.stderr) < 1000
    assert states(json.loads(done.stdout)) == [("alive", "ok")]


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path, web: Server) -> None:
    (tmp_path / "good.md").write_text(f"<{web.url}/alive>\n")
    made, code = checked(tmp_path, "missing.md", "good.md")
    assert (states(made), code) == ([("alive", "ok")], 2)


def test_an_archive_that_cannot_be_read_is_named(tmp_path: Path, web: Server) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "snapshots.jsonl").write_text("<<<<<<< HEAD\n")
    done = run(tmp_path, "check", f"{web.url}/alive", *LOOPBACK)
    assert done.returncode == 2
    assert "snapshots.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- Ctrl-C


def test_ctrl_c_keeps_what_was_learnt(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("spacing = 0\n")
    reached = threading.Event()

    def never(wire: Wire) -> None:
        reached.set()
        wire.hang()

    with serving({"/alive": html("Alive", "words"), "/never": never}) as server:
        urls = (f"{server.url}/alive", f"{server.url}/never")
        with begun(tmp_path, "check", *urls, *LOOPBACK, "--format", "json") as process:
            assert reached.wait(60)
            process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate(timeout=60)
        assert process.returncode == 130, stderr
        assert "Traceback" not in stderr
        made = json.loads(stdout)
        assert states(made) == [("alive", "ok"), ("unknown", "not-reached")]
        assert made["citations"][1]["evidence"] == "The run ended before it was asked."
        assert [note for note in made["notes"] if "Interrupted: 1 of 2" in note]
        with Store(tmp_path / "archive" / "history.sqlite", read_only=True) as store:
            assert len(store.looks(f"{server.url}/alive")) == 1


# ---------------------------------------------------------------- demo and help


def words(picture: Path) -> list[str]:
    """What stands in a picture, without the moments."""
    texts = re.findall(r">([^<>]*)</text>", picture.read_text(encoding="utf-8"))
    return [re.sub(r"\d{4}-\d\d-\d\d(&#160;| )\d\d:\d\d", "MOMENT", text) for text in texts]


def test_the_demo_does_the_main_job_without_internet(tmp_path: Path) -> None:
    done = run(tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    assert "stand-ins" in done.stdout
    made = json.loads((tmp_path / "linkcheck-demo" / "report.json").read_text())
    assert states(made) == [
        ("dead", "http-404"), ("dead", "http-404"), ("blocked", "bot-wall"), ("dead", "http-404"), ("alive", "ok")
    ]  # fmt: skip
    assert words(tmp_path / "linkcheck-demo" / "report.svg") == words(ROOT / "docs" / "demo.svg"), (
        "the picture in the README shows another run: take over linkcheck-demo/report.svg"
    )
    behind = run(tmp_path, "demo", env={"https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"})
    assert "3 dead, 1 blocked, 1 alive" in behind.stdout
    assert [entry["trace"] for entry in made["citations"]] == [
        "neighbours",
        "captures",
        "captures",
        "captures",
        "captures",
    ]
    assert "report.html" in done.stdout
    assert (tmp_path / "linkcheck-demo" / "report.html").is_file()
    assert list((tmp_path / "linkcheck-demo" / "archive" / "warcs").glob("*.warc.gz"))


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_every_command_has_help_with_an_example(command: str, tmp_path: Path) -> None:
    done = run(tmp_path, command, "--help")
    assert done.returncode == 0
    assert f"linkcheck {command}" in re.split("Examples?:", done.stdout, maxsplit=1)[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_stdout_is_said_and_the_files_are_written_all_the_same(tmp_path: Path, web: Server) -> None:
    (tmp_path / "sources.txt").write_text(f"{web.url}/alive\n", encoding="utf-8")
    command = [sys.executable, "-m", "linkcheck", "check", *LOOPBACK, "-o", "report.json"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, f"linkcheck: standard output cannot be written ({os.strerror(28)})\n")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["summary"]["states"] == {"alive": 1}


def shelled(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line for the shell, in which ``linkcheck`` is ours."""
    ours = f'linkcheck() {{ "{sys.executable}" -m linkcheck "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", ours], cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", ["--help", "--version", "check --help", "explain", "completion bash"])
def test_what_cannot_be_printed_is_an_error_that_says_so_and_no_crash(words: str, tmp_path: Path) -> None:
    for line in (f"linkcheck {words} > /dev/full", f"linkcheck {words} >&-"):
        done = shelled(tmp_path, line)
        assert done.returncode == 2
        assert re.fullmatch(r"linkcheck: standard output cannot be written \(.+\)\n", done.stderr)


def unread(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A run whose standard output is a pipe that its reader has closed."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [sys.executable, "-m", "linkcheck", *words], cwd=folder, stdout=writer, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)


@pytest.mark.parametrize("words", ["--help", "explain"])
def test_a_reader_that_has_gone_is_no_error(words: str, tmp_path: Path) -> None:
    done = unread(tmp_path, words)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_has_gone_costs_neither_the_files_nor_the_exit_code(tmp_path: Path, web: Server) -> None:
    done = unread(tmp_path, "check", f"{web.url}/gone", *LOOPBACK, "--wayback", "", "-o", "report.json")
    assert (done.returncode, done.stderr) == (1, "")
    assert (tmp_path / "report.json").is_file()


def test_closed_streams_cost_a_run_nothing_but_what_they_would_have_shown(tmp_path: Path, web: Server) -> None:
    words = f"{web.url}/alive {' '.join(LOOPBACK)} -o report.json"
    done = shelled(tmp_path, f"linkcheck check {words} <&- 2>&-")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 citation of 1 source: 1 alive." in done.stdout
    silent = shelled(tmp_path, f"linkcheck check {words} <&- >&- 2>&-")
    assert (silent.returncode, silent.stdout, silent.stderr) == (2, "", "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["summary"]["states"] == {"alive": 1}
    empty = shelled(tmp_path, "linkcheck extract - <&-")
    assert (empty.returncode, empty.stderr) == (
        2,
        "linkcheck: -: nothing is cited here; linkcheck looks for http and https URLs\n",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_complaints_that_nobody_can_read_leave_the_exit_code_as_it_is(tmp_path: Path) -> None:
    assert shelled(tmp_path, "linkcheck extract missing.md 2> /dev/full").returncode == 2
    assert shelled(tmp_path, "linkcheck explain > /dev/full 2>&1").returncode == 2


def test_a_report_for_a_folder_that_is_not_there_is_refused_before_anybody_is_asked(
    tmp_path: Path, web: Server
) -> None:
    refused = run(tmp_path, "check", f"{web.url}/alive", *LOOPBACK, "-o", "archive/baseline.json")
    assert (refused.returncode, refused.stdout, web.heads) == (2, "", [])
    assert (
        refused.stderr
        == f"linkcheck: --output: there is no folder {tmp_path / 'archive'}; make it, or name another one\n"
    )
