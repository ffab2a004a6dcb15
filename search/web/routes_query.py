"""Questions and lists: `search`, `ask`, `statements`, `speakers`, `documents`."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request, Response

from index.errors import EmptyQueryError, InvalidValueError
from search.types import AskResult, DocumentsPage, DocumentView, SearchResult, SpeakersPage, StatementsPage
from search.types import Query as EngineQuery
from search.web.quick import QuickRoute
from search.web.schemas import ListParams, SearchBody, SearchParams, StatementsParams
from search.web.service import Service, ServiceDep, reply, reply_tagged

router = APIRouter(route_class=QuickRoute)


@router.get("/search", response_model=SearchResult, tags=["questions"], summary="Ranked passages")
def get_search(request: Request, params: Annotated[SearchParams, Query()], service: ServiceDep) -> Response:
    """Find the passages nearest to a question in meaning and words, best first."""
    return reply_tagged(request, _asked_as_q(service.engine.search, params))


@router.post("/search", response_model=SearchResult, tags=["questions"], summary="Ranked passages")
def post_search(body: Annotated[SearchBody, Body()], service: ServiceDep) -> Response:
    """The same with a JSON body, for questions that should stay out of logs and histories."""
    return reply(service.engine.search(body.query()))


@router.get("/ask", response_model=AskResult, tags=["questions"], summary="An answer with citations")
def get_ask(request: Request, params: Annotated[SearchParams, Query()], service: ServiceDep) -> Response:
    """Answer a question in the documents' own words, or say that they hold no answer: that is 200 too."""
    return reply_tagged(request, _asked_as_q(lambda query: _ask(service, query), params))


@router.post("/ask", response_model=AskResult, tags=["questions"], summary="An answer with citations")
def post_ask(body: Annotated[SearchBody, Body()], service: ServiceDep) -> Response:
    """The same with a JSON body, for questions that should stay out of logs and histories."""
    return reply(_ask(service, body.query()))


@router.get("/statements", response_model=StatementsPage, tags=["lists"], summary="Who said what, oldest first")
def get_statements(request: Request, params: Annotated[StatementsParams, Query()], service: ServiceDep) -> Response:
    """List statements, by pages; `next` is the `cursor` of the page after."""
    return reply_tagged(request, service.engine.statements(params.query()))


@router.get("/speakers", response_model=SpeakersPage, tags=["lists"], summary="Everybody who says something")
def get_speakers(request: Request, params: Annotated[ListParams, Query()], service: ServiceDep) -> Response:
    """List speakers with their mentions and counts, most statements first."""
    return reply_tagged(request, service.engine.speakers(params.filters(), params.k, params.cursor))


@router.get("/documents", response_model=DocumentsPage, tags=["lists"], summary="The documents of the library")
def get_documents(request: Request, params: Annotated[ListParams, Query()], service: ServiceDep) -> Response:
    """List documents without their texts, by id."""
    return reply_tagged(request, service.engine.documents(params.filters(), params.k, params.cursor))


@router.get("/documents/{id:path}", response_model=DocumentView, tags=["lists"], summary="One document, whole")
def get_document(id: str, request: Request, service: ServiceDep) -> Response:  # noqa: A002 - the contract's name
    """Show a document by id or URI, percent-encoded: its text, fields and paragraphs."""
    return reply_tagged(request, service.engine.document(id))


def _asked_as_q(
    answer: Callable[[EngineQuery], SearchResult | AskResult], params: SearchParams
) -> SearchResult | AskResult:
    """Answer a query string's question; should that be wrong, name it as it was sent."""
    try:
        return answer(params.query())
    except EmptyQueryError as error:
        raise EmptyQueryError("q") from error
    except InvalidValueError as error:
        if error.field != "query":
            raise
        raise InvalidValueError("q", error.value, error.expected) from error


def _ask(service: Service, query: EngineQuery) -> AskResult:
    result = service.engine.ask(query)
    service.metrics.asked.labels("answered" if result.answer is not None else "refused").inc()
    return result
