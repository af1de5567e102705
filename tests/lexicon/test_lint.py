from __future__ import annotations

from pathlib import Path

import pytest

from despin.lexicon.lint import lint
from despin.lexicon.shipped import dictionaries_folder, pack_files

GOOD = """\
pack: good
dialect: A
source: made up for this test
entries:
- spun: burden
  pos: verb
  originals:
  - {text: stress, count: 3, evidence: seed}
  examples:
  - change: 'The envoy [[burdened=>stressed]] that no deal had been reached.'
  - keep: 'The village is burdened with debt.'
- spun: jap
  pos: adj
  unambiguous: true
  originals:
  - {text: eastern, count: 2, evidence: observed}
  examples:
  - change: 'Forces in [[jap=>eastern]] Europe are on alert.'
- spun: nation
  pos: noun
  originals:
  - {text: country, count: 3, evidence: proposed}
"""


def rules(tmp_path: Path, **packs: str) -> list[tuple[str, int, str]]:
    for name, text in packs.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = lint(pack_files(tmp_path))
    assert all(str(finding).startswith(f"{finding.file}:{finding.line}: ") for finding in found)
    return [(finding.file, finding.line, finding.rule) for finding in found]


def test_a_good_pack_has_no_findings(tmp_path: Path) -> None:
    assert rules(tmp_path, good=GOOD) == []


def test_what_is_shipped_has_no_findings() -> None:
    assert lint(pack_files(dictionaries_folder())) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("source: made up for this test\n", "", [("bad.yaml", 1, "unsourced")]),
        ("count: 3, evidence: seed", "count: 3", [("bad.yaml", 5, "unsourced")]),
        ("  - keep: 'The village is burdened with debt.'\n", "", [("bad.yaml", 5, "example")]),
        ("  unambiguous: true\n", "", [("bad.yaml", 12, "example")]),
        ("spun: burden", "spun: zealous", [("bad.yaml", 12, "unsorted")]),
        ("  pos: verb\n", "", [("bad.yaml", 5, "schema")]),
        ("count: 2", "count: two", [("bad.yaml", 12, "schema")]),
    ],
)
def test_a_fault_is_found(tmp_path: Path, old: str, new: str, expected: list[tuple[str, int, str]]) -> None:
    assert old in GOOD
    assert rules(tmp_path, bad=GOOD.replace(old, new)) == expected


def test_a_pair_in_two_packs_is_a_duplicate(tmp_path: Path) -> None:
    found = rules(tmp_path, a=GOOD, b=GOOD)
    assert found == [("b.yaml", line, "duplicate") for line in (5, 12, 19)]
    assert rules(tmp_path, a=GOOD, b=GOOD.replace("dialect: A", "dialect: F")) == []


def test_a_ring_is_declared_and_told_apart(tmp_path: Path) -> None:
    ring = GOOD.replace("- spun: jap", RING.replace("RING", "") + "- spun: jap")
    assert rules(tmp_path, ring=ring) == [
        ("ring.yaml", 12, "example"),
        ("ring.yaml", 12, "example"),
        ("ring.yaml", 12, "ring"),
        ("ring.yaml", 12, "ring"),
        ("ring.yaml", 23, "ring"),
    ]


RING = """\
- spun: country
  pos: noun
  originals:
  - {text: nation, count: 1, evidence: observed}
"""


def test_packs_may_not_contradict_one_another(tmp_path: Path) -> None:
    other = "pack: other\ndialect: A\nsource: made up\nnever: [jap]\nunspun: [country]\nentries: []\n"
    assert rules(tmp_path, good=GOOD, other=other) == [
        ("good.yaml", 12, "contradiction"),
        ("good.yaml", 19, "contradiction"),
    ]
