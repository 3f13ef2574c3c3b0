"""What the bot walls of each vendor look like. Data; every feature of a sign must be there, one sign is enough.

Gathered from the vendors' documents, from detection projects and from the pages that walls serve; every row names
where. A word alone is never a sign: articles are written about captchas, every site behind Cloudflare says so in its
headers, and guarded sites set the guard's cookie on every page. So a sign is a header that only the wall sends; or a
title, an id, a mark or a phrase together with a header, a status, or next to no text; or the vendor's script, or its
cookie, with nothing else at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linkcheck.model import Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Features that together show a wall. Patterns are searched without regard to case.

    Attributes:
        named: what to name in the evidence.
        source: where the features are known from.
        certain: nobody but the wall sends this; believed at 404 and 410 too.
        statuses: of the response; empty for any.
        hosts: that answered, or a parent domain; empty for any.
        address: pattern of the final URL.
        headers: lower-case name and pattern of its value.
        title: pattern of the page's title.
        text: patterns of its visible text.
        ids: of which the page has one.
        marks: rows of :mod:`linkcheck.signs.marks` of which the page shows one.
        noindex: the page asks robots not to index it.
        longest_text: characters of visible text, above which it is no wall but a page.
        most_links: above which it is no wall but a page.
        may_be_empty: a response without a page will do.
        alone: the page has no title, no words (but “Loading …”), no links, and no scripts or frames but those that
            ``embeds`` matches.
        embeds: pattern of the wall's own scripts and frames.
        empty: a success without a body.
    """

    named: str
    source: str
    certain: bool = False
    statuses: frozenset[int] = frozenset()
    hosts: tuple[str, ...] = ()
    address: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    text: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    noindex: bool = False
    longest_text: int = 1_500
    most_links: int = 1_000
    may_be_empty: bool = False
    alone: bool = False
    embeds: str = ""
    empty: bool = False

    @property
    def asks_for_a_page(self) -> bool:
        """Whether more is needed than address, status and headers."""
        return not self.certain or bool(self.title or self.text or self.ids or self.marks)


_REFUSALS = frozenset({401, 403, 405, 406, 429, 503})
_BY_CLOUDFLARE = ("server", r"^cloudflare")

_CLOUDFLARE_DOCS = "https://developers.cloudflare.com/cloudflare-challenges/"
_AWS_DOCS = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html"
_HUMAN_DOCS = "https://docs.humansecurity.com, custom block pages"
_DATADOME_DOCS = "https://docs.datadome.co/docs/captcha-page"
_ANTIBOT_DETECTOR = "github.com/scrapfly/Antibot-Detector, detectors/antibot"
_CAPTCHA_DETECTORS = "github.com/scrapfly/Antibot-Detector, detectors/captcha"
_WAFW00F = "github.com/EnableSecurity/wafw00f, plugins"
_CAPTURED_2018 = "github.com/silverfoxy/JSCryptoMinerStudy, pages captured in 2018"


_AT_AMAZON = r"^https?://(?:[\w-]+\.)*amazon\.[a-z.]{2,6}/"


def _only_cookie(name: str, source: str) -> Sign:
    """The vendor's cookie, and nothing to read: whatever the page is, it was not shown."""
    cookie = ("set-cookie", f"^{name}")
    return Sign(headers=(cookie,), empty=True, named="its cookie on an answer without content", source=source)


def _only_script(mark: str, source: str, embeds: str = "") -> Sign:
    """The vendor's script, and nothing to read."""
    return Sign(
        marks=frozenset({mark}), alone=True, embeds=embeds, longest_text=60, source=source, named="its script alone"
    )


