"""Near-phrases: a spun form with a typo, another space, hyphen, ending or one word more.

Fuzzy matching of every window would take minutes, and would find spun forms in
honest prose. So it starts only from an anchor: a word nobody knows that is a
letter or two from a word of the lexicon, a hyphen, or the one telling word of
a phrase standing letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import compress, repeat
from operator import contains

from despin.document import Document
from despin.lexicon import ANCHOR_LETTERS, Anchored, Lexicon
from despin.match import Slot, is_open

#: ln of how much less a near-phrase is worth, by what sets it apart; another ending costs at most this.
_SPACING, _ARTICLE, _ENDING, _TYPO, _INSERTED = -0.3, -0.3, -1.0, -0.5, -2.5
#: Words this near (rapidfuzz ratio, 0 to 100) are one word with another ending or a typo.
_WORD_RATIO = 80.0
_TYPO_LETTERS = 6
#: How many words before and after a word read anew a phrase may reach.
_REACH = 4
_ARTICLES = frozenset({"a", "an"})
#: Words too many that say nothing, and those that say the opposite.
_LITTLE = frozenset({"a", "an", "the"})
_TURNING = frozenset({"no", "not", "never", "nor", "without", "hardly", "barely", "scarcely", "neither"})
#: A bar that no confidence reaches.
_SUGGESTED = 2.0
_ENDINGS = ("s", "es", "ed", "ing", "ly", "er", "ers")


class NearMatcher:
    """Finds near-phrases of one lexicon."""

    def __init__(self, lexicon: Lexicon, is_known: Callable[[str], bool]) -> None:
        """Take the lexicon, and a test whether a word is in anyone's vocabulary."""
        self._lexicon = lexicon
        self._is_known = is_known
        self._anchors: dict[str, _Phrases] = {}

    def find(self, document: Document) -> Iterator[Slot]:
        """Yield the near-phrases of ``document``; what reads letter by letter is none."""
        nearest: dict[tuple[int, int], Slot] = {}
        for slot in self._candidates(document):
            first, last = span = slot.first, slot.last
            if not is_open(document, first, last) or self._lexicon.readings(document.form(first, last)):
                continue
            if span not in nearest or nearest[span].penalty < slot.penalty:
                nearest[span] = slot
        yield from nearest.values()

    def _candidates(self, document: Document) -> Iterator[Slot]:
        words, shielded, is_known = document.words, document.shielded, self._is_known
        places, sizes = range(len(words)), [*map(len, words)]
        for at in compress(places, map(ANCHOR_LETTERS.__le__, sizes)):
            phrases = self._anchors.get(words[at]) or self._anchor(words[at])
            if phrases.by_beside:
                yield from self._around_anchor(document, at, phrases)
        for at in compress(places, map(contains, words, repeat("-"))):
            if words[at] != "-":
                yield from self._spaced(document, at)
            elif self._is_cut(document, at - 1):
                yield from self._reread(document, at - 1, 3, [words[at - 1] + words[at + 1]], _SPACING)
        for at in compress(places, map(_TYPO_LETTERS.__le__, sizes)):
            word = words[at]
            if word.isalpha() and not shielded[at] and not is_known(word) and not self._is_cut(document, at):
                for whole in self._corrected(word):
                    yield from self._reread(document, at, 1, [whole], _TYPO)

    def _anchor(self, word: str) -> _Phrases:
        found = self._anchors[word] = _Phrases(self._lexicon.anchored(word))
        return found

    def _around_anchor(self, document: Document, at: int, phrases: _Phrases) -> Iterator[Slot]:
        """Compare the windows round an anchor with the ``phrases`` that have it."""
        words = document.words
        count = len(words)
        before, behind = words[at - 1] if at else "", words[at + 1] if at + 1 < count else ""
        # Most phrases differ in the word beside the anchor, which is told without a window.
        for beside in ((True, _start(before)), (False, _start(behind))):
            for tokens, place, _ in phrases.by_beside.get(beside, ()):
                size, first = len(tokens), at - place
                if 0 <= first <= count - size:
                    penalty = _difference(words[first : first + size], tokens)
                    if penalty:
                        yield self._slot(first, first + size, tokens, penalty)
        for reach in phrases.reaches:
            for back in (0, 1):  # the word too many stands behind the anchor or before it
                end = at + reach - back
                for tokens, place, _ in phrases.by_end.get((reach, words[end]), ()) if end < count else ():
                    if (first := at - place - back) >= 0:
                        yield from self._one_too_many(document, first, tokens)

    def _one_too_many(self, document: Document, first: int, tokens: list[str]) -> Iterator[Slot]:
        """Yield the phrase ``tokens`` if it begins at ``first``, with a word too many."""
        last = first + len(tokens) + 1
        extra = _insertion(document.words[first:last], tokens)
        if extra and extra not in _TURNING:
            slot = self._slot(first, last, tokens, _INSERTED)
            # A word is lost with it, so it is not for us to decide.
            only = tuple(reading._replace(bar=_SUGGESTED) for reading in slot.readings)
            yield slot if extra in _LITTLE else slot._replace(readings=only)

    def _spaced(self, document: Document, at: int) -> Iterator[Slot]:
        """A hyphen where the spun form has a space."""
        yield from self._reread(document, at, 1, document.words[at].split("-"), _SPACING)

    def _is_cut(self, document: Document, at: int) -> bool:
        """Tell whether the word was cut in two at a line's end."""
        words = document.words
        if not 0 <= at < len(words) - 2 or words[at + 1] != "-":
            return False
        if not words[at].isalpha() or document.shielded[at]:
            return False
        return (
            document.ends[at] == document.starts[at + 1]
            and "\n" in document.text[document.ends[at + 1] : document.starts[at + 2]]
        )

    def _reread(
        self, document: Document, at: int, width: int, parts: list[str], penalty: float
    ) -> Iterator[Slot]:
        """Yield the spun forms that show when tokens ``[at, at + width)`` are read as ``parts``."""
        start = max(0, at - _REACH)
        before, after = document.words[start:at], document.words[at + width : at + width + _REACH]
        joined = [*before, *parts, *after]
        shift = width - len(parts)
        for first in range(len(before) + len(parts)):
            for length in self._lexicon.phrase_lengths(joined[first]):
                last = first + length
                if last <= len(before) or last > len(joined):
                    continue
                inside = len(before) < first or len(before) < last < len(before) + len(parts)
                if inside or not (readings := self._lexicon.readings(" ".join(joined[first:last]))):
                    continue  # it begins or ends within the word that is read anew
                yield Slot(start + first, start + last + shift, readings, penalty)

    def _corrected(self, word: str) -> list[str]:
        """Return the lexicon's words that an unknown ``word`` may be a typo of, a letter astray."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if any(word.endswith(end) and self._is_known(word.removesuffix(end)) for end in _ENDINGS):
            return []  # "taverns" is no typo of "caverns", if "tavern" is a word
        sizes = range(len(word) - 1, len(word) + 2)
        alike = [near for size in sizes for near in self._words.get((word[0], size), ())]
        found = extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=8)
        nearest = sorted(str(hit[0]) for hit in found)
        # Of words as near, the one with the same ending: "despatchd" is "despatched", not "despatch".
        return sorted(nearest, key=lambda near: near[-1] != word[-1])

    @cached_property
    def _words(self) -> dict[tuple[str, int], list[str]]:
        """The lexicon's words by first letter and length: a typo leaves the first as it is."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in self._lexicon.words:
            found.setdefault((word[0], len(word)), []).append(word)
        return found

    def _slot(self, first: int, last: int, tokens: list[str], penalty: float) -> Slot:
        return Slot(first, last, self._lexicon.readings(" ".join(tokens)), penalty)


