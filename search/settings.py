"""The one settings object: defaults here, then a TOML file, then the environment, then flags."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from index.errors import InvalidValueError
from index.settings import IndexSettings

PREFIX = "QUOTH_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set; unknown names are errors, numbers are bounded."""

    library: Annotated[str, Meta(min_length=1, description="Folder with all state.")] = "./library"
    host: Annotated[str, Meta(min_length=1, description="Address to serve on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port to serve on; 0 picks a free one.")] = 8765
    workers: Annotated[int, Meta(ge=1, le=64, description="Server processes.")] = 1
    sources: Annotated[tuple[str, ...], Meta(description="What POST /index may read.")] = ()
    api_key: Annotated[str | None, Meta(description="Key that HTTP clients must send.")] = None
    dense_weight: Annotated[
        float, Meta(ge=0, le=1, description="Share of the dense ranking in hybrid scores; the rest is BM25's.")
    ] = 0.6
    candidates: Annotated[
        int, Meta(ge=10, le=10_000, description="Passages taken from each ranking before fusion.")
    ] = 200
    answer_words: Annotated[int, Meta(ge=10, le=1000, description="An answer has at most this many words.")] = 60
    max_body_bytes: Annotated[int, Meta(ge=1024, description="Larger HTTP bodies are refused.")] = 64 << 20
    max_query_chars: Annotated[int, Meta(ge=16, le=1_000_000, description="Longer questions are refused.")] = 4000
    indexing: IndexSettings = field(default_factory=IndexSettings)


@dataclass(frozen=True, slots=True)
class Configured:
    """One setting: its dotted name, its value, and where that came from."""

    name: str
    value: Any
    origin: str


def load_settings(
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> tuple[Settings, list[Configured]]:
    """Merge defaults, `file` (TOML), `environ` (`QUOTH_…`, nested as `QUOTH_INDEXING_…`) and `flags`.

    `QUOTH_MODEL` and `QUOTH_CACHE` are short for `QUOTH_INDEXING_…`; `XDG_CACHE_HOME` moves the default cache.
    Keys of `flags` are dotted names; None means not given. Raises InvalidValueError naming the
    setting and where it came from.
    """
    environ = os.environ if environ is None else environ
    named = file or (Path(environ["QUOTH_CONFIG"]) if environ.get("QUOTH_CONFIG") else None)
    layers = [
        ("XDG_CACHE_HOME", _from_desktop(environ)),
        (str(named), _flatten(_read_toml(named))) if named else ("", {}),
        ("environment", _from_environment(environ)),
        ("flag", {name: value for name, value in (flags or {}).items() if value is not None}),
    ]
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in layers:
        for name, value in layer.items():
            if name not in _names():
                raise InvalidValueError(name, value, f"a known setting (from {origin}); `quoth config` lists them")
            values[name], origins[name] = value, origin
    settings = _convert(values, origins)
    return settings, [Configured(n, _get(settings, n), origins.get(n, "default")) for n in _names()]


def _names() -> list[str]:
    """Every setting's dotted name, in order."""
    outer = [f.name for f in fields(Settings) if f.name != "indexing"]
    return outer + [f"indexing.{f.name}" for f in fields(IndexSettings)]


def _get(settings: Settings, name: str) -> Any:
    value: Any = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _convert(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    nested: dict[str, Any] = {"indexing": {}}
    for name, value in values.items():
        outer, _, inner = name.partition(".")
        if inner:
            nested["indexing"][inner] = value
        else:
            nested[outer] = value
    try:
        return msgspec.convert(nested, Settings, strict=False)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$.")
        name = where.rstrip("`").split("[")[0]
        expected = message.removeprefix("Expected ")
        raise InvalidValueError(name, values.get(name), f"{expected} (from {origins.get(name, 'default')})") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Only names that are settings: other programs may use the prefix, and QUOTH_CONFIG is ours."""
    found: dict[str, Any] = {}
    for name in _names():
        variable = PREFIX + name.replace(".", "_").upper()
        if environ.get(variable):
            value = environ[variable]
            found[name] = value.split(os.pathsep) if name == "sources" else value
    for short in ("MODEL", "CACHE"):
        if environ.get(PREFIX + short):
            found.setdefault(f"indexing.{short.lower()}", environ[PREFIX + short])
    return found


def _from_desktop(environ: Mapping[str, str]) -> dict[str, Any]:
    """Where the user keeps caches; by the XDG specification, a relative path is as good as none."""
    home = environ.get("XDG_CACHE_HOME", "")
    return {"indexing.cache": str(Path(home, "quoth"))} if Path(home).is_absolute() else {}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidValueError("config", str(path), f"a readable TOML file ({error})") from error


def _flatten(table: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in table.items() if not isinstance(value, dict)}
    for outer, inner in table.items():
        if isinstance(inner, dict):
            flat.update({f"{outer}.{name}": value for name, value in inner.items()})
    return flat
