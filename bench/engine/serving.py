"""Brings a world to life on loopback, and takes it down again whatever happens."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

from bench.engine.worlds import Link, Truth, World, page

NO_NGINX = (
    "The worlds are served by nginx, which is not in PATH: install it (Debian: apt-get install nginx-light; "
    "macOS has no 127/8 and cannot run this bench)."
)
_TEMPLATES = 100
_PATIENCE_S = 60.0


class ServeError(Exception):
    """A world cannot be brought to life; the message says why and what to do."""


@dataclass(frozen=True)
class Served:
    """A world that answers: its port, and the CA to trust ("" for HTTP)."""

    world: World
    port: int
    ca_file: str
    _process: subprocess.Popen[bytes]
    _tally: Path | None = None
    _log: Path | None = None

    def spent(self) -> float:
        """Seconds of CPU that the server has used: a client whose wall is near it was held up by it."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def sent(self) -> list[tuple[int, int]]:
        """Status and bytes of every answer so far, where nginx was told to count."""
        if self._log is None or not self._log.exists():
            return []
        pairs = (line.split() for line in self._log.read_text().splitlines())
        return [(int(status), int(count)) for status, count in pairs]

    def tally(self) -> dict[str, Any]:
        """What the server of a slow or limited world counted; stops it. Nothing for nginx."""
        if self._tally is None:
            return {}
        _stop(self._process)
        return dict(json.loads(self._tally.read_text())) if self._tally.exists() else {}


def find_nginx() -> str | None:
    """Where nginx is; Debian puts it where the PATH of a plain user does not look."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


@contextlib.contextmanager
def served(world: World, folder: Path, *, shared_pages: bool = False, counting: bool = False) -> Iterator[Served]:
    """A world, alive for the length of the block.

    ``shared_pages``: a hundred files stand for all pages, and nginx writes the path into each answer, so that a
    hundred thousand pages need no two gigabytes of disk. ``counting``: :meth:`Served.sent` knows what nginx answered.

    Raises:
        ServeError: nginx is missing or does not start.
    """
    home = folder / f"world-{world.letter}-{time.monotonic_ns()}"
    home.mkdir()
    try:
        with _kept_port() as port:
            if world.delays:
                serve = _own_server(world, home, port)
            else:
                serve = _nginx(world, home, port, shared_pages=shared_pages, counting=counting)
            with serve as up:
                yield up
    finally:
        shutil.rmtree(home, ignore_errors=True)


# ---------------------------------------------------------------- nginx


@contextlib.contextmanager
def _nginx(world: World, home: Path, port: int, *, shared_pages: bool, counting: bool) -> Iterator[Served]:
    program = find_nginx()
    if program is None:
        raise ServeError(NO_NGINX)
    _write_pages(world, home / "root", shared_pages=shared_pages)
    ca_file = _write_certificates(world, home) if world.tls else ""
    conf = home / "nginx.conf"
    conf.write_text(_conf(world, home, port, shared_pages=shared_pages, counting=counting))
    process = _start([program, "-p", str(home), "-c", str(conf), "-e", str(home / "error.log")], home / "nginx.out")
    try:
        _await(process, world.addresses[-1], port, home / "error.log")
        yield Served(world, port, ca_file, process, _log=home / "sent.log" if counting else None)
    finally:
        _stop(process)


def _conf(world: World, home: Path, port: int, *, shared_pages: bool, counting: bool) -> str:
    # The field LinkChecker lifts that tool's limit of 10 requests a second, which its settings cannot.
    owner = f"user {pwd.getpwuid(os.getuid()).pw_name};" if os.getuid() == 0 else ""
    temporary = "".join(f"{kind}_temp_path {home}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    log = f"log_format sent '$status $bytes_sent'; access_log {home}/sent.log sent;" if counting else "access_log off;"
    return f"""{owner}
