"""Macros of TeX by name: what they print for a sign or an accent, and what they do with URLs. Data for
:mod:`linkcheck.extract._tex`.
"""

from __future__ import annotations

import re

SIGNS = {
    "textasciitilde": "~", "textunderscore": "_", "textbackslash": "\\", "textasciicircum": "^", "textquotesingle": "'",
    "textendash": "–", "textemdash": "—", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "ldots": "…", "dots": "…", "textellipsis": "…", "slash": "/", "ss": "ß", "ae": "æ",
    "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ",
    "S": "§", "P": "¶", "copyright": "©", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“",
    "flqq": "«", "frqq": "»", "textdegree": "°", "texteuro": "€", "euro": "€", "pounds": "£", "TeX": "TeX",
    "LaTeX": "LaTeX", "BibTeX": "BibTeX", "lbrace": "{", "rbrace": "}", "percent": "%", "tilde": "~", "sim": "~",
}  # fmt: skip

SIGNS_OF_URLS = {
    "textasciitilde": "~", "tilde": "~", "sim": "~", "textunderscore": "_", "textasciicircum": "^", "slash": "/",
    "percent": "%", "lbrace": "{", "rbrace": "}",
}  # fmt: skip

ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "k": "\u0328",
}  # fmt: skip

URLS = frozenset({"url", "nolinkurl", "burl", "path", "hyperimage", "ULurl", "lstinputlisting@url"})
HREFS = frozenset({"href", "hhref", "xhref", "sphinxhref"})
DEFINING = frozenset({
    "newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newrobustcmd", "renewrobustcmd", "def",
    "gdef", "edef", "xdef", "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand",
    "DeclareDocumentCommand", "newenvironment", "renewenvironment", "DeclareFieldFormat", "newbibmacro",
    "renewbibmacro", "DeclareUrlCommand",
})  # fmt: skip
NO_PROSE = re.compile(
    r"(?:[Nn]o|[Pp]aren|[Ff]oot|[Tt]ext|[Ss]uper|[Aa]uto|[Ff]ull|[Ss]mart)?cite\w*|\w*ref|label|index|includegraphics"
    r"|usepackage|documentclass|RequirePackage|bibliography\w*|addbibresource|input|include|subfile|[hv]space|setlength"
    r"|setcounter|addtocounter|pagestyle|thispagestyle|color|textcolor|vskip|hskip|begin|end"
)
VERBATIM = re.compile(r"\w*[Vv]erbatim\*?|lstlisting|minted|comment|luacode|latexcode")
"""Environments of code: those of LaTeX and its packages, and the names that people give to their own."""

SPACES = frozenset({
    "quad", "qquad", "enspace", "hfill", "hfil", "vfill", "smallskip", "medskip", "bigskip", "newpage", "clearpage",
})  # fmt: skip
"""What leaves nothing but room."""
