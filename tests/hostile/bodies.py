"""Bodies that do not end, are not what the head says, or grow when they are unpacked."""

from __future__ import annotations

import functools
import gzip
import zlib

from linkcheck.model import FailureKind, State
from tests.hostile.den import Guest
from tests.hostile.rows import (
    HTML,
    PAGE,
    TITLE,
    Row,
    alive,
    cut,
    fails,
    head,
    is_the_page,
    say,
    serve,
    then,
    whole,
)

MALFORMED = FailureKind.MALFORMED_ANSWER
CHUNKED = head("200 OK", HTML, "Transfer-Encoding: chunked")
GZIP = "Content-Encoding: gzip"


def chunk(payload: bytes) -> bytes:
    return f"{len(payload):x}\r\n".encode() + payload + b"\r\n"


def _endless_members(guest: Guest) -> None:
    guest.flood(gzip.compress(b""))


def _endless_gzip(guest: Guest) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    guest.send(packer.compress(PAGE) + packer.flush(zlib.Z_SYNC_FLUSH))
    guest.flood(packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH))


@functools.cache
def _redirect_bomb() -> bytes:
    body = gzip.compress(b" " * 300_000_000)
    return whole(body, HTML, GZIP, "Location: /next", status="302 Found")


def _titled(outcome: object, _: object) -> bool:
    return getattr(outcome, "title", "") == TITLE


