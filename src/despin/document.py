"""A text as tokens, sentences, paragraphs and shields, over the text as it is.

Everything here is a span in code points of the untouched text: nothing is
normalised, blanked or moved, so an edit can always be put back where it came
from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import compress, repeat
from operator import ne
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
#: Reasons to stay that a token has by itself; any shield over it says more.
_OWN_SHAPE = frozenset({"", "name", "number"})
_BEFORE_SENTENCES = _SENTENCE_ENDS | _OPENERS


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

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the tokens ``[first, last)`` of each paragraph that has any."""
        start = 0
        while start < len(self.words):
            end = bisect_right(self.paragraph, self.paragraph[start], start)
            yield start, end
            start = end

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
    # Steps over all tokens are C functions mapped over them here: each text goes through.
    spans: list[tuple[int, int]] = []
    owner: list[int] = []
    for number, (begin, end) in enumerate(paragraphs):
        spans += map(re.Match.span, TOKEN.finditer(text, begin, end))
        owner += repeat(number, len(spans) - len(owner))
    starts, ends = map(list, zip(*spans, strict=True)) if spans else ([], [])
    words = list(map(folded.__getitem__, map(slice, starts, ends)))
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
    for at in compress(range(len(words)), map(wanted.__contains__, words)):
        for tokens in wanted[words[at]]:
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
    count = len(words)
    opens = [False] * count
    spoken = [at for at, word in enumerate(words) if word[0].isalnum()]
    marks = compress(range(count), map(_BEFORE_SENTENCES.__contains__, words))
    begins = [0, *compress(range(1, count), map(ne, owner, owner[1:]))]
    begins += [at + 1 for at in marks if not _is_short(words, owner, at)]
    for start in begins:
        for opener in spoken[(at := bisect_left(spoken, start)) : at + 1]:
            opens[opener] = True
    return opens


def _is_short(words: list[str], owner: list[int], at: int) -> bool:
    """Tell whether the mark ``at`` that place only ends an initial or a title."""
    if words[at] != "." or not at or owner[at - 1] != owner[at]:
        return False
    before = words[at - 1]
    return before in _TITLES or (len(before) == 1 and before.isalpha())


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
    letters = list(map(text.__getitem__, starts))
    for at in compress(range(len(words)), map(str.isdigit, letters)):
        reasons[at] = "number"
    capital = list(compress(range(len(words)), map(str.isupper, letters)))
    plain = [at for at in capital if not opens[at] or text[starts[at] + 1 : ends[at]].isupper()]
    for at in plain:
        reasons[at] = "name"
    names = {words[at] for at in plain}.difference(compress(words, map(str.islower, letters)))
    for at in capital:
        if opens[at] and words[at] in names:
            reasons[at] = "name"  # seen as a name elsewhere: "Price said ... when Price left"
    for start, end, kind in shields:
        for at in range(bisect_right(ends, start), bisect_left(starts, end)):
            if reasons[at] in _OWN_SHAPE:
                reasons[at] = kind
    return reasons
