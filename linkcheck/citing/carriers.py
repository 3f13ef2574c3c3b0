"""Addresses that only carry another one: what Google Docs, Outlook and mail filters put in the place of a link. Pure.

They answer as long as their company lives, whatever became of the source, so that a dead one would pass for alive: the
source is the address that they carry, and ``written`` stays what the document says. Only carriers that hold the whole
address in theirs; those that shorten it (``lnkd.in``, ``t.co``) do not say what it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.model import Citation

# Host, path, and the parameters that hold the address; all seen in saved pages, exported documents and mails.
_CARRIERS = tuple(
    (re.compile(host), re.compile(path), names)
    for host, path, names in (
        (r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}", r"/url", ("q", "url")),
        (r"(?:[\w-]+\.)*safelinks\.protection\.outlook\.com", r"/.*", ("url",)),
        (r"lm?\.(?:facebook|instagram)\.com", r"/(?:l\.php)?", ("u",)),
        (r"(?:www\.)?youtube\.com", r"/redirect", ("q",)),
        (r"out\.reddit\.com", r"/.*", ("url",)),
        (r"slack-redir\.net", r"/link", ("url",)),
        (r"(?:www\.)?vk\.com", r"/away\.php", ("to",)),
        (r"duckduckgo\.com", r"/l/", ("uddg",)),
    )
)
_DEFENDED = re.compile(r"/v3/__(?P<source>https?:/{1,2}[^*]+?)__;!!.*")
_MOST_CARRIED = 4


def carried(citation: Citation) -> Citation:
    """The citation of what its address carries; as it is where that carries none."""
    source = ""
    for _ in range(_MOST_CARRIED):
        inner = _inside(source or citation.url)
        if not inner:
            break
        source = inner
    return replace(citation, url=source) if source else citation


def _inside(url: str) -> str:
    host = uri.host(url)
    _, _, rest = url.partition("//")
    tail = rest[rest.find("/") :] if "/" in rest else ""
    path, _, query = tail.partition("#")[0].partition("?")
    if host == "urldefense.com" and (defended := _DEFENDED.fullmatch(tail)):
        return _web(re.sub(r"^(https?):/+", r"\1://", defended["source"]))
    if not query:
        return ""
    names = next((names for hosts, paths, names in _CARRIERS if hosts.fullmatch(host) and paths.fullmatch(path)), ())
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name in names and (source := _web(unquote(value))):
            return source
    return ""


def _web(address: str) -> str:
    source = uri.normalise(address) or ""
    return source if uri.is_web(source) and "." in uri.host(source) else ""
