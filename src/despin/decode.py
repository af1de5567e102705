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
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from despin.context import STEP, ContextModel
from despin.document import Document
from despin.features import Surroundings
from despin.lexicon import Lexicon, Reading
from despin.match import Slot
from despin.prior import Rate
from despin.ranker import Ranker, candidate_key, clipped, shape

#: Weight of the context's log probability; below 1 since its n-grams overlap.
CONTEXT_WEIGHT = 0.7
#: Readings this much (in nats) behind the best of their slot are dropped before the lattice.
PRUNE = 3.5
#: Readings this far behind are dropped before the ranker is asked.
_HOPELESS = 4.0
#: Paths this much (in nats) behind the best at the same word are dropped.
BEAM = 9.0
#: How much context, in words, one reading of a slot shares with the next slot.
_REACH = 2
_STEP_WEIGHT = CONTEXT_WEIGHT * STEP

_State = tuple[int, int]


class Choice(NamedTuple):
    """A slot, one of its readings, and the probability that it stood there."""

    slot: Slot
    reading: int
    probability: float

    @property
    def original(self) -> str:
        """The wording that would be restored."""
        return self.slot.readings[self.reading].original

    @property
    def bar(self) -> float:
        """The probability that the pair needs to be restored; over 1 when it is only suggested."""
        return self.slot.readings[self.reading].bar


class Scored(NamedTuple):
    """A slot with what the context says of each reading, its neighbours as they read."""

    slot: Slot
    #: ln of how much likelier the context is with each reading than with what is read.
    gains: list[float]
    #: The odds of each reading against what is read, in a text where all that can be is swapped.
    odds: list[float]


#: Gains and odds by the readings of a slot, its penalty, and the words in and around it. Readings are
#: told apart by their identity, which is theirs as long as they are kept.
Told = dict[tuple[float, ...], tuple[Sequence[Reading], list[float], list[float]]]


class _Node:
    """A state at a word: its two last words, and the edges that lead there."""

    __slots__ = ("alpha", "beta", "incoming")

    def __init__(self, alpha: float = -math.inf) -> None:
        """Start without an edge."""
        self.alpha = alpha
        self.beta = -math.inf
        self.incoming: list[tuple[_Node, float, int, int]] = []


class _Open(NamedTuple):
    """A slot in the lattice: the readings that are left, and what each is worth beside its context."""

    slot: Slot
    readings: list[tuple[int, list[int], float]]
    #: What each is worth with its context, where no neighbour may read otherwise; first what is read.
    totals: list[float]


