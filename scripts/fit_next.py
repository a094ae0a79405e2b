"""Fit the weights of what to read next: `python scripts/fit_next.py LIBRARY`.

LIBRARY is a bare library into which the corpus was imported, with vectors. `reading_logs.jsonl`
beside this script holds what 37 readers read, in the order they wrote it up, oldest first: facts
(month, and arXiv id or title) of public GitHub repositories, named by `reader`, those of their
papers that the corpus has. Each log is cut as `papergraph evaluate` cuts one; a conditional logit
says which of the papers in the company of what was read were among the next ten. A reader counts
as one, however long the log. What no list can bring near counts little: chances below `LEAST` weigh
less and less, or they would decide the weights.

Prints how well readers that were held back are served, and the weights of all. Same library, same
figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from papergraph.graph.ranking import next_features
from papergraph.graph.weights import NEXT_WEIGHTS
from papergraph.library import Library, in_turn
from papergraph.recommend.next_papers import gather_candidates, open_moment
from scipy.optimize import minimize

LOGS = Path(__file__).with_name("reading_logs.jsonl")
CUTS = (0.35, 0.5, 0.65, 0.8, 0.9)
ASKED_AHEAD, LEAST_KNOWN, LEAST_AHEAD, LEAST_READ = 10, 8, 3, 20
LEAST = 0.002
RIDGE = 0.05
FOLDS = 8
SHOWN = 20

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One cut of a log: the candidates, which of them were read next, and how many were."""

    reader: str
    features: Floats
    chosen: Marks
    asked: int

    @property
    def owner(self) -> str:
        """Readers of one repository are held back together."""
        return self.reader.partition("#")[0]


@in_turn
def read_choices(library: Library, path: Path) -> list[Choice]:
    """Cut every log and gather the candidates of each cut."""
    choices = []
    for line in path.read_text(encoding="utf-8").splitlines():
        log = json.loads(line)
        for known, ahead, now in _cuts(library, log["papers"]):
            here = open_moment(library, known, now)
            places, candidates = gather_candidates(here)
            choices.append(
                Choice(
                    reader=log["reader"],
                    features=next_features(candidates),
                    chosen=np.isin(places, list(ahead)),
                    asked=len(ahead),
                )
            )
    return choices


def _cuts(
    library: Library, papers: Sequence[tuple[str, str]]
) -> Iterator[tuple[list[int], set[int], float]]:
    dates = library.papers.date_array()
    found = [(month, _find(library, reference)) for month, reference in papers]
    read = [(month, number) for month, number in found if number is not None]
    for share in CUTS if len(read) >= LEAST_READ else ():
        cut = int(len(read) * share)
        known = [number for _, number in read[:cut]]
        ahead = {number for _, number in read[cut : cut + ASKED_AHEAD]} - set(known)
        if cut >= LEAST_KNOWN and len(ahead) >= LEAST_AHEAD:
            yield known, ahead, _time_of(read[: cut + 1], dates)


def _find(library: Library, reference: str) -> int | None:
    if reference.startswith(("arxiv:", "doi:")):
        return library.papers.by_identifier([reference]).get(reference)
    return next(iter(library.papers.by_title(reference)), None)


def _time_of(read: Sequence[tuple[str, int]], dates: Floats) -> float:
    """The month of the last one; where the log has none, when the newest of them had appeared."""
    month = read[-1][0]
    if month:
        return int(month[:4]) + int(month[5:7]) / 12
    times = dates[[number for _, number in read]]
    newest = float(times[np.isfinite(times)].max())
    months = [int(one[:4]) + int(one[5:7]) / 12 for one, _ in read if one]
    return max([(int(newest * 12) + 1) / 12, *months[-1:]])


def fit(choices: Sequence[Choice]) -> Floats:
    """Fit a conditional logit with a small ridge, on features scaled to one."""
    joined = np.concatenate([choice.features for choice in choices])
    middle, scale = joined.mean(axis=0), joined.std(axis=0)
    cuts = Counter(choice.reader for choice in choices)
    scaled = [(choice.features - middle) / scale for choice in choices]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = RIDGE * float(weights @ weights) / 2, RIDGE * weights
        for choice, features in zip(choices, scaled, strict=True):
            if not choice.chosen.any():
                continue
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            hit = chances[choice.chosen]
            pull = (hit / (hit + LEAST))[:, None] * (features[choice.chosen] - chances @ features)
            total -= float(np.log(hit + LEAST).mean()) / cuts[choice.reader]
            slope = slope - pull.mean(axis=0) / cuts[choice.reader]
        return total, slope

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def judge(choices: Sequence[Choice], weights: Floats) -> dict[str, tuple[float, float]]:
    """For each reader the recall at 20 and the reciprocal rank of the first hit."""
    figures = defaultdict(list)
    for choice in choices:
        hits = choice.chosen[np.argsort(-(choice.features @ weights), kind="stable")]
        first = 1 / (1 + int(hits.argmax())) if hits.any() else 0.0
        figures[choice.reader].append((hits[:SHOWN].sum() / choice.asked, first))
    return {reader: tuple(np.mean(rows, axis=0)) for reader, rows in figures.items()}


def judge_held_back(choices: Sequence[Choice], columns: Sequence[int]) -> Floats:
    """What weights of some features do for readers they were not fitted on, (readers, 2)."""
    owners = sorted({choice.owner for choice in choices})
    found: dict[str, tuple[float, float]] = {}
    for fold in range(FOLDS):
        held = set(owners[fold::FOLDS])
        kept = np.zeros(len(NEXT_WEIGHTS))
        part = [_only(choice, columns) for choice in choices if choice.owner not in held]
        kept[list(columns)] = fit(part)
        found |= judge([choice for choice in choices if choice.owner in held], kept)
    return np.array([found[reader] for reader in sorted(found)])


def _only(choice: Choice, columns: Sequence[int]) -> Choice:
    return Choice(
        reader=choice.reader,
        features=choice.features[:, list(columns)],
        chosen=choice.chosen,
        asked=choice.asked,
    )


def main() -> None:
    """Print what each feature is good for, and the weights for `papergraph/graph/weights.py`."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--logs", type=Path, default=LOGS)
    options = parser.parse_args()
    choices = read_choices(Library.open(options.library), options.logs)
    names = list(NEXT_WEIGHTS)
    whole = judge_held_back(choices, range(len(names)))
    print(f"{len(whole)} readers, {len(choices)} cuts; held back: recall at {SHOWN}, MRR")
    for what, columns in {
        "all": range(len(names)),
        "company, age, citations": range(3),
        **{
            f"without {name}": [n for n in range(len(names)) if n != place]
            for place, name in enumerate(names)
        },
    }.items():
        found = judge_held_back(choices, list(columns))
        error = (found - whole).std(axis=0) / len(found) ** 0.5
        print(
            f"{what:<26}{found[:, 0].mean():.4f} ({(found - whole)[:, 0].mean():+.4f},"
            f" se {error[0]:.4f})  {found[:, 1].mean():.4f} ({(found - whole)[:, 1].mean():+.4f},"
            f" se {error[1]:.4f})"
        )
    for name, weight in zip(names, fit(choices), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
