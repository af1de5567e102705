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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from despin.articles import indefinite_article
from despin.document import Document, read
from despin.edits import Edit, apply_edits, match_case
from despin.lexicon.compile import activity_of, tier_of, weight_of
from despin.lexicon.entry import Entry
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import read_packs
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.tokens import words

_STALE = 0.8
#: How alike the rates of one text's originals are (the sum of a beta distribution's parameters).
_LOYALTY = 1.5
_LONGEST = 5


class Form(NamedTuple):
    """A spun form of some original: how much it weighs, and how likely a spinner knows it at all."""

    text: str
    weight: float
    known: float


@dataclass(frozen=True)
class Spinner:
    """A family of spinners: for each original the forms that one of them may write."""

    table: dict[str, list[Form]]

    def spin(self, text: str, rate: float, chance: random.Random) -> str:
        """Return ``text`` with about ``rate`` of the known originals swapped."""
        return apply_edits(text, self.swaps(text, rate, chance))

    def swaps(self, text: str, rate: float, chance: random.Random) -> list[Edit]:
        """Return the swaps as edits of ``text``: their ``original`` is the spun form.

        Each text is spun by a spinner of its own: it knows some forms of the family, and has a
        rate for each original, ``rate`` on average and mostly near 0 or 1, since a real one
        swaps a word nearly always or never.
        """
        document = read(text)
        one = _OneSpinner(self, rate, chance)
        edits: list[Edit] = []
        at = 0
        while at < len(document.words):
            step = 1
            for length, key in self._known(document, at):
                if chance.random() < one.rate(key):
                    edits.append(_swap(document, at, length, one.choose(key)))
                    step = length
                    break
            at += step
        return edits + _articles(document, edits, chance)

    def _known(self, document: Document, at: int) -> Iterator[tuple[int, str]]:
        """Yield the originals that begin at token ``at``, longest first."""
        for length in range(min(_LONGEST, len(document.words) - at), 0, -1):
            last = at + length
            key = " ".join(document.words[at:last])
            if (
                key in self.table
                and not any(document.shielded[at:last])
                and document.paragraph[at] == document.paragraph[last - 1]
            ):
                yield length, key


class _OneSpinner:
    """One spinner of a family: its forms and rates are drawn when they are first asked for."""

    def __init__(self, family: Spinner, rate: float, chance: random.Random) -> None:
        self._family = family
        self._rate = rate
        self._chance = chance
        self._forms: dict[str, list[Form]] = {}
        self._rates: dict[str, float] = {}

    def rate(self, key: str) -> float:
        """Return how often the original ``key`` is swapped; 0 when no form of it is known."""
        if key not in self._rates:
            chance, rate = self._chance, self._rate
            self._forms[key] = [form for form in self._family.table[key] if chance.random() < form.known]
            certain = rate in {0.0, 1.0}
            drawn = rate if certain else chance.betavariate(_LOYALTY * rate, _LOYALTY * (1 - rate))
            self._rates[key] = drawn if self._forms[key] else 0.0
        return self._rates[key]

    def choose(self, key: str) -> str:
        """Return a form for the original ``key``."""
        forms = self._forms[key]
        return self._chance.choices(forms, [form.weight for form in forms])[0].text


def _swap(document: Document, at: int, length: int, spun: str) -> Edit:
    start, end = document.starts[at], document.ends[at + length - 1]
    read_here = document.text[start:end]
    written = match_case(read_here, spun, opens=document.opens[at])
    if "’" in read_here:
        written = written.replace("'", "’")
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


def load_spinner(dialect: str = "A", *, attested: bool = False) -> Spinner:
    """Return the spinners of ``dialect``, from all pairs of its packs, or those seen or well known alone."""
    table: dict[str, dict[str, Form]] = defaultdict(dict)
    entries: list[Entry] = [
        entry
        for pack in read_packs(pack_files(dictionaries_folder()))
        if pack.dialect == dialect
        for entry in pack.entries
    ]
    for entry in entries:
        for spun, original, source in form_pairs(entry):
            if attested and tier_of(source) != "attested":
                continue
            form = Form(spun, weight_of(source), activity_of(source))
            forms = table[" ".join(words(original))]
            if spun not in forms or forms[spun].weight < form.weight:
                forms[spun] = form
    return Spinner({key: sorted(forms.values()) for key, forms in table.items()})


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
