"""Completions and the man page: as new as the parser, and read by the shells themselves."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.process import run
from tests.shell import environment
from tools.shell import files
from tools.shell.parser import commands

from despin.cli.completion import FOLDER, Shell

COMMANDS = {command.names: command for command in commands()}


def test_what_is_committed_is_what_the_parser_says() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(path.name for path in files())
    for path, text in files().items():
        assert path.read_text(encoding="utf-8") == text, "write them anew: python -m tools.shell"


def test_the_command_prints_them(tmp_path: Path) -> None:
    for shell in Shell:
        assert run("completion", shell).stdout == (FOLDER / f"despin.{shell}").read_bytes()
    assert run("completion", "csh").returncode == 2


def test_the_parser_is_read_whole() -> None:
    assert COMMANDS["dict", "lint"].told.startswith("Say what is wrong with packs")
    fix = {option.names[-1]: option for option in COMMANDS["fix",].options}
    assert fix["--assume"].choices == ("auto", "spun", "clean")
    assert fix["--in-place"].names == ("-i", "--in-place")
    assert (fix["--dictionary"].takes_file, fix["--dictionary"].repeatable) == (True, True)
    assert (fix["--check"].metavar, fix["--allow"].metavar, fix["--jobs"].metavar) == ("", "WORDS", "NUMBER")
    assert COMMANDS["fix",].arguments == ("[PATH…|-]",)
    assert COMMANDS["evaluate",].arguments == ("FOLDER",)
    assert COMMANDS["dict", "show"].arguments == ("WORD", "[PATHS…]")


CASES = [
    ("despin fi", {"fix"}),
    ("despin dict ", {"lint", "stats", "show", "add", "examples", "compile"}),
    ("despin dict sh", {"show"}),
    ("despin fix --assume ", {"auto", "spun", "clean"}),
    ("despin check a.txt --output-format s", {"sarif"}),
    ("despin score --output-format ", {"text", "json"}),
    ("despin fix --word", {"--word-diff"}),
    ("despin dict lint --o", {"--output-format"}),
    ("despin completion --he", {"--help"}),
]
FILES = [("despin fix art", {"article.txt"}), ("despin fix --dictionary art", {"article.txt"})]


@pytest.mark.parametrize(("line", "expected"), [*CASES, ("despin fix --assume=cl", {"clean"})])
def test_bash_completes(line: str, expected: set[str]) -> None:
    words = shlex.split(line.replace("=", " = ")) + ([""] if line.endswith(" ") else [])
    script = (
        f"source {FOLDER}/despin.bash; COMP_WORDS=({shlex.join(words)});"
        f'COMP_CWORD={len(words) - 1}; _despin; printf "%s\\n" "${{COMPREPLY[@]}}"; complete -p despin'
    )
    done = subprocess.run(["bash", "--norc", "-euc", script], capture_output=True, text=True, check=True)
    *found, last = done.stdout.splitlines()
    assert set(found) == expected
    assert last == "complete -o default -F _despin despin"


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(("line", "expected"), CASES + FILES)
def test_fish_completes(tmp_path: Path, line: str, expected: set[str]) -> None:
    (tmp_path / "article.txt").touch()
    source = f"source {shlex.quote(str(FOLDER / 'despin.fish'))}; complete -C {shlex.quote(line)}"
    env = environment(HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path))
    command = ["fish", "--no-config", "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=env)
    assert {found.partition("\t")[0] for found in done.stdout.splitlines()} == expected


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_reads_its_script() -> None:
    # It completes in its line editor only; what it then offers was looked at by hand.
    subprocess.run(["zsh", "-f", "-n", str(FOLDER / "despin.zsh")], check=True)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_man_page_is_set_without_a_warning() -> None:
    command = ["groff", "-man", "-k", "-Tutf8", "-ww", str(FOLDER / "despin.1")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == ""


def test_every_option_is_on_the_man_page() -> None:
    page = (FOLDER / "despin.1").read_text(encoding="utf-8")
    for command in COMMANDS.values():
        for option in command.options:
            assert f".B {', '.join(option.names)}".replace("-", "\\-") in page
