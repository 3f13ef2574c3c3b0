"""Settings: ``[tool:linkcheck]`` of setup.cfg, ``[tool.linkcheck]`` of pyproject.toml, or ``linkcheck.toml``.

``keys.py`` declares them, ``values.py`` and ``hosts.py`` read what was written, ``files.py`` finds it, ``showing.py``
says what holds and why.
"""

from __future__ import annotations

from linkcheck.settings.files import COMMAND_LINE, load, passed_over, with_values
from linkcheck.settings.keys import CONTROLS, KEYS, POLICY_WORDS, Settings
from linkcheck.settings.values import parse_resolve, seconds

__all__ = [
    "COMMAND_LINE",
    "CONTROLS",
    "KEYS",
    "POLICY_WORDS",
    "Settings",
    "load",
    "parse_resolve",
    "passed_over",
    "seconds",
    "with_values",
]
