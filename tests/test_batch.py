"""The two ways to score must agree to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin import batch
from despin.context import STEP, default_model
from despin.decode import Decoder
from despin.document import read
from despin.features import MASK, Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.ranker import candidate_key, default_ranker

_IDS = st.integers(0, 40_000)


@given(st.lists(st.tuples(_IDS, _IDS, _IDS), min_size=1, max_size=50))
def test_costs_agree(rows: list[tuple[int, int, int]]) -> None:
    context = default_model()
    found = batch.Costs(context).of(*(np.array(column, np.int64) for column in zip(*rows, strict=True)))
    assert found.tolist() == [context.cost(*row) for row in rows]


@pytest.mark.parametrize("repeat", [1, 3])
def test_gains_features_and_corrections_agree(seed: str, repeat: int) -> None:
    document = read("\n\n".join([seed] * repeat))
    context, lexicon, ranker = default_model(), default_lexicon(), default_ranker()
    slots = list(find_slots(document, lexicon))
    scored = Decoder(document, context, lexicon).score(slots)
    around = Surroundings(document, context)
    first = np.array([around.at[item.slot.first] for item in scored])
    last = np.array([around.at[item.slot.last - 1] + 1 for item in scored])
    readings = [(number, reading) for number, item in enumerate(scored) for reading in item.slot.readings]
    owner = np.array([number for number, _ in readings])
    phrases = [context.phrase(reading.original) for _, reading in readings]
    ids, lengths = np.array(around.ids), np.array([len(phrase) for phrase in phrases])
    words = np.array([ident for phrase in phrases for ident in phrase])
    gains = batch.Costs(context).gains(ids, first, last, owner, words, lengths)
    weighed = np.array([gain for item in scored for gain in item.gains])
    assert (STEP * gains)[np.isfinite(weighed)].tolist() == weighed[np.isfinite(weighed)].tolist()

    padded = [np.array(column, np.uint64) for column in (around.ids, around.endings, around.marks)]
    witness = np.array([around.witness(item.slot) for item in scored], np.uint64)
    matrix = batch.feature_matrix(padded[0], padded[1], padded[2], first, last, witness)
    one_by_one = [around.of(item.slot) for item in scored]
    assert matrix.tolist() == one_by_one
    assert all(0 < feature <= MASK for row in one_by_one for feature in row)

    forms = [" ".join(document.words[item.slot.first : item.slot.last]) for item in scored]
    keys = [candidate_key(forms[number], reading.original) for number, reading in readings]
    pairs, wordings = (np.array(column, np.uint64) for column in zip(*keys, strict=True))
    found = batch.corrections(ranker, pairs, wordings, owner, matrix)
    singly = [
        ranker.corrections([key], one_by_one[number])[0]
        for key, (number, _) in zip(keys, readings, strict=True)
    ]
    assert found.tolist() == singly

    vectors = context.vectors
    own, others = batch.fits(
        vectors, ids, first, last, np.array(vectors.document(around.ids)), owner, words, lengths
    )
    places = [around.places.at(begin, end) for begin, end in zip(first, last, strict=True)]
    assert own.tolist() == [
        vectors.fit(place, around.ids[begin:end])
        for place, begin, end in zip(places, first, last, strict=True)
    ]
    assert others.tolist() == [
        vectors.fit(places[number], phrase) for number, phrase in zip(owner, phrases, strict=True)
    ]
