from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).parents[2] / "benchmarks" / "data"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "despin", "evaluate", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_table_with_the_baselines() -> None:
    done = run(str(DATA / "seed"), "--baselines")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "F0.5" in lines[0]
    assert [line.split("  ")[0] for line in lines[1:4]] == ["identity", "lexicon without context", "despin"]


def test_json_has_every_figure() -> None:
    done = run(str(DATA / "seed"), "--output-format", "json", "--baselines")
    report = json.loads(done.stdout)
    assert report["f05"] >= 0.90
    assert report["precision"] >= 0.93
    assert report["baselines"]["identity"]["recall"] == 0
    assert list(report["by_article"]) == ["000_a492ddeb8d8c52c2"]


def test_a_folder_with_nothing_to_measure(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert done.returncode == 2
    assert "NAME.spun.txt" in done.stderr
    assert "Traceback" not in done.stderr
