"""What parked domains look like: names that are for sale, names that only show advertisements, and empty "
"servers. Data.

Hosts and addresses of parkers are facts gathered from MISP's warning lists ``parking-domain`` and
``parking-domain-ns`` (CC0, version 20221024) and from the pages that parkers themselves serve. An address alone proves
nothing: registrars serve live pages from the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from linkcheck import uri
from linkcheck.model import Page

LONGEST = 2_500
"""Characters of text beside which a page may be a parked one: the longest lists of "related searches" have 1,500."""

_HOSTS_WRITTEN = (
    "above.com afternic.com aftermarket.pl atom.com bodis.com bodiscdn.com brandbucket.com brandpa.com "
    "bookmyname.com buydomains.com cashparking.com cdn-fileserver.com d38psrni17bvxu.cloudfront.net "
    "d1lxhc4jvstzrp.cloudfront.net dan.com danadomain.com dnsowl.com domain.com.tw domainadvertising.com "
    "domainagents.com domainmarket.com domainname.de domainnamesales.com domainparking.ru domainrecover.com "
    "domains.squadhelp.com domainsponsor.com domeny.tv dropcatch.com dsnextgen.com dsredirection.com "
    "dsredirects.com efty.com elitedomains.de epik.com fabulous.com forsale.dynadot.com forsale.godaddy.com "
    "forsale.namesilo.com freenom.com gname.com gname.net googlesyndicatedsearch.com grit.domains hastydns.com "
    "hugedomains.com ifdnzact.com information.com juming.com litedomains.com mediaoptions.com mydomaincontact.com "
    "namebright.com namefind.com namejet.com nameprice.com netsol-parking.com oversee.net parked.com "
    "parkedpage.com parking.reg.ru parking.godaddy.com parkingcrew.net parkingcrew.com parklogic.com parktons.com "
    "premium.pl realtime.at rookdns.com saw.com searchmagnified.com secureserver-parking.com sedo.com sedo.de "
    "sedoparking.com skenzo.com smartname.com snapnames.com spaceship-cdn.com squadhelp.com sav.com "
    "survey-smiles.com t.parking.nic.ru tonic.to trafficclub.com undeveloped.com uniregistry.com "
    "uniregistrymarket.link voodoo.com whypark.com yandex-parking.com zeropark.com ztomy.com 4.cn "
    "aliyun-parking.com park.io nidoma.com domraider.com nic-parking.ru parking.nic.ru parking.ru www-parking.com"
)
HOSTS = frozenset(_HOSTS_WRITTEN.split())
"""Who parks or sells names; their subdomains too."""

_ADDRESSES_WRITTEN = (
    "103.120.80.111 103.139.0.32 103.224.182.0/23 103.224.212.0/23 119.28.128.52 121.254.178.252 13.248.216.40 "
    "141.8.224.195 185.53.176.0/22 192.64.147.0/24 194.58.112.165 194.58.112.174 198.54.117.192/26 "
    "199.191.50.0/24 199.58.179.10 199.59.240.0/22 204.11.56.0/23 207.148.248.143 207.148.248.145 208.91.196.0/23 "
    "209.99.40.222 209.99.64.0/24 3.64.163.50 34.102.136.180 34.98.99.30 35.186.238.101 43.128.56.249 "
    "45.88.202.115 47.91.170.222 52.128.23.153 52.58.78.16 52.60.87.163 64.190.62.0/23 66.81.199.0/24 "
    "75.2.115.196 75.2.18.233 75.2.26.18 76.223.65.111 91.195.240.0/23 95.217.58.108 98.124.204.16 99.83.154.118"
)
ADDRESSES = tuple(_ADDRESSES_WRITTEN.split())

_SCRIPTS = re.compile(
    r"/adsense/domains/caf\.js|parking-lander|/parking\.\d|/park\.js|/frmpark/|/px\.js\?ch=|/caf\.js|/glp\?|"
    r"/domainpark",
    re.I,
)
"""Of addresses of scripts and frames: what only parking pages load (AdSense for Domains, the parkers' own "
"landers)."""

MARKS = frozenset({"parking-lander"})
"""Rows of :mod:`linkcheck.signs.marks` that parking pages show."""

_NAME = r"(?:[\w-]+\.)+[a-z][\w-]{1,20}"
_FOR_SALE = re.compile(
    rf"(?:\b(?:domain(?: ?name)?|web ?site|web address|web ?page|{_NAME})(?: {_NAME})?\W{{0,3}}"
    r"(?:is|may be|might be|could be|has been)\W(?:(?:currently|now|also|already) )?(?:for sale|available for (?:sale|"
    r"purchase)|up for (?:sale|auction)|listed for sale|parked)\b"
    rf"|^\W*(?:premium )?(?:domain|web ?site)s?(?: names?)? for sale\W*(?:{_NAME})?\W*$"
    rf"|{_NAME} (?:steht zum verkauf|ist zu verkaufen|est à vendre|(?:está )?(?:en|à|a la) vent?a|è in vendita|"
    rf"(?:is )?te koop|"
    r"(?:jest )?na sprzedaż|är till salu|er til salg|продается|продаётся|on myynnissä|satılık|eladó|je na prodej)"
    r"|\bthis domain (?:name )?(?:is|was|has been) (?:recently )?registered (?:at|with|via)\b"
    r"|\bbuy (?:this|the) domain\b|\b(?:get|own|purchase) this domain\b|"
    r"\binquire about this domain\b"
    r"|\bmake an offer (?:on|for) this domain\b|\bparked (?:free|domain|by|page)\b|\bdomain parking\b|"
    r"\b(?:domain|domain name|website) (?:has )?expired\b|"
    r"\bthis domain has (?:recently )?(?:been )?(?:expired|registered)\b|"
    r"\brenew (?:this|your) domain\b|\bfuture home of something quite cool\b|\bsponsored listings?\b"
    r"|\bdiese domain (?:steht|ist|kann|wurde|kaufen)\b|\bdomain (?:steht zum verkauf|zu verkaufen|kaufen|geparkt)\b|"
    r"\b(?:ce|le|ce nom de) (?:nom de )?domaine (?:est|peut être) (?:à|a) vendre\b|\bdomaine à vendre\b|"
    r"\bacheter ce (?:nom de )?domaine\b"
    r"|\b(?:este )?dominio (?:est[áa] )?(?:a la|en) venta\b|\bcomprar este dom[ií]nio\b|"
    r"\b(?:este )?dom[ií]nio (?:est[áa] )?à venda\b"
    r"|\b(?:questo )?dominio (?:è )?in vendita\b|\bacquista(?:re)? questo dominio\b"
    r"|\b(?:dit |deze )?domein(?:naam)? (?:is )?te koop\b|\bkoop (?:dit|deze) domein\w*"
    r"|\b(?:denna )?domän(?:en)? (?:är )?till salu\b|\b(?:dette )?domæne(?:t)? (?:er )?til salg\b|"
    r"\bdomenet er til salgs\b"
    r"|\bverkkotunnus (?:on )?myynnissä\b|\b(?:ta )?domena (?:jest )?na sprzedaż\b|\bkup (?:tę )?domenę\b|"
    r"\bdomena zaparkowana\b"
    r"|\b(?:tato |táto )?doména (?:je )?na (?:prodej|predaj)\b|\b(?:ez a )?domain eladó\b|"
    r"\bdomeniu(?:l)? (?:este )?de vânzare\b"
    r"|\bdomena (?:je )?(?:naprodaj|na prodaju)\b|\bάυτός ο τομέας είναι προς πώληση\b|\bdomain προς πώληση\b"
    r"|\b(?:bu )?(?:alan adı|domain) satılık(?:tır)?\b|\bsatılık (?:domain|alan adı)\b"
    r"|домен (?:\S{1,60} )?(?:продается|продаётся|выставлен на продажу|припаркован|зарегистрирован|"
    r"не прилинкован)|купить (?:этот )?домен"
    r"|домен (?:на продаж|продається)|домейн\w* се продава|domeniul .{0,60}de vânzare"
    r"|域名(?:正在)?(?:出售|转让|轉讓|可以出售|可出售|停放|已过期|已過期)|出售(?:此|该|本)?域名|(?:该|此|"
    r"本)域名(?:正在|可以|可)?(?:出售|转让|求售)|"
    r"網域(?:名稱)?(?:出售|待售)|此網域|このドメインは(?:売り出し中|販売中|お名前|購入)|ドメイン(?:販売|売却|"
    r"パーキング)|"
    r"(?:이 )?도메인(?:은|이|을)? ?(?:판매|구매|매매)|domain (?:này )?(?:đang )?(?:được )?(?:rao )?bán|"
    r"โดเมนนี้\S*ขาย|النطاق للبيع|דומיין (?:זה )?למכירה"
    r"|domain ini (?:di)?jual)",
    re.I,
)

_SEARCHES = re.compile(
    r"\b(?:related|popular|top|trending) (?:searches|topics|links|categories)\b|\bsponsored listings\b", re.I
)

DEFAULT_PAGES: tuple[tuple[str, str], ...] = (
    (r"^welcome to nginx(?: on .{1,40})?!?$", r"if you see this page|web server is successfully installed"),
    (r"^test page for the nginx http server\b", r"nginx"),
    (r"^welcome to (?:openresty|tengine|caddy|lighttpd|litespeed)\b", r"installed|configured|working|server"),
    (r"^(?:caddy works!|your web server is working)", r"caddy|server"),
    (
        r"^apache2? (?:ubuntu|debian|\w+ )?.{0,20}default page\b",
        r"it works|replace this file|default (?:welcome )?page",
    ),
    (r"^(?:apache )?http server test page\b|^test page for the apache http server\b", r"test|proper operation|apache"),
    (r"^(?:it works!|welcome to apache)$", r"^it works!.{0,80}$|apache"),
    (r"^iis(?: windows(?: server)?|\d+)?$|^internet information services\b", r".*"),
    (
        r"^(?:default web ?site page|web server.s default page|default page|default server page)$",
        r"default|hosting|server|cpanel",
    ),
    (r"^(?:domain |web server.?s )?default page\b|^plesk\b.*\bdefault\b", r"plesk|default|hosting"),
    (r"^apache tomcat(?:/[\d.]+)?$", r"successfully installed tomcat"),
    (r"^(?:hostinger|default) (?:default )?(?:dns )?page$|^parked domain name on hostinger", r"hostinger|dns"),
    (r"^welcome to (?:centos|your new (?:website|site|wordpress)|xampp|wampserver|lamp)\b", r".*"),
    (r"^(?:hello world!?|site en construction|index of /)$", r"successfully (?:created|installed)"),
    (
        r"^congratulations!? your (?:new )?(?:web)?site is (?:live|ready)|^your website is (?:up and running|ready)",
        r".*",
    ),
    (r"^success! your new web server is ready to use", r".*"),
)
"""What web servers and panels show where there is no site yet: pattern of the title or heading, and of the text."""


_ANY_DEFAULT = re.compile("|".join(f"(?:{pattern})" for pattern, _ in DEFAULT_PAGES), re.I)


def is_parker(host: str) -> bool:
    """Whether a host is one of :data:`HOSTS` or below one."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in HOSTS for start in range(len(labels) - 1))


def parking_script(page: Page) -> str:
    """The address of a script or frame that only parked domains load; "" where there is none."""
    return next((url for url in page.embeds if is_parker(uri.host(url)) or _SCRIPTS.search(url)), "")


@cache
def _networks() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(written) for written in ADDRESSES)


def is_parking_address(address: str) -> bool:
    """Whether parkers serve from an IP address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in _networks())


def offers_name(lines: Iterable[str]) -> str:
    """The first of some titles or lines that offers the name of the site itself, or says that it is parked; "
    "else ""."""
    return next((line for line in lines if len(line) <= 300 and _FOR_SALE.search(line)), "")


def lists_searches(text: str) -> bool:
    """Whether it has the headings under which parked domains list their advertisements."""
    return bool(_SEARCHES.search(text))


def default_page(page: Page) -> str:
    """The title by which a page is the one that a web server shows where no site was set up; "" where it is none."""
    if len(page.text) > 2 * LONGEST:
        return ""
    for title in dict.fromkeys((*page.titles, page.title, *page.headings[:1])):
        # One pattern for all of them first: this is asked of every short page.
        if not _ANY_DEFAULT.search(title.strip()):
            continue
        for pattern, text in DEFAULT_PAGES:
            if re.search(pattern, title.strip(), re.I) and re.search(text, page.text, re.I | re.S):
                return title
    return ""
