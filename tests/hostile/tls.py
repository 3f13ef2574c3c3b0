"""Handshakes that fail, each in its own way."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

import trustme

from linkcheck.model import FailureKind
from tests.hostile.den import Guest
from tests.hostile.rows import PAGE, alive, fails, is_the_page, never_sent, say, serve, then, to, whole

EXPIRED_ON = datetime.datetime(2021, 3, 4, tzinfo=datetime.UTC)


class Certificates:
    """Server contexts by the name of what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.ca_file = str(folder / "ca.pem")
        self._authority.cert_pem.write_to_path(self.ca_file)

    def context(self, kind: str, host: str) -> ssl.SSLContext:
        past = EXPIRED_ON.replace(year=2020)
        future = datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC)
        names = (host, f"side.{host}")
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if kind == "self-signed":
            own = trustme.CA()
            with own.private_key_pem.tempfile() as key, own.cert_pem.tempfile() as certificate:
                made.load_cert_chain(certificate, key)
            return made
        leaf = {
            "good": lambda: self._authority.issue_cert(*names),
            "other-name": lambda: self._authority.issue_cert("parked.example", "www.parked.example"),
            "expired": lambda: self._authority.issue_cert(*names, not_before=past, not_after=EXPIRED_ON),
            "not-yet": lambda: self._authority.issue_cert(
                *names, not_before=future, not_after=future.replace(year=2091)
            ),
            "stranger": lambda: trustme.CA(organization_name="Nobody").issue_cert(*names),
        }[kind]()
        leaf.configure_cert(made)
        return made


def _old_only(guest: Guest) -> None:
    """Answers the ClientHello with a ServerHello of TLS 1.0 (RFC 2246 7.4.1.3)."""
    guest.receive()
    hello = b"\x03\x01" + bytes(32) + b"\0" + b"\x00\x2f" + b"\0"
    message = b"\x02" + len(hello).to_bytes(3, "big") + hello
    guest.send(b"\x16\x03\x01" + len(message).to_bytes(2, "big") + message)
    guest.hang()


def _alert(number: int) -> object:
    """Answers the ClientHello with a fatal alert (RFC 8446 6)."""

    def act(guest: Guest) -> None:
        guest.receive()
        guest.send(b"\x15\x03\x03\x00\x02\x02" + bytes([number]))

    return act


def _hello_then(ending: object) -> object:
    def act(guest: Guest) -> None:
        guest.receive()
        ending(guest)  # type: ignore[operator]

    return act


def _bad_request(guest: Guest) -> None:
    guest.send(whole(b"what?", status="400 Bad Request"))


def _downgrade(guest: Guest) -> bytes:
    """Sets a cookie for TLS alone, and leads to the same host without TLS."""
    return whole() if guest.path == "/next" else to(f"http://{guest.host}/next", "Set-Cookie: sealed=1; Secure")


def _page(_: Guest) -> bytes:
    return whole()


def _nobody(_: Guest) -> None:
    """TLS is all there is."""


