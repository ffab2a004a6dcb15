"""The commands that mend who said what; each records one correction and prints it."""

from typing import Annotated

import typer

from search import terminal
from search.console import DONE, NOTHING, print_result
from search.options import (
    ConfigOption,
    JsonOption,
    LibraryOption,
    SpeakerArgument,
    StatementArgument,
    refuse_options_before,
)

statements_app = typer.Typer(help="List statements, oldest first; reject or reattribute one.")
corrections_app = typer.Typer(help="List the corrections that users made; undo one.")
speakers_app = typer.Typer(help="List speakers; merge two, or split a name off one.")


@statements_app.command()
def reject(
    statement: StatementArgument,
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say that this is no statement."""
    from index import corrections
    from search.opening import library_of

    print_result(corrections.reject(library_of(library, config), statement), json, terminal.recorded)


@statements_app.command()
def reattribute(
    statement: StatementArgument,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Who said it; none for nobody known.")] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say whose statement this is."""
    from index import corrections
    from search.opening import library_of

    print_result(corrections.reattribute(library_of(library, config), statement, name), json, terminal.recorded)


@corrections_app.callback()
def corrections(
    context: typer.Context, library: LibraryOption = None, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """List the corrections that hold, oldest first; exit code 3 when there are none."""
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    from index.corrections import standing
    from search.opening import library_of

    found = standing(library_of(library, config))
    print_result({"total": len(found), "corrections": found}, json, terminal.corrections)
    raise typer.Exit(DONE if found else NOTHING)


@corrections_app.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Its number in the list.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Take a correction back: what the documents say holds again."""
    from index.corrections import undo as take_back
    from search.opening import library_of

    undone = take_back(library_of(library, config), number)
    print_result(undone, json, lambda one: f"Undone: {terminal.correction(one)}")


@speakers_app.command()
def merge(
    one: Annotated[str, typer.Argument(metavar="A", help="A speaker's id or name.")],
    into: Annotated[str, typer.Argument(metavar="B", help="The speaker that A really is.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say that speaker A is speaker B."""
    from index import corrections
    from search.opening import library_of

    print_result(corrections.merge(library_of(library, config), one, into), json, terminal.recorded)


@speakers_app.command()
def split(
    speaker: SpeakerArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, as statements carry it, that is another's.")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Say that a name is not this speaker's."""
    from index import corrections
    from search.opening import library_of

    print_result(corrections.split(library_of(library, config), speaker, name), json, terminal.recorded)