class _Phrases:
    """The spun phrases of an anchor, by the word beside it and by the word that ends them."""

    def __init__(self, phrases: Iterable[Anchored]) -> None:
        """Take the ``phrases``."""
        #: By whether the word beside the anchor stands before it, and how that word begins.
        self.by_beside: dict[tuple[bool, str], list[Anchored]] = {}
        #: Those of three words or more by how many are left from the anchor on, and the last of them.
        self.by_end: dict[tuple[int, str], list[Anchored]] = {}
        for phrase in phrases:
            tokens, place, beside = phrase
            self.by_beside.setdefault((place > 0, _start(beside)), []).append(phrase)
            if len(tokens) > 2:
                self.by_end.setdefault((len(tokens) - place, tokens[-1]), []).append(phrase)
        self.reaches = sorted({reach for reach, _ in self.by_end})


def _start(word: str) -> str:
    """Return what two words that may stand for each other in a near-phrase have in common."""
    return "a" if word in _ARTICLES else word[:3]


def _difference(window: list[str], tokens: list[str]) -> float:
    """Return the penalty of a window of the phrase's length; 0 when it is equal or another phrase."""
    if len(window) != len(tokens) or window == tokens:
        return 0.0
    penalty = 0.0
    for word, token in zip(window, tokens, strict=True):
        if word == token:
            continue
        if {word, token} <= _ARTICLES:
            penalty += _ARTICLE
        elif len(token) >= ANCHOR_LETTERS - 1 and (likeness := _likeness(word, token)):
            penalty += _ENDING * (1 - likeness)
        else:
            return 0.0
    return penalty if penalty >= _ENDING + _ARTICLE else 0.0


def _insertion(window: list[str], tokens: list[str]) -> str:
    """Return the one word too many inside a window; "" when it is not that."""
    if len(window) != len(tokens) + 1 or window[0] != tokens[0] or window[-1] != tokens[-1]:
        return ""
    for extra in range(1, len(window) - 1):
        if not window[extra].isalpha():
            continue
        rest = [*window[:extra], *window[extra + 1 :]]
        if all(w == t or {w, t} <= _ARTICLES for w, t in zip(rest, tokens, strict=True)):
            return window[extra]
    return ""


def _likeness(word: str, token: str) -> float:
    """Return how alike two forms of one word are: 0 for two words, towards 1 for one letter astray."""
    shorter, both = min(len(word), len(token)), len(word) + len(token)
    if word[:3] != token[:3] or 200 * shorter <= _WORD_RATIO * both:
        return 0.0
    stem = next((at for at, pair in enumerate(zip(word, token, strict=False)) if pair[0] != pair[1]), shorter)
    if set(word[stem:]).isdisjoint(token[stem:]):
        # Only the ending differs, and the ratio is plain: most articles need no import of rapidfuzz.
        alike = 200 * stem / both
    else:
        from rapidfuzz.fuzz import ratio

        alike = ratio(word, token)
    return max(0.0, (alike - _WORD_RATIO) / (100 - _WORD_RATIO))
