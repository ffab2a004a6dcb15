"""The commands that keep a library: remove, status, verify, backup, restore, config."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from search import terminal
from search.console import DONE, FAILED, print_result
from search.options import ConfigOption, JsonOption, LibraryOption
from search.settings import load_settings, unread_variables

upkeep_app = typer.Typer()


@upkeep_app.command(short_help="Remove documents for good.")
def remove(
    names: Annotated[list[str], typer.Argument(metavar="ID|URI", help="Documents to remove for good.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Remove documents, their text and their vectors."""
    from index.sync import remove as remove_documents
    from search.opening import library_of

    print_result(remove_documents(library_of(library, config), names), json, terminal.index_report)


@upkeep_app.command()
def status(library: LibraryOption = None, json: JsonOption = False, config: ConfigOption = None) -> None:
    """Show what the library holds."""
    from search.opening import engine_of

    print_result(engine_of(library, config).status(), json, terminal.status)


@upkeep_app.command(short_help="Check the library, and repair it.")
def verify(
    library: LibraryOption = None,
    json: JsonOption = False,
    repair: Annotated[bool, typer.Option("--repair", help="Derive again whatever is wrong.")] = False,
    config: ConfigOption = None,
) -> None:
    """Check rows, offsets, vectors and indexes against each other; exit code 1 when something is wrong."""
    from index.verify import verify as verify_library
    from search.opening import embedder_of, library_of

    opened = library_of(library, config)
    report = verify_library(opened, embedder_of(opened), repair=repair)
    print_result(report, json, terminal.verify_report)
    raise typer.Exit(DONE if report.ok else FAILED)


@upkeep_app.command(short_help="Write the library to one file.")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write the library's truth (texts, statements, corrections, vectors) to one file."""
    from index.backup import backup as write_backup
    from search.opening import library_of

    size = write_backup(library_of(library, config), file)
    print_result({"file": str(file), "bytes": size}, json, terminal.written_to)


@upkeep_app.command(short_help="Make a library out of a backup.")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `quoth backup` wrote.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Make a library out of a backup, in a folder that has none."""
    from index.backup import restore as read_backup
    from search.opening import new_library_of

    opened = new_library_of(library, config)
    done = {"library": str(opened.root), "generation": read_backup(file, opened)}
    print_result(done, json, terminal.restored)


@upkeep_app.command(short_help="Show every setting, and where it is from.")
def config(library: LibraryOption = None, json: JsonOption = False, file: ConfigOption = None) -> None:
    """Show every setting, its value, and where that came from: default, file, environment or flag."""
    _, configured = load_settings({"library": library}, file=file)
    for name in unread_variables(os.environ):
        typer.echo(f"quoth: {name} is set, and no setting reads it", err=True)
    print_result({"settings": [asdict(one) for one in configured]}, json, terminal.config)
