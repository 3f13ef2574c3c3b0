"""The bench of the judge keeps working: a corpus of a few rows, made here, and no figures held against anything."""

from __future__ import annotations

import contextlib
import http.client
import json
from pathlib import Path
from typing import Any

import pytest

from bench.judge import __main__ as command
from bench.judge import pages, rows
from bench.judge.goals import goals
from bench.judge.judging import judged
from bench.judge.rows import Section, Siblings, of_corpus
from bench.judge.server import replaying
from linkcheck.model import State

DEAD, BLOCKED, ALIVE = State.DEAD, State.BLOCKED, State.ALIVE


def entry(name: str, status: int, expected: list[str], **more: Any) -> dict[str, Any]:
    return {
        "id": name, "file": f"05_pages/html/{name}.html", "kind": more.pop("kind", "page"), "http_status": status,
        "headers": {"content-type": "text/html", "content-encoding": "br"}, "expected_any": expected,
        "must_not": more.pop("must_not", []), **more,
    }  # fmt: skip


def corpus(folder: Path, *entries: dict[str, Any], vectors: tuple[dict[str, Any], ...] = ()) -> Path:
    (folder / "05_pages" / "html").mkdir(parents=True)
    for each in entries:
        (folder / each["file"]).write_text(f"<title>{each['id']}</title><h1>{each['id']}</h1><p>Some words of it.")
    (folder / "05_pages" / "index.json").write_text(json.dumps(entries))
    lines = [json.dumps(vector) for vector in vectors]
    (folder / "05_pages" / "antibot_vectors.jsonl").write_text("\n".join(lines))
    return folder


def vector(wall: bool, **given: Any) -> dict[str, Any]:
    return {"name": "made", "input": given, "expected_blocked": wall}


def test_the_words_of_the_corpus_are_our_states_less_those_that_must_not_be(tmp_path: Path) -> None:
    told = corpus(
        tmp_path,
        entry("a", 200, ["soft-404", "dead", "redirected"], must_not=["alive"], kind="soft-404"),
        entry("b", 500, ["dead", "inconclusive", "blocked"], must_not=["blocked"]),
        entry("c", 200, ["alive"], contested=True),
        entry("d", 200, ["parked"], tags=["policy:parked"], url="http://old.example/a/1?b=2"),
    )
    a, b, c, d = of_corpus(told)
    assert (a.right, b.right, c.right, d.right) == (
        (DEAD, State.MOVED), (DEAD, State.UNKNOWN, State.FAILING), (ALIVE, State.MOVED), (DEAD,),
    )  # fmt: skip
    assert [row.arguable for row in (a, b, c, d)] == ["", "", "contested", "policy:parked"]
    assert d.url == "http://old.example/a/1?b=2"
    assert a.siblings == (Siblings.SAME, Siblings.HONEST)
    assert c.siblings == (Siblings.HONEST, Siblings.SOFT)
    assert d.siblings == (Siblings.SAME, Siblings.SAME)
    assert "content-encoding" not in dict(a.answer.fields)


def test_a_vector_is_a_response_and_one_that_gives_an_address_alone_is_listed_apart(tmp_path: Path) -> None:
    told = corpus(
        tmp_path,
        vectors=(
            vector(True, headers={"set-cookie": "a=1\nb=2"}),
            vector(True, url="https://widget.example/api.js"),
            vector(True, headers={}),
            vector(False, html="<p>We use it.</p>", statusCode=403),
        ),
    )
    cookies, address, nothing, refusal = of_corpus(told)
    assert [value for name, value in cookies.answer.fields if name == "set-cookie"] == ["a=1", "b=2"]
    assert (cookies.right, cookies.arguable) == ((BLOCKED,), "")
    assert address.arguable
    assert nothing.arguable
    assert set(refusal.right) == {BLOCKED, ALIVE, State.MOVED}
    assert refusal.wrong_reasons == {"bot-wall"}


