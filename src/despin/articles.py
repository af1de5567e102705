"""Which indefinite article a word takes, by its sound."""

from __future__ import annotations

import re

#: Vowel letters that sound as consonants, and silent h; the rest goes by letter.
_CONSONANT_SOUND = re.compile(r"(?:uni(?!n|m)|us[eaiu]|ut[ei]|eu|ew|one\b|once\b|ubiq|u\b|ufo)")
_VOWEL_SOUND = re.compile(r"(?:[aeiou]|hour|honest|honou?r|heir)")
#: Letters whose names begin with a vowel: "an MP", "an FBI agent".
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_VOWEL_NUMBER = re.compile(r"(?:8|11(?!\d)|18(?!\d)|11,|18,)")


def indefinite_article(word: str) -> str:
    """Return "a" or "an" for the word that follows.

    >>> [indefinite_article(word) for word in ("power", "energy", "union", "hour", "MP", "80")]
    ['a', 'an', 'a', 'an', 'an', 'an']
    """
    if word[:1].isdigit():
        return "an" if _VOWEL_NUMBER.match(word) else "a"
    if len(word) > 1 and word.isupper():
        return "an" if word[0] in _VOWEL_LETTERS else "a"
    low = word.lower()
    return "an" if _VOWEL_SOUND.match(low) and not _CONSONANT_SOUND.match(low) else "a"
