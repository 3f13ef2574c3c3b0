"""What reading a zip file raises where the file is at fault; zipfile lets the compressors' own errors through."""

from __future__ import annotations

import struct
import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:  # Python can be built without it, and then zipfile raises RuntimeError
    LZMAError = zlib.error  # type: ignore[misc, assignment]

CORRUPT: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    NotImplementedError,
    struct.error,
)
"""Of a file on disk: a disk that fails (OSError) is another matter."""

BROKEN: tuple[type[Exception], ...] = (*CORRUPT, ValueError, OverflowError, OSError)
"""Of bytes in memory, where OSError can only be what bz2 says of its data."""
