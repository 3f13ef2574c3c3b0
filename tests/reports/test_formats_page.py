"""docs/formats.md tells of every format, and its examples are what the formats print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linkcheck import reports
from tests.reports.example import GOLDEN

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_table_has_every_format_with_its_ending() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| `([a-z.]+)` \|", PAGE, re.M)
    assert dict(rows) == {name: reports.member(name).SUFFIX for name in reports.names()}
    assert len(rows) == len(reports.names())


@pytest.mark.parametrize("name", reports.names())
def test_every_format_has_a_section_whose_example_is_what_it_prints(name: str) -> None:
    (section,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    printed = (GOLDEN / f"example{reports.member(name).SUFFIX}").read_text(encoding="utf-8").splitlines()
    for example in re.findall(r"^```text\n(.*?)^```", section, re.M | re.S):
        for line in example.splitlines():
            beginning = line.removesuffix("…")
            found = [each for each in printed if each.startswith(beginning)]
            assert found, f"{name} prints no line that begins so: {beginning}"
            assert beginning != line or line in found
