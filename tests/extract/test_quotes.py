"""Quotes are laid to a link of their own sentence, or to none: a wrong one would call a healthy source drifted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.citing.quotes import quoted, quoted_in_paragraphs
from linkcheck.extract import sources
from tests.extract.places import cited

WORDS = "we will never talk to them again"
QUOTE = f"“{WORDS}”"


def said(marked: str) -> list[tuple[str, ...]]:
    """What is quoted from each link of a sentence in which links stand as ``[[…]]``."""
    text, links = "", []
    for piece in re.split(r"(\[\[.*?\]\])", marked):
        if piece.startswith("[["):
            links.append((len(text), len(text) + len(piece) - 4))
        text += piece[2:-2] if piece.startswith("[[") else piece
    return quoted(text, links)


TAKEN = [
    ("said in", f"{QUOTE}, Smith said in [[an interview]]."),
    ("American style: the comma inside is not the quote's", "“we will never talk to them again,” said [[the paper]]."),
    ("a full stop inside, and a footnote", "He said “we will never talk to them again.”[[1]]"),
    ("a full stop inside, and brackets", "He said “we will never talk to them again.” ([[CNN]])"),
    ("brackets right behind, no word of saying", f"It is known for {QUOTE} ([[CNN]])."),
    ("brackets that say what they hold", f"It is known for {QUOTE} (Source: [[CNN]])."),
    ("a bare URL right behind", f"He said {QUOTE}: [[https://a.example/]]"),
    ("straight marks", f'He said "{WORDS}" in [[the paper]].'),
    ("single marks", f"He said ‘{WORDS}’ in [[the paper]]."),
    ("angled marks", f"Il a dit « {WORDS} », selon [[Le Monde]]."),
    ("German marks", f"Er sagte „{WORDS}“ in [[der Zeitung]]."),
    ("angled marks turned round", f"Er sagte »{WORDS}« in [[der Zeitung]]."),
    ("within the words of the link", f"[[{QUOTE}, Smith said]] in May."),
    ("behind the saying that is the link", f"[[Smith told CNN]] that {QUOTE}."),
    ("a question mark and more of the sentence", f"“Well? {WORDS[0]}{WORDS[1:]}” he said in [[the paper]]."),
    ("another link in another sentence", f"A [[book]] came out. He said {QUOTE} in [[the paper]]."),
    ("an abbreviation is no end of a sentence", f"{QUOTE}, Mr. Smith of the U.S. told [[the paper]]."),
]

LEFT = [
    ("two links, either may be meant", f"He said {QUOTE}.[[1]][[2]]"),
    ("a link before and one behind", f"[[Jones said]] no, while Smith said {QUOTE} in [[the paper]]."),
    ("a link on what else the speaker did", f"{QUOTE}, said Smith, who [[joined the firm]] in 2010."),
    ("a link on what else the speaker did, before", f"Smith, who [[was indicted]] in May, said {QUOTE}."),
    ("a link to something else, before", f"After [[the election]] of May, he said {QUOTE}."),
    ("a link in the next sentence", f"He said {QUOTE}. [[Another paper]] says less."),
    ("a link in the next sentence, full stop inside", "He said “we will never talk to them again.” [[Others]] did."),
    ("a link in the sentence before", f"This is [[the paper]]. He said {QUOTE}."),
    ("the number of a note behind the quote", f"He wrote {QUOTE}.2 Both stand [[there]]."),
    (
        "the number of a note behind the full stop in it",
        "He wrote “we will never talk to them again.”2 It is [[there]].",
    ),
    ("the number of a note in brackets", f"He wrote {QUOTE}.[2] Both stand [[there]]."),
    ("a raised number of a note", f"He wrote {QUOTE}.² Both stand [[there]]."),
    ("the number of a note in the sentence between", f"He wrote {QUOTE} and left.12 Both stand [[there]]."),
    ("a link far off", f"{QUOTE}, he said{' and on' * 13} in [[the paper]]."),
    ("scare quotes", "The “so called deal” was told to [[the paper]]."),
    ("a title of a work", "He said it in “The Decline of the Long Sentence” ([[link]])."),
    (
        "a title that begins as a sentence",
        "Smith, “The decline of the long sentence,” Journal, [[https://a.example/]].",
    ),
    ("what a paper is called", "He wrote the paper “attention is all you need” ([[link]])."),
    ("the link is the title", f"He said it in [[{QUOTE}]]."),
    ("code", 'It says "call foo(bar) with the name" in [[the docs]].'),
    ("an odd mark", f'He said "{WORDS}" of 5" in [[the paper]].'),
    ("marks that may end anywhere", "He said ‘the soldiers’ pay is low’ in [[the paper]]."),
    ("no word of saying and not right behind", f"The {QUOTE} of May is in [[the paper]]."),
]


@pytest.mark.parametrize(("what", "sentence"), TAKEN, ids=[what for what, _ in TAKEN])
def test_a_quote_belongs_to_the_link(what: str, sentence: str) -> None:
    quotes = said(sentence)
    assert [each for each in quotes if each] == [quotes[-1]]
    (words,) = quotes[-1]
    assert words.removeprefix("Well? ") == WORDS


@pytest.mark.parametrize(("what", "sentence"), LEFT, ids=[what for what, _ in LEFT])
def test_what_is_not_plain_is_left_out(what: str, sentence: str) -> None:
    assert not any(said(sentence))


def test_nested_marks_stay_in_the_quote_and_ellipses_at_its_end() -> None:
    assert said("“he said ‘we will never’ to us …,” Smith wrote in [[May]].") == [("he said ‘we will never’ to us …",)]
    assert said('"he never said that to us...", Smith wrote in [[May]].') == [("he never said that to us...",)]


def test_several_quotes_of_one_source_are_all_its_own() -> None:
    assert said(f"He said {QUOTE} and “not in a hundred years” in [[the paper]].") == [
        (WORDS, "not in a hundred years"),
    ]


DOCUMENTS = {
    ("markdown", f"He said {QUOTE} in [the *paper*](https://a.example/), and [more](https://b.example/)."): [1, 0],
    ("markdown", f"He said {QUOTE}\n(<https://a.example/>)."): [1],
    ("markdown", f"He said {QUOTE}.[^n] [More](https://b.example/).\n\n[^n]: See https://a.example/"): [0, 1],
    ("markdown", f"He said {QUOTE}.[^n] And[^n].\n\n[^n]: See https://a.example/"): [0],
    ("markdown", f"He said {QUOTE}.[^n]\n\n[^n]: https://a.example/ or https://b.example/"): [0, 0],
    ("markdown", f"Smith [told it][n] that {QUOTE}.\n\n[n]: https://a.example/"): [1],
    ("markdown", f"He said `{QUOTE}` there.\n\n[more](https://a.example/)"): [0],
    ("html", f'<p>He said {QUOTE} in <a href="https://a.example/">the <b>paper</b></a>.'): [1],
    ("html", f'<p>He said &ldquo;{WORDS}&rdquo; in <a href="https://a.example/">it</a>.'): [1],
    ("html", f'<p>He said <q>{WORDS}</q> in <a href="https://a.example/">the paper</a>.'): [1],
    ("html", f'<p>He said {QUOTE}.</p><p>(<a href="https://a.example/">the paper</a>)'): [0],
    ("html", f'<div>He said {QUOTE} <p>in</p> (<a href="https://a.example/">the paper</a>)</div>'): [1],
    (
        "html",
        f'<p>He said {QUOTE}.<sup><a href="#f1">1</a></sup><ol><li id="f1">See <a href="https://a.example/">it</a>.',
    ): [1],
    (
        "html",
        f'<p>He said {QUOTE}.<a href="#f1">1</a><li id="f1"><a href="https://a.example/">a</a> '
        '<a href="https://b.example/">b</a>',
    ): [0, 0],
    ("html", f'<p>He said {QUOTE} in <img src="https://a.example/">'): [0],
    ("text", f"He said {QUOTE.replace(' ', chr(10), 1)} (https://a.example/), and went."): [1],
    ("text", f"He said {QUOTE}\n\nhttps://a.example/"): [0],
    ("text", f"- He said {QUOTE}\n- https://a.example/"): [0],
}


@pytest.mark.parametrize(("name", "text"), DOCUMENTS)
def test_every_format_lays_quotes_to_its_links(name: str, text: str) -> None:
    found = cited(name, text)
    assert [len(each.quotes) for each in found] == DOCUMENTS[name, text]
    assert {each.quotes for each in found if each.quotes} <= {(WORDS,)}


def test_a_quotation_that_names_its_source_is_no_guess() -> None:
    page = (
        f'<blockquote cite="https://a.example/">“{WORDS},” he said in <a href="https://b.example/">it</a>.</blockquote>'
    )
    quoting, linking = cited("html", page)
    assert (len(quoting.quotes), quoting.loose) == (1, ())
    assert (linking.quotes, linking.loose) == ((WORDS,), ())


def test_a_short_quote_of_the_sentence_may_be_somebody_elses_and_is_loose() -> None:
    (only,) = cited("text", "He called it “a deal for ages” (https://a.example/).")
    assert (only.quotes, only.loose) == ((), ("a deal for ages",))


def test_the_list_that_extract_writes_has_them_as_quotes() -> None:
    (link,) = cited("markdown", f"He said {QUOTE} in [the paper](https://a.example/).")
    assert f"    > {WORDS}\n" in sources.dumps([link])


PIECES = [*"“”«»„‘’\"'.,;:?()[] \n", "said", "who", QUOTE, "https://a.example/", " he wrote ", "\n\n- "]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.data())
def test_whatever_is_quoted_stands_in_the_text(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    links = list(zip(ends[::2], ends[1::2], strict=False))
    flat = " ".join(text.split())
    for quotes in (*quoted(text, links), *quoted_in_paragraphs(text, links)):
        assert all(words in flat for words in quotes)


@pytest.mark.parametrize(
    "text", ['"a b c d e" ' * 2_000, "“" * 20_000, "‘a’ " * 5_000, "said. " * 4_000, "“a ‘b” " * 3_000]
)
def test_strange_paragraphs_are_read(text: str) -> None:
    assert len(quoted(text[:19_000], [(place, place + 1) for place in range(0, 19_000, 100)])) == 190


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_single_line_end_of_any_kind_is_no_blank_line(end: str) -> None:
    (only,) = cited("text", f"He said that{end}“we will never talk to them again”{end}(https://a.example/).{end}")
    assert only.quotes == ("we will never talk to them again",)
