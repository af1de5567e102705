from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from despin.blocks import PARAGRAPHS, find_blocks
from despin.document import find_paragraphs
from despin.edits import apply_edits, revert_edits
from despin.files.repair import Reader, Work, repair
from despin.pipeline import Options, default_pipeline

DATA = Path(__file__).parents[1] / "benchmarks" / "data" / "dev"


@given(st.lists(st.sampled_from(["A line.", "", "Another one.", "A title", "x" * 120]), max_size=200))
def test_blocks_are_the_text_and_each_is_one_block(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = find_blocks(text)
    assert "".join(text[start:end] for start, end in blocks) == text
    for start, end in blocks:
        assert find_blocks(text[start:end]) == [(0, end - start)]
    if len(blocks) > 1:
        assert all(len(find_paragraphs(text[start:end])) >= PARAGRAPHS for start, end in blocks)


def test_what_holds_over_paragraphs_keeps_a_text_whole() -> None:
    text = "A line.\n\n" * 100
    assert len(find_blocks(text)) > 1
    assert find_blocks(text + "<!-- despin: off -->") == [(0, len(text) + 20)]


def test_a_story_that_is_printed_again_is_cut_alike() -> None:
    story = "A title\n\n" + "A line.\n\n" * 21
    text = story * 30
    assert {text[start:end] for start, end in find_blocks(text)} == {story}


def _archive() -> str:
    texts = [path.read_text(encoding="utf-8").strip() for path in sorted(DATA.glob("*.txt"))]
    return "\n\n".join(texts)


def test_a_long_text_is_repaired_in_blocks_and_reverts() -> None:
    text, pipeline = _archive(), default_pipeline()
    result = pipeline.fix(text, Options())
    assert len(find_blocks(text)) > 3
    assert result.edits
    assert apply_edits(text, result.edits) == result.text
    assert revert_edits(result.text, result.edits) == text
    assert pipeline.fix(result.text, Options()).text == result.text
    assert pipeline.score(text, Options()).rate == result.rate


def test_lines_that_a_repair_shortens_may_move_the_blocks() -> None:
    """A line of more than a hundred letters ends its paragraph; a shorter one does not."""
    words = _archive().split()
    lines, line = [], ""
    for word in words:
        line = f"{line} {word}".strip()
        if len(line) > 100:
            lines.append(line)
            line = ""
    text, pipeline = "\n".join(lines), default_pipeline()
    result = pipeline.fix(text, Options())
    before, after = find_blocks(text), find_blocks(result.text)
    assert len(before) > 3
    assert len(before) != len(after)
    assert apply_edits(text, result.edits) == result.text
    assert not pipeline.fix(result.text, Options()).edits


def test_a_long_file_is_repaired_the_same_by_many_processes() -> None:
    data = ("\n\n".join([_archive()] * 4)).encode()
    assert len(data) > 400_000
    # Two first, and with options of their own: what this process remembers the others would have from it.
    options = Options(min_confidence=0.8)
    two, one = (repair(data, "long.txt", Work(options, Reader(), jobs)) for jobs in (2, 1))
    assert one.edits == two.edits
    assert one.rate == two.rate
