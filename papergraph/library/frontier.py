"""The crawl's frontier: which papers are still to be looked up, by whom, and not before when.

An item is leased before the network is asked and settled in the transaction that stores what came
back, so that a crawl killed at any point loses nothing and does nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, delete, func, or_, select, update

from papergraph.library.database import Database
from papergraph.library.ratings import RATED
from papergraph.library.schema import citations, frontier, mentions, papers, reading_states

PAPER, CITATIONS, LINKS = "paper", "citations", "links"
WAITING, LEASED, DONE, FAILED = "waiting", "leased", "done", "failed"
_CHUNK = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierItem:
    """One paper to look up: `answers` tells what each source answered so far.

    `task` is paper (metadata and references), citations (who cites it) or links (open copy, code);
    `depth` is 0 for papers the reader's writing names, 1 for what those cite, and so on.
    """

    paper: int
    task: str
    depth: int
    priority: float
    tries: int
    answers: Mapping[str, str]


class Frontier:
    """The frontier of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seed(self, task: str, now: str) -> int:
        """Enter the papers that reviews name and the reader marked; returns how many are new.

        The more reviews name a paper, the sooner it is looked up; a paper that was found deeper
        moves up.
        """
        named = (
            select(mentions.c.paper_id, func.count(mentions.c.review_id.distinct()))
            .where(mentions.c.paper_id.is_not(None))
            .group_by(mentions.c.paper_id)
        )
        counts = {int(row[0]): float(row[1]) for row in self._database.execute(named)}
        marked = select(reading_states.c.paper_id).where(
            reading_states.c.state != "skipped", reading_states.c.reader.not_like(f"{RATED}%")
        )
        for row in self._database.execute(marked):
            counts[int(row[0])] = counts.get(int(row[0]), 0.0) + 1.0
        return self.add(task, counts, depth=0, now=now)

    def deepen(self, task: str, depth: int, now: str) -> int:
        """Enter what the papers of the level above cite, the most cited by them first."""
        rows = self._database.execute(
            select(citations.c.cited, func.count(citations.c.citing.distinct()))
            .join(frontier, frontier.c.paper_id == citations.c.citing)
            .where(frontier.c.task == task, frontier.c.depth < depth)
            .group_by(citations.c.cited)
        )
        return self.add(task, {int(row[0]): float(row[1]) for row in rows}, depth=depth, now=now)

    def add(self, task: str, found: Mapping[int, float], *, depth: int, now: str) -> int:
        """Enter papers with their priorities; returns how many are new.

        Those that are there keep the smaller depth.
        """
        if not found:
            return 0
        known = self._depths(task, found)
        fresh = [number for number in found if number not in known]
        rows = [
            {
                "paper_id": number,
                "task": task,
                "depth": depth,
                "priority": found[number],
                "state": WAITING,
                "changed_at": now,
            }
            for number in fresh
        ]
        if rows:
            self._database.execute(self._database.upsert(frontier).on_conflict_do_nothing(), rows)
        for number in set(known) & set(found):
            values: dict[str, Any] = {"priority": found[number], "depth": min(depth, known[number])}
            at = (frontier.c.paper_id == number) & (frontier.c.task == task)
            changed = frontier.c.depth > depth
            if depth == 0:
                changed |= frontier.c.priority != found[number]
            self._database.execute(update(frontier).where(at & changed).values(**values))
        return len(fresh)

    def lease(
        self, task: str, *, owner: str, until: str, now: str, most: int, deepest: int
    ) -> list[FrontierItem]:
        """Take the next items: the shallowest first, of those the ones named most often."""
        is_free = or_(
            frontier.c.state == WAITING,
            and_(frontier.c.state == LEASED, frontier.c.leased_until < now),
        )
        is_ready = or_(frontier.c.not_before.is_(None), frontier.c.not_before <= now)
        with self._database.transaction():
            self._database.lock()
            chosen = self._database.execute(
                select(frontier)
                .where(frontier.c.task == task, is_free, is_ready, frontier.c.depth <= deepest)
                .order_by(frontier.c.depth, frontier.c.priority.desc(), frontier.c.paper_id)
                .limit(most)
            ).all()
            for row in chosen:
                self._database.execute(
                    update(frontier)
                    .where(frontier.c.paper_id == row.paper_id, frontier.c.task == task)
                    .values(state=LEASED, owner=owner, leased_until=until)
                )
        return [_from_row(row) for row in chosen]

    def settle(
        self,
        item: FrontierItem,
        state: str,
        answers: Mapping[str, str],
        *,
        now: str,
        not_before: str | None = None,
    ) -> None:
        """Say how an item ended: done, failed, or waiting again until `not_before`."""
        values = {
            "state": state,
            "owner": None,
            "leased_until": None,
            "tries": item.tries + (state != DONE),
            "not_before": not_before,
            "detail": json.dumps(dict(sorted(answers.items())), ensure_ascii=False),
            "changed_at": now,
        }
        at = (frontier.c.paper_id == item.paper) & (frontier.c.task == item.task)
        self._database.execute(update(frontier).where(at).values(**values))

    def release(self, owners: Collection[str]) -> int:
        """Take the items back from crawls that are gone; returns how many."""
        done = update(frontier).where(frontier.c.state == LEASED, frontier.c.owner.in_(owners))
        return int(
            self._database.execute(
                done.values(state=WAITING, owner=None, leased_until=None)
            ).rowcount
        )

    def owners(self) -> list[str]:
        """Who holds leases."""
        statement = select(frontier.c.owner).where(frontier.c.state == LEASED).distinct()
        return sorted(str(row[0]) for row in self._database.execute(statement) if row[0])

    def counts(self, task: str, deepest: int | None = None) -> dict[str, int]:
        """How many items are in each state, down to a depth."""
        statement = select(frontier.c.state, func.count()).where(frontier.c.task == task)
        if deepest is not None:
            statement = statement.where(frontier.c.depth <= deepest)
        rows = self._database.execute(statement.group_by(frontier.c.state))
        return {row[0]: int(row[1]) for row in rows}

    def next_ready(self, task: str, deepest: int) -> str | None:
        """When the first waiting item may be looked up; None when none waits."""
        statement = select(func.min(func.coalesce(frontier.c.not_before, ""))).where(
            frontier.c.task == task, frontier.c.state == WAITING, frontier.c.depth <= deepest
        )
        found = self._database.execute(statement).scalar()
        return None if found is None else str(found)

    def items(self, numbers: Collection[int]) -> list[tuple[FrontierItem, str, str | None]]:
        """The items of these papers, each with its state and the time it waits for."""
        statement = (
            select(frontier)
            .where(frontier.c.paper_id.in_(list(numbers)))
            .order_by(frontier.c.paper_id, frontier.c.task)
        )
        rows = self._database.execute(statement)
        return [(_from_row(row), row.state, row.not_before) for row in rows]

    def unsettled(self, task: str) -> list[tuple[int, str, str | None, Mapping[str, str]]]:
        """Items that failed or wait: paper, state, until when, and what each source answered."""
        statement = (
            select(frontier)
            .join(papers, papers.c.id == frontier.c.paper_id)
            .where(frontier.c.task == task, frontier.c.state != DONE)
            .order_by(frontier.c.depth, frontier.c.priority.desc(), frontier.c.paper_id)
        )
        rows = self._database.execute(statement)
        return [
            (int(row.paper_id), row.state, row.not_before, _from_row(row).answers) for row in rows
        ]

    def drop(self, numbers: Sequence[int]) -> None:
        """Remove the items of these papers."""
        self._database.execute(delete(frontier).where(frontier.c.paper_id.in_(numbers)))

    def _depths(self, task: str, wanted: Collection[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        numbers = list(wanted)
        for start in range(0, len(numbers), _CHUNK):
            chunk = numbers[start : start + _CHUNK]
            statement = select(frontier.c.paper_id, frontier.c.depth).where(
                frontier.c.task == task, frontier.c.paper_id.in_(chunk)
            )
            found |= {int(row[0]): int(row[1]) for row in self._database.execute(statement)}
        return found


def _from_row(row: Row[Any]) -> FrontierItem:
    return FrontierItem(
        paper=int(row.paper_id),
        task=row.task,
        depth=int(row.depth),
        priority=float(row.priority),
        tries=int(row.tries),
        answers=json.loads(row.detail) if row.detail else {},
    )
