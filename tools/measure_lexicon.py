"""Measure every entry of the lexicon: how often its repair is right, over how many repairs.

    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 8 --write
    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 8 --write --as-shipped --draw shipped
    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 5 --as-shipped --draw check

Articles that no model was trained on are spun forward and repaired; each repair is right when
exactly what the spinner had swapped stands there again. The first command makes guesses as well, and
notes in dictionaries/ the precision and support of every pair measured often enough: a proposed pair
that proves itself is ``curated`` from then on and may apply; a pair that is precise only where the
decoder is surer needs that confidence (``sure``); one that never is only suggests. The second makes
only what is shipped makes, and raises bars that turn out too low. The third tells whether they hold.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from math import floor, sqrt
from pathlib import Path
from typing import NamedTuple

from tools.spin import load_spinner
from tools.train.corpus import articles, beginning, is_held_out

from despin.edits import Edit, apply_edits, minimise
from despin.lexicon.entry import LEAST_PRECISION, LEAST_SUPPORT, Entry, Original
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import write_pack
from despin.pipeline import Options, default_pipeline

#: Spin rates of the text that is measured on: they swap 12 to 21 in 100 words; the seed has 15.
_RATES = (0.5, 0.95)

#: (entry id, original) → the confidence of every repair, and whether it was right.
Repairs = dict[tuple[str, str], list[tuple[float, bool]]]
#: Repairs of a pair that tell something of it on their own.
_OFTEN = 50
#: Asked of a pair that is precise enough at no confidence.
_NEVER = 1.0
#: What a repair may be asked to be at least; those below are the user's own risk.
_STEPS = (0.8, 0.85, 0.9, 0.93, 0.96, 0.98, 0.99)


class Task(NamedTuple):
    """What one worker measures."""

    folder: Path
    passes: int
    #: Which part of the articles, of how many.
    part: int
    parts: int
    confidence: float
    guesses: bool
    #: Names the draws of the spinner: what checks the bars must not be drawn as what set them.
    draw: str


def measure(task: Task) -> Repairs:
    """Return the repairs of the held-out articles that fall to one worker."""
    spinner, pipeline = load_spinner(), default_pipeline()
    options = Options(min_confidence=task.confidence, guesses=task.guesses)
    found: Repairs = defaultdict(list)
    for number, paragraphs in articles(task.folder):
        if not is_held_out(number) or number // 100 % task.parts != task.part:
            continue
        text = "\n\n".join(beginning(paragraphs))
        for turn in range(task.passes):
            chance = random.Random(f"{task.draw} {number} {turn}")
            swaps = spinner.swaps(text, chance.uniform(*_RATES), chance)
            spun = apply_edits(text, swaps)
            was = Restored(swaps)
            for edit in pipeline.fix(spun, options).edits:
                outcome = edit.confidence, was.is_right(spun, edit)
                found[edit.entry, edit.original.lower()].append(outcome)
    return found


class Restored:
    """What stood where in a text before ``swaps`` were made."""

    def __init__(self, swaps: list[Edit]) -> None:
        """Place the swaps in the spun text."""
        self._places: list[tuple[int, int, str]] = []
        shift = 0
        for swap in sorted(swaps, key=lambda swap: swap.start):
            start = swap.start + shift
            end = start + len(swap.original)
            back = minimise(Edit(start, end, swap.original, swap.spun, "", 1.0))
            self._places.append((back.start, back.end, back.original))
            shift += len(swap.original) - len(swap.spun)

    def is_right(self, spun: str, edit: Edit) -> bool:
        """Tell whether ``edit`` of the text ``spun`` restores just what was swapped."""
        at = max(bisect_left(self._places, (edit.start, edit.start, "")) - 1, 0)
        pieces, reach = [], edit.start
        for start, end, original in self._places[at:]:
            if end <= edit.start:
                continue
            if start >= edit.end:
                break
            if start < edit.start or end > edit.end:
                return False
            pieces += [spun[reach:start], original]
            reach = end
        return "".join([*pieces, spun[reach : edit.end]]).lower() == edit.original.lower()


#: What becomes of a pair, given its repairs and whether examples tell when it holds.
Verdict = Callable[[Original, list[tuple[float, bool]], bool], Original]


def note(found: Repairs, verdict: Verdict) -> None:
    """Write what was measured of the pairs into their packs."""
    for path in pack_files(dictionaries_folder()):
        pack = read_pack(path)
        entries = tuple(_noted(entry, found, verdict) for entry in pack.entries)
        write_pack(path, replace(pack, entries=entries))


def _noted(entry: Entry, found: Repairs, verdict: Verdict) -> Entry:
    repairs: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for text, changed in {(source.text, _changed(spun, form)) for spun, form, source in form_pairs(entry)}:
        repairs[text] += found.get((entry.id, changed), [])
    told_apart = {example.changes for example in entry.examples} == {True, False}
    return replace(
        entry, originals=tuple(verdict(item, repairs[item.text], told_apart) for item in entry.originals)
    )


def weighed(original: Original, repairs: list[tuple[float, bool]], told_apart: bool) -> Original:
    """Return ``original`` as measured with guesses made: what it is worth, and from which confidence."""
    measured = bar_of(repairs)
    evidence = original.evidence
    if evidence in {"curated", "proposed"}:
        proven = measured is not None and measured.sure < _NEVER
        evidence = "curated" if proven or told_apart else "proposed"
    if measured is None:
        return replace(original, evidence=evidence, precision=None, support=0, sure=0.0)
    precision = floor(measured.precision * 100) / 100
    return replace(
        original, evidence=evidence, precision=precision, support=measured.support, sure=measured.sure
    )


def raised(original: Original, repairs: list[tuple[float, bool]], told_apart: bool) -> Original:
    """Return ``original`` with a higher bar if the one it has turned out too low by more than luck."""
    del told_apart
    measured = bar_of(repairs, leeway=1.0)
    if measured is None or original.bar > 1 or measured.sure <= original.sure:
        return original
    return replace(original, sure=measured.sure)


class Measured(NamedTuple):
    """How precise the repairs of a pair are, over how many, from which confidence up (0: the default)."""

    precision: float
    support: int
    sure: float


def bar_of(repairs: list[tuple[float, bool]], *, leeway: float = 0.0) -> Measured | None:
    """Return the lowest confidence from which ``repairs`` are precise enough, but for ``leeway``.

    The leeway is counted in standard errors: what is known to be luck is not held against a pair.
    Without such a confidence ``sure`` is 1, and the figures are those of the default. None when the
    repairs are too few to tell.
    """
    if len(repairs) < LEAST_SUPPORT:
        return None
    for step in (0.0, *_STEPS):
        over = [right for confidence, right in repairs if confidence >= step]
        if len(over) < LEAST_SUPPORT:
            break
        luck = leeway * sqrt(LEAST_PRECISION * (1 - LEAST_PRECISION) / len(over))
        if (precision := sum(over) / len(over)) >= LEAST_PRECISION - luck:
            return Measured(precision, len(over), step)
    return Measured(sum(right for _, right in repairs) / len(repairs), len(repairs), _NEVER)


def summary(found: Repairs) -> str:
    """Return how precise all repairs are, and of how many pairs those made often enough to tell are not."""
    right = sum(outcome for repairs in found.values() for _, outcome in repairs)
    every = sum(map(len, found.values()))
    often = [repairs for repairs in found.values() if len(repairs) >= _OFTEN]
    low = [
        repairs for repairs in often if sum(right for _, right in repairs) < LEAST_PRECISION * len(repairs)
    ]
    share = sum(map(len, low)) / max(every, 1)
    return (
        f"{every:,} repairs, {right / max(every, 1):.1%} right; of {len(often):,} pairs with {_OFTEN} or "
        f"more {len(low):,} are under {LEAST_PRECISION:.0%}, with {share:.1%} of all"
    )


def _changed(spun: str, original: str) -> str:
    """Return what an edit of ``spun`` to ``original`` says is restored, words that both share left out."""
    return minimise(Edit(0, len(spun), spun, original, "", 1.0)).original.lower()


def main() -> None:
    """Measure, report, and write if asked."""
    parser = argparse.ArgumentParser(description="Measure every entry of the lexicon.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--passes", type=int, default=4, help="how often each article is spun")
    parser.add_argument("--confidence", type=float, default=Options().min_confidence)
    parser.add_argument("--write", action="store_true", help="note what was measured in dictionaries/")
    parser.add_argument("--as-shipped", action="store_true", help="make no guesses, and only raise bars")
    parser.add_argument("--draw", default="measure", help="a name for the draws of the spinner")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    guesses = not options.as_shipped
    tasks = [
        Task(options.corpus, options.passes, part, options.jobs, options.confidence, guesses, options.draw)
        for part in range(options.jobs)
    ]
    found: Repairs = defaultdict(list)
    with ProcessPoolExecutor(options.jobs) as pool:
        for part in pool.map(measure, tasks):
            for pair, repairs in part.items():
                found[pair] += repairs
    rows = ["entry\toriginal\trepairs\tprecision\tsure"]
    for (entry, original), repairs in sorted(found.items()):
        measured = bar_of(repairs) or Measured(
            sum(right for _, right in repairs) / len(repairs), len(repairs), 0.0
        )
        rows.append(f"{entry}\t{original}\t{measured.support}\t{measured.precision:.3f}\t{measured.sure:.2f}")
    options.report.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(summary(found))
    if options.write:
        note(found, raised if options.as_shipped else weighed)


if __name__ == "__main__":
    main()
