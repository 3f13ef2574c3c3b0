"""The words of a title that say something, and what language a text is in, as far as its small words tell."""

from __future__ import annotations

import re

from linkcheck import quote

_SMALL_WORDS = {
    "en": "the of and to in is for that with on are was were by from at this an be as it its his her their after over "
    "how why what when who not has have will would about into your our you",
    "de": "der die das den dem des ein eine einer einen und oder nicht mit von für auf ist im zu zum zur wie warum was "
    "sich auch nach bei über aus wird werden sind",
    "fr": "le la les un une des du de et ou en pour dans sur avec est sont que qui pas par au aux ce cette comment "
    "pourquoi après",
    "es": "el la los las un una de del y o en para por con es son que no se su al como qué cómo tras sobre",
    "it": "il lo la gli le un una di del della dei delle e o in per con è sono che non si al alla come perché dopo su",
    "pt": "o a os as um uma de do da dos das e ou em no na para por com é são que não se ao como após sobre",
    "nl": "de het een van en of in op voor met is zijn dat die niet te aan bij naar over hoe waarom uit wordt",
    "sv": "den det en ett och eller i på för med är som att inte av till från om hur varför efter",
    "pl": "i w z na do nie jest to się że jak o po od za dla oraz przez",
    "ru": "и в на с по не из к о от для что как это за при или его их после",
    "uk": "і в на з по не із до про від для що як це за при або його їх після",
}
"""The commonest words without meaning of their own; written for this, no list of anybody's."""

_SETS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_ALL = frozenset().union(*_SETS.values())
_SHORTEST = 4
_SCRIPTS = (
    ("cjk", re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("indic", re.compile("[\u0900-\u0dff]")),
    ("latin", re.compile("[a-z\u00df-\u024f]", re.I)),
)


def content_words(text: str) -> tuple[str, ...]:
    """The beginnings of the words that say something, without repeats: ``elect`` stands for elections and elected."""
    words = (word.strip("'-") for word in quote.normalise(text).split())
    kept = (word for word in words if len(word) >= _SHORTEST and word not in _ALL)
    return tuple(dict.fromkeys(word if word.isdigit() else word[: max(_SHORTEST, len(word) // 2 + 1)] for word in kept))


def held(beginnings: tuple[str, ...], text: str) -> int:
    """How many of them some word of the text begins with."""
    words = f" {' '.join(quote.normalise(text).split())}"
    return sum(f" {beginning}" in words for beginning in beginnings)


def language(text: str, *, least: int = 1) -> str:
    """The language whose small words are the most in a text, ``en``; "" where two are level or there are too few.

    Args:
        text: of some words or many.
        least: how many of them there must be.
    """
    words = quote.normalise(text).split()
    counts = sorted(((sum(word in small for word in words), name) for name, small in _SETS.items()), reverse=True)
    (most, name), (second, _) = counts[:2]
    return name if most >= least and most > second else ""


def script(text: str) -> str:
    """The script of most letters: ``latin``, ``cyrillic``, ``cjk`` …; "" without any of them."""
    counts = [(len(pattern.findall(text)), name) for name, pattern in _SCRIPTS]
    most, name = max(counts)
    return name if most else ""
