"""Export a Hugging Face encoder to ONNX, as fp32 or int8, in the form that the package runs.

    python -m kg.train.export MODEL_FOLDER OUT [--precision int8|fp32] [--pooling mean|first]

OUT is a folder for :class:`kg.nlp.encoder.OnnxEncoder`. "int8" has weights of 8 bits with one scale a
column and activations with one scale a row (a piece), behind the activation function with one scale a
block of 128 numbers; so a sentence's vectors do not depend on its batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import onnx.numpy_helper
import torch
from transformers import AutoModel, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerFast

from kg.nlp.encoder import EncoderConfig
from kg.train.tokens import without_marks

OPSET = 20
"""The first with GELU as one operation."""
ROWS = 4096
BLOCK = 128
MAX_PIECES = 512
_MICROSOFT = "com.microsoft"

log = logging.getLogger("kg.train.export")


class _LastHidden(torch.nn.Module):
    """The encoder with two inputs and one output."""

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Vectors of all pieces."""
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def export_fp32(encoder: PreTrainedModel, path: Path) -> None:
    """Write an encoder as ONNX; batch and length stay open."""
    wrapped = _LastHidden(encoder.float().eval())
    ids = torch.full((2, 8), 5, dtype=torch.long)
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    batch = torch.export.Dim("batch", min=1, max=4096)
    pieces = torch.export.Dim("pieces", min=2, max=MAX_PIECES)
    shape = {0: batch, 1: pieces}
    torch.onnx.export(
        wrapped,
        (ids, mask),
        path,
        dynamo=True,
        verbose=False,
        opset_version=OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_shapes={"input_ids": shape, "attention_mask": shape},
        external_data=False,
    )
    _strip(path)


def _strip(path: Path) -> None:
    """Take out what the exporter notes about itself: stack traces with this machine's paths."""
    model = onnx.load(path)
    for part in (model, model.graph, *model.graph.node, *model.graph.initializer, *model.graph.value_info):
        part.doc_string = ""
        del part.metadata_props[:]
    onnx.save(model, path)


def quantise(source: Path, target: Path) -> None:
    """Weights to 8 bits with one scale a column, embeddings to 8 bits with one scale a row.

    Activations get one scale a row, found when the encoder runs. Products that narrow the rows, those
    behind the activation function, are put into blocks: their outliers would spoil a scale of the row.
    """
    model = onnx.load(source)
    graph = model.graph
    weights = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer if len(i.dims) == 2}
    make = onnx.helper.make_node
    added: dict[str, np.ndarray] = {
        "int8_axis": np.array([-1]),
        "int8_step": np.array(1 / 127, np.float32),
        "int8_middle": np.array(128, np.uint8),
    }
    nodes: list[onnx.NodeProto] = []
    scaled: set[str] = set()
    for node in graph.node:
        matrix = weights.get(node.input[1]) if node.op_type == "MatMul" else None
        if matrix is None or len(matrix) > matrix.shape[1]:
            nodes.append(node)
            continue
        (rows, name), output = node.input, node.output[0]
        if rows not in scaled:
            scaled.add(rows)
            nodes += [
                make("Abs", [rows], [f"{rows}_abs"]),
                make("ReduceMax", [f"{rows}_abs", "int8_axis"], [f"{rows}_max"], keepdims=1),
                make("Div", [rows, f"{rows}_max"], [f"{rows}_unit"]),
                make("QuantizeLinear", [f"{rows}_unit", "int8_step", "int8_middle"], [f"{rows}_int8"]),
            ]
        small, scale = columns(matrix)
        added |= {
            f"{name}_int8": small,
            f"{name}_scale": scale,
            f"{name}_zero": np.zeros(len(scale), np.int8),
        }
        factors = [
            f"{rows}_int8",
            f"{name}_int8",
            "int8_step",
            f"{name}_scale",
            "int8_middle",
            f"{name}_zero",
        ]
        nodes += [
            make("MatMulIntegerToFloat", factors, [f"{output}_unit"], domain=_MICROSOFT),
            make("Mul", [f"{output}_unit", f"{rows}_max"], [output]),
        ]
    graph.initializer.extend(onnx.numpy_helper.from_array(v, k) for k, v in added.items())
    _replace(graph, nodes)
    model.opset_import.append(onnx.helper.make_opsetid(_MICROSOFT, 1))
    _shrink_embeddings(model)
    onnx.save(_in_blocks(model), target)


def _in_blocks(model: onnx.ModelProto) -> onnx.ModelProto:
    """The products that are left, with 8 bits and one scale a block of weights and activations."""
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    logging.getLogger("onnxruntime.quantization.matmul_nbits_quantizer").setLevel(logging.WARNING)
    int8_products = 4
    quantiser = MatMulNBitsQuantizer(
        model, bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=int8_products
    )
    quantiser.process()
    smaller: onnx.ModelProto = quantiser.model.model
    return smaller