daemon off; master_process off; worker_rlimit_nofile 16384; pid {home}/nginx.pid; error_log {home}/error.log error;
events {{ worker_connections 8192; multi_accept on; }}
http {{
  {log} client_body_temp_path {home}/body; {temporary}
  types {{ text/html html; }} default_type text/html; charset utf-8;
  sendfile on; tcp_nodelay on; keepalive_timeout 120; keepalive_requests 1000000;
  open_file_cache max=20000 inactive=600s; open_file_cache_valid 600s;
  absolute_redirect off; server_tokens off; add_header LinkChecker "no limit" always;
{_servers(world, home, port, shared_pages=shared_pages)}}}
"""


def _servers(world: World, home: Path, port: int, *, shared_pages: bool) -> str:
    """One server block for all hosts; over TLS one a host, each with its own certificate."""
    shared = r"""location ~ ^/[pt]/ { sub_filter @NAME@ $request_uri; sub_filter_once off;
      rewrite "^/[pt]/\d*?(\d?\d)\.html$" /shared/$1.html break; }"""
    places = f"""root {home}/root; {shared if shared_pages else ""}
    location /g/ {{ return 404; }}
    location ~ ^/r/(.+)$ {{ return 301 /t/$1; }}"""
    if not world.tls:
        listens = " ".join(f"listen {address}:{port} backlog=2048;" for address in world.addresses)
        return f"  server {{ {listens}\n    {places} }}\n"
    return "".join(
        f"  server {{ listen {address}:{port} ssl backlog=2048; ssl_protocols TLSv1.2 TLSv1.3;\n"
        f"    ssl_certificate {home}/{address}.pem; ssl_certificate_key {home}/{address}.pem;\n    {places} }}\n"
        for address in world.addresses
    )


def _write_pages(world: World, root: Path, *, shared_pages: bool) -> None:
    templates = [page("@NAME@", random.Random(number)) for number in range(_TEMPLATES)]
    if shared_pages:
        (root / "shared").mkdir(parents=True)
        for number, template in enumerate(templates):
            for name in {f"{number}.html", f"{number:02}.html"}:
                (root / "shared" / name).write_text(template)
        return
    for part in ("p", "t"):
        (root / part).mkdir(parents=True, exist_ok=True)
    for number, link in enumerate(world.links):
        path = link.target or link.path
        if link.truth is not Truth.DEAD:
            (root / path.lstrip("/")).write_text(templates[number % _TEMPLATES].replace("@NAME@", path))


def _write_certificates(world: World, home: Path) -> str:
    authority = trustme.CA()
    for address in world.addresses:
        leaf = authority.issue_cert(address)
        chain = [leaf.private_key_pem.bytes(), *(blob.bytes() for blob in leaf.cert_chain_pems)]
        (home / f"{address}.pem").write_bytes(b"".join(chain))
    trusted = home / "ca.pem"
    authority.cert_pem.write_to_path(str(trusted))
    trusted.chmod(0o644)
    return str(trusted)


# ---------------------------------------------------------------- our own, for what nginx cannot do


@contextlib.contextmanager
def _own_server(world: World, home: Path, port: int) -> Iterator[Served]:
    plan, tally = home / "plan.json", home / "tally.json"
    plan.write_text(
        json.dumps(
            {
                "port": port,
                "addresses": world.addresses,
                "rate": world.rate,
                "burst": world.burst,
                "answers": {f"{address}{path}": answer for address, path, answer in _answers(world.links)},
                "page": page("a slow host", random.Random(0)),
                "tally": str(tally),
            }
        )
    )
    process = _start([sys.executable, str(Path(__file__).with_name("server.py")), str(plan)], home / "server.out")
    try:
        _await(process, world.addresses[-1], port, home / "server.out")
        yield Served(world, port, "", process, tally)
    finally:
        _stop(process)


def _answers(links: tuple[Link, ...]) -> Iterator[tuple[str, str, list[Any]]]:
    """What each path of each host answers: a word, seconds to wait, and where a redirect leads."""
    for link in links:
        yield link.address, link.path, [link.truth, link.delay_s, link.target]
        if link.target:
            yield link.address, link.target, [Truth.ALIVE, link.target_delay_s, ""]


# ---------------------------------------------------------------- processes


def die_with_parent() -> None:
    """Run in a child before exec: a bench that is killed outright takes its servers with it (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _start(command: list[str], out: Path) -> subprocess.Popen[bytes]:
    with out.open("wb") as sink:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True,
            preexec_fn=die_with_parent,
        )  # fmt: skip


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await(process: subprocess.Popen[bytes], address: str, port: int, log: Path) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((address, port), 1):
            return
        if process.poll() is not None:
            said = log.read_text(errors="replace")[-500:] if log.exists() else ""
            raise ServeError(f"the server of the world ended with {process.returncode}: {said.strip()}")
        time.sleep(0.02)
    raise ServeError(f"the server of the world did not answer within {_PATIENCE_S:g} s")


@contextlib.contextmanager
def _kept_port() -> Iterator[int]:
    """A port that is free at every address of this machine, and that nobody is given by chance while the block lasts.

    It is bound and not listened on, so the server of the world, which sets SO_REUSEADDR too, can take it by its number.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("", 0))
        yield int(held.getsockname()[1])
