"""Figures over articles, and how sure they are."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from despin.evaluate import Tally, total

DRAWS = 1000
Figure = Callable[[Tally], float]


def resampled(tallies: Sequence[Tally], draws: int = DRAWS) -> list[Tally]:
    """Return the totals of ``draws`` sets, each drawn article by article from ``tallies``.

    Spun and clean articles are drawn apart, so that every set has as many of each. The draws are
    the same from run to run.
    """
    chance = random.Random(1)
    kinds = [
        [tally for tally in tallies if tally.articles],
        [tally for tally in tallies if not tally.articles],
    ]
    return [
        total(tally for kind in kinds if kind for tally in chance.choices(kind, k=len(kind)))
        for _ in range(draws)
    ]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the bounds of the middle 95 % of ``values``."""
    ordered = sorted(values)
    cut = len(ordered) // 40
    return ordered[cut], ordered[-1 - cut]


def with_interval(tallies: Sequence[Tally], sets: Sequence[Tally], figure: Figure, digits: int = 3) -> str:
    """Return ``figure`` of all ``tallies``, with its interval over the resampled ``sets``.

    A single article says nothing about others, and so gets no interval.
    """
    value = f"{figure(total(tallies)):.{digits}f}"
    if len(tallies) < 2:
        return value
    low, high = interval([figure(drawn) for drawn in sets])
    places = min(digits, 2)
    return f"{value} ({low:.{places}f}–{high:.{places}f})"
