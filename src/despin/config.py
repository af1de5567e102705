"""Configuration: ``[tool.despin]`` in pyproject.toml, or ``despin.toml``.

The nearest file above the working directory counts, up to the repository's root; a
pyproject.toml without the table does not stop the search. Keys are the long options' names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Every key: its type, and what it may be (None: anything of the type).
KEYS: dict[str, tuple[type, tuple[str, ...] | None]] = {
    "assume": (str, ("auto", "spun", "clean")),
    "quotes": (str, ("keep", "repair")),
    "min-confidence": (float, None),
    "dictionaries": (list, None),
    "allow": (list, None),
    "format": (str, ("auto", "text", "markdown", "html", "jsonl", "csv")),
    "field": (list, None),
    "encoding": (str, None),
    "include": (list, None),
    "exclude": (list, None),
    "extend-exclude": (list, None),
    "force-exclude": (bool, None),
    "jobs": (int, None),
    "color": (str, ("auto", "always", "never")),
    "output-format": (str, ("text", "json", "jsonl", "diff", "github", "sarif", "m2")),
    "quiet": (bool, None),
    "verbose": (bool, None),
    "exit-zero": (bool, None),
    "exit-non-zero-on-fix": (bool, None),
}
_FILES = ("despin.toml", "pyproject.toml")


class ConfigError(ValueError):
    """A configuration file is malformed; the message names file, key and what to do."""


@dataclass(frozen=True)
class Config:
    """What is configured: values by key, and the file they come from."""

    values: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None

    def get(self, key: str) -> Any:
        """Return the value of ``key``, or None; paths of dictionaries are taken from the file's folder."""
        value = self.values.get(key)
        if key == "dictionaries" and value is not None and self.file is not None:
            return [str(self.file.parent / item) for item in value]
        return value


def find(start: Path) -> Config:
    """Return the configuration that counts in the folder ``start``; raises ``ConfigError``."""
    folder = start.resolve()
    while True:
        for name in _FILES:
            path = folder / name
            if path.is_file() and (config := _read(path)) is not None:
                return config
        if (folder / ".git").exists() or folder.parent == folder:
            return Config()
        folder = folder.parent


def read(path: Path) -> Config:
    """Return the configuration in the file ``path``; raises ``ConfigError``."""
    return _read(path) or Config({}, path)


def _read(path: Path) -> Config | None:
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    if path.name == "pyproject.toml":
        tool = table.get("tool", {})
        if not isinstance(tool, dict) or "despin" not in tool:
            return None
        table = tool["despin"]
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.despin] must be a table")
    return Config({key: _checked(path, key, value) for key, value in table.items()}, path)


def _checked(path: Path, key: str, value: Any) -> Any:
    if key not in KEYS:
        raise ConfigError(f"{path}: unknown key {key!r}; did you mean {_nearest(key)!r}?")
    kind, choices = KEYS[key]
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ConfigError(f"{path}: {key} is {value!r}; it must be a {_NAMES[kind]}")
    if kind is list and not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{path}: {key} must be a list of strings")
    if choices and value not in choices:
        raise ConfigError(f"{path}: {key} is {value!r}; it must be one of {', '.join(choices)}")
    if key == "min-confidence" and not 0 <= value <= 1:
        raise ConfigError(f"{path}: {key} is {value}; it must be from 0 to 1")
    return value


_NAMES = {str: "string", float: "number", int: "whole number", bool: "true or false", list: "list of strings"}


def _nearest(key: str) -> str:
    from difflib import get_close_matches

    return get_close_matches(key, KEYS, n=1, cutoff=0.0)[0]


def schema() -> dict[str, Any]:
    """Return the JSON schema of the table."""
    types = {str: "string", float: "number", int: "integer", bool: "boolean"}
    properties: dict[str, Any] = {}
    for key, (kind, choices) in KEYS.items():
        if kind is list:
            properties[key] = {"type": "array", "items": {"type": "string"}}
        else:
            properties[key] = {"type": types[kind], **({"enum": list(choices)} if choices else {})}
    properties["min-confidence"] |= {"minimum": 0, "maximum": 1}
    properties["jobs"] |= {"minimum": 0}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "despin: [tool.despin] in pyproject.toml, or despin.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
