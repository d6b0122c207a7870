"""What training sees is what the package runs; needs training/requirements.txt."""

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.training import Example

pytest.importorskip("onnxruntime")
torch = pytest.importorskip("torch")
pytest.importorskip("spacy_transformers")

from make_tiny_encoder import build  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

import kg.nlp.encoder.layer  # noqa: E402
import kg.nlp.tokenizer  # noqa: E402, F401
from kg.nlp.encoder import OnnxEncoder  # noqa: E402
from kg.nlp.encoder.spans import register  # noqa: E402
from kg.train import tokens  # noqa: E402
from kg.train.export import columns, export  # noqa: E402
from training import e5, encoder, vocabulary  # noqa: E402

TINY = Path(__file__).parent / "tiny_encoder"
TEXT = 'روسيا وإيران\nقال بوتين: "رُوسـيا".  قال   رئيس إيران. \n\nإيران قال\n'
BASE = {"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}}}

pytestmark = pytest.mark.slow


def test_spacy_transformers_and_the_exported_encoder_agree(tmp_path: Path) -> None:
    assert register()
    model, fast = build()
    tokenizer = tokens.without_marks(json.loads(fast.backend_tokenizer.to_str()))
    encoder.save(model, tokenizer, tmp_path)
    trained = spacy.blank("ar", config=BASE)
    settings = {
        "@architectures": "spacy-transformers.Tok2VecTransformer.v3",
        "name": str(tmp_path),
        "tokenizer_config": {"use_fast": True, "model_max_length": 24},
        "get_spans": {"@span_getters": "kg.sentences.v1"},
        "pooling": {"@layers": "reduce_mean.v1"},
    }
    trained.add_pipe("tok2vec", config={"model": settings})
    trained.initialize(lambda: [Example.from_dict(trained.make_doc(TEXT), {})])
    shipped = spacy.blank("ar", config=BASE)
    settings = {"@architectures": "kg.OnnxEncoder.v1", "folder": str(TINY), "width": 16}
    shipped.add_pipe("tok2vec", config={"model": settings})
    a, b = trained(TEXT).tensor, shipped(TEXT).tensor
    assert a.shape == b.shape
    assert np.abs(a - b).max() < 1e-4


def test_the_cut_keeps_pieces_and_vectors() -> None:
    model, fast = build()
    whole = tokens.without_marks(json.loads(fast.backend_tokenizer.to_str()))
    keep = [piece for piece, _ in whole["model"]["vocab"][4:] if not piece.isdigit()]
    cut, rows = vocabulary.cut(whole, keep)
    before = Tokenizer.from_str(json.dumps(whole)).encode("قال بوتين")
    after = Tokenizer.from_str(json.dumps(cut)).encode("قال بوتين")
    assert before.tokens == after.tokens
    with torch.inference_mode():
        want = model(input_ids=torch.tensor([before.ids])).last_hidden_state
        encoder.keep_rows(model, rows, 1)
        assert torch.allclose(model(input_ids=torch.tensor([after.ids])).last_hidden_state, want, atol=1e-5)
    assert encoder.keep_layers(model, 1, "first") == [0]


def test_four_bit_blocks() -> None:
    scale = np.array([0.5], "<f2").tobytes()
    nibbles = bytes(range(16))  # low nibbles 0…15, high nibbles 0
    matrix = e5.dequantise(memoryview(scale + nibbles), 0, 1, 32)
    assert matrix[0, :16].tolist() == [(n - 8) * 0.5 for n in range(16)]
    assert set(matrix[0, 16:].tolist()) == {-4.0}


def test_eight_bits_change_little_and_neighbours_nothing(tmp_path: Path) -> None:
    model, fast = build()
    export(model, fast, tmp_path, precision="int8")
    small, whole = OnnxEncoder.from_folder(tmp_path), OnnxEncoder.from_folder(TINY)
    words = ["قال", "رئيس", "روسيا", "بوتين"]
    a, b = small.encode([words])[0], whole.encode([words])[0]
    assert ((a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)).min() > 0.98
    among = small.encode([["و", "إيران"], words, ["إيران"] * 4])[1]
    assert np.allclose(a, among, atol=1e-5)


def test_neighbouring_weights_stay_within_sixteen_bits() -> None:
    matrix = np.random.default_rng(0).normal(size=(7, 5)).astype(np.float32)
    small, scale = columns(matrix)
    assert np.abs(small * scale - matrix).max() <= scale.max() / 2 + 1e-6
    sizes = np.abs(np.pad(small.astype(int), ((0, 1), (0, 0))))
    assert (sizes[0::2] + sizes[1::2]).max() <= 128
