"""What the bot walls of each vendor look like. Data; every feature of a sign must be there, one sign is enough.

Gathered from the vendors' documents and from the pages they serve. A word alone is never a sign: articles are written
about captchas, and every site behind Cloudflare says so in its headers. So a sign is a header that only the wall
sends, or a title, an id or a phrase together with a header, a status, or next to no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Features that together show a wall. Patterns are searched without regard to case.

    Attributes:
        named: what to name in the evidence.
        certain: nobody but the wall sends this; believed at 404 and 410 too.
        statuses: of the response; empty for any.
        headers: lower-case name and pattern of its value.
        title: pattern of the page's title.
        text: patterns of its visible text.
        ids: of which the page has one.
        noindex: the page asks robots not to index it.
        longest_text: characters of visible text, above which it is no wall but a page.
        may_be_empty: a response without a page will do.
    """

    named: str = ""
    certain: bool = False
    statuses: frozenset[int] = frozenset()
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    text: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    noindex: bool = False
    longest_text: int = 1_500
    may_be_empty: bool = False

    @property
    def asks_for_a_page(self) -> bool:
        """Whether more is needed than status and headers."""
        return not self.certain or bool(self.title or self.text or self.ids)


_REFUSALS = frozenset({401, 403, 405, 406, 429, 503})
_BY_CLOUDFLARE = ("server", r"^cloudflare")

WALLS: Mapping[str, tuple[Sign, ...]] = {
    "Cloudflare's bot wall": (
        # https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
        Sign(certain=True, headers=(("cf-mitigated", "^challenge"),), named="header cf-mitigated: challenge"),
        Sign(
            headers=(_BY_CLOUDFLARE,),
            title=r"^(just a moment\.\.\.|attention required! \| cloudflare|please wait\.\.\. \| cloudflare)$",
            noindex=True,
            named="and the page is Cloudflare's own",
        ),
        Sign(
            headers=(_BY_CLOUDFLARE,),
            statuses=frozenset({403, 429}),
            title=r"^access denied \| .* used cloudflare to restrict access$",
            named="and the page is Cloudflare's own",
        ),
        Sign(
            statuses=_REFUSALS,
            ids=frozenset({"challenge-form", "challenge-running", "challenge-error-text", "cf-challenge-running"}),
            named="with Cloudflare's challenge in the page",
        ),
    ),
    "DataDome": (
        Sign(headers=(("server", "^datadome"),), statuses=_REFUSALS, may_be_empty=True, named="server DataDome"),
        Sign(
            headers=(("x-datadome", "."),),
            statuses=_REFUSALS,
            longest_text=300,
            may_be_empty=True,
            named="header x-datadome",
        ),
        Sign(headers=(("set-cookie", "^datadome="),), ids=frozenset({"cmsg"}), longest_text=300, named="its cookie"),
    ),
    "HUMAN (PerimeterX)": (
        Sign(ids=frozenset({"px-captcha", "px-captcha-wrapper"}), longest_text=800, named="with its captcha"),
        Sign(
            statuses=_REFUSALS,
            title=r"^access to this page has been denied",
            named="“Access to this page has been denied”",
        ),
        Sign(statuses=_REFUSALS, headers=(("set-cookie", "^_pxhd="),), longest_text=300, named="its cookie"),
    ),
    "Akamai's bot wall": (
        Sign(
            statuses=_REFUSALS,
            title=r"^access denied$",
            text=(r"you don't have permission to access", r"reference\s*#"),
            named="“Access Denied”, with a reference number",
        ),
        Sign(
            statuses=_REFUSALS,
            headers=(("server", "^akamaighost"),),
            title=r"^access denied$",
            named="server AkamaiGHost",
        ),
    ),
    "Imperva (Incapsula)": (
        Sign(headers=(("x-iinfo", "."),), ids=frozenset({"main-iframe"}), longest_text=300, named="header x-iinfo"),
        Sign(text=(r"incapsula incident id",), longest_text=600, named="“Incapsula incident ID”"),
        Sign(title=r"^pardon our interruption", named="“Pardon Our Interruption”"),
    ),
    "Sucuri": (
        Sign(certain=True, headers=(("x-sucuri-block", "."),), named="header x-sucuri-block"),
        Sign(title=r"^sucuri website firewall", longest_text=2_500, named="“Sucuri WebSite Firewall”"),
        Sign(headers=(("x-sucuri-id", "."),), title=r"^you are being redirected\.\.\.$", named="header x-sucuri-id"),
    ),
    "AWS WAF": (
        # https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
        Sign(certain=True, headers=(("x-amzn-waf-action", "^(captcha|challenge)"),), named="header x-amzn-waf-action"),
        Sign(statuses=frozenset({202, 405}), title=r"^human verification$", named="“Human Verification”"),
    ),
    "Amazon CloudFront": (
        Sign(
            statuses=frozenset({403}),
            text=(r"the request could not be satisfied", r"request blocked"),
            named="“Request blocked”",
        ),
    ),
    "Vercel": (Sign(certain=True, headers=(("x-vercel-mitigated", "^challenge"),), named="header x-vercel-mitigated"),),
    "Kasada": (
        Sign(
            headers=(("x-kpsdk-ct", "."),),
            statuses=frozenset({403, 429}),
            longest_text=300,
            may_be_empty=True,
            named="header x-kpsdk-ct",
        ),
    ),
    "Anubis": (
        # https://anubis.techaro.lol: its challenge is a script element with this id.
        Sign(
            ids=frozenset({"anubis_challenge", "anubis_version"}),
            noindex=True,
            longest_text=2_500,
            named="with its challenge",
        ),
    ),
    "DDoS-Guard": (
        Sign(headers=(("server", "^ddos-guard"),), title=r"^ddos-guard$", named="server ddos-guard"),
        Sign(headers=(("server", "^ddos-guard"),), statuses=_REFUSALS, longest_text=300, named="server ddos-guard"),
    ),
    "F5 BIG-IP": (
        Sign(
            text=(r"^the requested url was rejected\. please consult with your administrator", r"support id"),
            longest_text=300,
            named="“The requested URL was rejected”",
        ),
    ),
    "Wordfence": (
        Sign(
            statuses=_REFUSALS, text=(r"generated by wordfence",), longest_text=2_500, named="“Generated by Wordfence”"
        ),
    ),
    "Reddit": (
        Sign(
            statuses=_REFUSALS,
            text=(r"you've been blocked by network security",),
            named="“blocked by network security”",
        ),
    ),
    "Amazon": (Sign(title=r"^robot check$", longest_text=600, named="“Robot Check”"),),
}
