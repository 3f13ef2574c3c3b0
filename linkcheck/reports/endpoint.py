"""The endpoint of a badge: what shields.io draws one from (shields.io/badges/endpoint-badge)."""

from __future__ import annotations

import json

from linkcheck.model import Report
from linkcheck.reports import badge

NAME = "endpoint"
SUFFIX = ".badge.json"


def render(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """Label, message and colour as JSON."""
    shown = badge.of(report)
    said = {"schemaVersion": 1, "label": badge.LABEL, "message": shown.message, "color": shown.name}
    return json.dumps(said, indent=2) + "\n"
