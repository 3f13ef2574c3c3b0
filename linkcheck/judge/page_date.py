"""The day that a page gives as its own, held against the day of citing and the day in the cited address."""

from __future__ import annotations

import re
from datetime import date, timedelta

from linkcheck import uri
from linkcheck.judge.case import Case

_LEEWAY = timedelta(days=2)
"""Time zones, and the evening before."""

_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?=\D|\Z)")


def remark(case: Case) -> str:
    """`` The page dates itself 2025-03-01, after it was cited.``, or "" where the days agree or are not known."""
    own = _own(case)
    if own is None:
        return ""
    if after_it_was_cited(case):
        return f" The page dates itself {own.isoformat()}, after it was cited ({case.citation.accessed})."
    named = in_address(case.citation.url)
    if named is not None and abs(own - named) > _LEEWAY:
        return f" The page dates itself {own.isoformat()}, its address says {named.isoformat()}."
    return ""


def after_it_was_cited(case: Case) -> bool:
    """Whether the page says that it was published only after somebody cited it: then it was rewritten, or replaced."""
    own, accessed = _own(case), case.citation.accessed
    return own is not None and accessed is not None and own - accessed > _LEEWAY


def in_address(url: str) -> date | None:
    """The day in the path of a URL, ``/2024/08/28/`` or ``2024-08-28``; None where there is none."""
    match = _IN_PATH.search(uri.path(url))
    return _day(int(match[1]), int(match[3]), int(match[4])) if match else None


def _own(case: Case) -> date | None:
    page = case.observation.page
    if page is None or not case.answered_well or not page.published:
        return None
    year, month, day = (int(part) for part in page.published.split("-"))
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
