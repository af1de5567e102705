from __future__ import annotations

from benchmarks.manuals import topics

from despin.pipeline import Options, default_pipeline


def test_the_documentation_of_python_stays_as_it_is() -> None:
    pipeline, texts = default_pipeline(), [*topics()]
    assert len(texts) > 20
    assert not [result.edits for text in texts if (result := pipeline.fix(text, Options())).edits]
