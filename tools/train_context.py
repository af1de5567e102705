"""Train the context model from a folder of clean text.

    python tools/train_context.py CORPUS_DIR src/despin/data/context.bin

Reads ``*.txt`` and ``*.txt.xz``: one paragraph a line, a blank line between
articles (a file without blank lines counts as one article per 15 lines). What
comes out is counts turned to probabilities: no n-gram above three words, none
seen in fewer than three articles, so no sentence can be rebuilt from it.
One article in fifty is held out for measuring; see ``--held-out``.
"""

from __future__ import annotations

import argparse
import array
import lzma
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.context import BACKOFF_STEP, BREAK, ID_BITS, LOGP_STEP
from despin.lexicon import packs
from despin.tables import pack_strings, write_tables
from despin.tokens import number_class, words

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DISCOUNT = 0.75
LOAD = 0.75
HELD_OUT_EVERY, HELD_OUT_AT = 50, 7
#: ln P of a word that is not in the vocabulary.
UNKNOWN = -16.0


@dataclass
class Grams:
    """Distinct n-grams: sorted keys, how often and in how many articles each stands."""

    keys: Ints
    counts: Ints
    articles: Ints


def articles(path: Path) -> Iterator[list[str]]:
    """Yield the articles of one corpus file as lists of paragraphs."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    if "" not in lines[:-1]:
        yield from (lines[at : at + 15] for at in range(0, len(lines), 15))
        return
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def corpus(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(number, paragraphs)`` for every article below ``folder``."""
    number = 0
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.txt.xz")]):
        for paragraphs in articles(path):
            yield number, paragraphs
            number += 1


def is_held_out(number: int) -> bool:
    """Tell whether article ``number`` is kept back for measuring."""
    return number % HELD_OUT_EVERY == HELD_OUT_AT


def read_ids(folder: Path, left_out: str) -> tuple[list[str], Ints, Ints]:
    """Return the word list, the token ids and the article number of each token."""
    index: dict[str, int] = {BREAK: 0}
    ids, owners = array.array("I"), array.array("I")
    for number, paragraphs in corpus(folder):
        if is_held_out(number) or str(number)[-1] in left_out:
            continue
        for paragraph in paragraphs:
            ids.append(0)
            for word in words(paragraph):
                ids.append(index.setdefault(number_class(word) or word, len(index)))
        ids.append(0)
        owners.extend([number] * (len(ids) - len(owners)))
    return list(index), np.array(ids, np.int64), np.array(owners, np.int64)


def count(ids: Ints, owners: Ints, order: int) -> Grams:
    """Count the ``order``-grams of ``ids`` that stay in one article and in the vocabulary."""
    size = len(ids) - order + 1
    keys = np.zeros(size, np.int64)
    valid = owners[:size] == owners[order - 1 :]
    for shift in range(order):
        window = ids[shift : shift + size]
        valid &= window > 0
        keys = keys << ID_BITS | window
    keys, owners = keys[valid], owners[:size][valid]
    by_key = np.argsort(keys, kind="stable")
    keys, owners = keys[by_key], owners[by_key]
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    new_article = first.copy()
    new_article[1:] |= owners[1:] != owners[:-1]
    starts = np.flatnonzero(first)
    return Grams(
        keys[starts],
        np.diff(np.append(starts, len(keys))),
        np.add.reduceat(new_article.astype(np.int64), starts),
    )


def grouped(groups: Ints, weights: Floats, size: int) -> Floats:
    """Sum ``weights`` by group number."""
    return np.bincount(groups, weights=weights, minlength=size).astype(np.float64)


def tables_of(name: str, keys: Ints, values: dict[str, NDArray[np.uint8]]) -> dict[str, tuple[str, bytes]]:
    """Lay ``keys`` out as a fingerprint table, their ``values`` beside them."""
    size = int(len(keys) / LOAD) + 1
    hashed = keys.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashed = (hashed ^ (hashed >> np.uint64(shift))) * np.uint64(factor)
    hashed ^= hashed >> np.uint64(31)
    prints = (hashed & np.uint64(0xFFFF)).astype(np.uint16)
    prints[prints == 0] = 1
    wanted = (((hashed >> np.uint64(32)) * np.uint64(size)) >> np.uint64(32)).astype(np.int64)
    table = np.full(size, -1, np.int64)
    waiting = np.arange(len(keys))
    while len(waiting):
        free = table[wanted[waiting]] < 0
        table[wanted[waiting[free]]] = waiting[free]  # of rivals for one slot the last wins
        waiting = waiting[table[wanted[waiting]] != waiting]
        wanted[waiting] = (wanted[waiting] + 1) % size
    used = table >= 0
    out_prints = np.zeros(size, np.uint16)
    out_prints[used] = prints[table[used]]
    arrays = {f"{name}.prints": ("H", out_prints.tobytes())}
    for value_name, value in values.items():
        column = np.zeros(size, np.uint8)
        column[used] = value[table[used]]
        arrays[f"{name}.{value_name}"] = ("B", column.tobytes())
    return arrays


def quantised(log_values: Floats, step: float) -> NDArray[np.uint8]:
    """Return ``log_values`` (≤ 0) in steps of ``-step``, in a byte."""
    return np.clip(np.round(-log_values / step), 0, 255).astype(np.uint8)


