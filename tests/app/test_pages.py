"""Every page is complete without JavaScript and shows its main thing."""

from __future__ import annotations

import html
import io
import re
from html.parser import HTMLParser

import pytest
from papergraph.app import create_app
from papergraph.library import Library
from papergraph.settings import Settings

PAGES = [
    ("/", "Find a paper, and what to read before it"),
    ("/search", "<h1>Search</h1>"),
    ("/search?q=faster+rcnn", "Read these in order"),
    ("/search?q=qqzz+wwxx&mode=words", "No paper here"),
    ("/papers/ResNet", "What came of it"),
    (
        "/papers/https://arxiv.org/abs/1512.03385",
        "Deep Residual Learning for Image Recognition</h1>",
    ),
    ("/path", "Paper to understand"),
    ("/path?target=U-Net", "Path to U-Net"),
    ("/path?target=U-Net&target=ResNet&limit=6", "Path to U-Net and ResNet"),
    ("/path?topic=diffusion+models", "Path to diffusion models"),
    ("/next", "A place to start"),
    ("/lineage", "Curated lineages"),
    ("/lineage?target=ResNet", "The line to ResNet"),
    ("/lineage?target=Mask+R-CNN&from=R-CNN", "The line from R-CNN to Mask R-CNN"),
    ("/lineage?target=Mask+R-CNN&from=ResNet", "The line from ResNet to Mask R-CNN"),
    ("/lineage?topic=object+detection", "The main line of object detection"),
    ("/order", "Paste titles"),
    ("/order?papers=ResNet%0AAlexNet", "2 papers in reading order"),
    ("/order?papers=ResNet%0ANo+such+paper%0AAlexNet", "is left out: no paper answers to it"),
    ("/reviews", "No reviews yet"),
    ("/shelf", "Nothing is on it yet"),
    ("/add", "Drop files here"),
    ("/questions", "Nothing is open"),
    ("/new", "Nothing new was found"),
    ("/about", "How complete it is"),
]


