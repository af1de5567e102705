from __future__ import annotations

from pathlib import Path

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
