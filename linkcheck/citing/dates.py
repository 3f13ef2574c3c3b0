"""Days as people write them: shared by the formats. Pure.

What may be read in two ways (03/04/2020) is no date here: a wrong day of citing would pick the wrong capture.
"""

from __future__ import annotations

import re
from datetime import date

# The first three letters tell the month in most languages, four where two begin alike.
# fmt: off
_MONTHS = {
    1: "jan januar january januari janvier janv enero ene janeiro gennaio gen stycznia styczeń января январь янв",
    2: "feb februar february februari février févr fév febrero fevereiro fev febbraio lutego luty февраля февраль фев",
    3: "mar march märz maerz mrz mär maart mars marzo março marca marzec марта март мар",
    4: "apr april avril avr abril abr aprile kwietnia kwiecień апреля апрель апр",
    5: "may mai mei maj mayo maio maggio mag maja мая май",
    6: "jun june juni juin junio junho giugno giu czerwca czerwiec июня июнь июн",
    7: "jul july juli juillet juil julio julho luglio lug lipca lipiec июля июль июл",
    8: "aug august augustus augusti août aout agosto ago sierpnia sierpień августа август авг",
    9: "sep sept september septembre septiembre setembro set settembre września wrzesień сентября сентябрь сен",
    10: "oct october okt oktober octobre octubre outubro out ottobre ott października październik октября октябрь окт",
    11: "nov november novembre noviembre novembro listopada listopad ноября ноябрь ноя",
    12: "dec december dez dezember déc décembre diciembre dic dezembro dicembre grudnia grudzień декабря декабрь дек",
}
# fmt: on
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}

_ISO = re.compile(r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?\s*(?:de\s+)?([^\W\d_]+)\.?,?\s*(?:de[l]?\s+)?(\d{4})(?!\d)"
)
_AMERICAN = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]+)\.?,?\s+(?:de\s+)?(\d{4})(?!\d)")


def day(written: str) -> date | None:
    """The day that a text gives, None for none, for several that differ, and for what may be read in two ways."""
    parts = _parts(written)
    return _date(*parts) if len(parts) == 3 else None


def iso(written: str) -> str:
    """``2024-08-28``, ``2024-08`` or ``2024``, as exact as the text is; "" for no date."""
    return "-".join(f"{part:0{4 if number == 0 else 2}d}" for number, part in enumerate(_parts(written)))


def month(written: str) -> int:
    """1 to 12 for the name or number of a month; 0 for anything else."""
    word = written.strip().rstrip(".").lower()
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 3 else _MONTH.get(word, 0)
    return number if 1 <= number <= 12 else 0


def _parts(written: str) -> tuple[int, ...]:
    text = written.strip()[:200]
    if found := _WORDS.search(text):
        parts = int(found[3]), month(found[2]), int(found[1])
        if _date(*parts):
            return parts
    if found := _AMERICAN.search(text):
        parts = int(found[3]), month(found[1]), int(found[2])
        if _date(*parts):
            return parts
    if found := _DOTTED.search(text):
        parts = int(found[3]), int(found[2]), int(found[1])
        return parts if _date(*parts) else (parts[0],)
    if found := _SLASHED.search(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12 or first == second:
            first, second = second, first
        clear = first <= 12 and (second > 12 or first == second)
        return (year, first, second) if clear and _date(year, first, second) else (year,)
    if (found := _MONTH_AND_YEAR.search(text)) and month(found[1]):
        return int(found[2]), month(found[1])
    if found := _ISO.search(text):
        parts3 = tuple(int(part) for part in found.groups() if part)
        if len(parts3) == 3 and not _date(*parts3):
            return parts3[:1]
        return parts3 if len(parts3) != 2 or 1 <= parts3[1] <= 12 else parts3[:1]
    return ()


def _date(year: int, month_number: int, day_number: int) -> date | None:
    try:
        return date(year, month_number, day_number)
    except ValueError:
        return None
