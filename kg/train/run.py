"""Train the shared encoder with all its heads, in plain PyTorch.

    python -m kg.train.run OUT --encoder FOLDER --train FOLDER [--train FOLDER] --dev FOLDER

Folders hold annotated articles (``*.json``). Prints and logs to ``OUT/log.txt`` the losses and, after
each epoch, the scores on dev; keeps the encoder (a Hugging Face folder), the heads and the scores of
the latest epoch under ``OUT``. Scores of links and classes are with the annotated spans given, so they
are upper bounds of what the pipeline reaches.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoTokenizer

from kg.extract.learned.labels import LINKS, TAGS
from kg.train.data import Item, Linked, Reader, from_tags
from kg.train.linker import means
from kg.train.names import NamedText, Names, named_texts
from kg.train.network import Network, gaps

log = logging.getLogger("kg.train.run")

WEIGHTS = {
    "triggers": 2.0,
    "predicates": 0.3,
    "modality": 0.1,
    "negated": 0.05,
    "roles": 0.2,
    "link acts": 0.2,
    "link statements": 0.1,
    "link titles": 0.1,
    "link treaties": 0.05,
    "contents of acts": 0.15,
    "dates": 0.1,
}
"""How much a head's mean loss counts; the other taggers count 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on besides data and encoder."""

    epochs: int = 10
    stop_after: int | None = None
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    articles: int = 1
    warmup: float = 0.1
    frozen: int = 0
    names_every: int = 2
    seed: int = 1
    threads: int = 2
    bfloat16: bool = True


class Counts:
    """Gold, predicted and right, by name."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, name: str, gold: Iterable[object], found: Iterable[object]) -> None:
        """Compare two sets."""
        gold, found = set(gold), set(found)
        row = self.counts[name]
        row[0] += len(gold)
        row[1] += len(found)
        row[2] += len(gold & found)

    def table(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1 and gold count of each name."""
        rows = {}
        for name, (gold, found, right) in sorted(self.counts.items()):
            p, r = right / max(found, 1), right / max(gold, 1)
            rows[name] = {"p": p, "r": r, "f": 2 * p * r / max(p + r, 1e-9), "gold": gold}
        return {k: {a: round(b, 4) for a, b in v.items()} for k, v in rows.items()}


def loss_of(network: Network, items: list[Item]) -> torch.Tensor:
    """The loss of a batch of articles."""
    total = torch.zeros(())
    for item, vectors in zip(items, network.encode(items), strict=True):
        for name, loss in network.losses(item, vectors).items():
            total = total + WEIGHTS.get(name, 1.0) * loss
    return total / len(items)


def evaluate(network: Network, items: list[Item]) -> dict[str, dict[str, float]]:
    """Scores on articles (see the module's text)."""
    network.eval()
    counts = Counts()
    with torch.inference_mode():
        for item in items:
            words = network.read(network.encode([item])[0], item)
            for name, tagger in network.taggers.items():
                found = from_tags(tagger(words).argmax(1).tolist(), TAGS[name])
                gold = item.spans[name]
                counts.add(name, gold, found)
                overlapping(counts, f"{name}, sharing a word", gold, found)
                if name == "names":
                    for label in {s[2] for s in gold | found}:
                        counts.add(
                            f"{name}: {label}",
                            {s for s in gold if s[2] == label},
                            {s for s in found if s[2] == label},
                        )
            for name, classifier in network.classifiers.items():
                rows = item.classes[name]
                if rows:
                    best = classifier(means(words, [span for span, _ in rows])).argmax(1).tolist()
                    counts.add(f"class: {name}", enumerate(c for _, c in rows), enumerate(best))
            for name in network.scorers:
                linked = item.links[name]
                if len(linked.anchor):
                    scores = network.link(name, words, item)
                    for k, kind in enumerate(LINKS[name]):
                        right, linked_to = linked_entities(item, linked, scores[:, k].tolist(), k)
                        counts.add(f"link: {name} {kind}", right, linked_to)
            if len(item.dates.anchor):
                dated(counts, item, network.date(words, item).tolist())
            for n, (trigger, (first, last), content) in enumerate(item.contents):
                anchor = words[trigger[0] : trigger[1]].mean(0)
                inside = words[first:last]
                begin = int(network.pointer.begins(anchor, inside, gaps(trigger, first, last)).argmax())
                pointed: set[tuple[int, int]] = set()
                if begin < len(inside):
                    end = int(network.pointer.ends(anchor, inside, begin).argmax())
                    pointed = {(n, i) for i in range(first + begin, first + end + 1)}
                counts.add("contents of acts, words", {(n, i) for i in range(*(content or (0, 0)))}, pointed)
    network.train()
    return counts.table()


