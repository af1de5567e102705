from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.quality import systems
from benchmarks.quality.__main__ import class_table, row
from benchmarks.quality.classes import by_class, classes
from benchmarks.quality.figures import interval, resampled, with_interval

from despin.evaluate import Tally, case_from_marks
from despin.lexicon import Lexicon
from despin.lexicon.compile import compile_packs
from despin.lexicon.packs import read_packs

GOOD, BAD = Tally(hit=8, miss=2, articles=1), Tally(hit=2, miss=8, articles=1)
CLEAN = Tally(clean_words=1000, clean_false=1, clean_articles=1)

PACK = """\
pack: quality
dialect: C
entries:
- spun: mention
  pos: verb
  unambiguous: true
  originals:
  - {text: say, count: 2, evidence: observed}
- spun: the place
  pos: phrase
  unambiguous: true
  originals:
  - {text: where, count: 3, evidence: curated}
- spun: jap
  pos: adj
  unambiguous: true
  originals:
  - {text: eastern, count: 1, evidence: core}
  - {text: Japanese, count: 1, evidence: curated}
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = tmp_path_factory.mktemp("packs")
    (folder / "quality.yaml").write_text(PACK)
    compile_packs(read_packs([folder / "quality.yaml"]), folder / "lexicon.bin", "")
    return Lexicon(folder / "lexicon.bin")


def test_the_interval_leaves_out_a_fortieth_at_each_end() -> None:
    assert interval([float(step) for step in range(1000, 0, -1)]) == (26, 975)
    assert interval([3.0]) == (3, 3)


def test_draws_keep_the_number_of_spun_and_of_clean_articles() -> None:
    sets = resampled([GOOD, BAD, CLEAN], draws=50)
    assert {(drawn.articles, drawn.clean_articles) for drawn in sets} == {(2, 1)}
    assert {drawn.hit for drawn in sets} == {4, 10, 16}


def test_draws_are_the_same_from_run_to_run() -> None:
    hits = [drawn.hit for drawn in resampled([GOOD, BAD, GOOD], draws=20)]
    assert hits == [drawn.hit for drawn in resampled([GOOD, BAD, GOOD], draws=20)]


def test_a_single_article_has_no_interval() -> None:
    def recall(tally: Tally) -> float:
        return tally.recall

    assert with_interval([GOOD], resampled([GOOD]), recall) == "0.800"
    assert with_interval([GOOD, BAD], resampled([GOOD, BAD]), recall, digits=2) == "0.50 (0.20–0.80)"


def test_a_row_shows_spun_and_clean_articles_apart() -> None:
    cells = row("x", [GOOD, GOOD, CLEAN]).split(" | ")
    assert cells[1:4] == ["1.000 (1.00–1.00)", "0.800 (0.80–0.80)", "0.952 (0.95–0.95)"]
    assert cells[-1] == "10.0 |"
    assert row("x", [GOOD]).endswith("| – |")


@pytest.mark.parametrize(
    ("spun", "accepted", "expected"),
    [
        ("Mention", ("Say",), {"word", "dialect C"}),
        ("mentioned", ("said",), {"word", "inflected", "dialect C"}),
        ("the place", ("where",), {"phrase", "unseen entry", "dialect C"}),
        ("jap", ("eastern",), {"word", "ambiguous", "dialect C"}),
        ("jap", ("Japanese",), {"word", "ambiguous", "unseen entry", "dialect C"}),
        ("jap", ("oriental",), {"word", "ambiguous", "not in the lexicon"}),
        ("", ("more",), {"phrase", "not in the lexicon"}),
    ],
)
def test_a_swap_has_the_classes_that_the_lexicon_tells(
    lexicon: Lexicon, spun: str, accepted: tuple[str, ...], expected: set[str]
) -> None:
    assert classes(spun, [accepted], lexicon) == expected


def test_each_class_is_judged_on_its_own_swaps(lexicon: Lexicon) -> None:
    case = case_from_marks("x", "He [[mentioned=>said]] [[jap=>eastern]] met [[the place=>where]] he was.")
    found = by_class(case, "He said eastern met the place he was.", lexicon)
    assert {name: (tally.hit, tally.miss) for name, tally in found.items()} == {
        **{"word": (2, 0), "inflected": (1, 0), "ambiguous": (1, 0)},
        **{"phrase": (0, 1), "unseen entry": (0, 1), "dialect C": (2, 1)},
    }
    assert class_table({"set": [found]}).splitlines()[2:] == [
        *("| word | 1.00 of 2 |", "| phrase | 0.00 of 1 |", "| inflected | 1.00 of 1 |"),
        *("| ambiguous | 1.00 of 1 |", "| unseen entry | 0.00 of 1 |", "| not in the lexicon | – |"),
        "| dialect C | 0.67 of 3 |",
    ]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "symspellpy", None)
    with systems.systems() as (found, skipped):
        names = list(found)
    assert (names[0], names[-1]) == ("identity", systems.DESPIN)
    assert [note.split(" (")[0] for note in skipped] == [
        *("symspellpy lookup_compound", "typos, our single words")
    ]


def test_codespell_corrects_word_by_word(tmp_path: Path) -> None:
    fix = systems.codespell({"mentioned": "said"}, tmp_path)
    assert fix("He mentioned “no”.\n") == "He said “no”.\n"
    assert fix("He said no.\n") == "He said no.\n"
