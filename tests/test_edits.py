from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.edits import Edit, EditError, apply_edits, compose, match_case, minimise, revert_edits


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=60))
    return text, draw(edits_of(text))


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if edits and start < edits[-1].end:
            continue
        original = draw(st.text(max_size=8))
        if start < end and original != text[start:end]:
            edits.append(Edit(start, end, text[start:end], original, "e", 0.9))
    return edits


@given(texts_with_edits())
def test_revert_undoes_apply(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert revert_edits(apply_edits(text, edits), edits) == text


@given(texts_with_edits())
def test_only_edits_change(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    gaps, at = [], 0
    for edit in edits:
        gaps.append(text[at : edit.start])
        at = edit.end
    pieces = [piece for gap, edit in zip(gaps, edits, strict=True) for piece in (gap, edit.original)]
    assert apply_edits(text, edits) == "".join([*pieces, text[at:]])


@given(st.data())
def test_composition_does_one_after_the_other(data: st.DataObject) -> None:
    text, first = data.draw(texts_with_edits())
    middle = apply_edits(text, first)
    second = data.draw(edits_of(middle))
    both = compose(text, first, second)
    assert apply_edits(text, both) == apply_edits(middle, second)
    assert revert_edits(apply_edits(text, both), both) == text


def test_overlap_is_refused() -> None:
    edits = [Edit(0, 3, "abc", "x", "e", 1.0), Edit(2, 4, "cd", "y", "e", 1.0)]
    with pytest.raises(EditError, match="overlaps"):
        apply_edits("abcd", edits)


def test_edits_of_another_text_are_refused() -> None:
    with pytest.raises(EditError, match="does not read"):
        apply_edits("abcd", [Edit(0, 2, "xx", "y", "e", 1.0)])


@pytest.mark.parametrize(
    ("spun", "original", "opens", "expected"),
    [
        ("Folks", "people", True, "People"),
        ("folks", "people", True, "people"),
        ("Folks", "people", False, "people"),
        ("FOLKS", "people", False, "PEOPLE"),
        ("jap", "eastern", False, "eastern"),
    ],
)
def test_case_follows_the_text(spun: str, original: str, opens: bool, expected: str) -> None:
    assert match_case(spun, original, opens=opens) == expected


def test_minimised_edit_keeps_what_both_sides_share() -> None:
    edit = minimise(Edit(10, 20, "within the", "in the", "e", 0.9))
    assert (edit.start, edit.end, edit.spun, edit.original) == (10, 16, "within", "in")


def test_minimised_edit_never_becomes_empty() -> None:
    edit = minimise(Edit(0, 4, "than", "more than", "e", 0.9))
    assert (edit.spun, edit.original) == ("than", "more than")