ROWS = (
    # ------------------------------------------------------------ without end
    alive(
        "body-endless",
        "sends a body without end",
        then(head("200 OK", HTML), PAGE, lambda guest: guest.flood(b"and more ")),
        endless=True,
        also={"cut at our limit": cut("length"), "read so far": _titled},
    ),
    alive(
        "body-promised-huge",
        "promises 9 EB and sends them",
        then(head("200 OK", HTML, "Content-Length: 9223372036854775807"), lambda guest: guest.flood(PAGE)),
        endless=True,
        also={"cut at our limit": cut("length")},
    ),
    alive(
        "chunks-endless",
        "sends chunks without end",
        then(CHUNKED, chunk(PAGE), lambda guest: guest.flood(chunk(b"x" * 100))),
        endless=True,
        also={"cut at our limit": cut("length")},
    ),
    alive(
        "chunks-of-one-endless",
        "sends chunks of one byte, and three extensions each, without end",
        then(CHUNKED, chunk(PAGE), lambda guest: guest.flood(b"1;a=b;c;d=e\r\nx\r\n")),
        endless=True,
        also={"cut at our limit": cut("length")},
    ),
    alive(
        "chunk-extension-endless",
        "sends a chunk extension without end",
        then(CHUNKED, chunk(PAGE), b"5;", lambda guest: guest.flood(b"a=b;")),
        endless=True,
        group="slow",
        also={"cut at our time limit": cut("time"), "read so far": _titled},
    ),
    fails(
        "trailer-endless",
        "sends trailer fields without end",
        then(CHUNKED, chunk(PAGE), b"0\r\n", lambda guest: guest.flood(b"X-Trailer: more\r\n")),
        MALFORMED,
        endless=True,
        group="slow",
    ),
    alive(
        "slow-body",
        "sends its body a byte at a time, without end",
        then(head("200 OK", HTML), PAGE, lambda guest: guest.drip(b"x")),
        group="slow",
        endless=True,
        also={"cut at our time limit": cut("time"), "read so far": _titled},
    ),
    alive(
        "slow-chunks",
        "sends chunk sizes a digit at a time",
        then(CHUNKED, chunk(PAGE), lambda guest: guest.drip(b"0", 0.5)),  # libcurl takes 16 digits for a fault
        group="slow",
        endless=True,
        also={"cut at our time limit": cut("time")},
    ),
    alive(
        "body-stalls",
        "sends half of its body and then nothing",
        then(head("200 OK", HTML, "Content-Length: 9999"), PAGE, Guest.hang),
        group="slow",
        endless=True,
        also={"cut at our time limit": cut("time"), "read so far": _titled},
    ),
    # ------------------------------------------------------------ not what the head says
    alive(
        "length-too-long",
        "promises more than it sends",
        say(head("200 OK", HTML, f"Content-Length: {len(PAGE) + 50}") + PAGE),
        also={"marked": cut("disconnect"), "read": _titled},
    ),
    alive(
        "length-too-short",
        "sends more than it promises",
        say(head("200 OK", HTML, f"Content-Length: {len(PAGE)}") + PAGE + b"<p>overrun"),
        also={"page": is_the_page},
    ),
    fails("length-negative", "promises -5 bytes", say(head("200 OK", HTML, "Content-Length: -5") + PAGE), MALFORMED),
    fails("length-word", "promises 'many' bytes", say(head("200 OK", HTML, "Content-Length: many") + PAGE), MALFORMED),
    alive(
        "length-huge",
        "promises a number of bytes with 30 digits",
        say(head("200 OK", HTML, "Content-Length: " + "9" * 30) + PAGE),
        also={"read so far": _titled},
    ),
    fails(
        "length-two",
        "promises 5 bytes and 50 (RFC 9112 6.3: discard the answer)",
        say(head("200 OK", HTML, "Content-Length: 5", "Content-Length: 50") + PAGE),
        MALFORMED,
    ),
    alive(
        "length-twice",
        "promises the same number twice",
        say(head("200 OK", HTML, *[f"Content-Length: {len(PAGE)}"] * 2) + PAGE),
        also={"page": is_the_page},
    ),
    alive(
        "length-and-chunked",
        "gives a length and chunks too: the chunks count (RFC 9112 6.3)",
        say(head("200 OK", HTML, "Content-Length: 3", "Transfer-Encoding: chunked") + chunk(PAGE) + b"0\r\n\r\n"),
        also={"page": is_the_page},
    ),
    fails("chunk-size-letters", "gives a chunk size of 'zz'", say(CHUNKED + b"zz\r\n" + PAGE), MALFORMED),
    fails(
        "chunk-size-negative", "gives a chunk size of -5", say(CHUNKED + b"-5\r\n" + PAGE + b"\r\n0\r\n\r\n"), MALFORMED
    ),
    fails("chunk-size-huge", "gives a chunk size of 24 digits", say(CHUNKED + b"F" * 24 + b"\r\n" + PAGE), MALFORMED),
    fails("chunk-size-empty", "gives no chunk size", say(CHUNKED + b"\r\n" + PAGE + b"\r\n0\r\n\r\n"), MALFORMED),
    fails(
        "chunk-no-crlf",
        "forgets the line end after a chunk",
        say(CHUNKED + chunk(PAGE)[:-2] + chunk(b"more") + b"0\r\n\r\n"),
        MALFORMED,
    ),
    alive(
        "chunk-no-end",
        "closes without the last chunk",
        say(CHUNKED + chunk(PAGE)),
        also={"marked": cut("disconnect"), "read": _titled},
    ),
    alive(
        "chunk-broken-off",
        "closes within a chunk",
        say(CHUNKED + chunk(PAGE) + b"ff\r\nhalf"),
        also={"marked": cut("disconnect"), "read": _titled},
    ),
    alive(
        "reset-in-body",
        "resets in the middle of its body",
        then(
            head("200 OK", HTML, "Content-Length: 9999"), PAGE, lambda guest: guest.den.closing.wait(0.3), Guest.reset
        ),
        also={"marked": cut("disconnect"), "read": _titled},
    ),
    Row(
        "204-with-body",
        "answers 204 and sends a body, which a 204 cannot have",
        say(whole(status="204 No Content")),
        State.ALIVE,
        "ok",
        status=204,
        says=("204",),
        also={"no body is taken": lambda outcome, _: outcome.length == 0},
    ),
    Row(
        "304-unasked",
        "answers 304, though nobody asked conditionally",
        say(head("304 Not Modified")),
        State.FAILING,
        "http-3xx",
        status=304,
        says=("304",),
    ),
    # ------------------------------------------------------------ content codings
    alive(
        "gzip-none",
        "says gzip and sends plain text",
        say(whole(PAGE, HTML, GZIP)),
        also={"taken as it is": is_the_page},
    ),
    alive(
        "gzip-truncated",
        "sends half a gzip stream",
        say(lambda: whole(gzip.compress(PAGE + b"<p>" + bytes(range(32, 126)) * 9)[:-30], HTML, GZIP)),
        also={"what came out is read": _titled},
    ),
    alive(
        "gzip-damaged",
        "sends a gzip stream with garbage in it",
        say(whole(gzip.compress(PAGE * 50)[:40] + b"\xff" * 200, HTML, GZIP)),
    ),
    alive(
        "gzip-header-only",
        "sends the first ten bytes of a gzip stream",
        say(whole(gzip.compress(PAGE)[:10], HTML, GZIP)),
    ),
    alive(
        "gzip-then-garbage",
        "sends a gzip stream and then something else",
        say(whole(gzip.compress(PAGE) + b"\0" * 5_000 + b"garbage", HTML, GZIP)),
        also={"page": is_the_page},
    ),
    alive(
        "gzip-members-endless",
        "sends empty gzip members without end",
        then(head("200 OK", HTML, GZIP), _endless_members),
        endless=True,
        also={"cut at our limit": cut("length")},
    ),
    alive(
        "deflate-raw",
        "sends deflate without its header",
        say(whole(zlib.compress(PAGE)[2:-4], HTML, "Content-Encoding: deflate")),
        also={"page": is_the_page},
    ),
    alive(
        "deflate-none", "says deflate and sends noise", say(whole(b"\x07\x77" * 400, HTML, "Content-Encoding: deflate"))
    ),
    alive("coding-unknown", "uses a coding that nobody knows", say(whole(PAGE, HTML, "Content-Encoding: rot13"))),
    alive(
        "coding-brotli",
        "sends brotli, which nobody asked for",
        say(whole(b"\x0b\x02\x80hello\x03", HTML, "Content-Encoding: br")),
    ),
    alive("coding-six", "wraps gzip six times", say(whole(PAGE, HTML, "Content-Encoding: " + "gzip, " * 6))),
    # ------------------------------------------------------------ heavy
    alive(
        "gzip-bomb",
        "sends 200 MB of blanks as gzip",
        say(functools.cache(lambda: whole(gzip.compress(PAGE[:-14] + b" " * 200_000_000, 9), HTML, GZIP))),
        group="heavy",
        also={"read, and known to be cut": lambda outcome, _: outcome.title == TITLE and outcome.partial},
    ),
    alive(
        "gzip-bomb-text",
        "sends 100 MB of words as gzip",
        say(functools.cache(lambda: whole(gzip.compress(PAGE[:-14] + b"word " * 20_000_000, 9), HTML, GZIP))),
        group="heavy",
        also={"cut": lambda outcome, _: outcome.partial and outcome.text_length <= 1_000_000},
    ),
    alive(
        "deflate-bomb",
        "sends 100 MB of markup as deflate",
        say(
            functools.cache(
                lambda: whole(zlib.compress(PAGE[:-14] + b"<p>" * 33_000_000, 9), HTML, "Content-Encoding: deflate")
            )
        ),
        group="heavy",
        also={"cut": lambda outcome, _: outcome.partial},
    ),
    alive(
        "gzip-nested-bomb",
        "sends 100 MB of blanks as gzip in gzip in gzip",
        say(
            lambda: whole(
                gzip.compress(gzip.compress(gzip.compress(b" " * 100_000_000))),
                HTML,
                "Content-Encoding: gzip, gzip, gzip",
            )
        ),
        group="heavy",
    ),
    alive(
        "redirect-bomb",
        "redirects with 300 MB of blanks as gzip in its body",
        serve(lambda guest: _redirect_bomb() if guest.path == "/deep/page" else whole()),
        group="heavy",
        also={"page": is_the_page},
    ),
    alive(
        "gzip-endless",
        "sends gzip that unpacks 1000 : 1, without end",
        then(head("200 OK", HTML, GZIP), _endless_gzip),
        group="heavy",
        endless=True,
        also={"cut at our limit": cut("length"), "read so far": _titled},
    ),
)
