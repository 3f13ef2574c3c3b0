"""The command ``linkcheck``, and ``python -m linkcheck``."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """As :func:`linkcheck.cli.main`, and Ctrl-C while that is still being imported is no traceback."""
    try:
        from linkcheck.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("linkcheck: interrupted\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
