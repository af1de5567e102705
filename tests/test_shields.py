from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin import shields
from despin.document import find_paragraphs, read
from despin.edits import Edit
from despin.shields import Shield, find_shields, reaching_in

ASCII = st.characters(codec="ascii")


@given(st.data())
def test_no_pattern_is_passed_over(data: st.DataObject) -> None:
    kind, _, pattern = data.draw(st.sampled_from(shields._SPANS))
    text = "x " + data.draw(st.from_regex(pattern, alphabet=ASCII))
    match = re.search(pattern, text)
    if match:
        assert (*match.span(), kind) in find_shields(text, find_paragraphs(text))


def ignored(text: str) -> list[str]:
    return [
        text[start:end] for start, end, kind in find_shields(text, find_paragraphs(text)) if kind == "ignored"
    ]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a <!-- despin: off --> b <!-- despin: on --> c", ["<!-- despin: off --> b <!-- despin: on -->"]),
        ("a\n\n<!--DESPIN:OFF-->\n\nb\n\nc", ["<!--DESPIN:OFF-->\n\nb\n\nc"]),
        ("<!-- despin: off -->a<!-- despin: off -->b<!-- despin: on -->c<!-- despin: on -->d",
         ["<!-- despin: off -->a<!-- despin: off -->b<!-- despin: on -->"]),
        ("one\ntwo <!-- Despin: Ignore -->\nthree", ["two <!-- Despin: Ignore -->"]),
        ("one\r\ntwo # despin: ignore\r\nthree", ["two # despin: ignore"]),
        ("one\r# despin: ignore\rtwo\rthree\r\rfour", ["# despin: ignore\rtwo\rthree\r"]),
        ("<!-- despin: ignore -->\n\ntwo\ntwo\n\nthree", ["<!-- despin: ignore -->\n\ntwo\ntwo\n"]),
        ("<!-- despin: ignore -->", ["<!-- despin: ignore -->"]),
        ("despin: ignored, despin:ignore-all, x-despin: ignore and despin: off", []),
    ],
)  # fmt: skip
def test_what_the_writer_says_is_heeded(text: str, spans: list[str]) -> None:
    assert ignored(text) == spans


def test_allowed_phrases_are_shields() -> None:
    document = read(
        "The place; they DON'T know. The  place of Japan, jap.", allow=("the Place", "don’t", " ", "jap")
    )
    shielded = [word for word, why in zip(document.words, document.shielded, strict=True) if why == "allowed"]
    assert shielded == ["the", "place", "don't", "the", "place", "jap"]
    assert "allowed" not in read("the place").shielded


@pytest.mark.parametrize(
    ("text", "shielded"),
    [
        ("He wrote teh\n[sic] word.", "teh\n[sic]"),
        ("He wrote teh [*sic*] word.", "teh [*sic*]"),
        ("He wrote teh (Sic) word.", "teh (Sic)"),
        ("See {{ page.mentioned }} and {% include mentioned.html %}.", "{{ page.mentioned }}"),
        ("See {{ page.mentioned }} and {% include mentioned.html %}.", "{% include mentioned.html %}"),
        ("# He mentioned it {#mentioned .jap}", "{#mentioned .jap}"),
        ("It costs ${mentioned}.", "${mentioned}"),
        ("a <!-- not closed", "<!-- not closed"),
    ],
)
def test_what_is_no_prose_is_a_shield(text: str, shielded: str) -> None:
    found = find_shields(text, find_paragraphs(text))
    assert shielded in [text[start:end] for start, end, _ in found]


@pytest.mark.parametrize(
    "text",
    [
        "x [sic] " + "A" * 40_000,
        "a@b.de " + "A" * 40_000,
        "bbc.com " + "a-" * 20_000,
        "bbc.com " + "a." * 20_000,
        "<!--" * 10_000,
    ],
    ids=["sic", "email", "hyphens", "dots", "comments"],
)
def test_a_long_run_takes_no_time_to_speak_of(text: str) -> None:
    start = time.process_time()
    find_shields(text, [(0, len(text))])
    assert time.process_time() - start < 2  # tens of seconds, where it grows with the square


def test_an_edit_that_reaches_into_a_shield_is_told() -> None:
    walls = [Shield(0, 40, "quote"), Shield(2, 5, "code"), Shield(50, 60, "url")]
    free, inside, over = (
        Edit(start, end, "x" * (end - start), "", "", 1.0) for start, end in ((40, 50), (30, 33), (45, 51))
    )
    assert reaching_in(walls, [free]) is None
    assert reaching_in(walls, [inside, free]) is inside
    assert reaching_in(walls, [free, over]) is over
