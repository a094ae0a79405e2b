"""The OpenAPI 3.1 document of the JSON API, made from the routes and what is said beside them."""

from __future__ import annotations

import inspect
import re
from typing import Any

from flask import Blueprint, Flask, Response, current_app

from papergraph import __version__
from papergraph.app.answers import json_answer
from papergraph.app.describing import Given, Operation, describe, operation_of
from papergraph.app.schemas import PROBLEM, Schema, Schemas

PREFIX = "/api/v1"
_PROBLEM_ANSWER = {"$ref": "#/components/responses/Problem"}

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
@describe(Operation(answer=dict))
def document() -> Response:
    """Describe the API: this document."""
    return json_answer(openapi_document(current_app))


def openapi_document(app: Flask) -> dict[str, Any]:
    """Describe every route under /api/v1.

    Raises LookupError when nothing is said beside the code of a route.
    """
    schemas = Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if not rule.rule.startswith(f"{PREFIX}/"):
            continue
        view = app.view_functions[rule.endpoint]
        address = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(PREFIX))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            operation = operation_of(view, method)
            if operation is None:
                raise LookupError(f"{method} {rule.rule} is not described; use @describe")
            found = _operation(operation, schemas, method)
            about = inspect.cleandoc(view.__doc__ or "").partition("\n\n")
            found |= {"operationId": f"{rule.endpoint.rpartition('.')[2]}_{method.lower()}"}
            found |= {"summary": about[0].replace("\n", " ")}
            if about[2]:
                found["description"] = about[2]
            paths.setdefault(address, {})[method.lower()] = found
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "papergraph",
            "version": __version__,
            "description": "Search papers, see who says what of them, and plan what to read."
            " A reference may be given with its slashes and colons as they are.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": _components(schemas),
    }


def _components(schemas: Schemas) -> dict[str, Any]:
    return {
        "schemas": {**dict(sorted(schemas.named.items())), "Problem": PROBLEM},
        "responses": {
            "Problem": {
                "description": "What went wrong, and what to do.",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            }
        },
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "Needed where PAPERGRAPH_TOKEN is set; else this machine may write.",
            }
        },
    }


def _operation(operation: Operation, schemas: Schemas, method: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    places = [("path", item) for item in operation.path]
    places += [("query", item) for item in operation.query if method == "GET"]
    if places:
        found["parameters"] = [_parameter(place, item) for place, item in places]
    body = operation.body or (operation.query if method != "GET" else ())
    if body:
        found["requestBody"] = _body(operation, body)
    found["responses"] = {
        str(operation.status): _answer(operation, schemas),
        "4XX": _PROBLEM_ANSWER,
        "5XX": _PROBLEM_ANSWER,
    }
    if operation.later is not None:
        found["responses"]["202"] = {
            "description": "It is done by a job; the header Location leads to it.",
            "headers": {"Location": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": schemas.of(operation.later)}},
        }
    if operation.writes:
        found["security"] = [{}, {"token": []}]
    return found


def _answer(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    shape = schemas.of(operation.answer) if operation.answer is not None else None
    text: Schema = {"type": "string"}
    found: dict[str, Any] = {
        "description": "The answer.",
        "content": {
            media: {"schema": shape or ({} if media.endswith("json") else text)}
            for media in operation.media
        },
    }
    if operation.is_paged:
        about = "Where the next part is, as `rel=next`; not there at the end (RFC 8288)."
        found["headers"] = {"Link": {"description": about, "schema": text}}
    return found


def _parameter(place: str, item: Given) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": item.name,
        "in": place,
        "required": item.is_required or place == "path",
        "description": item.about,
        "schema": item.schema,
    }
    if item.example is not None:
        found["example"] = item.example
    return found


def _body(operation: Operation, given: tuple[Given, ...]) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": _object(given)}}
    if operation.example:
        content["application/json"]["example"] = dict(operation.example)
    if operation.form:
        content["multipart/form-data"] = {"schema": _object(operation.form)}
    return {"required": True, "content": content}


def _object(given: tuple[Given, ...]) -> Schema:
    return {
        "type": "object",
        "required": [item.name for item in given if item.is_required],
        "properties": {item.name: item.schema | {"description": item.about} for item in given},
    }
