"""The encoder as spaCy's shared tok2vec component."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.encoder.layer
import kg.nlp.tokenizer
from kg.errors import ConfigError
from kg.nlp.encoder.sentences import sentence_ranges

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

TINY = Path(__file__).parent / "tiny_encoder"
TEXT = "روسيا وإيران\nقال بوتين: “روسيا”.  قال رئيس إيران. \n\nإيران قال\n"


def pipeline(**settings: object) -> Language:
    nlp = spacy.blank("ar", config={"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}})
    model = {"@architectures": "kg.OnnxEncoder.v1", "folder": str(TINY), "width": 16, **settings}
    nlp.add_pipe("tok2vec", config={"model": model})
    return nlp


def test_sentences_cover_every_token() -> None:
    doc = pipeline().make_doc(TEXT)
    ranges = sentence_ranges(doc)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(doc)
    assert all(a[1] == b[0] for a, b in pairwise(ranges))
    assert [doc[a:b].text.strip() for a, b in ranges] == [
        "روسيا وإيران",
        "قال بوتين: “روسيا”.",
        "قال رئيس إيران.",
        "إيران قال",
    ]


def test_sentence_borders_that_are_set_hold() -> None:
    nlp = pipeline()
    doc = Doc(nlp.vocab, words=["قال", "روسيا", "قال"], sent_starts=[True, False, True])
    assert sentence_ranges(doc) == [(0, 2), (2, 3)]
    assert sentence_ranges(Doc(nlp.vocab, words=[])) == []


def test_every_token_gets_its_vector() -> None:
    nlp = pipeline()
    doc = nlp(TEXT)
    assert doc.tensor.shape == (len(doc), 16)
    words = [t.text for t in doc[0:2]]
    want = kg.nlp.encoder.layer.OnnxEncoder.from_folder(TINY).encode([words])[0]
    assert np.allclose(doc.tensor[:2], want, atol=1e-5)


def test_vectors_do_not_depend_on_the_batch() -> None:
    nlp = pipeline()
    alone = nlp(TEXT).tensor
    together = [doc.tensor for doc in nlp.pipe(["", TEXT, "روسيا", TEXT], batch_size=4)]
    assert together[0].shape == (0, 16)
    assert np.array_equal(together[1], alone)
    assert np.array_equal(together[3], alone)


def test_the_weights_travel_with_the_pipeline(tmp_path: Path) -> None:
    nlp = pipeline()
    want = nlp(TEXT).tensor
    nlp.config["components"]["tok2vec"]["model"]["folder"] = None
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert np.array_equal(again(TEXT).tensor, want)
    bare = pipeline(folder=None).from_bytes(nlp.to_bytes())
    assert np.array_equal(bare(TEXT).tensor, want)


def test_listeners_read_it() -> None:
    nlp = pipeline()
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "tok2vec"}
    tagger = nlp.add_pipe("tagger", config={"model": {"tok2vec": listener}})
    tagger.add_label("X")
    nlp.initialize(
        lambda: [spacy.training.Example.from_dict(nlp.make_doc("روسيا قال"), {"tags": ["X", "X"]})]
    )
    example = spacy.training.Example.from_dict(nlp.make_doc("روسيا قال"), {"tags": ["X", "X"]})
    nlp.update([example])
    assert [t.tag_ for t in nlp("إيران")] == ["X"]


def test_no_weights_and_wrong_width_are_told() -> None:
    with pytest.raises(ConfigError, match="no weights"):
        pipeline(folder=None)("روسيا")
    with pytest.raises(ConfigError, match="vectors of 16 numbers, the pipeline expects 384"):
        pipeline(width=384)
