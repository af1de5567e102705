"""The sum of the products of two rows of numbers, as fast as this Python has it."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 12):
    from math import sumprod
else:
    from collections.abc import Sequence
    from operator import mul

    def sumprod(left: Sequence[float], right: Sequence[float]) -> float:
        """Return the sum of the products of two rows of the same length; of whole numbers, exactly."""
        total: float = sum(map(mul, left, right))
        return total


__all__ = ["sumprod"]
