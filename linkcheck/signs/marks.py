"""Strings in the markup of a page, out of a reader's sight, that only one kind of page has. Data.

``page.py`` looks for them in pages with little text, and notes the names of the rows that are there in ``Page.marks``.
"""

from __future__ import annotations

from collections.abc import Mapping

MARKS: Mapping[str, tuple[str, ...]] = {
    # https://developers.cloudflare.com/cloudflare-challenges/: the options of its challenge script.
    "cloudflare-challenge": ("_cf_chl_opt", "/cdn-cgi/challenge-platform/h/"),
    # AdSense for Domains, which is open to parked domains alone, and the landers of GoDaddy, Bodis and Namecheap.
    "parking-lander": (
        "data-adblockkey",
        "google.com/adsense/domains",
        "parking-lander",
        'window.location.href="/lander"',
        "window.park = ",
        "sedoparking.com/frmpark",
        "parkingcrew.net/",
        "bodiscdn.com",
    ),
}
"""By name: of the strings of a row, one is enough. Compared as they stand, letter case included."""


def marks_in(html: str) -> tuple[str, ...]:
    """The names of the rows that a page's markup shows, in the order of :data:`MARKS`."""
    return tuple(name for name, strings in MARKS.items() if any(string in html for string in strings))