class Outline(HTMLParser):
    """Collects what the rules of a page are about."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.ids, self.fields, self.labels = [], [], [], []
        self._open_labels = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label":
            self._open_labels += 1
            self.labels.append(found.get("for"))
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append((found.get("id"), self._open_labels > 0))

    def handle_endtag(self, tag):
        if tag == "label":
            self._open_labels -= 1


@pytest.mark.parametrize(("address", "words"), PAGES)
def test_a_page_shows_its_main_thing(client, address, words):
    answer = client.get(address)

    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize("address", [address for address, _ in PAGES])
def test_headings_are_in_order_ids_unique_and_fields_labelled(client, address):
    found = Outline(client.get(address).text)

    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(found.headings, found.headings[1:], strict=False))
    assert len(found.ids) == len(set(found.ids))
    assert all(inside or name in found.labels for name, inside in found.fields)


def test_an_empty_library_offers_the_samples_and_reads_them(tmp_path):
    Library.open(tmp_path / "bare.db").close()
    app = create_app(Settings(library=tmp_path / "bare.db", offline=True))
    client = app.test_client()
    page = client.get("/").text
    token = re.search(r'csrf_token" value="([^"]+)', page)[1]

    assert "This library is empty" in page
    assert "sample reviews" in page
    report = client.post("/samples", data={"csrf_token": token}).text
    assert re.search(r"\d reviews read<", report)
    assert client.get("/next").status_code == 200
    app.extensions["papergraph"].library.close()


@pytest.mark.parametrize(
    "address", ["/search?q=x", "/next", "/lineage", "/reviews", "/shelf", "/path"]
)
def test_pages_of_a_bare_library_are_no_error(tmp_path, address):
    Library.open(tmp_path / "bare.db").close()
    app = create_app(Settings(library=tmp_path / "bare.db", offline=True))
    app.testing = True

    assert app.test_client().get(address).status_code == 200
    app.extensions["papergraph"].library.close()


def test_a_file_is_added_reported_and_shown_with_its_papers_marked(client, send):
    file = (
        io.BytesIO(b"# Notes\n\nResNet extends [VGG](https://arxiv.org/abs/1409.1556).\n"),
        "n.md",
    )
    report = send("/add", files=[file]).text
    link = re.search(r'href="(/reviews/r\d+)"', report)[1]
    text = client.get(link).text

    assert "1 review read" in report
    assert 'id="L3"' in text
    assert "<mark>VGG</mark></a>" in text


def test_a_bad_file_is_reported_and_loses_no_other(send):
    files = [
        (io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00"), "bad.png"),
        (io.BytesIO(b"Read [VGG](https://arxiv.org/abs/1409.1556)."), "good.md"),
        (io.BytesIO(b"Read [ResNet](https://arxiv.org/abs/1512.03385)."), "good.md"),
    ]
    report = send("/add", files=files).text

    assert "2 reviews read, 1 file could not be read" in report
    assert "good.md (2)" in report


def test_sending_nothing_says_so(send):
    assert "Nothing was sent" in send("/add").text


def test_a_quote_of_a_review_and_a_curated_lineage_look_different(client, read_review):
    report = read_review()
    page = client.get("/papers/ResNet").text

    assert re.search(r'class="said quote"><p>[^/]*<mark>', page)
    assert f"/reviews/{report['review']['id']}#L" in page
    assert 'class="said curated"' in page
    assert "Curated lineage: Vision backbones" in page


def test_a_tick_shortens_the_path_and_can_be_undone(client):
    page = client.get("/path?target=U-Net").text
    before = int(re.search(r"<b>(\d+) to read", page)[1])
    tick = re.search(r'class="tick" href="([^"]+)"', page)[1].replace("&amp;", "&")
    ticked = client.get(tick).text
    after = int(re.search(r"<b>(\d+) to read", ticked)[1])
    undo = re.search(r'class="undo" href="([^"]+)"', ticked)[1].replace("&amp;", "&")

    assert after < before
    assert "you know this" in ticked
    assert f"<b>{before} to read" in client.get(undo).text


def test_a_known_target_is_no_more_to_read(client):
    page = client.get("/path?target=U-Net&known=U-Net").text

    steps = len(re.findall(r'id="step-\d+"', page))
    assert f"<b>{steps - 1} to read" in page
    assert "This is where you want to get; you know it." in page
    gone = int(re.search(r"(\d+) left out", page)[1])  # the target stands in both
    assert f"</b> of {steps + gone - 1} on the way" in page
    assert "You already know U-Net; see what came of it." in page
    assert "you know it." not in client.get("/path?target=U-Net").text


def test_ticks_can_be_kept_on_the_shelf(client, send):
    send("/state", paper=["AlexNet", "VGG"], state="known", back="/path?target=ResNet")

    assert "2 papers you know" in client.get("/next").text
    assert "on your shelf as known" in client.get("/path?target=ResNet").text


def test_a_saved_paper_stands_on_the_shelf_until_taken_off(client, send):
    send("/state", paper="ResNet", state="queued")
    assert "Deep Residual Learning" in client.get("/shelf").text

    send("/state", page="/shelf", paper="ResNet", state="")
    assert "Nothing is on it yet" in client.get("/shelf").text


@pytest.mark.parametrize(
    ("form", "name"), [("markdown", "md"), ("bibtex", "bib"), ("json", "json")]
)
def test_a_path_is_had_as_a_file(client, form, name):
    answer = client.get(f"/path/file?target=U-Net&format={form}")

    assert answer.headers["Content-Disposition"].endswith(f'reading-path.{name}"')
    assert "U-Net" in answer.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("target=ZF+Net", r"ZF Net rests on \w+ earlier papers?\."),
        ("target=Fast+R-CNN&known=AlexNet", r"Fast R-CNN rests on .+ You know one more\."),
        ("target=LSTM&limit=1", r"Nothing here says what to read before LSTM\."),
    ],
)
def test_a_path_is_told_in_a_sentence(client, address, words):
    answer = client.get(f"/path/words?{address}")

    assert answer.mimetype == "text/plain"
    assert re.fullmatch(words, answer.text)


def test_results_lead_to_the_path_to_the_best(client):
    page = client.get("/search?q=faster+rcnn").text
    told = re.search(r'data-text="([^"]+)"', page)[1]

    assert f'href="{told.replace("/words", "")}"' in page
    assert "Faster R-CNN rests on" in client.get(told).text


@pytest.mark.parametrize("query", ["residual year:abc", "residual author:", '"residual'])
def test_results_say_what_of_the_query_could_not_be_used(client, query):
    page = client.get("/search", query_string={"q": query}).text
    answer = client.get("/api/v1/search", query_string={"q": query, "mode": "words"}).get_json()

    assert "ResNet" in page
    assert any(words in page for words in ("searched as words", "is passed over"))
    assert len(answer["notes"]) == 1


def test_a_rating_is_given_shown_and_taken_away_on_the_page_of_a_paper(client, send):
    paper = client.get("/api/v1/papers/ResNet").get_json()["id"]

    send("/rating", paper=paper, stars="4")
    assert '<option value="4" selected>' in client.get(f"/papers/{paper}").text
    assert "Your rating: 4 of 5" in client.get("/shelf").text

    send("/rating", paper=paper, stars="3.5")
    shown = re.findall(r'<option value="([\d.]+)"( selected)?', client.get(f"/papers/{paper}").text)
    assert [stars for stars, chosen in shown if chosen] == ["3.5"]
    assert [stars for stars, _ in shown] == ["5", "4.5", "4", "3.5", "3", "2.5", "2", "1.5", "1"]
    send("/rating", paper=paper, stars="")
    assert '<option value="4">' in client.get(f"/papers/{paper}").text
    assert send("/rating", paper=paper, stars="9").status_code == 400


def test_an_unknown_target_is_answered_with_the_nearest(client):
    answer = client.get("/path?target=Deep Residual Learning of Things")

    assert answer.status_code == 404
    assert "Did you mean" in answer.text
    assert re.search(r'href="/path\?target=p\d+"', answer.text)


def test_an_unknown_target_can_be_taken_as_a_topic(client):
    answer = client.get("/path?target=word vectors")
    topic = re.search(r'href="(/path\?topic=[^"]+)">Take', answer.text)[1]

    assert answer.status_code == 404
    assert "Path to word vectors" in client.get(topic).text
    assert "Take “word vectors”" not in client.get("/papers/word vectors").text
    assert "No paper is called &#39;word vectors&#39; in this library.</p>" in answer.text
    assert re.search(r">GloVe: [^<]+ \(2014\)</a>", answer.text)


@pytest.mark.parametrize(
    ("query", "is_topic"),
    [
        ("diffusion models", True),
        ("word vectors", True),
        ("resnet", False),
        ("Deep Residual Lerning for Image Recognition", False),
        ("he et al. 2015", False),
        ('"word vectors"', False),
        ("author:hinton learning", False),
    ],
)
def test_results_lead_to_a_topic_where_no_paper_is_named(client, query, is_topic):
    page = client.get("/search", query_string={"q": query}).text

    assert ("Path to this topic" in page) == is_topic
    assert "Read these in order" in page


def test_a_path_to_a_topic_is_told_in_a_sentence(client):
    told = client.get("/path/words?topic=diffusion+models").text

    assert re.fullmatch(r"Twelve papers, from .+ to ControlNet, in an order to read them\.", told)


def test_a_path_to_a_topic_says_why_each_paper_is_on_it(client):
    page = client.get("/path?topic=diffusion+models").text

    assert "It stands on the line of this topic" in page
    assert 'value="diffusion models"' in page
    assert "This is where you want to get" not in page
    assert page.count('<a class="tick"') == page.count('<li id="step-')


def test_a_review_can_be_removed(client, send, read_review):
    report = read_review()
    number = report["review"]["id"]
    answer = send(f"/reviews/{number}/forget", page=f"/reviews/{number}")

    assert answer.location == "/reviews"
    assert client.get(f"/reviews/{number}").status_code == 404


def test_repaired_words_keep_what_stood_in_the_file(client, read_review):
    link = "[VGG](https://arxiv.org/abs/1409.1556)"
    mojibake = f"# Notes\n\nIt‚Äôs about {link}, and it‚Äôs good ‚Äì really.\n"
    report = read_review(mojibake, "m.md")
    text = client.get(f"/reviews/{report['review']['id']}").text

    assert report["counts"]["repairs"] >= 1
    assert 'class="fixed"' in text
    assert "in the file: " in text


def test_a_long_review_is_shown_in_pages_and_evidence_leads_to_the_right_one(client, read_review):
    text = "line\n" * 2500 + "ResNet extends [VGG](https://arxiv.org/abs/1409.1556).\n"
    report = read_review(text, "long.md")
    number = report["review"]["id"]
    first = client.get(f"/reviews/{number}").text

    assert 'id="L2000"' in first
    assert 'id="L2001"' not in first
    assert f"/reviews/{number}?first=2001" in first
    assert f"/reviews/{number}?first=2001#L2501" in client.get("/papers/VGG").text
    assert "<mark>VGG</mark>" in client.get(f"/reviews/{number}?first=2001").text


def test_more_results_are_offered_up_to_the_most_of_one_page(client):
    address = "/search?q=year:2010..2022&mode=words"
    shown = []
    for _ in range(20):
        text = client.get(address).text
        shown.append(text.count('class="entry'))
        more = re.search(r'<a class="button" href="(/search[^"]+)"', text)
        if more is None:
            break
        address = html.unescape(more[1])

    assert shown == list(range(15, 151, 15))
    assert "150 papers and more" in text
