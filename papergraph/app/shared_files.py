"""What is given away, as an answer to a request: a file to save."""

from __future__ import annotations

from flask import Response, current_app

from papergraph.app.parameters import Parameters
from papergraph.app.resources import present_time
from papergraph.app.sharing import SHARED_FORMS, share, write_shared
from papergraph.models import Lineage, Neighbourhood, ReadingPath


def shared_file(found: ReadingPath | Lineage | Neighbourhood, form: str) -> Response:
    """A path, lineage or neighbourhood as a file of its own.

    Raises InputError when the form is unknown.
    """
    shared = share(found, now=present_time())
    text = write_shared(shared, form, Parameters.of_address().text("look"))
    return saved_file(text, f"{shared.file_name}.{form}", SHARED_FORMS[form])


def saved_file(text: str, name: str, mime: str) -> Response:
    """A text for the browser to save under a name."""
    answer = current_app.response_class(text, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
