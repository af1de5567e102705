from __future__ import annotations

from pathlib import Path

import despin


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
