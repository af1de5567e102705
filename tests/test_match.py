from __future__ import annotations

import pytest

from despin.document import read
from despin.lexicon import default_lexicon
from despin.match import find_slots


def found(text: str) -> list[str]:
    document = read(text)
    return [
        document.surface(slot.first, slot.last)
        for slot in find_slots(document, default_lexicon(), everything=True)
    ]


def test_phrases_and_the_words_in_them_both_count() -> None:
    assert {"the place", "place"} <= set(found("a town the place he met them"))


@pytest.mark.parametrize("gap", [" ", "  ", "\t", "\n"])
def test_white_space_in_a_phrase_does_not_matter(gap: str) -> None:
    assert f"the{gap}place" in found(f"a town the{gap}place he met them")


def test_no_slot_reaches_over_a_paragraphs_end() -> None:
    assert not any("place" in form and "the" in form for form in found("Near the\n\nplace he met"))


def test_no_slot_touches_a_shield() -> None:
    forms = found("“He mentioned it,” said Mentioned and www.mentioned.com")
    assert not any("mentioned" in form.lower() for form in forms)
