"""The commands that pages show: lines of ``sh``, ``bash`` and ``console`` blocks, and code in the text."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

_BLOCK = re.compile(r"^```(sh|bash|console)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"(^|\s)\s*# .*$")


def commands(page: Path) -> list[str]:
    """Return the commands of a page's blocks as a shell would get them, without comments."""
    return [line for kind, block in _BLOCK.findall(_read(page)) for line in _lines(kind, block)]


def inline(page: Path) -> list[str]:
    """Return the code in the text of a page that begins with ``despin``."""
    text = _FENCED.sub("", _read(page))
    return [" ".join(code.split()) for code in re.findall(r"`(despin [^`]+)`", text)]


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _lines(kind: str, block: str) -> Iterator[str]:
    if kind == "console":  # the rest is what they print
        block = "\n".join(line[2:] for line in block.splitlines() if line.startswith("$ "))
    held = ""
    for line in block.replace("\\\n", " ").splitlines():
        held += _COMMENT.sub("", line) if not held else f"\n{line}"
        if held and _is_whole(held):
            yield " ".join(held.split()) if "\n" not in held else held
            held = ""


def _is_whole(line: str) -> bool:
    try:
        shlex.split(line)
    except ValueError:  # a quotation mark is open
        return False
    return True
