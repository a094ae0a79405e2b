"""The verb edit: the reader corrects a paper; the correction outranks every source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from papergraph.errors import IdentifierError, InputError
from papergraph.identifiers import Identifier
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.models import PAPER_KINDS, Paper, PaperRecord, PaperReference, merge_records

_LONGEST = {"title": 1_000, "summary": 5_000, "abstract": 20_000}
_LONGEST_OTHER = 2_000
_MOST_ENTRIES = 5_000
_FIRST_YEAR, _LAST_YEAR = 1000, 3000


def edit_paper(
    library: Library,
    reference: PaperReference,
    changes: Mapping[str, Any],
    *,
    now: str,
    reader: str = "me",
) -> Paper:
    """Change fields of a paper and return it as it is now.

    Parameters
    ----------
    changes
        Values by field, one of `EDITABLE`; None or an empty text says that nothing is known. Lists
        (authors, identifiers, nicknames, tags) may be given as one text, with line ends or
        semicolons between.

    Raises
    ------
    NotFoundError, AmbiguousError
        When the reference does not mean exactly one paper.
    InputError
        When a field cannot be edited or a value cannot be its value; nothing is changed then.
    """
    wanted = {field: _check(field, value) for field, value in changes.items()}
    if not wanted:
        raise InputError(f"nothing is to be changed; give one of {', '.join(EDITABLE)}")
    number = resolve_reference(reference, library.catalogue)
    _check_owner(library, number, wanted.get("identifiers") or ())
    with library.transaction():
        shown = _shown(library, number, reader, now)
        before = {field: _value(shown, field) for field in wanted}
        fresh = {field: value for field, value in wanted.items() if value != before[field]}
        if fresh:
            library.papers.edits.add(number, fresh, before=before, reader=reader, now=now)
            _refresh(library, number)
    return library.papers.get([number], reader)[number]


def undo_edit(library: Library, edit: str, *, now: str, reader: str = "me") -> Paper:
    """Take an edit (`e12`) back and return its paper as it is then.

    Raises InputError when the text is no id of an edit, NotFoundError when there is no such edit.
    """
    number = re.fullmatch(r"e([1-9][0-9]{0,17})", edit.strip())
    if number is None:
        raise InputError(f"{edit!r} is not the id of an edit; they look like 'e12'")
    with library.transaction():
        paper = library.papers.edits.undo(int(number[1]), now)
        _refresh(library, paper)
    return library.papers.get([paper], reader)[paper]


def undo_fields(
    library: Library,
    reference: PaperReference,
    fields: Sequence[str],
    *,
    now: str,
    reader: str = "me",
) -> Paper:
    """Take the edits of these fields of a paper back; without fields, of all."""
    number = resolve_reference(reference, library.catalogue)
    unknown = [field for field in fields if field not in EDITABLE]
    if unknown:
        raise InputError(f"no field {unknown[0]!r}; known are {', '.join(EDITABLE)}")
    with library.transaction():
        while found := [
            edit
            for edit in library.papers.edits.in_force(number)
            if not fields or edit.field in fields
        ]:
            for edit in found:
                library.papers.edits.undo(edit.id, now)
        _refresh(library, number)
    return library.papers.get([number], reader)[number]


def tag_papers(
    library: Library,
    references: Sequence[PaperReference],
    tag: str,
    *,
    now: str,
    remove: bool = False,
    reader: str = "me",
) -> tuple[Paper, ...]:
    """Give papers a tag, or take it from them, and return them; undoable like every edit.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper; nothing is changed then.
    InputError
        When the tag is empty, or holds a semicolon or a line end.
    """
    tags = _texts("tags", tag)
    if len(tags) != 1:
        raise InputError(f"the tag is {tag!r}; give one, without semicolons")
    numbers = [resolve_reference(reference, library.catalogue) for reference in references]
    for number, paper in library.papers.get(numbers, reader).items():
        rest = [item for item in paper.tags if item.casefold() != tags[0].casefold()]
        wanted = (
            rest if remove else list(paper.tags) if len(rest) < len(paper.tags) else rest + tags
        )
        edit_paper(library, f"p{number}", {"tags": wanted}, now=now, reader=reader)
    return tuple(library.papers.get(numbers, reader).values())


def _refresh(library: Library, number: int) -> None:
    library.papers.refresh([number])
    library.refresh_texts([number])
    library.touch_graph()


def _shown(library: Library, number: int, reader: str, now: str) -> PaperRecord:
    """What is shown of a paper; one that no source speaks of any more is kept as it is."""
    records = library.papers.records([number]).get(number)
    if not records:
        paper = library.papers.get([number])[number]
        kept = PaperRecord(
            title=paper.title,
            source=f"reader:{reader}",
            authors=paper.authors,
            year=paper.year,
            published=paper.published,
            venue=paper.venue,
            kind=paper.kind,
            url=paper.url,
            summary=paper.summary,
            identifiers=paper.identifiers,
            nicknames=paper.nicknames,
            tags=paper.tags,
        )
        library.papers.put_record(number, kept, now)
        records = [kept]
    return library.papers.edits.apply(number, merge_records(records))


def _value(shown: PaperRecord, field: str) -> Any:
    """A field as JSON has it."""
    value = getattr(shown, field)
    return list(value) if isinstance(value, tuple) else value


def _check(field: str, value: Any) -> Any:
    check = EDITABLE.get(field)
    if check is None:
        raise InputError(f"no field {field!r} to edit; known are {', '.join(EDITABLE)}")
    return check(field, value)


def _text(field: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise InputError(f"{field} is {value!r}; give a text, or nothing")
    is_long = field in ("abstract", "summary")
    text = (value or "").replace("\r\n", "\n").strip()
    text = text if is_long else " ".join(text.split())
    most = _LONGEST.get(field, _LONGEST_OTHER)
    if len(text) > most:
        raise InputError(f"{field} has {len(text):,} characters, the limit is {most:,}")
    return text or None


def _title(field: str, value: Any) -> str:
    text = _text(field, value)
    if text is None:
        raise InputError("the title is empty; a paper needs one")
    return text


def _address(field: str, value: Any) -> str | None:
    text = _text(field, value)
    if text and re.match(r"(?i)[a-z][a-z0-9+.-]*:", text) and not re.match(r"(?i)https?:", text):
        raise InputError(f"{field} is {text!r}; give an http address, or the path of a file")
    return text


def _year(field: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip()
    number = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
    if isinstance(value, bool) or not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise InputError(f"{field} is {value!r}; give a year of four figures, or nothing")
    return number


def _month(field: str, value: Any) -> str | None:
    text = _text(field, value)
    if text and not re.fullmatch(r"[1-2][0-9]{3}-(0[1-9]|1[0-2])", text):
        raise InputError(f"{field} is {text!r}; give YYYY-MM, or nothing")
    return text


def _kind(field: str, value: Any) -> str:
    if value not in PAPER_KINDS:
        raise InputError(f"no {field} {value!r}; known are {', '.join(PAPER_KINDS)}")
    return str(value)


def _texts(field: str, value: Any) -> list[str]:
    given = re.split(r"[;\n]", value) if isinstance(value, str) else value or []
    if not isinstance(given, Sequence) or not all(isinstance(item, str) for item in given):
        raise InputError(f"{field} is {value!r}; give a list of texts")
    found = list(dict.fromkeys(text for item in given if (text := _text(field, item))))
    if len(found) > _MOST_ENTRIES:
        raise InputError(f"{field} has {len(found)} entries; the limit is {_MOST_ENTRIES}")
    return found


def _identifiers(field: str, value: Any) -> list[str]:
    try:
        found = [str(Identifier.parse(text)) for text in _texts(field, value)]
    except IdentifierError as error:
        raise InputError(str(error)) from error
    return list(dict.fromkeys(found))


def _check_owner(library: Library, number: int, identifiers: Sequence[str]) -> None:
    for identifier, owner in library.papers.by_identifier(identifiers).items():
        if owner != number:
            title = library.papers.get([owner])[owner].title
            raise InputError(
                f"{identifier!r} is an identifier of p{owner} {title!r}; take it from there first"
            )


EDITABLE: dict[str, Callable[[str, Any], Any]] = {
    "title": _title,
    "authors": _texts,
    "year": _year,
    "published": _month,
    "venue": _text,
    "kind": _kind,
    "identifiers": _identifiers,
    "nicknames": _texts,
    "tags": _texts,
    "url": _address,
    "pdf": _address,
    "code": _address,
    "summary": _text,
    "abstract": _text,
}
"""The fields a reader may change, and how each is checked."""
