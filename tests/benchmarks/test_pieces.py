from __future__ import annotations

from pathlib import Path

from benchmarks.pieces import measure, pieces

PARAGRAPHS = ["One two three.", "Four five.", "Six seven eight nine.", "Ten."]


def test_paragraphs_are_joined_until_they_are_long_enough() -> None:
    text = "\n\n".join(PARAGRAPHS)
    assert [*pieces(text, 1)] == PARAGRAPHS
    assert [*pieces(text, 4)] == ["One two three.\n\nFour five.", "Six seven eight nine."]
    assert [*pieces(text, 11)] == []


def test_pieces_are_judged_each_by_itself(tmp_path: Path) -> None:
    spun = (
        "He [[mentioned=>said]] Wednesday that forces left [[jap=>eastern]] Europe, [[the place=>where]] he "
        "[[burdened=>stressed]] the [[want=>need]] for talks."
    )
    plain = "She walked along the river for an hour and then went home to her two dogs."
    (tmp_path / "a.gold.txt").write_text(f"{spun}\n\n{plain}", encoding="utf-8")
    (tmp_path / "clean-b.txt").write_text(f"{plain}\n\n{plain}", encoding="utf-8")
    found = measure(tmp_path, 12)
    assert (found.tally.articles, found.tally.clean_articles, found.false_edits) == (2, 2, 0)
    assert (found.spun, found.clean) == ([True], [False] * 3)
    assert found.detection == 1.0
    assert found.tally.hit >= 3
