"""What PDFium reads of a PDF: link annotations, links of the outline, and the text of its pages.

PDFium is made to be fed by strangers, rebuilds a broken cross-reference table, and knows no network. It runs confined
(:mod:`linkcheck.confined`), and what it read comes over as lines of JSON. Bounded, too: pages, signs of a page and of
all pages, annotations of a page, entries of the outline.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from linkcheck.citing.unlinked import may_tell
from linkcheck.extract._passages import Link, Passage
from linkcheck.extract._unwrapped import HYPHEN, Gap, Unwrapped, unwrap
from linkcheck.extract.text import PRINTED, find_urls
from linkcheck.model import Problem

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 5_000
MOST_SIGNS = 50_000_000
"""Of all pages that are read: a long book has two million."""
MOST_ON_PAGE = 500_000
MOST_LINKS = 5_000
"""Of one page, and of the outline."""

_LINE = re.compile(rf"[^\r\n{HYPHEN}]*[^\s{HYPHEN}][^\r\n{HYPHEN}]*{HYPHEN}?")
# A URL, or an identifier without one.
_MAY_CITE = re.compile(r"http|10\.\d{4}|arxiv|\bISBN|\bRFC", re.I)
_ON_LINES = 15
"""Lines above and below that say how wide the column is."""
_WIDER = 1.3
"""Times the usual distance of two lines from which on a paragraph begins."""
_PASSWORD, _SECURITY = 4, 5


def answers(content: bytes) -> Iterator[str]:
    """The passages of a PDF, a line each; see :func:`passages_from` for the way back."""
    for each in _passages(content):
        yield json.dumps({"problem": each.message} if isinstance(each, Problem) else asdict(each))


def passages_from(lines: Iterable[str], name: str) -> Iterator[Passage | Problem]:
    """What :func:`answers` said of the document of that name."""
    for line in lines:
        said = json.loads(line)
        if "problem" in said:
            yield Problem(name, 0, said["problem"])
        else:
            links = tuple(Link(**link) for link in said["links"])
            doubts = {int(offset): (first, second) for offset, (first, second) in said["doubts"].items()}
            yield Passage(said["text"], links, said["place"], doubts=doubts)


def _passages(content: bytes) -> Iterator[Passage | Problem]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        yield Problem("", 0, _why_closed(pdfium.FPDF_GetLastError()))
        return
    with closing(pdf):
        yield from _pages("", pdf)


def _why_closed(code: int) -> str:
    if code == _PASSWORD:
        return "this PDF is locked with a password; save a copy without one (qpdf --decrypt --password=… IN OUT)."
    if code == _SECURITY:
        return "this PDF is encrypted in a way that cannot be opened; save it without encryption and try again."
    return "this PDF is broken or cut short; save or download it again."


def _pages(name: str, pdf: pypdfium2.PdfDocument) -> Iterator[Passage | Problem]:
    count = len(pdf)
    if not count:
        yield Problem(name, 0, "this PDF has no pages; save or download it again.")
        return
    outline = _outline(pdf)
    if outline:
        yield Passage("", outline, "outline")
    signs = unread = 0
    empty = not outline
    for number in range(min(count, MOST_PAGES)):
        page = _Page.opened(pdf, number)
        if page is None:
            unread += 1
            continue
        with closing(page):
            signs += len(page.text)
            empty = empty and not page.text.strip() and not page.links
            place = f"page {number + 1}"
            if page.is_cut:
                yield Problem(
                    name,
                    0,
                    f"{place} has more than {MOST_ON_PAGE:,} signs or {MOST_LINKS:,} links; the rest is unread.",
                )
            if page.links or _MAY_CITE.search(page.text) or may_tell(page.text):
                yield page.passage(place)
        if signs > MOST_SIGNS:
            yield Problem(name, 0, f"more than {MOST_SIGNS:,} signs; what follows {place} is unread. Split it.")
            break
    if unread:
        yield Problem(name, 0, f"{unread} of {count} pages are broken and were not read; save or download it again.")
    elif empty:
        yield Problem(
            name, 0, "holds no text that can be read; it may be a scan. Run a text recognition (OCR) over it."
        )
    if count > MOST_PAGES:
        yield Problem(name, 0, f"has {count:,} pages, and the first {MOST_PAGES:,} were read; split it.")


def _outline(pdf: pypdfium2.PdfDocument) -> tuple[Link, ...]:
    """The web addresses among the bookmarks. They may lead in a circle, so their number ends it."""
    import pypdfium2.raw as pdfium

    found: list[Link] = []
    waiting = [pdfium.FPDFBookmark_GetFirstChild(pdf.raw, None)]
    seen = 0
    while waiting and seen < MOST_LINKS:
        mark = waiting.pop()
        if not mark:
            continue
        seen += 1
        if address := _address(pdf, pdfium.FPDFBookmark_GetAction(mark)):
            found.append(Link(0, 0, address))
        waiting.append(pdfium.FPDFBookmark_GetNextSibling(pdf.raw, mark))
        waiting.append(pdfium.FPDFBookmark_GetFirstChild(pdf.raw, mark))
    return tuple(found)


def _address(pdf: pypdfium2.PdfDocument, action: Any) -> str:
    """What a URI action opens; "" where it is none."""
    import ctypes

    import pypdfium2.raw as pdfium

    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    length = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(pdf.raw, action, buffer, length)
    return decoded(buffer.raw[: max(0, length - 1)])


def decoded(address: bytes) -> str:
    """The text of a URI, which the standard has in ASCII and files have in UTF-8, UTF-16 or Latin-1."""
    if address[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return address.decode("utf-16", "replace").strip("\0 ")
    try:
        return address.decode("utf-8").strip("\0 ")
    except UnicodeDecodeError:
        return address.decode("cp1252", "replace").strip("\0 ")


class _Page:
    """One page: its text, where its links stand in it, and how wide its lines are."""

    def __init__(self, pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, sheet: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self._sheet = sheet
        count = sheet.count_chars()
        text = sheet.get_text_range(0, min(count, MOST_ON_PAGE)) if count > 0 else ""
        self.text = text.replace("\r\n", " \n").translate(PRINTED)  # as long as it was
        self.is_cut = count > MOST_ON_PAGE
        self.links = _joined(self.text, list(self._linked(pdf)))
        self._starts: list[tuple[int, int]] | None = None

    @classmethod
    def opened(cls, pdf: pypdfium2.PdfDocument, number: int) -> _Page | None:
        """None where the page cannot be read."""
        import pypdfium2

        try:
            page = pdf[number]
        except pypdfium2.PdfiumError:
            return None
        try:
            return cls(pdf, page, page.get_textpage())
        except pypdfium2.PdfiumError:
            page.close()
            return None

    def close(self) -> None:
        """Gives back what PDFium holds of the page."""
        self._sheet.close()
        self._page.close()

    def passage(self, place: str) -> Passage:
        """Its words, with whole URLs."""
        known = {link.address for link in self.links}
        whole = unwrap(self.text, self._gap, known)
        links = [
            Link(whole.at(link.begin), whole.at(link.end), link.address) if link.end else link for link in self.links
        ]
        links += _halves(whole, links)
        return Passage(self._in_paragraphs(whole), tuple(links), place, doubts=whole.doubts)

    def _in_paragraphs(self, whole: Unwrapped) -> str:
        """The text with a blank line where the page leaves more room than between lines, or goes on elsewhere."""
        lines = [line.span() for line in _LINE.finditer(self.text)]
        levels = [self._level(begin) for begin, _ in lines]
        drops = [above - below for above, below in pairwise(levels)]
        usual = sorted(drop for drop in drops if drop > 0) or [0.0]
        widest = usual[len(usual) // 2] * _WIDER
        text = list(whole.text)
        for (_, end), drop in zip(lines, drops, strict=False):
            at = whole.at(end)
            if (drop < 0 or drop > widest) and text[at - 1 : at + 1] == [" ", "\n"]:
                text[at - 1] = "\n"
        return "".join(text)

    def _level(self, offset: int) -> float:
        """How high on the page the line stands that the sign at that offset is in."""
        import ctypes

        import pypdfium2.raw as pdfium

        at = pdfium.FPDFText_GetCharIndexFromTextIndex(self._sheet.raw, offset)
        x, y = ctypes.c_double(), ctypes.c_double()
        return y.value if at >= 0 and pdfium.FPDFText_GetCharOrigin(self._sheet.raw, at, x, y) else 0.0

    def _linked(self, pdf: pypdfium2.PdfDocument) -> Iterator[Link]:
        """The link annotations, each with the words under it."""
        import ctypes

        import pypdfium2.raw as pdfium

        position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        for _ in range(MOST_LINKS):
            if not pdfium.FPDFLink_Enumerate(self._page.raw, position, link):
                return
            if not (address := _address(pdf, pdfium.FPDFLink_GetAction(link))):
                continue
            corners = pdfium.FS_QUADPOINTSF()
            area = pdfium.FS_RECTF()
            pieces = []
            for each in range(min(pdfium.FPDFLink_CountQuadPoints(link), 50)):
                if pdfium.FPDFLink_GetQuadPoints(link, each, corners):
                    xs = (corners.x1, corners.x2, corners.x3, corners.x4)
                    ys = (corners.y1, corners.y2, corners.y3, corners.y4)
                    pieces.append((min(xs), min(ys), max(xs), max(ys)))
            if not pieces and pdfium.FPDFLink_GetAnnotRect(link, area):
                pieces.append((area.left, area.bottom, area.right, area.top))
            spans = [span for piece in pieces if (span := self._under(*piece))]
            yield from [Link(*span, address) for span in spans] or [Link(0, 0, address)]
        self.is_cut = True

    def _under(self, left: float, bottom: float, right: float, top: float) -> tuple[int, int] | None:
        """Where in the text the words stand that lie in that rectangle, which may be wider than they are."""
        height = top - bottom
        width = right - left
        inset = min(1.0, width / 4)
        # A rectangle over several lines begins in the first of them.
        high, low = (top - 6, bottom + 6) if height > 24 else ((top + bottom) / 2,) * 2
        first = next((at for step in (0, 3, 8) if (at := self._nearest(left + inset + step, high)) >= 0), -1)
        last = next((at for step in (0, 3, 8, 14) if (at := self._nearest(right - inset - step, low)) >= 0), -1)
        if first < 0 or last < first or last >= len(self.text):
            return None
        return first, last + 1

    def _nearest(self, x: float, y: float) -> int:
        import pypdfium2.raw as pdfium

        at = pdfium.FPDFText_GetCharIndexAtPos(self._sheet.raw, x, y, 3.0, 2.0)
        return pdfium.FPDFText_GetTextIndexFromCharIndex(self._sheet.raw, at) if at >= 0 else -1

    def _box(self, offset: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of the sign at that offset."""
        import ctypes

        import pypdfium2.raw as pdfium

        at = pdfium.FPDFText_GetCharIndexFromTextIndex(self._sheet.raw, offset)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        if at < 0 or not pdfium.FPDFText_GetCharBox(self._sheet.raw, at, left, right, bottom, top):
            return None
        return left.value, bottom.value, right.value, top.value

    def _gap(self, last: int, first: int, length: int) -> Gap:
        """How the end of a line stands to the beginning of the next; see :func:`unwrap`."""
        end, begin, over = self._box(last), self._box(first), self._box(first + length - 1)
        if end is None or begin is None:
            return Gap(True, 0.0)
        height = max(end[3] - end[1], begin[3] - begin[1], 4.0)
        drop = (end[1] + end[3]) / 2 - (begin[1] + begin[3]) / 2
        below = 0 < drop < 3 * height and begin[0] < end[2]
        if abs(begin[0] - end[2]) < height / 4 and abs(self._level(last) - self._level(first)) < height / 2:
            return Gap(True, 0.0, True)  # behind an accent, which TeX sets for a tilde, PDFium ends the line
        sign = (over[2] - begin[0]) / length if over is not None and over[2] > begin[0] else height / 2
        return Gap(below, max(0.0, self._margin(last, end) - end[2]) / max(sign, 0.5))

    def _margin(self, last: int, end: tuple[float, float, float, float]) -> float:
        """How far to the right the lines around that one go."""
        if self._starts is None:
            self._starts = [line.span() for line in _LINE.finditer(self.text)]
        own = max(0, bisect_right(self._starts, (last, len(self.text))) - 1)
        right = end[2]
        for begin, stop in self._starts[max(0, own - _ON_LINES) : own + _ON_LINES]:
            words = self.text[begin:stop].rstrip()
            stands = self._box(begin + len(words) - 1)
            starts = self._box(begin + len(words) - len(words.lstrip()))
            if stands and starts and starts[0] < end[2] < stands[2] + (stands[2] - starts[0]) / 2:
                right = max(right, stands[2])
        return right


def _joined(text: str, links: list[Link]) -> tuple[Link, ...]:
    """Links that are one over several lines as one."""
    found: list[Link] = []
    for link in sorted(links, key=lambda each: (each.end == 0, each.begin)):
        above = found[-1] if found else None
        if (
            above
            and above.address == link.address
            and above.end
            and not text[above.end : link.begin].strip(f" \r\n-{HYPHEN}")
        ):
            found[-1] = Link(above.begin, max(above.end, link.end), link.address)
        else:
            found.append(link)
    return tuple(found)


def _halves(whole: Unwrapped, links: list[Link]) -> Iterator[Link]:
    """For URLs that end with their line and are the front of what the page links to: they are that link."""
    for begin, written in find_urls(whole.text):
        end = begin + len(written)
        if whole.text[end : end + 3].strip(" -")[:1] not in ("\r", "\n", ""):
            continue
        linked = next(
            (each.address for each in links if each.address.startswith(written) and each.address != written), ""
        )
        if linked:
            yield Link(begin, end, linked)
