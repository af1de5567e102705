from __future__ import annotations

from dataclasses import replace

import pytest

from despin.edits import Edit
from despin.pipeline import Verdict
from despin.rate import Rate
from despin.report.explained import explained_fields, in_words
from despin.rivals import Explanation, Rival

TEXT = "So.\nHe mentioned it.\n"
SPUN = Verdict(Rate(0.28, 1.0), "A", [])
EDIT = Edit(7, 16, "mentioned", "said", "a:mention/verb", 0.7, ("it is known",))
SAID = Rival("mentioned", "said", 0.7, 2.0, "seed", 8, "A", "a:mention/verb", "a.yaml", 3, True, 0.73)
EXPLANATION = Explanation(EDIT, True, 0.2, [SAID, replace(SAID, original="told", probability=0.1)])


def words(item: Explanation = EXPLANATION, verdict: Verdict = SPUN) -> str:
    return in_words("a.txt", TEXT, verdict, [item])


def test_an_edit_is_a_paragraph() -> None:
    assert words() == (
        "a.txt: spun, dialect A, 28% of what could be swapped is; 1 edit, 0 suggestions\n\n"
        "2:4  mentioned → said  (restored, confidence 0.70)\n"
        "  why       it is known\n"
        "  rivals    “said” 0.70, as written 0.20, “told” 0.10\n"
        "  context   the words next to it fit “said” about 7.4 times better than “mentioned”\n"
        "  document  pairs as well known as this one are swapped 73% of the time in this text\n"
    )


def test_a_suggestion_says_so() -> None:
    said = words(replace(EXPLANATION, made=False))
    assert "1 suggestion\n" in said
    assert "(only suggested, confidence 0.70)" in said


def test_rivals_without_a_chance_are_named_up_to_three() -> None:
    none = [replace(SAID, original=name, probability=0.001) for name in ("a", "b", "c", "b", "d", "e")]
    assert "0.10; no chance: “a”, “b”, “c” and 2 more\n" in words(
        replace(EXPLANATION, rivals=[*EXPLANATION.rivals, *none])
    )
    assert "0.10; no chance: “a”\n" in words(replace(EXPLANATION, rivals=[*EXPLANATION.rivals, *none[:1]]))


def test_a_rival_over_other_words_names_them() -> None:
    longer = replace(SAID, spun="mentioned\nit", original="noted", probability=0.05)
    assert "“noted” for “mentioned it” 0.05" in words(
        replace(EXPLANATION, rivals=[*EXPLANATION.rivals, longer])
    )


@pytest.mark.parametrize(
    ("context", "said"),
    [
        (0.1, "fit “said” and “mentioned” equally well"),
        (-2.0, "fit “mentioned” about 7.4 times better than “said”"),
        (5.0, "fit “said” about 150 times better than “mentioned”"),
        (12.0, "fit “said” over a thousand times better than “mentioned”"),
    ],
)
def test_the_context_is_a_ratio(context: float, said: str) -> None:
    assert said in words(replace(EXPLANATION, rivals=[replace(SAID, context=context)]))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("rule:article", "it follows the word behind it"),
        ("b:x/verb", "that was the first look; the second, at"),
    ],
)
def test_what_no_reading_of_the_first_look_chose(entry: str, said: str) -> None:
    text = words(replace(EXPLANATION, edit=replace(EDIT, entry=entry)))
    assert f"  note      {said}" in text
    assert "  rivals    “said” 0.70" in text
    assert "  context" not in text


def test_a_clean_text_reads_clean() -> None:
    clean = Verdict(Rate(0.0, 0.03), None, [])
    assert in_words("a.txt", TEXT, clean, []) == (
        "a.txt: reads clean (probability of spinning 0.03); 0 edits, 0 suggestions\n"
    )


def test_the_fields_say_the_same() -> None:
    found = explained_fields("a.txt", TEXT, SPUN, [EXPLANATION])
    assert found["document"] == {"spun": True, "probability": 1.0, "dialect": "A", "rate": 0.28}
    (row,) = found["edits"]
    assert (row["path"], row["line"], row["column"], row["made"], row["kept"]) == ("a.txt", 2, 4, True, 0.2)
    assert [rival["original"] for rival in row["rivals"]] == ["said", "told"]
