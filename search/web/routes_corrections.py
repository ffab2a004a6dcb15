"""Corrections of who said what: each holds from the next answer on, and can be taken back."""

from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request, Response

from index import corrections
from index.errors import InvalidValueError
from index.library import open_library
from index.store.identity import Correction
from index.store.local import LocalLibrary
from search.web.bodies import CorrectionBody, CorrectionsBody
from search.web.service import ServiceDep, reply, reply_tagged
from search.web.sole_names import SoleNamesRoute

router = APIRouter(prefix="/corrections", tags=["corrections"], route_class=SoleNamesRoute)


def _library(service: ServiceDep) -> Iterator[LocalLibrary]:
    """The library itself: questions go to a snapshot, but a correction is a change."""
    library = open_library(service.settings.library, service.settings.indexing)
    library.check_exists()
    try:
        yield library
    finally:
        library.close()


LibraryDep = Annotated[LocalLibrary, Depends(_library)]


@router.get("", response_model=CorrectionsBody, summary="The corrections that hold")
def get_corrections(request: Request, library: LibraryDep) -> Response:
    """List the corrections that hold, oldest first."""
    found = corrections.standing(library)
    return reply_tagged(request, {"total": len(found), "corrections": found})


@router.post("", status_code=201, response_model=Correction, summary="Correct who said what")
def post_correction(body: Annotated[CorrectionBody, Body()], service: ServiceDep, library: LibraryDep) -> Response:
    """Record a correction; it outlives every rebuild. 503 while another process writes to the library."""
    service.check_writable()
    made = _RECORD[body.kind](library, body.subject, body.object or None)
    return reply(made, 201, {"Location": f"/corrections/{made.number}"})


@router.delete("/{number}", response_model=Correction, summary="Undo a correction")
def delete_correction(number: int, service: ServiceDep, library: LibraryDep) -> Response:
    """Take a correction back, and return it as it was."""
    service.check_writable()
    return reply(corrections.undo(library, number))


def _reject(library: LocalLibrary, statement: str, target: str | None) -> Correction:
    if target is not None:
        raise InvalidValueError("object", target, "nothing: a rejected statement is nobody's")
    return corrections.reject(library, statement)


def _with_object(record: Callable[[LocalLibrary, str, str], Correction]) -> Callable[..., Correction]:
    def recorded(library: LocalLibrary, subject: str, target: str | None) -> Correction:
        if not target:
            raise InvalidValueError("object", target, "a speaker's id or name")
        return record(library, subject, target)

    return recorded


_RECORD: dict[str, Callable[[LocalLibrary, str, str | None], Correction]] = {
    "merge": _with_object(corrections.merge),
    "split": _with_object(corrections.split),
    "reject": _reject,
    "reattribute": corrections.reattribute,
}