# A whole title, or all of it on one side of a bar: articles have such words among others.
_SEES_A_PERSON = (
    r"(?:\A|[|–—-] )(?:just a moment|one moment,? please|please wait|attention required|one more step|validation request"
    r"|(?:security|browser|human|bot|robot) (?:check(?:point)?|verification|challenge(?: screen)?)|(?:ddos|bot) protection"
    r"|captcha(?: challenge| verification)?|are you (?:an? )?(?:human|robot)|robot or human|verification(?: required)?"
    r"|(?:please )?verify (?:that )?you(?:'re|’re| are) (?:an? )?(?:human|not a robot)"
    r"|verifying (?:your browser|you are human)"
    r"|checking your browser(?: before accessing .*)?|access (?:denied|verification|to this page has been denied)"
    r"|(?:i'm |i’m )?not a robot|prove your humanity|making sure you(?:'|’)re not a bot|ddos-guard|blocked"
    r")[.!?…]*(?: [|–—-]|\Z)"
)
_ASKS_FOR_A_PERSON = (
    r"(?:\b(?:verify|confirm|prove|check(?:ing)?|ensure|make sure|show us)\b.{0,60}"
    r"\b(?:human|not a (?:ro)?bot|real person)|\bare you (?:a )?(?:human|robot)|\bnot a (?:ro)?bot\b"
    r"|\b(?:complete|solve|enter|pass)\b.{0,40}\bcaptcha|\bunusual (?:traffic|activity)\b"
    r"|\b(?:complete|pass) the (?:security|following) (?:check|challenge)|\bautomated (?:requests|access|traffic)\b"
    r"|\bchecking (?:if the site connection is secure|your browser)\b)"
)


def _captcha(mark: str, embeds: str) -> tuple[Sign, ...]:
    """A captcha before the page, not before a form on it: alone, or with few words that ask for a person."""
    return (
        _only_script(mark, _CAPTCHA_DETECTORS, embeds),
        Sign(
            marks=frozenset({mark}),
            title=_SEES_A_PERSON,
            text=(_ASKS_FOR_A_PERSON,),
            longest_text=700,
            most_links=4,
            named="a captcha before the page",
            source=_CAPTCHA_DETECTORS,
        ),
    )


