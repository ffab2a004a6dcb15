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
class LlmSettings:
    """Which endpoint writes answers, if any. The key is never shown."""

    url: Annotated[
        str,
        Meta(
            pattern=r"\A(?:https?://[^\s/?#@]+(?:/[^\s?#]*)?)?\Z",
            description="OpenAI-compatible endpoint that writes answers; empty for none.",
        ),
    ] = ""
    model: Annotated[str, Meta(min_length=1, max_length=500, description="The endpoint's name of its model.")] = (
        "default"
    )
    key: Annotated[
        Annotated[str, Meta(pattern=r"\A[\x21-\x7e]+\Z")] | None, Meta(description="Key that the endpoint asks for.")
    ] = field(default=None, repr=False)
    timeout: Annotated[
        float,
        Meta(gt=0, le=3600, description="Seconds for an answer, further tries included; then none is waited for."),
    ] = 60.0
    max_bytes: Annotated[
        int, Meta(ge=1024, le=64 << 20, description="Longer responses of the endpoint are refused.")
    ] = 1 << 20


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
    ] = 0.5
    candidates: Annotated[
        int, Meta(ge=10, le=10_000, description="Passages taken from each ranking before fusion.")
    ] = 200
    reranker: Annotated[
        str | None, Meta(description="CrossEncoder that orders the first passages again: a folder or a hub name.")
    ] = None
    answer_words: Annotated[int, Meta(ge=10, le=1000, description="An answer has at most this many words.")] = 60
    max_body_bytes: Annotated[int, Meta(ge=1024, description="Larger HTTP bodies are refused.")] = 64 << 20
    max_query_chars: Annotated[int, Meta(ge=16, le=1_000_000, description="Longer questions are refused.")] = 4000
    max_requests: Annotated[
        int,
        Meta(ge=1, le=100_000, description="Requests in the works at once in a server process; more are answered 503."),
    ] = 512
    requests_per_minute: Annotated[
        int, Meta(ge=0, description="Requests of one key, or address, in a minute and server process; 0 is no limit.")
    ] = 0
    body_timeout: Annotated[float, Meta(gt=0, description="Seconds that a request's body may take to arrive.")] = 60.0
    indexing: IndexSettings = field(default_factory=IndexSettings)
    llm: LlmSettings = field(default_factory=LlmSettings)


_SECTIONS: Mapping[str, type] = {"indexing": IndexSettings, "llm": LlmSettings}
_EXPECTED = {
    "llm.url": "an http:// or https:// address without password, ? and #, such as http://127.0.0.1:8080/v1",
    "llm.key": "a key without white space or accents",
}
"""What a pattern means, in words."""


@dataclass(frozen=True, slots=True)
class Configured:
    """One setting: its dotted name, its value (of a secret only that it is set), and where that came from."""

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
                shown = _shown(name, value)
                raise InvalidValueError(name, shown, f"a known setting (from {origin}); `quoth config` lists them")
            values[name], origins[name] = value, origin
    settings = _convert(values, origins)
    return settings, [Configured(n, _shown(n, _get(settings, n)), origins.get(n, "default")) for n in _names()]


def _names() -> list[str]:
    """Every setting's dotted name, in order."""
    outer = [f.name for f in fields(Settings) if f.name not in _SECTIONS]
    return outer + [f"{name}.{f.name}" for name, section in _SECTIONS.items() for f in fields(section)]


def _get(settings: Settings, name: str) -> Any:
    value: Any = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _shown(name: str, value: Any) -> Any:
    """A value as it may be told: no key, be its name mistyped, and no address that may hold a password."""
    is_secret = "key" in name.lower() or ("url" in name.lower() and "@" in str(value))
    return "(set)" if value and is_secret else value


def _convert(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    nested: dict[str, Any] = {section: {} for section in _SECTIONS}
    for name, value in values.items():
        outer, _, inner = name.partition(".")
        if inner:
            nested[outer][inner] = value
        else:
            nested[outer] = value
    try:
        return msgspec.convert(nested, Settings, strict=False)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$.")
        name = where.rstrip("`").split("[")[0]
        expected = _EXPECTED.get(name, message.removeprefix("Expected "))
        origin = origins.get(name, "default")
        raise InvalidValueError(name, _shown(name, values.get(name)), f"{expected} (from {origin})") from error


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
