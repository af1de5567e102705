"""The indefinite article: which a word takes, by its sound, and how it follows what is restored."""

from __future__ import annotations

import re
from bisect import bisect_left

from despin.document import Document
from despin.edits import Edit, match_case
from despin.lexicon import Reading
from despin.match import Slot

#: Vowel letters that sound as consonants, and silent h; the rest goes by letter.
_CONSONANT_SOUND = r"(?:uni(?!n|m)|us[eaiu]|ut[ei]|eu|ew|one\b|once\b|ubiq|u\b|ufo)"
_VOWEL_SOUND = r"(?:[aeiou]|hour|honest|honou?r|heir)"
#: Letters whose names begin with a vowel: "an MP", "an FBI agent".
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
#: ln P(a stale or a fitting article | the article before the swap).
_ARTICLE_LOGP = -1.5
_VOWEL_NUMBER = r"(?:8|11(?!\d)|18(?!\d)|11,|18,)"


def indefinite_article(word: str) -> str:
    """Return "a" or "an" for the word that follows.

    >>> [indefinite_article(word) for word in ("power", "energy", "union", "hour", "MP", "80")]
    ['a', 'an', 'a', 'an', 'an', 'an']
    """
    if word[:1].isdigit():
        return "an" if re.match(_VOWEL_NUMBER, word) else "a"
    if len(word) > 1 and word.isupper():
        return "an" if word[0] in _VOWEL_LETTERS else "a"
    low = word.lower()
    return "an" if re.match(_VOWEL_SOUND, low) and not re.match(_CONSONANT_SOUND, low) else "a"


def article_slots(document: Document, slots: list[Slot]) -> list[Slot]:
    """Let "a" and "an" before a slot follow what the slot restores."""
    found = []
    for place in sorted({slot.first for slot in slots}):
        before = place - 1
        if before < 0 or document.shielded[before] or document.words[before] not in {"a", "an"}:
            continue
        other = "an" if document.words[before] == "a" else "a"
        found.append(Slot(before, place, (Reading(other, -1, "article", _ARTICLE_LOGP, free=True),)))
    return found


def article_edits(document: Document, edits: list[Edit]) -> list[Edit]:
    """Return the edits of articles that no longer fit the restored word behind them."""
    starts, extra = document.starts, []
    for number, edit in enumerate(edits):
        behind = bisect_left(starts, edit.start)
        token = behind - 1
        if token < 0 or starts[behind : behind + 1] != [edit.start] or document.shielded[token]:
            continue
        article = document.words[token]
        if article not in {"a", "an"} or not edit.original:
            continue
        wanted = indefinite_article(edit.original.split()[0])
        if wanted == article:
            continue
        start, end = document.starts[token], document.ends[token]
        if number and edits[number - 1].end > start:
            continue
        spun = document.text[start:end]
        original = match_case(spun, wanted, opens=document.opens[token])
        reasons = (f"the article follows “{edit.original}”",)
        extra.append(Edit(start, end, spun, original, "rule:article", edit.confidence, reasons))
    return extra
