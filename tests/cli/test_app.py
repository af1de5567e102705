"""The commands are imported when they are run, and the help knows them all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.cli.process import SPUN, run

from despin.cli.app import COMMANDS, app


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_their_own_help_says(name: str) -> None:
    group: Any = typer.main.get_command(app)
    first = group.get_command(None, name).help.split("\n\n")[0].replace("\n", " ")
    assert first == COMMANDS[name][1]
    assert f"  {name} " in run("--help").stdout.decode()


def test_an_unknown_command_is_an_error() -> None:
    done = run("unspin")
    assert done.returncode == 2
    assert b"No such command 'unspin'" in done.stderr


def test_one_text_file_imports_no_parser_and_no_pool(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(SPUN)
    code = (
        "import sys\nfrom despin.cli.app import app\n"
        "try: app()\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "fix", "--isolated", str(article)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "eastern" in done.stdout
    loaded = set(done.stderr.split())
    assert "despin.pipeline" in loaded
    heavy = {
        "tree_sitter",
        "pathspec",
        "multiprocessing",
        "concurrent.futures",
        "rich",
        "yaml",
        "numpy",
        "tomllib",
    }
    assert loaded.isdisjoint(heavy)
