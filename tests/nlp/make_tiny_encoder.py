"""Make the small random encoder in ``tiny_encoder`` that the tests run (needs training/requirements.txt).

python -m tests.nlp.make_tiny_encoder
"""

from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from kg.train.export import export

WORDS = ["▁ال", "▁و", "روسيا", "إيران", "▁روسيا", "▁إيران", "بوتين", "▁بوتين", "رئيس", "قال"]
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ.،:“”0123456789"


def build() -> tuple[BertModel, PreTrainedTokenizerFast]:
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = [(s, 0.0) for s in special] + [(w, -2.0) for w in WORDS]
    pieces += [("▁", -4.0)] + [(letter, -5.0) for letter in LETTERS]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=24,
    )
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=24,
        pad_token_id=1,
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    for layer in model.encoder.layer:  # large enough weights for words to see one another
        layer.attention.self.query.weight.data *= 20
        layer.attention.self.key.weight.data *= 20
    return model, fast


def main() -> None:
    model, fast = build()
    export(model, fast, Path(__file__).parent / "tiny_encoder", precision="fp32", name="tiny")


if __name__ == "__main__":
    main()
