"""The source lives on under another address, and its server says so for good (301, 308)."""

from __future__ import annotations

from itertools import takewhile
from urllib.parse import urlsplit

from linkcheck import uri
from linkcheck.judge import readdressed, remarks
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Suggestion, Verdict

REASONS = (
    Reason(
        "redirect-permanent",
        (State.MOVED,),
        "The server redirects to another address and says that this is for good (301 or 308). The new one answers.",
        "Open the new address, see that it is the same source, and cite it: redirects are switched off one day.",
    ),
)

PERMANENT = frozenset({301, 308})


def rule(case: Case) -> Verdict | None:
    """``moved`` where the chain begins with permanent redirects and ends with 2xx.

    That the new page is the source is verified by the addresses or by what it says (:mod:`.readdressed`); the server's
    word alone is none: many redirect "for good" whatever they no longer have. Nor is a page above the cited one, though
    the quote be on it: a list of articles shows others next week.

    The new address is where the leading run of permanent redirects ends: what a temporary one adds after it (a
    session, a language) is no address to cite. A chain that begins with a temporary one says that the cited address
    is the one to keep (RFC 9110 15.4).
    """
    seen = case.observation
    leading = len(list(takewhile(lambda hop: hop.status in PERMANENT, seen.hops)))
    if not leading or not case.answered_well:
        return None
    target = seen.hops[leading].url if leading < len(seen.hops) else seen.final_url
    if uri.without_fragment(target) == seen.uri_r:
        return None
    kind = difference(seen.uri_r, target)
    # Where the server names no place on the page, the cited one stands (RFC 9110 10.2.2).
    places = [uri.fragment(case.citation.url), *(hop.fragment for hop in seen.hops[:leading])]
    place = next(filter(None, reversed(places)), "")
    address = f"{target}#{place}" if place else target
    evidence = f"{uri.host(seen.uri_r)} redirects for good ({seen.hops[0].status}) to {kind}{target}."
    suggestion = _suggestion(case, target, address)
    said = f"{evidence}{case.untold_in_words()}{remarks.of(case)}"
    return case.verdict(State.MOVED, "redirect-permanent", said, suggestion)


def _suggestion(case: Case, target: str, address: str) -> Suggestion:
    seen = case.observation
    words = f"{uri.host(seen.uri_r)} redirects there for good ({seen.hops[0].status})"
    fits = readdressed.why_it_fits(case)
    why = ", and ".join(filter(None, (readdressed.alike(seen.uri_r, target), fits)))
    if above := readdressed.leads_up(seen.uri_r, target):
        held = f", though {fits} now" if fits else ""
        return Suggestion(address, "redirect", False, f"{words}, but {above}{held}")
    if not why:
        return Suggestion(address, "redirect", False, f"{words}; whether it is what was cited could not be told")
    return Suggestion(address, "redirect", True, f"{words}: {why}")


def difference(old: str, new: str) -> str:
    """``the same address over https: ``; "" where more than scheme, ``www.`` or the last slash differs."""
    before, after = urlsplit(old), urlsplit(new)
    if uri.bare_host(old) != uri.bare_host(new) or before.query != after.query:
        return ""
    if before.path.rstrip("/") != after.path.rstrip("/"):
        return ""
    changes = []
    if before.scheme != after.scheme:
        changes.append(f"over {after.scheme}")
    if before.hostname != after.hostname:
        changes.append("with www" if (after.hostname or "").startswith("www.") else "without www")
    if before.path.endswith("/") != after.path.endswith("/"):
        changes.append("with a slash at its end" if after.path.endswith("/") else "without the slash at its end")
    return f"the same address {' and '.join(changes)}: " if changes else ""
