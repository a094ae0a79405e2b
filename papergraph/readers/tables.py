"""Titles without a link in tables that have a column for papers."""

from __future__ import annotations

import re

from papergraph.readers.cells import cells_of, year_in_row
from papergraph.readers.drafts import Draft
from papergraph.readers.entries import part_people
from papergraph.readers.people import find_authors
from papergraph.readers.reading import Reading
from papergraph.readers.titles import (
    capital_share,
    clean_entry_title,
    find_year,
    is_title_like,
    nickname_of,
)

TITLES = re.compile(
    r"(?:paper|title|publication|article|논문|论文|論文)s?(?: (?:name|title)s?)?|"
    r"titel|beitr[aä]ge?|publikation(?:en)?|veröffentlichung(?:en)?|papiers?|titres?|publications?|"
    r"art[ií]culos?|t[ií]tulos?|publicaci[oó]n(?:es)?|artigos?|articol[oi]|"
    r"文献|标题|題目|题目|タイトル|文献名|제목",
    re.IGNORECASE,
)
"""What stands at the head of a table's column of papers."""

_READINGS = re.compile(
    r"(?:(?:required|optional|assigned|suggested|recommended|main|further|background) )?readings?"
    r"(?: (?:list|material)s?)?|optional|required|literature|references?|"
    r"literatur|lektüren?|texte?|quellen?|lectures?|lecturas?|lettur[ae]|leituras?|bibliograf[ií]a|"
    r"bibliographie|参考文献|阅读材料|読むもの",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"authors?|people|저자|作者", re.IGNORECASE)
_DATED = re.compile(r"\s*[(\[][^()\[\]]*\b(?:19|20)\d\d[^()\[\]]*[)\]]\s*$")
_ASKED = re.compile(r"[?!]\s+[a-z]")  # "This or that? vote on Monday": seldom a title


def find_rows(reading: Reading) -> None:
    """Add titles of the papers' column of a table, from rows that name no paper yet."""
    for numbers in reading.tables:
        heads = [text for _, text in cells_of(reading.blocks[numbers[0]].text)]
        column = next((at for at, head in enumerate(heads) if TITLES.fullmatch(head)), None)
        readings = [at for at, head in enumerate(heads) if _READINGS.fullmatch(head)]
        if column is None:
            for number in numbers[1:] if readings else ():
                _read_readings(reading, number, readings)
            continue
        people = next((at for at, head in enumerate(heads) if _PEOPLE.fullmatch(head)), None)
        for number in numbers[1:]:
            if not reading.drafts.in_block(number):
                _read_row(reading, number, column, people)


def _read_row(reading: Reading, number: int, column: int, people: int | None) -> None:
    text = reading.blocks[number].text
    cells = cells_of(text)
    if column >= len(cells):
        return
    start, words = cells[column]
    title, named = part_people(_DATED.sub("", words))
    title = clean_entry_title(title)
    is_title = is_title_like(title, fewest_words=4) or nickname_of(title) is not None
    is_long = title[:1].isupper() and len(title.split()) > 5
    if not is_title or _ASKED.search(title) or not (is_long or capital_share(title) >= 0.5):
        return
    names = cells[people][1] if people is not None and people < len(cells) else ""
    reading.drafts.add(
        Draft(
            block=number,
            start=start,
            end=start + len(words),
            role="listed",
            title=title,
            nickname=nickname_of(title),
            year=find_year(words) or year_in_row(text),
            authors=named or (find_authors(f"{names} ", "") if names else ()),
            section=reading.home[number],
        )
    )


def _read_readings(reading: Reading, number: int, columns: list[int]) -> None:
    """Papers of a course's plan: a column of readings holds chapters and notes as well."""
    text = reading.blocks[number].text
    cells = cells_of(text)
    for start, words in (cells[at] for at in columns if at < len(cells)):
        taken = reading.drafts.in_block(number)
        if any(start <= one.start < start + len(words) for one in taken):
            continue
        title, people = part_people(_DATED.sub("", words))
        is_part = len(title) < 0.9 * len(words)
        title = clean_entry_title(title)
        is_told = bool(people) or (is_part and find_year(words) is not None)
        if is_told and is_title_like(title) and capital_share(title) >= 0.5:
            reading.drafts.add(
                Draft(
                    block=number,
                    start=start,
                    end=start + len(words),
                    role="listed",
                    title=title,
                    nickname=nickname_of(title),
                    year=find_year(words),
                    authors=people,
                    section=reading.home[number],
                )
            )
