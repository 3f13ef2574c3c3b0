"""``linkcheck completion``."""

from __future__ import annotations

import click

from linkcheck.commands._telling import leave, say
from linkcheck.conduct import ExitCode

_VARIABLE = "_LINKCHECK_COMPLETE"
"""Set by the shell's function when it asks ``linkcheck`` what may follow; click gives it its meaning."""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Prints the function by which a shell completes commands, options, formats, states and reasons.

    \b
    Examples:
      bash, in ~/.bashrc:   eval "$(linkcheck completion bash)"
      zsh, in ~/.zshrc:     eval "$(linkcheck completion zsh)"     (after compinit)
      fish, once:           linkcheck completion fish > ~/.config/fish/completions/linkcheck.fish
    """
    from click.shell_completion import get_completion_class

    written = get_completion_class(shell)
    assert written is not None, "click knows the shells of the choice above"
    say(written(ctx.find_root().command, {}, "linkcheck", _VARIABLE).source())
    leave(ExitCode.OK)
