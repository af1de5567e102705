"""What the words around a slot say of each of its readings, one slot at a time.

First by the context model, its neighbours as they read, which is cheap; then by the ranker and the
word vectors, for the readings that still have a chance. Many slots at once are scored by
:mod:`despin.batch`, with the same results to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from math import exp
from typing import NamedTuple

from despin.context import STEP, ContextModel
from despin.features import Surroundings
from despin.lexicon import Reading
from despin.match import Slot, by_place
from despin.ranker import Ranker, candidate_key, clipped, shape

#: Weight of the context's log probability; below 1 since its n-grams overlap.
CONTEXT_WEIGHT = 0.7
#: How much context, in words, one reading of a slot shares with the next slot.
NEIGHBOURS = 2
#: No reading's odds are more than this (ln).
_MOST_ODDS = 50.0
#: Looks at texts that are over sooner slot by slot than numpy is imported.
FEW = 3
#: Readings that a spinner writes with less than this (ln) are not even rivals.
_IMPOSSIBLE = -7.0
#: Readings kept at hand; more would only fill the memory on a long run.
_MOST_KEPT = 20_000


class Scored(NamedTuple):
    """A slot with what the context says of each weighed reading, its neighbours as they read."""

    slot: Slot
    #: Which of its readings are weighed; the lists below have one item for each of these.
    numbers: list[int]
    #: ln of how much likelier the context is with the reading than with what is read.
    gains: list[float]
    #: The odds of the reading against what is read, in a text where all that can be is swapped.
    odds: list[float]

    def reading(self, at: int) -> Reading:
        """Return the reading that the lists have ``at`` that place."""
        return self.slot.readings[self.numbers[at]]

    def beside(self, other: Scored) -> Scored:
        """Return the readings of both, which are of one slot; those of ``other`` come last."""
        return Scored(
            self.slot, self.numbers + other.numbers, self.gains + other.gains, self.odds + other.odds
        )


class Weighed(NamedTuple):
    """Some readings of a slot: which, what the channel says of each (ln), and its words."""

    numbers: list[int]
    logps: list[float]
    phrases: list[list[int]]


class _Known(NamedTuple):
    """What is known of a slot's readings: those that are weighed, and those that only rival them."""

    #: All of them, kept so that they are not another slot's by and by.
    readings: tuple[Reading, ...]
    weighed: Weighed
    rivals: Weighed


#: A slot, and which of its weighed readings still have a chance.
Hopeful = tuple[Scored, Sequence[int]]


