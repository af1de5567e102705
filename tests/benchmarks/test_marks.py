from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.marks import Marks, Repair

from despin.evaluate import case_from_marks, case_from_pair

ROOT = Path(__file__).parents[2]
GOLD = "He [[mentioned=>said]] the well-known [[greatest identified=>best known|best-known]] man met Kirby's."


def repair(text: str, spun: str, original: str) -> Repair:
    start = text.index(spun)
    return start, start + len(spun), original


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks" / "data").rglob("*.gold.txt")), ids=str)
def test_tokens_are_those_of_the_evaluation(path: Path) -> None:
    gold = path.read_text(encoding="utf-8")
    marked = [mark.split("=>")[0] for mark in gold.split("[[")[1:]]
    marks = Marks(case_from_marks(path.name, gold))
    assert [marks.surface(chunk) for chunk in marks.chunks] == marked


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ([("mentioned", "said")], True),
        ([("mentioned", "told")], False),
        ([("He mentioned", "He said")], True),
        ([("mentioned the", "said a")], False),
        ([("greatest identified", "best-known")], True),
        ([("greatest", "best")], False),
        ([("greatest", "best"), ("identified", "known")], True),
        ([("met", "saw")], False),
        ([("Kirby", "Kirby")], True),  # part of the token "Kirby's"
        ([("mentioned the well-known greatest identified", "said the well-known best known")], True),
    ],
)
def test_repairs_are_right_when_all_they_touch_is_as_it_was(
    changes: list[tuple[str, str]], right: bool
) -> None:
    case = case_from_marks("x", GOLD)
    repairs = [repair(case.spun, spun, original) for spun, original in changes]
    assert Marks(case).restores(repairs) is right


def test_an_article_is_left_to_the_word_behind_it() -> None:
    case = case_from_marks("x", "It was [[an uncommon=>a rare]] bird.")
    assert Marks(case).restores([repair(case.spun, "uncommon", "rare")])


def test_a_dropped_word_lies_at_its_neighbours() -> None:
    marks = Marks(case_from_pair("x", "has massed than 100 men", "has massed more than 100 men"))
    assert [bool(marks.touched(start, start + 1)) for start in (0, 4, 11, 16, 20)] == [
        *(False, True, True, False, False)
    ]
    assert marks.restores([(11, 15, "more than")])
    assert [marks.surface(chunk) for chunk in marks.chunks] == [""]
