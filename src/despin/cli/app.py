"""The commands, each imported when it is run: building them all costs more than repairing an article."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from despin import __version__

#: Every command: the module it lives in, and the first line of its help.
COMMANDS = {
    "fix": ("fix", "Restore the original wording."),
    "check": ("check", "Tell what would be restored, and write nothing; the same as fix --check."),
    "score": ("score", "Tell spun texts from clean ones; exit 0 whatever the answer."),
    "explain": ("explain", "Say why each edit and suggestion, or what a word may stand for and is spun to."),
    "candidates": (
        "candidates",
        "List what every slot may stand for, whatever the context and the document say.",
    ),
    "learn": ("learn", "Learn what a spinner writes for what, from pairs of texts."),
    "evaluate": ("evaluate", "Measure precision, recall, F0.5 and the harm to clean copy."),
    "config": ("config", "Show the configuration that counts in this folder, as TOML."),
    "dict": ("dictionary", "Look after dictionary packs."),
    "completion": ("completion", "Print the completion script of a shell."),
}


class _Commands(TyperGroup):
    """The commands by name."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order of their use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command ``cmd_name``, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"despin.cli.{COMMANDS[cmd_name][0]}")
        if hasattr(module, "app"):
            return typer.main.get_command(module.app)
        return _command(cmd_name, module.command)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands into the help, without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


def _command(name: str, function: Callable[..., Any]) -> Any:
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name)(function)
    return typer.main.get_command(alone)


app = typer.Typer(
    name="despin",
    cls=_Commands,
    help="Restore the original wording of machine-spun news copy.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"despin {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Restore the original wording of machine-spun news copy."""
    del version
