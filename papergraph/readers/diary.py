"""Days that stand above what was done on them: as a heading, a bullet or a line of their own.

That of a daily note, a file called after its day, stands above all of it.
"""

from __future__ import annotations

import re

from papergraph.readers.days import DAY
from papergraph.readers.logged import WEEKDAY, begins_dated, opened_state
from papergraph.readers.reading import Reading
from papergraph.readers.sentences import sentence_at
from papergraph.readers.state_words import Told

_OTHER_TIME = re.compile(
    r"\b(?:yesterday|earlier|already|once|ago|gestern|neulich|schon|bereits|hier|déjà|ayer|ya|"
    r"last (?:night|week|weekend|month|year|spring|summer|autumn|fall|winter|semester|time)|"
    rf"(?:on|am|le|el) (?:{DAY})|"
    r"back (?:in|when|then)|(?:in|since|en|im|seit) (?:\w+ )?(?:19|20)\d\d)\b|昨天|어제|昨日|已经",
    re.IGNORECASE,
)
_DIARY = re.compile(
    rf"\W*(?:{WEEKDAY}|(?:daily )?(?:notes?|journal|log)|diary|tagebuch|journal de bord|diario|"
    r"日[记記志誌]|日报|일기)\W*",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(r"[^\W\d][,;–—-]?\s*$")  # a line whose words go on in the next


def day_above(reading: Reading, number: int) -> str | None:
    """The day under which a block stands, "" where it tells no year; None for none."""
    above = _day_of(reading, _parents(reading, number))
    return reading.page.day if above is None else above


def told_under_day(reading: Reading, number: int, place: tuple[int, int]) -> Told | None:
    """What an entry below a day tells of the paper at a place of it: "Read NeRF at last!".

    The day must stand right above it: what is below "To do" on that day is not done.
    """
    if not reading.has_days or reading.blocks[number].kind not in ("paragraph", "item"):
        return None
    text = reading.blocks[number].text
    low = min(sentence_at(text, place[0])[0], place[0])
    line, _ = reading.blocks[number].inline.line_span(place[0])
    if low < line and not _RUNS_ON.search(text, 0, line):
        low = line
    state = opened_state(text[low:], place[0] - low, place[1] - low)
    if state is None or not _is_below_day(reading, number):
        return None
    return Told(state=state, end=place[1])


def is_of_that_day(text: str, start: int, end: int) -> bool:
    """Say whether what is told at a place may be of the day above: no other time is spoken of."""
    low, high = sentence_at(text, start)
    if begins_dated(text):
        return False
    said = f"{text[low:start]} {text[end : max(high, end)]}"
    return _OTHER_TIME.search(said) is None


def _is_below_day(reading: Reading, number: int) -> bool:
    """Whether a day stands right above a block: in a daily note, nothing but its title does."""
    above = _parents(reading, number)[:1]
    is_first = not above or _DIARY.fullmatch(reading.blocks[above[0]].text)
    return _day_of(reading, above) is not None or bool(reading.page.day and is_first)


def _day_of(reading: Reading, parents: list[int]) -> str | None:
    return next((reading.days[one] for one in parents if one in reading.days), None)


def _parents(reading: Reading, number: int) -> list[int]:
    """What stands above a block, the nearest first: bullets, the lead of its list, headings."""
    blocks, found = reading.blocks, []
    headings = [reading.sections[one].heading for one in reading.headings_above(number)]
    headings = [heading for heading in headings if heading != number]
    level, above = blocks[number].level, number - 1
    if blocks[number].kind == "item":
        while above >= 0 and blocks[above].kind == "item":
            if blocks[above].level < level:
                level = blocks[above].level
                found.append(above)
            above -= 1
    if above >= 0 and blocks[above].kind == "paragraph" and _leads(reading, above):
        found.append(above)
    return [*found, *headings]


def _leads(reading: Reading, above: int) -> bool:
    """Whether a paragraph says what the next thing is: a day, or a label such as "Todo:"."""
    return above in reading.days or reading.blocks[above].text.rstrip().endswith((":", "："))
