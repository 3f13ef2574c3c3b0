"""Asking an archive over HTTP: its rate is kept, a 429 ends the asking, and silence is no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from linkcheck import uri
from linkcheck.archives.lookup import Unanswered
from linkcheck.archives.rates import Limit, Rates
from linkcheck.clock import Clock
from linkcheck.model import FailureKind

if TYPE_CHECKING:
    import requests

LONGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of an index, a TimeMap or a job's state."""

LONGEST_MEMENTO = 16 * 1024 * 1024

_PATIENCE = 2
"""Requests in a row that may go unanswered before the rest of the run does without an archive."""

_PIECE = 64 * 1024


class TooLong(Unanswered):
    """An answer that is longer than is read of it."""


class Asking:
    """The line to one archive, or to the several that an aggregator names.

    Args:
        session: made by :func:`linkcheck.web.transports.session.build`.
        name: what it is called in messages; "" for the host that is asked.
        clock: for pauses and for answers without end.
        rates: kept by every process that shares them.
        timeout_s: of one request; the CDX server may take half a minute.
    """

    def __init__(
        self, session: requests.Session, *, name: str, clock: Clock, rates: Rates, timeout_s: float = 40.0
    ) -> None:
        self._session = session
        self._name = name
        self._clock = clock
        self._rates = rates
        self._timeout_s = timeout_s
        self._silent: Counter[str] = Counter()
        self._stopped: dict[str, str] = {}

    @property
    def user_agent(self) -> str:
        return str(self._session.headers["User-Agent"])

    def called(self, url: str) -> str:
        """The archive behind an address, as messages name it."""
        return self._name or uri.host(url)

    def wait_s(self, url: str, limit: Limit) -> float:
        """Seconds until a request to this host under this limit goes out without waiting."""
        return self._rates.at(url).wait_s(limit)

    def count(self, url: str, limit: Limit) -> None:
        """Counts a request under a second limit, which the caller has looked at."""
        self._rates.at(url).take(limit)

    def leave_alone(self, url: str, purpose: str, for_s: float) -> None:
        """Asks a host for one purpose no more, in this run and in the next ones for so many seconds."""
        kept = _kept(url, purpose)
        self._rates.at(url).stop(kept, for_s)
        self._stopped[kept] = f"{self.called(url)} takes no more of these requests for now"

    def text(
        self, url: str, limit: Limit, *, allow_redirects: bool = True, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """The response to a GET, its body read, whatever its status.

        Raises:
            Unanswered: there is none; :class:`TooLong` where it is longer than 4 MB.
        """
        return self.send("GET", url, limit, allow_redirects=allow_redirects, headers=headers)

    def send(
        self,
        method: str,
        url: str,
        limit: Limit,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        allow_redirects: bool = False,
        purpose: str = "",
    ) -> requests.Response:
        """As :meth:`text`, for any method. A 429 to one ``purpose`` (``save``) does not end the asking for another."""
        until = self._clock.monotonic() + 2 * self._timeout_s

        def read(response: requests.Response) -> bytes:
            body = bytearray()
            for piece in response.iter_content(_PIECE):
                body += piece
                if len(body) > LONGEST_ANSWER:
                    raise TooLong(f"{self.called(url)} answered with more than {LONGEST_ANSWER:,} bytes")
                if self._clock.monotonic() > until:
                    raise OSError("its answer does not come to an end")
            return bytes(body)

        options = {"allow_redirects": allow_redirects, "headers": headers, "data": form}
        return self._answer(method, url, limit, read=read, options=options, purpose=purpose)[0]

    def memento(
        self, url: str, limit: Limit, *, headers: Mapping[str, str] | None = None
    ) -> tuple[requests.Response, bytes, str]:
        """A response of any status with its body as it came, and why that ends early, as in an Exchange.

        Raises:
            Unanswered: there is none.
        """
        cut = ""
        until = 0.0

        def read(response: requests.Response) -> bytes:
            nonlocal cut
            body = bytearray()
            for piece in response.raw.stream(_PIECE, decode_content=False):
                body += piece
                if len(body) > LONGEST_MEMENTO or self._clock.monotonic() > until:
                    cut = "length" if len(body) > LONGEST_MEMENTO else "time"
                    break
            return bytes(body[:LONGEST_MEMENTO])

        until = self._clock.monotonic() + self._timeout_s
        options = {"allow_redirects": False, "headers": headers}
        response, body = self._answer("GET", url, limit, read=read, options=options)
        return response, body, cut

    # ------------------------------------------------------------ inside

    def _answer(
        self,
        method: str,
        url: str,
        limit: Limit,
        *,
        read: Callable[[requests.Response], bytes],
        options: dict[str, Any],
        purpose: str = "",
    ) -> tuple[requests.Response, bytes]:
        """One request in its turn; a 429 or repeated silence ends the asking of that host for this run."""
        import requests
        import urllib3.exceptions

        kept = _kept(url, purpose)
        for stopped in dict.fromkeys((_kept(url), kept)):
            self._refuse(stopped, url)
        while pause := self._rates.at(url).take(limit):
            self._clock.sleep(pause)
        try:
            with self._session.request(method, url, timeout=self._timeout_s, stream=True, **options) as response:
                body = response._content = read(response)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            self._silent[kept] += 1
            words = f"{self.called(url)} could not be reached ({_innermost(error)})"
            if self._silent[kept] >= _PATIENCE:
                self._stopped[kept] = words
            raise Unanswered(words, FailureKind.NOT_REACHED) from error
        self._silent[kept] = 0
        if response.status_code == 429:
            self._rates.at(url).stop(kept, _retry_after(response))
            more = "is asked for no more captures" if purpose else "is asked nothing more"
            self._stopped[kept] = f"{self.called(url)} asks us to slow down (429), so it {more} in this run"
            raise Unanswered(self._stopped[kept], FailureKind.NOT_REACHED)
        return response, body

    def _refuse(self, kept: str, url: str) -> None:
        if kept not in self._stopped and (rest := self._rates.at(url).stopped_s(kept)):
            self._stopped[kept] = (
                f"{self.called(url)} asked us to slow down in an earlier run, so it is left alone for "
                f"{_in_words(rest)} more"
            )
        if kept in self._stopped:
            raise Unanswered(self._stopped[kept], FailureKind.NOT_REACHED)


def _kept(url: str, purpose: str = "") -> str:
    """Under what name a stop is kept."""
    return f"{purpose} {uri.host(url)}:{uri.port(url)}".strip()


def _retry_after(response: requests.Response) -> float:
    """Seconds; a date there is as good as none, our own pause is long enough."""
    written = response.headers.get("Retry-After", "").strip()
    return float(written) if written.isascii() and written.isdigit() and len(written) < 8 else 0.0


def _in_words(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} minute{'s' * (minutes != 1)}" if minutes < 120 else f"{round(minutes / 60)} hours"


def _innermost(error: BaseException) -> str:
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return str(error) or type(error).__name__