@dataclass
class Pruning:
    """How many articles an n-gram must stand in: with a word of the lexicon, and without."""

    near: int
    far: int

    def keep(self, grams: Grams, order: int, is_near: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which of ``grams`` stay."""
        touches = np.zeros(len(grams.keys), bool)
        for shift in range(order):
            touches |= is_near[(grams.keys >> (shift * ID_BITS)) & ((1 << ID_BITS) - 1)]
        return np.asarray(np.where(touches, grams.articles >= self.near, grams.articles >= self.far))


def estimate(
    bigrams: Grams, trigrams: Grams, keep_two: NDArray[np.bool_], keep_three: NDArray[np.bool_], size: int
) -> dict[str, tuple[str, bytes]]:
    """Return the arrays of the interpolated Kneser-Ney model.

    Lower orders use continuation counts taken before pruning; back-off mass is
    computed after it (with stale mass the model loses what it gained).
    """
    mask = (1 << ID_BITS) - 1
    ends = bigrams.keys & mask
    unigram = (grouped(ends, np.ones(len(ends)), size) + 0.05) / (len(ends) + 0.05 * size)
    unigram[0] = np.exp(UNKNOWN)

    inner = trigrams.keys & ((1 << 2 * ID_BITS) - 1)  # (second, third): how many words precede it
    pairs, continuation = np.unique(inner, return_counts=True)
    follows = grouped(pairs >> ID_BITS, continuation.astype(float), size)
    keys2 = bigrams.keys[keep_two]
    at = np.clip(np.searchsorted(pairs, keys2), 0, len(pairs) - 1)
    seen = np.where(pairs[at] == keys2, continuation[at], 1).astype(float)
    left, right = keys2 >> ID_BITS, keys2 & mask
    share = np.maximum(seen - DISCOUNT, 0.05) / np.maximum(follows[left], seen)
    mass = np.clip(1 - grouped(left, share, size), 1e-4, 1)
    p2 = share + mass[left] * unigram[right]

    keys3, counts3 = trigrams.keys[keep_three], trigrams.counts[keep_three]
    contexts = keys3 >> ID_BITS
    context_at = np.searchsorted(keys2, contexts)
    totals_all = trigrams.keys >> ID_BITS
    context_keys, starts = np.unique(totals_all, return_index=True)
    totals = np.add.reduceat(trigrams.counts, starts)[np.searchsorted(context_keys, contexts)]
    share3 = (counts3 - DISCOUNT) / totals
    mass2 = np.clip(1 - grouped(context_at, share3, len(keys2)), 1e-4, 1)
    tail = keys3 & ((1 << 2 * ID_BITS) - 1)
    tail_at = np.clip(np.searchsorted(keys2, tail), 0, len(keys2) - 1)
    lower = np.where(
        keys2[tail_at] == tail,
        p2[tail_at],
        mass[(tail >> ID_BITS)] * unigram[tail & mask],
    )
    p3 = share3 + mass2[context_at] * lower
    arrays = {
        "unigram.logp": ("f", np.log(unigram).astype("<f4").tobytes()),
        "unigram.backoff": ("f", np.log(mass).astype("<f4").tobytes()),
    }
    two = {"logp": quantised(np.log(p2), LOGP_STEP), "backoff": quantised(np.log(mass2), BACKOFF_STEP)}
    arrays |= tables_of("bigram", keys2, two)
    arrays |= tables_of("trigram", keys3, {"logp": quantised(np.log(p3), LOGP_STEP)})
    return arrays


def vocabulary(names: list[str], ids: Ints, size: int, wanted: set[str]) -> tuple[list[str], Ints]:
    """Return the ``size`` commonest words and all ``wanted`` ones seen, and ids renumbered from 1."""
    frequency = np.bincount(ids, minlength=len(names))
    common = np.argsort(-frequency, kind="stable")
    chosen = [int(at) for rank, at in enumerate(common) if rank < size or names[at] in wanted]
    renumbered = np.zeros(len(names), np.int64)
    renumbered[chosen] = np.arange(1, len(chosen) + 1)
    return [names[at] for at in chosen], renumbered[ids]


def lexicon_words() -> set[str]:
    """Return every word of every entry, spun or original, but for the commonest function words."""
    plain = {"the", "a", "an", "of", "to", "and", "in", "is", "that", "for", "on", "it", "was"}
    forms = (form for entry in packs.shipped_forms() for form in entry)
    return {word for form in forms for word in words(form)} - plain


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--vocabulary", type=int, default=60_000)
    parser.add_argument("--bigrams", type=int, nargs=2, default=(3, 6), metavar=("NEAR", "FAR"))
    parser.add_argument("--trigrams", type=int, nargs=2, default=(3, 8), metavar=("NEAR", "FAR"))
    parser.add_argument("--leave-out", default="", help="last digits of articles kept for the ranker")
    options = parser.parse_args()
    if min(*options.bigrams, *options.trigrams) < 3:
        sys.exit("an n-gram seen in fewer than 3 articles may not be shipped: use 3 or more")

    near_words = lexicon_words()
    names, ids, owners = read_ids(options.corpus, options.leave_out)
    names, ids = vocabulary(names, ids, options.vocabulary, near_words)
    is_near = np.array([False, *(name in near_words for name in names)])
    bigrams, trigrams = count(ids, owners, 2), count(ids, owners, 3)
    keep_two = Pruning(*options.bigrams).keep(bigrams, 2, is_near)
    keep_three = Pruning(*options.trigrams).keep(trigrams, 3, is_near)
    needed = np.unique(trigrams.keys[keep_three] >> ID_BITS)
    keep_two |= np.isin(bigrams.keys, needed)

    arrays = pack_strings("vocabulary", names)
    arrays |= estimate(bigrams, trigrams, keep_two, keep_three, len(names) + 1)
    meta = {
        "kind": "context",
        "trained": date.today().isoformat(),
        "tokens": len(ids),
        "articles": len(np.unique(owners)),
        "vocabulary": len(names),
        "bigrams": int(keep_two.sum()),
        "trigrams": int(keep_three.sum()),
        "minimum articles": {"bigrams": options.bigrams, "trigrams": options.trigrams},
    }
    write_tables(options.model, meta, arrays)
    print(meta, f"{options.model.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
