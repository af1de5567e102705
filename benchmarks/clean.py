"""Measure false edits in clean copy that was not written to tempt.

    python benchmarks/clean.py   # the documentation that comes with Python
    python benchmarks/clean.py FOLDER ...   # the .txt files of folders
    python benchmarks/clean.py --corpus CORPUS_DIR --words 400000   # news, in paragraphs and in sentences

What ``help()`` prints, by topic, and the docstrings of each module of the standard library are a text each.
Terms recur in them, and each time the context, which knows news alone, takes them for swaps. News is taken
from articles that no model was trained on. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.scale import held_out

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


def sentences(paragraph: str) -> Iterator[str]:
    """Yield the sentences of ``paragraph``, more or less: a capital or a quote begins one."""
    yield from re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])", paragraph)


def sets(options: argparse.Namespace) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each kind of text by name."""
    if not options.folders and not options.corpus:
        yield "topics of `help()`", topics()
        yield "docstrings, by module", docstrings()
    for folder in options.folders:
        files = sorted(folder.rglob("*.txt"))
        yield folder.name, (file.read_text(encoding="utf-8", errors="replace") for file in files)
    if options.corpus:
        articles = [paragraphs for _, paragraphs in held_out(options.corpus, options.words)]
        paragraphs = [paragraph for article in articles for paragraph in article]
        yield "news, single paragraphs", paragraphs
        yield "news, single sentences", (each for paragraph in paragraphs for each in sentences(paragraph))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure false edits in clean copy.")
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--words", type=int, default=400_000)
    pipeline, options = default_pipeline(), Options()
    print("| what | texts | words | texts with edits | edits in 10,000 words |\n|---|---|---|---|---|")
    for name, texts in sets(parser.parse_args()):
        count = words = touched = edits = 0
        for text in texts:
            found = len(pipeline.fix(text, options).edits)
            count, words = count + 1, words + len(text.split())
            touched, edits = touched + (found > 0), edits + found
        print(
            f"| {name} | {count:,} | {words:,} | {touched} | {1e4 * edits / max(words, 1):.2f} |", flush=True
        )


if __name__ == "__main__":
    main()
