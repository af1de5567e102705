"""Measure how it does on little text: pieces of articles spun by hand, and of tempting clean ones.

    python benchmarks/pieces.py benchmarks/data/test              # single paragraphs
    python benchmarks/pieces.py benchmarks/data/test --words 90   # so many paragraphs that they have 90 words

A paragraph of fewer than twelve words goes with the next. A spun piece in which no word was swapped counts as
clean. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.found import Found

from despin.evaluate import Case, case_from_marks, judge
from despin.pipeline import Options, default_pipeline

_LEAST = 12


@dataclass
class Pieces(Found):
    """What was measured on one folder."""

    #: Edits in pieces of clean articles.
    false_edits: int = 0


def pieces(text: str, words: int) -> Iterator[str]:
    """Yield runs of paragraphs of ``text`` of at least ``words`` words; what is left over is dropped."""
    taken: list[str] = []
    for paragraph in text.split("\n\n"):
        taken.append(paragraph)
        if sum(len(part.split()) for part in taken) >= words:
            yield "\n\n".join(taken)
            taken = []


def cases(folder: Path, words: int) -> Iterator[Case]:
    """Yield the pieces of the articles of ``folder``."""
    for path in sorted(folder.glob("*.gold.txt")):
        for piece in pieces(path.read_text(encoding="utf-8"), words):
            yield case_from_marks(path.name, piece)
    for path in sorted(folder.glob("clean-*.txt")):
        for piece in pieces(path.read_text(encoding="utf-8"), words):
            yield Case(path.name, piece, None)


def measure(folder: Path, words: int) -> Pieces:
    """Return what despin does on the pieces of ``folder``."""
    pipeline, found = default_pipeline(), Pieces()
    for case in cases(folder, words):
        result = pipeline.fix(case.spun, Options())
        found.tally.add(judge(case, result.text))
        if case.chunks is None:
            found.false_edits += len(result.edits)
        told = pipeline.score(case.spun, Options()).rate.spun
        (found.spun if case.chunks else found.clean).append(told)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure on pieces of articles that were spun by hand.")
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--words", type=int, default=_LEAST, help="paragraphs are joined up to so many words")
    options = parser.parse_args()
    print("| pieces | F0.5 | precision | recall | false edits in clean ones | spun or clean, F1 |")
    print("|---" * 6 + "|")
    for folder in options.folders:
        found = measure(folder, options.words)
        tally, clean = found.tally, found.tally.clean_articles
        scores = (f"{value:.3f}" for value in (tally.f05, tally.precision, tally.recall))
        name = f"{folder.name}, {tally.articles} + {clean}"
        print(f"| {name} | {' | '.join(scores)} | {found.false_edits} | {found.detection:.3f} |")


if __name__ == "__main__":
    main()
