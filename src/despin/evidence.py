"""What the slots and words of a document say of its spin rate, a paragraph at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log
from typing import NamedTuple

from despin.document import Document
from despin.lexicon import Lexicon
from despin.match import Slot
from despin.prior import MOST_SWAPPED, Evidence
from despin.rate import expected
from despin.rules import RULES
from despin.scoring import Scored

#: Letters that the inflections of a word share.
_STEM = 5
#: Any number, and what says how a text is written, not in which words.
_NUMBER = "0"
_STYLE = frozenset({_NUMBER, *(rule.name for rule in RULES)})
#: Paragraphs shorter than this, in code points, hold next to nothing that speaks against spinning.
_LINE = 60
#: How much more a form says that stands e times as often.
_AGAIN = 0.5


def speaks(scored: Scored) -> bool:
    """Tell whether a slot says anything of its text.

    A near-phrase looks like a swap wherever a word is hyphenated or misspelt; an article follows its word.
    """
    return not (scored.slot.readings[0].free or scored.slot.penalty)


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
        fresh = _fresh(document)
        forms = [event.form(words) if event.ratio > 1 else "" for event in events]
        times = Counter(
            form
            for event, form in zip(events, forms, strict=True)
            if form and paragraph[event.first] in fresh
        )
        for (first, last, ratio, group, _), form in zip(events, forms, strict=True):
            swapped = sum([swapped_of(words[at]) for at in range(first, last) if not shielded[at]])
            # Where a paragraph stands again, so does all that speaks against spinning: its forms count again.
            share = _share(form, max(times[form], 1)) if form else 1.0
            found[paragraph[first]].add(ratio, group, 1 - min(swapped, MOST_SWAPPED), share)
            held[first:last] = b"\1" * (last - first)
        self._count_words(document, held, found)
        return found

    def _count_words(self, document: Document, held: bytearray, found: list[Evidence]) -> None:
        """Tell the evidence of each paragraph of its words, and of those that no slot has ``held``."""
        missing, activity = self._expected, self._activity
        for start, end in document.spans():
            evidence = found[document.paragraph[start]]
            words, reasons = document.words[start:end], document.shielded[start:end]
            free = [word for word, reason in zip(words, reasons, strict=True) if not reason]
            evidence.words = len(free)
            evidence.unspun = sum(map(missing, free))
            idle = zip(words, reasons, held[start:end], strict=True)
            evidence.idle = [
                activity(word) for word, reason, is_held in idle if not (reason or is_held) and missing(word)
            ]


def _share(form: str, times: int) -> float:
    """Return how much each slot of a ``form`` that speaks for spinning counts, of so many.

    A term recurs in a text on its subject, each time where it looks like a swap: together they count
    little more than one, and what is a matter of style counts once.
    """
    return (1 + (0 if form in _STYLE else _AGAIN * log(times))) / times


def _fresh(document: Document) -> set[int]:
    """Return the numbers of the paragraphs that repeat no other before them, and of all short lines."""
    first: dict[str, int] = {}
    fresh: set[int] = set()
    for number, (start, end) in enumerate(document.paragraphs):
        text = document.text[start:end].strip()
        if len(text) < _LINE or first.setdefault(text, number) == number:
            fresh.add(number)
    return fresh


class _Event(NamedTuple):
    """A run of overlapping slots: its tokens, the odds of a swap, and the likeliest's group and slot."""

    first: int
    last: int
    ratio: float
    group: str
    slot: Slot

    def form(self, words: Sequence[str]) -> str:
        """Return what recurs where it stands again: how a word begins, a phrase, or the name of a rule.

        So a word's inflections are one form, and now and then another word is, too. All numbers are one:
        a text writes them in one way or another throughout.
        """
        first, last = self.slot.first, self.slot.last
        if self.slot.readings[0].entry < 0:
            return self.slot.readings[0].evidence
        if last - first > 1:
            return " ".join(words[first:last])
        return _NUMBER if words[first][0].isdigit() else words[first][:_STEM]


def _events(scored: Iterable[Scored]) -> Iterator[_Event]:
    run: list[Scored] = []
    reach = -1
    for item in scored:
        if not speaks(item):
            continue
        if run and item.slot.first >= reach:
            yield _event(run, reach)
            run = []
        run.append(item)
        reach = max(reach, item.slot.last)
    if run:
        yield _event(run, reach)


def _event(run: Sequence[Scored], reach: int) -> _Event:
    tops = [max(item.odds) for item in run]
    top = max(tops)
    best = run[tops.index(top)]
    group = best.reading(best.odds.index(top)).group
    return _Event(run[0].slot.first, reach, sum([sum(item.odds) for item in run]), group, best.slot)
