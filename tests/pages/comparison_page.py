"""Writes docs/comparison.md: ``python -m tests.pages.comparison_page > docs/comparison.md``.

The measured part is the README's, so that no figure stands in two places and is true in one.
"""

from __future__ import annotations

import re
import sys

from tests.readme import README

_HEAD = """# How it compares

Several tools tell whether links answer, and others keep pages. linkcheck does both for one purpose: that a cited source
can be shown, with evidence, by who cites it. That makes it another tool than its neighbours, and slower than some:

- A checker of links asks whether an address answers. `linkcheck check` reads every page it fetches, since 200 may be an
  error page and 403 may be a living one; it asks for a 404 twice, looks for quotes, and stores what it saw. The tables
  below say what that costs.
- A crawler captures sites. `linkcheck archive` captures what is cited and nothing else, into WARC files that other
  tools read, and [proves every stored byte](archive-layout.md).
- Save Page Now of the Internet Archive keeps pages where everyone can see them. It is no rival: `linkcheck archive`
  looks for a memento of every source there and in any archive that speaks Memento, opens it, and notes it only where it
  plays back; `--save` asks for a capture of what is not held. A capture of your own is kept beside it.

## Figures

"""

_TAIL = """
Two more peers were measured once, in another run (2,000 URLs over 200 hosts, HTTP, one core): processor time against
lychee 0.24.2 = 1 was 12 for markdown-link-check and 14 for Sphinx's linkcheck builder.

Other tools were not measured here, so nothing is said about them.
"""


def comparison_page() -> str:
    """The whole page."""
    measured = re.search(r"^## How it compares\n\n(.*?)(?=^## )", README.read_text(encoding="utf-8"), re.DOTALL | re.M)
    assert measured is not None, "the README has a section on how it compares"
    text = re.sub(r"\]\(docs/", "](", measured[1])
    return _HEAD + text.rstrip() + "\n" + _TAIL


if __name__ == "__main__":
    sys.stdout.write(comparison_page())
