"""What JSON from a service is taken for: objects, texts, years, identifiers; nothing is assumed.

Services leave fields out, write null for none, and change a type without notice. What is not of the
expected shape inside an answer is left out; an answer that is no answer at all raises SourceError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from papergraph.errors import IdentifierError, SourceError
from papergraph.identifiers import Identifier
from papergraph.models import CitationCount, PaperRecord
from papergraph.sources.cleaning import clean_name
from papergraph.sources.source import Reply

Object = Mapping[str, Any]
_FIRST_YEAR, _LAST_YEAR = 1500, 2100


def expect_object(data: Any, source: str, *keys: str) -> Object:
    """Return an answer that is a JSON object with one of `keys` (any object when none are given).

    Raises SourceError when it is something else; the message shows the beginning.
    """
    if isinstance(data, dict) and (not keys or any(key in data for key in keys)):
        return data
    wanted = f"an object with {' or '.join(map(repr, keys))}" if keys else "an object"
    raise SourceError(
        f"{source} answered {str(data)[:80]!r} where {wanted} was expected;"
        " the service may have changed, report this"
    )


def objects(value: Any) -> Iterator[Object]:
    """Walk the objects of a list; one object alone counts as a list of one, all else as none."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def inner(value: Any, *path: str) -> Any:
    """Follow keys into nested objects; None when the way ends early."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_of(value: Any) -> str:
    """Return a text without blanks around it; "" for all else, and for the words null and None."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str) and item.strip()), "")
    return value.strip() if isinstance(value, str) and value not in {"null", "None"} else ""


def number_of(value: Any) -> int | None:
    """Return a whole number that is not negative; a text of figures counts."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and value >= 0 else None


def year_of(value: Any) -> int | None:
    """Read a year from a number or from the beginning of a date.

    >>> year_of(2015), year_of("2015-12-10"), year_of("12 Dec"), year_of(20151210)
    (2015, 2015, None, None)
    """
    year = number_of(value[:4] if isinstance(value, str) else value)
    return year if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR else None


def month_of(value: Any) -> str | None:
    """Read "YYYY-MM" from the beginning of a date; None when it has no month.

    >>> month_of("2015-12-10T00:00:00Z"), month_of("2015/12/10"), month_of("2015")
    ('2015-12', '2015-12', None)
    """
    if not isinstance(value, str) or year_of(value) is None or value[4:5] not in {"-", "/"}:
        return None
    month = number_of(value[5:7])
    return f"{value[:4]}-{month:02}" if month and 1 <= month <= 12 else None


def month_of_parts(value: Any) -> str | None:
    """Read "YYYY-MM" from {"date-parts": [[2015, 12, 10]]}; None when it has no month."""
    year, month = (*_date_parts(value), None, None)[:2]
    if year_of(year) is None or not number_of(month) or not 1 <= int(month) <= 12:
        return None
    return f"{int(year)}-{int(month):02}"


def year_of_parts(value: Any) -> int | None:
    """Read the year from {"date-parts": [[2015]]}."""
    return year_of(next(iter(_date_parts(value)), None))


def _date_parts(value: Any) -> list[Any]:
    parts = inner(value, "date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    return first if isinstance(first, list) else []


def people_of(value: Any) -> tuple[str, ...]:
    """Write the people of a list of {"given", "family"} or {"name"} or {"literal"}, in order."""
    names = []
    for person in objects(value):
        parts = (text_of(person.get("given")), text_of(person.get("family")))
        whole = text_of(person.get("name")) or text_of(person.get("literal"))
        names.append(clean_name(" ".join(filter(None, parts)) or whole))
    return tuple(name for name in names if name)


def name_identifiers(*named: tuple[str, Any]) -> tuple[str, ...]:
    """Write (scheme, value) pairs as identifiers; what is empty or none of its scheme is left out.

    >>> name_identifiers(("doi", "10.48550/arXiv.1512.03385"), ("doi", None), ("s2", "x"))
    ('arxiv:1512.03385',)
    """
    found: dict[str, None] = {}
    for scheme, value in named:
        text = str(value).strip() if isinstance(value, str | int) else ""
        if text:
            try:
                found[str(Identifier.parse(f"{scheme}:{text}"))] = None
            except IdentifierError:
                continue
    return tuple(found)


def doi_of(identifier: str) -> str | None:
    """Give the DOI that an identifier stands for: its own, or arXiv's; None for other schemes."""
    scheme, _, value = identifier.partition(":")
    if scheme == "arxiv":
        return f"10.48550/arxiv.{value}"
    return value if scheme == "doi" else None


def count_of(value: Any, source: str, reply_date: str) -> CitationCount | None:
    """How often a service says that a paper is cited, as of the day of its answer."""
    count = number_of(value)
    if count is None or not reply_date:
        return None
    return CitationCount(count=count, source=source, date=reply_date[:10])


def stub(source: str, identifiers: tuple[str, ...], title: str = "") -> PaperRecord | None:
    """Make a record of a paper known by name only; None when nothing names it."""
    if not title and not identifiers:
        return None
    return PaperRecord(
        title=title or identifiers[0], source=source, identifiers=identifiers, kind="stub"
    )


def chunks(values: Iterable[str], size: int) -> Iterator[list[str]]:
    """Cut a series without repetitions into lists of at most `size`."""
    row = list(dict.fromkeys(values))
    yield from (row[start : start + size] for start in range(0, len(row), size))


def is_missing(reply: Reply) -> bool:
    """Did the service say that it does not know the paper?"""
    return reply.status in {404, 410}
