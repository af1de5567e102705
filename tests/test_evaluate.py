from __future__ import annotations

from pathlib import Path

import pytest

from despin.edits import Edit
from despin.evaluate import (
    GoldError,
    Tally,
    case_from_edits,
    case_from_marks,
    case_from_pair,
    judge,
    read_cases,
)

GOLD = "He [[mentioned=>said]] [[jap=>eastern]] Europe was [[calm=>quiet|still]] [[the place=>where]] he met."
SPUN = "He mentioned jap Europe was calm the place he met."


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.hit, tally.wrong, tally.miss, tally.false


@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        (SPUN, (0, 0, 4, 0)),
        ("He said eastern Europe was quiet where he met.", (4, 0, 0, 0)),
        ("He said eastern Europe was still where he met.", (4, 0, 0, 0)),
        ("He said jap Europe was calm the place he met.", (1, 0, 3, 0)),
        ("He told eastern Europe was calm where he met.", (2, 1, 1, 0)),
        ("He said western Europe was calm the place he met.", (1, 1, 2, 0)),
        ("She mentioned jap Europe was calm the place he met.", (0, 0, 4, 1)),
        ("She said jap Europe was calm the place he met.", (1, 0, 3, 1)),
        ("He said eastern Europe is quiet where he stayed.", (4, 0, 0, 2)),
        ("He jap Europe was calm the place he met.", (0, 1, 3, 0)),
    ],
)
def test_each_mark_is_judged_on_its_own(fixed: str, expected: tuple[int, int, int, int]) -> None:
    case = case_from_marks("x", GOLD)
    assert case.spun == SPUN
    assert counts(judge(case, fixed)) == expected


def test_a_pair_is_judged_by_maximal_runs() -> None:
    case = case_from_pair("x", SPUN, "He said eastern Europe was quiet where he met.")
    assert counts(judge(case, "He said jap Europe was calm where he met.")) == (0, 2, 0, 0)
    assert counts(judge(case, "He said eastern Europe was calm the place he met.")) == (1, 0, 1, 0)


def test_edits_are_judged_each_on_its_own_in_whole_tokens() -> None:
    spun = "He mentioned final month's story."
    swaps = [("mentioned", "said"), ("final", "last"), ("month", "week")]
    edits = [Edit(at := spun.index(a), at + len(a), a, b, "", 1.0) for a, b in swaps]
    case = case_from_edits("x", spun, edits)
    assert counts(judge(case, "He said final month's story.")) == (1, 0, 2, 0)
    assert counts(judge(case, "He said last week's story.")) == (3, 0, 0, 0)
    assert counts(judge(case, "He said last year's story.")) == (2, 1, 0, 0)


def test_a_dropped_word_is_a_chunk() -> None:
    case = case_from_pair("x", "has massed than 100 men", "has massed more than 100 men")
    assert counts(judge(case, "has massed more than 100 men")) == (1, 0, 0, 0)
    assert counts(judge(case, "has massed than 100 men")) == (0, 0, 1, 0)


def test_a_clean_article_counts_every_change() -> None:
    case = read_cases_of("clean-x.txt", "They met again here.\n")
    tally = judge(case, "They met back there.\n")
    assert (tally.clean_false, tally.clean_words) == (1, 4)


def read_cases_of(name: str, text: str):  # type: ignore[no-untyped-def]
    from despin.evaluate import Case

    return Case(name, text, None)


@pytest.mark.parametrize("fixed", ["He said  no.\n", "He said no.", "He said\nno.\n", "He said no.\r\n"])
def test_white_space_must_stay(fixed: str) -> None:
    assert judge(case_from_pair("x", "He said no.\n", "He said no.\n"), fixed).failed == ["x"]


def test_a_change_that_keeps_white_space_is_no_failure() -> None:
    case = case_from_pair("x", "The place he\nwas.\n", "Where he\nwas.\n")
    assert judge(case, "Where he\nwas.\n").failed == []
    case = case_from_pair("x", "Hm.\n\nMother and father, he said.\n", "Hm.\n\nParents, he said.\n")
    assert judge(case, "Hm.\n\nParents, he said.\n").failed == []
    assert judge(case, "Hm. Parents, he said.\n").failed == ["x"]


def test_figures() -> None:
    tally = Tally(hit=8, wrong=1, miss=2, false=1, kept_words=100, clean_words=5000, clean_false=2)
    assert tally.precision == pytest.approx(0.8)
    assert tally.recall == pytest.approx(8 / 11)
    assert tally.f05 == pytest.approx(1.25 * 0.8 * (8 / 11) / (0.25 * 0.8 + 8 / 11))
    assert tally.broken_rate == pytest.approx(0.01)
    assert tally.clean_rate == pytest.approx(4.0)


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.spun.txt").write_text(SPUN, encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.orig\.txt"):
        read_cases(tmp_path)
    (tmp_path / "a.gold.txt").write_text(GOLD, encoding="utf-8")
    (tmp_path / "clean-b.txt").write_text("Fine.", encoding="utf-8")
    cases = read_cases(tmp_path)
    assert [case.name for case in cases] == ["a", "clean-b"]
    assert cases[0].chunks is not None
    assert len(cases[0].chunks) == 4


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no NAME"):
        read_cases(tmp_path)


def test_a_mark_inside_a_word_is_an_error() -> None:
    with pytest.raises(GoldError, match="cuts a word"):
        case_from_marks("x", "the [[firm=>company]]’s plan")
