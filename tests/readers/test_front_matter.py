import pytest
from papergraph.readers.front_matter import split_front_matter


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: A b\ntags: [x]\n---\nbody", "A b"),
        ('---\ntitle:  "A: b"\n---\nbody', "A: b"),
        ('+++\ntitle = "A b"\ndraft = false\n+++\nbody', "A b"),
        ("---\ntitle: A b\nbad: [unclosed\n---\nbody", "A b"),
        ("---\ntitle: A b\nx: &a [1]\ny: [*a, *a]\n---\nbody", "A b"),
    ],
)
def test_the_head_is_read_and_parted_from_the_body(text, title):
    fields, body, lines = split_front_matter(text)

    assert next(entry.value for entry in fields if entry.key == "title") == title
    assert body.strip() == "body"
    assert body.count("\n") == text.count("\n")
    assert lines == text.count("\n") - 1


@pytest.mark.parametrize(
    "text", ["---\ntitle: never closed\n", "no head", "text\n---\na: b\n---\n"]
)
def test_what_is_no_head_stays_text(text):
    assert split_front_matter(text) == ((), text, 0)


def test_addresses_in_the_head_keep_their_line():
    fields, _, _ = split_front_matter(
        "---\ntitle: A\nlinks:\n  - {url: 'https://arxiv.org/abs/1'}\n---\n"
    )
    entry = next(entry for entry in fields if entry.key == "url in front matter")

    assert (entry.value, entry.line) == ("https://arxiv.org/abs/1", 4)
