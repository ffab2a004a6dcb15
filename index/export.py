"""torch.onnx: a loaded model to an entry of the cache, once a machine and user; the only file that imports torch.

The exporter is the one that traces: the newer one (`dynamo=True`) took 44 s where this takes 4, needs one
library more, and its graph is no faster. It is deprecated, but torch is pinned.
"""

import errno
import fcntl
import importlib.util
import logging
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import OUTPUT, Encoder, EncoderSpec, discard, optimise, read_spec, write_spec
from index.types import ModelInfo

log = logging.getLogger("quoth.encoder")

LEAST_COSINE = 0.9999
"""What every probe's two vectors must reach for the exported model to be used."""
MOST_DIFFERENCE = 1e-4
"""No component of a probe's two vectors may differ by more: libraries made by either are asked by either."""
OPSET = 17
"""ONNX's version 17 is the first with LayerNormalization as one operator."""
PARTS = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
LEFTOVER_SECONDS = 24 * 3600
"""A folder that was being made this long ago was left behind by a process that died."""

PROBES = (
    "",
    " ",
    "?",
    "Yes.",
    "The minister said that talks would go on.",
    "  spaces around\tand\nbetween  ",
    "MIXED Case, punctuation -- and (brackets); 1,234.56 €",
    "Łódź, Ærø, Příbram, naïve façade, ﬁne ligatures, İstanbul",
    "Министр заявил, что переговоры продолжатся. 会談は続くと大臣は述べた。 وقال الوزير إن المحادثات ستستمر",
    "👩‍👩‍👧 🇺🇳 \u200b\u00ad e\u0301 \x00 \x07",
    "Parliament passed the budget after a night of debate, and the opposition left the chamber. " * 3,
    "Rates rose again while growers waited for rain and the port stayed closed to larger ships. " * 6,
    "antidisestablishmentarianism" * 4,
    "A sentence that is repeated until no model can read to its end. " * 300,
)
"""From nothing to more than any model's input length, and what tokenizers differ by."""


def export_encoder(model: Any, folder: Path, entry: Path, info: ModelInfo) -> None:
    """Write `entry`: the graph of a loaded sentence-transformers model, or the reason why it has none.

    It is made aside and renamed, by one process at a time. Raises OSError when the cache cannot be
    written, ImportError when onnx is not installed, and whatever torch raises; `entry` is then not there.
    """
    entry.parent.mkdir(parents=True, exist_ok=True)
    with made_aside(entry) as making:
        if making is None:
            return
        spec = _export(model, folder, making, info)
        if spec.refused:
            log.warning("%s stays with sentence-transformers: %s", info.name, spec.refused)
        write_spec(making, spec)


def _export(model: Any, folder: Path, making: Path, info: ModelInfo) -> EncoderSpec:
    reason = _unsuitable(model, folder)
    if reason is not None:
        return EncoderSpec(refused=reason)
    _check_means(folder, making)
    import torch

    spec = _spec(model, info)
    traced = making / "traced.onnx"
    try:
        with _quiet(), _plain_attention(model):
            _trace(model, spec, traced)
    except torch.onnx.errors.OnnxExporterError as error:
        return EncoderSpec(refused=f"torch.onnx cannot export it ({' '.join(str(error).split())[:200]})")
    optimise(traced, making)
    traced.unlink()
    reason = _disagreement(model, Encoder(making, folder, spec))
    return spec if reason is None else EncoderSpec(refused=reason)


def _unsuitable(model: Any, folder: Path) -> str | None:
    """Why a model is not of the kind that is exported: a transformer, mean or first-token pooling, own tokenizer."""
    parts = [type(part).__name__ for part in model]
    if parts not in PARTS:
        return f"it is made of {', '.join(parts)}"
    pooling, limit = model[1], model.max_seq_length
    if pooling.pooling_mode not in ("mean", "cls"):
        return f"it pools by {pooling.pooling_mode}"
    if not pooling.include_prompt and any(model.prompts.values()):
        return "it leaves its prompt out when it pools"
    if model.truncate_dim is not None:
        return "it cuts its vectors"
    if limit is None or not (folder / "tokenizer.json").is_file():
        return "its input length or its tokenizer.json is missing"
    return None


def _check_means(folder: Path, making: Path) -> None:
    """Fail early, and with words that help, where exporting cannot succeed."""
    if importlib.util.find_spec("onnx") is None:
        raise ImportError("the package onnx is not installed; run `pip install onnx`")
    needed = 3 * sum(file.stat().st_size for file in folder.glob("*.safetensors")) + (8 << 20)
    if shutil.disk_usage(making).free < needed:
        raise OSError(errno.ENOSPC, f"exporting takes {needed >> 20} MB there", str(making.parent))


