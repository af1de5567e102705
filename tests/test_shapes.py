"""Text that is no article: everything must come back as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import despin
from despin.pipeline import Assume

_PIECES = st.sampled_from(
    [
        "mentioned",
        "jap",
        " ",
        "\n",
        "\n\n",
        "“",
        "”",
        '"',
        "the place",
        "a",
        "an",
        "have been",
        "He",
        "Kyiv",
        ".",
        ",",
        "1,000",
        "a couple of,000",
        "İ",
        "é",
        "\r\n",
        "folks",
        "burdened",
        "{that a}",
        "than 100",
    ]
)


@pytest.mark.parametrize("text", ["", " ", "\n", "\ufeff", "a" * 20_000, "“" * 500, "\0", "İstanbul " * 50])
def test_odd_texts_come_back(text: str) -> None:
    assert despin.fix_text(text) == text


@given(st.lists(_PIECES, max_size=25).map(" ".join), st.sampled_from(["auto", "spun"]))
def test_a_second_repair_finds_nothing(text: str, assume: str) -> None:
    fixed = despin.fix_text(text, assume=assume)
    assert despin.fix_text(fixed, assume=assume) == fixed


@given(st.lists(_PIECES, max_size=25).map("".join), st.sampled_from(["auto", "spun"]))
def test_a_repair_can_be_taken_back(text: str, assume: Assume) -> None:
    fixed, edits, _ = despin.fix_and_explain(text, assume=assume)
    assert despin.apply_edits(text, edits) == fixed
    assert despin.revert_edits(fixed, edits) == text


def test_what_is_called_clean_stays(seed: str) -> None:
    assert despin.fix_text(seed, assume="clean") == seed
