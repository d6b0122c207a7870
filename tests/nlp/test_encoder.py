"""The encoder at run time, on a small random one (see make_tiny_encoder.py)."""

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ConfigError
from kg.nlp.encoder import OnnxEncoder
from kg.nlp.encoder import onnx as runtime

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

TINY = Path(__file__).parent / "tiny_encoder"
SENTENCE = ["قال", "رئيس", "روسيا", "بوتين", ":", "إيران", "."]


@pytest.fixture
def encoder() -> OnnxEncoder:
    return OnnxEncoder.from_folder(TINY)


def close(a: np.ndarray, b: np.ndarray) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, atol=1e-5))


def test_one_vector_a_word(encoder: OnnxEncoder) -> None:
    found = encoder.encode([SENTENCE, [], SENTENCE[:2]])
    assert [v.shape for v in found] == [(7, 16), (0, 16), (2, 16)]
    assert all(v.dtype == np.float32 for v in found)
    assert np.abs(found[0]).sum(axis=1).min() > 0


def test_vectors_depend_on_the_sentence_not_on_its_neighbours(encoder: OnnxEncoder) -> None:
    alone = encoder.encode([SENTENCE])[0]
    among = encoder.encode([["و", "إيران"], SENTENCE, ["روسيا"] * 9])[1]
    assert close(alone, among)
    other = encoder.encode([["قال", "رئيس", "إيران", *SENTENCE[3:]]])[0]
    assert not close(alone[:1], other[:1])


def test_no_batch_is_too_small(encoder: OnnxEncoder) -> None:
    narrow = OnnxEncoder.from_folder(TINY, budget=1)
    for a, b in zip(encoder.encode([SENTENCE] * 3), narrow.encode([SENTENCE] * 3), strict=True):
        assert close(a, b)


def test_vowel_marks_and_stretching_change_nothing(encoder: OnnxEncoder) -> None:
    plain = encoder.encode([["روسيا", "قال"]])[0]
    marked = encoder.encode([["رُوسِيـــا", "قَالَ"]])[0]
    assert close(plain, marked)


def test_what_vanishes_has_a_zero_vector(encoder: OnnxEncoder) -> None:
    found = encoder.encode([["روسيا", "\n", "ـ", "قال"], ["\n\n"]])
    assert not found[0][1:3].any()
    assert not found[1].any()
    assert close(found[0][[0, 3]], encoder.encode([["روسيا", "قال"]])[0])


def test_a_long_sentence_is_read_in_windows(encoder: OnnxEncoder) -> None:
    words = ["روسيا"] * 30 + ["ب" * 50, "قال"]
    found = encoder.encode([words])[0]
    assert found.shape == (32, 16)
    assert np.abs(found).sum(axis=1).min() > 0
    assert close(found[:22], encoder.encode([words[:22]])[0])


def test_first_piece_pooling(encoder: OnnxEncoder, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "first")
    config = json.loads((TINY / "encoder.json").read_text("utf-8")) | {"pooling": "first"}
    (tmp_path / "first" / "encoder.json").write_text(json.dumps(config), "utf-8")
    first = OnnxEncoder.from_folder(tmp_path / "first").encode([["روسيا", "كتب"]])[0]
    mean = encoder.encode([["روسيا", "كتب"]])[0]
    assert close(first[:1], mean[:1])  # "روسيا" is one piece
    assert not close(first[1:], mean[1:])


def test_round_trips(encoder: OnnxEncoder, tmp_path: Path) -> None:
    want = encoder.encode([SENTENCE])[0]
    encoder.to_folder(tmp_path / "copy")
    copies = [
        OnnxEncoder.from_bytes(encoder.to_bytes()),
        OnnxEncoder.from_folder(tmp_path / "copy"),
        pickle.loads(pickle.dumps(encoder)),
    ]
    for copy in copies:
        assert np.array_equal(copy.encode([SENTENCE])[0], want)
    assert copies[0].to_bytes() == encoder.to_bytes()


@pytest.mark.parametrize("name", ["encoder.onnx", "encoder.json", "tokenizer.json"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    shutil.copytree(TINY, tmp_path / "copy")
    (tmp_path / "copy" / name).unlink()
    with pytest.raises(ConfigError, match=name):
        OnnxEncoder.from_folder(tmp_path / "copy")


def test_damaged_and_foreign_files(tmp_path: Path, encoder: OnnxEncoder) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(TINY, copy)
    (copy / "encoder.onnx").write_bytes((TINY / "encoder.onnx").read_bytes()[:-9])
    with pytest.raises(ConfigError, match="damaged"):
        OnnxEncoder.from_folder(copy)
    config = json.loads((TINY / "encoder.json").read_text("utf-8"))
    (copy / "encoder.json").write_text(json.dumps(config | {"format": 99}), "utf-8")
    with pytest.raises(ConfigError, match="format 99"):
        OnnxEncoder.from_folder(copy)
    (copy / "encoder.json").write_text("{", "utf-8")
    with pytest.raises(ConfigError, match="not an exported encoder"):
        OnnxEncoder.from_folder(copy)
    with pytest.raises(ConfigError, match="cannot be read"):
        OnnxEncoder.from_bytes(encoder.to_bytes()[:100])


def test_a_model_that_is_none_says_so(encoder: OnnxEncoder, tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "copy")
    config = json.loads((TINY / "encoder.json").read_text("utf-8")) | {"sha256": ""}
    (tmp_path / "copy" / "encoder.json").write_text(json.dumps(config), "utf-8")
    (tmp_path / "copy" / "encoder.onnx").write_bytes(b"nonsense")
    broken = OnnxEncoder.from_folder(tmp_path / "copy")
    with pytest.raises(ConfigError, match="cannot be loaded"):
        broken.encode([SENTENCE])


def test_a_missing_library_is_named(encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(runtime, "import_module", missing)
    with pytest.raises(ConfigError, match="pip install tokenizers"):
        encoder.encode([SENTENCE])


def test_the_store_of_known_words_is_bounded(encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime._Pieces, "_LIMIT", 3)
    encoder.encode([SENTENCE])
    assert len(encoder._pieces._known) <= 3