def overlapping(
    counts: Counts, name: str, gold: set[tuple[int, int, str]], found: set[tuple[int, int, str]]
) -> None:
    """Spans that share a word and the label count as found; each annotated one once."""
    hits: set[tuple[int, int, str]] = set()
    for first, last, label in sorted(found):
        match = [g for g in sorted(gold - hits) if g[0] < last and first < g[1] and g[2] == label]
        hits.update(match[:1])
    row = counts.counts[name]
    row[0] += len(gold)
    row[1] += len(found)
    row[2] += len(hits)


def dated(counts: Counts, item: Item, scores: list[float]) -> None:
    """Count the triggers with a date, and those whose likeliest option is that date."""
    best: dict[int, tuple[float, float]] = {}
    right = set()
    rows = zip(item.dates.anchor.tolist(), item.dates.gold[:, 0].tolist(), scores, strict=True)
    for anchor, gold, score in rows:
        best[anchor] = max(best.get(anchor, (-1e9, 0.0)), (score, gold))
        if gold:
            right.add(anchor)
    counts.add("dates", right, {a for a in right if best[a][1]})


def linked_entities(
    item: Item, linked: Linked, scores: list[float], kind: int
) -> tuple[set[tuple[int, object]], set[tuple[int, object]]]:
    """Entities linked to anchors: annotated, and scored above zero."""
    gold: set[tuple[int, object]] = set()
    found: set[tuple[int, object]] = set()
    rows = zip(linked.anchor.tolist(), linked.mention.tolist(), linked.gold.tolist(), scores, strict=True)
    for anchor, mention, row, score in rows:
        entity = item.entities[mention] or -mention
        if row[kind]:
            gold.add((anchor, entity))
        if score > 0:
            found.add((anchor, entity))
    return gold, found


def run(
    out: Path,
    encoder: Path,
    train: list[Item],
    dev: list[Item],
    settings: Settings,
    start: Path | None = None,
    named: Sequence[NamedText] = (),
) -> None:
    """Train and keep the latest epoch.

    Args:
        out: Folder to write.
        encoder: Hugging Face folder.
        train: Articles to learn from.
        dev: Articles to score after each epoch.
        settings: The rest.
        start: A run whose heads are taken where their shapes agree; its encoder comes as ``encoder``.
        named: Texts in which only names are annotated; every ``settings.names_every``-th step takes one.
    """
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    network = Network(encoder, settings.bfloat16)
    if start is not None:
        state = torch.load(start / "heads.pt", map_location="cpu")
        own = network.state_dict()
        fits = {k: v for k, v in state.items() if k in own and own[k].shape == v.shape}
        network.load_state_dict(fits, strict=False)
        log.info("%d of %d heads' parameters from %s", len(fits), len(state), start)
    network.freeze(settings.frozen)
    network.train()
    names = Names(named, network.encoder.config.hidden_size, settings.seed) if named else None
    inside = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in known]
    heads += names.parameters() if names else ()
    rates = [settings.encoder_rate, settings.head_rate]
    optimizer = torch.optim.AdamW(
        [{"params": inside, "lr": rates[0]}, {"params": heads, "lr": rates[1]}], weight_decay=0.01
    )
    steps = settings.epochs * -(-len(train) // settings.articles)
    warm = max(1, int(settings.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, (steps - s) / max(steps - warm, 1))
    )
    log.info("%d articles, %d steps, %d texts with names, %s", len(train), steps, len(named), settings)
    shuffled = random.Random(settings.seed)
    for epoch in range(1, (settings.stop_after or settings.epochs) + 1):
        began, total, seen = time.time(), 0.0, 0
        order = shuffled.sample(train, len(train))
        for at in range(0, len(order), settings.articles):
            items = order[at : at + settings.articles]
            loss = loss_of(network, items)
            loss.backward()
            if names and seen % settings.names_every == 0:
                names.loss(network).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item()
            seen += 1
            if seen % 50 == 0:
                log.info(
                    "epoch %d, %d steps, loss %.3f, %.0f s", epoch, seen, total / seen, time.time() - began
                )
        scores = evaluate(network, dev)
        log.info("epoch %d: loss %.3f, %.0f s", epoch, total / seen, time.time() - began)
        for name, row in scores.items():
            log.info("  %-28s P %.3f R %.3f F %.3f (%d)", name, row["p"], row["r"], row["f"], row["gold"])
        keep(out, network, encoder, scores)


def log_to(folder: Path) -> None:
    """Print the progress of training, and keep it in the folder's ``log.txt``."""
    folder.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [
        logging.StreamHandler(),
        logging.FileHandler(folder / "log.txt", "a", "utf-8"),
    ]
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=handlers)
    logging.getLogger("kg.train").setLevel(logging.INFO)