class Scorer:
    """Scores the slots of documents with one context model and one ranker."""

    def __init__(self, context: ContextModel, ranker: Ranker | None = None, *, guesses: bool = False) -> None:
        """Take the sources of knowledge; without a ranker the channel and the context decide alone.

        With ``guesses`` they are weighed like any other reading.
        """
        self.context = context
        self.ranker = ranker
        self._guesses = guesses
        self._known: dict[int, _Known] = {}

    def score(self, around: Surroundings, slots: Sequence[Slot]) -> list[Scored]:
        """Return ``slots`` by place, each reading weighed by the context as it reads.

        Far-fetched readings are not weighed, and slots that have no other are left out.
        """
        pairs = [(slot, self._of(slot).weighed) for slot in sorted(slots, key=by_place)]
        return self._scored(around, [(slot, weighed) for slot, weighed in pairs if weighed.numbers])

    def rivals(self, around: Surroundings, slots: Sequence[Slot]) -> list[Scored | None]:
        """Return each of ``slots`` with its other readings; None where it has none that may have stood there.

        They are too far-fetched to say anything of a text, but what is likeliest without them is not
        as sure as it seems.
        """
        pairs = [(slot, self._of(slot).rivals) for slot in slots]
        found = iter(self._scored(around, [(slot, rivals) for slot, rivals in pairs if rivals.numbers]))
        return [next(found) if rivals.numbers else None for _, rivals in pairs]

    def with_rivals(self, around: Surroundings, scored: Sequence[Scored]) -> list[Scored]:
        """Return ``scored`` with the rivals of each beside its own readings."""
        rivals = self.rivals(around, [item.slot for item in scored])
        return [item.beside(more) if more else item for item, more in zip(scored, rivals, strict=True)]

    def _scored(self, around: Surroundings, pairs: Sequence[tuple[Slot, Weighed]]) -> list[Scored]:
        """Return what the context says of some readings of each slot."""
        found = []
        for (slot, (numbers, logps, _)), steps in zip(pairs, self._steps(around, pairs), strict=True):
            gains = [STEP * step for step in steps]
            odds = [
                exp(min(CONTEXT_WEIGHT * gain + logp + slot.penalty, _MOST_ODDS))
                for gain, logp in zip(gains, logps, strict=True)
            ]
            found.append(Scored(slot, numbers, gains, odds))
        return found

    def costs(self, grams: Sequence[tuple[int, int, int]]) -> list[int]:
        """Return the context's cost of the last of each three words, given as ids."""
        return [*starmap(self.context.cost, grams)]

    def corrected(self, around: Surroundings, scored: Sequence[Scored]) -> list[Scored]:
        """Return ``scored`` with odds that the ranker has corrected, too."""
        corrections = self.corrections(around, [(item, range(len(item.numbers))) for item in scored])
        return [
            item._replace(odds=[odds * exp(value) for odds, value in zip(item.odds, values, strict=True)])
            for item, values in zip(scored, corrections, strict=True)
        ]

    def corrections(
        self, around: Surroundings, hopeful: Sequence[Hopeful], breadth: float = 0.0
    ) -> list[list[float]]:
        """Return what the ranker adds to each of the ``hopeful`` readings of each slot, in nats.

        ``breadth`` is how much it counts what it learned from hands, 0 to 1.
        """
        ranker = self.ranker
        if ranker is None:
            return [[0.0] * len(left) for _, left in hopeful]
        ranked = [(item, left) for item, left in hopeful if _is_ranked(item.slot)]
        found = iter(self._corrections(ranker, around, ranked, breadth))
        return [next(found) if _is_ranked(item.slot) else [0.0] * len(left) for item, left in hopeful]

    def _corrections(
        self, ranker: Ranker, around: Surroundings, hopeful: Sequence[Hopeful], breadth: float
    ) -> list[list[float]]:
        found = []
        for item, left in hopeful:
            slot = item.slot
            form = around.document.form(slot.first, slot.last)
            originals = [item.reading(at).original for at in left]
            keys = [candidate_key(form, original) for original in ("", *originals)]
            weights = ranker.corrections(keys, around.of(slot), breadth)
            fits = self._fits(around, slot, originals)
            found.append(self._sums(ranker, item, left, weights, fits))
        return found

    def _sums(
        self, ranker: Ranker, item: Scored, left: Sequence[int], weights: list[float], fits: list[float]
    ) -> list[float]:
        """Return the correction of each of the readings that are ``left`` against what is read.

        ``weights`` and ``fits`` have one of what is read, and then one of each reading.
        """
        gains, width = item.gains, item.slot.last - item.slot.first
        keep, *weights = weights
        kept, *fits = fits
        found = []
        for at, weight, fit in zip(left, weights, fits, strict=True):
            reading = item.reading(at)
            kind = shape(width, len(self.context.phrase(reading.original)))
            of_gain, of_channel, of_fit, bias = ranker.shapes[kind]
            more = of_gain * gains[at] + of_channel * reading.logp + of_fit * clipped(fit - kept)
            found.append(weight - keep + more + bias)
        return found

    def _steps(self, around: Surroundings, slots: Sequence[tuple[Slot, Weighed]]) -> list[list[int]]:
        """Return by how many steps the context is likelier with each weighed reading than as it reads."""
        ids, at, cost = around.ids, around.at, self.context.path_cost
        found = []
        for slot, weighed in slots:
            window = ids[at[slot.first] - NEIGHBOURS : at[slot.last - 1] + 1 + NEIGHBOURS]
            before, after = window[:NEIGHBOURS], window[-NEIGHBOURS:]
            kept = cost(window)
            found.append([kept - cost([*before, *phrase, *after]) for phrase in weighed.phrases])
        return found

    def _fits(self, around: Surroundings, slot: Slot, originals: Sequence[str]) -> list[float]:
        """Return how well the slot's own words, and then each of ``originals``, fit its place, in nats."""
        vectors, phrase = self.context.vectors, self.context.phrase
        first, last = around.at[slot.first], around.at[slot.last - 1] + 1
        place = around.places.at(first, last)
        phrases = around.ids[first:last], *map(phrase, originals)
        return [vectors.step * vectors.fit(place, words) for words in phrases]

    def _of(self, slot: Slot) -> _Known:
        """Return what is known of the readings of ``slot``, and remember it."""
        readings = slot.readings
        found = self._known.get(id(readings))
        if found is not None:
            return found
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        kinds: tuple[list[int], list[int]] = [], []
        for number, reading in enumerate(readings):
            if reading.logp + reading.prior >= _IMPOSSIBLE:
                kinds[not reading.is_weighed(guesses=self._guesses)].append(number)
        weighed, rivals = (
            Weighed(
                numbers,
                [readings[number].logp for number in numbers],
                [self.context.phrase(readings[number].original) for number in numbers],
            )
            for numbers in kinds
        )
        found = self._known[id(readings)] = _Known(readings, weighed, rivals)
        return found


class Scorers:
    """Hands out what scores the next look at a text: slot by slot at first, then many slots at once."""

    def __init__(self, context: ContextModel, ranker: Ranker | None) -> None:
        """Take what the scorers know."""
        self._knowledge = context, ranker
        self._looks = 0
        self._found: dict[tuple[bool, bool], Scorer] = {}

    def next(self, *, guesses: bool) -> Scorer:
        """Return the scorer for the next look, with ``guesses`` or without."""
        self._looks += 1
        are_many = self._looks > FEW
        found = self._found.get((are_many, guesses))
        if found is None:
            kind = _many_at_once() if are_many else Scorer
            found = self._found[are_many, guesses] = kind(*self._knowledge, guesses=guesses)
        return found

    def expect_many(self) -> None:
        """Score many slots at once from now on."""
        self._looks = FEW


def _many_at_once() -> type[Scorer]:
    from despin.batch import BatchScorer

    return BatchScorer


def _is_ranked(slot: Slot) -> bool:
    """Tell whether the ranker has learned of such slots: those of the lexicon, not of a rule."""
    return slot.readings[0].entry >= 0