WALLS: Mapping[str, tuple[Sign, ...]] = {
    "Cloudflare's bot wall": (
        Sign(
            certain=True,
            headers=(("cf-mitigated", "^challenge"),),
            named="header cf-mitigated: challenge",
            source=f"{_CLOUDFLARE_DOCS}challenge-types/challenge-pages/detect-response/",
        ),
        Sign(
            headers=(_BY_CLOUDFLARE,),
            title=r"^(just a moment\.\.\.|attention required! \| cloudflare|please wait\.\.\. \| cloudflare)$",
            noindex=True,
            named="and the page is Cloudflare's own",
            source=_CLOUDFLARE_DOCS,
        ),
        Sign(
            statuses=_REFUSALS,
            title=r"^(just a moment\.\.\.|attention required! \| cloudflare|please wait\.\.\. \| cloudflare)$",
            named="and the page is Cloudflare's own",
            source=_CLOUDFLARE_DOCS,
        ),
        Sign(
            headers=(_BY_CLOUDFLARE,),
            statuses=frozenset({403, 429}),
            title=r"^access denied \| .* used cloudflare to restrict access$",
            named="and the page is Cloudflare's own",
            source="https://developers.cloudflare.com/support, errors 1005 to 1020",
        ),
        Sign(
            statuses=_REFUSALS,
            text=(r"sorry, you have been blocked|error\s*(code:?\s*)?10(?:05|06|07|08|09|10|12|15|20)\b",),
            marks=frozenset({"cloudflare-block"}),
            longest_text=2_500,
            named="with Cloudflare's block page",
            source="pastebin.com/zHwbJwGQ and cTTAf8cb, pages captured in 2024; Cloudflare's errors 1xxx",
        ),
        # A plain-text body "error code: 1020" is what Cloudflare sends programs that ask for no HTML.
        Sign(
            headers=(_BY_CLOUDFLARE,),
            statuses=_REFUSALS,
            text=(r"\Aerror code: 10\d\d\s*\Z",),
            longest_text=60,
            named="its error code",
            source="https://developers.cloudflare.com/support, errors 1xxx",
        ),
        Sign(
            statuses=_REFUSALS,
            ids=frozenset({"challenge-form", "challenge-running", "challenge-error-text", "cf-challenge-running"}),
            named="with Cloudflare's challenge in the page",
            source=_CLOUDFLARE_DOCS,
        ),
        Sign(
            statuses=_REFUSALS,
            marks=frozenset({"cloudflare-challenge"}),
            named="with Cloudflare's challenge in the page",
            source="github.com/Ekultek/WhatWaf, issues 844 and 1288",
        ),
        # One that is answered with 200, as origins behind a cache do; in any language, for the title is translated.
        Sign(
            marks=frozenset({"cloudflare-challenge"}),
            noindex=True,
            longest_text=800,
            most_links=6,
            named="with Cloudflare's challenge in the page",
            source=_CLOUDFLARE_DOCS,
        ),
        _only_script("cloudflare-challenge", _CLOUDFLARE_DOCS, r"/cdn-cgi/"),
        _only_script("cloudflare-detection", _CLOUDFLARE_DOCS, r"/cdn-cgi/"),
        *_captcha("turnstile", r"challenges\.cloudflare\.com/"),
    ),
    "DataDome": (
        Sign(
            headers=(("server", "^datadome"),),
            statuses=_REFUSALS,
            may_be_empty=True,
            named="server DataDome",
            source=_DATADOME_DOCS,
        ),
        Sign(
            headers=(("x-datadome", "."),),
            statuses=_REFUSALS,
            longest_text=300,
            may_be_empty=True,
            named="header x-datadome",
            source=_DATADOME_DOCS,
        ),
        Sign(
            headers=(("set-cookie", "^datadome="),),
            ids=frozenset({"cmsg"}),
            longest_text=300,
            named="its cookie",
            source=_DATADOME_DOCS,
        ),
        Sign(
            marks=frozenset({"datadome"}),
            statuses=_REFUSALS,
            longest_text=800,
            named="with its captcha",
            source=_DATADOME_DOCS,
        ),
        Sign(
            marks=frozenset({"datadome"}),
            text=(r"^please enable js and disable any ad blocker\s*$",),
            longest_text=120,
            named="“Please enable JS and disable any ad blocker”",
            source=_DATADOME_DOCS,
        ),
        Sign(
            marks=frozenset({"datadome"}),
            title=r"^you have been blocked$",
            noindex=True,
            named="with its captcha",
            source="github.com/rayngan999/Obfuscation-Automation, a captured captcha page",
        ),
        _only_script("datadome", _DATADOME_DOCS, r"captcha-delivery\.com/"),
        _only_cookie("datadome=", f"{_ANTIBOT_DETECTOR}/detect-datadome.json"),
    ),
    "HUMAN (PerimeterX)": (
        Sign(
            ids=frozenset({"px-captcha", "px-captcha-wrapper"}),
            longest_text=800,
            named="with its captcha",
            source=_HUMAN_DOCS,
        ),
        Sign(
            title=r"^access to this page has been denied",
            statuses=_REFUSALS,
            named="“Access to this page has been denied”",
            source=_CAPTURED_2018,
        ),
        Sign(
            title=r"^access to this page has been denied\.?$",
            marks=frozenset({"human", "human-block"}),
            named="“Access to this page has been denied”",
            source=_CAPTURED_2018,
        ),
        Sign(
            statuses=_REFUSALS,
            headers=(("set-cookie", "^_pxhd="),),
            longest_text=300,
            named="its cookie",
            source=f"{_ANTIBOT_DETECTOR}/detect-perimeterx.json",
        ),
        Sign(
            marks=frozenset({"human-block"}),
            text=(r"\bpress (?:&|and) hold\b|robot or human|verify (?:that )?you are (?:a )?human|\bnot a bot\b",),
            longest_text=800,
            named="with its captcha",
            source=_HUMAN_DOCS,
        ),
        _only_script("human", _HUMAN_DOCS, r"px-c(?:dn|loud)\.net/|perimeterx\.net/|/PX\w{4,12}/"),
        _only_script("human-block", _HUMAN_DOCS, r"px-c(?:dn|loud)\.net/|perimeterx\.net/|/captcha\.js"),
        _only_cookie("_px(?:hd|3|2|vid)=", f"{_ANTIBOT_DETECTOR}/detect-perimeterx.json"),
    ),
    "Akamai's bot wall": (
        Sign(
            statuses=_REFUSALS,
            title=r"^access denied$",
            text=(r"you don't have permission to access", r"reference\s*#"),
            named="“Access Denied”, with a reference number",
            source="https://techdocs.akamai.com, reference numbers of error pages",
        ),
        Sign(
            statuses=_REFUSALS,
            headers=(("server", "^akamaighost"),),
            title=r"^access denied$",
            named="server AkamaiGHost",
            source=f"{_WAFW00F}/kona.py",
        ),
        # Also with 200, where a cache in front of it knows no other.
        Sign(
            title=r"^access denied$",
            text=(
                r"you don't have permission to access .{0,400} on this server",
                r"reference\s*#[0-9a-f]+\.[0-9a-f.]+",
            ),
            longest_text=700,
            most_links=2,
            named="“Access Denied”, with a reference number",
            source="https://techdocs.akamai.com, reference numbers of error pages",
        ),
        Sign(
            marks=frozenset({"akamai-challenge"}),
            longest_text=400,
            most_links=4,
            named="with its challenge",
            source=f"{_ANTIBOT_DETECTOR}/detect-akamai.json",
        ),
        _only_script("akamai", f"{_ANTIBOT_DETECTOR}/detect-akamai.json", r"/akam/1"),
        Sign(
            headers=(("akamai-cache-status", "^error from "),),
            empty=True,
            named="an error of its own without content",
            source="https://techdocs.akamai.com, Akamai-Cache-Status",
        ),
        _only_cookie("(?:_abck|bm_sz|ak_bmsc|sbsd)=", f"{_ANTIBOT_DETECTOR}/detect-akamai.json"),
    ),
    "Imperva (Incapsula)": (
        Sign(
            headers=(("x-iinfo", "."),),
            ids=frozenset({"main-iframe"}),
            longest_text=300,
            named="header x-iinfo",
            source=f"{_ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
        Sign(
            text=(r"incapsula incident id",),
            longest_text=600,
            named="“Incapsula incident ID”",
            source=f"{_WAFW00F}/incapsula.py",
        ),
        Sign(
            text=(r"powered by\s+(?:imperva|incapsula)", r"\bincident id\b|error \d+|error code:? ?\d+"),
            longest_text=900,
            named="“Powered by Imperva”",
            source=f"{_WAFW00F}/incapsula.py",
        ),
        # "_Incapsula_Resource" stands in ordinary pages too; a frame of it with next to no words does not.
        Sign(
            marks=frozenset({"imperva"}),
            noindex=True,
            longest_text=300,
            most_links=2,
            named="with its challenge",
            source=f"{_ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
        Sign(
            title=r"^pardon our interruption",
            text=(r"made us think (?:that )?you (?:were|are|might be) a bot",),
            named="“Pardon Our Interruption”",
            source=_CAPTURED_2018,
            longest_text=2_500,
        ),
        _only_script("imperva", f"{_WAFW00F}/incapsula.py", r"/_Incapsula_Resource"),
        Sign(
            marks=frozenset({"distil"}),
            noindex=True,
            longest_text=2_500,
            named="Distil's block page",
            source=f"{_WAFW00F}/distil.py",
        ),
        _only_cookie(
            r"(?:incap_ses_|visid_incap_|nlbi_|reese84=|___utmvc=)", f"{_ANTIBOT_DETECTOR}/detect-incapsula.json"
        ),
        Sign(
            headers=(("x-cdn", "^(?:incapsula|imperva)"),),
            empty=True,
            named="an answer without content",
            source=f"{_ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
        Sign(
            headers=(("x-iinfo", "."),),
            empty=True,
            named="an answer without content",
            source=f"{_ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
    ),
    "Sucuri": (
        Sign(
            certain=True,
            headers=(("x-sucuri-block", "."),),
            named="header x-sucuri-block",
            source=f"{_WAFW00F}/sucuri.py",
        ),
        Sign(
            title=r"^sucuri website firewall\b.*access denied",
            longest_text=2_500,
            named="“Sucuri WebSite Firewall”",
            source=f"{_WAFW00F}/sucuri.py",
        ),
        Sign(
            headers=(("x-sucuri-id", "."),),
            title=r"^you are being redirected\.\.\.$",
            named="header x-sucuri-id",
            source=f"{_WAFW00F}/sucuri.py",
        ),
        Sign(
            marks=frozenset({"sucuri"}),
            title=r"^you are being redirected\.\.\.$|access denied",
            longest_text=2_500,
            named="with its challenge",
            source=f"{_WAFW00F}/sucuri.py",
        ),
        _only_script("sucuri", f"{_WAFW00F}/sucuri.py"),
    ),
    "AWS WAF": (
        Sign(
            certain=True,
            headers=(("x-amzn-waf-action", "^(captcha|challenge)"),),
            named="header x-amzn-waf-action",
            source=_AWS_DOCS,
        ),
        Sign(
            statuses=frozenset({202, 405}),
            title=r"^human verification$",
            named="“Human Verification”",
            source=_AWS_DOCS,
        ),
        Sign(
            statuses=frozenset({202, 403, 405}),
            marks=frozenset({"aws-waf"}),
            longest_text=400,
            named="with its challenge",
            source=f"{_ANTIBOT_DETECTOR}/detect-aws-waf.json",
        ),
        Sign(
            marks=frozenset({"aws-waf"}),
            title=r"^human verification$",
            longest_text=600,
            named="“Human Verification”",
            source=f"{_ANTIBOT_DETECTOR}/detect-aws-waf.json",
        ),
        _only_script("aws-waf", f"{_ANTIBOT_DETECTOR}/detect-aws-waf.json", r"awswaf"),
        _only_cookie("aws-waf-token=", f"{_ANTIBOT_DETECTOR}/detect-aws-waf.json"),
    ),
    "Amazon CloudFront": (
        Sign(
            statuses=frozenset({403}),
            text=(r"the request could not be satisfied", r"request blocked"),
            named="“Request blocked”",
            source="https://docs.aws.amazon.com/AmazonCloudFront, HTTP 403 (Permission Denied)",
        ),
    ),
    "Vercel": (
        Sign(
            certain=True,
            headers=(("x-vercel-mitigated", "^(?:challenge|deny)"),),
            named="header x-vercel-mitigated",
            source="github.com/mohamedhiba/smartmenu/issues/45",
        ),
        Sign(
            title=r"^vercel security checkpoint$",
            longest_text=500,
            named="“Vercel Security Checkpoint”",
            source="github.com/CactusPuppy/ow2countdown/issues/134",
        ),
    ),
    "Kasada": (
        Sign(
            headers=(("x-kpsdk-(?:ct|r|cd|st|im|v|h)", "."),),
            statuses=frozenset({403, 429}),
            longest_text=300,
            may_be_empty=True,
            named="header x-kpsdk-ct",
            source=f"{_ANTIBOT_DETECTOR}/detect-kasada.json",
        ),
        Sign(
            marks=frozenset({"kasada"}),
            statuses=_REFUSALS,
            longest_text=300,
            named="with its script",
            source=f"{_ANTIBOT_DETECTOR}/detect-kasada.json",
        ),
        _only_script("kasada", f"{_ANTIBOT_DETECTOR}/detect-kasada.json", r"/(?:ips|p)\.js"),
        Sign(
            headers=(("x-k(?:asada(?:-.*)?|psdk-.*)", "."),),
            empty=True,
            named="its header on an answer without content",
            source=f"{_ANTIBOT_DETECTOR}/detect-kasada.json",
        ),
    ),
    "Anubis": (
        Sign(
            ids=frozenset({"anubis_challenge", "anubis_version"}),
            noindex=True,
            longest_text=2_500,
            named="with its challenge",
            source="https://anubis.techaro.lol: its challenge is a script element with this id",
        ),
        Sign(
            marks=frozenset({"anubis"}),
            text=(r"anubis|techaro",),
            title=r"not a bot|bot!$|^oh no!$|^access denied",
            longest_text=2_500,
            named="with its challenge",
            source=f"{_WAFW00F}/anubis.py",
        ),
        _only_script("anubis", f"{_WAFW00F}/anubis.py", r"/\.within\.website/"),
    ),
    "DDoS-Guard": (
        Sign(
            headers=(("server", "^ddos-guard"),),
            title=r"^ddos-guard$",
            named="server ddos-guard",
            source=f"{_WAFW00F}/ddosguard.py",
        ),
        Sign(
            headers=(("server", "^ddos-guard"),),
            statuses=_REFUSALS,
            longest_text=300,
            named="server ddos-guard",
            source=f"{_WAFW00F}/ddosguard.py",
        ),
        Sign(
            ids=frozenset({"link-ddg"}),
            longest_text=600,
            named="with its challenge",
            source="github.com/FlareSolverr/FlareSolverr, its challenge selectors",
        ),
    ),
    "F5": (
        Sign(
            text=(r"^the requested url was rejected\. please consult with your administrator", r"support id"),
            longest_text=300,
            named="“The requested URL was rejected”",
            source=f"{_WAFW00F}/f5bigipasm.py",
        ),
        Sign(
            marks=frozenset({"f5"}),
            text=(
                r"\A\s*please enable javascript to view the page content\.?\s*(?:your support id is:? ?\d*\.?\s*)?\Z",
            ),
            longest_text=200,
            named="with its challenge",
            source="github.com/owid/covid-19-data/issues/2265",
        ),
        _only_script("f5", "github.com/owid/covid-19-data/issues/2265", r"/TSPD/|shape"),
    ),
    "Reblaze": (
        _only_script("reblaze", f"{_ANTIBOT_DETECTOR}/detect-reblaze.json"),
        Sign(
            headers=(("server", "^reblaze"),),
            statuses=_REFUSALS,
            longest_text=600,
            may_be_empty=True,
            named="server Reblaze Secure Web Gateway",
            source=f"{_WAFW00F}/reblaze.py",
        ),
        _only_cookie("rbz(?:id|sessionid)=", f"{_ANTIBOT_DETECTOR}/detect-reblaze.json"),
    ),
    "Radware": (
        Sign(
            address=r"^https?://validate\.perfdrive\.com/",
            named="validate.perfdrive.com",
            longest_text=4_000,
            may_be_empty=True,
            source=f"{_ANTIBOT_DETECTOR}/detect-radware.json",
        ),
        Sign(
            marks=frozenset({"radware"}),
            title=r"^radware|captcha",
            longest_text=1_000,
            named="with its captcha",
            source=f"{_ANTIBOT_DETECTOR}/detect-radware.json",
        ),
        Sign(
            title=r"^unauthorized request blocked$",
            text=(r"unauthorized (?:activity|request)",),
            longest_text=800,
            named="“Unauthorized Request Blocked”",
            source=f"{_ANTIBOT_DETECTOR}/detect-radware.json",
        ),
        _only_script("radware", f"{_ANTIBOT_DETECTOR}/detect-radware.json", r"perfdrive\.com|stormcaster"),
        _only_cookie("__uzm[a-f]=", f"{_ANTIBOT_DETECTOR}/detect-radware.json"),
    ),
    "CHEQ": (_only_script("cheq", f"{_ANTIBOT_DETECTOR}/detect-cheq.json", r"cheqzone\.com/"),),
    # Answered with 200; the cookie lives ten seconds and comes with no page that is let through.
    "Fastly": (
        Sign(
            headers=(("set-cookie", "^_fs_ch_st_"),),
            longest_text=800,
            most_links=4,
            named="its challenge's cookie",
            source="github.com/groktopus/groktocrawl/issues/586 (nature.com)",
        ),
        Sign(
            marks=frozenset({"fastly-challenge"}),
            title=r"^client challenge$",
            longest_text=800,
            named="“Client Challenge”",
            source="github.com/pypa/packaging.python.org/issues/1744; pypi/warehouse issue 18931",
        ),
        _only_script("fastly-challenge", "github.com/groktopus/groktocrawl/issues/586 (nature.com)", r"/_fs-ch-"),
        _only_cookie("_fs_ch_(?:st|cp)_", "github.com/groktopus/groktocrawl/issues/586 (nature.com)"),
    ),
    "Imunify360": (
        Sign(
            marks=frozenset({"imunify360"}),
            text=(r"imunify360|not a robot|\bbot\b",),
            longest_text=600,
            most_links=4,
            named="“protected by Imunify360”",
            source=f"{_WAFW00F}/imunify360.py",
        ),
        Sign(
            headers=(("server", "^imunify360"),),
            statuses=_REFUSALS | frozenset({200, 415}),
            longest_text=400,
            named="server imunify360",
            source=f"{_WAFW00F}/imunify360.py",
        ),
    ),
    "SiteGround": (
        Sign(
            title=r"^robot challenge screen$",
            longest_text=400,
            named="“Robot Challenge Screen”",
            source=f"{_WAFW00F}/siteground.py",
        ),
        Sign(
            text=(r"our system thinks you might be a robot!",),
            longest_text=700,
            most_links=3,
            named="“Our system thinks you might be a robot!”",
            source=f"{_WAFW00F}/siteground.py",
        ),
        Sign(
            headers=(("sg-captcha", "^challenge"),),
            certain=True,
            named="header sg-captcha",
            source="SiteGround's anti-bot service, whose challenge is answered with 202",
        ),
    ),
    "FortiWeb": (
        Sign(
            statuses=_REFUSALS | frozenset({200, 500}),
            text=(r"web page blocked!?", r"attack id", r"message id"),
            longest_text=800,
            named="“Web Page Blocked”",
            source=f"{_WAFW00F}/fortiweb.py",
        ),
    ),
    "Wordfence": (
        Sign(
            statuses=_REFUSALS,
            text=(r"generated by wordfence",),
            longest_text=2_500,
            named="“Generated by Wordfence”",
            source=f"{_WAFW00F}/wordfence.py",
        ),
    ),
    # ------------------------------------------------------------ captchas before a page
    "reCAPTCHA": _captcha("recaptcha", r"google\.com/recaptcha/|recaptcha\.net/|gstatic\.com/recaptcha/"),
    "hCaptcha": _captcha("hcaptcha", r"hcaptcha\.com/"),
    "Arkose Labs (FunCaptcha)": _captcha("arkose", r"funcaptcha\.com/|arkoselabs\.com/"),
    "GeeTest": _captcha("geetest", r"geetest"),
    "Friendly Captcha": _captcha("friendly-captcha", r"friendly"),
    "captcha.eu": _captcha("captcha-eu", r"captcha\.eu/"),
    "Tencent's captcha": _captcha("tencent-captcha", r"captcha\.(?:qcloud|qq|gtimg)\.com/|TCaptcha"),
    "MTCaptcha": _captcha("mtcaptcha", r"mtcaptcha\.com/"),
    "Yandex SmartCaptcha": (
        *_captcha("yandex-smartcaptcha", r"yandex"),
        Sign(
            address=r"^https?://[^/]*\byandex\.[a-z.]+/showcaptcha",
            named="/showcaptcha",
            source=f"{_CAPTCHA_DETECTORS}/detect-smartcaptcha.json",
        ),
    ),
    "Alibaba's captcha": (
        *_captcha("aliyun-captcha", r"aliyun|alicdn\.com/"),
        Sign(
            address=r"/punish\?(?:.*&)?x5secdata=|/_____tmd_____/punish",
            may_be_empty=True,
            named="its address /punish",
            source=f"{_CAPTCHA_DETECTORS}/detect-aliexpress.json",
        ),
    ),
    # ------------------------------------------------------------ single sites
    "Reddit": (
        Sign(
            statuses=_REFUSALS,
            text=(r"you've been blocked by network security|blocked by network security\.",),
            hosts=("reddit.com", "redd.it"),
            named="“blocked by network security”",
            source="Reddit's block page, 2023 and later",
        ),
        Sign(
            hosts=("reddit.com",),
            text=(r"blocked by network security|whoa there, pardner|please wait for verification",),
            longest_text=1_200,
            named="its block page",
            source="Reddit's block pages, 2018 to 2025",
        ),
        Sign(
            hosts=("reddit.com",),
            title=r"^(?:blocked|reddit - (?:please wait for verification|prove your humanity))$",
            longest_text=1_200,
            named="its block page",
            source="Reddit's block pages, 2018 to 2025",
        ),
    ),
    "Amazon": (
        Sign(
            address=_AT_AMAZON,
            title=r"^robot check$",
            longest_text=600,
            named="“Robot Check”",
            source=f"{_ANTIBOT_DETECTOR}/detect-amazon.json",
        ),
        Sign(
            marks=frozenset({"amazon-captcha"}),
            longest_text=700,
            named="its captcha",
            source=f"{_ANTIBOT_DETECTOR}/detect-amazon.json",
        ),
        Sign(
            address=_AT_AMAZON,
            text=(r"to discuss automated access to amazon data please contact|enter the characters you see below",),
            longest_text=700,
            named="its captcha",
            source=f"{_ANTIBOT_DETECTOR}/detect-amazon.json",
        ),
    ),
    "Google": (
        Sign(
            address=r"^https?://(?:[\w-]+\.)?google\.[a-z.]{2,6}/sorry/",
            longest_text=4_000,
            may_be_empty=True,
            named="/sorry/",
            source="github.com/cuber/ngx_http_google_filter_module/issues/160",
        ),
        Sign(
            address=r"^https?://(?:[\w-]+\.)*(?:google|youtube)\.",
            text=(r"our systems have detected unusual traffic from your computer network",),
            longest_text=1_800,
            most_links=4,
            named="“unusual traffic from your computer network”",
            source="github.com/getlantern/forum/issues/2891; ProfessionalWiki/Maps issue 823",
        ),
    ),
    "YouTube": (
        # A removed video looks no other without scripts: that cannot be told.
        Sign(
            hosts=("youtube.com",),
            title=r"^-? ?youtube$",
            longest_text=200,
            named="a page that names no video",
            source="YouTube's page for programs, seen in 2026",
        ),
        Sign(
            hosts=("youtube.com",),
            text=(r"sign in to confirm (?:you(?:'|’)re not a bot|your age)",),
            longest_text=2_500,
            named="“Sign in to confirm you’re not a bot”",
            source="github.com/yt-dlp/yt-dlp, issues on that message",
        ),
    ),
    "LinkedIn": (
        Sign(
            hosts=("linkedin.com",),
            statuses=frozenset({999}),
            may_be_empty=True,
            named="its own status 999",
            source="LinkedIn's answer to programs; SPN2 calls it blocked (999) too",
        ),
        Sign(
            hosts=("linkedin.com",),
            statuses=frozenset({200}),
            text=(r"\A\s*\Z",),
            title=r"^\s*$",
            longest_text=0,
            named="an empty page",
            source="LinkedIn's 200 whose only script sends on to /authwall",
        ),
    ),
    "X": (
        Sign(
            hosts=("x.com", "twitter.com"),
            text=(r"javascript is (?:not available|disabled in this browser)",),
            longest_text=1_200,
            named="“JavaScript is not available”",
            source="the <noscript> block of x.com, quoted in many projects' tests",
        ),
        Sign(
            hosts=("x.com", "twitter.com"),
            title=r"^(?:x|twitter|)$",
            statuses=frozenset({200}),
            longest_text=400,
            named="a page that shows nothing without scripts",
            source="the same page with its <noscript> block left out",
        ),
    ),
    "Weibo": (
        Sign(
            hosts=("weibo.com", "weibo.cn"),
            title=r"^sina visitor system$",
            named="“Sina Visitor System”",
            source="the page before every page of weibo.com, since 2014",
        ),
        Sign(
            address=r"^https?://passport\.weibo\.(?:com|cn)/visitor",
            named="its visitor page",
            source="the page before every page of weibo.com, since 2014",
        ),
    ),
    "Douban": (
        Sign(
            hosts=("douban.com", "doubanio.com"),
            statuses=frozenset({418}),
            may_be_empty=True,
            named="which is how it answers programs",
            source="Douban's answer to crawlers since 2019",
        ),
    ),
    # ------------------------------------------------------------ whoever it is
    "A bot wall": (
        Sign(
            statuses=_REFUSALS | frozenset({202, 418, 520}),
            title=_SEES_A_PERSON,
            text=(_ASKS_FOR_A_PERSON,),
            longest_text=1_200,
            most_links=6,
            named="a page that asks for a person",
            source="the pages of the vendors above, in words that they share",
        ),
        Sign(
            title=_SEES_A_PERSON,
            text=(_ASKS_FOR_A_PERSON,),
            noindex=True,
            longest_text=700,
            most_links=6,
            named="a page that asks for a person",
            source="the pages of the vendors above, in words that they share",
        ),
    ),
}
"""By the name that evidence gives the vendor. Signs are tried in this order."""


SIGNS: tuple[tuple[str, Sign], ...] = tuple((vendor, sign) for vendor, signs in WALLS.items() for sign in signs)
"""Every sign with its vendor."""

LONGEST_TEXT = max(sign.longest_text for _, sign in SIGNS)
"""Characters of text above which no page is a wall; only what needs no page is looked for then."""

WITHOUT_PAGE = tuple((vendor, sign) for vendor, sign in SIGNS if not sign.asks_for_a_page)
"""The signs that are believed whatever the page says."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, without regard to case."""
    return re.compile(pattern, re.I)


def by_name(headers: Headers) -> dict[str, list[str]]:
    """Header values by lower-case name."""
    fields: dict[str, list[str]] = {}
    for name, value in headers:
        fields.setdefault(name.lower(), []).append(value)
    return fields


def has_headers(sign: Sign, fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether all its headers are there. A name may be a pattern; ``fields`` as :func:`by_name` gives them."""
    for name, pattern in sign.headers:
        if name in fields:
            values: Sequence[str] = fields[name]
        elif "(" in name:
            values = [value for key in fields if re.fullmatch(name, key) for value in fields[key]]
        else:
            return False
        if not any(compiled(pattern).search(value) for value in values):
            return False
    return True


def looks_walled_when_empty(headers: Headers) -> bool:
    """Whether an answer that has no content by its nature (to HEAD) would look like a wall for its headers alone."""
    fields = by_name(headers)
    return any(sign.empty and has_headers(sign, fields) for _, sign in SIGNS)
