"""From facts to an opinion: one rule a file, tried in order, the first with an opinion wins. Pure and total.

To add a rule: copy ``quote_missing.py``, give it ``REASONS`` and ``rule``, put it in :data:`RULES` where it belongs and
its module in ``_MODULES``, and write its table of cases in ``tests/judge/``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from linkcheck.conduct import NO_HOSTS, PATIENCE, Hosts, Patience
from linkcheck.judge import (
    accepted_status,
    bot_wall,
    consent_wall,
    elsewhere,
    error_page,
    failing,
    fragment_missing,
    front_page,
    gone,
    headers_withheld,
    local_file,
    login_required,
    no_such_host,
    not_asked,
    ok,
    parked,
    paywall,
    placeholder,
    quote_missing,
    redirect_permanent,
    refused,
    repeated_failure,
    service_closed,
    soft_404,
    taken_over,
    template,
    text_drift,
    title_mismatch,
)
from linkcheck.judge.case import Case, Reason, in_order
from linkcheck.model import Citation, Look, Observation, Snapshot, Verdict, Witness

__all__ = ["REASONS", "RULES", "Case", "Reason", "judge"]

Rule = Callable[[Case], Verdict | None]

RULES: tuple[Rule, ...] = (
    # Who was not asked has done nothing.
    not_asked.rule,
    # Who knows the host has said what its status means.
    accepted_status.rule,
    headers_withheld.rule,
    # A wall stands before everything that a status or a page could say: 200, 403, 429 and 503 mean nothing on one.
    # And a refusal says nothing of the source. Never call a live source dead: these come before every "dead".
    bot_wall.rule,
    refused.rule,
    login_required.rule,
    consent_wall.rule,
    paywall.rule,
    template.rule,
    # The plain deaths, then the slow ones, which must be tried before the single failure they end in.
    gone.rule,
    # A hosting service says with 5xx that it has no such site: no streak is needed for that.
    service_closed.unserved,
    no_such_host.rule,
    repeated_failure.rule,
    failing.rule,
    # From here on the answer is 2xx. Nobody's site, or somebody else's; a 404 in disguise, by two signals; then what
    # was quoted and is not there.
    parked.rule,
    service_closed.rule,
    taken_over.rule,
    soft_404.sure,
    front_page.sure,
    # What a page says of itself that it hides has not drifted.
    paywall.hidden,
    quote_missing.rule,
    # The site's own error page, called a success; before "moved", which would give it as the new address.
    error_page.rule,
    # One signal only. Before "moved", which would give the front page as the new address of the source.
    front_page.unsure,
    soft_404.unsure,
    placeholder.rule,
    # It is there, but not the place on it, or it is another page; before "moved", which would cite that anew.
    fragment_missing.rule,
    title_mismatch.rule,
    # After what is known of the page by itself, before "moved": the new address has not what was cited either.
    text_drift.rule,
    redirect_permanent.rule,
    ok.rule,
)

_MODULES = (
    not_asked,
    bot_wall,
    refused,
    login_required,
    consent_wall,
    paywall,
    template,
    gone,
    local_file,
    no_such_host,
    repeated_failure,
    failing,
    parked,
    service_closed,
    taken_over,
    soft_404,
    front_page,
    quote_missing,
    error_page,
    placeholder,
    fragment_missing,
    title_mismatch,
    text_drift,
    redirect_permanent,
    accepted_status,
    headers_withheld,
    ok,
)

REASONS: tuple[Reason, ...] = tuple(reason for module in _MODULES for reason in module.REASONS)
"""Every reason that a verdict can have."""


def judge(
    citation: Citation,
    observation: Observation | None,
    history: Sequence[Look] = (),
    snapshots: Sequence[Snapshot] = (),
    witnesses: Sequence[Witness] = (),
    patience: Patience = PATIENCE,
    hosts: Hosts = NO_HOSTS,
) -> Verdict:
    """The opinion on one citation.

    Args:
        citation: who cites what.
        observation: the look that is judged; None where there was none.
        history: earlier looks at the same source, in any order; later ones are left out.
        snapshots: captures of it.
        witnesses: other pages that may speak for it: they never change the state, they add quotes and better addresses.
        patience: when what only fails is dead.
        hosts: what the settings say of single hosts.
    """
    if observation is None:
        return not_asked.NOT_ASKED
    case = in_order(Case(citation, observation, history, snapshots, witnesses, patience, hosts))
    verdict = next(verdict for verdict in (rule(case) for rule in RULES) if verdict is not None)
    return elsewhere.dressed(case, verdict)
