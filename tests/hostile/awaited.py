"""Rows that fail because of a defect, by transport: they are not run until it is mended. Each block says which.

Take a line out as soon as its defect is mended; the row is run from then on.
"""

from __future__ import annotations

_LIBCURL: tuple[str, ...] = (
    # libcurl refuses a head with a line that has no colon ("Header without colon"); browsers show the page.
    "no-colon",
    # "Received HTTP/0.9 when not allowed" names a protocol that nobody spoke, and not what was sent.
    "ssh-shown",
)

_REQUESTS: tuple[str, ...] = (
    # http.client: 100 fields, 65,536 bytes a line, whatever Network.max_header_bytes says.
    "300-fields",
    "long-field",
    "to-100-kb",
    # http.client reads interim responses, chunk sizes and trailers line by line, inside one call that nothing of ours
    # can look into: the request ends at its time limit, but as a timeout, without the part that had come.
    "continue-endless",
    "slow-chunks",
    "trailer-endless",
    "chunk-extension-endless",
    # http.client takes a negative chunk size for the end, and waits for a huge one.
    "chunk-size-negative",
    "chunk-size-huge",
    # Looked up in the thread of the request, without a limit of its own.
    "dns-hangs",
    # urllib3 quotes the path anew: {x}|y is asked for as %7Bx%7D%7Cy, and `sent` says otherwise.
    "to-brackets",
)

AWAITED: frozenset[tuple[str, str]] = frozenset(
    {*(("libcurl", name) for name in _LIBCURL), *(("requests", name) for name in _REQUESTS)}
)
"""(transport, row) that are not run."""

CROWD_AWAITED: frozenset[str] = frozenset()
"""Transports on which many slow hosts still make others look slow."""
