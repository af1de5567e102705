"""Long texts in blocks of whole paragraphs, each as long as an article and read as one.

A file of megabytes is no article but many. How spun one of them is says little of the others, and
the words around a slot, the names and the topic are those of its own: so each block is judged for
itself. A block begins where an article seems to, at a title, or after a number of paragraphs: what a
repair hardly ever changes. A number of words would move its ends between one repair and the next. And
a story that stands in a file many times is cut alike each time, so that it need be repaired only once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from despin.document import find_paragraphs
from despin.rate import Rate

#: Paragraphs of a block, at least and at most, but for the last; a text that has less than twice the least
#: is one block. The longer a block, the likelier a stretch of clean text that is worth a look.
PARAGRAPHS, MOST_PARAGRAPHS = 20, 25
#: What may hold over paragraphs, in lower case: a text with any of it is read as a whole.
_HOLDS_ON = ("```", "~~~", "<!--", "despin")


def find_blocks(text: str) -> list[tuple[int, int]]:
    r"""Return the spans of the blocks of ``text``, in code points; together they are all of it.

    >>> find_blocks("A line.\n\nAnother.")
    [(0, 17)]
    """
    paragraphs = find_paragraphs(text)
    if len(paragraphs) < 2 * PARAGRAPHS or any(sign in text.lower() for sign in _HOLDS_ON):
        return [(0, len(text))]
    is_open = [text[start:end].rstrip()[-1].isalnum() for start, end in paragraphs]
    inner, begin = [], 0
    for number in range(PARAGRAPHS, len(paragraphs) - PARAGRAPHS + 1):
        size = number - begin
        is_title = is_open[number] and not is_open[number - 1]
        if (size >= PARAGRAPHS and is_title) or size == MOST_PARAGRAPHS:
            inner.append(paragraphs[number][0])
            begin = number
    return list(pairwise([0, *inner, len(text)]))


def together(blocks: Sequence[tuple[int, int]], rates: Sequence[Rate]) -> Rate:
    """Return the rate of a text, given those of its blocks: a mean by length, as sure as the surest."""
    weighed = sum(rate.rate * (end - start) for (start, end), rate in zip(blocks, rates, strict=True))
    return Rate(weighed / blocks[-1][1], max(rate.probability for rate in rates))
