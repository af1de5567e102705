"""The lattice: every way the text may have read, weighed together.

Each slot is first scored with its neighbours as they read, which is cheap and
drops the readings that have no chance. Between two anchored words a sentence may
still read in many ways: each slot kept, or restored to one of its originals. A
path's weight is context × channel × spin rate × ranker; forward-backward over the
paths gives every restoration its posterior probability, neighbours included
("use to affix" → "apply to join").
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from despin.context import STEP
from despin.document import Document
from despin.features import Surroundings
from despin.lattice import Lattice, Way, log_sum
from despin.lexicon import Lexicon
from despin.match import Slot
from despin.rate import Rate
from despin.scoring import CONTEXT_WEIGHT, NEIGHBOURS, Scored, Scorer

#: Readings this much (in nats) behind the best of their slot are dropped before the lattice.
PRUNE = 3.5
#: Readings this far behind are dropped before the ranker is asked.
_HOPELESS = 4.0
#: A slot whose likeliest reading is this far behind what is read is not worth a look at its rivals.
_UNPROMISING = 2.0
#: So many groups of slots at once keep the lattices few, however long a text is.
_AT_ONCE = 500
_STEP_WEIGHT = CONTEXT_WEIGHT * STEP


class Choice(NamedTuple):
    """A slot, one of its readings, and the probability that it stood there."""

    slot: Slot
    reading: int
    probability: float
    #: The probability that its paragraph is spun at all, which ``probability`` counts.
    spun: float = 1.0

    @property
    def original(self) -> str:
        """The wording that would be restored."""
        return self.slot.readings[self.reading].original

    @property
    def bar(self) -> float:
        """The probability that the pair needs to be restored; over 1 when it is only suggested."""
        return self.slot.readings[self.reading].bar


class _Open(NamedTuple):
    """A slot in the lattice: the readings that are left, and what each is worth beside its context."""

    slot: Slot
    readings: list[tuple[int, list[int], float]]
    #: What each is worth with its context, where no neighbour may read otherwise; first what is read.
    totals: list[float]


class _Tried(NamedTuple):
    """A slot with some readings that have a chance, before the ranker is asked."""

    scored: Scored
    #: Which of the weighed readings these are, and what each is worth beside its context.
    left: list[int]
    worth: list[float]
    #: What it is worth that nothing was swapped, and the likeliest reading with its context.
    kept: float
    best: float

    @property
    def is_promising(self) -> bool:
        """Whether its rivals are worth a look."""
        return self.best >= self.kept - _UNPROMISING


class Decoder:
    """Decodes one document with one scorer and one lexicon."""

    def __init__(self, around: Surroundings, scorer: Scorer, lexicon: Lexicon) -> None:
        """Take the words of the document, and the sources of knowledge."""
        self._document = around.document
        self._around = around
        self._scorer = scorer
        self._context = scorer.context
        self._lexicon = lexicon

    def decode(self, scored: Sequence[Scored], rate: Sequence[Rate]) -> list[Choice]:
        """Return every choice worth naming, by place, given the spin rate of each paragraph."""
        paragraph = self._document.paragraph
        hopeful = self._hopeful([(item, rate[paragraph[item.slot.first]]) for item in scored])
        # One spinner's table is as broad in every paragraph.
        breadth = rate[0].breadth if rate else 0.0
        asked = [(item.scored, item.left) for item in hopeful]
        corrections = self._scorer.corrections(self._around, asked, breadth)
        opened = [
            left
            for item, values in zip(hopeful, corrections, strict=True)
            if (left := self._opened(item, values)).readings
        ]
        groups = [*_groups(self._document, opened)]
        return [
            choice
            for start in range(0, len(groups), _AT_ONCE)
            for choice in self._decoded(groups[start : start + _AT_ONCE], rate)
        ]

    def _decoded(self, groups: Sequence[list[_Open]], rate: Sequence[Rate]) -> list[Choice]:
        """Return the choices of ``groups``, by place."""
        rates = [rate[self._document.paragraph[group[0].slot.first]] for group in groups]
        lattices = [self._lattice(*pair) for pair in zip(groups, rates, strict=True) if len(pair[0]) > 1]
        # The costs of all lattices, together, are had sooner.
        costs = iter(self._scorer.costs([words for lattice in lattices for words in lattice.asked]))
        weighed = iter([lattice.posteriors(costs, _STEP_WEIGHT) for lattice in lattices])
        choices: list[Choice] = []
        for group, of_group in zip(groups, rates, strict=True):
            spun = of_group.probability  # nothing was swapped where nothing was spun
            choices += _alone(group[0], spun) if len(group) == 1 else _choices(group, next(weighed), spun)
        return choices

    def _hopeful(self, scored: Sequence[tuple[Scored, Rate]]) -> list[_Tried]:
        """Return the slots of which a reading has a chance in a text of that rate, rivals included."""
        tried = [(found, rate) for item, rate in scored if (found := self._tried(item, rate)).left]
        promising = [found.scored.slot for found, _ in tried if found.is_promising]
        rivals = iter(self._scorer.rivals(self._around, promising))
        return [
            self._beside(found, more, rate) if found.is_promising and (more := next(rivals)) else found
            for found, rate in tried
        ]

    def _tried(self, scored: Scored, rate: Rate) -> _Tried:
        """Drop the readings of a slot that have no chance."""
        slot = scored.slot
        kept = sum([self._kept(at, rate) for at in range(slot.first, slot.last)])
        worth, totals = _worth(scored, rate)
        best = max(totals)
        floor = max(kept, best) - _HOPELESS
        left = [at for at, total in enumerate(totals) if total >= floor]
        return _Tried(scored, left, [worth[at] for at in left], kept, best)

    def _beside(self, tried: _Tried, rivals: Scored, rate: Rate) -> _Tried:
        """Return ``tried`` with those of its ``rivals`` that have a chance."""
        worth, totals = _worth(rivals, rate)
        floor = max(tried.kept, tried.best) - _HOPELESS
        left = [at for at, total in enumerate(totals) if total >= floor]
        if not left:
            return tried
        known = len(tried.scored.numbers)
        return tried._replace(
            scored=tried.scored.beside(rivals),
            left=[*tried.left, *(known + at for at in left)],
            worth=[*tried.worth, *(worth[at] for at in left)],
        )

    def _opened(self, hopeful: _Tried, corrections: Sequence[float]) -> _Open:
        """Weigh the readings that are left with what the ranker says, and drop more."""
        scored, left, worth, kept, _ = hopeful
        phrase, gains = self._context.phrase, scored.gains
        worth = [known + value for known, value in zip(worth, corrections, strict=True)]
        totals = [CONTEXT_WEIGHT * gains[at] + value for at, value in zip(left, worth, strict=True)]
        floor = max(kept, *totals) - PRUNE
        alive = [
            (scored.numbers[at], phrase(scored.reading(at).original), value, total)
            for at, value, total in zip(left, worth, totals, strict=True)
            if total >= floor
        ]
        return _Open(scored.slot, [item[:3] for item in alive], [kept, *(item[3] for item in alive)])

    def _kept(self, at: int, rate: Rate) -> float:
        """Return ln P(the word was not swapped)."""
        if self._document.shielded[at]:
            return 0.0
        return rate.log_kept(self._lexicon.activity(self._document.words[at]))

    def _lattice(self, group: Sequence[_Open], rate: Rate) -> Lattice:
        """Return the lattice over the group's tokens and two words beyond."""
        first, last = group[0].slot.first, max(item.slot.last for item in group)
        start = self._around.at[first]
        ids = self._around.ids[start - NEIGHBOURS : start + last - first + NEIGHBOURS]
        ways = [
            [Way(1, [word], self._kept(at, rate))]
            for at, word in enumerate(ids[NEIGHBOURS:-NEIGHBOURS], first)
        ]
        ways += [[Way(1, [word], 0.0)] for word in ids[-NEIGHBOURS:]]
        for number, (slot, readings, _) in enumerate(group):
            ways[slot.first - first] += [
                Way(slot.last - slot.first, words, worth, number, reading)
                for reading, words, worth in readings
            ]
        return Lattice(ids[0], ids[1], ways)


