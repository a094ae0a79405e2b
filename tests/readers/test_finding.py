"""Forms of headings, entries, links and prose, and the mentions they make."""

import pytest
from papergraph.readers import read_review

AX = "https://arxiv.org/abs/1512.03385"
AY = "https://arxiv.org/abs/1409.1556"
WEEK = (
    "# Week\n\n### Paper 1: Deep Nets Go Deep\n### Paper 2: Wide\n"
    "Link to the paper: https://www.ncbi.nlm.nih.gov/pubmed/26017442\n"
)
POST = (
    "---\ntitle: Deep Nets Go Deep\n---\n# Introduction\n\n* They are deep.\n"
    f"* [Link to the paper]({AX})\n"
)
TITLE, KEY = "Deep nets go deep", "arxiv:1512.03385"
TITLE_CAPS = "Deep Nets Go Deep"
PROSE = "\n\nThe net is deep and the authors show that shortcuts make it easy to train at last.\n"


def mentions(text, origin="a.md", **options):
    review = read_review(text.encode(), origin, **options)
    return [(m.role, m.title, m.identifier) for m in review.mentions if m.role != "named"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"## [Deep Nets]({AX}){PROSE}", [("about", "Deep Nets", "arxiv:1512.03385")]),
        (
            f"# Papers\n\n## Deep Nets Go Deeper\n\n[Paper]({AX}){PROSE}",
            [("about", "Deep Nets Go Deeper", "arxiv:1512.03385")],
        ),
        (
            WEEK,
            [("listed", "Deep Nets Go Deep", None), ("listed", "Wide", "pmid:26017442")],
        ),
        (
            POST,
            [("about", "Deep Nets Go Deep", "arxiv:1512.03385")],
        ),
        (
            "# Deep Nets Go Deep\n\nAnn Author, Bob Writer, Cy Penman, ICML 2016\n\n## Summary\n",
            [("about", "Deep Nets Go Deep", None)],
        ),
        (
            f"# Paper\n\n* **Title**: Deep Nets Go Deep\n* **Link**: {AX}\n* **Year**: 2015\n",
            [("about", "Deep Nets Go Deep", "arxiv:1512.03385")],
        ),
        (
            f"{AX}\n\nDeep Nets Go Deep (Ann Author, Bob Writer)\n\nSome words of my own on it.\n",
            [("about", "Deep Nets Go Deep", "arxiv:1512.03385")],
        ),
        (
            "---\ntitle: Deep Nets Go Deep\nauthors: Ann Author, Bob Writer\nyear: 2016\n---\n.\n",
            [("about", "Deep Nets Go Deep", None)],
        ),
        (
            f"## Nets ([RNet - 2013]({AX}), [Fast RNet - 2015]({AY})){PROSE}",
            [("about", "RNet", "arxiv:1512.03385"), ("about", "Fast RNet", "arxiv:1409.1556")],
        ),
    ],
)
def test_headings_and_pages(text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("line", "title", "identifier"),
    [
        (f"- [Deep Nets Go Deep]({AX})", "Deep Nets Go Deep", "arxiv:1512.03385"),
        (f"- Deep nets go deep [[arXiv]({AX})] [[code](https://github.com/a/b)]", TITLE, KEY),
        (f"- **Deep nets go deep** (2015), A. Author et al. [[pdf]]({AX})", TITLE, KEY),
        (f'**[4]** Author, Ann. "**Deep nets go deep**." CVPR (2015). [[pdf]]({AX})', TITLE, KEY),
        (f"- [x] DNet: [Deep Nets Go Deep]({AX})", "Deep Nets Go Deep", "arxiv:1512.03385"),
        (f"- `TAG` `OTHER` [Deep Nets Go Deep]({AX})", "Deep Nets Go Deep", "arxiv:1512.03385"),
        (
            f"- 🔥 **(NeurIPS 2021)** Deep Nets Go Deep [[PDF]]({AX}) [[Code]](https://a.org)",
            TITLE_CAPS,
            KEY,
        ),
        (f"- **[ICML 2021]** Deep Nets Go Deep [[PDF]]({AX})", TITLE_CAPS, KEY),
        (f"- [CVPR 2019, Oral] Deep Nets Go Deep [[PDF]]({AX})", TITLE_CAPS, KEY),
        ("- Deep Nets Go Deep, arXiv:1512.03385", "Deep Nets Go Deep", "arxiv:1512.03385"),
        ("[4] A. Author and B. Writer. Deep nets go deep. CVPR 2015.", "Deep nets go deep", None),
        ("- A. Author, B. Writer, “Deep nets go deep”, ICLR 2015", "Deep nets go deep", None),
    ],
)
def test_entries_of_lists(line, title, identifier):
    assert mentions(f"# Papers\n\n{line}\n") == [("listed", title, identifier)]


def test_the_link_of_an_entry_does_not_belong_to_the_page():
    entry = f"- do the nets we all know and use really go deep? [[PDF]]({AX})"
    text = f"# Awesome Nets\n\nPapers on nets.\n\n{entry}\n"

    assert all(title != "Awesome Nets" for _, title, _ in mentions(text))


