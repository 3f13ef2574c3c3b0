"""What the macros of TeX print that stand for a sign or an accent: data for :mod:`linkcheck.extract._tex`."""

from __future__ import annotations

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
