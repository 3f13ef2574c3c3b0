"""Names: what the system's resolver says, and when it is believed."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from linkcheck.model import FailureKind
from linkcheck.web.resolver import look_up

NO_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
NO_ANSWER = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
FOUND = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]


def resolver(monkeypatch: pytest.MonkeyPatch, answers: Sequence[object]) -> list[bytes]:
    """The system's resolver, giving these answers one after another; the names it was asked for."""
    asked: list[bytes] = []
    coming = iter(answers)

    def getaddrinfo(host: bytes, *_: object, **__: object) -> object:
        asked.append(host)
        answer = next(coming)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_no_such_host_is_believed_at_the_second_answer_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolver(monkeypatch, [NO_NAME, NO_NAME])
    assert look_up("gone.example").failure is FailureKind.NO_SUCH_HOST
    assert asked == [b"gone.example", b"gone.example."]


@pytest.mark.parametrize("answers", [(NO_NAME, NO_ANSWER), (NO_ANSWER, NO_NAME)])
def test_one_no_and_one_silence_are_no_answer(monkeypatch: pytest.MonkeyPatch, answers: tuple[object, ...]) -> None:
    resolver(monkeypatch, answers)
    assert look_up("flaky.example").failure is FailureKind.DNS_NO_ANSWER


def test_the_second_answer_may_be_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver(monkeypatch, [NO_NAME, FOUND])
    found = look_up("search-domain.example")
    assert (found.addresses, found.failure) == (("93.184.216.34",), None)


def test_an_address_is_nobodys_question(monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolver(monkeypatch, []) == []
    assert look_up("127.0.0.1").addresses == ("127.0.0.1",)
