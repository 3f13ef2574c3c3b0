"""What a page needs to look as it did: images, styles, scripts, fonts, frames, icons, by their addresses. Pure.

HTML is read as browsers read it where no script has run; styles by tinycss2, which follows CSS Syntax Level 3 through
escapes, comments and broken rules. What scripts ask for by themselves is not seen here, and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from linkcheck import uri
from linkcheck.body import decode_body, decode_text, media_type, sniff
from linkcheck.model import Headers
from linkcheck.page import bounded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_STYLE = 1_000_000
"""Characters of one style sheet that are read; tinycss2 takes about a second for them."""

MOST_FOUND = 5_000
"""Addresses of one document; the rest is left out."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})


class Kind(StrEnum):
    """What a requisite is for: styles and frames have requisites of their own."""

    STYLE = "style"
    SCRIPT = "script"
    IMAGE = "image"
    FONT = "font"
    FRAME = "frame"
    ICON = "icon"
    OTHER = "other"


Requisites = dict[str, Kind]
"""Absolute http and https addresses without fragment, in the order of the document."""


def of_answer(body: bytes, headers: Headers, url: str, kind: Kind | None) -> Requisites:
    """The requisites of something that was fetched; none of what is neither HTML nor a style sheet.

    Args:
        body: as received, still compressed.
        headers: of the same response.
        url: that it came from.
        kind: what it was fetched as; None for the page itself. A frame's own frames are left out: one level is kept.
    """
    if kind not in (None, Kind.FRAME, Kind.STYLE):
        return {}
    content = decode_body(body, headers)
    if not content:
        return {}
    if kind is Kind.STYLE:
        return of_style(decode_text(content, headers), url)
    if (media_type(headers) or sniff(content)) not in _HTML:
        return {}
    found = of_page(decode_text(content, headers), url)
    return found if kind is None else {each: what for each, what in found.items() if what is not Kind.FRAME}


