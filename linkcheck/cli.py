"""The command line: parses, wires, prints, and ends with an exit code. Nothing else in the house prints or exits."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from linkcheck import __version__
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError, LinkcheckError, SettingsError
from linkcheck.interrupt import Interrupt
from linkcheck.model import Problem
from linkcheck.options import (
    EXIT_CODES,
    archive_option,
    documents_argument,
    fail_on_option,
    freshness_options,
    keeping_options,
    network_options,
    output_options,
    parts_options,
    replay_options,
    trace_options,
)

if TYPE_CHECKING:
    from linkcheck.model import Report
    from linkcheck.ports import Step
    from linkcheck.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="linkcheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Keeps the sources of a text alive: checks, archives and verifies cited URLs, with evidence.

    Documents are files, directories, globs, bare URLs, or - for standard input; without any, sources.txt is read.

    \b
    Examples:
      linkcheck demo                          see it work, without internet
      linkcheck extract article.md            what does this text cite?
      linkcheck check article.md -o report.html
      linkcheck archive sources.txt           keep a copy of every source
      linkcheck verify                        in CI: is all still well?
    """


# ---------------------------------------------------------------- commands


@cli.command()
@documents_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(["sources", "jsonl"]),
    default="sources",
    show_default=True,
    help="sources.txt, to be edited and checked; or one JSON object a line.",
)
@click.option("--output", "-o", "output", metavar="FILE", type=click.Path(path_type=Path),
              help="Write to FILE instead of stdout.")  # fmt: skip
def extract(documents: tuple[str, ...], format_: str, output: Path | None) -> None:
    """The citations of documents, as sources.txt or JSON lines.

    \b
    Example:
      linkcheck extract article.md > sources.txt
    """
    from linkcheck import jsonlines, wiring
    from linkcheck.extract import sources

    gathered = wiring.gather(_inputs(documents, _settings({})), sys.stdin.buffer)
    dumps = sources.dumps if format_ == "sources" else jsonlines.dumps
    text = dumps(gathered.citations)
    if output is not None:
        _write(output, text)
    elif text:
        _print(text)
    _complain(gathered.problems)
    _leave(ExitCode.USAGE if gathered.problems else ExitCode.OK)


@cli.command(epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
@freshness_options
@trace_options
@network_options
def check(documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], **options: Any) -> None:
    """Fetches every cited source and says how it is.

    \b
    Example:
      linkcheck check article.md notes/ https://example.org/ -o report.html
    """
    from linkcheck import pipeline, wiring

    settings = _settings(options)
    targets = _targets(format_, outputs)
    gathered = wiring.gather(_inputs(documents, settings), sys.stdin.buffer)
    _complain(gathered.problems)
    with _running() as (interrupt, on_step), wiring.opened(settings, interrupt, on_step) as (ports, _):
        made = pipeline.check(gathered.citations, gathered.problems, ports)
    _deliver(made, format_, targets)


@cli.command(epilog=EXIT_CODES)
@documents_argument
@output_options
@archive_option
@click.option("--save", is_flag=True, help="Ask the Wayback Machine to capture what it does not hold.")
@parts_options
@keeping_options
@trace_options
@network_options
def archive(
    documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], save: bool, render: bool,
    wacz: Path | None, imports: tuple[Path, ...], recover: bool, **options: Any,
) -> None:  # fmt: skip
    """Captures every source that is there into archive/, and finds a public memento of each.

    \b
    Examples:
      linkcheck archive sources.txt
      linkcheck archive --wacz sources.wacz
      linkcheck archive --import crawl.warc.gz sources.txt
    """
    settings = _settings(options)
    if wacz or imports or recover:
        from linkcheck import keeping

        asked = keeping.Asked(wacz, imports, recover, documents)
        told = keeping.keep(asked, Path(settings.archive), sys.stdin.buffer)
        _complain(told.complaints)
        _print(told.said)
        _leave(told.exit_code)
    targets = _targets(format_, outputs)
    made = _archive(_inputs(documents, settings), settings, save=save, render=render)
    _deliver(made, format_, targets)


@cli.command(epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
@freshness_options
@trace_options
@network_options
def verify(documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], **options: Any) -> None:
    """The CI command: every stored byte, then the live web, against snapshots.jsonl and the policy.

    \b
    Example:
      linkcheck verify --fail-on dead,drifted,missing-capture -o report.md
    """
    from linkcheck import pipeline, wiring
    from linkcheck.archives.verify import integrity

    settings = _settings(options)
    targets = _targets(format_, outputs)
    gathered = wiring.gather(_inputs(documents, settings), sys.stdin.buffer)
    _complain(gathered.problems)
    with _running() as (interrupt, on_step):
        examined = integrity(Path(settings.archive))
        notes = list(examined.notes)
        if examined.records and not examined.damage:
            notes.append(f"The archive was examined to the byte and is sound: {examined.records} records.")
        with wiring.opened(settings, interrupt, on_step) as (ports, _):
            damage = [(each.uri, str(each)) for each in examined.damage]
            made = pipeline.verify(gathered.citations, gathered.problems, ports, integrity=damage, notes=notes)
    _deliver(made, format_, targets)


