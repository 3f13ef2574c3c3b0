"""How far the text of a page went from a capture of it: the main text of both, and what of the one the other has not.

Pure. The navigation, advertisements, dates and counters round an article change by the hour and say nothing, so what is
measured is the main text (Eve 2024: strip the boilerplate first). How the measure was chosen, and where the line lies
from which a text counts as drifted, is in docs/drift.md; ``bench/drift.py`` prints it again.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime

from linkcheck import page
from linkcheck.body import decode_body, decode_text, media_type, sniff
from linkcheck.model import Comparison, Exchange, Headers, Page
from linkcheck.signs import languages

_LARGEST_HTML = 1_000_000
"""Characters of HTML that the main text is looked for in: 0.1 s, at worst 3 s. Larger pages count with all text."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PROSE = frozenset({"text/plain", "text/markdown"})

_SHINGLE = 3
_FEWEST_WORDS = 3
_MOST_PASSAGES = 5
_LONGEST_PASSAGE = 300

# Scripts that put no space between words count by the character: a paragraph would be one word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|"
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+|(?=\n)|\Z)")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


def main_text(body: bytes, headers: Headers, url: str) -> str:
    """The text that a page is there for, paragraphs a line each; "" where it has none to read.

    Found by trafilatura, without comments. A page on which it finds nothing, one that is very large, and a body that
    is no HTML count with the whole visible text.

    Args:
        body: as received, still compressed as Content-Encoding says.
        headers: of the same response.
        url: that it came from.
    """
    seen = page.parse(body, headers, url)
    return _main(body, headers, seen) if seen is not None else ""


def compare(then: Exchange, now: Exchange, *, uri_m: str, captured_at: datetime) -> Comparison | None:
    """The measures of two answers of one source; None where they cannot speak for its text.

    That is so for answers that are no success, no prose (PDF, images, JSON, XML), cut short, or filled by scripts.

    Args:
        then: as it was captured.
        now: as it answers.
        uri_m, captured_at: of the capture.
    """
    before, after = _read(then), _read(now)
    if before is None or after is None:
        return None
    (old, old_main), (new, new_main) = before, after
    # What one extraction took for the article, the other may have taken for its surroundings: nothing is gone that
    # stands anywhere on the page.
    removed = _Text(old_main, without=new.text)
    added = _Text(new_main, without=old.text)
    if not removed.words or not added.words:
        return None
    return Comparison(
        uri_m=uri_m,
        captured_at=captured_at,
        likeness=removed.kept,
        words_then=len(removed.words),
        words_now=len(added.words),
        title_then=old.title,
        language_then=languages.spoken(old_main, old.language),
        removed=removed.passages(),
        added=added.passages(),
    )


def kept(text: str, other: str) -> float:
    """The share of a text's words that stand in another, in runs of three or more; 0 to 1, 0 for no words.

    The order of the runs does not count, so a section that moved is no change; what was added to the other does not
    count either. Words are compared without case and punctuation. Time is linear in both: there is no limit.
    """
    return _Text(text, without=other).kept


def words(text: str) -> list[str]:
    """The words of a text as they are compared; a character each in scripts that put no space between words."""
    return _WORD.findall(_plain(text).casefold())


# ---------------------------------------------------------------- reading


def _read(answer: Exchange) -> tuple[Page, str] | None:
    if not 200 <= answer.status < 300 or answer.status == 206 or answer.truncated:
        return None
    seen = page.parse(answer.body, answer.headers, answer.request.url)
    if seen is None or seen.partial or seen.filled_by or not seen.text:
        return None
    content = decode_body(answer.body, answer.headers) or b""
    if (media_type(answer.headers) or sniff(content)) not in _HTML | _PROSE:
        return None
    return seen, _main(answer.body, answer.headers, seen)


def _main(body: bytes, headers: Headers, seen: Page) -> str:
    content = decode_body(body, headers) or b""
    if (media_type(headers) or sniff(content)) not in _HTML:
        return seen.text
    html = decode_text(content, headers)
    if len(html) > _LARGEST_HTML:
        return seen.text
    import trafilatura

    # It warns of what it could not use; that is nothing to the person who runs us.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(html, fast=True, include_comments=False, include_tables=True)
    return found or seen.text


# ---------------------------------------------------------------- measuring


class _Text:
    """A text, and which of its words stand in another in runs of three or more."""

    def __init__(self, text: str, *, without: str) -> None:
        self._text = _plain(text)
        self.words = words(text)
        self._held = _held(self.words, words(without))

    @property
    def kept(self) -> float:
        return sum(self._held) / len(self._held) if self._held else 0.0

    def passages(self) -> tuple[str, ...]:
        """What the other text has not, the longest first: sentences, those that follow each other as one."""
        found = sorted(dict.fromkeys(self._gone()), key=len, reverse=True)
        return tuple(_cut(passage) for passage in found[:_MOST_PASSAGES])

    def _gone(self) -> Iterator[str]:
        run: list[str] = []
        last = -1
        at = 0
        for match in _SENTENCE.finditer(self._text):
            count = len(_WORD.findall(match[0].casefold()))
            gone = count >= _FEWEST_WORDS and 2 * sum(self._held[at : at + count]) < count
            at += count
            if run and (not gone or "\n" in self._text[last : match.start()]):
                yield " ".join(run)
                run = []
            if gone:
                run.append(" ".join(match[0].split()))
                last = match.end()
        if run:
            yield " ".join(run)


def _held(own: Sequence[str], others: Sequence[str]) -> bytearray:
    """1 for each word that is part of a run of three which the others have too."""
    size = min(_SHINGLE, len(own))
    known = set(zip(*(others[start:] for start in range(size)), strict=False))
    held = bytearray(len(own))
    for place, shingle in enumerate(zip(*(own[start:] for start in range(size)), strict=False)):
        if shingle in known:
            held[place : place + size] = b"\x01" * size
    return held


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def _cut(passage: str) -> str:
    if len(passage) <= _LONGEST_PASSAGE:
        return passage
    return f"{passage[:_LONGEST_PASSAGE].rpartition(' ')[0] or passage[:_LONGEST_PASSAGE]}…"
