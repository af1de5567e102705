"""Time despin against codespell, whole processes, in turns on the same files.

    python benchmarks/speed.py                    # start-up, and the seed article
    python benchmarks/speed.py --megabytes 10     # and one large clean and one large spun file

The machine's mood cancels out in the ratio: both run in turns, medians count. Both
programs are taken from the environment of the Python that runs this.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_a492ddeb8d8c52c2.txt"
DATA = ROOT / "benchmarks" / "data"
_BIN = Path(sys.executable).parent


def seconds(command: list[str]) -> float:
    """Return the wall time of ``command``; codespell exits 65 when it finds something."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in {0, 65}:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode()}")
    return taken


def compare(ours: list[str], theirs: list[str], runs: int) -> tuple[float, float, float]:
    """Return the median seconds of both commands, and the median of the paired ratios."""
    seconds(ours), seconds(theirs)  # the first run reads the disk
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    left, right = zip(*pairs, strict=True)
    ratio = statistics.median(a / b for a, b in pairs)
    return statistics.median(left), statistics.median(right), ratio


def large(articles: Iterable[Path], megabytes: float, target: Path) -> Path:
    """Write ``articles`` again and again to ``target``, up to the size asked for."""
    texts = [path.read_text(encoding="utf-8").strip() for path in sorted(articles)]
    block = "\n\n".join(texts) + "\n\n"
    copies = int(megabytes * 1e6 / len(block.encode())) + 1
    target.write_text(block * copies, encoding="utf-8")
    return target


def rows(megabytes: float, folder: Path, runs: int) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield what was timed, and how long it took."""
    despin, codespell = str(_BIN / "despin"), str(_BIN / "codespell")
    yield "`--help`, codespell on the seed", compare([despin, "--help"], [codespell, str(SEED)], runs)
    yield "`fix` the seed", compare([despin, "fix", str(SEED)], [codespell, str(SEED)], runs)
    if megabytes:
        for kind, pattern in (("clean", "clean-*.txt"), ("spun", "*.spun.txt")):
            file = str(large(DATA.glob(f"dev/{pattern}"), megabytes, folder / f"{kind}.txt"))
            yield f"`fix` {megabytes:g} MB {kind}", compare([despin, "fix", file], [codespell, file], 3)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time despin against codespell.")
    parser.add_argument("--megabytes", type=float, default=0.0)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    print("| what | despin | codespell | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="despin-speed-") as folder:
        for name, (ours, theirs, ratio) in rows(options.megabytes, Path(folder), options.runs):
            print(f"| {name} | {ours:.3f} s | {theirs:.3f} s | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
