"""How much of what spinners do the lexicon offers to take back, before anything is decided.

    python benchmarks/coverage.py --articles benchmarks/data/dev --articles benchmarks/data/test
    python benchmarks/coverage.py --pairs PAIRS.tsv --science TORTURED.tsv --corpus CORPUS_DIR

A difference is covered when every word of an accepted original is offered by the candidates that
overlap it (``despin candidates``). Rows of a pair table stand each in a bare frame, "They … it.";
a tortured phrase stands in a sentence, as it is, in the plural, and across a line break.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from despin.evaluate import TOKEN, read_cases
from despin.lexicon.inflect import phrase_forms
from despin.lexicon.packs import read_packs, shipped_forms
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.pipeline import Candidates, Options, default_pipeline
from despin.tokens import words

_FRAME = "They {} it."
_SENTENCE = "In this work the {} is studied in detail."
#: Abbreviations and remarks in parentheses.
_ASIDE = re.compile(r"\s*\([^)]*\)?")
#: Phrases that have a plural.
_SINGULAR = re.compile(r"[a-z]{3}(?<!s)(?<!ed)(?<!ly)(?<!ing)$")
_WORD = re.compile(r"[A-Za-z]{3,}")
#: Words that are no content words: articles, pronouns, prepositions, conjunctions, auxiliaries.
_FUNCTION = frozenset((
    "the", "and", "for", "with", "but", "from", "that", "this", "these", "those", "its", "she", "they",
    "you", "his", "her", "their", "our", "your", "him", "them", "who", "whom", "whose", "which", "what",
    "when", "where", "why", "how", "are", "was", "were", "been", "being", "has", "have", "had", "does",
    "did", "not", "nor", "than", "then", "there", "will", "would", "can", "could", "may", "might",
    "must", "shall", "should", "also", "into", "over", "about", "after", "before", "out", "more",
    "most", "other", "some", "such", "only", "just", "all", "any", "both", "each", "few", "own", "same",
    "too", "very", "said",
))  # fmt: skip
#: Types of rows that the bar is for.
_TYPES = {"word", "phrase", "function"}
_SEEN = {"seed", "observed"}
_OF_A = re.compile(r"dialect (?:[B-I],)*A")


def offers(slots: Iterable[Candidates], text: str, start: int, end: int, accepted: Iterable[str]) -> bool:
    """Tell whether the ``slots`` that overlap ``[start, end)`` offer all words of an accepted original.

    A slot may be wider or narrower than the difference: what stands round it counts as offered. Where
    an original brings no word of its own ("interest rate"), one slot must offer it as a whole.
    """
    overlapping = [slot for slot in slots if slot.start < end and start < slot.end]
    own = set(words(text[start:end]))
    offered = {word for slot in overlapping for original, _ in slot.originals for word in words(original)}
    whole = {
        tuple(words(f"{text[start : slot.start]} {original} {text[slot.end : end]}"))
        for slot in overlapping
        for original, _ in slot.originals
    }
    wanted = [words(original) for original in accepted]
    return any(
        tuple(original) in whole or (set(original) - own and own | offered >= set(original))
        for original in wanted
    )


def of_articles(folder: Path) -> tuple[int, int, float]:
    """Return how many differences of the articles in ``folder`` are covered, of how many, and slots' size."""
    pipeline = default_pipeline()
    covered = total = originals = slots = 0
    for case in read_cases(folder):
        if case.chunks is None:
            continue
        found = pipeline.candidates(case.spun, Options())
        slots += len(found)
        originals += sum(len(slot.originals) for slot in found)
        places = list(TOKEN.finditer(case.spun))
        for chunk in case.chunks:
            start = places[chunk.start].start()
            end = places[chunk.end - 1].end() if chunk.end > chunk.start else places[chunk.start].end()
            total += 1
            covered += offers(found, case.spun, start, end, [" ".join(text) for text in chunk.accepted])
    return covered, total, originals / slots


def of_pairs(rows: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Return how many pairs (spun, original) are covered in a bare frame, and of how many."""
    pipeline = default_pipeline()
    covered = total = 0
    for spun, original in rows:
        text = _FRAME.format(spun)
        start = text.index(spun)
        found = pipeline.candidates(text, Options())
        total += 1
        covered += offers(found, text, start, start + len(spun), original.split("/"))
    return covered, total


def of_science(rows: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Return how many sentences with a tortured phrase were found out, and of how many.

    Left out are rows without an original ("???"), and those whose original is the phrase itself.
    """
    pipeline = default_pipeline()
    covered = total = 0
    for spun, original in rows:
        phrase = _ASIDE.sub("", spun).strip()
        if "???" in original or _ASIDE.sub("", original).strip() == phrase:
            continue
        forms = {phrase, phrase.replace(" ", "\n", 1)}
        if _SINGULAR.search(phrase):
            forms.update(phrase_forms(phrase, "NNS"))
        for form in sorted(forms):
            text = _SENTENCE.format(form)
            start = text.index(form)
            slots = pipeline.candidates(text, Options())
            total += 1
            covered += any(slot.start <= start and start + len(form) <= slot.end for slot in slots)
    return covered, total


def of_corpus(folder: Path, most: int = 1000) -> tuple[int, int]:
    """Return how many of the commonest content words of ``folder`` are judged, and of how many.

    Judged is a word that some entry of dialect A says the spun form of, or that a pack marks as not spun.
    """
    from tools.train.corpus import articles  # noqa: PLC0415 (numpy, which no other row needs)

    counts: Counter[str] = Counter()
    for _, paragraphs in articles(folder):
        for paragraph in paragraphs:
            counts.update(_WORD.findall(paragraph))
    lower = [word for word in counts if word.islower() and counts[word] > counts[word.capitalize()]]
    common = sorted(set(lower) - _FUNCTION, key=lambda word: -counts[word])[:most]
    packs = [pack for pack in read_packs(pack_files(dictionaries_folder())) if pack.dialect == "A"]
    judged = {word for pack in packs for word in pack.unspun}
    judged |= {original.lower() for _, original in shipped_forms("A")}
    return sum(word in judged for word in common), len(common)


def table(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield spun form, original, and whether it was seen in dialect A, of the rows of a pair table."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            seen = row["source"] in _SEEN
            if row["type"] in _TYPES and (not seen or _OF_A.search(row["ambiguity_note"] or "")):
                yield row["spun"], row["original"], seen


def _line(name: str, covered: int, total: int, more: str = "") -> None:
    print(f"| {name} | {covered:,} of {total:,} | {covered / max(total, 1):.1%} | {more} |")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what the lexicon offers.")
    parser.add_argument("--articles", type=Path, action="append", default=[])
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--science", type=Path)
    parser.add_argument("--corpus", type=Path, help="a folder of news, to count its commonest words")
    options = parser.parse_args(arguments)
    print("| what | covered | share | originals a slot |\n|---|---|---|---|")
    for folder in options.articles:
        covered, total, size = of_articles(folder)
        _line(f"differences in {folder.name}", covered, total, f"{size:.1f}")
    if options.pairs:
        for name, wanted in (("pairs seen in dialect A", True), ("pairs nobody has seen", False)):
            rows = table(options.pairs)
            _line(name, *of_pairs((spun, original) for spun, original, seen in rows if seen == wanted))
    if options.corpus:
        _line("commonest content words judged", *of_corpus(options.corpus))
    if options.science:
        with options.science.open(encoding="utf-8") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            _line("tortured phrases", *of_science((row["spun"], row["original"]) for row in reader))


if __name__ == "__main__":
    main()
