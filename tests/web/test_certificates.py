"""A refused certificate is described in words: whose, by whom, until when."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import random
import socket
import ssl
import threading
import warnings
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.clock import SystemClock
from linkcheck.web.certificates import describe, peer_certificate, words
from tests.servers import closed_port, serving

NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
KEY = ec.generate_private_key(ec.SECP256R1())
HERE = "127.0.0.1"


def name(common: str = "", organization: str = "") -> x509.Name:
    kinds = {NameOID.ORGANIZATION_NAME: organization, NameOID.COMMON_NAME: common}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a stranger's name may be longer than RFC 5280 has it
        attributes = [x509.NameAttribute(kind, value, _validate=False) for kind, value in kinds.items() if value]
    return x509.Name(attributes)


def certificate(
    *names: str,
    subject: x509.Name | None = None,
    issuer: x509.Name | None = None,
    begins: datetime.datetime = NOW - 100 * DAY,
    ends: datetime.datetime = NOW + 100 * DAY,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = KEY,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name() if subject is None else subject)
        .issuer_name(name("R3", "Let us Encrypt") if issuer is None else issuer)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([general(each) for each in names]), critical=False)
    return builder.sign(key, hashes.SHA256())


def general(written: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(written))
    except ValueError:
        return x509.DNSName(written)


def der(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.DER)


def said(made: x509.Certificate, host: str = "cited.example") -> str:
    return words(der(made), host, NOW)


# ---------------------------------------------------------------- the words


def test_a_certificate_that_has_ended_says_when() -> None:
    ended = datetime.datetime(2024, 3, 1, 23, tzinfo=datetime.UTC)
    made = certificate("*.example.org", begins=ended - 90 * DAY, ends=ended)
    expected = "its certificate is for *.example.org, issued by R3, and ended on 2024-03-01"
    assert said(made, "www.example.org") == expected


def test_a_certificate_that_has_not_begun_says_when_it_does() -> None:
    made = certificate("cited.example", begins=datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC), ends=NOW + 999 * DAY)
    assert said(made) == "its certificate is for cited.example, issued by R3, and begins only on 2027-01-01"


def test_the_second_in_which_it_ends_still_counts() -> None:
    assert said(certificate("cited.example", ends=NOW)) == "its certificate is for cited.example and issued by R3"
    assert "ended on 2026-06-01" in said(certificate("cited.example", ends=NOW - datetime.timedelta(seconds=1)))


def test_a_certificate_for_others_says_for_whom() -> None:
    alone = said(certificate("other.example"))
    assert alone == "its certificate is for other.example, not for cited.example, and issued by R3"
    assert "for other.example (and 1 more name), not for" in said(certificate("other.example", "b.example"))
    four = certificate("other.example", "b.example", "c.example", HERE, "other.example")
    assert "for other.example (and 3 more names), not for cited.example" in said(four)


def test_a_certificate_for_the_host_among_others_says_only_that_name() -> None:
    assert "is for cited.example and" in said(certificate("other.example", "cited.example", "b.example"))


def test_a_self_signed_certificate_is_called_that() -> None:
    own = name("cited.example")
    made = certificate("cited.example", subject=own, issuer=own)
    assert said(made) == "its certificate is for cited.example and self-signed"


def test_an_issuer_without_a_common_name_goes_by_its_organization() -> None:
    assert said(certificate("cited.example", issuer=name("", "Firewall Inc."))).endswith("issued by Firewall Inc.")
    assert said(certificate("cited.example", issuer=name(" "))).endswith("issued by nobody it names")


def test_a_certificate_with_nothing_but_a_common_name_says_so() -> None:
    made = certificate(subject=name("cited.example"))
    assert said(made) == "its certificate is for cited.example (by its common name only) and issued by R3"
    nobody = certificate(subject=name("", "Somebody"))
    assert said(nobody) == "its certificate is for no host that it names and issued by R3"


def test_a_common_name_beside_other_names_counts_for_nothing() -> None:
    assert "not for cited.example" in said(certificate("other.example", subject=name("cited.example")))


@pytest.mark.parametrize(
    ("written", "host", "covered"),
    [
        ("*.example.org", "a.example.org", True),
        ("*.Example.ORG", "a.example.org", True),
        ("*.example.org", "a.example.org.", True),
        ("*.example.org", "example.org", False),
        ("*.example.org", ".example.org", False),
        ("*.example.org", "a.b.example.org", False),
        ("a*.example.org", "ab.example.org", False),
        ("a.*.org", "a.example.org", False),
        ("example.org", "www.example.org", False),
        ("xn--bcher-kva.example", "xn--bcher-kva.example", True),
        ("*.xn--bcher-kva.example", "www.xn--bcher-kva.example", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("::1", "::1", True),
        ("2001:db8::1", "2001:db8:0::1", True),
        ("*.0.0.1", "127.0.0.1", False),
    ],
)
def test_names_cover_hosts_as_clients_hold_it(written: str, host: str, covered: bool) -> None:
    assert ("not for" not in said(certificate(written), host)) is covered


def test_an_address_written_as_a_dns_name_covers_no_address() -> None:
    builder = x509.CertificateBuilder(name("R3"), name("x"), KEY.public_key(), 7, NOW - DAY, NOW + DAY)
    dns = x509.SubjectAlternativeName([x509.DNSName(HERE)])
    made = builder.add_extension(dns, critical=False).sign(KEY, hashes.SHA256())
    assert "not for 127.0.0.1" in said(made, HERE)


# ---------------------------------------------------------------- strangers' bytes


def test_names_are_shown_short_and_without_what_acts_instead_of_being_read() -> None:
    odd = "\x1b[31mred\u202edlrow\u200b\n\x07\x85"
    made = certificate("\x1b]0;x\x07.example", *(f"{n}.example" for n in range(900)), issuer=name(odd + "x" * 5_000))
    sentence = said(made, "cited.example" + "y" * 5_000)
    assert sentence.isprintable()
    assert len(sentence) < 300
    assert "(and 900 more names)" in sentence
    assert "red" in sentence


@given(st.binary(max_size=400))
def test_bytes_that_are_no_certificate_say_nothing(content: bytes) -> None:
    assert words(content, "cited.example", NOW) == ""


GOOD = der(certificate("cited.example", "*.b.example", HERE, subject=name("x", "y")))


def test_a_version_of_x509_that_never_was_says_nothing() -> None:
    third, sixth = bytes.fromhex("a003020102"), bytes.fromhex("a003020105")
    assert words(GOOD, "cited.example", NOW)
    assert words(GOOD.replace(third, sixth), "cited.example", NOW) == ""


@given(st.randoms(use_true_random=False))
def test_a_damaged_certificate_is_described_or_not_but_never_fails(chance: random.Random) -> None:
    damaged = bytearray(GOOD)
    for _ in range(chance.randint(1, 6)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    sentence = words(bytes(damaged), "cited.example", NOW)
    assert sentence == "" or (sentence.startswith("its certificate is ") and sentence.isprintable())


# ---------------------------------------------------------------- on the wire


def serve_with(made: x509.Certificate, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, to: Path) -> ssl.SSLContext:
    pem = made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    to.write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(to)
    return context


def ask(host: str, port: int, timeout_s: float = 60.0, address: str = HERE) -> str:
    return describe(host, [address], port, timeout_s=timeout_s, clock=SystemClock())


def test_the_certificate_of_a_server_is_fetched_and_described_without_a_request() -> None:
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    leaf = trustme.CA(organization_name="House CA").issue_cert(
        "cited.example", not_before=past, not_after=past.replace(year=2021)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    with serving({}, context) as server:
        expected = "its certificate is for cited.example, issued by House CA, and ended on 2021-01-01"
        assert ask("cited.example", server.port) == expected
        assert server.heads == []


def test_the_name_asked_for_is_sent_so_that_the_right_certificate_comes() -> None:
    authority = trustme.CA()
    contexts = {host: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for host in ("cited.example", "default.example")}
    for host, context in contexts.items():
        authority.issue_cert(host).configure_cert(context)
    asked: list[str | None] = []

    def choose(connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> None:
        asked.append(host)
        connection.context = contexts.get(host or "", contexts["default.example"])

    contexts["default.example"].sni_callback = choose
    with serving({}, contexts["default.example"]) as server:
        assert "is for cited.example and" in ask("cited.example.", server.port)
        assert "is for default.example, not for 127.0.0.1," in ask(HERE, server.port)
    assert asked == ["cited.example", None], "an address is no server name (RFC 6066 3)"


def test_a_certificate_with_a_weak_key_is_shown_too(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 1024)
    made = certificate("cited.example", key=key)
    with serving({}, serve_with(made, key, tmp_path / "weak.pem")) as server:
        clock = SystemClock()
        assert peer_certificate(HERE, server.port, "cited.example", timeout_s=60, clock=clock) == der(made)


def test_a_server_that_speaks_no_tls_or_is_not_there_says_nothing() -> None:
    with socket.create_server((HERE, 0)) as listener:

        def answer() -> None:
            with contextlib.suppress(OSError), listener.accept()[0] as wire:
                wire.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                wire.recv(4096)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        assert ask("cited.example", listener.getsockname()[1]) == ""
        thread.join()
    assert ask("cited.example", closed_port()) == ""
    assert describe("cited.example", [], 443, timeout_s=1, clock=SystemClock()) == ""


def test_a_server_that_never_says_a_word_is_left_in_time() -> None:
    with socket.create_server((HERE, 0)) as listener:
        assert ask("cited.example", listener.getsockname()[1], timeout_s=0.1) == ""


def test_a_server_that_drips_its_handshake_is_left_in_time() -> None:
    """Every byte comes well within the time; all of them together would take far longer."""
    dripped: list[bool] = []
    gone = threading.Event()

    def drip() -> None:
        # Who has left answers the next byte with a reset, which may be before we hear that he has.
        with contextlib.suppress(OSError), listener.accept()[0] as wire:
            wire.sendall(b"\x16\x03\x03\x40\x00")  # a handshake record of 16 KiB
            for _ in range(1500):
                if gone.wait(0.02):
                    return
                wire.sendall(b"\x02")
            dripped.append(True)

    with socket.create_server((HERE, 0)) as listener:
        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        assert ask("cited.example", listener.getsockname()[1], timeout_s=0.2) == ""
        gone.set()
        thread.join()
    assert dripped == [], "it waited until the last byte"


@pytest.mark.parametrize("host", ["", "a..b", "x" * 300, "bücher.example", "\x00", ".", "a b", "::1", "a.b\n"])
def test_a_host_that_is_no_name_makes_nothing_fail(host: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("cited.example").configure_cert(context)
    with serving({}, context) as server:
        sentence = ask(host, server.port)
    assert sentence == "" or sentence.startswith("its certificate is for cited.example, not for ")
