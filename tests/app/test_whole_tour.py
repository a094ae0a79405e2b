"""From an empty library to the next paper, as a new reader goes, with and without JavaScript."""

from __future__ import annotations

import pytest
from papergraph.app import create_app
from papergraph.app.serving import served
from papergraph.library import Library
from papergraph.settings import Settings

from .browsing import Visit

pytestmark = pytest.mark.browser

NOTES = """# From pixels to boxes

[R-CNN](https://arxiv.org/abs/1311.2524) runs a network on every proposal.

[Fast R-CNN](https://arxiv.org/abs/1504.08083) extends R-CNN: one pass over the image.

[Faster R-CNN](https://arxiv.org/abs/1506.01497) builds on Fast R-CNN and learns the proposals.

## Week 2

The second paper argues that one look is enough.
"""


@pytest.fixture
def empty_site(tmp_path):
    """The application over a library without any paper."""
    place = tmp_path / "empty.db"
    Library.open(place).close()
    app = create_app(Settings(library=place, offline=True, cache=tmp_path / "cache"))
    with served(app) as address:
        yield address.rstrip("/")


@pytest.mark.parametrize("with_scripts", [True, False])
def test_the_whole_tour(browser, empty_site, with_scripts):
    with Visit(browser, java_script_enabled=with_scripts, accept_downloads=True) as visit:
        page = visit.page

        # add a review to the empty library
        visit.open(f"{empty_site}/add")
        page.get_by_label("Or paste text").fill(NOTES)
        page.get_by_label("Where it comes from").fill("boxes.md")
        visit.follow(page.get_by_role("button", name="Add", exact=True))
        page.get_by_role("heading", name="1 review read").wait_for()

        # settle what was not told for sure
        page.get_by_role("link", name="Needs you (1)").wait_for()
        visit.follow(page.get_by_role("button", name="No paper").first)
        page.get_by_text("Settled").first.wait_for()

        # search, paper, path
        visit.open(f"{empty_site}/search?q=faster")
        visit.follow(page.locator("main .title a").first)
        visit.follow(page.get_by_role("link", name="Path to this"))
        assert page.locator("li.step").count() == 3

        # tick, and the path is shorter
        visit.follow(page.get_by_role("link", name="I know this: R-CNN", exact=True))
        page.get_by_text("you know this").first.wait_for()
        assert page.locator("li.step").count() == 2

        # export
        with page.expect_download() as download:
            page.get_by_role("link", name="BibTeX").click()
        text = download.value.path().read_text(encoding="utf-8")
        assert text.count("@") == 2
        assert "1506.01497" in text

        # remember, and see what is next
        visit.follow(page.get_by_role("button", name="Remember on my shelf"))
        page.get_by_text("on your shelf as known").first.wait_for()
        visit.open(f"{empty_site}/next")
        page.locator("main .title a", has_text="Fast R-CNN").first.wait_for()
        assert visit.problems == []
        assert [one for one in visit.addresses if not one.startswith(empty_site)] == []
