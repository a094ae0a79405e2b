"""A tour in a real browser: search, paper, path, tick, next; nothing leaves the origin."""

from __future__ import annotations

import pytest

from .browsing import PAGES, Visit

pytestmark = pytest.mark.browser


def test_tour_from_search_to_next(browser, site):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(site)
        page.keyboard.press("/")
        page.keyboard.type("residual learning")
        visit.press("Enter")
        page.get_by_text("in an order to read them").wait_for()
        title = "Deep Residual Learning for Image Recognition"
        visit.follow(page.get_by_role("link", name=title).first)
        visit.follow(page.get_by_role("link", name="Path to this"))
        page.get_by_role("heading", name="Path to ResNet").wait_for()
        before = page.locator("li.step").count()
        visit.follow(page.get_by_role("link", name="I know this: VGG"))
        page.get_by_text("you know this").wait_for()
        after = page.locator("li.step").count()
        visit.follow(page.get_by_role("button", name="Remember on my shelf"))
        page.get_by_text("on your shelf as known").wait_for()
        visit.follow(page.get_by_role("link", name="Next papers"))

        assert after <= before
        page.get_by_text("Picked from the 1 paper you know").wait_for()
        assert visit.problems == []
        assert all(address.startswith(site) for address in visit.addresses)


def test_a_pasted_review_is_read_and_opened_at_its_line(browser, site):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(f"{site}/add")
        page.get_by_label("Or paste text").fill(
            "[VGG](https://arxiv.org/abs/1409.1556) extends AlexNet."
        )
        visit.follow(page.get_by_role("button", name="Add", exact=True))
        visit.follow(page.get_by_role("link", name="1", exact=True).first)

        assert page.locator("#L1 mark").first.inner_text() == "VGG"
        assert visit.problems == []


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_question_is_settled_where_it_is_asked_and_taken_back(browser, site, with_scripts):
    with Visit(browser, java_script_enabled=with_scripts) as visit:
        page = visit.page
        visit.open(f"{site}/add?review=r2&review=r3")
        page.get_by_role("link", name="Needs you (2)").wait_for()
        page.get_by_label("A paper that is here").first.fill("VGG")
        visit.press("Enter")
        page.get_by_text("Settled: The second paper is VGG").wait_for()
        page.get_by_role("link", name="Needs you (1)").wait_for()
        visit.follow(page.get_by_role("button", name="Undo: The second paper"))
        page.get_by_text("Taken back: your answer on The second paper").wait_for()
        visit.follow(page.get_by_role("link", name="Needs you (2)"))
        visit.follow(page.get_by_role("button", name="It is this one: Deep learning"))

        page.get_by_text("Settled: Deep learning is Deep learning").wait_for()
        assert page.locator(".question").count() == 1
        assert visit.problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_small_phone(browser, site, theme):
    size = {"width": 320, "height": 640}
    with Visit(browser, viewport=size, color_scheme=theme) as visit:
        for address in PAGES:
            visit.open(site + address)
            width = visit.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], address
        assert [text for text in visit.problems if "404" not in text] == []


def test_dark_and_light_differ_and_the_switch_is_remembered(browser, site):
    background = "getComputedStyle(document.body).backgroundColor"
    with Visit(browser, color_scheme="dark") as visit:
        page = visit.page
        visit.open(site)
        dark = page.evaluate(background)
        switch = page.get_by_role("button", name="Theme")
        switch.click()
        light = page.evaluate(background)
        page.reload()

        assert dark != light
        assert page.evaluate(background) == light


def test_every_page_is_complete_without_javascript(browser, site):
    with Visit(browser, java_script_enabled=False) as visit:
        page = visit.page
        visit.open(f"{site}/path?target=ResNet")
        visit.follow(page.get_by_role("link", name="I know this: VGG"))
        visit.follow(page.get_by_role("link", name="undo VGG"))
        page.get_by_role("link", name="I know this: VGG").wait_for()
        visit.open(f"{site}/papers/ResNet")
        visit.follow(page.get_by_role("button", name="Save: ResNet"))

        page.get_by_role("button", name="Saved · undo: ResNet").wait_for()


def test_the_source_of_a_repaired_word_shows_on_focus(browser, site):
    with Visit(browser) as visit:
        visit.open(f"{site}/reviews/r1")
        word = visit.page.locator("button.fixed").first
        word.focus()
        box = word.locator(".tip").bounding_box()

        assert box["width"] > 20
        assert box["height"] > 10


def test_keys_move_and_act_and_can_be_switched_off(browser, site):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(f"{site}/search?q=detection")
        page.keyboard.press("j")
        page.keyboard.press("j")
        second = page.locator("main .title a").nth(1)
        assert page.evaluate("document.activeElement.href") == second.evaluate("link => link.href")

        visit.press("Enter")
        assert "/papers/" in page.url
        visit.press("s")
        assert page.get_by_role("button", name="Saved · undo").is_visible()
        visit.press("g", "n")
        assert page.url.endswith("/next")
        page.keyboard.press("?")
        page.get_by_role("button", name="Shortcuts are on").click()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") != "q"
        assert visit.problems == []
