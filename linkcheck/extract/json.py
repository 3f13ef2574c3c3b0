"""JSON, JSON Lines and CSL-JSON: every string that is a URL or holds some, and what an item of CSL says of its own.

A map with one ``url`` and, beside it, ``accessed``, ``quote``, ``archive_url`` or an author with a title says so much
of it, too. The vocabularies of JSON-LD and JSON Schema are no sources.

An own scanner, since the usual ones keep no places, stop at the first mistake and recurse.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from linkcheck.extract._fields import plain_text
from linkcheck.extract._items import Event, cited
from linkcheck.model import Citation, Document, Problem

NAME = "json"
SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson", ".jsonld")
NAMED_ONLY = True

_TOKEN = re.compile(r'"(?:[^"\\]++|\\(?:.|\Z))*+(?:"|\Z)|[{}\[\]]|[^\s"{}\[\],:]+', re.S)
_COLON = re.compile(r"\s*:")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.S)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL in strings and keys; what is no JSON at all is read as plain text."""
    if not re.match(r"\s*[{\[\"]", document.text):
        return plain_text(document)
    return cited(document, _events(document.text))


def _events(text: str) -> Iterator[Event]:
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if sign == "{":
            yield Event("map")
        elif sign == "[":
            yield Event("list")
        elif sign in "}]":
            yield Event("end")
        elif sign == '"':
            kind = "key" if _COLON.match(text, token.end()) else "value"
            yield Event(kind, _decoded(token[0]), token.start() + 1, token.end() - 1)
        else:
            yield Event("value", token[0], token.start(), token.end())


def _decoded(written: str) -> str:
    if "\\" not in written:
        return written[1:-1]
    try:
        decoded = json.loads(written, strict=False)
    except ValueError:
        return _ESCAPE.sub(lambda escape: escape[1] if len(escape[1]) == 1 else " ", written[1:-1])
    return decoded if isinstance(decoded, str) else ""
