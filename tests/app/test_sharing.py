"""What is given away stands alone: one file, nothing fetched, every paper and reason inside."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree as ET

import pytest
from papergraph.app.sharing import share, write_shared
from papergraph.errors import InputError
from papergraph.models import Evidence, Lineage, LineageLink, Paper, ReadingPath, Step
from papergraph.reading import find_lineage, plan_reading
from papergraph.search.neighbourhood import find_neighbourhood

from .browsing import Visit

NOW = "2026-01-31T12:00:00Z"
KINDS = ("path", "lineage", "neighbourhood")
ADDRESSES = (
    "/path/file?target=ResNet",
    "/lineage/file?target=ResNet",
    "/lineage/file?topic=object+detection",
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


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(
    "address", [*(f"{one}&format=svg" for one in ADDRESSES), "/timeline/file?paper=ResNet"]
)
def test_a_picture_has_the_look_it_is_asked_for(client, address, look):
    drawn = ET.fromstring(client.get(f"{address}&look={look}").data)

    assert drawn.attrib["data-theme"] == look
    assert "data-theme" not in ET.fromstring(client.get(address).data).attrib
    assert client.get(f"{address}&look=pink").status_code == 400


def test_the_line_of_years_of_a_paper_is_a_picture(client):
    answer = client.get("/timeline/file?paper=ResNet")

    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="where-resnet-stands.svg"'
    )
    assert "VGG" in answer.text
    assert client.get("/timeline/file").status_code == 400


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_is_saved_as_png_in_the_colours_of_the_page(browser, site, tmp_path, theme):
    read = """async (url) => {
      const image = new Image(); image.src = url; await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const pen = canvas.getContext("2d"); pen.drawImage(image, 0, 0);
      const every = pen.getImageData(0, 0, canvas.width, canvas.height).data;
      const colours = new Set();
      for (let at = 0; at < every.length; at += 4) colours.add(every[at]);
      return [canvas.width, every[0], colours.size];
    }"""
    with Visit(browser, color_scheme=theme, accept_downloads=True) as visit:
        visit.open(site + "/path?target=Faster R-CNN")
        with visit.page.expect_download() as waiting:
            visit.page.get_by_role("button", name="Picture (PNG)").click()
        saved = tmp_path / "saved.png"
        waiting.value.save_as(saved)
        problems = list(visit.problems)
        address = f"{site}/path/file?target=Faster R-CNN&format=svg"
        svg = ET.fromstring(visit.page.request.get(address).body())
    with Visit(browser) as other:
        data = "data:image/png;base64," + base64.b64encode(saved.read_bytes()).decode()
        width, ground, colours = other.page.evaluate(read, data)

    assert problems == []
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert waiting.value.suggested_filename == "Path to Faster R-CNN.png"
    assert width == 2 * int(svg.attrib["width"])
    assert (ground > 200) == (theme == "light")
    assert colours > 20  # letters and lines, not the ground alone
