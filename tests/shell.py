"""Running command lines as they stand in pages and CI files: by bash, with despin and python on the PATH."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def environment(**more: str) -> dict[str, str]:
    """Return the environment with this Python's programs first, and nothing of a CI run about it."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    found["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{found['PATH']}"
    return {**found, **more}


def sh(line: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``line`` as GitHub runs a step: any command that fails ends it, in a pipe as well."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line]
    return subprocess.run(
        command, cwd=cwd, env=environment(**env), capture_output=True, text=True, check=False, input=""
    )
