"""What may stand where on the command line, for a shell that completes it."""

from __future__ import annotations

from click import Context, Parameter
from click.shell_completion import CompletionItem


def formats(ctx: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """The report formats."""
    from linkcheck import reports

    return _beginning(begun, [(name, "") for name in reports.names()])


def reasons(ctx: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """States, and reasons with their states."""
    return _beginning(begun.lower(), _verdicts())


def policies(ctx: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """What a policy may name; it is a list with commas, of which the last word is completed."""
    from linkcheck.settings import POLICY_WORDS

    before, comma, word = begun.rpartition(",")
    named = set(before.split(","))
    known = [*_verdicts(), *((each, "of the archive") for each in POLICY_WORDS), ("none", "nothing fails the run")]
    return _beginning(word, [each for each in known if each[0] not in named], before=before + comma)


def transports(ctx: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """How sockets are opened."""
    return _beginning(begun, [(name, "") for name in ("auto", "libcurl", "requests")])


def files(ctx: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """Files and folders, which the shell knows better."""
    return [CompletionItem(begun, type="file")]


def folders(ctx: Context, parameter: Parameter, begun: str) -> list[CompletionItem]:
    """Folders alone."""
    return [CompletionItem(begun, type="dir")]


def _verdicts() -> list[tuple[str, str]]:
    from linkcheck.judge import REASONS
    from linkcheck.model import State

    states = [(str(state), "state") for state in State]
    return [*states, *((reason.id, " or ".join(reason.states)) for reason in REASONS if reason.id not in list(State))]


def _beginning(begun: str, known: list[tuple[str, str]], *, before: str = "") -> list[CompletionItem]:
    return [CompletionItem(before + word, help=meaning or None) for word, meaning in known if word.startswith(begun)]
