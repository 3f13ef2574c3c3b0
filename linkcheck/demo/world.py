"""The small web of ``linkcheck demo``, up for as long as a ``with`` block."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from linkcheck.conduct import Resolve
from linkcheck.demo import sites, wayback
from linkcheck.demo.listener import ADDRESS, listening


@dataclass(frozen=True)
class World:
    """How to reach it.

    Attributes:
        ca_file: PEM of the throw-away authority that signed every host's certificate.
        resolve: where each host's ports 443 and 80 are.
        wayback: base URL of the stand-in archive.
        controls: hosts that surely exist, here as on the real web.
    """

    ca_file: Path
    resolve: tuple[Resolve, ...]
    wayback: str
    controls: tuple[str, ...]


@contextmanager
def serve(folder: Path) -> Iterator[World]:
    """Start the stand-in hosts on loopback, on ports that the kernel picks; stop them at the end.

    Args:
        folder: an existing folder; the authority's certificate is written there as ``ca.pem``.

    Raises:
        OSError: the folder cannot be written, or loopback cannot be bound.
    """
    ca_file = folder / "ca.pem"
    tls = _certified(ca_file)
    with listening(sites.answer, tls) as secure, listening(sites.answer) as plain:
        ports = {443: secure, 80: plain}
        yield World(
            ca_file=ca_file,
            resolve=tuple(
                Resolve(host, port, ADDRESS, to_port) for host in sites.HOSTS for port, to_port in ports.items()
            ),
            wayback=wayback.BASE,
            controls=sites.CONTROLS,
        )


def _certified(ca_file: Path) -> ssl.SSLContext:
    """A server's TLS settings with one certificate for all hosts; its authority goes to ``ca_file``."""
    # Here, because loading it costs 90 ms, and only the demo needs it.
    import trustme

    authority = trustme.CA(organization_name="linkcheck demo", organization_unit_name="throw-away authority")
    authority.cert_pem.write_to_path(str(ca_file))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*sites.HOSTS).configure_cert(tls)
    tls.set_alpn_protocols(["http/1.1"])
    return tls
