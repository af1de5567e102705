"""JSON Lines: one object a line; the named fields hold prose, everything else stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

from despin.files.formats import PROSE_FIELDS, FormatError, NoProse, Passage

if TYPE_CHECKING:
    from collections.abc import Callable

_scan: Callable[[str, int], tuple[str, int]] = scanstring
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SPACE = " \t\r\n"
_ESCAPE_LENGTH = {"u": 6}


def find(text: str, fields: Sequence[str]) -> Iterator[Passage]:
    """Yield the string values of ``fields``, each a text of its own."""
    wanted = set(fields or PROSE_FIELDS)
    at, found = 0, False
    # JSON writes no line end inside a string as itself, so any of them ends an object.
    for number, line in enumerate(_LINE.findall(text), 1):
        if line.strip():
            try:
                for key, start, end in _members(line):
                    if key in wanted:
                        found = True
                        yield _passage(line, start, end, at)
            except RecursionError as error:
                problem = f"line {number} is nested too deep; leave the file out, or use --format text"
                raise FormatError(problem) from error
            except (JSONDecodeError, IndexError, ValueError) as error:
                problem = f"line {number} is no JSON object ({error}); mend it, or use --format text"
                raise FormatError(problem) from error
        at += len(line)
    if not found and text.strip():
        names = ", ".join(sorted(wanted))
        raise NoProse(f"no object has a string under {names}; name the field with --field")


def _members(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield key, start and end (quotes included) of each string member of the object in ``line``."""
    decoder = json.JSONDecoder(parse_int=str)
    at = _skip(line, 0)
    if line[at] != "{":
        raise ValueError("it does not begin with {")
    at = _skip(line, at + 1)
    while line[at] != "}":
        if line[at] != '"':
            raise ValueError(f"a key is missing at column {at + 1}")
        key, at = _scan(line, at + 1)
        at = _skip(line, at)
        if line[at] != ":":
            raise ValueError(f"a colon is missing at column {at + 1}")
        start = _skip(line, at + 1)
        value, at = decoder.raw_decode(line, start)
        if isinstance(value, str):
            yield key, start, at
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)
        elif line[at] != "}":
            raise ValueError(f"a comma is missing at column {at + 1}")
    if line[at + 1 :].strip():
        raise ValueError(f"something stands behind the object at column {at + 2}")


def _skip(line: str, at: int) -> int:
    while line[at] in _SPACE:
        at += 1
    return at


def _passage(line: str, start: int, end: int, offset: int) -> Passage:
    """Return the string at ``[start, end)`` unescaped, with the place of every character."""
    value, places = [], []
    at = start + 1
    while at < end - 1:
        size = _ESCAPE_LENGTH.get(line[at + 1], 2) if line[at] == "\\" else 1
        if size == 6 and line[at + 6 : at + 8] == "\\u" and line[at + 2 : at + 4].lower() in _HIGH_HALVES:
            size = 12  # two halves of one character
        piece = line[at : at + size] if size == 1 else json.loads(f'"{line[at : at + size]}"')
        value.append(piece)
        places += [offset + at] * len(piece)
        at += size
    return Passage("".join(value), places)


_HIGH_HALVES = frozenset({"d8", "d9", "da", "db"})
