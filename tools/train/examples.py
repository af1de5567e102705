"""Slots of clean articles spun forward: what the ranker learns from, as flat arrays."""

from __future__ import annotations

import math
import random
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.spin import load_spinner
from tools.train.corpus import articles, beginning, is_held_out

from despin.context import ContextModel
from despin.document import read
from despin.edits import Edit, apply_edits, inverted
from despin.features import Surroundings
from despin.lexicon import default_lexicon
from despin.match import Slot, find_slots
from despin.ranker import candidate_key

#: Share of articles that stay clean, the rate they are taken for, and the least rate of the others.
_CLEAN, _CLEAN_RATE, _LEAST_RATE = 0.15, 0.05, 0.25
#: A word is never swapped more surely than this.
_MOST_RATE = 0.95


@dataclass
class Examples:
    """Slots as parallel arrays; candidates in one row, "kept" first, readings behind it."""

    # A row a padded word.
    ids: NDArray[np.uint32]
    endings: NDArray[np.uint8]
    marks: NDArray[np.uint8]
    # A row a document: where its words begin.
    documents: NDArray[np.int64]
    # A row a slot.
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    witness: NDArray[np.uint8]
    candidates: NDArray[np.uint8]
    label: NDArray[np.uint8]
    # A row a candidate: its key, its channel's score, and that with the text's spin rate.
    pair: NDArray[np.uint32]
    wording: NDArray[np.uint32]
    channel: NDArray[np.float32]
    rated: NDArray[np.float32]
    lengths: NDArray[np.uint8]
    # The words of all readings.
    words: NDArray[np.uint32]


def collect(folder: Path, model: Path, pick: Sequence[int], passes: int, jobs: int) -> Examples:
    """Return the examples of the articles whose last two digits are in ``pick``, spun ``passes`` times."""
    tasks = [(folder, model, tuple(pick), passes, part, jobs) for part in range(jobs)]
    with ProcessPoolExecutor(jobs) as pool:
        return joined(list(pool.map(_collect_part, tasks)))


def joined(parts: list[Examples]) -> Examples:
    """Return several sets of examples as one."""
    shift = 0
    for part in parts:
        part.first = part.first + np.int32(shift)
        part.last = part.last + np.int32(shift)
        part.documents = part.documents + shift
        shift += len(part.ids)
    names = [field.name for field in fields(Examples)]
    return Examples(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


class _Builder:
    """Appends documents to growing arrays."""

    def __init__(self, context: ContextModel) -> None:
        self.context = context
        self.lexicon = default_lexicon()
        self.arrays: dict[str, array[Any]] = {
            **{name: array("I") for name in ("ids", "pair", "wording", "words")},
            **{name: array("i") for name in ("first", "last")},
            **{
                name: array("B") for name in ("endings", "marks", "witness", "candidates", "label", "lengths")
            },
            "documents": array("q"),
            **{name: array("f") for name in ("channel", "rated")},
        }

    def add(self, text: str, swaps: list[Edit], rate: float) -> None:
        """Add the slots of ``text`` with ``swaps`` made, a spinner's work at ``rate``."""
        spun = apply_edits(text, swaps)
        was = {(back.start, back.end): back.original.lower() for back in inverted(swaps)}
        places = sorted(was)
        document = read(spun)
        around = Surroundings(document, self.context)
        arrays, base = self.arrays, len(self.arrays["ids"])
        arrays["documents"].append(base)
        for name in ("ids", "endings", "marks"):
            arrays[name].extend(getattr(around, name))
        for slot in find_slots(document, self.lexicon, everything=True):
            span = document.starts[slot.first], document.ends[slot.last - 1]
            label = _label(slot, span, was, places)
            if label is None:
                continue
            form = " ".join(document.words[slot.first : slot.last])
            arrays["first"].append(base + around.at[slot.first])
            arrays["last"].append(base + around.at[slot.last - 1] + 1)
            arrays["witness"].append(around.witness(slot))
            arrays["candidates"].append(len(slot.readings) + 1)
            arrays["label"].append(label)
            self._add_key(form, "")
            arrays["channel"].append(0.0)
            arrays["rated"].append(sum(self._kept(word, rate) for word in form.split(" ")))
            arrays["lengths"].append(0)
            for reading in slot.readings:
                words = self.context.phrase(reading.original)
                self._add_key(form, reading.original)
                arrays["channel"].append(reading.logp)
                arrays["rated"].append(reading.logp + math.log(rate))
                arrays["lengths"].append(len(words))
                arrays["words"].extend(words)

    def _add_key(self, form: str, original: str) -> None:
        key = candidate_key(form, original)
        self.arrays["pair"].append(key.pair)
        self.arrays["wording"].append(key.wording)

    def _kept(self, word: str, rate: float) -> float:
        """Return ln P(the word was not swapped)."""
        return math.log1p(-min(rate, _MOST_RATE) * sum(self.lexicon.activity(word)))

    def built(self) -> Examples:
        """Return what was added."""
        types = {field.name: np.dtype(field.type.split("np.")[1].rstrip("]")) for field in fields(Examples)}
        return Examples(**{name: np.array(column, dtype=types[name]) for name, column in self.arrays.items()})


def _collect_part(task: tuple[Path, Path, tuple[int, ...], int, int, int]) -> Examples:
    folder, model, pick, passes, part, parts = task
    builder, spinner, wanted = _Builder(ContextModel(model)), load_spinner(), set(pick)
    for number, paragraphs in articles(folder):
        if number % 100 not in wanted or number // 100 % parts != part:
            continue
        text = "\n\n".join(beginning(paragraphs))
        for turn in range(1 if is_held_out(number) else passes):
            chance = random.Random(f"{number} {turn}")
            rate = 0.0 if chance.random() < _CLEAN else chance.uniform(_LEAST_RATE, 1.0)
            builder.add(text, spinner.swaps(text, rate, chance), rate or _CLEAN_RATE)
    return builder.built()


def _label(
    slot: Slot, span: tuple[int, int], was: dict[tuple[int, int], str], places: list[tuple[int, int]]
) -> int | None:
    """Return the number of the candidate that is right, or None where a swap lies across."""
    if (original := was.get(span)) is not None:
        found = [n for n, reading in enumerate(slot.readings, 1) if reading.original.lower() == original]
        return found[0] if found else None
    at = bisect_left(places, span)
    near = places[max(0, at - 1) : at + 1]
    return None if any(start < span[1] and span[0] < end for start, end in near) else 0
