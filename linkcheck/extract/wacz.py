"""WACZ (https://specs.webrecorder.net/wacz/1.1.1/): the pages that it lists, or else what its WARCs captured."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from linkcheck.citing.places import Places
from linkcheck.extract import warc
from linkcheck.extract._fields import called, day
from linkcheck.model import Citation, Document, Problem
from linkcheck.zips import BROKEN

NAME = "wacz"
SUFFIXES = (".wacz",)
NAMED_ONLY = True

_LARGEST = 64 * 1024 * 1024
_MOST_FILES = 1_000
_UNREADABLE: tuple[type[Exception], ...] = (*BROKEN, RuntimeError)  # the last for a password


def recognises(content: bytes) -> bool:
    """Whether it is a ZIP with a data package and an archive in it."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except BROKEN:
        return False
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)


def citations(document: Document) -> Iterator[Citation | Problem]:
    """The pages of ``pages/pages.jsonl`` with title and day; without any, the captures of the WARCs."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as package:
            yield from _cited(document, package)
    except _UNREADABLE as error:
        yield Problem(document.name, 0, f"this WACZ cannot be read: {error}.")


def _cited(document: Document, package: zipfile.ZipFile) -> Iterator[Citation | Problem]:
    places = Places(document)
    listed = False
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name in package.namelist():
            for line in _unpacked(package, name).decode("utf-8", "replace").splitlines():
                page = _page(line)
                url = page.get("url", "")
                made = places.cited(0, url, url, context="", is_link=True) if url else None
                if isinstance(made, Citation):
                    listed = True
                    moment = page.get("ts", "")
                    place = f"capture of {moment[:10]}"
                    title = called(page.get("title", ""))
                    yield replace(made, line=0, column=0, accessed=day(moment), place=place, title=title)
    if listed:
        return
    seen: set[str] = set()
    archives = [name for name in package.namelist() if name.startswith("archive/") and not name.endswith("/")]
    for name in archives[:_MOST_FILES]:
        yield from warc.captured(document, _unpacked(package, name), seen)


def _page(line: str) -> dict[str, str]:
    try:
        page = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return {key: value for key, value in page.items() if isinstance(value, str)} if isinstance(page, dict) else {}


def _unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"{name} in it is larger than {_LARGEST // 1024**2} MB")
    return content
