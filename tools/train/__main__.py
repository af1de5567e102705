"""Train the models that despin ships, from a folder of clean text.

    python -m tools.train CORPUS_DIR                 # writes src/despin/data/{context,ranker}.bin

Run it from the checkout, with ``pip install -e '.[tools]'``. One article in fifty is held out
for measuring. The ranker learns from articles that its context model has not seen: the corpus
is cut in folds, each scored by a model of the others.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from tools.train import corpus, examples, hands, trigrams, vectors, weights
from tools.train.trigrams import Arrays, Pruning

from despin.context import BREAK, ContextModel
from despin.scoring import CONTEXT_WEIGHT
from despin.tables import pack_strings, write_tables

_DATA = Path("src/despin/data")


def context_file(
    target: Path,
    text: corpus.Corpus,
    pruning: tuple[Pruning, Pruning],
    learned: Arrays,
    scales: dict[str, float],
) -> dict[str, Any]:
    """Train the trigram model on ``text`` and write it, with what else was ``learned``, to ``target``."""
    arrays, sizes = trigrams.train(text, *pruning)
    two, three = pruning
    meta = {
        "kind": "context",
        "trained": date.today().isoformat(),
        "tokens": len(text.ids),
        "articles": len(np.unique(text.articles)),
        "vocabulary": len(text.names),
        **sizes,
        "minimum articles": {"bigrams": [two.near, two.far], "trigrams": [three.near, three.far]},
        **scales,
    }
    write_tables(target, meta, pack_strings("vocabulary", text.names) | arrays | learned)
    return meta


def arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Train the models that despin ships.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=_DATA)
    parser.add_argument("--vocabulary", type=int, default=50_000)
    parser.add_argument("--bigrams", type=int, nargs=2, default=(5, 8), metavar=("NEAR", "FAR"))
    parser.add_argument("--trigrams", type=int, nargs=2, default=(4, 12), metavar=("NEAR", "FAR"))
    parser.add_argument("--bits", type=int, default=21, help="the ranker's table has 2^BITS weights")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--passes", type=int, default=2, help="how often each article is spun")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Train both models."""
    options = arguments()
    started = time.monotonic()

    def tell(what: object) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True)

    text = corpus.read(options.corpus, options.vocabulary)
    gap = text.names.index(BREAK) + 1
    found = vectors.train(text, gap)
    tell("word vectors are ready")
    pruning = Pruning(*options.bigrams), Pruning(*options.trigrams)
    endings = {"word.ending": ("B", corpus.endings(text.names).tobytes())}

    in_slots = corpus.slot_words(text.names)
    learner, squares, slots = weights.Weights.zero(options.bits), weights.VectorSquares.start(text.size), 0
    mean = weights.Mean()
    with tempfile.TemporaryDirectory(prefix="despin-train-") as folder:
        for fold in range(options.folds):
            inside = [at for at in range(100) if at % options.folds == fold and not corpus.is_held_out(at)]
            blind = Path(folder) / f"{fold}.bin"
            others = text.without(text.articles % options.folds == fold)
            arrays, scales = vectors.tables(found, in_slots)
            context_file(blind, others, pruning, arrays | endings, scales)
            spun = examples.collect(options.corpus, blind, inside, options.passes, options.jobs)
            data = weights.prepare(spun, ContextModel(blind))
            slots += len(data.starts)
            last = mean if fold == options.folds - 1 else None
            loss = weights.epoch(learner, found, squares, data, gap, last, learn=True)
            tell(f"fold {fold}: {len(data.starts):,} slots, loss {loss:.4f}")

    mean.set(learner, found)
    options.out.mkdir(parents=True, exist_ok=True)
    model = options.out / "context.bin"
    arrays, scales = vectors.tables(found, in_slots)
    tell(context_file(model, text, pruning, arrays | endings, scales))
    held = [at for at in range(100) if corpus.is_held_out(at)]
    spun = examples.collect(options.corpus, model, held, 1, options.jobs)
    unseen = weights.prepare(spun, ContextModel(model))
    idle = weights.Weights.zero(options.bits)
    idle.shapes[:] = 0
    before, after = (
        weights.epoch(some, found, squares, unseen, gap, learn=False) for some in (idle, learner.as_shipped())
    )
    meta = {
        "kind": "ranker",
        "trained": date.today().isoformat(),
        "slots": slots,
        "step": weights.WEIGHT_STEP,
        "shapes": learner.shapes.round(4).tolist(),
        "context weight": CONTEXT_WEIGHT,
        "held-out loss": {"channel and context": round(before, 4), "with the ranker": round(after, 4)},
    }
    arrays = {"weights": ("b", learner.rounded().tobytes()), "hands": ("b", bytes(hands.SIZE))}
    write_tables(options.out / "ranker.bin", meta, arrays)
    tell(meta)


if __name__ == "__main__":
    main()
