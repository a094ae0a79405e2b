"""Evaluation on drawn graphs: baselines do what they are called, answers are asked fairly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from papergraph.evaluate import Answers, Evaluation, evaluate_gold
from papergraph.evaluate.baselines import Baselines, neutral
from papergraph.library import Library
from papergraph.models import PaperRecord
from tests.conftest import NOW, add_papers


@pytest.fixture
def drawn(bare: Library) -> Library:
    """Papers 1 to 8 of 2011-01 to 2018-01.

    5, 6 and 7 cite 1 and 2; 7 cites 3 as well; 8 cites 7 and 1; 3 and 4 cite 1; 4 cites 2.
    """
    records = [
        PaperRecord(title=f"Drawn {n}", source="starter", published=f"201{n}-01", year=2010 + n)
        for n in range(1, 9)
    ]
    add_papers(bare, *records)
    source = bare.papers.add_source("starter", "curated", NOW)
    pairs = [(n, old) for n in (5, 6, 7) for old in (1, 2)]
    bare.citations.add([*pairs, (7, 3), (8, 7), (8, 1), (3, 1), (4, 1), (4, 2)], source)
    bare.touch_graph()
    return bare


class Recorded:
    """Answers in the order of the papers' numbers; keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def order(self, ids: Sequence[str]) -> list[str]:
        self.asked.append(list(ids))
        return sorted(ids)

    def one(self, paper: str) -> list[str]:
        self.asked.append(paper)
        return [paper, "p1", "p2"]

    def next_(self, read: Sequence[str], as_of: str | None) -> list[str]:
        self.asked.append((list(read), as_of))
        return [*read, "p3"]

    @property
    def answers(self) -> Answers:
        return Answers(order=self.order, path=self.one, lineage=self.one, next_=self.next_)


def evaluate(library: Library, folder: Path, *entries: dict[str, Any]) -> tuple[Evaluation, list]:
    gold = folder / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")
    recorded = Recorded()
    return evaluate_gold(library, gold, recorded.answers), recorded.asked


def macros(found: Evaluation, task: str, measure: str) -> dict[str, float]:
    return {f.method: f.macro for f in found.figures[task] if f.measure == measure}


@pytest.mark.parametrize(
    ("task", "method", "asked", "now", "best"),
    [
        ("order", "year-month", [7, 2, 5], None, [2, 5, 7]),
        ("order", "citation count", [7, 2, 1], None, [1, 2, 7]),
        ("order", "PageRank", [8, 7, 1], None, [1, 7, 8]),
        ("path", "co-citation", [2], None, [1]),
        ("path", "co-citation", [3], None, [1, 2]),
        ("lineage", "co-citation", [7], None, [1]),
        ("lineage", "shared references", [5], None, [4, 3]),
        ("lineage", "shared references", [1], None, []),
        ("next", "co-citation", [2], None, [1, 3]),
        ("next", "co-citation", [2], 2016.5, [1]),
        ("next", "co-citation", [2], 2013.5, []),
    ],
)
def test_a_baseline_does_what_it_is_called(
    drawn: Library, task: str, method: str, asked: list[int], now: float | None, best: list[int]
) -> None:
    assert Baselines(drawn).of(task)[method](asked, now) == best


def test_orders_are_asked_in_an_order_that_says_nothing(drawn: Library, tmp_path: Path) -> None:
    papers = [f"p{n}" for n in range(1, 9)]

    _, forward = evaluate(drawn, tmp_path, {"task": "order", "papers": papers})
    _, backward = evaluate(drawn, tmp_path, {"task": "order", "papers": papers[::-1]})

    assert forward == backward == [[f"p{n}" for n in neutral(range(1, 9))]]
    assert forward != [papers]


def test_an_order_is_scored_beside_its_baselines(drawn: Library, tmp_path: Path) -> None:
    found, _ = evaluate(drawn, tmp_path, {"task": "order", "papers": ["p2", "p1", "p3"]})

    # all put 1 before 2 before 3: it is the oldest, has the lowest number, and is cited most
    assert macros(found, "order", "pairs") == dict.fromkeys(
        ("papergraph", "year-month", "citation count", "PageRank"), pytest.approx(2 / 3)
    )


def test_what_was_asked_about_is_no_answer(drawn: Library, tmp_path: Path) -> None:
    found, _ = evaluate(
        drawn,
        tmp_path,
        {"task": "lineage", "paper": "Drawn 7", "parents": ["Drawn 1"]},
        {"task": "path", "target": "Drawn 7", "papers": ["Drawn 2", "Drawn 7"]},
        {"task": "next", "read": ["p1", "p2", "p3"], "cut": 2},
    )

    assert macros(found, "lineage", "hit@1")["papergraph"] == 1.0
    assert macros(found, "path", "recall@20")["papergraph"] == 1.0
    assert macros(found, "next", "mrr")["papergraph"] == 1.0


def test_next_is_asked_as_of_the_month_given(drawn: Library, tmp_path: Path) -> None:
    entry = {"task": "next", "read": ["Drawn 2", "Drawn 1", "Drawn 3"], "cut": 1}

    _, asked = evaluate(drawn, tmp_path, {**entry, "as_of": "2016-06"}, entry)

    assert asked == [(["p2"], "2016-06"), (["p2"], None)]


def test_what_is_not_here_is_counted_and_named(drawn: Library, tmp_path: Path) -> None:
    found, asked = evaluate(
        drawn,
        tmp_path,
        {"task": "order", "papers": ["Drawn 1", "Nothing of the kind", "Drawn 2"]},
        {"task": "path", "target": "Nothing of the kind", "papers": ["Drawn 1"]},
        {"task": "lineage", "paper": "Drawn 1", "parents": ["Unheard of altogether"]},
    )

    assert len(asked) == 1
    assert list(found.figures) == ["order"]
    assert found.papers == 4
    assert [paper for _, paper in found.unresolved] == [
        "Nothing of the kind",
        "Unheard of altogether",
    ]
    assert [place.rpartition(", ")[2] for place in found.skipped] == ["line 2", "line 3"]


def test_entries_of_one_group_weigh_as_one(drawn: Library, tmp_path: Path) -> None:
    right, wrong = ["p1", "p2"], ["p2", "p1"]
    entries = [("a", right), ("b", wrong), ("b", wrong), ("b", wrong)]

    found, _ = evaluate(
        drawn,
        tmp_path,
        *({"task": "order", "papers": papers, "group": group} for group, papers in entries),
    )

    ours = found.figures["order"][0]
    assert (ours.macro, ours.micro, ours.groups, ours.count) == (0.5, 0.25, 2, 4)


def test_the_same_file_gives_the_same_figures(drawn: Library, tmp_path: Path) -> None:
    entries = [{"task": "order", "papers": [f"p{n}", "p8", "p2"]} for n in (3, 5, 7)]

    first, again = (evaluate(drawn, tmp_path, *entries)[0] for _ in range(2))

    assert first == again


def test_an_evaluation_can_be_written_as_json(drawn: Library, tmp_path: Path) -> None:
    found, _ = evaluate(drawn, tmp_path, {"task": "order", "papers": ["p1", "p2"]})

    written = json.loads(json.dumps(found.as_json()))
    assert written["tasks"]["order"]["figures"][0]["method"] == "papergraph"
    assert (written["unresolved"], written["skipped"]) == ([], [])
