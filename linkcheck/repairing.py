"""Better addresses, written into the documents that cite the worse ones. Pure: a text and its findings in, a text out.

A repair counts only if the repaired text, read again, cites what was meant and nothing else has changed. So whatever a
format makes of an address (entities, escapes, brackets), what is written is what readers will follow.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from linkcheck import extract, uri
from linkcheck.citing.places import Places
from linkcheck.judge.readdressed import leads_up
from linkcheck.model import Citation, Document, Finding, State, Suggestion

_ATTRIBUTE = re.compile(r"\bhref\s*=\s*(?P<quote>[\"'])\s*\Z", re.I)
_PARAMETER = re.compile(r"\|\s*url\s*=\s*\Z", re.I)
_ESCAPED = re.compile(r"\\[%#&_]")
_HREF = re.compile(r"\\href\s*\{\s*\Z")
_MARKUP = frozenset({"html", "opml", "feed", "sitemap"})
"""Formats in which a bare & may be no markup at all: readers of XML stop at one (XHTML, OPML), where ours goes on."""

_MOMENT = re.compile(r"/(\d{4})(\d\d)(\d\d)\d{6}(?:[a-z]{2}_)?/")

_TAKEN = {
    State.MOVED: ("redirect",),
    State.DEAD: ("moved-collection", "neighbour", "memento"),
    State.DRIFTED: ("memento",),
}
"""Which kinds of suggestion repair what, the best first."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One address that is to be written in another's place.

    Attributes:
        citation: as it stands in the document.
        url: what is better.
        kind, evidence, verified: of the suggestion that it comes from.
    """

    citation: Citation
    url: str
    kind: str
    evidence: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text with the repairs that were ``made``, and those that were ``left`` with why, in words."""

    text: str
    made: tuple[Repair, ...] = ()
    left: tuple[tuple[Repair, str], ...] = ()


def proposals(findings: Iterable[Finding], *, mementos: bool = True) -> tuple[Repair, ...]:
    """What would be better than what is cited, of those findings for which that is known.

    A source for which nothing was verified comes with the best that was not: :attr:`Repair.verified` tells them apart.

    ``mementos``: propose archived copies too, where the source has no other address any more.
    """
    found = ((finding.citation, _best(finding, mementos=mementos)) for finding in findings)
    return tuple(
        _keyed(Repair(citation, _placed(better.url, citation.url), better.kind, better.evidence, better.verified))
        for citation, better in found
        if better is not None and better.url not in (citation.url, citation.memento)
    )


def _keyed(repair: Repair) -> Repair:
    """Not verified where the cited address holds a name and a password: nobody has opened anything with those."""
    if uri.without_credentials(repair.citation.url) == repair.citation.url:
        return repair
    words = f"{repair.evidence}; the name and password of the cited address would be gone"
    return replace(repair, evidence=words, verified=False)


def _best(finding: Finding, *, mementos: bool) -> Suggestion | None:
    # Where the text gives a copy already, its readers have one to open.
    has_a_copy = bool(finding.citation.memento)
    kinds = [
        kind
        for kind in _TAKEN.get(finding.verdict.state, ())
        if kind != "memento" or (mementos and not has_a_copy)
    ]  # fmt: skip
    apt = [each for each in finding.verdict.suggestions if each.kind in kinds]
    return min(apt, key=lambda each: (not each.verified, kinds.index(each.kind)), default=None)


def _placed(better: str, cited: str) -> str:
    """The better address with the place on the page that is cited: a copy has it too."""
    place = uri.fragment(cited)
    return f"{better}#{place}" if place and "#" not in better else better


def why_not(repair: Repair) -> str:
    """Why a repair that was not verified is never written, whatever one asks for, in words; "" where it may be.

    What leads up is another thing: a front page, a list of articles, a search or a log-in in a source's place cites
    nothing. Quotes that stand there now are no reason: a list shows others next week.
    """
    if repair.verified or repair.kind != "redirect":
        return ""
    return leads_up(repair.citation.url, repair.url)


def repaired(document: Document, repairs: Sequence[Repair], *, identifiers: bool = False) -> Repaired:
    """The document's text with those repairs that read back as they are meant.

    Args:
        document: as it was read; one without text (PDF, Word …) cannot be written.
        repairs: of citations of this document.
        identifiers: as it was extracted with.
    """
    if not document.text:
        return Repaired("", left=tuple((repair, "linkcheck does not write this format") for repair in repairs))
    before = _cited(document, identifiers=identifiers)
    placed: list[tuple[int, Repair]] = []
    left: list[tuple[Repair, str]] = []
    starts = Places(document).starts
    cited = set(before)
    for repair in repairs:
        offset = _offset(document.text, starts, repair.citation)
        if offset is None or repair.citation not in cited:
            left.append((repair, "the text has no address of its own there"))
        else:
            placed.append((offset, repair))
    made = _fitting(document, before, placed, identifiers=identifiers)
    kept = {repair: None for _, repair, _ in made}
    left += [(repair, "what it would read as is not what is meant") for _, repair in placed if repair not in kept]
    return Repaired(_written(document.text, made), tuple(kept), tuple(left))


