"""How spun is this document, and where? The hidden spin rates, from its own slots.

A clean text is full of words that a spinner likes, and each alone could be a swap; what gives
a clean text away is that the originals, too, stand in it unspun. Three stories are weighed:
the text is clean (most texts that anyone has are), it is spun throughout, or it is spun in runs
of paragraphs; the last two once for each dialect. There each slot that was not swapped speaks
against spinning, which errs towards clean. Once a text counts as spun, the rate of each part of a
spinner's table is taken without that doubt: most spun forms are honest words too, and stay where
they stood in a text that is wholly spun.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from despin.lexicon.compiled import DIALECTS
from despin.rate import HOME, HOME_GROUPS, Rate, dialect_of, scale
from despin.sums import sumprod

#: How much an original that stands unspun speaks for a clean text; below 1
#: since a real spinner leaves many of our originals alone.
UNSPUN_WEIGHT = 0.7
#: Odds against a spun text before it is read, at most, and the length in words at which they are even:
#: chances to be tempted grow with a text.
MOST_SCEPTICAL, EVEN_LENGTH = 20_000.0, 40
#: Those odds at least, where the text would be repaired and where it is only told of: who asks about a
#: line has a reason, and is not harmed by the answer.
TO_REPAIR, TO_TELL = 15.0, 5.0
#: Of texts that are spun at all, the share that is spun in parts only.
MIXED = 0.15
#: How likely the next paragraph is like the one before, in a text that is spun in parts.
STAY = 0.9
#: Between these probabilities it is not clear of a document, or of a paragraph, whether it is spun.
_UNSURE, _OPEN = (0.001, 0.999), (0.1, 0.9)
#: A paragraph whose share of a spun text's probability is more than this is as spun as the whole.
_ALL = 0.999
#: How closely a group's rate follows the text's: nats per squared difference.
LOYALTY = 4.0
#: Of texts that are spun at all, the share that each other dialect has; one that says less than so many
#: nats for itself is not weighed.
_ABROAD, _WORTH_WEIGHING = 0.003, 3.0
#: The group that tells a broad table; its rate in a text whose table is narrow, and the odds on a broad one.
_USUAL, _NARROW, _BROAD = HOME_GROUPS[1], 0.03, 1.0
#: No single slot may say more than this about the document (likelihood ratio).
RATIO_CAP = 1000.0
_RATIO_FLOOR = 1e-3
#: No word is swapped more surely than this, however sure its pairs.
MOST_SWAPPED = 0.95
#: The context alone makes too much of a swap: what counts of its odds, once a text counts as spun.
_BELIEVED = 0.3
#: Width of the bins that ratios are gathered in, in nats, and how many there are on either side of 1.
_BIN, SIDE = 0.25, 28
_BINS = 2 * SIDE + 1
#: Rates that a whole text may have, and those that a group may have in it.
_RATES = (0.1, 0.2, 0.3, 0.45, 0.65, 0.9)
_GRID = (0.0001, 0.001, 0.003, 0.01, *(step / 25 for step in range(1, 25)))


class Evidence:
    """What the slots of one paragraph say of its rate, gathered by group (dialect and tier).

    A slot speaks with a likelihood ratio spun : kept. Ratios are gathered in bins, so that
    weighing a rate costs the same whatever the text's length.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self.groups: dict[str, list[float]] = {}
        #: The same ratios, were the text wholly spun: a slot may have been swapped, or stayed.
        self.spinning: dict[str, list[float]] = {}
        #: Words that may be spun.
        self.words = 0
        #: How many swaps a wholly spun text would have where originals stand unspun.
        self.unspun = 0.0
        #: The activities of words outside all slots: originals that a wholly spun text would lack.
        self.idle: list[tuple[float, ...]] = []

    def add(self, ratio: float, group: str, kept: float = 1.0, share: float = 1.0) -> None:
        """Take in a slot: ``ratio`` swapped : kept, and the group of its likeliest reading.

        ``kept`` is the probability that a wholly spun text leaves its words as they are, ``share`` how
        much the slot counts where it is asked whether the text is spun.
        """
        if group not in self.groups:
            self.groups[group], self.spinning[group] = [0.0] * _BINS, []
        self.groups[group][_bin(ratio)] += share
        self.spinning[group].append(kept + _BELIEVED * ratio)

    def log_likelihoods(self, rates: Sequence[float], dialect: str = HOME) -> list[float]:
        """Return ln of how much likelier than clean it is that ``dialect`` spun it, at each of ``rates``.

        What a spinner of another dialect than A leaves alone is not known: its own pairs speak alone.
        """
        missing = UNSPUN_WEIGHT * self.unspun if dialect == HOME else 0.0
        groups = [
            (scale(group, dialect), bins)
            for group, bins in sorted(self.groups.items())
            if dialect in {HOME, dialect_of(group)}
        ]
        return [
            sum([_log_likelihood(bins, rate * share) for share, bins in groups], missing * math.log1p(-rate))
            for rate in rates
        ]


