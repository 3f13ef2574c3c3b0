"""A URL in the argument of a macro of TeX, without escapes. Pure."""

from __future__ import annotations

import re

from linkcheck.extract._tex_signs import SIGNS_OF_URLS

NOTHING = frozenset({"-", "/", "relax", "allowbreak", "protect", "sloppy", "penalty", "nobreak", "null", "leavevmode"})
_ARGUMENT_SIGN = re.compile(r"\\(?:string)?\\?([A-Za-z]+|.)", re.S)
_SPECIAL = re.compile(r"[\\{]")
_AS_TYPED = re.compile(r"\\(?:detokenize|unexpanded)\s*\{(.*)\}", re.S)
_BROKEN_LINE = re.compile(r"%?[ \t]*(?:\r\n?|\n)\s*")
IN_BRACES = re.compile(r"\{\s*((?:\\[A-Za-z]+|\\?[^\s{}\\])?)\s*\}")
_LITERAL = frozenset("%#&_$~{}^ ")


def address(argument: str) -> str:
    """A URL as written in the argument of ``\\url`` or in a field, without escapes; "" where a macro is left in it.

    url.sty drops spaces at the ends and line breaks; a ``%`` is one of the URL, but for one at the end of a line.
    """
    plain = _AS_TYPED.fullmatch(argument.strip())
    joined = _BROKEN_LINE.sub("", plain[1] if plain else argument.strip()).replace("$\\sim$", "~")
    pieces: list[str] = []
    position = 0
    while position < len(joined):
        sign = joined[position]
        if sign == "{":
            # "{\\&}" and "{-}" are TeX; "{id}" is a hole in a template, and stays for the caller to see.
            group = IN_BRACES.match(joined, position)
            inner = sign_of(group[1]) if group else None
            if group is None or (len(group[1]) > 1 and group[1][0] != "\\"):
                pieces.append("{")
                position += 1
            elif inner is None:
                return ""
            else:
                pieces.append(inner)
                position = group.end()
        elif sign == "\\":
            macro = _ARGUMENT_SIGN.match(joined, position)
            inner = sign_of(macro[0]) if macro else None
            if macro is None or inner is None:
                return ""
            pieces.append(inner)
            position = macro.end()
            if inner in ("~", "^") and joined.startswith("{}", position):
                position += 2
            elif macro[1].isalpha() and joined.startswith(" ", position):
                position += 1
        else:
            stop = _SPECIAL.search(joined, position)
            pieces.append(joined[position : stop.start() if stop else len(joined)])
            position = stop.start() if stop else len(joined)
    return "".join(pieces)


def sign_of(macro: str) -> str | None:
    """What a macro without arguments prints in a URL; None where that is not known."""
    if len(macro) < 2 or macro[0] != "\\":
        return macro
    name = (_ARGUMENT_SIGN.match(macro) or macro)[1]
    return name if name in _LITERAL else "" if name in NOTHING else SIGNS_OF_URLS.get(name)
