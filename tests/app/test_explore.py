"""Explore: the map in WebGL, the list beside it, the picture in its place, the graph as JSON."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from .browsing import Visit

READY = "#map[data-ready=map]"


def test_the_list_has_the_most_cited_papers_first_and_pages(client):
    text = client.get("/explore").text
    counts = [int(found) for found in re.findall(r"cited by (\d+) here", text)]

    assert len(counts) == 60
    assert counts == sorted(counts, reverse=True)
    assert 'href="/explore?page=2"' in text


def test_every_paper_of_the_map_is_on_one_page_of_the_list(client):
    mapped = client.get("/explore/map").get_json()["ids"]
    listed = []
    for page in range(1, 10):
        text = client.get(f"/explore?page={page}").text
        part = text[text.index('id="map-list"') : text.index("</ol>")]
        listed += re.findall(r'href="/papers/(p\d+)"', part)

    assert sorted(listed) == sorted(mapped)


def test_the_list_is_narrowed_by_words_without_javascript(client):
    text = client.get("/explore?q=residual+learning").text
    part = text[text.index('id="map-list"') : text.index("</ol>")]

    assert "ResNet" in part
    assert "AlexNet" not in part
    assert "No paper of the map" in client.get("/explore?q=qqzz").text


def test_a_library_without_citations_says_how_it_gets_some(bare_client):
    text = bare_client.get("/explore").text

    assert "No citations are known here yet" in text
    assert "<canvas" not in text
    assert bare_client.get("/explore/map").get_json()["ids"] == []
    assert bare_client.get("/explore/picture.svg").status_code == 200


def test_what_is_drawn_is_whole(client):
    found = client.get("/explore/map").get_json()
    size = len(found["ids"])

    assert {len(found[name]) for name in ("names", "titles", "years", "ages", "cited")} == {size}
    assert len(found["places"]) == 2 * size
    assert all(0 <= place <= 1 for place in found["places"])
    assert all(0 <= row < size for row in found["links"])


def test_what_is_drawn_is_sent_again_only_when_it_changed(client):
    first = client.get("/explore/map")
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/explore/map", headers=headers).status_code == 304

    client.patch("/api/v1/papers/ResNet", json={"title": "A title of my own"})
    again = client.get("/explore/map", headers=headers)

    assert again.status_code == 200
    assert "A title of my own" in again.get_json()["titles"]


def test_the_picture_is_an_svg_that_stands_alone(client):
    answer = client.get("/explore/picture.svg?save=1")
    drawn = ET.fromstring(answer.data)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="map.svg"'
    assert len(drawn.findall(".//{http://www.w3.org/2000/svg}circle")) > 300
    assert b"href" not in answer.data


def test_the_graph_as_json_is_read_by_networkx(client):
    found = client.get("/api/v1/graph?around=ResNet&limit=30").get_json()
    graph = nx.node_link_graph(found, edges="edges")
    resnet, vgg = (
        client.get(f"/api/v1/papers/{name}").get_json()["id"] for name in ("ResNet", "VGG")
    )

    assert len(graph) == 30
    assert graph.has_edge(resnet, vgg)
    assert not graph.has_edge(vgg, resnet)
    assert found["graph"]["around"] == resnet


def test_the_graph_around_a_paper_unknown_is_404(client):
    answer = client.get("/api/v1/graph?around=no+such+paper+at+all")

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


@pytest.mark.browser
def test_the_map_is_drawn_and_a_click_opens_a_paper(browser, site):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(site + "/explore")
        assert page.locator(READY).count() == 1
        name = page.locator("#map-list a").first.text_content()
        page.locator("#map-list a").first.focus()

        assert page.locator(".map canvas").count() == 2
        page.locator("#map").focus()
        visit.press("Enter")
        assert "/papers/p" in page.url
        assert name in page.locator("main").text_content()
        assert visit.problems == []


@pytest.mark.browser
def test_the_map_is_walked_by_keyboard(browser, site):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(site + "/explore")
        assert page.locator(READY).count() == 1
        page.locator("#map").focus()
        told = []
        for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
            page.keyboard.press(key)
            told.append(page.locator(".map-told").text_content())
        page.keyboard.press("Escape")

        assert all("cited by" in text for text in told)
        assert len(set(told)) == 3
        assert page.locator(".map-told").text_content() == ""


@pytest.mark.browser
def test_finding_narrows_list_and_address_and_coming_nearer_follows(browser, site):
    with Visit(browser) as visit:
        page = visit.page
        visit.open(site + "/explore")
        assert page.locator(READY).count() == 1
        page.fill("#map-q", "residual learning")
        page.locator("#map-count", has_text="found").wait_for()
        found = page.locator("#map-list a").all_text_contents()
        page.fill("#map-q", "")
        page.locator("#map-count", has_text="in view").wait_for()
        for _ in range(4):
            page.get_by_role("button", name="Come nearer").click()
        page.locator("#map-count", has_text=re.compile(r"^1?\d\d papers in view")).wait_for()

        assert "ResNet" in found
        assert "AlexNet" not in found
        assert "q=" not in page.url


@pytest.mark.browser
def test_who_comes_nearer_is_not_taken_back_by_a_map_that_glides(browser, site):
    press = """() => {
      const button = (name) => document.querySelector(`.map-buttons [aria-label="${name}"]`);
      button("Show all").click();
      for (let times = 0; times < 4; times += 1) button("Come nearer").click();
    }"""
    with Visit(browser) as visit:
        visit.open(site + "/explore")
        visit.page.evaluate(press)
        count = visit.page.locator("#map-count", has_text="in view")
        count.wait_for()

        assert re.match(r"1?\d\d papers", count.text_content())


@pytest.mark.browser
def test_without_webgl_the_picture_stands_in(browser, site):
    with Visit(browser) as visit:
        visit.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        visit.open(site + "/explore")

        assert visit.page.locator("#map[data-ready=picture]").count() == 1
        assert (
            visit.page.locator("#map img").evaluate(
                "one => one.decode().then(() => one.naturalWidth)"
            )
            > 0
        )
        assert visit.page.locator("#map-list a").count() == 60


@pytest.mark.browser
def test_without_javascript_the_picture_is_there(browser, site):
    with Visit(browser, java_script_enabled=False) as visit:
        visit.open(site + "/explore")

        assert visit.page.locator("#map img").is_visible()
