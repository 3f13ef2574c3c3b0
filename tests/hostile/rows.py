"""What a row of the table says, and the words to write rows with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from linkcheck.model import FailureKind, State
from tests.hostile.den import Act, Guest, Ledger


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one visit came to, in plain values, so that it can travel between processes.

    ``traceback`` is set instead of all the rest where the visit broke.
    """

    state: str = ""
    reason: str = ""
    evidence: str = ""
    status: int | None = None
    failure: str | None = None
    message: str = ""
    final_url: str = ""
    hops: int = 0
    attempts: int = 0
    length: int = 0
    truncated: str = ""
    address: str = ""
    title: str = ""
    text: str = ""
    text_length: int = 0
    partial: bool = False
    refresh: str = ""
    has_page: bool = False
    suggestions: tuple[str, ...] = ()
    traceback: str = ""


Check = Callable[[Outcome, Ledger], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One behaviour and what must be said of it.

    Attributes:
        id: also the host: ``ID.example``, and ``side.ID.example`` leads to the same server.
        does: what the server does, for people.
        act: the same for the machine.
        state, reason: of the verdict.
        status, failure: of the observation.
        says: words that the evidence must hold.
        url: of the citation, where it is not ``http://ID.example/deep/page``; ``{canary}`` is a port that must stay
            silent.
        tls: which certificate the server shows; "" for plain TCP.
        group: ``fast``, ``slow`` (waits for our time limit), ``heavy`` (in a process whose memory is measured).
        retries: that the visit may make.
        endless: the server goes on until the client hangs up, and the client must.
        fickle: the second connection and all later ones meet silence.
        deaf: no connection is ever accepted.
        also: further facts that must be true, by name.
    """

    id: str
    does: str
    act: Act
    state: State
    reason: str
    status: int | None = None
    failure: FailureKind | None = None
    says: tuple[str, ...] = ()
    url: str = ""
    tls: str = ""
    group: str = "fast"
    retries: int = 0
    endless: bool = False
    fickle: bool = False
    deaf: bool = False
    also: dict[str, Check] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"{self.id}.example"

    def citation_url(self, canary: int) -> str:
        """The URL to look at."""
        scheme = "https" if self.tls or self.id.startswith("tls-") else "http"
        return self.url.replace("{canary}", str(canary)) or f"{scheme}://{self.host}/deep/page"


def fails(id_: str, does: str, act: Act, kind: FailureKind, *says: str, **more: object) -> Row:
    """A row whose visit brings no answer."""
    return Row(id_, does, act, State.FAILING, kind.value, failure=kind, says=says, **more)  # type: ignore[arg-type]


def alive(id_: str, does: str, act: Act, *says: str, **more: object) -> Row:
    """A row whose source answers 200 in spite of everything."""
    return Row(id_, does, act, State.ALIVE, "ok", status=200, says=says, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- acts

TITLE = "The cited page"
PAGE = f"<!doctype html><html><head><title>{TITLE}</title></head><body><p>What was cited.</p></body></html>".encode()


def head(status: str = "200 OK", *fields: str | bytes) -> bytes:
    """A response head."""
    lines = [f"HTTP/1.1 {status}".encode("latin-1")]
    lines += [line if isinstance(line, bytes) else line.encode("latin-1") for line in fields]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def whole(body: bytes = PAGE, *fields: str | bytes, status: str = "200 OK") -> bytes:
    """A response with a right Content-Length."""
    kind = () if any(b"ontent-" in (f if isinstance(f, bytes) else f.encode()) for f in fields) else (HTML,)
    return head(status, *kind, *fields, f"Content-Length: {len(body)}") + body


HTML = "Content-Type: text/html; charset=utf-8"


def to(location: str | bytes, *fields: str | bytes, status: str = "302 Found") -> bytes:
    """A redirect without a body."""
    raw = location if isinstance(location, bytes) else location.encode("utf-8")
    return head(status, b"Location: " + raw, *fields, "Content-Length: 0")


def say(payload: bytes | Callable[[], bytes]) -> Act:
    """Reads a request, sends these bytes (or what is made only now, where that takes long), closes."""

    def act(guest: Guest) -> None:
        if guest.read_head():
            guest.send(payload if isinstance(payload, bytes) else payload())

    return act


def serve(answer: Callable[[Guest], bytes]) -> Act:
    """Answers request after request on one connection."""

    def act(guest: Guest) -> None:
        while guest.read_head():
            guest.send(answer(guest))

    return act


def first_then(first: bytes, then: bytes | None = None) -> Act:
    """Answers the cited address with one response and every other address with another."""
    second = whole() if then is None else then
    return serve(lambda guest: first if guest.path == "/deep/page" else second)


def leads(location: str | bytes) -> Act:
    """Redirects the cited address; whatever else is asked is the page. ``{canary}`` is the port that stays silent."""

    def act(guest: Guest) -> None:
        while guest.read_head():
            target = location if isinstance(location, bytes) else location.encode("utf-8")
            target = target.replace(b"{canary}", str(guest.den.canary).encode())
            guest.send(to(target) if guest.path == "/deep/page" else whole())

    return act


def then(*steps: bytes | Callable[[Guest], None]) -> Act:
    """Reads a request, then does one thing after another."""

    def act(guest: Guest) -> None:
        if guest.read_head():
            for step in steps:
                if isinstance(step, bytes):
                    guest.send(step)
                else:
                    step(guest)

    return act


# ---------------------------------------------------------------- further facts


def once(payload: bytes, *, then: bytes) -> Act:
    """Answers the first request of all with one response and every later one with another."""
    return serve(lambda guest: payload if guest.asked == 1 else then)


def is_the_page(outcome: Outcome, _: Ledger) -> bool:
    """The page was read to its end."""
    return outcome.title == TITLE and outcome.text == "What was cited." and not outcome.truncated


def never_sent(*secrets: bytes) -> Check:
    """None of these bytes went over the wire."""
    return lambda _, ledger: bool(ledger.heads) and not any(s in sent for s in secrets for sent in ledger.heads)


def asked(count: int) -> Check:
    """So many requests were made."""
    return lambda _, ledger: len(ledger.heads) == count


def cut(how: str) -> Check:
    """The body ends early, for that reason."""
    return lambda outcome, _: outcome.truncated == how
