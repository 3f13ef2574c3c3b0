"""Strings in the markup of a page, out of a reader's sight, that only one kind of page has. Data.

``page.py`` looks for them in pages with little text, and notes the names of the rows that are there in ``Page.marks``.
A string may stand in the text of an article about it, and some services put their scripts into every page that they
guard; so a mark is never a sign by itself (see :mod:`linkcheck.signs.walls`).
"""

from __future__ import annotations

from collections.abc import Mapping

MARKS: Mapping[str, tuple[str, ...]] = {
    # https://developers.cloudflare.com/cloudflare-challenges/: the options of its challenge script, and the script.
    # Not ".../scripts/jsd/", which Cloudflare puts into ordinary pages. Pages are in Ekultek/WhatWaf issues 844 and
    # 1288; "cf_captcha_kind" and "trk_jschal_js" are what FlareSolverr looks for.
    "cloudflare-challenge": (
        *("_cf_chl_opt", "/orchestrate/managed/v", "/orchestrate/jsch/v", "/orchestrate/captcha/v"),
        *("/orchestrate/chl_page/v", "__cf_chl_captcha_tk__", "__cf_chl_jschl_tk__", "__cf_chl_managed_tk__"),
        *("__cf_chl_f_tk", "__cf_chl_rt_tk", "/cdn-cgi/l/chk_", 'name="cf_captcha_kind"', 'id="trk_jschal_js"'),
    ),
    # https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/: its own error
    # pages; "block_headline" stands on the captured ones ("Sorry, you have been blocked").
    "cloudflare-block": ('data-translate="block_headline"', 'id="cf-error-details"', "/cdn-cgi/styles/cf.errors.css"),
    # https://developers.cloudflare.com/bots/additional-configurations/javascript-detections/: in every page as well.
    "cloudflare-detection": ("__CF$cv$params", "/cdn-cgi/bm/cv/"),
    # https://docs.datadome.co/docs/captcha-page: the options of its captcha, and where that comes from.
    "datadome": ("captcha-delivery.com", "var dd={'rt'", 'var dd={"rt"'),
    # https://docs.humansecurity.com: the block page must set these, _pxAppId stands in guarded pages too.
    "human-block": (
        "captcha.px-cdn.net",
        "captcha.px-cloud.net",
        "captcha.perimeterx.net",
        "_pxBlockedUrl",
        "px-captcha",
    ),
    "human": ("_pxAppId", "_pxAction", "_pxJsClientSrc"),
    # scrapfly/Antibot-Detector, detectors/antibot/detect-akamai.json: of its interstitial and its pixel.
    "akamai-challenge": ("sec-if-cpt-container", "sec-bc-text-container", "/_sec/cp_challenge/", "/_sec/sbsd"),
    "akamai": ("bazadebezolkohpepadr", "/akam/1"),
    # EnableSecurity/wafw00f, plugins incapsula.py and distil.py; Imbuedhush/Incapsula-Bypass.
    "imperva": ("_Incapsula_Resource", "imperva"),
    "distil": ("distilCaptchaForm", "distilCallbackGuard", "cdn.distilnetworks.com"),
    # scrapfly/Antibot-Detector, detect-kasada.json.
    "kasada": ("KPSDK", "kpsdk-load", "/ips.js?"),
    # scrapfly/Antibot-Detector, detect-aws-waf.json; docs.aws.amazon.com/waf, "JavaScript integrations".
    "aws-waf": ("awswaf", "gokuProps", "AwsWafIntegration"),
    # github.com/owid/covid-19-data/issues/2265 has a whole page; scrapfly/Antibot-Detector, detect-shapesecurity.json.
    "f5": ('window["bobcmn"]', "/TSPD/", "TSPD_101", "shapesecurity"),
    # The strings that github.com/TecharoHQ/anubis puts out, as EnableSecurity/wafw00f (anubis.py) has them.
    "anubis": ("/.within.website/x/cmd/anubis/", '<script id="anubis_challenge"', '<script id="anubis_version"'),
    # github.com/groktopus/groktocrawl/issues/586: a path of its own on every site that it guards.
    "fastly-challenge": ("/_fs-ch-",),
    # EnableSecurity/wafw00f, plugins sucuri.py and imunify360.py.
    "sucuri": ("sucuri_cloudproxy_js", "cdn.sucuri.net/sucuri-firewall-block.css", "cloudproxy@sucuri.net"),
    "imunify360": ("imunify360", "/captcha.html?imunify"),
    # scrapfly/Antibot-Detector, detect-reblaze.json, detect-radware.json, detect-cheq.json.
    "reblaze": ("rbzns", "winsocks()"),
    "radware": ("perfdrive.com", "SSJSConnectorObj", "__uzdbm_"),
    "cheq": ("cheqzone.com",),
    # Amazon's page of bent letters, as gathered by scrapfly/Antibot-Detector, detect-amazon.json.
    "amazon-captcha": ("csm-captcha-instrumentation", "/errors/validateCaptcha", "opfcaptcha.amazon"),
    # The names in the vendors' own documents on how a captcha is put into a page.
    "recaptcha": ("g-recaptcha", "grecaptcha", "google.com/recaptcha/", "recaptcha.net/recaptcha/"),
    "hcaptcha": ("h-captcha", "hcaptcha.com"),
    "turnstile": ("cf-turnstile", "challenges.cloudflare.com/turnstile/"),
    "arkose": ("funcaptcha.com", "arkoselabs.com", "FunCaptcha"),
    "geetest": ("geetest",),
    "friendly-captcha": ("frc-captcha", "friendly-challenge", "friendlycaptcha"),
    "captcha-eu": ("captchaeu", "captcha.eu/"),
    "tencent-captcha": ("TencentCaptcha", "turing.captcha.qcloud.com", "ssl.captcha.qq.com"),
    "aliyun-captcha": ("AliyunCaptcha", "x5secdata", "aliyun_waf_"),
    "mtcaptcha": ("mtcaptcha",),
    "yandex-smartcaptcha": ("smartcaptcha.yandexcloud.net", "smart-captcha", "/checkcaptcha"),
    # Of log-in forms.
    "password-field": ('type="password"', "type='password'", "type=password"),
    # IAB Europe's consent framework, and the scripts of those who put it into pages, by their own documents.
    "consent-banner": (
        *("__tcfapi", "_sp_queue", "_sp_.config", "sp-prod.net", "privacy-mgmt.com", "didomi", "cdn.cookielaw.org"),
        *("consensu.org", "usercentrics", "cookiebot", "quantcast.mgr", "consentmanager.net", "consent.google"),
    ),
    # AdSense for Domains, which is open to parked domains alone, and the landers of GoDaddy, Bodis and Namecheap.
    "parking-lander": (
        "data-adblockkey",
        "google.com/adsense/domains",
        "parking-lander",
        'window.location.href="/lander"',
        "window.park = ",
        "sedoparking.com/frmpark",
        "parkingcrew.net/",
        "bodiscdn.com",
    ),
}
"""By name: of the strings of a row, one is enough. Compared as they stand, letter case included."""

_BEGINNING, _END = 32 * 1024, 16 * 1024
"""Characters of markup that are looked through: the longest challenge page that was seen has 25,000, and forms stand
at the end of pages whose styles and scripts are long."""


def marks_in(html: str) -> tuple[str, ...]:
    """The names of the rows that a page's markup shows, in the order of :data:`MARKS`."""
    ends = html if len(html) <= _BEGINNING + _END else f"{html[:_BEGINNING]}\n{html[-_END:]}"
    return tuple(name for name, strings in MARKS.items() if any(string in ends for string in strings))
