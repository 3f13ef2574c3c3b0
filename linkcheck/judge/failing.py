"""No usable answer this time: a failure of the line or the server, or a status that is none of the clear ones."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import FailureKind, State, Verdict

_AGAIN = "Run again later. It counts as dead only when it fails at three looks, each three days from the next."
_LOOK = "Open it in a browser: what stands in our way may not stand in a reader's."


def _reason(kind: FailureKind | str, meaning: str, advice: str) -> Reason:
    return Reason(str(kind), (State.FAILING,), meaning, advice)


_SENTENCES = {
    FailureKind.DNS_NO_ANSWER: "The name {host} could not be looked up",
    FailureKind.CONNECTION_REFUSED: "{host} refused the connection",
    FailureKind.CONNECTION_RESET: "{host} broke the connection off",
    FailureKind.UNREACHABLE: "{host} could not be reached",
    FailureKind.TIMEOUT: "{host} did not answer in time",
    FailureKind.TLS_EXPIRED: "The certificate of {host} is out of date",
    FailureKind.TLS_WRONG_HOST: "The certificate of {host} was made out to another name",
    FailureKind.TLS_UNTRUSTED: "The certificate of {host} was issued by nobody we trust",
    FailureKind.TLS_PROTOCOL: "No encrypted connection to {host} came about",
    FailureKind.MALFORMED_ANSWER: "{host} answered something that is not HTTP",
    FailureKind.REDIRECT_LOOP: "{host} redirects in a circle",
    FailureKind.TOO_MANY_REDIRECTS: "{host} redirects without end",
    FailureKind.BAD_REDIRECT: "{host} redirects to an address that cannot be asked",
}

# Their messages say the whole of it: "it redirects in a circle, through …".
_STRAYED = frozenset({FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_REDIRECTS, FailureKind.BAD_REDIRECT})

REASONS = (
    _reason(FailureKind.DNS_NO_ANSWER, "The DNS gave no answer for the host's name, neither yes nor no.", _AGAIN),
    _reason(FailureKind.CONNECTION_REFUSED, "The host is there, but nothing listens at that port.", _AGAIN),
    _reason(FailureKind.CONNECTION_RESET, "The connection was broken off before an answer was complete.", _AGAIN),
    _reason(FailureKind.UNREACHABLE, "No way leads to the host's address.", _AGAIN),
    _reason(FailureKind.TIMEOUT, "The host did not answer in the time we give it.", _AGAIN),
    _reason(
        FailureKind.TLS_EXPIRED,
        "The host's certificate is out of date, so browsers warn of it. The page is probably there.",
        "Tell the site's owner. Keep a capture.",
    ),
    _reason(
        FailureKind.TLS_WRONG_HOST,
        "The host's certificate was made out to another name: a site set up wrongly, or a name that somebody else has "
        "now.",
        "Open it in a browser and see whether it is still the same site. Try the address with or without `www.`.",
    ),
    _reason(
        FailureKind.TLS_UNTRUSTED,
        "The host's certificate was signed by itself, or by somebody whom nobody trusts, or part of the chain is "
        "missing.",
        "Open it in a browser. If your own network signs certificates, name its file with `--ca-file`.",
    ),
    _reason(
        FailureKind.TLS_PROTOCOL,
        "We and the host found no common way to encrypt; often it speaks only what is no longer safe.",
        _LOOK,
    ),
    _reason(FailureKind.MALFORMED_ANSWER, "What the host sent cannot be read as an HTTP answer.", _LOOK),
    _reason(
        FailureKind.REDIRECT_LOOP,
        "The redirects come back to where they were. Some sites do so to clients without cookies.",
        _LOOK,
    ),
    _reason(FailureKind.TOO_MANY_REDIRECTS, "There were more redirects than a browser would follow.", _LOOK),
    _reason(
        FailureKind.BAD_REDIRECT,
        "A redirect leads to something that is no address on the web.",
        "Open it in a browser. The site may have moved; look for the page on its new one.",
    ),
    _reason("http-5xx", "The server says that something is wrong on its side.", _AGAIN),
    _reason(
        "http-4xx",
        "The server did not take the request, by a status that does not say whether the page is there (400, 405, "
        "406 …). Some sites answer programs so.",
        _LOOK,
    ),
    _reason(
        "http-3xx",
        "The server neither shows the page nor says where it is: a redirect without an address (301, 302 …), several "
        "pages to choose from (300), or word that nothing has changed (304), which we did not ask.",
        _LOOK,
    ),
)


def rule(case: Case) -> Verdict | None:
    """``failing`` for every failure and every status but 2xx that no earlier rule took."""
    seen = case.observation
    if seen.failure is not None:
        return case.verdict(State.FAILING, seen.failure.value, f"{what_failed(case)}{case.last_seen_in_words()}")
    if case.answered_well:
        return None
    family = f"http-{(seen.status or 0) // 100}xx"
    known = family in ("http-3xx", "http-4xx", "http-5xx")
    reason = family if known else FailureKind.MALFORMED_ANSWER.value
    return case.verdict(State.FAILING, reason, f"{what_failed(case)}{case.last_seen_in_words()}")


def what_failed(case: Case) -> str:
    """One sentence: who failed, how, and where on the way."""
    seen = case.observation
    if seen.failure is None:
        return f"{case.answer_in_words()}."
    cited = uri.host(seen.uri_r)
    elsewhere = case.host != cited
    message = seen.failure_message.strip().rstrip(".")
    if seen.failure in _STRAYED and message.startswith("it "):
        return f"{case.host}{f', where {cited} leads,' if elsewhere else ''} {message.removeprefix('it ')}."
    told = _SENTENCES[seen.failure].format(host=case.host)
    where = f" (where {cited} redirects)" if elsewhere else ""
    return f"{told}{where}: {message}." if message else f"{told}{where}."
