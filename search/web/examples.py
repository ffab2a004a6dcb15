"""What the API's description shows for each route: one story, whose offsets and counts agree."""

from collections.abc import Mapping
from typing import Any

from index.store.identity import Correction
from index.types import IndexReport, Ref, Rejected
from search.shapes import to_json_value
from search.types import (
    Answer,
    AskResult,
    Citation,
    DocumentsPage,
    DocumentView,
    Job,
    JobsPage,
    MentionCount,
    ParagraphView,
    Passage,
    Progress,
    SearchResult,
    SpeakerMention,
    SpeakersPage,
    SpeakerView,
    StatementsPage,
    StatementView,
)
from search.web.alerts import Alert, AlertReport
from search.web.keys import Key, NewKey

QUESTION = "What did the mayor say about the bridge?"
_TEXT = "The old bridge over the Vell opened again on Monday.\n\n“We kept our promise,” said Mayor Ana Ruiz."
_QUOTED = "“We kept our promise,”"
_FIRST, _SECOND = _TEXT.split("\n\n")
_MARK = (_SECOND.index("promise"), _SECOND.index("promise") + len("promise"))
_BODY = _TEXT.index(_SECOND)
_CUE = _TEXT.index("said")
_NAME = _TEXT.index("Mayor Ana Ruiz")
_GENERATION = 7
_MADE, _ASKED, _ENDED = "2024-06-01T08:00:00Z", "2024-06-02T08:00:00Z", "2024-06-01T08:00:09.300Z"

_REF = Ref("bridge", "https://courier.example/bridge", "Bridge reopens", "B. Porter", "2024-05-31", "Courier", "en")
_PASSAGE = Passage(
    "bridge#3f0c1a9be772", 0.83, _SECOND, _BODY, len(_TEXT), 1, None, (_MARK,), _REF, ()
)  # fmt: skip
_STATEMENT = StatementView(
    "s_5d0f6c1e2a7b9034", "direct", _QUOTED, _BODY, _BODY + len(_QUOTED), ((_BODY, _BODY + len(_QUOTED)),),
    "said", _CUE, _CUE + 4, 0.95, None,
    SpeakerMention("p_91c2e7", "Ana Ruiz", "Mayor Ana Ruiz", _NAME, _NAME + len("Mayor Ana Ruiz")), _REF,
)  # fmt: skip
_CITATION = Citation(1, _QUOTED, _BODY, _BODY + len(_QUOTED), None, _REF, _PASSAGE.id)
_DOCUMENT = DocumentView(
    *(_REF.id, _REF.uri, _REF.title, _REF.author, _REF.published, _REF.source, _REF.language),
    "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab", _TEXT, {"desk": "city"},
    (
        ParagraphView("bridge#86d1f0a9c412", 0, 0, len(_FIRST), "body", None),
        ParagraphView(_PASSAGE.id, 1, _BODY, len(_TEXT), "body", None),
    ),
)  # fmt: skip
_SPEAKER = SpeakerView(
    "p_91c2e7", "Ana Ruiz", "mayor", (MentionCount("Mayor Ana Ruiz", 1),), 1, 1, "2024-05-31", "2024-05-31"
)
_REPORT = IndexReport(
    8, added=1, rejected=(Rejected("scan.pdf", "it holds no text; export it with its text (scans: run OCR)"),),
    paragraphs=2, embedded=2, statements=1, took_ms=412.5,
)  # fmt: skip
_QUEUED = Job("j_2f8e4c0a91b7d365", "index", "queued", Progress(0, 0), None, None, "2024-06-01T08:00:08.100Z", None)
_DONE = Job(_QUEUED.id, "index", "done", Progress(2, 2), _REPORT, None, _QUEUED.created, _ENDED)
_CANCELLED = Job(_QUEUED.id, "index", "cancelled", Progress(0, 0), None, None, _QUEUED.created, _ENDED)
_CORRECTION = Correction(3, "merge", "Ana Ruiz", "Ana M. Ruiz", None, _MADE)
_ALERT = Alert("a_7c01d9e2", "Ana Ruiz on the bridge", _MADE, _ASKED)
_KEY = Key("k_3d20b8f1", "newsroom", "read", _MADE)
_FOUND = SearchResult(QUESTION, _GENERATION, 12.4, (_PASSAGE,))
_SAID = AskResult(
    QUESTION, _GENERATION, 18.9, Answer(f"{_QUOTED} [1]", "statements", 0.95, (_CITATION,)), None, (_STATEMENT,),
    (_PASSAGE,),
)  # fmt: skip

