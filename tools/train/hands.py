"""Learn what the ranker adds for a spinner whose table is as broad as that of hands.

    python -m tools.train.hands benchmarks/data/train

The ranker is trained on text spun forward by our own tables. People who are asked to spin like a
content farm choose other words; where their choices differ is learned from their articles, in a
table of its own beside the other: a logistic regression over the choices of each slot, as
:mod:`tools.fit_prior` sees them, by AdaGrad. In an article of one hand a pair counts as written only by
the others. Takes two minutes, and writes src/despin/data/ranker.bin anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tools.count_hands import read
from tools.fit_prior import Floats, Place, as_shipped, facts, places

from despin.batch import BatchScorer
from despin.context import default_model
from despin.evaluate import read_cases
from despin.features import HAND_FEATURES
from despin.ranker import default_ranker
from despin.tables import Tables, write_tables

#: Weights in the table; a power of two.
SIZE = 1 << 18
_RATE, _RIDGE = 0.08, 0.002
#: Times that all slots are gone through, and how many at once.
_EPOCHS, _AT_ONCE = 4, 256
_DATA = Path("src/despin/data/ranker.bin")


def learn(found: Sequence[Place], shared: int, epochs: int = _EPOCHS) -> Floats:
    """Return the weights, in nats, under which the right choices are likelier; 2^shared indexes share one."""
    constants, chance = as_shipped(), np.random.default_rng(0)
    weights, squares = np.zeros(SIZE), np.ones(SIZE)
    for _ in range(epochs):
        order = chance.permutation(len(found))
        for start in range(0, len(order), _AT_ONCE):
            some = [found[at] for at in order[start : start + _AT_ONCE]]
            at, slopes = _slopes(some, weights, shared, constants)
            touched, which = np.unique(at, return_inverse=True)
            slope = np.bincount(which.ravel(), slopes.ravel()) + _RIDGE * weights[touched]
            squares[touched] += slope * slope
            weights[touched] -= _RATE * slope / np.sqrt(squares[touched])
    return weights


def _slopes(
    some: Sequence[Place], weights: Floats, shared: int, constants: Floats
) -> tuple[NDArray[np.int64], Floats]:
    """Return where the weights of all choices lie, and how the loss rises with each."""
    counts = np.array([len(place.worth) for place in some])
    starts = np.cumsum(counts) - counts
    at = np.concatenate([place.weights[:, :HAND_FEATURES] for place in some]) >> shared
    worth = np.concatenate([place.worth + place.features @ constants for place in some]) + weights[at].sum(1)
    shares = np.exp(worth - np.repeat(np.maximum.reduceat(worth, starts), counts))
    shares /= np.repeat(np.add.reduceat(shares, starts), counts)
    shares[starts + [place.right for place in some]] -= 1
    return at, np.repeat(shares[:, None], at.shape[1], 1)


def main() -> None:
    """Learn, and write the table."""
    parser = argparse.ArgumentParser(description="Learn from articles spun by hand.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    known, ranker = facts(read(folder)), default_ranker()
    scorer = BatchScorer(default_model(), ranker, guesses=True)
    cases = [case for case in read_cases(folder) if case.chunks]
    found = [place for case in cases for place in places(case, known, scorer)]
    weights = learn(found, ranker.shared)
    tables = Tables(_DATA)
    told = {"articles": len(cases), "slots": len(found)}
    rounded = np.clip(np.round(weights / ranker.step), -127, 127).astype(np.int8)
    arrays = {"weights": ("b", bytes(tables["weights"])), "hands": ("b", rounded.tobytes())}
    fresh = _DATA.with_suffix(".new")  # the old one is open
    write_tables(fresh, tables.meta | {"hands": told}, arrays)
    fresh.replace(_DATA)
    print(told)


if __name__ == "__main__":
    main()
