"""What reference managers leave in office documents: items of a bibliography, with fields of CSL. Shared by formats.

Zotero and Mendeley write CSL's JSON into the instruction of a field (Word) or the name of a mark (Writer); Word's own
"Manage Sources" keeps an XML of its own (ECMA-376 part 1, 22.6). The bibliography that a reader sees leaves the address
out as often as not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linkcheck.extract import json as csl
from linkcheck.model import Citation, Document, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_MANAGER = re.compile(r"\s*(?:ADDIN\s+)?(?:ZOTERO_ITEM\s+|Mendeley\s+)?CSL_CITATION\s*(?=\{)")
_LONGEST = 1_000_000
_LONGEST_ADDRESS = 10_000
_DAY = ("Year", "Month", "Day")


def in_field(instruction: str, place: str, known: set[str]) -> Iterator[Citation | Problem]:
    """The sources of a field such as ``ADDIN ZOTERO_ITEM CSL_CITATION {…}``; none of other fields.

    An item stands in every field that cites it: its address, as written, is added to ``known``, and passed over there.
    """
    manager = _MANAGER.match(instruction)
    if manager is None or len(instruction) > _LONGEST:
        return
    try:
        told, _ = json.JSONDecoder().raw_decode(instruction, manager.end())
    except (ValueError, RecursionError):
        return
    items = told.get("citationItems") if isinstance(told, dict) else None
    for item in items if isinstance(items, list) else ():
        source = item.get("itemData") if isinstance(item, dict) else None
        if not isinstance(source, dict):
            continue
        address = str(source.get("URL") or source.get("DOI") or "")[:_LONGEST_ADDRESS]
        if address and address not in known:
            known.add(address)
            yield from _cited(source, place)


def of_word(sources: _Element) -> Iterator[Citation | Problem]:
    """The sources of ``b:Sources`` that have an address; ``place`` is their tag."""
    for source in sources.iter("{*}Source"):
        fields = {_local(each): "".join(each.itertext()).strip() for each in source if len(each) == 0}
        people = [
            {"family": _first(person, "Last"), "given": _first(person, "First")}
            for person in source.findall("{*}Author/{*}Author/{*}NameList/{*}Person")
        ]
        corporate = next((each.text or "" for each in source.iterfind("{*}Author/{*}Author/{*}Corporate")), "")
        item = {
            "type": "webpage",
            "title": fields.get("Title", ""),
            "author": people or [{"literal": corporate}],
            "issued": {"date-parts": [[_number(fields.get(part, "")) for part in _DAY]]},
            "accessed": {"date-parts": [[_number(fields.get(f"{part}Accessed", "")) for part in _DAY]]},
            "URL": fields.get("URL", ""),
            "DOI": fields.get("DOI", "") or fields.get("StandardNumber", ""),
        }
        yield from _cited(item, f"@{fields.get('Tag', '')[:60]}")


def _cited(item: dict[str, Any], place: str) -> Iterator[Citation | Problem]:
    for each in csl.citations(Document("", csl.NAME, json.dumps(item, ensure_ascii=False))):
        yield replace(each, line=0, column=0, place=place) if isinstance(each, Citation) else replace(each, line=0)


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first(element: _Element, name: str) -> str:
    return next((each.text or "" for each in element.iterfind(f"{{*}}{name}")), "")


def _number(written: str) -> int:
    """Of a year, month or day; Word takes whatever is typed there, "March", too."""
    from linkcheck.citing import dates

    if re.fullmatch(r"\d{4}", written.strip()):
        return int(written)
    return dates.month(written) or (int(written) if re.fullmatch(r"\d{1,2}", written.strip()) else 0)
