"""Writes works in the shape of an OpenAlex snapshot, all made up, for tests and measurements.

Usage: python benchmarks/make_openalex.py N OUT [--seed S] [--partitions P] [--broken B]. The same
arguments give the same bytes. Every work says `"synthetic": true`; the file OUT/SYNTHETIC says so,
too. References follow a copying model within fields; one work in a hundred stands a second time, in
an older partition under an older title, as updated works do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIELDS = (
    ("17", "Computer Science"),
    ("26", "Mathematics"),
    ("27", "Medicine"),
    ("16", "Chemistry"),
)
TOPICS_A_FIELD = 5
FIRST_YEAR, YEARS = 1980, 46
FIRST_WORK = 2_000_000_000
SYLLABLES = ("ba", "den", "fo", "gri", "kal", "lem", "mo", "nus", "pra", "rin", "so", "tev", "ul")


def make_words(chance: random.Random, many: int) -> list[str]:
    """Made-up words; early ones are meant to be common."""
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(many)]


class Works:
    """Makes works one after the other, in time order."""

    def __init__(self, many: int, seed: int) -> None:
        self._many = many
        self._chance = random.Random(seed)
        self._words = make_words(self._chance, 5_000)
        self._names = [word.title() for word in make_words(self._chance, 500)]
        self._cited: dict[int, list[int]] = defaultdict(list)
        self._members: dict[int, list[int]] = defaultdict(list)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number in range(self._many):
            yield self._work(number)

    def _work(self, number: int) -> dict[str, Any]:
        chance = self._chance
        field = chance.randrange(len(FIELDS))
        topic = field * TOPICS_A_FIELD + chance.randrange(TOPICS_A_FIELD)
        address = f"https://openalex.org/W{FIRST_WORK + number}"
        doi = f"https://doi.org/10.99999/made-up.{number}"
        title = " ".join(self._some_words(6)).capitalize() + f" {number}"
        place: dict[str, Any] = {
            "landing_page_url": doi,
            "source": {"display_name": f"Journal {topic}"},
        }
        places = [place]
        if number % 5 == 0:
            arxiv = (
                f"{number // 90_000 % 90 + 10:02}{number % 12 + 1:02}.{number % 90_000 + 10_000}"
            )
            places = [place, {"landing_page_url": f"http://arxiv.org/abs/{arxiv}", "source": None}]
        return {
            "id": address,
            "synthetic": True,
            "doi": doi,
            "title": title,
            "display_name": title,
            "publication_year": FIRST_YEAR + number * YEARS // self._many,
            "ids": {"openalex": address, "doi": doi, "mag": str(FIRST_WORK + number)},
            "primary_location": place,
            "locations": places,
            "type": "article",
            "is_paratext": False,
            "is_retracted": False,
            "authorships": [
                {"author": {"display_name": f"{one} {two}"}}
                for one, two in (chance.sample(self._names, 2) for _ in range(chance.randint(1, 5)))
            ],
            "abstract_inverted_index": invert(self._some_words(60)),
            "primary_topic": self._topic(field, topic),
            "cited_by_count": 0,
            "referenced_works": [
                f"https://openalex.org/W{FIRST_WORK + cited}"
                for cited in self._references(number, field)
            ],
        }

    def _topic(self, field: int, topic: int) -> dict[str, Any]:
        number, name = FIELDS[field]
        return {
            "id": f"https://openalex.org/T{10_000 + topic}",
            "display_name": f"{name} topic {topic % TOPICS_A_FIELD}",
            "field": {"id": f"https://openalex.org/fields/{number}", "display_name": name},
        }

    def _references(self, number: int, field: int) -> list[int]:
        """Copy what others cite half of the time; one in twenty is of another field."""
        chance = self._chance
        found: set[int] = set()
        for _ in range(chance.randint(0, 30)):
            home = field if chance.random() > 0.05 else chance.randrange(len(FIELDS))
            pool = self._cited[home] if chance.random() < 0.5 else self._members[home]
            if pool:
                found.add(chance.choice(pool))
        self._members[field].append(number)
        self._cited[field] += sorted(found)
        return sorted(found)

    def _some_words(self, many: int) -> list[str]:
        """Words, the early ones of the list more often."""
        chance, words = self._chance, self._words
        return [words[int(len(words) * chance.random() ** 3)] for _ in range(many)]


def invert(words: list[str]) -> dict[str, list[int]]:
    """Positions by word, as OpenAlex gives abstracts."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        found.setdefault(word, []).append(place)
    return found


def write_snapshot(many: int, out: Path, *, seed: int, partitions: int, broken: int) -> None:
    """Write the works into partitions by date of update, `broken` bad lines among them."""
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(partitions)]
    folders = [out / "works" / f"updated_date={day}" for day in days]
    for folder in folders:
        folder.mkdir(parents=True)
    (out / "SYNTHETIC").write_text("Made-up works, for tests and measurements.\n", encoding="utf-8")
    files = [gzip.GzipFile(folder / "part_000.gz", "wb", 6, mtime=0) for folder in folders]
    for number, work in enumerate(Works(many, seed)):
        place = number * 7919 % partitions
        if number % 100 == 0 and place > 0:
            before = work | {"title": "An older title", "updated_date": str(days[place - 1])}
            files[place - 1].write(json.dumps(before).encode() + b"\n")
        work["updated_date"] = str(days[place])
        files[place].write(json.dumps(work).encode() + b"\n")
    for number in range(broken):
        files[number % partitions].write(b'{"id": "https://openalex.org/W1", "title": "Cut\n')
    for file in files:
        file.close()


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("many", type=int, metavar="N")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--broken", type=int, default=0)
    given = parser.parse_args()
    write_snapshot(
        given.many, given.out, seed=given.seed, partitions=given.partitions, broken=given.broken
    )


if __name__ == "__main__":
    main()
