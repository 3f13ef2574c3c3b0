"""The small web on loopback that ``linkcheck demo`` asks: stand-ins for the article's sources and an archive.

Nothing here is imported by the rest of the house; the command runs the real engine against :func:`serve`.
"""

from __future__ import annotations

from linkcheck.demo.answers import text_file
from linkcheck.demo.world import World, serve

SOURCES: str = text_file("sources.txt")
"""The list that the demo checks; the ``sources.txt`` at the root of the repository is the same text."""

__all__ = ["SOURCES", "World", "serve"]