Placed = tuple[int, Repair, str]
"""Where the old address begins, the repair, and what is written there."""


def _fitting(
    document: Document, before: Sequence[Citation], placed: Sequence[tuple[int, Repair]], *, identifiers: bool
) -> list[Placed]:
    """All repairs that read back together: all at once, as it nearly always is, else by halves.

    A document is read a few times for each repair that does not fit, and not for each that does.
    """

    def fitted(some: Sequence[tuple[int, Repair]], made: list[Placed]) -> list[Placed]:
        plain = [*made, *((offset, repair, next(_ways(document, offset, repair))) for offset, repair in some)]
        if _reads_back(document, before, plain, identifiers=identifiers):
            return plain
        if len(some) > 1:
            half = len(some) // 2
            return fitted(some[half:], fitted(some[:half], made))
        for offset, repair in some:
            for way in itertools.islice(_ways(document, offset, repair), 1, None):
                tried = [*made, (offset, repair, way)]
                if _reads_back(document, before, tried, identifiers=identifiers):
                    return tried
        return made

    return fitted(placed, [])


def _reads_back(document: Document, before: Sequence[Citation], made: Sequence[Placed], *, identifiers: bool) -> bool:
    text = _written(document.text, made)
    after = _cited(Document(document.name, document.format, text, text.encode("utf-8", "surrogateescape")),
                   identifiers=identifiers)  # fmt: skip
    if len(after) != len(before):
        return False
    wanted = {repair.citation: repair for _, repair, _ in made}
    for old, new in zip(before, after, strict=True):
        repair = wanted.get(old)
        if repair is None:
            if (new.url, new.memento) != (old.url, old.memento):
                return False
        elif repair.url not in (new.url, new.memento) or (new.memento and new.url not in (old.url, repair.url)):
            return False
    return True


def _written(text: str, made: Iterable[Placed]) -> str:
    parts: list[str] = []
    done = 0
    for offset, repair, words in sorted(made, key=lambda each: each[0]):
        parts += [text[done:offset], words]
        done = offset + len(repair.citation.written)
    return "".join([*parts, text[done:]])


def _ways(document: Document, offset: int, repair: Repair) -> Iterator[str]:
    """How a better address may be written there, the best first."""
    old, new = repair.citation.written, repair.url
    before = document.text[max(0, offset - 200) : offset]
    moment = _MOMENT.search(new) if repair.kind == "memento" else None
    if moment is not None:
        after = document.text[offset + len(old) : offset + len(old) + 1]
        day = "-".join(moment.groups())
        attribute = _ATTRIBUTE.search(before)
        if attribute is not None and attribute["quote"] == after:
            # Robust Links 1.0 (robustlinks.mementoweb.org/spec): the copy is what is followed, the original is kept.
            original = html.escape(repair.citation.url)
            yield f"{html.escape(new)}{after} data-originalurl={after}{original}{after} data-versiondate={after}{day}"
        if document.format == "wikitext" and _PARAMETER.search(before):
            yield f"{old} |archive-url={new} |archive-date={day} |url-status=dead"
    if "&amp;" in old or (document.format in _MARKUP and "&" not in old):
        yield html.escape(new, quote=False)
    if document.format == "latex" and (_ESCAPED.search(old) or _HREF.search(before)):
        # In the argument of another command (a footnote) a bare % hides the rest of the line.
        yield re.sub(r"([%#&_])" if "\\_" in old else r"([%#&])", r"\\\1", new)
    yield new
    yield html.escape(new, quote=False)
    yield re.sub(r"([()<>])", r"\\\1", new)  # Markdown
    yield re.sub(r"([%#&_])", r"\\\1", new)  # LaTeX


def _offset(text: str, starts: Sequence[int], citation: Citation) -> int | None:
    """Where in the text the address as written begins; None where it does not stand at its line and column."""
    if not 0 < citation.line <= len(starts):
        return None
    offset = starts[citation.line - 1] + citation.column - 1
    is_address = bool(urlsplit(citation.url).scheme) and bool(citation.written)
    return offset if is_address and text.startswith(citation.written, offset) else None


def _cited(document: Document, *, identifiers: bool) -> list[Citation]:
    return [each for each in extract.citations(document, identifiers=identifiers) if isinstance(each, Citation)]