class Estimate(NamedTuple):
    """How spun a document is, and each of its paragraphs."""

    document: Rate
    paragraphs: list[Rate]

    @property
    def is_sure(self) -> bool:
        """Whether it is clear of the document, and of each paragraph, that it is spun or that it is clean."""
        unsure = _UNSURE[0] < self.document.probability < _UNSURE[1]
        return not unsure and not any(_OPEN[0] < rate.probability < _OPEN[1] for rate in self.paragraphs)


def scepticism(words: int, least: float) -> float:
    """Return the odds against that a text of so many words is spun, before it is read."""
    return min(max((words / EVEN_LENGTH) ** 6, least), MOST_SCEPTICAL)


def estimate(
    paragraphs: Sequence[Evidence],
    heard: Sequence[Evidence] | None = None,
    *,
    least: float = TO_REPAIR,
    is_spun: bool = False,
) -> Estimate:
    """Return the spin rates of a text from the evidence of its paragraphs.

    Whether they are spun is judged by what was ``heard`` of them instead, from the ranker, if it was asked.
    ``least`` is how much the text is doubted, however short it is; ``is_spun`` says that the caller knows it
    to be spun throughout.
    """
    judged = heard or paragraphs
    others = {dialect_of(group) for paragraph in judged for group in paragraph.groups} - {HOME}
    told = {dialect: found for dialect in (HOME, *sorted(others)) if (found := _told(judged, dialect))}
    words = sum(paragraph.words for paragraph in paragraphs)
    clean = -math.inf if is_spun else math.log(scepticism(words, least))
    stories = [clean]
    for dialect, found in told.items():
        share = math.log(1 - _ABROAD * (len(DIALECTS) - 1) if dialect == HOME else _ABROAD)
        # Who calls a text spun calls it so throughout.
        in_runs = -math.inf if is_spun else math.log(MIXED) + found.in_runs
        stories += [share + math.log(1 - MIXED) + found.throughout, share + in_runs]
    _, *spun = _normalised(stories)
    probability = sum(spun)
    by_dialect = dict(zip(told, zip(spun[::2], spun[1::2], strict=True), strict=True))
    shares = [
        sum(
            throughout + in_runs * told[dialect].inside[at]
            for dialect, (throughout, in_runs) in by_dialect.items()
        )
        / max(probability, 1e-300)
        for at in range(len(paragraphs))
    ]
    if probability >= 0.5:
        # Which dialect it is, its pairs say: how common it is was asked for whether the text is spun.
        likeliest = max(told, key=lambda dialect: max(told[dialect][:2]))
        groups = _groups([item for item, share in zip(paragraphs, shares, strict=True) if share >= 0.5])
        mean = _mean_rate(groups, likeliest)
        rates = _group_rates(groups, mean, likeliest)
        rate = Rate(mean, probability, rates, likeliest, _breadth(groups, mean, likeliest))
    else:
        rate = Rate(0.0, probability)
    # Paragraphs that are as spun as the whole share its rate, and what it remembers.
    return Estimate(rate, [rate if share > _ALL else rate.of_part(share) for share in shares])


class _Told(NamedTuple):
    """What a text says of one dialect: ln of how much likelier it is spun by it than clean."""

    #: Throughout, at any rate.
    throughout: float
    #: In runs of paragraphs at the likeliest rate, and the probability that each paragraph is in one.
    in_runs: float
    inside: list[float]


def _told(paragraphs: Sequence[Evidence], dialect: str) -> _Told | None:
    """Return what ``paragraphs`` say of ``dialect``, or None where it is another and they say too little."""
    columns = [paragraph.log_likelihoods(_RATES, dialect) for paragraph in paragraphs]
    rows = [*zip(*columns, strict=True)] or [()]
    most = max(sum(value for value in row if value > 0) for row in rows)
    if dialect != HOME and most < _WORTH_WEIGHING:
        return None
    ways = [_forward(row) for row in rows]
    totals = [_log_add(*way[-1]) if way else 0.0 for way in ways]
    in_runs = max(totals)
    likely = totals.index(in_runs)
    throughout = _log_mean([sum(row) for row in rows])
    return _Told(throughout, in_runs, _shares(rows[likely], ways[likely], in_runs))


class _Group(NamedTuple):
    """What a spun text says of one group: its slots, and how many swaps are missing outside them."""

    slots: list[float]
    missing: float

    def log_likelihood(self, rate: float) -> float:
        """Return ln of how much likelier the slots are at ``rate`` than in a clean text."""
        return _log_likelihood(self.slots, rate) + self.missing * math.log1p(-rate)


