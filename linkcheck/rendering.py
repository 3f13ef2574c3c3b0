"""A picture and a print of each captured page, made by an installed Chromium out of the archive alone.

The browser gets no network at all. Every request it makes is answered here with what was captured, or refused; and its
proxy is a port where nobody listens, so that what passes by Playwright's routes (web sockets, prefetches, WebRTC, its
own services) reaches nobody either. So a rendered page asks nobody twice, shows what is kept and nothing else, and a
script of a stranger's cannot look around in this network. What scripts would have fetched by themselves is not there.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from linkcheck import uri
from linkcheck.body import decode_body
from linkcheck.errors import InputError
from linkcheck.model import Exchange

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Dialog, Page, Playwright, Route

_T = TypeVar("_T")

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

IN_A_LOOP = (
    "--render needs an event loop of its own, and one runs here already, as in a notebook or an async function: call "
    "it in a thread, as in asyncio.to_thread(linkcheck.archive, 'sources.txt', render=True)"
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """What was made of a page.

    Attributes:
        picture: PNG, of the whole page.
        print: PDF.
        failed: why there is none, in words; "" where it was made.
        missing: parts that are not kept.
        small: the picture once more in WebP, a tenth as large, for reports; b"" where that could not be made.
    """

    picture: bytes = b""
    print: bytes = b""
    failed: str = ""
    missing: int = 0
    small: bytes = b""


Answers = Callable[[str], Exchange | None]
"""The captured answer to a request for an address; None where none is kept."""


class Renderer:
    """A running browser; made by :func:`opened`.

    Every step has its time: a page whose script never ends answers nothing any more, and Playwright itself waits for
    an evaluation and for a print without end. So its asynchronous interface is used, on a loop of our own.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, browser: Browser, timeout_s: float) -> None:
        self._loop = loop
        self._browser = browser
        self._timeout_s = timeout_s
        self._table: Page | None = None

    def render(self, url: str, answers: Answers) -> Rendition:
        """One page, in a context of its own: no cookie and no storage goes from one page to the next.

        Args:
            url: of the page as it was captured, after its redirects.
            answers: where the bytes come from.
        """
        return self._loop.run_until_complete(self._render(url, answers))

    async def _render(self, url: str, answers: Answers) -> Rendition:
        from playwright.async_api import Error
        from playwright.async_api import TimeoutError as Overdue

        context: BrowserContext | None = None
        missing: set[str] = set()

        async def answer(route: Route) -> None:
            try:
                if not await _fulfilled(route, answers):
                    missing.add(route.request.url)
            except Error:  # the page has gone meanwhile
                return

        async def dismiss(dialog: Dialog) -> None:
            await dialog.dismiss()

        try:
            context = await self._in_time(
                self._browser.new_context(
                    viewport={"width": WIDTH, "height": HEIGHT}, service_workers="block", accept_downloads=False
                )
            )
            context.set_default_timeout(self._timeout_s * 1000)
            await context.route("**/*", answer)
            page = await self._in_time(context.new_page())
            page.on("dialog", dismiss)
            await page.goto(url, wait_until="load")
            tall = await self._in_time(page.evaluate("document.documentElement.scrollHeight"))
            area: Any = {"x": 0, "y": 0, "width": WIDTH, "height": _height(tall)}
            picture = await page.screenshot(full_page=True, clip=area, animations="disabled")
            printed = await self._in_time(page.pdf(print_background=True, format="A4"))
        except (Overdue, TimeoutError):
            most = "1 second" if self._timeout_s == 1 else f"{self._timeout_s:g} seconds"
            return Rendition(failed=f"it took longer than {most}", missing=len(missing))
        except Error as error:
            return Rendition(failed=_first_line(error), missing=len(missing))
        finally:
            if context is not None:
                await _quietly(context.close(), self._timeout_s)
        return Rendition(picture, printed, missing=len(missing), small=await self._smaller(picture))

    async def _smaller(self, picture: bytes) -> bytes:
        """The picture in WebP at five eighths, on a page of our own where no stranger's script is; b"" if it fails."""
        from playwright.async_api import Error

        try:
            if self._table is None:
                self._table = await self._in_time(self._browser.new_page())
            given = [base64.b64encode(picture).decode(), SMALLER, _QUALITY]
            return base64.b64decode(await self._in_time(self._table.evaluate(_SHRINK, given)))
        except (Error, TimeoutError):
            if self._table is not None:  # it may have crashed, and would serve no later picture either
                await _quietly(self._table.close(), self._timeout_s)
                self._table = None
            return b""

    async def _in_time(self, step: Awaitable[_T]) -> _T:
        return await asyncio.wait_for(step, self._timeout_s)


