"""The rows of the bench: pages with their answers, and what a right verdict is. Reads the corpus; asks nobody.

The words of the corpus in our states: alive, redirected -> alive or moved; dead, soft-404, parked -> dead; blocked,
rate_limited, paywalled -> blocked; tls_error, timeout -> failing; dns_failure -> dead or failing; inconclusive, refused
-> unknown. ``failing`` counts as inconclusive too: a single 5xx is no more than that, and ``unknown`` is for what was
not asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from linkcheck.model import State

STATES: dict[str, tuple[State, ...]] = {
    "alive": (State.ALIVE, State.MOVED),
    "redirected": (State.MOVED, State.ALIVE),
    "dead": (State.DEAD,),
    "soft-404": (State.DEAD,),
    "parked": (State.DEAD,),
    "blocked": (State.BLOCKED,),
    "rate_limited": (State.BLOCKED,),
    "paywalled": (State.BLOCKED,),
    "tls_error": (State.FAILING,),
    "timeout": (State.FAILING,),
    "dns_failure": (State.DEAD, State.FAILING),
    "inconclusive": (State.UNKNOWN, State.FAILING),
    "refused": (State.UNKNOWN,),
}


class Siblings(StrEnum):
    """What the host of a row answers to every other path."""

    SAME = "the same page"
    HONEST = "404"
    SOFT = "a page of its own that says not found, with 200"


class Section(StrEnum):
    """The parts of the table."""

    PAGES = "pages of the corpus"
    WALLS = "bot-wall vectors of the corpus"
    ARTICLES = "live articles about what the rules look for"
    LOOKALIKES = "pages that look like what they are not, and the things themselves"
    MACHINE = "live pages of this machine"


@dataclass(frozen=True)
class Answer:
    """What a server sends; ``fields`` without lengths and codings, which the server gives itself."""

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Row:
    """One page under a host of its own, and what a right verdict is.

    Attributes:
        id: unique.
        kind: of page, in the corpus' words.
        url: where it is cited; its host answers nothing but this row.
        siblings: in each of the two worlds: of soft hosts, and of removed articles.
        right: the states of a right verdict, the likeliest first.
        wrong_reasons: reasons that make a verdict wrong whatever its state.
        arguable: why it is listed apart; "" where it is not.
        behind: header fields that are added in the world of removed articles.
    """

    id: str
    section: Section
    kind: str
    url: str
    answer: Answer
    siblings: tuple[Siblings, Siblings]
    right: tuple[State, ...]
    wrong_reasons: frozenset[str] = field(default_factory=frozenset)
    arguable: str = ""
    behind: tuple[tuple[str, str], ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether nothing but a live verdict is right."""
        return set(self.right) <= {State.ALIVE, State.MOVED}

    @property
    def is_dead_in_disguise(self) -> bool:
        """Whether a success hides a source that is surely gone."""
        return self.right == (State.DEAD,) and 200 <= self.answer.status < 300

    @property
    def is_a_wall(self) -> bool:
        """Whether nothing but ``blocked`` is right."""
        return self.right == (State.BLOCKED,)


_OF_LIVE = (Siblings.HONEST, Siblings.SOFT)
_OF_ERROR_PAGES = (Siblings.SAME, Siblings.HONEST)
_OF_WHOLE_HOSTS = (Siblings.SAME, Siblings.SAME)
_MADE_FOR_ONE_PAGE = frozenset({"soft-404", "search_no_results", "wayback_not_archived", "meta_refresh_404"})
_NOT_REPLAYED = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})
"""Of the connection that was captured; the bodies of the corpus are decoded."""

_BEHIND: tuple[tuple[tuple[str, str], ...], ...] = (
    (("Server", "cloudflare"), ("CF-RAY", "8e24d0f51906038a-MAD"), ("CF-Cache-Status", "DYNAMIC")),
    (("Server", "cloudflare"), ("Set-Cookie", "__cf_bm=q1w2e3; path=/; HttpOnly"), ("CF-RAY", "8e24d0f5-MAD")),
    (("Server", "AkamaiGHost"), ("Set-Cookie", "_abck=1A2B~-1~YAAQ; Domain=.paper.example; Path=/; Secure")),
    (("Set-Cookie", "bm_sz=4F5E; Path=/"), ("Set-Cookie", "ak_bmsc=77AA; Path=/; HttpOnly")),
    (("X-DataDome", "protected"), ("Set-Cookie", "datadome=Zx9; Max-Age=31536000; Path=/; Secure")),
    (("Set-Cookie", "_pxhd=a1b2; path=/"), ("Set-Cookie", "_px3=c3d4; path=/")),
    (("X-CDN", "Imperva"), ("X-Iinfo", "9-1-2 NNNN CT(0 0 0) RT(1 0) q(0 0 0 -1) r(1 1) U5")),
    (("X-CDN", "Incapsula"), ("Set-Cookie", "visid_incap_1=e5; path=/"), ("Set-Cookie", "incap_ses_1_2=f6; path=/")),
    (("Set-Cookie", "reese84=3:abc:def; Path=/"), ("Server", "nginx")),
    (("X-Sucuri-ID", "15010"), ("X-Sucuri-Cache", "HIT"), ("Server", "Sucuri/Cloudproxy")),
    (("Set-Cookie", "aws-waf-token=0a1b:c2d3; Path=/"), ("X-Cache", "Miss from cloudfront")),
    (("X-Cache", "Hit from cloudfront"), ("Via", "1.1 abc.cloudfront.net (CloudFront)")),
    (("Set-Cookie", "rbzid=a9; path=/"), ("Set-Cookie", "rbzsessionid=b8; path=/")),
    (("Akamai-Cache-Status", "Hit from child, Hit from parent"), ("X-Akamai-Transformed", "9 - 0 pmb=mRUM,1")),
    (("Set-Cookie", "techaro.lol-anubis-auth=eyJ; Path=/; HttpOnly"), ("Server", "nginx")),
    (("Server", "nginx"), ("X-Robots-Tag", "noarchive")),
)
"""What services against robots add to the ordinary pages that they let through: no wall, though it names one."""

