"""Measure false edits in clean copy that is no news: the documentation that comes with Python.

    python benchmarks/manuals.py

What ``help()`` prints, by topic, and the docstrings of each module of the standard library are a text each.
Terms recur in them, and each time the context, which knows news alone, takes them for swaps. Prints a
Markdown table.
"""

from __future__ import annotations

import ast
import importlib
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from despin.pipeline import Options, default_pipeline

#: Shorter texts are left out, in code points.
_LEAST = 1500
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def topics() -> Iterator[str]:
    """Yield what Python's ``help()`` knows of the language, a text a topic."""
    found: dict[str, str] = importlib.import_module("pydoc_data.topics").topics
    yield from (text for text in found.values() if len(text) >= _LEAST)


def docstrings() -> Iterator[str]:
    """Yield the docstrings of each module of the standard library as one text."""
    library = Path(sysconfig.get_path("stdlib"))
    for path in sorted(library.rglob("*.py")):
        if {"site-packages", "test", "tests"} & set(path.relative_to(library).parts):
            continue
        try:
            nodes = ast.walk(ast.parse(path.read_bytes()))
        except SyntaxError:
            continue
        found = [ast.get_docstring(node) for node in nodes if isinstance(node, _DOCUMENTED)]
        text = "\n\n".join(filter(None, found))
        if len(text) >= _LEAST:
            yield text


def main() -> None:
    """Print the table."""
    pipeline, options = default_pipeline(), Options()
    print("| what | texts | words | texts with edits | edits in 10,000 words |\n|---|---|---|---|---|")
    for name, texts in (("topics of `help()`", [*topics()]), ("docstrings, by module", [*docstrings()])):
        edits = [len(pipeline.fix(text, options).edits) for text in texts]
        words = sum(len(text.split()) for text in texts)
        touched = sum(map(bool, edits))
        print(f"| {name} | {len(texts)} | {words:,} | {touched} | {1e4 * sum(edits) / words:.2f} |")


if __name__ == "__main__":
    main()
