"""Compare forms of the encoder: size, speed, memory, and likeness to the fp32 one.

    python -m training.compare TEXTS... --torch FOLDER --onnx FOLDER [--onnx FOLDER …]

TEXTS are files or folders that training/vocabulary.py reads. Each form runs in a process of its own,
article by article, three times; the best time counts. "CPU" is words for each second of processor
time on one thread, which other load on the machine disturbs little; "wall" is with two threads.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from kg.arabic import split_sentences
from kg.nlp.encoder import OnnxEncoder
from kg.nlp.tokenizer import split_words
from training.vocabulary import read_texts

Sentences = list[list[str]]
BUDGET = 512


def articles(paths: Sequence[Path]) -> list[Sentences]:
    """The sentences of each article, as words."""
    files = [f for path in paths for f in (sorted(path.iterdir()) if path.is_dir() else [path])]
    texts = [text for file in files for text in read_texts(file)]
    return [[split_words(text[a:b]) for a, b in split_sentences(text)] for text in texts]


def torch_encoder(folder: Path, threads: int) -> Callable[[Sentences], list[np.ndarray]]:
    """Vectors by PyTorch, batched and pooled as by the runtime."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(threads)
    model = AutoModel.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)

    def encode(sentences: Sentences) -> list[np.ndarray]:
        found = [np.zeros((len(s), model.config.hidden_size), np.float32) for s in sentences]
        coded = [tokenizer(s, is_split_into_words=True, truncation=True) for s in sentences]
        waiting: list[int] = []

        def flush() -> None:
            batch = tokenizer.pad([coded[i] for i in waiting], return_tensors="pt")
            with torch.inference_mode():
                output = model(**batch).last_hidden_state.numpy()
            for row, i in enumerate(waiting):
                words = coded[i].word_ids()
                begins = [k for k, w in enumerate(words) if w is not None and w != words[k - 1]]
                ends = np.array([*begins[1:], len(words) - 1])
                sums = np.add.reduceat(output[row, : len(words) - 1], begins, axis=0)
                found[i][[words[k] for k in begins]] = sums / (ends - begins)[:, None]
            waiting.clear()

        for i in sorted((i for i, s in enumerate(sentences) if s), key=lambda i: len(coded[i]["input_ids"])):
            if waiting and (len(waiting) + 1) * len(coded[i]["input_ids"]) > BUDGET:
                flush()
            waiting.append(i)
        if waiting:
            flush()
        return found

    return encode


def measure(kind: str, folder: Path, texts: list[Sentences], save: Path) -> dict[str, float]:
    """Run one form in this process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words = sum(len(s) for text in texts for s in text)
    result: dict[str, float] = {}
    for threads in (1, 2):
        if kind == "torch":
            encode = torch_encoder(folder, threads)
        else:
            encode = OnnxEncoder.from_folder(folder, threads=threads, budget=BUDGET).encode
        encode(texts[0])
        clock = time.process_time if threads == 1 else time.perf_counter
        best = float("inf")
        for _ in range(3):
            start = clock()
            vectors = [encode(text) for text in texts]
            best = min(best, clock() - start)
        result["cpu" if threads == 1 else "wall"] = words / best
        if threads == 1:
            result["memory"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    np.save(save, np.concatenate([v for text in vectors for v in text]))
    return result


def main() -> None:
    """Measure every form and print the table."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--torch", type=Path, action="append", default=[])
    parser.add_argument("--onnx", type=Path, action="append", default=[])
    parser.add_argument("--one", nargs=3, metavar=("KIND", "FOLDER", "SAVE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        kind, folder, save = arguments.one
        print(json.dumps(measure(kind, Path(folder), articles(arguments.texts), Path(save))))
        return
    forms = [("torch", f) for f in arguments.torch] + [("onnx", f) for f in arguments.onnx]
    print("| form | MB | words/s CPU | words/s wall | MB of memory | cosine: mean, 1st percentile |")
    print("|---|---|---|---|---|---|")
    first = None
    for kind, folder in forms:
        with tempfile.TemporaryDirectory() as scratch:
            save = Path(scratch) / "vectors.npy"
            command = [sys.executable, "-m", "training.compare", *map(str, arguments.texts)]
            command += ["--one", kind, str(folder), str(save)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            vectors = np.load(save)
        result = json.loads(done.stdout.splitlines()[-1])
        first = vectors if first is None else first
        norms = np.linalg.norm(first, axis=1) * np.linalg.norm(vectors, axis=1)
        cosine = (first * vectors).sum(axis=1)[norms > 0] / norms[norms > 0]
        size = sum(f.stat().st_size for f in folder.iterdir()) / 1e6
        print(
            f"| {kind} {folder.name} | {size:.0f} | {result['cpu']:.0f} | {result['wall']:.0f} "
            f"| {result['memory']:.0f} | {cosine.mean():.4f}, {np.percentile(cosine, 1):.4f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
