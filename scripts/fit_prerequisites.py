"""Fit the weights of what is inferred: `python scripts/fit_prerequisites.py LIBRARY`.

LIBRARY is a bare library into which the corpus was imported. Two conditional logits are fitted, and
their coefficients printed for `papergraph/graph/weights.py`:

- parents: for every paper of `data/lineages.json` with a parent there (extends, replaces,
  prerequisite), which of its elders is the parent;
- need: for papers with a full bibliography, half of which or all of which is hidden, which elders
  are in the hidden part; and for bibliographies of 8 to 45 papers, taken for reading lists and
  hidden from the graph, which elders of the youngest paper of each stand in it as well.

Same library, same seed, same figures. Five-fold figures are printed beside the fit.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from papergraph.errors import PapergraphError
from papergraph.graph import AncestorSource, CitationGraph
from papergraph.graph.company import TIME_SLACK_YEARS, Elders, circle_of, elders_of
from papergraph.graph.inferring import likeness, names_held, parent_features
from papergraph.graph.weights import NEED_WEIGHTS, PARENT_WEIGHTS
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.reading import open_source
from scipy.optimize import minimize

DATA = Path(__file__).parent.parent / "data"
DESCENT = ("extends", "replaces", "prerequisite")
ELDERS = 400
BIBLIOGRAPHIES = 600
CITED = ((4, 2), (50, 10))  # how often the target and the others are cited, at least
FEWEST_LISTED = 5
BY_JUDGEMENT = ("common", "words")
RIDGE = 1.0

Floats = NDArray[np.float64]
Choice = tuple[Floats, Floats]  # (candidates, features), and the share of the truth of each


def curated_parents(library: Library) -> dict[int, set[int]]:
    """Parents by child, as papers of the library, from the shipped lineages."""
    numbers: dict[str, int] = {}
    for name in ("papers.csv", "extra_papers.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for text in (*row["identifiers"].split(), row["title"]):
                    try:
                        numbers[row["id"]] = resolve_reference(text, library.catalogue)
                    except PapergraphError:
                        continue
                    break
    parents: dict[int, set[int]] = {}
    for line in json.loads((DATA / "lineages.json").read_text(encoding="utf-8"))["lineages"]:
        for edge in line["edges"]:
            later, earlier = numbers.get(edge["later"]), numbers.get(edge["earlier"])
            if edge["kind"] in DESCENT and later is not None and earlier is not None:
                parents.setdefault(later, set()).add(earlier)
    return parents


def parent_choices(source: AncestorSource, parents: dict[int, set[int]]) -> list[Choice]:
    """One choice for each child whose parent stands among its elders."""
    choices = []
    for child, wanted in sorted(parents.items()):
        found = elders_of(source.graph, source.dates, child, ELDERS)
        facts = source.facts([child, *found.numbers.tolist()])
        kept = [place for place, n in enumerate(found.numbers.tolist()) if n in facts]
        elders = [facts[int(found.numbers[place])] for place in kept]
        if child in facts and elders:
            names = names_held(facts[child], elders)
            features = parent_features(found, kept, facts[child], elders, names)
            truth = [elder.number in wanted for elder in elders]
            choices += _choice(features, tuple(PARENT_WEIGHTS), truth)
    return choices


def own_choices(source: AncestorSource, seed: int, names: Sequence[str]) -> list[Choice]:
    """One choice for each sampled paper: its hidden references among its circle."""
    graph = source.graph
    counts = np.diff(graph.reference_starts)[: graph.papers]
    cited = np.diff(graph.citer_starts)[: graph.papers]
    chance = np.random.default_rng(seed)
    full = np.flatnonzero((counts >= 25) & (counts <= 120) & (cited >= 5))
    choices = []
    for turn, number in enumerate(chance.choice(full, BIBLIOGRAPHIES, replace=False).tolist()):
        references = graph.references_of(number)
        keep = np.sort(chance.permutation(references)[: len(references) // 2 if turn % 2 else 0])
        found = circle_of(graph, source.dates, number, ELDERS, references=keep)
        hidden, seen = set(references.tolist()) - set(keep.tolist()), set(keep.tolist())
        choices += _need_choice(source, number, found, (hidden, seen), names)
    return choices


def list_choices(source: AncestorSource, seed: int, names: Sequence[str]) -> list[Choice]:
    """One choice for each bibliography: which elders of its youngest paper stand in it as well."""
    graph, dates = source.graph, source.dates
    lists = [found for cited in CITED for found in sample_lists(graph, dates, seed, cited)]
    without = _without(graph, {citing for citing, _, _ in lists})
    choices = []
    for _, target, listed in lists:
        found = circle_of(without, dates, target, ELDERS)
        choices += _need_choice(source, target, found, (listed, set()), names)
    return choices


def _need_choice(
    source: AncestorSource,
    target: int,
    found: Elders,
    truth_and_seen: tuple[set[int], set[int]],
    names: Sequence[str],
) -> list[Choice]:
    truth, seen = truth_and_seen
    facts = source.facts([target, *found.numbers.tolist()])
    places = [p for p, n in enumerate(found.numbers.tolist()) if n in facts and n not in seen]
    numbers = [int(found.numbers[place]) for place in places]
    if target not in facts or not numbers:
        return []
    features = {key: values[places] for key, values in found.features.items()}
    features |= likeness(target, numbers, source)
    unknown = np.zeros(len(numbers))  # of a target without a vector
    features = {name: features.get(name, unknown) for name in names}
    return _choice(features, names, [number in truth for number in numbers])


def sample_lists(
    graph: CitationGraph, dates: Floats, seed: int, cited: tuple[int, int]
) -> list[tuple[int, int, set[int]]]:
    """Papers with what they cite: the youngest, and the others. `cited`: how often, at least."""
    chance = np.random.default_rng(seed)
    counts, many = np.diff(graph.reference_starts), np.diff(graph.citer_starts)
    lists: list[tuple[int, int, set[int]]] = []
    for citing in chance.permutation(np.flatnonzero((counts >= 8) & (counts <= 45))).tolist():
        references = graph.references_of(citing).astype(np.int64)
        references = references[np.isfinite(dates[references]) & (many[references] >= cited[1])]
        youngest = references[np.argsort(-dates[references], kind="stable")]
        target = next((int(n) for n in youngest if many[n] >= cited[0]), None)
        if target is not None:
            listed = references[dates[references] <= dates[target] + TIME_SLACK_YEARS]
            others = set(listed.tolist()) - {target}
            lists += [(citing, target, others)] if len(others) >= FEWEST_LISTED else []
        if len(lists) == BIBLIOGRAPHIES:
            break
    return lists


def _without(graph: CitationGraph, hidden: set[int]) -> CitationGraph:
    size = len(graph.reference_starts) - 1
    citing = np.repeat(np.arange(size), np.diff(graph.reference_starts))
    kept = ~np.isin(citing, list(hidden))
    pairs = np.column_stack([citing[kept], graph.references[kept]])
    return CitationGraph.build(pairs, least=size)


def _choice(features: dict[str, Floats], names: Sequence[str], truth: list[bool]) -> list[Choice]:
    if not any(truth):
        return []
    table = np.column_stack([features[name] for name in names])
    return [(table, np.array(truth, dtype=np.float64) / sum(truth))]


def fit(choices: Sequence[Choice]) -> Floats:
    """Maximise the likelihood of the truth with a small ridge; columns are scaled first."""
    spread = np.concatenate([table for table, _ in choices]).std(axis=0) + 1e-9
    scaled = [(table / spread, truth) for table, truth in choices]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = RIDGE * float(weights @ weights) / 2, RIDGE * weights
        for table, truth in scaled:
            scores = table @ weights
            scores -= scores.max()
            size = float(np.exp(scores).sum())
            total -= float(truth @ scores) - float(np.log(size))
            slope = slope + np.exp(scores) @ table / size - truth @ table
        return total, slope

    found = minimize(loss, np.zeros(len(spread)), jac=True)
    return np.asarray(found.x / spread)


def judge(choices: Sequence[Choice], weights: Floats) -> tuple[float, float]:
    """Mean of hit at 1 and of the reciprocal rank of the first true candidate."""
    ranks = []
    for table, truth in choices:
        order = np.argsort(-(table @ weights), kind="stable")
        ranks.append(int(np.flatnonzero(truth[order] > 0)[0]) + 1)
    return float(np.mean(np.array(ranks) == 1)), float(np.mean(1.0 / np.array(ranks)))


def report(title: str, names: Sequence[str], choices: Sequence[Choice], seed: int) -> None:
    """Print the coefficients, and what they reach on folds they have not seen."""
    turn = np.random.default_rng(seed).permutation(len(choices)) % 5
    folds = []
    for fold in range(5):
        seen = [choice for choice, n in zip(choices, turn, strict=True) if n != fold]
        unseen = [choice for choice, n in zip(choices, turn, strict=True) if n == fold]
        folds.append(judge(unseen, fit(seen)))
    hit, rank = np.mean(folds, axis=0)
    print(f"{title}: {len(choices)} choices; unseen folds: hit@1 {hit:.3f}, MRR {rank:.3f}")
    for name, weight in zip(names, fit(choices).tolist(), strict=True):
        print(f'    "{name}": {weight:.2f},')


def main() -> None:
    """Fit both tables on one library and print them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    library = Library.open(options.library)
    source = open_source(library)
    parents = parent_choices(source, curated_parents(library))
    report("PARENT_WEIGHTS", tuple(PARENT_WEIGHTS), parents, options.seed)
    names = [name for name in NEED_WEIGHTS if name not in BY_JUDGEMENT]
    needs = [make(source, options.seed, names) for make in (own_choices, list_choices)]
    report("NEED_WEIGHTS", names, [*needs[0], *needs[1]], options.seed)


if __name__ == "__main__":
    main()
