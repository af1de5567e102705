"""The text with its edits marked where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from despin.edits import Edit

if TYPE_CHECKING:
    from rich.text import Text


def word_diff(text: str, edits: Sequence[Edit]) -> str:
    """Return ``text`` with every edit as ``[-spun-]{+original+}``, as git writes word diffs."""
    return "".join(
        f"[-{edit.spun}-]{{+{edit.original}+}}" if edit else piece for piece, edit in _pieces(text, edits)
    )


def coloured_word_diff(text: str, edits: Sequence[Edit]) -> Text:
    """Return the word diff for a terminal: struck red and underlined green."""
    from rich.text import Text

    diff = Text(end="")
    for piece, edit in _pieces(text, edits):
        if edit is None:
            diff.append(piece)
        else:
            diff.append(edit.spun, style="red strike")
            diff.append(edit.original, style="bold green underline")
    return diff


def _pieces(text: str, edits: Sequence[Edit]) -> Iterator[tuple[str, Edit | None]]:
    at = 0
    for edit in edits:
        yield text[at : edit.start], None
        yield "", edit
        at = edit.end
    yield text[at:], None
