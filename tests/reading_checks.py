"""Looks up every piece of evidence of a reading path again, in the tables and the stored texts."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from papergraph.library import Library, StoredMention, StoredRelation
from papergraph.models import Evidence, ReadingPath, Step, paper_number

CLOSENESS = frozenset({"cocitation", "coupling", "title", "embedding", "time"})
_COUNTS = re.compile(
    r"(\d+) of the (\d+) papers and reviews here that cite (.+) also cite (.+), (\d+)x chance"
)
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)|\]\[[^\]]*\]|<[^>]+>|\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a library was told, read from its tables alone."""

    citations: frozenset[tuple[int, int]]
    citers: dict[int, set[tuple[str, int]]]
    citing: int
    names: dict[int, str]
    titles: dict[int, str]
    texts: dict[str, list[str]]
    relations: dict[tuple[int, int], list[StoredRelation]]
    mentions: dict[str, list[StoredMention]]

    @classmethod
    def of(cls, library: Library) -> Told:
        """Read the tables of a library."""
        pairs, named = library.citations.all_pairs(), library.reviews.co_mentions()
        edges = [(("paper", a), b) for a, b in pairs] + [(("review", a), b) for a, b in named]
        citers: dict[int, set[tuple[str, int]]] = defaultdict(set)
        for citing, cited in edges:
            citers[cited].add(citing)
        facts = library.papers.facts(range(1, 2000))
        relations: dict[tuple[int, int], list[StoredRelation]] = defaultdict(list)
        for relation in library.reviews.relations_of(list(facts)):
            relations[relation.later, relation.earlier].append(relation)
        stored = [(r.origin, r.id) for r in library.reviews.all()]
        texts = {origin: library.reviews.get(number) for origin, number in stored}
        return cls(
            citations=frozenset(pairs),
            citers=citers,
            citing=len({citing for citing, _ in edges}),
            names={number: paper.name for number, paper in facts.items()},
            titles={number: paper.title for number, paper in facts.items()},
            texts={origin: found[1].split("\n") for origin, found in texts.items() if found},
            relations=relations,
            mentions={origin: library.reviews.mentions_in(number) for origin, number in stored},
        )


def faults_of(path: ReadingPath, told: Told) -> Iterator[str]:
    """Say what is wrong with the evidence of a path; nothing when all of it can be looked up."""
    for step in path.steps:
        if step.needed_by is None:
            continue
        ends = paper_number(step.needed_by), paper_number(step.paper.id or "")
        if not step.because:
            yield f"{step.paper.name}: no reason at all"
        for evidence in step.because:
            fault = _fault(evidence, (ends[0] or 0, ends[1] or 0), told)
            if fault:
                yield f"{step.paper.name}: {fault}: {evidence.text}"
        yield from _unsaid_guesses(step)


def _unsaid_guesses(step: Step) -> Iterator[str]:
    """A step that rests on closeness or time alone says so in every sentence."""
    if {evidence.kind for evidence in step.because} <= CLOSENESS:
        for evidence in step.because:
            if not evidence.text.startswith("a guess from closeness: "):
                yield f"{step.paper.name}: a guess that does not say so: {evidence.text}"


def _fault(evidence: Evidence, ends: tuple[int, int], told: Told) -> str | None:
    text = evidence.text.removeprefix("a guess from closeness: ")
    if evidence.kind == "citation":
        return _citation_fault(text, ends, told)
    if evidence.kind == "cocitation":
        return _counts_fault(text, ends, told)
    if evidence.kind == "title":
        return _title_fault(text, ends, told)
    if evidence.kind in ("review", "list", "curated"):
        return _word_fault(evidence, ends, told)
    return f"evidence of an unknown kind {evidence.kind}"


def _citation_fault(text: str, ends: tuple[int, int], told: Told) -> str | None:
    if ends not in told.citations:
        return "no such citation in the table"
    named = f"{told.names[ends[0]]} cites {told.names[ends[1]]}"
    return None if text == named else "names other papers"


def _counts_fault(text: str, ends: tuple[int, int], told: Told) -> str | None:
    match = _COUNTS.fullmatch(text)
    if not match:
        return "not the sentence of a co-citation"
    later, earlier = (told.citers[end] for end in ends)
    together = len(later & earlier)
    lift = together * told.citing / (len(later) * len(earlier)) if together else 0.0
    shown = (str(together), str(len(later)), *(told.names[end] for end in ends))
    if match.groups()[:4] != shown:
        return f"the tables say {shown}"
    if lift <= 1.0:
        return f"no more than chance ({lift:.2f})"
    return None if math.isclose(int(match[5]), lift, abs_tol=0.51) else f"the lift is {lift:.2f}"


def _title_fault(text: str, ends: tuple[int, int], told: Told) -> str | None:
    lead, _, name = text.partition(" holds the name ")
    if lead != f"the title of {told.names[ends[0]]}":
        return "the title of another paper"
    whose = (told.names[ends[1]], told.titles[ends[1]])
    if not any(_letters(one).startswith(_letters(name)) for one in whose):
        return "not a name of the earlier paper"
    return None if _letters(name) in _letters(told.titles[ends[0]]) else "not in that title"


def _word_fault(evidence: Evidence, ends: tuple[int, int], told: Told) -> str | None:
    """A person's word stands in the relations of the two papers, and its quote at its line."""
    for relation in told.relations[ends]:
        if evidence.kind == "curated":
            if relation.origin_kind == "curated" and evidence.text.endswith(relation.text):
                return None
        elif (
            relation.origin_kind == "review"
            and f"{relation.origin}:{relation.line}" == evidence.where
        ):
            if not stands_at(relation, told.texts[relation.origin or ""]):
                return "the quote does not stand at its line"
            if evidence.kind == "list":
                return _list_fault(relation, told)
            return None if relation.text == evidence.text else "not the stored quote"
    return "nobody says that of these two papers"


def stands_at(relation: StoredRelation, lines: Collection[str]) -> bool:
    """Whether the quote, as it was written, begins at its line of the stored text."""
    first = (relation.line or 1) - 1
    found = [_letters(_LINK_TARGET.sub("", line)) for line in list(lines)[first : first + 30]]
    quotes = {
        _letters(_LINK_TARGET.sub("", text)) for text in (relation.original, relation.text) if text
    }
    return any(0 <= "".join(found).find(quote) < max(1, len(found[0])) for quote in quotes)


def _list_fault(relation: StoredRelation, told: Told) -> str | None:
    """The review lists the earlier paper above the later one, whose entry the quote is."""
    listed = [m for m in told.mentions[relation.origin or ""] if m.role in ("about", "listed")]
    later = {m.line for m in listed if m.paper == relation.later}
    earlier = {m.line for m in listed if m.paper == relation.earlier}
    if relation.line not in later or not earlier:
        return f"the list has no such entries ({sorted(earlier)}, {sorted(later)})"
    return None if min(earlier) < (relation.line or 0) else "the list has them the other way round"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
