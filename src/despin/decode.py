"""The lattice: every way the text may have read, weighed together.

Between two anchored words a sentence may read in many ways: each slot kept, or
restored to one of its originals. A path's weight is context × channel × spin
rate; forward-backward over the paths gives every restoration its posterior
probability, neighbours included ("use to affix" → "apply to join").
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from despin.context import ContextModel
from despin.document import Document
from despin.lexicon import Lexicon
from despin.match import Slot
from despin.prior import Rate
from despin.ranker import Features, Ranker, candidate_key
from despin.tokens import words as tokens_of

#: Weight of the context's log probability; below 1 since its n-grams overlap.
CONTEXT_WEIGHT = 0.6
#: Paths this much (in nats) behind the best at the same word are dropped.
BEAM = 9.0
#: How much context, in words, one reading of a slot shares with the next slot.
_REACH = 2

_State = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot, one of its readings, and the probability that it stood there."""

    slot: Slot
    reading: int
    probability: float

    @property
    def original(self) -> str:
        """The wording that would be restored."""
        return self.slot.readings[self.reading].original


@dataclass(slots=True)
class _Node:
    """A state at a word: its two last words, and the edges that lead there."""

    alpha: float = -math.inf
    beta: float = -math.inf
    incoming: list[tuple[_Node, float, Slot | None, int]] = field(default_factory=list)


