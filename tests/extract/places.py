"""What the tests of every format share."""

from __future__ import annotations

from linkcheck import extract
from linkcheck.model import Citation, Document, Problem


def cited(format_name: str, text: str) -> list[Citation]:
    """The citations of a text in that format; a Problem fails the test."""
    found = list(extract.citations(Document("a-document", format_name, text)))
    problems = [each for each in found if isinstance(each, Problem)]
    assert not problems
    return [each for each in found if isinstance(each, Citation)]


def urls(format_name: str, text: str) -> list[str]:
    """Their spellings."""
    return [each.written for each in cited(format_name, text)]


def problems(format_name: str, text: str) -> list[Problem]:
    """The problems of a text in that format."""
    found = extract.citations(Document("a-document", format_name, text))
    return [each for each in found if isinstance(each, Problem)]


def at(text: str, citation: Citation) -> str:
    """What stands in the text where the citation says it stands."""
    line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[citation.line - 1]
    return line[citation.column - 1 :][: len(citation.written)]
