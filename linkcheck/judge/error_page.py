"""A redirect to the site's own error page, answered with 200: a 404 in disguise, as far as two signals can tell.

The redirect left the name of what was cited, and where it ended says by its address or its title that it is no such
page. One of these alone is not enough: handbooks have a page ``/status/404``, articles are called "404 Not Found", and
sites rename their pages.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict
from linkcheck.signs.phrases import says_not_found

REASONS = (
    Reason(
        "led-to-error-page",
        (State.FAILING,),
        "The address leads to a page that says, by its own address or its title, that there is no such page; yet the "
        "server calls it a success (200). The source is probably gone, but the server has not said so.",
        "Open it in a browser. If it is an error page, look for the source on the site, or cite a capture of it.",
    ),
)

_SUFFIX = re.compile(r"\.(?:html?|xhtml|shtml|php|aspx?|jspx?|cfm)$")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")
_SURE_NAMES = frozenset(
    {"notfound", "pagenotfound", "filenotfound", "error404", "404error", "404notfound", "notfound404", "404page"}
    | {"page404", "err404", "errorpage", "errornotfound", "pagemissing", "missingpage"}
)
_NUMBERS = frozenset({"404", "410"})
_FOLDERS = frozenset({"error", "errors", "errorpage", "errorpages", "404", "notfound"})
_SPEAKS_OF_ERRORS = re.compile(r"error|404|410|not.?found|missing|gone")

_SHORT = 600
_LONGEST = 4_000
"""Characters that an error page has at most where its address is an ordinary one."""


def rule(case: Case) -> Verdict | None:
    """``failing`` where redirects left the cited page for one that is an error page by its address or its title."""
    seen = case.observation
    if not seen.hops or not case.answered_well or case.says_what_was_cited or not _left_the_name(case):
        return None
    if _SPEAKS_OF_ERRORS.search(f"{uri.path(seen.uri_r)} {case.citation.title}".lower()):
        return None
    page = seen.page
    title = next((each for each in page.titles or (page.title,) if says_not_found(each)), "") if page else ""
    if not title and case.shows_what_was_cited:
        return None
    length = len(page.text) if page else 0
    if not (
        is_error_address(seen.final_url)
        or (may_be_error_address(seen.final_url) and (title or (page is not None and length < _SHORT)))
        or (title and length < _LONGEST)
    ):
        return None
    what = f"a page called “{title[:120]}”" if title else "by its address an error page"
    evidence = f"It leads to {seen.final_url}, {what}, instead of the page that was cited."
    return case.verdict(State.FAILING, "led-to-error-page", f"{evidence}{case.last_seen_in_words()}")


def is_error_address(url: str) -> bool:
    """Whether an address is surely an error page's: ``/errors/not-found``, ``/404.html``, ``/en/404``, ``/error``."""
    parts = _parts(url)
    if "aspxerrorpath=" in uri.query(url).lower():
        return True
    if not parts:
        return False
    name, has_suffix = _bare(parts[-1]), bool(_SUFFIX.search(parts[-1]))
    if name in _NUMBERS:
        # "/posts/404" may be the 404th.
        above = parts[-2] if len(parts) > 1 else ""
        return has_suffix or not above or _bare(above) in _FOLDERS or _LANGUAGE.fullmatch(above) is not None
    return name in _SURE_NAMES or (name == "error" and len(parts) == 1)


def may_be_error_address(url: str) -> bool:
    """Whether an address may be one: ``/error/1234567``, ``/posts/404``."""
    parts = _parts(url)
    if not parts:
        return False
    name = _bare(parts[-1])
    return name.startswith("error") or name in _NUMBERS or any(_bare(part) in _FOLDERS for part in parts)


def _left_the_name(case: Case) -> bool:
    """Whether the last part of the path is another than the cited one's."""
    seen = case.observation
    before, after = _parts(seen.uri_r)[-1:], _parts(seen.final_url)[-1:]
    return [_SUFFIX.sub("", part) for part in before] != [_SUFFIX.sub("", part) for part in after]


def _parts(url: str) -> list[str]:
    return [part for part in unquote(uri.path(url)).lower().split("/") if part]


def _bare(part: str) -> str:
    return re.sub(r"[-_ ]", "", _SUFFIX.sub("", part))
