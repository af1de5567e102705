"""Running despin as a user does: a process, its streams and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SPUN = (
    "The minister mentioned on Wednesday that troops in jap Europe have been prepared.\n\n"
    "He met the president in Kyiv, the place he mentioned troops have been killed within the preventing.\n"
)
CLEAN = "The minister said on Wednesday that troops were ready.\n"


def run(
    *args: str | Path, text: bytes = b"", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run ``despin`` with ``args``."""
    command = [sys.executable, "-m", "despin", *map(str, args)]
    environment = {**os.environ, **env}
    return subprocess.run(command, input=text, capture_output=True, cwd=cwd, env=environment, check=False)


def fails(done: subprocess.CompletedProcess[bytes], *messages: str) -> None:
    """Assert that a run ended with 2 and said why in one line."""
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert said.count("\n") == 1
    assert said.startswith("despin: ")
    for message in messages:
        assert message in said