def test_rows_go_through_the_real_engine_each_with_its_host_for_itself(tmp_path: Path) -> None:
    told = corpus(
        tmp_path,
        entry("gone", 404, ["dead"], url="http://one.example/a"),
        entry("shut", 403, ["blocked"], url="http://one.example/b"),
        entry("there", 200, ["alive"], url="http://one.example/c"),
        entry("lost", 403, ["alive"], url="http://two.example/c"),
    )
    outcomes = {each.row.id: each for each in judged(list(of_corpus(told)), 0)}
    assert [(each.state, each.is_right) for each in outcomes.values()] == [
        (DEAD, True), (BLOCKED, False), (BLOCKED, True), (ALIVE, True),
    ]  # fmt: skip
    assert outcomes["lost lost"].truth is ALIVE
    assert outcomes["shut shut"].evidence.startswith("one.example refused")


def test_a_host_answers_its_row_and_strangers_as_the_world_wants_it(tmp_path: Path) -> None:
    told = corpus(
        tmp_path,
        entry("lost", 200, ["soft-404"], kind="soft-404", url="http://lost.example/a/b"),
        entry("there", 200, ["alive"], url="http://there.example/a/b"),
    )
    paths = ("/a/b", "/a/qwertz", "/", "/robots.txt")
    statuses = {}
    for world in (0, 1):
        with replaying(list(of_corpus(told)), world) as (replay, port):
            for host in ("lost.example", "there.example"):
                statuses[host, world] = [_status(port, host, path) for path in paths]
            assert _status(port, "stranger.example", "/") == 502
        assert replay.strangers == {"stranger.example"}
    assert statuses == {
        ("lost.example", 0): [200, 200, 200, 404],
        ("lost.example", 1): [200, 404, 200, 404],
        ("there.example", 0): [200, 404, 200, 404],
        ("there.example", 1): [200, 200, 200, 404],
    }


def _status(port: int, host: str, path: str) -> int:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        answer.read()
        return answer.status


def test_live_pages_are_whole_pages_and_no_error_pages_or_stubs(tmp_path: Path) -> None:
    words = "<p>" + "Many words of documentation. " * 20
    (tmp_path / "guide.html").write_text(f"<title>Guide</title>{words}")
    (tmp_path / "404.html").write_text(f"<title>Not found</title>{words}")
    (tmp_path / "old.html").write_text(f'<meta http-equiv=refresh content="0; url=guide.html">{words}')
    (tmp_path / "theme.html").write_text(f"<title>{{{{ title }}}}</title>{words}")
    (tmp_path / "short.html").write_text("<title>Short</title><p>Next to nothing.")
    found = list(pages.of_machine([tmp_path], 10))
    assert [row.url.rpartition("/")[2] for row in found] == ["guide.html"]
    assert found[0].section is Section.MACHINE
    assert found[0].behind != rows.live(2, Section.MACHINE, "a", "/a", b"").behind


def test_the_goals_are_held_against_the_rows_that_are_not_arguable(tmp_path: Path) -> None:
    told = corpus(
        tmp_path,
        entry("lost", 404, ["alive"]),
        entry("argued", 404, ["alive"], contested=True),
        entry("shut", 403, ["blocked"]),
    )
    held = {goal.words: goal for goal in goals(list(judged(list(of_corpus(told)), 0)))}
    assert str(held["no live page called dead"]) == "MISSED   no live page called dead: 1 called so of 1 rows"
    assert held["bot walls, pages of the corpus, recall 95 %"].reached
    assert not [words for words in held if "disguise" in words], "there are no such rows"


def test_the_command_prints_the_table_and_its_exit_code_tells_whether_a_goal_is_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = corpus(tmp_path / "good", entry("shut", 403, ["blocked"]), entry("gone", 404, ["dead"]))
    bad = corpus(tmp_path / "bad", *(entry(name, 403, ["alive"]) for name in ("shut", "locked", "barred", "closed")))
    out = tmp_path / "out.json"
    assert command.main(["--corpus", str(good), "--live", "0", "--json", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "pages of the corpus, soft hosts: 2 of 2 right" in shown
    assert "MISSED" not in shown
    outcomes = json.loads(out.read_text())["outcomes"]
    assert {each["is_right"] for each in outcomes if each["section"] == Section.PAGES} == {True}
    assert command.main(["--corpus", str(bad), "--live", "0"]) == 1
    shown = capsys.readouterr().out
    assert "shut shut (page; both worlds): blocked http-403, should be alive or moved" in shown
    assert "MISSED   falsely blocked" in shown
    assert command.main(["--corpus", str(tmp_path / "nowhere")]) == 2
    assert "name the corpus with --corpus" in capsys.readouterr().err
