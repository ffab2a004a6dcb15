"""The options that commands share, in the names that HTTP uses too."""

import functools
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from index.errors import InvalidValueError, UsageError
from index.settings import Precision
from index.types import Filters
from search.types import Mode

ListFormat = Literal["table", "json", "jsonl", "csv"]
"""How a list of statements is printed."""

LibraryOption = Annotated[
    str | None, typer.Option("--library", "-l", metavar="DIR", help="Folder with all state. [QUOTH_LIBRARY, ./library]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value; on failure the problem object.")]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="TOML file of settings.")]
ModelOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Embedding model: pip package, hub name or folder.")
]
PrecisionOption = Annotated[
    Precision | None,
    typer.Option(
        "--precision", help="How documents are embedded: exactly, or faster. A library keeps what it was made with."
    ),
]
StatementsOption = Annotated[
    bool | None,
    typer.Option(
        "--statements/--no-statements",
        help="Find who said what. Without it indexing is faster; the first run with it finds it for all documents.",
    ),
]
RerankerOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="CrossEncoder that orders the first passages again: folder or hub name."),
]
LlmOption = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="URL",
        help="OpenAI-compatible endpoint that words the answer, each sentence checked. [QUOTH_LLM_URL, …_MODEL, …_KEY]",
    ),
]
PassagesOption = Annotated[int, typer.Option("-k", help="How many passages, 1 to 1000.")]
AllOption = Annotated[int, typer.Option("-k", help="How many; 0 is all.")]
ModeOption = Annotated[Mode, typer.Option(help="Ranking: both kinds fused, meaning alone, or words alone.")]
CollapseOption = Annotated[bool, typer.Option(help="Fold near-duplicates under the best one.")]
CursorOption = Annotated[str | None, typer.Option(help="Where the page before ended (its `next`).")]
StatementArgument = Annotated[str, typer.Argument(metavar="ID", help="A statement's id.")]
SpeakerArgument = Annotated[str, typer.Argument(metavar="SPEAKER", help="A speaker's id or name.")]

_PAIR = re.compile(r"((?:\\[\\=]|\\(?![\\=])|[^\\=])+)=(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\=])")


def _build_filters(
    source: Annotated[str | None, typer.Option(help="Only documents whose source holds this text.")] = None,
    title: Annotated[str | None, typer.Option(help="Only documents whose title holds this text.")] = None,
    after: Annotated[str | None, typer.Option(metavar="DATE", help="Only of this day or later, YYYY-MM-DD.")] = None,
    before: Annotated[str | None, typer.Option(metavar="DATE", help="Only of this day or earlier, YYYY-MM-DD.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only what this speaker, by any name, says.")] = None,
    meta: Annotated[
        list[str] | None,
        typer.Option(
            "--meta",
            metavar="FIELD=VALUE",
            help="Only with this metadata; repeatable. A = in the FIELD is written \\=, a \\ at its end \\\\.",
        ),
    ] = None,
) -> Filters:
    # An empty text is in every text, and so restricts nothing.
    return Filters(
        source or None,
        title or None,
        after,
        before,
        speaker or None,
        tuple(map(_field_and_value, meta or ())),
    )


def _field_and_value(pair: str) -> tuple[str, str]:
    """What stands before and behind the first `=` that no backslash escapes; values are taken as they are."""
    parts = _PAIR.fullmatch(pair)
    if parts is None:
        raise InvalidValueError("meta", pair, r"FIELD=VALUE, with \= for each = in the FIELD")
    return _ESCAPED.sub(r"\1", parts[1]), parts[2]


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes `filters` one option a filter instead."""
    options = inspect.signature(_build_filters).parameters
    own = inspect.signature(command, eval_str=True).parameters

    @functools.wraps(command)
    def run(**given: Any) -> None:
        command(filters=_build_filters(**{name: given.pop(name) for name in options}), **given)

    shown = [one for name, one in own.items() if name != "filters"]
    run.__signature__ = inspect.Signature([*shown, *options.values()])  # type: ignore[attr-defined]
    return run


def refuse_options_before(context: typer.Context) -> None:
    """Refuse options that stand before a subcommand's name, which would not reach it."""
    given = [name for name in context.params if str(context.get_parameter_source(name)).endswith("COMMANDLINE")]
    if given:
        option = given[0].replace("_", "-")
        raise UsageError(f"--{option}: write it after `{context.invoked_subcommand}`, not before")
