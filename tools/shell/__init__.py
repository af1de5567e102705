"""Shell completions and the man page, made from the parser: ``python -m tools.shell`` writes them anew.

They are static: a script that asks despin at every press of a key would start Python for each.
"""

from __future__ import annotations

from pathlib import Path

from tools.shell import bash, fish, man, zsh
from tools.shell.parser import commands

from despin.cli.completion import FOLDER


def files() -> dict[Path, str]:
    """Return what each file should hold."""
    found = list(commands())
    return {
        FOLDER / "despin.bash": bash.script(found),
        FOLDER / "despin.zsh": zsh.script(found),
        FOLDER / "despin.fish": fish.script(found),
        FOLDER / "despin.1": man.page(found),
    }
