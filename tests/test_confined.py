"""Work in a process of its own ends when it takes too long or too much, and the next is done all the same."""

from __future__ import annotations

from linkcheck.confined import ask

MODULE = "tests.slow_answers"


def test_an_answer_comes_back_whole_however_large_the_question() -> None:
    assert ask(MODULE, b"x" * 3_000_000).lines == ("got 3000000",)
    assert ask(MODULE, b"").ended == ""


def test_what_takes_too_long_is_ended_and_the_next_is_answered() -> None:
    answer = ask(MODULE, b"for ever", seconds=1)
    assert "longer than 1 second" in answer.ended
    assert ask(MODULE, b"x").lines == ("got 1",)


def test_what_takes_too_much_memory_is_ended_and_the_next_is_answered() -> None:
    assert "memory" in ask(MODULE, b"much").ended
    assert ask(MODULE, b"x") == ask(MODULE, b"y")
