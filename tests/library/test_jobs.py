"""Jobs: what waits, how far each is, and what was left of it."""

from __future__ import annotations

from papergraph.library import DONE, RUNNING, JobStage, Library

EARLY, LATE = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"


def test_a_job_is_kept_with_its_stages_and_its_result(bare: Library) -> None:
    bare.jobs.add("b", "ingest", {"url": None}, EARLY)
    bare.jobs.add("a", "ingest", {"url": "x"}, LATE)
    stages = (JobStage(stage="read", done=1, of=2),)
    bare.jobs.put("b", RUNNING, stages, now=LATE)

    assert [job.id for job in bare.jobs.unfinished()] == ["b", "a"]
    bare.jobs.put("b", DONE, stages, now=LATE, result={"reviews": ["r1"]}, asked={})

    job = bare.jobs.get("b")
    assert job is not None
    assert (job.stages, job.result, job.asked, job.is_over) == (
        stages,
        {"reviews": ["r1"]},
        {},
        True,
    )
    assert [job.id for job in bare.jobs.unfinished()] == ["a"]
    assert [job.id for job in bare.jobs.newest(1)] == ["a"]