class Decoder:
    """Decodes documents with one context model and one lexicon."""

    def __init__(self, context: ContextModel, lexicon: Lexicon, ranker: Ranker | None = None) -> None:
        """Take the sources of knowledge; without a ranker the channel and the context decide alone."""
        self.context = context
        self.lexicon = lexicon
        self.ranker = ranker
        self._ids: dict[str, list[int]] = {}

    def decode(self, document: Document, slots: list[Slot], rate: list[Rate]) -> list[Choice]:
        """Return every choice worth naming, given the spin rate of each paragraph.

        Rates are probabilities that an original known to the lexicon was
        swapped; the result is sorted by the slot's place.
        """
        choices: list[Choice] = []
        features = Features(document, self.context.ids(document.words)) if self.ranker else None
        for group in _groups(document, slots):
            spin = rate[document.paragraph[group[0].first]]
            if spin.rate > 0:
                choices.extend(self._decode_group(document, group, spin, features))
        return choices

    def as_read(self, document: Document, slot: Slot, rate: Rate) -> list[float]:
        """Return the score of "kept" and of each reading of ``slot``, its neighbours as they read.

        This is what the ranker is trained on top of.
        """
        around = self._paragraph_ids(
            document, slot.first - _REACH, slot.last + _REACH, document.paragraph[slot.first]
        )
        before, inside, after = around[:_REACH], around[_REACH:-_REACH], around[-_REACH:]
        kept = sum(self._kept(document, at, slot.last, rate) for at in range(slot.first, slot.last))
        scores = [CONTEXT_WEIGHT * self._logp([*before, *inside, *after]) + kept]
        for reading in slot.readings:
            path = [*before, *self.original_ids(reading.original), *after]
            scores.append(
                CONTEXT_WEIGHT * self._logp(path) + math.log(rate.rate) + reading.logp + slot.penalty
            )
        return scores

    def _logp(self, path: list[int]) -> float:
        logp = self.context.logp
        return sum(logp(path[at - 2], path[at - 1], path[at]) for at in range(_REACH, len(path)))

    def original_ids(self, text: str) -> list[int]:
        """Return the context model's ids of an original."""
        found = self._ids.get(text)
        if found is None:
            found = self._ids[text] = self.context.ids(tokens_of(text))
        return found

    def _decode_group(
        self, document: Document, group: list[Slot], rate: Rate, features: Features | None
    ) -> Iterator[Choice]:
        worth = [self._worth(document, slot, rate, features) for slot in group]
        layers, final = self._lattice(document, group, worth, rate)
        if not final:
            return
        total = _log_sum([node.alpha for node in final])
        for node in final:
            node.beta = 0.0
        posterior: dict[tuple[int, int], float] = {}
        number = {id(slot): at for at, slot in enumerate(group)}
        for layer in reversed(layers):
            for node in layer.values():
                if node.beta == -math.inf:
                    continue
                for source, score, slot, reading in node.incoming:
                    through = score + node.beta
                    source.beta = _add(source.beta, through)
                    if slot is not None:
                        key = (number[id(slot)], reading)
                        share = math.exp(min(source.alpha + through - total, 0.0))
                        posterior[key] = posterior.get(key, 0.0) + share
        for (at, reading), probability in sorted(posterior.items()):
            if group[at].readings[reading].free:
                continue  # an article is settled by the word behind it
            yield Choice(group[at], reading, min(probability, 1.0))

    def _lattice(
        self, document: Document, group: list[Slot], worth: list[list[float]], rate: Rate
    ) -> tuple[list[dict[_State, _Node]], list[_Node]]:
        """Build the layers of the lattice over the group's tokens and two words beyond."""
        first, last = group[0].first, max(slot.last for slot in group)
        paragraph = document.paragraph[first]
        ids = self._paragraph_ids(document, first - _REACH, last + _REACH, paragraph)
        end = last - first + _REACH
        by_start: dict[int, list[tuple[Slot, list[float]]]] = {}
        for slot, values in zip(group, worth, strict=True):
            by_start.setdefault(slot.first - first, []).append((slot, values))
        layers: list[dict[_State, _Node]] = [{} for _ in range(end + 1)]
        layers[0][ids[0], ids[1]] = _Node(alpha=0.0)
        logp = self.context.logp
        for at in range(end):
            layer = _pruned(layers[at])
            layers[at] = layer
            word = ids[at + _REACH]
            kept = self._kept(document, first + at, last, rate)
            ways: list[tuple[int, list[int], float, Slot | None, int]] = [(1, [word], kept, None, 0)]
            for slot, values in by_start.get(at, ()):
                width = slot.last - slot.first
                for number, reading in enumerate(slot.readings):
                    ways.append((width, self.original_ids(reading.original), values[number], slot, number))
            for (before, previous), node in layer.items():
                for length, new, score, choice, number in ways:
                    left, right, context = before, previous, 0.0
                    for item in new:
                        context += logp(left, right, item)
                        left, right = right, item
                    total = CONTEXT_WEIGHT * context + score
                    target = layers[at + length].get((left, right))
                    if target is None:
                        target = layers[at + length][left, right] = _Node()
                    target.alpha = _add(target.alpha, node.alpha + total)
                    target.incoming.append((node, total, choice, number))
        return layers, list(layers[end].values())

    def _worth(self, document: Document, slot: Slot, rate: Rate, features: Features | None) -> list[float]:
        """Return what each reading of ``slot`` is worth beside its context: channel, rate, ranker."""
        worth = [
            reading.logp + (0.0 if reading.free else math.log(rate.of(reading.tier)) + slot.penalty)
            for reading in slot.readings
        ]
        if features is None or self.ranker is None or slot.readings[0].entry < 0:
            return worth
        form = " ".join(document.words[slot.first : slot.last])
        keys = [candidate_key(form, reading.original) for reading in slot.readings]
        keep, *found = self.ranker.corrections([candidate_key(form, ""), *keys], features.of(slot))
        return [value + more - keep for value, more in zip(worth, found, strict=True)]

    def _kept(self, document: Document, at: int, last: int, rate: Rate) -> float:
        """Return ln P(the word was not swapped) for a word in the group."""
        if at >= last or document.shielded[at]:
            return 0.0
        return math.log(1 - rate.of("attested") * self.lexicon.activity(document.words[at]))

    def _paragraph_ids(self, document: Document, first: int, last: int, paragraph: int) -> list[int]:
        """Return the ids of tokens ``[first, last)``, with breaks beyond the paragraph's ends."""
        inside, start = document.paragraph, self.context.start
        known, words = self.context.id, document.words
        return [
            known(words[at]) if 0 <= at < len(words) and inside[at] == paragraph else start
            for at in range(first, last)
        ]


def _groups(document: Document, slots: list[Slot]) -> Iterator[list[Slot]]:
    """Yield runs of slots near enough to share context, in order."""
    group: list[Slot] = []
    reach, paragraph = -1, -1
    for slot in sorted(slots, key=itemgetter(0)):
        if group and (slot.first > reach + _REACH or document.paragraph[slot.first] != paragraph):
            yield group
            group = []
        if not group:
            reach, paragraph = -1, document.paragraph[slot.first]
        group.append(slot)
        reach = max(reach, slot.last - 1)
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
