"""What no edit may touch: speech, code, addresses, markup.

A shield is a span of the untouched text in code points. Shields are found
before anything else, so nothing that is decided later can reach into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from despin.edits import Edit


class Shield(NamedTuple):
    """A protected span ``[start, end)`` in code points, and why it is protected."""

    start: int
    end: int
    kind: str


#: Patterns that need no state, surest first, each with what it cannot do without: a text that has
#: none of it in lower case is not searched, nor the pattern compiled: most of the time that shields take.
#: A run of letters is tried from its beginning alone, or a long one would take time with its square.
_SPANS = (
    ("markup", "<&", r"(?s:<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>\n]*>|&#?\w+;)"),
    ("code", "`~", r"(?s:```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|``[^`\n]+``|`[^`\n]+`)"),
    (
        "url",
        ("://", "www.", "mailto:"),
        r"(?i:\b(?:https?|ftp|file)://[^\s<>”\"]+|\bwww\.[^\s<>”\"]+|\bmailto:\S+)",
    ),
    (
        "template",
        ("{{", "{%", "{#", "{:", "{.", "${"),
        r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[#:.][^{}\n]*\}|\$\{[^{}\n]*\}",
    ),
    ("email", "@", r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("handle", "@#", r"(?<!\w)[@#]\w+"),
    ("sic", ("sic]", "sic)", "sic*", "sic_"), r"(?i:(?<!\S)\S+\s{0,2}[\[(][*_]{0,2}sic[*_]{0,2}[\])])"),
    (
        "url",
        tuple(f".{domain}" for domain in ("com", "org", "net", "gov", "edu", "info", "co.uk", "eu", "io")),
        r"(?i:(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|co\.uk|eu|io)\b(?:/\S*)?)",
    ),
    ("path", "/\\", r"(?<![\w.])(?:\.{0,2}/[\w.-]+){2,}/?|\b[A-Za-z]:\\\S+"),
)
#: What a writer tells despin, in any case: a comment of its own, or ``despin: ignore`` in a line.
_DIRECTIVE = r"(?i:<!--\s*despin:\s*(off|on|ignore)\s*-->|(?<![\w/.-])despin:[ \t]*(ignore)(?![\w-]))"
_WORDLESS = re.compile(r"[\W_]*")
_LINE_END = re.compile(r"[\r\n\u0085\u2028\u2029]")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "”": "”"}
_MARK = re.compile(r"[“”„«»\"]")


def find_shields(text: str, paragraphs: list[tuple[int, int]]) -> list[Shield]:
    """Return the shields of ``text``, sorted, given its paragraphs' spans."""
    lower = text.lower()
    found = [
        Shield(*match.span(), kind)
        for kind, signs, pattern in _SPANS
        if any(sign in lower for sign in signs)
        for match in re.finditer(pattern, text)
    ]
    for start, end in paragraphs:
        found.extend(_quotations(text, start, end))
    if "despin" in lower:
        found.extend(_ignored(text, paragraphs))
    return sorted(found)


def directives(comment: str) -> str:
    """Return what ``comment``, markup that is no prose, tells despin; "" for most.

    >>> directives("<!-- despin: off --> <!-- to do -->")
    '<!-- despin: off -->'
    """
    return "".join(match[0] for match in re.finditer(_DIRECTIVE, comment) if match[1])


def _ignored(text: str, paragraphs: list[tuple[int, int]]) -> Iterator[Shield]:
    """Yield what the writer says to ignore.

    ``off`` holds up to ``on``, or to the end of the text. ``ignore`` holds for its line; one that
    has its line to itself holds for the paragraph that follows.
    """
    switched_off = -1
    for match in re.finditer(_DIRECTIVE, text):
        word = (match[1] or match[2]).lower()
        if word == "ignore":
            yield Shield(*_ignored_by(text, match.start(), match.end(), paragraphs), "ignored")
        elif word == "off" and switched_off < 0:
            switched_off = match.start()
        elif word == "on" and switched_off >= 0:
            yield Shield(switched_off, match.end(), "ignored")
            switched_off = -1
    if switched_off >= 0:
        yield Shield(switched_off, len(text), "ignored")


def _ignored_by(text: str, start: int, end: int, paragraphs: list[tuple[int, int]]) -> tuple[int, int]:
    """Return what an ``ignore`` at ``[start, end)`` is about: its line, or the paragraph that follows."""
    before = max(text.rfind(mark, 0, start) for mark in "\r\n\u0085\u2028\u2029") + 1
    after = _LINE_END.search(text, end)
    line_end = after.start() if after else len(text)
    if not _WORDLESS.fullmatch(text, before, start) or not _WORDLESS.fullmatch(text, end, line_end):
        return before, line_end
    followed = (last for _, last in paragraphs if last > line_end and text[line_end:last].strip())
    return before, next(followed, line_end)


def _quotations(text: str, start: int, end: int) -> Iterator[Shield]:
    """Yield quoted speech in one paragraph.

    A quotation that is not closed runs on to the paragraph's end, as speech of
    several paragraphs is set. One that closes without having been opened
    shields the whole paragraph: what was said may start anywhere before it.
    """
    opened, closers = -1, ""
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if opened >= 0:
            if mark in closers:
                yield Shield(opened, at + 1, "quote")
                opened = -1
        elif mark == '"' and at > start and text[at - 1].isdigit():
            continue  # inches, as in a 12" disc
        elif mark in "”»":
            yield Shield(start, end, "quote")
            return
        else:
            opened, closers = at, _PAIRS.get(mark, mark)
    if opened >= 0:
        yield Shield(opened, end, "quote")


def reaching_in(shields: Sequence[Shield], edits: Sequence[Edit]) -> Edit | None:
    """Return the first of ``edits`` that reaches into one of ``shields``, both by place in one text."""
    reach, at = 0, 0
    for edit in edits:
        while at < len(shields) and shields[at].start < edit.end:
            reach, at = max(reach, shields[at].end), at + 1
        if edit.start < reach:
            return edit
    return None
