"""What a command works on: settings, library, model and engine, opened by its options."""

from pathlib import Path

from index.embedder import Embedder, load_embedder
from index.errors import ModelMismatchError
from index.library import open_library
from index.model_files import is_to_be_fetched
from index.store.local import LocalLibrary
from search.engine import Engine
from search.settings import Settings, load_settings


def engine_of(
    library: str | None, config: Path | None = None, reranker: str | None = None, llm: str | None = None
) -> Engine:
    """An engine over the library that a command reads; `llm` is the endpoint that words its answers."""
    settings, _ = load_settings({"library": library, "reranker": reranker, "llm.url": llm}, file=config)
    return Engine(_open(settings), settings)


def library_of(library: str | None, config: Path | None = None) -> LocalLibrary:
    """A library to work on. Raises LibraryMissingError unless it is there."""
    opened = _open(load_settings({"library": library}, file=config)[0])
    opened.check_exists()
    return opened


def library_and_model_of(
    library: str | None, config: Path | None = None, model: str | None = None, *, rebuild: bool = False
) -> tuple[LocalLibrary, Embedder]:
    """A library to fill, which need not be there, and the model that was asked for by any means.

    Where none was, it is the one that the library was made with, else the default. Raises
    ModelMismatchError before a model is fetched that the library can't use, unless it is rebuilt.
    """
    settings, configured = load_settings({"library": library, "indexing.model": model}, file=config)
    opened = _open(settings)
    asked = any(one.name == "indexing.model" and one.origin != "default" for one in configured)
    made_with = opened.model_name()
    name = settings.indexing.model if asked else made_with or settings.indexing.model
    # One that is here may have the same key under another name, which only its files tell.
    if made_with and name != made_with and not rebuild and is_to_be_fetched(name):
        raise ModelMismatchError(opened.root, made_with, name)
    return opened, load_embedder(name, settings.indexing.batch_size, settings.indexing.cache)


def new_library_of(library: str | None) -> LocalLibrary:
    """A library that need not be there."""
    return _open(load_settings({"library": library})[0])


def embedder_of(library: LocalLibrary) -> Embedder:
    """The model that a library was made with."""
    settings = library.settings
    return load_embedder(library.model_name() or settings.model, settings.batch_size, settings.cache)


def _open(settings: Settings) -> LocalLibrary:
    return open_library(settings.library, settings.indexing)
