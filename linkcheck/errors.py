"""Our own failures. A failure of the web is data (:class:`linkcheck.model.Failure`), never one of these.

::

    LinkcheckError
    ├── InputError      a document, list or URL that was handed in cannot be used      exit 2
    ├── SettingsError   an option or a settings file is wrong                          exit 2
    └── ArchiveError    what is kept on disk cannot be read or written                 exit 2
        └── ArchiveBusy     another run is writing to the same archive
"""

from __future__ import annotations


class LinkcheckError(Exception):
    """A failure of ours, in words that name the input and the way out."""


class InputError(LinkcheckError):
    """A document, list or URL that was handed in cannot be used."""


class SettingsError(LinkcheckError):
    """An option or a settings file is wrong."""


class ArchiveError(LinkcheckError):
    """What is kept on disk cannot be read or written."""


class ArchiveBusy(ArchiveError):  # noqa: N818  it reads as what it says
    """Another run is writing to the same archive; the message names its process where it is known."""
