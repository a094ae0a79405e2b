"""The form in which a reader corrects a paper: its fields as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from papergraph.edit import EDITABLE
from papergraph.models import PAPER_KINDS, PaperDetail

_LABELS = {
    "published": "First published (YYYY-MM)",
    "url": "Page",
    "pdf": "PDF: an address, or a file of yours",
    "code": "Code",
}
_ROWS = {"authors": 4, "identifiers": 3, "nicknames": 3, "tags": 2, "summary": 3, "abstract": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of the form; several `rows` make it a text area."""

    name: str
    label: str
    value: str
    rows: int = 1
    choices: tuple[str, ...] = ()


def form_fields(detail: PaperDetail) -> tuple[FormField, ...]:
    """The fields of a paper that can be corrected."""
    values = detail.as_json()
    return tuple(
        FormField(
            name=name,
            label=_LABELS.get(name, name.capitalize()),
            value=field_words(values[name]),
            rows=_ROWS.get(name, 1),
            choices=PAPER_KINDS if name == "kind" else (),
        )
        for name in EDITABLE
    )


def changed_fields(detail: PaperDetail, given: Mapping[str, str]) -> dict[str, str]:
    """What of a form differs from what is shown; line ends and spaces at the ends do not count."""
    shown = {field.name: field.value for field in form_fields(detail)}
    plain = {name: text.replace("\r\n", "\n").strip() for name, text in given.items()}
    return {name: text for name, text in plain.items() if text != shown.get(name, "").strip()}


def field_words(value: Any) -> str:
    """A value as the form shows it, one entry of a list a line.

    >>> field_words(None), field_words(2016)
    ('', '2016')
    """
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)
