"""Files of every format are repaired, and nothing but the edits changes in them."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.files.samples import CLEAN, ENCODINGS, NAMES, NEWLINES, SPUN, document, encoded

from despin.edits import Edit, apply_edits
from despin.files.formats import Format, FormatError, NoProse
from despin.files.reading import UnreadableFile
from despin.files.repair import Failure, Reader, Repaired, Work, repair, repair_file, score
from despin.pipeline import Options, Pipeline
from despin.rate import Rate
from despin.result import Result

WORK = Work(Options(assume="spun"))
DEV = Path(__file__).parents[2] / "benchmarks" / "data" / "dev"
#: Noise, without what would open a block of code and turn the one that is there inside out.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="`~", max_codepoint=0x2FFF), max_size=30
)
CASES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(sorted(NAMES)),
        "encoding": st.sampled_from(sorted(ENCODINGS)),
        "newline": st.sampled_from(sorted(NEWLINES)),
        "final": st.booleans(),
        "paragraphs": st.lists(st.one_of(st.sampled_from([*SPUN, *CLEAN]), WORDS), min_size=1, max_size=5),
    }
)


def assert_only_edits_change(case: dict[str, object]) -> None:
    text = document(case["kind"], [*case["paragraphs"], SPUN[0]])  # type: ignore[arg-type, misc]
    try:
        data = encoded(text, case["encoding"], case["newline"], final=case["final"])  # type: ignore[arg-type]
    except UnicodeEncodeError:
        assume(False)
    _, encoding = ENCODINGS[str(case["encoding"])]
    name = NAMES[str(case["kind"])]
    work = WORK._replace(reader=Reader(encoding=encoding if encoding in {"cp1252", "latin-1"} else "utf-8"))
    try:
        item = repair(data, name, work)
    except FormatError:
        assume(case["newline"] == "nel" and case["kind"] in {"jsonl", "csv"})  # no line end to either
        return
    new = item.source.encode(item.text)
    # Gaps are cut out of the bytes as they were, at offsets counted in bytes.
    rebuilt, at = b"", 0
    for edit in item.edits:
        start = len(item.source.bom) + len(item.source.text[: edit.start].encode(encoding))
        end = start + len(edit.spun.encode(encoding))
        assert data[start:end].decode(encoding) == edit.spun
        rebuilt += data[at:start] + edit.original.encode(encoding)
        at = end
    assert new == rebuilt + data[at:]
    if case["kind"] == "markdown" and case["newline"] == "nel":
        return  # to Markdown all of it is one line of prose
    assert markup(str(case["kind"]), new, item) == markup(str(case["kind"]), data, item)
    assert repair(new, name, work).edits == []


def markup(kind: str, data: bytes, item: Repaired) -> object:
    """Return what a standard reader sees beside the prose."""
    text = data[len(item.source.bom) :].decode(item.source.encoding)
    if kind == "html":
        return re.findall(r"<script>.*?</script>|<!--.*?-->|<[^>]*>|&\w+;", text, re.DOTALL)
    if kind == "jsonl":
        rows = [json.loads(line) for line in re.split(r"[\r\n]+", text) if line.strip()]
        return [{**row, "text": None} for row in rows]
    if kind == "csv":
        return [row[:1] + row[2:] for row in csv.reader(io.StringIO(text, newline=""))]
    if kind == "markdown":
        lines = re.split(r"\r\n|\r|\n", text.rstrip("\r\n"))
        return lines[:3], lines[-7:-4], lines[-2:]  # front matter, code, the table below its head
    return None


@given(CASES)
def test_only_edits_change(case: dict[str, object]) -> None:
    assert_only_edits_change(case)


@pytest.mark.slow
@settings(max_examples=1000)
@given(CASES)
def test_only_edits_change_at_length(case: dict[str, object]) -> None:
    assert_only_edits_change(case)


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("newline", ["lf", "crlf", "cr", "mixed"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_prose_is_found_whatever_the_bytes(kind: str, newline: str, encoding: str) -> None:
    reader = Reader(encoding=encoding if encoding in {"cp1252", "latin-1"} else "utf-8")
    data = encoded(document(kind, list(SPUN)), encoding, newline, final=True)
    item = repair(data, NAMES[kind], WORK._replace(reader=reader))
    assert {"said", "eastern", "where"} <= {edit.original for edit in item.edits}
    assert item.rate > 0


class _Pipeline(Pipeline):
    """Restores "jap" to a word that few encodings have, and keeps what it was given."""

    def __init__(self) -> None:
        self.original = "Čapek"
        self.given: list[str] = []

    def fix_block(self, text: str, options: Options) -> Result:
        self.given.append(text)
        edits = [Edit(*found.span(), "jap", self.original, "e", 0.9) for found in re.finditer("jap", text)]
        return Result(apply_edits(text, edits), edits, [], Rate(0.5, 1.0))


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> _Pipeline:
    fake = _Pipeline()
    monkeypatch.setattr("despin.files.repair._pipeline", lambda work: fake)
    return fake


@pytest.mark.parametrize(
    ("encoding", "made"), [("utf-8", 1), ("iso8859-2", 1), ("cp1252", 0), ("latin-1", 0)]
)
def test_an_edit_that_the_encoding_lacks_is_not_made(pipeline: _Pipeline, encoding: str, made: int) -> None:
    item = repair(b"Troops in jap Europe.", "a.txt", WORK._replace(reader=Reader(encoding=encoding)))
    assert len(item.edits) == made


def test_records_are_documents_of_their_own_and_a_page_is_one(pipeline: _Pipeline) -> None:
    repair(document("jsonl", ["one jap", "two jap"]).encode(), "a.jsonl", WORK)
    repair(document("csv", ["one jap", "two jap"]).encode(), "a.csv", WORK)
    assert pipeline.given == ["one jap", "two jap"] * 2
    pipeline.given.clear()
    repair(b"<p>one <b>jap</b></p><p>two jap</p>", "a.html", WORK)
    repair(b"one *jap*\n\ntwo jap\n", "a.md", WORK)
    assert [text.split() for text in pipeline.given] == [["one", "jap", "two", "jap"]] * 2
    assert all("\n\n" in text.strip() for text in pipeline.given)


@pytest.mark.parametrize(
    ("name", "text", "fixed"),
    [
        ("a.jsonl", r'{"text": "\u201cx\ud83d\ude00 jap"}', r'{"text": "\u201cx\ud83d\ude00 Čapek"}'),
        ("a.jsonl", r'{"text": "a \u006aap jap"}', r'{"text": "a \u006aap Čapek"}'),
        ("a.csv", 'text\n"a ""jap"" jap"\n', 'text\n"a ""Čapek"" Čapek"\n'),
        ("a.html", "<p>&quot;jap&#106;ap j<i>ap</i></p>", "<p>&quot;Čapek&#106;ap j<i>ap</i></p>"),
        ("a.html", '<p lang="de" translate="no">jap</p>jap', '<p lang="de" translate="no">jap</p>Čapek'),
        ("a.html", "<p title='a translate=no b'>jap</p>", "<p title='a translate=no b'>Čapek</p>"),
        ("a.html", "<xmp>jap</xmp>jap", "<xmp>jap</xmp>Čapek"),
        ("a.md", "[jap](jap) ![jap](jap) `jap` <jap> j*ap*", "[Čapek](jap) ![jap](jap) `jap` <jap> j*ap*"),
    ],
)
def test_what_is_not_written_letter_by_letter_stays(
    pipeline: _Pipeline, name: str, text: str, fixed: str
) -> None:
    assert repair(text.encode(), name, WORK).text == fixed


@pytest.mark.parametrize(
    ("name", "original", "fixed"),
    [
        ("a.jsonl", '"a\\', r'{"text": "\"a\\"}'),
        ("a.html", "a<b&c", "<p>a&lt;b&amp;c</p>"),
        ("a.csv", "a,b", "text\njap\n"),
    ],
)
def test_an_original_is_written_as_the_format_needs_it(
    pipeline: _Pipeline, name: str, original: str, fixed: str
) -> None:
    pipeline.original = original
    text = {"a.jsonl": '{"text": "jap"}', "a.html": "<p>jap</p>", "a.csv": "text\njap\n"}[name]
    assert repair(text.encode(), name, WORK).text == fixed


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_what_the_writer_says_to_ignore_stays(name: str) -> None:
    first, last = SPUN
    off = f"{first}\n\n<!-- Despin: OFF -->\n\n{first}\n\n<!-- despin: on -->\n\n{last}\n"
    if name == "a.html":
        off = "".join(f"<p>{part}</p>" if part[0] != "<" else part for part in off.strip().split("\n\n"))
    item = repair(off.encode(), name, WORK)
    begin, end = off.index("<!--"), off.index("on -->")
    assert any(edit.end <= begin for edit in item.edits)
    assert any(edit.start >= end for edit in item.edits)
    assert not [edit for edit in item.edits if begin < edit.start < end]
    ignored = (
        f"<p>{first}</p><!-- despin: ignore --><p>{last}</p>"
        if name == "a.html"
        else f"{first}\n\n<!-- despin: ignore -->\n{last}\n"
    )
    edits = repair(ignored.encode(), name, WORK).edits
    assert edits
    assert all(edit.end <= len(f"<p>{first}") for edit in edits)
    sic = repair(off.replace("jap", "jap [SIC]").encode(), name, WORK)
    assert "jap" not in {edit.spun for edit in sic.edits}
    assert sic.edits


def test_allowed_phrases_stay_in_any_case() -> None:
    data = " ".join(SPUN).encode()
    item = repair(data, "a.txt", Work(Options(assume="spun", allow=("JAP", "the  Place"))))
    assert {"jap", "the place"}.isdisjoint(edit.spun for edit in item.edits)
    assert "mentioned" in {edit.spun for edit in item.edits}


def test_fields_are_chosen() -> None:
    row = json.dumps({"title": SPUN[0], "lead": SPUN[1], "text": "-"})
    for fields, wanted in (
        (("title",), {"eastern"}),
        (("lead",), {"where"}),
        (("title", "lead"), {"eastern", "where"}),
    ):
        found = {
            edit.original
            for edit in repair(row.encode(), "a.jsonl", WORK._replace(reader=Reader(fields=fields))).edits
        }
        assert found & {"eastern", "where"} == wanted
    table = f'title;lead\n"{SPUN[0]}";"{SPUN[1]}"\n'
    work = WORK._replace(reader=Reader(Format.csv, ("title",)))
    found = {edit.original for edit in repair(table.encode(), "export", work).edits}
    assert found & {"eastern", "where"} == {"eastern"}


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.jsonl", b'{"text": "x"}\n{"text": \n', FormatError, "line 2"),
        ("a.jsonl", b'{"id": "x"}\n', NoProse, "--field"),
        ("a.csv", b'id,text\n1,"x" y\n', FormatError, "quoting"),
        ("a.csv", b"id,n\n1,2\n", NoProse, "there are id, n"),
        ("a.txt", b"caf\xe9", UnreadableFile, "--encoding cp1252"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, data: bytes, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        repair(data, name, WORK)
    path = tmp_path / name
    path.write_bytes(data)
    found = repair_file(WORK, path)
    assert isinstance(found, Failure)
    assert found.message.startswith(path.as_posix())
    assert found.passing is (error is NoProse)


def test_a_bug_stops_one_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SPUN[0])
    monkeypatch.setattr("despin.files.repair.revert_edits", lambda fixed, edits: fixed)
    found = repair_file(WORK, path)
    assert isinstance(found, Failure)
    assert "INTERNAL ERROR: InternalError: the edits do not revert" in found.message
    assert "\n" not in found.message


def test_a_file_of_many_texts_is_scored_by_its_spunnest() -> None:
    rows = "".join(json.dumps({"text": text}) + "\n" for text in (" ".join(CLEAN), " ".join(SPUN)))
    verdict = score(rows.encode(), "a.jsonl", Work(Options())).verdict
    assert verdict.rate.spun
    assert all(line.startswith("line 2: ") for line in verdict.evidence)
    assert not score(" ".join(CLEAN).encode(), "a.txt", Work(Options())).verdict.rate.spun


def test_what_a_format_cannot_hold_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not written, since markup lies across it, must not have brought about what is."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DEV.glob("*.spun.txt"))]
    for text in texts:
        items = ["- " + textwrap.fill(part, 72, subsequent_indent="  ") for part in text.split("\n\n")]
        once = repair("\n".join(items).encode(), "a.md", WORK._replace(options=Options("spun")))
        again = repair(once.text.encode(), "a.md", WORK._replace(options=Options("spun")))
        assert again.edits == []


def test_a_long_cell_and_deep_nesting_are_no_fault_of_ours() -> None:
    long = "He mentioned forces in jap Europe, the place he met. " * 4000
    assert repair(f'text\n"{long}"\n'.encode(), "a.csv", WORK).edits
    deep = '{"x": ' + "[" * 100_000 + "]" * 100_000 + ', "text": "a"}'
    with pytest.raises(FormatError, match="line 1 is nested too deep"):
        repair(deep.encode(), "a.jsonl", WORK)
    assert not repair(('{"n": ' + "1" * 5000 + ', "text": "a"}').encode(), "a.jsonl", WORK).edits


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"a\nb",c\n1,2\n', "there are a b, c"),
        ("\na,text\n", "the first line names none"),
    ],
)
def test_columns_are_named_in_one_line(text: str, message: str) -> None:
    with pytest.raises(NoProse, match=message):
        repair(text.encode(), "a.csv", WORK)


def test_a_quoted_name_alone_is_a_column() -> None:
    assert repair(b'"text"', "a.csv", WORK).edits == []
    assert len(repair(b'"text"\n"the jap coast"\n', "a.csv", WORK).edits) == 1


def test_a_comma_between_quotation_marks_is_no_delimiter() -> None:
    data = b'"a, b, c";text\n"x";the jap coast\n'
    assert [edit.original for edit in repair(data, "a.csv", WORK).edits] == ["eastern"]
