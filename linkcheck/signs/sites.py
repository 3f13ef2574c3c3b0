"""What single sites show to programs in the place of their pages. Data."""

from __future__ import annotations

from collections.abc import Mapping

from linkcheck.signs.sign import ANTIBOT_DETECTOR, REFUSALS, Sign

_AT_AMAZON = r"^https?://(?:[\w-]+\.)*amazon\.[a-z.]{2,6}/"

SITES: Mapping[str, tuple[Sign, ...]] = {
    "Reddit": (
        Sign(
            statuses=REFUSALS,
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
            source=f"{ANTIBOT_DETECTOR}/detect-amazon.json",
        ),
        Sign(
            marks=frozenset({"amazon-captcha"}),
            longest_text=700,
            named="its captcha",
            source=f"{ANTIBOT_DETECTOR}/detect-amazon.json",
        ),
        Sign(
            address=_AT_AMAZON,
            text=(r"to discuss automated access to amazon data please contact|enter the characters you see below",),
            longest_text=700,
            named="its captcha",
            source=f"{ANTIBOT_DETECTOR}/detect-amazon.json",
        ),
    ),
    "Google": (
        Sign(
            address=r"^https?://(?:[\w-]+\.)?google\.[a-z.]{2,6}/sorry/",
            longest_text=3_000,
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
}
