"""Links the mentions of a review to papers: identifiers first, then names and titles.

Mentions of one review that share an identifier, a title or a nickname are one work; a work is then
looked up once, with all that the review says about it as witness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from papergraph.matching.bylines import settle_bylines
from papergraph.matching.judging import Verdict, look_up
from papergraph.matching.resolving import Catalogue
from papergraph.matching.works import Work, gather_work, group_mentions, mention_key
from papergraph.models import Decision, FoundMention

NOTHING_DECIDED: Mapping[str, Decision] = MappingProxyType({})


NoteTarget = int | Work
"""What an own note is about: a stored paper, or what the note says of one not stored yet."""

NO_NOTES: Mapping[str, NoteTarget] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMention:
    """Where one mention leads.

    `work` is the place of its work in the answer of `link_mentions`, None when it names no paper.
    `paper` is the stored paper, None when it is not in the library yet. `same_as` are other stored
    papers that the review's identifiers show to be the same work.
    """

    work: int | None
    paper: int | None
    status: str
    confidence: float
    how: str
    candidates: tuple[tuple[int, float], ...] = ()
    same_as: tuple[int, ...] = ()


def link_mentions(
    mentions: Sequence[FoundMention],
    catalogue: Catalogue,
    decided: Mapping[str, Decision] = NOTHING_DECIDED,
    notes: Mapping[str, NoteTarget] = NO_NOTES,
) -> tuple[tuple[LinkedMention, ...], tuple[Work, ...]]:
    """Link every mention of one review; returns them in order, and the works they speak of.

    `decided` is what the reader settled before, by `mention_key`; it outranks everything that is
    found. `notes` gives what the author's own notes are about, by the links used for them.
    """
    keys = [mention_key(mention) for mention in mentions]
    works = []
    verdicts = []
    for members in group_mentions(mentions, keys, decided):
        found = gather_work(mentions, members)
        decision = next((decided[keys[n]] for n in members if keys[n] in decided), None)
        note = None if found.has_number else notes.get(found.url or "")
        work, verdict = _judge(found, decision, note, catalogue)
        works.append(work)
        verdicts.append(verdict)
    verdicts = settle_bylines(works, verdicts, mentions, catalogue)
    home = {number: place for place, work in enumerate(works) for number in work.mentions}
    linked = [_link(verdicts, home.get(number)) for number in range(len(mentions))]
    return tuple(linked), tuple(works)


def _judge(
    work: Work, decision: Decision | None, note: NoteTarget | None, catalogue: Catalogue
) -> tuple[Work, Verdict]:
    if decision is not None:
        return _decided(work, decision)
    if note is not None:
        return _noted(work, note)
    return work, look_up(work, catalogue)


def _decided(work: Work, decision: Decision) -> tuple[Work, Verdict]:
    """Follow the reader; a new paper needs something to be called by."""
    if decision.title:
        work = replace(work, titles=(decision.title, *work.titles))
    status = {"paper": "matched", "new": "new"}.get(decision.choice, "unsure")
    if status == "new" and work.name is None:
        status = "unsure"
    return work, Verdict(paper=decision.paper, status=status, confidence=1.0, how="reader")


def _noted(work: Work, note: NoteTarget) -> tuple[Work, Verdict]:
    """Follow a link to the author's own note; what the note says of its paper counts here too."""
    if isinstance(note, int):
        return work, Verdict(paper=note, status="matched", confidence=0.95, how="own note")
    status = "new" if note.has_number or note.authors or note.year else "stub"
    told = replace(note, mentions=work.mentions, summary=None)
    return told, Verdict(paper=None, status=status, confidence=0.95, how="own note")


def _link(verdicts: Sequence[Verdict], place: int | None) -> LinkedMention:
    if place is None:
        return LinkedMention(work=None, paper=None, status="unsure", confidence=0.0, how="unnamed")
    verdict = verdicts[place]
    return LinkedMention(
        work=place,
        paper=verdict.paper,
        status=verdict.status,
        confidence=verdict.confidence,
        how=verdict.how,
        candidates=verdict.candidates,
        same_as=verdict.same_as,
    )
