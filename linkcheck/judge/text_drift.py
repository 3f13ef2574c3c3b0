"""The page answers, but little of the text is left that was captured when it was cited."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.judge.untold import why_unsure
from linkcheck.model import Comparison, State, Verdict
from linkcheck.signs import languages
from linkcheck.signs.consent import is_consent_title
from linkcheck.signs.phrases import says_not_found

REASONS = (
    Reason(
        "text-drift",
        (State.DRIFTED,),
        "The page answers, but a quarter or more of the text that was captured from it is no longer on it. "
        "Navigation, advertisements, comments and what was added do not count, nor do corrections.",
        "Read both: the page, and the capture that the evidence names. If what you rely on is gone, cite the capture.",
    ),
)

KEPT = 0.75
"""Under this share of the captured words a text has drifted: docs/drift.md has the curve that it was taken from."""

FEWEST_WORDS = 100
"""Of the captured text. In shorter ones the surroundings that leak into it count for too much: of a page of 69 words,
43 of them links to its neighbours and a release date, 35 % was gone in the next release, and nothing of its own."""

_LONGEST = 160


def rule(case: Case) -> Verdict | None:
    """``drifted`` where under :data:`KEPT` of the captured words are left, and no quote says that it does not matter.

    A page on which every quote stands still says what was cited, however much was changed round it: the editor's
    question is answered, and ``ok`` mentions the rest. A front page is cited as the site, and changes by the day.
    """
    seen = far_from_capture(case)
    page = case.observation.page
    if seen is None or page is None or case.says_what_was_cited or uri.is_root(case.observation.uri_r):
        return None
    where = case.observation.final_url if case.was_redirected else "the page"
    words = [
        f"Of the {seen.words_then} words captured on {seen.captured_at.date()}, {_share(seen)} are still on {where}."
    ]
    language = languages.spoken(page.text, page.language)
    if language and seen.language_then and not languages.kindred(language, seen.language_then):
        words.append(f"It is in another language now ({seen.language_then} then, {language} now).")
    if seen.title_then and seen.title_then not in (page.title, *page.titles):
        words.append(f"It was called “{_short(seen.title_then)}”.")
    if seen.removed:
        words.append(f"Gone, among the rest: “{_short(seen.removed[0])}”.")
    return case.verdict(State.DRIFTED, "text-drift", " ".join(words))


def remark(case: Case) -> str:
    """``, though of the text captured on 2024-12-01 only 41 % is still there`` of a page with its quotes; else ""."""
    seen = far_from_capture(case)
    if seen is None or not case.says_what_was_cited:
        return ""
    return f", though of the text captured on {seen.captured_at.date()} only {_share(seen)} is still there"


def far_from_capture(case: Case) -> Comparison | None:
    """The comparison, where it can be relied on and the text is far from the capture's.

    Nothing is said where the page may hold more than was read (cut, filled by scripts, behind a paywall), and of a
    capture that was a few words, an error page or a page that asks for consent, itself.
    """
    seen, page = case.observation.comparison, case.observation.page
    if seen is None or page is None or not case.answered_well or page.paywalled or why_unsure(case.observation):
        return None
    if seen.words_then < FEWEST_WORDS or says_not_found(seen.title_then) or is_consent_title(seen.title_then):
        return None
    return seen if seen.likeness < KEPT else None


def _share(seen: Comparison) -> str:
    return f"{int(100 * seen.likeness)} %"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip(' …')}…"
