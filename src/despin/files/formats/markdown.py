"""Markdown: paragraphs, headings, lists and tables; code, links, HTML, front matter and quotes stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from despin.files.formats import Passage
from despin.files.formats.tree import PassageBuilder
from despin.shields import directives

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

#: Blocks that hold no prose of the article's own.
_CLOSED_BLOCKS = frozenset(
    {"fenced_code_block", "indented_code_block", "link_reference_definition", "block_quote"}
    | {"minus_metadata", "plus_metadata"}
)
#: What a reader sees as one thing, or not at all.
_CLOSED = frozenset(
    {"code_span", "latex_block", "uri_autolink", "email_autolink", "link_destination"}
    | {"link_title", "link_label", "image"}
)
_MARKS = frozenset({"emphasis_delimiter", "strikethrough_delimiter"})
_ESCAPES = frozenset({"entity_reference", "numeric_character_reference"})
_BRACKETS = frozenset({"[", "]", "(", ")", "!"})


def find(text: str, fields: Sequence[str]) -> Iterator[Passage]:
    """Yield the document's prose as one passage, a blank line between its blocks."""
    del fields
    data = text.encode("utf-8", "surrogatepass")
    builder = PassageBuilder(text)
    block_parser, inline_parser = _parsers()
    from tree_sitter import Range

    for block in _blocks(block_parser.parse(data).root_node):
        if block.type == "html_block":
            if told := directives(_text(block)):
                builder.put(f"{told}\n\n", block.start_byte)
            continue
        span = Range(block.start_point, block.end_point, block.start_byte, block.end_byte)
        inline_parser.included_ranges = [span]
        _add(inline_parser.parse(data).root_node, block, data, builder)
        builder.put("\n\n", block.end_byte)
    yield builder.passage()


@cache
def _parsers() -> tuple[Parser, Parser]:
    import tree_sitter_markdown
    from tree_sitter import Language, Parser

    languages = tree_sitter_markdown.language(), tree_sitter_markdown.inline_language()
    return Parser(Language(languages[0])), Parser(Language(languages[1]))


def _blocks(root: Node) -> Iterator[Node]:
    """Yield the nodes that hold inline text, and HTML, in the order of the file."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in _CLOSED_BLOCKS:
            continue
        if node.type in {"inline", "pipe_table_cell", "html_block"}:
            yield node
        else:
            stack.extend(reversed(node.children))


def _add(root: Node, block: Node, data: bytes, builder: PassageBuilder) -> None:
    """Add the text of ``block`` that stands outside the marks and closed parts of its tree."""
    lines = (node for node in block.children if node.type == "block_continuation")
    holes = sorted([*_holes(root), *((node.start_byte, node.end_byte, "") for node in lines)])
    at = block.start_byte
    for start, end, instead in holes:
        if start < at:
            continue
        builder.add(at, start)
        builder.put(instead, start)
        at = end
    builder.add(at, block.end_byte)


def _holes(root: Node) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what a reader sees instead, of every span that is not prose as written."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in _ESCAPES:
            yield node.start_byte, node.end_byte, unescape(_text(node))
        elif node.type == "backslash_escape":
            yield node.start_byte, node.start_byte + 1, ""
        elif node.type == "hard_line_break":
            yield node.start_byte, node.end_byte, "\n"
        elif node.type == "html_tag":
            yield node.start_byte, node.end_byte, directives(_text(node)) or " "
        elif node.type == "shortcut_link" and _text(node).lower() == "[sic]":
            continue  # a mark of the writer's, whatever Markdown makes of it
        elif node.type in _CLOSED:
            yield node.start_byte, node.end_byte, " "
        elif node.type in _MARKS or (node.type in _BRACKETS and node.parent and node.parent.type != "inline"):
            yield node.start_byte, node.end_byte, ""
        else:
            stack.extend(reversed(node.children))


def _text(node: Node) -> str:
    return node.text.decode() if node.text else ""
