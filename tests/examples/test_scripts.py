from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import despin

ROOT = Path(__file__).parents[2]


def run(*command: str, data: bytes = b"") -> str:
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, input=data, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_the_pipe_repairs_what_comes_down_it(seed: str) -> None:
    assert run("sh", str(ROOT / "examples" / "pipe.sh"), data=seed.encode()) == despin.fix_text(seed)


def test_the_script_lists_the_edits() -> None:
    article = ROOT / "seeds" / "000_a492ddeb8d8c52c2.txt"
    out = run(sys.executable, str(ROOT / "examples" / "newsletter.py"), str(article))
    assert out.startswith("spun: yes")
    assert "jap -> eastern" in out
