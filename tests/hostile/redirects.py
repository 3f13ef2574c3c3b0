"""Redirects that lead nowhere, round and round, or away with what is not theirs."""

from __future__ import annotations

import gzip

from linkcheck.model import FailureKind, State
from tests.hostile.den import Guest, Ledger
from tests.hostile.rows import (
    PAGE,
    Outcome,
    Row,
    alive,
    asked,
    fails,
    first_then,
    head,
    is_the_page,
    leads,
    never_sent,
    serve,
    to,
    whole,
)

PACKED = "Content-Encoding: gzip"
BAD = FailureKind.BAD_REDIRECT
LOOP = FailureKind.REDIRECT_LOOP
MANY = FailureKind.TOO_MANY_REDIRECTS


def _bad(name: str, location: str | bytes, *says: str) -> Row:
    shown = location if isinstance(location, str) else location.decode("latin-1")
    does = f"redirects to {shown[:60]!r}"
    return fails(f"to-{name}", does, leads(location), BAD, *says, also={"only that was asked": asked(1)})


def _good(name: str, location: str | bytes, path: str) -> Row:
    """A Location that is odd and can be followed."""
    shown = location if isinstance(location, str) else location.decode("latin-1")

    def arrived(_: Outcome, ledger: Ledger) -> bool:
        # Both transports write %0d as %0D, which is the same address (RFC 3986 6.2.2.1).
        return ledger.heads[-1].split(b" ", 2)[1].lower() == path.encode("latin-1").lower()

    also = {"page": is_the_page, f"asked for {path}": arrived}
    return alive(f"to-{name}", f"redirects to {shown[:60]!r}", leads(location), also=also)


def _step(guest: Guest, last: int) -> bytes:
    """The next of a row of pages, from the cited one to number ``last``."""
    number = 0 if guest.path == "/deep/page" else int(guest.path.rpartition("/")[2])
    return whole() if number == last else to(f"/step/{number + 1}")


def _longer(guest: Guest) -> bytes:
    return to(guest.path + "/again")


def _doubled(guest: Guest) -> bytes:
    return to(guest.path + guest.path.rpartition("=")[2] * 2 + "=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")


def _new_cookie(guest: Guest) -> bytes:
    seen = guest.head.count(b"=")
    return to("/deep/page", f"Set-Cookie: c{seen}x{len(guest.head)}=1")


def _cookie_for_side(guest: Guest) -> bytes:
    if guest.host.startswith("side."):
        return whole()
    return to(
        f"http://side.{guest.host}/deep/side",
        "Set-Cookie: secret=1; Path=/",
        f"Set-Cookie: wide=1; Domain={guest.host}",
        "Set-Cookie: widest=1; Domain=example",
    )


def _cookie_there_and_back(guest: Guest) -> bytes:
    """Away with a cookie and back again: the cookie is for the first host only."""
    if guest.host.startswith("side."):
        return to(f"http://{guest.host.removeprefix('side.')}/back", "Set-Cookie: side=1")
    return whole() if guest.path == "/back" else to(f"http://side.{guest.host}/", "Set-Cookie: own=1")


def _own_cookies_only(_: Outcome, ledger: Ledger) -> bool:
    first, side, back = ledger.heads
    return b"ookie:" not in first and b"ookie:" not in side and b"Cookie: own=1\r\n" in back and b"side=1" not in back


def _endless_redirect(guest: Guest) -> None:
    guest.read_head()
    if guest.path == "/next":
        guest.send(whole())
        return
    guest.send(head("302 Found", "Location: /next"))
    guest.flood(b"moved ")


def _to_side_with(credentials: str) -> object:
    return serve(
        lambda guest: (
            whole() if guest.host.startswith("side.") else to(f"http://{credentials}@side.{guest.host}/deep/side")
        )
    )


def _odd_cookie(value: bytes) -> object:
    return first_then(to("/next", b"Set-Cookie: " + value))


