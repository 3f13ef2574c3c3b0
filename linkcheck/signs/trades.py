"""What lapsed domains are bought to sell, and the words it is sold with. Data, and a look-up.

A word is never a sign alone: newspapers write about casinos and loans. Several different ones must stand in the text,
again and again, and one of them in the title or a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# Wikipedia's editors call the largest family of usurped sources JUDI, Indonesian for gambling (Wikipedia:JUDI).
_TRADES: Mapping[str, str] = {
    "gambling": r"casinos?|kasino\w*|cassino|slots?|slot\d+|judi|togel|gacor|maxwin|bandar|taruhan|sabung|poker|"
    r"pokies|roulette|baccarat|blackjack|jackpot|betting|sportsbook|bookmakers?|bookies|freespins?|bahis|iddaa|"
    r"казино|букмекер\w*|ставки|слоты|рулетка|apuestas|tragaperras|apostas|wetten|spielautomaten|freispiele|bukmacher\w*|"
    r"zakłady|hazard\w*|kaszinó|cá\s+cược|nhà\s+cái|nổ\s+hũ|tài\s+xỉu|คาสิโน|สล็อต|บาคาร่า|แทงบอล|カジノ|"
    r"オンカジ|スロット|娱乐城|赌场|博彩|百家乐|老虎机|彩票|体育投注|카지노|바카라|토토|슬롯|먹튀",
    "drugs": r"viagra|cialis|levitra|sildenafil|tadalafil|vardenafil|kamagra|xanax|tramadol|ambien|modafinil|"
    r"potenzmittel|виагра|сиалис|バイアグラ|伟哥|비아그라|steroids?|pharmacy|apotheke|farmacia",
    "loans": r"payday|loans?|microloans?|creditos?|préstamos?|empréstimos?|pinjaman|pożyczk\w*|chwilówk\w*|"
    r"микрозайм\w*|займ\w*|sofortkredit|kredite|lån|forbrukslån|pikavipp\w*|キャッシング|贷款|대출",
    "sex": r"porn\w*|xxx|escorts?|sex|sexcam\w*|webcams?|hentai|bokep|эскорт|проститутки|порно|escortbayan|"
    r"エロ|デリヘル|成人|情色|av女优|야동",
    "counterfeits": r"replicas?|louboutin|outlet|rolex|vuitton|gucci|moncler|uggs?|ブランド|コピー|スーパーコピー|偽物",
}
_NO_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words, but for scripts that put no space between them."""
    spaced = [word for word in words.split("|") if not _NO_SPACES.search(word)]
    joined = [word for word in words.split("|") if _NO_SPACES.search(word)]
    return re.compile("|".join((rf"\b(?:{'|'.join(spaced)})\b", *joined)), re.I)


TRADES: Mapping[str, re.Pattern[str]] = {name: _pattern(words) for name, words in _TRADES.items()}

_LONGEST = 20_000
_FEWEST_DIFFERENT = 2
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade, and the words of it that a page uses most, a few."""

    name: str
    words: tuple[str, ...]


def of(titles: str, text: str) -> Trade | None:
    """The trade that a page is there for: five mentions in its text, of two words, and one in its titles."""
    for name, pattern in TRADES.items():
        if not pattern.search(titles):
            continue
        used = Counter(match[0].casefold() for match in pattern.finditer(text[:_LONGEST]))
        if len(used) >= _FEWEST_DIFFERENT and used.total() >= _FEWEST:
            return Trade(name, tuple(word for word, _ in used.most_common(3)))
    return None


def mentions(trade: str, text: str) -> bool:
    """Whether a text has a word of that trade at all."""
    return TRADES[trade].search(re.sub(r"[-_/.]", " ", text)) is not None
