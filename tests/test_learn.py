from __future__ import annotations

from pathlib import Path

import despin
from despin.learn import Swap, candidate_pack, merged, mine
from despin.lexicon.entry import Entry, Original, Pack
from despin.lexicon.packs import read_pack
from despin.lexicon.writing import write_pack

SPUN = (
    "The minister grumbled on Monday that the bridge was unfit.\n\n"
    "She grumbled that the council had obtained no money, and has massed than 100 letters.\n\n"
    "He is grumbling again. Nobody grumbled in the north, the quarter he lives.\n"
)
ORIGINAL = (
    "The minister noted on Monday that the bridge was unsafe.\n\n"
    "She noted that the council had received no money, and has massed more than 100 letters.\n\n"
    "He is grumbling again. Nobody grumbled in the north, where he lives.\n"
)


def found() -> dict[tuple[str, str], Swap]:
    return {(swap.spun, swap.original): swap for swap in mine([(SPUN, ORIGINAL)])}


def test_swaps_are_mined_with_counts_and_places() -> None:
    swap = found()["grumbled", "noted"]
    assert (swap.count, swap.stands) == (2, 3)
    assert swap.share == 2 / 3
    assert swap.change == "The minister [[grumbled=>noted]] on Monday that the bridge was unfit."


def test_phrases_and_dropped_words_are_mined() -> None:
    assert ("the quarter", "where") in found()
    assert ("than", "more than") in found()


def test_neighbouring_swaps_are_cut_where_one_is_known_alone() -> None:
    pairs = [("He had obtained it.", "He had received it."), ("She obtained funds.", "She received money.")]
    assert {(swap.spun, swap.original) for swap in mine(pairs)} == {
        ("obtained", "received"),
        ("funds", "money"),
    }


def test_the_candidate_pack_can_be_read_and_used(tmp_path: Path) -> None:
    path = tmp_path / "learned.yaml"
    write_pack(path, candidate_pack(mine([(SPUN, ORIGINAL)]), "learned"))
    entries = {(entry.spun, entry.pos): entry for entry in read_pack(path).entries}
    assert entries["grumble", "verb"].originals == (Original("note", 2, "observed"),)
    assert "2 of 3 places" in entries["grumble", "verb"].note
    fixed = despin.fix_text(
        "The mayor grumbled on Friday that talks would go on.", assume="spun", dictionaries=[path]
    )
    assert fixed == "The mayor noted on Friday that talks would go on."


def test_merging_adds_up_and_keeps_what_was_there() -> None:
    def pack(*rows: tuple[str, str, int]) -> Pack:
        entries = tuple(
            Entry(spun, "phrase", (Original(original, count, "observed"),), "p", "user", "", 0, inflect=False)
            for spun, original, count in rows
        )
        return Pack("p", "user", "", entries, ("kyiv",))

    both = merged(pack(("a", "b", 2), ("c", "d", 1)), pack(("a", "b", 3), ("a2", "b2", 1)))
    assert {(entry.spun, entry.originals[0].text, entry.originals[0].count) for entry in both.entries} == {
        ("a", "b", 5),
        ("c", "d", 1),
        ("a2", "b2", 1),
    }
    assert both.never == ("kyiv",)
