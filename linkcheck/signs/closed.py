"""What hosting services say where a customer's site is gone, and what services say that have closed. Data.

The notices of hosting services are facts gathered from github.com/EdOverflow/can-i-take-over-xyz
(``fingerprints.json``, CC BY 4.0, as of 2026) and from the services' own pages. A notice counts only where next to
nothing stands beside it: they are quoted in handbooks and forums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linkcheck.model import Page

LONGEST = 700
"""Characters of text beside which a notice may stand: Heroku's and Shopify's pages have up to 500."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a service says of a site that it does not have.

    Attributes:
        service: its name, for the evidence, and as it stands on its pages.
        says: pattern of its words.
        hosts: ends of the host names under which its customers' sites are.
        headers: lower-case names of header fields, and patterns of their values, that only it sends.
        distinct: nobody else says that; else the service has to show by name, host or header.
    """

    service: str
    says: str
    hosts: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    distinct: bool = True


_HEROKU = (("server", "^(cowboy|heroku)"), ("via", "vegur|heroku"))
_AMAZON = (("server", "^amazons3"), ("x-amz-request-id", "."))

NOTICES: tuple[Notice, ...] = (
    Notice("GitHub Pages", r"there isn.?t a github pages site here", (".github.io",), (("server", r"^github\.com"),)),
    Notice("Wayback Machine", r"wayback machine (?:has not|hasn.t) archived that url", (".archive.org",)),
    Notice("GitLab Pages", r"the page you.?re looking for could not be found", (".gitlab.io",), (), distinct=False),
    Notice("Heroku", r"no such app|there.s nothing here, yet|heroku \| no such app", (".herokuapp.com",), _HEROKU),
    Notice("Amazon S3", r"nosuchbucket|the specified bucket does not exist", (".amazonaws.com",), _AMAZON),
    Notice("Google Cloud Storage", r"nosuchbucket|the specified bucket does not exist", (".googleapis.com",)),
    Notice("Alibaba Cloud OSS", r"nosuchbucket|the specified bucket does not exist", (".aliyuncs.com",)),
    Notice("Azure", r"404 web site not found|web app (?:has been|is) stopped|site disabled|this web app is stopped"),
    Notice("Netlify", r"^not found - request id:|site not found\b.*\bnetlify", (".netlify.app", ".netlify.com")),
    Notice(
        "Vercel", r"deployment_not_found|the deployment could not be found|this deployment (?:has been|is) disabled"
    ),
    Notice("Vercel", r"deployment_disabled|deployment_deleted|deployment has been deleted", (".vercel.app", ".now.sh")),
    Notice("Fly.io", r"404 not found", (".fly.dev",), (("server", "^fly/"),), distinct=False),
    Notice("Railway", r"application not found|train has not arrived at the station", (".up.railway.app",)),
    Notice("Render", r"^not found$|service (?:has been )?suspended", (".onrender.com",), distinct=False),
    Notice("Surge", r"^project not found", (".surge.sh",), distinct=False),
    Notice(
        "Firebase", r"site not found\b.*\bfirebase|why am i seeing this\?.*firebase", (".web.app", ".firebaseapp.com")
    ),
    Notice("Bitbucket", r"repository not found", (".bitbucket.io", "bitbucket.org"), distinct=False),
    Notice(
        "Read the Docs", r"unknown to read the docs|the link you have followed or the url that you entered does not"
    ),
    Notice(
        "Read the Docs", r"(?:project|documentation) (?:not found|does not exist)", (".readthedocs.io",), distinct=False
    ),
    Notice("Readme.io", r"project doesn.?t exist\W+yet|^project not found"),
    Notice(
        "GitBook", r"if you need specifics, here.s the error|^this space (?:doesn.t|does not) exist", (".gitbook.io",)
    ),
    Notice("Ghost", r"the thing you were looking for is no longer here|failed to resolve dns path for this host"),
    Notice("Ghost", r"site unavailable|domain error", (".ghost.io",), distinct=False),
    Notice("Tumblr", r"whatever you were looking for doesn.t currently exist at this address|^there.s nothing here\b"),
    Notice("WordPress.com", r"do you want to register\b.*\bwordpress\.com|doesn.?t exist\b.*\bwordpress\.com"),
    Notice(
        "WordPress.com",
        r"\bwordpress\.com (?:doesn.t|does not|no longer) exist|the authors have deleted this (?:site|blog)|"
        r"this blog has "
        r"been (?:archived or )?suspended|"
        r"this blog is no longer available",
    ),
    Notice("Blogger", r"blog has been removed|blog (?:is )?not found"),
    Notice("Hatena Blog", r"404 blog is not found"),
    Notice("Typepad", r"typepad (?:has|is) (?:shut down|closed|no longer)", (".typepad.com",)),
    Notice(
        "Medium",
        r"^(?:this (?:account|post|page) is (?:under investigation|unavailable)|user deactivated)",
        ("medium.com",),
    ),
    Notice(
        "Substack",
        r"publication (?:not available|not found)|this publication (?:has been|is) (?:deleted|"
        "unavailable)",
    ),
    Notice("Zendesk", r"help center closed|this help center no longer exists|no help desk at"),
    Notice("Freshdesk", r"there is no helpdesk here|may ?be this is still fresh|you can claim it now at"),
    Notice(
        "Desk.com", r"please try again or try desk\.com free for 14 days|sorry, we couldn.t find that page.*desk\.com"
    ),
    Notice("Help Juice", r"we could not find what you.re looking for", (".helpjuice.com",), distinct=False),
    Notice("Help Scout", r"no settings were found for this company"),
    Notice("UserVoice", r"this uservoice (?:subdomain is currently available|instance does not exist)"),
    Notice("Intercom", r"uh oh\W+that page doesn.?t exist|this page is reserved for artistic dogs"),
    Notice(
        "Statuspage",
        r"status ?page (?:launched|not found|is currently inactive)|currently inactive and can only be viewed by",
    ),
    Notice("Pingdom", r"(?:sorry, )?couldn.?t find the status page|this public report page has not been activated"),
    Notice("Uptime Robot", r"page not found", (".uptimerobot.com",), distinct=False),
    Notice("JetBrains YouTrack", r"is not a registered incloud youtrack"),
    Notice(
        "Shopify",
        r"sorry, this (?:shop|store) is currently unavailable|only one step left|this (?:shop|store) is unavailable",
    ),
    Notice(
        "BigCommerce",
        r"this store is (?:currently )?unavailable\b.*bigcommerce|unfortunately, this store",
        distinct=False,
    ),
    Notice(
        "Big Cartel",
        r"oops! we couldn.?t find that page|this shop (?:is|has been) (?:closed|suspended)",
        (".bigcartel.com",),
    ),
    Notice(
        "Webflow", r"the page you are looking for doesn.t exist or has been moved", (".webflow.io",), distinct=False
    ),
    Notice(
        "Squarespace",
        r"(?:this )?(?:website|domain|account|site) (?:is |has )?(?:expired|isn.t connected to a website|"
        r"not available)",
        distinct=False,
    ),
    Notice(
        "Squarespace",
        r"no such account|this site (?:is )?(?:currently )?unavailable.*site (?:owner|administrator)",
        distinct=False,
    ),
    Notice(
        "Squarespace",
        r"^squarespace - (?:account not available|domain not claimed|no such account|website expired|"
        r"claim this domain)",
    ),
    Notice(
        "Wix",
        r"looks like this domain isn.t connected to a website yet|error connectyourdomain|this site (?:was|"
        r"is) (?:not|un)published",
    ),
    Notice(
        "Weebly",
        r"this (?:site|page) (?:is|has been) (?:not published|unpublished)|site not published",
        (".weebly.com",),
    ),
    Notice(
        "Jimdo",
        r"this website (?:is )?(?:not (?:yet )?(?:available|published)|no longer)",
        (".jimdo.com", ".jimdosite.com"),
    ),
    Notice("Strikingly", r"page not found", (".strikingly.com",), distinct=False),
    Notice("Strikingly", r"but if you.?re looking to build your own website"),
    Notice("Cargo", r"404 not found", (".cargo.site", "cargocollective.com"), distinct=False),
    Notice("Cargo", r"if you.?re moving your domain away from cargo"),
    Notice(
        "Tilda", r"please renew your subscription|domain (?:has been|is) (?:not )?(?:assigned|attached)", (".tilda.ws",)
    ),
    Notice("Readymag", r"this project (?:isn.t|is not) published", ("readymag.com",)),
    Notice("Launchrock", r"it looks like you may have taken a wrong turn somewhere"),
    Notice("Landingi", r"it looks like you.?re lost", (".landingi.com",), distinct=False),
    Notice("Unbounce", r"the requested url was not found on this server", (".unbouncepages.com",), distinct=False),
    Notice("Instapage", r"looks like you.?re lost|you.ve discovered a missing link", (".pagedemo.co",), distinct=False),
    Notice("GetResponse", r"with getresponse landing pages, lead generation has never been easier"),
    Notice(
        "Mailchimp",
        r"trying to reach a page that was built by mailchimp|page that was built by mailchimp but is no longer",
    ),
    Notice(
        "Campaign Monitor",
        r"trying to access your account\?|double check the url or .*campaign monitor",
        distinct=False,
    ),
    Notice(
        "HubSpot",
        r"this page isn.?t available|domain not found\b.*hubspot|does not exist in our system",
        distinct=False,
    ),
    Notice("ActiveCampaign", r"lighttpd - fly light|alt=.lighttpd", (".activehosted.com",), distinct=False),
    Notice("Agile CRM", r"sorry, this page is no longer available", (".agilecrm.com",), distinct=False),
    Notice("Aha!", r"there is no portal here"),
    Notice("Anima", r"if this is your website and you.ve just created it, try refreshing in a minute"),
    Notice(
        "Acquia",
        r"web site not found|site not found|if you are an acquia cloud customer",
        (".acquia-sites.com",),
        distinct=False,
    ),
    Notice("Pantheon", r"404 error unknown site|the gods are wise, but do not know of the site"),
    Notice("Kinsta", r"no site for domain"),
    Notice("WP Engine", r"the site you were looking for couldn.?t be found", (".wpengine.com",)),
    Notice("Flywheel", r"we.?re sorry, you.?ve landed on a page that is hosted by flywheel"),
    Notice("Fastly", r"fastly error: unknown domain|please check that this domain has been added to a service"),
    Notice("CloudFront", r"viewercertificateexception"),
    Notice("DigitalOcean", r"domain uses do name servers with no records in do"),
    Notice(
        "Discourse",
        r"this (?:site|forum) (?:is|has been) (?:closed|expired|deactivated|cancelled)",
        (".trydiscourse.com",),
    ),
    Notice("Feedpress", r"the feed has not been found"),
    Notice("Frontify", r"404 - page not found\W+oops\W+looks like you got lost"),
    Notice("Gemfury", r"404: this page could not be found", (".furyns.com",), distinct=False),
    Notice(
        "Google Sites",
        r"the requested url was not found on this server\W+that.s all we know",
        ("sites.google.com",),
        distinct=False,
    ),
    Notice("Mashery", r"unrecognized domain"),
    Notice("Smartling", r"domain (?:is not|isn.t) configured"),
    Notice("Ngrok", r"tunnel \S+ not found|err_ngrok_\d+|\bngrok\.\w+ (?:is offline|not found)"),
    Notice("Proposify", r"if you need immediate assistance, please contact .{0,20}proposify"),
    Notice("Short.io", r"link does not exist|this domain (?:is not|isn.t) configured on short\.io", distinct=False),
    Notice("Simplebooklet", r"we can.?t find this .{0,20}simplebooklet"),
    Notice("SmartJobBoard", r"this job board website is either expired or its domain name is invalid"),
    Notice("SmugMug", r'page not found|class="message-text">page not found', (".smugmug.com",), distinct=False),
    Notice("SurveyGizmo", r"data-html-name|account not found", (".surveygizmo.com",), distinct=False),
    Notice("SurveySparrow", r"(?:ouch! )?account not found", (".surveysparrow.com",), distinct=False),
    Notice("Tave", r"<h1>error 404: page not found", (".tave.com",), distinct=False),
    Notice("Teamwork", r"oops\W+we didn.?t find your site"),
    Notice(
        "Thinkific",
        r"you may have mistyped the address or the page may have moved",
        (".thinkific.com",),
        distinct=False,
    ),
    Notice("Uberflip", r"the url you.?ve accessed does not provide a hub|non-hub domain"),
    Notice("Vend", r"looks like you.?ve traveled too far into cyberspace"),
    Notice("Wishpond", r"https://www\.wishpond\.com/404\?campaign=true"),
    Notice("Worksites", r"but the website you.?re looking for doesn.?t exist|company not found\W+hello"),
    Notice(
        "Bubble",
        r"this (?:app|page) (?:does not exist|is not available)\b.*bubble",
        (".bubbleapps.io",),
        distinct=False,
    ),
    Notice("Carrd", r"(?:this site|404)\b.*carrd", (".carrd.co",), distinct=False),
    Notice("Canny", r"company not found\W+there is no such company|there is no such company"),
    Notice(
        "Angelfire or Tripod",
        r"(?:member|site|page)\b.{0,40}\b(?:not found|cancelled|suspended)",
        (".tripod.com", ".angelfire.com"),
        distinct=False,
    ),
    Notice(
        "Neocities",
        r"site (?:not found|does not exist)|this site (?:has been|was) (?:deleted|banned)",
        (".neocities.org",),
        distinct=False,
    ),
    Notice(
        "PythonAnywhere",
        r"coming soon!|this site (?:is )?(?:not|currently) (?:configured|disabled)",
        (".pythonanywhere.com",),
        distinct=False,
    ),
    Notice(
        "Glitch", r"this project (?:has|isn.t)|glitch (?:has|is) (?:ended|no longer)", (".glitch.me",), distinct=False
    ),
    Notice(
        "000webhost",
        r"website (?:is )?(?:no longer available|suspended|was not found)\b|000webhost\b.*\b(?:closed|discontinued)",
    ),
    Notice(
        "InfinityFree",
        r"(?:website|account) (?:has been )?(?:suspended|removed)",
        (".infinityfreeapp.com", ".epizy.com"),
        distinct=False,
    ),
)

_SUBJECT = (
    r"(?:this|our) (?:\w+ ){0,3}?(?:site|website|web ?site|service|blog|forum|forums|wiki|community|app|application|"
    r"platform|portal|server|project|network|archive|domain)"
)
_CLOSED = (
    r"(?:(?:has|have) (?:now )?(?:been )?(?:shut ?down|closed|ceased|discontinued|retired|decommissioned|sunset|"
    r"ended|"
    r"taken offline|terminated|deactivated)|(?:is|are|was|were) (?:now )?(?:shut ?down|"
    r"(?:permanently )?closed(?: down)?|"
    r"discontinued|retired|decommissioned|sunset|no longer (?:available|active|online|in (?:service|operation)|"
    r"operating|"
    r"with us)|not available any ?more|permanently offline)|no longer exists)(?! (?:for|to|on|in|by|"
    r"with|at|from) )"
)
_CLOSING = re.compile(
    rf"^(?:sorry\W+|unfortunately\W+|we(?:'|’)re sorry\W+)?(?:{_SUBJECT}(?: \S{{1,60}})? {_CLOSED}\b"
    r"|we(?:'ve|’ve| have) (?:shut down|closed (?:our doors|down|this (?:site|website|service|blog|shop))|"
    r"ceased operations|discontinued)"
    r"|(?:account|site|website|domain|hosting) (?:has been )?(?:suspended|terminated|deactivated|expired)\W*$"
    r"|(?:this|your) (?:account|site|website|domain|hosting(?: account)?) (?:has been|"
    r"is) (?:temporarily )?(?:suspended|"
    r"terminated|deactivated|disabled)\b"
    r"|(?:website|site|service|web ?page) (?:is )?(?:closed|no longer available|discontinued|offline permanently)\W*$"
    r"|(?:diese|die|unsere) (?:seite|website|webseite|plattform|dienst) (?:wurde|ist) (?:eingestellt|"
    r"geschlossen|abgeschaltet|gesperrt)"
    r"|dieser (?:dienst|blog) (?:wurde|ist) (?:eingestellt|geschlossen|abgeschaltet)"
    r"|(?:ce|le|notre) (?:site|service|blog) (?:est|a été) (?:fermé|suspendu|arrêté)"
    r"|(?:este|el) (?:sitio|servicio|blog)(?: web)? (?:ha sido|está|fue) (?:cerrado|suspendido)"
    r"|(?:este) (?:site|serviço|blog) (?:foi|está) (?:encerrado|suspenso|desativado)"
    r"|(?:questo) (?:sito|servizio|blog) (?:è stato|è) (?:chiuso|sospeso|disattivato)"
    r"|(?:deze) (?:website|site|dienst) is (?:gesloten|opgeheven|beëindigd|opgeschort)"
    r"|(?:сайт|сервис|проект|блог|аккаунт) (?:закрыт|заблокирован|отключен|отключён|больше не (?:работает|доступен))"
    r"|(?:本サービス|当サイト|このサービス|本サイト|このサイト|このブログ)\S{0,20}(?:終了|閉鎖)"
    r"|(?:本站|本网站|该网站|此网站|网站|服务)\S{0,6}(?:已关闭|已停止|暂停服务|已停用))",
    re.I,
)

_PLACEHOLDER = re.compile(
    r"^(?:(?:site |website |we are |we.re |currently )?(?:down for (?:\w+ )?maintenance|under (?:maintenance|"
    r"construction))"
    r"|(?:scheduled |site |website )?maintenance(?: mode)?|we.?(?:ll| will) be (?:right |online )?back(?: soon|"
    r" shortly)?|"
    r"(?:this|our|the) (?:site|website|page) is (?:currently |temporarily )?(?:down for|under|undergoing|in|"
    r"offline|unavailable)"
    r"(?: (?:\w+ )?(?:maintenance|construction|development))?|(?:site |website )?(?:coming soon|opening soon|"
    r"launching soon)"
    r"|(?:hier entsteht|wartungsarbeiten|wartungsmodus|(?:seite |website )?im aufbau)|"
    r"(?:site )?en (?:maintenance|construction)"
    r"|(?:sitio )?en (?:mantenimiento|construcción)|(?:site )?em (?:manutenção|construção)|"
    r"(?:sito )?in (?:manutenzione|costruzione)"
    r"|(?:сайт )?(?:на (?:техническом )?обслуживании|в разработке|находится в разработке)|strona w budowie|"
    r"przerwa techniczna"
    r"|メンテナンス中|ただいまメンテナンス中(?:です)?|(?:网站|系统)?(?:正在)?(?:维护中|建设中|升级中))(?:\W.*)?$",
    re.I,
)


_HAS_CLOSED = re.compile(
    r"^(.{2,60}?) (?:has|is) (?:now )?(?:been )?(?:shut ?down|closed|discontinued)\b[^,;:]{0,30}$", re.I
)


_FURTHEST = 100
_LINES = 8
_LONGEST_LINE = 300


def notices(page: Page) -> Iterator[tuple[Notice, str]]:
    """The notices of hosting services whose words stand in titles, headings or opening, each with its line."""
    if len(page.text) > LONGEST or page.published:
        return
    lines = [line for line in page.text.split("\n")[:_LINES] if len(line) <= _LONGEST_LINE]
    lines = [line for line in dict.fromkeys((*page.titles, *page.headings, *lines)) if line]
    for notice in NOTICES:
        if words := next((line for line in lines if says(notice, line)), ""):
            yield notice, words


def says(notice: Notice, line: str) -> bool:
    """Whether a line begins with, or nearly, what a service says."""
    match = re.search(notice.says, line, re.I)
    return match is not None and match.start() < _FURTHEST


# More loosely than above, and in the midst of a line: enough only where every address of the host says the same.
_ENDED = re.compile(
    r"\b(?:has|have|was|were|is|are) (?:now |been |permanently )*(?:shut ?down|discontinued|retired|sunset|ended|"
    r"switched off|suspended|terminated|closed(?! (?:on|at|from|until|for) ))\b|\bno longer (?:available|online|active|"
    r"operat\w+|hosted)\b|\b(?:eingestellt|abgeschaltet|geschlossen|beendet)\b|\b(?:est|a|ont|été|définitivement) "
    r"ferm[ée]e?s?\b|\ba pris fin\b|\b(?:cerrado|cerró|clausurado|chiuso|cessato|encerrado|encerrou|desativado)\b|"
    r"\b(?:gesloten|gestopt|beëindigd|opgeheven|nedlagt|lukket|nedlagd|stängts?|suljettu|lopetettu)\b|"
    r"\b(?:zamknięt\w+|zakończy\w+|ukončen\w*|zrušen\w*|megszűnt|închis|kapatıl\w+)|закрыт|прекра\w+ работу|закрит|"
    r"終了(?:いた|し|とな)|閉鎖|停止服务|停止服務|停止运营|停止營運|已关闭|已關閉|已下线|종료되었|종료했|폐쇄|"
    r"đã (?:đóng|ngừng)|ditutup|ปิดให้บริการ|ยุติการให้บริการ|أغلق|إغلاق|נסגר|بسته شد|έκλεισε",
    re.I,
)


def ended_words(page: Page) -> str:
    """The title, heading or opening line of a short page in which something has closed or ended; "" where none does."""
    if len(page.text) > LONGEST or page.published:
        return ""
    lines = (*page.titles, *page.headings, *page.text.split("\n")[:4])
    return next((line for line in lines if len(line) <= _LONGEST_LINE and _ENDED.search(line)), "")


def closing_words(page: Page, host: str) -> str:
    """The title, heading or opening line that says that the service itself is closed; "" where none does.

    ``X has shut down`` counts where X is in the name of its host; else it may be news of another.
    """
    opening = [line.strip() for line in page.text.split("\n")[:4]]
    for line in (*page.titles, *page.headings, *opening):
        if _CLOSING.match(line[:300]):
            return line
        named = _HAS_CLOSED.match(line)
        if named and any(len(word) > 3 and word.lower() in host for word in re.findall(r"\w+", named[1])):
            return line
    return ""


def placeholder_words(page: Page) -> str:
    """The title or heading that says that the site is not ready, or not just now; "" where none does."""
    if len(page.text) > LONGEST:
        return ""
    return next((line for line in (*page.titles, *page.headings) if _PLACEHOLDER.match(line[:200])), "")
