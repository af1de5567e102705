"""Measure what ``despin learn`` is worth: a dialect nobody told us of, learned from a few pairs.

    python benchmarks/learning.py benchmarks/data/hands benchmarks/data/dev benchmarks/data/test

The packs of dialect A are taken out. Swaps are mined from the first articles of the first folder,
merged unread as a user's dictionary, and the first articles of the other folders are repaired
without and with it. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from despin.context import default_model
from despin.evaluate import TOKEN, Case, Tally, judge, read_cases, total
from despin.learn import candidate_pack, mine
from despin.lexicon import load_lexicon
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import write_pack
from despin.pipeline import Options, Pipeline
from despin.ranker import default_ranker

_DIALECT = "A"


def spun_cases(folders: Sequence[Path], most: int) -> list[Case]:
    """Return the first spun articles of ``folders``."""
    found = [case for folder in folders for case in read_cases(folder) if case.chunks is not None]
    return found[:most]


def original(case: Case) -> str:
    """Return the text of ``case`` before it was spun: the first accepted original of every chunk."""
    places = [*TOKEN.finditer(case.spun)]
    pieces, at = [], 0
    for chunk in case.chunks or ():
        start = places[chunk.start].start()
        pieces += [case.spun[at:start], " ".join(chunk.accepted[0])]
        at = places[chunk.end - 1].end() if chunk.end > chunk.start else start
    return "".join([*pieces, case.spun[at:]])


def measure(files: Sequence[Path], own: Sequence[Path], cases: Sequence[Case]) -> Tally:
    """Return how well ``cases`` are repaired with the packs ``files`` and a user's ``own``."""
    pipeline = Pipeline(default_model(), load_lexicon(tuple(files), tuple(own)), default_ranker())
    return total(judge(case, pipeline.fix(case.spun, Options()).text) for case in cases)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what learning from pairs is worth.")
    parser.add_argument("learn", type=Path)
    parser.add_argument("on", type=Path, nargs="+")
    parser.add_argument("--pairs", type=int, default=20)
    options = parser.parse_args()
    others = [path for path in pack_files(dictionaries_folder()) if read_pack(path).dialect != _DIALECT]
    cases = spun_cases(options.on, options.pairs)
    pairs = [(case.spun, original(case)) for case in spun_cases([options.learn], options.pairs)]
    print("| packs | F0.5 | precision | recall |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="despin-learning-") as folder:
        learned = Path(folder) / "learned.yaml"
        write_pack(learned, candidate_pack(mine(pairs), "learned"))
        for name, own in (("without dialect A", []), ("and with what was learned", [learned])):
            tally = measure(others, own, cases)
            print(f"| {name} | {tally.f05:.3f} | {tally.precision:.3f} | {tally.recall:.3f} |")


if __name__ == "__main__":
    main()
