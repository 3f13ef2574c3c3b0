"""A tree of Markdown and HTML files as people keep them, the same every time; written by chance from a fixed seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

_SEED = 20_261_125
_SENTENCES = 6_000
_FOLDERS = 100


def _listed(words: str) -> list[str]:
    return words.split()


_NOUNS = _listed(
    "archive article bridge budget bulletin capture census charter chapter citation clause climate column committee "
    "council court crawler currency dataset deadline decade document drought editor election engine estimate evidence "
    "factory figure flood forest framework glacier grant harbour hearing index inquiry interview island journal "
    "kernel ledger letter library licence lighthouse machine manual market memo ministry minute model museum network "
    "newspaper notebook number observer office outcome page paper parliament parser passage patch permit pipeline "
    "policy port press printer problem proposal province query railway record register release report reservoir "
    "review river route satellite schedule school sensor server signal source station statute storm street study "
    "survey system table tariff temperature test timetable treaty tribunal tunnel update valley vessel village volume "
    "voter warning water weather window witness café naïveté Zürich Łódź São Paulo"
)
_VERBS = _listed(
    "accepts adds agrees allows answers appears argues asks becomes begins belongs brings builds calls carries changes "
    "claims compares confirms contains covers denies depends describes differs ends explains fails finds follows gives "
    "grows happens holds includes keeps leads leaves lists makes means measures mentions moves needs notes opens "
    "passes points promises proves publishes puts reads refers rejects remains reports returns says seems serves shows "
    "stands starts states stays stops supports takes tells turns uses warns writes"
)
_OTHERS = _listed(
    "old new early late public private annual local national large small long short common first second third last "
    "former present recent entire single double careful certain clear direct final full general partial quiet rapid "
    "rare remote rough severe simple slow steady strong usual weak wide"
)
_SMALL = ("the", "a", "this", "that", "its", "their", "one", "each", "some", "no", "every", "another")
_LINKS = (
    "of",
    "in",
    "for",
    "with",
    "under",
    "over",
    "after",
    "before",
    "between",
    "against",
    "from",
    "to",
    "into",
    "about",
    "without",
    "through",
)
_LINK, _FOOTNOTE, _DEFINITION, _BARE, _CODE, _TABLE, _CANONICAL, _NOTE, _CITE, _PICTURE = (
    "link",
    "footnote",
    "definition",
    "bare",
    "code",
    "table",
    "canonical",
    "note",
    "cite",
    "picture",
)
_HOSTS = [f"{noun}.internal" for noun in _NOUNS[:120] if noun.isascii() and noun.islower()]


@dataclass(slots=True)
class Written:
    """What was written: files, bytes, and of every address in what it stands (``link``, ``code``, ``note`` …)."""

    files: int = 0
    size: int = 0
    urls: dict[str, str] = field(default_factory=dict)


def write(folder: Path, files: int, size: int) -> Written:
    """Half of the files are Markdown, half HTML, of about ``size`` bytes each."""
    chance = random.Random(_SEED)
    prose = [_sentence(chance) for _ in range(_SENTENCES)]
    for number in range(_FOLDERS):
        (folder / f"{number:02d}").mkdir(parents=True, exist_ok=True)
    written = Written(files)
    for number in range(files):
        page = (_Html if number % 2 else _Markdown)(chance, prose, number)
        content = page.whole(round(size * chance.uniform(0.6, 1.4))).encode()
        (folder / f"{number % _FOLDERS:02d}" / f"{number:05d}{page.SUFFIX}").write_bytes(content)
        written.size += len(content)
        written.urls |= page.urls
    return written


def _sentence(chance: random.Random) -> str:
    words: list[str] = []
    for clause in range(chance.randint(1, 3)):
        if clause:
            words[-1] += chance.choice([",", ",", ";", " –", ", which"])
        words += [chance.choice(_SMALL), chance.choice(_OTHERS), chance.choice(_NOUNS), chance.choice(_VERBS)]
        words += [chance.choice(_LINKS), chance.choice(_SMALL), chance.choice(_NOUNS)]
        if chance.random() < 0.2:
            words.append(chance.choice(["(1,250 in all)", "in 1998", "by 3.5 %", "Mr. Hale's", "e.g. at 7:30", "it's"]))
    words[0] = words[0].capitalize()
    if chance.random() < 0.06:
        words.insert(len(words) // 2, f"“{' '.join(chance.choices(_NOUNS, k=6))}”, the editor said,")
    return " ".join(words) + chance.choice("....?!")


class _Page:
    """What both kinds of page are made of; a kind says how it writes each."""

    SUFFIX = ""

    def __init__(self, chance: random.Random, prose: list[str], number: int) -> None:
        self._chance = chance
        self._prose = prose
        self._number = number
        self._made = 0
        self._notes: list[str] = []
        self.urls: dict[str, str] = {}

    def whole(self, size: int) -> str:
        """A page of about that many bytes."""
        kinds = [self.paragraph, self.bullets, self.quotation, self.code, self.table, self.heading]
        pieces = [self.head()]
        length = len(pieces[0])
        while length < size:
            (kind,) = self._chance.choices(kinds, [55, 9, 5, 8, 5, 12])
            pieces.append(kind())
            length += len(pieces[-1])
        return "".join([*pieces, self.foot()])

    def url(self, kind: str) -> str:
        """An address that no other place of the tree has, as this kind of page writes it."""
        self._made += 1
        folder, name = self._chance.choice(_NOUNS[:100]), self._chance.choice(_OTHERS)
        tail = self._chance.choice(["", "", ".html", "/", "?page=2", "#part-3", "_(place)", "?a=1&b=2"])
        made = f"https://{self._chance.choice(_HOSTS)}/{folder}/{self._number}-{self._made}-{name}{tail}"
        self.urls[made] = f"{kind} in {'HTML' if self.SUFFIX == '.html' else 'Markdown'}"
        return self.written(made)

    def written(self, url: str) -> str:
        """An address as this kind of page writes it."""
        return url

    def words(self, count: int) -> str:
        """So many sentences in a row, one in four of them with a link or another mark."""
        return " ".join(
            self.marked(each) if self._chance.random() < 0.25 else each
            for each in self._chance.choices(self._prose, k=count)
        )

    def marked(self, sentence: str) -> str:
        """A sentence in which a word or two are marked up."""
        words = sentence.split(" ")
        at = self._chance.randrange(1, len(words) - 1)
        words[at] = self.mark(words[at])
        return " ".join(words)

    def _name(self) -> str:
        return f"the {self._chance.choice(_OTHERS)} {self._chance.choice(_NOUNS)}"

    def head(self) -> str:
        raise NotImplementedError

    def foot(self) -> str:
        raise NotImplementedError

    def mark(self, word: str) -> str:
        raise NotImplementedError

    def paragraph(self) -> str:
        raise NotImplementedError

    def bullets(self) -> str:
        raise NotImplementedError

    def quotation(self) -> str:
        raise NotImplementedError

    def code(self) -> str:
        raise NotImplementedError

    def table(self) -> str:
        raise NotImplementedError

    def heading(self) -> str:
        raise NotImplementedError


class _Markdown(_Page):
    SUFFIX = ".md"

    def head(self) -> str:
        front = f"---\ntitle: {self._name()}\ndate: 2026-03-0{self._number % 9 + 1}\ntags: [one, two]\n---\n\n"
        return (front if self._number % 4 == 0 else "") + f"# {self._name().capitalize()}\n\n"

    def foot(self) -> str:
        return "".join(f"{note}\n" for note in self._notes)

    def mark(self, word: str) -> str:
        kind = self._chance.randrange(10)
        if kind < 3:
            return f"[{self._name()}]({self.url(_LINK)}) {word}"
        if kind == 3:
            self._notes.append(f"[^{self._made}]: {self._chance.choice(self._prose)} <{self.url(_FOOTNOTE)}>\n")
            return f"{word}[^{self._made - 1}]"
        if kind == 4:
            label = f"{self._name()} {self._made}"
            self._notes.append(f'[{label}]: {self.url(_DEFINITION)} "{self._name()}"')
            return f"[{word}][{label}]"
        if kind == 5:
            return f"{word} ({self.url(_BARE)})"
        return [f"*{word}*", f"**{word}**", f"`{word}_{kind}()`", f"{word} [see below](#{word.strip('(').lower()})"][
            kind - 6
        ]

    def paragraph(self) -> str:
        text = self.words(self._chance.randint(2, 7))
        if self._number % 3:  # an editor that breaks lines
            words, lines, line = text.split(" "), [], ""
            for word in words:
                if len(line) + len(word) > 78:
                    lines.append(line)
                    line = word
                else:
                    line = f"{line} {word}" if line else word
            text = "\n".join([*lines, line])
        return f"{text}\n\n"

    def bullets(self) -> str:
        return "".join(f"- {self.words(1)}\n" for _ in range(self._chance.randint(3, 7))) + "\n"

    def quotation(self) -> str:
        return "".join(f"> {each}\n" for each in self._chance.choices(self._prose, k=3)) + "\n"

    def code(self) -> str:
        lines = (f"    {self._chance.choice(_NOUNS[:90])}[{each}] = get('{self.url(_CODE)}')" for each in range(6))
        return "```python\ndef run(x):\n" + "\n".join(lines) + "\n```\n\n"

    def table(self) -> str:
        rows = (f"| {self._name()} | {each * 37} | [{self._name()}]({self.url(_TABLE)}) |" for each in range(6))
        return "| name | count | source |\n|---|--:|---|\n" + "\n".join(rows) + "\n\n"

    def heading(self) -> str:
        return f"{'#' * self._chance.randint(2, 4)} {self._name().capitalize()}\n\n"


class _Html(_Page):
    SUFFIX = ".html"

    def written(self, url: str) -> str:
        return url.replace("&", "&amp;")

    def head(self) -> str:
        menu = "".join(f'<li class="menu-item"><a href="/{each}/">{each}</a></li>\n' for each in _NOUNS[:12])
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{self._name()}</title>\n'
            f'<link rel="stylesheet" href="/css/main.css">\n<link rel="canonical" href="{self.url(_CANONICAL)}">\n'
            "<style>body { margin: 0; font: 16px/1.5 sans-serif } a { color: #036 }</style>\n"
            f"<script>window.page = {{ id: {self._number}, next: '/page?a=b' }};</script>\n</head>\n<body>\n"
            f'<nav class="top"><ul>\n{menu}</ul></nav>\n<main>\n<h1>{self._name()}</h1>\n'
        )

    def foot(self) -> str:
        notes = "".join(f"{note}\n" for note in self._notes)
        return (
            f'<ol class="notes">\n{notes}</ol>\n</main>\n<footer><p>© {self._name()}</p></footer>\n</body>\n</html>\n'
        )

    def mark(self, word: str) -> str:
        kind = self._chance.randrange(10)
        if kind < 4:
            return f'<a href="{self.url(_LINK)}" class="link">{self._name()}</a> {word}'
        if kind == 4:
            note = f"n{self._made}"
            link = f'<a href="{self.url(_NOTE)}">{self._name()}</a>'
            self._notes.append(f'<li id="{note}">{self._chance.choice(self._prose)} {link}</li>')
            return f'{word}<sup><a href="#{note}">{len(self._notes)}</a></sup>'
        if kind == 5:
            return f"{word} ({self.url(_BARE)})"
        return [
            f"<em>{word}</em>",
            f"<strong>{word}</strong>",
            f"<code>{word}</code>",
            f'<span class="x">{word}</span>',
        ][kind - 6]

    def paragraph(self) -> str:
        return f"<p>{self.words(self._chance.randint(2, 7))}</p>\n"

    def bullets(self) -> str:
        items = "".join(f"  <li>{self.words(1)}</li>\n" for _ in range(self._chance.randint(3, 7)))
        return f"<ul>\n{items}</ul>\n"

    def quotation(self) -> str:
        said = " ".join(self._chance.choices(self._prose, k=2))
        return f'<blockquote cite="{self.url(_CITE)}"><p>{said}</p></blockquote>\n'

    def code(self) -> str:
        lines = "\n".join(f"  {self._chance.choice(_NOUNS[:90])}[{each}] &lt;- {each * 3};" for each in range(6))
        return f"<pre><code>{lines}</code></pre>\n"

    def table(self) -> str:
        links = (f'<a href="{self.url(_TABLE)}">{self._name()}</a>' for _ in range(6))
        rows = "".join(
            f"<tr><td>{self._name()}</td><td>{number * 37}</td><td>{link}</td></tr>\n"
            for number, link in enumerate(links)
        )
        head = "<thead><tr><th>name</th><th>count</th><th>source</th></tr></thead>"
        return f"<table>\n{head}\n<tbody>\n{rows}</tbody>\n</table>\n"

    def heading(self) -> str:
        level = self._chance.randint(2, 4)
        heading = f'<h{level} id="s{self._made}">{self._name()}</h{level}>\n'
        if self._chance.random() < 0.8:
            return heading
        return f'{heading}<figure><img src="{self.url(_PICTURE)}" alt=""><figcaption>x</figcaption></figure>\n'
