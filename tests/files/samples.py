"""Spun copy in every format, encoding and newline that despin reads."""

from __future__ import annotations

import codecs
import csv
import io
import json
from html import escape

SPUN = (
    "The minister mentioned on Wednesday that troops in jap Europe have been prepared.",
    "He met the president in Kyiv, the place he mentioned troops have been killed within the preventing.",
)
CLEAN = ("The minister said on Wednesday that troops were ready.", "Nobody was hurt, the ministry said.")

NEWLINES = {
    "lf": ("\n",),
    "crlf": ("\r\n",),
    "cr": ("\r",),
    "mixed": ("\n", "\r\n", "\r"),
    "nel": ("\u0085",),
}
ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8-bom": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "cp1252": (b"", "cp1252"),
    "latin-1": (b"", "latin-1"),
}
NAMES = {
    "text": "a.txt",
    "markdown": "a.md",
    "html": "a.html",
    "jsonl": "a.jsonl",
    "csv": "a.csv",
}


def document(kind: str, paragraphs: list[str]) -> str:
    """Return ``paragraphs`` as a file of the format ``kind``, with LF and much that is not prose."""
    if kind == "markdown":
        code = "```\njap mentioned\n```\n\n| *jap* | b |\n|---|---|\n| `jap` | c |\n"
        return "---\nplace: jap\n---\n\n# Jap\n\n" + "\n\n".join(paragraphs) + f"\n\n{code}"
    if kind == "html":
        body = "".join(
            f'<p class="jap">{escape(text).replace("jap", "<b>jap</b>")}</p>\n' for text in paragraphs
        )
        return f"<!doctype html>\n<script>jap()</script><!-- jap -->\n{body}&nbsp;jap&amp;\n"
    if kind == "jsonl":
        rows = [{"id": "jap", "text": text, "more": {"text": "jap"}} for text in paragraphs]
        return "".join(json.dumps(row, ensure_ascii=len(row["text"]) % 2 == 0) + "\n" for row in rows)
    if kind == "csv":
        held = io.StringIO(newline="")
        csv.writer(held, lineterminator="\n").writerows(
            [["id", "text"], *(["jap", row] for row in paragraphs)]
        )
        return held.getvalue()
    return "\n\n".join(paragraphs) + "\n"


def encoded(text: str, encoding: str, newline: str, *, final: bool) -> bytes:
    """Return ``text`` in bytes; raises ``UnicodeEncodeError`` where the encoding lacks a character."""
    marks = NEWLINES[newline]
    lines = text.split("\n")
    if not final and not lines[-1]:
        lines.pop()
    pieces = [line + marks[number % len(marks)] for number, line in enumerate(lines[:-1])]
    bom, name = ENCODINGS[encoding]
    return bom + ("".join(pieces) + lines[-1]).encode(name)
