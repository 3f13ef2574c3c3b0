"""Where sites send readers who have not yet agreed to cookies, and what such pages say. Data, and pure look-ups."""

from __future__ import annotations

import re

HOSTS: tuple[str, ...] = (
    # github.com/microlinkhq/is-antibot/pull/39; Google's and YouTube's, for readers in Europe.
    *("consent.google.com", "consent.youtube.com"),
    # github.com/SociallyCompute/Global-Consent-Manager/issues/55, NanoMeow/QuickReports issues 1175 and 1301,
    # migueldemoura/ublock-umatrix-rulesets issue 9: those of Yahoo's brands.
    *("consent.yahoo.com", "guce.yahoo.com", "guce.oath.com", "guce.aol.com", "guce.advertising.com"),
    *("guce.engadget.com", "guce.huffpost.com", "guce.huffingtonpost.com", "guce.techcrunch.com", "consent.aol.com"),
    # The Dutch and Belgian papers of DPG Media, and those of Mediahuis.
    *("myprivacy.dpgmedia.nl", "myprivacy.dpgmedia.be", "myprivacy.dpgmedia.net", "consent.mediahuis.nl"),
)
"""Exactly these hosts show nothing else."""

_COUNTRIES_OF_GOOGLE = re.compile(r"consent\.(?:google|youtube)\.[a-z]{2,3}(?:\.[a-z]{2})?")

_PARTS = frozenset(
    # washingtonpost.com/gdpr-consent: github.com/JBGruber/paperboy/issues/3. collectConsent: Yahoo's, as above.
    {"gdpr-consent", "collectconsent", "privacy-gate", "privacygate", "cookiewall", "cookie-wall", "cookie-consent"}
    # zeit.de/zustimmung, golem.de/sonstiges/zustimmung, tumblr.com/privacy/consent, derstandard.at/consent/tcf.
    | {"zustimmung", "consent", "cookie-consent-wall", "privacywall", "privacy-wall", "gdprconsent", "consentwall"}
)

_TITLE = re.compile(
    r"^(?:before you continue(?: to .*)?|bevor sie (?:zu .*|fortfahren.*)|avant (?:de continuer.*|d'accéder à .*)"
    r"|antes de (?:continuar.*|ir a .*)|prima di continuare.*|voordat je (?:verdergaat.*|naar .*)"
    r"|(?:dpg media )?privacy gate|your privacy(?: choices)?|we value your privacy|cookie ?(?:wall|consent|-zustimmung)"
    r"|zustimmung(?: erforderlich)?|consent(?: required)?"
    r"|(?:yahoo|aol).{0,20}\b(?:family of brands|markenfamilie)\b.*)$",
    re.I,
)

_OPENING = re.compile(
    r"(?:we(?: and our \d* ?partners)? (?:value|care about|respect) your privacy|before you continue"
    r"|this (?:web)?site uses cookies|we(?: and our .{0,40}partners)? (?:use|store)\b.{0,60}\bcookies"
    r"|we need your (?:consent|permission)"
    r"|wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung)|wir und unsere .{0,30}partner"
    r"|.{0,40}\bmit werbung (?:und cookies )?(?:weiter)?(?:lesen|nutzen)"
    r"|nous (?:et nos .{0,30}partenaires|utilisons).{0,80}\bcookies|avec votre accord, nous"
    r"|(?:nosotros y )?nuestros .{0,20}socios.{0,80}\bcookies"
    r"|noi e (?:i nostri .{0,20}partner|terze parti)|wij? (?:en onze .{0,30}partners|gebruiken) .{0,40}\bcookies"
    r"|\w+(?: is|, part of|, as part of) the yahoo family of brands)",
    re.I,
)

_AGREES = re.compile(
    r"\b(?:accept|agree|reject|refuse|consent|zustimmen|akzeptieren|ablehnen|einverstanden|accepter|refuser|aceptar"
    r"|rechazar|accett[ao]|rifiuta|akkoord|accepteren|weigeren)\b",
    re.I,
)


def is_consent_host(host: str) -> bool:
    """Whether a host shows nothing but pages that ask for consent."""
    return host in HOSTS or _COUNTRIES_OF_GOOGLE.fullmatch(host) is not None


def has_consent_part(path: str) -> bool:
    """Whether a part of a path is the name of such a page."""
    return any(part in _PARTS or part.rpartition(".")[0] in _PARTS for part in path.lower().split("/"))


def is_consent_title(title: str) -> bool:
    """Whether a title is that of such a page."""
    return _TITLE.match(title) is not None


def asks_for_consent(text: str) -> bool:
    """Whether a text begins by asking for consent, and names the choice."""
    return _OPENING.match(text.lstrip()) is not None and _AGREES.search(text) is not None
