"""What each error of Save Page Now means for asking again: a table.

Source: "Save Page Now 2 Public API Docs" of the Internet Archive (revision of July 2026), the table of ``status_ext``,
and its limits. ``later`` may work another time, ``never`` speaks of the source or of the request, ``quota`` of a day's
allowance. What is not in the table counts as ``later``: nothing is given up for a word that is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from linkcheck.memento import Fate


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row.

    Attributes:
        fate: later, never or quota.
        words: what to tell a person.
        again: asking once more in the same run may help.
        ends_saving: it is about the account or this machine, so that asking for other sources is in vain as well.
    """

    fate: Fate
    words: str
    again: bool = False
    ends_saving: bool = False


_LATER, _NEVER, _QUOTA = Fate.LATER, Fate.NEVER, Fate.QUOTA

MEANINGS = {
    # The service itself, for the moment.
    "user-session-limit": Meaning(_LATER, "too many captures of this account are under way", again=True),
    "soft-time-limit-exceeded": Meaning(_LATER, "the capture took too long and was ended", again=True),
    "proxy-error": Meaning(_LATER, "the archive's proxy failed", again=True),
    "browsing-timeout": Meaning(_LATER, "the archive's browser ran out of time", again=True),
    "no-browsers-available": Meaning(_LATER, "the archive has no browser free", again=True),
    "redis-error": Meaning(_LATER, "the archive's own storage failed", again=True),
    "capture-location-error": Meaning(_LATER, "the archive lost track of its capture", again=True),
    "celery": Meaning(_LATER, "the archive could not start the capture", again=True),
    "cannot-fetch": Meaning(_LATER, "the archive is overloaded", again=True),
    "job-failed": Meaning(_LATER, "the capture failed inside the archive", again=True),
    "internal-server-error": Meaning(_LATER, "the archive had an error of its own", again=True),
    # The source's server, for the moment. Not again at once: it would be asked twice in a minute by the archive.
    "bad-gateway": Meaning(_LATER, "the source's server answered the archive 502"),
    "service-unavailable": Meaning(_LATER, "the source's server answered the archive 503"),
    "gateway-timeout": Meaning(_LATER, "the source's server answered the archive 504"),
    "read-timeout": Meaning(_LATER, "the source's server did not answer the archive in time"),
    "protocol-error": Meaning(_LATER, "the source's server broke off its answer to the archive"),
    "bandwidth-limit-exceeded": Meaning(_LATER, "the source's server has used up its bandwidth (509)"),
    "too-many-requests": Meaning(_LATER, "the source's server tells the archive to slow down (429)"),
    "invalid-server-response": Meaning(_LATER, "the source's server gave the archive an answer that is no HTTP"),
    "invalid-host-resolution": Meaning(_LATER, "the archive found no such host"),
    # The source, as the archive meets it.
    "not-found": Meaning(_NEVER, "the archive's crawler is told 404"),
    "no-access": Meaning(_NEVER, "the archive's crawler is told 403"),
    "unauthorized": Meaning(_NEVER, "the archive's crawler is told 401"),
    "blocked": Meaning(_NEVER, "the source's server blocks the archive (999)"),
    "blocked-url": Meaning(_NEVER, "the address is on the archive's list of those that are not captured"),
    "too-many-redirects": Meaning(_NEVER, "the source redirects more often than the archive follows"),
    "filesize-limit": Meaning(_NEVER, "the source is larger than 2 GB"),
    "ftp-access-denied": Meaning(_NEVER, "the source's FTP server refuses the archive"),
    "http-version-not-supported": Meaning(_NEVER, "the source's server answered the archive 505"),
    "method-not-allowed": Meaning(_NEVER, "the source's server answered the archive 405"),
    "not-implemented": Meaning(_NEVER, "the source's server answered the archive 501"),
    "network-authentication-required": Meaning(_NEVER, "a network wants the archive to log in (511)"),
    "bad-request": Meaning(_NEVER, "the request was not understood"),
    "invalid-url-syntax": Meaning(_NEVER, "the archive takes this for no URL"),
    "blocked-client-ip": Meaning(_NEVER, "the archive takes no requests from this address", ends_saving=True),
    # A day's allowance.
    "too-many-daily-captures": Meaning(_QUOTA, "this source was captured as often today as is allowed"),
    "max-daily-bandwidth-host": Meaning(_QUOTA, "what may be captured of this host in a day is used up"),
    "max-daily-bandwidth": Meaning(_QUOTA, "what this account may capture in a day is used up", ends_saving=True),
    "max-daily-bandwidth-from-ip": Meaning(
        _QUOTA, "what may be captured from here in a day is used up", ends_saving=True
    ),
}


def meaning(status_ext: str) -> Meaning:
    """What ``error:NAME`` means."""
    name = status_ext.removeprefix("error:")
    return MEANINGS.get(name) or Meaning(_LATER, f"the archive says {name[:80]!r}" if name else "the archive refused")
