"""The parts of captured pages: images, styles, scripts, fonts, frames, fetched once a run and kept in the same WARC.

They are no sources: nobody judges them, and they stand neither in the history nor in the lock file. The index has them,
so a page replays as it looked. Over the same engine, under the same limits and manners, robots.txt asked first.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from linkcheck import uri
from linkcheck.model import Landing
from linkcheck.ports import Keeper, Ports, Step
from linkcheck.requisites import Kind, Requisites, of_answer
from linkcheck.web.visit import Visit, errand

_ROUNDS = 4
"""A page's parts, the parts of its styles and frames, the parts of those: styles that import styles end here."""


@dataclass(slots=True)
class _Page:
    """One captured page and what it has cost. ``address``: of the server that gave it."""

    url: str
    address: str
    asked: int = 0
    size: int = 0


@dataclass(slots=True)
class Completing:
    """Gathers what captured pages need, then fetches it.

    Args:
        ports: the world.
        keeper: where it is kept.
        most: requisites of one page.
        most_bytes: of one page, as received; what is under way when they are reached still comes in.
    """

    ports: Ports
    keeper: Keeper
    most: int
    most_bytes: int
    _waiting: dict[str, tuple[Kind, _Page]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _pages: int = 0
    _kept: int = 0
    _size: int = 0
    _beyond: int = 0
    _kept_out: int = 0
    _not_had: int = 0

    def note(self, landing: Landing) -> None:
        """Takes in a page that was captured."""
        self._known |= {exchange.request.url for exchange in landing.exchanges}
        last = landing.exchanges[-1]
        found = of_answer(last.body, last.headers, last.request.url, None)
        if found:
            self._pages += 1
            self._want(found, _Page(last.request.url, last.address))

    def fetch(self, until: float | None) -> None:
        """Fetches all that is wanted. What was kept before a KeyboardInterrupt stays kept.

        Args:
            until: monotonic seconds; what has not come by then is left out.
        """
        chance = random.Random()  # noqa: S311  jitter, no secrets
        done = 0
        with self.ports.open_engine() as engine:
            for _ in range(_ROUNDS):
                wanted, self._waiting = self._waiting, {}
                pages = {url: page for url, (_, page) in wanted.items()}
                landed = engine.run(
                    self._errands(wanted, chance),
                    until=until,
                    wanted=lambda url, pages=pages: pages[url].size < self.most_bytes,  # type: ignore[misc]
                )
                for url, landing in landed:
                    kind, page = wanted.pop(url)
                    with self.ports.interrupt.shielded():
                        self._take(landing, kind, page)
                    done += 1
                    total = done + len(wanted) + len(self._waiting)
                    self.ports.on_step(Step("fetching requisites", done, total, url))
                self._beyond += len(wanted)
        self._beyond += len(self._waiting)

    def words(self) -> str:
        """What came of it, for the report's notes."""
        said = [f"Page requisites: {self._kept:,} kept ({self._size:,} bytes) for {self._pages:,} pages"]
        if self._not_had:
            said.append(f"{self._not_had:,} could not be had")
        if self._kept_out:
            said.append(f"{self._kept_out:,} kept out by robots.txt or as private addresses")
        if self._beyond:
            limits = f"{self.most:,} or {self.most_bytes:,} bytes a page, or the time of the run"
            said.append(f"{self._beyond:,} left out as beyond the limits ({limits})")
        return "; ".join(said) + "."

    # ------------------------------------------------------------ inside

    def _want(self, found: Requisites, page: _Page) -> None:
        for url, kind in found.items():
            if url in self._known:
                continue
            self._known.add(url)
            if page.asked >= self.most:
                self._beyond += 1
            elif self._reaches_inside(url, "", page):
                self._kept_out += 1
            else:
                page.asked += 1
                self._waiting[url] = (kind, page)

    def _errands(self, wanted: dict[str, tuple[Kind, _Page]], chance: random.Random) -> Iterator[tuple[str, Visit]]:
        book = self.ports.book if self.ports.manners.asks_robots else None
        for url in tuple(wanted):
            yield url, errand(url, manners=self.ports.manners, chance=chance, book=book)

    def _take(self, landing: Landing, kind: Kind, page: _Page) -> None:
        """Keeps it where it is there, and reads what it needs in turn. An error page would be no part of the page."""
        page.size += sum(len(exchange.body) for exchange in landing.exchanges)
        seen = landing.observation
        if landing.keep_out or any(
            self._reaches_inside(each.request.url, each.address, page) for each in landing.exchanges
        ):
            self._kept_out += 1
            return
        if seen.status is None and page.size >= self.most_bytes:
            self._beyond += 1
            return
        if seen.status is None or not 200 <= seen.status < 300 or not landing.exchanges:
            self._not_had += 1
            return
        for exchange in landing.exchanges:
            self.keeper.keep(exchange)
        self._known |= {exchange.request.url for exchange in landing.exchanges}
        last = landing.exchanges[-1]
        self._kept += 1
        self._size += len(last.body)
        self._want(of_answer(last.body, last.headers, last.request.url, kind), page)

    def _reaches_inside(self, url: str, address: str, page: _Page) -> bool:
        """Whether a public page points into a private network that the user has allowed for sources of their own.

        Browsers ask before they do this (Private Network Access); here it is not done at all.
        """
        if self.ports.is_private(page.url, page.address) or uri.host(url) == uri.host(page.url):
            return False
        return self.ports.is_private(url, address)
