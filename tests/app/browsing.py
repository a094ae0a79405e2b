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
    "--disable-gpu-watchdog",  # a busy machine is no fault of the drawing
]
PATIENCE = 60_000  # milliseconds; what is waited for comes sooner, unless the machine is busy
SETTLED = ("#map[data-map]:not([data-ready])", "[data-text]")  # what scripts still fill

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
    """A page that notes what goes wrong and where requests go.

    `open` and `follow` return when a page is whole, so that what is counted then is all of it.
    """

    def __init__(self, browser, **options):
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.has_scripts = options.get("java_script_enabled", True)
        self.page = self.context.new_page()
        self.problems, self.addresses = [], []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.addresses.append(request.url))

    def open(self, address):
        """Go to a page and wait until it is whole."""
        self.page.goto(address)
        self._settle()

    def follow(self, link):
        """Click a link or a button and wait until the page that it opens is whole."""
        with self.page.expect_navigation():
            link.click()
        self._settle()

    def press(self, *keys):
        """Press keys that open a page and wait until it is whole."""
        with self.page.expect_navigation():
            for key in keys:
                self.page.keyboard.press(key)
        self._settle()

    def _settle(self):
        for waiting in SETTLED if self.has_scripts else ():
            self.page.locator(waiting).first.wait_for(state="detached")

    def _note(self, message):
        is_driver = "GL Driver Message" in message.text  # how fast this machine draws
        if message.type in ("error", "warning") and not is_driver:
            self.problems.append(message.text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
