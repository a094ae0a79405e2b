"""Long ingests as jobs: they go on after their request, and after a restart where they broke off.

What was sent is kept in a folder beside the library until it is read. Reading again what was read
already changes nothing, so a job that broke off simply begins again.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from papergraph.app.adding import Outcome, Upload, add_reviews, fetched, sum_marks
from papergraph.app.resources import Resources, present_time
from papergraph.errors import NotFoundError, PapergraphError, ReadingError
from papergraph.ingest import stored_report
from papergraph.library import DONE, FAILED, RUNNING, JobStage, StoredJob
from papergraph.readers import without_secrets

MOST_AT_ONCE = 8  # files that are read while their request waits
LARGEST_AT_ONCE = 400_000  # bytes, together
_TELL_EVERY = 0.25  # seconds
_LOOK_AGAIN = 0.5  # seconds, while another process does the jobs
_KIND = "ingest"


class JobRunner:
    """Does the jobs of one application one after another, in a thread of its own."""

    def __init__(self, here: Resources) -> None:
        self._here = here
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._stopping = threading.Event()
        folder = here.library.folder
        self._folder = folder / "jobs" if folder else Path(tempfile.mkdtemp(prefix="papergraph-"))

    def start(
        self, given: Sequence[Upload], *, url: str | None = None, is_own: bool = False
    ) -> str:
        """Keep what was sent, and begin to read it; returns the id of the job.

        `is_own` says that the reader wrote it.
        """
        job = secrets.token_hex(6)
        home = self._folder / job
        home.mkdir(parents=True, exist_ok=True)
        for place, upload in enumerate(given):
            (home / f"{place:06}").write_bytes(upload.data)
        uploads = [[upload.origin, upload.is_same] for upload in given]
        asked = {"uploads": uploads, "url": url, "mine": is_own}
        (home / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
        self._here.library.jobs.add(job, _KIND, asked, present_time())
        self.wake()
        return job

    def wake(self) -> None:
        """Go on with what waits, if there is anything; called when an application starts, too."""
        with self._lock:
            is_busy = self._worker is not None and self._worker.is_alive()
            if is_busy or self._stopping.is_set() or not self._waiting():
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            worker = threading.Thread(target=self._work, daemon=True, name="jobs")
            worker.start()
            self._worker = worker

    def stop(self, timeout: float = 5.0) -> None:
        """Begin no further job, and wait a little for the present one; the rest goes on later."""
        self._stopping.set()
        self._join(timeout)

    def wait(self, timeout: float = 60.0) -> None:
        """Wait until every job is over and nothing of the library is used for them any more."""
        end = time.monotonic() + timeout
        while self._here.library.jobs.unfinished() and time.monotonic() < end:
            time.sleep(0.02)
        self._join(max(0.0, end - time.monotonic()))

    def _join(self, timeout: float) -> None:
        with self._lock:
            worker = self._worker
        if worker is not None:
            worker.join(timeout)

    def _work(self) -> None:
        """Do what waits; while another process over this library is at it, wait for that."""
        while self._is_needed():
            try:
                with FileLock(self._folder.with_name("jobs.lock"), timeout=0):
                    while not self._stopping.is_set() and (waiting := self._waiting()):
                        self._do(waiting[0])
            except Timeout:
                self._stopping.wait(_LOOK_AGAIN)

    def _is_needed(self) -> bool:
        """Is there anything to do? If not, the next job gets a worker of its own.

        Asked without the lock on the file, which that worker must be able to take at once.
        """
        with self._lock:
            if self._stopping.is_set() or not self._waiting():
                self._worker = None
                return False
            return True

    def _waiting(self) -> list[StoredJob]:
        """The jobs to do here; over one library on a server, each machine has what it was sent."""
        found = self._here.library.jobs.unfinished()
        if not self._here.library.is_on_server:
            return found
        return [job for job in found if (self._folder / job.id).is_dir()]

    def _do(self, job: StoredJob) -> None:
        told = _Teller(self._here, job.id)
        state = FAILED  # a mistake of ours ends the thread, and its trace stands in the log
        result = {"error": "papergraph made a mistake; what was read is kept, see the log"}
        try:
            result = self._read(job, told)
            state = DONE
        except PapergraphError as error:
            result = {"error": str(error)}
        finally:
            self._finish(job, state, told, result)

    def _read(self, job: StoredJob, told: _Teller) -> dict[str, Any]:
        home = self._folder / job.id
        url = job.asked.get("url")
        given: list[Upload | Outcome] = []
        for place, (origin, is_same) in enumerate(job.asked["uploads"]):
            try:
                data = (home / f"{place:06}").read_bytes()
            except OSError as error:
                raise ReadingError(
                    f"what was sent as {origin!r} is gone from {str(home)!r}; send it again"
                ) from error
            given.append(Upload(origin=origin, data=data, is_same=is_same))
        if url:
            told("fetch", 0, 0)
            given += fetched(self._here.settings, url)
            told("fetch", len(given), len(given))
        results = add_reviews(
            self._here,
            given,
            is_own=bool(job.asked.get("mine")),
            progress=lambda stage, done, of: told(
                stage, done, len(given) if stage == "read" else of
            ),
        )
        return {
            "reviews": [r.report.review_id for r in results if r.report is not None],
            "skipped": [
                {"origin": r.origin, "detail": str(r.error)} for r in results if r.error is not None
            ],
            "marked": sum_marks(results),
        }

    def _finish(self, job: StoredJob, state: str, told: _Teller, result: dict[str, Any]) -> None:
        url = job.asked.get("url")
        asked = job.asked | {"url": without_secrets(url) if url else url}
        told.last(state, result, asked)
        shutil.rmtree(self._folder / job.id, ignore_errors=True)


class _Teller:
    """Writes down how far a job is, a few times a second at most."""

    def __init__(self, here: Resources, job: str) -> None:
        self._jobs = here.library.jobs
        self._job = job
        self._stages: dict[str, JobStage] = {}
        self._told_at = 0.0
        self._jobs.put(job, RUNNING, (), now=present_time())

    def __call__(self, stage: str, done: int, of: int) -> None:
        is_new = stage not in self._stages
        self._stages[stage] = JobStage(stage=stage, done=done, of=of)
        if is_new or time.monotonic() - self._told_at >= _TELL_EVERY:
            self._told_at = time.monotonic()
            self._jobs.put(self._job, RUNNING, self.stages, now=present_time())

    @property
    def stages(self) -> tuple[JobStage, ...]:
        """The stages so far, in order."""
        return tuple(self._stages.values())

    def last(self, state: str, result: dict[str, Any], asked: dict[str, Any]) -> None:
        """Write down the end, and what was asked without what opens a door."""
        now = present_time()
        self._jobs.put(self._job, state, self.stages, now=now, result=result, asked=asked)


def is_long(given: Sequence[Upload | Outcome]) -> bool:
    """Would reading this keep a page waiting?"""
    sizes = [len(one.data) for one in given if isinstance(one, Upload)]
    return len(sizes) > MOST_AT_ONCE or sum(sizes) > LARGEST_AT_ONCE


def find_job(here: Resources, job: str) -> StoredJob:
    """A job by its id; NotFoundError when there is none."""
    found = here.library.jobs.get(job)
    if found is None:
        raise NotFoundError(f"there is no job {job!r} in this library")
    return found


def outcomes_of(here: Resources, job: StoredJob) -> list[Outcome]:
    """What became of everything a finished job was given."""
    result = job.result or {}
    found = []
    for review in result.get("reviews", ()):
        number = int(review.removeprefix("r"))
        if here.library.reviews.get(number) is not None:  # not forgotten since
            report = stored_report(here.library, number, changed=True)
            found.append(Outcome(origin=report.origin, report=report))
    return found + [
        Outcome(origin=item["origin"], error=ReadingError(item["detail"]))
        for item in result.get("skipped", ())
    ]
