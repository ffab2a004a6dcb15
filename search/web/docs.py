"""The API's description as one plain HTML page: no script, and nothing from elsewhere."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlencode

FORM = "multipart/form-data"
_TYPES = {"array": "list", "integer": "whole number", "null": "null", "object": "object"}


def render_docs(description: dict[str, Any]) -> str:
    """Draw an OpenAPI description: its operations by tag, then its schemas."""
    operations = list(_operations(description))
    tags = list(dict.fromkeys(operation["tags"][0] for _, _, operation in operations))
    body = "".join(
        f"<h2 id='{escape(tag)}'>{escape(tag.capitalize())}</h2>"
        + "".join(_operation(*one) for one in operations if one[2]["tags"][0] == tag)
        for tag in tags
    )
    schemas = "".join(_schema(name, one) for name, one in sorted(description["components"]["schemas"].items()))
    title = escape(f"{description['info']['title']} {description['info']['version']}: HTTP API")
    links = " · ".join(f"<a href='#{escape(tag)}'>{escape(tag.capitalize())}</a>" for tag in [*tags, "schemas"])
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<link rel='icon' href='/page/icon.svg'><link rel='stylesheet' href='/page/style.css'></head>"
        f"<body class='docs'><main><h1>{title}</h1><p>{escape(description['info']['description'])}</p>"
        f"<p><a href='/'>The page</a> · <a href='/openapi.json'>openapi.json</a> · {links}</p>"
        f"{body}<h2 id='schemas'>Schemas</h2>{schemas}</main></body></html>"
    )


def _operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    shared = description["components"].get("responses", {})
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            responses = {
                status: shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
                for status, one in operation["responses"].items()
            }
            yield method.upper(), path, {**operation, "responses": responses}


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code></td><td>{_type(one['schema'])}</td>"
        f"<td>{'required' if one.get('required') else ''}</td><td>{escape(one.get('description', ''))}</td></tr>"
        for one in parameters
    )
    body = "".join(
        f"<p>Body, <code>{escape(media)}</code>: {_type(content['schema'])}</p>"
        for media, content in operation.get("requestBody", {}).get("content", {}).items()
    )
    responses = "".join(_response(status, one) for status, one in operation["responses"].items())
    return (
        f"<section class='operation'><h3><code><b>{method}</b> {escape(path)}</code> "
        f"{escape(operation.get('summary', ''))}</h3><p>{escape(operation.get('description', ''))}</p>"
        + (f"<table><tbody>{rows}</tbody></table>" if rows else "")
        + f"{body}<pre>{escape(_curl(method, path, operation))}</pre><ul>{responses}</ul></section>"
    )


def _response(status: str, response: dict[str, Any]) -> str:
    shown = " ".join(_type(one["schema"]) for one in response.get("content", {}).values() if one.get("schema"))
    examples = "".join(
        f"<details><summary>Example</summary><pre>{escape(_written(one['example']))}</pre></details>"
        for one in response.get("content", {}).values()
        if "example" in one and status.startswith("2")
    )
    return f"<li><b>{escape(status)}</b> {escape(response.get('description', ''))} {shown}{examples}</li>"


def _written(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)


def _curl(method: str, path: str, operation: dict[str, Any]) -> str:
    """A command line to try it with."""
    parameters = operation.get("parameters", [])
    url = "http://127.0.0.1:8765" + path
    for one in parameters:
        url = url.replace(f"{{{one['name']}}}", str(one.get("example", "ID")))
    if method == "DELETE":
        return f"curl -X DELETE {url}"
    if method == "POST":
        bodies = operation.get("requestBody", {}).get("content", {})
        if "application/json" not in bodies:
            return f"curl -X POST {url}"
        sent = json.dumps(bodies["application/json"]["example"], ensure_ascii=False)
        line = f"curl {url} -H 'Content-Type: application/json' -d '{sent}'"
        return f"{line}\ncurl {url} -F files=@report.pdf -F source=Courier" if FORM in bodies else line
    required = {one["name"]: one.get("example", "") for one in parameters if one["in"] == "query" and one["required"]}
    return f"curl '{url}?{urlencode(required)}'" if required else f"curl {url}"


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td>{_type(one)}</td>"
        f"<td>{'always' if field in required else ''}</td><td>{escape(one.get('description', ''))}</td></tr>"
        for field, one in schema.get("properties", {}).items()
    )
    return (
        f"<section class='operation' id='schema-{escape(name)}'><h3><code>{escape(name)}</code></h3>"
        f"<p>{escape(schema.get('description', ''))}</p><table><tbody>{rows}</tbody></table></section>"
    )


def _type(schema: dict[str, Any]) -> str:
    """A type in a few words, as HTML."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f"<a href='#schema-{name}'>{name}</a>"
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " or ".join(_type(one) for one in choices)
    if "enum" in schema or "const" in schema:
        return " | ".join(f"<code>{escape(str(one))}</code>" for one in schema.get("enum", [schema.get("const")]))
    kind = schema.get("type", "any")
    if kind == "array" and "items" in schema:
        return "list of " + _type(schema["items"])
    bounds = "".join(f" {sign} {schema[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in schema)
    default = f", default {json.dumps(schema['default'])}" if schema.get("default") not in (None, {}) else ""
    return escape(_TYPES.get(kind, kind) + bounds + default)
