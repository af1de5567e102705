from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.document import find_paragraphs, read


def shielded_words(text: str) -> dict[str, list[str]]:
    document = read(text)
    found: dict[str, list[str]] = {}
    for word, reason in zip(document.words, document.shielded, strict=True):
        if reason and word.isalnum():
            found.setdefault(reason, []).append(word)
    return found


@given(st.text())
def test_spans_lie_over_the_untouched_text(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert all(a < b for a, b in zip(document.starts, document.ends, strict=True))
    assert all(a <= b for a, b in zip(document.ends, document.starts[1:], strict=False))


@given(st.text())
def test_every_token_has_its_length(text: str) -> None:
    document = read(text)
    lengths = [end - start for start, end in zip(document.starts, document.ends, strict=True)]
    assert lengths == [len(word) for word in document.words]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no way” again.", ["no", "way"]),
        ('He said "no way" again.', ["no", "way"]),
        ("He said “no way, he", ["no", "way", "he"]),
        ('He said "no way, he', ["no", "way", "he"]),
        ("“One.\n\nTwo", ["one"]),
        ("done,” he said", ["done", "he", "said"]),
        ("‘Ukraine only a device’ he said", []),
        ('a 12" disc and a 7" one', []),
        ("He said „nein“ twice and «non» once", ["nein", "non"]),
        ("“a ‘b’ c” d", ["a", "b", "c"]),
    ],
)
def test_speech_is_shielded(text: str, quoted: list[str]) -> None:
    assert shielded_words(text).get("quote", []) == quoted


def test_a_quote_that_is_not_closed_ends_with_its_paragraph() -> None:
    document = read("He said “we go.\n\nThey mentioned it.")
    assert document.shielded[document.words.index("mentioned")] == ""


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("see https://example.org/mentioned now", "url", ["https", "example", "org", "mentioned"]),
        ("write to folks@example.org now", "email", ["folks", "example", "org"]),
        ("call `mentioned()` now", "code", ["mentioned"]),
        ("a <b class=folks>x</b> b", "markup", ["b", "class", "folks", "b"]),
        ("he met Safety Minister Folks there", "name", ["safety", "minister", "folks"]),
        ("the folks [sic] there", "sic", ["folks", "sic"]),
    ],
)
def test_other_shields(text: str, reason: str, words: list[str]) -> None:
    assert shielded_words(text).get(reason, []) == words


def test_numbers_stay() -> None:
    document = read("in 1,000 days")
    assert document.shielded == ["", "number", ""]


def test_a_capital_says_nothing_where_a_sentence_opens() -> None:
    document = read("Folks left. Officers stayed.")
    assert document.shielded == [""] * len(document.words)


def test_a_word_seen_as_a_name_is_a_name_at_the_start_too() -> None:
    document = read("Steered said so. It was Steered who left.")
    assert document.shielded[0] == "name"


def test_hand_wrapped_lines_make_one_paragraph_and_long_lines_one_each() -> None:
    assert len(find_paragraphs("He was due\nto hold talks.\n\nThey met.")) == 2
    long = "word " * 30
    assert len(find_paragraphs(f"{long}\n{long}\n")) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He saw Mrs. Stroll there.", "stroll"),
        ("The U.S. Army left.", "army"),
        ("It was J. R. Folks again.", "folks"),
    ],
)
def test_what_follows_a_short_form_is_a_name(text: str, name: str) -> None:
    document = read(text)
    at = document.words.index(name)
    assert (document.opens[at], document.shielded[at]) == (False, "name")


def test_a_full_stop_behind_a_word_ends_a_sentence() -> None:
    document = read("He left. Stroll stayed.")
    assert document.opens[document.words.index("stroll")]


def test_marks_without_words_are_read_in_their_own_time() -> None:
    # A search from each mark for the word behind it would take hours.
    document = read("( " * 100_000 + "He left.")
    assert document.opens[-3:] == [True, False, False]
    assert sum(document.opens) == 1
