from __future__ import annotations

from xml.etree import ElementTree

import pytest
from benchmarks.calibration import Bin, bins, calibration_error, diagram, is_right, places, point
from benchmarks.marks import Marks

from despin.evaluate import case_from_marks
from despin.pipeline import Candidates


def test_bins_are_of_equal_count_by_confidence() -> None:
    claims = [(0.9, True), (0.1, False), (0.4, True), (0.6, False), (0.8, True), (0.3, False)]
    found = bins(claims, 3)
    assert [bin_.confidence for bin_ in found] == pytest.approx([0.2, 0.5, 0.85])
    assert [(bin_.size, bin_.right) for bin_ in found] == [(2, 0.0), (2, 0.5), (2, 1.0)]


def test_bins_differ_by_one_at_most_and_are_never_empty() -> None:
    claims = [(step / 100, True) for step in range(23)]
    assert sorted({bin_.size for bin_ in bins(claims)}) == [2, 3]
    assert [bin_.size for bin_ in bins(claims[:4])] == [1, 1, 1, 1]


def test_calibration_error_is_weighed_by_claims() -> None:
    assert calibration_error([Bin(3, 0.5, 0.9), Bin(1, 0.8, 0.6)]) == pytest.approx(0.35)
    assert calibration_error([Bin(3, 0.5, 0.5)]) == 0.0
    assert calibration_error([]) == 0.0


def slot(start: int, end: int, *chances: float) -> Candidates:
    return Candidates(start, end, "…", [(f"{start}-{end}/{at}", chance) for at, chance in enumerate(chances)])


def test_overlapping_slots_are_one_place() -> None:
    found = places([slot(0, 9, 0.3, 0.2), slot(5, 9, 0.4), slot(9, 12, 0.7), slot(20, 25, 0.9, 0.2)])
    assert [place.probability for place in found] == [pytest.approx(0.9), 0.7, 1.0]
    assert [place.best for place in found] == [
        ((5, 9, "5-9/0"), 0.4),
        ((9, 12, "9-12/0"), 0.7),
        ((20, 25, "20-25/0"), 0.9),
    ]


def test_a_slot_without_a_chance_joins_nothing() -> None:
    found = places([slot(0, 4, 0.5), slot(2, 8, 0.01), slot(6, 9, 0.5)])
    assert [len(place.slots) for place in found] == [1, 1]


def test_halves_of_a_mark_are_right_together() -> None:
    marks = Marks(case_from_marks("x", "They [[pull again=>draw back]] and [[halt=>stop]]."))
    pull, again, halt, wrong = (5, 9, "draw"), (10, 15, "back"), (20, 24, "stop"), (10, 15, "anew")
    assert is_right(marks, pull, [pull, again, halt])
    assert is_right(marks, halt, [pull, wrong, halt])
    assert not is_right(marks, pull, [pull, halt])
    assert not is_right(marks, pull, [pull, wrong, halt])


def test_the_diagram_shows_each_bin_where_it_belongs() -> None:
    spun, right = [Bin(5, 0.25, 0.5), Bin(5, 0.9, 1.0)], [Bin(5, 0.5, 0.5)]
    root = ElementTree.fromstring(diagram(spun, right))
    series = root.findall("{*}g")
    shown = [[(float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in group[1:]] for group in series]
    assert shown == [[point(0.25, 0.5), point(0.9, 1.0)], [point(0.5, 0.5)]]
    assert point(0.25, 0.5) == (154, 220)
    assert "expected error 0.175" in root.findtext("{*}title", "")
