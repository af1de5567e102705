"""What the slots and words of a document say of its spin rate, a paragraph at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from despin.document import Document
from despin.lexicon import Lexicon
from despin.prior import MOST_SWAPPED, Evidence, expected
from despin.scoring import Scored

#: Letters of a word that its forms share.
_STEM = 5


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
        events = [*_events(scored)]
        times = Counter(event.form(words) for event in events if event.ratio > 1)
        for event in events:
            first, last = event.first, event.last
            swapped = sum([swapped_of(words[at]) for at in range(first, last) if not shielded[at]])
            # A term recurs in a text on its subject, each time where it looks like a swap: it counts once.
            share = 1 / times[event.form(words)] if event.ratio > 1 else 1.0
            found[paragraph[first]].add(event.ratio, event.group, 1 - min(swapped, MOST_SWAPPED), share)
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


class _Event(NamedTuple):
    """A run of overlapping slots: its tokens, the odds of a swap, and the group of the likeliest reading."""

    first: int
    last: int
    ratio: float
    group: str
    #: The rule that proposed it, or "".
    rule: str

    def form(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return what recurs where it stands again: its words, a word cut to its stem, or the rule.

        All numbers are one: a text writes them in one way or another throughout.
        """
        if self.rule:
            return (self.rule,)
        if self.last - self.first > 1:
            return tuple(words[self.first : self.last])
        word = words[self.first]
        return ("0" if word.isdigit() else word[:_STEM],)


def _events(scored: Iterable[Scored]) -> Iterator[_Event]:
    first, reach, total, most, group, rule = -1, -1, 0.0, 0.0, "", ""
    for item in scored:
        reading = item.slot.readings[0]
        if reading.free or item.slot.penalty:
            # A near-phrase looks like a swap wherever a word is hyphenated or misspelt: it says nothing.
            continue
        if item.slot.first >= reach:
            if reach >= 0:
                yield _Event(first, reach, total, group, rule)
            first, total, most, rule = item.slot.first, 0.0, -1.0, ""
        total += sum(item.odds)
        if reading.entry < 0:
            rule = reading.evidence
        if (top := max(item.odds)) > most:
            most, group = top, item.slot.readings[item.odds.index(top)].group
        reach = max(reach, item.slot.last)
    if reach >= 0:
        yield _Event(first, reach, total, group, rule)
