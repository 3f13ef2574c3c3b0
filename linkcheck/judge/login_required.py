"""A log-in page in the place of the source: it hides behind it, or is gone behind it. Nobody can tell from here."""

from __future__ import annotations

import re

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "login-required",
        (State.BLOCKED,),
        "The address leads to a page where one logs in, or shows nothing else. Whether the source is behind it cannot "
        "be told without an account.",
        "Log in and look. If readers cannot, cite a public copy beside it.",
    ),
)

_PARTS = frozenset(
    {"login", "log-in", "log_in", "logon", "signin", "sign-in", "sign_in", "sso", "saml", "saml2", "oauth", "oauth2"}
    | {"openid-connect", "wp-login", "userlogin", "authenticate", "servicelogin", "authwall", "log_on", "sign-on"}
    | {"shibboleth", "shibboleth.sso", "wayf", "adfs"}
)
_HOSTS = frozenset({"accounts", "login", "signin", "sso", "auth", "passport", "idp"})


# The names of what stands in a title between its bars, in the languages of log-in pages.
_TITLE = re.compile(
    r"(?:please |you must |you need to )?(?:log|sign) ?-?(?:in|on)"
    r"(?: or (?:sign|log) ?(?:up|in)| to continue| to your account| to \w+| required| page)?"
    r"|login(?: required| page| form)?|log into \w+|member (?:login|log ?in)|authentication required|sign up"
    r"|anmelden|anmeldung|einloggen|(?:se )?connecter|connexion|identification|iniciar sesión|inicia sesión|acceder"
    r"|accedi|accesso|entrar|iniciar sessão|fazer login|inloggen|aanmelden|logga in|log ind|logg inn"
    r"|kirjaudu(?: sisään)?|zaloguj(?: się)?|logowanie|přihlášení|bejelentkezés|вход|войти|авторизация|вхід"
    r"|giriş(?: yap)?|登录|登錄|登入|ログイン|로그인|đăng nhập|masuk",
    re.I,
)
_SEPARATOR = re.compile(r"\s+[-–—:]+\s+|\s*[|·•«»,:]\s*")
_LONGEST = 800
_MOST_LINKS = 40

# Sites that show their log-in page at the address itself. Titles as their pages have had them for years; Instagram's
# and LinkedIn's are among those that many projects test for.
_ON_SITES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("instagram.com", "threads.net"), re.compile(r"(?:log ?in|sign ?up) ?[•·.] ?instagram|instagram|threads", re.I)),
    (
        ("facebook.com", "fb.com"),
        re.compile(r"log (?:in|into) (?:to )?facebook.*|facebook(?: [-–] log ?in or sign ?up)?|error facebook", re.I),
    ),
    (
        ("linkedin.com",),
        re.compile(r"(?:sign ?up|join|linkedin login.*|sign in)(?: ?\| ?linkedin)?|join linkedin", re.I),
    ),
    (("quora.com",), re.compile(r"quora", re.I)),
)


def rule(case: Case) -> Verdict | None:
    """``blocked`` on a log-in page, where the cited address is none itself."""
    seen = case.observation
    if not case.answered_well or case.says_what_was_cited:
        return None
    if uri.is_root(seen.uri_r) or is_login(seen.uri_r):
        return None
    if seen.hops and is_login(seen.final_url):
        return case.verdict(State.BLOCKED, "login-required", f"It leads to a page where one logs in: {seen.final_url}.")
    if not case.shows_what_was_cited and (_is_all_of_it(case) or _is_a_sites(case)):
        return case.verdict(
            State.BLOCKED, "login-required", f"{case.host} shows a page where one logs in, and no more."
        )
    return None


def _is_all_of_it(case: Case) -> bool:
    """Whether the page has the title and the form of a log-in page, and few other words.

    Neither is enough: articles are called "Log in", and many a page has a form at its top.
    """
    page = case.observation.page
    if page is None or "password-field" not in page.marks or len(page.text) > _LONGEST or page.links > _MOST_LINKS:
        return False
    titles = (part.strip() for title in (page.title, *page.headings[:1]) for part in _SEPARATOR.split(title))
    return any(_TITLE.fullmatch(title) for title in titles)


def _is_a_sites(case: Case) -> bool:
    """Whether one of the sites whose pages are for members shows the page that it shows to others."""
    page = case.observation.page
    if page is None or len(page.text) > _LONGEST:
        return False
    host = case.host
    return any(
        title.fullmatch(page.title.strip())
        for names, title in _ON_SITES
        if any(host == name or host.endswith(f".{name}") for name in names)
    )


def is_login(url: str) -> bool:
    """Whether an address obviously is where one logs in: a part of its path, or the first label of its host."""
    parts = re.split(r"[/;]", uri.path(url).lower())
    by_path = any(part in _PARTS or part.rpartition(".")[0] in _PARTS for part in parts)
    return by_path or uri.host(url).partition(".")[0] in _HOSTS
