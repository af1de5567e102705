"""Train the screen that despin ships: a logistic regression on words and pairs of words, by paragraph.

    python -m tools.train.screen CORPUS_DIR          # writes src/despin/data/screen.bin

Run it from the checkout, with ``pip install -e '.[tools]'``, when the dictionaries have changed
much; it takes about a quarter of an hour on 2 cores. Every paragraph of the training articles is
learned twice, as it is and spun forward. Nothing but two tables of summed weights is kept.
"""

from __future__ import annotations

import argparse
import random
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tools.spin import load_spinner
from tools.train.corpus import articles, beginning, is_held_out

from despin.lexicon.compiled import DIALECTS
from despin.screen import hashes
from despin.tables import write_tables

#: Bits of a word's and of a pair's place in their tables.
SINGLE_BITS, PAIR_BITS = 16, 18
#: Nats per unit of a weight.
STEP = 1 / 32
#: The share of articles spun by dialect A; the others share the rest.
_USUAL = 0.75
_RATES = (0.3, 0.95)
_EPOCHS, _BATCH, _LEARNING_RATE, _DECAY = 2, 512, 0.1, 1e-5


class Paragraphs(NamedTuple):
    """Paragraphs as places in the tables: those of all words in one row, and where each begins."""

    singles: NDArray[np.uint32]
    pairs: NDArray[np.uint32]
    starts: NDArray[np.int64]
    spun: NDArray[np.bool_]


def collect(folder: Path, jobs: int) -> Paragraphs:
    """Return the paragraphs of the training articles of ``folder``, clean and spun."""
    with ProcessPoolExecutor(jobs) as pool:
        parts = list(pool.map(_part, [(folder, part, jobs) for part in range(jobs)]))
    shifts = np.cumsum([0, *(len(part.singles) for part in parts[:-1])])
    return Paragraphs(
        np.concatenate([part.singles for part in parts]),
        np.concatenate([part.pairs for part in parts]),
        np.concatenate([part.starts + shift for part, shift in zip(parts, shifts, strict=True)]),
        np.concatenate([part.spun for part in parts]),
    )


def _part(task: tuple[Path, int, int]) -> Paragraphs:
    folder, part, parts = task
    singles, pairs, starts, labels = array("I"), array("I"), array("q"), array("b")
    for text, spun in _texts(folder, part, parts):
        words, both = hashes(text)
        if len(words) < 2:
            continue
        starts.append(len(singles))
        labels.append(spun)
        singles.extend(words)
        pairs.extend([both[0], *both])  # a word has a pair, its first one is counted twice
    return Paragraphs(
        np.frombuffer(singles, np.uint32) & np.uint32((1 << SINGLE_BITS) - 1),
        np.frombuffer(pairs, np.uint32) & np.uint32((1 << PAIR_BITS) - 1),
        np.frombuffer(starts, np.int64),
        np.frombuffer(labels, np.bool_),
    )


def _texts(folder: Path, part: int, parts: int) -> Iterator[tuple[str, bool]]:
    """Yield each paragraph that was spun, and what it was."""
    spinners = {dialect: load_spinner(dialect) for dialect in DIALECTS}
    others = DIALECTS.replace("A", "")
    for number, paragraphs in articles(folder):
        if is_held_out(number) or number % parts != part:
            continue
        chance = random.Random(f"screen {number}")
        dialect = "A" if chance.random() < _USUAL else chance.choice(others)
        clean = beginning(paragraphs)
        spun = spinners[dialect].spin("\n\n".join(clean), chance.uniform(*_RATES), chance).split("\n\n")
        for before, after in zip(clean, spun, strict=True):
            if before != after:
                yield before, False
                yield after, True


def train(data: Paragraphs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights of words and of pairs, in nats, learned by AdaGrad."""
    tables = [np.zeros(1 << bits, np.float32) for bits in (SINGLE_BITS, PAIR_BITS)]
    squares = [np.full(len(table), 1e-3, np.float32) for table in tables]
    ends = np.append(data.starts[1:], len(data.singles))
    chance = np.random.default_rng(1)
    for epoch in range(_EPOCHS):
        loss = 0.0
        order = chance.permutation(len(data.starts) // _BATCH)
        for batch in order:
            rows = slice(batch * _BATCH, (batch + 1) * _BATCH)
            begin, end = data.starts[rows][0], ends[rows][-1]
            starts, labels = data.starts[rows] - begin, data.spun[rows]
            places = [column[begin:end] for column in (data.singles, data.pairs)]
            logits = sum(np.add.reduceat(t[at], starts) for t, at in zip(tables, places, strict=True))
            guessed = 1 / (1 + np.exp(-logits))
            loss -= float(np.log(np.where(labels, guessed, 1 - guessed) + 1e-9).mean())
            error = np.repeat((guessed - labels).astype(np.float32), ends[rows] - data.starts[rows])
            for table, square, at in zip(tables, squares, places, strict=True):
                slope = np.bincount(at, error, len(table)).astype(np.float32)
                met = np.flatnonzero(slope)
                slope = slope[met] + _DECAY * len(labels) * table[met]
                square[met] += slope**2
                table[met] -= _LEARNING_RATE * slope / np.sqrt(square[met])
        print(f"epoch {epoch + 1}: loss {loss / len(order):.4f} a paragraph", flush=True)
    return tables[0], tables[1]


def main() -> None:
    """Train and write the screen."""
    parser = argparse.ArgumentParser(description="Train the screen that despin ships.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/despin/data/screen.bin"))
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    data = collect(options.corpus, options.jobs)
    print(f"{len(data.starts):,} paragraphs, {len(data.singles):,} words", flush=True)
    singles, pairs = (np.clip(np.rint(table / STEP), -127, 127).astype(np.int8) for table in train(data))
    meta = {"kind": "screen", "trained": date.today().isoformat(), "step": STEP, "words": len(data.singles)}
    write_tables(options.out, meta, {"singles": ("b", singles.tobytes()), "pairs": ("b", pairs.tobytes())})


if __name__ == "__main__":
    main()
