from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer

from despin import config
from despin.cli.app import COMMANDS, app
from despin.config import KEYS, ConfigError, find, read
from despin.files.formats import EXTENSIONS
from despin.files.walk import EXCLUDE
from despin.pipeline import APPLY_CONFIDENCE

PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"
SCHEMA = Path(config.__file__).with_name("data") / "schemas" / "config-1.json"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_counts_up_to_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "despin.toml", 'quotes = "repair"\n')
    below = tmp_path / "repo" / "a" / "b"
    below.mkdir(parents=True)
    assert find(below).values == {"quotes": "repair"}
    (tmp_path / "repo" / ".git").mkdir()
    assert find(below) == config.Config()
    table = write(tmp_path / "repo" / "pyproject.toml", '[tool.despin]\nassume = "spun"\n')
    assert find(below) == config.Config({"assume": "spun"}, table.resolve())
    # A pyproject.toml without the table does not stop the search; one with it does.
    write(tmp_path / "repo" / "a" / "pyproject.toml", '[project]\nname = "despin"\n')
    assert find(below).file == table.resolve()
    nearest = write(below / "pyproject.toml", "[tool.despin]\n")
    assert find(below) == config.Config({}, nearest.resolve())
    assert find(below.parent).file == table.resolve()
    # Side by side, the file of our own goes first.
    own = write(tmp_path / "repo" / "despin.toml", "jobs = 1\n")
    assert find(below.parent).file == own.resolve()


def test_dictionaries_are_named_from_their_configuration(tmp_path: Path) -> None:
    file = write(tmp_path / "despin.toml", 'dictionary = ["own.txt", "/abs.txt"]\n')
    assert read(file).values["dictionary"] == [str(tmp_path / "own.txt"), "/abs.txt"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min-confidense = 1\n", "unknown key 'min-confidense'; did you mean 'min-confidence'?"),
        ("min_confidence = 0.5\n", "did you mean 'min-confidence'?"),
        ("min-confidence = 2\n", "from 0 to 1"),
        ('min-confidence = "high"\n', "it must be a number"),
        ("jobs = true\n", "it must be a whole number"),
        ("jobs = -1\n", "from 0 to 1024"),
        ('quotes = "drop"\n', "one of keep, repair"),
        ('allow = "jap"\n', "it must be a list of strings"),
        ("allow = [1]\n", "it must be a list of strings"),
        ("quiet = 1\n", "it must be true or false"),
        ("quotes = \n", "is no TOML"),
    ],
)
@pytest.mark.parametrize("name", ["despin.toml", "pyproject.toml"])
def test_what_is_malformed_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = write(tmp_path / name, text if name == "despin.toml" else f"[tool.despin]\n{text}")
    with pytest.raises(ConfigError) as caught:
        find(tmp_path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_a_table_must_be_a_table(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "tool.despin = 1\n")
    with pytest.raises(ConfigError, match="must be a table"):
        find(tmp_path)
    write(tmp_path / "pyproject.toml", 'tool = "despin"\n')
    (tmp_path / ".git").mkdir()
    assert find(tmp_path) == config.Config()


def test_the_schema_that_ships_is_the_schema() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == config.schema()


def test_the_page_names_every_key_its_choices_and_its_default() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _, _ in rows if name in KEYS] == list(KEYS)
    for name, value, default in rows:
        key = KEYS.get(name)
        if key is None:  # the table of what stays in a text
            continue
        if key.choices:
            assert value == ", ".join(f'`"{choice}"`' for choice in key.choices)
        if key.limits:
            assert value == f"{key.limits[0]} to {key.limits[1]}"
        if key.kind in {str, int, bool}:
            assert default.strip("`") == json.dumps(key.default)
    assert {name: default for name, _, default in rows}["min-confidence"] == str(APPLY_CONFIDENCE)
    assert f"`{' '.join(EXCLUDE)}`" in PAGE.read_text(encoding="utf-8")
    assert f"`{' '.join(EXTENSIONS)}`" in PAGE.read_text(encoding="utf-8")


def test_the_schema_says_what_the_reader_takes(tmp_path: Path) -> None:
    for name, told in config.schema()["properties"].items():
        allowed = told.get("enum", [told.get("default", 0.5)])
        for value in [*allowed, told.get("minimum", allowed[0]), told.get("maximum", allowed[0])]:
            file = write(tmp_path / "despin.toml", f"{name} = {json.dumps(value)}\n")
            assert read(file).values == {name: value}


def options() -> dict[str, dict[str, Any]]:
    """Return the long options of every command, by key."""
    group: Any = typer.main.get_command(app)
    found: dict[str, dict[str, Any]] = {}
    for command in COMMANDS:
        for param in getattr(group.get_command(None, command), "params", []):
            for name in param.opts:
                if name.startswith("--"):
                    found.setdefault(name[2:], {})[command] = param
    return found


def test_keys_are_long_options_with_the_same_defaults_and_choices() -> None:
    assert KEYS["exclude"].default == list(EXCLUDE)
    for name, key in KEYS.items():
        given = options()[name]
        assert {"fix", "check"} & set(given)
        for command, param in given.items():
            if param.default is not None and command in {"fix", "check"}:
                assert str(getattr(param.default, "value", param.default)) == str(key.default)
            choices = tuple(getattr(param.type, "choices", ()))
            assert choices == key.choices or (choices and set(choices) < set(key.choices))
    once = {"in-place", "diff", "check", "word-diff", "stdin-filename", "isolated", "config", "help"}
    assert {name for name, given in options().items() if "fix" in given} - set(KEYS) <= once
