"""The heads say the same in numpy as in PyTorch; a run trains, saves and goes on; needs the extra trf."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
sys.path.insert(0, str(Path(__file__).parents[1] / "nlp"))

from make_tiny_encoder import build  # noqa: E402

from kg.extract.learned.candidates import Pairs  # noqa: E402
from kg.extract.learned.features import COLUMNS  # noqa: E402
from kg.extract.learned.heads import Heads  # noqa: E402
from kg.extract.learned.labels import CLASSES, LINKS, TAGS  # noqa: E402
from kg.train.data import Item, Reader  # noqa: E402
from kg.train.network import Network, gaps, means  # noqa: E402
from kg.train.run import Settings, run  # noqa: E402
from kg.train.tokens import save_tokenizer  # noqa: E402

GOLD = Path(__file__).parents[1] / "gold" / "seeds"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    model, tokenizer = build()
    model.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    return folder


@pytest.fixture(scope="module")
def items(encoder: Path) -> list[Item]:
    return list(Reader(encoder).read(GOLD))


def test_an_article_becomes_examples_of_every_kind(items: list[Item]) -> None:
    assert len(items) == 2
    for item in items:
        assert item.features.shape == (item.words, len(COLUMNS))
        assert {name for name, tags in item.tags.items() if tags.gt(0).any()} >= {
            "names",
            "triggers",
            "contents",
        }
        assert all((linked.gold == 1).any() for name, linked in item.links.items() if name != "treaties")
        assert len(item.contents) == len(item.classes["predicates"]) > 20


def test_numpy_and_pytorch_agree(encoder: Path, items: list[Item]) -> None:
    torch.manual_seed(3)
    network = Network(encoder).eval()
    heads = Heads(
        {k: v.numpy() for k, v in network.state_dict().items() if not k.startswith("encoder.")}, COLUMNS
    )
    item = items[0]
    with torch.inference_mode():
        vectors = network.encode([item])[0]
        words = network.read(vectors, item)
        rows = heads.read(vectors.numpy(), item.features.numpy())
        assert np.abs(rows - words.numpy()).max() < 1e-4
        for name in TAGS:
            expected = torch.softmax(network.taggers[name](words), 1).numpy()
            assert np.abs(heads.tags(name, rows) - expected).max() < 1e-5
        for name in CLASSES:
            spans = [span for span, _ in item.classes[name]]
            expected = torch.softmax(network.classifiers[name](means(words, spans)), 1).numpy()
            assert np.abs(heads.classes(name, rows, spans) - expected).max() < 1e-5
        for name in LINKS:
            linked = item.links[name]
            scores = network.link(name, words, item)
            pairs = Pairs(linked.anchor.tolist(), linked.mention.tolist(), list(linked.extras.numpy()))
            found = heads.links(name, rows, linked.anchors, item.mentions, pairs)
            assert np.abs(found - torch.sigmoid(scores).numpy()).max() < 1e-5
        dates = item.dates
        pairs = Pairs(dates.anchor.tolist(), dates.mention.tolist(), list(dates.extras.numpy()))
        found = heads.dates(rows, dates.anchors, item.date_spans, pairs)
        assert np.abs(found - network.date(words, item).exp().numpy()).max() < 1e-5
        trigger, (first, last), _ = item.contents[0]
        begins, ends = heads.content(rows, heads.pointed(rows), trigger, (first, last))
        anchor, inside = words[trigger[0] : trigger[1]].mean(0), words[first:last]
        expected = torch.softmax(network.pointer.begins(anchor, inside, gaps(trigger, first, last)), 0)
        assert np.abs(begins - expected.numpy()).max() < 1e-5
        expected = torch.softmax(network.pointer.ends(anchor, inside, 2), 0)
        assert np.abs(ends[2] - expected.numpy()).max() < 1e-5


def test_training_lowers_the_loss_and_saves_what_another_run_takes_over(
    encoder: Path, items: list[Item], tmp_path: Path
) -> None:
    settings = Settings(epochs=3, articles=1, threads=1, bfloat16=False)
    torch.manual_seed(1)
    before = sum(float(v) for v in _losses(Network(encoder), items[0]).values())
    run(tmp_path / "first", encoder, items, items, settings)
    after = Network(tmp_path / "first" / "encoder")
    after.load_state_dict(torch.load(tmp_path / "first" / "heads.pt"), strict=False)
    assert sum(float(v) for v in _losses(after, items[0]).values()) < before
    run(tmp_path / "second", tmp_path / "first" / "encoder", items, items, settings, tmp_path / "first")
    assert {p.name for p in (tmp_path / "second").iterdir()} >= {"encoder", "heads.pt", "scores.json"}


def _losses(network: Network, item: Item) -> dict[str, torch.Tensor]:
    network.eval()
    with torch.inference_mode():
        return network.losses(item, network.encode([item])[0])
