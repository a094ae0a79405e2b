"""Papers as they are shown, read with one statement: the page of results waits for this."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from papergraph.library.database import Database
from papergraph.models import CitationCount, Paper, identifier_order, paper_id

_CARDS = """SELECT p.id, p.title, p.authors, p.year, p.published, p.venue, p.kind, p.url, p.summary,
 p.tags, p.references_known, p.citations_elsewhere,
 (SELECT {identifiers} FROM identifiers WHERE paper_id = p.id),
 (SELECT {names} FROM
   (SELECT name FROM nicknames WHERE paper_id = p.id ORDER BY place) named),
 (SELECT count(DISTINCT cited) FROM citations WHERE citing = p.id),
 (SELECT count(DISTINCT citing) FROM citations WHERE cited = p.id),
 (SELECT state FROM reading_states WHERE reader = ? AND paper_id = p.id)
 FROM papers p WHERE {wanted}"""


_QUOTES_OF_ONE = 2  # in a list of one text


def read_cards(database: Database, numbers: Sequence[int], reader: str) -> dict[int, Paper]:
    """Read papers as shown to a reader, in the order given; unknown numbers are left out."""
    sql = _CARDS.format(
        identifiers=database.collected("identifier"),
        names=database.collected("name"),
        wanted=database.among("p.id"),
    )
    rows = database.read(sql, (reader, json.dumps(list(numbers))))
    found = {int(row[0]): _card(row) for row in rows}
    return {number: found[number] for number in numbers if number in found}


def _card(row: Sequence[Any]) -> Paper:
    elsewhere = json.loads(row[11]) if row[11] else None
    return Paper(
        id=paper_id(row[0]),
        title=row[1],
        authors=_texts(row[2]),
        year=row[3],
        published=row[4],
        venue=row[5],
        kind=row[6],
        url=row[7],
        summary=row[8],
        tags=_texts(row[9]),
        references_known=row[10],
        citations_elsewhere=CitationCount(**elsewhere) if elsewhere else None,
        identifiers=tuple(sorted(_texts(row[12]), key=identifier_order)),
        nicknames=_texts(row[13]),
        references_here=row[14],
        citations_here=row[15],
        state=row[16],
    )


def _texts(listed: str) -> tuple[str, ...]:
    """The texts of a JSON list, which is often empty or has one plain text."""
    if listed == "[]":
        return ()
    if listed.count('"') == _QUOTES_OF_ONE and "\\" not in listed:
        return (listed[2:-2],)
    return tuple(json.loads(listed))
