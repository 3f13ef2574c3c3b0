"""The words of the nouns: states, and why a request brought no answer."""

from __future__ import annotations

from enum import StrEnum

Headers = tuple[tuple[str, str], ...]
"""Header fields in the order they came, names as written."""


class State(StrEnum):
    """The whole vocabulary of verdicts, worst first."""

    DEAD = "dead"
    DRIFTED = "drifted"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILING = "failing"
    UNKNOWN = "unknown"
    ALIVE = "alive"

    @property
    def rank(self) -> int:
        """0 for the worst; sorts a report."""
        return list(State).index(self)


class FailureKind(StrEnum):
    """Why a request brought no answer. The values are also the reasons of the verdicts they lead to."""

    NO_SUCH_HOST = "no-such-host"
    DNS_NO_ANSWER = "dns-no-answer"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_RESET = "connection-reset"
    UNREACHABLE = "host-unreachable"
    TIMEOUT = "timeout"
    TLS_EXPIRED = "tls-expired"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_PROTOCOL = "tls-protocol"
    MALFORMED_ANSWER = "malformed-answer"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    PROXY = "proxy-refused"
    UNSAFE_ADDRESS = "unsafe-address"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    EXCLUDED = "excluded"
    MISSING_VARIABLE = "missing-variable"
    OFFLINE = "offline"
    NOT_REACHED = "not-reached"