def test_a_bold_title_takes_the_links_listed_under_it():
    text = f"**Deep Nets Go Deep**\n\n- arxiv: [{AX}]({AX})\n- github: [https://github.com/a/b](https://github.com/a/b)\n"

    assert mentions(text) == [("listed", "Deep Nets Go Deep", "arxiv:1512.03385")]


def test_rows_of_a_table_are_entries():
    row = f"| Deep Nets Go Deep | 2015 | [pdf]({AX}) |"
    text = f"# Papers\n\n| Title | Year | Link |\n|---|---|---|\n{row}\n"

    assert mentions(text) == [("listed", "Deep Nets Go Deep", "arxiv:1512.03385")]


def test_links_in_prose_are_linked():
    text = f"# Week\n\nI read about [deep nets]({AX}) and later found another [paper]({AY}).\n"

    assert mentions(text) == [
        ("linked", "deep nets", "arxiv:1512.03385"),
        ("linked", None, "arxiv:1409.1556"),
    ]


def test_a_list_of_notes_names_papers_by_title_only():
    items = "\n".join(
        f"- [Deep Nets of the {word} Kind](notes/{word}.md)"
        for word in ("First", "Second", "Third")
    )

    assert [m[:2] for m in mentions(f"# Papers I read\n\n{items}\n")] == [
        ("listed", "Deep Nets of the First Kind"),
        ("listed", "Deep Nets of the Second Kind"),
        ("listed", "Deep Nets of the Third Kind"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Tools\n\n- [A Fast Library for Deep Nets](https://github.com/a/b)\n",
        "# Videos\n\n- [Lecture on Deep Nets and More](https://www.youtube.com/watch?v=abc)\n",
        "- [Introduction](#introduction)\n- [Methods and Results of It](#methods)\n",
        "![Deep Nets Go Deep](deep.png)\n",
        "<!-- [Deep Nets](https://arxiv.org/abs/1512.03385) -->\n",
        "<script>'https://arxiv.org/abs/1512.03385'</script>\n",
        "```\nhttps://arxiv.org/abs/1512.03385\n```\n",
        "# My trip\n\nWe went to Rome. The food was great.\n",
    ],
)
def test_what_is_no_paper_is_not_claimed(text):
    assert mentions(text) == []


def test_links_to_the_same_paper_under_its_heading_are_one_mention():
    text = f"## [Deep Nets]({AX}){PROSE}\nSee page 10 of the [paper]({AX}).\n"

    assert len(mentions(text)) == 1


def test_a_paper_that_is_not_named_is_reported_and_not_guessed():
    text = (
        "### Week 3\n\nThe first paper is on ResNet and easy to read. The second paper focuses on "
        "a similar thing. The third paper by Greff et al. is about memory.\n"
    )
    found = read_review(text.encode(), "a.md").mentions

    assert [(m.nickname, m.authors, m.unresolvable) for m in found] == [
        ("ResNet", (), False),
        (None, (), True),
        (None, ("Greff",), False),
    ]


def test_a_section_gives_its_paper_a_summary():
    mention = read_review(f"## [Deep Nets]({AX}){PROSE}".encode(), "a.md").mentions[0]

    assert mention.summary == PROSE.strip()


def test_a_task_list_tells_what_was_read():
    text = f"- [x] [Deep Nets Go Deep]({AX})\n- [ ] [Deeper Nets Go Deeper]({AY})\n"

    assert [m.state for m in read_review(text.encode(), "a.md").mentions] == ["read", "queued"]


def test_a_title_given_in_prose_belongs_to_the_section():
    text = (
        f'## [DNet]({AX}) (2015)\n\nThis paper, titled "Deep nets go deep with ease", is cited.\n'
    )
    mention = read_review(text.encode(), "a.md").mentions[0]

    assert (mention.nickname, mention.title, mention.year) == (
        "DNet",
        "Deep nets go deep with ease",
        2015,
    )


def test_passwords_in_addresses_never_come_out():
    text = "A [paper](https://ann:hunter2@arxiv.org/abs/1512.03385), https://b:hunter2@c.d/e.pdf\n"
    review = read_review(text.encode(), "a.md")

    assert "hunter2" not in repr(review.mentions)


def test_a_damaged_bibtex_entry_costs_no_other():
    text = (
        "@article{a, title={Deep {N}ets Go}, author={Doe, Ann and Roe, Bob}, eprint={1512.00001}}\n"
        "@article{b, title={{{{never closed, author={x}\n"
        "@comment{@article{c, eprint={1512.00003}}}\n"
        '@article{d, title = "Deeper Nets Go", year = 2016, doi = {10.1000/xyz}}\n'
    )

    assert mentions(text, "refs.bib") == [
        ("listed", "Deep Nets Go", "arxiv:1512.00001"),
        ("listed", "Deeper Nets Go", "doi:10.1000/xyz"),
    ]
