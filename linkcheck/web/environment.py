"""What the environment says of networks: certificates to trust, proxies to go through. Read once a run."""

from __future__ import annotations

import functools
import os
import ssl
import urllib.request

import certifi

from linkcheck import uri
from linkcheck.conduct import Network
from linkcheck.errors import SettingsError


def ca_bundle(network: Network) -> str:
    """The PEM file to trust: ``--ca-file``, else that of the environment, else the one requests ships (certifi).

    Raises:
        SettingsError: the named file is not there.
    """
    named = network.ca_file
    for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        named = named or os.environ.get(variable, "")
    if not named:
        return certifi.where()
    if not os.path.isfile(named):  # noqa: PTH113  a look, no reading: libcurl and OpenSSL open it themselves
        raise SettingsError(f"--ca-file: there is no file {named!r}")
    try:
        ssl.create_default_context(cafile=named)
    except (ssl.SSLError, OSError) as error:
        raise SettingsError(f"--ca-file: {named!r} holds no certificates in PEM form ({error})") from error
    return named


@functools.lru_cache(maxsize=1)
def _proxies() -> dict[str, str]:
    return urllib.request.getproxies()


@functools.lru_cache(maxsize=4096)
def _proxy(scheme: str, host: str, port: int) -> str:
    proxies = _proxies()
    proxy = proxies.get(scheme, "") or proxies.get("all", "")
    return "" if not proxy or urllib.request.proxy_bypass(f"{host}:{port}") else proxy


def forget_proxies() -> None:
    """Reads the environment anew at the next request; it is read once otherwise."""
    _proxies.cache_clear()
    _proxy.cache_clear()


def proxy_for(url: str) -> str:
    """The proxy that the environment names for a URL (``http_proxy``, ``https_proxy``, ``no_proxy``), or ""."""
    return _proxy(uri.scheme(url), uri.host(url), uri.port(url))


def host_field(url: str) -> str:
    """The Host field of a URL (RFC 9110 7.2): host, and the port where it is not the scheme's own."""
    host = uri.host(url)
    written = f"[{host}]" if ":" in host else host
    usual = 443 if uri.scheme(url) == "https" else 80
    return written if uri.port(url) == usual else f"{written}:{uri.port(url)}"