class Decoder:
    """Decodes one document with one context model and one lexicon."""

    def __init__(
        self,
        document: Document,
        context: ContextModel,
        lexicon: Lexicon,
        ranker: Ranker | None = None,
        *,
        guesses: bool = False,
    ) -> None:
        """Take the sources of knowledge; without a ranker the channel and the context decide alone.

        With ``guesses`` they are weighed like any other reading.
        """
        self._guesses = guesses
        self._document = document
        self._context = context
        self._lexicon = lexicon
        self._ranker = ranker
        self._around = Surroundings(document, context)

    def score(self, slots: Sequence[Slot], told: Told | None = None) -> list[Scored]:
        """Return ``slots`` by place, each reading weighed by the context as it reads.

        Far-fetched readings are not weighed, and slots that have no other are left out. ``told``
        remembers what was said, for other looks at much the same text.
        """
        told = {} if told is None else told
        ids, at, guesses = self._around.ids, self._around.at, self._guesses
        cost, phrase = self._context.path_cost, self._context.phrase
        found = []
        for slot in sorted(slots, key=_place):
            readings = slot.readings
            weighed = [
                number for number, reading in enumerate(readings) if reading.is_weighed(guesses=guesses)
            ]
            if not weighed:
                continue
            first, last = at[slot.first], at[slot.last - 1] + 1
            window = ids[first - _REACH : last + _REACH]
            key = id(readings), slot.penalty, *window
            if key in told:
                found.append(Scored(slot, *told[key][1:]))
                continue
            before, after = window[:_REACH], window[-_REACH:]
            kept = cost(window)
            gains, odds = [-math.inf] * len(readings), [0.0] * len(readings)
            for number in weighed:
                reading = readings[number]
                gain = gains[number] = STEP * (kept - cost([*before, *phrase(reading.original), *after]))
                odds[number] = math.exp(min(CONTEXT_WEIGHT * gain + reading.logp + slot.penalty, 50.0))
            told[key] = readings, gains, odds
            found.append(Scored(slot, gains, odds))
        return found

    def corrected(self, scored: Sequence[Scored]) -> list[Scored]:
        """Return ``scored`` with odds that the ranker has corrected, too."""
        return [self._corrected(item) for item in scored]

    def _corrected(self, scored: Scored) -> Scored:
        weighed = [number for number, gain in enumerate(scored.gains) if gain > -math.inf]
        odds = list(scored.odds)
        for number, value in zip(weighed, self._corrections(scored, weighed), strict=True):
            odds[number] *= math.exp(value)
        return scored._replace(odds=odds)

    def decode(self, scored: Sequence[Scored], rate: Sequence[Rate]) -> list[Choice]:
        """Return every choice worth naming, by place, given the spin rate of each paragraph."""
        paragraph = self._document.paragraph
        opened = [
            left for item in scored if (left := self._opened(item, rate[paragraph[item.slot.first]])).readings
        ]
        choices: list[Choice] = []
        for group in _groups(self._document, opened):
            choices.extend(self._decode_group(group, rate[paragraph[group[0].slot.first]]))
        return choices

    def _opened(self, scored: Scored, rate: Rate) -> _Open:
        """Drop the readings of a slot that have no chance, and weigh the others."""
        slot, gains, phrase = scored.slot, scored.gains, self._context.phrase
        readings = slot.readings
        kept = sum([self._kept(at, rate) for at in range(slot.first, slot.last)])
        worth, totals = {}, {}
        for number, gain in enumerate(gains):
            if gain > -math.inf:
                reading = readings[number]
                worth[number] = reading.logp + (
                    0.0 if reading.free else rate.log_of(reading.group) + slot.penalty
                )
                totals[number] = CONTEXT_WEIGHT * gain + worth[number]
        floor = max(kept, *totals.values()) - _HOPELESS
        alive = [number for number, total in totals.items() if total >= floor]
        if not alive:
            return _Open(slot, [], [])
        for number, value in zip(alive, self._corrections(scored, alive), strict=True):
            worth[number] += value
            totals[number] += value
        floor = max([kept, *(totals[number] for number in alive)]) - PRUNE
        alive = [number for number in alive if totals[number] >= floor]
        left = [(number, phrase(readings[number].original), worth[number]) for number in alive]
        return _Open(slot, left, [kept, *(totals[number] for number in alive)])

    def _corrections(self, scored: Scored, alive: list[int]) -> list[float]:
        """Return what the ranker adds to each of the readings ``alive``."""
        slot, ranker = scored.slot, self._ranker
        if ranker is None or slot.readings[0].entry < 0:
            return [0.0] * len(alive)
        form = self._document.form(slot.first, slot.last)
        readings = [slot.readings[number] for number in alive]
        keys = [candidate_key(form, ""), *(candidate_key(form, reading.original) for reading in readings)]
        keep, *found = ranker.corrections(keys, self._around.of(slot))
        kept, *fits = self._fits(slot, [self._context.phrase(reading.original) for reading in readings])
        result = []
        for number, reading, value, fit in zip(alive, readings, found, fits, strict=True):
            kind = shape(slot.last - slot.first, len(self._context.phrase(reading.original)))
            of_gain, of_channel, of_fit, bias = ranker.shapes[kind]
            more = of_gain * scored.gains[number] + of_channel * reading.logp + of_fit * clipped(fit - kept)
            result.append(value - keep + more + bias)
        return result

    def _fits(self, slot: Slot, phrases: list[list[int]]) -> list[float]:
        """Return how well the slot's own words, and then each of ``phrases``, fit its place, in nats."""
        around, vectors = self._around, self._context.vectors
        first, last = around.at[slot.first], around.at[slot.last - 1] + 1
        place = around.places.at(first, last)
        return [vectors.step * vectors.fit(place, words) for words in (around.ids[first:last], *phrases)]

    def _kept(self, at: int, rate: Rate) -> float:
        """Return ln P(the word was not swapped)."""
        if self._document.shielded[at]:
            return 0.0
        return math.log1p(-rate.swapped(self._lexicon.activity(self._document.words[at])))

    def _decode_group(self, group: list[_Open], rate: Rate) -> Iterator[Choice]:
        if len(group) == 1:
            yield from _alone(group[0])
            return
        layers, final = self._lattice(group, rate)
        total = _log_sum([node.alpha for node in final])
        for node in final:
            node.beta = 0.0
        posterior: dict[tuple[int, int], float] = {}
        for layer in reversed(layers):
            for node in layer.values():
                if node.beta == -math.inf:
                    continue
                for source, score, number, reading in node.incoming:
                    through = score + node.beta
                    source.beta = _add(source.beta, through)
                    if number >= 0:
                        share = math.exp(min(source.alpha + through - total, 0.0))
                        posterior[number, reading] = posterior.get((number, reading), 0.0) + share
        for (number, reading), probability in sorted(posterior.items()):
            slot = group[number].slot
            if not slot.readings[reading].free:  # an article is settled by the word behind it
                yield Choice(slot, reading, min(probability, 1.0))

    def _lattice(self, group: list[_Open], rate: Rate) -> tuple[list[dict[_State, _Node]], list[_Node]]:
        """Build the layers of the lattice over the group's tokens and two words beyond."""
        first, last = group[0].slot.first, max(item.slot.last for item in group)
        start = self._around.at[first] - _REACH
        ids = self._around.ids[start : start + last - first + 2 * _REACH]
        end = last - first + _REACH
        # What may follow at each word: the word itself, or a reading of a slot that begins there.
        ways: list[list[tuple[int, list[int], float, int, int]]] = [
            [(1, [ids[at + _REACH]], self._kept(first + at, rate) if at < last - first else 0.0, -1, 0)]
            for at in range(end)
        ]
        for number, item in enumerate(group):
            width = item.slot.last - item.slot.first
            ways[item.slot.first - first] += [
                (width, new, worth, number, reading) for reading, new, worth in item.readings
            ]
        layers: list[dict[_State, _Node]] = [{} for _ in range(end + 1)]
        layers[0][ids[0], ids[1]] = _Node(alpha=0.0)
        cost = self._context.cost
        for at in range(end):
            layer = layers[at] = _pruned(layers[at])
            for (before, previous), node in layer.items():
                for length, new, score, number, reading in ways[at]:
                    left, right, steps = before, previous, 0
                    for item_id in new:
                        steps += cost(left, right, item_id)
                        left, right = right, item_id
                    total = score - _STEP_WEIGHT * steps
                    target = layers[at + length].get((left, right))
                    if target is None:
                        target = layers[at + length][left, right] = _Node()
                    target.alpha = _add(target.alpha, node.alpha + total)
                    target.incoming.append((node, total, number, reading))
        return layers, list(layers[end].values())


