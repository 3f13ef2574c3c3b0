"""WACZ: one file, the same for the same archive, right by its own digests and by other people's tools."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from linkcheck import replay
from linkcheck.archives import wacz
from linkcheck.errors import InputError
from tests import chromium
from tests.archives.builders import TOOL, archive, exchange, landing, only_warc, sample


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("archive")
    sample(made)
    with archive(made).open_for_writing() as writer:
        body = b"<html><title>Shown</title><body style='background:#cfe'><h1>A page of 2026</h1></body></html>"
        writer.save(landing(exchange("https://example.org/shown", body, minutes=9), title="Shown"))
    return made


@pytest.fixture(scope="module")
def packed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wacz") / "sources.wacz"
    wacz.export(root, target, TOOL)
    return target


def test_equal_archives_give_equal_bytes(root: Path, packed: Path, tmp_path: Path) -> None:
    wacz.export(root, tmp_path / "again.wacz", TOOL)
    assert (tmp_path / "again.wacz").read_bytes() == packed.read_bytes()


def test_nothing_is_compressed_again_and_every_digest_fits(packed: Path) -> None:
    with zipfile.ZipFile(packed) as file:
        assert {entry.compress_type for entry in file.infolist()} == {zipfile.ZIP_STORED}
        assert {(entry.date_time, entry.create_system) for entry in file.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        package = json.loads(file.read("datapackage.json"))
        assert package["wacz_version"] == "1.1.1"
        assert package["created"] == "2026-11-23T12:09:00Z"
        listed = {one["path"]: (one["hash"], one["bytes"]) for one in package["resources"]}
        others = {entry.filename for entry in file.infolist() if not entry.filename.startswith("datapackage")}
        assert set(listed) == others
        for name, (digest, size) in listed.items():
            content = file.read(name)
            assert (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content)) == (digest, size)
        about = json.loads(file.read("datapackage-digest.json"))
        own = hashlib.sha256(file.read("datapackage.json")).hexdigest()
        assert about == {"path": "datapackage.json", "hash": f"sha256:{own}"}


def test_a_page_has_the_very_date_of_its_record(root: Path, packed: Path) -> None:
    with zipfile.ZipFile(packed) as file:
        _, *pages = (json.loads(line) for line in file.read("pages/pages.jsonl").decode().splitlines())
    dates = {(line.final_url, line.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ")) for line in archive(root).snapshots()}
    assert {(page["url"], page["ts"]) for page in pages} == dates


def test_a_damaged_record_is_named_and_the_rest_is_exported(tmp_path: Path) -> None:
    sample(tmp_path / "archive")
    path = only_warc(tmp_path / "archive")
    line = archive(tmp_path / "archive").snapshots("https://example.com/")[0]
    content = bytearray(path.read_bytes())
    content[line.offset + 60] ^= 1
    path.write_bytes(content)
    made = wacz.export(tmp_path / "archive", tmp_path / "sources.wacz", TOOL)
    (said,) = made.damage
    assert said.startswith(f"{line.warc} at offset {line.offset} (https://example.com/): ")
    with zipfile.ZipFile(tmp_path / "sources.wacz") as file:
        assert b"example.com" not in file.read("indexes/index.cdx") + file.read("pages/pages.jsonl")


def test_where_nothing_is_kept_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "sources.wacz"
    with pytest.raises(InputError, match="holds no capture yet"):
        wacz.export(tmp_path / "archive", target, TOOL)
    assert not target.exists()


def test_a_target_that_cannot_be_written_is_named(root: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent/sources\.wacz: cannot be written"):
        wacz.export(root, tmp_path / "absent" / "sources.wacz", TOOL)


@pytest.mark.wacz
def test_the_validator_of_py_wacz_finds_it_valid(packed: Path) -> None:
    command = os.environ.get("LINKCHECK_WACZ")
    if not command:
        pytest.skip("LINKCHECK_WACZ does not name the wacz command of py-wacz")
    ran = subprocess.run([command, "validate", "-f", packed], capture_output=True, text=True, check=False)
    assert (ran.returncode, "the passed WACZ is valid" in ran.stdout) == (0, True), ran.stdout + ran.stderr


@pytest.mark.wacz
def test_cdxj_indexer_makes_the_index_that_we_made(root: Path) -> None:
    command = os.environ.get("LINKCHECK_CDXJ_INDEXER")
    if not command:
        pytest.skip("LINKCHECK_CDXJ_INDEXER does not name the command of cdxj-indexer")
    warcs = sorted((root / "warcs").glob("*.warc.gz"))
    ran = subprocess.run([command, "--sort", *warcs], capture_output=True, text=True, check=True)

    def told(text: str) -> list[tuple[str, ...]]:
        parts = [(line.split(" ", 2)[:2], json.loads(line.split(" ", 2)[2])) for line in text.splitlines()]
        keys = ("url", "mime", "status", "digest", "length", "offset", "filename")
        return sorted((*key, *(said.get(one, "") for one in keys)) for key, said in parts)

    assert told(ran.stdout) == told((root / "indexes" / "index.cdxj").read_text())


# ---------------------------------------------------------------- ReplayWeb.page

FIND = """(() => {
  let hit = "";
  const walk = (node) => {
    if (!node) return;
    look(node);
    if (node.shadowRoot) node.shadowRoot.childNodes.forEach(walk);
    if (node.tagName === "IFRAME") try { walk(node.contentDocument.documentElement) } catch {}
    node.childNodes.forEach(walk);
  };
  const look = (node) => { %s };
  walk(document.documentElement);
  return hit;
})()"""
OPEN = FIND % 'if (node.tagName === "A" && node.textContent.includes("Shown")) { hit = "yes"; node.click() }'
READ = FIND % 'if (node.tagName === "H1" && node.textContent.includes("A page of")) hit = node.textContent'


@pytest.mark.replayweb
def test_replayweb_page_shows_a_captured_page_in_chromium(root: Path, tmp_path: Path) -> None:
    folder, browser = os.environ.get("LINKCHECK_REPLAYWEB"), chromium.found()
    if not folder or not browser:
        pytest.skip("LINKCHECK_REPLAYWEB does not name the folder of ReplayWeb.page's ui.js, or chromium is not here")
    addresses: list[str] = []
    served = threading.Event()

    def ready(address: str) -> None:
        addresses.append(address)
        served.set()

    serving = functools.partial(replay.by_replayweb, root, Path(folder), 0, TOOL, ready)
    threading.Thread(target=serving, daemon=True).start()
    assert served.wait(60)
    with chromium.browsing(browser, tmp_path / "profile") as tab:
        tab.say("Page.navigate", url=addresses[0])
        tab.until(OPEN)
        assert tab.until(READ) == "A page of 2026"
        shot = tab.screenshot()
    assert shot.startswith(b"\x89PNG")
    assert len(shot) > 5000
