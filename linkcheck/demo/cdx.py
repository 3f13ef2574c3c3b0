"""The Wayback Machine's index query, as far as clients of citations use it, over the stand-in captures.

Understood: ``url`` (with a leading ``*.`` or trailing ``*``), ``matchType``, ``output``, ``fl``, ``from``, ``to``,
``filter``, ``collapse``, ``sort``, ``closest``, ``limit``, ``offset``, ``showResumeKey``, ``resumeKey``,
``showNumPages``, ``page``. Others (``gzip``, ``fastLatest``, ``resolveRevisits`` …) are ignored.
Source: README of internetarchive/wayback, wayback-cdx-server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import parse_qs, quote_plus, unquote_plus

from linkcheck.clock import parse_timestamp14
from linkcheck.demo.captures import Capture, key_of

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")

Row = dict[str, str]


class QueryError(ValueError):
    """A query that the index cannot answer; the words go into the 400."""


def answer(query: str, captures: Iterable[Capture]) -> tuple[str, str]:
    """The body and its media type for the query part of a CDX address.

    Raises:
        QueryError: a parameter is missing or malformed.
    """
    asked = parse_qs(query, keep_blank_values=True)
    one = {name: values[-1] for name, values in asked.items()}
    if not one.get("url"):
        raise QueryError("The parameter url is required.")
    if one.get("showNumPages") == "true":
        return "1\n", "text/plain"
    wanted = _matcher(one)
    rows = [capture.fields() for capture in captures if wanted(capture.urlkey)]
    rows = [row for row in rows if _within(row["timestamp"], one) and _passes(row, asked.get("filter", []))]
    rows = _sorted(rows, one)
    for spec in asked.get("collapse", []):
        rows = _collapsed(rows, spec)
    rows = _after(rows, one.get("resumeKey", ""))
    if _number(one, "page") > 0:
        rows = []
    kept = _limited(rows[_number(one, "offset") :], one)
    resume = _resume_key(rows, kept, one)
    fields = _fields(one.get("fl", ""))
    table = [[row[field] for field in fields] for row in kept]
    if one.get("output") == "json":
        return _as_json(fields, table, resume), "application/json"
    return _as_text(table, resume), "text/plain"


def _matcher(one: Mapping[str, str]) -> Callable[[str], bool]:
    """Which keys the ``url`` and its ``matchType`` mean."""
    url, match = one["url"], one.get("matchType", "")
    if url.startswith("*."):
        url, match = url[2:], "domain"
    elif url.endswith("*"):
        url, match = url[:-1], "prefix"
    key = key_of(url)
    if not key:
        raise QueryError(f"not a URL: {url}")
    host = key.partition(")")[0]
    if match in ("", "exact"):
        return lambda urlkey: urlkey == key
    if match == "prefix":
        # The key of a folder has lost its last slash; without it /2024/08/2 would also be under /2024/08/2/.
        start = key if key.endswith("/") or not url.endswith("/") else f"{key}/"
        return lambda urlkey: urlkey.startswith(start)
    if match == "host":
        return lambda urlkey: urlkey.startswith(f"{host})")
    if match == "domain":
        return lambda urlkey: urlkey.startswith((f"{host})", f"{host},"))
    raise QueryError(f"matchType is none of exact, prefix, host, domain: {match}")


def _within(timestamp: str, one: Mapping[str, str]) -> bool:
    """``from`` and ``to`` are 1 to 14 digits, both inclusive: 2024 means all of 2024."""
    first, last = one.get("from", ""), one.get("to", "")
    for digits in (first, last):
        if digits and not re.fullmatch(r"\d{1,14}", digits, re.ASCII):
            raise QueryError(f"from and to take 1 to 14 digits: {digits}")
    return timestamp[: len(first)] >= first and (not last or timestamp[: len(last)] <= last)


def _passes(row: Row, filters: Sequence[str]) -> bool:
    """Every ``[!]field:regex`` must hold, over the whole field, as Java's ``matches`` does."""
    for spec in filters:
        parts = re.fullmatch(r"(!?)(\w+):(.*)", spec)
        if parts is None or parts[2] not in FIELDS:
            raise QueryError(f"filter is [!]field:regex: {spec}")
        try:
            holds = re.fullmatch(parts[3], row[parts[2]]) is not None
        except re.error:
            raise QueryError(f"not a regular expression: {parts[3]}") from None
        if holds == bool(parts[1]):
            return False
    return True


def _sorted(rows: list[Row], one: Mapping[str, str]) -> list[Row]:
    order = one.get("sort", "") or "default"
    if order == "default":
        return rows
    if order == "reverse":
        return rows[::-1]
    if order != "closest":
        raise QueryError(f"sort is none of default, closest, reverse: {order}")
    try:
        wanted = parse_timestamp14(one.get("closest", ""))
    except ValueError:
        raise QueryError("sort=closest needs closest=TIMESTAMP, 4 to 14 digits.") from None
    return sorted(rows, key=lambda row: abs(parse_timestamp14(row["timestamp"]) - wanted))


def _collapsed(rows: list[Row], spec: str) -> list[Row]:
    """``field[:N]``: of neighbours that agree in the field's first N characters, the first."""
    field, _, length = spec.partition(":")
    if field not in FIELDS or (length and not length.isdecimal()):
        raise QueryError(f"collapse is field[:N]: {spec}")
    end = int(length) if length else None
    return [
        row
        for before, row in zip([None, *rows], rows, strict=False)
        if before is None or before[field][:end] != row[field][:end]
    ]


def _limited(rows: list[Row], one: Mapping[str, str]) -> list[Row]:
    """``limit=N`` the first N, ``limit=-N`` the last N."""
    limit = _number(one, "limit")
    if limit < 0:
        return rows[limit:]
    return rows[:limit] if limit else rows


def _number(one: Mapping[str, str], name: str) -> int:
    try:
        return int(one.get(name) or 0)
    except ValueError:
        raise QueryError(f"{name} is a whole number: {one[name]}") from None


def _place(row: Row) -> str:
    return f"{row['urlkey']} {row['timestamp']}"


def _resume_key(rows: list[Row], kept: list[Row], one: Mapping[str, str]) -> str:
    """Where the next query goes on, "" at the end. It is written with escapes, as the real one is."""
    unfinished = kept and kept[-1] is not rows[-1]
    if one.get("showResumeKey") != "true" or not unfinished or one.get("sort", "default") != "default":
        return ""
    return quote_plus(_place(kept[-1]))


def _after(rows: list[Row], resume: str) -> list[Row]:
    last = unquote_plus(resume)
    return [row for row in rows if _place(row) > last] if last else rows


def _fields(wanted: str) -> Sequence[str]:
    fields = wanted.split(",") if wanted else FIELDS
    for field in fields:
        if field not in FIELDS:
            raise QueryError(f"no such field: {field}")
    return fields


def _as_json(fields: Sequence[str], table: list[list[str]], resume: str) -> str:
    """Rows of strings under a row of names; ``[]`` alone where there is nothing."""
    rows: list[Sequence[str]] = [fields, *table] if table else []
    if resume:
        rows += [[], [resume]]
    return "[" + ",\n ".join(json.dumps(row) for row in rows) + "]\n"


def _as_text(table: list[list[str]], resume: str) -> str:
    lines = [" ".join(row) for row in table]
    if resume:
        lines += ["", resume]
    return "".join(f"{line}\n" for line in lines)
