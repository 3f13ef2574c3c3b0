"""A picture and a print of each captured page, made by an installed Chromium out of the archive alone.

The browser gets no network at all. Every request it makes is answered here with what was captured, or refused; and its
proxy is a port where nobody listens, so that what passes by Playwright's routes (web sockets, prefetches, WebRTC, its
own services) reaches nobody either. So a rendered page asks nobody twice, shows what is kept and nothing else, and a
script of a stranger's cannot look around in this network. What scripts would have fetched by themselves is not there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linkcheck import uri
from linkcheck.body import decode_body
from linkcheck.errors import InputError
from linkcheck.model import Exchange

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

WIDTH, HEIGHT = 1280, 1024
"""CSS pixels of the window."""

TALLEST = 12_000
"""CSS pixels of a picture; a longer page is cut there. Chromium itself draws no more than 16,384."""

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")

_NOBODY = "http://127.0.0.1:9"
_QUIET = (
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
    "--dns-prefetch-disable",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Names are resolved by nobody: an address that is written as such still meets the dead proxy.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)

NO_PLAYWRIGHT = (
    "--render needs Playwright, which is not here: pip install 'citation-linkcheck[render]', or archive without it"
)
NO_BROWSER = (
    "--render needs a Chromium, and none was found: install one (apt-get install chromium, or playwright install "
    "chromium), name it in LINKCHECK_CHROMIUM, or archive without --render"
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """What was made of a page. ``failed``: why not, in words; "" where it was. ``missing``: parts that are not kept."""

    picture: bytes = b""
    print: bytes = b""
    failed: str = ""
    missing: int = 0


Answers = Callable[[str], Exchange | None]
"""The captured answer to a request for an address; None where none is kept."""


class Renderer:
    """A running browser; made by :func:`opened`."""

    def __init__(self, browser: Browser, timeout_s: float) -> None:
        self._browser = browser
        self._timeout_ms = timeout_s * 1000

    def render(self, url: str, answers: Answers) -> Rendition:
        """One page, in a context of its own: no cookie and no storage goes from one page to the next.

        Args:
            url: of the page as it was captured, after its redirects.
            answers: where the bytes come from.
        """
        from playwright.sync_api import Error

        context: BrowserContext | None = None
        missing: set[str] = set()

        def answer(route: Route) -> None:
            if not _fulfilled(route, answers):
                missing.add(route.request.url)

        try:
            context = self._browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, service_workers="block", accept_downloads=False
            )
            context.set_default_timeout(self._timeout_ms)
            context.route("**/*", answer)
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.dismiss())
            page.goto(url, wait_until="load")
            tall = min(int(page.evaluate("document.documentElement.scrollHeight") or 0), TALLEST)
            area: Any = {"x": 0, "y": 0, "width": WIDTH, "height": max(tall, HEIGHT)}
            picture = page.screenshot(full_page=True, clip=area, animations="disabled")
            printed = page.pdf(print_background=True, format="A4")
            return Rendition(picture, printed, missing=len(missing))
        except Error as error:
            return Rendition(failed=_first_line(error), missing=len(missing))
        finally:
            if context is not None:
                _quietly(context.close)


@contextmanager
def opened(timeout_s: float) -> Iterator[Renderer]:
    """A browser that is ready to render, closed at the end.

    Args:
        timeout_s: for each step of one page: loading it, its picture, its print.

    Raises:
        InputError: there is none, or it does not start; says the way out.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise InputError(NO_PLAYWRIGHT) from None
    command = os.environ.get("LINKCHECK_CHROMIUM") or next(filter(None, map(shutil.which, COMMANDS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=command,
                proxy={"server": _NOBODY, "bypass": "<-loopback>"},
                # Chromium's sandbox refuses to run as root.
                chromium_sandbox=os.geteuid() != 0,
                args=list(_QUIET),
                timeout=60_000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as error:
            if command is None:
                raise InputError(NO_BROWSER) from None
            raise InputError(f"{command} does not start: {_first_line(error)}; {NO_BROWSER}") from None
        try:
            yield Renderer(browser, timeout_s)
        finally:
            _quietly(browser.close)


def _fulfilled(route: Route, answers: Answers) -> bool:
    """Answers one request of the browser from the archive; refuses it where that holds nothing."""
    asked = uri.normalise(uri.without_fragment(route.request.url))
    kept = answers(asked) if asked and uri.is_web(asked) and route.request.method == "GET" else None
    # Where a redirect leads is not routed again, and would meet the dead proxy: so it is followed here.
    for _ in range(_MOST_REDIRECTS):
        if kept is None or not 300 <= kept.status < 400 or not kept.header("location"):
            break
        target = uri.join(kept.request.url, kept.header("location"))
        kept = answers(uri.without_fragment(target)) if target else None
    body = decode_body(kept.body, kept.headers, _MOST_BYTES) if kept is not None else None
    if kept is None or body is None:
        route.abort()
        return False
    # Decoded here; and what a server wanted done beyond this answer (cookies, reports, upgrades) is not for a picture.
    headers = {name: value for name, value in kept.headers if name.lower() in _SHOWN}
    headers["access-control-allow-origin"] = "*"
    route.fulfill(status=kept.status, headers=headers, body=body)
    return True


_MOST_REDIRECTS = 20
_SHOWN = frozenset({"content-type", "content-security-policy", "x-content-type-options"})
_MOST_BYTES = 64 * 1024 * 1024


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)[:200]


def _quietly(close: Callable[[], None]) -> None:
    """Closing a browser that has died is no failure of ours."""
    from playwright.sync_api import Error

    try:
        close()
    except Error:
        return
