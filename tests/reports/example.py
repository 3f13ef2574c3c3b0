"""Reports to test with: the five sources of the article and one of every other state, a hostile one, a long one.

The golden files beside this module are what the formats make of :func:`example`. After an intended change::

    python -m tests.reports.example

writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime
from pathlib import Path

from linkcheck import reports
from linkcheck.conduct import ExitCode
from linkcheck.model import (
    Citation,
    Comparison,
    FailureKind,
    Finding,
    Hop,
    Observation,
    Problem,
    QuoteMatch,
    Report,
    Snapshot,
    State,
    Suggestion,
    Verdict,
)

GOLDEN = Path(__file__).parent / "golden"

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

REASONS = {
    State.DEAD: "http-404 http-410 soft-404 redirect-to-home parked-domain no-such-host repeated-failure",
    State.DRIFTED: "quote-missing fragment-missing text-drift title-mismatch",
    State.MOVED: "redirect-permanent moved-collection",
    State.BLOCKED: "http-401 http-403 http-451 rate-limited bot-wall paywall login-required robots",
    State.FAILING: "timeout connection-reset connection-refused http-5xx tls-expired tls-wrong-host redirect-loop",
    State.UNKNOWN: "offline unsafe-address unsupported-scheme excluded not-reached",
    State.ALIVE: "ok",
}

STATES_IN_ORDER = ["dead"] * 3 + ["drifted", "moved", "blocked", "failing", "unknown", "alive"]
"""Of the findings of :func:`example`, worst first."""

BRIEFINGS = "briefing-room/speeches-remarks"
SULLIVAN = (
    f"{BRIEFINGS}/2023/06/02/remarks-by-national-security-advisor-jake-sullivan"
    "-for-the-arms-control-association-aca-annual-forum/"
)
BIDEN = (
    f"{BRIEFINGS}/2023/09/19/remarks-by-president-biden"
    "-before-the-78th-session-of-the-united-nations-general-assembly-new-york-ny/"
)


def citation(url: str, line: int, *, document: str = "article.txt", **more: object) -> Citation:
    return Citation(url=url, written=url, document=document, line=line, column=1, **more)  # type: ignore[arg-type]


def seen(url: str, status: int | None = 200, *, final: str = "", **more: object) -> Observation:
    return Observation(url.partition("#")[0], NOW, final or url, status=status, **more)  # type: ignore[arg-type]


def snapshot(url: str, year: int, month: int, day: int, archive: str = "wayback", *, status: int = 200) -> Snapshot:
    moment = datetime(year, month, day, 8, 30, tzinfo=UTC)
    uri_m = f"https://web.archive.org/web/{moment:%Y%m%d%H%M%S}/{url}"
    digest = "sha1:MK2SHXGBWSZQ4GV7LNPBTRQH3D5JXKYA"
    if archive == "local":
        uri_m, digest = "warcs/linkcheck-20240901083000.warc.gz#48213", f"sha256:{'3b' * 32}"
    return Snapshot(url, uri_m, moment, archive, status, digest)


def _five() -> list[Finding]:
    moscow = "https://www.themoscowtimes.com/2025/07/20/russia-bans-92-us-citizens-over-russophobic-policies"
    sullivan, biden = (f"https://www.whitehouse.gov/{path}" for path in (SULLIVAN, BIDEN))
    ap = "https://apnews.com/article/russia-united-states-lavrov-nuclear-ukraine-0065bdbf7aafb340df64a34800698cd4"
    proverb = "https://en.wikipedia.org/wiki/Trust,_but_verify"
    return [
        Finding(
            citation(moscow, 65, title="Russia Bans 92 U.S. Citizens Over ‘Russophobic’ Policies"),
            Verdict(
                State.DEAD,
                "http-404",
                "The server answered 404 Not Found, and again at a second look.",
                suggestions=(
                    Suggestion(
                        "https://www.themoscowtimes.com/2024/08/28/"
                        "russia-bans-92-us-citizens-over-russophobic-policies-a86187",
                        "neighbour",
                        True,
                        "The same words stand in an address of 2024-08-28 that answers under the cited title.",
                    ),
                ),
            ),
            seen(moscow, 404, confirmed=True),
            trace="neighbours",
            traced="No archive that was asked holds this address, but one holds a near-by address.",
            shortfalls=("A dead source is not allowed.",),
        ),
        Finding(
            citation(
                sullivan,
                66,
                title="Remarks by National Security Advisor Jake Sullivan for the Arms Control Association",
                context="Jake Sullivan has signaled an interest in reviving arms control “without preconditions”",
                quotes=("without preconditions",),
                accessed=date(2024, 9, 1),
            ),
            Verdict(
                State.DEAD,
                "http-404",
                "The server answered 404 Not Found, and again at a second look.",
                quotes=(QuoteMatch("without preconditions", True, "memento"),),
                suggestions=(
                    Suggestion(
                        f"https://bidenwhitehouse.archives.gov/{SULLIVAN}",
                        "moved-collection",
                        True,
                        "The National Archives keep whitehouse.gov as it stood on 2025-01-20; the title is the same.",
                    ),
                    Suggestion(
                        f"https://web.archive.org/web/20240830083000/{sullivan}",
                        "memento",
                        True,
                        "The capture closest before the date of citing.",
                    ),
                ),
            ),
            seen(sullivan, 404, confirmed=True),
            snapshots=(snapshot(sullivan, 2023, 6, 3), snapshot(sullivan, 2024, 8, 30), snapshot(sullivan, 2025, 1, 2)),
            trace="captures",
            shortfalls=("A dead source is not allowed.",),
        ),
        Finding(
            citation(ap, 67, title="Russia’s foreign minister rejects a US proposal"),
            Verdict(
                State.BLOCKED,
                "bot-wall",
                "The server answered 403 with a challenge page (Cloudflare), which says nothing about the article.",
            ),
            seen(ap, 403),
            snapshots=(snapshot(ap, 2024, 1, 19),),
        ),
        Finding(
            citation(
                biden,
                68,
                quotes=("don’t need to agree on everything to keep moving forward on issues like arms control",),
            ),
            Verdict(
                State.DEAD,
                "http-404",
                "The server answered 404 Not Found, and again at a second look.",
                quotes=(
                    QuoteMatch(
                        "don’t need to agree on everything to keep moving forward on issues like arms control",
                        True,
                        "memento",
                    ),
                ),
                suggestions=(
                    Suggestion(f"https://bidenwhitehouse.archives.gov/{BIDEN}", "moved-collection", True, ""),
                ),
            ),
            seen(biden, 404, confirmed=True),
            snapshots=(snapshot(biden, 2023, 9, 20),),
            trace="captures",
            shortfalls=("A dead source is not allowed.",),
        ),
        Finding(
            citation(proverb, 69, title="Trust, but verify", quotes=("Distrust and can’t verify",)),
            Verdict(State.ALIVE, "ok", "", quotes=(QuoteMatch("Distrust and can’t verify", False),)),
            seen(proverb),
            snapshots=(snapshot(proverb, 2024, 9, 1, "local"),),
        ),
    ]


def _others() -> list[Finding]:
    page, notes = "docs/handbook/contributing.md", "notes.md"
    survey = "https://statistics.example/surveys/2019/table-4#households"
    blog = "http://old.example/blog/2015/03/how-we-count"
    return [
        Finding(
            citation(survey, 12, document=page, quotes=("41.3 per cent of households",)),
            Verdict(
                State.DRIFTED,
                "quote-missing",
                "The page answers under the same title, but the quoted words are not as cited.",
                quotes=(QuoteMatch("41.3 per cent of households", False, "live", ("41.3 became 43.1",)),),
            ),
            seen(survey),
            snapshots=(snapshot(survey, 2024, 9, 1, "local"),),
            shortfalls=("A drifted source is not allowed.",),
        ),
        Finding(
            citation(blog, 31, document=page),
            Verdict(
                State.MOVED,
                "redirect-permanent",
                "The server sends on for good, to a page of the same title.",
                suggestions=(Suggestion("https://new.example/how-we-count", "redirect", True, ""),),
            ),
            seen(
                blog,
                final="https://new.example/how-we-count",
                hops=(Hop(blog, 301), Hop("https://old.example/blog/2015/03/how-we-count", 308)),
            ),
        ),
        Finding(
            citation("https://slow.example/report.pdf", 4, document=notes),
            Verdict(State.FAILING, "timeout", "No answer within 30 seconds, three times."),
            seen("https://slow.example/report.pdf", None, failure=FailureKind.TIMEOUT, attempts=3),
        ),
        Finding(
            citation("ftp://files.example/data.zip", 9, document=notes),
            Verdict(State.UNKNOWN, "unsupported-scheme", "Only http and https addresses are asked."),
        ),
    ]


def example() -> Report:
    """A report with every state, and with notes, problems and a fault of the archive."""
    return Report(
        command="verify",
        generated_at=NOW,
        tool="linkcheck 0.1.0",
        findings=(*_five(), *_others()),
        exit_code=ExitCode.POLICY,
        notes=("The pages are stand-ins served on this machine; nothing was asked of the internet.",),
        problems=(Problem("missing.md", 0, "there is no such file; check its name"),),
        integrity=("warcs/linkcheck-20240901083000.warc.gz: the record at 48213 does not match its digest",),
    )


def empty() -> Report:
    return Report("check", NOW, "linkcheck 0.1.0", ())


def everything() -> Report:
    """Every reason under its state."""
    pairs = [(state, reason) for state, reasons in REASONS.items() for reason in reasons.split()]
    return Report(
        "check",
        NOW,
        "linkcheck 0.1.0",
        tuple(
            Finding(citation(f"https://{reason}.example/", line), Verdict(state, reason, f"Evidence of {reason}."))
            for line, (state, reason) in enumerate(pairs, start=1)
        ),
        ExitCode.POLICY,
    )


def saying(text: str, *, url: str = "https://hostile.example/") -> Report:
    """A report in which strangers say that text wherever strangers can say anything."""
    finding = Finding(
        Citation(url, text, text, 1, 1, text, (text,), None, text),
        Verdict(
            State.DEAD,
            "soft-404",
            text,
            (QuoteMatch(text, False, "live", (text,)),),
            (Suggestion(url, "neighbour", False, text),),
        ),
        seen(url, hops=(Hop(url, 302),), final=url),
        (Snapshot(url, "warcs/a.warc.gz#0", NOW, text, 200, text),),
        "none",
        (text,),
    )
    return Report(
        "check", NOW, "linkcheck 0.1.0", (finding,), ExitCode.POLICY, (text,), (Problem(text, 1, text),), (text,)
    )


def saying_elsewhere(text: str, *, url: str = "https://hostile.example/") -> Report:
    """The same where a dead source has no place for it: a document without lines, drift, exceptions, a live source."""
    cited = Citation(url, text, text, 0, 0, text, (), None, "", (text,), text, text, text, text)
    comparison = Comparison(text, NOW, 0.1, 9, 9, text, text, (text,), (text,))
    drifted = Finding(
        cited,
        Verdict(
            State.DRIFTED, "text-drift", text, (QuoteMatch(text, True, text),), (Suggestion(text, text, True, text),)
        ),
        seen(url, final=url, comparison=comparison),
        (Snapshot(url, text, NOW, "wayback", 200, text),),
        traced=text,
        excepted=(text,),
        known=(text,),
    )
    alive = Finding(cited, Verdict(State.ALIVE, "ok", text, pause=text), seen(url, final=url))
    return Report("verify", NOW, "linkcheck 0.1.0", (drifted, alive), notes=(text,), problems=(Problem(text, 0, text),))


def long(citations: int) -> Report:
    """The nine findings again and again."""
    nine = example().findings
    return Report("check", NOW, "linkcheck 0.1.0", tuple(nine[n % len(nine)] for n in range(citations)))


@functools.cache
def golden() -> dict[str, str]:
    """Golden file name to what it must hold."""
    report = example()
    texts = {f"example{reports.member(name).SUFFIX}": reports.render(name, report) for name in reports.names()}
    texts["example-80.txt"] = reports.render("terminal", report, width=80)
    texts["example-140-colour.txt"] = reports.render("terminal", report, width=140, colour=True)
    return texts


if __name__ == "__main__":
    for file_name, text in golden().items():
        (GOLDEN / file_name).write_text(text, encoding="utf-8", newline="")
