"""Measure every entry of the lexicon: how often its repair is right, over how many repairs.

    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv            # held-out articles spun forward
    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --write    # and note it in dictionaries/

Articles that no model was trained on are spun forward and repaired; each repair is right when
exactly what the spinner had swapped stands there again. With ``--write`` the precision and
support of every pair measured often enough are noted in its pack: a proposed pair that proves
itself is ``curated`` from then on and may apply, and a pair that does harm only suggests.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_left
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from tools.spin import load_spinner
from tools.train.corpus import articles, is_held_out

from despin.edits import Edit, apply_edits, minimise
from despin.lexicon.entry import LEAST_PRECISION, LEAST_SUPPORT, Entry
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import dictionaries_folder, pack_files, read_pack
from despin.lexicon.writing import pack_text
from despin.pipeline import Options, default_pipeline

#: Spin rates of the text that is measured on: what real pages show.
_RATES = (0.2, 0.6)
_LONGEST = 900

#: (entry id, original) → repairs, repairs that were right.
Counts = Counter[tuple[str, str, bool]]


def measure(task: tuple[Path, int, int, int, float]) -> Counts:
    """Return the counts over the held-out articles that fall to one worker."""
    folder, passes, part, parts, confidence = task
    spinner, pipeline = load_spinner(), default_pipeline()
    options = Options(min_confidence=confidence, guesses=True)
    counts: Counts = Counter()
    for number, paragraphs in articles(folder):
        if not is_held_out(number) or number // 100 % parts != part:
            continue
        text = "\n\n".join(_shortened(paragraphs))
        for turn in range(passes):
            chance = random.Random(f"measure {number} {turn}")
            swaps = spinner.swaps(text, chance.uniform(*_RATES), chance)
            spun = apply_edits(text, swaps)
            was = Restored(swaps)
            for edit in pipeline.fix(spun, options).edits:
                counts[edit.entry, edit.original.lower(), was.is_right(spun, edit)] += 1
    return counts


def _shortened(paragraphs: list[str]) -> list[str]:
    taken, count = [], 0
    for paragraph in paragraphs:
        if count > _LONGEST:
            break
        taken.append(paragraph)
        count += len(paragraph.split())
    return taken


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


def note(counts: Counts) -> None:
    """Write precision and support of every pair measured often enough into its pack."""
    for path in pack_files(dictionaries_folder()):
        pack = read_pack(path)
        entries = tuple(_noted(entry, counts) for entry in pack.entries)
        head = path.read_text(encoding="utf-8").split("\n", 1)[0]
        comment = head.removeprefix("# ") if head.startswith("# ") else ""
        path.write_text(pack_text(replace(pack, entries=entries), comment), encoding="utf-8")


def _noted(entry: Entry, counts: Counts) -> Entry:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    pairs = {(source.text, _changed(spun, form)) for spun, form, source in form_pairs(entry)}
    for text, changed in pairs:
        right[text] += counts[entry.id, changed, True]
        wrong[text] += counts[entry.id, changed, False]
    told_apart = {example.changes for example in entry.examples} == {True, False}
    originals = []
    for original in entry.originals:
        support = right[original.text] + wrong[original.text]
        known = support >= LEAST_SUPPORT
        precision = round(right[original.text] / support, 2) if known else None
        evidence = original.evidence
        if evidence in {"curated", "proposed"}:
            proven = precision is not None and precision >= LEAST_PRECISION
            evidence = "curated" if proven or told_apart else "proposed"
        support = support if known else 0
        originals.append(replace(original, evidence=evidence, precision=precision, support=support))
    return replace(entry, originals=tuple(originals))


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
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    tasks = [
        (options.corpus, options.passes, part, options.jobs, options.confidence)
        for part in range(options.jobs)
    ]
    counts: Counts = Counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        for part in pool.map(measure, tasks):
            counts.update(part)
    pairs = sorted({(entry, original) for entry, original, _ in counts})
    rows = ["entry\toriginal\trepairs\tprecision"]
    for entry, original in pairs:
        right, wrong = (counts[entry, original, outcome] for outcome in (True, False))
        rows.append(f"{entry}\t{original}\t{right + wrong}\t{right / (right + wrong):.3f}")
    options.report.write_text("\n".join(rows) + "\n", encoding="utf-8")
    if options.write:
        note(counts)


if __name__ == "__main__":
    main()
