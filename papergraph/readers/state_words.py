"""The words by which authors tell that they have read a paper, are reading it or mean to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papergraph.readers.days import DAY, find_day

# Seen in reading lists on GitHub and in Obsidian and Org notes, 2026-11. Not having read comes
# first: "noch nicht gelesen" holds "gelesen".
_QUEUED = (
    r"(?:still |all )?to[- ](?:be )?(?:re-?)?read(?: (?:next|later|soon))?|(?:i )?(?:want|plan|"
    r"hope|need|have|going) to read|wish[- ]?list|todo|to do|unread|read (?:later|next|soon)|up "
    r"next|next up|backlog|queued?|(?:i )?(?:not|haven['’]?t|have not)(?: yet)? read(?: yet)?|"
    r"not yet|(?:noch )?zu lesen|(?:noch )?(?:un|nicht )gelesen|leseliste|"
    r"(?:will|möchte) ich (?:noch )?lesen|à lire|(?:pas encore|non) lue?s?|"
    r"por leer|pendientes?|sin leer|no leídos?|"
    r"[待未想要][读讀看]|[还還]?[没沒][读讀看](?:完)?|想要[读讀看]|(?:待|未|计划|計劃|打算)[阅閱][读讀]|"
    r"(?:计划|計劃|打算)[读讀看]|読みたい|(?:これから|[後あ][でと]?で?)読む|読む予定|未読|"
    r"積ん?読|읽을 (?:것|거|논문|거리|예정)|"
    r"안 읽(?:음|은 논문)|아직 안 읽음|읽고 싶은(?: 논문)?|읽어야 할 논문"
)
_READING = (
    r"(?:i(?:['’]m| am) )?(?:currently |now |still )?reading(?: (?:now|right now|currently))?|"
    r"in progress|started(?: reading)?|half[- ]read|(?:ich )?lese (?:ich )?gerade|am lesen|"
    r"angefangen|en cours(?: de lecture)?|je lis|leyendo|"
    r"(?:正)?在(?:[阅閱])?[读讀看]|[阅閱][读讀]中|[读讀]着|読書中|(?:今)?読んで(?:い)?る(?:途中)?|"
    r"読み(?:中|かけ)|읽는 중|읽고 있(?:음|는 논문)"
)
_READ = (
    r"(?:that )?(?:i(?:['’]ve| have)? )?(?:(?:already|recently|just|finally) )?(?:re-?)?read|"
    r"finished(?: reading)?|done(?: reading)?|(?:fertig|durch|schon|bereits)? ?gelesen|"
    r"(?:déjà )?lue?s?|leídos?|已(?:经|經)?[阅閱]?[读讀看](?:完)?|[读讀看][完过過](?:了)?|"
    r"[阅閱][读讀]完(?:成|毕)?|読了(?:済み?)?|既読|読(?:んだ|み終わった|み終えた|破(?:した)?)|読み?済み?|"
    r"(?:다 )?읽(?:음|었음|었다)|읽은 논문|완독"
)
STATE_WORDS = (("queued", _QUEUED), ("reading", _READING), ("read", _READ))
"""A pattern for each reading state; whatever is no more than this tells the state."""

_PAPERS_BEFORE = r"(?:(?:my |the )?(?:papers?|things|articles|list) (?:to |of )?|我(?:的)?)?"
_PAPERS_AFTER = (
    r"(?: (?:papers?|articles?)| (?<!reading )(?:list|pile|queue)|"
    r"[的の]?(?:论文|論文|文章|文献|文獻|[书書本])?(?:[列清][单單表]|[书書][单單]|リスト|一覧|もの)?)?"
)
_WHEN = rf"(?:[\s,:;–—-]*[(\[]?(?:(?:on|in|since|am|im|le|en|el|:)\s*)?(?P<when>{DAY})[)\]]?)?"
_WHOLE = tuple(
    (
        state,
        re.compile(
            rf"\W*{_PAPERS_BEFORE}(?:{words}){_PAPERS_AFTER}{_WHEN}\s*(?:[(\[]\d{{1,4}}[)\]])?\W*",
            re.IGNORECASE,
        ),
    )
    for state, words in STATE_WORDS
)
_PREFIX = tuple(
    (
        state,
        re.compile(
            rf"\W{{0,4}}{_PAPERS_BEFORE}(?:{words}){_PAPERS_AFTER}{_WHEN}\s*[:：]\s*(?=\S)",
            re.IGNORECASE,
        ),
    )
    for state, words in STATE_WORDS
)
_TAIL = tuple(
    (
        state,
        re.compile(
            rf"[\"”»》」*_]*\s*(?:[.:：,，;、|/–—-]\s*|(?=[\u3040-\u9fff]))[\"(*_\[]*(?:{words}){_WHEN}"
            r"[\])*_]*(?=\s*(?:[.!,;。，；]|$))",
            re.IGNORECASE,
        ),
    )
    for state, words in STATE_WORDS
)
_SIGNED = (
    ("queued", re.compile(r"\s*[☐⬜]\ufe0f?(?P<when>)\s+(?=\S)")),
    ("reading", re.compile(r"\s*⏳\ufe0f?(?P<when>)\s+(?=\S)")),
    ("read", re.compile(r"\s*[✅✔☑]\ufe0f?(?P<when>)\s+(?=\S)")),
)
_FEW = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reading state that was told: the words for it end at `end`; `day` is the day they give."""

    state: str
    end: int
    day: str | None = None


def whole_state(text: str) -> Told | None:
    """What words tell that speak of nothing but reading: a heading, a line, a cell.

    >>> whole_state("Read 4 Jan 2016"), whole_state("Papers I read"), whole_state("Read the docs")
    (Told(state='read', end=15, day='2016-01-04'), Told(state='read', end=13, day=None), None)
    """
    return _first(_WHOLE, text, 0, is_whole=True) if len(text) <= _FEW else None


def state_before(text: str) -> Told | None:
    """What stands before a colon, as in "Read: BERT" and "To read: GPT-2".

    >>> state_before("To read: GPT-2")
    Told(state='queued', end=9, day=None)
    """
    return _first(_PREFIX, text, 0)


def sign_before(text: str) -> Told | None:
    """What the sign says that an entry or heading begins with.

    >>> sign_before("✅ BERT")
    Told(state='read', end=2, day=None)
    """
    return _first(_SIGNED, text, 0)


def state_after(text: str, start: int) -> Told | None:
    """What follows on a title after a stop, comma or dash: "Deep nets. Read."."""
    return _first(_TAIL, text, start)


def _first(
    patterns: tuple[tuple[str, re.Pattern[str]], ...],
    text: str,
    start: int,
    *,
    is_whole: bool = False,
) -> Told | None:
    for state, pattern in patterns:
        match = pattern.fullmatch(text, start) if is_whole else pattern.match(text, start)
        if match:
            return Told(state=state, end=match.end(), day=find_day(match["when"] or ""))
    return None
