"""What the reader follows, and what came new of it: papers that cite, categories that announce."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from papergraph.errors import NotFoundError
from papergraph.library.database import Database
from papergraph.library.schema import mentions, news, papers, reading_states, watches

CATEGORY, PAPER = "category", "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One thing that is followed: a category of arXiv, or a paper (its public id)."""

    kind: str
    key: str
    checked_at: str | None


class Watches:
    """What is followed in one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, key: str, now: str) -> bool:
        """Follow something; returns whether it is new."""
        row = {"kind": kind, "key": key, "added_at": now}
        statement = self._database.upsert(watches).values(**row).on_conflict_do_nothing()
        counted = statement.execution_options(preserve_rowcount=True)
        return bool(self._database.execute(counted).rowcount)

    def remove(self, kind: str, key: str) -> None:
        """Follow it no more; raises NotFoundError when it was not followed."""
        at = (watches.c.kind == kind) & (watches.c.key == key)
        if not self._database.execute(delete(watches).where(at)).rowcount:
            known = ", ".join(watch.key for watch in self.all(kind)) or "nothing"
            raise NotFoundError(f"{kind} {key!r} is not followed; followed are: {known}")

    def all(self, kind: str) -> list[Watch]:
        """What is followed of one kind, what was not looked at for longest first."""
        statement = (
            select(watches)
            .where(watches.c.kind == kind)
            .order_by(watches.c.checked_at.is_not(None), watches.c.checked_at, watches.c.key)
        )
        return [
            Watch(kind=row.kind, key=row.key, checked_at=row.checked_at)
            for row in self._database.execute(statement)
        ]

    def check(self, kind: str, key: str, now: str) -> None:
        """Say that something followed was looked at."""
        at = (watches.c.kind == kind) & (watches.c.key == key)
        self._database.execute(update(watches).where(at).values(checked_at=now))

    def followed_papers(self, reader: str) -> list[int]:
        """The papers a reader follows: those marked or written about, not those passed over."""
        marked = select(reading_states.c.paper_id, reading_states.c.state).where(
            reading_states.c.reader == reader
        )
        states = {int(row[0]): row[1] for row in self._database.execute(marked)}
        about = select(mentions.c.paper_id).where(
            mentions.c.role == "about", mentions.c.paper_id.is_not(None)
        )
        found = {int(row[0]) for row in self._database.execute(about)} | set(states)
        return sorted(number for number in found if states.get(number) != "skipped")

    def put_news(self, found: Mapping[int, str], now: str) -> int:
        """Enter papers that came new, each with what it came by; returns how many are new."""
        rows = [{"paper_id": n, "watch": watch, "found_at": now} for n, watch in found.items()]
        if not rows:
            return 0
        before = len(self.news(""))
        self._database.execute(self._database.upsert(news).on_conflict_do_nothing(), rows)
        return len(self.news("")) - before

    def news(self, since: str) -> dict[int, list[str]]:
        """Papers that came new since a time, with all they came by, the newest first."""
        statement = (
            select(news.c.paper_id, news.c.watch)
            .join(papers, papers.c.id == news.c.paper_id)
            .where(news.c.found_at >= since, papers.c.merged_into.is_(None))
            .order_by(news.c.found_at.desc(), news.c.paper_id, news.c.watch)
        )
        found: dict[int, list[str]] = {}
        for number, watch in self._database.execute(statement):
            found.setdefault(int(number), []).append(watch)
        return found

    def used_papers(self, numbers: Collection[int]) -> set[int]:
        """Those of these papers that came as news."""
        statement = select(news.c.paper_id).where(news.c.paper_id.in_(list(numbers)))
        return {int(row[0]) for row in self._database.execute(statement)}