def columns(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A matrix in 8 bits and the scale of each column.

    Processors without VNNI sum two neighbouring products in 16 bits: with bytes of the activations up
    to 255 that does not overflow while two neighbours in a column stay within 128 together.
    """
    sizes = np.abs(np.pad(matrix, ((0, len(matrix) % 2), (0, 0))))
    scale = ((sizes[0::2] + sizes[1::2]).max(axis=0) / 127 + 1e-12).astype(np.float32)
    return np.round(matrix / scale).astype(np.int8), scale


def _replace(graph: onnx.GraphProto, nodes: list[onnx.NodeProto]) -> None:
    """Put other nodes into a graph, and leave out what they do not use."""
    used = {name for node in nodes for name in node.input}
    kept = [i for i in graph.initializer if i.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)


def _shrink_embeddings(model: onnx.ModelProto) -> None:
    """Put int8 rows and a scale for each in the place of large tables that are only looked up."""
    graph = model.graph
    tables = {i.name: i for i in graph.initializer if len(i.dims) == 2 and i.dims[0] > ROWS}
    nodes = []
    for node in graph.node:
        if node.op_type != "Gather" or node.input[0] not in tables:
            nodes.append(node)
            continue
        table = tables[node.input[0]]
        rows = onnx.numpy_helper.to_array(table)
        scale = np.abs(rows).max(axis=1, keepdims=True).astype(np.float32) / 127 + 1e-12
        name, ids, output = table.name, node.input[1], node.output[0]
        small = {f"{name}_int8": np.round(rows / scale).astype(np.int8), f"{name}_scale": scale}
        graph.initializer.extend(onnx.numpy_helper.from_array(v, k) for k, v in small.items())
        make = onnx.helper.make_node
        nodes += [
            make("Gather", [f"{name}_int8", ids], [f"{output}_int8"]),
            make("Cast", [f"{output}_int8"], [f"{output}_rows"], to=onnx.TensorProto.FLOAT),
            make("Gather", [f"{name}_scale", ids], [f"{output}_scale"]),
            make("Mul", [f"{output}_rows", f"{output}_scale"], [output]),
        ]
    _replace(graph, nodes)


def export(
    encoder: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    out: Path,
    *,
    precision: str = "int8",
    pooling: str = "mean",
    name: str = "",
) -> EncoderConfig:
    """Write the folder that the runtime reads.

    Args:
        encoder: Model whose first output is ``last_hidden_state``.
        tokenizer: Its fast tokenizer; deletion of vowel marks is put in where it is missing.
        out: Folder to write.
        precision: "int8" or "fp32" (see the module's text).
        pooling: "mean" or "first", as in training.
        name: What the encoder is, for people.
    """
    out.mkdir(parents=True, exist_ok=True)
    target = out / "encoder.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        whole = target if precision == "fp32" else Path(scratch) / "fp32.onnx"
        export_fp32(encoder, whole)
        if precision == "int8":
            quantise(whole, target)
    config = EncoderConfig(
        width=encoder.config.hidden_size,
        max_pieces=min(MAX_PIECES, encoder.config.max_position_embeddings),
        bos=tokenizer.cls_token_id,
        eos=tokenizer.sep_token_id,
        pad=tokenizer.pad_token_id,
        pooling="first" if pooling == "first" else "mean",
        name=f"{name or encoder.config.name_or_path}, {encoder.config.num_hidden_layers} layers, {precision}",
        sha256=hashlib.sha256(target.read_bytes()).hexdigest(),
    )
    (out / "encoder.json").write_text(json.dumps(asdict(config), indent=1) + "\n", encoding="utf-8")
    pieces = without_marks(json.loads(tokenizer.backend_tokenizer.to_str()))
    pieces["padding"] = pieces["truncation"] = None
    (out / "tokenizer.json").write_text(json.dumps(pieces, ensure_ascii=False), encoding="utf-8")
    return config


def main() -> None:
    """Read the command line and do it."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    add = parser.add_argument
    add("model", help="Hugging Face folder or hub name")
    add("out", type=Path, help="folder to write")
    add("--precision", choices=("int8", "fp32"), default="int8")
    add("--pooling", choices=("mean", "first"), default="mean")
    add("--name", default="", help="what the encoder is, for people (default: its folder's name)")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    encoder = AutoModel.from_pretrained(
        arguments.model, torch_dtype=torch.float32, attn_implementation="eager"
    )
    config = export(
        encoder,
        AutoTokenizer.from_pretrained(arguments.model, use_fast=True),
        arguments.out,
        precision=arguments.precision,
        pooling=arguments.pooling,
        name=arguments.name or Path(arguments.model).name,
    )
    size = sum(file.stat().st_size for file in arguments.out.iterdir())
    log.info("%s: %s, %.1f MB", arguments.out, config.name, size / 1e6)


if __name__ == "__main__":
    main()