ROWS = (
    *(
        _bad(name, location, "redirects to", location[:10])
        for name, location in (
            ("file", "file:///etc/passwd"),
            ("file-host", "file://side.to-file-host.example/etc/passwd"),
            ("ftp", "ftp://side.to-ftp.example/pub"),
            ("data", "data:text/html,<title>The cited page</title>"),
            ("javascript", "javascript:alert(1)"),
            ("gopher", "gopher://127.0.0.1:{canary}/_GET"),
            ("dict", "dict://127.0.0.1:{canary}/d"),
            ("ws", "ws://side.to-ws.example/"),
            ("mailto", "mailto:a@b.example"),
            ("no-host", "http://"),
            ("bad-port", "http://side.to-bad-port.example:99999/"),
            ("no-number-port", "http://side.to-no-number-port.example:port/"),
            ("space-in-host", "http://side to-space.example/"),
            ("bad-six", "http://[::1/"),
            ("joiner", "http://exa\u200dmple.example/"),
            ("surrogate-host", "http://side\ud800.example/".encode("utf-8", "surrogatepass").decode("latin-1")),
        )
    ),
    _bad("tab", "/ne\txt", "redirects to"),
    _bad("escape", "/ne\x1b[31mxt", "redirects to"),
    fails(
        "to-bare-cr",
        "has a bare CR in its Location (RFC 9112 2.2)",
        leads("/ne\rX-Injected: 1"),
        FailureKind.MALFORMED_ANSWER,
    ),
    _bad("umlauts", "http://bücher böse.example/", "http://bücher böse.example/"),
    *(
        fails(f"to-punycode-{n}", f"redirects to {url}", leads(url), FailureKind.NO_SUCH_HOST, "xn--")
        for n, url in enumerate(("http://xn--/", "http://xn--zzzzzzzzz99999.example/"))
    ),
    _bad("100-kb", "/" + "a" * 100_000, "redirects to"),
    _bad("deep-10-kb", "http://side.to-deep-10-kb.example/" + "../" * 4_000, "redirects to"),
    fails(
        "to-nul",
        "has a NUL in its Location",
        leads("/ne\0xt"),
        FailureKind.MALFORMED_ANSWER,
    ),
    Row(
        "to-nothing",
        "redirects with an empty Location",
        leads(""),
        State.FAILING,
        "http-3xx",
        status=302,
        says=("302",),
    ),
    Row(
        "to-nowhere",
        "redirects without Location",
        serve(lambda _: head("302 Found", "Content-Length: 0")),
        State.FAILING,
        "http-3xx",
        status=302,
        says=("302",),
    ),
    _good("relative", "next", "/deep/next"),
    _good("up", "../../../../next", "/next"),
    _good("query", "?again=1", "/deep/page?again=1"),
    _good("scheme-relative", "//side.to-scheme-relative.example/next", "/next"),
    _good("upper-case", "HTTP://SIDE.To-Upper-Case.EXAMPLE:80/next", "/next"),
    _good("fragment", "/next#part", "/next"),
    _good("utf-8", "/näxt", "/n%C3%A4xt"),
    _good("spaces", "  /ne xt  ", "/ne%20xt"),
    _good("percent-crlf", "/next%0d%0aSet-Cookie:%20a=1", "/next%0d%0aSet-Cookie:%20a=1"),
    _good("percent-nul", "/next%00", "/next%00"),
    _good("backslash", "\\next", "/next"),
    _good("brackets", "/next?a[]={x}|y", "/next?a[]={x}|y"),
    alive("to-latin-1", "redirects to bytes that are no UTF-8", leads(b"/n\xe4xt\xff"), also={"page": is_the_page}),
    alive(
        "to-surrogate",
        "redirects to a lone surrogate in UTF-8's clothes",
        leads("/n\ud800xt".encode("utf-8", "surrogatepass")),
        also={"page": is_the_page},
    ),
    fails(
        "to-two-places",
        "names two places to go to, as no browser follows",
        first_then(head("302 Found", "Location: /next", "Location: /elsewhere", "Content-Length: 0")),
        FailureKind.MALFORMED_ANSWER,
    ),
    # ------------------------------------------------------------ round and round
    fails("loop-one", "redirects to itself", serve(lambda _: to("/deep/page")), LOOP, "circle", "/deep/page"),
    fails(
        "loop-two",
        "redirects there and back",
        serve(lambda guest: to("/b" if guest.path == "/deep/page" else "/deep/page")),
        LOOP,
        "circle",
    ),
    fails(
        "loop-two-hosts",
        "redirects to another host and back",
        serve(lambda g: to(f"http://{g.host[5:] if g.host.startswith('side.') else 'side.' + g.host}/deep/page")),
        LOOP,
        "circle",
    ),
    fails(
        "loop-fragment", "redirects to itself with a new fragment", serve(lambda _: to("/deep/page#x")), LOOP, "circle"
    ),
    fails(
        "loop-growing",
        "redirects to ever longer addresses",
        serve(_longer),
        MANY,
        "20 times",
        also={"21 asked": asked(21)},
    ),
    fails("loop-doubling", "redirects to addresses that double", serve(_doubled), MANY, "20 times"),
    fails(
        "loop-cookie",
        "sets a new cookie on every round",
        serve(_new_cookie),
        MANY,
        "20 times",
        also={"21 asked": asked(21)},
    ),
    fails("hops-30", "redirects 30 times", serve(lambda guest: _step(guest, 30)), MANY, "20 times"),
    alive(
        "hops-20",
        "redirects 20 times, which is allowed",
        serve(lambda guest: _step(guest, 20)),
        also={"page": is_the_page},
    ),
    alive(
        "redirect-with-body",
        "redirects with a page of its own",
        first_then(whole(b"<title>Moved</title>", "Location: /next", status="302 Found")),
        also={"page": is_the_page},
    ),
    alive(
        "redirect-with-gzip",
        "redirects with a small page of its own, packed",
        first_then(whole(gzip.compress(b"<title>Moved</title>"), "Location: /next", PACKED, status="302 Found")),
        also={"page": is_the_page},
    ),
    alive(
        "redirect-with-endless-body",
        "redirects with a body without end",
        _endless_redirect,
        endless=True,
        also={"page": is_the_page},
    ),
    # ------------------------------------------------------------ what must not travel
    alive(
        "cookie-across",
        "sets cookies and redirects to another host",
        serve(_cookie_for_side),
        also={"no cookie was sent": never_sent(b"ookie:", b"secret", b"wide")},
    ),
    alive(
        "cookie-there-and-back",
        "sets a cookie, redirects to another host that sets one too, which redirects back",
        serve(_cookie_there_and_back),
        also={"each its own": _own_cookies_only},
    ),
    alive(
        "cookie-injects",
        "sets a cookie with a line end in quotes",
        _odd_cookie(b'a="x\\015\\012X-Injected: 1"'),  # type: ignore[arg-type]
        also={"nothing injected": lambda _, ledger: all(b"\r\nX-Injected" not in sent for sent in ledger.heads)},
    ),
    alive(
        "cookie-latin-1",
        "sets a cookie of odd bytes in quotes",
        _odd_cookie(b'a="\xe9\xff\x80"'),
        also={"page": is_the_page, "given back as it was, or not": never_sent(b"\xc3\xa9")},
    ),  # type: ignore[arg-type]
    alive(
        "cookie-control",
        "sets a cookie of control characters in quotes",
        _odd_cookie(b'a="\x01\x1b[31m"'),
        also={"page": is_the_page},
    ),  # type: ignore[arg-type]
    alive(
        "cookie-nonsense",
        "sets cookies that are none",
        _odd_cookie(b"=;;=,\x7f, [a]=b; =c; a b=c"),
        also={"page": is_the_page},
    ),  # type: ignore[arg-type]
    alive(
        "cookie-60",
        "sets 60 cookies of 4,000 bytes",
        first_then(to("/next", *[f"Set-Cookie: c{n}={'v' * 4000}" for n in range(60)])),
        also={"page": is_the_page},
    ),
    alive(
        "credentials-hop",
        "redirects to an address with a name and a password",
        _to_side_with("user:hunter2"),  # type: ignore[arg-type]
        also={
            "not sent": never_sent(b"uthorization:", b"hunter2"),
            "not told": lambda outcome, _: "hunter2" not in outcome.final_url + outcome.evidence,
        },
    ),
    alive(
        "credentials-odd",
        "redirects to an address with a password full of slashes and signs",
        _to_side_with("us%2Fer:hun%40ter2%2F@x"),  # type: ignore[arg-type]
        also={"not sent": never_sent(b"uthorization:", b"ter2"), "page": is_the_page},
    ),
    alive(
        "credentials-cited",
        "is cited with a name and a password and redirects to another host",
        serve(lambda guest: whole() if guest.host.startswith("side.") else to(f"http://side.{guest.host}/deep/side")),
        url="http://user:hunter2@credentials-cited.example/deep/page",
        also={
            "not sent": never_sent(b"uthorization:", b"hunter2"),
            "not told": lambda outcome, _: "hunter2" not in outcome.evidence,
        },
    ),
    fails(
        "credentials-bad",
        "redirects with a password to where nobody can go",
        serve(lambda _: to("http://user:hunter2@bad host.example/")),
        BAD,
        "redirects to",
        also={"not told": lambda outcome, _: "hunter2" not in outcome.evidence},
    ),
    Row(
        "authorization-asked",
        "asks for a password",
        serve(lambda _: whole(PAGE, 'WWW-Authenticate: Basic realm="x"', status="401 Unauthorized")),
        State.BLOCKED,
        "http-401",
        status=401,
        says=("401",),
        also={"none was given": never_sent(b"uthorization:"), "asked once": asked(1)},
    ),
    Row(
        "proxy-asked",
        "says that it is a proxy and wants a password",
        serve(lambda _: whole(PAGE, 'Proxy-Authenticate: Basic realm="x"', status="407 Proxy Authentication Required")),
        State.BLOCKED,
        "http-407",
        status=407,
        says=("407",),
        also={"none was given": never_sent(b"uthorization:")},
    ),
)
