"""Which words of a sentence are quoted from the source that it links to: shared by the formats. Pure.

A quote laid at the wrong door would call a healthy source drifted, so whatever is not plain is left out: scare quotes
and titles of works, links in another sentence, two links that could both be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

Span = tuple[int, int]

LEAST_WORDS = 4
_LONGEST = 1_000
# More is a table or a list without ends, no prose.
_LONGEST_PARAGRAPH = 20_000
_MOST_LINKS = 200
_MOST_PASSAGES = 100
_REACH = 12
"""Words that may stand between a quote and the link behind it: "…”, the minister told reporters in Oslo, (link)"."""

_CLOSING = {"“": "”", "«": "»", "„": "“”", "»": "«", "‘": "’", '"': '"'}
_OPENING = re.compile(r'(?<![\w”’])(?:[“„»‘"](?=\S)|«)')  # French has a space behind it
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LAST_WORD = re.compile(r"([^\W_]+(?:['’-][^\W_]+)*)[\s,:]*\Z")
_TRAILING = ".,;: \t\n"
_CODE = re.compile(r"://|[{}<>=\\|`$]|\w\(|\w_\w|--\w|\w/\w+/")

_SENTENCE_END = re.compile(
    r"(?=[.!?…。！？])(?:"  # most signs are none of these, and need no look at what follows
    r"[.!?…。！？]+[\"'”’»“)\]]*(?=\s|$)|[。！？]"
    # With the mark of a footnote behind it, as a PDF and a saved text have it: "exact”.1 A later letter".
    r"|[.!?…]+[\"'”’»)]+(?:\d{1,3}|[¹²³⁰⁴-⁹]+|\[\d{1,3}\])(?=\s|$)|[.!?…]+(?:[¹²³⁰⁴-⁹]+|\[\d{1,3}\])(?=\s|$)"
    r"|(?<=[\"”’»)])[.!?]\d{1,3}(?=\s|$)|(?<=[^\W\d_][^\W\d_])[.!?]\d{1,2}(?=\s+[“\"(]?[A-ZÀ-Ý]))"
)
_NEXT_SIGN = re.compile(r"\S")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|lt|col|sgt|rev|hon|st|no|vs|etc|jr|sr|inc|corp|co|ltd|jan|feb"
    r"|mar|apr|jun|jul|aug|sept?|oct|nov|dec|hr|fr|bzw|usw|mme|mm|sra?|dra?))\.\Z",
    re.I,
)
_BRACKET = re.compile(r"[\s.,;:!?]*[(\[<](?:\s*(?:see|source|via|read|from|quelle|fuente|fonte)\b[\s:]*)?\s*\Z", re.I)
_PARAGRAPH = re.compile(r"(?:\r\n|\r(?!\n)|\n)(?:[ \t]*(?:\r\n|\r(?!\n)|\n)|(?=[ \t]*(?:[-*•#>]|\d{1,3}[.)])[ \t]))")
_NO_WORDS = re.compile(r"[\s.,;:!?–—-]*\Z")
_NUMBERED = re.compile(r"[\s\[(]*(?:\d{1,3}|[a-z*†‡]|https?://\S+)[\s\])]*\Z", re.I)

# fmt: off
_SAYING = frozenset({
    "say", "says", "said", "saying", "told", "tells", "telling", "write", "writes", "wrote", "written", "writing",
    "state", "stated", "states", "statement", "argue", "argued", "argues", "claim", "claimed", "claims", "declare",
    "declared", "declares", "announced", "announces", "add", "added", "adds", "warn", "warned", "warns", "note",
    "noted", "notes", "insisted", "insists", "quoted", "quotes", "quoting", "replied", "replies", "answered",
    "responded", "explained", "explains", "tweeted", "posted", "remarked", "remarks", "according", "testified",
    "asserted", "asserts", "concluded", "concludes", "acknowledged", "admitted", "conceded", "promised", "vowed",
    "pledged", "reads", "asked", "described", "describes", "called", "calls", "interview", "speech", "recalled",
    "emphasized", "stressed", "observed", "sagte", "sagt", "schrieb", "schreibt", "erklärte", "erklärt", "laut",
    "zufolge", "betonte", "meinte", "heißt", "dit", "déclaré", "déclare", "écrit", "selon", "affirmé", "affirme",
    "expliqué", "explique", "annoncé", "dijo", "dice", "según", "declaró", "afirmó", "escribió", "explicó", "aseguró",
    "señaló", "disse", "diz", "segundo", "afirmou", "declarou", "escreveu", "detto", "secondo", "dichiarato",
    "scritto", "zei", "zegt", "volgens", "schreef", "verklaarde", "sa", "sade", "enligt", "skrev", "powiedział",
    "według", "сказал", "сказала", "заявил", "заявила", "заявили", "написал", "словам", "согласно", "отметил",
    "сообщил",
})
# What stands before the name of a work.
_WORKS = frozenset({
    "paper", "papers", "article", "book", "essay", "report", "study", "story", "post", "column", "titled", "entitled",
    "headlined", "headline", "title", "chapter", "song", "album", "film", "movie", "episode", "series", "podcast",
    "lecture", "thesis", "preprint", "piece", "section", "editorial", "op-ed", "poem", "novel", "documentary",
    "subtitled", "artikel", "buch", "aufsatz", "bericht", "livre", "rapport", "libro", "artículo", "artigo", "livro",
    "articolo", "статья", "статье", "книга", "книге",
})
# From here on the sentence speaks of something else: '“…”, said Smith, who joined the firm in 2010 (link)'.
_TURNS = frozenset({
    "who", "whose", "whom", "which", "where", "when", "while", "whereas", "after", "before", "because", "since",
    "although", "though", "but", "and", "until", "despite", "as", "der", "die", "das", "und", "aber", "während",
    "nachdem", "qui", "dont", "et", "mais", "pendant", "après", "que", "quien", "y", "pero", "mientras", "после",
    "который", "которая", "которые", "и", "но", "e", "ma", "mas",
})
_AND = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "o", "e", "и"})
# fmt: on


@dataclass(frozen=True, slots=True)
class _Passage:
    """A quoted passage: where its marks stand, and the words between them."""

    begin: int
    end: int
    words: str


def quoted(text: str, links: Sequence[Span]) -> list[tuple[str, ...]]:
    """Of each link the passages that its sentence quotes from it.

    Args:
        text: a paragraph as its readers see it.
        links: where in it the words of each link stand, or the bare URL; in order. An empty span is a link without
            words (a footnote mark that the format writes itself).
    """
    found: list[list[str]] = [[] for _ in links]
    if 0 < len(links) <= _MOST_LINKS and len(text) <= _LONGEST_PARAGRAPH:
        passages = list(islice(_passages(text), _MOST_PASSAGES))
        ends = _sentence_ends(text, passages, links) if passages else []
        for passage in passages:
            if (link := _source_of(passage, text, links, passages, ends)) is not None:
                found[link].append(" ".join(passage.words.split()))
    return [tuple(dict.fromkeys(quotes)) for quotes in found]


def quoted_in_paragraphs(text: str, links: Sequence[Span]) -> list[tuple[str, ...]]:
    """:func:`quoted` for the links of a plain text: they end at blank lines and where the item of a list begins."""
    if not _OPENING.search(text):
        return [()] * len(links)
    found: list[tuple[str, ...]] = []
    for paragraph, held in groupby(links, key=_paragraph_of(text)):
        begin, end = paragraph
        found += quoted(text[begin:end], [(first - begin, last - begin) for first, last in held])
    return found


def quoted_with_notes(text: str, links: Sequence[Span], notes: Sequence[tuple[int, Span]]) -> list[tuple[str, ...]]:
    """:func:`quoted_in_paragraphs` for a text that has its notes in it.

    The only source of a note that quotes nothing itself is the source of what stands at the note's mark.

    Args:
        text: with the words of the notes.
        links: as there.
        notes: where the mark of each stands, and from where to where its words; inside a sentence both are one place.
    """
    if not (notes and links):
        return quoted_in_paragraphs(text, links)
    bodies = sorted((body, mark) for mark, body in notes)
    starts = [begin for (begin, _), _ in bodies]
    held: dict[int, list[Span]] = {}
    for link in dict.fromkeys(links):
        number = bisect_right(starts, link[0]) - 1
        held.setdefault(number if number >= 0 and link[0] < bodies[number][0][1] else -1, []).append(link)
    pieces, position = [], 0
    for (begin, end), _ in bodies:
        if end > position:
            pieces += [text[position : max(begin, position)], " " * (end - max(begin, position))]
            position = end
    main = "".join((*pieces, text[position:]))
    spans = sorted({*held.pop(-1, []), *((mark, mark) for mark, _ in notes)})
    said = dict(zip(spans, quoted_in_paragraphs(main, spans), strict=True))
    for number, inside in held.items():
        (begin, end), mark = bodies[number]
        own = quoted_in_paragraphs(text[begin:end], [(first - begin, last - begin) for first, last in inside])
        said |= dict(zip(inside, own if any(own) or len(inside) > 1 else [said[mark, mark]], strict=True))
    return [said[link] for link in links]


def marked(paragraph: str) -> list[str]:
    """What a paragraph has in quotation marks that may be somebody's words, whoever's: no code, no title of a work.

    Two words are enough between real marks (“without preconditions”), four between ``"`` and ‘’, which are as often
    put around a word that is only meant so.
    """
    if len(paragraph) > _LONGEST_PARAGRAPH or not _OPENING.search(paragraph):
        return []
    found = []
    for passage in islice(_passages(paragraph), _MOST_PASSAGES):
        least = 2 if paragraph[passage.begin] in "“„«»" else LEAST_WORDS
        before = _LAST_WORD.search(paragraph[max(0, passage.begin - 40) : passage.begin])
        is_title = before is not None and before[1].lower() in _WORKS
        if len(_WORD.findall(passage.words)) >= least and not is_title and not _CODE.search(passage.words):
            found.append(" ".join(passage.words.split()))
    return found


def _paragraph_of(text: str) -> Callable[[Span], Span]:
    starts = [0, *(border.end() for border in _PARAGRAPH.finditer(text)), len(text)]

    def paragraph(link: Span) -> Span:
        number = bisect_right(starts, link[0], hi=len(starts) - 1)
        return starts[number - 1], starts[number]

    return paragraph


# ---------------------------------------------------------------- passages


def _passages(text: str) -> Iterator[_Passage]:
    """What stands between quotation marks, without what is quoted within it."""
    if text.count('"') % 2:
        text = text.replace('"', " ")  # an inch, or a mark that nobody closed: which is which cannot be told
    position = 0
    for _ in range(2 * _MOST_PASSAGES):
        opening = _OPENING.search(text, position)
        if opening is None:
            return
        begin = opening.start()
        end = _closing(text, begin)
        if end < 0:
            position = begin + 1
            continue
        words = text[begin + 1 : end].strip().rstrip(_TRAILING)
        if text[begin + 1 : end].rstrip().endswith(("...", ". . .")):
            words = text[begin + 1 : end].strip()
        yield _Passage(begin, end + 1, words)
        position = end + 1


def _closing(text: str, begin: int) -> int:
    """Where the mark stands that closes the one at ``begin``; -1 where that is not plain."""
    mark = text[begin]
    closing = _CLOSING[mark]
    depth = 0
    for place in range(begin + 1, min(len(text), begin + _LONGEST)):
        sign = text[place]
        if sign in closing and not (mark == "‘" and text[place + 1 : place + 2].isalnum()):
            if depth:
                depth -= 1
            elif mark == "‘" and "’" in _apostrophes_out(text[place + 1 : begin + _LONGEST]).partition("‘")[0]:
                return -1  # "the soldiers’ pay’": either may be the end
            else:
                return place
        elif sign == mark and mark not in '"»':
            depth += 1
    return -1


def _apostrophes_out(text: str) -> str:
    return re.sub(r"(?<=\w)’(?=\w)", "'", text)


def _is_quotation(passage: _Passage, text: str, said: bool, directly: bool) -> bool:
    """Whether a passage is somebody's words: long enough, no code, no title of a work.

    A title begins with a capital as a sentence does, so one that does needs a word of saying beside it.
    """
    words = _WORD.findall(passage.words)
    if len(words) < LEAST_WORDS or _CODE.search(passage.words):
        return False
    long = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    if long and sum(word[0].isupper() for word in long) > len(long) / 2:
        return False
    before = _LAST_WORD.search(text[max(0, passage.begin - 40) : passage.begin])
    if before and before[1].lower() in _WORKS:
        return False
    first = next((sign for sign in passage.words if sign.isalnum()), "")
    return said or (directly and first.islower())


# ---------------------------------------------------------------- whose words


def _source_of(
    passage: _Passage, text: str, links: Sequence[Span], passages: Sequence[_Passage], ends: Sequence[int]
) -> int | None:
    """The number of the link that the passage is quoted from, None where that is not plain."""
    number = bisect_left(ends, passage.end)
    begin = ends[number - 1] if number else 0
    end = ends[number] if number < len(ends) else len(text)
    said = _says(text, begin, end, passages)
    for each, (first, last) in enumerate(links):
        if first <= passage.begin and passage.end <= last:
            others = _WORD.findall(text[first : passage.begin] + " " + text[passage.end : last])
            around = any(word.lower() in _SAYING for word in others)
            # '[“The long telegram”](…)' is what the source is called.
            return each if _is_quotation(passage, text, around, False) else None
    after = next((each for each, (first, _) in enumerate(links) if first >= passage.end), None)
    if after is not None:
        between = text[_end_of_row(passage, text, passages) : links[after][0]]
        directly = _stands_directly(between, text[slice(*links[after])], links[after][0] <= end)
        if (directly or links[after][0] < end) and _follows(between, directly, passage, text, links, after, begin):
            return after if _is_quotation(passage, text, said, directly) else None
        if links[after][0] < end:
            return None
    return _told_before(passage, text, links, begin, end)


def _end_of_row(passage: _Passage, text: str, passages: Sequence[_Passage]) -> int:
    """Where the last of the quotes ends that are strung together: "“…” and “…”"."""
    end = passage.end
    for other in passages:
        if other.begin >= end:
            between = text[end : other.begin]
            if len(between) > 8 or not {word.lower() for word in _WORD.findall(between)} <= _AND:
                break
            end = other.end
    return end


def _says(text: str, begin: int, end: int, passages: Sequence[_Passage]) -> bool:
    """Whether a word of saying stands in the sentence, outside the quotation marks."""
    outside = []
    for passage in passages:
        if begin <= passage.begin < end:
            outside.append(text[begin : passage.begin])
            begin = passage.end
    outside.append(text[begin : max(begin, end)])
    return any(word.lower() in _SAYING for piece in outside for word in _WORD.findall(piece))


def _stands_directly(between: str, words: str, same_sentence: bool) -> bool:
    """Whether a link stands right behind a quote: in brackets, as a number, as a bare URL."""
    if len(between) > 40:
        return False
    if _BRACKET.match(between):
        return True
    return bool(_NO_WORDS.match(between)) and (same_sentence or bool(_NUMBERED.match(words)) or not words)


def _follows(
    between: str,
    directly: bool,
    passage: _Passage,
    text: str,
    links: Sequence[Span],
    after: int,
    begin: int,
) -> bool:
    """Whether nothing but the quote's own attribution stands between it and the link, and no rival beside that."""
    last = links[after][1]
    if after + 1 < len(links) and not _WORD.search(text[last : links[after + 1][0]]) and links[after + 1][0] - last < 8:
        is_mark, is_next_mark = (
            not text[slice(*each)] or _NUMBERED.match(text[slice(*each)]) for each in links[after : after + 2]
        )
        if is_next_mark or not is_mark:
            return False  # "“…” [1][2]": either may be the source
    if directly:
        return True
    if any(begin <= start and stop <= passage.begin for start, stop in links):
        return False  # "[Smith said](…) that “…”, while [Jones](…) …"
    words = [word.lower() for word in _WORD.findall(between)]
    return (
        len(words) <= _REACH and not _TURNS.intersection(words) and ";" not in between and not _OPENING.search(between)
    )


