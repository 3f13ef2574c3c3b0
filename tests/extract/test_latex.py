"""What a LaTeX text cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract
from linkcheck.model import Document
from tests.extract.places import at, cited, urls

LINKS = {
    r"\url{https://a.example/50%25_b#c}": ["https://a.example/50%25_b#c"],
    r"\href{https://a.example/b\%20c\#d}{words \url{https://e.example/}}": [
        "https://a.example/b%20c#d",
        "https://e.example/",
    ],
    r"\href[pdfnewwindow] {https://a.example/~b} {x}": ["https://a.example/~b"],
    r"\nolinkurl{https://a.example/} \path{https://b.example/} \path{/usr/bin}": [
        "https://a.example/",
        "https://b.example/",
    ],
    r"\url|https://a.example/| \urldef{\mine}\url{https://b.example/}": ["https://a.example/", "https://b.example/"],
    r"\footnote{See https://a.example/b\_c.}": ["https://a.example/b_c"],
    r"{\tt http://a.example/} \texttt{http://b.example/\~{}me/x--y}.": [
        "http://a.example/",
        "http://b.example/~me/x--y",
    ],
    r"http://a.example/$\sim$x \url{http://a.example/$\sim$y}": ["http://a.example/~x", "http://a.example/~y"],
    r"\url{\detokenize{https://a.example/b_c}}": ["https://a.example/b_c"],
    "\\url{https://a.example/b%\n   c}": ["https://a.example/bc"],
    "a % \\url{https://no.example/}\n\\% https://a.example/": ["https://a.example/"],
    r"\newcommand{\home}{https://a.example/b} \href{\home}{x}": ["https://a.example/b"],
    r"https://a.example/\quad https://b.example/\qquad https://c.example/\hfill": [
        "https://a.example/",
        "https://b.example/",
        "https://c.example/",
    ],
    r"\href{https://a.example/}{\url{https://b.example/} x}": ["https://a.example/", "https://b.example/"],
    r"\href{https://a.example/}{\url{https://b.example/}}": ["https://a.example/", "https://b.example/"],
    r"https://a.example/\allowbreak{}b $\mbox{x}: https://b.example/$ \emph{https://c.example/\$FILE/c}": [
        "https://a.example/b",
        "https://b.example/",
        "https://c.example/$FILE/c",
    ],
    r"the\footurl{https://a.example/b}, so\emph{https://c.example/}": ["https://a.example/b", "https://c.example/"],
    r"\cite[chap.~2, \url{https://a.example/b}]{k} \cite[][\href{https://c.example/d\_e}{x}]{k}": [
        "https://a.example/b",
        "https://c.example/d_e",
    ],
    r"\cvItem[icon=x,link=https://a.example/b]{T} \myref{https://b.example/}{x} \hyperref[a]{b}": [
        "https://a.example/b",
        "https://b.example/",
    ],
    "\\begin{SaveVerbatim}{x}\nhttps://no.example/\n\\end{document}\n\\end{SaveVerbatim}\n\\url{https://a.example/b}\n"
    "\\begin{mine}\n\\endinput\n\\end{document}\n\\end{mine}\nhttps://c.example/\n\\end{document} https://no.example": [
        "https://a.example/b",
        "https://c.example/",
    ],
    "\\begin{mine}\n\\end{document}\n\\end{mine}\n\\url{https://a.example/b}": ["https://a.example/b"],
    "\\floatlink{https://a.example/b}%\n \\caption{Words} \\citeurl{https://c.example/}": [
        "https://a.example/b",
        "https://c.example/",
    ],
    "\\begin{verbatim}\nhttps://a.example/b\n": ["https://a.example/b"],
}

NO_LINKS = [
    r"https://\emph{host}/b https://a.example/\emph{id}/b https://a.example/\textit{id} \textbf{https://a.example}/b",
    r"https://a.example:\port/b https://a.example/$n$/b https://a.example/$\langle$id$\rangle$",
    r"\newcommand{\doi}[1]{\href{https://doi.example/#1}{#1}} \def\x#1{https://a.example/#1}",
    r"\NewDocumentCommand{\x}{m O{a}}{\url{https://a.example/#2}}",
    r"\newcommand{\repo}{https://a.example/b} \href{\repo/issues}{x}",
    r"\href{https://a.example/\macro x}{y} https://a.example/\macro",
    r"\begin{verbatim}\url{https://a.example/}\end{verbatim} \verb|https://a.example/|",
    r"\begin{lstlisting}[language=C] https://a.example/ \end{lstlisting}",
    r"\iffalse \url{https://a.example/} \fi",
    r"\end{document} \url{https://a.example/}",
    r"https://a.example/\thefield{doi} https://a.example/b?c=\myname{x} \includegraphics[link=https://a.example/]{a}",
    r"\href{mailto:a@b.example}{x} \href{file:///a}{x} \url{\x}",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_found_without_the_escapes_of_tex(text: str) -> None:
    assert [each.url for each in cited("latex", text)] == LINKS[text]


@pytest.mark.parametrize("text", NO_LINKS)
def test_comments_code_and_what_only_tex_could_fill_in_are_no_links(text: str) -> None:
    assert urls("latex", text) == []


def test_an_item_of_the_bibliography_gives_its_key() -> None:
    text = "\\begin{thebibliography}{9}\n\\bibitem[S20]{smith20} A. Smith.\n \\emph{T}. \\url{https://a.example/b}.\n"
    (source,) = cited("latex", text)
    assert (source.place, source.line, at(text, source)) == ("@smith20", 3, "https://a.example/b")
    assert source.context == "A. Smith. T. https://a.example/b."


def test_a_quote_belongs_to_the_footnote_behind_it() -> None:
    text = r"He said ``we will not negotiate with them at all''\footnote{\href{https://a.example/}{Press}.} and left."
    (source,) = cited("latex", text)
    assert source.quotes == ("we will not negotiate with them at all",)


PIECES = ["{", "}", "[", "]", "\\url{", "\\href{", "\\verb|", "%", "\n", "\\newcommand{\\x}{", "\\~{", "``", "''", "--",
          "https://a.example/b", "\\_", "\\foo", " ", "\\footnote{", "a", "\\begin{verbatim}", "#1"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_whatever_is_found_stands_where_it_is_said_to(text: str) -> None:
    for citation in cited("latex", text):
        assert at(text, citation) == citation.written.split("\n")[0][: len(at(text, citation))]


@pytest.mark.parametrize("piece", PIECES)
def test_a_hostile_text_ends(piece: str) -> None:
    assert all(each.document == "d" for each in extract.citations(Document("d", "latex", piece * 1_000)))
