"""Words as the context model and the lexicon see them.

One tokenizer serves reading, training and compiling: a model trained on other
tokens than it is asked about would be wrong without a sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A number with its separators and suffix ("1,000", "8.5", "2nd"), a word with inner apostrophes
#: and hyphens ("didn't", "US-led"), a possessive or clipped "'s" of its own, or one other mark.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+(?:['’-](?![sS]\b)\w+)*|['’][sS]\b|[^\w\s]")

_FOLD = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("‐", "-"), ("‑", "-"))


def fold(text: str) -> str:
    """Lower-case ``text`` and straighten its quotes, keeping every offset.

    >>> fold("It’s THE")
    "it's the"
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" grows when lowered; spans must not move
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for mark, plain in _FOLD:  # ``translate`` looks at every letter, and takes fifteen times as long
        lowered = lowered.replace(mark, plain)
    return lowered


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of each token of ``text`` in code points."""
    for match in TOKEN.finditer(text):
        yield match.span()


def words(text: str) -> list[str]:
    """Return the folded tokens of ``text``.

    >>> words("Kirby’s 1,000 men")
    ['kirby', "'s", '1,000', 'men']
    """
    return TOKEN.findall(fold(text))


def number_class(word: str) -> str | None:
    """Return the class that stands for a number in the context model.

    Years, the count of digits and "everything else with a digit first" are
    kept apart; which number it is tells nothing about its neighbours.

    >>> number_class("2014"), number_class("30,000"), number_class("men")
    ('<year>', '<n5>', None)
    """
    if not word[0].isdigit():
        return None
    digits = word.replace(",", "")
    if not digits.isdigit():
        return "<num>"
    if len(word) == 4 and word[:2] in {"19", "20"}:
        return "<year>"
    return f"<n{min(len(digits), 6)}>"
