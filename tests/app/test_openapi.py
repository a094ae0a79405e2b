"""The OpenAPI document tells the truth: every route, example and limit; nothing is a 500."""

from __future__ import annotations

import re
from urllib.parse import quote

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papergraph.app.openapi import openapi_document

from .conftest import NEAR, OPEN, REVIEW

REVIEWS = {"three.md": REVIEW, "weekly.md": OPEN, "near.md": NEAR}
TEXTS = st.one_of(
    st.sampled_from(
        ["ResNet", "p1", "p0", "arxiv:1512.03385", "doi:10.1/x", "https://a.b/c", "r1", "m1", "d1"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=5,
)


@pytest.fixture
def document(app):
    """The document of an application."""
    return openapi_document(app)


@pytest.fixture
def full(client):
    """A browser over a library with reviews, open questions, a correction and a job."""
    for origin, text in REVIEWS.items():
        assert (
            client.post("/api/v1/reviews", json={"text": text, "origin": origin}).status_code == 200
        )
    assert client.patch("/api/v1/papers/ResNet", json={"year": 2014}).status_code == 200
    jobs = client.application.extensions["papergraph"].library.jobs
    jobs.add("example", "ingest", {"uploads": [], "url": None}, "2026-01-31T12:00:00Z")
    jobs.put("example", "done", (), now="2026-01-31T12:00:00Z", result={"reviews": []})
    return client


def operations(document):
    """Every operation: address, method, and what is said of it."""
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def ask(client, path, method, given, body):
    """Send a request whose parameters stand where the document says."""
    for name, value in given["path"].items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=":/"))
    return client.open(
        f"/api/v1{path}", method=method.upper(), query_string=given["query"], json=body
    )


def examples(operation):
    """The documented example of every parameter, and of the body."""
    given = {"path": {}, "query": {}}
    for parameter in operation.get("parameters", ()):
        if "example" in parameter:
            given[parameter["in"]][parameter["name"]] = parameter["example"]
    content = operation.get("requestBody", {"content": {}})["content"]
    return given, content.get("application/json", {}).get("example")


