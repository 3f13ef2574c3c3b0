"""Asking an archive for captures of many sources: several under way at once, each asked for in turn.

Every job is noted in ``history.sqlite`` as soon as the archive has named it, so a run that was interrupted is taken up
by the next one: what is under way is asked for by its number, and what is done is not asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import parse_qsl

from linkcheck import uri
from linkcheck.archives.lookup import PublicArchive
from linkcheck.archives.replaying import plays
from linkcheck.clock import iso
from linkcheck.memento import Fate, Job, Search
from linkcheck.model import Observation, Snapshot
from linkcheck.ports import Keeper, Ports, Step

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)

_MOST_A_DAY = 4
"""Times that one source is asked for in a day: 80 % of the five that are allowed."""

_PAUSES_S = (6.0, 10.0, 15.0, 20.0, 30.0)
"""Between two questions how far a job is; the last again and again. A capture takes two minutes at most."""

_LONGEST_S = 600.0
"""Of one job in one run. A busy archive keeps jobs waiting; the next run asks on."""

_AGAIN_S = 60.0
_MOST_TRIES = 2

_APPEARS_S = (3.0, 15.0, 45.0)
"""When a fresh capture is looked at: it may not resolve for a while."""

_SECRET = re.compile(
    r"(?:access_|auth_|id_)?token|api_?key|auth|key|pass(?:word|wd)?|secret|s(?:ession_?)?id|session|sig(?:nature)?"
    r"|jsessionid|phpsessid|x-(?:amz|goog)-signature",
    re.IGNORECASE,
)
"""Names in a query that stand before what only its user should have."""


def looks_private(url: str) -> bool:
    """Whether an address carries what only its user should have: a password, a token, a session. Never submitted."""
    if uri.without_credentials(url) != url:
        return True
    if ";jsessionid=" in url.lower():
        return True
    named = parse_qsl(uri.query(url).replace(";", "&"))
    return any(value and _SECRET.fullmatch(name) for name, value in named)


@dataclass(slots=True)
class _Errand:
    """One source on its way: when it is its turn (monotonic seconds), and how often what was tried."""

    source: str
    due: float
    job: Job | None = None
    began: float = 0.0
    tries: int = 0
    polls: int = 0
    sights: int = 0

    @property
    def wants_a_job(self) -> bool:
        return self.job is None or self.job.fate is Fate.LATER


class Saving:
    """The errands of one run.

    Args:
        ports: the world; its store keeps the jobs.
        keeper: notes what was made and plays back.
        public: who is asked.
    """

    def __init__(self, ports: Ports, keeper: Keeper, public: PublicArchive) -> None:
        self._ports = ports
        self._keeper = keeper
        self._public = public
        self._saved = 0
        self._under_way: list[str] = []
        self._refused: dict[str, list[str]] = {}

    def ask_for(self, sources: Sequence[str]) -> list[str]:
        """Asks for a capture of each source and waits for all of them; returns remarks for the report's notes.

        Raises:
            KeyboardInterrupt: the user does not wait; what is under way is noted, and said in the store's notes.
        """
        errands = [errand for source in sources if (errand := self._begun(source)) is not None]
        total, waiting = len(errands), list(errands)
        try:
            while waiting:
                now = self._ports.clock.monotonic()
                slot = now + self._public.save_wait_s
                turn = min(waiting, key=lambda errand: max(errand.due, slot) if errand.wants_a_job else errand.due)
                due = max(turn.due, slot) if turn.wants_a_job else turn.due
                if due > now:
                    self._ports.clock.sleep(due - now)
                    continue
                if self._is_done(turn):
                    waiting.remove(turn)
                self._ports.on_step(Step("saving", total - len(waiting), total, turn.source))
        except KeyboardInterrupt:
            numbered = [each for each in waiting if each.job is not None and each.job.fate is Fate.PENDING]
            if numbered:
                words = f"{len(numbered)} captures that the archive was asked for are under way"
                self._ports.store.notes.append(f"{words}; archive --save takes them up again within the hour.")
            raise
        return self._remarks()

    # ------------------------------------------------------------ inside

    def _begun(self, source: str) -> _Errand | None:
        """A source with what was asked for earlier; None where asking again would be wrong."""
        if looks_private(source):
            self._refuse(source, "the address holds what looks like a password or a token, so it is told to nobody")
            return None
        now = self._ports.clock.monotonic()
        job = self._ports.store.job(source)
        if job is None:
            return _Errand(source, now)
        age = self._ports.clock.now() - job.asked_at
        if age < {Fate.PENDING: _HOUR, Fate.SAVED: _DAY}.get(job.fate, timedelta()):
            return _Errand(source, now, job, began=now)
        refused = job.fate in (Fate.NEVER, Fate.QUOTA) or job.attempts >= _MOST_A_DAY
        if refused and age < _DAY:
            self._refuse(source, f"{job.message or 'it was not saved'} (asked {iso(job.asked_at)}, and again in a day)")
            return None
        return _Errand(source, now)

    def _is_done(self, errand: _Errand) -> bool:
        """Does the next thing for a source; returns whether that was the last in this run."""
        if errand.job is None or errand.wants_a_job:
            return self._submitted(errand)
        if errand.job.fate is Fate.SAVED:
            return self._seen(errand, errand.job)
        return self._polled(errand, errand.job)

    def _submitted(self, errand: _Errand) -> bool:
        before = self._ports.store.job(errand.source)
        job = self._public.save(errand.source)
        if before is not None and job.asked_at - before.asked_at < _DAY:
            job = replace(job, attempts=before.attempts + 1)
        errand.tries += 1
        errand.began = self._ports.clock.monotonic()
        errand.polls = errand.sights = 0
        return self._weighed(errand, job)

    def _polled(self, errand: _Errand, job: Job) -> bool:
        errand.polls += 1
        return self._weighed(errand, self._public.saved(job))

    def _weighed(self, errand: _Errand, job: Job) -> bool:
        """Notes what became of a job, and when it is the source's turn again."""
        errand.job = job
        if job.of_source and (job.job_id or job.fate is not Fate.LATER):
            # A refusal by a rate limit or of the keys counts for nothing: mended, the source may be asked for at once.
            with self._ports.interrupt.shielded():
                self._ports.store.note_job(job)
        now = self._ports.clock.monotonic()
        if job.fate is Fate.PENDING:
            errand.due = now + _PAUSES_S[min(errand.polls, len(_PAUSES_S) - 1)]
            if errand.due - errand.began <= _LONGEST_S:
                return False
            self._under_way.append(errand.source)
            return True
        if job.fate is Fate.SAVED:
            errand.due = now + _APPEARS_S[0]
            return False
        if job.again and errand.tries < _MOST_TRIES and job.attempts < _MOST_A_DAY:
            errand.due = now + _AGAIN_S
            return False
        self._refuse(errand.source, job.message)
        return True

    def _seen(self, errand: _Errand, job: Job) -> bool:
        """Looks whether a fresh capture plays back, and notes it then."""
        snapshot = job.snapshot
        seen = self._public.replay(snapshot) if snapshot is not None else None
        if snapshot is not None and seen is not None and plays(seen):
            self._keep(snapshot, seen)
            return True
        errand.sights += 1
        if errand.sights < len(_APPEARS_S):
            errand.due = self._ports.clock.monotonic() + _APPEARS_S[errand.sights]
            return False
        why = seen.failure_message or f"it was captured with status {seen.status}" if seen is not None else ""
        self._refuse(errand.source, f"it was captured and does not play back yet ({why}); the next run looks again")
        return True

    def _keep(self, snapshot: Snapshot, seen: Observation) -> None:
        title = seen.page.title if seen.page else ""
        whole = replace(
            snapshot,
            captured_at=seen.observed_at,
            status=seen.status or snapshot.status,
            media_type=seen.media_type,
            title=title,
            length=seen.length,
        )
        ports = self._ports
        search = Search(ports.clock.now(), (whole,), since=whole.captured_at, captures=1)
        with ports.interrupt.shielded():
            self._keeper.add(whole)
            ports.known[whole.uri_r] = (*ports.known.get(whole.uri_r, ()), whole)
            ports.store.append(seen)
            ports.store.note_search(whole.uri_r, search)
            ports.store.drop_job(whole.uri_r)
        self._saved += 1

    def _refuse(self, source: str, message: str) -> None:
        self._refused.setdefault(message.rstrip("."), []).append(source)

    def _remarks(self) -> list[str]:
        remarks = [f"Saved on request: {self._saved}."] if self._saved else []
        if self._under_way:
            remarks.append(
                f"Under way at the archive: {len(self._under_way)}; archive --save asks for them again within the hour."
            )
        for message, sources in self._refused.items():
            more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
            remarks.append(f"Not saved: {sources[0]}{more}: {message}.")
        return remarks
