"""The JSON report against its published contract, docs/schema-1.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from linkcheck import reports
from linkcheck.jsonlines import dumps
from linkcheck.model import Report
from tests.reports.example import empty, everything, example, saying

CONTRACT = json.loads((Path(__file__).parents[2] / "docs" / "schema-1.json").read_text(encoding="utf-8"))

EXTRACTED = json.loads((Path(__file__).parents[2] / "docs" / "schema-extract.json").read_text(encoding="utf-8"))


def faults(value: Any, schema: dict[str, Any]) -> list[str]:
    """What of ``value`` is not as ``schema`` says, each with its place."""
    Draft202012Validator.check_schema(schema)
    found = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(value)
    return sorted(f"{fault.json_path}: {fault.message}" for fault in found)


def objects(schema: Any, at: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with named keys that a schema describes."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield at, schema
        for key, value in schema.items():
            yield from objects(value, f"{at}.{key}")


def closed(schema: Any) -> Any:
    """The same, with no key allowed that is not named: the contract lets later versions add some, this one has none."""
    if isinstance(schema, dict):
        inside = {key: closed(value) for key, value in schema.items()}
        return {**inside, "additionalProperties": False} if "properties" in schema else inside
    return [closed(entry) for entry in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("schema", [CONTRACT, EXTRACTED], ids=["report", "extract"])
def test_every_key_that_a_contract_names_is_always_there(schema: dict[str, Any]) -> None:
    assert [at for at, named in objects(schema) if sorted(named["properties"]) != sorted(named["required"])] == []


@pytest.mark.parametrize("report", [empty(), everything(), example(), saying("x")])
def test_the_report_is_as_the_contract_says(report: Report) -> None:
    assert faults(json.loads(reports.render("json", report)), closed(CONTRACT)) == []


@pytest.mark.parametrize("report", [example(), saying("x")])
def test_a_line_of_extract_is_as_its_contract_says(report: Report) -> None:
    lines = dumps(finding.citation for finding in report.findings).splitlines()
    assert len(lines) == len(report.findings)
    assert [faults(json.loads(line), closed(EXTRACTED)) for line in lines] == [[]] * len(lines)


def test_a_key_of_a_citation_means_the_same_in_both_contracts() -> None:
    whole = CONTRACT["$defs"]["citation"]["properties"]
    assert EXTRACTED["properties"] == {key: whole[key] for key in EXTRACTED["properties"]}


def test_the_score_is_in_the_report_with_its_parts() -> None:
    scored = json.loads(reports.render("json", example()))["score"]
    assert [part["name"] for part in scored["parts"]] == ["there", "the-thing", "says-so", "kept"]
    assert scored["parts"][0] == {"name": "there", "good": 3, "of": 6}
    assert scored["untold"] == 3


def test_a_reader_of_before_the_score_finds_all_that_it_knew() -> None:
    """Schema 1 as it was first published: keys were added since, none was taken away."""
    report = json.loads(reports.render("json", example()))
    assert {"schema", "generated_at", "tool", "command", "summary", "notes", "problems", "citations"} <= set(report)
    first = (
        "url written document line column context quotes state reason evidence http_status final_url hops observed_at"
    )
    more = "trace quotes_found suggestions snapshots"
    assert {*first.split(), *more.split()} <= set(report["citations"][0])


def test_the_contract_finds_a_missing_key_and_a_wrong_value() -> None:
    report = json.loads(reports.render("json", example()))
    report["citations"][0]["state"] = "broken"
    del report["citations"][1]["hops"]
    found = [fault.split(":")[0] for fault in faults(report, CONTRACT)]
    assert found == ["$.citations[0].state", "$.citations[1]"]


def test_states_are_counted_worst_first() -> None:
    summary = json.loads(reports.render("json", example()))["summary"]
    states = {"dead": 3, "drifted": 1, "moved": 1, "blocked": 1, "failing": 1, "unknown": 1, "alive": 1}
    assert summary == {"citations": 9, "sources": 9, "states": states, "exit_code": 1}
    assert list(summary["states"]) == list(states)


def test_a_citation_that_was_never_asked_has_null_and_empty_lists() -> None:
    entry = json.loads(reports.render("json", example()))["citations"][-1]
    assert (entry["http_status"], entry["final_url"], entry["observed_at"], entry["accessed"]) == (None,) * 4
    assert entry["hops"] == entry["quotes_found"] == entry["suggestions"] == entry["snapshots"] == []


def test_text_comes_back_letter_for_letter_without_ascii_escapes() -> None:
    said = "“ä中🙂” \x1b[31m \x9b \u202e \u2028 \n | <b>"
    text = reports.render("json", saying(said))
    assert json.loads(text)["citations"][0]["title"] == said
    assert "ä中🙂" in text


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert json.loads(reports.render("json", saying("a\ud800b")))["citations"][0]["title"] == "a\ufffdb"
