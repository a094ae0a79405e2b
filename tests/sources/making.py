"""Replies for tests of parsers, without a service."""

from __future__ import annotations

from papergraph.sources.source import Reply


def reply(body: str | bytes, url: str = "https://example.org/", source: str = "nips") -> Reply:
    """Make an answer with status 200."""
    content = body.encode() if isinstance(body, str) else body
    return Reply(
        source=source, url=url, status=200, body=content, fetched_at="2026-01-31T12:00:00Z"
    )


def landing(title: str, *, more: str = "", body: str = "") -> str:
    """Make a landing page with a title."""
    return (
        f'<html><head><meta name="citation_title" content="{title}">{more}</head>'
        f"<body>{body}</body></html>"
    )
