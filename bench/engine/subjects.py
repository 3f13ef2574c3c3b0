"""Who is measured: our engine, our ``check``, a floor, and the peers; what each is told, and what its output says.

Every subject gets the same URLs in the form it takes, 10 s for one answer, and no second try where a world's truth is
that there is no answer. Peers that know GET are left at GET; linkinator and urlchecker ask HEAD first and cannot be
told otherwise.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.engine.worlds import TIMEOUT_S, Truth

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Limits:
    """How hard a subject may knock: ours by ``linkcheck.toml``, lychee's by its options."""

    in_flight: int = 128
    per_host: int = 10
    spacing_s: float = 0.05
    retries: int = 0


@dataclass(frozen=True)
class Task:
    """One run: the URLs, an empty folder to run in, the CA to trust ("" for HTTP), and where stdout goes."""

    urls: tuple[str, ...]
    folder: Path
    ca_file: str

    @property
    def out(self) -> Path:
        """Where stdout goes."""
        return self.folder / "stdout"

    @property
    def listing(self) -> Path:
        """The URLs, one a line."""
        path = self.folder / "list.txt"
        if not path.exists():
            path.write_text("\n".join(self.urls) + "\n")
        return path


class Subject(Protocol):
    """Somebody who can be given a list of URLs."""

    name: str

    def command(self, task: Task) -> list[str]:
        """What to run in the task's folder; writes the input it needs there."""
        ...

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """What it said of each URL, read from what it wrote."""
        ...


# ---------------------------------------------------------------- ours


@dataclass(frozen=True)
class Check:
    """The whole ``linkcheck check``: reads the list, fetches, parses, judges, stores, writes JSON.

    ``limits`` None leaves its manners as they are out of the box.
    """

    name: str
    limits: Limits | None = None

    def command(self, task: Task) -> list[str]:
        """See :class:`Subject`."""
        if self.limits is not None:
            (task.folder / "linkcheck.toml").write_text(
                f"per-host = {self.limits.per_host}\nspacing = {self.limits.spacing_s}\n"
                f"in-flight = {self.limits.in_flight}\nretries = {self.limits.retries}\n"
            )
        trust = ["--ca-file", task.ca_file] if task.ca_file else []
        return [
            *(sys.executable, "-m", "linkcheck", "check", str(task.listing), "--format", "json"),
            *("--timeout", f"{TIMEOUT_S:g}", "--allow-private", "127.0.0.0/8", *trust),
        ]

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """See :class:`Subject`."""
        said = json.loads(task.out.read_text())["citations"]
        return {entry["url"]: _of_check(entry) for entry in said}


_REASONS = {"timeout": Truth.TIMEOUT, "connection-reset": Truth.RESET}


def _of_check(entry: dict[str, object]) -> Truth:
    if entry["state"] == "dead":
        return Truth.DEAD
    if entry["state"] in ("alive", "moved"):
        return Truth.REDIRECT if entry["hops"] else Truth.ALIVE
    return _REASONS.get(str(entry["reason"]), Truth.BROKEN)


@dataclass(frozen=True)
class Ours:
    """``drive`` (our engine alone) or ``floor`` (a bare pycurl loop): scripts of this folder that print JSON."""

    name: str
    script: str
    limits: Limits

    def command(self, task: Task) -> list[str]:
        """See :class:`Subject`."""
        limits = self.limits
        return [
            *(sys.executable, "-m", f"bench.engine.{self.script}", str(task.listing)),
            *("--ca-file", task.ca_file, "--timeout", f"{TIMEOUT_S:g}", "--in-flight", str(limits.in_flight)),
            *("--per-host", str(limits.per_host), "--spacing", str(limits.spacing_s)),
        ]

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """See :class:`Subject`."""
        return {url: Truth(said) for url, said in json.loads(task.out.read_text()).items()}


# ---------------------------------------------------------------- peers


