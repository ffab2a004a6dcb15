"""The one settings object: defaults here, then a TOML file, then the environment, then flags."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from index.errors import InvalidValueError
from index.settings import IndexSettings
from search.allowed import Allowed, allowed

PREFIX = "QUOTH_"
LogFormat = Literal["console", "json"]


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
    watch: Annotated[
        tuple[str, ...], Meta(description="Files and folders at which the server keeps the library, as they change.")
    ] = ()
    api_key: Annotated[str | None, Meta(description="Key that HTTP clients must send.")] = None
    dense_weight: Annotated[
        float, Meta(ge=0, le=1, description="Share of the dense ranking in hybrid scores; the rest is BM25's.")
    ] = 0.5
    candidates: Annotated[
        int, Meta(ge=10, le=10_000, description="Passages taken from each ranking before fusion.")
    ] = 64
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
    cors_origins: Annotated[
        tuple[Annotated[str, Meta(pattern=r"\A(?:\*|https?://[^\sA-Z/?#@*]+)\Z")], ...],
        Meta(description="Web pages of these origins may use the service from a browser; `*` is any, and needs keys."),
    ] = ()
    log_format: Annotated[LogFormat, Meta(description="How the server logs: lines to read, or an object a line.")] = (
        "console"
    )
    indexing: IndexSettings = field(default_factory=IndexSettings)
    llm: LlmSettings = field(default_factory=LlmSettings)


_SECTIONS: Mapping[str, type] = {"indexing": IndexSettings, "llm": LlmSettings}
_EXPECTED = {
    "llm.url": "an http:// or https:// address without password, ? and #, such as http://127.0.0.1:8080/v1",
    "llm.key": "a key without white space or accents",
    "cors_origins": "a list of origins as a browser sends them, such as https://news.example, or *",
}
"""What a pattern means, in words."""
FLAGS: Mapping[str, str] = {
    "library": "--library",
    "host": "--host",
    "port": "--port",
    "workers": "--workers",
    "sources": "--source",
    "watch": "--watch",
    "reranker": "--reranker",
    "indexing.model": "--model",
    "indexing.precision": "--precision",
    "indexing.statements": "--statements",
    "llm.url": "--llm",
}
"""Setting → the flag by which some commands take it; tests hold it to the commands."""
SHORT_VARIABLES: Mapping[str, str] = {"QUOTH_MODEL": "indexing.model", "QUOTH_CACHE": "indexing.cache"}
"""Short for `QUOTH_INDEXING_…`, which wins."""
_OTHER_VARIABLES = frozenset(["QUOTH_CONFIG", "QUOTH_SERVE_SETTINGS", "QUOTH_SHARED"])
"""Read elsewhere: which file, what a server hands to its workers, where judged data lies."""

Origin = Literal["default", "file", "environment", "flag"]


@dataclass(frozen=True, slots=True)
class Configured:
    """One setting: its dotted name, its value (of a secret only that it is set), and where that came from.

    `place` is the file, variable or flag; empty for a default.
    """

    name: str
    value: Any
    origin: Origin
    place: str


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that somebody set, and where."""

    value: Any
    origin: Origin
    place: str


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
    given = {
        **_from_desktop(environ),
        **(_from_file(named) if named else {}),
        **_from_environment(environ),
        **{n: _Given(v, "flag", FLAGS.get(n, n)) for n, v in (flags or {}).items() if v is not None},
    }
    names = setting_names()
    for name, one in given.items():
        if name not in names:
            shown = _shown(name, one.value)
            raise InvalidValueError(name, shown, f"a known setting (from {one.place}); `quoth config` lists them")
    settings = _convert(given)
    default = _Given(None, "default", "")
    origins = {name: given.get(name, default) for name in names}
    return settings, [Configured(n, _shown(n, _get(settings, n)), one.origin, one.place) for n, one in origins.items()]


def unread_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that look like ours and that nothing reads, as one does whose name has a slip."""
    known = {variable_of(name) for name in setting_names()} | SHORT_VARIABLES.keys() | _OTHER_VARIABLES
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in known)


def variable_of(name: str) -> str:
    """The environment variable of a setting: `QUOTH_INDEXING_CACHE` for `indexing.cache`."""
    return PREFIX + name.replace(".", "_").upper()


def described() -> list[Allowed]:
    """Every setting with what it may be; what a pattern means is said in words."""
    return [replace(one, expected=_EXPECTED.get(one.name, one.expected)) for one in allowed(Settings)]


def setting_names() -> list[str]:
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


def _convert(given: Mapping[str, _Given]) -> Settings:
    nested: dict[str, Any] = {section: {} for section in _SECTIONS}
    for name, one in given.items():
        outer, _, inner = name.partition(".")
        if inner:
            nested[outer][inner] = one.value
        else:
            nested[outer] = one.value
    try:
        return msgspec.convert(nested, Settings, strict=False)
    except msgspec.ValidationError as error:
        name = str(error).partition(" - at `$.")[2].rstrip("`").split("[")[0]
        (expected,) = (one.expected for one in described() if one.name == name)
        wrong = given.get(name, _Given(None, "default", "default"))
        raise InvalidValueError(name, _shown(name, wrong.value), f"{expected} (from {wrong.place})") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, _Given]:
    """Only names that are settings: other programs may use the prefix."""
    variables = [*SHORT_VARIABLES.items(), *((variable_of(name), name) for name in setting_names())]
    return {
        name: _Given(_listed(name, environ[variable]), "environment", variable)
        for variable, name in variables
        if environ.get(variable)
    }


def _listed(name: str, value: str) -> str | list[str]:
    parted = {"sources": os.pathsep, "watch": os.pathsep, "cors_origins": ","}.get(name)
    return [one.strip() for one in value.split(parted)] if parted else value


def _from_desktop(environ: Mapping[str, str]) -> dict[str, _Given]:
    """Where the user keeps caches; by the XDG specification, a relative path is as good as none."""
    home = environ.get("XDG_CACHE_HOME", "")
    if not Path(home).is_absolute():
        return {}
    return {"indexing.cache": _Given(str(Path(home, "quoth")), "environment", "XDG_CACHE_HOME")}


def _from_file(path: Path) -> dict[str, _Given]:
    return {name: _Given(value, "file", str(path)) for name, value in _flatten(_read_toml(path)).items()}


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
