"""From bytes to text and back, exactly."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UnreadableFile(Exception):
    """A file cannot be read as text; the message says what to do next."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Text and how it was encoded, so that :meth:`encode` gives the same bytes back."""

    text: str
    encoding: str
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return ``text`` in the bytes that the file is written in."""
        return self.bom + text.encode(self.encoding)


def decode(data: bytes, name: str) -> Encoded:
    """Return the text of ``data``; raises ``UnreadableFile`` when it is none.

    UTF-8, or UTF-16 with a byte order mark. Line ends stay as they are.
    """
    bom, encoding = next(((bom, enc) for bom, enc in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    if encoding == "utf-8" and b"\0" in data:
        raise UnreadableFile(f"{name}: looks like a binary file; despin reads text only")
    try:
        return Encoded(data[len(bom) :].decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: not valid {encoding.upper()} at byte {error.start + len(bom)}; "
            "convert the file to UTF-8 first, for example with iconv"
        ) from error


def read_file(path: Path) -> Encoded:
    """Return the text of the file at ``path``; raises ``UnreadableFile`` when it cannot be had."""
    if path.is_dir():
        raise UnreadableFile(f"{path}: is a folder; name a file, or add -i, --diff or --check")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return decode(data, str(path))
