"""Every piece of evidence of two hundred paths is looked up again in what the library was told."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from papergraph.ingest import ingest_review
from papergraph.library import Library
from papergraph.models import PaperRecord, ReadingPath
from papergraph.reading import plan_reading
from tests.conftest import DATA, NOW, add_papers
from tests.reading_checks import CLOSENESS, Told, faults_of

EACH = 100
SYLLABLES = ("bar", "del", "fon", "gri", "kal", "lem", "mox", "nu", "pra", "rin", "sot", "tev")
CUES = ("extends {}", "builds on {}", "is a slight modification of {}", "uses {}", "replaces {}")
BUDGETS = ({}, {"limit": 8}, {"limit": 25}, {"hours": 15.0})


@pytest.fixture(scope="module")
def starter_told(tmp_path_factory: pytest.TempPathFactory, starter_file: Path) -> Iterator[Library]:
    """The starter library after reading all sample reviews."""
    path = tmp_path_factory.mktemp("starter_told") / "library.db"
    path.write_bytes(starter_file.read_bytes())
    library = Library.open(path)
    for file in sorted((DATA / "reviews").glob("*.*")):
        if file.suffix != ".json":
            ingest_review(library, file.read_bytes(), f"/{file.name}", now=NOW)
    yield library
    library.close()


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A hundred and fifty papers, the last without a link, twelve reviews of them, eight lists."""
    chance = random.Random(6)
    library = Library.open(tmp_path_factory.mktemp("made_up") / "library.db")
    papers = make_papers(library, chance)
    source = library.papers.add_source("corpus", "imported", NOW)
    library.citations.add(make_citations(papers[:-4], chance), source)
    for place in range(20):
        text = make_review(papers, chance) if place < 12 else make_list(papers, chance)
        ingest_review(library, text.encode(), f"/made-{place}.md", now=NOW)
    yield library
    library.close()


Paper = tuple[int, str, str]


def make_papers(library: Library, chance: random.Random) -> list[Paper]:
    """Papers of a month each, oldest first: number, name, arXiv id; some are versions by name."""
    found: list[Paper] = []
    seen: set[str] = set()
    while len(found) < 150:
        place = len(found)
        name = "".join(chance.choices(SYLLABLES, k=3)).title() + "Net"
        if name in seen:
            continue
        seen.add(name)
        month = f"{2005 + place // 12}-{place % 12 + 1:02}"
        arxiv = f"{month[2:4]}{month[5:]}.{place:04}" if month >= "2007-04" else None
        of = f" of {found[place // 2][1]}" if place % 5 == 4 else ""
        record = PaperRecord(
            title=f"{name}: The {place}th Study{of} on Made-up Signals",
            source="starter",
            nicknames=(name,),
            year=int(month[:4]),
            published=month if place % 7 else None,
            identifiers=(f"arxiv:{arxiv}",) if arxiv else (),
        )
        (number,) = add_papers(library, record)
        found.append((number, name, f"https://arxiv.org/abs/{arxiv}" if arxiv else ""))
    return found


def make_citations(papers: Sequence[Paper], chance: random.Random) -> list[tuple[int, int]]:
    """Every paper cites up to nine older ones, the near ones more often; a few point forwards."""
    pairs = set()
    for place, (citing, *_) in enumerate(papers):
        for _ in range(min(place, 9)):
            cited = papers[max(0, place - 1 - int(chance.expovariate(0.1)))][0]
            pairs.add((citing, cited))
        if place % 40 == 20:
            pairs.add((citing, papers[place + 1][0]))
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def make_review(papers: Sequence[Paper], chance: random.Random) -> str:
    """Some paragraphs of prose, with and without links, in which papers follow others."""
    lines = ["# Notes on made-up signals", ""]
    for _ in range(10):
        later = chance.randrange(30, len(papers) - 4)
        earlier = later - chance.randrange(1, 15)
        names = [
            f"[{name}]({url})" if url and chance.random() < 0.5 else name
            for _, name, url in (papers[later], papers[earlier])
        ]
        said = chance.choice(CUES).format(names[1])
        lines += [
            f"It took me two evenings.\n{names[0]} {said}, and that is\nall there is to it.",
            "",
        ]
    return "\n".join(lines)


def make_list(papers: Sequence[Paper], chance: random.Random) -> str:
    """A numbered reading list of eight papers, oldest first but for one."""
    chosen = [p for p in sorted(chance.sample(papers[40:-4], 8)) if p[2]]
    chosen[2], chosen[3] = chosen[3], chosen[2]
    entries = (f"{n}. [{name}]({url})" for n, (_, name, url) in enumerate(chosen, 1))
    return "\n".join(["# Reading list", "", *entries, ""])


def plan_many(library: Library, numbers: Sequence[int]) -> list[ReadingPath]:
    """Paths with budgets of several kinds, every fourth from something known."""
    paths = []
    for place, number in enumerate(numbers):
        known = [f"p{numbers[place - 1]}"] if place % 4 == 3 else []
        budget = BUDGETS[place % len(BUDGETS)]
        paths.append(plan_reading(library, [f"p{number}"], known=known, **budget))
    return paths


@pytest.fixture(scope="module")
def starter_paths(starter_told: Library) -> list[ReadingPath]:
    """A hundred paths to papers spread over the starter library, its youngest among them."""
    numbers = sorted(starter_told.papers.facts(range(1, 2000)), reverse=True)
    return plan_many(starter_told, numbers[:: len(numbers) // EACH][:EACH])


@pytest.fixture(scope="module")
def made_up_paths(made_up: Library) -> list[ReadingPath]:
    """A hundred paths to the younger of the made-up papers."""
    return plan_many(made_up, sorted(made_up.papers.facts(range(1, 2000)))[-EACH:])


def test_the_evidence_of_a_hundred_paths_of_the_starter_stands(
    starter_told: Library, starter_paths: list[ReadingPath]
) -> None:
    told = Told.of(starter_told)

    assert len(starter_paths) == EACH
    assert [fault for path in starter_paths for fault in faults_of(path, told)] == []


def test_the_evidence_of_a_hundred_made_up_paths_stands(
    made_up: Library, made_up_paths: list[ReadingPath]
) -> None:
    told = Told.of(made_up)

    assert len(made_up_paths) == EACH
    assert [fault for path in made_up_paths for fault in faults_of(path, told)] == []


def test_the_paths_hold_evidence_of_every_kind(
    starter_paths: list[ReadingPath], made_up_paths: list[ReadingPath]
) -> None:
    steps = [step for path in (*starter_paths, *made_up_paths) for step in path.steps]
    kinds = {evidence.kind for step in steps for evidence in step.because}
    guesses = [s for s in steps if s.because and {e.kind for e in s.because} <= CLOSENESS]

    assert kinds == {"review", "list", "curated", "citation", "cocitation", "title"}
    assert len(steps) > 1000
    assert guesses
