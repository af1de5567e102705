"""How likely is a word after the two before it? The context model.

An interpolated Kneser-Ney trigram model over clean news (Chen and Goodman,
1999). N-grams live in fingerprint tables: 16 bits tell keys apart, so about
one look-up of an unseen n-gram in ten thousand is taken for a seen one, which
costs nothing measurable and a third of the size of exact keys.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from despin.tables import Strings, Tables
from despin.tokens import number_class, words
from despin.vectors import Vectors

#: Nats per step of a log probability: all sums are sums of whole steps, so that they are exact.
STEP = 0.04
#: Steps per unit of the bytes that n-gram probabilities are stored in.
COARSE = 2
#: Bits per word id in an n-gram key.
ID_BITS = 17
#: The token that stands between paragraphs.
BREAK = "<p>"
#: Word ids up to this are function words, by and large: a class each.
OWN_CLASS = 160
#: The class of names, whatever their word.
NAME = 255
#: Costs kept at hand; more would only fill the memory on a long run.
_MOST_KEPT = 1_000_000


class ContextModel:
    """P(word | two words before), and what else is known of words, from a file made by ``tools/train``."""

    def __init__(self, path: Path) -> None:
        """Open the model at ``path``; raises ``TableError`` when it is damaged."""
        self.tables = tables = Tables(path)
        self._strings = Strings(tables, "vocabulary")
        self.cost = _cost_function(tables)
        #: A word's class by its ending.
        self.ending = tables["word.ending"]
        self.vectors = Vectors(tables)
        self._ids: dict[str, int] = {}
        self._phrases: dict[str, list[int]] = {}
        self.start = self.id(BREAK)

    def id(self, word: str) -> int:
        """Return the id of a folded ``word``; 0 when the model has never seen it."""
        found = self._ids.get(word)
        if found is None:
            found = self._ids[word] = self._strings.find(number_class(word) or word) + 1
        return found

    def ids(self, folded: list[str]) -> list[int]:
        """Return the ids of folded words."""
        known = self._ids
        return [known[word] if word in known else self.id(word) for word in folded]

    def phrase(self, text: str) -> list[int]:
        """Return the ids of the words of ``text``."""
        found = self._phrases.get(text)
        if found is None:
            found = self._phrases[text] = self.ids(words(text))
        return found

    def path_cost(self, path: list[int]) -> int:
        """Return the summed cost of all words of ``path`` but the first two, which are context."""
        cost = self.cost
        if len(path) == 5:  # one word in its place, as most are: written out, it takes half the time
            left, before, word, after, right = path
            return cost(left, before, word) + cost(before, word, after) + cost(word, after, right)
        return sum(map(cost, path, path[1:], path[2:]))


def _cost_function(tables: Tables) -> Callable[[int, int, int], int]:
    """Return the function that gives -ln P(word | first second) in steps of ``STEP`` nats, all as ids.

    A closure, not a method: this is where the time goes. N-grams are looked up by the exclusive or
    of their words' hashes, each shifted by its place; see ``tools/train/trigrams.py``.
    """
    hashed = tables["word.hash"]
    bigrams, bigram, backoff = tables["bigram.prints"], tables["bigram.cost"], tables["bigram.backoff"]
    trigrams, trigram = tables["trigram.prints"], tables["trigram.cost"]
    unigram, unigram_backoff = tables["unigram.cost"], tables["unigram.backoff"]
    bigram_size, trigram_size = len(bigrams), len(trigrams)
    costs: dict[int, int] = {}
    pairs: dict[int, int] = {}

    def pair(left: int, right: int) -> int:
        """Return where the bigram of two words lies, or -1."""
        gram = hashed[left] ^ hashed[right] << 1
        want = gram >> 32 & 0xFFFF or 1
        at = (gram & 0xFFFFFFFF) * bigram_size >> 32
        while held := bigrams[at]:
            if held == want:
                return at
            at = at + 1 if at + 1 < bigram_size else 0
        return -1

    def cost(first: int, second: int, word: int) -> int:
        """Return the cost of ``word``, remembered."""
        start, end = first << ID_BITS | second, second << ID_BITS | word
        key = start << ID_BITS | word
        found = costs.get(key)
        if found is not None:
            return found
        if len(costs) > _MOST_KEPT:
            costs.clear()
            pairs.clear()
        before, after = pairs.get(start), pairs.get(end)
        if before is None:
            before = pairs[start] = pair(first, second)
        if after is None:
            after = pairs[end] = pair(second, word)
        backed_off = COARSE * bigram[after] if after >= 0 else unigram[word] + unigram_backoff[second]
        if before < 0:  # no trigram is kept without the bigram that it begins with
            found = backed_off
        else:
            gram = hashed[first] ^ hashed[second] << 1 ^ hashed[word] << 2
            want = gram >> 32 & 0xFFFF or 1
            at = (gram & 0xFFFFFFFF) * trigram_size >> 32
            while (held := trigrams[at]) != want and held:
                at = at + 1 if at + 1 < trigram_size else 0
            found = COARSE * trigram[at] if held else backed_off + backoff[before]
        costs[key] = found
        return found

    return cost


@cache
def default_model() -> ContextModel:
    """Return the model shipped with the package, opened once."""
    return ContextModel(Path(__file__).parent / "data" / "context.bin")
