"""The corpus' easy cases, where the corpus is at hand."""

from __future__ import annotations

import pytest

from bench import corpus

CASES = corpus.CORPUS / "02_extract" / "cases.jsonl"


@pytest.mark.skipif(not CASES.is_file(), reason="the corpus of extraction cases does not lie beside the repository")
@pytest.mark.parametrize("name", corpus.FORMATS)
def test_97_percent_of_the_easy_cases_come_out_right(name: str) -> None:
    easy = [each for each in corpus.run(CASES) if (each.case["format"], each.case["hardness"]) == (name, "easy")]
    assert sum(each.passed for each in easy) >= 0.97 * len(easy) > 0
