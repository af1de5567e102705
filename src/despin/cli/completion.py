"""``despin completion``: what makes a shell complete despin's commands and options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from despin.cli.streams import put

#: Where the scripts lie, and the man page.
FOLDER = Path(__file__).parents[1] / "data" / "shell"


class Shell(StrEnum):
    """The shells that there is a script for."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def command(shell: Annotated[Shell, typer.Argument(help="Your shell.")]) -> None:
    """Print the completion script of a shell.

    For bash: eval "$(despin completion bash)" in ~/.bashrc. For zsh the same in ~/.zshrc, after
    compinit. For fish: despin completion fish > ~/.config/fish/completions/despin.fish
    """
    put((FOLDER / f"despin.{shell}").read_bytes())
