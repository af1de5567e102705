"""HTML: text nodes only; tags, attributes, scripts, styles, comments and entities stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from despin.files.formats import Passage
from despin.files.formats.tree import PassageBuilder
from despin.shields import directives

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

#: Elements that go on with the sentence they stand in; all others end a paragraph.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "data", "dfn", "em", "font", "i", "ins", "label", "mark", "s"}
    | {"small", "span", "strong", "sub", "sup", "time", "tt", "u", "del", "wbr"}
)
#: Elements whose text is no prose of the article's own: code, and what is quoted.
_CLOSED = frozenset(
    {"code", "kbd", "samp", "var", "pre", "listing", "xmp", "plaintext", "textarea", "svg", "math"}
    | {"template", "title", "blockquote"}
)
_CLOSED_NODES = frozenset({"script_element", "style_element"})
_UNTRANSLATED = re.compile(rb"""(?i:translate\s*=\s*(["']?)no\1)""")
_TAGS = frozenset({"start_tag", "end_tag", "self_closing_tag", "erroneous_end_tag", "doctype"})


def find(text: str, fields: Sequence[str]) -> Iterator[Passage]:
    """Yield the page's prose as one passage, a blank line between its blocks."""
    del fields
    data = text.encode("utf-8", "surrogatepass")
    builder = PassageBuilder(text)
    _walk(_parser().parse(data).root_node, data, builder)
    yield builder.passage()


@cache
def _parser() -> Parser:
    import tree_sitter_html
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_html.language()))


def _walk(root: Node, data: bytes, builder: PassageBuilder) -> None:
    """Add the text below ``root`` in the order of the file; a stack, since pages nest deeply."""
    stack = [root]
    reach = root.start_byte
    while stack:
        node = stack.pop()
        if node.type == "comment":
            builder.put(directives(data[node.start_byte : node.end_byte].decode()) or " ", node.start_byte)
        elif node.type in _CLOSED_NODES or _name(node, data) in _CLOSED or _is_untranslated(node, data):
            builder.put(" ", node.start_byte)
        elif node.type in _TAGS:
            _add_space(reach, node.start_byte, data, builder)
            builder.put(_break(node, data), node.start_byte)
        elif node.type == "text":
            _add_space(reach, node.start_byte, data, builder)
            builder.add(node.start_byte, node.end_byte)
        elif node.type == "entity":
            _add_space(reach, node.start_byte, data, builder)
            builder.put(unescape(data[node.start_byte : node.end_byte].decode()), node.start_byte)
        else:
            stack.extend(reversed(node.children))
            continue
        reach = node.end_byte


def _add_space(start: int, end: int, data: bytes, builder: PassageBuilder) -> None:
    """Add the white space that the parser leaves between nodes."""
    if start < end and not data[start:end].strip():
        builder.add(start, end)


def _break(node: Node, data: bytes) -> str:
    """Return what a tag is to the reader: a new line or paragraph, a quotation mark, nothing."""
    tag = _tag(node, data)
    if tag == "q":
        return "“" if node.type == "start_tag" else "”"
    if tag in _INLINE:
        return ""
    return "\n" if tag == "br" else "\n\n"


def _name(node: Node, data: bytes) -> str:
    """Return the name of an element, "" for other nodes."""
    if node.type != "element" or not node.children:
        return ""
    return _tag(node.children[0], data)


def _is_untranslated(node: Node, data: bytes) -> bool:
    """Tell whether an element says that its text is not to be translated, so it is no prose either."""
    if node.type != "element" or not node.children:
        return False
    return any(
        _UNTRANSLATED.fullmatch(data, child.start_byte, child.end_byte)
        for child in node.children[0].children
        if child.type == "attribute"
    )


def _tag(node: Node, data: bytes) -> str:
    for child in node.children:
        if child.type in {"tag_name", "erroneous_end_tag_name"}:
            return data[child.start_byte : child.end_byte].decode("utf-8", "replace").lower()
    return ""
