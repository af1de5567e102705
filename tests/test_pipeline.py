from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import FrameType

import pytest

import despin
from despin.evaluate import read_cases

_CALLS = count()
DEV = Path(__file__).parents[1] / "benchmarks" / "data" / "dev"


def test_an_article_inside_an_edit_is_left_to_it(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("such a->quite the\nweird->odd\n", encoding="utf-8")
    fixed, edits, _ = despin.fix_and_explain(
        "He bought such a weird car.", assume="spun", min_confidence=0.0001, dictionaries=[own]
    )
    assert despin.revert_edits(fixed, edits) == "He bought such a weird car."
    assert "quite the odd" in fixed


def test_apostrophes_are_those_of_the_text(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("just isn't->isn't\n", encoding="utf-8")
    text = "The guard’s gate just isn’t open, police mentioned."
    fixed = despin.fix_text(text, assume="spun", dictionaries=[own])
    assert fixed == "The guard’s gate isn’t open, police said."
    straight = despin.fix_text(text.replace("’", "'"), assume="spun", dictionaries=[own])
    assert straight == fixed.replace("’", "'")


def test_tortured_phrases_give_a_text_away_without_a_word_of_our_spinner() -> None:
    text = (
        "The report says that the company said on Monday that it would show the system to people in the "
        "United States next year, and that officials had told reporters about it. It said that its "
        "computerized reasoning and its profound learning could find bosom malignancy in pictures, and "
        "that its models of common language handling were trained on colossal information. People who had "
        "seen it said that they would like to know more about the help vector machine. The company did "
        "not say how much it had spent on the project, but one of its officials said that it was more "
        "than two million dollars. The government said that it would give the company time to show that "
        "it works.\n"
    )
    told = despin.spin_score(text)
    assert told.spun
    assert told.dialect == "T"
    fixed = despin.fix_text(text)
    assert all(term in fixed for term in ("artificial intelligence", "deep learning", "breast cancer"))


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_work_grows_with_the_text_and_no_faster(between: str) -> None:
    texts = [between.join(case.spun.split("\n\n")) for case in read_cases(DEV) if case.chunks is not None][:6]
    together = between.join(texts)
    despin.fix_text(together)  # opens the models, and what is looked up once is remembered
    assert calls(together) < 1.3 * sum(map(calls, texts))


def test_a_story_printed_many_times_is_repaired_once() -> None:
    story = "Talks go on\n\n" + next(case.spun for case in read_cases(DEV) if case.chunks is not None)
    once = calls(story)
    assert calls("\n\n".join([story] * 20)) < 10 * once


def test_what_is_remembered_is_not_the_callers_to_change() -> None:
    text = "Troops in jap Europe."
    despin.find_edits(text, assume="spun").clear()
    assert despin.find_edits(text, assume="spun")


def paragraphs() -> Iterator[str]:
    for case in read_cases(DEV):
        yield from case.spun.split("\n\n")


def test_what_is_told_spun_comes_with_what_gives_it_away() -> None:
    """By whatever odds it was judged, the evidence is of the same."""
    told = [score for text in paragraphs() if (score := despin.spin_score(text)).spun]
    assert len(told) > 100
    assert all(score.evidence and score.dialect for score in told)


def test_a_line_is_doubted_and_a_spun_paragraph_is_not() -> None:
    assert not despin.spin_score("She mentioned the book in a letter.").spun
    spun = "He mentioned on Tuesday that the place the talks failed, folks had burdened the want for peace."
    assert despin.spin_score(spun).spun


def calls(text: str) -> int:
    """Return how many Python functions are called to repair ``text``: its time, but for the machine."""
    found = 0

    def watch(frame: FrameType, event: str, argument: object) -> None:
        nonlocal found
        found += event == "call"

    sys.setprofile(watch)
    try:
        # With options that no call had before, so that nothing is remembered.
        despin.fix_text(text, min_confidence=0.79 + next(_CALLS) / 1e6)
    finally:
        sys.setprofile(None)
    return found
