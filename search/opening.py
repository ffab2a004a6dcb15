"""What a command works on: settings, library, model and engine, opened by its options."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedder import Embedder, load_ahead, load_embedder
from index.errors import ModelMismatchError, QuothError
from index.library import open_library
from index.model_files import is_to_be_fetched
from index.precision import named, split
from index.settings import Precision
from index.store.local import LocalLibrary
from search.settings import Settings, load_settings

if TYPE_CHECKING:
    from search.engine import Engine


def engine_of(
    library: str | None,
    config: Path | None = None,
    reranker: str | None = None,
    llm: str | None = None,
    *,
    encodes: bool = False,
) -> "Engine":
    """An engine over the library that a command reads; `llm` is the endpoint that words its answers.

    Where the command surely `encodes` a text, the model is loaded while the rest is imported.
    """
    settings, _ = load_settings({"library": library, "reranker": reranker, "llm.url": llm}, file=config)
    opened = _open(settings)
    if encodes:
        _load_ahead(opened)
    from search.engine import Engine

    return Engine(opened, settings)


def _load_ahead(library: LocalLibrary) -> None:
    # What is wrong with a library, the question to it will say.
    with suppress(QuothError):
        name = library.model_name()
        if name:
            load_ahead(name, library.settings.batch_size, library.settings.cache)


def library_of(library: str | None, config: Path | None = None) -> LocalLibrary:
    """A library to work on. Raises LibraryMissingError unless it is there."""
    opened = _open(load_settings({"library": library}, file=config)[0])
    opened.check_exists()
    return opened


def library_and_model_of(
    library: str | None,
    config: Path | None = None,
    model: str | None = None,
    *,
    rebuild: bool = False,
    precision: Precision | None = None,
    statements: bool | None = None,
) -> tuple[LocalLibrary, Embedder]:
    """A library to fill, which need not be there, and the model and precision that were asked for by any means.

    Where none were, they are those that the library was made with, else the default. Raises
    ModelMismatchError before a model is fetched that the library can't use, unless it is rebuilt.
    """
    flags = {"indexing.model": model, "indexing.precision": precision, "indexing.statements": statements}
    settings, configured = load_settings({"library": library, **flags}, file=config)
    opened, wanted = _open(settings), settings.indexing
    asked = {one.name for one in configured if one.origin != "default"}
    made_with = opened.model_name()
    bare, kept = split(wanted.model if "indexing.model" in asked else made_with or wanted.model)
    name = named(bare, wanted.precision if "indexing.precision" in asked else kept)
    # One that is here may have the same key under another name, which only its files tell.
    if made_with and name != made_with and not rebuild and is_to_be_fetched(bare):
        raise ModelMismatchError(opened.root, made_with, name)
    return opened, load_embedder(name, settings.indexing.batch_size, settings.indexing.cache)


def without_statements(engine: "Engine") -> str | None:
    """What to tell whoever found no statement, where the library holds none at all."""
    if engine.statement_count():
        return None
    return (
        "this library holds no statements; where it was indexed with --no-statements, "
        "`quoth index --statements PATH` finds who said what in all of it"
    )


def new_library_of(library: str | None, config: Path | None = None) -> LocalLibrary:
    """A library that need not be there."""
    return _open(load_settings({"library": library}, file=config)[0])


def embedder_of(library: LocalLibrary) -> Embedder:
    """The model that a library was made with."""
    settings = library.settings
    return load_embedder(library.model_name() or settings.model, settings.batch_size, settings.cache)


def _open(settings: Settings) -> LocalLibrary:
    return open_library(settings.library, settings.indexing)
