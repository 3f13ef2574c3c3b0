"""Why the quotes of a citation could not be looked for on its page, or a miss would prove nothing; in words."""

from __future__ import annotations

from linkcheck.body import KNOWN_CODINGS, content_codings
from linkcheck.model import Observation

_FILLED_BY = {
    "scripts": "the page shows next to nothing without scripts",
    "frames": "the page shows its text in frames, which are not followed",
}


def why_unread(seen: Observation) -> str:
    """Why there is no text to look in, ``the page is a PDF``; "" where there is some."""
    page = seen.page
    if page is not None:
        return "" if page.text else _FILLED_BY.get(page.filled_by, "the page holds no text")
    strange = [coding for coding in content_codings(seen.headers) if coding not in KNOWN_CODINGS]
    if strange:
        return f"the page came in a coding that is not read here ({strange[0][:20]})"
    if seen.media_type == "application/pdf":
        return "the page is a PDF"
    if seen.media_type and not seen.media_type.startswith("text/") and "html" not in seen.media_type:
        return f"the page is no text ({seen.media_type[:80]})"
    return "no text of the page is at hand" if seen.length else "the answer was empty"


def why_unsure(seen: Observation) -> str:
    """Why what is not in the text may be on the page all the same; "" where its text is known whole."""
    page = seen.page
    if page is None or not page.text:
        return ""
    if seen.truncated or page.partial:
        return "only the beginning of the page was read"
    if "\ufffd" in page.text:
        return "some characters of the page could not be read"
    return _FILLED_BY.get(page.filled_by, "")
