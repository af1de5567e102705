from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.places import Places


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\n", 2, (2, 1)),
        ("😀é b", 3, (1, 4)),  # one column a code point, whatever its width or bytes
        ("a\u0085b\u2028c", 4, (1, 5)),  # no editor numbers lines by these
    ],
)
def test_lines_and_columns_are_counted_from_one(text: str, offset: int, place: tuple[int, int]) -> None:
    assert Places(text).at(offset) == place


@given(st.text(alphabet="ab\r\né"), st.data())
def test_a_place_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Places(text).at(offset)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    assert sum(map(len, lines[: line - 1])) + column - 1 == offset
    assert column <= len([*lines, ""][line - 1]) + 1
