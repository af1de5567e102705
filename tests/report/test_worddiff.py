from __future__ import annotations

from despin.edits import Edit
from despin.report.worddiff import coloured_word_diff, word_diff

TEXT = "He mentioned it in jap Europe."
EDITS = [Edit(3, 12, "mentioned", "said", "e", 0.9), Edit(19, 22, "jap", "eastern", "e", 0.9)]


def test_plain_marks_stand_where_the_words_stood() -> None:
    assert word_diff(TEXT, EDITS) == "He [-mentioned-]{+said+} it in [-jap-]{+eastern+} Europe."


def test_colour_has_more_than_colour_to_tell_old_from_new() -> None:
    spans = coloured_word_diff(TEXT, EDITS).spans
    assert [str(span.style) for span in spans] == ["red strike", "bold green underline"] * 2
    assert coloured_word_diff(TEXT, EDITS).plain == "He mentionedsaid it in japeastern Europe."
