"""Note in how many thesauri each pair of single words stands that was only judged.

    python -m tools.list_pairs UNION_PAIRS.tsv.gz

The file has a pair a row, tab-separated: two words, and a bit for each thesaurus that lists them as
synonyms, in either order: Moby, MyThes, WordNet (the same set of synonyms), WordNet (a step away), PPDB.
A pair counts as listed where any base forms of its two words are. Only the number goes into
dictionaries/: it says how likely a spinner, whose table was made from a thesaurus, has the pair.
"""

from __future__ import annotations

import argparse
import gzip
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

from lemminflect import getAllLemmas

from despin.lexicon.entry import Entry
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import write_pack

#: The thesauri that list a pair of words, as a set of bits.
Thesauri = dict[frozenset[str], int]


def read(path: Path) -> Thesauri:
    """Return the pairs of ``path``, in either order."""
    found: Thesauri = defaultdict(int)
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            left, right, sources, *_ = row.rstrip("\n").split("\t")
            found[frozenset((left, right))] |= int(sources)
    return found


def listed(thesauri: Thesauri, spun: str, original: str) -> int | None:
    """Return how many of ``thesauri`` have the pair, in any of its words' base forms; None for phrases."""
    if " " in spun or " " in original:
        return None
    sources = 0
    for left in _bases(spun.lower()):
        for right in _bases(original.lower()):
            sources |= thesauri.get(frozenset((left, right)), 0)
    return sources.bit_count()


@cache
def _bases(word: str) -> frozenset[str]:
    return frozenset({word, *(base for bases in getAllLemmas(word).values() for base in bases)})


def noted(entry: Entry, thesauri: Thesauri) -> Entry:
    """Return ``entry`` with in how many of ``thesauri`` each of its judged originals stands."""
    return entry.each_original(
        lambda original: (
            replace(original, listed=listed(thesauri, entry.spun, original.text))
            if original.is_judged
            else original
        )
    )


def main() -> None:
    """Write the numbers into dictionaries/."""
    parser = argparse.ArgumentParser(description="Note in how many thesauri each pair stands.")
    parser.add_argument("pairs", type=Path)
    thesauri = read(parser.parse_args().pairs)
    for path in pack_files(dictionaries_folder()):
        write_pack(path, read_pack(path).each_entry(lambda entry: noted(entry, thesauri)))


if __name__ == "__main__":
    main()
