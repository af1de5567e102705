from __future__ import annotations

import pytest

from despin.edits import Edit
from despin.report import Report

TEXT = (
    "He mentioned, on Monday, that folks in jap Europe\r\n"
    "have been prepared.\r\n\r\n"
    "Ärzte {that a} waited within the\nrain. He mentioned it.\n"
)


def edit(spun: str, original: str, entry: str, confidence: float = 0.9, *, after: int = 0) -> Edit:
    start = TEXT.index(spun, after)
    return Edit(start, start + len(spun), spun, original, entry, confidence, (f"“{spun}” is spun",))


@pytest.fixture
def report() -> Report:
    edits = [
        edit("mentioned", "said", "a:mention/verb", 0.97),
        edit("jap", "eastern", "a:jap/adj"),
        edit("{that a}", "that a", "rule:leaked-braces", 0.99),
        edit("within the\nrain", "in the rain", "a:within_the/phrase"),
        edit("mentioned", "said", "a:mention/verb", after=100),
    ]
    return Report("news/a b,ü.txt", TEXT, edits, [edit("folks", "people", "a:folk/noun", 0.4)])
