"""Runs the console blocks of the pages in the demo's web. ``python -m tests.readme`` writes their outputs anew."""

from __future__ import annotations

import re
import shlex
import subprocess
import tempfile
from pathlib import Path

from linkcheck.demo import SOURCES, serve
from tests.command import run as run_command

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ARTICLE = """\
The proverb is older than its fame (https://en.wikipedia.org/wiki/Trust,_but_verify).
A ban came later: <https://www.themoscowtimes.com/2024/08/28/russia-bans-92-us-citizens-over-russophobic-policies-a86187>.
"""


def replayed(text: str) -> str:
    """A page with what its commands print today; each page begins in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sources.txt").write_text(SOURCES, encoding="utf-8")
        (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
        (folder / "world").mkdir()
        with serve(folder / "world") as world:
            entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
            settings = f"resolve = {entries}\ncontrols = {list(world.controls)}\nca-file = '{world.ca_file}'\n"
            (folder / "linkcheck.toml").write_text(settings, encoding="utf-8")
            return BLOCK.sub(lambda block: f"```console\n{_session(block[1], folder)}```", text)


def stable(text: str) -> str:
    """Without what differs from day to day: moments, process numbers, sizes, and how lines break by them."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "MOMENT", text)
    text = re.sub(r"linkcheck-\d{14}-\d+-\d{5}\.warc\.gz(#| at offset )\d+", "linkcheck-FILE", text)
    # Which check a changed byte fails first depends on what stands there today.
    text = re.sub(r"(linkcheck-FILE \(https?://[^)]*\)): .*?(?= Integrity of|\. \d+ citation)", r"\1: DAMAGE", text)
    today = r"20(?:2[6-9]|[3-9]\d)-\d\d-\d\d"
    return re.sub(rf"{today}(?: \d\d:\d\d)?", "DAY", text)


def _session(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    words = shlex.split(command)
    if words[0] == "linkcheck":
        done = run_command(folder, *words[1:], env={"COLUMNS": "100"})
    else:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


if __name__ == "__main__":
    for page in PAGES:
        written = page.read_text(encoding="utf-8")
        if BLOCK.search(written):
            page.write_text(replayed(written), encoding="utf-8")
