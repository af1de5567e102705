"""Configuration: ``[tool.despin]`` in pyproject.toml, or ``despin.toml``.

The nearest file above the working directory counts, up to the repository's root; a
pyproject.toml without the table does not stop the search. Keys are the long options' names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple


class Key(NamedTuple):
    """One key of the configuration."""

    #: The type of its value; a list holds strings.
    kind: type
    #: What it is when nothing says otherwise; None: what the pipeline was measured best with.
    default: Any
    #: What it may be; empty: anything of the type.
    choices: tuple[str, ...] = ()
    #: The least and the greatest number it may be.
    limits: tuple[float, float] | None = None


KEYS = {
    "assume": Key(str, "auto", ("auto", "spun", "clean")),
    "quotes": Key(str, "keep", ("keep", "repair")),
    "min-confidence": Key(float, None, limits=(0, 1)),
    "dictionary": Key(list, []),
    "allow": Key(list, []),
    "format": Key(str, "auto", ("auto", "text", "markdown", "html", "jsonl", "csv")),
    "field": Key(list, []),
    "encoding": Key(str, "utf-8"),
    "include": Key(list, []),
    "exclude": Key(list, ["node_modules/", "__pycache__/", "CVS/", "_darcs/"]),
    "extend-exclude": Key(list, []),
    "force-exclude": Key(bool, False),
    "jobs": Key(int, 0, limits=(0, 1024)),
    "no-cache": Key(bool, False),
    "color": Key(str, "auto", ("auto", "always", "never")),
    "output-format": Key(str, "text", ("text", "json", "jsonl", "diff", "github", "sarif", "m2")),
    "quiet": Key(bool, False),
    "verbose": Key(bool, False),
    "exit-zero": Key(bool, False),
    "exit-non-zero-on-fix": Key(bool, False),
}
_FILES = ("despin.toml", "pyproject.toml")
#: What a pyproject.toml with our table holds, however it is spelled.
_MAY_CONFIGURE = rb"""tool["']?\s*\.\s*["']?despin|\[\s*["']?tool["']?\s*\]"""
_NAMES = {str: "a string", float: "a number", int: "a whole number", bool: "true or false"}
_NAMES[list] = "a list of strings"


class ConfigError(ValueError):
    """A configuration file is malformed; the message names file, key and what to do."""


class Config(NamedTuple):
    """What is configured: values by key, and the file they come from."""

    values: Mapping[str, Any] = MappingProxyType({})
    file: Path | None = None


def find(start: Path) -> Config:
    """Return the configuration that counts in the folder ``start``; raises ``ConfigError``."""
    folder = start.resolve()
    while True:
        for name in _FILES:
            path = folder / name
            # Unlike pathlib, os.path takes what it may not look at for nothing.
            if os.path.isfile(path) and (config := _read(path)) is not None:  # noqa: PTH113
                return config
        if os.path.exists(folder / ".git") or folder.parent == folder:  # noqa: PTH110
            return Config()
        folder = folder.parent


def read(path: Path) -> Config:
    """Return the configuration in the file ``path``; raises ``ConfigError``."""
    return _read(path) or Config({}, path)


def _read(path: Path) -> Config | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if path.name == "pyproject.toml" and not re.search(_MAY_CONFIGURE, data):
        return None  # the parser costs more than a short article
    import tomllib

    try:
        table = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is no TOML: {error}") from error
    if path.name == "pyproject.toml":
        tool = table.get("tool", {})
        if not isinstance(tool, dict) or "despin" not in tool:
            return None
        table = tool["despin"]
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: [tool.despin] must be a table")
    values = {key: _checked(path, key, value) for key, value in table.items()}
    if "dictionary" in values:  # it is named from where it is configured
        values["dictionary"] = [str(path.parent / name) for name in values["dictionary"]]
    return Config(values, path)


def _checked(path: Path, name: str, value: Any) -> Any:
    if name not in KEYS:
        raise ConfigError(f"{path}: unknown key {name!r}; did you mean {_nearest(name)!r}?")
    key = KEYS[name]
    if key.kind is float and type(value) is int:
        value = float(value)
    fits = type(value) is key.kind
    if not fits or (key.kind is list and not all(isinstance(item, str) for item in value)):
        raise ConfigError(f"{path}: {name} is {value!r}; it must be {_NAMES[key.kind]}")
    if key.choices and value not in key.choices:
        raise ConfigError(f"{path}: {name} is {value!r}; it must be one of {', '.join(key.choices)}")
    if key.limits and not key.limits[0] <= value <= key.limits[1]:
        raise ConfigError(f"{path}: {name} is {value}; it must be from {key.limits[0]} to {key.limits[1]}")
    return value


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    return str(get_close_matches(name, KEYS, n=1, cutoff=0.0)[0])


def schema() -> dict[str, Any]:
    """Return the JSON schema of the table; ``data/schemas/config-1.json`` is a copy of it."""
    types = {str: "string", float: "number", int: "integer", bool: "boolean"}
    properties: dict[str, Any] = {}
    for name, key in KEYS.items():
        if key.kind is list:
            found: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
        else:
            found = {"type": types[key.kind]}
        if key.choices:
            found["enum"] = list(key.choices)
        if key.limits:
            found |= {"minimum": key.limits[0], "maximum": key.limits[1]}
        if key.default is not None:
            found["default"] = key.default
        properties[name] = found
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:despin:schema:config-1",
        "title": "despin: [tool.despin] in pyproject.toml, or despin.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
