from __future__ import annotations

from benchmarks.clean import sentences, topics

from despin.pipeline import Options, default_pipeline


def test_the_documentation_of_python_stays_as_it_is() -> None:
    pipeline, texts = default_pipeline(), [*topics()]
    assert len(texts) > 20
    assert not [result.edits for text in texts if (result := pipeline.fix(text, Options())).edits]


def test_a_paragraph_is_cut_in_sentences() -> None:
    paragraph = 'Mr. x came at 4.30 p.m. He said: "No." Why?'
    assert [*sentences(paragraph)] == ["Mr. x came at 4.30 p.m.", 'He said: "No." Why?']
