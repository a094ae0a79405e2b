"""How a route of the API is described beside its code, for the OpenAPI document to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from papergraph.app.schemas import Schema, Shape

_View = TypeVar("_View", bound=Callable[..., Any])
_DESCRIBED = "papergraph_operations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One value a request may carry, in its address or in its JSON body.

    `many` says that it is a list: in an address the name is repeated. `anything` is for a value
    of several types, `null` for one that may be null.
    """

    name: str
    about: str
    type: str = "string"
    is_required: bool = False
    many: bool = False
    null: bool = False
    low: float | None = None
    high: float | None = None
    default: Any = None
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    example: Any = None

    @property
    def schema(self) -> Schema:
        """The JSON schema of the value."""
        found: Schema = {"type": [self.type, "null"] if self.null else self.type}
        if self.choices:
            found["enum"] = [*self.choices, *([None] if self.null else [])]
        if self.type == "string" and not self.choices:
            found |= {"pattern": self.pattern or r"\S"}
        limits = {"minimum": self.low, "maximum": self.high, "default": self.default}
        found |= {key: value for key, value in limits.items() if value is not None}
        return {"type": "array", "items": found} if self.many else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one route takes and answers; `form` is for files sent beside JSON.

    `answer` is a shape, or text of the media types in `media`. `is_paged` says that the header
    Link leads to what comes next. `status` is that of the usual answer;
    `later` is the shape of a 202, whose header Location names a job.
    """

    answer: Shape = None
    path: tuple[Given, ...] = ()
    query: tuple[Given, ...] = ()
    body: tuple[Given, ...] = ()
    form: tuple[Given, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    media: tuple[str, ...] = ("application/json",)
    writes: bool = False
    is_paged: bool = False
    status: int = 200
    later: Shape = None
    methods: tuple[str, ...] = ()


def describe(*operations: Operation) -> Callable[[_View], _View]:
    """Say what a view takes and answers; several when it does by method."""

    def remember(view: _View) -> _View:
        setattr(view, _DESCRIBED, operations)
        return view

    return remember


def operation_of(view: Callable[..., Any], method: str) -> Operation | None:
    """What was said of a view; None when nothing was."""
    found: tuple[Operation, ...] = getattr(view, _DESCRIBED, ())
    return next((item for item in found if not item.methods or method in item.methods), None)


def limit(high: int, default: int | None = None, about: str = "At most so many.") -> Given:
    """The number of things asked for."""
    return Given(name="limit", about=about, type="integer", low=1, high=high, default=default)


REFERENCE = Given(
    name="reference",
    about="Anything that names one paper: an id, an identifier, a URL, a nickname or a title.",
    is_required=True,
    example="ResNet",
)
CURSOR = Given(name="cursor", about="Where to go on; the header Link of an answer has it.")
