"""Measure on held-out articles of a corpus: clean, spun forward, mixed, and cut short.

    python benchmarks/scale.py CORPUS_DIR --words 100000               # spun with all pairs of dialect A
    python benchmarks/scale.py CORPUS_DIR --words 100000 --attested    # with those seen or well known alone
    python benchmarks/scale.py CORPUS_DIR --words 100000 --dialect T   # by another family of spinners

Only articles that no model was trained on are taken (one in fifty). Each swap counts by itself, as each
mark of the written sets does: of two that stand side by side, one may be restored. The spinner shares its
table with the lexicon, so the spun rows flatter: the written sets decide. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.found import Found
from tools.spin import Spinner, load_spinner
from tools.train.corpus import articles, beginning, is_held_out

from despin.edits import Edit, apply_edits, inverted, shifted
from despin.evaluate import Case, case_from_edits, judge
from despin.lexicon.compiled import DIALECTS
from despin.pipeline import Options, Pipeline, default_pipeline

_RATES = (0.2, 0.8)


def held_out(folder: Path, words: int) -> Iterator[tuple[int, list[str]]]:
    """Yield held-out articles, shortened, up to ``words`` words."""
    count = 0
    for number, paragraphs in articles(folder):
        if not is_held_out(number) or count >= words:
            continue
        taken = beginning(paragraphs)
        size = sum(len(paragraph.split()) for paragraph in taken)
        if size >= 100:
            count += size
            yield number, taken


class Piece(NamedTuple):
    """A text, and the edits that take back what was swapped in it."""

    text: str
    swaps: list[Edit]

    def case(self, name: str = "") -> Case:
        """Return it as a case, each swap a chunk."""
        return case_from_edits(name, self.text, self.swaps)


def spun_paragraphs(
    paragraphs: list[str], spinner: Spinner, rate: float, chance: random.Random
) -> list[Piece]:
    """Return ``paragraphs`` as one text spun, each apart again."""
    swaps = spinner.swaps("\n\n".join(paragraphs), rate, chance)
    text, back = apply_edits("\n\n".join(paragraphs), swaps), inverted(swaps)
    pieces, at = [], 0
    for spun in text.split("\n\n"):
        end = at + len(spun)
        inside = [edit for edit in back if at <= edit.start and edit.end <= end]
        pieces.append(Piece(spun, [shifted(edit, -at) for edit in inside]))
        at = end + 2
    return pieces


def cases(folder: Path, words: int, spinner: Spinner) -> Iterator[tuple[str, Case]]:
    """Yield the kind and the case of every text to measure on."""
    for number, paragraphs in held_out(folder, words):
        chance = random.Random(f"scale {number}")
        spun = spun_paragraphs(paragraphs, spinner, chance.uniform(*_RATES), chance)
        yield "clean", Case(str(number), "\n\n".join(paragraphs), None)
        yield "spun", _joined(spun).case(str(number))
        if len(paragraphs) > 5:
            yield "mixed", _joined(_mixed(paragraphs, spun, chance)).case(str(number))
        start = chance.randrange(len(paragraphs))
        for short in (spun[start], Piece(paragraphs[start], [])):
            text = _sentences(short.text, 3)
            if len(text.split()) < 12:
                continue
            swaps = [edit for edit in short.swaps if edit.end <= len(text)]
            yield "short", Piece(text, swaps).case() if short is spun[start] else Case("", text, None)


def _joined(pieces: list[Piece]) -> Piece:
    """Return ``pieces`` as the paragraphs of one."""
    swaps, at = [], 0
    for piece in pieces:
        swaps += [shifted(edit, at) for edit in piece.swaps]
        at += len(piece.text) + 2
    return Piece("\n\n".join(piece.text for piece in pieces), swaps)


def _mixed(clean: list[str], spun: list[Piece], chance: random.Random) -> list[Piece]:
    """Return a run of spun paragraphs among clean ones, or the other way round."""
    length = chance.randint(1, len(clean) // 2)
    start = chance.randrange(len(clean) - length + 1)
    inside = range(start, start + length)
    turned = chance.random() < 0.5
    return [
        spun[number] if (number in inside) != turned else Piece(clean[number], [])
        for number in range(len(clean))
    ]


def _sentences(paragraph: str, most: int) -> str:
    pieces = paragraph.replace("? ", ". ").replace("! ", ". ").split(". ")
    return paragraph[: len(". ".join(pieces[:most])) + 1]


def measure(pipeline: Pipeline, options: Options, kinds: Iterator[tuple[str, Case]]) -> dict[str, Found]:
    """Return what ``pipeline`` does on texts of each kind."""
    found: dict[str, Found] = {}
    for kind, case in kinds:
        row = found.setdefault(kind, Found())
        row.tally.add(judge(case, pipeline.fix(case.spun, options).text))
        if kind == "mixed":
            continue
        is_spun = pipeline.score(case.spun, options).rate.spun
        judged = row if kind == "short" else found.setdefault("whole", Found())
        # A text in which no word was swapped is clean, whoever wrote it.
        (judged.spun if case.chunks else judged.clean).append(is_spun)
    return found


def table(found: dict[str, Found]) -> str:
    """Return the Markdown table."""
    rows = [
        "| texts | F0.5 | precision | recall | false / 10,000 clean words | spun or clean, F1 |",
        "|---" * 6 + "|",
    ]
    for kind, row in found.items():
        tally = row.tally
        scores = (f"{tally.f05:.3f}", f"{tally.precision:.3f}", f"{tally.recall:.3f}")
        cells = scores if tally.articles else ("–",) * 3
        clean = f"{tally.clean_rate:.2f}" if tally.clean_words else "–"
        detection = f"{row.detection:.3f}" if row.spun and row.clean else "–"
        rows.append(f"| {kind} | {' | '.join(cells)} | {clean} | {detection} |")
    return "\n".join(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure on held-out articles of a corpus.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--attested", action="store_true", help="spin with no pair that was only judged")
    parser.add_argument("--dialect", choices=[*DIALECTS], default="A", help="the family of spinners")
    options = parser.parse_args()
    spinner = load_spinner(options.dialect, attested=options.attested)
    texts = cases(options.corpus, options.words, spinner)
    print(table(measure(default_pipeline(), Options(), texts)))


if __name__ == "__main__":
    main()
