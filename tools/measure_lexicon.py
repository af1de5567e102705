"""Measure every entry of the lexicon: how often its repair is right, over how many repairs.

    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 12 --write
    python -m tools.measure_lexicon CORPUS_DIR REPORT.tsv --passes 4 --as-shipped --draw fresh

Articles that no model was trained on are spun forward and repaired; each repair is right when
exactly what the spinner had swapped stands there again. The first command makes guesses as well, sets
a bar for each original (``sure``, the confidence that it needs to do more good than harm), and notes
precision and support in dictionaries/: a guess that proves itself is ``curated`` from then on and may
apply; an original that does no good at any confidence only suggests. The second makes only what is
shipped makes, and tells whether the bars hold.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from math import floor, sqrt
from pathlib import Path
from typing import NamedTuple

from tools.spin import load_spinner
from tools.train.corpus import articles, beginning, is_held_out

from despin.edits import Edit, apply_edits, inverted, minimise
from despin.lexicon.entry import Entry, Original
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import read_pack, read_packs
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import write_pack
from despin.pipeline import Options, default_pipeline
from despin.tokens import fold

#: Spin rates of the text that is measured on: they swap 12 to 21 in 100 words; the seed has 15.
_RATES = (0.5, 0.95)

#: The confidence of a repair, and whether it was right.
Outcome = tuple[float, bool]
#: (entry id, original) → its repairs.
Repairs = dict[tuple[str, str], list[Outcome]]
#: A repair adds to F0.5 from a precision of F0.5 / 1.25 on. An original that is less precise, by more
#: than so many standard errors, takes from it; fewer repairs than this tell nothing.
LEAST_PRECISION, _LUCK, _LEAST_SUPPORT = 0.67, 2, 3
#: Repairs of an entry that tell how precise it is, and how precise we should like it; for the summary.
_OFTEN, _LIKED = 50, 0.9
#: The bar of an original that is precise enough at no confidence.
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
    guesses: bool
    #: Names the draws of the spinner: what checks the bars must not be drawn as what set them.
    draw: str


def measure(task: Task) -> Repairs:
    """Return the repairs of the held-out articles that fall to one worker."""
    spinner, pipeline = load_spinner(), default_pipeline()
    options = Options(guesses=task.guesses)
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
                found[edit.entry, fold(edit.original)].append(outcome)
    return found


class Restored:
    """What stood where in a text before ``swaps`` were made."""

    def __init__(self, swaps: list[Edit]) -> None:
        """Place the swaps in the spun text."""
        self._places = [(back.start, back.end, back.original) for back in map(minimise, inverted(swaps))]

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


def note(found: Repairs) -> None:
    """Write what was measured with guesses made, and the bars that follow from it, into the packs."""
    for path in pack_files(dictionaries_folder()):
        write_pack(path, read_pack(path).each_entry(lambda entry: _noted(entry, found)))


def _noted(entry: Entry, found: Repairs) -> Entry:
    repairs: dict[str, list[Outcome]] = defaultdict(list)
    for text, name in {(source.text, name) for source, name in _named(entry)}:
        repairs[text] += found.get((entry.id, name), [])
    return replace(entry, originals=weighed(entry, repairs))


def weighed(entry: Entry, repairs: dict[str, list[Outcome]]) -> tuple[Original, ...]:
    """Return the originals of ``entry`` as measured with guesses made: the bar of each, and its precision."""
    told_apart = {example.changes for example in entry.examples} == {True, False}
    found = []
    for item in entry.originals:
        over, evidence, sure = repairs[item.text], item.evidence, bar_of(repairs[item.text])
        if item.is_judged and not (told_apart or item.is_vouched):  # a guess has to prove itself
            sure = bar_of(over, luck=0) if len(over) >= _LEAST_SUPPORT else _NEVER
            evidence = "proposed" if sure == _NEVER else "curated"
        elif evidence == "proposed":
            evidence = "curated"
        if len(over) < _LEAST_SUPPORT:
            found.append(replace(item, evidence=evidence, precision=None, support=0, sure=0.0))
            continue
        made = [right for confidence, right in over if confidence >= sure or sure == _NEVER]
        precision = floor(sum(made) / len(made) * 100) / 100
        found.append(replace(item, evidence=evidence, precision=precision, support=len(made), sure=sure))
    return tuple(found)


def bar_of(repairs: list[Outcome], *, luck: float = _LUCK) -> float:
    """Return the lowest bar over which ``repairs`` are right in ``LEAST_PRECISION`` of all, or ``_NEVER``.

    They may be worse by ``luck`` standard errors: of a few, faults may be chance.
    """
    bar = 0.0
    while bar < _NEVER and not _is_precise(_over(repairs, bar), luck):
        higher = [step for step in _STEPS if step > bar and len(_over(repairs, step)) >= _LEAST_SUPPORT]
        bar = higher[0] if higher else _NEVER
    return bar


def _is_precise(right: list[bool], luck: float) -> bool:
    chance = luck * sqrt(LEAST_PRECISION * (1 - LEAST_PRECISION) / max(len(right), 1))
    return len(right) < _LEAST_SUPPORT or _share(right) >= LEAST_PRECISION - chance


def _over(repairs: list[Outcome], bar: float) -> list[bool]:
    return [right for confidence, right in repairs if confidence >= bar]


def _share(right: list[bool]) -> float:
    return sum(right) / max(len(right), 1)


def by_entry(found: Repairs) -> dict[str, list[bool]]:
    """Return whether each repair was right, by the entry that made it."""
    entries: dict[str, list[bool]] = defaultdict(list)
    for (entry, _), repairs in found.items():
        entries[entry] += [right for _, right in repairs]
    return entries


def over_bars(found: Repairs) -> Repairs:
    """Return those repairs that are over the bars in ``dictionaries/``, which may be new."""
    bars: dict[tuple[str, str], float] = {}
    for pack in read_packs(pack_files(dictionaries_folder())):
        for entry in pack.entries:
            for source, name in _named(entry):
                pair = entry.id, name
                bars[pair] = min(source.bar, bars.get(pair, source.bar))
    over = {
        pair: [repair for repair in repairs if repair[0] >= bars.get(pair, 0.0)]
        for pair, repairs in found.items()
    }
    return {pair: repairs for pair, repairs in over.items() if repairs}


def report(found: Repairs) -> str:
    """Return how precise each original and each entry is, as tab-separated values."""
    entries = by_entry(found)
    rows = ["entry\toriginal\trepairs\tprecision\trepairs of the entry\tits precision"]
    for (entry, original), repairs in sorted(found.items()):
        over, every = _over(repairs, 0.0), entries[entry]
        row = f"{entry}\t{original}\t{len(over)}\t{_share(over):.3f}"
        rows.append(f"{row}\t{len(every)}\t{_share(every):.3f}")
    return "\n".join(rows) + "\n"


def summary(found: Repairs) -> str:
    """Return how precise all repairs are, and of how many entries those made often enough to tell are not."""
    entries = by_entry(found)
    every = [right for over in entries.values() for right in over]
    often = [over for over in entries.values() if len(over) >= _OFTEN]
    told = [
        f"{len(every):,} repairs, {_share(every):.1%} right; {len(often):,} entries with {_OFTEN} or more"
    ]
    for least in (_LIKED, LEAST_PRECISION):
        low = [over for over in often if _share(over) < least]
        share = sum(map(len, low)) / max(len(every), 1)
        error = sqrt(least * (1 - least))
        beyond_luck = [over for over in low if _share(over) < least - _LUCK * error / sqrt(len(over))]
        told.append(
            f"{len(low):,} under {least:.0%}, with {share:.1%} of all, "
            f"{len(beyond_luck):,} of them by more than two standard errors"
        )
    return "; ".join(told)


def _named(entry: Entry) -> Iterator[tuple[Original, str]]:
    """Yield each original of ``entry`` with what a repair may say is restored.

    That is all of a form, or what is left of it when words that both sides share are cut off.
    """
    for spun, form, source in form_pairs(entry):
        yield source, _changed(spun, form)
        yield source, form.lower()


def _changed(spun: str, original: str) -> str:
    """Return what an edit of ``spun`` to ``original`` says is restored, words that both share left out."""
    return minimise(Edit(0, len(spun), spun, original, "", 1.0)).original.lower()


def main() -> None:
    """Measure, report, and write if asked."""
    parser = argparse.ArgumentParser(description="Measure every entry of the lexicon.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--passes", type=int, default=4, help="how often each article is spun")
    parser.add_argument("--write", action="store_true", help="note what was measured in dictionaries/")
    parser.add_argument("--as-shipped", action="store_true", help="make no guesses; for checking bars")
    parser.add_argument("--draw", default="measure", help="a name for the draws of the spinner")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.write and options.as_shipped:
        parser.error("bars are set with guesses made: leave --as-shipped out, or --write")
    guesses = not options.as_shipped
    tasks = [
        Task(options.corpus, options.passes, part, options.jobs, guesses, options.draw)
        for part in range(options.jobs)
    ]
    found: Repairs = defaultdict(list)
    with ProcessPoolExecutor(options.jobs) as pool:
        for part in pool.map(measure, tasks):
            for pair, repairs in part.items():
                found[pair] += repairs
    print(summary(found))
    if options.write:
        note(found)
        found = over_bars(found)
        print(f"over the bars that were noted: {summary(found)}")
    options.report.write_text(report(found), encoding="utf-8")


if __name__ == "__main__":
    main()
