"""Jobs: their page, which tells how far they are, and their answers as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from papergraph.app.adding import show_outcomes
from papergraph.app.answers import json_answer
from papergraph.app.describing import Given, Operation, describe
from papergraph.app.jobs import JobRunner, find_job, outcomes_of
from papergraph.app.resources import resources
from papergraph.library import DONE
from papergraph.readers import without_secrets

api = Blueprint("api_jobs", __name__)
blueprint = Blueprint("jobs", __name__)

JOB = {
    "id": str,
    "kind": str,
    "state": str,
    "stages": [{"stage": str, "done": int, "of": int}],
    "result": dict | None,
    "made_at": str,
    "changed_at": str,
}
_NEWEST = 50
_STAGES = {
    "fetch": "Fetching",
    "read": "Reading and finding papers",
    "linked": "Linking what others say of them",
}


def runner() -> JobRunner:
    """The runner of the application that answers the present request."""
    found = current_app.extensions["papergraph_jobs"]
    if not isinstance(found, JobRunner):
        raise TypeError("the application was not made by create_app")
    return found


@api.get("/jobs")
@describe(Operation(answer={"jobs": [JOB]}))
def jobs() -> Response:
    """The newest jobs, whatever their state."""
    found = resources().library.jobs.newest(_NEWEST)
    return json_answer({"jobs": [job.as_json() for job in found]})


@api.get("/jobs/<job_id>")
@describe(
    Operation(
        path=(Given(name="job_id", about="The id of a job.", is_required=True, example="example"),),
        answer=JOB,
    )
)
def job(job_id: str) -> Response:
    """How far a job is; its `result` names the reviews read, what was not, and what was marked."""
    return json_answer(find_job(resources(), job_id).as_json())


@blueprint.get("/jobs/<job_id>")
def page(job_id: str) -> str:
    """How far a job is; when it is done, its report."""
    here = resources()
    found = find_job(here, job_id)
    if found.state == DONE:
        marked = (found.result or {}).get("marked") if found.asked.get("mine") else None
        return show_outcomes(here, outcomes_of(here, found), marked=marked)
    url = without_secrets(found.asked.get("url") or "")
    return render_template("job.html", job=found, url=url, words=_STAGES)
