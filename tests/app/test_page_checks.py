"""The nine things every page must pass, in a real browser.

The second, no sideways scroll at 320 px, stands in test_browser.py.
"""

from __future__ import annotations

import gzip
import time
from importlib.resources import files

import pytest

from .browsing import PAGES, Visit

pytestmark = pytest.mark.browser

ALLOWED = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
BY_KEYBOARD = [
    "/",
    "/search?q=object detection",
    "/papers/ResNet",
    "/path?target=Faster R-CNN&known=R-CNN",
    "/next",
    "/shelf",
    "/add?review=r2",
    "/neighbourhood?seed=ResNet",
    "/explore?q=residual",
]
REACHABLE = """() => {
  const found = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")];
  const shown = found.filter((one) => one.checkVisibility({visibilityProperty: true})
    && !one.disabled && one.tabIndex >= 0 && !(one.type === "radio" && !one.checked));
  shown.forEach((one, place) => { one.dataset.place = place; });
  return shown.length;
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const of = getComputedStyle(one);
  const shape = one.querySelector?.("rect, circle");
  const ring = (of.outlineStyle !== "none" && parseFloat(of.outlineWidth) >= 2)
    || (shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 3);
  return [one.dataset.place ?? null, Boolean(ring), one.outerHTML.slice(0, 120)];
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const of = getComputedStyle(one);
  return [of.transitionDuration, of.animationDuration].some((t) =>
    t.split(",").some((part) => parseFloat(part) > 0));
}).length"""
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((one) => one.renderBlockingStatus === "blocking")
  .map((one) => one.name.split(/[/?]/).find((part) => part.includes(".") && !part.includes(":")))"""
PAINTED = """() => new Promise((take) => new PerformanceObserver((list) =>
  list.getEntriesByName("first-contentful-paint").length && take()
).observe({type: "paint", buffered: true}))"""
SMALLEST = """() => {
  let least = 99;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || one.closest("svg, script, style")) continue;
    if (one.checkVisibility()) least = Math.min(least, parseFloat(getComputedStyle(one).fontSize));
  }
  return least;
}"""


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser, site, axe, theme):
    with Visit(browser, color_scheme=theme) as visit:
        for address in PAGES:
            visit.open(site + address)
            visit.page.evaluate(axe)
            found = visit.page.evaluate(
                "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(ALLOWED)
            )
            told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
            assert told == [], f"{address} in {theme}"


def test_every_page_says_the_same_without_javascript(browser, site):
    links = "[...document.querySelectorAll('main a[href]')].map((link) => link.href)"
    with Visit(browser) as one, Visit(browser, java_script_enabled=False) as other:
        for address in PAGES:
            one.open(site + address)
            other.open(site + address)
            plain = other.page.locator("main a[href]").evaluate_all("all => all.map((a) => a.href)")

            assert one.page.evaluate(links) == plain, address
            assert other.page.locator("h1").count() == 1, address
            bare = other.page.locator("main form:not(:has(button, input[type=submit]))")
            assert bare.count() == 0, address


@pytest.mark.parametrize("address", BY_KEYBOARD)
def test_everything_is_reached_by_keyboard_with_a_ring_to_see_it(browser, site, address):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(site + address)
        count = page.evaluate(REACHABLE)
        reached, without_ring = set(), []
        for _ in range(count + 5):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found and found[0] is not None:
                reached.add(int(found[0]))
                if not found[1]:
                    without_ring.append(found[2])

        assert set(range(count)) - reached == set()
        assert without_ring == []


def test_pages_are_read_at_twice_the_size(browser, site):
    half = {"width": 640, "height": 450}
    with Visit(browser, viewport=half, device_scale_factor=2) as visit:
        for address in PAGES:
            visit.open(site + address)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 640, address
            assert visit.page.evaluate(SMALLEST) >= 13, address


def test_nothing_moves_for_those_who_asked_for_less_motion(browser, site):
    with Visit(browser, reduced_motion="reduce") as visit:
        for address in PAGES:
            visit.open(site + address)
            assert visit.page.evaluate(MOVING) == 0, address


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/path?target=Faster R-CNN", "li.step"),
        ("/search?q=object detection", "main .title"),
        ("/next", "main .title"),
        ("/order?papers=ResNet&papers=AlexNet", "main .title"),
    ],
)
def test_print_keeps_the_list_and_hides_the_controls(browser, site, address, kept):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(site + address)
        page.emulate_media(media="print")

        assert page.locator(kept).first.is_visible()
        for control in ("header.site", "footer.site", "main form", "main button"):
            shown = page.locator(control).evaluate_all(
                "all => all.filter((e) => e.checkVisibility()).length"
            )
            assert shown == 0, control


def test_no_request_leaves_this_origin(browser, site):
    with Visit(browser) as visit:
        for address in PAGES:
            visit.open(site + address)

        assert visit.addresses
        assert [one for one in visit.addresses if not one.startswith(site)] == []
        assert [text for text in visit.problems if "404" not in text] == []


def test_every_page_is_light(browser, site):
    with Visit(browser) as visit:
        bodies = {}
        visit.page.on("response", lambda answer: bodies.update({answer.url: answer}))
        for address in PAGES:
            bodies.clear()
            visit.open(site + address)
            sizes = [
                len(gzip.compress(answer.body()))
                for answer in list(bodies.values())  # reading one lets others come
                if not answer.url.endswith(".woff2") and answer.status == 200
            ]
            assert sum(sizes) < 150_000, address


@pytest.mark.parametrize("address", ["/", "/search?q=detection&mode=words", "/papers/ResNet"])
def test_the_first_paint_comes_soon(browser, site, address):
    """By the CPU time of all processes, since a busy machine paints late whatever is painted.

    A page of one line takes 60 ms and a paper's page 130 ms where they are painted after 60 and
    170 ms; four times a line is less than 300 ms there. Nothing else may be waited for.
    """
    cpu = browser.new_browser_cdp_session()

    def taken(page, link):
        before = {one["id"]: one["cpuTime"] for one in processes(cpu)}
        ours = time.process_time()
        page.goto(link)
        page.evaluate(PAINTED)
        ours = time.process_time() - ours
        return ours + sum(one["cpuTime"] - before.get(one["id"], 0) for one in processes(cpu))

    with Visit(browser) as visit:
        visit.open(site + address)  # keeps what all pages have in common
        pairs = [
            (taken(visit.page, f"{site}/healthz"), taken(visit.page, site + address))
            for _ in range(6)
        ]
        blocking = visit.page.evaluate(BLOCKING)
    line, page = (min(times) for times in zip(*pairs, strict=True))

    assert page < 4 * line
    assert sorted(blocking) == ["papergraph.css", "theme.js"]


def processes(cpu):
    return cpu.send("SystemInfo.getProcessInfo")["processInfo"]
