"""What CI does to a run: a fresh checkout, two runs at once, a cache from elsewhere; and what may never fail it."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linkcheck.archives import snapshots
from linkcheck.judge import REASONS
from linkcheck.model import Look, State
from linkcheck.store import Store
from tests.command import begun
from tests.command import run as run_command
from tests.servers import Script, Server, html, response, serving

WORDS = " ".join(f"Sentence number {number} says what was said in the talks." for number in range(60))


@pytest.fixture
def web() -> Iterator[Server]:
    script: Script = {
        "/page": html("The talks", f"<p>The words that were cited.<p>{WORDS}"),
        "/gone": response(404, b"no"),
        "/no": response(403, b"no"),
        "/slow": response(429, b"no"),
        "/broken": response(500, b"oops"),
    }
    with serving(script) as server:
        yield server


@pytest.fixture
def texts(tmp_path: Path, web: Server) -> Path:
    (tmp_path / "linkcheck.toml").write_text(
        'spacing = 0\nretries = 0\nwayback = ""\nallow-private = ["127.0.0.1"]\ncontrols = ["localhost"]\n'
    )
    (tmp_path / "sources.txt").write_text(f"{web.url}/page\n    > The words that were cited\n")
    return tmp_path


def run(folder: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    done = run_command(folder, *words, "--format", "json", env={"CI": "1", "XDG_CACHE_HOME": str(folder)})
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


def test_a_fresh_checkout_with_only_the_lock_file_can_verify(texts: Path, web: Server, tmp_path: Path) -> None:
    assert run(texts, "archive")[0] == 0
    for name in ("warcs", "indexes", "pages", "history.sqlite"):
        found = texts / "archive" / name
        shutil.rmtree(found) if found.is_dir() else found.unlink()
    assert [path.name for path in (texts / "archive").iterdir() if not path.name.startswith(".")] == ["snapshots.jsonl"]
    code, made, _ = run(texts, "verify", "--fail-on", "dead,drifted,missing-capture")
    (cited,) = made["citations"]
    assert (code, cited["state"], made["integrity"]) == (0, "alive", [])
    assert "The bytes are those of the capture of" in cited["evidence"]
    web.script["/page"] = html("The talks", "<p>Something else altogether.")
    code, made, _ = run(texts, "verify")
    assert (code, made["citations"][0]["reason"]) == (1, "quote-missing")


def test_a_streak_of_failures_is_counted_from_the_lock_file(texts: Path, web: Server) -> None:
    (texts / "sources.txt").write_text(f"{web.url}/broken\n")
    assert run(texts, "verify")[0] == 0
    (texts / "archive" / "history.sqlite").unlink()
    now = datetime.now(UTC)
    looks = [Look(now - timedelta(days=days), 500, None) for days in (12, 8, 4)]
    snapshots.add(texts / "archive", [], {f"{web.url}/broken": looks})
    code, made, _ = run(texts, "verify")
    assert (code, made["citations"][0]["reason"]) == (1, "repeated-failure")


def test_two_runs_at_once_over_one_folder_come_to_the_same(texts: Path, web: Server) -> None:
    (texts / "sources.txt").write_text("".join(f"{web.url}/page?{number}\n" for number in range(40)))
    web.script["*"] = web.script["/page"]
    env = {"CI": "1", "XDG_CACHE_HOME": str(texts)}
    with contextlib.ExitStack() as running:
        both = [running.enter_context(begun(texts, "verify", "--format", "json", env=env)) for _ in range(2)]
        ended = [(process.communicate(timeout=120)[0], process.returncode) for process in both]
    assert [code for _, code in ended] == [0, 0]
    assert [json.loads(said)["summary"]["states"] for said, _ in ended] == [{"alive": 40}] * 2
    with Store(texts / "archive" / "history.sqlite", read_only=True) as store:
        assert len(list(store.history(f"{web.url}/page?7"))) == 2, "both have noted what they saw"


def test_a_torn_history_costs_a_sentence_and_a_newer_one_is_left_alone(texts: Path, web: Server) -> None:
    history = texts / "archive" / "history.sqlite"
    history.parent.mkdir()
    history.write_bytes(b"SQLite format 3\x00 and then the cache was cut off" * 40)
    code, made, _ = run(texts, "verify")
    assert code == 0
    assert any("history.sqlite was no readable history" in note for note in made["notes"])
    with sqlite3.connect(history) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    code, _, complained = run(texts, "verify")
    assert code == 2
    assert "newer linkcheck" in complained


def test_what_says_nothing_of_a_source_fails_no_run_by_default(texts: Path, web: Server) -> None:
    (texts / "sources.txt").write_text(
        "".join(f"{web.url}{path}\n" for path in ("/no", "/page", "/broken", "/slow")) + "ftp://files.example/a\n"
    )
    for command in ("check", "verify", "archive"):
        code, made, _ = run(texts, command)
        assert code == 0, command
        assert made["summary"]["states"] == {"blocked": 2, "failing": 1, "unknown": 1, "alive": 1}
    (texts / "sources.txt").write_text(f"{web.url}/no\n{web.url}/gone\n")
    assert run(texts, "verify")[0] == 1


def test_every_reason_that_fails_a_run_by_default_is_of_the_dead_or_the_drifted() -> None:
    from linkcheck.conduct import Policy
    from linkcheck.findings import _shortfalls
    from linkcheck.model import Citation, Verdict

    cited = Citation("https://example.org/", "https://example.org/", "a.md", 1, 1)
    failing = {
        state
        for reason in REASONS
        for state in reason.states
        if list(_shortfalls(cited, Verdict(state, reason.id, ""), (), Policy()))
    }
    assert failing == {State.DEAD, State.DRIFTED}
