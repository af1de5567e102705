"""Edits: what is changed, why, and the algebra that makes it safe.

An edit names a span of the text *as it was read*, in code points. Edits do not
overlap; applying them changes nothing else, and reverting them gives the text
back letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


class EditError(ValueError):
    """Edits overlap, or do not belong to the text."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One restoration: the text's ``[start, end)`` reads ``spun`` and read ``original`` before."""

    start: int
    end: int
    #: What stands there now.
    spun: str
    #: What is restored.
    original: str
    #: The lexicon entry or rule that knows the pair.
    entry: str
    #: Probability that the original stood there, 0 to 1.
    confidence: float
    #: Why, in words.
    reasons: tuple[str, ...] = ()


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits`` made; raises ``EditError`` when they do not fit it.

    >>> apply_edits("He mentioned no.", [Edit(3, 12, "mentioned", "said", "x", 0.9)])
    'He said no.'
    """
    pieces, at = [], 0
    for edit in _checked(text, edits):
        pieces += [text[at : edit.start], edit.original]
        at = edit.end
    return "".join([*pieces, text[at:]])


def revert_edits(fixed: str, edits: Iterable[Edit]) -> str:
    """Return the text that ``edits`` were made in; raises ``EditError`` when they were not.

    >>> revert_edits("He said no.", [Edit(3, 12, "mentioned", "said", "x", 0.9)])
    'He mentioned no.'
    """
    return apply_edits(fixed, inverted(edits))


def inverted(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits, by place, that undo ``edits`` in the text that they leave."""
    shift, found = 0, []
    for edit in sorted(edits, key=_place):
        start = edit.start + shift
        end = start + len(edit.original)
        found.append(Edit(start, end, edit.original, edit.spun, edit.entry, edit.confidence, edit.reasons))
        shift += len(edit.original) - (edit.end - edit.start)
    return found


def shifted(edit: Edit, by: int) -> Edit:
    """Return ``edit`` moved ``by`` code points, as an edit of a longer or shorter stretch of its text."""
    # Written out: ``replace`` takes five times as long, and every edit of a long file is moved.
    return Edit(
        edit.start + by, edit.end + by, edit.spun, edit.original, edit.entry, edit.confidence, edit.reasons
    )


def apart(suggestions: Iterable[Edit], edits: Sequence[Edit]) -> list[Edit]:
    """Return those of ``suggestions`` that overlap none of ``edits``."""
    return [
        item
        for item in suggestions
        if not any(item.start < edit.end and edit.start < item.end for edit in edits)
    ]


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return edits of ``text`` that do what ``first`` does and then ``second``.

    ``second`` are edits of the text that ``first`` leaves. Where both touch,
    one edit from the outer start to the outer end remains.
    """
    if not first or not second:
        return [edit for edit in sorted(first or second, key=_place) if edit.spun != edit.original]
    middle = apply_edits(text, first)
    done = zip(inverted(first), sorted(first, key=_place), strict=True)
    joined: list[tuple[int, int, list[Edit], list[Edit]]] = []
    spans: list[tuple[int, int, list[Edit], list[Edit]]] = [(x.start, x.end, [edit], []) for x, edit in done]
    spans += [(x.start, x.end, [], [x]) for x in second]
    for start, end, old, new in sorted(spans, key=lambda span: (span[0], span[1])):
        if joined and start < joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(end, before[1]), before[2] + old, before[3] + new))
        else:
            joined.append((start, end, old, new))
    result, shift = [], 0
    for start, end, old, new in joined:
        width = sum((x.end - x.start) - len(x.original) for x in old)
        begin, finish = start + shift, end + shift + width
        shift += width
        inner = [replace(x, start=x.start - start, end=x.end - start) for x in new]
        original = apply_edits(middle[start:end], inner)
        told = (new or old)[0]
        reasons = tuple(dict.fromkeys(reason for x in [*old, *new] for reason in x.reasons))
        merged = replace(
            told, start=begin, end=finish, spun=text[begin:finish], original=original, reasons=reasons
        )
        if merged.spun != merged.original:
            result.append(merged)
    return result


def match_case(spun: str, original: str, *, opens: bool) -> str:
    """Give ``original`` the capitals of ``spun``.

    Only a first letter that opens a sentence, or a form all in capitals, says
    anything; elsewhere the lexicon's own spelling stands.

    >>> match_case("Folks", "people", opens=True)
    'People'
    >>> match_case("ARMY BASE", "military base", opens=False)
    'MILITARY BASE'
    """
    letters = [char for char in spun if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return original.upper()
    if opens and spun[:1].isupper():
        return original[:1].upper() + original[1:]
    return original


def minimise(edit: Edit) -> Edit:
    """Trim whole words that both sides share, so that the edit says only what changes.

    >>> edit = minimise(Edit(0, 10, "within the", "in the", "x", 0.9))
    >>> edit.start, edit.end, edit.spun, edit.original
    (0, 6, 'within', 'in')
    """
    spun, original = edit.spun.split(" "), edit.original.split(" ")
    if "\n" in edit.spun or "  " in edit.spun:
        return edit
    head = 0
    while head < min(len(spun), len(original)) - 1 and spun[head] == original[head]:
        head += 1
    tail = 0
    limit = min(len(spun), len(original)) - head - 1
    while tail < limit and spun[-1 - tail] == original[-1 - tail]:
        tail += 1
    if head == tail == 0:
        return edit
    lead = sum(len(word) + 1 for word in spun[:head])
    left, right = " ".join(spun[head : len(spun) - tail]), " ".join(original[head : len(original) - tail])
    start = edit.start + lead
    return replace(edit, start=start, end=start + len(left), spun=left, original=right)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _checked(text: str, edits: Iterable[Edit]) -> list[Edit]:
    ordered, at = sorted(edits, key=_place), 0
    for edit in ordered:
        if edit.start < at or edit.end < edit.start:
            raise EditError(f"edit at {edit.start} overlaps the one before it")
        if text[edit.start : edit.end] != edit.spun:
            raise EditError(f"the text at {edit.start} does not read {edit.spun!r}")
        at = edit.end
    return ordered
