"""Pages that ask who is there are told from pages about such pages."""

from __future__ import annotations

import pytest
from papergraph.errors import RefusedError
from papergraph.sources.challenges import is_challenge, refuse_challenge
from tests.sources.making import reply


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><head><title>Just a moment...</title>",
        b"<title>Attention Required! | Cloudflare</title>",
        b"<TITLE> Access Denied</TITLE>",
        b'<title>example.org</title><script>window._cf_chl_opt={cvId: "3"};</script>',
        b'<form id="challenge-form" action="/x">',
    ],
)
def test_a_challenge_is_known(body: bytes) -> None:
    assert is_challenge(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"%PDF-1.5",
        b"<title>Just a paper</title>",
        b"<title>On pages</title><p>A page titled Just a moment... is not one.</p>",
        b'<title>On nets</title><script src="/cdn-cgi/challenge-platform/scripts/jsd.js"></script>',
        b"<title>The access denied problem in databases</title>",
    ],
)
def test_a_page_is_none(body: bytes) -> None:
    assert not is_challenge(body)


def test_a_challenge_is_refused_with_its_address() -> None:
    with pytest.raises(RefusedError, match=r"'https://example\.org/'.*only browsers"):
        refuse_challenge(reply("<title>Just a moment...</title>"))