def _alone(item: _Open) -> Iterator[Choice]:
    """Yield the choices of a slot whose neighbours stand: a lattice of one step."""
    if item.slot.readings[0].free:
        return
    total = _log_sum(item.totals)
    for (number, _, _), value in zip(item.readings, item.totals[1:], strict=True):
        yield Choice(item.slot, number, min(math.exp(value - total), 1.0))


def _place(slot: Slot) -> tuple[int, int]:
    return slot.first, slot.last


def _groups(document: Document, opened: list[_Open]) -> Iterator[list[_Open]]:
    """Yield runs of slots near enough to share context, in order of place."""
    group: list[_Open] = []
    reach, paragraph = -1, -1
    for item in opened:
        first, last = item.slot.first, item.slot.last
        if group and (first > reach + _REACH or document.paragraph[first] != paragraph):
            yield group
            group = []
        if not group:
            reach, paragraph = -1, document.paragraph[first]
        group.append(item)
        reach = max(reach, last - 1)
    if group:
        yield group


def _pruned(layer: dict[_State, _Node]) -> dict[_State, _Node]:
    if len(layer) < 4:
        return layer
    floor = max(node.alpha for node in layer.values()) - BEAM
    return {state: node for state, node in layer.items() if node.alpha >= floor}


def _add(left: float, right: float) -> float:
    """Return ln(e^left + e^right)."""
    if left < right:
        left, right = right, left
    gap = right - left
    return left if gap < -30 else left + math.log1p(math.exp(gap))


def _log_sum(values: list[float]) -> float:
    total = -math.inf
    for value in values:
        total = _add(total, value)
    return total
