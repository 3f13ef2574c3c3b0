"""Settings of single hosts: what they may hold, whom they mean, and what goes over the wire and stays nowhere."""

from __future__ import annotations

import gzip
import json
import random
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
import trustme

from linkcheck.conduct import NO_RULES, HostRules, Hosts, Manners
from linkcheck.errors import SettingsError
from linkcheck.model import FailureKind, Request
from linkcheck.settings import Settings, load, with_values
from linkcheck.web.visit import Pause, errand, visit
from tests.command import run as run_command
from tests.servers import Server, Wire, html, response, serving
from tests.web.test_visit import drive, ok

SECRET = "hush-hush-4711"
TRANSPORTS = ("libcurl", "requests")


# ---------------------------------------------------------------- what may stand there


def hosts(**tables: object) -> Settings:
    return with_values(Settings(), {"hosts": tables}, where="f")


def test_the_same_can_stand_in_three_files(tmp_path: Path) -> None:
    toml = 'headers = { Authorization = "Bearer ${TOKEN}", X-Key = "env:KEY" }\naccept = [403, 999]\nper-host = 2\n'
    texts = {
        "linkcheck.toml": f'[hosts."*.Example.org:8443"]\n{toml}',
        "pyproject.toml": f'[tool.linkcheck.hosts."*.Example.org:8443"]\n{toml}',
        "setup.cfg": "[tool:linkcheck:hosts:*.Example.org:8443]\naccept = 403, 999\nper-host = 2\n"
        "headers =\n    Authorization: Bearer ${TOKEN}\n    X-Key: env:KEY\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        (table,) = load(tmp_path).hosts
        (tmp_path / name).unlink()
        rules = table.resolved({"TOKEN": SECRET, "KEY": "k"})
        assert (rules.host, rules.port, rules.accept, rules.per_host) == ("*.example.org", 8443, (403, 999), 2), name
        assert rules.headers == (("Authorization", f"Bearer {SECRET}"), ("X-Key", "k")), name


@pytest.mark.parametrize(
    ("host", "table", "message"),
    [
        ("https://a.example/", {}, r"is no host; write example.org, \*.example.org or example.org:8443"),
        ("a.*.example", {}, "is no host"),
        ("*.org", {}, "every host of a top-level domain"),
        ("*", {}, "is no host"),
        ("a.example", 3, "takes a table"),
        ("a", {"example": {"retries": 1}}, r'stands in quotes: hosts."a.example"'),
        ("a.example", {"header": {}}, r"f: hosts.a.example: unknown key 'header' \(did you mean 'headers'\?\)"),
        ("a.example", {"headers": {"User-Agent": "Mozilla"}}, "User-Agent is linkcheck's own to send"),
        ("a.example", {"headers": {"Bad Name": "x"}}, "no name of a header field"),
        ("a.example", {"headers": {"X": "env:NO-NAME"}}, "no name of an environment variable"),
        ("a.example", {"headers": {"X": "a\r\nInjected: b"}}, "holds a line break"),
        ("a.example", {"headers": "Authorization"}, "one has no colon"),
        ("a.example", {"accept": [200]}, "200 is a success anyhow"),
        ("a.example", {"accept": "forbidden"}, "takes a whole number"),
        ("a.example", {"spacing": -1}, "spacing is at least 0"),
        ("a.example", {"method": "POST"}, "is one of GET, HEAD"),
        ("a.example", {"robots": "maybe"}, "is true or false"),
    ],
)
def test_a_wrong_host_key_or_value_is_named(host: str, table: object, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        hosts(**{host: table})


def test_a_value_that_no_header_can_hold_is_named_by_its_variable_and_not_shown() -> None:
    settings = hosts(**{"a.example": {"headers": {"X": "env:TOKEN"}}})
    with pytest.raises(SettingsError, match="the header X cannot be sent: TOKEN holds a line break") as caught:
        settings.manners({"TOKEN": f"{SECRET}\r\nInjected: yes"})
    assert SECRET not in str(caught.value)


def test_values_stand_in_no_representation() -> None:
    manners = hosts(**{"a.example": {"headers": {"X": "env:TOKEN"}}}).manners({"TOKEN": SECRET})
    assert manners.hosts.of("a.example", 443).headers == (("X", SECRET),)
    assert SECRET not in repr(manners) + repr(Request("https://a.example/", secret=(("X", SECRET),)))


# ---------------------------------------------------------------- whom they mean


def test_of_each_thing_the_nearest_pattern_counts() -> None:
    book = Hosts(
        (
            HostRules("1", "*.example.org", spacing_s=1.0, retries=1, accept=(403,)),
            HostRules("2", "www.example.org", spacing_s=2.0),
            HostRules("3", "*.www.example.org", retries=3),
            HostRules("4", "www.example.org", port=8443, spacing_s=4.0),
        )
    )
    held = book.of("www.example.org", 443)
    assert (held.spacing_s, held.retries, held.accept) == (2.0, 1, (403,))
    held = book.of("a.www.example.org", 80)
    assert (held.spacing_s, held.retries) == (1.0, 3)
    assert book.of("www.example.org", 8443).spacing_s == 4.0
    for stranger in ("example.org", "badexample.org", "www.example.org.evil.example", "org"):
        assert book.of(stranger, 443) is NO_RULES
    assert book.of("www.example.org", 8080) is NO_RULES, "another port is another server"


def asked_headers(url: str, rules: HostRules, pages: dict[str, list[object]]) -> list[tuple[str, tuple[object, ...]]]:
    manners = Manners(hosts=Hosts((rules,)))
    _, asked, _ = drive(visit(url, manners=manners, chance=random.Random(1), probe=False), lambda r: pages[r.url][0])
    return [(request.url, request.secret) for request in asked]


def test_headers_go_over_https_to_that_host_and_to_no_other_on_the_way() -> None:
    held = (("X", SECRET),)
    pages: dict[str, list[object]] = {
        "http://a.example/1": [ok("http://a.example/1", 301, Location="https://a.example/1")],
        "https://a.example/1": [ok("https://a.example/1", 302, Location="https://b.example/2")],
        "https://b.example/2": [ok("https://b.example/2", 302, Location="https://a.example:8443/3")],
        "https://a.example:8443/3": [ok("https://a.example:8443/3", 302, Location="https://x.a.example/4")],
        "https://x.a.example/4": [ok("https://x.a.example/4", 302, Location="https://a.example/5")],
        "https://a.example/5": [ok("https://a.example/5", 200, b"there")],
    }
    sent = asked_headers("http://a.example/1", HostRules("a.example", "a.example", headers=held), pages)
    assert sent == [(url, held if url.startswith("https://a.example/") else ()) for url in pages]
    allowed = HostRules("a.example", "a.example", headers=held, allow_http=True)
    assert asked_headers("http://a.example/1", allowed, pages)[0] == ("http://a.example/1", held)


def test_a_host_whose_variable_is_missing_is_not_asked_even_by_a_redirect() -> None:
    manners = Manners(hosts=Hosts((HostRules("a.example", "a.example", headers=(), missing=("TOKEN",)),)))
    pages = {"https://b.example/": ok("https://b.example/", 302, Location="https://a.example/1")}
    landing, asked, _ = drive(
        visit("https://b.example/", manners=manners, chance=random.Random(1)), lambda request: pages[request.url]
    )
    assert [request.url for request in asked] == ["https://b.example/"]
    assert landing.observation.failure is FailureKind.MISSING_VARIABLE
    assert "a.example needs the environment variable TOKEN" in landing.observation.failure_message
    landing, asked, _ = drive(
        errand("https://a.example/p.png", manners=manners, chance=random.Random(1), book={}), lambda _: ok("x")
    )
    assert (asked, landing.observation.failure) == ([], FailureKind.MISSING_VARIABLE)


def test_a_cookie_of_the_settings_and_one_of_the_site_go_in_one_field() -> None:
    rules = HostRules("a.example", "a.example", headers=(("Cookie", "mine=1"),))
    answers = [
        ok("https://a.example/", 302, Set_Cookie="theirs=2", Location="https://a.example/"),
        ok("https://a.example/", 200, b"there"),
    ]
    manners = Manners(hosts=Hosts((rules,)))
    _, asked, _ = drive(
        visit("https://a.example/", manners=manners, chance=random.Random(1), probe=False), lambda _: answers.pop(0)
    )
    assert [(request.headers, request.secret) for request in asked] == [
        ((), (("Cookie", "mine=1"),)),
        ((), (("Cookie", "mine=1; theirs=2"),)),
    ]


@pytest.mark.parametrize(("status", "requests"), [(403, 1), (404, 1), (503, 1), (410, 2), (500, 3)])
def test_an_accepted_status_is_asked_for_once_and_others_as_ever(status: int, requests: int) -> None:
    manners = Manners(retries=2, hosts=Hosts((HostRules("a.example", "a.example", accept=(403, 404, 503)),)))
    landing, asked, _ = drive(
        visit("https://a.example/", manners=manners, chance=random.Random(1)), lambda r: ok(r.url, status)
    )
    assert (len(asked), landing.observation.status) == (requests, status)


def test_retries_and_robots_can_differ_at_one_host() -> None:
    manners = Manners(retries=2, hosts=Hosts((HostRules("a.example", "a.example", retries=0, robots=False),)))
    for host, robots, tries in (("a.example", 0, 1), ("b.example", 1, 3)):
        url = f"https://{host}/"
        _, asked, pauses = drive(visit(url, manners=manners, chance=random.Random(1)), lambda r: ok(r.url, 500))
        assert (len(asked), len(pauses)) == (tries, tries - 1)
        assert all(isinstance(pause, Pause) for pause in pauses)
        found = visit(url, manners=manners, chance=random.Random(1), probe=False, book={})
        _, asked, _ = drive(found, lambda r: ok(r.url, 404 if "robots" in r.url else 200, b"there"))
        assert sum(request.url.endswith("/robots.txt") for request in asked) == robots


# ---------------------------------------------------------------- over real sockets


@dataclass
class World:
    folder: Path
    mine: Server
    theirs: Server
    ca_file: Path

    def run(
        self, command: str, *urls: str, transport: str = "libcurl", settings: str = "", **environment: str
    ) -> tuple[dict[str, list[dict[str, object]]], str]:
        (self.folder / "linkcheck.toml").write_text(
            f'spacing = 0\nretries = 0\nwayback = ""\nca-file = "{self.ca_file}"\ntransport = "{transport}"\n'
            f'allow-private = ["127.0.0.1"]\n'
            f'resolve = ["mine.example:443:127.0.0.1:{self.mine.port}", '
            f'"mine.example:8443:127.0.0.1:{self.mine.port}", '
            f'"theirs.example:443:127.0.0.1:{self.theirs.port}"]\n{settings}'
        )
        done = run_command(self.folder, command, *urls, "--format", "json", "-o", "report.html", env=environment)
        assert done.stdout, done.stderr
        return json.loads(done.stdout), done.stdout + done.stderr

    def kept(self) -> bytes:
        """Every byte that a run left on the disk, unpacked."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return b"".join(
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths
        )


def context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(made)
    return made


def only_for_friends(wire: Wire) -> None:
    """As code hosts answer strangers: 404 for what is there."""
    known = f"bearer {SECRET}".encode() in wire.head.lower()
    wire.send(html("Private", "<p>The words that were cited.") if known else response(404, b"no such page"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    authority = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    (tmp_path / "run").mkdir()
    with (
        serving({"/private": only_for_friends}, context(authority, "mine.example")) as mine,
        serving(
            {"/talks": html("Theirs", "<p>What was said in the talks.")}, context(authority, "theirs.example")
        ) as theirs,
    ):
        mine.script["/away"] = response(302, b"", "Location: https://theirs.example/talks")
        mine.script["/wall"] = response(403, b"no robots here")
        yield World(tmp_path / "run", mine, theirs, ca_file)


AUTHORIZED = '[hosts."mine.example"]\nheaders = { Authorization = "Bearer ${TOKEN}", X-Api-Key = "env:TOKEN" }\n'


def fields(server: Server, name: bytes) -> list[bytes]:
    return [line for head in server.heads for line in head.split(b"\r\n") if line.lower().startswith(name + b":")]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_header_arrives_and_is_kept_nowhere(world: World, transport: str) -> None:
    urls = ("https://mine.example/private", "https://mine.example/away")
    made, said = world.run("archive", *urls, transport=transport, settings=AUTHORIZED, TOKEN=SECRET)
    assert [(each["state"], each["reason"]) for each in made["citations"]] == [("alive", "ok"), ("alive", "ok")]
    assert set(fields(world.mine, b"authorization")) == {f"Authorization: Bearer {SECRET}".encode()}
    assert set(fields(world.mine, b"x-api-key")) == {f"X-Api-Key: {SECRET}".encode()}
    assert world.theirs.heads
    assert fields(world.theirs, b"authorization") + fields(world.theirs, b"x-api-key") == []
    kept = world.kept()
    assert kept.count(b"X-Api-Key: (not stored)") >= 2, "the archive says that the header was sent"
    assert SECRET.encode() not in kept
    assert SECRET not in said


def test_a_missing_variable_costs_its_host_alone_and_is_named(world: World) -> None:
    urls = ("https://mine.example/private", "https://theirs.example/talks")
    for given in ({}, {"TOKEN": ""}):
        made, _ = world.run("check", *urls, settings=AUTHORIZED, **given)
        assert [(each["state"], each["reason"]) for each in made["citations"]] == [
            ("unknown", "missing-variable"),
            ("alive", "ok"),
        ]
        assert "mine.example needs the environment variable TOKEN" in str(made["citations"][0]["evidence"])
    assert world.mine.heads == []


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_an_accepted_status_is_alive_and_not_captured(world: World, transport: str) -> None:
    settings = '[hosts."mine.example"]\naccept = [403]\n'
    made, _ = world.run("archive", "https://mine.example/wall", transport=transport, settings=settings)
    (found,) = made["citations"]
    assert (found["state"], found["reason"], found["snapshots"]) == ("alive", "accepted-status", [])
    assert world.mine.paths().count("/wall") == 1
    assert b"no robots here" not in world.kept()


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_limits_of_a_host_are_its_own(world: World, transport: str) -> None:
    for server in (world.mine, world.theirs):
        server.script["/flaky"] = response(503, b"busy")
        server.script["/long"] = response(200, b"x" * 5000)
    world.mine.script["/silent"] = lambda wire: wire.hang()
    settings = '[hosts."mine.example"]\nretries = 1\nmax-body = 1024\n[hosts."mine.example:8443"]\ntimeout = 0.3\n'
    urls = [f"https://{host}.example{path}" for host in ("mine", "theirs") for path in ("/flaky", "/long")]
    made, _ = world.run("archive", *urls, "https://mine.example:8443/silent", transport=transport, settings=settings)
    assert (world.mine.paths().count("/flaky"), world.theirs.paths().count("/flaky")) == (2, 1)
    assert made["citations"][-1]["reason"] == "timeout"
    assert "0.3 s" in str(made["citations"][-1]["evidence"])
    kept = (world.folder / "archive" / "snapshots.jsonl").read_text()
    held = [json.loads(line) for line in kept.splitlines()]
    assert {each["uri_r"]: each["digest"] for each in held if each.get("digest")} == {
        "https://mine.example/long": f"sha256:{sha256(b'x' * 1024).hexdigest()}",
        "https://theirs.example/long": f"sha256:{sha256(b'x' * 5000).hexdigest()}",
    }


def test_a_host_can_be_asked_with_head_where_nobody_needs_its_pages(world: World) -> None:
    settings = '[hosts."mine.example"]\nmethod = "HEAD"\nheaders = { Authorization = "Bearer ${TOKEN}" }\n'
    urls = ("https://mine.example/private", "https://theirs.example/talks")
    world.run("check", *urls, settings=settings, TOKEN=SECRET)
    assert {head.split(b" ")[0] for head in world.mine.heads} == {b"HEAD"}
    assert {head.split(b" ")[0] for head in world.theirs.heads} == {b"GET"}
    world.run("archive", *urls, settings=settings, TOKEN=SECRET)
    assert b"The words that were cited." in world.kept(), "what is archived is fetched whole"
