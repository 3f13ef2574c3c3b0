"""Every setting, with its default and what it does. The docs and ``linkcheck config`` are written from this file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from linkcheck import __version__, exceptions
from linkcheck.conduct import Hosts, Manners, Network, Policy
from linkcheck.errors import SettingsError
from linkcheck.exceptions import Exemption
from linkcheck.model import State
from linkcheck.settings.hosts import HostTable
from linkcheck.settings.values import Key, nearest, parse_resolve

CONTROLS = ("example.com", "www.iana.org", "www.rfc-editor.org")
"""Hosts that surely exist: asked when a run cannot tell a dead source from a dead line."""

POLICY_WORDS = ("missing-capture", "missing-memento", "broken-memento", "damaged")
"""What a policy may forbid beside states and reasons. Damage fails every ``verify``, whether it is named or not."""

READING, POLICY, ASKING, RUN, KEEPING, COPIES, NETWORK = (
    "Reading",
    "Policy",
    "Asking servers",
    "One run",
    "Keeping",
    "Copies elsewhere",
    "Network",
)

_USER_AGENT = f"linkcheck/{__version__} (+https://pypi.org/project/citation-linkcheck/)"

Kind = TypeVar("Kind")


def _key(
    default: Kind, group: str, says: str, *, takes: str = "", least: float = 0, choices: tuple[str, ...] = ()
) -> Kind:
    """A field of :class:`Settings`; ``says`` may hold Markdown."""
    # Its type says that it is the default: that is what it becomes, and how type checkers read a field's right side.
    return field(default=default, metadata={"key": Key(says, group, takes, least, choices)})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its defaults.

    Field names are the keys, with ``_`` for ``-``; ``docs/configuration.md`` says what each does. ``origin`` is the
    file that counts, "" without one, and ``origins`` says of each key that is set where; ``strays`` are variables of
    the environment that are called like settings and are none, in sentences.
    """

    sources: str = _key("sources.txt", READING, "The document that is read where none is named.", takes="path")
    include: tuple[str, ...] = _key(
        (), READING, "Patterns of URLs, `*` for anything: what none of them matches is not asked, `unknown: excluded`."
    )
    exclude: tuple[str, ...] = _key((), READING, "Patterns of URLs: what one of them matches is not asked.")
    identifiers: bool = _key(
        False,
        READING,
        "Take DOIs, arXiv ids, ISBNs and RFC numbers as citations that stand in prose without a URL. Off, because who "
        "names a book has cited no address, and an ISBN that a catalogue does not know is no dead link.",
    )
    fail_on: tuple[str, ...] = _key(
        ("dead", "drifted"),
        POLICY,
        f"States, reasons and the words {', '.join(f'`{word}`' for word in POLICY_WORDS)} that make a run fail; "
        "`none` for nothing.",
    )
    exceptions: tuple[Any, ...] = _key(
        (),
        POLICY,
        "What the policy lets pass for a while: tables with `url` (`*` for anything), `reasons`, `until` and `reason`, "
        "or lines `URL REASONS UNTIL WHY`.",
        takes="exceptions",
    )
    streak_looks: int = _key(3, POLICY, "What only fails is dead after so many bad looks …", least=2)
    streak_days: float = _key(3.0, POLICY, "… each so many days from the next.", takes="days")
    contact: str = _key(
        "", ASKING, "Address or URL that a server's owner can write to; it stands in the User-Agent of every request."
    )
    method: str = _key(
        "GET", ASKING, "How pages are asked for that nobody quotes.", takes="word", choices=("GET", "HEAD")
    )
    spacing: float = _key(0.25, ASKING, "Between the starts of two requests to one host.", takes="seconds")
    per_host: int = _key(1, ASKING, "Requests at once to one host.", least=1)
    in_flight: int = _key(128, ASKING, "Requests at once over all hosts.", least=1)
    retries: int = _key(2, ASKING, "Further tries after a timeout, a reset, 429 or 5xx.")
    timeout: float = _key(20.0, ASKING, "For one whole answer.", takes="seconds", least=0.1)
    connect_timeout: float = _key(10.0, ASKING, "Until a connection stands.", takes="seconds", least=0.1)
    max_body: int = _key(
        16 * 1024 * 1024, ASKING, "Of a body that are read; the rest is cut, and said.", takes="bytes", least=1024
    )
    controls: tuple[str, ...] = _key(
        CONTROLS, ASKING, "Host names that surely exist, asked where a run cannot tell a dead source from a dead line."
    )
    hosts: tuple[HostTable, ...] = _key((), ASKING, "What differs at single hosts; see below.", takes="hosts")
    max_time: str = _key(
        "", RUN, "The longest run; what is left then is `unknown: not-reached`. Empty for no end.", takes="time"
    )
    max_age: str = _key(
        "", RUN, "A source that answered so lately is not asked again; failures always are. Empty asks always.",
        takes="time",
    )  # fmt: skip
    archive: str = _key("archive", KEEPING, "Folder of captures, snapshot metadata and history.", takes="path")
    robots: bool = _key(True, KEEPING, "Archive nothing that robots.txt keeps us out of.")
    requisites: bool = _key(
        False, KEEPING, "Archive the images, styles, scripts, fonts and frames of captured pages too."
    )
    most_requisites: int = _key(300, KEEPING, "Of one page; the rest is left out, and said.", least=1)
    most_requisite_bytes: int = _key(
        64 * 1024 * 1024, KEEPING, "Of the requisites of one page.", takes="bytes", least=1024
    )
    render_timeout: float = _key(
        30.0, KEEPING, "For the picture and the print of one page (`--render`).", takes="seconds", least=1
    )
    trace: bool = _key(
        True, COPIES, "Ask archives and frozen copies for sources that are dead, or that would not show a quote."
    )
    wayback: str = _key(
        "https://web.archive.org", COPIES, "Base URL of the Wayback Machine; empty does not ask it.", takes="url"
    )
    memento: tuple[str, ...] = _key(
        (),
        COPIES,
        "Base URLs of further archives that speak Memento (RFC 7089), asked in turn where it holds none.",
        takes="urls",
    )
    moved_collections: tuple[str, ...] = _key(
        (), COPIES, "Rows `HOST[/PREFIX] FROM UNTIL TARGET`: frozen copies of sites, beside the built-in ones."
    )
    transport: str = _key(
        "auto",
        NETWORK,
        "What opens connections; `auto` is libcurl, or requests where pycurl cannot be imported.",
        takes="word",
        choices=("auto", "libcurl", "requests"),
    )
    ca_file: str = _key("", NETWORK, "PEM file of the certificates to trust instead of the usual ones.", takes="path")
    resolve: tuple[str, ...] = _key(
        (), NETWORK, "Entries `HOST:PORT:ADDRESS[:PORT]`: connect there, as curl's `--connect-to` does."
    )
    allow_private: tuple[str, ...] = _key((), NETWORK, "Hosts, addresses or networks that may be private.")
    origin: str = field(default="", compare=False, metadata={"internal": True})
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False, metadata={"internal": True})

    strays: tuple[str, ...] = field(default=(), compare=False, repr=False, metadata={"internal": True})

    def network(self) -> Network:
        """How sockets are opened.

        Raises:
            SettingsError: a ``resolve`` entry has not the form.
        """
        agent = _USER_AGENT.replace(")", f"; {self.contact})") if self.contact else _USER_AGENT
        return Network(
            user_agent=agent,
            ca_file=self.ca_file,
            resolve=tuple(parse_resolve(entry) for entry in self.resolve),
            allow_private=frozenset(self.allow_private),
            connect_timeout_s=self.connect_timeout,
            timeout_s=self.timeout,
            max_body_bytes=self.max_body,
        )

    def exempted(self, reasons: Iterable[str]) -> tuple[Exemption, ...]:
        """What the policy lets pass for a while.

        Raises:
            SettingsError: an entry has not the form.
        """
        words = [*State, *reasons, *POLICY_WORDS]
        return exceptions.parse(list(self.exceptions), words, self._named("exceptions"))

    def manners(self, environment: Mapping[str, str] | None = None) -> Manners:
        """How hard we may knock, and what differs at single hosts.

        Args:
            environment: holds the values of headers that are not written out.

        Raises:
            SettingsError: a value of the environment cannot stand in a header field; it is not shown.
        """
        return Manners(
            in_flight=self.in_flight,
            per_host=self.per_host,
            spacing_s=self.spacing,
            retries=self.retries,
            robots=self.robots,
            hosts=Hosts(tuple(table.resolved(environment or {}) for table in self.hosts)),
        )

    def policy(self, reasons: Iterable[str]) -> Policy:
        """What a citation may not be.

        Raises:
            SettingsError: a word of ``fail_on`` is neither a state, a reason nor one of :data:`POLICY_WORDS`.
        """
        known = [*State, *reasons, *POLICY_WORDS]
        for word in self.fail_on:
            if word not in known and word != "none":
                where = self._named("fail-on")
                raise SettingsError(f"{where}: {word!r} is neither a state nor a reason{nearest(word, known)}")
        return Policy(frozenset(self.fail_on) - {"none"})

    def _named(self, key: str) -> str:
        """The key and where it stands; an option and a variable have its name in their own."""
        place = self.origins.get(key, "")
        return place if place.startswith("--") or place.isupper() else f"{place}: {key}" if place else key

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is no error and yet should not stay so, in sentences."""
        return self.strays + tuple(
            f"{self.origins.get('hosts') or 'hosts'}: the header {name} for {table.pattern} stands in the file itself, "
            f'where everybody who reads the file reads it; put it into the environment and write "env:NAME" here.'
            for table in self.hosts
            for name in table.written_out
        )


KEYS: dict[str, tuple[str, Any, Key]] = {
    entry.name.replace("_", "-"): (entry.name, entry.default, entry.metadata["key"])
    for entry in fields(Settings)
    if not entry.metadata.get("internal")
}
"""By key: the name of the field, its default, and what is known of it."""
