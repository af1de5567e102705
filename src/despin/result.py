"""What a repair of a text gives, and the results of its blocks as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from despin.blocks import together
from despin.edits import Edit, apart, compose, shifted
from despin.rate import Rate


class Result(NamedTuple):
    """A repaired text, what was done to it, and what might have been."""

    text: str
    #: Edits of the original text, by place.
    edits: list[Edit]
    #: Restorations that were not sure enough to be made, at places left as they were.
    suggestions: list[Edit]
    #: How spun the text looked before anything was done.
    rate: Rate


def joined(blocks: Sequence[tuple[int, int]], results: Sequence[Result]) -> Result:
    """Return the result for a text, given its ``blocks`` and theirs."""
    if len(results) == 1:
        return results[0]
    parts = [(start, result) for (start, _), result in zip(blocks, results, strict=True)]
    return Result(
        "".join(result.text for result in results),
        [shifted(edit, start) for start, result in parts for edit in result.edits],
        [shifted(edit, start) for start, result in parts for edit in result.suggestions],
        together(blocks, [result.rate for result in results]),
    )


def spans(parts: Iterable[Result]) -> list[tuple[int, int]]:
    """Return where the repaired blocks lie in the text that they make together."""
    ends = [0, *accumulate(len(part.text) for part in parts)]
    return list(pairwise(ends))


def followed(text: str, first: Result, second: Result) -> Result:
    """Return what ``first`` does to ``text`` and then ``second``, which adds no suggestion."""
    edits = compose(text, first.edits, second.edits)
    return first._replace(text=second.text, edits=edits, suggestions=apart(first.suggestions, edits))
