"""Sentences with names alone: how they are read, and what a step on them teaches; needs the extra trf."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
sys.path.insert(0, str(Path(__file__).parents[1] / "nlp"))

from make_tiny_encoder import build  # noqa: E402

from kg.errors import InputError  # noqa: E402
from kg.train.data import Reader  # noqa: E402
from kg.train.names import TAGS, NamedText, Names, named_texts, read_conll  # noqa: E402
from kg.train.network import Network  # noqa: E402
from kg.train.run import Settings, run  # noqa: E402
from kg.train.tokens import save_tokenizer  # noqa: E402

GOLD = Path(__file__).parents[1] / "gold" / "seeds"
SAMPLE = """\
لندن B-LOC
(د O
ب O
أ) O
قال O
سالم B-PERS
الوادي I-PERS
أمس O

زار O
اتحاد\tB-ORG
النحالين\tI-ORG
روسيا B-LOC

"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    model, tokenizer = build()
    model.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    return folder


@pytest.fixture(scope="module")
def texts(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[NamedText]:
    path = tmp_path_factory.mktemp("names") / "sample.conll"
    path.write_text(SAMPLE, encoding="utf-8")
    return list(named_texts(Reader(encoder), path))


def test_empty_lines_divide_sentences(tmp_path: Path) -> None:
    path = tmp_path / "sample.conll"
    path.write_text(SAMPLE + "\n\nانتهى O", encoding="utf-8")
    assert [len(sentence) for sentence in read_conll(path)] == [8, 4, 1]


def test_a_line_without_a_known_tag_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sample.conll"
    path.write_text("لندن B-LOC\nقال X\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        list(read_conll(path))


def test_brackets_become_words_of_their_own_and_tags_stay_with_the_names(texts: list[NamedText]) -> None:
    [text] = texts
    assert text.words == len(text.tags) == len(text.features) == 14
    named = {i: TAGS[tag] for i, tag in enumerate(text.tags.tolist()) if tag}
    assert named == {
        0: "B-LOC",
        7: "B-PERS",
        8: "I-PERS",
        11: "B-ORG",
        12: "I-ORG",
        13: "B-LOC",
    }


def test_a_step_on_names_teaches_the_encoder_above_the_frozen_layers(
    encoder: Path, texts: list[NamedText]
) -> None:
    torch.manual_seed(1)
    network = Network(encoder)
    network.freeze(1)
    names = Names(texts, network.encoder.config.hidden_size, 1)
    names.loss(network).backward()
    lower, upper = network.encoder.encoder.layer
    assert all(p.grad is None for p in lower.parameters())
    assert all(p.grad is not None for p in [*upper.parameters(), *network.hints.parameters()])
    assert all(p.grad is None for p in network.taggers.parameters())


def test_the_tagger_of_such_names_is_not_saved(encoder: Path, texts: list[NamedText], tmp_path: Path) -> None:
    items = list(Reader(encoder).read(GOLD, 1))
    settings = Settings(epochs=1, threads=1, bfloat16=False)
    run(tmp_path, encoder, items, items, settings, named=texts)
    own = {name for name in Network(encoder).state_dict() if not name.startswith("encoder.")}
    assert torch.load(tmp_path / "heads.pt").keys() == own