@cli.command(epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
def report(documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], **options: Any) -> None:
    """The citation health report from what is stored. Asks no network.

    Without documents it speaks of the citations of the last run.

    \b
    Example:
      linkcheck report -o report.html -o report.json
    """
    from linkcheck import pipeline, wiring

    settings = _settings(options)
    targets = _targets(format_, outputs)
    with _running() as (interrupt, on_step), wiring.opened(settings, interrupt, on_step, read_only=True) as (ports, _):
        remembered = () if documents else ports.store.last_citations()
        if remembered:
            gathered = wiring.Gathered(remembered, ())
        else:
            gathered = wiring.gather(_inputs(documents, settings), sys.stdin.buffer)
        _complain(gathered.problems)
        made = pipeline.report(gathered.citations, gathered.problems, ports)
    _deliver(made, format_, targets)


@cli.command()
@click.argument("url")
@archive_option
def show(url: str, **options: Any) -> None:
    """Everything known about one source: verdict, history, copies. Asks no network.

    \b
    Example:
      linkcheck show https://en.wikipedia.org/wiki/Trust,_but_verify
    """
    from linkcheck import dossier, pipeline, uri, wiring
    from linkcheck.model import Citation

    normal = uri.normalise(url)
    if normal is None:
        raise InputError(f"{url[:200]!r} is no URL; write it with its scheme, as in https://example.org/page")
    source, settings = uri.without_fragment(normal), _settings(options)
    with _running() as (interrupt, on_step), wiring.opened(settings, interrupt, on_step, read_only=True) as (ports, _):
        cited = [found for found in ports.store.last_citations() if found.uri_r == source]
        made = pipeline.report(cited or [Citation(source, url, "", 0, 0)], (), ports)
        copies = made.findings[0].snapshots
        text = dossier.render(source, made.findings, ports.store.history(source), copies, ports.patience)
    _print(text)
    known = any(finding.observation for finding in made.findings) or made.findings[0].snapshots
    _leave(ExitCode.OK if known else ExitCode.UNTOLD)


@cli.command()
@archive_option
@replay_options
def replay(replayweb: Path | None, pywb: str | None, port: int, **options: Any) -> None:
    """Serves the archive for a browser on this machine, until Ctrl-C.

    \b
    Example:
      linkcheck replay --replayweb replaywebpage/
    """
    from linkcheck import replay as stage
    from linkcheck import wiring

    with contextlib.suppress(KeyboardInterrupt):
        stage.serve(Path(_settings(options).archive), replayweb, pywb, port, tool=wiring.TOOL, ready=_print)


@cli.command("explain")
@click.argument("reason", required=False)
def explain_(reason: str | None) -> None:
    """What a reason of a verdict means, and what to do about it. Without REASON, all of them by state.

    \b
    Example:
      linkcheck explain http-404
    """
    from linkcheck.judge.explaining import explain, listing, nearest

    text = explain(reason, width=_width()) if reason is not None else listing(width=_width())
    if text is None:
        meant = nearest(str(reason))
        way_out = f"did you mean {meant!r}?" if meant else "linkcheck explain lists them"
        raise InputError(f"{str(reason)[:100]!r} is neither a reason nor a state; {way_out}")
    _print(text)
    _leave(ExitCode.OK)


@cli.command()
@click.option(
    "--folder",
    default="linkcheck-demo",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the demo's list, archive and reports are put.",
)
@click.option("--transport", metavar="NAME", help="auto, libcurl or requests.  [default: auto]")  # fmt: skip
def demo(folder: Path, transport: str | None) -> None:
    """The main job on a small web of this machine's own: no internet, no root, a few seconds.

    \b
    Example:
      linkcheck demo
    """
    from linkcheck import demo as stage
    from linkcheck.reports import render
    from linkcheck.settings import Settings, with_values

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror}); name another one with --folder") from error
    listed = folder / "sources.txt"
    _write(listed, stage.SOURCES)
    with stage.serve(folder) as world:
        entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
        values = {
            "archive": str(folder / "archive"),
            "ca-file": str(world.ca_file),
            "resolve": entries,
            "wayback": world.wayback,
            "controls": list(world.controls),
            **({"transport": transport} if transport else {}),
        }
        made = _archive([str(listed)], with_values(Settings(), values, where="demo"))
    _print(render("terminal", made, width=_width(), colour=_colour()))
    written = [folder / f"report{suffix}" for suffix in (".html", ".json", ".md", ".svg")]
    for path, name in zip(written, ("html", "json", "markdown", "svg"), strict=True):
        _write(path, render(name, made))
    _print(
        "\nThe pages behind this table are stand-ins written for this demo and served on this machine only;\n"
        f"the engine, the archive and the verdicts are real. (The exit code of a real run: {made.exit_code:d}.)\n"
        f"Report:  {written[0]}\nArchive: {folder / 'archive'}\n"
    )
    _leave(made.exit_code if made.exit_code is ExitCode.INTERRUPTED else ExitCode.OK)


