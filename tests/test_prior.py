from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.prior import Evidence, estimate


def paragraph(*ratios: float, unspun: float = 0.0, group: str = "A/attested", kept: float = 1.0) -> Evidence:
    found = Evidence()
    for ratio in ratios:
        found.add(ratio, group, kept)
    found.unspun = unspun
    return found


SPUN = paragraph(*[40.0] * 5, *[0.2] * 5, unspun=1.0)
CLEAN = paragraph(*[0.1] * 6, unspun=3.0)


def test_no_evidence_means_clean() -> None:
    assert not estimate([]).document.spun
    assert not estimate([paragraph()]).document.spun


def test_one_marker_is_not_enough_against_many_unspun_originals() -> None:
    assert not estimate([paragraph(50.0, unspun=20.0)]).document.spun


def test_many_markers_are() -> None:
    rate = estimate([paragraph(*[40.0] * 10, *[0.2] * 10, unspun=2.0, kept=0.2)]).document
    assert rate.spun
    assert 0.3 < rate.rate < 0.8


def test_honest_words_that_spinners_like_say_nothing_of_the_rate() -> None:
    few, many = (
        estimate([paragraph(*[40.0] * 30, *[0.001] * honest, unspun=1.0)]).document for honest in (5, 50)
    )
    assert few.spun
    assert many.spun
    assert many.rate == pytest.approx(few.rate, abs=0.01)


def test_originals_outside_all_slots_lower_the_rate() -> None:
    rates = []
    for missing in (0, 30):
        told = paragraph(*[40.0] * 30, unspun=1.0)
        told.idle += [(0.9, 0.0, 0.0, 0.0)] * missing
        rates.append(estimate([told]).document.rate)
    assert rates[1] < rates[0] - 0.1


@pytest.mark.parametrize("dialect", "BFGHIT")
def test_another_spinner_is_not_doubted_for_what_ours_would_have_swapped(dialect: str) -> None:
    told = paragraph(*[500.0] * 5, *[0.1] * 5, unspun=60.0, group=f"{dialect}/attested")
    told.words = 500
    rate = estimate([told]).document
    assert rate.probability > 0.99
    assert rate.dialect == dialect
    assert rate.of(f"{dialect}/attested") > 0.3


def test_words_that_another_spinner_likes_do_not_make_a_text_spun() -> None:
    told = paragraph(*[20.0] * 2, *[0.1] * 10, unspun=60.0, group="B/attested")
    told.words = 500
    assert estimate([told]).document.probability < 0.01


def test_a_part_may_be_spun_by_another_dialect() -> None:
    parts = [paragraph(*[0.05] * 5, unspun=8.0, group="T/attested") for _ in range(6)]
    parts[2] = paragraph(*[500.0] * 5, unspun=8.0, group="T/attested")
    found = estimate(parts)
    assert found.document.dialect == "T"
    assert [rate.spun for rate in found.paragraphs] == [number == 2 for number in range(6)]


def test_ours_is_ours_whatever_others_write_alike() -> None:
    told = paragraph(*[500.0] * 20, unspun=2.0)
    told.add(500.0, "G/attested")
    assert estimate([told]).document.dialect == "A"


def test_unspun_originals_decide_whether_but_not_how_much() -> None:
    few, many = (
        estimate([paragraph(*[40.0] * 30, *[0.1] * 10, unspun=unspun)]).document for unspun in (1.0, 20.0)
    )
    assert few.spun
    assert many.spun
    assert few.rate == pytest.approx(many.rate)


def test_a_group_has_a_rate_of_its_own() -> None:
    both = paragraph(*[40.0] * 20, unspun=2.0)
    for _ in range(20):
        both.add(0.05, "A/usual", kept=0.5)
    rate = estimate([both]).document
    assert rate.of("A/attested") > rate.rate > rate.of("A/usual") > 0


@pytest.mark.parametrize(
    ("usual", "count", "expected"),
    [(40.0, 20, (0.95, 1.0)), (0.05, 20, (0.0, 0.05)), (0.05, 1, (0.2, 0.5)), (1.0, 0, (0.5, 0.5))],
)
def test_a_table_is_broad_where_usual_pairs_are_used(
    usual: float, count: int, expected: tuple[float, float]
) -> None:
    both = paragraph(*[40.0] * 20, unspun=2.0)
    for _ in range(count):
        both.add(usual, "A/usual", kept=0.5)
    rate = estimate([both]).document
    assert expected[0] <= rate.breadth <= expected[1]
    assert rate.of_part(0.5).breadth == rate.breadth


def test_hands_say_nothing_of_another_dialect() -> None:
    rate = estimate([paragraph(*[300.0] * 20, group="T/attested")]).document
    assert (rate.dialect, rate.breadth) == ("T", 0.0)


def test_a_spun_run_in_a_clean_page_is_found_and_the_other_way_round() -> None:
    for inside, outside in ((SPUN, CLEAN), (CLEAN, SPUN)):
        found = estimate([*[outside] * 6, *[inside] * 3, *[outside] * 6])
        assert found.document.spun
        flags = [rate.spun for rate in found.paragraphs]
        assert flags == [outside is SPUN] * 6 + [inside is SPUN] * 3 + [outside is SPUN] * 6


def test_a_paragraph_with_nothing_to_say_goes_with_its_neighbours() -> None:
    rates = estimate([*[SPUN] * 5, paragraph(), *[SPUN] * 5]).paragraphs
    assert rates[5].spun


def test_what_the_caller_knows_counts() -> None:
    assert all(rate.spun for rate in estimate([CLEAN, CLEAN], is_spun=True).paragraphs)


@given(st.lists(st.tuples(st.lists(st.floats(0, 1000), max_size=10), st.floats(0, 50)), max_size=8))
def test_it_is_a_probability(rows: list[tuple[list[float], float]]) -> None:
    found = estimate([paragraph(*ratios, unspun=unspun) for ratios, unspun in rows])
    assert len(found.paragraphs) == len(rows)
    for rate in (found.document, *found.paragraphs):
        assert 0 <= rate.rate <= 1
        assert 0 <= rate.probability <= 1 + 1e-9


def test_what_else_was_heard_tells_whether_but_not_how_much() -> None:
    """The rate of a text comes from its own evidence, however much is heard of it."""
    told, heard = paragraph(*[3.0] * 8, *[0.2] * 8, kept=0.2), paragraph(*[300.0] * 8, *[0.2] * 8, kept=0.2)
    assert not estimate([told]).document.spun
    assert not estimate([told], [told]).document.spun
    found = estimate([told], [heard]).document
    assert found.spun
    assert found.groups == estimate([told], is_spun=True).document.groups


def test_it_is_clear_of_much_evidence_and_unclear_of_little() -> None:
    assert estimate([SPUN] * 4).is_sure
    long = paragraph(*[0.1] * 6, unspun=3.0)
    long.words = 50
    assert estimate([long] * 4).is_sure
    assert not estimate([paragraph(30.0, 2.0)]).is_sure
    assert not estimate([SPUN, SPUN, paragraph(2.0, unspun=3.0), CLEAN]).is_sure
