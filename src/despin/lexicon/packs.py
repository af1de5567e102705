"""Reading dictionary packs: the YAML files in ``dictionaries/``."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from despin.lexicon.compiled import DIALECTS, USER
from despin.lexicon.entry import Entry, Original, Pack, read_entry
from despin.lexicon.shipped import YAML_SUFFIXES, PackError, dictionaries_folder, pack_files

if TYPE_CHECKING:
    import yaml


def read_pack(path: Path) -> Pack:
    """Read and validate one pack; raises ``PackError`` naming file, line and entry.

    YAML for ``.yaml`` and ``.yml``; any other file holds ``spun->original``
    lines, ``!word`` for a word never to touch, and ``#`` comments.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read: {error}") from error
    pack = _yaml_pack(path, text) if path.suffix in YAML_SUFFIXES else _plain_pack(path, text)
    _refuse_duplicates(pack.entries)
    return pack


def _yaml_pack(path: Path, text: str) -> Pack:
    import yaml

    try:
        root = yaml.compose(text, Loader=_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or error
        raise PackError(f"{path.name}:{line}: not readable as YAML: {problem}") from error
    if not isinstance(root, yaml.MappingNode):
        raise PackError(f"{path.name}:1: a pack starts with `pack:`, `dialect:` and `entries:`")
    fields = {key.value: value for key, value in root.value}
    known = {"pack", "dialect", "source", "entries", "never", "unspun", "unambiguous"}
    if unknown := sorted(set(fields) - known):
        raise PackError(f"{path.name}:1: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
    for key in ("entries", "never", "unspun"):
        if key in fields and not isinstance(fields[key], yaml.SequenceNode):
            line = fields[key].start_mark.line + 1
            raise PackError(f"{path.name}:{line}: `{key}:` must be a list")
    if not fields.keys() & {"entries", "never", "unspun"}:
        raise PackError(f"{path.name}:1: the pack lacks `entries:`")
    name = str(_value(fields["pack"])) if "pack" in fields else path.stem
    dialect = str(_value(fields["dialect"])) if "dialect" in fields else "user"
    if dialect not in {*DIALECTS, USER}:
        line = fields["dialect"].start_mark.line + 1
        raise PackError(f"{path.name}:{line}: the dialect is {dialect!r}; known are {DIALECTS} and {USER}")
    rows = fields["entries"].value if "entries" in fields else []
    unambiguous = "unambiguous" in fields and _value(fields["unambiguous"]) is True
    entries = tuple(
        read_entry(_value(node), name, dialect, path.name, node.start_mark.line + 1, unambiguous=unambiguous)
        for node in rows
    )
    never, unspun = (
        tuple(str(item) for item in _value(fields[key])) if key in fields else ()
        for key in ("never", "unspun")
    )
    source = str(_value(fields["source"])) if "source" in fields else ""
    comment = "\n".join(line.removeprefix("#").strip() for line in takewhile(_is_comment, text.splitlines()))
    return Pack(name, dialect, path.name, entries, never, source, unspun, unambiguous, comment)


def _is_comment(line: str) -> bool:
    return line.startswith("#")


def _plain_pack(path: Path, text: str) -> Pack:
    originals: dict[str, tuple[int, list[Original]]] = {}
    never = []
    for number, line in enumerate(text.splitlines(), 1):
        row = line.split("#", 1)[0].strip()
        if row.startswith("!"):
            never.append(row[1:].strip())
        elif row:
            spun, arrow, original = (part.strip() for part in row.partition("->"))
            if not (spun and arrow and original) or spun == original:
                raise PackError(
                    f"{path.name}:{number}: {row!r} is not `spun->original`, `!word` or `# comment`"
                )
            texts = [Original(item.strip(), 1, "user") for item in original.split(",") if item.strip()]
            originals.setdefault(spun, (number, []))[1].extend(texts)
    entries = tuple(
        Entry(
            spun, "phrase", tuple(dict.fromkeys(found)), path.stem, "user", path.name, number, inflect=False
        )
        for spun, (number, found) in originals.items()
    )
    return Pack(path.stem, "user", path.name, entries, tuple(never))


def read_packs(files: list[Path]) -> list[Pack]:
    """Read several packs."""
    return [read_pack(path) for path in files]


def shipped_forms(dialect: str = "") -> list[tuple[str, str]]:
    """Return every inflected (spun, original) pair of the shipped packs of ``dialect``, or of all."""
    from despin.lexicon.inflect import form_pairs

    packs = read_packs(pack_files(dictionaries_folder()))
    return [
        (spun, original)
        for pack in packs
        if dialect in {"", pack.dialect}
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
    if tag.endswith(":float"):
        return float(text)
    if tag.endswith(":bool"):
        return text.lower() in {"true", "yes", "on"}
    return None if tag.endswith(":null") else text
