"""The commands that keep questions: add, list, check and remove alerts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from search import terminal
from search.console import DONE, NOTHING, print_result
from search.counts import counted
from search.options import ConfigOption, JsonOption, LibraryOption, refuse_options_before
from search.settings import load_settings

if TYPE_CHECKING:
    from search.web.alerts import Alert, AlertReport, Alerts

alerts_app = typer.Typer(help="Keep questions; report what is new for them.")


@alerts_app.callback()
def alerts(
    context: typer.Context, library: LibraryOption = None, json: JsonOption = False, config: ConfigOption = None
) -> None:
    """List the alerts, oldest first; exit code 3 when there are none."""
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    found = _alerts_of(library, config).standing()
    print_result({"total": len(found), "alerts": found}, json, _listed)
    raise typer.Exit(DONE if found else NOTHING)


@alerts_app.command()
def add(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="For example: Soresk on negotiations")],
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Keep a question; what the library holds already is not news."""
    from search.opening import engine_of

    made = _alerts_of(library, config).add(engine_of(library, config), question)
    print_result(made, json, lambda alert: f"Kept: {_line(alert)}")


@alerts_app.command(short_help="Report what is new; exit code 3 when nothing is.")
def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Alerts to check; all without one.")] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Report the statements that are new since the last check; exit code 3 when there are none."""
    from search.opening import engine_of

    kept = _alerts_of(library, config)
    wanted = [kept.get(name) for name in ids] if ids else kept.standing()
    engine = engine_of(library, config) if wanted else None
    reports = [kept.check(engine, alert.id) for alert in wanted] if engine else []
    print_result({"reports": reports}, json, lambda shown: _reported(shown["reports"]))
    raise typer.Exit(DONE if any(report.statements for report in reports) else NOTHING)


@alerts_app.command()
def remove(
    id: Annotated[str, typer.Argument(metavar="ID", help="Its id in the list.")],  # noqa: A002
    library: LibraryOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Forget an alert."""
    print_result(_alerts_of(library, config).remove(id), json, lambda alert: f"Removed: {_line(alert)}")


def _alerts_of(library: str | None, config: Path | None) -> "Alerts":
    from search.web.alerts import Alerts

    return Alerts(Path(load_settings({"library": library}, file=config)[0].library))


def _listed(found: dict[str, Any]) -> str:
    return "\n".join(_line(alert) for alert in found["alerts"]) or "No alerts; `quoth alerts add QUESTION` keeps one."


def _reported(reports: "Sequence[AlertReport]") -> str:
    shown = []
    for report in reports:
        shown.append(
            f"{report.alert.question}: {counted(len(report.statements), 'new statement')} since {report.alert.asked}"
        )
        shown += [terminal.statement(one) for one in report.statements]
    return "\n".join(shown) or "No alerts; `quoth alerts add QUESTION` keeps one."


def _line(alert: "Alert") -> str:
    return f"{alert.id}  {alert.created}  {alert.question}"
