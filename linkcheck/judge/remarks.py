"""What gives pause about a page that is the source all the same: sentences to stand in its evidence."""

from __future__ import annotations

from linkcheck.judge import fragment_missing, page_date, title_mismatch
from linkcheck.judge.case import Case


def of(case: Case) -> str:
    """All of them, each with a space before it; "" where there is nothing to say."""
    return "".join(each.remark(case) for each in (fragment_missing, title_mismatch, page_date))
