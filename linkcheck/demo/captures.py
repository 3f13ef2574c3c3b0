"""What the stand-in archive holds: the captures, as lines of its index and as bytes.

The dates are invented, but fall where the real history puts them: the speeches were captured while they were
online, answered 404 after 20 January 2025, and the mangled Moscow Times address was never captured at all.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass

from linkcheck import uri
from linkcheck.demo.answers import HTML, notice, page

SULLIVAN = (
    "/briefing-room/speeches-remarks/2023/06/02/remarks-by-national-security-advisor-jake-sullivan"
    "-for-the-arms-control-association-aca-annual-forum/"
)
BIDEN_UN = (
    "/briefing-room/speeches-remarks/2023/09/19/remarks-by-president-biden-before-the-78th-session"
    "-of-the-united-nations-general-assembly-new-york-ny/"
)
MOSCOW_ARTICLE = "/2024/08/28/russia-bans-92-us-citizens-over-russophobic-policies-a86187"
AP_ARTICLE = "/article/russia-united-states-lavrov-nuclear-ukraine-0065bdbf7aafb340df64a34800698cd4"
TRUST = "/wiki/Trust,_but_verify"

_WHITEHOUSE = "https://www.whitehouse.gov"
_FROZEN = "https://bidenwhitehouse.archives.gov"
_MOSCOW = "https://www.themoscowtimes.com"
_AP = "https://apnews.com"
_WIKIPEDIA = "https://en.wikipedia.org"


def key_of(written: str) -> str:
    """The index key of a URL that may lack its scheme; "" where it is none."""
    try:
        return uri.surt(written if "://" in written else f"http://{written}")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture.

    Attributes:
        timestamp: 14 digits, UTC.
        original: the URL that was captured, as it was spelt.
        status: HTTP status captured.
        body: payload, without content encoding.
        location: of a captured redirect.
        revisit: the index says only "as before": no status, and the digest of an earlier capture.
    """

    timestamp: str
    original: str
    body: bytes = b""
    status: int = 200
    location: str = ""
    revisit: bool = False

    @property
    def urlkey(self) -> str:
        """The SURT that the index is sorted by."""
        return uri.surt(self.original)

    @property
    def digest(self) -> str:
        """Base32 SHA-1 of the payload, 32 characters."""
        return base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    @property
    def leads_to_itself(self) -> bool:
        """Whether it is a redirect to another spelling of its own address (http to https)."""
        return bool(self.location) and uri.surt(self.location) == self.urlkey

    def fields(self) -> dict[str, str]:
        """A line of the index, by field name, in the order of the index."""
        return {
            "urlkey": self.urlkey,
            "timestamp": self.timestamp,
            "original": self.original,
            "mimetype": "warc/revisit" if self.revisit else HTML.partition(";")[0],
            "statuscode": "-" if self.revisit else str(self.status),
            "digest": self.digest,
            "length": str(len(gzip.compress(self.body, mtime=0))),
        }


def _times(original: str, body: bytes, *timestamps: str) -> list[Capture]:
    return [Capture(timestamp, original, body) for timestamp in timestamps]


def _to_https(original: str, timestamp: str) -> Capture:
    """The capture of ``http://…`` that only says ``https://…``; it has the same key in the index."""
    return Capture(timestamp, original.replace("https:", "http:", 1), status=301, location=original)


def _all() -> list[Capture]:
    sullivan, speech = _WHITEHOUSE + SULLIVAN, _WHITEHOUSE + BIDEN_UN
    gone = page("whitehouse-404")
    front = notice("The White House", "The front page of the administration in office.")
    news = notice("News - The Moscow Times", "What happened in Russia, latest first.")
    # In the same folder as the mangled address, and about something else: nearness alone makes no neighbour.
    other = notice("Another story of that day", "It has nothing to do with any list of citizens.")
    return [
        *_times(sullivan, page("sullivan"), "20230602183015", "20230915070142", "20240822113407"),
        _to_https(sullivan, "20230604021255"),
        Capture("20250112204455", sullivan, page("sullivan"), revisit=True),
        Capture("20250121063318", sullivan, gone, 404),
        *_times(speech, page("biden-un"), "20230919190233", "20240214091820", "20240830154126"),
        Capture("20240911120301", speech, page("biden-un"), revisit=True),
        *_times(speech, page("biden-un"), "20250118221903"),
        Capture("20250122081144", speech, gone, 404),
        _to_https(speech, "20250210170659"),
        *_times(_WHITEHOUSE + "/", front, "20240831000212", "20250121000455"),
        *_times(_FROZEN + SULLIVAN, page("sullivan"), "20250203101010"),
        *_times(_FROZEN + BIDEN_UN, page("biden-un"), "20250203101544"),
        *_times(_AP + AP_ARTICLE, page("ap-article"), "20240118211503", "20240120034417", "20240826135822"),
        *_times(_WIKIPEDIA + TRUST, page("wikipedia-trust"), "20231105161200", "20240807093001", "20250611184523"),
        _to_https(_WIKIPEDIA + TRUST, "20240301120000"),
        *_times(_MOSCOW + MOSCOW_ARTICLE, page("moscowtimes-article"), "20240828141210", "20240829060733"),
        *_times(_MOSCOW + MOSCOW_ARTICLE, page("moscowtimes-article"), "20241102201519"),
        *_times(_MOSCOW + "/2025/07/20/another-story-of-that-day-a89900", other, "20250720153045"),
        *_times(_MOSCOW + "/news", news, "20240901081500"),
    ]


CAPTURES: tuple[Capture, ...] = tuple(sorted(_all(), key=lambda one: (one.urlkey, one.timestamp)))
"""Everything, in the order of the index."""
