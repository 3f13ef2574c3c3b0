"""Pictures and prints of captured pages for the archive: which pages, from which bytes, and under which names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from linkcheck import uri
from linkcheck.errors import ArchiveError
from linkcheck.model import Exchange, Snapshot
from linkcheck.ports import Keeper, Ports, Step
from linkcheck.rendering import Answers, Rendition

__all__ = ["RENDERED", "Answers", "Rendition", "render"]

RENDERED = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml"})
"""What a picture is made of; a PDF or an image is its own."""


def render(
    pages: Sequence[tuple[str, datetime]],
    renderer: Callable[[str, Answers], Rendition],
    until: float | None,
    ports: Ports,
    keeper: Keeper,
) -> list[str]:
    """Renders each captured page out of the archive, and keeps what was drawn as records beside its capture.

    ``urn:fullPage:URL`` is the picture (PNG), ``urn:thumbnail:URL`` the same smaller (WebP), ``urn:pdf:URL`` the print.

    Args:
        pages: address after redirects, and when it was captured; the records get that date, and so stand beside it.
        renderer: draws one.
        until: monotonic seconds, when no further page is begun.
        ports, keeper: the world.

    Returns:
        Remarks for the report's notes.
    """

    def answers(url: str) -> Exchange | None:
        place = keeper.place_of(url)
        if place is None:
            return None
        try:
            return ports.recall(Snapshot(url, "", ports.clock.now(), "local", 0, "", warc=place[0], offset=place[1]))
        except ArchiveError:  # damage is verify's to name; here the part is missing
            return None

    made, missing = 0, 0
    failed: list[str] = []
    wanted = list(dict(pages).items())
    for done, (url, moment) in enumerate(wanted, 1):
        if until is not None and ports.clock.monotonic() >= until:
            failed.append(f"{len(wanted) - done + 1} pages: the time of the run (max-time) was up")
            break
        drawn = renderer(url, answers)
        missing += drawn.missing
        if drawn.failed:
            failed.append(f"{url}: {drawn.failed}")
        else:
            with ports.interrupt.shielded():
                name = uri.without_credentials(uri.without_fragment(url))
                keeper.keep_resource(f"urn:fullPage:{name}", "image/png", drawn.picture, moment)
                if drawn.small:
                    keeper.keep_resource(f"urn:thumbnail:{name}", "image/webp", drawn.small, moment)
                keeper.keep_resource(f"urn:pdf:{name}", "application/pdf", drawn.print, moment)
            made += 1
        ports.on_step(Step("rendering", done, len(wanted), url))
    said = [f"Rendered out of the archive: {made} of {len(wanted)} pages; {missing} of their parts are not kept."]
    return said + [f"Not rendered: {why}." for why in failed]