def _spec(model: Any, info: ModelInfo) -> EncoderSpec:
    transformer = model[0]
    known = transformer.model_forward_params or set(transformer.tokenizer.model_input_names)
    names = [name for name in transformer.tokenizer.model_input_names if name in known]
    return EncoderSpec(
        dim=info.dim,
        limit=int(model.max_seq_length),
        max_tokens=info.max_tokens,
        pad_id=int(transformer.tokenizer.pad_token_id or 0),
        query_prompt=_prompt(model, ("query",)),
        document_prompt=_prompt(model, ("document", "passage", "corpus")),
        inputs=tuple(name for name in ("input_ids", "attention_mask", "token_type_ids") if name in names),
    )


def _prompt(model: Any, roles: tuple[str, ...]) -> str:
    """What sentence-transformers puts before a text in one of these roles, the first that the model knows."""
    role = next((role for role in roles if role in model.prompts), model.default_prompt_name)
    return str(model.prompts.get(role) or "")


def _trace(model: Any, spec: EncoderSpec, target: Path) -> None:
    """Write transformer, pooling and normalisation as one graph, of any batch and any length."""
    import torch

    first_token = model[1].pooling_mode == "cls"
    transformer = model[0].auto_model

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            named = dict(zip(spec.inputs, inputs, strict=True))
            states = self.transformer(**named, return_dict=True).last_hidden_state.float()
            mask = named["attention_mask"].unsqueeze(-1).float()
            # A product, not a sum: onnxruntime adds up in another order for one text than for several.
            added = torch.matmul(mask.transpose(1, 2), states).squeeze(1)
            pooled = states[:, 0] if first_token else added / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2.0, dim=1)

    mask = torch.tensor([[1] * 7, [1] * 4 + [0] * 3], device=model.device)
    ids = torch.where(mask == 1, 5, spec.pad_id)
    examples = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
    torch.onnx.export(
        Whole().eval(),
        tuple(examples[name] for name in spec.inputs),
        str(target),
        dynamo=False,
        opset_version=OPSET,
        input_names=list(spec.inputs),
        output_names=[OUTPUT],
        dynamic_axes={name: {0: "batch", 1: "sequence"} for name in spec.inputs} | {OUTPUT: {0: "batch"}},
    )


def _disagreement(model: Any, encoder: Encoder) -> str | None:
    """Why the exported model must not stand for the loaded one: all probes as documents, some as queries."""
    for texts, is_query in ((list(PROBES), False), (list(PROBES[::-3]), True)):
        encode = model.encode_query if is_query else model.encode_document
        expected = encode(texts, batch_size=4, show_progress_bar=False, convert_to_numpy=True).astype(np.float64)
        expected /= np.maximum(np.linalg.norm(expected, axis=1, keepdims=True), 1e-12)
        for batch_size in (4, 1):
            found = encoder.encode(texts, is_query=is_query, batch_size=batch_size).astype(np.float64)
            cosine = float((found * expected).sum(axis=1).min())
            difference = float(np.abs(found - expected).max())
            # Written so that NaN fails.
            if not (cosine >= LEAST_COSINE and difference <= MOST_DIFFERENCE):
                return f"exported, its vectors differ (cosine {cosine:.5f}, component {difference:.1e})"
    return None


@contextmanager
def made_aside(entry: Path) -> Iterator[Path | None]:
    """A folder that becomes `entry` where the context ends well, by one process at a time; None where it is there."""
    with _alone(entry.parent):
        if read_spec(entry) is not None:
            yield None
            return
        discard(entry)
        _sweep(entry.parent)
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=entry.parent))
        try:
            yield making
            publish(making, entry)
        finally:
            shutil.rmtree(making, ignore_errors=True)


def publish(making: Path, entry: Path) -> None:
    """Give the finished folder its name; when another process was faster, its entry stays."""
    for file in [*making.iterdir(), making]:
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    making.chmod(0o755)  # mkdtemp lets nobody else in, but an image's user reads what its builder made
    for file in making.iterdir():
        file.chmod(0o644)
    try:
        making.rename(entry)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process export at a time; without locks, several do the same, and the first one wins."""
    with (folder / ".lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            log.debug("%s: no locks on this file system", folder)
        yield


def _sweep(folder: Path) -> None:
    """Remove what processes left behind that died while exporting."""
    for left in folder.glob(".making-*"):
        try:
            if time.time() - left.stat().st_mtime > LEFTOVER_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            continue


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep torch's notes on how it traces to itself."""
    noisy = logging.getLogger("torch.onnx")
    level = noisy.level
    noisy.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        noisy.setLevel(level)


@contextmanager
def _plain_attention(model: Any) -> Iterator[None]:
    """Export attention as matrix products: the same vectors by a smaller graph, 4 % faster than from the fused one."""
    transformer = model[0].auto_model
    before = transformer.config._attn_implementation
    transformer.set_attn_implementation("eager")
    try:
        yield
    finally:
        transformer.set_attn_implementation(before)
