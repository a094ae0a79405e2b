"""BibTeX as people write it: every entry found, damaged ones told, at their lines."""

import time

import pytest
from papergraph.readers import read_review
from papergraph.readers.bibtex import is_bibtex, read_bibtex
from papergraph.readers.latex import latex_to_text

TEXT = r"""% my papers
@string{sheepconf = "Proceedings of the " # "Sheep Conference"}

@inproceedings{author2016sheep,
  title     = {Counting {Sheep} With Small
               Networks},
  author    = {Author, Ann and {The Sheep Group} and Erd{\H o}s, P{\'a}l and others},
  booktitle = sheepconf,
  year      = 2016,
  month     = dec,
  eprint    = {1512.00001},
  archiveprefix = {arXiv},
  keywords  = {sheep, small nets},
  annote    = {Read this before the hills paper.},
  readstatus = {read},
  file      = {Full Text:papers/sheep.pdf:application/pdf},
}

@article(hills, title = "Networks of {"}hills{"}", doi = {10.1000/hills.1}, url={https://example.org/a_b})
@InCollection{chapter, title={A Chapter on Goats}, crossref={book}}
@book{book, title={The Goat Book}, year={1999}, publisher={Meadow}}
"""


def entry(text):
    (found,) = read_bibtex(text).entries
    return found


def test_an_entry_keeps_all_that_it_states():
    found = read_bibtex(TEXT).entries[0]

    assert (found.key, found.title) == ("author2016sheep", "Counting Sheep With Small Networks")
    assert found.authors == ("Ann Author", "The Sheep Group", "Pál Erdős")
    assert (found.year, found.published) == (2016, "2016-12")
    assert found.venue == "Proceedings of the Sheep Conference"
    assert found.identifiers == ("arxiv:1512.00001",)
    assert (found.tags, found.state) == (("sheep", "small nets"), "read")
    assert found.files == ("papers/sheep.pdf",)
    assert [(note.text, note.line) for note in found.notes] == [
        ("Read this before the hills paper.", 14)
    ]


def test_every_entry_is_found_at_its_title():
    lines = TEXT.split("\n")
    found = read_bibtex(TEXT).entries

    assert [one.key for one in found] == ["author2016sheep", "hills", "chapter", "book"]
    for one in found:
        assert lines[one.line - 1][one.column - 1 :].startswith(one.title.split()[0])


def test_a_chapter_takes_year_and_venue_from_its_book():
    chapter = read_bibtex(TEXT).entries[2]

    assert (chapter.title, chapter.venue, chapter.year) == (
        "A Chapter on Goats",
        "The Goat Book",
        1999,
    )


def test_a_review_lists_the_entries_with_note_and_state():
    review = read_review(TEXT.encode(), "papers.bib")
    first = review.mentions[0]

    assert (first.role, first.line, first.state) == ("listed", 5, "read")
    assert first.summary == "Read this before the hills paper."
    assert [mention.position for mention in review.mentions] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("field", "identifiers"),
    [
        ("doi={https://doi.org/10.1000/ABC.1}", ("doi:10.1000/abc.1",)),
        ("doi={10.1000/a\\_b}", ("doi:10.1000/a_b",)),
        ("journal={arXiv preprint arXiv:1512.00001}", ("arxiv:1512.00001",)),
        ("journal={CoRR}, volume={abs/1512.00001}", ("arxiv:1512.00001",)),
        ("url={https://arxiv.org/abs/1512.00001v2}", ("arxiv:1512.00001",)),
        ("howpublished={\\url{https://arxiv.org/abs/1512.00001}}", ("arxiv:1512.00001",)),
        ("eprint={hep-th/9901001}", ("arxiv:hep-th/9901001",)),
        ("eprint={26017442}, eprinttype={pubmed}", ("pmid:26017442",)),
        ("eprint={26017442}", ()),
        ("pmid={26017442}", ("pmid:26017442",)),
        ("arxivId={1512.00001}, mendeley-groups={a}", ("arxiv:1512.00001",)),
        ("note={arXiv:1512.00001 [cs]}", ("arxiv:1512.00001",)),
    ],
)
def test_identifiers_are_found_in_every_field_that_holds_them(field, identifiers):
    assert entry(f"@misc{{k, title={{Deep Nets}}, {field}}}").identifiers == identifiers


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"o}\"{o}\"o", "ööö"),
        (r"\'{\i}\v{s}\c{c}{\ss}{\aa}\O", "íšçßåØ"),
        (r"\'\i", "í"),
        (r"\l ukasz {\L}", "łukasz Ł"),
        (r"\emph{very} \textbf{deep}", "very deep"),
        (r"50\% of A\&B, a\_b", "50% of A&B, a_b"),
        (r"$\beta$-VAE and $O(n^2)$", "β-VAE and O(n^2)"),
        ("2--3 ``times''~now", "2–3 “times” now"),
        (r"\unknown{word}", "word"),
        ("plain", "plain"),
        ("\\", ""),
    ],
)
def test_latex_becomes_text(latex, text):
    assert latex_to_text(latex) == text


