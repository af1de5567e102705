"""The systems that despin is measured against, each a function from text to text."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import despin
from despin.baselines import lexicon_lookup
from despin.lexicon import default_lexicon

System = Callable[[str], str]


@contextmanager
def systems() -> Iterator[dict[str, System]]:
    """Yield every system by name, weakest first."""
    with tempfile.TemporaryDirectory(prefix="despin-quality-") as folder:
        pairs = single_words()
        yield {
            "identity": lambda text: text,
            "codespell, our single words": codespell(pairs, Path(folder)),
            "lexicon without context": lexicon_lookup,
            "despin without document prior": partial(despin.fix_text, assume="spun"),
            "despin": despin.fix_text,
        }


def single_words() -> dict[str, str]:
    """Return the commonest original of every spun form that is one word, as is its original."""
    lexicon = default_lexicon()
    pairs = {}
    for word in lexicon.words:
        readings = [reading for reading in lexicon.readings(word) if reading.bar <= 1]
        if readings and word.isalpha() and readings[0].original.isalpha():
            pairs[word] = readings[0].original
    return pairs


def codespell(pairs: dict[str, str], folder: Path) -> System:
    """Return codespell fed ``pairs``; it cannot read phrases, nor choose between originals."""
    dictionary = folder / "dictionary.txt"
    dictionary.write_text("".join(f"{spun}->{original}\n" for spun, original in sorted(pairs.items())))
    article = folder / "article.txt"

    def fix(text: str) -> str:
        article.write_text(text, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "codespell_lib",
            "-D",
            str(dictionary),
            "-w",
            "-q",
            "31",
            str(article),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in {0, 65}:
            raise RuntimeError(f"codespell failed: {done.stderr}")
        return article.read_text(encoding="utf-8")

    return fix
