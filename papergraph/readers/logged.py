"""What running words tell of reading a paper: "12 May: finished the ResNet paper"."""

from __future__ import annotations

import re

from papergraph.readers.days import DAY, find_day
from papergraph.readers.state_words import Told, state_after
from papergraph.readers.tellers import tells_own

WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b|today|yesterday|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|heute|gestern|"
    r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|aujourd['’]hui|hier|今天|昨天|오늘|어제|今日|昨日"
)
_STAMP = re.compile(
    rf"[\W_]*(?:(?:{WEEKDAY})[\W_]+)?(?:(?P<day>{DAY})|(?:{WEEKDAY}))(?![\w])[\W_]*"
    r"(?:\d{1,2}[:.]\d\d(?:\s?[ap]m)?[\W_]*)?",
    re.IGNORECASE,
)
_BEGUN = re.compile(  # "On 3 May 2021 I read ": the day of that sentence, not of a whole line
    rf"\W*(?:on|am|vom|le|el)\s(?:the )?(?:(?:{WEEKDAY}),?\s(?:the |den |le )?)?(?P<day>{DAY})"
    r"(?!\w)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\b(?:am|vom|den) \d{1,2}\.\s*$", re.IGNORECASE)
_OBJECT = (
    r"\s*(?:the |this |that |das |den |die |der |l['’]|le |la |les |el |los )?(?:original |whole |"
    r"full |first |famous )?(?:(?:papers?|articles?|article de|paper zu|papier)\s?"
    r"(?:on |about |called |by |sur |über )?)?[\"“„«「《*_\s]*$"
)
_OFTEN = (
    r"(?:(?:just|finally|already|also|now|today|yesterday|recently|re-?|then|still|heute|gestern|"
    r"endlich|schon|gerade|auch|enfin|déjà|aussi|hoy|ya|por fin) )*"
)
_DONE = r"(?:re-?)?read(?: through)?|finished(?: reading)?|done with|worked through|got through"
_I = r"\b(?:i|we)(?:['’]ve|['’]m| have| had| am| was)?\s"
_CLAUSE = r"(?:^|[.;:!?,–—]\s*|\b(?:and|then|und|et|y)\s)"
_MEAN = (
    rf"(?:\b(?:i|we)(?:['’]d| would|['’]m| am)? (?:{_OFTEN}|(?:really |do |very |much )*)|"
    rf"{_CLAUSE}{_OFTEN})"
)
# Seen or likely in diaries and reading logs, 2026-11; every form stands right before the title.
_BEFORE = (
    (
        "queued",
        (
            rf"(?:{_CLAUSE}(?:still |papers? |next )?to read(?: next)?|{_MEAN}"
            r"(?:have to|(?:want|need|plan|hope|like|intend|ought|going|mean|should)(?: to)?) "
            r"(?:re-?)?read|"
            r"\b(?:i|we)(?: (?:must|will)|['’]ll) (?:re-?)?read|"
            r"\b(?:up next|next up|read next|à lire|(?:veux|vais|dois) lire|por leer|quiero leer|"
            r"(?:zu|noch) lesen))\s?:?"
            r"|(?:想|要|打算|准备|还没|待)(?:读|看)"
        ),
    ),
    (
        "reading",
        (
            rf"{_I}{_OFTEN}(?:reading|started(?: reading)?|began(?: reading)?)|"
            r"(?<!\bis )(?<!\bare )(?<!\bwas )\b(?:currently|now|still) reading|"
            r"\b(?:je lis|estoy leyendo)|"
            r"\blese (?:ich )?(?:gerade )?|正?在(?:读|看)|开始(?:读|看)"
        ),
    ),
    (
        "read",
        (
            rf"{_I}{_OFTEN}(?:{_DONE})|"
            rf"\b(?:j['’]ai|ai) {_OFTEN}(?:lu|relu|fini(?: de lire)?|terminé)|"
            rf"\bhe {_OFTEN}leído|\b(?:leí|terminé de leer)|(?<![没未不])(?:读|看)(?:完了?|了|过)"
        ),
    ),
)
_OPENING = (  # at the head of a dated line, of an entry, or after what else was done that day
    ("reading", rf"{_OFTEN}(?:reading|started(?: reading)?|began(?: reading)?|lis|leyendo)"),
    ("read", rf"{_OFTEN}(?:{_DONE}|lu|relu|fini|leído|gelesen:?)"),
)
_ALWAYS_OPENING = (("read", rf"{_OFTEN}finished(?: reading)?"),)
_CLOSING = r"[\"”»」》*_)\]]*"
_END = (
    rf"{_CLOSING}(?:['’]s)?(?:\s*(?:papers?|articles?|artikel|论文|論文|논문)|-(?:papers?|artikel))?"
    rf"{_CLOSING}(?=\s*(?:$|"
    r"[.,;:!?…(（【\[|–—。，；！★☆⭐✅✔☑🥇🥈🥉]|\d[\d.]*/(?:5|10)\b|"
    r"[-] |(?:and|but|then|today|yesterday|again|on|in|which|it|too|und|heute|et|y|at|last|this|"
    r"because|for|with|after|before|while|to|next|first|soon|later|now|yet)\b))"
)
_LATER = (  # languages whose verb comes last
    (
        "queued",
        (
            r"\s*(?:noch )?nicht (?:fertig |ganz |zu ende )?gelesen|\s*(?:noch )?lesen(?=\W*$)|"
            r"(?:\s*논문)?[을를은는]?\s*(?:아직|안 읽|못 읽|읽을 |읽어야|읽고 싶)|"
            r"を?\s*(?:読みたい|読む予定|まだ読|未読)|\s*(?:还没读|未读|待读)"
        ),
    ),
    (
        "reading",
        (
            r"(?:\s*논문)?[을를은는]?\s*(?:읽는 중|읽고 있)|"
            r"を?\s*(?:読んでいる|読んでる|読書中)|\s*(?:在读)"
        ),
    ),
    (
        "read",
        (
            r"[- ]?(?:paper|artikel)?\s(?:fertig |zu ende |endlich |ganz )*(?:durch)?gelesen\b|"
            r"\s(?:lu|leído)(?=\W*$)|(?:\s*논문)?[을를은는]?"
            r"\s*(?:다 |모두 )?(?:읽음|읽었|완독)|"
            r"(?:の?論文)?を?\s*(?:読んだ|読みました|読了)|\s*(?:已读|读完|看完|读过)"
        ),
    ),
)
_NOT = re.compile(
    r"\b(?:not|never|didn['’]?t|haven['’]?t|hasn['’]?t|don['’]?t|nicht|kein|pas|jamais|no|nunca|if|"
    r"without|before|ohne|when|once|until|unless|as soon as|bis|bevor|wenn|falls|quand|si)\b"
    r"[^.;!?]*$|[没未不][^。；！？]*$",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:\b(?:not|never|nicht|kein\w*|pas|jamais|no|nunca|can(?:no|['’])t)|n['’]t)\b[^.;!?]*$|"
    r"[没未不][^。；！？]*$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    rf"(?:{_I}(?:not |never |still )?|{_CLAUSE})(?:have not|haven['’]?t|not)(?: yet)? read"
    rf"{_OBJECT}",
    re.IGNORECASE,
)
_YET = re.compile(rf"{_END}[^.;!?]{{0,20}}\byet\b", re.IGNORECASE)


def _compiled(
    forms: tuple[tuple[str, str], ...], before: str, after: str
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (state, re.compile(f"{before}(?:{words}){after}", re.IGNORECASE)) for state, words in forms
    )


_SPOKEN = _compiled(_BEFORE, "", _OBJECT)
_AT_HEAD = _compiled(_OPENING, _CLAUSE, _OBJECT)
_UNDER_DAY = _compiled(_OPENING, r"(?:^\W*|[.;!]\s+)", rf"[:：]?{_OBJECT}")
_BEGINS_DONE = re.compile(rf"\W*{_OFTEN}(?:{_DONE}|started|reading)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"[^.;!?]*\b(?:first|before|tomorrow|next|later|soon|please|until|by|if|when|together|"
    r"(?:to|and) (?:understand|learn|see|find|prepare|write|compare|check|do))\b",
    re.IGNORECASE,
)
_ANYWHERE = _compiled(_ALWAYS_OPENING, r"(?:^|[.;!?]\s*)", _OBJECT)
_FOLLOWING = _compiled(_LATER, "", "")
_ON_DAY = re.compile(
    rf"{_CLOSING}(?:[\s-]?(?:papers?|articles?|artikel))?{_CLOSING}[\s,(]*"
    rf"(?:on|am|le|el)\s(?:the )?(?:(?:{WEEKDAY}),?\s)?(?P<day>{DAY})(?!\w)",
    re.IGNORECASE,
)
_SOON = 40  # characters between a day and the title of what was read on it
_NEAR = 80  # characters before a title at the head of its sentence
_FAR = 400  # characters before a title that may tell of its reading
_ENDED = re.compile(_END, re.IGNORECASE)

_WHOLE_DAY = re.compile(
    rf"\W*(?:(?:{WEEKDAY})[\W_]+)?(?P<day>{DAY})[\W_]*(?:(?:{WEEKDAY})[\W_]*)?", re.IGNORECASE
)
_HEADS = re.compile(
    rf"[\W_]*(?:{_OFTEN}(?:{_DONE}|reading|finish|study|lesen|lire|leer|[读看])[:：]?{_OBJECT})?",
    re.IGNORECASE,
)


def begins_dated(text: str) -> bool:
    """Say whether a line begins with a day, as the lines of diaries do."""
    return _STAMP.match(text) is not None


def whole_day(text: str) -> str | None:
    """The day that is all of a heading or line, "" for one that tells no year; None for others.

    >>> [whole_day(text) for text in ("Thu, 30 March 2023", "2023-03-30", "12 May", "May 2023")]
    ['2023-03-30', '2023-03-30', '', None]
    """
    match = _WHOLE_DAY.fullmatch(text)
    day = find_day(match["day"]) if match else None
    is_month = day is not None and len(day) < len("2023-03-30")
    return None if match is None or is_month else day or ""


def cut_day(text: str, start: int) -> int:
    """Where a sentence that seems to begin at `start` does: "Am 3. Mai" is no end of one."""
    match = _CUT.search(text, max(0, start - 12), start)
    return match.start() if match else start


def opened_state(text: str, start: int, end: int) -> str | None:
    """What the sentence of an entry below a day tells: "Read NeRF at last!", but no plans.

    >>> opened_state("Finally read NeRF.", 13, 17), opened_state("Read NeRF first.", 5, 9)
    ('read', None)
    """
    before = text[:start]
    if len(before) > _NEAR or not _ENDED.match(text, end) or _PLANNED.match(text, end):
        return None
    forms = (*_UNDER_DAY, *(_AT_HEAD if _BEGINS_DONE.match(before) else ()))
    found = next(((state, m) for state, form in forms if (m := form.search(before))), None)
    if found is None or not tells_own(before[: found[1].start()], found[1][0], text[end:]):
        return None
    return found[0]


def opens_line(before: str) -> bool:
    """Say whether a title after these words opens its entry: "", "read the paper", "3 May: "."""
    stamp = _STAMP.match(before)
    return _HEADS.fullmatch(before, stamp.end() if stamp else 0) is not None


def ends_object(text: str, end: int) -> bool:
    """Say whether a title ends at `end` and no longer thing follows: "BERT", no "BERT training"."""
    return _ENDED.match(text, end) is not None


def logged_state(text: str, start: int, end: int) -> Told | None:
    """What a line or sentence tells of reading the paper it names at `start` to `end`.

    >>> logged_state("2024-05-12: finished the ResNet paper", 25, 31)
    Told(state='read', end=31, day='2024-05-12')
    >>> logged_state("Read the ResNet paper before you go on", 9, 15)
    """
    stamp = _STAMP.match(text)
    if stamp and stamp.end() > start:
        stamp = None
    before = text[stamp.end() if stamp else 0 : start]
    if len(before) > _FAR:
        before = f"…{before[-_FAR:]}"  # the sign keeps its first word from opening a line
    state = _state_of(before, text, end, is_dated=stamp is not None)
    if state is None and not re.search(r"\w", before):
        told = state_after(text, end)
        if told is None:
            return None
        day = told.day or _day_told(text, stamp, (start, end))
        return Told(state=told.state, end=end, day=day)
    if state is None:
        return None
    day = _day_told(text, stamp, (start, end)) if state == "read" else None
    return Told(state=state, end=end, day=day)


def _day_told(text: str, stamp: re.Match[str] | None, place: tuple[int, int]) -> str | None:
    """The day at the head of a line or sentence, else that right after a title."""
    begun = None if stamp else _BEGUN.match(text)
    if begun and not 0 <= place[0] - begun.end() <= _SOON:
        begun = None
    match = stamp or begun or _ON_DAY.match(text, place[1])
    return find_day((match["day"] or "") if match else "")


def _state_of(before: str, text: str, end: int, *, is_dated: bool) -> str | None:
    forms = (*_SPOKEN, *(_AT_HEAD if is_dated else _ANYWHERE))
    if later := _first(_FOLLOWING, text, end):
        state, match = later
        if not tells_own(before, match[0], text[match.end() :]):
            return None
        return "queued" if state == "read" and _NOT.search(before) else state
    if not _ENDED.match(text, end):
        return None
    if unread := _NOT_YET.search(before):
        is_yet = _YET.match(text, end) or "yet" in before.casefold()
        return "queued" if is_yet and tells_own(before, unread[0], "") else None
    found = next(((state, m) for state, form in forms if (m := form.search(before))), None)
    if found is None:
        return None
    state, told = found
    lead = before[: told.start()]
    is_denied = (_NEVER.search(lead) if state == "queued" else _NOT.search(before)) is not None
    return state if not is_denied and tells_own(lead, told[0], text[end:]) else None


def _first(
    forms: tuple[tuple[str, re.Pattern[str]], ...], text: str, place: int
) -> tuple[str, re.Match[str]] | None:
    """The first of these forms that stands at a place."""
    return next(((state, m) for state, words in forms if (m := words.match(text, place))), None)
