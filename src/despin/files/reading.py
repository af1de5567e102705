"""From bytes to text and back, exactly."""

from __future__ import annotations

import codecs
import warnings
from pathlib import Path
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_EVERY_BYTE = bytes(range(256))


class UnreadableFile(Exception):
    """A file cannot be read as text; the message says what to do next."""


class NotText(UnreadableFile):
    """A file holds no text: an error where the user named it, nothing to speak of in a walk."""


class Encoded(NamedTuple):
    """Text and how it was encoded, so that :meth:`encode` gives the same bytes back."""

    text: str
    encoding: str
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return ``text`` in the bytes that the file is written in."""
        return self.bom + text.encode(self.encoding)

    def can_write(self, text: str) -> bool:
        """Tell whether the file's encoding has all characters of ``text``."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def encoding_named(name: str) -> str:
    """Return Python's name for the encoding ``name``; raises ``ValueError`` when it cannot be used.

    UTF-8, and those that write a character in one byte: only there does an edit leave every other byte.

    >>> encoding_named("Windows-1252"), encoding_named("latin1")
    ('cp1252', 'iso8859-1')
    """
    try:
        found = codecs.lookup(name).name.removesuffix("-sig")
        if found == "utf-8" or _is_one_to_one(found):
            return found
    except (LookupError, ValueError):
        pass
    raise ValueError(f"{name!r} is no encoding to read with; use utf-8, cp1252 or latin-1")


def _is_one_to_one(encoding: str) -> bool:
    """Tell whether every byte is a letter of its own, written as that byte again, or none."""
    with warnings.catch_warnings(action="ignore"):  # some take bytes for escapes
        letters = _EVERY_BYTE.decode(encoding, "replace")
    return len(letters) == len(_EVERY_BYTE) and all(
        letter == "\ufffd" or letter.encode(encoding) == bytes([byte]) for byte, letter in enumerate(letters)
    )


def decode(data: bytes, name: str, encoding: str = "utf-8") -> Encoded:
    """Return the text of ``data``; raises ``UnreadableFile`` when it is none.

    A byte order mark says UTF-8 or UTF-16 by itself; without one ``encoding`` counts. Line ends
    stay as they are.
    """
    bom, found = next(((bom, known) for bom, known in _BOMS if data.startswith(bom)), (b"", encoding))
    if data.startswith(_UTF_32) or (not found.startswith("utf-16") and b"\0" in data):
        raise NotText(f"{name}: looks like a binary file; despin reads text only")
    try:
        return Encoded(data[len(bom) :].decode(found), found, bom)
    except UnicodeDecodeError as error:
        mend = "its byte order mark says so: mend it" if bom else "say how it is written: --encoding cp1252"
        place = error.start + len(bom)
        raise UnreadableFile(f"{name}: not valid {found.upper()} at byte {place}; {mend}") from error


def read_file(path: Path, encoding: str = "utf-8") -> Encoded:
    """Return the text of the file at ``path``; raises ``UnreadableFile`` when it cannot be had."""
    return decode(read_bytes(path), str(path), encoding)


def read_bytes(path: Path) -> bytes:
    """Return the contents of the file at ``path``; raises ``UnreadableFile`` when they cannot be had."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path}: no such file; check the path") from error
    except IsADirectoryError as error:
        raise UnreadableFile(f"{path}: is a folder; name a file, or add -i, --diff or --check") from error
    except PermissionError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); check the path") from error
