"""Learning entries from spun texts and their originals.

Both texts are aligned word by word, paragraph by paragraph; what differs is a swap. A swap that
lies across several words is cut where its parts have been seen alone. What comes out is a
candidate pack: a dictionary with counts and examples that a person reviews before it is merged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from despin.document import Document, read
from despin.lexicon.entry import Entry, Example, Original, Pack

#: Swaps of more words than this are another sentence, not a swap.
_LONGEST = 5
#: A form that stands for the original in less than this share of its places is no candidate.
_LEAST_SHARE = 0.3

Words = tuple[str, ...]


@dataclass
class Swap:
    """A spun form and its original, as mined: how often, and where."""

    spun: str
    original: str
    count: int = 0
    #: How often the spun form stands in the spun texts at all.
    stands: int = 0
    #: The first sentence with it, the swap marked.
    change: str = ""

    @property
    def share(self) -> float:
        """The share of the form's places in which it stands for this original, 0 to 1."""
        return self.count / max(self.stands, self.count, 1)


def mine(pairs: Iterable[tuple[str, str]]) -> list[Swap]:
    """Return the swaps of ``(spun text, original text)`` pairs, commonest first."""
    articles = [(read(spun, quotes="repair"), read(original, quotes="repair")) for spun, original in pairs]
    chunks = [list(_chunks(spun, original)) for spun, original in articles]
    single = Counter(
        (spun, original) for found in chunks for spun, original, _ in found if 1 in {len(spun), len(original)}
    )
    swaps: dict[tuple[Words, Words], Swap] = {}
    for (document, _), found in zip(articles, chunks, strict=True):
        for spun, original, first in found:
            at = first
            for part, was in _cut(spun, original, single):
                if part != was:
                    swap = swaps.setdefault((part, was), Swap(" ".join(part), " ".join(was)))
                    swap.count += 1
                    swap.change = swap.change or _example(document, at, at + len(part), swap.original)
                at += len(part)
    _count_places(swaps, [document for document, _ in articles])
    kept = [swap for swap in swaps.values() if swap.share >= _LEAST_SHARE and swap.spun[0].isalnum()]
    return sorted(kept, key=lambda swap: (-swap.count, swap.spun, swap.original))


def candidate_pack(swaps: Iterable[Swap], name: str) -> Pack:
    """Return ``swaps`` as a pack for a person to review; verb and noun forms are brought to one entry."""
    entries: dict[tuple[str, str], list[tuple[Swap, str]]] = defaultdict(list)
    for swap in swaps:
        pos, spun, original = entry_of(swap)
        entries[spun, pos].append((swap, original))
    return Pack(
        name,
        "user",
        "",
        tuple(_entry(spun, pos, found, name) for (spun, pos), found in sorted(entries.items())),
        source="mined by despin learn; read every entry before you merge it",
    )


def merged(pack: Pack, more: Pack) -> Pack:
    """Return ``pack`` with the entries of ``more``: counts of a pair known to both are added."""
    entries = {(entry.spun, entry.pos): entry for entry in pack.entries}
    for entry in more.entries:
        known = entries.get((entry.spun, entry.pos))
        entries[entry.spun, entry.pos] = _joined(known, entry) if known else replace(entry, pack=pack.name)
    never = tuple(sorted({*pack.never, *more.never}))
    return replace(pack, entries=tuple(entries.values()), never=never)


def _joined(entry: Entry, more: Entry) -> Entry:
    originals = {original.text: original for original in entry.originals}
    for original in more.originals:
        known = originals.get(original.text)
        count = original.count + (known.count if known else 0)
        originals[original.text] = replace(known or original, count=count)
    examples = tuple(dict.fromkeys([*entry.examples, *more.examples]))
    return replace(entry, originals=tuple(originals.values()), examples=examples)


