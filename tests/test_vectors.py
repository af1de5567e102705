from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from despin.vectors import DIMENSIONS, from_lanes, to_lanes

VECTORS = st.lists(st.integers(-(2**26), 2**26), min_size=DIMENSIONS, max_size=DIMENSIONS)


@given(st.lists(VECTORS, min_size=1, max_size=8))
def test_a_sum_in_lanes_is_the_sum_of_the_vectors(vectors: list[list[int]]) -> None:
    assert from_lanes(sum(map(to_lanes, vectors))) == tuple(map(sum, zip(*vectors, strict=True)))
