"""Train the ranker on clean text spun forward.

    python tools/train_ranker.py CORPUS_DIR CONTEXT_MODEL src/despin/data/ranker.bin

Articles whose number ends in a digit of ``--share`` are spun (two in five stay
clean) and every slot becomes one example: which reading stood there? The
context model given here must not have been trained on these articles (train it
with ``--leave-out``), or it would be trusted too much.

Needs numba (``pip install -e '.[tools]'``); takes some ten minutes.
"""

from __future__ import annotations

import argparse
import math
import random
from array import array
from bisect import bisect_left
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numba
import numpy as np
from numpy.typing import NDArray

from despin import ranker as features_of
from despin.context import ContextModel
from despin.decode import CONTEXT_WEIGHT, Decoder
from despin.document import read
from despin.edits import apply_edits
from despin.lexicon import default_lexicon
from despin.match import Slot, find_slots
from despin.prior import FIRST_RATE, Rate
from despin.tables import write_tables
from spin import load_spinner
from train_context import corpus, is_held_out

BITS = 22
LEARNING_RATE = 0.1
STEP = 1 / 32
_CLEAN_SHARE = 0.4


@dataclass
class Examples:
    """Slots as rows of flat arrays; ends are cumulative."""

    features: array[int] = field(default_factory=lambda: array("Q"))
    feature_ends: array[int] = field(default_factory=lambda: array("q"))
    keys: array[int] = field(default_factory=lambda: array("L"))
    scores: array[float] = field(default_factory=lambda: array("f"))
    key_ends: array[int] = field(default_factory=lambda: array("q"))
    labels: array[int] = field(default_factory=lambda: array("h"))

    def add(self, features: list[int], keys: list[int], scores: list[float], label: int) -> None:
        """Append one slot."""
        self.features.extend(features)
        self.feature_ends.append(len(self.features))
        self.keys.extend(keys)
        self.scores.extend(scores)
        self.key_ends.append(len(self.keys))
        self.labels.append(label)


def examples_of(task: tuple[Path, Path, int, int, str]) -> Examples:
    """Return the examples of every article that falls to worker ``part`` of ``parts``."""
    folder, model, part, parts, share = task
    context, lexicon, spinner = ContextModel(model), default_lexicon(), load_spinner()
    decoder = Decoder(context, lexicon)
    examples = Examples()
    for number, paragraphs in corpus(folder):
        if is_held_out(number) or str(number)[-1] not in share or number // 10 % parts != part:
            continue
        chance = random.Random(number)
        text = "\n\n".join(_short(paragraphs))
        rate = 0.0 if chance.random() < _CLEAN_SHARE else chance.uniform(0.2, 1.0)
        swaps = spinner.swaps(text, rate, chance)
        _add_article(examples, decoder, text, swaps)
    return examples


def _short(paragraphs: list[str]) -> list[str]:
    """Return the first 900 words or so: how a document looks to the prior."""
    taken, count = [], 0
    for paragraph in paragraphs:
        if count > 900:
            break
        taken.append(paragraph)
        count += len(paragraph.split())
    return taken


def _add_article(examples: Examples, decoder: Decoder, text: str, swaps: list) -> None:  # type: ignore[type-arg]
    spun = apply_edits(text, swaps)
    originals: dict[tuple[int, int], str] = {}
    shift = 0
    for swap in sorted(swaps, key=lambda swap: swap.start):
        start = swap.start + shift
        originals[start, start + len(swap.original)] = swap.spun.lower()
        shift += len(swap.original) - len(swap.spun)
    swapped = sorted(originals)
    document = read(spun)
    ids = decoder.context.ids(document.words)
    features = features_of.Features(document, ids)
    for slot in find_slots(document, decoder.lexicon):
        span = document.starts[slot.first], document.ends[slot.last - 1]
        label = _label(slot, span, originals, swapped)
        if label is None:
            continue
        form = " ".join(document.words[slot.first : slot.last])
        keys = [features_of.candidate_key(form, "")]
        keys += [features_of.candidate_key(form, reading.original) for reading in slot.readings]
        examples.add(features.of(slot), keys, decoder.as_read(document, slot, Rate(FIRST_RATE, 1.0)), label)


def _label(
    slot: Slot, span: tuple[int, int], originals: dict[tuple[int, int], str], swapped: list[tuple[int, int]]
) -> int | None:
    """Return the number of the candidate that is right, or None where a swap lies across."""
    if (was := originals.get(span)) is not None:
        found = [n for n, reading in enumerate(slot.readings, 1) if reading.original.lower() == was]
        return found[0] if found else None
    at = bisect_left(swapped, span)
    near = swapped[max(0, at - 1) : at + 1]
    return None if any(start < span[1] and span[0] < end for start, end in near) else 0


