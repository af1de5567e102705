from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from despin.files.reading import UnreadableFile, decode, encoding_named, read_file


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.sampled_from(["", "bom", "16le", "16be"]),
)
def test_bytes_come_back(text: str, kind: str) -> None:
    data = {
        "": text.encode(),
        "bom": codecs.BOM_UTF8 + text.encode(),
        "16le": codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        "16be": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    }[kind]
    encoded = decode(data, "x")
    assert encoded.encode(encoded.text) == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"caf\xe9", "not valid UTF-8 at byte 3"),
        (b"\x89PNG\0\0", "binary"),
        (b"\xff\xfe\x00\xd8", "UTF-16"),
        (b"\xff\xfe\0\0a\0\0\0", "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        decode(data, "x.txt")


def test_a_missing_file_and_a_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file; check the path"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="is a folder; name a file"):
        read_file(tmp_path)


@pytest.mark.parametrize("name", ["mac_arabic", "cp875", "unicode_escape", "utf-16", "base64", "nonsense"])
def test_an_encoding_that_would_touch_other_bytes_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no encoding to read with"):
        encoding_named(name)
