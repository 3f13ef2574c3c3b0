"""When what goes to stdout is in colour: on a terminal, unless the environment says otherwise."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TextIO

import pytest

from linkcheck.commands._telling import colour


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[TextIO]:
    """A real terminal to write to, in an environment that says nothing of colours."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    held, given = os.openpty()
    with os.fdopen(given, "w") as stdout:
        yield stdout
    os.close(held)


def test_a_terminal_has_colours(terminal: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", terminal)
    assert colour()
    monkeypatch.setenv("NO_COLOR", "")  # empty, it says nothing (no-color.org)
    assert colour()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("NO_COLOR", "0"), ("TERM", "dumb")])
def test_a_terminal_has_none_where_they_are_refused(
    terminal: TextIO, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv(name, value)
    assert not colour()


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("FORCE_COLOR", "1", True),
        ("FORCE_COLOR", "3", True),
        ("FORCE_COLOR", "0", False),
        ("FORCE_COLOR", "", False),
        ("CLICOLOR_FORCE", "1", True),
        ("CLICOLOR_FORCE", "0", False),
    ],
)
@pytest.mark.usefixtures("terminal")
def test_what_is_no_terminal_has_them_only_where_they_are_asked_for(
    name: str, value: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not sys.stdout.isatty()
    assert not colour()
    monkeypatch.setenv(name, value)
    assert colour() == asked
    # Who refuses them means it: NO_COLOR stands above what asks.
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour()