def of_page(html: str, url: str) -> Requisites:
    """The requisites of an HTML page: of its elements, its ``style`` elements and attributes."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(bounded(html))
    base = _base(tree, url)
    # Without a declared icon browsers ask for this one (WHATWG HTML 4.6.7.8).
    fallback = () if tree.css_first("link[rel~=icon i]") is not None else (("/favicon.ico", Kind.ICON),)
    return _absolute([*_of_elements(tree), *fallback], base, url)


def of_style(css: str, url: str) -> Requisites:
    """The requisites of a style sheet: ``@import``, ``url()``, ``image-set()`` and ``src`` of ``@font-face``."""
    return _absolute(_of_css(css), url, url)


# ---------------------------------------------------------------- elements

Found = Iterator[tuple[str, Kind]]

_BY_REL = {
    "stylesheet": Kind.STYLE,
    "icon": Kind.ICON,
    "apple-touch-icon": Kind.ICON,
    "mask-icon": Kind.ICON,
    "manifest": Kind.OTHER,
    "modulepreload": Kind.SCRIPT,
}
_BY_AS = {"style": Kind.STYLE, "script": Kind.SCRIPT, "font": Kind.FONT, "image": Kind.IMAGE}

_ATTRIBUTES = (
    ("script[src]", "src", Kind.SCRIPT),
    ("img[src]", "src", Kind.IMAGE),
    ("input[type=image i][src]", "src", Kind.IMAGE),
    ("video[poster]", "poster", Kind.IMAGE),
    ("image[href]", "href", Kind.IMAGE),
    ("image", "xlink:href", Kind.IMAGE),
    ("[background]", "background", Kind.IMAGE),
    ("embed[src]", "src", Kind.OTHER),
    ("object[data]", "data", Kind.OTHER),
    ("iframe[src]", "src", Kind.FRAME),
    ("frame[src]", "src", Kind.FRAME),
)
"""Sound and moving pictures are left out but for their poster: they are large, and seldom what is cited."""


def _of_elements(tree: LexborHTMLParser) -> Found:
    for node in tree.css("link[href]"):
        yield from _of_link(node)
    room = LONGEST_STYLE
    for node in tree.css("style"):
        written = node.text()
        yield from _of_css(written[:room])
        room -= min(room, len(written))
    for selector, name, kind in _ATTRIBUTES:
        for node in tree.css(selector):
            yield node.attributes.get(name) or "", kind
    for node in tree.css("img[srcset], picture source[srcset], link[imagesrcset]"):
        listed = node.attributes.get("srcset") or node.attributes.get("imagesrcset") or ""
        yield from ((address, Kind.IMAGE) for address in srcset(listed))
    for node in tree.css("[style]"):
        written = node.attributes.get("style") or ""
        if "(" in written or "\\" in written:
            yield from _of_css(written[:room])
            room -= min(room, len(written))


def _of_link(node: LexborNode) -> Found:
    relations = (node.attributes.get("rel") or "").lower().split()
    kind = next((_BY_REL[relation] for relation in relations if relation in _BY_REL), None)
    if kind is None and "preload" in relations:
        kind = _BY_AS.get((node.attributes.get("as") or "").strip().lower())
    if kind is not None:
        yield node.attributes.get("href") or "", kind


_CANDIDATE = re.compile(r"[\s,]*+(?P<address>\S++)(?P<rest>(?:[^,(]++|\([^)]*+\)?)*+)")


def srcset(written: str) -> Iterator[str]:
    """The addresses of a ``srcset`` (WHATWG HTML 4.8.4.2.2): a comma inside one is its own, one after it ends it."""
    place = 0
    while match := _CANDIDATE.match(written, place):
        address = match["address"]
        bare = address.rstrip(",")
        place = match.end("address") if bare != address else match.end()
        if bare:
            yield bare


# ---------------------------------------------------------------- styles

_FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")


def _of_css(css: str) -> Found:
    """The addresses of a style sheet or of declarations: every ``url()``, and the strings that stand for one."""
    import tinycss2

    # A walk by hand and not by recursion: blocks may be nested as deep as somebody likes.
    waiting: list[tuple[Iterator[Any], bool]] = [
        (iter(tinycss2.parse_component_value_list(css[:LONGEST_STYLE])), False)
    ]
    imports = False
    while waiting:
        tokens, in_set = waiting[-1]
        token = next(tokens, None)
        if token is None:
            waiting.pop()
            continue
        if token.type == "at-keyword":
            imports = token.lower_value == "import"
        elif token.type == "literal" and token.value == ";":
            imports = False
        elif token.type == "url" or (token.type == "string" and (imports or in_set)):
            yield token.value, _kind_in_css(token.value, imports)
            imports = False
        elif token.type == "function":
            if token.lower_name in ("url", "src"):
                written = next((each.value for each in token.arguments if each.type == "string"), "")
                yield written, _kind_in_css(written, imports)
                imports = False
            else:
                waiting.append((iter(token.arguments), token.lower_name.endswith("image-set")))
        elif token.type in ("{} block", "() block", "[] block"):
            imports = False
            waiting.append((iter(token.content), in_set and token.type == "() block"))


def _kind_in_css(address: str, imported: bool) -> Kind:
    if imported:
        return Kind.STYLE
    bare = address.partition("#")[0].partition("?")[0].lower()
    return Kind.FONT if bare.endswith(_FONTS) else Kind.IMAGE


# ---------------------------------------------------------------- addresses


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (uri.join(url, node.attributes.get("href") or "") or url) if node is not None else url


def _absolute(found: Iterable[tuple[str, Kind]], base: str, url: str) -> Requisites:
    """By address, the first kind that each was found as; a style before all else, for it is read on."""
    own = uri.without_fragment(url)
    absolute: Requisites = {}
    for written, kind in found:
        reference = written.strip()
        # An empty src is the page itself to some browsers and nothing to others; "#glyph" is a place on the page.
        if not reference or reference.startswith("#"):
            continue
        joined = uri.join(base, reference)
        if joined is None or not uri.is_web(joined) or not uri.host(joined):
            continue
        address = uri.without_credentials(uri.without_fragment(joined))
        if address == own:
            continue
        if address not in absolute and len(absolute) >= MOST_FOUND:
            break
        if address not in absolute or kind is Kind.STYLE:
            absolute[address] = kind
    return absolute
