"""A redirect to a log-in page: the source hides behind it, or is gone behind it. Nobody can tell from here."""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "login-required",
        (State.BLOCKED,),
        "The address leads to a page where one logs in. Whether the source is behind it cannot be told without an "
        "account.",
        "Log in and look. If readers cannot, cite a public copy beside it.",
    ),
)

_PARTS = frozenset(
    {"login", "log-in", "log_in", "logon", "signin", "sign-in", "sign_in", "sso", "saml", "saml2", "oauth", "oauth2"}
    | {"openid-connect", "wp-login", "userlogin", "authenticate"}
)
_HOSTS = frozenset({"accounts", "login", "signin", "sso", "auth", "passport", "idp"})


def rule(case: Case) -> Verdict | None:
    """``blocked`` where redirects end with 2xx on a log-in page, and the cited address is no log-in page itself."""
    seen = case.observation
    if not seen.hops or not case.answered_well or case.says_what_was_cited:
        return None
    if uri.is_root(seen.uri_r) or is_login(seen.uri_r) or not is_login(seen.final_url):
        return None
    return case.verdict(State.BLOCKED, "login-required", f"It leads to a page where one logs in: {seen.final_url}.")


def is_login(url: str) -> bool:
    """Whether an address obviously is where one logs in: a part of its path, or the first label of its host."""
    parts = re.split(r"[/;]", uri.path(url).lower())
    by_path = any(part in _PARTS or part.rpartition(".")[0] in _PARTS for part in parts)
    return by_path or uri.host(url).partition(".")[0] in _HOSTS
