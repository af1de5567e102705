"""Note by how many hands each pair was written, and add the pairs that no pack has.

    python -m tools.count_hands benchmarks/data/train

The folder holds articles spun by hand, their swaps marked; a hand is what stands before the first
hyphen of an article's name. ``written`` in dictionaries/ says how many of them wrote a pair for its
original. What no pack has goes to dictionaries/written.yaml as a guess: it has to prove itself before
it applies (``tools/measure_lexicon.py``). No sentence goes in.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from despin.learn import Swap, entry_of
from despin.lexicon.entry import Entry, Original, Pack
from despin.lexicon.inflect import form_pairs
from despin.lexicon.packs import read_pack, read_packs
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import write_pack

_PACK, _DIALECT = "written", "A"
_SOURCE = "swaps of articles that hands spun for this project (benchmarks/data/train), that no other pack has"
_COMMENT = "Written by tools/count_hands.py. Guesses: a pair applies once its precision was measured."
_MARK = re.compile(r"\[\[(.*?)=>(.*?)\]\]")
#: Swaps of more words than this, or of anything but words, are no entries.
_LONGEST = 4
_WORDS = re.compile(r"[a-z]+(?:[-'’][a-z]+)*(?: [a-z]+(?:[-'’][a-z]+)*)*")

#: A spun form and what was meant, in lower case → the hands that wrote it so.
Hands = Mapping[tuple[str, str], set[str]]


def read(folder: Path) -> Hands:
    """Return who wrote each swap that is marked in the articles of ``folder``."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*.gold.txt")):
        for spun, originals in _MARK.findall(path.read_text(encoding="utf-8")):
            original = originals.split("|")[0]
            if spun != original:
                found[spun.lower(), original.lower()].add(path.name.split("-")[0])
    return found


def writers(entry: Entry, hands: Hands) -> Mapping[str, set[str]]:
    """Return the hands that wrote ``entry`` in any form, by the original they meant."""
    wrote: dict[str, set[str]] = defaultdict(set)
    for spun, original, source in form_pairs(entry):
        wrote[source.text] |= hands.get((spun.lower(), original.lower()), set())
    return wrote


def counted(entry: Entry, hands: Hands) -> Entry:
    """Return ``entry`` with by how many hands each of its originals was written so."""
    wrote = writers(entry, hands)
    return entry.each_original(
        lambda original: _vouched(replace(original, written=len(wrote.get(original.text, ()))))
    )


def _vouched(original: Original) -> Original:
    """Return ``original`` as curated if it was a guess and hands vouch for it."""
    is_guess = original.evidence == "proposed"
    return replace(original, evidence="curated") if is_guess and original.is_vouched else original


def missing(packs: Iterable[Pack], hands: Hands) -> Iterator[Entry]:
    """Yield an entry for what none of ``packs`` has, nor says is left alone."""
    packs = [pack for pack in packs if pack.dialect == _DIALECT]
    entries = [entry for pack in packs for entry in pack.entries]
    known = {(spun.lower(), form.lower()) for entry in entries for spun, form, _ in form_pairs(entry)}
    stands = {(entry.spun, entry.pos, original.text) for entry in entries for original in entry.originals}
    never = {form for pack in packs for form in pack.never}
    unspun = {word for pack in packs for word in pack.unspun}
    wrote: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (spun, original), who in hands.items():
        if (spun, original) in known or not (_is_phrase(spun) and _is_phrase(original)):
            continue
        pos, base, meant = entry_of(Swap(spun, original))
        if (base, pos, meant) not in stands and base not in never and meant not in unspun:
            wrote[base, pos][meant] |= who
    for (base, pos), originals in sorted(wrote.items()):
        found = tuple(
            _vouched(Original(meant, min(len(who), 3), "proposed", written=len(who)))
            for meant, who in sorted(originals.items())
        )
        yield Entry(base, pos, found, _PACK, _DIALECT, f"{_PACK}.yaml", 0, pos in {"verb", "noun"})


def _is_phrase(text: str) -> bool:
    return _WORDS.fullmatch(text) is not None and len(text.split(" ")) <= _LONGEST


def ringed(packs: Iterable[Pack]) -> list[Pack]:
    """Return ``packs`` of one dialect with each original marked that is written for its spun form as well."""
    packs = list(packs)
    pairs = {
        (entry.spun, original.text)
        for pack in packs
        for entry in pack.entries
        for original in entry.originals
    }

    def marked(entry: Entry) -> Entry:
        return entry.each_original(
            lambda original: replace(original, ring=original.ring or (original.text, entry.spun) in pairs)
        )

    return [pack.each_entry(marked) for pack in packs]


def main() -> None:
    """Write the counts, and the pack of new pairs, into dictionaries/."""
    parser = argparse.ArgumentParser(description="Note by how many hands each pair was written.")
    parser.add_argument("folder", type=Path)
    hands = read(parser.parse_args().folder)
    folder = dictionaries_folder()
    own = folder / f"{_PACK}.yaml"
    others = [path for path in pack_files(folder) if path != own]
    # What was measured of the pairs that are ours already stays.
    known = {entry.id: entry for entry in read_pack(own).entries} if own.exists() else {}
    entries = tuple(_kept(entry, known) for entry in missing(read_packs(others), hands))
    packs = {own: Pack(_PACK, _DIALECT, own.name, entries, source=_SOURCE, comment=_COMMENT)}
    for path in others:
        pack = read_pack(path)
        if pack.dialect == _DIALECT:
            packs[path] = pack.each_entry(lambda entry: counted(entry, hands))
    for path, pack in zip(packs, ringed(packs.values()), strict=True):
        write_pack(path, pack)


def _kept(entry: Entry, known: Mapping[str, Entry]) -> Entry:
    """Return ``entry`` with what the pack says already of its originals, but who wrote them."""
    if entry.id not in known:
        return entry
    said = {original.text: original for original in known[entry.id].originals}
    return entry.each_original(
        lambda original: (
            _vouched(replace(said[original.text], count=original.count, written=original.written))
            if original.text in said
            else original
        )
    )


if __name__ == "__main__":
    main()
