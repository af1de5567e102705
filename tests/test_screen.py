from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.batch import BatchScreen
from despin.pipeline import Options, default_pipeline
from despin.screen import SHORT, THRESHOLD, default_screen, hashes

DATA = Path(__file__).parents[1] / "benchmarks" / "data"
SPUN = sorted(DATA.glob("*/*.spun.txt"))
CLEAN = sorted(DATA.glob("*/clean-*.txt"))


@pytest.mark.parametrize("path", SPUN, ids=lambda path: path.name)
def test_every_spun_article_is_worth_a_look(path: Path) -> None:
    found = default_screen().excursion(path.read_text(encoding="utf-8"))
    assert found is None or found >= 2 * THRESHOLD


@pytest.mark.parametrize("path", [*SPUN, *CLEAN], ids=lambda path: path.name)
def test_arrays_add_up_to_the_same(path: Path) -> None:
    text, screen = path.read_text(encoding="utf-8"), default_screen()
    assert BatchScreen(screen.tables).excursion(text) == screen.excursion(text)


def test_plain_clean_news_is_not_worth_a_look() -> None:
    plain = (
        "The council said on Tuesday that it would hold a meeting next month. Officials said the plan "
        "was expected to cost about two million dollars, and that most of the money would come from the "
        "state. The mayor told reporters that the work would begin in the spring.\n\n"
    ) * 8
    found = default_screen().excursion(plain)
    assert found is not None
    assert found < THRESHOLD
    assert not default_pipeline().fix(plain, Options()).edits


def test_a_spun_stretch_is_seen_in_a_long_clean_text() -> None:
    clean = CLEAN[0].read_text(encoding="utf-8") * 5
    spun = SPUN[0].read_text(encoding="utf-8")
    alone, inside = default_screen().excursion(spun), default_screen().excursion(clean + spun + clean)
    assert alone is not None
    assert inside is not None
    assert inside >= 0.9 * alone


def test_a_short_text_is_always_worth_a_look() -> None:
    assert default_screen().excursion("x" * (SHORT - 1)) is None
    assert default_screen().excursion("x" * SHORT) is not None


@given(st.text())
def test_any_text_can_be_hashed(text: str) -> None:
    words, pairs = hashes(text)
    assert len(pairs) == max(len(words) - 1, 0)


def test_case_and_marks_do_not_count() -> None:
    assert hashes("The PRICE rose—again.") == hashes("the price rose again")


def test_a_glance_is_not_taken_where_the_caller_knows_better() -> None:
    clean = CLEAN[0].read_text(encoding="utf-8")
    pipeline = default_pipeline()
    assert not pipeline.score(clean, Options()).rate.spun
    assert pipeline.fix(clean, Options(assume="spun")).rate.spun