def _archive(inputs: Sequence[str], settings: Settings, *, save: bool = False, render: bool = False) -> Report:
    from linkcheck import pipeline, wiring

    gathered = wiring.gather(inputs, sys.stdin.buffer)
    _complain(gathered.problems)
    with (
        _running() as (interrupt, on_step),
        wiring.renderer(settings, wanted=render) as renderer,
        wiring.opened(settings, interrupt, on_step) as (ports, kept),
        kept.open_for_writing() as keeper,
    ):
        parts = wiring.parts(settings, ports, keeper) if settings.requisites or render else None
        return pipeline.archive(
            gathered.citations, gathered.problems, ports, keeper=keeper, save=save, notes=keeper.recovered,
            parts=parts, renderer=renderer,
        )  # fmt: skip


# ---------------------------------------------------------------- around a command


def _settings(options: dict[str, Any]) -> Settings:
    """The settings file of this folder with the options above it; options that may be repeated add to its lists."""
    from linkcheck.settings import COMMAND_LINE, load, with_values

    loaded = load(Path())
    given = {key.replace("_", "-"): value for key, value in options.items() if value is not None and value != ()}
    for key, listed in (("resolve", loaded.resolve), ("allow-private", loaded.allow_private)):
        if key in given:
            given[key] = [*listed, *given[key]]
    return with_values(loaded, given, where=COMMAND_LINE)


def _inputs(documents: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    if documents:
        return documents
    if not Path(settings.sources).exists():
        raise InputError(
            f"there is no {settings.sources} here; name documents (linkcheck check article.md), "
            f"or begin a list: linkcheck extract article.md > {settings.sources}"
        )
    return (settings.sources,)


@contextlib.contextmanager
def _running() -> Iterator[tuple[Interrupt, Callable[[Step], None]]]:
    """Ctrl-C and progress for the length of a run."""
    from linkcheck.progress import shown

    interrupt = Interrupt()
    before = {number: signal.signal(number, interrupt.signal) for number in (signal.SIGINT, signal.SIGTERM)}
    wanted = sys.stderr.isatty() and not os.environ.get("CI")
    try:
        with shown(sys.stderr, wanted=wanted) as on_step:
            yield interrupt, on_step
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _targets(format_: str, outputs: tuple[Path, ...]) -> list[tuple[Path, str]]:
    """Files to write and their formats; wrong ones are found before the work, not after it."""
    from linkcheck import reports

    if format_ not in reports.names():
        raise SettingsError(f"--format: {format_!r} is not one of {', '.join(reports.names())}")
    targets = []
    for path in outputs:
        name = reports.format_for(path.name)
        if name is None:
            raise SettingsError(f"--output: {str(path)!r} names no format; end it in .html .json .md .csv .svg or .txt")
        if not path.absolute().parent.is_dir():
            raise SettingsError(f"--output: there is no folder {path.absolute().parent}")
        targets.append((path, name))
    return targets


def _deliver(made: Report, format_: str, targets: list[tuple[Path, str]]) -> NoReturn:
    from linkcheck.reports import pieces

    for piece in pieces(format_, made, width=_width(), colour=_colour()):
        sys.stdout.write(piece)
    sys.stdout.flush()
    unwritten = False
    for path, name in targets:
        try:
            _write(path, pieces(name, made))
        except InputError as error:  # the next may still be written, and what was learnt has been shown
            click.echo(f"linkcheck: {error}", err=True)
            unwritten = True
    _leave(ExitCode.USAGE if unwritten else made.exit_code)


def _write(path: Path, text: str | Iterable[str]) -> None:
    """Whole or not at all: a reader never sees half a report."""
    from linkcheck import atomic

    pieces = (text,) if isinstance(text, str) else text
    try:
        atomic.write(path, (piece.encode("utf-8", "replace") for piece in pieces))
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error


def _print(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def _complain(problems: Sequence[Problem | str]) -> None:
    for problem in problems:
        click.echo(f"linkcheck: {problem}", err=True)


def _width() -> int:
    import shutil

    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 160)


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _leave(code: ExitCode) -> NoReturn:
    raise click.exceptions.Exit(int(code))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command ``linkcheck``. Ends the process; a crash is exit code 4 and never looks like rot."""
    # A run makes many small things that live to its end; looking through them over and over takes a tenth of its time.
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            # A file or a pipe gets UTF-8 whatever the locale: a list whose quotes hold "?" would no longer match.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="linkcheck", standalone_mode=False
        )
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("linkcheck: interrupted", err=True)
        code = ExitCode.INTERRUPTED
    except LinkcheckError as error:
        click.echo(f"linkcheck: {error}", err=True)
        code = ExitCode.USAGE
    except BrokenPipeError:  # `linkcheck … | head`: the reader has gone, and that is all
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        code = ExitCode.OK
    except Exception:  # noqa: BLE001
        import traceback

        click.echo(f"linkcheck: a failure of linkcheck itself, not of a source:\n{traceback.format_exc()}", err=True)
        code = ExitCode.CRASH
    sys.exit(int(code or 0))
