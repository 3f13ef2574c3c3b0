"""Live articles whose subject is what the rules look for: written for this bench, and surely alive."""

from __future__ import annotations

from collections.abc import Iterator

from bench.judge.rows import Row, Section, live

# Title, language, path, paragraphs.
_ARTICLES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "How the 404 page became a small art form", "en", "/design/2023/05/how-the-404-page-became-an-art-form",
        (
            "“Page not found” is the sentence that every visitor of the web has read, and hardly anybody wrote with "
            "care until the late nineties.",
            "The code itself is dry: the server could not find the requested URL. Designers put maps, games and an "
            "apology there. “Sorry, we can't find the page you were looking for” was tested against four other "
            "wordings, and people stayed longest where a search box followed.",
            "Error 404 is often told apart from 410, which says that a page has been removed for good.",
        ),
    ),
    (
        "404 Not Found", "en", "/reference/status/404",
        (
            "404 is what a server says when it has nothing to show under the address that was asked for, or would "
            "rather not admit that it has.",
            "Nobody learns from it whether the page will be back. A server that knows that it will not has 410 for it.",
            "Caches may keep the answer, so a page that was put up a minute too late can stay missing for a while.",
        ),
    ),
    (
        "Why the captcha is dying", "en", "/technology/2025/02/11/why-the-captcha-is-dying",
        (
            "“Please verify you are a human.” The box with the bent letters was meant to keep robots out; now the "
            "robots solve it faster than we do.",
            "Cloudflare says that its Turnstile asks one visitor in a thousand for a click, reCAPTCHA scores the rest "
            "in silence, and hCaptcha pays sites for the work of their readers.",
            "“Checking your browser before accessing the site” still greets those who block scripts, and access "
            "denied is where many of them end.",
        ),
    ),
    (
        "This domain is for sale: the market for expired names", "en", "/money/2022/09/the-market-for-expired-names",
        (
            "Every day some hundred thousand domain names lapse. Most of them come back within the hour with a notice "
            "that this domain is for sale and a column of related links.",
            "Sedo, GoDaddy and HugeDomains buy by the thousand. “Buy this domain” brings two per mille of visitors to "
            "a form; the parked page lives from the advertisements meanwhile.",
            "Archivists dislike the trade: a name that once carried a journal now carries casino links.",
        ),
    ),
    (
        "Photo service shuts down after nineteen years", "en", "/news/2021/06/photo-service-shuts-down",
        (
            "“This service has been discontinued. Thank you for nineteen years”, says the notice that its members "
            "will see from Thursday on.",
            "The company will close the site at the end of June. Accounts that are no longer available by then can "
            "be had as an archive until August, a spokesman said.",
            "It is the fourth closing of that kind in two years, after a blog host, a chat and a video shop had shut "
            "down.",
        ),
    ),
    (
        "Subscribe or leave: what paywalls did to readers", "en", "/media/2024/11/what-paywalls-did-to-readers",
        (
            "“Subscribe to continue reading” is read eleven times a week by the average visitor, a survey of nine "
            "thousand people found; one in fifty does.",
            "Already a subscriber? Log in: that line costs more than it earns, the authors say, since half of those "
            "who have an account have lost the password.",
            "The rest accept all cookies, come back through a search engine, or read somewhere else.",
        ),
    ),
    (
        "Access denied: the year in which archives were locked out", "en", "/archives/access-denied-a-year",
        (
            "In March the first of the large publishers answered 403 Forbidden to every library that crawls.",
            "By autumn a fifth of the news sites in the sample did the same. Unusual traffic from your network, they "
            "wrote, although it came once an hour.",
            "Rate limits are the kinder answer: too many requests can be asked again tomorrow.",
        ),
    ),
    (
        "Down for maintenance, and nobody told the night shift", "en", "/stories/down-for-maintenance",
        (
            "At two in the morning the page said “We'll be back soon”, and the ward had no list of its medicines.",
            "What followed was told to the inquiry on Tuesday by three nurses and the man who had pulled the plug.",
            "The report wants a paper list in every ward, and a telephone number on every maintenance page.",
        ),
    ),
    (
        "Enable JavaScript and cookies to continue: a history", "en", "/web/enable-javascript-a-history",
        (
            "The first page that asked its readers to enable JavaScript was a calendar, in the autumn of 1996.",
            "Twenty years later the sentence “Just a moment…” stood before a tenth of the web, and readers of a "
            "small screen or an old machine were shut out with the robots.",
            "The Ray ID below it was meant for the help desk; most people took it for a fault of their own.",
        ),
    ),
    (
        "Seite nicht gefunden", "de", "/feuilleton/2020/seite-nicht-gefunden",
        (
            "So heißt der neue Roman, und er beginnt mit einer Löschung. Die Heldin sucht im Netz nach ihrer Mutter "
            "und findet eine Seite, die es nicht mehr gibt.",
            "„Die gesuchte Seite wurde nicht gefunden“, steht dort, Fehler 404, und darunter ein Link zur Startseite. "
            "Mehr bleibt von einem Leben nicht.",
            "Der Rest des Buches ist die Suche nach einem, der sich erinnert, und sie führt durch vier Länder.",
        ),
    ),
    (
        "Cette page n'existe plus : enquête sur la mémoire du web", "fr", "/societe/2019/la-memoire-du-web",
        (
            "Un lien sur quatre est mort après dix ans. « La page demandée est introuvable », répond le serveur, et "
            "personne ne sait plus ce qu'elle disait.",
            "Les bibliothèques gardent ce qu'elles peuvent ; le dépôt légal couvre les noms en .fr depuis 2006.",
            "Reste la question de ceux qui voulaient être oubliés, et qui le demandent par la voie des tribunaux.",
        ),
    ),
    (
        "Correction", "en", "/corrections/2024-07-03",
        ("An earlier version of Tuesday's article gave the wrong year for the treaty. It was signed in 1987.",),
    ),
    (
        "Minutes of the parish council", "en", "/council/minutes/2018-04-09",
        ("Present: nine members. The bridge will be mended in May. Next meeting on the second Monday.",),
    ),
)  # fmt: skip


_FORMS = (
    "",
    '<script src="https://www.google.com/recaptcha/api.js?render=6Lc" async></script>',
    '<form action=/comment method=post><textarea name=text></textarea><div class="cf-turnstile" data-sitekey="0x4A">'
    '</div><button>Send</button></form><script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
    '<form action=/letter method=post><input name=mail><div class="h-captcha" data-sitekey="10"></div><button>Write to '
    'us</button></form><script src="https://js.hcaptcha.com/1/api.js" async defer></script>',
    '<form action=/letter method=post><input type=password name=password><div class="g-recaptcha" data-sitekey="6L">'
    '</div><button>Log in</button></form><script src="https://www.google.com/recaptcha/api.js"></script>',
)
"""What such pages carry below the text: a form that wants to see a person, before it is sent and not before it is
shown."""


def of_bench() -> Iterator[Row]:
    """Every article as a row."""
    for number, (title, language, path, paragraphs) in enumerate(_ARTICLES):
        text = "".join(f"<p>{each}</p>" for each in paragraphs)
        body = (
            f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{title} | The Paper</title></head>"
            "<body><nav><a href=/>The Paper</a> <a href=/world/>World</a> <a href=/login>Log in</a> "
            f"<a href=/subscribe>Subscribe</a></nav><article><h1>{title}</h1>{text}</article>"
            f"{_FORMS[number % len(_FORMS)]}"
            "<footer>We use cookies. Accept all or <a href=/cookies>choose</a>.</footer></body></html>"
        )
        yield live(number, Section.ARTICLES, "article", path, body.encode())
