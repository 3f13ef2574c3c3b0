"""The archive for a browser: what is served, to whom, and what is said where no replay tool is here."""

from __future__ import annotations

import functools
import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from linkcheck import replay
from linkcheck.archives import wacz
from tests.archives.builders import TOOL, sample
from tests.command import run as run_command
from tests.servers import kept_port


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive, and files that stand for ReplayWeb.page's."""
    made = tmp_path_factory.mktemp("replay")
    sample(made / "archive")
    (made / "ui").mkdir()
    (made / "ui" / "ui.js").write_text("// ui")
    (made / "ui" / "sw.js").write_text("// sw")
    return made


@pytest.fixture(scope="module")
def port(folder: Path) -> int:
    told: list[str] = []
    served = threading.Event()

    def ready(address: str) -> None:
        told.append(address)
        served.set()

    serving = functools.partial(replay.by_replayweb, folder / "archive", folder / "ui", 0, TOOL, ready)
    threading.Thread(target=serving, daemon=True).start()
    assert served.wait(60)
    return int(told[0].rstrip("/").rpartition(":")[2])


def ask(port: int, path: str, *, method: str = "GET", **fields: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, headers=fields)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_the_page_the_viewer_and_the_archive_are_served_and_nothing_else(
    folder: Path, port: int, tmp_path: Path
) -> None:
    wacz.export(folder / "archive", tmp_path / "same.wacz", TOOL)
    assert b'<replay-web-page source="/archive.wacz"' in ask(port, "/")[2]
    assert ask(port, "/ui.js")[2] == b"// ui"
    assert ask(port, "/replay/sw.js?serveIndex=1")[2] == b"// sw"
    assert ask(port, "/archive.wacz")[2] == (tmp_path / "same.wacz").read_bytes()
    for other in ("/archive/snapshots.jsonl", "/../archive/snapshots.jsonl", "/ui", "/replay/"):
        assert ask(port, other)[0] == 404


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-3", 206, (0, 4)),
        ("bytes=10-", 206, (10, None)),
        ("bytes=-7", 206, (-7, None)),
        ("bytes=5-999999999", 206, (5, None)),
        ("bytes=999999999-", 416, None),
        ("bytes=9-3", 416, None),
        ("lines=1-2", 416, None),
        ("bytes=a-b", 416, None),
    ],
)
def test_a_piece_of_the_archive_can_be_asked_for(
    port: int, asked: str, status: int, span: tuple[int, int | None] | None
) -> None:
    whole = ask(port, "/archive.wacz")[2]
    got, headers, content = ask(port, "/archive.wacz", Range=asked)
    assert got == status
    if span:
        wanted = whole[slice(*span)]
        start = len(whole) + span[0] if span[0] < 0 else span[0]
        assert content == wanted
        assert headers["Content-Range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(whole)}"


def test_a_name_of_another_site_that_points_here_is_turned_away(port: int) -> None:
    assert ask(port, "/archive.wacz", Host="evil.example:80")[0] == 421


def test_head_says_the_length_and_sends_nothing(port: int) -> None:
    status, headers, content = ask(port, "/archive.wacz", method="HEAD")
    assert (status, content) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


# ---------------------------------------------------------------- the command


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "linkcheck", "replay", "--archive", str(folder / "archive"), *options]


@contextmanager
def running(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a session of its own, which ends with the block, whatever happens there."""
    with subprocess.Popen(
        command(folder, *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        try:
            yield run
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)


def test_without_a_replay_tool_the_way_out_is_told(folder: Path, tmp_path: Path) -> None:
    ran = run_command(folder, "replay", env={"PATH": str(tmp_path)})
    assert ran.returncode == 2
    assert "pywb or ReplayWeb.page is needed, and neither is here. Either `pip install pywb`" in ran.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--replayweb", "absent"], "there is no ui.js in it"),
        (["--pywb", "./absent/wayback"], "cannot be started (No such file or directory)"),
        (["--pywb", shutil.which("false") or "false"], "ended by itself (exit code 1)"),
    ],
)
def test_what_was_named_and_cannot_be_used_is_told(folder: Path, options: list[str], said: str) -> None:
    ran = run_command(folder, "replay", *options)
    assert (ran.returncode, said in ran.stderr) == (2, True), ran.stderr


def test_ctrl_c_ends_it_without_a_word_of_failure(folder: Path) -> None:
    with kept_port() as port, running(folder, "--replayweb", str(folder / "ui"), "--port", str(port)) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == f"http://127.0.0.1:{port}/\n"
        assert ask(port, "/")[0] == 200
        run.send_signal(signal.SIGINT)
        _, complaints = run.communicate(timeout=60)
    assert (run.returncode, complaints) == (0, "")


@pytest.mark.pywb
def test_pywb_serves_the_archive_until_ctrl_c(folder: Path) -> None:
    pywb = os.environ.get("LINKCHECK_PYWB")
    if not pywb:
        pytest.skip("LINKCHECK_PYWB does not name the wayback command of a pywb")
    with kept_port() as port, running(folder, "--pywb", pywb, "--port", str(port)) as run:
        assert run.stdout is not None
        address = run.stdout.readline().strip()
        assert address == f"http://127.0.0.1:{port}/web/"
        asked = asked_until_it_listens(port, "/web/20261123120200id_/https://example.com/")
        assert (asked[0], asked[2]) == (200, b"<p>short</p>")
        os.killpg(run.pid, signal.SIGINT)
        run.communicate(timeout=60)
        assert run.returncode == 0
        with pytest.raises(ConnectionRefusedError):
            ask(port, "/web/")


def asked_until_it_listens(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """pywb is started when its address is told, and listens a while later."""
    for _ in range(1200):
        with suppress(ConnectionRefusedError):
            return ask(port, path)
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at {port}")
