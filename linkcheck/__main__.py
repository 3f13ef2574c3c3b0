"""``python -m linkcheck`` is the command ``linkcheck``."""

from linkcheck.cli import main

if __name__ == "__main__":
    main()
