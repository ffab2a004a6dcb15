"""An optional second look at the first passages, by a sentence-transformers CrossEncoder that the user names."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.embedder import quiet_and_offline
from index.errors import ModelError
from index.library import Library
from index.model_files import has_tokenizer, has_weights, is_to_be_fetched, model_folder, model_key, read_json
from search.errors import ServiceBusyError
from search.fusion import DIGITS

DEPTH = 50
"""So many passages are read again; a cross-encoder takes milliseconds for each, and what stands behind is noise."""
_BATCH = 16
MOST_WAITING = 32
"""So many questions are with the reranker, which reads for one at a time; more are turned away. A server has 40
threads: lists, and searches that are turned away, must not wait for one until it has read for everybody."""
_SHOWN = 3


class Reranker(Protocol):
    """Scores passages by reading each together with the question; safe to call from many threads."""

    def load(self) -> None:
        """Load what reading would wait for. Raises ModelError."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, in the order given, 0 to 1, higher is better. Raises ModelError."""


class CrossEncoderReranker:
    """A CrossEncoder with a single output, by folder, pip package or hub name; loaded when it first reads.

    Only a hub name that was not fetched yet touches the network, when it is loaded. Raises ModelError where the files
    that are there are not those of a CrossEncoder.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loaded: Any = None
        if not is_to_be_fetched(name):
            _folder(name)

    def load(self) -> None:
        """Load the model, if it isn't yet. Raises ModelError."""
        with self._lock:
            self._load()

    def _load(self) -> None:
        if self._loaded is None:
            self._loaded = _load(self._name)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, in the order given, 0 to 1, higher is better. Raises ModelError."""
        if not texts:
            return []
        with self._lock:
            self._load()
            try:
                logits = _read(self._loaded, question, texts)
            except Exception as error:  # weights that don't fit their tokenizer fail here, in any way
                raise _unusable(self._name, f"it cannot read ({_told(error)})") from error
        if logits.shape != (len(texts),) or not np.isfinite(logits).all():
            raise _unusable(self._name, "it did not return one finite score a passage")
        # Not the sigmoid: at four digits it makes one score of all that a sure model likes.
        return [round(float(score), DIGITS) for score in (1 + logits / (1 + np.abs(logits))) / 2]


@dataclass(frozen=True, slots=True)
class RestingReranker:
    """A reranker for whoever holds a snapshot of `library`: lists and other searches don't wait until it has read."""

    reranker: Reranker
    library: Library
    _room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_WAITING))

    def load(self) -> None:
        """Load it. Raises ModelError."""
        self.reranker.load()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """What the reranker gives. Raises ModelError, and ServiceBusyError where `MOST_WAITING` are with it."""
        if not self._room.acquire(blocking=False):
            raise ServiceBusyError
        try:
            with self.library.resting():
                return self.reranker.scores(question, texts)
        finally:
            self._room.release()


def load_reranker(name: str | None, library: Library) -> Reranker | None:
    """The reranker called `name`, if one is named, for those who ask this library; nothing is loaded yet.

    Raises ModelError.
    """
    return RestingReranker(CrossEncoderReranker(name), library) if name else None


def identity(name: str | None) -> str | None:
    """A reranker's name with a key of its files: the same path may hold another model. Raises ModelError."""
    return f"{name} ({model_key(model_folder(name))})" if name else None


def _load(name: str) -> Any:
    folder = _folder(name)
    try:
        model = _cross_encoder(folder)
        lacking = _random_parts(model, folder)
        words = len(model.tokenizer) - len(model.tokenizer.all_special_ids)
    except Exception as error:  # a broken folder fails in any way, by whichever library reads it
        raise _unusable(name, f"it cannot be loaded ({_told(error)})") from error
    if model.num_labels != 1:
        raise _unusable(name, f"it gives {model.num_labels} scores a passage, and a reranker gives one")
    if lacking:
        shown = ", ".join(lacking[:_SHOWN])
        reason = f"its weights lack {len(lacking)} of the model's parts ({shown}), which would be random"
        raise _unusable(name, f"{reason}: is it a bare encoder?")
    if words <= 0:
        raise _unusable(name, "its tokenizer knows no words")
    return model


def _folder(name: str) -> Path:
    """The folder with the model's files, which are those of a CrossEncoder as far as names and settings tell."""
    try:
        folder = model_folder(name)
        is_cross_encoder = _is_cross_encoder(folder)
    except ModelError as error:
        raise _unusable(name, error.reason) from error
    if not (folder / "config.json").is_file():
        raise _unusable(name, f"{folder} holds no config.json")
    if not is_cross_encoder:
        raise _unusable(name, "its config.json is that of another kind of model, which would be given random weights")
    outputs = _outputs(folder)
    if outputs != 1:
        raise _unusable(name, f"it gives {outputs} scores a passage, and a reranker gives one")
    if not has_weights(folder):
        raise _unusable(name, f"{folder} holds no weights (no model.safetensors, no pytorch_model.bin)")
    if not has_tokenizer(folder):
        raise _unusable(name, f"{folder} holds no tokenizer (no tokenizer.json, no vocab.txt)")
    return folder


def _random_parts(model: Any, folder: Path) -> list[str]:
    """The parts of the model that its files hold no weights for: the libraries make them up, and say nothing."""
    inner = model[0].auto_model
    own = inner.name_or_path if Path(inner.name_or_path).is_dir() else folder
    with quiet_and_offline():
        _, told = type(inner).from_pretrained(own, output_loading_info=True, local_files_only=True)
    return sorted(told["missing_keys"])


def _is_cross_encoder(folder: Path) -> bool:
    """Whether its own files say so: the libraries would make one of any model, with a random last layer."""
    config, stated = (read_json(folder / file) for file in ("config.json", "config_sentence_transformers.json"))
    kinds = config.get("architectures") if isinstance(config, dict) else None
    if isinstance(stated, dict) and stated.get("model_type") == "CrossEncoder":
        return True
    return any(str(kind).endswith("ForSequenceClassification") for kind in kinds or ())


def _outputs(folder: Path) -> int:
    """How many scores a passage gets, as the model's settings name them; 1 where they name none."""
    labels = read_json(folder / "config.json").get("id2label")
    return len(labels) if isinstance(labels, dict) else 1


def _unusable(name: str, reason: str) -> ModelError:
    advice = "name the folder or hub name of a CrossEncoder with one output, or do without --reranker"
    return ModelError(name, f"{reason}; {advice}")


def _told(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _cross_encoder(folder: Path) -> Any:
    from sentence_transformers import CrossEncoder

    with quiet_and_offline():
        return CrossEncoder(str(folder), local_files_only=True, trust_remote_code=False)


def _read(model: Any, question: str, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Logits, whatever the model's own activation: what it was trained to give is not on one scale between models."""
    logits = model.predict(
        [(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False, activation_fn=_as_they_are
    )
    return np.asarray(logits, dtype=np.float64)


def _as_they_are(logits: Any) -> Any:
    return logits
