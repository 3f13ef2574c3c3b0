"""Text of strangers made fit to be shown: pages, documents and servers can hold any character at all."""

from __future__ import annotations

import re

from linkcheck import uri

_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")

_MARKS = re.compile("[\u061c\u200e\u200f]")

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# What Azure Pipelines (##vso[), TeamCity (##teamcity[) and GitHub Actions (##[) take for a command anywhere in a line.
_LOG_COMMANDS = re.compile(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)

# What stands before the last @ of a host: a name, a password, or a token in the place of either. Anywhere in a text:
# the address of a memento holds another one, and the words round a citation may be its own address.
_CREDENTIALS = re.compile(r"""(?<=://)[^\s/?#"<>]+@|(?<=//)[^\s/?#"<>@:]*:[^\s/?#"<>]*@""")

_AUTHORITY = re.compile(r"(?:[^/?#]*//[^/?#]*)?")

_NO_URL = re.compile(r"""[\[\]|\\^`{}<>"# ]|%(?![0-9A-Fa-f]{2})""")

ELLIPSIS = "…"

ZERO_WIDTH_SPACE = "\u200b"


def printable(text: str) -> str:
    """The text on one line, with nothing in it that acts instead of being read, nor that is nobody's business.

    As :func:`harmless`, without the ``user:password@`` of addresses in it: a report is shown to others.
    """
    clean, before = harmless(text), ""
    while "@" in clean and clean != before:
        before, clean = clean, _CREDENTIALS.sub("", clean)
    return clean


def harmless(text: str) -> str:
    """The text on one line, with nothing in it that acts instead of being read.

    Line ends and tabs become a space. What steers a terminal (C0 and C1 controls of ECMA-48, ESC among them), what
    reorders a line (bidi embeddings, overrides and isolates of UAX 9; see "Trojan Source", Boucher and Anderson
    2021) and what cannot be encoded as UTF-8 or stand in XML (lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD. The
    invisible marks LRM, RLM and ALM are dropped: pages in Hebrew and Arabic are full of them and mean no harm. What a
    CI would take for a command in its log (``##vso[…]``) gets a zero-width space between its two ``#``.
    """
    # All that is replaced counts as not printable with Python, too; most texts have none of it, and a report of 20,000
    # citations prints a million.
    clean = text if text.isprintable() else _UNFIT.sub("\ufffd", _MARKS.sub("", _SPACES.sub(" ", text)))
    return _LOG_COMMANDS.sub(f"#{ZERO_WIDTH_SPACE}#", clean) if "##" in clean else clean


def as_line(line: str) -> str:
    """A line for a log: one that would begin with ``::`` gets a zero-width space first.

    GitHub Actions takes a line that begins so, after any spaces, for a command (actions/runner, ``ActionCommand.cs``).
    """
    return f"{ZERO_WIDTH_SPACE}{line}" if line.lstrip().startswith("::") else line


def shorten_end(text: str, room: int) -> str:
    """At most ``room`` characters; where some must go, the first ones stay."""
    return text if len(text) <= room else text[: room - 1] + ELLIPSIS


def shown(url: str) -> str:
    """A URL as people are shown it: printable, without ``user:password@``."""
    return printable(uri.without_credentials(url))


def href(url: str) -> str | None:
    """The URL where it may become a link (http and https), else None: ``javascript:`` and local paths stay text.

    Signs that browsers take behind the host and that the grammar of URLs bars (``?a[]=1``; RFC 3986, appendix A) are
    percent-encoded, as a validator of HTML wants it. Servers take the one for the other.
    """
    if not uri.is_web(url):
        return None
    said = shown(url)
    behind = found.end() if (found := _AUTHORITY.match(said)) else 0
    before, mark, fragment = said[behind:].partition("#")
    before, fragment = (_NO_URL.sub(lambda sign: f"%{ord(sign[0]):02X}", part) for part in (before, fragment))
    return f"{said[:behind]}{before}{mark}{fragment}"


def shorten_url(url: str, room: int) -> str:
    """A URL in at most ``room`` characters (12 at least), without its scheme; the host and the tail stay readable.

    ``www.`` goes first. A host that would leave no dozen characters for the tail loses its beginning, since its end
    says whose it is.
    """
    room = max(room, 12)
    bare = re.sub(r"^https?://", "", shown(url))
    if len(bare) <= room:
        return bare
    bare = bare.removeprefix("www.")
    if len(bare) <= room:
        return bare
    host, slash, _ = bare.partition("/")
    if not slash:
        return shorten_tail(bare, room)
    host = shorten_tail(host, max(room // 2, room - 12))
    tail = room - len(host) - len("/…")
    return f"{host}/{ELLIPSIS}{bare[-tail:]}"


def shorten_tail(text: str, room: int) -> str:
    """At most ``room`` characters; where some must go, the last ones stay."""
    return text if len(text) <= room else ELLIPSIS + text[len(text) - room + 1 :]
