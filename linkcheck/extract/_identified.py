"""Identifiers of prose among the citations of its URLs: shared by formats. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from linkcheck import uri
from linkcheck.citing.identifiers import find
from linkcheck.citing.ignored import ignored_lines
from linkcheck.citing.places import Places
from linkcheck.model import Citation, Document, Problem


def with_identifiers(
    found: list[Citation | Problem], document: Document, known: set[str] | None = None
) -> Iterator[Citation | Problem]:
    """What was found in a text, and the identifiers that stand in it without URL, in its order.

    ``known`` are addresses that other parts of the document cite; those of this one are added.
    """
    places = Places(document)
    known = set() if known is None else known
    cited = [each for each in found if isinstance(each, Citation)]
    known |= {uri.without_fragment(each.url) for each in cited}
    begins = {(each.line, each.column): len(each.written) for each in cited}
    spans = sorted((places.starts[line - 1] + column - 1, length) for (line, column), length in begins.items() if line)
    ignored = ignored_lines(document.text)
    others: list[Citation | Problem] = []
    for each in find(document.text, document.format):
        before = bisect_right(spans, each.offset, key=lambda span: span[0]) - 1
        inside = before >= 0 and each.offset < sum(spans[before])
        address = uri.normalise(each.address)
        if inside or not address or address in known or places.at(each.offset)[0] in ignored:
            continue
        known.add(address)
        context = places.context(each.offset, each.offset + len(each.written))
        if made := places.cited(each.offset, each.written, each.address, context=context):
            others.append(made)
    return iter(sorted([*found, *others], key=lambda each: (each.line, getattr(each, "column", 0))))
