from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.edits import Edit, apply_edits
from despin.report import Report
from despin.report.m2 import m2_blocks
from despin.tokens import TOKEN

NOOP = "A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0"


def corrected(block: str) -> list[str]:
    """Return the tokens of a block with its edits made, as any reader of M2 would make them."""
    source, *lines = block.split("\n")
    tokens = source.split(" ")[1:]
    for line in reversed(lines):
        span, _, wanted, *_ = line[2:].split("|||")
        first, last = map(int, span.split())
        if first >= 0:
            tokens[first:last] = wanted.split()
    return tokens


def blocks(*reports: Report) -> list[str]:
    return m2_blocks(reports).removesuffix("\n\n").split("\n\n")


def test_a_paragraph_is_a_block_and_its_edits_are_spans_of_tokens(report: Report) -> None:
    first, second = blocks(report)
    assert first.split("\n") == [
        "S He mentioned , on Monday , that folks in jap Europe have been prepared .",
        "A 1 2|||R:OTHER|||said|||REQUIRED|||-NONE-|||0",
        "A 9 10|||R:OTHER|||eastern|||REQUIRED|||-NONE-|||0",
    ]
    assert " ".join(corrected(second)) == "Ärzte that a waited in the rain . He said it ."


def test_a_paragraph_without_an_edit_says_so() -> None:
    assert blocks(Report("a.txt", "One.\n\n \nTwo.\n", [], [])) == [f"S One .\n{NOOP}", f"S Two .\n{NOOP}"]


def test_the_files_of_a_run_follow_each_other(report: Report) -> None:
    assert blocks(report, report) == blocks(report) * 2


def test_a_deletion_is_unnecessary() -> None:
    report = Report("a.txt", "It is so so.", [Edit(8, 11, " so", "", "a:so/adv", 0.9)], [])
    assert blocks(report) == ["S It is so so .\nA 3 4|||U:OTHER||||||REQUIRED|||-NONE-|||0"]


def test_edits_of_one_token_are_one_edit() -> None:
    edits = [Edit(0, 2, "ab", "x", "e", 0.9), Edit(2, 4, "cd", "y", "e", 0.9)]
    assert blocks(Report("a.txt", "abcd e", edits, []))[0].split("\n")[1:] == [
        "A 0 1|||R:OTHER|||xy|||REQUIRED|||-NONE-|||0"
    ]


@given(
    st.lists(st.sampled_from(["a", "B’s", "1,000", "US-led", "(", ".", "|||", "é"]), min_size=1), st.data()
)
def test_the_edits_make_the_tokens_of_the_repaired_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    edits = []
    at = 0
    for word in words:
        if data.draw(st.booleans()):
            original = data.draw(st.sampled_from(["of", "in the", "2,000", "x-y"]))
            edits.append(Edit(at, at + len(word), word, original, "e", 0.9))
        at += len(word) + 1
    (block,) = blocks(Report("a.txt", text, edits, []))
    assert corrected(block) == TOKEN.findall(apply_edits(text, edits))


@pytest.mark.slow
def test_errant_scores_it(tmp_path: Path, report: Report) -> None:
    """Needs errant beside the interpreter or in PATH: ``pip install errant`` brings spaCy."""
    beside = Path(sys.executable).with_name("errant_compare")
    compare = str(beside) if beside.exists() else shutil.which("errant_compare")
    if compare is None:
        pytest.skip("errant is not installed")
    gold, guess = tmp_path / "gold.m2", tmp_path / "guess.m2"
    clean = Report("b.txt", "All quiet.", [], [])
    gold.write_text(m2_blocks([report, clean]), encoding="utf-8")
    fewer = Report(report.path, report.text, report.edits[1:], [])
    guess.write_text(m2_blocks([fewer, clean]), encoding="utf-8")
    for flags in ([], ["-cse"], ["-ds"], ["-dt"], ["-cat", "3"]):
        done = subprocess.run(
            [compare, "-hyp", guess, "-ref", gold, *flags], capture_output=True, text=True, check=True
        )
        if not flags:
            assert done.stdout.split("\n")[3].split()[:3] == ["4", "0", "1"]  # TP, FP, FN
