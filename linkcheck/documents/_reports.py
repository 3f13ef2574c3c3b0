"""Reading the JSON reports of earlier runs."""

from __future__ import annotations

from pathlib import Path

from linkcheck.errors import InputError

_LARGEST = 1024 * 1024 * 1024
"""Bytes; the report of 100,000 citations has 90 MB."""


def earlier_report(path: Path) -> bytes:
    """What a file that is taken for a baseline holds.

    Raises:
        InputError: it is not there, or cannot be read; says how to make one.
    """
    way_out = f"make one: the same command with -o {path} in place of --baseline"
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise InputError(f"--baseline: there is no {path}; {way_out}") from None
    except (OSError, ValueError) as error:
        words = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(f"--baseline: {path} cannot be read ({words}); {way_out}") from error
    if len(content) > _LARGEST:
        raise InputError(f"--baseline: {path} is larger than a gigabyte, and no report is; {way_out}")
    return content
