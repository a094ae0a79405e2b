"""The page of a neighbourhood: a picture with links, the same as lists, seeds in the address."""

from __future__ import annotations

import re

import pytest
from papergraph.app.neighbourhood_drawing import HEIGHT, WIDTH, draw_neighbourhood
from papergraph.search.neighbourhood import find_neighbourhood


def test_the_form_asks_for_papers(client):
    assert 'name="seed"' in client.get("/neighbourhood").text


def test_every_circle_is_a_link_that_says_what_it_is(client):
    text = client.get("/neighbourhood?seed=ResNet").text
    picture = text[text.index('class="near-map"') : text.index("</svg>", text.index("near-map"))]

    assert picture.count("<circle") == 40
    assert (
        len(re.findall(r'<a href="/papers/p\d+" class="spot[^"]*" aria-label="[^"]+', picture))
        == 40
    )


def test_seeds_are_added_and_removed_by_links(client):
    text = client.get("/neighbourhood?seed=ResNet&seed=VGG").text
    resnet, vgg = (
        client.get(f"/api/v1/papers/{name}").get_json()["id"] for name in ("ResNet", "VGG")
    )

    assert f'href="/neighbourhood?seed={vgg}" aria-label="Start without ResNet"' in text
    assert re.search(rf'href="/neighbourhood\?seed={resnet}&amp;seed={vgg}&amp;seed=p\d+"', text)


@pytest.mark.parametrize("seeds", [["ResNet"], ["BERT", "GPT-3"], ["U-Net", "AlexNet", "LSTM"]])
def test_no_circle_lies_on_another_and_all_are_inside(app, seeds):
    library = app.extensions["papergraph"].library
    circles = draw_neighbourhood(find_neighbourhood(library, seeds)).circles

    for place, one in enumerate(circles):
        assert one.radius <= one.x <= WIDTH - one.radius
        assert one.radius <= one.y <= HEIGHT - one.radius
        for other in circles[:place]:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart >= one.radius + other.radius


def test_older_papers_have_older_colours(app):
    library = app.extensions["papergraph"].library
    picture = draw_neighbourhood(find_neighbourhood(library, ["ResNet"]))
    dated = sorted((c.node.paper.year, c.age) for c in picture.circles if c.age is not None)

    assert [age for _, age in dated] == sorted(age for _, age in dated)
    assert len({age for _, age in dated}) == len(picture.ages) > 1