_PATH = "/2024/03/12/world/what-the-ministers-agreed-on"


def of_corpus(folder: Path) -> Iterator[Row]:
    """The rows of ``05_pages``: its pages, then its vectors."""
    yield from map(_page, json.loads((folder / "05_pages" / "index.json").read_text()), _bodies(folder))
    lines = (folder / "05_pages" / "antibot_vectors.jsonl").read_text(encoding="utf-8").splitlines()
    yield from (_vector(number, json.loads(line)) for number, line in enumerate(lines))


def live(number: int, section: Section, kind: str, path: str, body: bytes) -> Row:
    """A page that is surely there."""
    host = f"{'docs' if section is Section.MACHINE else 'paper'}-{number:04}.example"
    answer = Answer(200, (("Content-Type", "text/html"),), body)
    behind = _BEHIND[number % len(_BEHIND)]
    return Row(f"{host}{path}", section, kind, f"http://{host}{path}", answer, _OF_LIVE, STATES["alive"], behind=behind)


def _bodies(folder: Path) -> Iterator[bytes]:
    index = json.loads((folder / "05_pages" / "index.json").read_text())
    return ((folder / each["file"]).read_bytes() for each in index)


def _page(entry: dict[str, Any], body: bytes) -> Row:
    right = _states(entry["expected_any"])
    barred = _states(word for word in entry["must_not"] if word != "alive")
    barred += (State.ALIVE,) if "alive" in entry["must_not"] else ()
    kind = entry["kind"]
    if "alive" in entry["expected_any"] and kind != "js_only_shell":
        siblings = _OF_LIVE
    else:
        siblings = _OF_ERROR_PAGES if kind in _MADE_FOR_ONE_PAGE else _OF_WHOLE_HOSTS
    policy = next((tag for tag in entry.get("tags") or () if str(tag).startswith("policy:")), "")
    return Row(
        id=f"{entry['id']} {Path(entry['file']).stem}",
        section=Section.PAGES,
        kind=kind,
        url=_address(entry.get("url") or "", entry["id"]),
        answer=Answer(entry["http_status"], tuple(_fields(entry["headers"])), body),
        siblings=siblings,
        right=tuple(state for state in right if state not in barred),
        arguable="contested" if entry.get("contested") else policy,
    )


def _vector(number: int, entry: dict[str, Any]) -> Row:
    """A response out of the inputs of a detector: 200 where no status is given, an empty body where no HTML is.

    Vectors that give nothing but the address of a script or of a wall's own page are listed apart: here a citation is
    judged by what its source answers. Those that are no wall are wrong only as ``bot-wall``, or as ``blocked`` by
    another reason than the status that they give: a 403 is a refusal, whoever gives it.
    """
    given = entry["input"]
    wall = entry["expected_blocked"]
    status = given.get("statusCode", 200)
    fields = [("Content-Type", "text/html; charset=utf-8")] if "html" in given else []
    told = {"html", "statusCode"} & set(given) or given.get("headers")
    right = STATES["blocked"] if wall else STATES["alive"]
    if not wall and status >= 400:
        right = (*STATES["blocked"], *STATES["alive"])
    return Row(
        id=f"v{number:03} {entry['name']}",
        section=Section.WALLS,
        kind="wall" if wall else "no wall",
        url=_address(given.get("url") or "", f"v{number:03}"),
        answer=Answer(status, (*fields, *_fields(given.get("headers") or {})), given.get("html", "").encode()),
        siblings=_OF_WHOLE_HOSTS if wall else _OF_LIVE,
        right=right,
        wrong_reasons=frozenset() if wall else frozenset({"bot-wall"}),
        arguable="" if told or not wall else "only an address is given" if given.get("url") else "nothing is given",
    )


def _states(words: Any) -> tuple[State, ...]:
    return tuple(dict.fromkeys(state for word in words for state in STATES[word]))


def _address(written: str, name: str) -> str:
    """Where it was captured, over http; a host of its own where that is not known."""
    parts = urlsplit(written)
    if not parts.hostname:
        return f"http://{name}.example{_PATH}"
    query = f"?{parts.query}" if parts.query else ""
    return f"http://{parts.hostname}{parts.path or '/'}{query}"


def _fields(headers: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in headers.items():
        if name.lower() not in _NOT_REPLAYED:
            yield from ((name, line) for line in value.split("\n"))
