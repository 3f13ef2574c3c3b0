"""The macros of TeX by what they do to a text, as their names say: data for :mod:`linkcheck.extract._tex`."""

from __future__ import annotations

URL = frozenset({"url", "nolinkurl", "burl", "path", "hyperimage", "ULurl", "lstinputlisting@url"})
HREF = frozenset({"href", "hhref", "xhref", "sphinxhref"})
DEFINES = frozenset({
    "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newrobustcmd", "renewrobustcmd", "def",
    "gdef", "edef", "xdef", "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand",
    "DeclareDocumentCommand", "newenvironment", "renewenvironment", "DeclareFieldFormat", "newbibmacro",
    "renewbibmacro", "DeclareUrlCommand",
})  # fmt: skip
VERBATIM = (
    "verbatim", "verbatim*", "Verbatim", "BVerbatim", "LVerbatim", "lstlisting", "minted", "comment", "luacode",
)  # fmt: skip
NOTES = frozenset({"footnote", "footnotetext", "thanks", "endnote", "sidenote", "marginpar", "marginnote"})
QUOTING = frozenset({"enquote", "textquote", "blockquote", "textcquote", "foreignquote"})
BREAKS = frozenset({"par", "item", "newline", "linebreak", "section", "subsection", "subsubsection", "chapter"})
NOTHING = frozenset({"-", "/", "relax", "allowbreak", "protect", "sloppy", "penalty", "nobreak", "null", "leavevmode"})
HOLES = frozenset({"emph", "textit", "textsl", "textnormal", "mathit", "ensuremath"})
SPACES = frozenset({
    "quad", "qquad", "enspace", "hfill", "hfil", "vfill", "smallskip", "medskip", "bigskip", "newpage", "clearpage",
})  # fmt: skip
