from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.lexicon.entry import Entry, Example, Original, Pack
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import dictionaries_folder, pack_files
from despin.lexicon.writing import pack_text, sort_key


@pytest.mark.parametrize("path", pack_files(dictionaries_folder()), ids=lambda path: path.stem)
def test_a_shipped_pack_comes_back(path: Path, tmp_path: Path) -> None:
    pack = read_pack(path)
    copy = tmp_path / path.name
    copy.write_text(pack_text(pack), encoding="utf-8")
    assert strip(read_pack(copy)) == strip(pack)


@given(st.text("abcy no:#'\"{}[]-,’0", min_size=1, max_size=8).map(str.strip).filter(bool))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    example = Example(f"He {text} it.")
    entry = Entry(
        text, "verb", (Original(f"not {text}", 2, "user"),), "p", "A", "", 0, False, (example,), text
    )
    path = tmp_path_factory.mktemp("pack") / "p.yaml"
    path.write_text(pack_text(Pack("p", "A", path.name, (entry,), (text,), text)), encoding="utf-8")
    pack = read_pack(path)
    (found,) = pack.entries
    assert dataclasses.replace(found, file="", line=0) == entry
    assert (pack.never, pack.source) == ((text,), text)


def strip(pack: Pack) -> list[Entry]:
    return sorted((dataclasses.replace(entry, line=0) for entry in pack.entries), key=sort_key)
