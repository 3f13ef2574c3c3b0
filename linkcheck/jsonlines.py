"""``linkcheck extract --format jsonl``: one citation a line, for scripts. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable

from linkcheck.model import Citation


def dumps(citations: Iterable[Citation]) -> str:
    """One JSON object a line, with every key always there."""
    return "".join(f"{_line(citation)}\n" for citation in citations)


def _line(citation: Citation) -> str:
    fields = {
        "url": citation.url,
        "written": citation.written,
        "document": citation.document,
        "line": citation.line,
        "column": citation.column,
        "context": citation.context,
        "quotes": list(citation.quotes),
        "accessed": citation.accessed.isoformat() if citation.accessed else None,
        "title": citation.title,
        "loose": list(citation.loose),
        "place": citation.place,
        "author": citation.author,
        "dated": citation.dated,
        "memento": citation.memento,
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
