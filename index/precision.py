"""The precision that a model computes in: part of its name and key, so that vectors of different ones never mix."""

import hashlib
from dataclasses import replace

from index.settings import Precision
from index.types import ModelInfo

_MARK = "@int8"
_WAY = "documents in int8; 1"
"""Change it whenever the same model would give other int8 vectors: it is part of their key."""


def named(model: str, precision: Precision) -> str:
    """Give the name that a library keeps of a model in a precision: `MODEL`, or `MODEL@int8`."""
    return split(model)[0] + (_MARK if precision == "int8" else "")


def split(name: str) -> tuple[str, Precision]:
    """Give the model and the precision that a name stands for."""
    return (name.removesuffix(_MARK), "int8") if name.endswith(_MARK) else (name, "float32")


def in_precision(model: ModelInfo, precision: Precision) -> ModelInfo:
    """Give a model of float32 vectors as that of another precision, with a key that follows its own."""
    if precision == "float32":
        return model
    key = hashlib.sha256(f"{model.key}\0{_WAY}".encode()).hexdigest()[:16]
    return replace(model, name=named(model.name, precision), key=key)
