from __future__ import annotations

import math
from pathlib import Path

import pytest

from despin.context import STEP, ContextModel, default_model
from despin.tables import Strings, TableError, Tables, pack_strings, write_tables


def test_common_words_carry_most_of_the_mass() -> None:
    # A few false hits of the 16-bit fingerprints are in it: one look-up in twenty thousand.
    model = default_model()
    for first, second in (("the", "united"), ("he", "said"), ("zzz", "of")):
        a, b = model.id(first), model.id(second)
        total = sum(math.exp(-STEP * model.cost(a, b, word)) for word in range(1, 4001))
        assert 0.6 < total < 1.5


def test_context_tells_words_apart() -> None:
    model = default_model()

    def cost(text: str) -> float:
        return STEP * model.path_cost(model.ids(text.split()))

    assert cost("forces in eastern europe , the") < cost("forces in jap europe , the") - 5
    assert cost("been killed in the fighting .") < cost("been killed in the preventing .") - 5


def test_unknown_words_have_no_id() -> None:
    assert default_model().id("zxqvy") == 0


def test_a_damaged_model_says_so(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    for data in (b"", b"rubbish", b"despin\x01\n\xff\xff\xff\x7f"):
        path.write_bytes(data)
        with pytest.raises(TableError, match="reinstall"):
            ContextModel(path)


def test_strings_are_found_again(tmp_path: Path) -> None:
    words = ["", "a", "ä", "said", "said that", *(f"w{n}" for n in range(500))]
    write_tables(tmp_path / "t.bin", {}, pack_strings("w", words))
    strings = Strings(Tables(tmp_path / "t.bin"), "w")
    assert [strings.find(word) for word in words] == list(range(len(words)))
    assert [strings[n] for n in range(len(words))] == words
    assert strings.find("absent") == -1
    assert len(strings) == len(words)
