from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tools.count_hands import counted, missing, read, ringed

from despin.lexicon.entry import Entry, Original, Pack


def entry(spun: str, original: str, pos: str = "verb") -> Entry:
    return Entry(spun, pos, (Original(original, 1, "curated"),), "p", "A", "p.yaml", 1, pos == "verb")


def pack(*entries: Entry, unspun: tuple[str, ...] = ()) -> Pack:
    return Pack("p", "A", "p.yaml", entries, unspun=unspun)


def write(folder: Path, **articles: str) -> Path:
    for name, text in articles.items():
        (folder / f"{name.replace('_', '-')}.gold.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_pair_counts_once_a_hand_in_any_form(tmp_path: Path) -> None:
    hands = read(
        write(
            tmp_path,
            h1_war="He [[burdened=>stressed|said]] it. She [[burdens=>stresses]] it.",
            h1_tax="[[Burdening=>Stressing]] it.",
            h2_war="They [[burden=>stress]] it, and [[say=>said]].",
        )
    )
    (original,) = counted(entry("burden", "stress"), hands).originals
    assert original.written == 2


@pytest.mark.parametrize(
    ("evidence", "hands", "expected"),
    [("proposed", 1, "proposed"), ("proposed", 2, "curated"), ("observed", 2, "observed")],
)
def test_what_two_hands_wrote_is_no_guess(evidence: str, hands: int, expected: str, tmp_path: Path) -> None:
    known = entry("burden", "stress").each_original(lambda original: replace(original, evidence=evidence))
    found = read(write(tmp_path, **{f"h{number}_war": "[[burden=>stress]]" for number in range(hands)}))
    (original,) = counted(known, found).originals
    assert (original.written, original.evidence) == (hands, expected)
    # What was measured to do harm stays a suggestion, whoever wrote it.
    harmful = known.each_original(lambda original: replace(original, sure=1.0))
    assert not counted(harmful, found).originals[0].applies


def test_what_no_pack_has_is_a_guess(tmp_path: Path) -> None:
    text = "He [[pressured=>pushed]] [[3=>three]] [[burdened=>stressed]] [[the=>a]] [[talks=>speaks]]."
    hands = read(write(tmp_path, h1_war=text, h1_peace="[[pressured=>pushed]]"))
    packs = [pack(entry("burden", "stress"), unspun=("a",)), pack(entry("talk", "speak"))]
    (found,) = missing(packs, hands)
    assert (found.spun, found.pos, found.dialect) == ("pressure", "verb", "A")
    assert found.originals == (Original("push", 1, "proposed", written=1),)
    assert not found.originals[0].applies


def test_pairs_that_stand_for_one_another_are_marked() -> None:
    one, other = ringed(
        [pack(entry("data", "information", "noun")), pack(entry("information", "data", "noun"))]
    )
    assert [original.ring for found in (one, other) for original in found.entries[0].originals] == [
        True,
        True,
    ]