RESPONSES: Mapping[str, Any] = {
    "GET /search": _FOUND,
    "POST /search": _FOUND,
    "GET /ask": _SAID,
    "POST /ask": _SAID,
    "GET /statements": StatementsPage(_GENERATION, 1, None, (_STATEMENT,)),
    "GET /speakers": SpeakersPage(_GENERATION, 1, None, (_SPEAKER,)),
    "GET /documents": DocumentsPage(_GENERATION, 1, None, (_REF,)),
    "GET /documents/{id}": _DOCUMENT,
    "POST /documents": _QUEUED,
    "DELETE /documents/{id}": Job(_QUEUED.id, "remove", "queued", Progress(0, 0), None, None, _QUEUED.created, None),
    "POST /index": _QUEUED,
    "GET /jobs": JobsPage(1, None, (_DONE,)),
    "GET /jobs/{id}": _DONE,
    "DELETE /jobs/{id}": _CANCELLED,
    "GET /corrections": {"total": 1, "corrections": [_CORRECTION]},
    "POST /corrections": _CORRECTION,
    "DELETE /corrections/{number}": _CORRECTION,
    "GET /alerts": {"total": 1, "alerts": [_ALERT]},
    "POST /alerts": _ALERT,
    "GET /alerts/{id}": _ALERT,
    "POST /alerts/{id}/check": AlertReport(_ALERT, _GENERATION, (_STATEMENT,)),
    "GET /keys": {"total": 1, "keys": [_KEY]},
    "POST /keys": NewKey(_KEY.id, _KEY.name, _KEY.scope, _KEY.created, "quoth_Zk3…"),
    "GET /healthz": {"ok": True},
    "GET /readyz": {"ready": True, "generation": _GENERATION},
}
"""What a route answers when all is well, as JSON; what answers something else says so itself."""

BODIES: Mapping[str, Any] = {
    "POST /search": {"query": "bridge promise", "k": 5, "after": "2024-05-01", "meta": {"desk": "city"}},
    "POST /ask": {"query": QUESTION},
    "POST /index": {"prune": True},
    "POST /corrections": {"kind": "merge", "subject": "Ana Ruiz", "object": "Ana M. Ruiz"},
    "POST /alerts": {"question": "Ana Ruiz on the bridge"},
    "POST /keys": {"name": "newsroom", "scope": "read"},
}

FORM_BODY: Mapping[str, Any] = {
    "files": [_TEXT],
    "title": _REF.title,
    "published": _REF.published,
    "source": _REF.source,
}
"""A form of `POST /documents`, as a description holds it: of a file what is in it, its name being said beside it."""

PARAMETERS: Mapping[str, Any] = {
    "q": QUESTION,
    "about": "the bridge",
    "source": "Courier",
    "title": "bridge",
    "after": "2024-05-01",
    "before": "2024-12-31",
    "speaker": "Ana Ruiz",
    "meta.FIELD": "city",
}
"""By name; ids are those of what `RESPONSES` shows."""

IDS: Mapping[str, Any] = {
    "/documents": _REF.id,
    "/jobs": _QUEUED.id,
    "/alerts": _ALERT.id,
    "/keys": _KEY.id,
    "/corrections": _CORRECTION.number,
}


def response_example(route: str) -> Any:
    """The example of a route such as `GET /search`, as JSON holds it; None where there is none."""
    return to_json_value(RESPONSES[route]) if route in RESPONSES else None
