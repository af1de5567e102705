"""Fit what is known of a pair beside its channel, on articles spun by hand.

    python -m tools.fit_prior benchmarks/data/train benchmarks/data/dev

Each slot of an article is a choice: what is read stood there all along, or one of its originals did. The
pipeline says what each is worth but for its prior; the constants of :mod:`despin.lexicon.compile` are
those that make the choices told by the marks likeliest (a multinomial logit, by Newton's method). In an
article of one hand a pair counts as written only by the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from math import log1p
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tools.count_hands import Hands, read, writers

from despin.context import default_model
from despin.document import read as read_document
from despin.evaluate import TOKEN, Case, read_cases
from despin.features import Surroundings
from despin.lexicon import compile, default_lexicon
from despin.lexicon.compile import weight_of
from despin.lexicon.compiled import Reading
from despin.lexicon.entry import Original
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import read_packs
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.match import find_slots
from despin.pipeline import Options, default_pipeline
from despin.ranker import candidate_key, default_ranker
from despin.rate import Rate
from despin.scoring import CONTEXT_WEIGHT, Scored, Scorer

_DIALECT = "A"
#: What is fitted, by name; see ``despin.lexicon.compile._prior``.
NAMES = ("judged", "flattened", "unlisted", "listed", "written")
#: How much a constant is drawn to 0, and how many steps are taken.
_RIDGE, _STEPS = 1.0, 12

Floats = NDArray[np.float64]


class Fact(NamedTuple):
    """What is known of a pair, and the hands that wrote it."""

    source: Original
    hands: frozenset[str]


class Place(NamedTuple):
    """A slot of an article, and its choices; the first is that nothing was swapped."""

    #: What each is worth (ln) but for its prior, the features of the prior, and the right one.
    worth: Floats
    features: Floats
    right: int
    #: Where the weights of each lie in the ranker's table.
    weights: NDArray[np.int64]


def facts(hands: Hands) -> Mapping[tuple[str, str], Fact]:
    """Return what is known of each pair of dialect A, by spun form and original."""
    found: dict[tuple[str, str], Fact] = {}
    for pack in read_packs(pack_files(dictionaries_folder())):
        if pack.dialect != _DIALECT:
            continue
        for entry in pack.entries:
            wrote = writers(entry, hands)
            for spun, form, source in form_pairs(entry):
                pair = spun.lower(), form.lower()
                if pair not in found or weight_of(found[pair].source) < weight_of(source):
                    found[pair] = Fact(source, frozenset(wrote[source.text]))
    return found


def features(fact: Fact | None, reading: Reading, hand: str) -> Floats:
    """Return what the prior of ``reading`` is a weighed sum of, in an article of ``hand``."""
    found = np.zeros(len(NAMES))
    if fact is None:
        return found
    if fact.source.is_judged:
        found[:2] = 1, -reading.logp
        if fact.source.listed is not None:
            found[2:4] = fact.source.listed == 0, fact.source.listed
    found[-1] = log1p(len(fact.hands - {hand}))
    return found


def places(case: Case, known: Mapping[tuple[str, str], Fact], scorer: Scorer) -> Iterator[Place]:
    """Yield the slots of ``case`` that are just what was swapped, or that nothing was swapped in.

    There are none where it is not told to be spun.
    """
    lexicon, hand, ranker = default_lexicon(), case.name.split("-")[0], default_ranker()
    rate = default_pipeline().score(case.spun, Options()).rate
    if not rate.spun:
        return
    document = read_document(case.spun, allow=lexicon.never)
    around = Surroundings(document, scorer.context)
    slots = find_slots(document, lexicon, everything=True)
    scored = scorer.with_rivals(around, scorer.score(around, [*slots]))
    corrections = scorer.corrections(around, [(item, range(len(item.numbers))) for item in scored])
    tokens = [match.span() for match in TOKEN.finditer(case.spun)]
    swaps = {
        (tokens[chunk.start][0], tokens[chunk.end - 1][1]): {" ".join(words) for words in chunk.accepted}
        for chunk in case.chunks or ()
        if chunk.start < chunk.end
    }
    for item, values in zip(scored, corrections, strict=True):
        slot = item.slot
        start, end = document.starts[slot.first], document.ends[slot.last - 1]
        touched = [span for span in swaps if span[0] < end and start < span[1]]
        if touched and touched != [(start, end)]:
            continue
        wordings = {wording.lower() for wording in swaps.get((start, end), ())}
        readings = [item.reading(at) for at in range(len(item.numbers))]
        right = next((at for at, is_ in enumerate(readings, 1) if is_.original.lower() in wordings), 0)
        if touched and not right:
            continue
        kept = sum(
            rate.log_kept(lexicon.activity(document.words[at]))
            for at in range(slot.first, slot.last)
            if not document.shielded[at]
        )
        form = document.form(slot.first, slot.last)
        rows = [features(known.get((form, reading.original.lower())), reading, hand) for reading in readings]
        worth = [_worth(item, at, rate) + value for at, value in enumerate(values)]
        keys = [
            candidate_key(form, original) for original in ("", *(reading.original for reading in readings))
        ]
        yield Place(
            np.array([kept, *worth]),
            np.array([np.zeros(len(NAMES)), *rows]),
            right,
            np.array([*ranker.indexes(keys, around.of(slot))]),
        )


def _worth(item: Scored, at: int, rate: Rate) -> float:
    """Return what a reading is worth but for its prior and the ranker (ln)."""
    reading = item.reading(at)
    return reading.logp + rate.log_of(reading.group) + item.slot.penalty + CONTEXT_WEIGHT * item.gains[at]


def as_shipped() -> Floats:
    """Return the constants as they are."""
    of = compile
    return np.array([of._JUDGED, of._FLATTENED, of._UNLISTED, of._LISTED, of._WRITTEN])


def fit(found: list[Place]) -> Floats:
    """Return the weights of the features under which the right choices are likeliest."""
    weights = np.zeros(len(NAMES))
    for _ in range(_STEPS):
        slope, curve = -_RIDGE * weights, _RIDGE * np.eye(len(NAMES))
        for place in found:
            chances = _chances(place, weights)
            mean = chances @ place.features
            slope += place.features[place.right] - mean
            curve += (place.features.T * chances) @ place.features - np.outer(mean, mean)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def loss(found: list[Place], weights: Floats) -> float:
    """Return the mean log loss of the right choices, in nats."""
    return -float(np.mean([np.log(_chances(place, weights)[place.right]) for place in found]))


def _chances(place: Place, weights: Floats) -> Floats:
    worth = place.worth + place.features @ weights
    chances = np.exp(worth - worth.max())
    shares: Floats = chances / chances.sum()
    return shares


def main() -> None:
    """Fit, and print the constants."""
    parser = argparse.ArgumentParser(description="Fit what is known of a pair beside its channel.")
    parser.add_argument("hands", type=Path, help="articles whose swaps count as written")
    parser.add_argument("articles", type=Path, nargs="+", help="articles to fit on")
    options = parser.parse_args()
    known = facts(read(options.hands))
    scorer = Scorer(default_model(), default_ranker(), guesses=True)
    found = [
        place
        for folder in options.articles
        for case in read_cases(folder)
        if case.chunks
        for place in places(case, known, scorer)
    ]
    weights = fit(found)
    print(f"{len(found):,} slots, loss {loss(found, 0 * weights):.4f} -> {loss(found, weights):.4f} nats")
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"{name:10} {weight:6.2f}")


if __name__ == "__main__":
    main()
