"""Fit the weights of what is inferred: `python scripts/fit_prerequisites.py LIBRARY`.

LIBRARY is a bare library into which the corpus was imported. Two conditional logits are fitted, and
their coefficients printed for `papergraph/graph/weights.py`:

- parents: for every paper of `data/lineages.json` with a parent there (extends, replaces,
  prerequisite), which of its elders is the parent;
- need: for papers with a full bibliography, half of which or all of which is hidden, which elders
  are in the hidden part.

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
from papergraph.graph import AncestorSource
from papergraph.graph.company import circle_of, elders_of
from papergraph.graph.inferring import names_held, parent_features
from papergraph.graph.titles import word_overlaps
from papergraph.graph.weights import NEED_WEIGHTS, PARENT_WEIGHTS
from papergraph.library import Library
from papergraph.matching import resolve_reference
from papergraph.reading import open_source
from scipy.optimize import minimize

DATA = Path(__file__).parent.parent / "data"
DESCENT = ("extends", "replaces", "prerequisite")
ELDERS = 400
BIBLIOGRAPHIES = 600
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


def need_choices(source: AncestorSource, seed: int) -> list[Choice]:
    """One choice for each sampled paper: its hidden references among its circle."""
    graph = source.graph
    counts = np.diff(graph.reference_starts)[: graph.papers]
    cited = np.diff(graph.citer_starts)[: graph.papers]
    chance = np.random.default_rng(seed)
    full = np.flatnonzero((counts >= 25) & (counts <= 120) & (cited >= 5))
    choices = []
    for turn, number in enumerate(chance.choice(full, BIBLIOGRAPHIES, replace=False).tolist()):
        references = graph.references_of(number)
        keep = chance.permutation(references)[: len(references) // 2 if turn % 2 else 0]
        found = circle_of(graph, source.dates, number, ELDERS, references=np.sort(keep))
        facts = source.facts([number, *found.numbers.tolist()])
        places = [
            place
            for place, n in enumerate(found.numbers.tolist())
            if n in facts and n not in set(keep.tolist())
        ]
        elders = [facts[int(found.numbers[place])] for place in places]
        if number in facts and elders:
            features = {key: values[places] for key, values in found.features.items()}
            titles = [elder.title for elder in elders]
            features["words"] = np.array(word_overlaps(facts[number].title, titles))
            hidden = set(references.tolist()) - set(keep.tolist())
            truth = [elder.number in hidden for elder in elders]
            choices += _choice(features, tuple(NEED_WEIGHTS), truth)
    return choices


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
    report("NEED_WEIGHTS", tuple(NEED_WEIGHTS), need_choices(source, options.seed), options.seed)


if __name__ == "__main__":
    main()
