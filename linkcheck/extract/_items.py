"""Nested maps and lists (JSON, YAML) as citations; a map with the fields of CSL is one item of a bibliography.

CSL: https://docs.citationstyles.org/en/stable/specification.html, its JSON schema csl-data.json. No recursion: a
stranger's text may be nested a million deep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from linkcheck.citing.places import Places, shorten
from linkcheck.extract._fields import (
    NOTHING,
    About,
    about_of,
    addresses,
    cite,
    day,
    doi_of,
    field_of,
    of_parts,
    squeezed,
)
from linkcheck.extract._fields import dated as dated_
from linkcheck.model import Citation, Document, Problem

_VOCABULARY = frozenset({"@context", "@vocab", "$schema", "xmlns"})
"""Keys whose addresses name the form of the text (JSON-LD, JSON Schema), and no source."""
_ADDRESS_KEYS = frozenset({"url", "link", "href", "uri", "source url"})
_DEEPEST_KEPT = 8
"""Levels whose values an item can be made of; below that only URLs are looked for."""
_MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Event:
    """``map``, ``list`` or ``end``; ``key`` or ``value`` with its text, and where in the text it begins and ends."""

    kind: str
    text: str = ""
    begin: int = 0
    end: int = 0


@dataclass
class _Frame:
    is_map: bool
    is_vocabulary: bool = False
    key: str = ""
    key_at: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    found: list[tuple[int, str, str, str]] = field(default_factory=list)


def cited(document: Document, events: Iterable[Event]) -> Iterator[Citation | Problem]:
    """What the values and the keys cite, in the order of the text."""
    places = Places(document)
    made: list[tuple[int, Citation | Problem]] = []
    for offset, written, address, about in _found(document.text, events):
        if one := cite(places, offset, written, address, about):
            made.append((offset, one))
    return (one for _, one in sorted(made, key=lambda each: each[0]))


def _found(text: str, events: Iterable[Event]) -> Iterator[tuple[int, str, str, About]]:
    stack = [_Frame(is_map=False)]
    for event in events:
        top = stack[-1]
        if event.kind in ("map", "list"):
            stack.append(_Frame(event.kind == "map", top.is_vocabulary or top.key in _VOCABULARY))
        elif event.kind == "end":
            if len(stack) > 1:
                yield from _closed(text, stack)
        else:
            if event.kind == "key":
                top.key, top.key_at = event.text, event.begin
            is_source = not (top.is_vocabulary or (event.kind == "value" and top.key in _VOCABULARY))
            for written, address in addresses(event.text) if is_source else ():
                at = text.find(written, event.begin, event.end)
                top.found.append((at if at >= 0 else event.begin, written, address, top.key))
            if event.kind == "key":
                continue
            if top.is_map and top.key in ("DOI", "doi") and (address := doi_of(event.text)):
                at = text.find(event.text, event.begin, event.end)
                top.found.append((at if at >= 0 else event.begin, event.text, address, "DOI"))
            _keep(stack, event.text)
    while len(stack) > 1:
        yield from _closed(text, stack)
    yield from _of_frame(stack[0])


def _closed(text: str, stack: list[_Frame]) -> Iterator[tuple[int, str, str, About]]:
    frame = stack.pop()
    yield from _of_frame(frame)
    _keep(stack, frame.fields if frame.is_map else frame.entries)


def _keep(stack: list[_Frame], value: Any) -> None:
    top = stack[-1]
    if len(stack) > _DEEPEST_KEPT:
        return
    if not top.is_map and len(top.entries) < _MOST_KEPT:
        top.entries.append(value)
    elif top.is_map and len(top.fields) < _MOST_KEPT:
        top.fields.setdefault(top.key, value)


def _of_frame(frame: _Frame) -> Iterator[tuple[int, str, str, About]]:
    """The URLs of one map or list; of a CSL item with what it says of them, and its DOI where it gives no URL."""
    item = _item(frame.fields) if frame.is_map else None
    has_url = any(key == "URL" for *_, key in frame.found)
    record = _record(frame) if frame.is_map and item is None else None
    for offset, written, address, key in frame.found:
        if record is not None and key.lower() in _ADDRESS_KEYS:
            yield offset, written, address, replace(record, context=shorten(record.title or f"{key}: {written}", 300))
        elif record is not None and field_of(key) == "memento":
            continue
        elif item is None:
            if key != "DOI" or address == written:
                context = shorten(f"{key}: {written}", 300) if key and key != written else ""
                yield offset, written, address, replace(NOTHING, context=context)
        elif key == "URL" or (key == "DOI" and not has_url):
            yield offset, written, address, item
        elif key != "DOI":
            yield offset, written, address, replace(NOTHING, place=item.place, context=item.context)


def _record(frame: _Frame) -> About | None:
    """What a map says of the one source whose address it holds, in words of its own; None where that is not plain.

    A title alone is none: menus have those, too.
    """
    if [key.lower() in _ADDRESS_KEYS for *_, key in frame.found].count(True) != 1:
        return None
    told: dict[str, str] = {}
    for key, value in frame.fields.items():
        words = " ".join(each for each in value if isinstance(each, str)) if isinstance(value, list) else value
        if isinstance(words, str) and words.strip() and (name := field_of(key)):
            told.setdefault(name, words.strip())
    said = about_of({name: value for name, value in told.items() if name != "quotes"})
    quotes = next((value for key, value in frame.fields.items() if field_of(key) == "quotes"), ())
    listed = quotes if isinstance(quotes, list) else [quotes]
    said = replace(said, quotes=tuple(squeezed(each) for each in listed if isinstance(each, str) and each.strip()))
    return said if said.accessed or said.quotes or said.memento or (said.author and said.title) else None


def _item(fields: dict[str, Any]) -> About | None:
    """What an item of CSL says of itself; None for any other map."""
    if not ("URL" in fields or "DOI" in fields) or not {"title", "author", "issued", "type"} & fields.keys():
        return None
    title = fields["title"] if isinstance(fields.get("title"), str) else ""
    accessed = _date(fields.get("accessed"))
    key = fields.get("id", fields.get("citation-key", ""))
    return About(
        title=title,
        author=_names(fields.get("author")),
        dated=_date(fields.get("issued")),
        accessed=day(accessed) if accessed else None,
        place=f"@{shorten(key, 60)}" if isinstance(key, str) and key and "/" not in key else "",
        context=shorten(title, 300),
    )


def _date(value: Any) -> str:
    """Of ``{"date-parts": [[2024, 8, 28]]}``, ``{"raw": "2024-08-28"}``, ``{"year": 2024}`` or a plain date."""
    if isinstance(value, str):
        return dated_(value)
    if isinstance(value, list):  # CSL-YAML of pandoc: a list of maps
        return _date(value[0]) if value else ""
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    while isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if not isinstance(parts, list):
        parts = [value.get(name, "") for name in ("year", "month", "day")]
    numbers = [int(part) if isinstance(part, str) and part.isascii() and part.isdigit() else 0 for part in parts[:3]]
    return of_parts(numbers) or next((said for key in ("raw", "literal") if (said := _date(value.get(key)))), "")


def _names(value: Any) -> str:
    people = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    names = []
    for person in people[:20]:
        parts = [person.get(part, "") for part in ("family", "given")]
        whole = ", ".join(part for part in parts if isinstance(part, str) and part)
        literal = person.get("literal", "")
        names.append(whole or (literal if isinstance(literal, str) else ""))
    return "; ".join(name for name in names if name)
