"""A pywb over one of our archives as it stands, on loopback; named by LINKCHECK_PYWB, in an environment of its own."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.servers import kept_port

CONFIG = "framed_replay: false\nredirect_to_exact: {exact}\nenable_memento: true\n"


@contextmanager
def serving_archive(root: Path, home: Path, *, exact: bool = False) -> Iterator[str]:
    """The base URL of a pywb whose collection ``web`` is the archive at ``root``.

    Args:
        root: ``archive/``, with ``warcs`` and ``indexes``.
        home: an empty folder for pywb.
        exact: whether it redirects to the date of the capture, as the Wayback Machine does.
    """
    wayback = os.environ.get("LINKCHECK_PYWB")
    if not wayback:
        pytest.skip("LINKCHECK_PYWB does not name the wayback command of a pywb")
    collection = home / "collections" / "web"
    collection.mkdir(parents=True)
    (collection / "archive").symlink_to(root / "warcs")
    (collection / "indexes").symlink_to(root / "indexes")
    (home / "config.yaml").write_text(CONFIG.format(exact=str(exact).lower()))
    environment = {
        **os.environ,
        "TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS": "",
        "TLDEXTRACT_CACHE": str(home / "tld"),
        "PYTHONUNBUFFERED": "1",
    }
    with kept_port() as port, (home / "log").open("w") as log:
        command = [wayback, "-b", "127.0.0.1", "-p", str(port)]
        server = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_it_listens(server, port, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _wait_until_it_listens(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """pywb says that it starts before it listens, so the port is tried."""
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
        except ConnectionRefusedError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.05)
                break
        else:
            return
    raise AssertionError(f"pywb did not start: {log.read_text()}")
