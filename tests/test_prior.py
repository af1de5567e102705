from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.prior import CLEAN_RATE, Evidence, estimate


def test_no_evidence_means_clean() -> None:
    assert not estimate(Evidence([], 0.0)).spun


def test_one_marker_is_not_enough_against_many_unspun_originals() -> None:
    assert not estimate(Evidence([50.0], 20.0)).spun


def test_many_markers_are() -> None:
    rate = estimate(Evidence([40.0] * 10 + [0.2] * 10, 5.0))
    assert rate.spun
    assert 0.3 < rate.rate < 0.8


def test_unspun_originals_decide_whether_but_not_how_much() -> None:
    few, many = (estimate(Evidence([40.0] * 30 + [0.1] * 10, unspun)) for unspun in (1.0, 20.0))
    assert few.spun
    assert many.spun
    assert few.rate == pytest.approx(many.rate)


def test_a_tier_has_a_rate_of_its_own() -> None:
    known, guessed = [40.0] * 20, [0.05] * 20
    rate = estimate(Evidence(known + guessed, 2.0, {"attested": known, "curated": guessed}))
    assert rate.of("attested") > rate.rate > rate.of("curated")
    assert 0 < rate.of("curated") < rate.of("attested") < 1


@given(st.lists(st.floats(0, 1000), max_size=30), st.floats(0, 100))
def test_it_is_a_probability(ratios: list[float], unspun: float) -> None:
    rate = estimate(Evidence(ratios, unspun))
    assert 0 <= rate.rate <= 1
    assert 0 <= rate.probability <= 1
    assert rate.spun == (rate.probability >= 0.5)
    assert CLEAN_RATE < 0.1
