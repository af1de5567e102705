"""Lines and columns, as an editor counts them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

#: What ends a line; SARIF is told the same.
LINE_ENDS = ("\r\n", "\n", "\r")
_LINE_END = re.compile("|".join(LINE_ENDS))


class Place(NamedTuple):
    """A place in a text: line and column from 1, the column in code points."""

    line: int
    column: int


class Places:
    """Tells line and column of any offset of one text."""

    def __init__(self, text: str) -> None:
        """Find the lines of ``text``; this is the only pass over it."""
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> Place:
        r"""Return the place of ``offset``, in code points of the text.

        >>> Places("one\r\ntwo").at(6)
        Place(line=2, column=2)
        """
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)
