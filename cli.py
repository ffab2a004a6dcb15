"""The command line: arguments in, results out. Heavy modules are imported by the command that needs them."""

import os
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from index import __version__
from index.errors import NotFoundError, UsageError
from index.types import Filters, StatementKind
from search import terminal
from search.alerts import alerts_app
from search.console import DONE, NOTHING, exit_code_of, print_result, run
from search.correcting import corrections_app, speakers_app, statements_app
from search.keys import keys_app
from search.options import (
    AllOption,
    CollapseOption,
    ConfigOption,
    CursorOption,
    JsonOption,
    LibraryOption,
    ListFormat,
    LlmOption,
    ModelOption,
    ModeOption,
    PassagesOption,
    PrecisionOption,
    RerankerOption,
    StatementsOption,
    filtered,
    refuse_options_before,
)
from search.settings import load_settings
from search.types import Query, StatementsQuery
from search.upkeep import upkeep_app

app = typer.Typer(
    name="quoth",
    help="Ask a pile of news who said what: answers word for word, with who, where and when.\n\n"
    "Start with `quoth index FOLDER`, then `quoth ask QUESTION`.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(upkeep_app)
app.add_typer(statements_app, name="statements", invoke_without_command=True)
app.add_typer(speakers_app, name="speakers", invoke_without_command=True)
app.add_typer(corrections_app, name="corrections", invoke_without_command=True)
app.add_typer(alerts_app, name="alerts", invoke_without_command=True)
app.add_typer(keys_app, name="keys", invoke_without_command=True)


def _print_version(asked: bool) -> None:
    if asked:
        print_result(__version__, False, lambda version: f"quoth {version}")
        raise typer.Exit


def _say(note: str | None) -> None:
    if note:
        typer.echo(f"quoth: {note}", err=True)


@app.callback()
def quoth(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Ask a pile of news; the help text is the application's."""


@app.command(short_help="Make the library match files and folders.")
def index(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Files, folders, globs; - reads stdin.")
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also remove documents from under PATH whose file is gone.")
    ] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read, derive and embed everything again.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Keep on, taking up what is new, changed or gone, until interrupted.")
    ] = False,
    model: ModelOption = None,
    precision: PrecisionOption = None,
    statements: StatementsOption = None,
    while_stdin_open: Annotated[bool, typer.Option("--while-stdin-open", hidden=True)] = False,
    progress_json: Annotated[bool, typer.Option("--progress-json", hidden=True)] = False,
    stdin_uri: Annotated[str, typer.Option("--stdin-uri", hidden=True)] = "stdin:",
    stdin_bundle: Annotated[bool, typer.Option("--stdin-bundle", hidden=True)] = False,
    config: ConfigOption = None,
) -> None:
    """Make the library match files, folders and globs: add what is new, read again what changed.

    Formats: .txt .md .html .pdf .docx .epub .eml .mbox .jsonl .csv, each also .gz. Ignored: hidden
    files and what a .quothignore names. A second run over unchanged files does nothing. Standard
    input (-) may be any of these but .md and .csv, told by its content; what is not is plain text.
    """
    from index.sync import add_bundle, add_stream, sync
    from index.watch import Watched, at_end_of_stdin
    from index.watch import watch as watching
    from search.counts import left_out
    from search.opening import library_and_model_of
    from search.progress import progress_for

    if not paths and not rebuild:
        raise UsageError("PATH: name the files or folders to index, - for standard input, or --rebuild")
    if "-" in (paths or ()) and (len(paths or ()) > 1 or prune or rebuild or watch):
        raise UsageError("PATH: - reads standard input, alone: without other paths, --prune, --rebuild and --watch")
    opened, embedder = library_and_model_of(
        library, config, model, rebuild=rebuild, precision=precision, statements=statements
    )
    with progress_for("json" if progress_json else "bar") as progress:
        if watch:
            stop = at_end_of_stdin() if while_stdin_open else None
            watched = Watched(opened, paths or [])
            once = partial(sync, opened, paths or [], embedder, progress=progress, are_there=watched.are_there)
            for report in watching(lambda: once(prune=watched.are_there()), watched, stop, progress=progress):
                print_result(report, json, terminal.index_report)
            return
        if paths == ["-"]:
            if sys.stdin is None:
                raise UsageError("PATH: - reads standard input, which is closed")
            adding = add_bundle if stdin_bundle else add_stream
            report = adding(opened, sys.stdin.buffer, embedder, uri=stdin_uri, progress=progress)
        else:
            others: Counter[str] = Counter()
            report = sync(opened, paths or [], embedder, prune=prune, rebuild=rebuild, progress=progress, others=others)
            _say(left_out(others) if others else None)
    print_result(report, json, terminal.index_report)
    raise typer.Exit(exit_code_of(report))


@app.command(short_help="Answer a question, with citations.")
@filtered
def ask(
    filters: Filters,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="For example: What did Soresk say about talks?")],
    library: LibraryOption = None,
    json: JsonOption = False,
    k: PassagesOption = 10,
    mode: ModeOption = "hybrid",
    collapse: CollapseOption = True,
    reranker: RerankerOption = None,
    llm: LlmOption = None,
    config: ConfigOption = None,
) -> None:
    """Answer a question with numbered citations, then the passages; exit code 3 when there is no answer."""
    from search.opening import engine_of, without_statements

    engine = engine_of(library, config, reranker, llm, encodes=mode != "lexical")
    result = engine.ask(Query(question, k, mode, filters, collapse))
    _say(result.note)
    if result.refusal and result.refusal.reason.startswith("No statement"):
        _say(without_statements(engine))
    print_result(result, json, terminal.answer)
    raise typer.Exit(DONE if result.answer else NOTHING)


