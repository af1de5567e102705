"""SARIF 2.1.0, for code scanning: edits as warnings and suggestions as notes, each with its fix."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from despin.edits import Edit
from despin.places import LINE_ENDS, Places
from despin.report import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: The base of relative paths: the folder that despin ran in.
_ROOT = "SRCROOT"
#: How many words on each side, within so many code points, tell one occurrence of a pair from another.
_WORDS_AROUND, _REACH = 4, 80
_WORD = re.compile(r"\w+")
#: In a message braces hold places for arguments, and brackets links.
_LITERAL = str.maketrans({"{": "{{", "}": "}}", "[": "\\[", "]": "\\]", "\\": "\\\\"})


def sarif_log(reports: Iterable[Report]) -> str:
    """Return one SARIF log with one run over all files, in order."""
    from despin import __version__

    rules: dict[str, int] = {}
    results = [result for report in reports for result in _results(report, rules)]
    driver = {
        "name": "despin",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(name) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": list(LINE_ENDS),
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that despin ran in."}}},
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    said = f"Damage of the kind “{name.removeprefix('rule:')}”"
    if not name.startswith("rule:"):
        said = f"Spun wording known from the dictionary entry {name}"
    return {"id": name, "shortDescription": _message(said)}


def _results(report: Report, rules: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Yield the results of one file by place, entering the rules they are of into ``rules``."""
    places, seen = Places(report.text), Counter[str]()
    location = _location(report.path)
    found = [(edit, "warning") for edit in report.edits] + [(edit, "note") for edit in report.suggestions]
    for edit, level in sorted(found, key=lambda item: (item[0].start, item[0].end)):
        region = _region(edit, places)
        said = f"“{edit.spun}” probably read “{edit.original}” (confidence {edit.confidence:.2f})."
        print_ = _fingerprint(report.text, edit)
        seen[print_] += 1
        print_ = f"{print_}:{seen[print_]}"
        change = {
            "artifactLocation": location,
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.original}}],
        }
        yield {
            "ruleId": edit.entry,
            "ruleIndex": rules.setdefault(edit.entry, len(rules)),
            "level": level,
            "rank": round(100 * edit.confidence, 2),
            "message": _message(" ".join([said, *(f"{reason}." for reason in edit.reasons)])),
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": location,
                        "region": {**region, "snippet": {"text": edit.spun}},
                    }
                }
            ],
            "fixes": [{"description": _message(f"Restore “{edit.original}”."), "artifactChanges": [change]}],
            # Code scanning compares the first alone; the second is ours, whatever becomes of it.
            "partialFingerprints": {"primaryLocationLineHash": print_, "despinEdit/v1": print_},
        }


def _message(text: str) -> dict[str, str]:
    return {"text": text.translate(_LITERAL)}


def _location(path: str) -> dict[str, str]:
    """Return where a file is: by URI, from the folder that despin ran in unless the path is absolute."""
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{quote(os.fsencode(path))}"}
    if PureWindowsPath(path).is_absolute():
        return {"uri": f"file:///{quote(path, safe='/:')}"}
    return {"uri": quote(os.fsencode(path.removeprefix("./"))), "uriBaseId": _ROOT}


def _region(edit: Edit, places: Places) -> dict[str, int]:
    start, end = places.at(edit.start), places.at(edit.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": edit.start,
        "charLength": edit.end - edit.start,
    }


def _fingerprint(text: str, edit: Edit) -> str:
    """Return what stays the same when lines move, wrap anew or change elsewhere."""
    before = _WORD.findall(text[max(0, edit.start - _REACH) : edit.start])[-_WORDS_AROUND:]
    after = _WORD.findall(text[edit.end : edit.end + _REACH])[:_WORDS_AROUND]
    parts = [edit.entry, " ".join(edit.spun.split()), edit.original, " ".join(before), " ".join(after)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
