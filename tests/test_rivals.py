from __future__ import annotations

import pytest

from despin.edits import Edit, minimise
from despin.pipeline import Options, default_pipeline
from despin.rivals import Explanation


@pytest.fixture(scope="module")
def explained(seed: str) -> list[Explanation]:
    return default_pipeline().explain(seed, Options())


def test_what_is_explained_is_what_fix_gives(seed: str, explained: list[Explanation]) -> None:
    result = default_pipeline().fix(seed, Options())
    assert [item.edit for item in explained if item.made] == result.edits
    assert [item.edit for item in explained if not item.made] == result.suggestions


def test_the_chosen_reading_is_the_edit_itself(explained: list[Explanation]) -> None:
    chosen = [(item, item.chosen) for item in explained if item.chosen]
    assert len(chosen) > 0.9 * len(explained)
    for item, rival in chosen:
        assert item.edit.original in rival.original  # the edit leaves out what both sides share
        assert item.edit.spun in rival.spun


@pytest.mark.parametrize(
    ("text", "spun", "original"),
    [
        ("It was an ultimate warning within the jap area, he mentioned.", "an", "a"),
    ],
)
def test_what_only_a_restored_word_brings_about_was_not_chosen(text: str, spun: str, original: str) -> None:
    found = default_pipeline().explain(text, Options(assume="spun"))
    assert [(item.edit.spun, item.edit.original) for item in found if item.chosen is None] == [
        (spun, original)
    ]


def test_rivals_come_likeliest_first_and_leave_the_rest_to_what_stands_there(
    explained: list[Explanation],
) -> None:
    for item in explained:
        chances = [rival.probability for rival in item.rivals]
        assert chances == sorted(chances, reverse=True)
        assert item.kept == pytest.approx(max(0, 1 - sum(chances)), abs=1e-4)


def test_a_longer_slot_over_the_same_words_is_a_rival_only_with_a_chance(
    explained: list[Explanation],
) -> None:
    for item in explained:
        for rival in item.rivals:
            assert rival.spun == item.edit.spun or rival.probability >= 0.01


def test_what_restores_the_same_is_one_rival(explained: list[Explanation]) -> None:
    for item in explained:
        told = [
            minimise(Edit(0, len(rival.spun), rival.spun, rival.original, "", 1.0)) for rival in item.rivals
        ]
        pairs = [(edit.spun, edit.original) for edit in told]
        assert len(pairs) == len(set(pairs))


def test_a_rule_names_no_file(explained: list[Explanation]) -> None:
    rules = [rival for item in explained for rival in item.rivals if rival.entry.startswith("rule:")]
    assert {rival.entry for rival in rules} >= {"rule:broken-number", "rule:dropped-more"}
    assert {(rival.file, rival.line, rival.dialect) for rival in rules} == {("", 0, "")}