@pytest.mark.parametrize(
    ("field", "files"),
    [
        ("papers/c.pdf", ("papers/c.pdf",)),
        (":papers/b.pdf:PDF", ("papers/b.pdf",)),
        ("Full Text:/a/b.pdf:application/pdf;Page:/a/c.html:text/html", ("/a/b.pdf", "/a/c.html")),
        (r"Paper:C\:\\Users\\me\\a; b.pdf:application/pdf", (r"C:\Users\me\a; b.pdf",)),
        (r":C$\backslash$:/Users/me/a.pdf:pdf", ("C:/Users/me/a.pdf",)),
    ],
)
def test_paths_of_attachments_are_kept(field, files):
    assert entry(f"@misc{{k, title={{Deep Nets}}, file={{{field}}}}}").files == files


def test_abbreviations_that_mean_themselves_end():
    text = "@string{a = a # a}\n@string{b = c # c}\n@string{c = b # b}\n"
    doubling = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 60))
    found = read_bibtex(f"{text}{doubling}@article{{k, title = {{Nets}}, note = s59 # a}}")

    assert [one.title for one in found.entries] == ["Nets"]


def test_comments_are_not_read():
    text = "@comment{@article{y, title={Hidden Nets}}}\n@article{k, title={Open Nets}}\n"

    assert [one.title for one in read_bibtex(text).entries] == ["Open Nets"]


@pytest.mark.parametrize(
    ("text", "titles", "lines"),
    [
        ("@article{a, title={Nets", ["Nets"], [1]),
        ("@article{a, title={Nets},\n\n@article{b, title={Hills}}", ["Nets", "Hills"], [1]),
        ("@article{a, title={{Nets, year={1}\n@article{b, title={Hills}}", ["Nets", "Hills"], [1]),
        ('@article{a, title="Nets, year={1}\n}', ["Nets"], [1]),
        ("@article{a, title={Nets} year={1999}}", ["Nets"], []),
        ("@article{a, year={1999}}", [], [1]),
        ("@article{}", [], [1]),
        ("@article{title={Nets}}", ["Nets"], []),
    ],
)
def test_damage_is_told_and_costs_no_other_entry(text, titles, lines):
    found = read_bibtex(text)

    assert [one.title for one in found.entries] == titles
    assert [damage.line for damage in found.damages] == lines


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={" + "{" * 200_000,
        "@article{" * 20_000,
        "@article{a,\n" + "x={{\n" * 20_000,
        "@comment{" * 20_000,
        "@string{a={" * 20_000,
        '@a{a, title="' + '"#"' * 50_000,
        "\n@article{k, title={a" * 5_000,
    ],
    ids=range(7),
)
def test_nothing_takes_long(text):
    start = time.process_time()

    read_bibtex(text)

    assert time.process_time() - start < 3


def test_two_thousand_entries_are_read_within_a_second():
    text = "".join(
        f"@article{{k{n},\n  title = {{Deep {{N}}ets {n}}},\n"
        "  author = {Doe, Jane and Roe, Bob},\n"
        f"  doi = {{10.1000/{n}}},\n  abstract = {{{'We count sheep. ' * 40}}}\n}}\n"
        for n in range(2_000)
    )
    start = time.process_time()

    assert len(read_bibtex(text).entries) == 2_000
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "origin", "is_so"),
    [
        ("@article{k, title={a}}", "a.txt", True),
        ("% made by hand\n@article{k, title={a}}", "stdin", True),
        ("Written by me\n\n@article{k, title={a}}", "a.bib", True),
        ("Written to @somebody{x}", "a.md", False),
        ("```bibtex\n@article{k}\n```\n# Notes", "a.md", False),
    ],
)
def test_bibtex_is_told_from_other_writing(text, origin, is_so):
    assert is_bibtex(text, origin) is is_so