@numba.njit(cache=True)
def _epoch(  # type: ignore[no-untyped-def]
    weights, squares, order, features, feature_ends, keys, scores, key_ends, labels, shift, rate
):
    """Run AdaGrad once over the slots in ``order``; return the mean log loss before each update."""
    loss = 0.0
    logits = np.zeros(64)
    candidate, finish = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)
    for slot in order:
        first = feature_ends[slot - 1] if slot else 0
        last = feature_ends[slot]
        begin = key_ends[slot - 1] if slot else 0
        count = key_ends[slot] - begin
        top = -1e30
        for c in range(count):
            base = np.uint64(keys[begin + c]) * candidate
            total = scores[begin + c]
            for f in range(first, last):
                total += weights[((base + features[f]) * finish) >> shift]
            logits[c] = total
            top = max(top, total)
        norm = 0.0
        for c in range(count):
            logits[c] = np.exp(logits[c] - top)
            norm += logits[c]
        loss -= np.log(max(logits[labels[slot]] / norm, 1e-12))
        if rate == 0.0:
            continue
        for c in range(count):
            gradient = logits[c] / norm - (1.0 if c == labels[slot] else 0.0)
            if abs(gradient) < 1e-3:
                continue
            base = np.uint64(keys[begin + c]) * candidate
            for f in range(first, last):
                at = ((base + features[f]) * finish) >> shift
                squares[at] += gradient * gradient
                weights[at] -= rate * gradient / np.sqrt(squares[at])
    return loss / len(order)


def train(parts: list[Examples], epochs: int) -> tuple[NDArray[np.float32], list[float]]:
    """Return the weights, and the mean log loss on slots kept back: base, then after each epoch."""
    weights = np.zeros(1 << BITS, np.float32)
    squares = np.ones(1 << BITS, np.float32)
    shift = np.uint64(64 - BITS)
    arrays = [_arrays(part) for part in parts]
    log: list[float] = []

    def run(rate: float, kept_back: bool) -> float:
        total = weight = 0.0
        for data in arrays:
            count = len(data[-1])
            tail = count - count // 20  # whole articles lie together: the last ones are kept back
            order = np.arange(tail, count) if kept_back else np.random.default_rng(7).permutation(tail)
            total += _epoch(weights, squares, order, *data, shift, rate) * len(order)
            weight += len(order)
        return total / max(weight, 1)

    log.append(run(0.0, True))
    for epoch in range(epochs):
        run(LEARNING_RATE / (1 + epoch), False)
        log.append(run(0.0, True))
        print(f"epoch {epoch + 1}: kept-back loss {log[0]:.4f} -> {log[-1]:.4f}", flush=True)
    return weights, log


def _arrays(part: Examples) -> tuple[NDArray[np.generic], ...]:
    return (
        np.frombuffer(part.features, np.uint64),
        np.frombuffer(part.feature_ends, np.int64),
        np.frombuffer(part.keys, np.uint64).astype(np.uint32),
        np.frombuffer(part.scores, np.float32),
        np.frombuffer(part.key_ends, np.int64),
        np.frombuffer(part.labels, np.int16),
    )


def main() -> None:
    """Extract, train, write."""
    parser = argparse.ArgumentParser(description="Train the ranker on clean text spun forward.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("context", type=Path)
    parser.add_argument("ranker", type=Path)
    parser.add_argument("--share", default="0123", help="last digits of the articles to train on")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    tasks = [
        (options.corpus, options.context, part, options.jobs, options.share) for part in range(options.jobs)
    ]
    with ProcessPoolExecutor(options.jobs) as pool:
        parts = list(pool.map(examples_of, tasks))
    slots = sum(len(part.labels) for part in parts)
    print(f"{slots:,} slots, {sum(len(part.keys) for part in parts):,} candidates", flush=True)
    weights, log = train(parts, options.epochs)
    table = np.clip(np.round(weights / STEP), -127, 127).astype(np.int8)
    meta = {
        "kind": "ranker",
        "trained": date.today().isoformat(),
        "slots": slots,
        "step": STEP,
        "context weight": CONTEXT_WEIGHT,
        "loss": [round(value, 4) for value in log],
        "bits": int(math.log2(len(table))),
    }
    write_tables(options.ranker, meta, {"weights": ("b", table.tobytes())})
    print(meta)


if __name__ == "__main__":
    main()
