"""The least time that a world and a set of manners allow, whoever does the asking. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench.engine.worlds import TIMEOUT_S, Link, Truth, World


@dataclass(frozen=True)
class Knocking:
    """The manners that bound a run.

    ``second_look_s``: pause before a 404 is asked again; None where it is believed at once. ``hops_wait``: the request
    that follows a redirect waits its turn like any other (ours does, lychee's does not).
    """

    in_flight: int
    per_host: int
    spacing_s: float
    second_look_s: float | None = None
    hops_wait: bool = True


@dataclass(frozen=True)
class Bound:
    """Seconds, and what they come from.

    Attributes:
        lanes_s: the host that takes longest, its requests spaced and limited as the manners say.
        all_s: the time of all requests together over the number in flight.
        silence_s: one timeout, where a host is silent: nobody can know sooner.
        rate_s: what the world's own limit of requests a second allows.
    """

    lanes_s: float
    all_s: float
    silence_s: float
    rate_s: float

    @property
    def seconds(self) -> float:
        """The least time there is."""
        return max(self.lanes_s, self.all_s, self.silence_s, self.rate_s)


def bound(world: World, manners: Knocking) -> Bound:
    """The lower bound of a world.

    A silent host counts one timeout for all its URLs, since a circuit breaker may answer the rest; every other URL
    counts the requests that must be made: one, two for a redirect, two for a 404 that is looked at twice. What a
    request costs beside the world's own delay is counted as nothing.
    """
    by_host: dict[str, list[Link]] = {}
    for link in world.links:
        by_host.setdefault(link.address, []).append(link)
    lanes = [0.0]
    total = silence = rate = 0.0
    for links in by_host.values():
        if links[0].truth is Truth.TIMEOUT:
            silence = TIMEOUT_S
            total += TIMEOUT_S
            continue
        steps = [_steps(link, manners) for link in links]
        seconds = [step for chain in steps for step in chain]
        total += sum(seconds)
        chains = (sum(chain) + _pause(chain, link, manners) for chain, link in zip(steps, links, strict=True))
        lanes.append(max(_lane(seconds, manners), *chains, 0.0))
        if world.rate:
            rate = max(rate, (len(seconds) - world.burst) / world.rate)
    return Bound(max(lanes), total / manners.in_flight, silence, rate)


def _steps(link: Link, manners: Knocking) -> list[float]:
    """Seconds of each request that must be made for a URL."""
    if link.truth is Truth.REDIRECT and not manners.hops_wait:
        return [link.delay_s + link.target_delay_s]
    if link.truth is Truth.REDIRECT:
        return [link.delay_s, link.target_delay_s]
    if link.truth is Truth.DEAD and manners.second_look_s is not None:
        return [link.delay_s, link.delay_s]
    return [link.delay_s]


def _pause(chain: list[float], link: Link, manners: Knocking) -> float:
    return manners.second_look_s or 0.0 if link.truth is Truth.DEAD and len(chain) == 2 else 0.0


def _lane(seconds: Iterable[float], manners: Knocking) -> float:
    """One host: so many at once, starts so far apart, in the best order there is."""
    times = list(seconds)
    if manners.per_host == 1:
        # Each start waits for the answer before it and for the spacing; only the last need not wait for the spacing.
        spaced = [max(manners.spacing_s, time) for time in times]
        return sum(spaced) - max(wide - time for wide, time in zip(spaced, times, strict=True))
    return max((len(times) - 1) * manners.spacing_s + min(times), sum(times) / manners.per_host)
