"""The web face: server-rendered pages, and the JSON API under /api/v1."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any

from flask import Flask

from papergraph.app import (
    actions,
    api,
    api_editing,
    api_reading,
    api_writing,
    correcting,
    explore_page,
    job_pages,
    jobs,
    library_pages,
    metrics,
    neighbourhood_page,
    openapi,
    pages,
    problems,
    question_pages,
    questions,
    security,
    shelf_page,
    wording,
)
from papergraph.app.resources import Resources
from papergraph.settings import Settings, shipped_folder

LARGEST_BODY = 20 * 1024 * 1024


def create_app(settings: Settings, *, hosts: Collection[str] = ()) -> Flask:
    """Make the web application over one library, which is opened at once.

    Parameters
    ----------
    hosts
        Names besides the loopback ones by which the application may be asked. With any, it is
        shared: every request then needs the token of the settings.

    Raises
    ------
    LibraryError
        When the library cannot be opened.
    SettingsError
        When it is to be shared without a token, or the shipped pages are missing.
    """
    security.check_sharing(settings, hosts)  # before the library is opened
    web = shipped_folder("web")
    app = Flask(__name__, static_folder=str(web / "static"), template_folder=str(web / "templates"))
    resources = Resources(settings)
    app.config.update(
        SECRET_KEY=_session_key(resources),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_options = {"finalize": wording.shown}
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    app.url_map.merge_slashes = False  # a reference may be a URL
    app.extensions["papergraph"] = resources
    app.extensions["papergraph_jobs"] = jobs.JobRunner(resources)
    metrics.install(app, resources)
    protection = security.protect(app, settings, hosts)
    spoken = [module.blueprint for module in (api, api_reading, api_writing, api_editing, openapi)]
    for blueprint in (
        *spoken,
        neighbourhood_page.api,
        explore_page.api,
        job_pages.api,
        shelf_page.api,
    ):
        app.register_blueprint(blueprint, url_prefix="/api/v1")
        protection.exempt(blueprint)
    pages_of = (
        pages,
        actions,
        question_pages,
        library_pages,
        neighbourhood_page,
        explore_page,
        job_pages,
        shelf_page,
    )
    for blueprint in (module.blueprint for module in pages_of):
        app.register_blueprint(blueprint)
    wording.install(app)
    questions.install(app)
    app.jinja_env.filters.update(field_words=correcting.field_words)
    problems.install(app)
    app.add_url_rule("/api/openapi.json", "openapi_here", openapi.document)
    app.add_url_rule("/healthz", "healthz", _health)
    app.extensions["papergraph_jobs"].wake()  # what a stop broke off goes on
    return app


def _session_key(here: Resources) -> str | bytes:
    """What signs the forms: the processes that serve one library on a server share it."""
    library = here.library
    return library.secret("session key") if library.is_on_server else secrets.token_bytes(32)


def _health() -> dict[str, Any]:
    return {"status": "ok"}
