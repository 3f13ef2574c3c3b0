"""What a person needs to know of a certificate that was refused: whose it is, who issued it, which date.

libcurl and OpenSSL say "certificate has expired" and no more. So the certificate is fetched once again, without
verification and without sending a request, and described. Nothing is decided here: the refusal stands.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import warnings
from collections.abc import Sequence
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING

from linkcheck import uri
from linkcheck.clock import Clock

if TYPE_CHECKING:
    from cryptography import x509

_DNS_NAME = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*")
Name = str | IPv4Address | IPv6Address | IPv4Network | IPv6Network

_LONGEST_NAME = 64
"""Characters of a name that are shown; a common name has no more (RFC 5280 A.1, ub-common-name)."""


def describe(host: str, addresses: Sequence[str], port: int, *, timeout_s: float, clock: Clock) -> str:
    """The certificate that a host shows, in words that finish the sentence of a failure. Blocks; never raises.

    Args:
        host: as in the URL, ASCII; an IPv6 address without brackets. Sent as SNI unless it is an address.
        addresses: IP addresses of the host that the guard has screened; the first is asked, once.
        port: that is connected to.
        timeout_s: seconds for the connection and the handshake together.
        clock: measures them, and says what has ended.

    Returns:
        As :func:`words`; "" as well where no certificate comes in time.
    """
    certificate = peer_certificate(addresses[0], port, host, timeout_s=timeout_s, clock=clock) if addresses else b""
    return words(certificate, host, clock.now())


def peer_certificate(address: str, port: int, host: str, *, timeout_s: float, clock: Clock) -> bytes:
    """The leaf certificate (DER) that a TLS server shows, unverified; b"" where none comes. Blocks; never raises."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with contextlib.suppress(OSError):
        ends_at = clock.monotonic() + timeout_s
        with socket.create_connection((address, port), timeout_s) as wire:
            left_s = ends_at - clock.monotonic()
            if left_s > 0:
                wire.settimeout(left_s)  # CPython counts it over the whole handshake, not over each read
                with context.wrap_socket(wire, server_hostname=_server_name(host)) as secure:
                    return secure.getpeercert(binary_form=True) or b""
    return b""


def _server_name(host: str) -> str | None:
    """What is sent as SNI (RFC 6066 3): a DNS name without its last dot; None for what is no name.

    CPython itself leaves an address out; handed anything else, it raises what depends on the letter and leaks the
    socket.
    """
    dns_name = host.rstrip(".")
    return dns_name if _DNS_NAME.fullmatch(dns_name) else None


def words(certificate_der: bytes, host: str, now: datetime) -> str:
    """A certificate in a few words, printable whatever is in it. Pure; never raises.

    Args:
        certificate_der: one X.509 certificate.
        host: that was asked for, ASCII; an IPv6 address without brackets.
        now: what has ended and what has not begun is told from it.

    Returns:
        ``its certificate is for *.example.org, issued by R3, and ended on 2024-03-01`` and the like, days in UTC;
        "" where the certificate cannot be read.
    """
    from cryptography import x509

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cryptography warns of serial numbers and names that break RFC 5280
            return _described(x509.load_der_x509_certificate(certificate_der), host, now)
    except Exception:  # noqa: BLE001  a certificate is a stranger's bytes, and each field is parsed when it is asked for
        return ""


# ---------------------------------------------------------------- the sentence


def _described(certificate: x509.Certificate, host: str, now: datetime) -> str:
    said = [_for_whom(certificate, host), _by_whom(certificate)]
    if now > certificate.not_valid_after_utc:
        said.append(f"ended on {certificate.not_valid_after_utc:%Y-%m-%d}")
    elif now < certificate.not_valid_before_utc:
        said.append(f"begins only on {certificate.not_valid_before_utc:%Y-%m-%d}")
    plain = len(said) == 2 and "," not in said[0]
    return f"its certificate is {', '.join(said[:-1])}{' and ' if plain else ', and '}{said[-1]}"


def _for_whom(certificate: x509.Certificate, host: str) -> str:
    names = _alternative_names(certificate)
    if not names:
        common = _attribute(certificate.subject, "CN")
        # RFC 9525 6.3 (RFC 2818 before it): clients no longer look there, which is all that is wrong with many.
        return f"for {_shown(common)} (by its common name only)" if common else "for no host that it names"
    fitting = [name for name in names if _covers(name, host)]
    if fitting:
        return f"for {_shown(str(fitting[0]))}"
    more = len(names) - 1
    others = f" (and {more} more name{'s' if more > 1 else ''})" if more else ""
    return f"for {_shown(str(names[0]))}{others}, not for {_shown(host)}"


def _by_whom(certificate: x509.Certificate) -> str:
    if certificate.issuer == certificate.subject:
        return "self-signed"
    name = _attribute(certificate.issuer, "CN") or _attribute(certificate.issuer, "O")
    return f"issued by {_shown(name)}" if name else "issued by nobody it names"


# ---------------------------------------------------------------- the fields


def _alternative_names(certificate: x509.Certificate) -> list[Name]:
    """DNS names and IP addresses of the subjectAltName extension, without repeats; none where there is no such."""
    from cryptography import x509

    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return list(dict.fromkeys([*found.get_values_for_type(x509.DNSName), *found.get_values_for_type(x509.IPAddress)]))


def _attribute(name: x509.Name, wanted: str) -> str:
    """The last attribute of that kind (RFC 4514: ``CN``, ``O``), the most specific one; "" for none or a blank one."""
    found = [str(attribute.value) for attribute in name if attribute.rfc4514_attribute_name == wanted]
    return found[-1].strip() if found else ""


def _covers(name: Name, host: str) -> bool:
    """Whether a name of a certificate stands for a host (RFC 9525 6.3): ``*`` is one whole first label."""
    address = uri.ip_literal(host)
    if address is not None or not isinstance(name, str):
        return name == address
    pattern, wanted = name.lower().rstrip("."), host.lower().rstrip(".")
    if not pattern.startswith("*."):
        return pattern == wanted
    label, _, parent = wanted.partition(".")
    return bool(label) and parent == pattern.removeprefix("*.")


def _shown(name: str) -> str:
    """A name on one line, short, without characters that act instead of being read (controls, bidi, zero width)."""
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[: _LONGEST_NAME + 1])
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}…"
