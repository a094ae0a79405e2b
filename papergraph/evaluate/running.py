"""Ask papergraph and the baselines what a gold file asks, and score the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papergraph.errors import NotFoundError
from papergraph.evaluate.baselines import Baselines, neutral
from papergraph.evaluate.gold import TASKS, GoldEntry, read_gold
from papergraph.evaluate.measuring import (
    PRODUCT,
    Figure,
    Score,
    score_found,
    score_order,
    sum_up,
)
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.models import paper_id, paper_number

Ids = Sequence[str]
_MEASURES = {"path": ("recall@20", "ndcg@20"), "lineage": ("hit@1", "mrr")}
_MEASURES["next"] = ("recall@20", "mrr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How papergraph answers, from paper ids to paper ids, best first.

    `next_` is given what was read, oldest first, and a month or None.
    """

    order: Callable[[Ids], Ids]
    path: Callable[[str], Ids]
    lineage: Callable[[str], Ids]
    next_: Callable[[Ids, str | None], Ids]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Figures by task; how many papers the library knows, and what could not be asked.

    `unresolved` are (place, reference); `skipped` are places where too little was left to ask.
    """

    figures: Mapping[str, tuple[Figure, ...]]
    asked: Mapping[str, int]
    papers: int
    unresolved: tuple[tuple[str, str], ...]
    skipped: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The evaluation as one JSON object."""
        return {
            "tasks": {
                task: {"entries": self.asked[task], "figures": [f.as_json() for f in figures]}
                for task, figures in self.figures.items()
            },
            "papers": self.papers,
            "unresolved": [{"where": where, "paper": paper} for where, paper in self.unresolved],
            "skipped": list(self.skipped),
        }


def evaluate_gold(
    library: Library, gold: Path, answers: Answers, *, task: str | None = None, seed: int = 0
) -> Evaluation:
    """Score papergraph on a gold file beside plain baselines, with 95 % intervals.

    Papers that the library does not have are left out and told; the same file, library and seed
    give the same figures.

    Raises
    ------
    ReadingError, InputError
        When the file or one of its entries cannot be used.
    """
    entries = read_gold(gold, task)
    found = _resolve(library, entries)
    baselines = Baselines(library)
    figures, asked = {}, {}
    skipped = []
    for name in TASKS:
        usable = []
        for entry in entries:
            if entry.task != name:
                continue
            known = _Known.of(entry, found)
            usable += [known] if known else []
            skipped += [] if known else [entry.place]
        if usable:
            asked[name] = len(usable)
            figures[name] = _measure(name, usable, answers, baselines, seed)
    return Evaluation(
        figures=figures,
        asked=asked,
        papers=len(found),
        unresolved=_unresolved(entries, found),
        skipped=tuple(skipped),
    )


def _unresolved(
    entries: Sequence[GoldEntry], found: Mapping[str, int | None]
) -> tuple[tuple[str, str], ...]:
    """Every reference that means no paper, with the first place where it stands."""
    places: dict[str, str] = {}
    for entry in entries:
        for reference in (*entry.asked, *entry.wanted):
            if found[reference] is None:
                places.setdefault(reference, entry.place)
    return tuple((place, reference) for reference, place in places.items())


def _resolve(library: Library, entries: Sequence[GoldEntry]) -> dict[str, int | None]:
    """The paper of every different reference; None when it does not mean exactly one."""
    found: dict[str, int | None] = {}
    for entry in entries:
        for reference in (*entry.asked, *entry.wanted):
            if reference not in found:
                try:
                    found[reference] = resolve_reference(reference, library.catalogue)
                except NotFoundError:
                    found[reference] = None
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """An entry by the numbers of those of its papers that are here."""

    group: str
    asked: tuple[int, ...]
    wanted: tuple[int, ...]
    as_of: str | None

    @classmethod
    def of(cls, entry: GoldEntry, found: Mapping[str, int | None]) -> _Known | None:
        """None when too little is left to ask."""
        asked, wanted = (
            tuple(dict.fromkeys(n for r in part if (n := found[r]) is not None))
            for part in (entry.asked, entry.wanted)
        )
        wanted = tuple(number for number in wanted if number not in asked)
        enough = len(asked) >= 2 if entry.task == "order" else asked and wanted
        return (
            cls(group=entry.group, asked=asked, wanted=wanted, as_of=entry.as_of)
            if enough
            else None
        )

    @property
    def now(self) -> float | None:
        """The month as years, as dates of papers are."""
        return int(self.as_of[:4]) + int(self.as_of[5:]) / 12 if self.as_of else None


def _measure(
    task: str, entries: Sequence[_Known], answers: Answers, baselines: Baselines, seed: int
) -> tuple[Figure, ...]:
    scores: dict[str, dict[str, list[Score]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        ranked = {PRODUCT: _ask(task, entry, answers)}
        for method, ranker in baselines.of(task).items():
            ranked[method] = ranker(entry.asked, entry.now)
        for method, answer in ranked.items():
            for measure, score in _score(task, entry, answer).items():
                scores[measure][method].append(score)
    groups = [entry.group for entry in entries]
    return tuple(
        figure
        for measure, methods in scores.items()
        for figure in sum_up(measure, methods, groups, seed)
    )


def _score(task: str, entry: _Known, answer: Sequence[int]) -> dict[str, Score]:
    if task == "order":
        return score_order(entry.asked, answer)
    fitting = [number for number in dict.fromkeys(answer) if number not in entry.asked]
    found = score_found(entry.wanted, fitting)
    return {measure: found[measure] for measure in _MEASURES[task]}


def _ask(task: str, entry: _Known, answers: Answers) -> list[int]:
    if task == "order":
        ids = answers.order([paper_id(number) for number in neutral(entry.asked)])
    elif task == "path":
        ids = answers.path(paper_id(entry.asked[0]))
    elif task == "lineage":
        ids = answers.lineage(paper_id(entry.asked[0]))
    else:
        ids = answers.next_([paper_id(number) for number in entry.asked], entry.as_of)
    return [number for one in ids if (number := paper_number(one)) is not None]
