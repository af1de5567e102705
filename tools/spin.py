"""Spin clean articles forward by the channel, to train and to measure on at scale.

    python tools/spin.py CLEAN_DIR OUT_DIR --rate 0.6 --seed 1

Reads ``*.txt`` of a folder and writes ``NAME.spun.txt`` beside ``NAME.orig.txt``.
The spinner behaves as the dialect notes describe: random choice among a few
forms, quotes and names left alone, case carried over, a/an stale four times in
five. It shares its table with the lexicon, so it flatters the decoder: it must
not be the only test.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from despin.articles import indefinite_article
from despin.document import Document, read
from despin.edits import Edit, apply_edits, match_case
from despin.lexicon.compile import ACTIVITY
from despin.lexicon.entry import Entry
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import dictionaries_folder, pack_files, read_packs
from despin.tokens import words

_STALE = 0.8
_LONGEST = 5


@dataclass(frozen=True)
class Spinner:
    """A spinner's table: for each original its spun forms with weights."""

    table: dict[str, list[tuple[str, float]]]

    def spin(self, text: str, rate: float, chance: random.Random, spared: float = 0.2) -> str:
        """Return ``text`` with about ``rate`` of the known originals swapped."""
        return apply_edits(text, self.swaps(text, rate, chance, spared))

    def swaps(self, text: str, rate: float, chance: random.Random, spared: float = 0.2) -> list[Edit]:
        """Return the swaps as edits of ``text``: their ``original`` is the spun form.

        A share ``spared`` of the originals is never swapped in this text: no
        spinner's table is ours.
        """
        document = read(text)
        spared_words = {key for key in sorted(self.table) if chance.random() < spared}
        edits: list[Edit] = []
        at = 0
        while at < len(document.words):
            length = self._length(document, at, spared_words)
            if length and chance.random() < rate:
                edits.append(self._swap(document, at, length, chance))
            at += max(length, 1)
        return edits + _articles(document, edits, chance)

    def _length(self, document: Document, at: int, spared: set[str]) -> int:
        for length in range(_LONGEST, 0, -1):
            last = at + length
            if last > len(document.words) or any(document.shielded[at:last]):
                continue
            if document.paragraph[at] != document.paragraph[last - 1]:
                continue
            key = " ".join(document.words[at:last])
            if key in self.table and key not in spared:
                return length
        return 0

    def _swap(self, document: Document, at: int, length: int, chance: random.Random) -> Edit:
        forms = self.table[" ".join(document.words[at : at + length])]
        (spun,) = chance.choices([form for form, _ in forms], [weight for _, weight in forms])
        start, end = document.starts[at], document.ends[at + length - 1]
        read_here = document.text[start:end]
        written = match_case(read_here, spun, opens=document.opens[at])
        return Edit(start, end, read_here, written, "spin", 1.0)


def _articles(document: Document, edits: list[Edit], chance: random.Random) -> list[Edit]:
    """Return the edits of articles that the spinner mends; most it leaves stale."""
    place = {start: token for token, start in enumerate(document.starts)}
    swapped = {edit.end for edit in edits}
    mended = []
    for edit in edits:
        token = place[edit.start] - 1
        if token < 0 or document.words[token] not in {"a", "an"} or document.shielded[token]:
            continue
        if document.ends[token] in swapped:
            continue
        wanted = indefinite_article(edit.original)
        if wanted != document.words[token] and chance.random() > _STALE:
            start, end = document.starts[token], document.ends[token]
            spun = document.text[start:end]
            written = match_case(spun, wanted, opens=document.opens[token])
            mended.append(Edit(start, end, spun, written, "spin", 1.0))
    return mended


def load_spinner(dialect: str = "A", evidence: frozenset[str] = frozenset(ACTIVITY)) -> Spinner:
    """Return the spinner of ``dialect``, from the pairs known by one of the kinds of ``evidence``."""
    table: dict[str, dict[str, float]] = defaultdict(dict)
    entries: list[Entry] = [
        entry
        for pack in read_packs(pack_files(dictionaries_folder()))
        if pack.dialect == dialect
        for entry in pack.entries
    ]
    for entry in entries:
        for spun, original, source in form_pairs(entry):
            if source.evidence in evidence:
                key = " ".join(words(original))
                weight = source.count * ACTIVITY[source.evidence]
                table[key][spun] = max(table[key].get(spun, 0.0), weight)
    return Spinner({key: sorted(forms.items()) for key, forms in table.items()})


def main() -> None:
    """Spin a folder."""
    parser = argparse.ArgumentParser(description="Spin clean articles forward by the channel.")
    parser.add_argument("clean", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rate", type=float, default=0.6, help="share of known originals swapped")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    spinner = load_spinner()
    for path in sorted(options.clean.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        name = path.stem.removeprefix("clean-")
        spun = spinner.spin(text, options.rate, random.Random(f"{options.seed} {name}"))
        (options.out / f"{name}.orig.txt").write_text(text, encoding="utf-8")
        (options.out / f"{name}.spun.txt").write_text(spun, encoding="utf-8")


if __name__ == "__main__":
    main()
