"""CSV: the named columns hold prose; every other byte stays.

The standard library's reader says what the cells hold; a scan beside it says where they lie.
Where the two do not agree the file is refused.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from despin.files.formats import PROSE_FIELDS, FormatError, NoProse, Passage

_DELIMITERS = ",;\t|"


class _Cell(NamedTuple):
    start: int
    end: int


def find(text: str, fields: Sequence[str]) -> Iterator[Passage]:
    """Yield the cells of the columns ``fields``, each a text of its own."""
    if not text.strip():
        return
    delimiter = _delimiter(text)
    rows = list(_rows(text, delimiter))
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        held = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FormatError(f"no CSV file ({error}); mend it, or use --format text") from error
    if [[_value(text, cell) for cell in row] for row in rows] != [row or [""] for row in held]:
        raise FormatError("the quoting of this CSV file is not regular; mend it, or use --format text")
    names = held[0]
    wanted = [number for number, name in enumerate(names) if name in set(fields or PROSE_FIELDS)]
    if not wanted:
        asked = (
            f"no column is called {fields[0]!r}"
            if fields
            else "name the column that holds prose with --field"
        )
        there = ", ".join(" ".join(name.split()) for name in names)
        raise NoProse(f"{asked}; there are {there}" if there else f"{asked}; the first line names none")
    for row in rows[1:]:
        for number in wanted:
            if number < len(row):
                yield _passage(text, row[number])


def _delimiter(text: str) -> str:
    """Return the delimiter: the one that the first line has most of outside quotation marks."""
    first = re.match(r'(?:"[^"]*"|[^"\r\n])*', text)
    assert first is not None  # it matches the empty string
    plain = re.sub(r'"[^"]*"', "", first[0])
    return max(_DELIMITERS, key=plain.count)


def _rows(text: str, delimiter: str) -> Iterator[list[_Cell]]:
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(delimiter)}\r\n]*')
    at, row = 0, []
    while True:
        match = cell.match(text, at)
        assert match is not None  # it matches the empty string
        row.append(_Cell(*match.span()))
        at = match.end()
        if at < len(text) and text[at] == delimiter:
            at += 1
            continue
        yield row
        row = []
        if at < len(text) and text[at] not in "\r\n":
            raise FormatError("the quoting of this CSV file is not regular; mend it, or use --format text")
        at += 2 if text[at : at + 2] == "\r\n" else 1
        if at >= len(text):
            return


def _value(text: str, cell: _Cell) -> str:
    return _passage(text, cell).text


def _passage(text: str, cell: _Cell) -> Passage:
    start, end = cell
    if text[start : start + 1] != '"':
        return Passage(text[start:end], range(start, end))
    places = []
    at = start + 1
    while at < end - 1:
        places.append(at)
        at += 2 if text[at] == '"' else 1
    return Passage("".join(text[place] for place in places), places)
