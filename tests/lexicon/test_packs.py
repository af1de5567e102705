from __future__ import annotations

import os
from pathlib import Path

import pytest

from despin.lexicon import default_lexicon, load_lexicon
from despin.lexicon.packs import read_pack
from despin.lexicon.shipped import PackError, dictionaries_folder, is_as_installed, pack_files, sizes

GOOD = """\
pack: mine
dialect: A
entries:
- spun: burden
  pos: verb
  originals:
  - {text: stress, count: 3, evidence: seed}
  examples:
  - change: 'He [[burdened=>stressed]] it.'
  - keep: 'He is burdened with debt.'
- spun: become a member of
  pos: verb
  originals:
  - {text: join, count: 1, evidence: seed}
"""


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def test_a_pack_is_read_with_its_lines(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path, GOOD))
    assert [(entry.id, entry.line) for entry in pack.entries] == [
        ("mine:burden/verb", 4),
        ("mine:become_a_member_of/verb", 11),
    ]
    change, keep = pack.entries[0].examples
    assert (change.spun, change.original) == ("He burdened it.", "He stressed it.")
    assert not keep.changes


def test_every_form_is_compiled(tmp_path: Path) -> None:
    lexicon = load_lexicon((write(tmp_path, GOOD),))
    assert [reading.original for reading in lexicon.readings("burdened")] == ["stressed"]
    assert [reading.original for reading in lexicon.readings("becoming a member of")] == ["joining"]
    assert [reading.original for reading in lexicon.readings("became a member of")] == ["joined"]
    assert lexicon.phrase_lengths("becoming") == (4,)
    assert lexicon.readings("stressed") == ()
    assert sum(lexicon.activity("stressed")) > 0.5
    assert lexicon.entry(lexicon.readings("burdened")[0].entry)["line"] == 4


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("spun: burden\n", "spn: burden\n", r"mine.yaml:4: .*unknown key 'spn'"),
        ("pos: verb", "pos: vrb", r"mine.yaml:4: entry 'burden': `pos` is 'vrb'"),
        ("evidence: seed", "evidence: sed", r"mine.yaml:4: .*`evidence` of 'stress' is 'sed'"),
        ("count: 3", "count: 0", r"mine.yaml:4: .*whole number from 1"),
        ("text: stress", "text: burden", r"mine.yaml:4: .*the spun form itself"),
        ("[[burdened=>stressed]]", "burdened", r"mine.yaml:4: .*`change` marks"),
        ("spun: become a member of", "spun: burden", r"mine.yaml:11: .*stands already in line 4"),
        ("entries:", "entrees:", r"mine.yaml:1: unknown key 'entrees'"),
        ("pack: mine", "pack: [mine", r"mine.yaml:\d+: not readable as YAML"),
        ("spun: burden\n", "spun: 2\n", r"mine.yaml:4: .*put quotes round"),
    ],
)
def test_a_bad_pack_names_file_line_and_entry(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(PackError, match=message):
        read_pack(write(tmp_path, GOOD.replace(old, new, 1)))


def test_what_is_grave_only_suggests(tmp_path: Path) -> None:
    grave = GOOD.replace("evidence: seed}", "evidence: seed, suggest: true}", 1)
    (reading,) = load_lexicon((write(tmp_path, grave),)).readings("burdened")
    assert reading.bar > 1
    with pytest.raises(PackError, match=r"mine.yaml:4: .*the `suggest` of 'stress' must be true or false"):
        read_pack(write(tmp_path, grave.replace("suggest: true", "suggest: 2")))


def test_plain_lines(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path, "# mine\njap->eastern, east\n!mentioned # never\n", "mine.txt"))
    assert [(entry.spun, [o.text for o in entry.originals]) for entry in pack.entries] == [
        ("jap", ["eastern", "east"])
    ]
    assert pack.never == ("mentioned",)
    with pytest.raises(PackError, match=r"mine.txt:2: 'jap east'"):
        read_pack(write(tmp_path, "a->b\njap east\n", "mine.txt"))


def test_a_changed_pack_is_compiled_anew(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert load_lexicon((path,)).readings("burdened")
    write(tmp_path, GOOD.replace("spun: burden", "spun: weigh down"))
    assert not load_lexicon((path,)).readings("burdened")
    assert load_lexicon((path,)).readings("weighed down")


def test_a_damaged_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = write(tmp_path, GOOD)
    load_lexicon((path,))
    (cached,) = (tmp_path / "cache" / "despin").iterdir()
    cached.write_bytes(b"rubbish")
    assert load_lexicon((path,)).readings("burdened")


def test_without_a_cache_it_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert load_lexicon((write(tmp_path, GOOD),)).readings("burdened")


def test_the_users_word_goes_first(tmp_path: Path) -> None:
    own = write(tmp_path, "burdened->annoyed\n!become a member of\n", "own.txt")
    lexicon = load_lexicon((write(tmp_path, GOOD),), (own,))
    assert [reading.original for reading in lexicon.readings("burdened")] == ["annoyed"]
    assert lexicon.readings("become a member of") == ()


def test_what_is_shipped_loads() -> None:
    files = pack_files(dictionaries_folder())
    assert files
    packs = [read_pack(path) for path in files]
    assert sum(len(pack.entries) for pack in packs) > 2000
    said = [reading.original for reading in default_lexicon().readings("mentioned")]
    assert said[0] == "said"


def test_packs_that_lie_as_they_were_installed_are_told_by_sizes_and_dates(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    compiled = tmp_path / "lexicon.bin"
    compiled.write_bytes(b"")
    known = sizes([path])
    assert is_as_installed([path], compiled, known)
    now = path.stat().st_mtime
    os.utime(path, (now + 3600, now + 3600))
    assert not is_as_installed([path], compiled, known)
    path.write_text(GOOD + "\n", encoding="utf-8")
    os.utime(path, (now, now))
    assert not is_as_installed([path], compiled, known)
    assert not is_as_installed([], compiled, known)


def test_what_thesauri_and_hands_say_is_a_prior_of_its_own(tmp_path: Path) -> None:
    seen, judged = "text: join, count: 1, evidence: seed", "text: join, count: 1, evidence: curated"
    plain, known = (
        load_lexicon((write(tmp_path, GOOD.replace(seen, judged + facts)),)).readings("became a member of")[0]
        for facts in (", listed: 0", ", written: 2, listed: 4")
    )
    assert plain.logp == known.logp
    assert plain.prior < known.prior
    assert load_lexicon((write(tmp_path, GOOD),)).readings("burdened")[0].prior == 0
