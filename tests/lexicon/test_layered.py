from __future__ import annotations

import math
from pathlib import Path

import pytest

import despin
from despin.lexicon import Lexicon, load_lexicon, packs
from despin.lexicon.entry import Pack
from despin.lexicon.packs import read_pack

PACK = """\
pack: shipped
dialect: A
source: invented for this test
entries:
- spun: burden
  pos: verb
  originals:
  - {text: stress, count: 3, evidence: seed, precision: 0.97, support: 40}
- spun: become a member of
  pos: verb
  originals:
  - {text: join, count: 1, evidence: seed}
"""
OWN = "weighed->stressed\nburdened->annoyed\nburdened down->tired\n!became a member of\n"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "shipped.yaml"
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.fixture
def layered(base: Path, tmp_path: Path) -> Lexicon:
    own = tmp_path / "own.txt"
    own.write_text(OWN, encoding="utf-8")
    return load_lexicon((base,), (own,))


def originals(lexicon: Lexicon, form: str) -> list[str]:
    return [reading.original for reading in lexicon.readings(form)]


def test_what_a_dictionary_says_of_a_form_it_says_alone(layered: Lexicon) -> None:
    assert originals(layered, "burdened") == ["annoyed"]
    assert originals(layered, "weighed") == ["stressed"]
    assert originals(layered, "became a member of") == []
    assert originals(layered, "burdening") == ["stressing"]


def test_forms_of_both_are_found(layered: Lexicon) -> None:
    assert layered.phrase_lengths("burdened") == (2, 1)
    assert layered.phrase_lengths("becoming") == (4,)
    assert layered.phrase_lengths("annoyed") == ()
    assert {"becoming", "weighed"} <= {*layered.words}
    assert layered.words == sorted({*layered.words})


def test_a_form_never_to_touch_is_no_near_phrase(layered: Lexicon, base: Path) -> None:
    phrase = ["became", "a", "member", "of"]
    assert (phrase, 0, "a") in load_lexicon((base,)).anchored("became")
    assert (phrase, 0, "a") not in layered.anchored("became")
    assert (["becoming", "a", "member", "of"], 0, "a") in layered.anchored("becoming")


def test_phrases_of_ones_own_may_be_near(layered: Lexicon) -> None:
    assert layered.anchored("burdened") == ((["burdened", "down"], 0, "down"),)


def test_entries_are_numbered_on(layered: Lexicon) -> None:
    (own,), (below,) = layered.readings("burdened"), layered.readings("burdening")
    assert (layered.entry(own.entry)["file"], layered.entry(own.entry)["line"]) == ("own.txt", 2)
    assert (layered.entry(below.entry)["file"], layered.entry(below.entry)["line"]) == ("shipped.yaml", 5)
    assert layered.entries == 5


def test_a_pair_of_ones_own_shares_the_original_with_those_below(layered: Lexicon, base: Path) -> None:
    below = load_lexicon((base,))
    (alone,), (beside,) = below.readings("burdened"), layered.readings("weighed")
    # One form that a spinner surely has, of weight 4; then another beside it, of weight 2.
    assert math.exp(alone.logp) == pytest.approx(0.95 * 4 / 4.5)
    assert math.exp(beside.logp) == pytest.approx(0.95 * 2 / 6.5)
    assert sum(below.activity("stressed")) == pytest.approx(0.95 * 4 / 4.5)
    assert sum(layered.activity("stressed")) == pytest.approx(0.95 * 6 / 6.5)
    assert layered.activity("joining") == below.activity("joining")


def test_what_is_known_of_a_word_both_ways(layered: Lexicon) -> None:
    assert [(known.form, known.precision, known.support) for known in layered.spun_to("stressed")] == [
        ("weighed", None, 0)
    ]
    assert [(known.form, known.precision, known.support) for known in layered.spun_to("stressing")] == [
        ("burdening", 0.97, 40)
    ]
    assert [known.reading.original for known in layered.known("burdened")] == ["annoyed"]
    assert layered.known("became a member of") == []


def test_packs_are_not_read_for_a_dictionary(
    layered: Lexicon, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def watched(path: Path) -> Pack:
        read.append(path.name)
        return read_pack(path)

    monkeypatch.setattr(packs, "read_pack", watched)
    own = tmp_path / "own.txt"
    own.write_text("jap->eastern\n", encoding="utf-8")
    assert originals(load_lexicon((base,), (own,)), "jap") == ["eastern"]
    assert read == ["own.txt"]


def test_what_is_never_to_be_touched_is_shielded_whole(base: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("!the place of\n!mentioned\n", encoding="utf-8")
    text = "Paris, the place of her birth, he mentioned, is in jap France."
    fixed = despin.fix_text(text, assume="spun", dictionaries=[own])
    assert fixed == "Paris, the place of her birth, he mentioned, is in eastern France."


def test_an_entry_of_ones_own_goes_before_what_packs_never_touch(base: Path, tmp_path: Path) -> None:
    base.write_text(PACK + "never: [the house of]\n", encoding="utf-8")
    own = tmp_path / "own.txt"
    own.write_text("the house of->the home of\n", encoding="utf-8")
    assert load_lexicon((base,)).never == ("the house of",)
    assert load_lexicon((base,), (own,)).never == ()
    assert originals(load_lexicon((base,), (own,)), "the house of") == ["the home of"]
