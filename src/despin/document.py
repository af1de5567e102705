"""A text as tokens, sentences, paragraphs and shields, over the text as it is.

Everything here is a span in code points of the untouched text: nothing is
normalised, blanked or moved, so an edit can always be put back where it came
from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from despin.shields import Shield, find_shields
from despin.tokens import TOKEN, fold

_PARAGRAPH_END = re.compile(r"(?:\r\n|\r|\n|\u0085|\u2028|\u2029)")
#: A line this long was not wrapped by hand, so its end is a paragraph's end.
_LONG_LINE = 100
_SENTENCE_ENDS = frozenset(".!?:")
#: What ends in a full stop and goes on with a name, as initials do.
_TITLES = frozenset(
    {"capt", "col", "dr", "gen", "gov", "hon", "lt", "messrs", "mr", "mrs", "ms", "prof", "rep", "rev"}
    | {"sen", "sgt", "st"}
)
#: Marks after which a word may still open its sentence.
_OPENERS = frozenset('"([•*')


class Document(NamedTuple):
    """A text and what is known about its tokens; lists are parallel, one item a token."""

    text: str
    #: Folded tokens: lower case, straight quotes.
    words: list[str]
    starts: list[int]
    ends: list[int]
    #: Paragraph number of each token.
    paragraph: list[int]
    #: Whether the token opens a sentence, where a capital says nothing.
    opens: list[bool]
    #: Why the token must stay ("quote", "name", ...), or "".
    shielded: list[str]
    shields: list[Shield]
    paragraphs: list[tuple[int, int]]

    def form(self, first: int, last: int) -> str:
        """Return tokens ``first`` to ``last``, the last excluded, folded and a space between them."""
        return " ".join(self.words[first:last])

    def surface(self, first: int, last: int) -> str:
        """Return the text of tokens ``first`` to ``last``, the last excluded."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def read(text: str, quotes: str = "keep", allow: tuple[str, ...] = ()) -> Document:
    """Return ``text`` as a :class:`Document`; ``quotes="repair"`` leaves speech unshielded.

    The phrases of ``allow`` are shielded, in any case and wherever they stand.

    >>> document = read("He said: “No way.”")
    >>> document.words
    ['he', 'said', ':', '"', 'no', 'way', '.', '"']
    >>> document.shielded[3:]
    ['quote', 'quote', 'quote', 'quote', 'quote']
    """
    paragraphs = find_paragraphs(text)
    shields = find_shields(text, paragraphs)
    if quotes == "repair":
        shields = [shield for shield in shields if shield.kind != "quote"]
    folded = fold(text)
    starts, ends, owner = [], [], []
    for number, (begin, end) in enumerate(paragraphs):
        for match in TOKEN.finditer(text, begin, end):
            starts.append(match.start())
            ends.append(match.end())
            owner.append(number)
    words = [folded[start:end] for start, end in zip(starts, ends, strict=True)]
    if allowed := list(_allowed(words, starts, ends, allow)):
        shields = sorted([*shields, *allowed])
    opens = _sentence_openers(words, owner)
    shielded = _shielded(text, words, starts, ends, opens, shields)
    return Document(text, words, starts, ends, owner, opens, shielded, shields, paragraphs)


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs of ``text``.

    A paragraph ends at a blank line, and at the end of a line too long to have
    been wrapped by hand.
    """
    found: list[tuple[int, int]] = []
    begin = line = 0
    for match in [*_PARAGRAPH_END.finditer(text), None]:
        end = match.start() if match else len(text)
        after = match.end() if match else len(text)
        blank = not text[line:end].strip()
        if blank or end - line > _LONG_LINE or match is None:
            if text[begin:end].strip():
                found.append((begin, end))
            begin = after
        line = after
    return found


def _allowed(
    words: list[str], starts: list[int], ends: list[int], phrases: tuple[str, ...]
) -> Iterator[Shield]:
    """Yield a shield for each place where one of ``phrases`` stands."""
    wanted = _by_first(phrases)
    for at, word in enumerate(words if wanted else ()):
        for tokens in wanted.get(word, ()):
            if words[at : at + len(tokens)] == tokens:
                yield Shield(starts[at], ends[at + len(tokens) - 1], "allowed")


@cache
def _by_first(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """Return the tokens of ``phrases`` by their first."""
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        if tokens := TOKEN.findall(fold(phrase)):
            found.setdefault(tokens[0], []).append(tokens)
    return found


def _sentence_openers(words: list[str], owner: list[int]) -> list[bool]:
    opens, fresh, paragraph, before = [], True, -1, ""
    for word, number in zip(words, owner, strict=True):
        if number != paragraph:
            fresh, paragraph, before = True, number, ""
        if word[0].isalnum():
            opens.append(fresh)
            fresh = False
        else:
            opens.append(False)
            is_short = word == "." and (before in _TITLES or (len(before) == 1 and before.isalpha()))
            fresh = fresh or (word in _SENTENCE_ENDS and not is_short) or word in _OPENERS
        before = word
    return opens


def _shielded(
    text: str,
    words: list[str],
    starts: list[int],
    ends: list[int],
    opens: list[bool],
    shields: list[Shield],
) -> list[str]:
    """Return each token's reason to stay, from the shields and from its own shape."""
    reasons = [""] * len(words)
    names: set[str] = set()
    for at, (start, word) in enumerate(zip(starts, words, strict=True)):
        if word[0].isdigit():
            reasons[at] = "number"
        elif text[start].isupper() and (not opens[at] or text[start + 1 : ends[at]].isupper()):
            reasons[at] = "name"
            names.add(word)
    lower = {word for start, word in zip(starts, words, strict=True) if text[start].islower()}
    names -= lower
    for at, word in enumerate(words):
        if word in names and opens[at] and text[starts[at]].isupper():
            reasons[at] = "name"  # seen as a name elsewhere: "Price said ... when Price left"
    at = 0
    for start, end, kind in shields:
        while at < len(words) and ends[at] <= start:
            at += 1
        near = at
        while near < len(words) and starts[near] < end:
            if reasons[near] in {"", "name", "number"}:
                reasons[near] = kind
            near += 1
    return reasons
