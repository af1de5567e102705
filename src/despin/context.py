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
from despin.tokens import number_class

#: Nats per step of the quantised log probabilities and back-off weights.
LOGP_STEP = 0.08
BACKOFF_STEP = 0.04
#: Bits per word id in an n-gram key.
ID_BITS = 17
#: The token that stands between paragraphs.
BREAK = "<p>"
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
    """P(word | two words before), from a table file made by ``tools/train_context.py``."""

    def __init__(self, path: Path) -> None:
        """Open the model at ``path``; raises ``TableError`` when it is damaged."""
        tables = Tables(path)
        self.meta = tables.meta
        self._strings = Strings(tables, "vocabulary")
        self._unigram = tables["unigram.logp"]
        self._unigram_backoff = tables["unigram.backoff"]
        self._bigrams = _Grams(tables, "bigram")
        self._bigram = tables["bigram.logp"]
        self._bigram_backoff = tables["bigram.backoff"]
        self._trigrams = _Grams(tables, "trigram")
        self._trigram = tables["trigram.logp"]
        self._ids: dict[str, int] = {}
        self._logp: dict[int, float] = {}
        self.start = self.id(BREAK)

    def id(self, word: str) -> int:
        """Return the id of a folded ``word``; 0 when the model has never seen it."""
        found = self._ids.get(word)
        if found is None:
            found = self._ids[word] = self._strings.find(number_class(word) or word) + 1
        return found

    def ids(self, words: list[str]) -> list[int]:
        """Return the ids of folded ``words``."""
        known = self._ids
        return [known[word] if word in known else self.id(word) for word in words]

    def logp(self, first: int, second: int, word: int) -> float:
        """Return ln P(``word`` | ``first`` ``second``), all given as ids."""
        key = (first << ID_BITS | second) << ID_BITS | word
        cached = self._logp.get(key)
        if cached is not None:
            return cached
        if len(self._logp) > 1_000_000:  # keep memory flat on a long run
            self._logp.clear()
        at = self._trigrams.slot(key)
        value = -LOGP_STEP * self._trigram[at] if at != _MISSING else self._backed_off(first, second, word)
        self._logp[key] = value
        return value

    def _backed_off(self, first: int, second: int, word: int) -> float:
        at = self._bigrams.slot(second << ID_BITS | word)
        if at != _MISSING:
            value = -LOGP_STEP * self._bigram[at]
        else:
            value = float(self._unigram[word] + self._unigram_backoff[second])
        at = self._bigrams.slot(first << ID_BITS | second)
        return value if at == _MISSING else value - BACKOFF_STEP * self._bigram_backoff[at]


@cache
def default_model() -> ContextModel:
    """Return the model shipped with the package, opened once."""
    return ContextModel(Path(__file__).parent / "data" / "context.bin")