SMALLER = 0.625
"""Of the picture for reports: 800 pixels wide, where the text of a page can still be read."""

_QUALITY = 0.6
"""Of WebP, 0 to 1. With it 7,000 pixels of text and photographs take 0.3 MB, and the PNG of them 3.7."""

_SHRINK = """async ([picture, scale, quality]) => {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const whole = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(Math.round(whole.width * scale), Math.round(whole.height * scale));
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(whole, 0, 0, canvas.width, canvas.height);
  const made = await canvas.convertToBlob({ type: "image/webp", quality });
  const reader = new FileReader();
  await new Promise((done) => { reader.onload = done; reader.readAsDataURL(made); });
  return reader.result.split(",")[1];
}"""


@contextmanager
def opened(timeout_s: float) -> Iterator[Renderer]:
    """A browser that is ready to render, closed at the end.

    Args:
        timeout_s: for each step of one page: loading it, its picture, its print.

    Raises:
        InputError: there is none, it does not start, or an event loop runs in this thread; says the way out.
    """
    try:
        from playwright.async_api import Error, async_playwright
    except ImportError:
        raise InputError(NO_PLAYWRIGHT) from None
    if _is_in_a_loop():
        raise InputError(IN_A_LOOP)
    command = os.environ.get("LINKCHECK_CHROMIUM") or next(filter(None, map(shutil.which, COMMANDS)), None)
    loop = asyncio.new_event_loop()
    driver: AbstractAsyncContextManager[Playwright] = async_playwright()
    try:
        playwright = loop.run_until_complete(driver.__aenter__())
        try:
            browser = loop.run_until_complete(
                playwright.chromium.launch(
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
            )
        except Error as error:
            if command is None:
                raise InputError(NO_BROWSER) from None
            raise InputError(f"{command} does not start: {_first_line(error)}; {NO_BROWSER}") from None
        try:
            yield Renderer(loop, browser, timeout_s)
        finally:
            loop.run_until_complete(_quietly(browser.close(), timeout_s))
    finally:
        loop.run_until_complete(_ended(driver))
        loop.close()


def _is_in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _ended(driver: AbstractAsyncContextManager[Playwright]) -> None:
    """Ends the driver, and what was under way when a run was interrupted."""
    await driver.__aexit__(None, None, None)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def _fulfilled(route: Route, answers: Answers) -> bool:
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
        await route.abort()
        return False
    # Decoded here; and what a server wanted done beyond this answer (cookies, reports, upgrades) is not for a picture.
    headers = {name: value for name, value in kept.headers if name.lower() in _SHOWN}
    headers["access-control-allow-origin"] = "*"
    await route.fulfill(status=kept.status, headers=headers, body=body)
    return True


_MOST_REDIRECTS = 20
_SHOWN = frozenset({"content-type", "content-security-policy", "x-content-type-options"})
_MOST_BYTES = 64 * 1024 * 1024


def _height(told: object) -> int:
    """Of the picture, as the page tells its own: that is a stranger's answer, and may be NaN or a text."""
    return int(max(min(told, TALLEST), HEIGHT)) if isinstance(told, int | float) and told == told else HEIGHT


def _first_line(error: Exception) -> str:
    lines = (line.strip().rstrip(".") for line in str(error).splitlines())
    return next(filter(None, lines), type(error).__name__)[:200]


async def _quietly(closing: Awaitable[None], timeout_s: float) -> None:
    """Closing a browser that has died, or that does not hear, is no failure of ours."""
    from playwright.async_api import Error

    try:
        await asyncio.wait_for(closing, timeout_s)
    except (Error, TimeoutError):
        return
