"""Around every command: what it opens, how its result is printed, and with which code it ends."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any, NoReturn

import typer

from index.errors import InterruptedRunError, NotFoundError, QuothError, TooManyFilesError, UsageError
from index.types import IndexReport
from search.controls import harmless, on_one_line
from search.shapes import encode, problem
from search.web.errors import http_status

DONE, FAILED, USAGE, NOTHING, PARTLY, INTERRUPTED = 0, 1, 2, 3, 4, 130


def exit_code(error: QuothError) -> int:
    """The exit code of each family of failures; decided here and nowhere else."""
    families: tuple[tuple[type[QuothError], int], ...] = (
        (UsageError, USAGE),
        (NotFoundError, NOTHING),
        (InterruptedRunError, INTERRUPTED),
    )
    return next((code for family, code in families if isinstance(error, family)), FAILED)


def exit_code_of(report: IndexReport) -> int:
    """The exit code of a run of indexing that came to its end."""
    if not report.rejected:
        return DONE
    taken = report.added + report.changed + report.moved + report.unchanged + report.removed
    return PARTLY if taken else FAILED


def print_result(result: Any, json: bool, render: Callable[[Any], str]) -> None:
    """Print a result on standard output: one JSON value, or text for people."""
    data = encode(result) if json else _shown(render(result).rstrip("\n")).encode()
    if data:
        # Bytes, so that no locale garbles them; flushed, so that whoever reads a pipe sees them now.
        sys.stdout.buffer.write(data + b"\n")
        sys.stdout.flush()


def _shown(text: str) -> str:
    """What is read by people cannot steer their terminal; what is piped on stays as it is."""
    return harmless(text) if sys.stdout.isatty() else text


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit with its code; failures go to stderr, or with `--json` to stdout."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # A service manager's stop is an interruption like the user's: what was finished is kept.
    signal.signal(signal.SIGTERM, _interrupt)
    # Where it is ignored, as in the background of a script, it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        _check_encoding(given)
        code = typer.main.get_command(app).main(given, prog_name="quoth", standalone_mode=False)
        if code == INTERRUPTED:
            # Typer makes an exit code of the signal; a caller is owed the reason.
            raise InterruptedRunError
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
        told = TooManyFilesError.behind(error)
        if told is None:
            traceback.print_exc()
        code = _fail(told or error, given, FAILED)
    sys.exit(code or DONE)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End in good order; a second signal, for whoever cannot wait, ends the process on the spot."""
    signal.signal(number, signal.SIG_DFL)
    signal.default_int_handler(number, frame)


def _check_encoding(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise UsageError(f"{argument!a}: this argument is not valid UTF-8")


def _fail(error: Exception, arguments: Sequence[str], code: int) -> int:
    if "--json" in arguments:
        sys.stdout.buffer.write(encode(problem(error, http_status(error))) + b"\n")
        sys.stdout.flush()
    else:
        sys.stderr.write(f"quoth: {on_one_line(str(error))}\n")
    return code
