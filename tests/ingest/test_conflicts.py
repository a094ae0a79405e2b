"""What speaks against a join is asked; key words and states an author gives are kept."""

from __future__ import annotations

import pytest
from papergraph.ingest import forget_review, list_questions, settle_question, undo_decision
from papergraph.library import Library
from papergraph.models import PaperRecord
from tests.conftest import NOW, add_papers
from tests.ingest.conftest import Run

TITLE = "Going Far With Rockets And Steam"
KNOWN = PaperRecord(
    title=TITLE, source="corpus:a", identifiers=("arxiv:1512.00001", "doi:10.1000/far"), year=2015
)
ENTRY = f"# Papers\n\n- [{TITLE}]({{}})\n"


@pytest.fixture
def known(bare: Library) -> int:
    """A library that has the paper already."""
    return add_papers(bare, KNOWN)[0]


@pytest.mark.parametrize(
    "url", ["https://arxiv.org/abs/1812.00009", "https://doi.org/10.1000/another"]
)
def test_another_number_for_a_known_title_makes_a_paper_of_its_own_and_a_question(
    bare: Library, known: int, run: Run, url: str
) -> None:
    run({"/a.md": ENTRY.format(url)})

    (question,) = list_questions(bare)
    assert [scored.paper.id for scored in question.candidates] == [f"p{known}"]
    assert bare.papers.count() == 2


def test_two_papers_that_cannot_be_one_are_not_chosen_from(bare: Library, run: Run) -> None:
    add_papers(
        bare,
        PaperRecord(title="One of Them", source="corpus:a", identifiers=("arxiv:1512.00001",)),
        PaperRecord(title="Quite Another", source="corpus:a", identifiers=("doi:10.1000/far",)),
    )

    run({"/a.md": f"- {TITLE}, [pdf](https://arxiv.org/abs/1512.00001), doi:10.1000/far\n"})

    (question,) = list_questions(bare)
    assert {scored.paper.title for scored in question.candidates} == {
        "One of Them",
        "Quite Another",
    }


def test_preprint_archives_give_a_paper_a_second_doi(bare: Library, known: int, run: Run) -> None:
    run({"/a.md": ENTRY.format("https://doi.org/10.5281/zenodo.77")})

    assert list_questions(bare) == ()
    assert bare.papers.count() == 1


@pytest.mark.parametrize(("choice", "papers"), [("accept", 1), ("new", 2), ("different", 2)])
def test_an_answer_to_a_conflict_is_kept_and_can_be_undone(
    bare: Library, known: int, run: Run, choice: str, papers: int, dump
) -> None:
    text = {"/a.md": ENTRY.format("https://arxiv.org/abs/1812.00009")}
    run(text)
    before = dump(bare)
    (question,) = list_questions(bare)

    decision = settle_question(bare, question.id, choice, now=NOW)
    run({"/a.md": "Hello.\n\n" + text["/a.md"]})

    assert list_questions(bare) == ()
    assert bare.papers.count() == papers
    run(text)
    undo_decision(bare, decision, now=NOW)
    after = dump(bare)
    assert [item.id for item in list_questions(bare)] == [question.id]
    assert after.pop("decisions") != before.pop("decisions")
    assert after == before


def test_a_forgotten_answer_takes_the_address_it_taught_along(
    bare: Library, known: int, run: Run
) -> None:
    run({"/a.md": ENTRY.format("https://arxiv.org/abs/1812.00009")})
    decision = settle_question(bare, list_questions(bare)[0].id, "accept", now=NOW)

    undo_decision(bare, decision, now=NOW)

    assert bare.papers.by_identifier(["arxiv:1812.00009"])["arxiv:1812.00009"] != known


def told_states(library: Library) -> list[tuple[str, str]]:
    rows = library.database.execute_raw("SELECT reader, state FROM reading_states ORDER BY reader")
    return [(row[0], row[1]) for row in rows]


def test_a_state_an_author_tells_is_kept_as_theirs_and_goes_with_the_text(
    bare: Library, run: Run
) -> None:
    run({"/list.md": f"# Papers\n\n- [x] [{TITLE}](https://arxiv.org/abs/1512.00001)\n"})
    told = told_states(bare)
    paper = next(iter(bare.papers.get([1]).values()))

    forget_review(bare, "/list.md")

    assert told == [("review:/list.md", "read")]
    assert paper.state is None
    assert told_states(bare) == []


def test_key_words_of_an_entry_stand_with_the_paper(bare: Library, run: Run) -> None:
    fields = f"title={{{TITLE}}}, author={{Ann Bee}}, year={{2015}}, keywords={{fuel, far}}"

    run({"/refs.bib": f"@article{{a, {fields}}}"})

    assert bare.papers.get([1])[1].tags == ("fuel", "far")