def closed(schema):
    """The same schema, taking no key that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(part) for key, part in schema.items()}
    if isinstance(found.get("properties"), dict) and found.get("type") == "object":
        found["additionalProperties"] = False
    return found


def check(document, operation, answer):
    """Hold an answer against its schema."""
    content = operation["responses"][str(answer.status_code)]["content"]
    assert answer.mimetype in content
    if answer.mimetype == "application/json" and "schema" in content[answer.mimetype]:
        schema = closed(content[answer.mimetype]["schema"])
        schema["components"] = closed(document["components"])
        if schema.get("type") != "string":
            jsonschema.validate(answer.get_json(), schema)


def test_every_route_of_the_api_is_in_the_document(app, document):
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert routes == {(f"/api/v1{path}", method) for path, method, _ in operations(document)}


def test_a_route_that_is_not_described_is_noticed(app):
    app.add_url_rule("/api/v1/secret", "secret", lambda: "x")

    with pytest.raises(LookupError, match="/api/v1/secret"):
        openapi_document(app)


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/openapi.json"])
def test_the_document_is_served(client, document, address):
    assert client.get(address).get_json() == document


def test_every_operation_has_its_own_id_and_says_what_it_does(document):
    found = operations(document)

    assert len({operation["operationId"] for _, _, operation in found}) == len(found)
    assert all(operation["summary"].endswith(".") for _, _, operation in found)


def test_every_schema_is_one(document):
    schemas = document["components"]["schemas"]

    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert schemas["Paper"]["properties"]["year"] == {"type": ["integer", "null"]}
    assert {"Paper", "Evidence", "Hit", "ReadingPath", "Lineage", "Mention"} <= schemas.keys()


def test_every_example_works_and_its_answer_keeps_to_the_schema(full, document):
    for path, method, operation in operations(document):
        given, body = examples(operation)
        answer = ask(full, path, method, given, body)

        assert answer.status_code in (200, 202), f"{method} {path}: {answer.text[:300]}"
        check(document, operation, answer)


def test_what_is_required_is_missed_when_left_out(full, document):
    for path, method, operation in operations(document):
        given, body = examples(operation)
        content = operation.get("requestBody", {"content": {}})["content"]
        schema = content.get("application/json", {}).get("schema", {"required": []})
        needed = [p["name"] for p in operation.get("parameters", ()) if p["required"]]
        for name in {*needed, *schema["required"]} - given["path"].keys():
            query = {key: value for key, value in given["query"].items() if key != name}
            less = {key: value for key, value in (body or {}).items() if key != name}
            answer = ask(full, path, method, given | {"query": query}, less if body else None)

            assert answer.status_code == 400, f"{method} {path} without {name}"


def test_limits_and_choices_of_parameters_hold(full, document):
    tried = 0
    for path, method, operation in operations(document):
        given, body = examples(operation)
        for parameter in operation.get("parameters", ()):
            schema = parameter["schema"]
            bad = "no such choice" if "enum" in schema else schema.get("maximum", -1) + 1
            if parameter["in"] == "query" and ("enum" in schema or "maximum" in schema):
                query = given["query"] | {parameter["name"]: bad}
                answer = ask(full, path, method, given | {"query": query}, body)
                tried += 1

                assert answer.status_code == 400, f"{method} {path} {parameter['name']}={bad}"
    assert tried > 10


def values(schema):
    """Values of a parameter: most that it takes, some that it does not."""
    if schema.get("type") == "array":
        return st.lists(values(schema["items"]), min_size=1, max_size=3)
    if "enum" in schema:
        return st.one_of(st.sampled_from(schema["enum"]), TEXTS)
    if schema.get("type") in ("integer", "number"):
        return st.one_of(st.integers(-2, 60), st.integers(), st.just("many"))
    return TEXTS


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_request_the_document_allows_or_forbids_is_a_500(full, document, data):
    path, method, operation = data.draw(st.sampled_from(operations(document)))
    sent = {"path": {}, "query": {}}
    for parameter in operation.get("parameters", ()):
        if parameter["required"] or data.draw(st.booleans()):
            found = data.draw(values(parameter["schema"]))
            sent[parameter["in"]][parameter["name"]] = found
    body = None
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        keys = {
            name: st.one_of(values(part), ANYTHING) for name, part in schema["properties"].items()
        }
        whole = st.fixed_dictionaries({}, optional=keys)
        body = data.draw(st.one_of(whole, whole, whole, ANYTHING))
        if isinstance(body, dict):
            body.pop("url", None)  # the network is off

    answer = ask(full, path, method, sent, body)

    assert answer.status_code < 500 or answer.status_code == 503, answer.text[:300]
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"


def test_an_answer_that_did_not_change_is_not_sent_again(client):
    for address in ("/api/v1/papers/ResNet", "/api/v1/search?q=detection&mode=words"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_an_answer_that_changed_is_sent_again(client):
    before = client.get("/api/v1/papers/ResNet").headers["ETag"]
    client.post("/api/v1/papers/ResNet/state", json={"state": "known"})
    after = client.get("/api/v1/papers/ResNet", headers={"If-None-Match": before})

    assert after.status_code == 200
    assert after.get_json()["state"] == "known"


def test_a_long_list_comes_in_parts_whose_links_lead_on(full):
    found, address = [], "/api/v1/reviews?limit=2"
    while address:
        answer = full.get(address)
        found.append([review["origin"] for review in answer.get_json()["reviews"]])
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        address = link[1] if link else None

    assert found == [["near.md", "weekly.md"], ["three.md"]]


def test_a_cursor_that_is_gone_is_a_problem_with_a_way_out(full):
    answer = full.get("/api/v1/reviews?cursor=r99")

    assert answer.status_code == 400
    assert "begin again" in answer.get_json()["detail"]
