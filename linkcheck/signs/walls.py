"""What the bot walls of each vendor look like. Data; every feature of a sign must be there, one sign is enough.

Gathered from the vendors' documents, from detection projects and from the pages that walls serve; every row names
where. A word alone is never a sign: articles are written about captchas, every site behind Cloudflare says so in its
headers, and guarded sites set the guard's cookie on every page. So a sign is a header that only the wall sends; or a
title, an id, a mark or a phrase together with a header, a status, or next to no text; or the vendor's script, or its
cookie, with nothing else at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from linkcheck.model import Headers
from linkcheck.signs.captchas import ANYBODYS, CAPTCHAS
from linkcheck.signs.firewalls import FIREWALLS
from linkcheck.signs.services import SERVICES
from linkcheck.signs.sign import Sign, by_name, has_headers
from linkcheck.signs.sites import SITES

WALLS: Mapping[str, tuple[Sign, ...]] = {**SERVICES, **FIREWALLS, **CAPTCHAS, **SITES, **ANYBODYS}
SIGNS: tuple[tuple[str, Sign], ...] = tuple((vendor, sign) for vendor, signs in WALLS.items() for sign in signs)
"""Every sign with its vendor."""

LONGEST_TEXT = max(sign.longest_text for _, sign in SIGNS)
"""Characters of text above which no page is a wall; only what needs no page is looked for then."""

OF_PAGES = tuple((vendor, sign) for vendor, sign in SIGNS if not sign.empty)
OF_EMPTINESS = tuple(
    (vendor, sign) for vendor, sign in SIGNS if sign.empty or sign.may_be_empty or not sign.asks_for_a_page
)
"""Those that a response with content can show, and one without."""

WITHOUT_PAGE = tuple((vendor, sign) for vendor, sign in SIGNS if not sign.asks_for_a_page)
"""The signs that are believed whatever the page says."""


def looks_walled_when_empty(headers: Headers) -> bool:
    """Whether an answer that has no content by its nature (to HEAD) would look like a wall for its headers alone."""
    fields = by_name(headers)
    return any(sign.empty and has_headers(sign, fields) for _, sign in SIGNS)
