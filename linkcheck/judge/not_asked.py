"""It was not asked, or our own side kept us from asking: nothing is known, so nothing is said against it."""

from __future__ import annotations

from linkcheck.judge.case import Case, Reason
from linkcheck.model import FailureKind, State, Verdict

NOT_ASKED = Verdict(State.UNKNOWN, "not-asked", "It has not been asked yet.")

_SENTENCES = {
    FailureKind.OFFLINE: "We seem to be offline",
    FailureKind.NOT_REACHED: "The run ended before it was asked",
    FailureKind.UNSAFE_ADDRESS: "It was not asked, because it leads to a private address",
    FailureKind.UNSUPPORTED_SCHEME: "It was not asked, because it is neither http nor https",
    FailureKind.EXCLUDED: "It was not asked, because the settings exclude it",
    FailureKind.MISSING_VARIABLE: "It was not asked, because a header that the settings want sent is not there",
    FailureKind.PROXY: "The proxy between us and the web refused to ask it",
}

REASONS = (
    Reason(
        "not-asked",
        (State.UNKNOWN,),
        "Nobody has asked this source yet, so nothing is known of it.",
        "Run `linkcheck check`.",
    ),
    Reason(
        FailureKind.OFFLINE.value,
        (State.UNKNOWN,),
        "We are offline: control hosts that surely exist could not be reached either. What was known before stays.",
        "Run again when the network is there.",
    ),
    Reason(
        FailureKind.NOT_REACHED.value,
        (State.UNKNOWN,),
        "The run was interrupted, or its time was up, before this source was asked.",
        "Run again, or allow the run more time.",
    ),
    Reason(
        FailureKind.UNSAFE_ADDRESS.value,
        (State.UNKNOWN,),
        "The address, or one it redirects to, is private (loopback, local network, cloud metadata). A document from a "
        "stranger must not make this machine knock on its own network, so nothing was sent.",
        "If the source is meant to be on your own network, name its host with `--allow-private HOST`. Readers "
        "elsewhere will not reach it.",
    ),
    Reason(
        FailureKind.UNSUPPORTED_SCHEME.value,
        (State.UNKNOWN,),
        "The address is neither http nor https, and linkcheck asks nothing else.",
        "Look at it by hand, or cite an address on the web.",
    ),
    Reason(
        FailureKind.EXCLUDED.value,
        (State.UNKNOWN,),
        "Your settings leave this source out.",
        "Nothing, or change the settings.",
    ),
    Reason(
        FailureKind.MISSING_VARIABLE.value,
        (State.UNKNOWN,),
        "Your settings send this host a header whose value stands in an environment variable, and the variable is not "
        "set or empty. What the host says to strangers, a 404 perhaps, would not be what it says to you, so it was not "
        "asked.",
        "Set the variable (in CI: give the step the secret; runs for forks have none), or take the header out of the "
        "settings.",
    ),
    Reason(
        FailureKind.PROXY.value,
        (State.UNKNOWN,),
        "The proxy that stands between this machine and the web refused to pass the request on. The source itself was "
        "never asked.",
        "Ask whoever runs the proxy, or run from another network.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``unknown`` where the failure is on our side."""
    kind = case.observation.failure
    if kind not in _SENTENCES:
        return None
    message = case.observation.failure_message.strip().rstrip(".")
    sentence = _SENTENCES[kind]
    return case.verdict(State.UNKNOWN, kind.value, f"{sentence}: {message}." if message else f"{sentence}.")
