import pytest
from papergraph.readers.markup import read_blocks


def shape(text, **options):
    return [(block.kind, block.level, block.text) for block in read_blocks(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\ntext", [("heading", 1, "A"), ("paragraph", 0, "text")]),
        ("####TL;DR: short", [("heading", 4, "TL;DR: short")]),
        ("#hashtag #other", [("paragraph", 0, "#hashtag #other")]),
        ("Title\n=====\nb", [("heading", 1, "Title"), ("paragraph", 0, "b")]),
        ("- a\n  - b\n- c", [("item", 0, "a"), ("item", 1, "b"), ("item", 0, "c")]),
        ("* [x] done", [("item", 0, "done")]),
        ("a\nb\n\nc", [("paragraph", 0, "a b"), ("paragraph", 0, "c")]),
        ("a  \nb", [("paragraph", 0, "a\nb")]),
        ("<h2>A</h2><p>b</p>", [("heading", 2, "A"), ("paragraph", 0, "b")]),
        ("<br>\n## A\n1. b", [("heading", 2, "A"), ("item", 0, "b")]),
        ("```\n# code\n```\na", [("paragraph", 0, "a")]),
        ("<!-- # no\n-->a", [("paragraph", 0, "a")]),
        ("<script>var a</script>b", [("paragraph", 0, "b")]),
        ("| a | b |\n|---|---|\n| c | d |", [("row", 0, "| a | b |"), ("row", 0, "| c | d |")]),
        (
            "[1] A. B. C.\n[2] D. E. F.",
            [("paragraph", 0, "[1] A. B. C."), ("paragraph", 0, "[2] D. E. F.")],
        ),
        ("> quoted\n\nown", [("paragraph", 0, "quoted"), ("paragraph", 0, "own")]),
    ],
)
def test_lines_become_blocks(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "url"),
    [
        ("[a b](http://c.d/e_(f))", "a b", "http://c.d/e_(f)"),
        ("[[pdf]](http://c.d)", "[pdf]", "http://c.d"),
        ("[[pdf](http://c.d)]", "pdf", "http://c.d"),
        ("[a][r]\n\n[r]: http://c.d", "a", "http://c.d"),
        ("[r]\n\n[r]: <http://c.d> 'x'", "r", "http://c.d"),
        ("<http://c.d>", "http://c.d", "http://c.d"),
        ("(see http://c.d/e).", "http://c.d/e", "http://c.d/e"),
        ('<a href="http://c.d" target=x><b>a</b> b</a>', "a b", "http://c.d"),
        ("[a\nb](http://c.d)", "a b", "http://c.d"),
        ("[![icon](i.png)](http://c.d) x", "", "http://c.d"),
        ("[[note|words]]", "words", "note.md"),
        ("[[http://c.d][words]]", "words", "http://c.d"),
        ('[a](http://c.d "title")', "a", "http://c.d"),
    ],
)
def test_links_of_every_shape(text, words, url):
    block = read_blocks(text)[0]
    link = block.inline.links[0]

    assert (block.inline.words_of(link), link.url) == (words, url)


def test_every_word_knows_its_line_and_column():
    text = "# A\n\nsome **bold [link](http://c.d)** and\n  &amp; <i>more</i> words"
    lines = text.split("\n")
    inline = read_blocks(text)[1].inline

    for word in ("some", "bold", "link", "and", "more", "words"):
        line, column = inline.place(inline.text.index(word))
        assert lines[line - 1][column - 1 :].startswith(word)


def test_a_ticked_box_is_remembered():
    assert [block.is_done for block in read_blocks("- [x] a\n- [ ] b\n- c")] == [True, False, None]
