"""Where the tags of a web page begin and end, after the tokenizer of HTML (13.2.5), as far as places need it.

An own one: Python's changed what it takes for a comment, a script or a tag within minor versions, and needs five times
as long. Linear, whatever is opened and never closed; the tree that a browser would make of the tags is no concern here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = r"[\t\n\r\f ]"
_NAME = r"[a-zA-Z][^\t\n\r\f />]*+"
# A quote that is never closed is one of a name; browsers would take the rest of the page for a value.
_ATTRIBUTES = (
    rf"(?:[\t\n\r\f /]++|[^\t\n\r\f />][^\t\n\r\f />=]*+(?:{_SPACE}*+={_SPACE}*+"
    rf"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^\t\n\r\f >]++)?+)?+)*+"""
)
_MARKUP = re.compile(
    rf"<(?:/(?P<end>{_NAME})[^>]*+>|(?P<start>{_NAME})(?P<attributes>{_ATTRIBUTES})>"
    r"|!--(?:-?>|.*?--!?>|(?P<open>))|[!?/](?:[^>]*+>))",
    re.S,
)
_ATTRIBUTE = re.compile(
    rf"""([^\t\n\r\f />][^\t\n\r\f />=]*+)(?:{_SPACE}*+={_SPACE}*+("[^"]*+"|'[^']*+'|(?!["'])[^\t\n\r\f >]++)?+)?+"""
)
_UNREAD = frozenset({"script", "style", "textarea", "title", "xmp"})
"""Whose content is text, tags included, up to their own end tag (HTML 13.2.6.2, 13.2.6.4.7). What browsers without
frames would show (``iframe``, ``noframes``) is read, for its links."""

_CLOSING = {name: re.compile(rf"</{name}(?=[\t\n\r\f />])", re.I) for name in _UNREAD}
_BEFORE_SLASH = frozenset({"", " ", "\t", "\n", "\r", "\f", '"', "'"})


class Tag(NamedTuple):
    """A tag, comment or declaration.

    Attributes:
        kind: ``start``, ``end`` or ``markup``, which is what leads nowhere and has no name.
        name: lower case.
        attributes: as written, with what stands between them.
        begin, end: its place in the text.
    """

    kind: str
    name: str
    attributes: str
    begin: int
    end: int

    @property
    def is_whole(self) -> bool:
        """Whether it ends with ``/>``."""
        written = self.attributes
        if not written.endswith("/"):
            return False
        # "<a href=b/>" does not: there it is one of the address.
        return written[-2:-1] in _BEFORE_SLASH or "=" not in _last_word(written)


def tags(text: str) -> Iterator[Tag]:
    """The tags of a page or a piece of one, in order; what stands between them is text."""
    position = 0
    # Behind the last ">" there are none, and the end of each "<a" would be looked for in vain.
    stop = text.rfind(">") + 1
    while found := _MARKUP.search(text, position, stop):
        begin, position = found.span()
        if name := found["start"]:
            name = name.lower()
            yield (tag := Tag("start", name, found["attributes"], begin, position))
            if name in _UNREAD and not tag.is_whole:
                closing = _CLOSING[name].search(text, position, stop)
                position = closing.start() if closing else stop
        elif name := found["end"]:
            yield Tag("end", name.lower(), "", begin, position)
        elif found["open"] is not None:
            position = begin
            break
        else:
            yield Tag("markup", "", "", begin, position)
    if (begin := text.find("<!--", position)) >= 0:
        yield Tag("markup", "", "", begin, len(text))  # a comment that nobody closed goes on to the end


def _last_word(written: str) -> str:
    return re.split(r"[\t\n\r\f ]", written)[-1]


def attributes(tag: Tag) -> Iterator[tuple[str, int, str]]:
    """Name in lower case, place in the text, and value of each attribute, without its quotes; references as written."""
    begin = tag.begin + 1 + len(tag.name)
    for found in _ATTRIBUTE.finditer(tag.attributes):
        value = found[2] or ""
        if value[:1] in ('"', "'"):
            yield found[1].lower(), begin + found.start(2) + 1, value[1:-1]
        else:
            yield found[1].lower(), begin + max(found.start(2), 0), value
