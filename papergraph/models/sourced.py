"""What a scholarly source answers: papers, their reference lists, and papers that cite them."""

from __future__ import annotations

from dataclasses import dataclass

from papergraph.models.papers import PaperRecord

LIST_STATES = ("complete", "partial", "empty", "withheld", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedReference:
    """The other end of a citation as one source tells it.

    `record` may be of kind "stub", when only a title is known. `contexts` are the sentences in
    which it is cited, `intents` what for (background, methodology, result).
    """

    record: PaperRecord
    contexts: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    is_influential: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceList:
    """The papers that one paper cites, as far as one source tells.

    `state` is complete, partial (fewer rows than `expected`, or rows that name nothing), empty (the
    source knows the paper and says it cites nothing), withheld (by the publisher), or unknown (the
    source does not know the paper, or has no reference lists). A call that failed is a SourceError,
    never a list.
    """

    state: str
    references: tuple[SourcedReference, ...] = ()
    expected: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedPaper:
    """One paper as one source tells it; `references` when the same answer held them."""

    record: PaperRecord
    references: ReferenceList | None = None
