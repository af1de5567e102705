"""Time despin against codespell, whole processes, in turns on the same files.

    python benchmarks/speed.py                        # start-up, and the seed article
    python benchmarks/speed.py --corpus CORPUS_DIR    # and a folder of 1,000 articles, and 10 MB

The machine's mood cancels out in the ratio: both run in turns, medians count. Both
programs are taken from the environment of the Python that runs this. Clean text is cut from
articles of the corpus, those held out from training first; spun text is that, spun forward.
What earlier runs found is left aside (--no-cache), except where it says "once more".
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.spin import load_spinner
from tools.train.corpus import HELD_OUT_AT, HELD_OUT_EVERY, articles

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_a492ddeb8d8c52c2.txt"
#: Share of known originals that are swapped in spun text.
RATE = 0.6
_BIN = Path(sys.executable).parent


def seconds(command: list[str]) -> float:
    """Return the wall time of ``command``; 1 and 65 say that something was found."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in {0, 1, 65}:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode()}")
    return taken


def compare(ours: list[str], theirs: list[str], runs: int) -> tuple[float, float, float]:
    """Return the median seconds of both commands, and the median of the paired ratios."""
    seconds(ours), seconds(theirs)  # the first run reads the disk
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    left, right = zip(*pairs, strict=True)
    ratio = statistics.median(a / b for a, b in pairs)
    return statistics.median(left), statistics.median(right), ratio


def pieces(corpus: Path, every: int, size: int) -> Iterator[str]:
    """Yield texts of ``size`` bytes or a little more, from one article in ``every``."""
    taken, length = [], 0
    for number, paragraphs in articles(corpus):
        if number % every != HELD_OUT_AT % every:
            continue
        for paragraph in paragraphs:
            taken.append(paragraph)
            length += len(paragraph.encode()) + 2
            if length >= size:
                yield "\n\n".join(taken) + "\n"
                taken, length = [], 0


def folder_of(corpus: Path, target: Path) -> Path:
    """Write 900 clean and 100 spun articles of 4 KB to ``target``."""
    target.mkdir()
    spinner = load_spinner()
    texts = pieces(corpus, HELD_OUT_EVERY, 4000)
    for number, text in zip(range(1000), texts, strict=False):
        written = text if number % 10 else spinner.spin(text, RATE, random.Random(number))
        (target / f"{number:04}.txt").write_text(written, encoding="utf-8")
    return target


def large(corpus: Path, target: Path, *, spun: bool) -> Path:
    """Write 10 MB of articles to ``target``."""
    spinner = load_spinner()
    texts = []
    for number, text in zip(range(100), pieces(corpus, HELD_OUT_EVERY // 3, 100_000), strict=False):
        texts.append(spinner.spin(text, RATE, random.Random(number)) if spun else text)
    target.write_text("\n".join(texts), encoding="utf-8")
    return target


def repeated(corpus: Path, target: Path) -> Path:
    """Write 50 spun stories of 4 KB, each 50 times, to ``target``: 10 MB, as farms print them."""
    spinner = load_spinner()
    texts = pieces(corpus, HELD_OUT_EVERY, 4000)
    stories = [spinner.spin(text, RATE, random.Random(n)) for n, text in zip(range(50), texts, strict=False)]
    target.write_text("\n".join(stories * 50), encoding="utf-8")
    return target


def rows(corpus: Path | None, folder: Path, runs: int) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield what was timed, and how long it took."""
    despin, codespell = str(_BIN / "despin"), str(_BIN / "codespell")
    yield "`--help`, codespell on the seed", compare([despin, "--help"], [codespell, str(SEED)], runs)
    yield "`fix` the seed", compare([despin, "fix", str(SEED)], [codespell, str(SEED)], runs)
    if corpus:
        made = str(folder_of(corpus, folder / "articles"))
        check, fix = [despin, "check", "--no-cache"], [despin, "fix", "--no-cache"]
        what = "`check` 1,000 articles of 4 KB, 100 spun"
        yield what, compare([*check, made], [codespell, made], 3)
        yield f"{what}, once more", compare([*check[:-1], made], [codespell, made], 3)
        for kind in ("clean", "spun"):
            made = str(large(corpus, folder / f"{kind}.txt", spun=kind == "spun"))
            yield f"`fix` 10 MB {kind}", compare([*fix, made], [codespell, made], 1)
        made = str(repeated(corpus, folder / "repeated.txt"))
        yield "`fix` 10 MB spun, 50 stories 50 times", compare([*fix, made], [codespell, made], 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time despin against codespell.")
    parser.add_argument("--corpus", type=Path, help="a folder of clean text, as tools/train takes it")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    print("| what | despin | codespell | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="despin-speed-") as folder:
        for name, (ours, theirs, ratio) in rows(options.corpus, Path(folder), options.runs):
            print(f"| {name} | {ours:.3f} s | {theirs:.3f} s | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
