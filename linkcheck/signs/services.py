"""What the services look like that stand before many sites and tell robots from readers. Data."""

from __future__ import annotations

from collections.abc import Mapping

from linkcheck.signs.captchas import captcha
from linkcheck.signs.sign import (
    ANTIBOT_DETECTOR,
    CAPTURED_2018,
    REFUSALS,
    WAFW00F,
    Sign,
    only_cookie,
    only_script,
)

_CLOUDFLARE_DOCS = "https://developers.cloudflare.com/cloudflare-challenges/"
_AWS_DOCS = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html"
_HUMAN_DOCS = "https://docs.humansecurity.com, custom block pages"
_DATADOME_DOCS = "https://docs.datadome.co/docs/captcha-page"
_BY_CLOUDFLARE = ("server", r"^cloudflare")

SERVICES: Mapping[str, tuple[Sign, ...]] = {
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
            statuses=REFUSALS,
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
            statuses=REFUSALS,
            text=(r"sorry, you have been blocked|error\s*(code:?\s*)?10(?:05|06|07|08|09|10|12|15|20)\b",),
            marks=frozenset({"cloudflare-block"}),
            longest_text=2_500,
            named="with Cloudflare's block page",
            source="pastebin.com/zHwbJwGQ and cTTAf8cb, pages captured in 2024; Cloudflare's errors 1xxx",
        ),
        # A plain-text body "error code: 1020" is what Cloudflare sends programs that ask for no HTML.
        Sign(
            headers=(_BY_CLOUDFLARE,),
            statuses=REFUSALS,
            text=(r"\Aerror code: 10\d\d\s*\Z",),
            longest_text=60,
            named="its error code",
            source="https://developers.cloudflare.com/support, errors 1xxx",
        ),
        Sign(
            statuses=REFUSALS,
            ids=frozenset({"challenge-form", "challenge-running", "challenge-error-text", "cf-challenge-running"}),
            named="with Cloudflare's challenge in the page",
            source=_CLOUDFLARE_DOCS,
        ),
        Sign(
            statuses=REFUSALS,
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
        only_script("cloudflare-challenge", _CLOUDFLARE_DOCS, r"/cdn-cgi/"),
        only_script("cloudflare-detection", _CLOUDFLARE_DOCS, r"/cdn-cgi/"),
        *captcha("turnstile", r"challenges\.cloudflare\.com/"),
    ),
    "DataDome": (
        Sign(
            headers=(("server", "^datadome"),),
            statuses=REFUSALS,
            may_be_empty=True,
            named="server DataDome",
            source=_DATADOME_DOCS,
        ),
        Sign(
            headers=(("x-datadome", "."),),
            statuses=REFUSALS,
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
            statuses=REFUSALS,
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
        only_script("datadome", _DATADOME_DOCS, r"captcha-delivery\.com/"),
        only_cookie("datadome=", f"{ANTIBOT_DETECTOR}/detect-datadome.json"),
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
            statuses=REFUSALS,
            named="“Access to this page has been denied”",
            source=CAPTURED_2018,
        ),
        Sign(
            title=r"^access to this page has been denied\.?$",
            marks=frozenset({"human", "human-block"}),
            named="“Access to this page has been denied”",
            source=CAPTURED_2018,
        ),
        Sign(
            statuses=REFUSALS,
            headers=(("set-cookie", "^_pxhd="),),
            longest_text=300,
            named="its cookie",
            source=f"{ANTIBOT_DETECTOR}/detect-perimeterx.json",
        ),
        Sign(
            marks=frozenset({"human-block"}),
            text=(r"\bpress (?:&|and) hold\b|robot or human|verify (?:that )?you are (?:a )?human|\bnot a bot\b",),
            longest_text=800,
            named="with its captcha",
            source=_HUMAN_DOCS,
        ),
        only_script("human", _HUMAN_DOCS, r"px-c(?:dn|loud)\.net/|perimeterx\.net/|/PX\w{4,12}/"),
        only_script("human-block", _HUMAN_DOCS, r"px-c(?:dn|loud)\.net/|perimeterx\.net/|/captcha\.js"),
        only_cookie("_px(?:hd|3|2|vid)=", f"{ANTIBOT_DETECTOR}/detect-perimeterx.json"),
    ),
    "Akamai's bot wall": (
        Sign(
            statuses=REFUSALS,
            title=r"^access denied$",
            text=(r"you don't have permission to access", r"reference\s*#"),
            named="“Access Denied”, with a reference number",
            source="https://techdocs.akamai.com, reference numbers of error pages",
        ),
        Sign(
            statuses=REFUSALS,
            headers=(("server", "^akamaighost"),),
            title=r"^access denied$",
            named="server AkamaiGHost",
            source=f"{WAFW00F}/kona.py",
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
            source=f"{ANTIBOT_DETECTOR}/detect-akamai.json",
        ),
        only_script("akamai", f"{ANTIBOT_DETECTOR}/detect-akamai.json", r"/akam/1"),
        Sign(
            headers=(("akamai-cache-status", "^error from "),),
            empty=True,
            named="an error of its own without content",
            source="https://techdocs.akamai.com, Akamai-Cache-Status",
        ),
        only_cookie("(?:_abck|bm_sz|ak_bmsc|sbsd)=", f"{ANTIBOT_DETECTOR}/detect-akamai.json"),
    ),
    "Imperva (Incapsula)": (
        Sign(
            headers=(("x-iinfo", "."),),
            ids=frozenset({"main-iframe"}),
            longest_text=300,
            named="header x-iinfo",
            source=f"{ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
        Sign(
            text=(r"incapsula incident id",),
            longest_text=600,
            named="“Incapsula incident ID”",
            source=f"{WAFW00F}/incapsula.py",
        ),
        Sign(
            text=(r"powered by\s+(?:imperva|incapsula)", r"\bincident id\b|error \d+|error code:? ?\d+"),
            longest_text=900,
            named="“Powered by Imperva”",
            source=f"{WAFW00F}/incapsula.py",
        ),
        # "_Incapsula_Resource" stands in ordinary pages too; a frame of it with next to no words does not.
        Sign(
            marks=frozenset({"imperva"}),
            noindex=True,
            longest_text=300,
            most_links=2,
            named="with its challenge",
            source=f"{ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
        Sign(
            title=r"^pardon our interruption",
            text=(r"made us think (?:that )?you (?:were|are|might be) a bot",),
            named="“Pardon Our Interruption”",
            source=CAPTURED_2018,
            longest_text=2_500,
        ),
        only_script("imperva", f"{WAFW00F}/incapsula.py", r"/_Incapsula_Resource"),
        Sign(
            marks=frozenset({"distil"}),
            noindex=True,
            longest_text=2_500,
            named="Distil's block page",
            source=f"{WAFW00F}/distil.py",
        ),
        only_cookie(
            r"(?:incap_ses_|visid_incap_|nlbi_|reese84=|___utmvc=)", f"{ANTIBOT_DETECTOR}/detect-incapsula.json"
        ),
        Sign(
            headers=(("x-cdn", "^(?:incapsula|imperva)"),),
            empty=True,
            named="an answer without content",
            source=f"{ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
        Sign(
            headers=(("x-iinfo", "."),),
            empty=True,
            named="an answer without content",
            source=f"{ANTIBOT_DETECTOR}/detect-incapsula.json",
        ),
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
            source=f"{ANTIBOT_DETECTOR}/detect-aws-waf.json",
        ),
        Sign(
            marks=frozenset({"aws-waf"}),
            title=r"^human verification$",
            longest_text=600,
            named="“Human Verification”",
            source=f"{ANTIBOT_DETECTOR}/detect-aws-waf.json",
        ),
        only_script("aws-waf", f"{ANTIBOT_DETECTOR}/detect-aws-waf.json", r"awswaf"),
        only_cookie("aws-waf-token=", f"{ANTIBOT_DETECTOR}/detect-aws-waf.json"),
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
            source=f"{ANTIBOT_DETECTOR}/detect-kasada.json",
        ),
        Sign(
            marks=frozenset({"kasada"}),
            statuses=REFUSALS,
            longest_text=300,
            named="with its script",
            source=f"{ANTIBOT_DETECTOR}/detect-kasada.json",
        ),
        only_script("kasada", f"{ANTIBOT_DETECTOR}/detect-kasada.json", r"/(?:ips|p)\.js"),
        Sign(
            headers=(("x-k(?:asada(?:-.*)?|psdk-.*)", "."),),
            empty=True,
            named="its header on an answer without content",
            source=f"{ANTIBOT_DETECTOR}/detect-kasada.json",
        ),
    ),
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
        only_script("fastly-challenge", "github.com/groktopus/groktocrawl/issues/586 (nature.com)", r"/_fs-ch-"),
        only_cookie("_fs_ch_(?:st|cp)_", "github.com/groktopus/groktocrawl/issues/586 (nature.com)"),
    ),
    "Reblaze": (
        only_script("reblaze", f"{ANTIBOT_DETECTOR}/detect-reblaze.json"),
        Sign(
            headers=(("server", "^reblaze"),),
            statuses=REFUSALS,
            longest_text=600,
            may_be_empty=True,
            named="server Reblaze Secure Web Gateway",
            source=f"{WAFW00F}/reblaze.py",
        ),
        only_cookie("rbz(?:id|sessionid)=", f"{ANTIBOT_DETECTOR}/detect-reblaze.json"),
    ),
    "Radware": (
        Sign(
            address=r"^https?://validate\.perfdrive\.com/",
            named="validate.perfdrive.com",
            longest_text=3_000,
            may_be_empty=True,
            source=f"{ANTIBOT_DETECTOR}/detect-radware.json",
        ),
        Sign(
            marks=frozenset({"radware"}),
            title=r"^radware|captcha",
            longest_text=1_000,
            named="with its captcha",
            source=f"{ANTIBOT_DETECTOR}/detect-radware.json",
        ),
        Sign(
            title=r"^unauthorized request blocked$",
            text=(r"unauthorized (?:activity|request)",),
            longest_text=800,
            named="“Unauthorized Request Blocked”",
            source=f"{ANTIBOT_DETECTOR}/detect-radware.json",
        ),
        only_script("radware", f"{ANTIBOT_DETECTOR}/detect-radware.json", r"perfdrive\.com|stormcaster"),
        only_cookie("__uzm[a-f]=", f"{ANTIBOT_DETECTOR}/detect-radware.json"),
    ),
    "CHEQ": (only_script("cheq", f"{ANTIBOT_DETECTOR}/detect-cheq.json", r"cheqzone\.com/"),),
}
