"""The reader's own word on prerequisites: add one, strike a wrong one out, take either back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.errors import InputError, NotFoundError
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.models import Paper, PaperReference, ReaderPrerequisite

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PrerequisiteDecision:
    """That `earlier` is to be read before `later`, or not when `keep` is False."""

    id: str
    later: Paper
    earlier: Paper
    keep: bool
    why: str | None
    decided_at: str

    def as_json(self) -> dict[str, Any]:
        """Return the object; as in a relation, `from` is the later paper and `to` the earlier."""
        return {
            "id": self.id,
            "from": self.later.as_json(),
            "to": self.earlier.as_json(),
            "keep": self.keep,
            "why": self.why,
            "decided_at": self.decided_at,
        }


def add_prerequisite(
    library: Library,
    later: PaperReference,
    earlier: PaperReference,
    *,
    now: str,
    why: str | None = None,
    reader: str = "me",
) -> PrerequisiteDecision:
    """Say that `earlier` is to be read before `later`; paths, lineages and orders follow it.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When both are one paper, or the reason is too long.
    """
    word = _read_word(library, later, earlier, why)
    return _enter(library, reader, word, keep=True, now=now)


def strike_prerequisite(
    library: Library,
    later: PaperReference,
    earlier: PaperReference,
    *,
    now: str,
    why: str | None = None,
    reader: str = "me",
) -> PrerequisiteDecision:
    """Say that `earlier` is not needed for `later`, whoever says so; errors as `add_prerequisite`.

    What others say stays stored; it counts no more for this reader.
    """
    word = _read_word(library, later, earlier, why)
    return _enter(library, reader, word, keep=False, now=now)


def undo_prerequisite(
    library: Library, decision: str, *, now: str, reader: str = "me"
) -> PrerequisiteDecision:
    """Take a decision back; NotFoundError when there is none of this id to take back."""
    number = decision.removeprefix("r")
    if not number.isdecimal() or number == decision:
        raise NotFoundError(
            f"no prerequisite {decision!r} to undo; 'papergraph prerequisite' lists them"
        )
    found = library.prerequisites.undo(int(number), reader=reader, now=now)
    return _shown(library, [found])[0]


def list_prerequisites(library: Library, *, reader: str = "me") -> tuple[PrerequisiteDecision, ...]:
    """Every decision of a reader that counts, oldest first."""
    return _shown(library, library.prerequisites.all(reader))


def _read_word(
    library: Library, later: PaperReference, earlier: PaperReference, why: str | None
) -> tuple[int, int, str | None]:
    ends = [resolve_reference(text, library.catalogue) for text in (later, earlier)]
    if ends[0] == ends[1]:
        raise InputError(f"{later!r} and {earlier!r} are one paper; a prerequisite needs two")
    if why is not None and len(why) > LONGEST_REASON:
        raise InputError(f"a reason of {len(why)} characters; at most {LONGEST_REASON} are kept")
    return ends[0], ends[1], why


def _enter(
    library: Library, reader: str, word: tuple[int, int, str | None], *, keep: bool, now: str
) -> PrerequisiteDecision:
    later, earlier, why = word
    given = ReaderPrerequisite(
        reader=reader, later=later, earlier=earlier, keep=keep, why=why, decided_at=now
    )
    library.prerequisites.put(given)
    return _shown(library, library.prerequisites.all(reader)[-1:])[0]


def _shown(library: Library, rows: list[ReaderPrerequisite]) -> tuple[PrerequisiteDecision, ...]:
    cards = library.papers.get({n for row in rows for n in (row.later, row.earlier)})
    return tuple(
        PrerequisiteDecision(
            id=f"r{row.id}",
            later=cards[row.later],
            earlier=cards[row.earlier],
            keep=row.keep,
            why=row.why,
            decided_at=row.decided_at,
        )
        for row in rows
        if row.later in cards and row.earlier in cards
    )
