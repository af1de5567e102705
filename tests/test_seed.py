"""The seed article: the promises that a newcomer sees first."""

from __future__ import annotations

import re
from pathlib import Path

import despin
from despin import evaluate

DATA = Path(__file__).parents[1] / "benchmarks" / "data"


def test_the_words_of_the_readme(seed: str) -> None:
    fixed = despin.fix_text(seed)
    assert "The United States said Wednesday" in fixed
    assert "eastern Europe" in fixed
    assert "More than 13,000 people" in fixed
    assert "“These forces are not going to fight in Ukraine,” stressed Pentagon" in fixed


def test_speech_is_left_alone(seed: str) -> None:
    quotes = re.findall(r"“[^”]*”", seed)
    assert len(quotes) == 13
    assert re.findall(r"“[^”]*”", despin.fix_text(seed)) == quotes


def test_repaired_twice_is_repaired_once(seed: str) -> None:
    fixed = despin.fix_text(seed)
    assert despin.fix_text(fixed) == fixed


def test_figures_hold(seed: str) -> None:
    (case,) = evaluate.read_cases(DATA / "seed")
    assert case.spun == seed
    tally = evaluate.judge(case, despin.fix_text(seed))
    assert tally.f05 >= 0.90
    assert tally.precision >= 0.93
    assert not tally.failed


def test_it_looks_spun_and_its_repair_does_not(seed: str) -> None:
    assert despin.spin_score(seed).spun
    assert not despin.spin_score(despin.fix_text(seed)).spun
