"""Where the swaps of an article with a known original lie in its text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import product

from despin.evaluate import TOKEN, Case, Chunk

#: Start and end in code points, and what is put there.
Repair = tuple[int, int, str]


class Marks:
    """The chunks of a spun article, asked by spans of its text in code points."""

    def __init__(self, case: Case) -> None:
        """Take an article that was spun."""
        spans = [match.span() for match in TOKEN.finditer(case.spun)]
        self.chunks = case.chunks or ()
        self._text = case.spun
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def surface(self, chunk: Chunk) -> str:
        """Return what stands at ``chunk``; "" where a word was dropped."""
        if chunk.start == chunk.end:
            return ""
        return self._text[self._starts[chunk.start] : self._ends[chunk.end - 1]]

    def touched(self, start: int, end: int) -> list[Chunk]:
        """Return the chunks that text ``[start, end)`` overlaps; a dropped word lies between two tokens."""
        first, last = self._tokens(start, end)
        return [
            chunk
            for chunk in self.chunks
            if (first < chunk.end and chunk.start < last)
            or (chunk.start == chunk.end and first <= chunk.start <= last)
        ]

    def restores(self, repairs: Sequence[Repair]) -> bool:
        """Tell whether ``repairs``, by place and not overlapping, restore just what was swapped there."""
        start, end = repairs[0][0], repairs[-1][1]
        chunks = self.touched(start, end)
        first, last = self._tokens(start, end)
        first = min([first, *(chunk.start for chunk in chunks)])
        last = max([last, *(chunk.end for chunk in chunks)])
        pieces, at = [], self._starts[first]
        for start, end, original in repairs:
            pieces += [self._text[at:start], original]
            at = end
        written = _wording("".join([*pieces, self._text[at : self._ends[last - 1]]]))
        return any(written == wording for wording in self._accepted(chunks, first, last))

    def _accepted(self, chunks: list[Chunk], first: int, last: int) -> list[list[str]]:
        """Return every accepted wording of tokens ``[first, last)``."""
        kept = [*chunks, Chunk(last, last, ())]
        wordings = []
        for choices in product(*(chunk.accepted for chunk in chunks)):
            words, at = "", first
            for chunk, choice in zip(kept, [*choices, ()], strict=True):
                words += " ".join(["", *self._between(at, chunk.start), *choice])
                at = chunk.end
            wordings.append(_wording(words))
        return wordings

    def _between(self, first: int, last: int) -> list[str]:
        return [self._text[self._starts[at] : self._ends[at]] for at in range(first, last)]

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        return bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)


def _wording(text: str) -> list[str]:
    """Return the tokens of ``text``, a/an as one: the article follows once the word behind it stands."""
    return ["a" if token == "an" else token for token in TOKEN.findall(text)]
