"""Writes docs/configuration.md: ``python -m tests.pages.configuration_page > docs/configuration.md``."""

from __future__ import annotations

import sys

from linkcheck.settings import KEYS
from linkcheck.settings.hosts import KEYS as HOST_KEYS
from linkcheck.settings.showing import literal, type_of
from linkcheck.settings.values import Key

_HEAD = """# Configuration

Everything that can be set has a default, so no file is needed. This page is written from the settings in
`linkcheck/settings/` and held against them by a test; `linkcheck config` shows what holds in a folder and where each
value comes from.

## Where settings come from

Later ones stand above earlier ones:

1. the defaults below,
2. one settings file,
3. the environment: `LINKCHECK_TIMEOUT=5` for `timeout`, `LINKCHECK_FAIL_ON=dead,drifted` for `fail-on`,
4. options of the command line, or keyword arguments of `linkcheck.load_settings`.

The first file with settings counts, and it alone: `linkcheck.toml`, `pyproject.toml` with `[tool.linkcheck]`,
`setup.cfg` with `[tool:linkcheck]`; first those of the folder where linkcheck is called, then those of each folder
above, up to the root of the repository (where `.git` is). Above it, and outside of a repository, nothing is looked
for: a file there may be anybody's. `linkcheck config` names the files that were found and do not count.

Paths (`sources`, `archive`, `ca-file`) in a file are meant from the folder of the file, and so are the defaults of
`sources` and `archive` where a file is found: called in `docs/`, linkcheck keeps one archive, that of the project.
Paths in the environment and in options are meant from where linkcheck is called.

An unknown key or an unusable value is an error (exit code 2) that names the file, the line and the nearest key. A
variable that begins with `LINKCHECK_` and is no setting counts for nothing, and stderr names it with the nearest one.

## The three files

The same settings in each. `linkcheck.toml`:

```toml
fail-on = ["dead", "drifted", "missing-capture"]
max-time = "10m"
exclude = ["https://intranet.example.org/*"]

[[exceptions]]
url = "https://www.example.org/library/*"
reasons = ["http-404"]
until = 2027-01-31
reason = "The library is moving its pages"

[hosts."api.example.org"]
headers = { Authorization = "Bearer ${EXAMPLE_TOKEN}" }

[hosts."*.example.com"]
spacing = 2.0
accept = [403]
```

`pyproject.toml`:

```toml
[tool.linkcheck]
fail-on = ["dead", "drifted", "missing-capture"]
max-time = "10m"
exclude = ["https://intranet.example.org/*"]

[[tool.linkcheck.exceptions]]
url = "https://www.example.org/library/*"
reasons = ["http-404"]
until = 2027-01-31
reason = "The library is moving its pages"

[tool.linkcheck.hosts."api.example.org"]
headers = { Authorization = "Bearer ${EXAMPLE_TOKEN}" }

[tool.linkcheck.hosts."*.example.com"]
spacing = 2.0
accept = [403]
```

`setup.cfg`, where a list is apart by commas or lines:

```ini
[tool:linkcheck]
fail-on = dead, drifted, missing-capture
max-time = 10m
exclude = https://intranet.example.org/*
exceptions =
    https://www.example.org/library/* http-404 2027-01-31 The library is moving its pages

[tool:linkcheck:hosts:api.example.org]
headers =
    Authorization: Bearer ${EXAMPLE_TOKEN}

[tool:linkcheck:hosts:*.example.com]
spacing = 2.0
accept = 403
```

## Every setting
"""

_HOSTS = """## Single hosts

A table for each host says what differs there. In its name `example.org` means that host, `*.example.org` every host
below it (and not itself), both at the ports of http and https; `example.org:8443` means that port. Of each key the
nearest table counts: a host before a domain, a longer domain before a shorter one. What a table does not say holds as
for all.
"""

_TAIL = """### Headers

Sources behind a login can be checked with a token. Its value stands in the environment, never in the file:
`"env:NAME"` is the value of a variable, `"Bearer ${NAME}"` a text with it inside. A header such as `Authorization`
whose value is written out in the file is warned about at every run.

- A header goes to the hosts of its pattern and to nobody else: at every redirect it is decided anew. It goes over
  https; plain http needs `allow-http`.
- Its value stands in no report, log, history or archive: the request in the WARC file has the name, and `(not
  stored)` for the value. What the server shows because of it is captured like any page, so do not publish such an
  archive.
- Where the variable is not set or empty, the host is not asked at all, and what is cited there is `unknown:
  missing-variable`. Asked without its token, many a server says 404 to what is there. Runs for pull requests from
  forks have no secrets, and this does not fail them
  while anything else is cited (else the exit code is 3: nothing could be told).
- Who may change the settings file decides which variable goes to which host. Do not run linkcheck over a stranger's
  settings with secrets in the environment (on GitHub: not at `pull_request_target`).
- Headers that are linkcheck's own (`Host`, `User-Agent`, `Accept-Encoding`, `Range`, `If-…`) cannot be set. Public
  archives are asked without any of this.

### Accepted statuses

`accept = [403, 999]` is for a host that refuses every program, where you know that the page is there. The verdict is
`alive: accepted-status`, and the evidence says so. It is asked once, its quotes are not looked for in that answer,
and it is not captured. The verdict would be the same over a page that is gone, so keep such lists short; without one
the state is `blocked`, which does not fail a run either.
"""


def configuration_page() -> str:
    """The whole page: where settings come from, each setting by group, and those of single hosts."""
    parts = [_HEAD]
    groups = list(dict.fromkeys(known.group for _, _, known in KEYS.values()))
    for group in groups:
        rows = [
            f"| `{key}` | {type_of(key)} | `{_default(default, known)}` | {_cell(known.says)} |"
            for key, (_, default, known) in KEYS.items()
            if known.group == group
        ]
        parts.append(f"### {group}\n\n| Key | Takes | Default | |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    rows = [f"| `{key}` | {_cell(says)} |" for key, says in HOST_KEYS.items()]
    parts += [_HOSTS, "| Key | |\n|---|---|\n" + "\n".join(rows) + "\n", _TAIL]
    return "\n".join(parts)


def _default(value: object, known: Key) -> str:
    return "{}" if known.takes == "hosts" else literal(value)


def _cell(text: str) -> str:
    return text[:1].upper() + text[1:].replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(configuration_page())
