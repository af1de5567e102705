"""Near-phrases: the table of ``golden/near.tsv``, and what must not be taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

import despin
from despin.context import default_model
from despin.document import read
from despin.lexicon import default_lexicon
from despin.match import Slot, find_slots
from despin.near import NearMatcher
from despin.rules import find_damage

ROWS = [
    line.rstrip("\n").rsplit("\t", 2)
    for line in (Path(__file__).parent / "golden" / "near.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
WRAPPED = [
    ("He was attributable\nto hold talks.", "attributable\nto", "due to"),
    ("They held workout\r\nroutines there.", "workout\r\nroutines", "exercises"),
    ("He bur-\ndened that talks go on.", "bur-\ndened", "stressed"),
]


def offered(text: str) -> dict[str, set[str]]:
    document, lexicon, context = read(text), default_lexicon(), default_model()
    slots: list[Slot] = [*find_slots(document, lexicon, everything=True), *find_damage(document)]
    slots += NearMatcher(lexicon, lambda word: context.id(word) > 0).find(document)
    found: dict[str, set[str]] = {}
    for slot in slots:
        spun = document.surface(slot.first, slot.last)
        found.setdefault(spun, set()).update(reading.original for reading in slot.readings)
    return found


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) + len(WRAPPED) >= 20


@pytest.mark.parametrize(("text", "slot", "original"), [*map(tuple, ROWS), *WRAPPED])
def test_a_near_phrase_is_found(text: str, slot: str, original: str) -> None:
    assert original in offered(text).get(slot, set())


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("the same place he held talks", "the same place"),
        ("He became a well paid member of the board.", "a well paid member of"),
        ("The members became of age.", "members became of"),
        ("Zelensky spoke in Kharkiv.", "Zelensky"),
        ("The presents were attributed to him.", "attributed to"),
    ],
)
def test_what_only_looks_near_is_not(text: str, slot: str) -> None:
    assert slot not in offered(text)


@pytest.mark.parametrize(
    "text",
    [
        "The firm makes occasional use of coal.",
        "In the unlikely event they win, he will resign.",
        "People who never smoke live longer.",
        "The town is referred to not as a city.",
    ],
)
def test_no_word_that_says_something_is_lost(text: str) -> None:
    assert despin.fix_text(text, assume="spun", min_confidence=0.01).count(" ") >= text.count(" ")