def _worth(scored: Scored, rate: Rate) -> tuple[list[float], list[float]]:
    """Return what each reading is worth beside its context, and with it."""
    (_, _, readings, penalty), numbers, gains, _ = scored
    log_of = rate.log_of
    worth = []
    for number in numbers:
        reading = readings[number]
        swapped = 0.0 if reading.free else log_of(reading.group) + penalty
        worth.append(reading.logp + reading.prior + swapped)
    return worth, [CONTEXT_WEIGHT * gain + value for gain, value in zip(gains, worth, strict=True)]


def _choices(
    group: Sequence[_Open], posteriors: Mapping[tuple[int, int], float], spun: float
) -> Iterator[Choice]:
    """Yield the choices of a group, by place, if its text is ``spun``."""
    for (number, reading), probability in sorted(posteriors.items()):
        slot = group[number].slot
        if not slot.readings[reading].free:  # an article is settled by the word behind it
            yield Choice(slot, reading, min(probability, 1.0) * spun, spun)


def _alone(item: _Open, spun: float) -> Iterator[Choice]:
    """Yield the choices of a slot whose neighbours stand, a lattice of one step, if its text is ``spun``."""
    if item.slot.readings[0].free:
        return
    total = log_sum(item.totals)
    for (number, _, _), value in zip(item.readings, item.totals[1:], strict=True):
        yield Choice(item.slot, number, min(math.exp(value - total), 1.0) * spun, spun)


def _groups(document: Document, opened: list[_Open]) -> Iterator[list[_Open]]:
    """Yield runs of slots near enough to share context, in order of place."""
    group: list[_Open] = []
    reach, paragraph = -1, -1
    for item in opened:
        first, last = item.slot.first, item.slot.last
        if group and (first > reach + NEIGHBOURS or document.paragraph[first] != paragraph):
            yield group
            group = []
        if not group:
            reach, paragraph = -1, document.paragraph[first]
        group.append(item)
        reach = max(reach, last - 1)
    if group:
        yield group
