"""How likely is a word after the two before it? The context model.

An interpolated Kneser-Ney trigram model over clean news (Chen and Goodman,
1999). N-grams live in fingerprint tables: 16 bits tell keys apart, so about
one look-up of an unseen n-gram in ten thousand is taken for a seen one, which
costs nothing measurable and a third of the size of exact keys.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from despin.tables import Strings, Tables, mix
from despin.tokens import number_class, words

#: Nats per step of a log probability: all sums are sums of whole steps, so that they are exact.
STEP = 0.04
#: Steps per unit of the bytes that n-gram probabilities are stored in.
COARSE = 2
#: Bits per word id in an n-gram key.
ID_BITS = 17
#: The token that stands between paragraphs.
BREAK = "<p>"
#: Word ids up to this are function words, by and large: a class each, and no topic.
OWN_CLASS = 160
#: The class of names, whatever their word.
NAME = 255
TOPICS = 32
_MISSING = -1


class _Grams:
    """One n-gram order: fingerprints in open addressing, values beside them."""

    def __init__(self, tables: Tables, name: str) -> None:
        self._prints = tables[f"{name}.prints"]
        self._size = len(self._prints)

    def slot(self, key: int) -> int:
        """Return the slot that holds ``key``, or -1."""
        hashed = mix(key)
        want = hashed & 0xFFFF or 1
        at = ((hashed >> 32) * self._size) >> 32
        prints = self._prints
        while held := prints[at]:
            if held == want:
                return at
            at += 1
            if at == self._size:
                at = 0
        return _MISSING


class ContextModel:
    """P(word | two words before), and classes of words, from a file made by ``tools/train``."""

    def __init__(self, path: Path) -> None:
        """Open the model at ``path``; raises ``TableError`` when it is damaged."""
        self.tables = tables = Tables(path)
        self.meta = tables.meta
        self._strings = Strings(tables, "vocabulary")
        self._unigram = tables["unigram.cost"]
        self._unigram_backoff = tables["unigram.backoff"]
        self._bigrams = _Grams(tables, "bigram")
        self._bigram = tables["bigram.cost"]
        self._bigram_backoff = tables["bigram.backoff"]
        self._trigrams = _Grams(tables, "trigram")
        self._trigram = tables["trigram.cost"]
        #: A word's class by its ending, and by the company it keeps.
        self.ending = tables["word.ending"]
        self.cluster = tables["word.cluster"]
        self._topic = tables["word.topic"]
        self._topicality = tables["word.topicality"]
        self._ids: dict[str, int] = {}
        self._cost: dict[int, int] = {}
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

    def cost(self, first: int, second: int, word: int) -> int:
        """Return -ln P(``word`` | ``first`` ``second``) in steps of ``STEP`` nats, all given as ids."""
        key = (first << ID_BITS | second) << ID_BITS | word
        cached = self._cost.get(key)
        if cached is not None:
            return cached
        if len(self._cost) > 1_000_000:  # keep memory flat on a long run
            self._cost.clear()
        at = self._trigrams.slot(key)
        value = COARSE * self._trigram[at] if at != _MISSING else self._backed_off(first, second, word)
        self._cost[key] = value
        return value

    def path_cost(self, path: list[int]) -> int:
        """Return the summed cost of all words of ``path`` but the first two, which are context."""
        cost = self.cost
        return sum(map(cost, path, path[1:], path[2:]))

    def _backed_off(self, first: int, second: int, word: int) -> int:
        at = self._bigrams.slot(second << ID_BITS | word)
        if at != _MISSING:
            value: int = COARSE * self._bigram[at]
        else:
            value = self._unigram[word] + self._unigram_backoff[second]
        at = self._bigrams.slot(first << ID_BITS | second)
        return value if at == _MISSING else value + self._bigram_backoff[at]

    def topic(self, ids: list[int]) -> int:
        """Return the topic (0 to ``TOPICS`` - 1) that most of the distinct words ``ids`` speak for."""
        votes = [0] * TOPICS
        topic, topicality = self._topic, self._topicality
        for ident in set(ids):
            votes[topic[ident]] += topicality[ident]
        return votes.index(max(votes))


@cache
def default_model() -> ContextModel:
    """Return the model shipped with the package, opened once."""
    return ContextModel(Path(__file__).parent / "data" / "context.bin")
