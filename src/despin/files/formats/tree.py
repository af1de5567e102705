"""Building a passage from the spans that a parser finds."""

from __future__ import annotations

from despin.files.formats import Passage


class PassageBuilder:
    """Puts a passage together, piece by piece, in the order of the file."""

    def __init__(self, text: str) -> None:
        """Take the file's text; parsers give byte offsets of its UTF-8 form."""
        self._text = text
        self._pieces: list[str] = []
        self._places: list[int] = []
        self._offsets = _character_offsets(text)

    def character(self, byte: int) -> int:
        """Return the offset in code points of a byte offset."""
        return self._offsets[byte] if self._offsets else byte

    def add(self, start: int, end: int) -> None:
        """Append the file's characters ``[start, end)``, given as byte offsets."""
        first, last = self.character(start), self.character(end)
        # Where a line of the source ends says nothing: markup says where a paragraph does.
        self._pieces.append(self._text[first:last].replace("\n", " ").replace("\r", " "))
        self._places.extend(range(first, last))

    def put(self, piece: str, start: int) -> None:
        """Append ``piece``, which the file writes in another way at byte ``start``."""
        self._pieces.append(piece)
        self._places.extend([self.character(start)] * len(piece))

    def passage(self) -> Passage:
        """Return what was put together."""
        return Passage("".join(self._pieces), self._places)


def _character_offsets(text: str) -> list[int]:
    """Return the code point offset of every byte offset; nothing for ASCII, where they are the same."""
    if text.isascii():
        return []
    offsets = []
    for number, char in enumerate(text):
        offsets += [number] * len(char.encode("utf-8", "surrogatepass"))
    return [*offsets, len(text)]
