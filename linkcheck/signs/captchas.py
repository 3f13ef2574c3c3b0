"""Captchas before a page, and pages that ask for a person in words that nobody owns. Data."""

from __future__ import annotations

from collections.abc import Mapping

from linkcheck.signs.sign import CAPTCHA_DETECTORS, REFUSALS, Sign, only_script

# A whole title, or all of it on one side of a bar: articles have such words among others.
_SEES_A_PERSON = (
    r"(?:\A|[|–—-] )(?:just a moment|one moment,? please|please wait|attention required|one more step"
    r"|(?:security|browser|human|bot|robot) (?:check(?:point)?|verification|challenge(?: screen)?)|validation request"
    r"|(?:ddos|bot) protection"
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


def captcha(mark: str, embeds: str) -> tuple[Sign, ...]:
    """A captcha before the page, not before a form on it: alone, or with few words that ask for a person."""
    return (
        only_script(mark, CAPTCHA_DETECTORS, embeds),
        Sign(
            marks=frozenset({mark}),
            title=_SEES_A_PERSON,
            text=(_ASKS_FOR_A_PERSON,),
            longest_text=700,
            most_links=4,
            named="a captcha before the page",
            source=CAPTCHA_DETECTORS,
        ),
    )


CAPTCHAS: Mapping[str, tuple[Sign, ...]] = {
    "reCAPTCHA": captcha("recaptcha", r"google\.com/recaptcha/|recaptcha\.net/|gstatic\.com/recaptcha/"),
    "hCaptcha": captcha("hcaptcha", r"hcaptcha\.com/"),
    "Arkose Labs (FunCaptcha)": captcha("arkose", r"funcaptcha\.com/|arkoselabs\.com/"),
    "GeeTest": captcha("geetest", r"geetest"),
    "Friendly Captcha": captcha("friendly-captcha", r"friendly"),
    "captcha.eu": captcha("captcha-eu", r"captcha\.eu/"),
    "Tencent's captcha": captcha("tencent-captcha", r"captcha\.(?:qcloud|qq|gtimg)\.com/|TCaptcha"),
    "MTCaptcha": captcha("mtcaptcha", r"mtcaptcha\.com/"),
    "Yandex SmartCaptcha": (
        *captcha("yandex-smartcaptcha", r"yandex"),
        Sign(
            address=r"^https?://[^/]*\byandex\.[a-z.]+/showcaptcha",
            named="/showcaptcha",
            source=f"{CAPTCHA_DETECTORS}/detect-smartcaptcha.json",
        ),
    ),
    "Alibaba's captcha": (
        *captcha("aliyun-captcha", r"aliyun|alicdn\.com/"),
        Sign(
            address=r"/punish\?(?:.*&)?x5secdata=|/_____tmd_____/punish",
            may_be_empty=True,
            named="its address /punish",
            source=f"{CAPTCHA_DETECTORS}/detect-aliexpress.json",
        ),
    ),
}

ANYBODYS: Mapping[str, tuple[Sign, ...]] = {
    "A bot wall": (
        Sign(
            statuses=REFUSALS | frozenset({202, 418, 520}),
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
"""Whoever it is."""
