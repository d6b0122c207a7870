"""The pretrained encoder at run time: word vectors from ONNX Runtime, without PyTorch.

Needs onnxruntime (MIT, 1.22 or later) and tokenizers (Apache-2.0, 0.21 or later); both are imported
only when vectors are asked for.
"""

from kg.nlp.encoder.onnx import EncoderConfig, OnnxEncoder

__all__ = ["EncoderConfig", "OnnxEncoder"]
