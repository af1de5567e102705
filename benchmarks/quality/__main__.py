"""Print the quality of despin and of its rivals on the same articles.

    python benchmarks/quality                # every set, as a Markdown table
    python benchmarks/quality dev test       # some of them

Each F0.5 has a 95 % interval from resampling the articles of a set (bootstrap, 1,000 draws).
Needs ``pip install '.[test]'`` for codespell.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from systems import System, systems

from despin.evaluate import Case, Tally, judge, read_cases, total

DATA = Path(__file__).parents[1] / "data"
DRAWS = 1000


def interval(tallies: list[Tally]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of F0.5 over articles."""
    chance = random.Random(1)
    scores = sorted(total(chance.choices(tallies, k=len(tallies))).f05 for _ in range(DRAWS))
    return scores[DRAWS // 40], scores[-DRAWS // 40]


def row(name: str, fix: System, cases: list[Case]) -> str:
    """Return the line of one system in the table."""
    tallies = [judge(case, fix(case.spun)) for case in cases]
    everything = total(tallies)
    low, high = interval([tally for tally in tallies if tally.articles] or tallies)
    cells = (
        name,
        f"{everything.f05:.3f} ({low:.2f}–{high:.2f})",
        f"{everything.precision:.3f}",
        f"{everything.recall:.3f}",
        f"{everything.broken_rate:.4f}",
        f"{everything.clean_rate:.1f}" if everything.clean_words else "–",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description="Quality of despin and its rivals on the same articles.")
    parser.add_argument("sets", nargs="*", default=["seed", "dev", "test"])
    with systems() as rivals:
        for name in parser.parse_args().sets:
            cases = read_cases(DATA / name)
            tally = total(judge(case, case.spun) for case in cases)
            print(f"\n**{name}**: {tally.articles} spun articles with {tally.miss} swaps, ", end="")
            print(f"{tally.clean_articles} clean ones with {tally.clean_words:,} words\n")
            print("| system | F0.5 (95 %) | precision | recall | broken rate | false / 10,000 clean words |")
            print("|---|---|---|---|---|---|")
            for system, fix in rivals.items():
                print(row(system, fix, cases), flush=True)


if __name__ == "__main__":
    main()
