"""linkcheck keeps the sources of a text alive: it checks, archives and verifies cited URLs, with evidence."""

__version__ = "0.1.0"
