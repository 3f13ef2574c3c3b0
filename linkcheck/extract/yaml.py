"""YAML, and bibliographies of CSL in it: every scalar that is a URL or holds some. Comments are no content.

A map with one ``url`` may say more of it, as in JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linkcheck.citing.places import Places
from linkcheck.extract._fields import plain_text
from linkcheck.extract._items import Event, cited
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    import yaml

NAME = "yaml"
SUFFIXES = (".yaml", ".yml")
CONFINED_FROM = 64 * 1024
"""PyYAML is slow, and its aliases unfold."""
NAMED_ONLY = True


def citations(document: Document) -> Iterator[Citation | Problem]:
    """Every URL in values and keys. A template or anything else that is no YAML is read as plain text."""
    import yaml

    try:
        events = list(_events(document))
    except (yaml.YAMLError, RecursionError, ValueError):
        return plain_text(document)
    return cited(document, events)


def _events(document: Document) -> Iterator[Event]:
    """The parser's own events: nothing is built, so an alias is a name and no bomb."""
    import yaml

    places = Places(document)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    expects_key: list[bool | None] = []
    for event in yaml.parse(document.text, Loader=loader):
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            is_key = bool(expects_key) and expects_key[-1] is True
            text = event.value if isinstance(event, yaml.ScalarEvent) else ""
            yield Event("key" if is_key else "value", text, *_span(places, event))
            _turn(expects_key)
        elif isinstance(event, yaml.MappingStartEvent):
            expects_key.append(True)
            yield Event("map")
        elif isinstance(event, yaml.SequenceStartEvent):
            expects_key.append(None)
            yield Event("list")
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            expects_key.pop()
            yield Event("end")
            _turn(expects_key)


def _turn(expects_key: list[bool | None]) -> None:
    """After a key comes its value, and after that the next key."""
    if expects_key and expects_key[-1] is not None:
        expects_key[-1] = not expects_key[-1]


def _span(places: Places, event: yaml.ScalarEvent | yaml.AliasEvent) -> tuple[int, int]:
    """Where an event begins and ends in the text."""
    offsets = [
        places.starts[min(mark.line, len(places.starts) - 1)] + mark.column if mark else 0
        for mark in (event.start_mark, event.end_mark)
    ]
    return offsets[0], offsets[1]
