"""The commands that say who may use the service: make, list and revoke API keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from search.console import DONE, NOTHING, print_result
from search.options import ConfigOption, JsonOption, LibraryOption, refuse_options_before
from search.settings import load_settings
from search.types import KeyScope

if TYPE_CHECKING:
    from search.web.keys import Key, Keys, NewKey

keys_app = typer.Typer(help="List the service's API keys; create and revoke them.")


@keys_app.callback()
def keys(
    context: typer.Context, library: LibraryOption = None, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """List the service's API keys, oldest first; exit code 3 when there are none."""
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    found = _keys_of(library, config).standing()
    print_result({"total": len(found), "keys": found}, json, _listed)
    raise typer.Exit(DONE if found else NOTHING)


@keys_app.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    scope: Annotated[
        KeyScope,
        typer.Option(help="read: ask; write: also change documents, corrections, alerts; admin: also hand out keys."),
    ] = "read",
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Make an API key, and show it this once; only its hash is kept."""
    print_result(_keys_of(library, config).create(name, scope), json, _made)


@keys_app.command()
def revoke(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id in the list.")],  # noqa: A002
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Refuse a key from now on; running servers do so within a second."""
    kept = _keys_of(library, config)
    print_result(kept.revoke(id), json, lambda key: f"Revoked: {_line(key)}{_left(kept)}")


def _keys_of(library: str | None, config: Path | None) -> "Keys":
    from search.web.keys import Keys

    return Keys(Path(load_settings({"library": library}, file=config)[0].library))


def _listed(found: dict[str, Any]) -> str:
    return "\n".join(_line(key) for key in found["keys"]) or "No API keys: the service answers this machine alone."


def _made(made: "NewKey") -> str:
    return f"{_line(made)}\n{made.key}\nIt is not shown again: clients send it as `Authorization: Bearer KEY`."


def _left(kept: "Keys") -> str:
    """What a user must know who revokes the last key."""
    return (
        "" if kept.standing() else "\nNo key is left: a server on this machine's own address answers without one again."
    )


def _line(key: "Key | NewKey") -> str:
    return f"{key.id}  {key.scope:<5}  {key.created}  {key.name}"
