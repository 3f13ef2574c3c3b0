"""The commands: one file each, found by itself, and imported when it is called.

A member is a module of this folder whose name has no leading underscore. It has ``command``, a click command of the
module's name. It imports what is heavy inside the function, so that ``--help`` stays quick.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import cast

import click


class Commands(click.Group):
    """A group whose commands are the members of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in alphabetical order."""
        return sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return cast(click.Command, importlib.import_module(f"{__name__}.{cmd_name}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; of a name that is no command it says which may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            if not near and ("." in args[0] or "/" in args[0]):
                meant = " A document is checked with: linkcheck check DOC"
            raise click.UsageError(f"{error.format_message()}{meant}", ctx) from error
