"""What a reader finds in a piece of writing, before any paper is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from papergraph.models.bylines import Byline

ROLES = ("about", "listed", "linked", "named")
NO_PAPERS = "no paper was found in this text"
ASKED = 0.5
"""A new paper of no more confidence may be one of its candidates: the reader is asked."""

RELATION_KINDS = ("extends", "uses", "replaces", "compares", "prerequisite", "order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Words that were damaged in the file: the line, both spellings, and which repair was made."""

    line: int
    original: str
    repaired: str
    how: str

    def as_json(self) -> dict[str, Any]:
        """Return the object of the JSON contract."""
        return {
            "line": self.line,
            "original": self.original,
            "repaired": self.repaired,
            "how": self.how,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMention:
    """A place in a review that names a paper.

    `line` and `column` count from 1 in the file as stored. `sentence` is repaired text, `original`
    the same before repair when it differs. `identifier` is written `scheme:value`, as are
    `other_identifiers`, which the same entry gives besides it. `nickname` is a short name the text
    uses for the paper. `list_key` names the list or section sequence it stands in and `position`
    its place there, from 1; both None outside lists. `summary` is what the author wrote about a
    paper the review is about, `state` the reading state, `read_on` the day ("2016-01-04",
    "2016-01" or "2016") and `tags` the key words the author gives it, `stars` the rating, 0
    to 5. `byline` are the authors and the year where they are all that names the paper: it counts
    only when a paper is found for it, as what is `tentative` does. `unresolvable` marks a paper
    that is talked of but not named ("the second paper"): it is reported, never guessed.
    """

    line: int
    column: int
    text: str
    sentence: str
    role: str
    original: str | None = None
    title: str | None = None
    url: str | None = None
    identifier: str | None = None
    other_identifiers: tuple[str, ...] = ()
    nickname: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    heading: str | None = None
    list_key: str | None = None
    position: int | None = None
    summary: str | None = None
    state: str | None = None
    read_on: str | None = None
    stars: float | None = None
    tags: tuple[str, ...] = ()
    unresolvable: bool = False
    byline: Byline | None = None
    tentative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRelation:
    """A relation a review states or implies between two of its mentions.

    `later` and `earlier` are positions in `Review.mentions`; the relation runs from the later paper
    to the earlier one ("later builds on earlier"). `cue` is the words that carry it. `stated` is
    False when it follows only from list, week or heading order.
    """

    later: int
    earlier: int
    kind: str
    line: int
    sentence: str
    cue: str
    original: str | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One person's writing about papers, read but not yet linked to any library.

    `text` is the decoded text before any other repair, line feeds only; `sha256` is of the bytes.
    """

    origin: str
    format: str
    text: str
    sha256: str
    title: str | None = None
    author: str | None = None
    written_on: str | None = None
    language: str | None = None
    mentions: tuple[FoundMention, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the reader said a mention means.

    `choice` is paper (then `paper` is its number), new (a paper of its own, called `title` when one
    was given), or none (it is no paper).
    """

    choice: str
    paper: int | None = None
    title: str | None = None
