"""What the slots and words of a document say of its spin rate, a paragraph at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from despin.document import Document
from despin.lexicon import Lexicon
from despin.prior import MOST_SWAPPED, Evidence, expected
from despin.scoring import Scored


class Gatherer:
    """Gathers evidence by one lexicon; what it knows of a word is remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the lexicon that says how likely a spinner would swap a word."""
        self._activity = lexicon.activity
        self._expected = cache(lambda word: expected(lexicon.activity(word)))
        self._swapped = cache(lambda word: sum(lexicon.activity(word)))

    def evidence(self, document: Document, scored: Sequence[Scored]) -> list[Evidence]:
        """Return what the ``scored`` slots of each paragraph of ``document`` say about its rate."""
        found = [Evidence() for _ in document.paragraphs]
        words, shielded, paragraph = document.words, document.shielded, document.paragraph
        held = bytearray(len(words))
        swapped_of = self._swapped
        for first, last, ratio, group in _events(scored):
            swapped = sum([swapped_of(words[at]) for at in range(first, last) if not shielded[at]])
            found[paragraph[first]].add(ratio, group, 1 - min(swapped, MOST_SWAPPED))
            held[first:last] = b"\1" * (last - first)
        activity, missing = self._activity, self._expected
        for word, reason, number, is_held in zip(words, shielded, paragraph, held, strict=True):
            if not reason:
                evidence = found[number]
                evidence.words += 1
                if share := missing(word):
                    evidence.unspun += share
                    if not is_held:
                        evidence.idle[activity(word)] += 1
        return found


def _events(scored: Iterable[Scored]) -> Iterator[tuple[int, int, float, str]]:
    """Yield each run of overlapping slots: its tokens, the odds of a swap, the likeliest group."""
    first, reach, total, most, group = -1, -1, 0.0, 0.0, ""
    for item in scored:
        if item.slot.readings[0].free:
            continue
        if item.slot.first >= reach:
            if reach >= 0:
                yield first, reach, total, group
            first, total, most = item.slot.first, 0.0, -1.0
        total += sum(item.odds)
        if (top := max(item.odds)) > most:
            most, group = top, item.slot.readings[item.odds.index(top)].group
        reach = max(reach, item.slot.last)
    if reach >= 0:
        yield first, reach, total, group
