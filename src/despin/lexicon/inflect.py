"""From a lemma pair to the pairs of forms that a spinner writes.

Forms come from LemmInflect (Jascob, 2019). It imports numpy, so this module
is for compiling and learning only, never for the way to one article.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from despin.lexicon.entry import Entry, Original

_VERB_TAGS = ("VB", "VBZ", "VBG", "VBD", "VBN")
_NOUN_TAGS = ("NN", "NNS")


def form_pairs(entry: Entry) -> Iterator[tuple[str, str, Original]]:
    """Yield ``(spun form, original form, original)`` for every inflection of ``entry``."""
    for original in entry.originals:
        seen: set[tuple[str, str]] = set()
        for pair in _pairs(entry, original.text):
            if pair not in seen and pair[0].lower() != pair[1].lower():
                seen.add(pair)
                yield *pair, original


def _pairs(entry: Entry, original: str) -> Iterator[tuple[str, str]]:
    yield entry.spun, original
    if not entry.inflect:
        return
    for tag in _VERB_TAGS if entry.pos == "verb" else _NOUN_TAGS:
        targets = phrase_forms(original, tag)
        for form in phrase_forms(entry.spun, tag):
            # "was" and "were" are one form to the tag; of variant spellings the first is enough.
            yield from ((form, target) for target in (targets if original == "be" else targets[:1]))


def phrase_forms(phrase: str, tag: str) -> tuple[str, ...]:
    """Return ``phrase`` with its head in the form ``tag`` (Penn Treebank), best spelling first.

    The head of a verb phrase is its first word, of a noun phrase its last or
    the one before "of".

    >>> phrase_forms("become a member of", "VBG")
    ('becoming a member of',)
    >>> phrase_forms("rate of interest", "NNS")
    ('rates of interest',)
    """
    words = phrase.split(" ")
    head = _noun_head(words) if tag in _NOUN_TAGS else 0
    return tuple(" ".join([*words[:head], form, *words[head + 1 :]]) for form in _forms(words[head], tag))


def lemma_pair(spun: str, original: str, pos: str) -> tuple[str, str] | None:
    """Return the base forms of two wordings that are in the same form of a verb or noun, if they are.

    >>> lemma_pair("burdened", "stressed", "verb")
    ('burden', 'stress')
    """
    tags = reversed(_VERB_TAGS if pos == "verb" else _NOUN_TAGS)
    spun_bases, original_bases = _bases(spun, pos), _bases(original, pos)
    for tag in tags:
        for left in spun_bases:
            for right in original_bases:
                if left != right and spun in phrase_forms(left, tag) and original in phrase_forms(right, tag):
                    return left, right
    return None


def _bases(phrase: str, pos: str) -> list[str]:
    from lemminflect import getLemma

    words = phrase.split(" ")
    head = 0 if pos == "verb" else _noun_head(words)
    lemmas = getLemma(words[head], "VERB" if pos == "verb" else "NOUN")
    return [" ".join([*words[:head], lemma, *words[head + 1 :]]) for lemma in lemmas]


def _noun_head(words: list[str]) -> int:
    return words.index("of") - 1 if "of" in words[1:] else len(words) - 1


#: Where the library lacks a form, or puts a rarer one first.
_BETTER = {
    ("be", "VBD"): ("was", "were"),
    ("be", "VBZ"): ("is",),
    ("bid", "VBD"): ("bid",),
    ("bid", "VBN"): ("bid",),
    ("get", "VBN"): ("got", "gotten"),
    ("people", "NNS"): ("people",),
    ("stay", "VBD"): ("stayed",),
    ("stay", "VBN"): ("stayed",),
}


@cache
def _forms(lemma: str, tag: str) -> tuple[str, ...]:
    from lemminflect import getInflection

    if found := _BETTER.get((lemma, tag)):
        return found
    forms: tuple[str, ...] = getInflection(lemma, tag)
    # Beside "kids" the library offers "kid" as a plural.
    return tuple(dict.fromkeys(form for form in forms if tag != "NNS" or form != lemma or len(forms) == 1))
