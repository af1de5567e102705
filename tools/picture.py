"""Draw the README's picture: the seed article's word diff, as an SVG that loads nothing from anywhere.

python tools/picture.py seeds/000_a492ddeb8d8c52c2.txt docs/diff.svg
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from rich.console import Console

import despin
from despin.report.worddiff import coloured_word_diff

_WIDTH = 104
#: Rich's own template links fonts at a foreign host.
_TEMPLATE = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px monospace; }}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(text: str, title: str, paragraphs: int) -> str:
    """Return the SVG of the word diff of the first ``paragraphs`` paragraphs of ``text``."""
    edits = despin.find_edits(text)
    shown = "\n\n".join(text.split("\n\n")[:paragraphs]) + "\n"
    console = Console(record=True, width=_WIDTH, force_terminal=True, highlight=False, file=io.StringIO())
    console.print(coloured_word_diff(shown, [edit for edit in edits if edit.end < len(shown)]))
    return console.export_svg(title=title, code_format=_TEMPLATE, unique_id="despin")


def main() -> None:
    """Draw."""
    parser = argparse.ArgumentParser(description="Draw the word diff of an article as SVG.")
    parser.add_argument("article", type=Path)
    parser.add_argument("svg", type=Path)
    parser.add_argument("--paragraphs", type=int, default=12)
    options = parser.parse_args()
    text = options.article.read_text(encoding="utf-8")
    title = f"despin fix {options.article.name}"
    options.svg.write_text(picture(text, title, options.paragraphs), encoding="utf-8")


if __name__ == "__main__":
    main()
