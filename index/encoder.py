"""A model exported to ONNX, run by onnxruntime and tokenizers; the only file that imports either.

An exported model is a folder in the cache, its *entry*: a graph, its weights (memory-mapped, so that processes share
them), and `encoder.json`. An entry is written once (`index/export.py`) and never changed.
"""

import contextlib
import errno
import logging
import math
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt

from index.beside import cores
from index.errors import ModelError
from index.model_files import file_digest
from index.types import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger("quoth.encoder")

EXPORTER = 2
"""Change it whenever exporting the same model should give another entry: it is part of every entry's name."""
GRAPH, WEIGHTS, SPEC = "model.onnx", "weights.bin", "encoder.json"
OUTPUT = "vectors"
QUESTION_SPREAD = 8
"""Questions share a batch, padded to the longest, that are shorter by less than so many tokens: each costs a tenth of
what bringing up the weights once more would."""
QUESTION_BATCH = 8
"""More at once saves nothing."""
SILENCED = "ORT_DISABLE_TELEMETRY"
"""Since 1.29 onnxruntime tells its maker of every process and model, on Linux too, unless this variable is set."""


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """What a graph needs to know of its model; `refused` says why a model has no graph.

    `limit` is where token ids are cut, special ones and prompt included; `max_tokens` what of it is
    left for the text. `inputs` are the graph's, int64 (batch, sequence) each. `sizes` are the files', in bytes, `sums`
    their SHA-256, and `written` is the time by which they were, in seconds since 1970.
    """

    refused: str | None = None
    dim: int = 0
    limit: int = 0
    max_tokens: int = 0
    pad_id: int = 0
    query_prompt: str = ""
    document_prompt: str = ""
    inputs: tuple[str, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    written: int = 0


class Encoder:
    """An exported model. Safe to call from many threads, and without a lock.

    onnxruntime's `run` may be called concurrently on one session, and the tokenizer is not changed
    after it was made.
    """

    def __init__(self, entry: Path, model: Path, spec: EncoderSpec) -> None:
        self.spec = spec
        self._graph, self._cores = entry / GRAPH, cores()
        tokenizer = load_tokenizer(model, spec.limit)
        if tokenizer is None:
            raise ModelError(str(model), "its tokenizer.json is gone")
        self._tokenizer = tokenizer
        self._single = _session(self._graph, 1)

    @cached_property
    def _shared(self) -> Any:
        """A session whose runs are shared by all cores, for a few documents.

        One that keeps to the thread that calls serves all else: two cores encode a question no sooner, and of several
        batches each core runs its own.
        """
        return _session(self._graph, self._cores) if self._cores > 1 else self._single

    @cached_property
    def _workers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._cores, thread_name_prefix="encoding")

    def encode(self, texts: Sequence[str], *, is_query: bool, batch_size: int) -> Vectors:
        """Float32 (n, dim), unit length (zeros stay zeros), in the order given; lone surrogates are refused.

        Documents of like length share a batch, as padding costs as much as text. One batch is run by all
        cores; of several, each core runs its own. The vector of a question is the same to the last bit whatever
        is encoded with it, and however far it is padded.
        """
        prompt = self.spec.query_prompt if is_query else self.spec.document_prompt
        tokens = self._tokens([prompt + text for text in texts])
        vectors = np.empty((len(texts), self.spec.dim), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda place: -len(tokens[place]))
        if is_query:
            for places in _alike(by_length, tokens):
                vectors[places] = self._run(self._single, [tokens[place] for place in places])
            return vectors
        batches = [by_length[first : first + batch_size] for first in range(0, len(texts), batch_size)]
        session = self._shared if len(batches) < self._cores else self._single

        def run(places: list[int]) -> None:
            vectors[places] = self._run(session, [tokens[place] for place in places])

        if len(batches) > 1:
            # Taken in this order, the longest first, the cores end together.
            list(self._workers.map(run, batches))
        elif batches:
            run(batches[0])
        return vectors

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) == 1:
            # Several at once would let Python's lock go, and who takes it then holds a question up.
            return [self._tokenizer.encode(texts[0]).ids]
        return [found.ids for found in self._tokenizer.encode_batch_fast(texts)]

    def _run(self, session: Any, batch: list[list[int]]) -> npt.NDArray[Any]:
        """Vectors of token ids, the longest first."""
        shape = (len(batch), max(1, len(batch[0])))
        ids, mask = np.full(shape, self.spec.pad_id, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        found: npt.NDArray[Any] = session.run([OUTPUT], {name: inputs[name] for name in self.spec.inputs})[0]
        return found


def _alike(by_length: Iterable[int], tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Questions, the longest first, in batches of like length."""
    batch: list[int] = []
    for place in by_length:
        is_alike = bool(batch) and len(tokens[batch[0]]) - len(tokens[place]) < QUESTION_SPREAD
        if batch and (not is_alike or len(batch) == QUESTION_BATCH):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def cache_folder(cache: str | None) -> Path | None:
    """Expand a setting; None, with a note in the log, where `~` stands for nothing."""
    try:
        return Path(cache).expanduser().absolute() if cache else None
    except RuntimeError as error:
        log.warning("%s: no model is exported (%s)", cache, error)
        return None


def entry_folder(cache: Path, key: str) -> Path:
    """Give the folder of the model with this key, for this onnxruntime, which is what optimised the graph."""
    return cache / "encoders" / f"{key}-{EXPORTER}-{runtime().__version__}"


def runtime() -> Any:
    """Import onnxruntime so that it contacts nobody: it begins to gather what it would send as it is imported."""
    os.environ[SILENCED] = "1"
    import onnxruntime

    return onnxruntime


def read_spec(entry: Path) -> EncoderSpec | None:
    """Give what an entry says, or None where there is none that is whole."""
    try:
        spec = msgspec.json.decode((entry / SPEC).read_bytes(), type=EncoderSpec)
        whole = all(_is_as_written(entry / name, spec) for name in spec.sizes)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _note(f"{entry}: the exported model cannot be read ({error}); it is made again where it can be")
        return None
    if not whole:
        _note(f"{entry}: the exported model is not as it was written; it is made again where it can be")
    return spec if whole else None


@lru_cache(maxsize=64)
def _note(message: str) -> None:
    """Log it, once: an entry is read again before it is made anew."""
    log.warning("%s", message)


def _is_as_written(file: Path, spec: EncoderSpec) -> bool:
    status, known = file.stat(), spec.sums.get(file.name)
    if status.st_size != spec.sizes[file.name] or known is None:
        return status.st_size == spec.sizes[file.name]
    # The weights take a tenth of a second: they are read only where somebody may have changed them since.
    return status.st_mtime <= spec.written or file_digest(file, file.parents[2]) == known


def write_spec(entry: Path, spec: EncoderSpec) -> None:
    """Write `encoder.json`, which also says how to tell that the files beside it are these. Raises OSError.

    A refused model keeps none.
    """
    files = [entry / GRAPH, entry / WEIGHTS]
    if spec.refused is not None:
        for file in files:
            file.unlink(missing_ok=True)
    else:
        status = {file.name: file.stat() for file in files}
        spec = replace(
            spec,
            sizes={name: one.st_size for name, one in status.items()},
            sums={file.name: file_digest(file) for file in files},
            written=math.ceil(max(one.st_mtime for one in status.values())),
        )
    (entry / SPEC).write_bytes(msgspec.json.format(msgspec.json.encode(asdict(spec))))


def stored_encoder(entry: Path, model: Path) -> tuple[Encoder | None, str | None]:
    """The encoder that an entry holds, or why there cannot be one; neither where it is to be made.

    What cannot be loaded is removed, with a note in the log.
    """
    spec = read_spec(entry)
    if spec is None or spec.refused:
        return None, spec.refused if spec else None
    try:
        return Encoder(entry, model, spec), None
    except Exception as error:  # noqa: BLE001 -- onnxruntime has a family of errors of its own for a bad file
        log.warning("%s: the exported model cannot be loaded (%s)", entry, " ".join(str(error).split())[:300])
    with contextlib.suppress(OSError):
        discard(entry)
    return None, None


def optimise(graph: Path, entry: Path) -> None:
    """Write `graph`, optimised, as `entry`'s graph and weights.

    Apart from the graph, the weights are mapped instead of read and copied: loading takes 0.14 s of
    processor time instead of 0.35, and 103 MB resident instead of 191 (all-MiniLM-L6-v2). The optimisations are
    those that hold on any processor, as a cache may be used by several machines.
    """
    onnxruntime, options = runtime(), _options(cores())
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(entry / GRAPH)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def load_tokenizer(folder: Path, limit: int | None) -> "Tokenizer | None":
    """Read a model's tokenizer, to cut at `limit` tokens or not at all; None where only the model can make it."""
    file = folder / "tokenizer.json"
    if not file.is_file():
        return None
    # Otherwise the library warns on stderr whenever a process that has used it forks.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises bare Exception for a file it cannot read
        raise ModelError(str(folder), f"its tokenizer.json cannot be read ({error})") from error
    if limit is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(limit)
    tokenizer.no_padding()
    return tokenizer


def discard(entry: Path) -> None:
    """Remove an entry that is of no use; raises OSError unless it is gone."""
    aside = entry.with_name(f".making-discarded-{os.getpid()}")
    try:
        entry.rename(aside)  # at once, so that nobody finds half of it
    except OSError as error:
        if error.errno != errno.ENOENT:
            raise
    shutil.rmtree(aside, ignore_errors=True)


def _session(graph: Path, threads: int) -> Any:
    onnxruntime, options = runtime(), _options(threads)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # it is optimised already
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _options(threads: int) -> Any:
    options = runtime().SessionOptions()
    options.log_severity_level = 4  # only what ends the process: all else is raised, too
    # Given, lest it bind threads to processors, which containers forbid, and say so on stderr.
    options.intra_op_num_threads = threads
    # Threads that spin between two texts take up to twice the processor time, and stall when cores are shared.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
