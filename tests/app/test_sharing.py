"""What is given away stands alone: one file, nothing fetched, every paper and reason inside."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from papergraph.app.sharing import share, write_shared
from papergraph.errors import InputError
from papergraph.models import Evidence, Lineage, LineageLink, Paper, ReadingPath, Step
from papergraph.reading import find_lineage, plan_reading
from papergraph.search.neighbourhood import find_neighbourhood

NOW = "2026-01-31T12:00:00Z"
KINDS = ("path", "lineage", "neighbourhood")
ADDRESSES = (
    "/path/file?target=ResNet",
    "/lineage/file?target=ResNet",
    "/neighbourhood/file?seed=ResNet",
)
NASTY = Paper(id="p2", title="</script><script>alert(1)</script>", year=2001, url="javascript:x()")


@pytest.fixture
def found(app):
    """A path, a lineage and a neighbourhood by kind."""
    library = app.extensions["papergraph"].library
    return {
        "path": plan_reading(library, ["ResNet"]),
        "lineage": find_lineage(library, "ResNet"),
        "neighbourhood": find_neighbourhood(library, ["ResNet"]),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_shared_page_fetches_nothing(found, kind):
    text = write_shared(share(found[kind], now=NOW), "html")

    assert not re.findall(r"""<(?:link|img|iframe|script src)\b|@import|url\((?!#)""", text)
    assert "default-src 'none'" in text
    assert len(text) < 300_000


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_in_the_drawing_leads_to_a_paper_of_the_page(found, kind):
    text = write_shared(share(found[kind], now=NOW), "html")

    drawn = set(re.findall(r'<a href="#([^"]+)" class="(?:pill|spot)', text))
    anchors = re.findall(r'<li id="([^"]+)"', text)
    assert drawn
    assert drawn <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_a_shared_path_has_every_step_with_its_reasons(found):
    text = write_shared(share(found["path"], now=NOW), "html")

    for step in found["path"].steps:
        assert f'id="step-{step.position}"' in text
    assert text.count('class="said"') > 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_svg_by_itself(found, kind):
    text = write_shared(share(found[kind], now=NOW), "svg")

    root = ET.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.get("width")) > 100
    assert float(root.get("height")) > 100
    assert "href" not in text
    assert "ResNet" in text


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_offer_both_as_files(client, address):
    page = client.get(f"{address}&format=html")
    picture = client.get(f"{address}&format=svg")

    assert (page.mimetype, picture.mimetype) == ("text/html", "image/svg+xml")
    assert re.search(
        r'attachment; filename="[a-z0-9-]+\.html"', page.headers["Content-Disposition"]
    )
    assert client.get(f"{address}&format=docx").status_code == 400


def test_what_outsiders_wrote_is_text_in_both_forms():
    because = (Evidence(kind="review", text="<b>loud</b>", where="x</style>:3", stated=True),)
    steps = tuple(
        Step(position=n, paper=NASTY, need=1.0, needed_by=None, because=because) for n in (1, 2)
    )
    shared = share(ReadingPath(targets=(NASTY,), known=(), steps=steps), now=NOW)

    page, picture = write_shared(shared, "html"), write_shared(shared, "svg")

    assert "<script>alert" not in page + picture
    assert "<b>loud" not in page
    assert 'href="javascript' not in page
    ET.fromstring(picture)


def test_one_paper_is_a_page_without_a_drawing_and_no_picture():
    alone = Lineage(target=NASTY, chain=(LineageLink(paper=NASTY),), parents=())
    shared = share(alone, now=NOW)

    assert "<svg" not in write_shared(shared, "html")
    with pytest.raises(InputError, match="nothing to draw"):
        write_shared(shared, "svg")
