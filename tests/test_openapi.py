"""The API's description: every route has examples that are true to their schema, and names its failures."""

import io
import re
from typing import Any

import msgspec
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from index.settings import IndexSettings
from search.settings import Settings
from search.types import Query
from search.web import bodies, examples
from search.web.app import create_app
from search.web.upload_files import FormFile, to_files
from search.web.uploads import to_lines
from tests.fake_engine import FakeEngine
from tests.web_client import BASE

Operation = tuple[str, str, dict[str, Any]]


def described(*, needs_key: bool = False) -> tuple[dict[str, Any], list[Operation]]:
    """The description, and its operations."""
    app = create_app(FakeEngine(), Settings(api_key="s3cret" if needs_key else None))
    description = app.openapi()
    found = [(m.upper(), path, one) for path, known in description["paths"].items() for m, one in known.items()]
    return description, found


def test_every_route_has_an_example_of_its_answer_and_body() -> None:
    """But those that answer nothing."""
    for method, path, operation in described()[1]:
        for status, response in operation["responses"].items():
            for media, content in response.get("content", {}).items():
                if status.startswith("2"):
                    assert "example" in content, (method, path, status, media)
        body = operation.get("requestBody", {}).get("content", {})
        assert all("example" in content for content in body.values()), (method, path)
        for parameter in operation.get("parameters", []):
            is_told = "default" in parameter["schema"] or "enum" in str(parameter["schema"])
            needs_one = parameter["in"] == "path" or parameter.get("required") or not is_told
            assert not needs_one or "example" in parameter or parameter["name"] in ("cursor", *schemas_of_text())


def schemas_of_text() -> tuple[str, ...]:
    """Parameters of a plain text, which explain themselves."""
    return ("author", "id", "published", "url")


def test_examples_are_of_the_shape_that_is_sent() -> None:
    """Each is what the route's model says, no field more or less, and its offsets are right."""
    for route, example in examples.RESPONSES.items():
        shown = examples.response_example(route)
        if not isinstance(example, dict):
            assert TypeAdapter(type(example)).validate_python(shown) == example
    for found in (examples._PASSAGE, examples._STATEMENT, examples._CITATION):
        assert examples._TEXT[found.start : found.end] == found.text
    statement = examples._STATEMENT
    assert examples._TEXT[statement.cue_start : statement.cue_end] == statement.cue
    (start, end), passage = examples._PASSAGE.highlights[0], examples._PASSAGE
    assert passage.text[start:end] == "promise"


def test_examples_of_bodies_are_taken() -> None:
    """By the very models and checks that take what clients send."""
    client = TestClient(create_app(FakeEngine(), Settings()), base_url=BASE)
    for path in ("/search", "/ask"):
        assert client.post(path, json=examples.BODIES[f"POST {path}"]).status_code == 200
    bodies.IndexBody.model_validate(examples.BODIES["POST /index"])
    bodies.CorrectionBody.model_validate(examples.BODIES["POST /corrections"])
    bodies.AlertBody.model_validate(examples.BODIES["POST /alerts"])
    bodies.KeyBody.model_validate(examples.BODIES["POST /keys"])
    (upload,) = [one for method, path, one in described()[1] if (method, path) == ("POST", "/documents")]
    record = upload["requestBody"]["content"]["application/json"]["example"]
    assert to_lines(msgspec.json.encode(record), "application/json", {}, IndexSettings())
    form = upload["requestBody"]["content"]["multipart/form-data"]["example"]
    bodies.FilesBody.model_validate(form)
    files = [FormFile("bridge.txt", len(text.encode()), io.BytesIO(text.encode())) for text in form["files"]]
    (sent,) = to_files(files, [field for field in form.items() if field[0] != "files"], IndexSettings())
    assert sent.said == {name: said for name, said in form.items() if name != "files"}


@pytest.mark.parametrize("needs_key", [True, False])
def test_every_route_names_its_failures(needs_key: bool) -> None:
    """As problem objects; what needs no key can't be 401, what takes no body can't be 413."""
    description, operations = described(needs_key=needs_key)
    named = {f"{method} {path}": set(one["responses"]) for method, path, one in operations}
    assert named["GET /healthz"] == {"200", "403", "default"}
    assert named["GET /readyz"] == {"200", "403", "503", "default"}
    assert {"410", "422"} <= named["GET /statements"]
    assert {"400", "408", "413", "415", "422", "507"} <= named["POST /documents"]
    assert {"304", "404"} <= named["GET /documents/{id}"]
    for method, path, operation in operations:
        assert ("401" in operation["responses"]) == ("security" in operation)
        assert ("413" in operation["responses"]) == ("requestBody" in operation), (method, path)
        for status, response in operation["responses"].items():
            if "$ref" in response:
                shared = description["components"]["responses"][response["$ref"].rpartition("/")[2]]
                example = shared["content"]["application/problem+json"]["example"]
                assert str(example["status"]) == status
                bodies.ProblemBody.model_validate(example)


def test_names_of_operations_are_fit_for_generated_clients() -> None:
    """Each once, and plain."""
    names = [one["operationId"] for _, _, one in described()[1]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"(get|post|delete)_[a-z]+", name) for name in names)


def test_the_page_of_the_description_shows_examples(client: TestClient) -> None:
    """Failures that routes share are described there, too."""
    shown = client.get("/docs").text
    assert (
        "No key, or an unknown one"
        in TestClient(create_app(FakeEngine(), Settings(api_key="s3cret")), base_url=BASE).get("/docs").text
    )
    assert "-F files=@report.pdf" in shown
    assert "We kept our promise" in shown


def test_fields_of_metadata_have_names() -> None:
    """As the description says, so that a client's own checks refuse what the server would."""
    meta = described()[0]["components"]["schemas"]["SearchBody"]["properties"]["meta"]
    assert meta["propertyNames"] == {"minLength": 1}


def test_json_bodies_are_read_strictly(client: TestClient, engine: FakeEngine) -> None:
    """What only looks like a number or a boolean is refused; to JSON, 3.0 is a whole number."""
    for wrong in ({"k": "5"}, {"k": True}, {"k": 2.5}, {"collapse": 0}, {"collapse": "no"}, {"source": 3}):
        assert client.post("/search", json={"query": "bridge", **wrong}).status_code == 422, wrong
    assert client.post("/search", json={"query": "bridge", "k": 3.0}).status_code == 200
    assert engine.asked == [Query("bridge", 3)]