def _chunks(spun: Document, original: Document) -> Iterator[tuple[Words, Words, int]]:
    """Yield the spun and the original words of each difference, and the first spun token."""
    matcher = SequenceMatcher(None, spun.words, original.words, autojunk=False)
    for kind, *places in matcher.get_opcodes():
        if kind == "equal":
            continue
        a, b, c, d = places
        first = a - 1 if kind == "delete" and a else a  # "based mostly" for "based"
        last = b + 1 if kind == "insert" and b < len(spun.words) else b  # "than" for "more than"
        was = original.words[c - (a - first) : d + (last - b)]
        if not 0 < len(was) <= _LONGEST or not 0 < last - first <= _LONGEST:
            continue
        if spun.paragraph[first] == spun.paragraph[last - 1]:
            yield tuple(spun.words[first:last]), tuple(was), first


def _cut(spun: Words, original: Words, single: Counter[tuple[Words, Words]]) -> list[tuple[Words, Words]]:
    """Cut a difference where its parts are swaps seen alone; else word by word if it is as long."""
    if min(len(spun), len(original)) == 1:
        return [(spun, original)]
    for left in range(1, len(spun)):
        for right in range(1, len(original)):
            head, tail = (spun[:left], original[:right]), (spun[left:], original[right:])
            if head in single or tail in single:
                return [*_cut(*head, single), *_cut(*tail, single)]
    if len(spun) == len(original):
        return [((a,), (b,)) for a, b in zip(spun, original, strict=True)]
    return [(spun, original)]


def _example(document: Document, first: int, last: int, original: str) -> str:
    """Return the sentence of tokens ``[first, last)`` with the swap marked."""
    begin, end = _sentence(document, first)
    start, stop = document.starts[first], document.ends[last - 1]
    text = document.text
    return " ".join(f"{text[begin:start]}[[{text[start:stop]}=>{original}]]{text[stop:end]}".split())


def _sentence(document: Document, token: int) -> tuple[int, int]:
    """Return where the sentence of ``token`` begins and ends."""
    paragraph, opens, size = document.paragraph, document.opens, len(document.words)
    first, last = token, token + 1
    while first > 0 and not opens[first] and paragraph[first - 1] == paragraph[token]:
        first -= 1
    while last < size and not opens[last] and paragraph[last] == paragraph[token]:
        last += 1
    return document.starts[first], document.ends[last - 1]


def _count_places(swaps: dict[tuple[Words, Words], Swap], documents: list[Document]) -> None:
    """Count how often each spun form stands at all."""
    wanted: dict[str, set[Words]] = defaultdict(set)
    for spun, _ in swaps:
        wanted[spun[0]].add(spun)
    places: Counter[Words] = Counter()
    for document in documents:
        words = document.words
        for at, word in enumerate(words):
            for form in wanted.get(word, ()):
                places[form] += tuple(words[at : at + len(form)]) == form
    for (spun, _), swap in swaps.items():
        swap.stands = places[spun]


def entry_of(swap: Swap) -> tuple[str, str, str]:
    """Return part of speech, spun form and original of the entry that ``swap`` belongs to."""
    from despin.lexicon.inflect import lemma_pair

    for pos in ("verb", "noun"):
        found = lemma_pair(swap.spun, swap.original, pos)
        if found and found[0] != swap.spun:  # a base form alone does not tell its part of speech
            return pos, *found
    return "phrase", swap.spun, swap.original


def _entry(spun: str, pos: str, found: list[tuple[Swap, str]], name: str) -> Entry:
    counts: Counter[str] = Counter()
    for swap, original in found:
        counts[original] += swap.count
    originals = tuple(Original(text, count, "observed") for text, count in counts.most_common())
    examples = tuple(Example(swap.change) for swap, _ in found[:2])
    stands = sum({swap.spun: swap.stands for swap, _ in found}.values())
    note = f"stood for an original in {min(sum(counts.values()), stands)} of {stands} places"
    return Entry(spun, pos, originals, name, "user", "", 0, pos in {"verb", "noun"}, examples, note)
