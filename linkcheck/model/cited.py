"""What cites: documents, their citations, and what cannot be used of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """A text that cites: one file, standard input, or the URLs of the command line.

    Attributes:
        name: as the user gave it; ``<stdin>`` and ``<arguments>`` for what is no file.
        format: name of the member of ``extract/`` that reads it.
        text: the decoded text, line ends as they were. Empty for binary formats (PDF, Word …), which read ``content``.
        content: the bytes as read.
        encoding: that it was taken to be in where it does not say, and is no UTF-8; "" otherwise.
        address: where a web page was published, which its relative links start from; "" where nobody says.
    """

    name: str
    format: str
    text: str
    content: bytes = b""
    encoding: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one document that cites one source.

    Attributes:
        url: WHATWG-normalised, fragment kept.
        written: exactly as it stands in the document.
        document: name of the document.
        line, column: 1-based place of the first character of ``written``; columns count characters.
        context: the words around it, on one line; empty where the URL stands alone.
        quotes: passages that the source must contain.
        accessed: the date of citing, where it is known.
        title: what the citing text calls the source.
        loose: passages in quotation marks beside the source that may be its words or somebody else's: looked for and
            reported, and never held against it.
        place: where it stands in a document without lines (``page 3``), or the key of its entry (``@smith2020``).
        author, dated: of the source, as the document gives them; the date as ``2024-08-28``, ``2024-08`` or ``2024``.
        memento: URI-M that the document gives beside the source, or wrote in its place.
        apart: it stands apart from every sentence, so that ``loose`` is of the whole document: each passage may be of
            any of its sources.
    """

    url: str
    written: str
    document: str
    line: int
    column: int
    context: str = ""
    quotes: tuple[str, ...] = ()
    accessed: date | None = None
    title: str = ""
    loose: tuple[str, ...] = ()
    place: str = ""
    author: str = ""
    dated: str = ""
    memento: str = ""
    apart: bool = False

    @property
    def uri_r(self) -> str:
        """The URI-R that is fetched: ``url`` without fragment and credentials. Those with equal ones share a visit."""
        scheme, slashes, rest = self.url.partition("#")[0].partition("//")
        authority, slash, path = rest.partition("/")
        return f"{scheme}{slashes}{authority.rpartition('@')[2]}{slash}{path}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something handed in that cannot be used, where, and the way out. It costs exit code 2; the rest goes on.

    ``line`` is 0 where the whole document is meant.
    """

    document: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.document}:{self.line}" if self.line else self.document
        return f"{where}: {self.message}"
