"""Reading a folder of clean text as articles, and as numbered words.

``*.txt`` and ``*.txt.xz``: one paragraph a line, a blank line between articles (a file
without blank lines counts as one article per 15 lines).
"""

from __future__ import annotations

import array
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from despin.context import BREAK, OWN_CLASS
from despin.lexicon import packs
from despin.tokens import number_class, words

Ints = NDArray[np.int64]

#: How much of an article is spun, to train and to measure on: the rest says little new.
LONGEST = 900
#: One article in so many is held out, and which.
HELD_OUT_EVERY, HELD_OUT_AT = 50, 7
_ENDINGS = ("ing", "ed", "ly", "ion", "ment", "ness", "ity", "al", "ive", "ous", "er", "s")
_PLAIN = {"the", "a", "an", "of", "to", "and", "in", "is", "that", "for", "on", "it", "was"}


@dataclass(frozen=True)
class Corpus:
    """A corpus as numbers: the words of the vocabulary, the id of each token, its article's number."""

    names: list[str]
    ids: Ints
    articles: Ints

    @property
    def size(self) -> int:
        """How many ids there are, the unknown word included."""
        return len(self.names) + 1

    def without(self, left_out: NDArray[np.bool_]) -> Corpus:
        """Return the corpus without the tokens for which ``left_out`` is true."""
        return Corpus(self.names, self.ids[~left_out], self.articles[~left_out])


def articles(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(number, paragraphs)`` for every article of ``folder``."""
    number = 0
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.txt.xz")]):
        for paragraphs in _articles_of(path):
            yield number, paragraphs
            number += 1


def _articles_of(path: Path) -> Iterator[list[str]]:
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


def beginning(paragraphs: list[str]) -> list[str]:
    """Return the first paragraphs of an article, up to the one that goes over ``LONGEST`` words."""
    taken, count = [], 0
    for paragraph in paragraphs:
        if count > LONGEST:
            break
        taken.append(paragraph)
        count += len(paragraph.split())
    return taken


def is_held_out(number: int) -> bool:
    """Tell whether article ``number`` is kept back for measuring."""
    return number % HELD_OUT_EVERY == HELD_OUT_AT


def read(folder: Path, vocabulary: int) -> Corpus:
    """Return the corpus of ``folder``, held-out articles apart.

    The vocabulary is the ``vocabulary`` commonest words and every word of the lexicon that
    is seen, by falling frequency from id 1; id 0 is any other word.
    """
    index: dict[str, int] = {BREAK: 0}
    ids, owners = array.array("I"), array.array("I")
    for number, paragraphs in articles(folder):
        if is_held_out(number):
            continue
        for paragraph in paragraphs:
            ids.append(0)
            for word in words(paragraph):
                ids.append(index.setdefault(number_class(word) or word, len(index)))
        ids.append(0)
        owners.extend([number] * (len(ids) - len(owners)))
    names, numbered = list(index), np.frombuffer(ids, np.uint32)
    wanted = lexicon_words()
    frequency = np.bincount(numbered, minlength=len(names))
    common = np.argsort(-frequency, kind="stable")
    chosen = [int(at) for rank, at in enumerate(common) if rank < vocabulary or names[at] in wanted]
    renumbered = np.zeros(len(names), np.int64)
    renumbered[chosen] = np.arange(1, len(chosen) + 1)
    return Corpus(
        [names[at] for at in chosen],
        renumbered[numbered],
        np.frombuffer(owners, np.uint32).astype(np.int64),
    )


def endings(names: list[str]) -> NDArray[np.uint8]:
    """Return each word id's class by its ending; the commonest words are a class each."""
    number, other = OWN_CLASS + 1, OWN_CLASS + 2
    classes = [other]
    for ident, name in enumerate(names, 1):
        if ident <= OWN_CLASS:
            classes.append(ident)
        elif name[0].isdigit() or name[0] == "<":
            classes.append(number)
        else:
            found = (at for at, ending in enumerate(_ENDINGS, other + 1) if name.endswith(ending))
            classes.append(next(found, other))
    return np.array(classes, np.uint8)


def lexicon_words() -> set[str]:
    """Return every word of dialect A, spun or original, but for the commonest function words."""
    forms = (form for pair in packs.shipped_forms("A") for form in pair)
    return {word for form in forms for word in words(form)} - _PLAIN


def slot_words(names: list[str]) -> Ints:
    """Return the ids of the words that may stand in a slot, read or restored; first 0, the unknown word."""
    wanted = {word for pair in packs.shipped_forms() for form in pair for word in words(form)}
    return np.array([0, *(ident for ident, name in enumerate(names, 1) if name in wanted)], np.int64)
