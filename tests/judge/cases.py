"""The pieces that cases are put together from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from linkcheck.judge import judge
from linkcheck.model import Citation, FailureKind, Hop, Look, Observation, Page, Snapshot, Verdict

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://www.example.com/news/2024/story"
HOME = "https://www.example.com/"
STORY = Page(
    title="A story", text="The story begins here.\nIt says what was cited, and goes on. " + "More words. " * 400
)


def citation(url: str = URL, *quotes: str, title: str = "", inferred: bool = False) -> Citation:
    return Citation(url, url, "article.txt", 1, 1, quotes=quotes, title=title, inferred=inferred)


def seen(status: int | None = 200, *, url: str = URL, **facts: Any) -> Observation:
    """An observation; a 2xx has the story as its page unless said otherwise."""
    if status is not None and 200 <= status < 300:
        facts.setdefault("page", STORY)
    return Observation(url, NOW, facts.pop("final_url", url), status=status, **facts)


def failed(kind: FailureKind, message: str = "", **facts: Any) -> Observation:
    return seen(None, failure=kind, failure_message=message, **facts)


def led(*hops: tuple[str, int], to: str, status: int = 200, **facts: Any) -> Observation:
    """An observation at the end of redirects; the first hop's URL is the cited one."""
    steps = tuple(Hop(url, code) for url, code in hops)
    return seen(status, url=steps[0].url, final_url=to, hops=steps, **facts)


def looked(days_ago: float, status: int | None = None, failure: FailureKind | None = None) -> Look:
    return Look(NOW - timedelta(days=days_ago), status, failure)


def captured(days_ago: float, status: int = 200) -> Snapshot:
    return Snapshot(URL, "warcs/a.warc.gz#0", NOW - timedelta(days=days_ago), "local", status, "sha256:0")


def judged(
    observation: Observation | None, *quotes: str, title: str = "", history: tuple[Look, ...] = (), **more: Any
) -> Verdict:
    url = observation.uri_r if observation else URL
    return judge(citation(url, *quotes, title=title), observation, history, **more)


def opinion(verdict: Verdict) -> str:
    return f"{verdict.state} {verdict.reason}"
