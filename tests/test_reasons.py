from __future__ import annotations

import pytest

from despin.decode import Choice
from despin.document import read
from despin.lexicon import Reading
from despin.match import Slot
from despin.reasons import reasons_for

ENTRY = {"spun": "mention", "file": "a.yaml", "line": 3, "note": ""}


def reasons(reading: Reading, probability: float = 0.9) -> tuple[str, ...]:
    choice = Choice(Slot(1, 2, (reading,)), 0, probability)
    return reasons_for(read("He mentioned it."), choice, ENTRY)


def test_how_the_pair_is_known_and_what_the_context_says() -> None:
    assert reasons(Reading("said", 1, "observed", -1.0, seen=2)) == (
        "“mention” for “said”: seen on 2 spun pages (a.yaml:3)",
        "here “said” reads about 9 times likelier than “mentioned”",
    )


@pytest.mark.parametrize(
    ("evidence", "bar", "said"),
    [
        ("proposed", 2.0, "a guess is only ever suggested"),
        ("curated", 2.0, "only ever suggested: never right often enough, or too grave where it is wrong"),
        ("core", 0.96, "measured: right often enough only from a confidence of 0.96 on"),
    ],
)
def test_what_holds_it_back(evidence: str, bar: float, said: str) -> None:
    assert reasons(Reading("said", 1, evidence, -1.0, bar=bar))[-1] == said


def test_over_its_bar_nothing_holds_it_back() -> None:
    assert len(reasons(Reading("said", 1, "core", -1.0, bar=0.85))) == 2
