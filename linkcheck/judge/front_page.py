"""A deep address that ends on a front page: where there was a page there is now the way to all pages.

The signal alone is not enough for ``dead``: ``/index.html`` leads to ``/`` on sites that are very much alive, and some
sites shrank to one page that holds what was cited. Two ways make it sure or hold it open:

* A sibling that nobody ever wrote led to the same front page (Bar-Yossef et al. 2004): the host sends whatever it does
  not know there. ``dead: redirect-to-home``.
* The sibling was refused honestly, or not asked: somebody chose to send this page home. It is not dead by two signals,
  and neither ``alive`` nor ``moved`` would be true, for the front page is not what was cited. ``failing: led-to-home``.

A page that holds every quote is the source, wherever it stands; and a front page without them has drifted, which
outranks ``led-to-home`` in RULES.
"""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "redirect-to-home",
        (State.DEAD,),
        "The address leads to the site's front page, and so does an address beside it that nobody ever wrote: the "
        "site sends there whatever it no longer has. That is a 404 in disguise.",
        "Look for the page on the site, or cite a capture of it.",
    ),
    Reason(
        "led-to-home",
        (State.FAILING,),
        "The address leads to a front page instead of the page that was cited. Whether the page is gone, or was taken "
        "into the front page, cannot be told.",
        "Open it in a browser. If what you cite is not there, look for it on the site or cite a capture.",
    ),
)

_INDEX = re.compile(r"/(?:(?:index|default|home|main|start|welcome)(?:\.\w{1,5})?/?)?", re.I)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|lang|hl)=[^&]*(?:&|$)", re.I)
_LANGUAGE = re.compile(r"^/[a-z]{2}(?:[-_][a-z]{2,4})?(?=/|$)", re.I)


def sure(case: Case) -> Verdict | None:
    """``dead`` by two signals."""
    seen = case.observation
    if not leads_home(case) or uri.bare_host(seen.final_url) != uri.bare_host(seen.uri_r):
        return None
    if not uri.is_root(seen.final_url):
        return None
    if seen.sibling_status == 0 or not 200 <= seen.sibling_status < 300:
        return None
    if not uri.is_root(seen.sibling_url) or uri.bare_host(seen.sibling_url) != uri.bare_host(seen.final_url):
        return None
    evidence = f"It leads to the front page {seen.final_url}, and so does an address beside it that nobody ever wrote."
    return case.verdict(State.DEAD, "redirect-to-home", f"{evidence}{case.last_seen_in_words()}")


def unsure(case: Case) -> Verdict | None:
    """``failing`` by one, on whatever site the front page is."""
    if not leads_home(case):
        return None
    evidence = f"It leads to a front page, {case.observation.final_url}, instead of the page that was cited."
    return case.verdict(State.FAILING, "led-to-home", f"{evidence}{case.last_seen_in_words()}")


def leads_home(case: Case) -> bool:
    """Whether redirects took a deep address to a front page that does not hold what was cited."""
    seen = case.observation
    if not seen.hops or not case.answered_well or case.says_what_was_cited:
        return False
    return is_deep(seen.uri_r) and not is_deep(seen.final_url)


def is_deep(url: str) -> bool:
    """Whether an address names more than a front page: not ``/index.html``, ``/en/home`` or ``/?utm_source=x``."""
    way = _LANGUAGE.sub("", uri.path(url)) or "/"
    return bool(_TRACKING.sub("", uri.query(url))) or _INDEX.fullmatch(way) is None
