"""Changes: each is queued as a job, answered 202 with its address, and done by a subprocess."""

import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from starlette.datastructures import FormData, UploadFile

from index.bundle import pack
from index.errors import InvalidValueError
from search.checks import refuse_repeated
from search.errors import InputNotFoundError, SourceNotAllowedError
from search.types import Job, JobsPage
from search.web.bodies import IndexBody
from search.web.errors import NoSourcesError
from search.web.examples import FORM_BODY
from search.web.schemas import JobsParams
from search.web.service import Service, ServiceDep, reply
from search.web.sole_names import SoleNamesRoute
from search.web.upload_files import MAX_FIELDS, MAX_FILES, FormFile, to_files
from search.web.uploads import TEXT_FIELDS, URI_BASE, check_query, to_lines

router = APIRouter(tags=["changes"], route_class=SoleNamesRoute)
FORM = "multipart/form-data"


async def _read_body(request: Request) -> AsyncIterator[bytes | FormData]:
    """The body, or a form whose files are on disk if they are large.

    Only reading is asynchronous; parsing megabytes happens in a worker thread.
    """
    if _media_type(request) != FORM:
        yield await request.body()
        return
    async with request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS) as form:
        yield form


_UPLOAD_SCHEMA: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": "Only with text/plain."}
        for name in sorted(TEXT_FIELDS)
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": "#/components/schemas/RecordBody"},
                        {"$ref": "#/components/schemas/BatchBody"},
                        {"type": "array", "items": {"$ref": "#/components/schemas/RecordBody"}, "minItems": 1},
                    ]
                },
                "example": {"title": "Bridge reopens", "text": "The bridge reopened on Monday.", "source": "Courier"},
            },
            "text/plain": {"schema": {"type": "string"}, "example": "The bridge reopened on Monday."},
            FORM: {"schema": {"$ref": "#/components/schemas/FilesBody"}, "example": FORM_BODY},
        },
    },
}


@router.post(
    "/documents", status_code=202, response_model=Job, summary="Add or change documents", openapi_extra=_UPLOAD_SCHEMA
)
def post_documents(
    request: Request, body: Annotated[bytes | FormData, Depends(_read_body)], service: ServiceDep
) -> Response:
    """Add one document, or a list of them, bare or as `{"documents": […]}`; one whose `id` is known replaces it.

    All are checked first: a batch with a document that cannot be read is refused as a whole. A form takes files of
    every format that `quoth index` reads; those that turn out unreadable are named in the job's `rejected`. What is
    sent twice changes nothing.
    """
    service.check_writable()
    refuse_repeated(request.query_params.multi_items())
    limits = service.settings.indexing
    arguments = ["index", "--json", *_common(service), "--progress-json", "--stdin-uri", URI_BASE]
    if isinstance(body, FormData):
        check_query(request.query_params, frozenset())
        content = pack(to_files(*_parts(body), limits))
        return _accept(service, "index", [*arguments, "--stdin-bundle", "-"], content)
    lines = to_lines(body, request.headers.get("content-type", ""), request.query_params, limits)
    return _accept(service, "index", [*arguments, "-"], (line + b"\n" for line in lines))


@router.delete("/documents/{id:path}", status_code=202, response_model=Job, summary="Remove a document")
def delete_document(id: str, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Remove a document by id or URI, percent-encoded."""
    document = service.engine.document(id)
    return _accept(service, "remove", ["remove", "--json", *_common(service), "--", document.id])


@router.post("/index", status_code=202, response_model=Job, summary="Read the configured sources again")
def post_index(service: ServiceDep, body: Annotated[IndexBody | None, Body()] = None) -> Response:
    """Make the library match the configured sources, or some paths within them."""
    asked = body or IndexBody.model_validate({})
    paths = _check_paths(asked.paths, service.settings.sources, may_be_gone=asked.prune)
    flags = ["--prune"] * asked.prune + ["--rebuild"] * asked.rebuild
    arguments = ["index", "--json", *_common(service), "--progress-json", *flags, "--", *paths]
    return _accept(service, "rebuild" if asked.rebuild else "index", arguments)


@router.get("/jobs", response_model=JobsPage, summary="List jobs")
def get_jobs(request: Request, service: ServiceDep, params: Annotated[JobsParams, Query()]) -> Response:
    """List jobs, the newest first; those that are over are kept up to a thousand."""
    refuse_repeated(request.query_params.multi_items())
    return reply(service.queue.page(params.k, params.cursor))


@router.get("/jobs/{id}", response_model=Job, summary="How a job stands")
def get_job(id: str, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Show a job's state and progress, and its result or problem once it is finished."""
    return reply(service.queue.get(id))


@router.delete("/jobs/{id}", response_model=Job, responses={204: {"description": "Forgotten"}}, summary="Cancel a job")
def delete_job(id: str, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Cancel a job; what it finished is kept. One that is over already is forgotten: 204."""
    job = service.queue.cancel(id)
    return Response(status_code=204) if job is None else reply(job)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _parts(form: FormData) -> tuple[list[FormFile], list[tuple[str, str]]]:
    """The files of a form, whatever their fields are called, and its other fields."""
    parts = form.multi_items()
    files = [FormFile(one.filename or "", one.size or 0, one.file) for _, one in parts if isinstance(one, UploadFile)]
    return files, [(name, value) for name, value in parts if isinstance(value, str)]


def _common(service: Service) -> list[str]:
    return ["--library", str(Path(service.settings.library).absolute())]


def _accept(service: Service, kind: str, arguments: list[str], content: Iterable[bytes] | None = None) -> Response:
    job = service.queue.submit(kind, arguments, content)
    return reply(job, 202, {"Location": f"/jobs/{job.id}"})


def _check_paths(paths: list[str] | None, sources: tuple[str, ...], *, may_be_gone: bool) -> list[str]:
    """The paths to read, absolute. Raises NoSourcesError, SourceNotAllowedError, InputNotFoundError.

    What lies outside is refused before its existence is looked at, so that nothing can be probed.
    """
    if not paths:
        if not sources:
            raise NoSourcesError
        return [_absolute(source) for source in sources]
    roots = [Path(source).resolve() for source in sources]
    for asked in paths:
        if "\0" in asked:
            raise InvalidValueError("paths", asked, "a path without a NUL character")
        target = _resolve(asked)
        if not any(target == root or root in target.parents for root in roots):
            raise SourceNotAllowedError(asked)
        if not may_be_gone and not os.path.exists(target):  # noqa: PTH110 - unlike Path.exists it raises nothing
            raise InputNotFoundError(asked)
    return [_absolute(path) for path in paths]


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - folds ".." but follows no link: a URI is the path as configured


def _resolve(path: str) -> Path:
    """Where a path really leads; one that a loop of symlinks or its length keeps from leading anywhere is refused."""
    try:
        return Path(_absolute(path)).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputNotFoundError(path) from error
