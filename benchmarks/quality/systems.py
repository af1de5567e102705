"""The systems that despin is measured against, each a function from text to text."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import despin
from despin.baselines import lexicon_lookup
from despin.lexicon import default_lexicon

System = Callable[[str], str]
DESPIN = "despin"

_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


class MissingError(Exception):
    """A rival is not installed."""


@contextmanager
def systems() -> Iterator[tuple[dict[str, System], list[str]]]:
    """Yield every system that is installed by name, weakest first, and a note for each that is not."""
    pairs = single_words()
    with tempfile.TemporaryDirectory(prefix="despin-quality-") as name:
        folder = Path(name)
        makers: dict[str, Callable[[], System]] = {
            "identity": lambda: str,
            "symspellpy lookup_compound": symspell,
            "codespell, our single words": lambda: codespell(pairs, folder),
            "typos, our single words": lambda: typos(pairs, folder),
            "lexicon without context": lambda: lexicon_lookup,
            "despin without document prior": lambda: partial(despin.fix_text, assume="spun"),
            DESPIN: lambda: despin.fix_text,
        }
        found, skipped = {}, []
        for system, make in makers.items():
            try:
                found[system] = make()
            except MissingError as error:
                skipped.append(f"{system} ({error})")
        yield found, skipped


def single_words() -> dict[str, str]:
    """Return the commonest original of every spun form that is one word, as is its original."""
    lexicon = default_lexicon()
    pairs = {}
    for word in lexicon.words:
        readings = [reading for reading in lexicon.readings(word) if reading.bar <= 1]
        if readings and word.isalpha() and readings[0].original.isalpha():
            pairs[word] = readings[0].original
    return pairs


def codespell(pairs: Mapping[str, str], folder: Path) -> System:
    """Return codespell fed ``pairs``; it cannot read phrases, nor choose between originals."""
    dictionary = folder / "dictionary.txt"
    dictionary.write_text("".join(f"{spun}->{original}\n" for spun, original in sorted(pairs.items())))
    command = (sys.executable, "-m", "codespell_lib", "-D", str(dictionary), "-w", "-q", "31")
    return in_place(command, folder / "codespell.txt", fine={0, 65})


def typos(pairs: Mapping[str, str], folder: Path) -> System:
    """Return typos fed ``pairs`` beside its own list; it too corrects word by word."""
    program = shutil.which("typos")
    if program is None:
        raise MissingError("there is no typos command: pip install typos")
    config = folder / "typos.toml"
    rows = [f'"{spun}" = "{original}"\n' for spun, original in sorted(pairs.items())]
    config.write_text("".join(["[default.extend-words]\n", *rows]))
    command = (program, "--isolated", "--config", str(config), "--write-changes", "--quiet")
    return in_place(command, folder / "typos.txt", fine={0, 2})


def in_place(command: tuple[str, ...], article: Path, fine: set[int]) -> System:
    """Return a program that rewrites the file ``article``; ``fine`` are its exit codes when it worked."""

    def fix(text: str) -> str:
        article.write_text(text, encoding="utf-8")
        done = subprocess.run([*command, str(article)], capture_output=True, text=True, check=False)
        if done.returncode not in fine:
            raise RuntimeError(f"{command[0]} failed: {done.stderr}")
        return article.read_text(encoding="utf-8")

    return fix


def symspell() -> System:
    """Return symspellpy's compound correction with its own English words.

    It drops every mark between words and so is given the text from mark to mark.
    """
    try:
        library = importlib.import_module("symspellpy")
    except ImportError as error:
        raise MissingError("symspellpy is not installed: pip install symspellpy") from error
    checker = library.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    data = Path(library.__path__[0])
    checker.load_dictionary(str(data / "frequency_dictionary_en_82_765.txt"), term_index=0, count_index=1)
    checker.load_bigram_dictionary(
        str(data / "frequency_bigramdictionary_en_243_342.txt"), term_index=0, count_index=2
    )

    def corrected(match: re.Match[str]) -> str:
        return str(checker.lookup_compound(match[0], 2, transfer_casing=True, ignore_non_words=True)[0].term)

    return lambda text: _WORDS.sub(corrected, text)
