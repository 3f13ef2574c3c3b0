"""Answers that are none: no head, a wrong head, too much head, a head that never comes."""

from __future__ import annotations

from linkcheck.model import FailureKind, State
from tests.hostile.den import Guest
from tests.hostile.rows import (
    HTML,
    PAGE,
    Row,
    alive,
    asked,
    fails,
    first_then,
    head,
    is_the_page,
    once,
    say,
    then,
    to,
    whole,
)

MALFORMED = FailureKind.MALFORMED_ANSWER
RESET = FailureKind.CONNECTION_RESET
TIMEOUT = FailureKind.TIMEOUT


def _banner(text: bytes) -> object:
    def act(guest: Guest) -> None:
        guest.send(text)
        guest.hang()

    return act


def _limited(*fields: str) -> object:
    """429 at first, then the page."""
    return once(whole(b"slow down", *fields, status="429 Too Many Requests"), then=whole())


def _dies_after_one(guest: Guest) -> None:
    """Promises to keep the connection, takes a second request on it, and hangs up."""
    guest.read_head()
    if guest.path == "/next":
        guest.send(whole())
        return
    guest.send(to("/next", "Connection: keep-alive"))
    guest.read_head()


MANY_FIELDS = tuple(f"X-Field-{number}: value" for number in range(300))

