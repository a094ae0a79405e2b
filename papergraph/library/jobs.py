"""Work that goes on after its request was answered: what was asked, how far it is, its result."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from papergraph.library.database import Database
from papergraph.library.schema import jobs

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStage:
    """One stage of a job: how much is done, of how much (0: not known)."""

    stage: str
    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredJob:
    """A job: `state` is waiting, running, done or failed; `asked` says what it was given."""

    id: str
    kind: str
    state: str
    asked: dict[str, Any]
    stages: tuple[JobStage, ...]
    result: dict[str, Any] | None
    made_at: str
    changed_at: str

    @property
    def is_over(self) -> bool:
        """Is nothing more to come of it?"""
        return self.state in (DONE, FAILED)

    def as_json(self) -> dict[str, Any]:
        """Return the job as an object."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "stages": [
                {"stage": item.stage, "done": item.done, "of": item.of} for item in self.stages
            ],
            "result": self.result,
            "made_at": self.made_at,
            "changed_at": self.changed_at,
        }


class Jobs:
    """The jobs of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: str, kind: str, asked: Mapping[str, Any], now: str) -> None:
        """Enter a job that waits to be done."""
        row = {"id": job, "kind": kind, "state": WAITING, "asked": _write(asked)}
        self._database.execute(insert(jobs).values(**row, made_at=now, changed_at=now))

    def put(
        self,
        job: str,
        state: str,
        stages: Sequence[JobStage],
        *,
        now: str,
        result: Mapping[str, Any] | None = None,
        asked: Mapping[str, Any] | None = None,
    ) -> None:
        """Enter how far a job is; `asked` takes the place of what it was given."""
        shown = [[item.stage, item.done, item.of] for item in stages]
        row: dict[str, str | None] = {"state": state, "stages": _write(shown), "changed_at": now}
        row["result"] = _write(result) if result is not None else None
        if asked is not None:
            row["asked"] = _write(asked)
        self._database.execute(update(jobs).where(jobs.c.id == job).values(**row))

    def get(self, job: str) -> StoredJob | None:
        """One job; None when there is none of this id."""
        found = self._find(select(jobs).where(jobs.c.id == job))
        return found[0] if found else None

    def unfinished(self) -> list[StoredJob]:
        """Jobs that wait or run, the oldest first; after a start, those that broke off."""
        at = jobs.c.state.in_((WAITING, RUNNING))
        return self._find(select(jobs).where(at).order_by(jobs.c.made_at, jobs.c.id))

    def newest(self, limit: int) -> list[StoredJob]:
        """The newest jobs, whatever their state."""
        order = (jobs.c.made_at.desc(), jobs.c.id.desc())
        return self._find(select(jobs).order_by(*order).limit(limit))

    def _find(self, statement: Any) -> list[StoredJob]:
        return [
            StoredJob(
                id=row.id,
                kind=row.kind,
                state=row.state,
                asked=json.loads(row.asked),
                stages=tuple(
                    JobStage(stage=stage, done=done, of=of)
                    for stage, done, of in json.loads(row.stages)
                ),
                result=json.loads(row.result) if row.result else None,
                made_at=row.made_at,
                changed_at=row.changed_at,
            )
            for row in self._database.execute(statement)
        ]


def _write(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
