"""What citations and titles alone say of a paper's elders, by the fitted weights and in words.

`infer_elders` ranks the elders a paper may descend from, `infer_needs` those one should know
before it. The counts in the words are those of the graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.ancestors import AncestorSource
from papergraph.graph.company import (
    GENERIC_SHARE,
    TIME_SLACK_YEARS,
    Elders,
    circle_of,
    elders_of,
)
from papergraph.graph.titles import holds_name, is_name_meant, shown_name, title_name, word_overlaps
from papergraph.graph.weights import MOST_INFERRED, NEED_WEIGHTS, PARENT_WEIGHTS
from papergraph.models import Evidence, PaperFacts

# What is inferred for a parent is the fitted score under that of the best elder, plus this.
_OFFSET = 2.6
_LEAST_WEIGHT = 0.05
# the shares in which a citation, a name and shared citers carry what is inferred
_CITES, _NAMED, _COCITED = 1.0, 2.0, 2.0
_FEWEST_SHARED = 2
_LEAST_LIFT = 1.5  # less often together than that says nothing: the words are "2x chance" or more
_MOST_NEED = 0.6  # of the best elder, when only closeness speaks for it
_SUPPORTERS = 8  # nearest papers of a path that are asked why an elder is needed
_CIRCLE_SIZE = 300
_WITH_BIT = [np.flatnonzero(np.arange(1 << _SUPPORTERS) & 1 << bit) for bit in range(_SUPPORTERS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elder:
    """What citations and titles say of an elder: its weight in log-odds, and the counts behind it.

    `descent` is the chance, 0 to 1, that of all elders it is the parent; `is_common` says that so
    many papers cite it that it is a tool of the trade.
    """

    weight: float = 0.0
    descent: float = 0.0
    is_cited: bool = False
    together: int = 0
    citers: int = 0
    lift: float = 0.0
    name: str | None = None
    is_common: bool = False

    @property
    def is_company(self) -> bool:
        """Is it cited together with the paper more often than chance would have it?

        Where most that cite anything cite it, as in a small library, none can be together with it
        much more often than by chance; their number alone has to tell there.
        """
        if not self.together:
            return False
        return self.lift >= _LEAST_LIFT or self.together / self.citers >= self.lift / _LEAST_LIFT

    @property
    def is_linked(self) -> bool:
        """Does anything link it to the paper?"""
        return self.is_cited or self.is_company

    @property
    def total(self) -> float:
        """The weight of all that is inferred, 0 where nothing links it."""
        return max(self.weight, _LEAST_WEIGHT) if self.is_linked else 0.0


NOTHING = Elder()


def infer_elders(number: int, source: AncestorSource, most: int) -> dict[int, Elder]:
    """Weigh at most `most` elders of a paper by the fitted weights, the likeliest parent best."""
    found = elders_of(source.graph, source.dates, number, most)
    facts = source.facts([number, *found.numbers.tolist()])
    kept = [place for place, n in enumerate(found.numbers.tolist()) if n in facts]
    if number not in facts or not kept:
        return {}
    numbers = [int(found.numbers[place]) for place in kept]
    names = names_held(facts[number], [facts[n] for n in numbers])
    features = parent_features(found, kept, facts[number], [facts[n] for n in numbers], names)
    scores = np.sum([PARENT_WEIGHTS[key] * values for key, values in features.items()], axis=0)
    scores -= scores.max()
    chances = np.exp(scores) / np.exp(scores).sum()
    return {
        n: Elder(
            weight=min(MOST_INFERRED, _OFFSET + float(scores[row])),
            descent=float(chances[row]),
            is_cited=bool(found.features["cites"][place]),
            together=_shared(int(found.together[place]), facts[number], facts[n]),
            citers=found.citers,
            lift=float(np.exp(found.features["lift"][place])),
            name=names[row],
            is_common=bool(found.features["common"][place] > GENERIC_SHARE),
        )
        for row, (n, place) in enumerate(zip(numbers, kept, strict=True))
    }


def _shared(together: int, one: PaperFacts, other: PaperFacts) -> int:
    """Citers that count as shared: one may be chance, and without dates neither is the elder."""
    is_telling = together >= _FEWEST_SHARED and None not in (one.date, other.date)
    return together if is_telling else 0


def parent_features(
    found: Elders,
    kept: Sequence[int],
    child: PaperFacts,
    elders: Sequence[PaperFacts],
    names: Sequence[str | None],
) -> dict[str, NDArray[np.float64]]:
    """Features of elders by the names of `PARENT_WEIGHTS`: those of the arrays and of titles."""
    features = {key: values[list(kept)] for key, values in found.features.items()}
    features["name"] = np.array([name is not None for name in names], dtype=np.float64)
    features["words"] = np.array(word_overlaps(child.title, [elder.title for elder in elders]))
    return features


def names_held(child: PaperFacts, elders: Sequence[PaperFacts]) -> list[str | None]:
    """For each elder, the name of it that the title of the child holds, None when it holds none."""
    return [_name_held(child, elder, elders) for elder in elders]


def _name_held(child: PaperFacts, elder: PaperFacts, elders: Sequence[PaperFacts]) -> str | None:
    for title in dict.fromkeys((elder.name, elder.title)):
        name = title_name(title)
        if name and holds_name(child.title, name):
            before = (one.title for one in elders if _is_before(one, elder))
            if is_name_meant(child.title, title, before):
                return shown_name(title)
    return None


def _is_before(one: PaperFacts, other: PaperFacts) -> bool:
    return one.date is not None and (other.date is None or one.date < other.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class InferredNeed:
    """How much an elder is needed, 0 to 1, for which paper, and what the citations say of both.

    `is_thin` when all that links the two is one citer of both.
    """

    number: int
    need: float
    needed_by: int
    evidence: tuple[Evidence, ...]
    is_generic: bool = False
    is_thin: bool = False


def infer_needs(
    target: int, source: AncestorSource, most: int, known: Collection[int] = ()
) -> list[InferredNeed]:
    """Rank what one should have read before a target, most needed first, by citations and titles.

    Each elder is needed by the target, where both are linked, or else by the nearest of those that
    rank before it; one that nothing links to any of them is left out. What is known or generic
    supports nothing.
    """
    found = circle_of(source.graph, source.dates, target, _CIRCLE_SIZE)
    facts = source.facts([target, *found.numbers.tolist()])
    kept = [place for place, n in enumerate(found.numbers.tolist()) if n in facts]
    if target not in facts or not kept:
        return []
    features = {key: values[kept] for key, values in found.features.items()}
    features |= likeness(target, [int(found.numbers[place]) for place in kept], source)
    scores = np.sum([NEED_WEIGHTS[key] * values for key, values in features.items()], axis=0)
    needs = _MOST_NEED / (1.0 + scores.max() - scores)
    supporters = Supporters(target, source)
    ranked: list[InferredNeed] = []
    for row in np.argsort(-scores, kind="stable"):
        number = int(found.numbers[kept[row]])
        if source.is_struck(target, number):
            continue
        support = _find_support(number, supporters, source, facts)
        if support is None:
            continue
        by, evidence, is_thin = support
        is_generic = facts[number].is_generic or features["common"][row] > GENERIC_SHARE
        ranked.append(
            InferredNeed(
                number=number,
                need=float(needs[row]),
                needed_by=by,
                evidence=evidence,
                is_generic=bool(is_generic),
                is_thin=is_thin,
            )
        )
        if len(ranked) == most:
            break
        if number not in known and not is_generic:
            supporters.add(number)
    return ranked


def likeness(
    target: int, others: Sequence[int], source: AncestorSource
) -> dict[str, NDArray[np.float64]]:
    """How like a target others of known facts are: in words of titles, and in meaning if known."""
    facts = source.facts([target, *others])
    titles = [facts[number].title for number in others]
    found = {"words": np.array(word_overlaps(facts[target].title, titles))}
    cosines = source.meaning(target, others)
    if cosines is not None:
        found["meaning"] = np.asarray(cosines, dtype=np.float64)
    return found


class Supporters:
    """Papers of a path that others may be needed for, at most `_SUPPORTERS`, the target first.

    Each is one bit of the marks of its citers, (n,) uint8, so that those another paper shares with
    all of them are counted in one pass.
    """

    def __init__(self, target: int, source: AncestorSource) -> None:
        self._source = source
        self._marks = np.zeros(len(source.graph.citer_starts) - 1, dtype=np.uint8)
        self.numbers: list[int] = []
        self._references: list[frozenset[int]] = []
        self.add(target)

    def add(self, number: int) -> None:
        """Add a paper, unless there are enough."""
        if len(self.numbers) < _SUPPORTERS:
            graph = self._source.graph
            self._marks[graph.citers_of(number)] |= np.uint8(1 << len(self.numbers))
            self.numbers.append(number)
            self._references.append(frozenset(graph.references_of(number).tolist()))

    def links(self, other: int) -> Iterator[Elder]:
        """Count what links an elder to each: the citation, and the citers both have."""
        graph = self._source.graph
        others = graph.citers_of(other)
        counts = np.bincount(self._marks[others], minlength=1 << _SUPPORTERS)
        expected = len(others) / max(1, graph.citing_count)
        for place, number in enumerate(self.numbers):
            together = int(counts[_WITH_BIT[place]].sum())
            citing = graph.citers_of(number)
            citers = len(citing)
            if citers == 1 and citing[0] >= graph.papers:
                together = 0  # one review may speak of anything
            yield Elder(
                weight=1.0,
                is_cited=other in self._references[place],
                together=together,
                citers=citers,
                lift=max(1.0, together / max(1, citers) / max(expected, 1e-9)),
            )


def _find_support(
    number: int,
    supporters: Supporters,
    source: AncestorSource,
    facts: Mapping[int, PaperFacts],
) -> tuple[int, tuple[Evidence, ...], bool] | None:
    """Find the first supporter to which something links an elder, what does, and if it is thin.

    One citer that both share is enough for the target itself, when nothing better is found.
    """
    links = []
    for place, elder in enumerate(supporters.links(number)):
        by = supporters.numbers[place]
        if _is_younger(facts[number], facts[by]) or source.is_struck(by, number):
            continue
        if not elder.is_cited and _is_younger(facts[number], facts[by], slack=0.0):
            continue  # a month later: only what is cited may have been there as a draft
        if elder.is_cited or (elder.is_company and elder.together >= _FEWEST_SHARED):
            links = [(by, elder)]
            break
        if place == 0 and elder.is_company:
            links = [(by, elder)]
    for by, elder in links:
        evidence = inferred_evidence(facts[by], facts[number], elder)
        is_thin = not elder.is_cited and elder.together < _FEWEST_SHARED
        return by, tuple(sorted(evidence, key=lambda item: -item.weight)), is_thin
    return None


def _is_younger(one: PaperFacts, other: PaperFacts, slack: float = TIME_SLACK_YEARS) -> bool:
    if one.date is None or other.date is None:
        return False
    return one.date > other.date + slack


def inferred_evidence(later: PaperFacts, earlier: PaperFacts, elder: Elder) -> list[Evidence]:
    """What citations and titles say, in words; together they have the weight of the elder."""
    found = []
    if elder.is_cited:
        text = f"{later.name} cites {earlier.name}"
        found.append(
            Evidence(kind="citation", text=text, source="citations", weight=_CITES, stated=True)
        )
    if elder.is_company:
        text = (
            f"{elder.together} of the {elder.citers} papers and reviews here that cite {later.name}"
            f" also cite {earlier.name}, {elder.lift:.0f}x chance"
        )
        weight = _COCITED * elder.together / elder.citers
        found.append(Evidence(kind="cocitation", text=text, source="citations", weight=weight))
    if elder.name is not None and found:
        text = f"the title of {later.name} holds the name {elder.name}"
        found.append(Evidence(kind="title", text=text, source="titles", weight=_NAMED))
    total = sum(item.weight for item in found)
    return [replace(item, weight=elder.total * item.weight / total) for item in found]
