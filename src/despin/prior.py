"""How spun is this document? The hidden spin rate, from its own slots.

A clean text is full of words that a spinner likes, and each alone could be a
swap; what gives a clean text away is that the originals, too, stand in it
unspun. The rate is the mean of its posterior on a grid, under a sceptical
prior: most texts that anyone has are clean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

#: How much an original that stands unspun speaks for a clean text; below 1
#: since a real spinner leaves many of our originals alone.
UNSPUN_WEIGHT = 1.0
#: Odds against a spun text before it is read.
SCEPTICISM = 30.0
#: Rates up to this count as clean; there nothing is changed.
CLEAN_RATE = 0.05
#: No single slot may say more than this about the document (likelihood ratio).
RATIO_CAP = 1000.0
#: How closely a tier's rate follows the text's: nats per squared difference.
TIER_LOYALTY = 4.0
_GRID = [0.0001, 0.001, 0.003, 0.01, *(step / 50 for step in range(1, 49))]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the slots of a text say: a likelihood ratio spun : kept for each, and unspun originals."""

    ratios: list[float]
    unspun: float
    #: The same ratios by how well the pairs behind them are known.
    by_tier: dict[str, list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rate:
    """The estimated spin rate of a text, and how sure it is that the text is spun at all."""

    rate: float
    probability: float
    #: The rate of each tier of the lexicon: a spinner has one part of it and lacks another.
    tiers: dict[str, float] = field(default_factory=dict)

    def of(self, tier: str) -> float:
        """Return the rate of ``tier``, kept off 0 and 1 so that its logarithms exist."""
        return min(max(self.tiers.get(tier, self.rate), 1e-4), 0.95)

    @property
    def spun(self) -> bool:
        """Whether the text is to be repaired."""
        return self.probability >= 0.5


def estimate(evidence: Evidence) -> Rate:
    """Return the spin rate of a text.

    In two stages: unspun originals help to decide whether the text is spun;
    once it is, the rate is taken from the slots alone.
    """
    sceptical = [
        _log_likelihood(evidence, rate, UNSPUN_WEIGHT) + (math.log(SCEPTICISM) if rate <= 0.01 else 0.0)
        for rate in _GRID
    ]
    weights = _normalised(sceptical)
    probability = sum(weight for weight, rate in zip(weights, _GRID, strict=True) if rate > CLEAN_RATE)
    if probability < 0.5:
        rate = sum(weight * rate for weight, rate in zip(weights, _GRID, strict=True))
        return Rate(rate, probability)
    rate = _mean_rate(evidence.ratios, [0.0] * len(_GRID))
    prior = [-TIER_LOYALTY * (rate - other) ** 2 for other in _GRID]
    tiers = {tier: _mean_rate(ratios, prior) for tier, ratios in evidence.by_tier.items()}
    return Rate(rate, probability, tiers)


def _mean_rate(ratios: list[float], prior: list[float]) -> float:
    evidence = Evidence(ratios, 0.0)
    logs = [_log_likelihood(evidence, rate, 0.0) + before for rate, before in zip(_GRID, prior, strict=True)]
    return sum(weight * rate for weight, rate in zip(_normalised(logs), _GRID, strict=True))


def _log_likelihood(evidence: Evidence, rate: float, unspun_weight: float) -> float:
    total = unspun_weight * evidence.unspun * math.log1p(-rate)
    for ratio in evidence.ratios:
        total += math.log1p(rate * (ratio - 1))
    return total


def _normalised(logs: list[float]) -> list[float]:
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = sum(weights)
    return [weight / total for weight in weights]
