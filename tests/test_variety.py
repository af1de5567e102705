from __future__ import annotations

import pytest

import despin
from despin.variety import _spellings, spelled_alike


def test_no_word_is_of_both_kinds() -> None:
    american, british = _spellings()
    assert not american.keys() & british.keys()
    assert len(american) == len(british) > 500


@pytest.mark.parametrize(
    ("words", "swap", "original"),
    [
        ("the theatre centre", ("protection", "defense"), "defence"),
        ("the theater", ("protection", "defence"), "defense"),
        ("the theatre of a center", ("protection", "defense"), "defense"),
        ("nothing tells", ("protection", "defense"), "defense"),
        ("the centre", ("Arranged crime", "Organized crime"), "Organised crime"),
        ("the centre", ("autumn", "fall"), "autumn"),
        ("the center", ("autumn", "fall"), "fall"),
        ("the centre", ("decline", "fall"), "fall"),
        ("the travelled neighbourhoods", ("thing", "analyzing"), "analysing"),
    ],
)
def test_what_is_restored_is_spelled_as_the_document(
    words: str, swap: tuple[str, str], original: str
) -> None:
    assert spelled_alike(words.split(), [swap]) == [original]


def test_a_british_article_keeps_its_autumn(tmp_path: object) -> None:
    text = "The centre mentioned the harbour programme will run till the autumn, officials mentioned."
    assert "autumn" in despin.fix_text(text, assume="spun")
