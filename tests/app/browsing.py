"""A real browser for tests: where it is, a visit that notes what goes wrong, and every page."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "/",
    "/search?q=object detection",
    "/search?q=qqzz wwxx&mode=words",
    "/papers/ResNet",
    "/path",
    "/path?target=Faster R-CNN&known=R-CNN",
    "/next",
    "/lineage",
    "/lineage?target=ResNet",
    "/lineage?topic=object+detection",
    "/order?papers=ResNet&papers=AlexNet",
    "/reviews",
    "/reviews/r1",
    "/shelf",
    "/add",
    "/add?review=r2&review=r3",
    "/questions",
    "/papers/p1",
    "/neighbourhood",
    "/neighbourhood?seed=ResNet&seed=VGG",
    "/explore",
    "/explore?q=residual",
    "/new",
    "/about",
    "/no/such/page",
    "/questions?settled=d1",
    "/questions?review=r2",
]


def find_browser():
    """The browser to drive: named by PAPERGRAPH_CHROMIUM, or the first that is installed."""
    named = os.environ.get("PAPERGRAPH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no browser: PAPERGRAPH_CHROMIUM is not set, none of {', '.join(NAMES)} is here"
        if os.environ.get("PAPERGRAPH_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Visit:
    """A page that notes what goes wrong and where requests go."""

    def __init__(self, browser, **options):
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(10_000)
        self.context.set_default_navigation_timeout(30_000)  # maps are drawn without a GPU
        self.page = self.context.new_page()
        self.problems, self.addresses = [], []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.addresses.append(request.url))

    def _note(self, message):
        is_driver = "GL Driver Message" in message.text  # how fast this machine draws
        if message.type in ("error", "warning") and not is_driver:
            self.problems.append(message.text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
