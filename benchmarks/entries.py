"""Measure every entry on articles that were spun by hand: its repairs, and how many were right.

    python benchmarks/entries.py benchmarks/data/dev > docs/entries-on-dev.tsv

Guesses are made as well, so that a pair that only suggests is seen too; the last column tells it apart.
Prints tab-separated values. On text spun forward ``python -m tools.measure_lexicon`` does the same.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.marks import Marks

from despin.evaluate import Case, read_cases
from despin.pipeline import Options, default_pipeline

#: Entry, original, and whether the pair applies.
Pair = tuple[str, str, bool]


def measure(cases: Iterable[Case]) -> tuple[Counter[Pair], Counter[Pair]]:
    """Return how often each pair made a repair in ``cases``, and how often the right one."""
    pipeline = default_pipeline()
    repairs: Counter[Pair] = Counter()
    right: Counter[Pair] = Counter()
    for case in cases:
        marks = Marks(case)
        applied = {(edit.start, edit.end) for edit in pipeline.fix(case.spun, Options()).edits}
        for edit in pipeline.fix(case.spun, Options(guesses=True)).edits:
            pair = edit.entry, edit.original.lower(), (edit.start, edit.end) in applied
            repairs[pair] += 1
            right[pair] += marks.restores([(edit.start, edit.end, edit.original)])
    return repairs, right


def main() -> None:
    """Print the table."""
    if len(sys.argv) < 2:
        sys.exit("usage: python benchmarks/entries.py DIR...")
    cases = [case for name in sys.argv[1:] for case in read_cases(Path(name))]
    repairs, right = measure(cases)
    print("entry\toriginal\trepairs\tright\tapplied")
    for pair in sorted(repairs):
        entry, original, applied = pair
        print(f"{entry}\t{original}\t{repairs[pair]}\t{right[pair]}\t{'yes' if applied else 'no'}")


if __name__ == "__main__":
    main()
