"""Is it the source, or is it us? Told from what a run saw and from control hosts that surely exist. Pure.

Offline wears masks: a resolver that says "no such host" to every name, connections refused everywhere, a proxy or
captive portal that answers in everybody's place. Two things cannot be faked: a control name that resolves, and an
answer over TLS with a certificate that we trust. Without them a failure is not held against a source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from linkcheck import uri
from linkcheck.model import FailureKind, Observation

_DNS = frozenset({FailureKind.NO_SUCH_HOST, FailureKind.DNS_NO_ANSWER})
_NAMELESS = _DNS | {FailureKind.UNSAFE_ADDRESS}
"""A captive portal's resolver gives every name one private address."""

_OURS = frozenset(
    {
        FailureKind.UNSUPPORTED_SCHEME,
        FailureKind.EXCLUDED,
        FailureKind.MISSING_VARIABLE,
        FailureKind.OFFLINE,
        FailureKind.NOT_REACHED,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of our own line to the world.

    Attributes:
        resolves: a control name resolved.
        reaches: a control, or a source on the public web, answered over trusted TLS.
        asked: the control hosts, for the words of the note; empty while they have not been asked.
    """

    resolves: bool = False
    reaches: bool = False
    asked: tuple[str, ...] = ()


def proves_the_line(observation: Observation) -> bool:
    """Whether this answer could not have come from anything but the host that was asked.

    A captive portal may send ``http://source`` on to its own ``https://portal``, certificate and all, so it is the
    first request that must have gone over TLS.
    """
    return observation.status is not None and uri.scheme(observation.uri_r) == "https"


def from_controls(hosts: tuple[str, ...], observations: list[Observation]) -> Line:
    """What glances at the control hosts say of the line."""
    return Line(
        resolves=any(seen.failure not in _NAMELESS for seen in observations),
        reaches=any(proves_the_line(seen) for seen in observations),
        asked=hosts,
    )


def needs_proof(observation: Observation, line: Line) -> bool:
    """Whether the controls must be asked before this is believed."""
    if line.asked or _is_our_own_doing(observation):
        return False
    if observation.failure in _NAMELESS:
        return True
    return not line.reaches and not proves_the_line(observation)


def settle(observation: Observation, line: Line) -> Observation:
    """The observation, or, where our own line is to blame, one that says so."""
    if _is_our_own_doing(observation):
        return observation
    trusted = line.resolves if observation.failure in _NAMELESS else line.reaches or proves_the_line(observation)
    if trusted:
        return observation
    return replace(
        observation,
        status=None,
        failure=FailureKind.OFFLINE,
        failure_message="the control hosts could not be reached either",
        page=None,
        headers=(),
        hops=(),
        final_url=observation.uri_r,
        digest="",
        length=0,
        media_type="",
        truncated="",
    )


def _is_our_own_doing(observation: Observation) -> bool:
    """Refused here whatever the line is like: schemes, and addresses that are written as such."""
    if observation.failure is FailureKind.UNSAFE_ADDRESS:
        return uri.ip_literal(uri.host(observation.final_url)) is not None
    return observation.failure in _OURS
