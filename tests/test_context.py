from __future__ import annotations

import math
from pathlib import Path

import pytest

from despin.context import ContextModel, default_model
from despin.tables import Strings, TableError, Tables, pack_strings, write_tables


def test_common_words_carry_most_of_the_mass() -> None:
    # Over the whole vocabulary the sum would gather false hits of the 16-bit fingerprints.
    model = default_model()
    for first, second in (("the", "united"), ("he", "said"), ("zzz", "of")):
        a, b = model.id(first), model.id(second)
        total = sum(math.exp(model.logp(a, b, word)) for word in range(1, 4001))
        assert 0.6 < total < 1.1


def test_context_tells_words_apart() -> None:
    model = default_model()

    def logp(text: str) -> float:
        ids = model.ids(text.split())
        return sum(model.logp(ids[n - 2], ids[n - 1], ids[n]) for n in range(2, len(ids)))

    assert logp("forces in eastern europe , the") > logp("forces in jap europe , the") + 5
    assert logp("been killed in the fighting .") > logp("been killed in the preventing .") + 5


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
