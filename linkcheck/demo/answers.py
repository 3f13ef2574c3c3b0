"""What a stand-in host is asked and what it answers: values, apart from sockets."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template

from linkcheck.model import Headers

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it reached us.

    Attributes:
        method: upper case.
        host: of the Host field, lower case, without port.
        target: path and query exactly as sent.
        headers: by lower-case name.
        secure: whether it came over TLS.
    """

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    secure: bool = True

    @property
    def path(self) -> str:
        """Without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """Without the question mark."""
        return self.target.partition("?")[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """One response before it is framed: ``gzip`` and ``chunked`` say how it may travel."""

    status: int
    body: bytes = b""
    media_type: str = HTML
    headers: Headers = ()
    gzip: bool = False
    chunked: bool = False


Site = Callable[[Asked], Answer]


def text_file(name: str) -> str:
    """A text file that is shipped in this package."""
    return resources.files("linkcheck.demo").joinpath(name).read_text("utf-8")


@cache
def page(name: str) -> bytes:
    """The stand-in page ``pages/NAME.html``."""
    return text_file(f"pages/{name}.html").encode()


@cache
def notice(title: str, words: str) -> bytes:
    """A page of one heading and one paragraph, both plain text."""
    template = Template(text_file("pages/notice.html"))
    return template.substitute(title=html.escape(title), words=html.escape(words)).encode()


def redirect(status: int, location: str) -> Answer:
    """A redirect without a body."""
    return Answer(status, headers=(("Location", location),))