def _groups(paragraphs: Sequence[Evidence]) -> dict[str, _Group]:
    slots: dict[str, list[float]] = {}
    idle: Counter[tuple[float, ...]] = Counter()
    for paragraph in paragraphs:
        idle.update(paragraph.idle)
        for group, ratios in paragraph.spinning.items():
            bins = slots.setdefault(group, [0.0] * _BINS)
            for ratio in ratios:
                bins[_bin(ratio)] += 1
    missing = {
        group: UNSPUN_WEIGHT * sum(count * activity[at] for activity, count in idle.items())
        for at, group in enumerate(HOME_GROUPS)
    }
    return {group: _Group(slots[group], missing.get(group, 0.0)) for group in sorted(slots)}


def _mean_rate(groups: dict[str, _Group], dialect: str) -> float:
    scales = [(scale(group, dialect), told) for group, told in groups.items()]
    logs = [sum(told.log_likelihood(rate * share) for share, told in scales) for rate in _GRID]
    return _mean(_normalised(logs))


def _group_rates(groups: dict[str, _Group], rate: float, dialect: str) -> dict[str, float]:
    """Return the rate of each group; it follows the text's ``rate`` where the group says little."""
    rates = {}
    for group, told in groups.items():
        logs = [told.log_likelihood(at) - LOYALTY * (rate * scale(group, dialect) - at) ** 2 for at in _GRID]
        rates[group] = _mean(_normalised(logs))
    return rates


def _breadth(groups: dict[str, _Group], rate: float, dialect: str) -> float:
    """Return how likely the spinner uses the usual pairs as fully as hands do, and not next to never."""
    if dialect != HOME:
        return 0.0
    odds = math.log(_BROAD)
    if told := groups.get(_USUAL):
        odds += told.log_likelihood(rate * scale(_USUAL)) - told.log_likelihood(_NARROW)
    return 1 / (1 + math.exp(-max(-30.0, min(odds, 30.0))))


#: ln of the chances that the next paragraph is like the one before, and that it is not.
_LIKE, _UNLIKE = math.log(STAY), math.log(1 - STAY)


def _forward(row: Sequence[float]) -> list[tuple[float, float]]:
    """Weigh all ways to cut a text in spun and clean runs, given each paragraph's log likelihood.

    Returns ln of the weight of all that leave each paragraph spun, and of all that leave it clean.
    """
    found: list[tuple[float, float]] = []
    for value in row:
        if not found:
            spun = clean = math.log(0.5)
        else:
            before_spun, before_clean = found[-1]
            spun = _log_add(before_spun + _LIKE, before_clean + _UNLIKE)
            clean = _log_add(before_spun + _UNLIKE, before_clean + _LIKE)
        found.append((spun + value, clean))
    return found


def _shares(row: Sequence[float], forward: Sequence[tuple[float, float]], total: float) -> list[float]:
    """Return the probability that each paragraph is spun, given what leads to it and ln of all ways."""
    shares, after_spun, after_clean = [], 0.0, 0.0
    for (spun, _), value in zip(reversed(forward), reversed(row), strict=True):
        shares.append(math.exp(min(spun + after_spun - total, 0.0)))
        through_spun, through_clean = after_spun + value, after_clean
        after_spun = _log_add(through_spun + _LIKE, through_clean + _UNLIKE)
        after_clean = _log_add(through_spun + _UNLIKE, through_clean + _LIKE)
    return shares[::-1]


def _bin(ratio: float) -> int:
    return SIDE + round(math.log(min(max(ratio, _RATIO_FLOOR), RATIO_CAP)) / _BIN)


def _log_likelihood(slots: Sequence[float], rate: float) -> float:
    return sumprod(slots, _gains(rate))


@cache
def _gains(rate: float) -> list[float]:
    """Return ln of how much likelier a slot of each bin is at ``rate`` than in a clean text."""
    return [math.log1p(rate * math.expm1(bin_ * _BIN)) for bin_ in range(-SIDE, SIDE + 1)]


def _mean(weights: Sequence[float]) -> float:
    return sum(weight * rate for weight, rate in zip(weights, _GRID, strict=True))


def _log_mean(logs: Sequence[float]) -> float:
    top = max(logs)
    return top + math.log(sum(math.exp(value - top) for value in logs) / len(logs))


def _log_add(left: float, right: float) -> float:
    top = max(left, right)
    return top + math.log(math.exp(left - top) + math.exp(right - top))


def _normalised(logs: Sequence[float]) -> list[float]:
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = sum(weights)
    return [weight / total for weight in weights]