def _told_before(passage: _Passage, text: str, links: Sequence[Span], begin: int, end: int) -> int | None:
    """The only link of the sentence, where it is the saying that the quote follows: "[told CNN](…) that “…”"."""
    inside = [each for each, (start, _) in enumerate(links) if begin <= start < end]
    if len(inside) != 1 or links[inside[0]][1] > passage.begin:
        return None
    first, last = links[inside[0]]
    between = text[last : passage.begin]
    link = [word.lower() for word in _WORD.findall(text[first:last])]
    words = [word.lower() for word in _WORD.findall(between)]
    before = [word.lower() for word in _WORD.findall(text[begin:first])][-2:]
    says = any(word in _SAYING for word in (*link, *words[:1]))
    if not says or len(words) > 3 or (_TURNS - {"as"}).intersection([*before, *words]) or "," in between.rstrip(" ,"):
        return None
    return inside[0] if _is_quotation(passage, text, True, False) else None


def _sentence_ends(text: str, passages: Sequence[_Passage], links: Sequence[Span]) -> list[int]:
    """Where sentences end: not within quotation marks, links or after an abbreviation. What is unclear is an end."""
    taken = sorted([(each.begin, each.end) for each in passages] + list(links))
    ends: list[int] = []
    held = 0
    for stop in _SENTENCE_END.finditer(text):
        while held < len(taken) and taken[held][1] < stop.end():
            held += 1
        inside = any(begin < stop.start() and stop.end() < end for begin, end in taken[held : held + 3])
        if inside or (stop[0] == "." and _ABBREVIATION.search(text[max(0, stop.start() - 12) : stop.end()])):
            continue
        following = _NEXT_SIGN.search(text, stop.end())
        if following and following[0].islower():
            continue  # "“Will you?” he asked"
        ends.append(stop.end())
    return ends
