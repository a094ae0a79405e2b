"""JSON schemas of what the API answers, read off the types of the answers themselves.

A shape is a type of `papergraph.models`, a plain type, `[shape]` for a list, `(shape, shape)` for
one of several, or `{key: shape}` for an object that has no type of its own. Every key
of an object is always there, null when unknown.
"""

from __future__ import annotations

import inspect
import types
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from papergraph.ingest import OpenQuestion
from papergraph.models import (
    PAPER_KINDS,
    READING_STATES,
    GraphEdge,
    GraphNode,
    GraphPiece,
    IngestReport,
    Lineage,
    LineageBranch,
    Mention,
    NeighbourEdge,
    Paper,
    PaperDetail,
    ReadingPath,
    RelationReport,
    Repair,
    SearchAnswer,
    Step,
)
from papergraph.reading import PrerequisiteDecision

Schema = dict[str, Any]
Shape = Any

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    dict: {"type": "object"},
}
# where an answer names a key differently than its type does
_RENAMED: dict[tuple[type, str], str] = {
    (Step, "needed_by"): "for",
    (Lineage, "start"): "from",
    (LineageBranch, "origin"): "from",
    (RelationReport, "later"): "from",
    (RelationReport, "earlier"): "to",
    (PrerequisiteDecision, "later"): "from",
    (PrerequisiteDecision, "earlier"): "to",
    (NeighbourEdge, "one"): "from",
    (NeighbourEdge, "other"): "to",
}
_LEFT_OUT = {(OpenQuestion, "needs_title"), (SearchAnswer, "has_more")}
_CHOICES: dict[tuple[type, str], tuple[str, ...]] = {
    (Paper, "kind"): PAPER_KINDS,
    (Paper, "state"): READING_STATES,
    (Paper, "references_known"): ("complete", "partial", "none"),
    (Mention, "status"): ("matched", "new", "stub", "unsure"),
    (Mention, "role"): ("about", "listed", "linked", "named"),
}
# shapes of keys whose types say too little
_OWN: dict[tuple[type, str], Shape] = {
    (ReadingPath, "left_out"): [{"paper": Paper, "reason": str}],
    (Mention, "candidates"): [{"paper": Paper, "score": float}],
}
REVIEW_CARD: Shape = {
    "id": str,
    "origin": str,
    "title": str | None,
    "author": str | None,
    "format": str,
    "language": str | None,
    "written_on": str | None,
    "ingested_at": str,
    "papers": int,
}
_WHOLE: dict[type, Shape] = {
    IngestReport: {
        "review": {
            "id": str | None,
            "origin": str,
            "title": str | None,
            "format": str,
            "language": str | None,
            "changed": bool,
        },
        "repairs": [Repair],
        "mentions": [Mention],
        "relations": [RelationReport],
        "counts": dict,
        "marked": dict,
        "warnings": [str],
    },
    GraphPiece: {
        "directed": bool,
        "multigraph": bool,
        "graph": {"around": str | None, "papers": int},
        "nodes": [GraphNode],
        "edges": [GraphEdge],
    },
}
_MERGED: dict[type, tuple[type, str]] = {PaperDetail: (Paper, "paper")}


class Schemas:
    """Makes schemas; those of types are kept once, under their names."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, shape: Shape) -> Schema:
        """The schema of a shape; a type of the models is referred to by its name."""
        match shape:
            case dict():
                found = self._object({key: self.of(value) for key, value in shape.items()})
            case list():
                found = {"type": "array", "items": self.of(shape[0])}
            case tuple():
                found = self._either([self.of(part) for part in shape])
            case type() if is_dataclass(shape):
                found = self._named(shape)
            case _:
                found = dict(_PLAIN[shape]) if shape in _PLAIN else self._of_hint(shape)
        return found

    def _of_hint(self, hint: Shape) -> Schema:
        origin: Any = get_origin(hint)
        inside = get_args(hint)
        if origin is tuple:
            return {"type": "array", "items": self.of(inside[0])}
        if origin is dict:
            return {"type": "object"}
        if origin in (Union, types.UnionType):
            return self._either([self.of(part) for part in inside])
        raise TypeError(f"no schema is known for {hint!r}")

    def _either(self, parts: list[Schema]) -> Schema:
        if all(set(part) == {"type"} for part in parts):
            return {"type": [part["type"] for part in parts]}
        return {"anyOf": parts}

    def _named(self, model: type) -> Schema:
        if model.__name__ not in self.named:
            self.named[model.__name__] = {}  # it may hold itself
            about = (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")
            whole = self._whole(model)
            self.named[model.__name__] = {"description": about} | whole
        return {"$ref": f"#/components/schemas/{model.__name__}"}

    def _whole(self, model: type) -> Schema:
        if model in _WHOLE:
            return self.of(_WHOLE[model])
        hints = get_type_hints(model)
        keys: dict[str, Schema] = {}
        for item in fields(model):
            place = (model, item.name)
            if place in _LEFT_OUT:
                continue
            if _MERGED.get(model, (None, ""))[1] == item.name:
                keys |= self._whole(_MERGED[model][0])["properties"]
                continue
            shape = _OWN.get(place, hints[item.name])
            found = self.of(shape)
            if place in _CHOICES:
                found["enum"] = [*_CHOICES[place], *([None] if "null" in found["type"] else [])]
            keys[_RENAMED.get(place, item.name)] = found
        return self._object(keys)

    def _object(self, keys: dict[str, Schema]) -> Schema:
        return {"type": "object", "required": list(keys), "properties": keys}


PROBLEM: Schema = {
    "description": "An error (RFC 9457), with the message of the command line.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "nearest": {"type": "array", "items": {"type": "string"}},
    },
}
