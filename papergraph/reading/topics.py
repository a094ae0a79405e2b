"""The lineage of a topic: the line of papers on which it rests, and what branched off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from papergraph.errors import InputError, check_limit
from papergraph.graph import (
    Parent,
    find_main_path,
    untangle,
)
from papergraph.library import Library, StoredLineage, in_turn
from papergraph.matching import resolve_references
from papergraph.models import (
    Lineage,
    LineageBranch,
    LineageLink,
    LineageParent,
    Paper,
    PaperReference,
)
from papergraph.reading.lineages import find_lineage, rank_parents, remember_forefathers
from papergraph.reading.sources import STRONGEST, open_source
from papergraph.reading.topic_papers import FEWEST_ABOUT, find_curated, topic_landmarks

_MOST_OF_ONE = 4  # landmarks that one is said or inferred to come from
_LONGEST = 8
_MOST_BRANCHES = 20

Parents = dict[int, list[tuple[Parent, float]]]  # by paper, with the score, best first


def trace_lineage(
    library: Library,
    targets: Sequence[PaperReference],
    *,
    start: PaperReference | None = None,
    topic: str | None = None,
    about: Sequence[PaperReference] = (),
    limit: int = 10,
    reader: str = "me",
) -> Lineage:
    """Trace the lineage of the one paper, or of the one topic, that is given.

    Parameters
    ----------
    start
        An older paper that the line to the target is to lead from.
    about
        Papers that fit the topic, the best first.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When there is not exactly one target or topic, or a start without a target, or the limit
        is not positive.
    """
    check_limit(limit)
    if len(targets) + (topic is not None) != 1:
        given = f"{len(targets)} papers{' and a topic' if topic is not None else ''}"
        raise InputError(f"a lineage is of one paper or of one topic, given are {given}")
    if topic is None:
        return find_lineage(library, targets[0], start=start, limit=limit, reader=reader)
    if start is not None:
        raise InputError("a line that begins with a paper ends with one; name it, not a topic")
    return find_topic_lineage(library, topic, about, limit=limit, reader=reader)


@in_turn
def find_topic_lineage(
    library: Library,
    topic: str,
    about: Sequence[PaperReference],
    *,
    limit: int = 10,
    reader: str = "me",
) -> Lineage:
    """Find the main line of a topic: its landmarks, how they follow each other, what branched off.

    Parameters
    ----------
    about
        Papers that fit the topic, the best first; what these rest on are its landmarks.
    limit
        Most parents of the last paper of the line.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When there are no papers, or the limit is not positive.
    """
    check_limit(limit)
    if not about:
        raise InputError(f"a lineage of papers about {topic!r} was asked for, and none was given")
    source = open_source(library, reader)
    curated = find_curated(library, topic, source)
    if curated is None and len(about) < FEWEST_ABOUT:
        return _line_of_few(library, topic, about, limit, reader)
    told = () if curated is None else curated.chain
    found = topic_landmarks(resolve_references(about, library.catalogue), source)
    landmarks = list(dict.fromkeys([*told, *found]))
    parents_of = remember_forefathers(library, source, reader)
    ranked = {number: rank_parents(parents_of(number)) for number in landmarks}
    parents = {number: _parents_among(ranked[number], set(landmarks)) for number in landmarks}
    graph = untangle({(p.number, n): score for n, found in parents.items() for p, score in found})
    relevance = {number: 1 / math.log2(place) for place, number in enumerate(landmarks, 2)}
    line = told or find_main_path(graph, relevance, _LONGEST) or landmarks[:1]
    cards = library.papers.get([*landmarks, *(p.number for p, _ in ranked[line[-1]][:limit])])
    return Lineage(
        target=cards[line[-1]],
        chain=_chain(line, ranked, cards),
        parents=tuple(
            LineageParent(
                paper=cards[parent.number], score=score, because=parent.evidence[:STRONGEST]
            )
            for parent, score in ranked[line[-1]][:limit]
        ),
        branches=_branches(line, landmarks, parents, cards),
        warnings=_warnings(line, topic, curated),
        topic=topic,
    )


def _parents_among(
    ranked: Sequence[tuple[Parent, float]], landmarks: set[int]
) -> list[tuple[Parent, float]]:
    """The parents that are landmarks; where somebody names any, those alone."""
    inside = [
        (parent, score)
        for parent, score in ranked
        if parent.number in landmarks and not parent.is_generic
    ]
    said = [(parent, score) for parent, score in inside if parent.is_said]
    return (said or inside)[:_MOST_OF_ONE]


def _chain(
    line: Sequence[int], parents: Parents, cards: dict[int, Paper]
) -> tuple[LineageLink, ...]:
    links = [LineageLink(paper=cards[line[0]])]
    for before, number in pairwise(line):
        because = next((p.evidence for p, _ in parents[number] if p.number == before), ())
        links.append(LineageLink(paper=cards[number], because=because[:STRONGEST]))
    return tuple(links)


def _branches(
    line: Sequence[int], landmarks: Sequence[int], parents: Parents, cards: dict[int, Paper]
) -> tuple[LineageBranch, ...]:
    """Landmarks beside the line whose best parent among those on it is known, by importance."""
    found = []
    for number in landmarks:
        on_line = next((p for p, _ in parents[number] if p.number in line), None)
        if on_line is not None and number not in line:
            found.append(
                LineageBranch(
                    origin=cards[on_line.number],
                    paper=cards[number],
                    because=on_line.evidence[:1],
                )
            )
    return tuple(found[:_MOST_BRANCHES])


def _line_of_few(
    library: Library, topic: str, about: Sequence[PaperReference], limit: int, reader: str
) -> Lineage:
    found = find_lineage(library, about[0], limit=limit, reader=reader)
    few = "1 paper fits" if len(about) == 1 else f"{len(about)} papers fit"
    warning = f"only {few} {topic!r} here; this is the line to {found.target.name}"
    return replace(found, topic=topic, warnings=(warning, *found.warnings))


def _warnings(line: Sequence[int], topic: str, curated: StoredLineage | None) -> tuple[str, ...]:
    if curated is not None:
        return (f"this is the curated lineage {curated.title!r}",)
    if line[0] != line[-1]:
        return ()
    return (f"nothing in this library says how papers about {topic!r} follow each other",)
