"""Save Page Now: asking the Wayback Machine for captures, a job at a time, and asking how they are.

With keys (:func:`keys_of`): ``POST /save`` names a job, ``GET /save/status/JOB`` says how far it is, for about an hour.
Errors come as HTTP 200 as well, without a job. Before the first, and when none is free, ``/save/status/user`` says how
many captures may run at once and how many are left today.

Without keys: ``GET /save/URL``, as best effort. It captures while it is waited for, or answers 429, by load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from linkcheck import uri
from linkcheck.archives.asking import Asking
from linkcheck.archives.lookup import Unanswered
from linkcheck.archives.rates import Limit
from linkcheck.archives.replaying import GOOD, same_source
from linkcheck.archives.spn_errors import meaning
from linkcheck.clock import Clock, parse_timestamp14
from linkcheck.memento import Fate, Job
from linkcheck.model import Snapshot

if TYPE_CHECKING:
    import requests

KEY_NAMES = (("IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY"), ("SAVEPAGENOW_ACCESS_KEY", "SAVEPAGENOW_SECRET_KEY"))
"""Environment variables that hold the keys, the first pair that is there: those of the Internet Archive's own command,
and those of the package savepagenow."""

WITH_KEYS_S = 11.0
"""Between two requests for captures: 80 % of 7 a minute."""

WITHOUT_KEYS_S = 25.0
"""The same without keys: 80 % of 3 a minute."""

ANONYMOUS_A_DAY = 160
"""80 % of the 200 captures a day that are taken without keys."""

KEPT = timedelta(hours=1)
"""For how long the archive knows a job."""

_STATES_S = 2.0
_RECENT = "30d"
_QUOTA_STOP_S = 3600.0
_SLACK = timedelta(minutes=2)
_MEMENTO = re.compile(r"/web/(?P<digits>\d{14})(?:[a-z]{2}_)?/(?P<url>.+)")


@dataclass(frozen=True, slots=True)
class Keys:
    """S3-like keys of an archive.org account. They are shown nowhere. ``fault``: why they cannot be used, or ""."""

    access: str = field(repr=False)
    secret: str = field(repr=False)
    fault: str = ""


def keys_of(environment: Mapping[str, str], base: str) -> Keys | None:
    """The keys that the environment holds, for an archive that may have them; None without.

    They are for archive.org alone: a settings file of a stranger's project may name another archive. A server on
    this machine is the user's own, and tests ask one. Half a pair, or what fits in no header field, is a ``fault``: it
    costs the saving alone, and not the rest of the run.
    """
    host = uri.host(base)
    theirs = uri.scheme(base) == "https" and (host == "archive.org" or host.endswith(".archive.org"))
    address = uri.ip_literal(host)
    if not theirs and not (address is not None and address.is_loopback):
        return None
    for access, secret in KEY_NAMES:
        given = [environment.get(name, "").strip() for name in (access, secret)]
        if any(given):
            for name, key in zip((access, secret), given, strict=True):
                if not key or not key.isascii() or not key.isprintable() or " " in key:
                    return Keys(
                        "", "", f"the variable {name} {'is not set beside its fellow' if not key else 'holds no key'}"
                    )
            return Keys(*given)
    return None


class SavePageNow:
    """The part of the Wayback Machine that makes captures.

    Args:
        asking: the line to it.
        base: scheme and host.
        keys: of an account; None asks without, as best effort.
        clock: for dates.
        tool: ``linkcheck VERSION``, written into snapshots.
    """

    def __init__(self, asking: Asking, *, base: str, keys: Keys | None, clock: Clock, tool: str) -> None:
        host = uri.host(base)
        self._asking = asking
        self._base = base
        self._keys = keys
        self._clock = clock
        self._tool = tool
        self._captures = Limit(f"save {host}", 1, WITH_KEYS_S if keys else WITHOUT_KEYS_S)
        self._a_day = Limit(f"save-a-day {host}", ANONYMOUS_A_DAY, 86_400.0)
        self._states = Limit(f"save-state {host}", 1, _STATES_S)
        self._free = 0
        self._ended: tuple[Fate, str] | None = (Fate.NEVER, keys.fault) if keys and keys.fault else None

    @property
    def wait_s(self) -> float:
        """Seconds until the next capture may be asked for; 0.0 where asking would be in vain: it costs nothing then."""
        return 0.0 if self._ended else self._asking.wait_s(self._base, self._captures)

    def submit(self, uri_r: str) -> Job:
        """Asks for a capture of a source. A refusal is a fate with its message."""
        now = self._clock.now()
        if self._ended is None and self._keys is None and self._asking.wait_s(self._base, self._a_day):
            self._ended = Fate.QUOTA, "what may be captured without keys in a day is used up"
        if self._ended is not None:
            fate, words = self._ended
            return Job(uri_r, now, fate, message=words, of_source=False)
        try:
            return self._with_keys(uri_r, self._keys) if self._keys else self._without(uri_r)
        except Unanswered as error:
            return Job(uri_r, now, Fate.LATER, message=str(error))

    def poll(self, job: Job) -> Job:
        """How far a job is; without an answer it is as far as before."""
        if not job.job_id:
            return replace(job, fate=Fate.LATER, message="the archive gave it no number")
        if self._clock.now() - job.asked_at > KEPT:
            return replace(job, fate=Fate.LATER, message=_FORGOTTEN, again=True)
        try:
            response = self._send("GET", f"/save/status/{quote(job.job_id, safe='')}", self._states)
        except Unanswered as error:
            return replace(job, message=str(error))
        if response.status_code == 404:
            return replace(job, fate=Fate.LATER, message=_FORGOTTEN, again=True)
        said = _json(response)
        if response.status_code >= 400 or said is None:
            return replace(job, message=f"the Wayback Machine answered {response.status_code} about a capture")
        if said.get("status") == "success":
            return self._success(job, said)
        if said.get("status") == "error":
            return self._refused(job, said)
        return replace(job, message="")

    # ------------------------------------------------------------ inside

    def _with_keys(self, uri_r: str, keys: Keys) -> Job:
        now = self._clock.now()
        if self._free < 1:
            trouble = self._look_for_room()
            if trouble is not None:
                return replace(trouble, uri_r=uri_r)
        form = {"url": uri_r, "skip_first_archive": "1", "if_not_archived_within": _RECENT}
        response = self._send("POST", "/save", self._captures, form=form)
        if response.status_code in (401, 403):
            self._ended = Fate.NEVER, f"the Wayback Machine does not take these keys ({response.status_code})"
            return Job(uri_r, now, Fate.NEVER, message=self._ended[1], of_source=False)
        said = _json(response)
        if said is None or response.status_code >= 500:
            words = f"the Wayback Machine answered {response.status_code} and named no job"
            return Job(uri_r, now, Fate.LATER, message=words, again=response.status_code >= 500)
        job_id = said.get("job_id")
        if isinstance(job_id, str) and re.fullmatch(r"[\w.:-]{1,200}", job_id, re.ASCII):
            self._free -= 1
            return Job(uri_r, now, Fate.PENDING, job_id)
        self._free = 0
        return self._refused(Job(uri_r, now, Fate.LATER), said)

    def _look_for_room(self) -> Job | None:
        """What stands in the way of another capture of this account; None if nothing does."""
        now = self._clock.now()
        # The moment in the address keeps an old answer of a cache away, as the documents advise.
        response = self._send("GET", f"/save/status/user?_t={now.timestamp():.0f}", self._states)
        said = _json(response) or {}
        if response.status_code in (401, 403):
            self._ended = Fate.NEVER, f"the Wayback Machine does not take these keys ({response.status_code})"
            return Job("", now, Fate.NEVER, message=self._ended[1], of_source=False)
        used, most = _number(said.get("daily_captures")), _number(said.get("daily_captures_limit"))
        if most is not None and used is not None and used >= most:
            self._ended = Fate.QUOTA, f"this account has made the {most:,} captures that it may make in a day"
            return Job("", now, Fate.QUOTA, message=self._ended[1], of_source=False)
        room = _number(said.get("available"))
        if room is not None and room < 1:
            return Job("", now, Fate.LATER, message=meaning("user-session-limit").words, again=True)
        self._free = room if room is not None else 1
        return None

    def _success(self, job: Job, said: Mapping[str, Any]) -> Job:
        """``original_url`` is where redirects led; ``timestamp`` may be of an earlier capture that is young enough."""
        digits, original = said.get("timestamp"), said.get("original_url")
        try:
            moment = parse_timestamp14(digits) if isinstance(digits, str) and len(digits) == 14 else None
        except ValueError:
            moment = None
        final = uri.normalise(original) if isinstance(original, str) else None
        if moment is None or final is None or not uri.is_web(final):
            return replace(
                job, fate=Fate.LATER, message="the archive says that it is saved, and not where", again=False
            )
        status = _number(said.get("http_status")) or 0
        if status and status not in GOOD:
            return replace(job, fate=Fate.NEVER, message=f"the archive's crawler is told {status}")
        uri_m = f"{self._base}/web/{digits}/{original}"
        snapshot = Snapshot(job.uri_r, uri_m, moment, "wayback", status, "", final_url=final, tool=self._tool)
        return replace(job, fate=Fate.SAVED, message="", snapshot=snapshot)

    def _refused(self, job: Job, said: Mapping[str, Any]) -> Job:
        told = meaning(str(said.get("status_ext") or ""))
        words = told.words
        if not said.get("status_ext") and isinstance(said.get("message"), str):
            words = f"the Wayback Machine says: {' '.join(str(said['message']).split())[:200]}".rstrip(".")
        if told.ends_saving:
            self._ended = told.fate, words
            if told.fate is Fate.QUOTA:
                self._asking.leave_alone(self._base, "save", _QUOTA_STOP_S)
        return replace(job, fate=told.fate, message=words, again=told.again, of_source=not told.ends_saving)

    def _without(self, uri_r: str) -> Job:
        asked_at = self._clock.now()
        self._asking.count(self._base, self._a_day)
        response = self._send("GET", f"/save/{uri_r}", self._captures)
        if response.status_code >= 400:
            words = f"the Wayback Machine answered {response.status_code} to a request without keys"
            return Job(uri_r, asked_at, Fate.LATER, message=words)
        where = response.headers.get("Content-Location") or response.headers.get("Location") or ""
        memento = uri.join(self._base, where) or ""
        parts = _MEMENTO.search(memento)
        moment = parse_timestamp14(parts["digits"]) if parts else None
        theirs = parts is not None and uri.origin(memento) == uri.origin(self._base)
        if parts is None or moment is None or not theirs or moment < asked_at - _SLACK:
            words = "the Wayback Machine took the request and named no new capture"
            return Job(uri_r, asked_at, Fate.LATER, message=words)
        final = parts["url"] if not same_source(parts["url"], uri_r) else uri_r
        snapshot = Snapshot(uri_r, memento, moment, "wayback", 0, "", final_url=final, tool=self._tool)
        return Job(uri_r, asked_at, Fate.SAVED, snapshot=snapshot)

    def _send(
        self, method: str, path: str, limit: Limit, *, form: Mapping[str, str] | None = None
    ) -> requests.Response:
        """One request; a redirect is never followed, so that the keys go nowhere else."""
        headers = {"Accept": "application/json"} if self._keys else {}
        if self._keys:
            headers["Authorization"] = f"LOW {self._keys.access}:{self._keys.secret}"
        return self._asking.send(method, f"{self._base}{path}", limit, headers=headers, form=form, purpose="save")


_FORGOTTEN = "the archive no longer knows of the request"


def _json(response: requests.Response) -> dict[str, Any] | None:
    try:
        said = response.json()
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _number(said: object) -> int | None:
    if isinstance(said, bool) or not isinstance(said, int | str):
        return None
    text = str(said)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
