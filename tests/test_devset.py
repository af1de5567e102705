"""What must hold on every article of the development set, whatever its wording."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import despin
from despin.evaluate import Case, judge, read_cases, total

DATA = Path(__file__).parents[1] / "benchmarks" / "data"
SETS = {name: read_cases(DATA / name) for name in ("seed", "dev", "test", "hands", "blind", "fresh")}
#: Quoted speech, in curly quotes.
QUOTED = re.compile(r"“[^”]*”")
CASES = [case for cases in SETS.values() for case in cases]


def test_the_set_is_large_enough() -> None:
    written = SETS["dev"] + SETS["test"]
    assert sum(case.chunks is not None for case in written) >= 30
    assert sum(case.chunks is None for case in written) >= 30
    topics = {case.name.removeprefix("clean-").split("-")[1] for case in written}
    assert len(topics) >= 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_repair_is_final_and_can_be_taken_back(case: Case) -> None:
    fixed, edits, _ = despin.fix_and_explain(case.spun)
    assert despin.fix_text(fixed) == fixed
    assert despin.revert_edits(fixed, edits) == case.spun
    assert not judge(case, fixed).failed
    assert QUOTED.findall(fixed) == QUOTED.findall(case.spun)


@pytest.mark.parametrize(
    ("name", "f05"), [("dev", 0.88), ("test", 0.86), ("hands", 0.85), ("blind", 0.86), ("fresh", 0.87)]
)
def test_figures_hold(name: str, f05: float) -> None:
    tally = total(judge(case, despin.fix_text(case.spun)) for case in SETS[name])
    assert tally.f05 >= f05
    assert tally.clean_rate <= 2  # in 10,000 words: one false edit a set