def keep(folder: Path, network: Network, encoder: Path, scores: dict[str, dict[str, float]]) -> None:
    """Write the encoder, the heads and the scores."""
    network.encoder.save_pretrained(folder / "encoder")
    AutoTokenizer.from_pretrained(encoder).save_pretrained(folder / "encoder")
    state = {k: v for k, v in network.state_dict().items() if not k.startswith("encoder.")}
    torch.save(state, folder / "heads.pt")
    (folder / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and train."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    add = parser.add_argument
    default = Settings()
    add("out", type=Path)
    add("--encoder", type=Path, required=True)
    add("--train", type=Path, action="append", required=True)
    add("--dev", type=Path, required=True)
    add("--epochs", type=int, default=default.epochs)
    add("--stop-after", type=int, help="epochs to do of those that the rates are planned for")
    add("--encoder-rate", type=float, default=default.encoder_rate)
    add("--head-rate", type=float, default=default.head_rate)
    add("--articles", type=int, default=default.articles, help="articles a step")
    add("--seed", type=int, default=default.seed)
    add("--threads", type=int, default=default.threads)
    add("--fp32", action="store_true", help="no bfloat16")
    add("--start", type=Path, help="a run whose heads are taken over where their shapes agree")
    add("--hold-out", type=Path, help="file of article ids that are left out of training")
    add("--freeze", type=int, default=default.frozen, help="lowest layers of the encoder to leave alone")
    add("--names", type=Path, help="CoNLL file of sentences with names, to learn from besides")
    add("--names-every", type=int, default=default.names_every, help="steps from one text of it to the next")
    add("--limit", type=int, help="articles of each training file, for trials")
    a = parser.parse_args()
    log_to(a.out)
    reader = Reader(a.encoder)
    held = set(a.hold_out.read_text("utf-8").split()) if a.hold_out else set()
    train = [item for path in a.train for item in reader.read(path, a.limit) if item.id not in held]
    settings = Settings(
        epochs=a.epochs,
        stop_after=a.stop_after,
        encoder_rate=a.encoder_rate,
        head_rate=a.head_rate,
        articles=a.articles,
        frozen=a.freeze,
        names_every=a.names_every,
        seed=a.seed,
        threads=a.threads,
        bfloat16=not a.fp32,
    )
    log.info("%s", Counter(str(path) for path in a.train))
    dev = list(reader.read(a.dev, a.limit))
    named = list(named_texts(reader, a.names, a.limit)) if a.names else []
    run(a.out, a.encoder, train, dev, settings, a.start, named)


if __name__ == "__main__":
    main()
