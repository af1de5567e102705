"""What training sums and what a run sums must agree."""

from __future__ import annotations

import numpy as np
import pytest

from despin.context import default_model
from despin.document import read
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import find_slots
from despin.ranker import candidate_key, default_ranker
from despin.vectors import DIMENSIONS, REACH


def test_training_scores_as_a_run_does(seed: str) -> None:
    pytest.importorskip("numba", reason="needs the extra: pip install -e '.[tools]'")
    from tools.train import vectors as trained
    from tools.train import weights

    document = read(seed)
    context, lexicon, ranker = default_model(), default_lexicon(), default_ranker()
    around, vectors = Surroundings(document, context), context.vectors
    rows = np.array([around.of(slot) for slot in find_slots(document, lexicon, everything=True)], np.uint64)
    slots = list(find_slots(document, lexicon, everything=True))
    hashed, shift = np.frombuffer(ranker.weights, np.int8).astype(np.float32), np.uint64(ranker.shift)
    near, word, places = (
        np.frombuffer(vectors.tables[f"vector.{name}"], np.int8).reshape(-1, DIMENSIONS).astype(np.float32)
        for name in ("near", "word", "places")
    )
    at = np.frombuffer(vectors.tables["vector.at"], np.uint16)
    near = np.concatenate([near, np.zeros((len(at) - len(near), DIMENSIONS), np.float32)])
    word, bias = word[at], np.frombuffer(vectors.tables["vector.bias"], np.int32).astype(np.float32)[at]
    ids, gap = np.array(around.ids), context.start
    document_vector = np.array(vectors.document(around.ids), np.float32)
    place, beside, where = (
        np.zeros(DIMENSIONS, np.float32),
        np.zeros(2 * REACH, np.int32),
        np.zeros(2 * REACH, np.int32),
    )
    for slot, row in zip(slots, rows, strict=True):
        key = candidate_key(" ".join(document.words[slot.first : slot.last]), slot.readings[0].original)
        score = weights._score(hashed, key.pair, key.wording, row, shift) * ranker.step
        assert score == pytest.approx(ranker.corrections([key], row.tolist())[0], abs=1e-5)

        first, last = around.at[slot.first], around.at[slot.last - 1] + 1
        number = trained.neighbours(ids, first, last, gap, beside, where)
        weights._describe(place, document_vector, number, beside, where, near, places)
        own = ids[first:last]
        fit = vectors.fit(around.places.at(first, last), own.tolist())
        assert weights._fit(place, own, word, bias) * vectors.step == pytest.approx(
            fit * vectors.step, abs=1e-2
        )
