"""Flat binary tables, read through ``mmap`` without parsing.

A model or a lexicon must cost milliseconds to open and nothing to keep: the
file is a JSON header and a row of aligned arrays, and a look-up touches only
the pages it needs. There is no pickle in it, so a file from elsewhere can at
worst be refused.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from pathlib import Path
from typing import Any

MAGIC = b"despin\x01\n"
_ALIGN = 8


class TableError(Exception):
    """A binary table is damaged, or was written by another version."""


def write_tables(path: Path, meta: dict[str, Any], arrays: dict[str, tuple[str, bytes]]) -> None:
    """Write ``arrays`` (name → ``struct`` type code and little-endian bytes) to ``path``."""
    offset, entries = 0, {}
    for name, (code, data) in arrays.items():
        entries[name] = [code, offset, len(data)]
        offset += -(-len(data) // _ALIGN) * _ALIGN
    header = json.dumps({"meta": meta, "arrays": entries}, sort_keys=True).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % _ALIGN)
    with path.open("wb") as out:
        out.write(MAGIC + struct.pack("<I", len(header)) + header)
        for _, data in arrays.values():
            out.write(data + b"\0" * (-len(data) % _ALIGN))


class Tables:
    """A table file opened for reading; ``tables[name]`` is a typed memory view."""

    def __init__(self, path: Path) -> None:
        """Open ``path``; raises ``TableError`` when it is no table file of this version."""
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise TableError(f"{path} is empty: reinstall despin") from error
        view = memoryview(self._map)
        start = len(MAGIC) + 4
        try:
            if bytes(view[: len(MAGIC)]) != MAGIC:
                raise ValueError("wrong magic")
            (size,) = struct.unpack("<I", view[len(MAGIC) : start])
            header = json.loads(bytes(view[start : start + size]))
            self.meta: dict[str, Any] = header["meta"]
            base = start + size
            self._views = {
                name: view[base + offset : base + offset + length].cast(code)
                for name, (code, offset, length) in header["arrays"].items()
            }
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise TableError(f"{path} is damaged ({error}): reinstall despin") from error

    def __getitem__(self, name: str) -> memoryview:
        """Return the array ``name``."""
        return self._views[name]


class Strings:
    """An immutable list of strings in a table file, with look-up by value."""

    def __init__(self, tables: Tables, name: str) -> None:
        """Read the strings written by :func:`pack_strings` under ``name``."""
        # A letter a byte, as the ends count them; what is no ASCII is told when it is asked for.
        self._text = str(tables[f"{name}.text"], "latin-1")
        self._ends = tables[f"{name}.ends"]
        self._slots = tables[f"{name}.slots"]

    def __len__(self) -> int:
        """Return the number of strings."""
        return len(self._ends)

    def __getitem__(self, index: int) -> str:
        """Return string number ``index``."""
        found = self._text[self._ends[index - 1] if index else 0 : self._ends[index]]
        return found if found.isascii() else found.encode("latin-1").decode()

    def find(self, value: str) -> int:
        """Return the index of ``value``, or -1."""
        if value.isascii():
            data = value.encode()
        else:
            data = value.encode("utf-8", "surrogatepass")
            value = data.decode("latin-1")
        size = len(self._slots)
        at = zlib.crc32(data) % size
        while found := self._slots[at]:
            start = self._ends[found - 2] if found > 1 else 0
            if self._text[start : self._ends[found - 1]] == value:
                return found - 1
            at = at + 1 if at + 1 < size else 0
        return -1


def string_at(tables: Tables, name: str, index: int) -> str:
    """Return one string of those under ``name``, where they are many and few are asked for."""
    ends = tables[f"{name}.ends"]
    return bytes(tables[f"{name}.text"][ends[index - 1] if index else 0 : ends[index]]).decode()


def pack_strings(name: str, values: list[str]) -> dict[str, tuple[str, bytes]]:
    """Return the arrays for :class:`Strings`; ``values`` must be distinct."""
    data = [value.encode() for value in values]
    ends, total = [], 0
    for item in data:
        total += len(item)
        ends.append(total)
    size = len(data) * 2 + 1
    slots = [0] * size
    for index, item in enumerate(data):
        at = zlib.crc32(item) % size
        while slots[at]:
            at = (at + 1) % size
        slots[at] = index + 1
    return {
        f"{name}.text": ("B", b"".join(data)),
        f"{name}.ends": ("I", struct.pack(f"<{len(ends)}I", *ends)),
        f"{name}.slots": ("I", struct.pack(f"<{size}I", *slots)),
    }