@dataclass(frozen=True)
class Lychee:
    """lychee, at its own defaults but for what ``limits`` says."""

    name: str
    program: Path
    limits: Limits

    def command(self, task: Task) -> list[str]:
        """See :class:`Subject`."""
        limits = self.limits
        return [
            *(str(self.program), "--no-progress", "--format", "json", "--output", "lychee.json"),
            *("--timeout", f"{TIMEOUT_S:g}", "--max-retries", str(limits.retries)),
            *("--max-concurrency", str(limits.in_flight), "--host-concurrency", str(limits.per_host)),
            *("--host-request-interval", f"{limits.spacing_s * 1000:.0f}ms", str(task.listing)),
        ]

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """See :class:`Subject`. Without ``-v``, which would slow it, lychee lists only what does not work."""
        said = json.loads((task.folder / "lychee.json").read_text())
        found = dict.fromkeys(task.urls, Truth.WORKS)
        for entry in _entries(said["timeout_map"]):
            found[str(entry["url"])] = Truth.TIMEOUT
        for entry in _entries(said["error_map"]):
            code = entry["status"].get("code") if isinstance(entry["status"], dict) else None
            found[str(entry["url"])] = Truth.DEAD if code in (404, 410) else Truth.BROKEN
        return found


def _entries(by_document: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    return [entry for entries in by_document.values() for entry in entries]


@dataclass(frozen=True)
class Linkinator:
    """linkinator on an HTML page of the links."""

    program: Path
    name: str = "linkinator"

    def command(self, task: Task) -> list[str]:
        """See :class:`Subject`."""
        _write_html(task)
        return [
            *(str(self.program), "list.html", "--format", "json", "--concurrency", "100"),
            *("--timeout", f"{TIMEOUT_S * 1000:.0f}", "--retry"),
        ]

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """See :class:`Subject`."""
        text = task.out.read_text()
        said = json.loads(text[text.index("{") :])["links"]
        return {entry["url"]: _works(entry["state"] == "OK", entry["status"]) for entry in said}


@dataclass(frozen=True)
class LinkChecker:
    """LinkChecker on an HTML page of the links, 100 threads, its limit of requests a second as high as it goes."""

    program: Path
    name: str = "LinkChecker"

    def command(self, task: Task) -> list[str]:
        """See :class:`Subject`."""
        _write_html(task)
        (task.folder / "settings.ini").write_text(
            f"[checking]\nthreads=100\ntimeout={TIMEOUT_S:g}\nmaxrequestspersecond=1000\nrobotstxt=0\n"
            f"{f'sslverify={task.ca_file}' if task.ca_file else ''}\n"
            "[filtering]\ncheckextern=1\n[output]\nlog=none\nverbose=1\nwarnings=0\nstatus=0\n"
        )
        return [
            *(str(self.program), "-f", "settings.ini", "--recursion-level=1", "--check-extern"),
            *("-F", "csv/utf-8/linkchecker.csv", "list.html"),
        ]

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """See :class:`Subject`."""
        with (task.folder / "linkchecker.csv").open(newline="", encoding="utf-8") as file:
            rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter=";")
            return {
                row["urlname"]: _works(row["valid"] == "True", 404 if row["result"].startswith("404") else 0)
                for row in rows
                if row["parentname"]
            }


@dataclass(frozen=True)
class UrlChecker:
    """urlchecker on Markdown files, as many as it has processes: it checks the URLs of a file one after another."""

    program: Path
    name: str = "urlchecker"

    def command(self, task: Task) -> list[str]:
        """See :class:`Subject`."""
        folder = task.folder / "documents"
        folder.mkdir()
        for number in range(9):
            (folder / f"{number}.md").write_text("".join(f"- <{url}>\n" for url in task.urls[number::9]))
        return [
            *(str(self.program), "check", "--timeout", f"{TIMEOUT_S:g}", "--retry-count", "1"),
            *("--file-types", ".md", "--no-print", "--save", "urlchecker.csv", "documents"),
        ]

    def verdicts(self, task: Task) -> dict[str, Truth]:
        """See :class:`Subject`."""
        with (task.folder / "urlchecker.csv").open(newline="", encoding="utf-8") as file:
            return {row["URL"]: _works(row["RESULT"] == "passed", 0) for row in csv.DictReader(file)}


def _write_html(task: Task) -> None:
    links = "\n".join(f'<p><a href="{url}">{url}</a></p>' for url in task.urls)
    text = (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>list</title></head><body>\n{links}\n</body></html>'
    )
    (task.folder / "list.html").write_text(text)


def _works(is_ok: bool, code: object) -> Truth:
    if is_ok:
        return Truth.WORKS
    return Truth.DEAD if code in (404, 410) else Truth.BROKEN