ROWS = (
    alive("tls-good", "has a good certificate", serve(_page), tls="good", also={"page": is_the_page}),
    fails(
        "tls-expired",
        "has a certificate that ran out",
        serve(_page),
        FailureKind.TLS_EXPIRED,
        "tls-expired.example",
        tls="expired",
    ),
    fails("tls-not-yet", "has a certificate of the future", serve(_page), FailureKind.TLS_EXPIRED, tls="not-yet"),
    fails(
        "tls-wrong-host",
        "has somebody else's certificate",
        serve(_page),
        FailureKind.TLS_WRONG_HOST,
        "tls-wrong-host.example",
        tls="other-name",
    ),
    fails(
        "tls-self-signed",
        "has signed its certificate itself",
        serve(_page),
        FailureKind.TLS_UNTRUSTED,
        "self-signed",
        tls="self-signed",
    ),
    fails(
        "tls-untrusted",
        "has a certificate of an issuer nobody trusts",
        serve(_page),
        FailureKind.TLS_UNTRUSTED,
        "nobody we trust",
        tls="stranger",
    ),
    fails("tls-plain", "speaks plain HTTP at its TLS port", _hello_then(_bad_request), FailureKind.TLS_PROTOCOL),
    fails(
        "tls-untrusted-then-silent",
        "shows a certificate nobody trusts, and says nothing to who comes back for a look at it",
        serve(_page),
        FailureKind.TLS_UNTRUSTED,
        "nobody we trust",
        tls="stranger",
        group="slow",
        fickle=True,
    ),
    fails(
        "tls-plain-at-once",
        "greets at its TLS port before anybody speaks",
        lambda guest: guest.send(b"220 mail.example ESMTP\r\n" * 9),
        FailureKind.TLS_PROTOCOL,
    ),
    fails("tls-old", "speaks nothing newer than TLS 1.0", _old_only, FailureKind.TLS_PROTOCOL, "protocol"),
    fails("tls-alert-version", "refuses our versions of TLS", _alert(70), FailureKind.TLS_PROTOCOL, "protocol"),  # type: ignore[arg-type]
    fails("tls-alert-handshake", "finds no cipher in common", _alert(40), FailureKind.TLS_PROTOCOL, "handshake"),  # type: ignore[arg-type]
    fails("tls-alert-name", "does not know the name it is called by", _alert(112), FailureKind.TLS_PROTOCOL, "name"),  # type: ignore[arg-type]
    fails("tls-alert-internal", "has an internal error", _alert(80), FailureKind.TLS_PROTOCOL, "internal"),  # type: ignore[arg-type]
    fails("tls-hangs", "takes our hello and says nothing", Guest.hang, FailureKind.TIMEOUT, group="slow", endless=True),
    fails("tls-closes", "takes our hello and closes", _hello_then(_nobody), FailureKind.CONNECTION_RESET),  # type: ignore[arg-type]
    fails("tls-resets", "takes our hello and resets", _hello_then(Guest.reset), FailureKind.CONNECTION_RESET),  # type: ignore[arg-type]
    fails(
        "tls-silent",
        "shakes hands and then says nothing",
        lambda guest: (guest.read_head(), guest.hang())[1],
        FailureKind.TIMEOUT,
        tls="good",
        group="slow",
        endless=True,
    ),
    fails(
        "tls-closes-after",
        "shakes hands, takes the request and closes",
        say(b""),
        FailureKind.CONNECTION_RESET,
        tls="good",
    ),
    alive(
        "tls-half-body",
        "closes in the middle of its body",
        say(whole()[:-5]),
        tls="good",
        also={"marked": lambda outcome, _: outcome.truncated == "disconnect"},
    ),
    alive(
        "tls-no-goodbye",
        "ends a body without length and without a TLS goodbye",
        say(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        tls="good",
    ),
    fails(
        "tls-hop",
        "redirects from HTTP to a host whose certificate ran out",
        serve(lambda guest: to(f"https://side.{guest.host}/")),
        FailureKind.TLS_EXPIRED,
        "side.tls-hop.example",
        "where tls-hop.example redirects",
        url="http://tls-hop.example/deep/page",
        tls="expired",
    ),
    alive(
        "tls-downgrade",
        "sets a cookie for TLS alone and redirects to itself without TLS",
        serve(_downgrade),
        tls="good",
        also={"page": is_the_page, "the cookie stays": never_sent(b"sealed")},
    ),
    fails(
        "plain-meets-tls",
        "speaks TLS at its plain port: its alert is no HTTP",
        then(b"\x15\x03\x01\x00\x02\x02\x46"),
        FailureKind.MALFORMED_ANSWER,
    ),
    # ------------------------------------------------------------ the evidence a person needs (issue 3)
    fails(
        "tls-expired-when",
        "has a certificate that ran out on a day",
        serve(_page),
        FailureKind.TLS_EXPIRED,
        "2021-03-04",
        tls="expired",
    ),
    fails(
        "tls-not-yet-when",
        "has a certificate that begins on a day",
        serve(_page),
        FailureKind.TLS_EXPIRED,
        "2090-01-01",
        tls="not-yet",
    ),
    fails(
        "tls-wrong-host-whose",
        "has the certificate of parked.example",
        serve(_page),
        FailureKind.TLS_WRONG_HOST,
        "parked.example",
        tls="other-name",
    ),
    fails(
        "tls-untrusted-whose",
        "has a certificate issued by Nobody",
        serve(_page),
        FailureKind.TLS_UNTRUSTED,
        "Nobody",
        tls="stranger",
    ),
)
