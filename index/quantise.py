"""An exported model to one that multiplies 8-bit integers, once a machine and user; checked against the exact one.

Weights are quantised once, a scale for each column, to 7 bits: on processors without 8-bit dot products (VNNI) sums
of two full products overflow. Activations are quantised as they come. Embedding tables stay as they are.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.encoder import GRAPH, WEIGHTS, Encoder, EncoderSpec, entry_folder, optimise, stored_encoder, write_spec
from index.errors import ModelError
from index.export import PROBES, made_aside
from index.precision import in_precision
from index.types import ModelInfo

_FLOAT = 1
"""onnx.TensorProto.FLOAT."""
LEAST_COSINE = 0.93
"""What the vectors of every probe must reach, exact and quantised: the strangest of them are the farthest apart."""
LEAST_MEAN_COSINE = 0.97
"""What they must reach in the mean. The default model's reach .965 and .985, those of news .988 and .993."""
INT8_BATCH = 1
"""Activations share one scale in a run: alone, a text has the same vector whatever it is encoded with."""


def quantised_encoder(info: ModelInfo, model: Path, cache: Path | None, exact: Encoder | None) -> Encoder:
    """Give the exported model `exact`, of the folder `model` and of `info`, in int8; made on first use.

    Raises ModelError where there is none to be had.
    """
    name = in_precision(info, "int8")
    advice = "or use `--precision float32`"
    if cache is None or exact is None:
        raise ModelError(
            info.name, f"int8 is made of the exported model, and it is not exported; set a cache, {advice}"
        )
    entry = entry_folder(cache, name.key)
    try:
        encoder, reason = stored_encoder(entry, model)
        if encoder is None and reason is None:
            _quantise_aside(exact, entry_folder(cache, info.key), model, entry)
            encoder, reason = stored_encoder(entry, model)
        if encoder is not None:
            return encoder
        reason = reason or f"{entry} is not as it was written; run it again"
    except Exception as error:  # full disk, no rights, a library's complaint: nothing else encodes in int8
        reason = f"int8 fails at {entry.parent} ({' '.join(f'{type(error).__name__}: {error}'.split())[:300]})"
        raise ModelError(name.name, f"{reason}; {advice}") from error
    raise ModelError(name.name, f"{reason}; {advice}")


def _quantise_aside(exact: Encoder, source: Path, model: Path, entry: Path) -> None:
    """Write `entry`: the graph of the entry `source` in int8, or why it must not be used; by one process at a time."""
    with made_aside(entry) as making:
        if making is None:
            return
        _quantise(source, making)
        reason = _disagreement(exact, Encoder(making, model, exact.spec))
        write_spec(making, exact.spec if reason is None else EncoderSpec(refused=reason))


def _quantise(source: Path, making: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory(dir=making.parent, prefix=".making-") as scratch:
        # A copy, as shapes are inferred beside the graph, and an entry is never changed.
        for name in (GRAPH, WEIGHTS):
            shutil.copyfile(source / name, Path(scratch, name))
        quantised = Path(scratch, "int8.onnx")
        with _quiet():
            quantize_dynamic(
                Path(scratch, GRAPH),
                quantised,
                op_types_to_quantize=["MatMul"],
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
                # What fused operators give, shape inference does not know.
                extra_options={"DefaultTensorType": _FLOAT},
            )
        optimise(quantised, making)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's advice on graphs in general to itself."""
    root, silent = logging.getLogger(), logging.NullHandler()
    # Without a handler, the library's call would give the root one that prints.
    root.addHandler(silent)
    root.addFilter(_is_silent)
    try:
        yield
    finally:
        root.removeFilter(_is_silent)
        root.removeHandler(silent)


def _is_silent(_: logging.LogRecord) -> bool:
    return False


def _disagreement(exact: Encoder, quantised: Encoder) -> str | None:
    """Why the quantised model must not be used."""
    texts = list(PROBES)
    vectors = [
        encoder.encode(texts, is_query=False, batch_size=INT8_BATCH).astype(np.float64)
        for encoder in (exact, quantised)
    ]
    cosines = (vectors[0] * vectors[1]).sum(axis=1)
    # Written so that NaN fails.
    if not (cosines.min() >= LEAST_COSINE and cosines.mean() >= LEAST_MEAN_COSINE):
        return f"in int8, its vectors differ too much (cosine {cosines.mean():.4f}, at least {cosines.min():.4f})"
    return None
