"""A real browser for tests, driven over two pipes by its DevTools protocol: no driver, no port, no further package."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-background-networking", "--disable-sync", "--remote-debugging-pipe", "--window-size=1000,700",
    "--disable-dev-shm-usage",  # which is small in many a container, and several browsers may be open at once
)  # fmt: skip

_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, ""), "ArrowDown": (40, ""), "ArrowUp": (38, "")}
"""Their codes, and the text that they type."""


def found() -> str | None:
    """The browser's command, where there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One tab. ``say`` calls a method of the protocol; ``until`` waits for what a script says to become true.

    ``events`` are those that the browser told of while it was talked to, of the domains that were enabled.
    """

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._number = 0
        self._pending = b""
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.say("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.say("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def say(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            heard = self._hear()
            if heard.get("id") == self._number:
                assert "result" in heard, heard
                return heard["result"]  # type: ignore[no-any-return]
            if "method" in heard:
                self.events.append(heard)

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self._read], [], [], 120)
            assert ready, "the browser says nothing"
            self._pending += os.read(self._read, 1 << 16)
        one, _, self._pending = self._pending.partition(b"\0")
        return json.loads(one)  # type: ignore[no-any-return]

    def until(self, script: str) -> str:
        """What the script gives once that is neither empty nor an error."""
        for _ in range(1200):
            said = self.say("Runtime.evaluate", expression=script, returnByValue=True)
            if (value := said["result"].get("value")) and "exceptionDetails" not in said:
                return str(value)
            time.sleep(0.1)
        raise AssertionError(f"never true: {script}")

    def evaluate(self, script: str) -> Any:
        """What a script gives, its promise waited for."""
        said = self.say("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")

    def press(self, *keys: str) -> None:
        """Keys of the keyboard, one after the other: ``Tab``, ``Enter``, ``Escape``, ``ArrowDown``; text is typed."""
        for key in keys:
            if key not in _KEYS:
                self.say("Input.insertText", text=key)
                continue
            code, text = _KEYS[key]
            typed = {"text": text} if text else {}
            self.say("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code, **typed)
            self.say("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)

    def screenshot(self) -> bytes:
        return base64.b64decode(self.say("Page.captureScreenshot")["data"])


@contextlib.contextmanager
def browsing(command: str, profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, gone at the end."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # The browser reads from 3 and writes to 4, and a shell puts them there.
    line = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
    process = subprocess.Popen(
        ["bash", "-c", line, command, *QUIET, f"--user-data-dir={profile}"],
        pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(ours_out, ours_in)
    finally:
        process.kill()
        process.wait()
        os.close(ours_out)
        os.close(ours_in)
