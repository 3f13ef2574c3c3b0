"""The JSON report against its published contract, docs/schema-1.json."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from linkcheck import reports
from linkcheck.model import Report
from tests.reports.example import empty, everything, example, saying

CONTRACT = json.loads((Path(__file__).parents[2] / "docs" / "schema-1.json").read_text(encoding="utf-8"))

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], at: str = "$") -> list[str]:
    """What of ``value`` is not as ``schema`` says. Objects must have exactly the keys that are named."""
    if "$ref" in schema:
        schema = CONTRACT["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tries = [faults(value, option, at) for option in schema["anyOf"]]
        return [] if [] in tries else tries[0]
    names = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    if names and not any(isinstance(value, TYPES[n]) and (n == "boolean") == isinstance(value, bool) for n in names):
        return [f"{at}: {value!r} is no {names}"]
    found = []
    if value != schema.get("const", value) or value not in schema.get("enum", [value]):
        found.append(f"{at}: {value!r} is not allowed")
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{at}: {value!r} does not match")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{at}: {value} is too small")
    if isinstance(value, list):
        found += [f for n, entry in enumerate(value) for f in faults(entry, schema["items"], f"{at}[{n}]")]
    if isinstance(value, dict) and "properties" in schema:
        assert list(schema["properties"]) == schema["required"], f"the contract at {at} leaves a key open"
        if list(value) != schema["required"]:
            return [f"{at}: keys {list(value)} instead of {schema['required']}"]
        found += [f for key, entry in value.items() for f in faults(entry, schema["properties"][key], f"{at}.{key}")]
    elif isinstance(value, dict):
        found += [f for key in value for f in faults(key, schema["propertyNames"], at)]
        found += [f for key, entry in value.items() for f in faults(entry, schema["additionalProperties"], at)]
    return found


@pytest.mark.parametrize("report", [empty(), everything(), example(), saying("x")])
def test_the_report_is_as_the_contract_says(report: Report) -> None:
    assert faults(json.loads(reports.render("json", report)), CONTRACT) == []


def test_the_contract_finds_a_missing_key_and_a_wrong_value() -> None:
    report = json.loads(reports.render("json", example()))
    report["citations"][0]["state"] = "broken"
    del report["citations"][1]["hops"]
    assert [fault.split(":")[0] for fault in faults(report, CONTRACT)] == ["$.citations[0].state", "$.citations[1]"]


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
