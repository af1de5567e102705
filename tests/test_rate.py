from __future__ import annotations

import pytest

from despin.rate import Rate


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"A/attested": 0.8, "A/usual": 0.02}, 0.05),  # pages that swap what was seen on pages alone
        ({"A/attested": 0.8, "A/usual": 0.2}, 0.5),
        ({"A/attested": 0.8, "A/usual": 0.5}, 1.0),  # hands, who use what thesauri offer
        ({}, 1.0),  # nothing is known: the table is taken for a usual one
    ],
)
def test_a_table_is_as_broad_as_its_usual_pairs_are_used(groups: dict[str, float], expected: float) -> None:
    assert Rate(0.6, 1.0, groups).breadth == pytest.approx(expected)


def test_hands_say_nothing_of_another_dialect() -> None:
    assert Rate(0.6, 1.0, {"A/attested": 0.1, "A/usual": 0.1}, "T").breadth == 0.0