@app.command()
@filtered
def search(
    filters: Filters,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A few words, or a question.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    k: PassagesOption = 10,
    mode: ModeOption = "hybrid",
    collapse: CollapseOption = True,
    reranker: RerankerOption = None,
    config: ConfigOption = None,
) -> None:
    """Rank passages; exit code 3 when there are none."""
    from search.opening import engine_of

    engine = engine_of(library, config, reranker, encodes=mode != "lexical")
    result = engine.search(Query(query, k, mode, filters, collapse))
    print_result(result, json, terminal.passages)
    raise typer.Exit(DONE if result.passages else NOTHING)


@statements_app.callback()
@filtered
def statements(
    context: typer.Context,
    filters: Filters,
    about: Annotated[str | None, typer.Option(help="Only statements about this.")] = None,
    kind: Annotated[StatementKind | None, typer.Option(help="Only statements reported in this way.")] = None,
    min_confidence: Annotated[float, typer.Option(help="Only statements at least this sure, 0 to 1.")] = 0.0,
    k: AllOption = 0,
    collapse: Annotated[bool, typer.Option(help="Fold what several outlets have under the earliest.")] = False,
    cursor: CursorOption = None,
    format: Annotated[ListFormat, typer.Option(help="How to print them.")] = "table",  # noqa: A002
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List every document's statements, oldest first; exit code 3 when there are none."""
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    from search.opening import engine_of, without_statements

    wanted = StatementsQuery(about, kind, min_confidence, k, filters, collapse, cursor)
    engine = engine_of(library, config)
    page = engine.statements(wanted)
    _say(None if page.statements else without_statements(engine))
    as_json = json or format == "json"
    shown = {"jsonl": terminal.statements_jsonl, "csv": terminal.statements_csv}
    print_result(page, as_json, shown.get(format, terminal.statements))
    raise typer.Exit(DONE if page.statements else NOTHING)


@speakers_app.callback()
@filtered
def speakers(
    context: typer.Context,
    filters: Filters,
    k: AllOption = 0,
    cursor: CursorOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List speakers with their mentions and counts; exit code 3 when there are none."""
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    from search.opening import engine_of, without_statements

    engine = engine_of(library, config)
    page = engine.speakers(filters, k, cursor)
    _say(None if page.speakers else without_statements(engine))
    print_result(page, json, terminal.speakers)
    raise typer.Exit(DONE if page.speakers else NOTHING)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID|URI", help="A document's or passage's id, or a document's URI.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    around: Annotated[int, typer.Option(min=0, help="How many paragraphs around a passage.")] = 1,
    config: ConfigOption = None,
) -> None:
    """Show a document, or a passage with its surroundings."""
    from search.opening import engine_of

    engine = engine_of(library, config)
    try:
        print_result(engine.document(name), json, terminal.document)
    except NotFoundError:
        if "#" not in name:
            raise
        passage, beside = engine.passage(name, around)
        print_result({"passage": passage, "around": beside}, json, terminal.surroundings)


@app.command(short_help="Measure answers on judged questions.")
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Questions with accepted answers.")],
    qrels: Annotated[Path | None, typer.Option(help="Judgements, TREC or with a header line.")] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="RUN.json", help="What changed since this run, and whether it may be chance.")
    ] = None,
    save: Annotated[Path | None, typer.Option(metavar="RUN.json", help="Also write the run, to compare with.")] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    mode: ModeOption = "hybrid",
    reranker: RerankerOption = None,
    config: ConfigOption = None,
) -> None:
    """Measure rankings, answers and refusals on judged questions."""
    from search.comparing import compared, read_baseline
    from search.evaluate import evaluate as measure
    from search.evaluation import check_target, save_run
    from search.opening import engine_of
    from search.scorecard import scorecard

    baseline = read_baseline(compare) if compare else None
    if save:
        check_target(save)
    result = measure(engine_of(library, config, reranker), questions, qrels, mode=mode)
    if compare and baseline:
        result = compared(result, baseline, compare)
    for note in (*result.notes, *(result.comparison.notes if result.comparison else ())):
        typer.echo(f"quoth: {note}", err=True)
    if save:
        save_run(result, save)
    print_result(result, json, scorecard)


@app.command(short_help="Serve the page and the HTTP API.")
def serve(
    library: LibraryOption = None,
    host: Annotated[str | None, typer.Option(help="Address; others than loopback need `quoth keys`.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 picks a free one.")] = None,
    workers: Annotated[int | None, typer.Option(help="Server processes.")] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="What POST /index may read; repeatable.")
    ] = None,
    watch: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Keep the library at these files while serving; what is gone is removed."),
    ] = None,
    reranker: RerankerOption = None,
    llm: LlmOption = None,
    json: JsonOption = False,  # noqa: ARG001 -- every command takes it; it shapes this one's failures
    config: ConfigOption = None,
) -> None:
    """Serve HTTP: the page at /, the API as described at /docs."""
    from search.web.app import serve as serve_http

    sources = [os.path.abspath(path) for path in source] if source else None  # noqa: PTH100 -- folds ".."
    flags = {"library": library, "host": host, "port": port, "workers": workers, "sources": sources, "watch": watch}
    serve_http(load_settings(flags | {"reranker": reranker, "llm.url": llm}, file=config)[0])


@app.command(short_help="Serve tools for assistants over stdio.")
def mcp(
    library: LibraryOption = None,
    json: JsonOption = False,  # noqa: ARG001 -- as for `serve`
    llm: LlmOption = None,
    config: ConfigOption = None,
) -> None:
    """Serve the same engine as MCP tools over stdio; needs the extra `mcp`."""
    from search.mcp_server import serve as serve_mcp
    from search.opening import engine_of

    serve_mcp(engine_of(library, config, llm=llm))


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code."""
    run(app, arguments)


if __name__ == "__main__":
    main()
