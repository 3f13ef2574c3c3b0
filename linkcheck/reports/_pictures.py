"""Pictures of captured pages in the HTML report: each stands in the page once, however many cards show it. Pure."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linkcheck.images import Image, image_of
from linkcheck.model import Finding, Picture
from linkcheck.reports import _words


class View(NamedTuple):
    """A picture on a card.

    Attributes:
        picture: whose date is told, and where it lies.
        name: id of what holds its bytes; "" where it is not shown.
        image: what the bytes are; None where it is not shown.
        left_out: why it is not shown, as the end of a sentence.
        first: number of the first card that shows it.
        to_the_minute: whether its card shows two of one day.
    """

    picture: Picture
    name: str = ""
    image: Image | None = None
    left_out: str = ""
    first: int = 0
    to_the_minute: bool = False

    @property
    def when(self) -> str:
        """Of its capture: ``2026-11-25``, or ``2026-11-25 09:46 UTC``."""
        return _words.moment(self.picture.taken_at)[: None if self.to_the_minute else 10]

    @property
    def source(self) -> str:
        """A data URI. Its type is what the bytes are, never what a record says of them."""
        assert self.image is not None
        return f"data:{self.image.media_type};base64,{self.packed}"

    @property
    def packed(self) -> str:
        """The bytes as base64."""
        return base64.b64encode(self.picture.content).decode()


class Gallery:
    """The pictures of a report by the cards that show them, numbered in the order of the cards."""

    def __init__(self, cards: Iterable[tuple[int, Finding]]) -> None:
        self._views: dict[int, list[View]] = {}
        self._known: dict[tuple[str, int], View] = {}
        for number, finding in cards:
            views = [self._view(number, each) for each in finding.pictures if each.content or each.left_out]
            if len({view.when for view in views}) < len(views):
                views = [view._replace(to_the_minute=True) for view in views]
            if views:
                self._views[number] = sorted(views, key=lambda view: view.picture.taken_at)

    def of(self, number: int) -> list[View]:
        """What the card of that number shows, the oldest first."""
        return self._views.get(number, [])

    def __iter__(self) -> Iterator[View]:
        """Every picture that is shown, once."""
        return (view for view in self._known.values() if view.image is not None)

    def _view(self, number: int, picture: Picture) -> View:
        place = (picture.warc, picture.offset)
        if place not in self._known:
            image = image_of(picture.content)
            self._known[place] = (
                View(picture, f"p{len(self._known) + 1}", image, first=number)
                if image is not None
                else View(picture, left_out=picture.left_out or "it is no whole PNG, JPEG or WebP")
            )
        return self._known[place]
