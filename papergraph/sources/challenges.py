"""Pages that ask who is there instead of answering: a script is not wanted, and does not insist.

Seen 2026-10 at ACS, Annual Reviews and Taylor & Francis with status 403: a page titled "Just a
moment..." that runs a script. Publishers' pages are never crawled; a page that a user names may
turn out to be one of these, and with status 200 it must not be taken for a text about papers.
"""

from __future__ import annotations

import re

from papergraph.errors import RefusedError
from papergraph.sources.source import Reply

_HEAD_BYTES = 20_000
_TITLE = re.compile(
    rb"<title[^>]{0,200}>\s*(?:just a moment|attention required!? ?\||access denied"
    rb"|checking your browser|are you a (?:robot|human)|human verification|verify you are human"
    rb"|ddos-guard|pardon our interruption|security check)",
    re.IGNORECASE,
)
# The settings of the script; "/cdn-cgi/challenge-platform/" alone stands in ordinary pages too.
_SCRIPT = re.compile(rb"window\._cf_chl_opt|id=\"challenge-form\"")


def is_challenge(body: bytes) -> bool:
    """Say whether a body is a page that wants to know whether a person asks.

    >>> is_challenge(b"<html><head><title>Just a moment...</title>")
    True
    """
    head = body[:_HEAD_BYTES]
    return bool(_TITLE.search(head) or _SCRIPT.search(head))


def refuse_challenge(reply: Reply) -> None:
    """Let a reply pass when it is an answer.

    Raises
    ------
    RefusedError
        When it is a challenge: asking again does not help a program.
    """
    if is_challenge(reply.body):
        raise RefusedError(
            f"{reply.source} answered {reply.url!r} with a page that lets only browsers through;"
            " open it yourself, or name the paper by its DOI"
        )
