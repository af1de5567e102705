"""Print the quality of despin and of its rivals on the same articles, as Markdown.

    python -m benchmarks.quality                # every set
    python -m benchmarks.quality dev test       # some of them

Figures have 95 % intervals from resampling the articles of a set (bootstrap, 1,000 draws).
Needs ``pip install '.[test]'`` for codespell; typos and symspellpy are measured where installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.quality.classes import CLASSES, by_class
from benchmarks.quality.figures import resampled, with_interval
from benchmarks.quality.systems import DESPIN, System, systems

from despin.evaluate import Case, Tally, judge, read_cases, total
from despin.lexicon import default_lexicon

DATA = Path(__file__).parents[1] / "data"
_HEAD = ("system", "precision", "recall", "F0.5", "broken rate", "false / 10,000 clean words")


def row(name: str, tallies: Sequence[Tally]) -> str:
    """Return the line of one system in the table."""
    spun = [tally for tally in tallies if tally.articles]
    clean = [tally for tally in tallies if not tally.articles]
    sets = resampled(tallies)
    cells = (
        name,
        with_interval(spun, sets, lambda tally: tally.precision),
        with_interval(spun, sets, lambda tally: tally.recall),
        with_interval(spun, sets, lambda tally: tally.f05),
        f"{total(spun).broken_rate:.4f}",
        with_interval(clean, sets, lambda tally: tally.clean_rate, digits=1) if clean else "–",
    )
    return line(cells)


def line(cells: Sequence[str]) -> str:
    """Return one row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def title(name: str, cases: Sequence[Case]) -> str:
    """Return what stands above the table of a set, and its head."""
    tally = total(judge(case, case.spun) for case in cases)
    told = f"**{name}**: {tally.articles} spun articles with {tally.miss} swaps"
    if tally.clean_articles:
        told += f", {tally.clean_articles} clean ones with {tally.clean_words:,} words"
    return f"\n{told}\n\n{line(_HEAD)}\n{'|---' * len(_HEAD)}|"


Fared = Mapping[str, Sequence[Mapping[str, Tally]]]


def class_table(sets: Fared) -> str:
    """Return the recall of each class of swaps in each set; ``sets`` holds an item for each article."""
    seen = {name for articles in sets.values() for article in articles for name in article}
    rows = [line(("class of swaps", *sets)), f"{'|---' * (1 + len(sets))}|"]
    for name in [*CLASSES, *sorted(seen - set(CLASSES))]:
        found = [[article[name] for article in articles if name in article] for articles in sets.values()]
        rows.append(line((name, *map(_recall, found))))
    return "\n".join(rows)


def _recall(tallies: Sequence[Tally]) -> str:
    if not tallies:
        return "–"
    tally = total(tallies)
    figure = with_interval(tallies, resampled(tallies), lambda tally: tally.recall, digits=2)
    return f"{figure} of {tally.hit + tally.wrong + tally.miss}"


def print_set(name: str, cases: Sequence[Case], rivals: Mapping[str, System]) -> list[dict[str, Tally]]:
    """Print the table of a set; return how the classes of swaps fared in each article, under despin."""
    print(title(name, cases))
    fixed: dict[str, list[str]] = {}
    for system, fix in rivals.items():
        fixed[system] = [fix(case.spun) for case in cases]
        print(row(system, list(map(judge, cases, fixed[system]))), flush=True)
    lexicon, ours = default_lexicon(), zip(cases, fixed[DESPIN], strict=True)
    return [by_class(case, text, lexicon) for case, text in ours if case.chunks is not None]


def main() -> None:
    """Print a table for each set, and one for the classes of swaps."""
    parser = argparse.ArgumentParser(description="Quality of despin and its rivals on the same articles.")
    parser.add_argument("sets", nargs="*", default=["seed", "dev", "test"])
    names = parser.parse_args().sets
    with systems() as (rivals, skipped):
        fared = {name: print_set(name, read_cases(DATA / name), rivals) for name in names}
    for note in skipped:
        print(f"\nSkipped: {note}.")
    print(f"\nRecall of {DESPIN} by class of swaps, and by the dialect of the entry that undoes them:\n")
    print(class_table(fared))
    print("\nA swap may be in several classes. " + "; ".join(map(": ".join, CLASSES.items())) + ".")


if __name__ == "__main__":
    main()
