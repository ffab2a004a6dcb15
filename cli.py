"""The command line: arguments in, results out. Heavy modules are imported by the command that needs them."""

import os
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import (
    InterruptedRunError,
    InvalidValueError,
    NotFoundError,
    QuothError,
    UsageError,
)
from index.types import Filters, IndexReport
from search import terminal
from search.settings import Settings, load_settings
from search.shapes import encode, problem

if TYPE_CHECKING:
    from index.store.identity import Correction
    from index.embedder import Embedder
    from index.store.local import LocalLibrary
    from search.engine import Engine

DONE, FAILED, USAGE, NOTHING, PARTLY, INTERRUPTED = 0, 1, 2, 3, 4, 130

app = typer.Typer(
    name="quoth",
    help="Ask a pile of news who said what: answers word for word, with who, where and when.\n\n"
    "Start with `quoth index FOLDER`, then `quoth ask QUESTION`.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
statements_app = typer.Typer(help="List statements, oldest first; reject or reattribute one.")
speakers_app = typer.Typer(help="List speakers; merge two, or split a name off one.")
app.add_typer(statements_app, name="statements", invoke_without_command=True)
app.add_typer(speakers_app, name="speakers", invoke_without_command=True)


class Mode(StrEnum):
    """How passages are ranked."""

    hybrid = "hybrid"
    dense = "dense"
    lexical = "lexical"


class StatementKind(StrEnum):
    """How a statement is reported."""

    direct = "direct"
    mixed = "mixed"
    indirect = "indirect"


class ListFormat(StrEnum):
    """How a list of statements is printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


LibraryOption = Annotated[
    str | None, typer.Option("--library", "-l", metavar="DIR", help="Folder with all state. [QUOTH_LIBRARY, ./library]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value; on failure the problem object.")]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="TOML file of settings.")]
KOption = Annotated[int, typer.Option("-k", help="How many passages, 1 to 1000.")]
ModeOption = Annotated[Mode, typer.Option(help="Ranking: both kinds fused, meaning alone, or words alone.")]
SourceOption = Annotated[str | None, typer.Option(help="Only documents whose source holds this text.")]
TitleOption = Annotated[str | None, typer.Option(help="Only documents whose title holds this text.")]
AfterOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only documents of this day or later, YYYY-MM-DD.")
]
BeforeOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only documents of this day or earlier, YYYY-MM-DD.")
]
SpeakerOption = Annotated[str | None, typer.Option(help="Only what holds a statement of this speaker, by any name.")]
MetaOption = Annotated[
    list[str] | None,
    typer.Option("--meta", metavar="FIELD=VALUE", help="Only documents with this metadata; repeatable."),
]
CollapseOption = Annotated[bool, typer.Option(help="Fold near-duplicates under the best one.")]
ModelOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Embedding model: pip package, hub name or folder.")
]


@app.command()
def index(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Files, folders, globs; - reads stdin.")
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also remove documents from under PATH whose file is gone.")
    ] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read, derive and embed everything again.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Keep on, taking up changes, until interrupted.")] = False,
    model: ModelOption = None,
    progress_json: Annotated[bool, typer.Option("--progress-json", hidden=True)] = False,
    config: ConfigOption = None,
) -> None:
    """Make the library match files, folders and globs: add what is new, read again what changed.

    Formats: .txt .md .html .pdf .docx .epub .eml .mbox .jsonl .csv, each also .gz. Ignored: hidden
    files and what a .quothignore names. A second run over unchanged files does nothing.
    """
    from index.sync import add_stream, sync
    from search.progress import progress_for

    settings = _settings(config, {"library": library, "indexing.model": model})
    if not paths and not rebuild:
        raise UsageError("PATH: name the files or folders to index, - for standard input, or --rebuild")
    with progress_for("json" if progress_json else "bar") as progress:
        opened = _library(settings)
        embedder = _embedder(opened, settings, model)
        if paths == ["-"]:
            report = add_stream(opened, sys.stdin.buffer, embedder, progress=progress)
        elif watch:
            _watch(lambda: sync(opened, paths or [], embedder, prune=prune, progress=progress), json)
            return
        else:
            report = sync(opened, paths or [], embedder, prune=prune, rebuild=rebuild, progress=progress)
    _print(report, json, terminal.index_report)
    raise typer.Exit(_code_of(report))


def _watch(once: Callable[[], IndexReport], json: bool) -> None:
    import threading

    from index.watch import watch

    for report in watch(once, threading.Event()):
        _print(report, json, terminal.index_report)
        sys.stdout.flush()


def _code_of(report: IndexReport) -> int:
    if not report.rejected:
        return DONE
    taken = report.added + report.changed + report.moved + report.unchanged + report.removed
    return PARTLY if taken else FAILED


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="For example: What did Soresk say about talks?")],
    library: LibraryOption = None,
    json: JsonOption = False,
    k: KOption = 10,
    mode: ModeOption = Mode.hybrid,
    source: SourceOption = None,
    title: TitleOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    speaker: SpeakerOption = None,
    meta: MetaOption = None,
    collapse: CollapseOption = True,
    config: ConfigOption = None,
) -> None:
    """Answer a question with numbered citations, then the passages; exit code 3 when there is no answer."""
    from search.types import Query

    filters = _filters(source, title, after, before, speaker, meta)
    result = _engine(config, library).ask(Query(question, k, mode.value, filters, collapse))
    _print(result, json, terminal.answer)
    raise typer.Exit(DONE if result.answer else NOTHING)


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A few words, or a question.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    k: KOption = 10,
    mode: ModeOption = Mode.hybrid,
    source: SourceOption = None,
    title: TitleOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    speaker: SpeakerOption = None,
    meta: MetaOption = None,
    collapse: CollapseOption = True,
    config: ConfigOption = None,
) -> None:
    """Rank passages; exit code 3 when there are none."""
    from search.types import Query

    filters = _filters(source, title, after, before, speaker, meta)
    result = _engine(config, library).search(Query(query, k, mode.value, filters, collapse))
    _print(result, json, terminal.passages)
    raise typer.Exit(DONE if result.passages else NOTHING)


@statements_app.callback()
def statements(
    context: typer.Context,
    about: Annotated[str | None, typer.Option(help="Only statements about this.")] = None,
    speaker: SpeakerOption = None,
    kind: Annotated[StatementKind | None, typer.Option(help="Only statements reported in this way.")] = None,
    min_confidence: Annotated[float, typer.Option(help="Only statements at least this sure, 0 to 1.")] = 0.0,
    k: Annotated[int, typer.Option("-k", help="How many; 0 is all.")] = 0,
    source: SourceOption = None,
    title: TitleOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    meta: MetaOption = None,
    collapse: CollapseOption = False,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended (its `next`).")] = None,
    format: Annotated[ListFormat, typer.Option(help="How to print them.")] = ListFormat.table,  # noqa: A002
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List every document's statements, oldest first; exit code 3 when there are none."""
    if context.invoked_subcommand:
        return
    from search.types import StatementsQuery

    filters = _filters(source, title, after, before, speaker, meta)
    wanted = StatementsQuery(about, kind.value if kind else None, min_confidence, k, filters, collapse, cursor)
    page = _engine(config, library).statements(wanted)
    as_json = json or format is ListFormat.json
    shown = {ListFormat.jsonl: terminal.statements_jsonl, ListFormat.csv: terminal.statements_csv}
    _print(page, as_json, shown.get(format, terminal.statements))
    raise typer.Exit(DONE if page.statements else NOTHING)


@statements_app.command()
def reject(
    statement: Annotated[str, typer.Argument(metavar="ID", help="A statement's id.")],
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Say that this is no statement."""
    from index import corrections

    _corrected(corrections.reject(_library(_settings(None, {"library": library})), statement), json)


@statements_app.command()
def reattribute(
    statement: Annotated[str, typer.Argument(metavar="ID", help="A statement's id.")],
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Who said it; none for nobody known.")] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Say whose statement this is."""
    from index import corrections

    _corrected(corrections.reattribute(_library(_settings(None, {"library": library})), statement, name), json)


@speakers_app.callback()
def speakers(
    context: typer.Context,
    speaker: SpeakerOption = None,
    k: Annotated[int, typer.Option("-k", help="How many; 0 is all.")] = 0,
    source: SourceOption = None,
    title: TitleOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    meta: MetaOption = None,
    cursor: Annotated[str | None, typer.Option(help="Where the page before ended (its `next`).")] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List speakers with their mentions and counts; exit code 3 when there are none."""
    if context.invoked_subcommand:
        return
    filters = _filters(source, title, after, before, speaker, meta)
    page = _engine(config, library).speakers(filters, k, cursor)
    _print(page, json, terminal.speakers)
    raise typer.Exit(DONE if page.speakers else NOTHING)


@speakers_app.command()
def merge(
    one: Annotated[str, typer.Argument(metavar="A", help="A speaker's id or name.")],
    into: Annotated[str, typer.Argument(metavar="B", help="The speaker that A really is.")],
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Say that speaker A is speaker B."""
    from index import corrections

    _corrected(corrections.merge(_library(_settings(None, {"library": library})), one, into), json)


@speakers_app.command()
def split(
    speaker: Annotated[str, typer.Argument(metavar="SPEAKER", help="A speaker's id or name.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, as statements carry it, that is another's.")],
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Say that a name is not this speaker's."""
    from index import corrections

    _corrected(corrections.split(_library(_settings(None, {"library": library})), speaker, name), json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID|URI", help="A document's or passage's id, or a document's URI.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    around: Annotated[int, typer.Option(min=0, help="How many paragraphs around a passage.")] = 1,
    config: ConfigOption = None,
) -> None:
    """Show a document, or a passage with its surroundings."""
    engine = _engine(config, library)
    try:
        _print(engine.document(name), json, terminal.document)
    except NotFoundError:
        if "#" not in name:
            raise
        passage, beside = engine.passage(name, around)
        _print({"passage": passage, "around": beside}, json, terminal.surroundings)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="ID|URI…", help="Documents to remove for good.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Remove documents, their text and their vectors."""
    from index.sync import remove as remove_documents

    settings = _settings(config, {"library": library})
    _print(remove_documents(_existing(settings), names), json, terminal.index_report)


@app.command()
def status(library: LibraryOption = None, json: JsonOption = False, config: ConfigOption = None) -> None:
    """Show what the library holds."""
    _print(_engine(config, library).status(), json, terminal.status)


@app.command()
def verify(
    library: LibraryOption = None,
    json: JsonOption = False,
    repair: Annotated[bool, typer.Option("--repair", help="Derive again whatever is wrong.")] = False,
    config: ConfigOption = None,
) -> None:
    """Check rows, offsets, vectors and indexes against each other; exit code 1 when something is wrong."""
    from index.verify import verify as verify_library

    settings = _settings(config, {"library": library})
    opened = _existing(settings)
    report = verify_library(opened, _embedder(opened, settings, None), repair=repair)
    _print(report, json, terminal.verify_report)
    raise typer.Exit(DONE if report.ok else FAILED)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Write the library's truth (texts, statements, corrections, vectors) to one file."""
    from index.backup import backup as write_backup

    size = write_backup(_existing(_settings(None, {"library": library})), file)
    _print({"file": str(file), "bytes": size}, json, lambda done: f"{done['file']}: {done['bytes']:,} bytes")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `quoth backup` wrote.")],
    library: LibraryOption = None,
    json: JsonOption = False,
) -> None:
    """Make a library out of a backup, in a folder that has none."""
    from index.backup import restore as read_backup

    settings = _settings(None, {"library": library})
    generation = read_backup(file, _library(settings))
    done = {"library": settings.library, "generation": generation}
    _print(done, json, lambda shown: f"{shown['library']}: restored, generation {shown['generation']}")


@app.command()
def config(
    library: LibraryOption = None,
    json: JsonOption = False,
    file: ConfigOption = None,
) -> None:
    """Show every setting, its value, and where that came from."""
    _, configured = load_settings({"library": library}, file=file)
    shown = [
        {"name": c.name, "value": "(set)" if c.name == "api_key" and c.value else c.value, "origin": c.origin}
        for c in configured
    ]
    _print({"settings": shown}, json, terminal.config)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Questions with accepted answers.")],
    qrels: Annotated[Path | None, typer.Option(help="Judgements, TREC or with a header line.")] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    mode: ModeOption = Mode.hybrid,
    config: ConfigOption = None,
) -> None:
    """Measure rankings, answers and refusals on judged questions."""
    from search.evaluate import evaluate as measure

    _print(measure(_engine(config, library), questions, qrels, mode=mode.value), json, terminal.evaluation)


@app.command()
def serve(
    library: LibraryOption = None,
    host: Annotated[str | None, typer.Option(help="Address; others than loopback need QUOTH_API_KEY.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 picks a free one.")] = None,
    workers: Annotated[int | None, typer.Option(help="Server processes.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="What POST /index may read; repeatable.")
    ] = None,
    json: JsonOption = False,  # noqa: ARG001 -- every command takes it; it shapes this one's failures
    config: ConfigOption = None,
) -> None:
    """Serve HTTP: the page at /, the API as described at /docs."""
    from search.web.app import serve as serve_http

    sources = [os.path.abspath(path) for path in source] if source else None  # noqa: PTH100 -- folds ".."
    flags = {"library": library, "host": host, "port": port, "workers": workers, "sources": sources}
    serve_http(_settings(config, flags))


@app.command()
def mcp(library: LibraryOption = None, json: JsonOption = False, config: ConfigOption = None) -> None:  # noqa: ARG001
    """Serve the same engine as MCP tools over stdio; needs the extra `mcp`."""
    from search.mcp_server import serve as serve_mcp

    serve_mcp(_engine(config, library))


def _settings(file: Path | None, flags: dict[str, Any]) -> Settings:
    return load_settings(flags, file=file)[0]


def _library(settings: Settings) -> "LocalLibrary":
    from index.library import open_library

    return open_library(settings.library, settings.indexing)


def _existing(settings: Settings) -> "LocalLibrary":
    """A library to change that must be there already."""
    library = _library(settings)
    library.check_exists()
    return library


def _embedder(library: "LocalLibrary", settings: Settings, chosen: str | None) -> "Embedder":
    """The model asked for, else the one that the library was made with."""
    from index.embedder import load_embedder

    name = chosen or library.model_name() or settings.indexing.model
    return load_embedder(name, settings.indexing.batch_size)


def _engine(file: Path | None, library: str | None) -> "Engine":
    from search.engine import Engine

    settings = _settings(file, {"library": library})
    return Engine(_library(settings), settings)


def _filters(
    source: str | None,
    title: str | None,
    after: str | None,
    before: str | None,
    speaker: str | None,
    meta: list[str] | None,
) -> Filters:
    pairs = [tuple(pair.split("=", 1)) for pair in meta or ()]
    for pair in pairs:
        if len(pair) != 2 or not pair[0]:
            raise InvalidValueError("meta", "=".join(pair), "FIELD=VALUE")
    return Filters(source, title, after, before, speaker, tuple((pair[0], pair[1]) for pair in pairs))


def _corrected(correction: "Correction", json: bool) -> None:
    _print(correction, json, terminal.correction)


def _print(result: Any, json: bool, render: Callable[[Any], str]) -> None:
    text = encode(result).decode() if json else render(result)
    if text:
        sys.stdout.write(text.rstrip("\n") + "\n")


def exit_code(error: QuothError) -> int:
    """The exit code of each family of failures; decided here and nowhere else."""
    families: tuple[tuple[type[QuothError], int], ...] = (
        (UsageError, USAGE),
        (NotFoundError, NOTHING),
        (InterruptedRunError, INTERRUPTED),
    )
    return next((code for family, code in families if isinstance(error, family)), FAILED)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = typer.main.get_command(app).main(given, prog_name="quoth", standalone_mode=False)
        sys.stdout.flush()
    except QuothError as error:
        code = _fail(error, given, exit_code(error))
    except (KeyboardInterrupt, typer.Abort):
        code = _fail(InterruptedRunError(), given, INTERRUPTED)
    except typer.TyperException as error:
        code = _fail(UsageError(error.format_message()), given, USAGE)
    except BrokenPipeError:
        # Whoever read us has seen enough; say nothing, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except Exception as error:  # noqa: BLE001 -- the last resort: a script that reads JSON must get JSON
        traceback.print_exc()
        code = _fail(error, given, FAILED)
    sys.exit(code or DONE)


def _fail(error: Exception, arguments: list[str], code: int) -> int:
    if "--json" in arguments:
        sys.stdout.buffer.write(encode(problem(error)) + b"\n")
    else:
        sys.stderr.write(f"quoth: {error}\n")
    return code


if __name__ == "__main__":
    main()
