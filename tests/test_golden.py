"""The golden cases: data files that anyone can add to."""

from __future__ import annotations

from pathlib import Path

import pytest

import despin

GOLDEN = Path(__file__).parent / "golden"


def rows(name: str) -> list[str]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def pair(row: str) -> tuple[str, str]:
    spun, _, rest = row.partition(" => ")
    return spun, rest.split(" # ")[0]


@pytest.mark.parametrize("row", rows("spun.txt"))
def test_spun_sentences_are_repaired(row: str) -> None:
    spun, original = pair(row)
    assert despin.fix_text(spun, assume="spun") == original


@pytest.mark.parametrize("sentence", rows("clean.txt"))
def test_clean_sentences_stay(sentence: str) -> None:
    assert despin.fix_text(sentence) == sentence


@pytest.mark.parametrize("path", sorted((GOLDEN / "clean").glob("*.txt")), ids=lambda path: path.stem)
def test_clean_texts_stay(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert despin.fix_text(text) == text


@pytest.mark.parametrize("row", rows("known-failures.txt"))
@pytest.mark.xfail(strict=True, reason="known failure: see the line in known-failures.txt")
def test_known_failures(row: str) -> None:
    spun, original = pair(row)
    assert despin.fix_text(spun, assume="spun") == original
