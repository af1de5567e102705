"""Reading dictionary packs: the YAML files in ``dictionaries/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from despin.lexicon.entry import Entry, Pack, PackError, read_entry

if TYPE_CHECKING:
    import yaml

_COMPILER = ("entry.py", "packs.py", "inflect.py", "compile.py")
_PACKAGE = Path(__file__).parents[1]


def dictionaries_folder() -> Path:
    """Return the folder of the shipped packs: in a wheel, or in the checkout of an editable install."""
    shipped = _PACKAGE / "dictionaries"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "dictionaries"


def fingerprint(files: Iterable[Path]) -> str:
    """Return the hash of what a compiled lexicon is made from: pack files, and the compiler itself."""
    digest = hashlib.blake2b(digest_size=12)
    for path in [*(Path(__file__).with_name(name) for name in _COMPILER), *files]:
        data = path.read_bytes()
        digest.update(f"\0{path.name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def pack_files(folder: Path) -> list[Path]:
    """Return the pack files of ``folder``, sorted by name."""
    return sorted(folder.glob("*.yaml"))


def read_pack(path: Path) -> Pack:
    """Read and validate one pack; raises ``PackError`` naming file, line and entry."""
    import yaml

    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_loader())
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: not readable as YAML: {error}") from error
    if not isinstance(root, yaml.MappingNode):
        raise PackError(f"{path}:1: a pack starts with `pack:`, `dialect:` and `entries:`")
    fields = {key.value: value for key, value in root.value}
    for name in ("pack", "dialect", "entries"):
        if name not in fields:
            raise PackError(f"{path}:1: the pack lacks `{name}:`")
    if not isinstance(fields["entries"], yaml.SequenceNode):
        raise PackError(f"{path}:{fields['entries'].start_mark.line + 1}: `entries:` must be a list")
    name, dialect = str(fields["pack"].value), str(fields["dialect"].value)
    entries = tuple(
        read_entry(_value(node), name, dialect, path.name, node.start_mark.line + 1)
        for node in fields["entries"].value
    )
    _refuse_duplicates(entries)
    return Pack(name, dialect, path.name, entries)


def read_packs(files: list[Path]) -> list[Pack]:
    """Read several packs."""
    return [read_pack(path) for path in files]


def shipped_forms() -> list[tuple[str, str]]:
    """Return every inflected (spun, original) pair of the shipped packs."""
    from despin.lexicon.inflect import form_pairs

    packs = read_packs(pack_files(dictionaries_folder()))
    return [
        (spun, original)
        for pack in packs
        for entry in pack.entries
        for spun, original, _ in form_pairs(entry)
    ]


def _refuse_duplicates(entries: tuple[Entry, ...]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        other = seen.setdefault(entry.id, entry)
        if other is not entry:
            raise PackError(
                f"{entry.file}:{entry.line}: entry {entry.spun!r}: "
                f"stands already in line {other.line}; put the originals together"
            )


@cache
def _loader() -> type[yaml.SafeLoader]:
    """Return libyaml's loader where it is compiled in: five times the speed."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _value(node: yaml.Node) -> Any:
    """Build the plain value of a YAML node."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        return {_value(key): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return _scalar(str(node.tag), node.value)


def _scalar(tag: str, text: str) -> Any:
    if tag.endswith(":int"):
        return int(text.replace("_", ""))
    if tag.endswith(":bool"):
        return text.lower() in {"true", "yes", "on"}
    return None if tag.endswith(":null") else text
