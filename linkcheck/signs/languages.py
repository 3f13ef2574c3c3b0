"""Which language a text is in, by its script and its commonest words. Data, and a look-up.

``<html lang>`` is set by templates: blogs in Indonesian or Polish say ``en-US`` because nobody changed it. So the words
decide where they can, and the markup is asked only where they cannot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_COMMON = {
    "cs": "a se na je v že s z do o k ve by byl jsem jako ale který pro jeho po od za však jsou když nebo",
    "da": "og i at det er en til af på for ikke med den der et som de har kan jeg blev fra også efter",
    "de": "der die und das ist nicht ein eine zu den mit von im auf für sich auch dem wird als an des wurde nach bei",
    "el": "και το να του η της με για την που από είναι στο δεν τα οι σε των τον μια",
    "en": "the of and to in is that for it was with as on be are this by from have not at which or an you",
    "es": "el la de que y en los las del un una se por con para es no su como más al fue lo",
    "fi": "ja on ei että se oli myös mutta kun hän ovat kuin joka tai ole jo sen voi mukaan",
    "fr": "le la les de des et en un une du est que qui dans pour pas sur au par ce il plus avec sont aux",
    "hr": "i je u se na da su za od s koji kao ali što bi nije ili biti po iz",
    "hu": "a az és hogy nem is egy ez meg csak van de volt mint vagy már még ki azt el",
    "id": "dan yang di dengan untuk dari pada ini itu dalam tidak adalah akan atau anda juga ke oleh bisa kami situs",
    "it": "il di che e la un per non è una in del della con sono le i da si come anche gli alla nel",
    "nl": "de het een en van is dat op te in voor met niet zijn die ook aan er om bij als naar",
    "no": "og i det er en til av på for ikke med som den har et jeg kan fra også etter ble ved",
    "pl": "i w na się z nie do że jest to o jak za ale po od dla przez są był być lub oraz tym",
    "pt": "de que e o a do da em um uma para não com os as é por mais no na se dos das ao foi",
    "ro": "și în de la a cu pe că nu este o din un pentru mai sunt care au fost ce sau prin",
    "sv": "och i att det är en som på för av inte med den till har de ett om jag var från kan",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi kadar en ne ama sonra ya veya her",
    "vi": "và của là có trong cho các được không với một người này những khi để đã từ tại về",
    "ru": "и в не на что с по как это из для от он его но к за был или также у о",
    "uk": "і в не на що з та до як це для від він його але за був або також у є",
    "bg": "и на да се в за от с не са че по към като е това или при който",
    "sr": "и је у се на да су за од са који као али што би није или по из",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه كان ما لا بعد و قد أو كما",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم شد می شده",
}
"""ISO 639-1 code and some twenty of the commonest words of a language, as any frequency list of it has them."""

WORDS: Mapping[str, frozenset[str]] = {code: frozenset(common.split()) for code, common in _COMMON.items()}

_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
}
"""Scripts that one large language has nearly for itself; Japanese before Chinese, whose characters it uses too."""

_KIN = tuple(
    frozenset(family.split())
    for family in (
        "da no nb nn sv",
        "hr sr bs sl",
        "id ms",
        "cs sk",
        "pt es gl ca",
        "ru uk bg be mk",
        "ar fa ur",
        "tl fil",
    )
)
"""Languages that share so many words that telling them apart would be a guess."""

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 20_000
_FEWEST_WORDS = 20
_SHARE = 0.12
"""Of the words that must be among a language's commonest: prose has 25 to 45 %, lists of names under 5 %."""
_AHEAD = 1.5
_SCRIPT_SHARE = 0.2


def of_words(text: str) -> str:
    """The ISO 639-1 code of the language that a text is in; "" where its words do not tell.

    >>> of_words("It is not the case that all of this was known to the people who were in the room on that day.")
    'en'
    """
    sample = text[:_LONGEST].lower()
    letters = sum(map(str.isalpha, sample))
    for code, script in _SCRIPTS.items():
        if letters and len(script.findall(sample)) >= _SCRIPT_SHARE * letters:
            return code
    counts = Counter(_WORD.findall(sample))
    total = counts.total()
    if total < _FEWEST_WORDS:
        return ""
    scores = sorted(((sum(counts[word] for word in common), code) for code, common in WORDS.items()), reverse=True)
    best, code = scores[0]
    if best < _SHARE * total:
        return ""
    rival = next((score for score, other in scores[1:] if not kindred(code, other)), 0)
    return code if best >= _AHEAD * rival else ""


def spoken(text: str, declared: str) -> str:
    """The language of a text by its words, else the one that its markup declares, as a primary subtag; else ""."""
    return of_words(text) or re.split(r"[-_]", declared.strip().lower())[0]


def kindred(one: str, other: str) -> bool:
    """Whether two codes are the same, or stand for languages that are not told apart here."""
    return one == other or any(one in family and other in family for family in _KIN)