ROWS = (
    fails("bare-body", "sends a body without any head (HTTP/0.9)", say(b"<html>hello</html>"), MALFORMED),
    fails("http-2-preface", "sends what opens HTTP/2", say(b"\0\0\x12\4\0\0\0\0\0" + b"\0\3\0\0\0d" * 3), MALFORMED),
    fails("smtp", "is a mail server", _banner(b"220 mail.example ESMTP Postfix\r\n"), MALFORMED),  # type: ignore[arg-type]
    fails("ssh", "is an SSH server", _banner(b"SSH-2.0-OpenSSH_9.6\r\n"), MALFORMED),  # type: ignore[arg-type]
    fails("ssh-shown", "is an SSH server, by its own words", _banner(b"SSH-2.0-OpenSSH_9.6\r\n"), MALFORMED, "SSH-2.0"),  # type: ignore[arg-type]
    fails("status-letters", "answers HTTP/1.1 abc", say(b"HTTP/1.1 abc What\r\n\r\nbody"), MALFORMED),
    fails("status-99", "answers HTTP/1.1 99", say(b"HTTP/1.1 99 What\r\nContent-Length: 4\r\n\r\nbody"), MALFORMED),
    fails("status-1000", "answers 1000", say(b"HTTP/1.1 1000 What\r\nContent-Length: 4\r\n\r\nbody"), MALFORMED),
    fails("status-negative", "answers -200", say(b"HTTP/1.1 -200 What\r\nContent-Length: 4\r\n\r\nbody"), MALFORMED),
    fails("status-missing", "answers HTTP/1.1 and no more", say(b"HTTP/1.1\r\n\r\n"), MALFORMED),
    fails("version-nonsense", "answers HTTP/7.7 200", say(b"HTTP/7.7 200 OK\r\n\r\nbody"), MALFORMED),
    fails("binary", "answers with random bytes", say(bytes(range(256)) * 8), MALFORMED),
    fails("nul-in-head", "has a NUL in a header field", say(head("200 OK", b"X-Odd: a\0b") + PAGE), MALFORMED),
    Row(
        "status-600",
        "answers 600, which no standard knows",
        say(whole(status="600 Odd")),
        State.FAILING,
        MALFORMED.value,
        status=600,
        says=("600",),
    ),
    Row(
        "status-999",
        "answers 999",
        say(whole(status="999 Go away")),
        State.BLOCKED,
        "http-999",
        status=999,
        says=("999",),
    ),
    fails("switching-protocols", "switches protocols unasked", say(head("101 Switching Protocols")), MALFORMED),
    fails(
        "switching-and-silent",
        "switches protocols unasked and says no more",
        then(head("101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"), Guest.hang),
        MALFORMED,
        group="slow",
    ),
    alive("no-reason", "gives no reason phrase", say(b"HTTP/1.1 200\r\n" + whole().partition(b"\r\n")[2])),
    alive("bare-lf", "ends lines with LF alone", say(whole().replace(b"\r\n", b"\n")), also={"page": is_the_page}),
    alive(
        "lower-case-head", "writes its fields in lower case", say(whole(PAGE, HTML.lower())), also={"page": is_the_page}
    ),
    alive("folded-field", "folds a field", say(whole(PAGE, "X-Long: one\r\n  two", HTML)), also={"page": is_the_page}),
    alive("no-colon", "has a line that is no field", say(whole(PAGE, HTML, "rubbish")), also={"page": is_the_page}),
    alive(
        "latin-1-field",
        "has bytes in a field that are no UTF-8",
        say(whole(PAGE, HTML, b"X-Name: caf\xe9 \xff\xfe")),
        also={"page": is_the_page},
    ),
    alive("300-fields", "sends 300 fields", say(whole(PAGE, HTML, *MANY_FIELDS)), also={"page": is_the_page}),
    alive(
        "long-field",
        "sends a field of 90,000 characters, well within the limit for the head",
        say(whole(PAGE, HTML, "Content-Security-Policy: " + "a" * 90_000)),
        also={"page": is_the_page},
    ),
    fails(
        "head-one-line",
        "sends one line of 2 MB",
        say(head("200 OK", "X-Bomb: " + "a" * 2_000_000) + PAGE),
        MALFORMED,
        "header",
    ),
    fails(
        "head-many-lines",
        "sends 30,000 lines",
        say(head("200 OK", *[f"X-{number}: abcdefgh" for number in range(30_000)]) + PAGE),
        MALFORMED,
        "header",
    ),
    fails(
        "head-endless-lines",
        "sends lines without end",
        then(b"HTTP/1.1 200 OK\r\n", lambda guest: guest.flood(b"X-More: and more\r\n")),
        MALFORMED,
        "header",
        endless=True,
    ),
    fails(
        "head-endless-line",
        "sends one line without end",
        then(b"HTTP/1.1 200 OK\r\nX-More: ", lambda guest: guest.flood(b"more")),
        MALFORMED,
        "header",
        endless=True,
    ),
    fails(
        "status-line-endless",
        "sends a status line without end",
        then(b"HTTP/1.1 200 ", lambda guest: guest.flood(b"O")),
        MALFORMED,
        endless=True,
    ),
    fails(
        "continue-endless",
        "says 100 Continue without end",
        then(lambda guest: guest.flood(head("100 Continue"))),
        MALFORMED,
        endless=True,
        group="slow",
    ),
    alive("continue-twice", "says 100 Continue twice, then answers", say(head("100 Continue") * 2 + whole())),
    alive(
        "early-hints",
        "sends 103 Early Hints before its answer (RFC 8297)",
        say(head("103 Early Hints", "Link: </a.css>; rel=preload") + whole()),
        also={"page": is_the_page},
    ),
    fails(
        "cookies-1-mb",
        "sets a cookie of 1 MB",
        say(whole(PAGE, "Set-Cookie: a=" + "b" * 1_000_000)),
        MALFORMED,
        "header",
    ),
    fails(
        "cookies-10000",
        "sets 10,000 cookies",
        say(whole(PAGE, *[f"Set-Cookie: c{number}={'v' * 30}" for number in range(10_000)])),
        MALFORMED,
        "header",
    ),
    # ------------------------------------------------------------ silence and ends
    fails("silent", "reads the request and says nothing", then(Guest.hang), TIMEOUT, group="slow", endless=True),
    fails("never-reads", "neither reads nor writes", Guest.ignore, TIMEOUT, group="slow"),
    fails("deaf", "never finishes the TCP handshake", Guest.ignore, TIMEOUT, group="slow", deaf=True),
    fails(
        "slow-status-line",
        "sends its status line a byte at a time, without end",
        then(b"HTTP/1.1 200 ", lambda guest: guest.drip(b"O")),
        TIMEOUT,
        group="slow",
        endless=True,
    ),
    fails(
        "slow-head",
        "sends a line of its head now and then, without end",
        then(b"HTTP/1.1 200 OK\r\n", lambda guest: guest.drip(b"X-More: more\r\n")),
        TIMEOUT,
        group="slow",
        endless=True,
    ),
    fails(
        "slow-head-bytes",
        "sends its head a byte at a time, without end",
        then(b"HTTP/1.1 200 OK\r\nX-More: ", lambda guest: guest.drip(b"a")),
        TIMEOUT,
        group="slow",
        endless=True,
    ),
    fails("reset-at-once", "resets every connection", Guest.reset, RESET, "reset-at-once.example"),
    fails("reset-before-head", "reads the request and resets", then(Guest.reset), RESET),
    fails("reset-in-head", "resets in the middle of its head", then(b"HTTP/1.1 200 OK\r\nX-", Guest.reset), RESET),
    fails("close-before-head", "reads the request and closes", say(b""), RESET),
    fails("close-in-head", "closes in the middle of its head", say(b"HTTP/1.1 200 OK\r\nContent-Le"), RESET),
    alive(
        "keep-alive-dies",
        "closes a kept connection as the second request comes in",
        _dies_after_one,
        retries=1,
        also={"page": is_the_page},
    ),
    # ------------------------------------------------------------ Retry-After
    *(
        alive(
            f"retry-after-{name}",
            f"answers 429 with Retry-After: {value}, then the page",
            _limited(f"Retry-After: {value}"),  # type: ignore[arg-type]
            retries=1,
            also={"asked twice": asked(2), "page": is_the_page},
        )
        for name, value in (
            ("negative", "-5"),
            ("past", "Mon, 06 Nov 1995 08:49:37 GMT"),
            ("nonsense", "when the moon is full"),
            ("fraction", "1e-9"),
            ("empty", ""),
            ("overflow", "Fri, 99 Abc 99999 99:99:99 +9999"),
        )
    ),
    *(
        Row(
            f"retry-after-{name}",
            f"answers 429 with Retry-After: {value[:40]}",
            say(whole(b"go", f"Retry-After: {value}", status="429 Too Many Requests")),
            State.BLOCKED,
            "rate-limited",
            status=429,
            says=("429",),
            retries=1,
            also={"asked once": asked(1)},
        )
        for name, value in (
            ("huge", "99999999999999999999999999999999"),
            ("far", "Fri, 31 Dec 9999 23:59:59 GMT"),
        )
    ),
    alive(
        "smuggled",
        "sends a second answer nobody asked for behind a redirect",
        first_then(to("/next") + whole(b"<title>poison</title>")),
        also={"the true page": is_the_page},
    ),
)
