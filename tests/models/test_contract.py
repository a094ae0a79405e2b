"""The JSON objects of the contract: every key always there, null when unknown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from papergraph.models import (
    CitationCount,
    Evidence,
    Hit,
    IngestReport,
    Lineage,
    LineageBranch,
    LineageLink,
    LineageParent,
    Mention,
    OrderedPapers,
    OrderReason,
    Paper,
    PaperDetail,
    PaperFacts,
    ReadingPath,
    Recommendation,
    RelationReport,
    Repair,
    ScoredPaper,
    SearchAnswer,
    Step,
    paper_id,
    paper_number,
)

PAPER_KEYS = (
    "id title authors year published venue identifiers nicknames kind url summary tags"
    " references_known references_here citations_here citations_elsewhere state"
)
EVIDENCE_KEYS = "kind text where source weight stated"
MENTION_KEYS = (
    "line column text sentence original role title url identifier paper status confidence"
    " candidates"
)
WHY = Evidence(kind="review", text="ResNet extends VGG")
PAPER = Paper(id="p1", title="Deep Residual Learning")
MENTION = Mention(
    line=3,
    column=1,
    text="ResNet",
    sentence="ResNet wins.",
    original=None,
    role="named",
    title=None,
    url=None,
    identifier=None,
    paper=None,
    status="unsure",
    confidence=0.3,
)
STEP = Step(position=1, paper=PAPER, need=1.0, needed_by=None, because=(WHY,))
REPORT = IngestReport(
    origin="/notes.md",
    title=None,
    format="markdown",
    language=None,
    review_id=None,
    changed=False,
    repairs=(),
    mentions=(MENTION,),
    relations=(),
    counts={"mentions": 1},
    warnings=(),
)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (PAPER, PAPER_KEYS),
        (WHY, EVIDENCE_KEYS),
        (Hit(paper=PAPER, score=0.5, why=(WHY,)), "paper score why"),
        (SearchAnswer(query="x", hits=(), took_ms=1.0), "query hits took_ms notes"),
        (STEP, "position paper need for because level against together_with hours"),
        (
            ReadingPath(targets=(PAPER,), known=(), steps=(STEP,)),
            "topic targets known steps left_out warnings",
        ),
        (
            Lineage(target=PAPER, chain=(), parents=()),
            "target from chain parents branches descendants warnings topic",
        ),
        (LineageLink(paper=PAPER), "paper because"),
        (LineageParent(paper=PAPER, score=0.5), "paper score because"),
        (LineageBranch(origin=PAPER, paper=PAPER), "from paper because"),
        (OrderedPapers(order=(PAPER,), because=()), "order unknown because warnings"),
        (OrderReason(before="p1", after="p2", evidence=(WHY,)), "before after evidence"),
        (
            Recommendation(paper=PAPER, score=1, group="g", ready=True, missing=(), because=(WHY,)),
            "paper score group ready missing because",
        ),
        (MENTION, MENTION_KEYS),
        (
            RelationReport(later=PAPER, earlier=PAPER, kind="uses", evidence=(WHY,)),
            "from to kind evidence",
        ),
        (Repair(line=1, original="a", repaired="b", how="ftfy"), "line original repaired how"),
        (REPORT, "review repairs mentions relations counts marked warnings"),
        (ScoredPaper(paper=PAPER, score=1.0), "paper score how"),
        (CitationCount(count=1, source="s", date="2026-01-01"), "count source date"),
        (
            PaperDetail(paper=PAPER, abstract=None, mentions=(), sources=()),
            PAPER_KEYS + " abstract mentions sources reference_lists pdf code quotes edits rating",
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else type(value).__name__,
)
def test_every_key_of_the_contract_is_there(value, keys: str) -> None:
    found = value.as_json()

    assert set(found) == set(keys.split())
    assert json.loads(json.dumps(found)) == found


def test_the_review_of_a_report_has_its_card() -> None:
    card = REPORT.as_json()["review"]

    assert {"id", "origin", "title", "format", "language"} <= set(card)
    assert card["id"] is None


def test_what_is_left_out_has_its_reason() -> None:
    path = ReadingPath(targets=(PAPER,), known=(), steps=(), left_out=((PAPER, "too long"),))

    assert path.as_json()["left_out"] == [{"paper": PAPER.as_json(), "reason": "too long"}]


def test_candidates_of_a_mention_are_papers_with_scores() -> None:
    unsure = replace(MENTION, candidates=(ScoredPaper(paper=PAPER, score=0.41),))

    assert unsure.as_json()["candidates"] == [{"paper": PAPER.as_json(), "score": 0.41}]


@pytest.mark.parametrize("text", ["p0", "p01", "p", "q1", "p1x", "P1", "p" + "9" * 30])
def test_other_texts_are_no_paper_ids(text: str) -> None:
    assert paper_number(text) is None


def test_a_paper_id_is_read_back() -> None:
    assert paper_number(paper_id(482)) == 482


@pytest.mark.parametrize(
    ("published", "year", "date"),
    [
        ("2015-12", 2016, 2015 + 11.5 / 12),
        ("2015-01", None, 2015 + 0.5 / 12),
        (None, 2015, 2015.5),
        (None, None, None),
    ],
)
def test_the_month_decides_the_date(
    published: str | None, year: int | None, date: float | None
) -> None:
    facts = PaperFacts(
        number=1, title="A", name="A", year=year, published=published, kind="article", tags=()
    )

    assert facts.date == (date if date is None else pytest.approx(date))


@pytest.mark.parametrize(
    ("kind", "tags", "is_generic"),
    [
        ("article", (), False),
        ("article", ("optimiser",), True),
        ("dataset", (), True),
        ("survey", (), True),
        ("article", ("vision",), False),
    ],
)
def test_tools_and_data_sets_are_generic(
    kind: str, tags: tuple[str, ...], is_generic: bool
) -> None:
    facts = PaperFacts(
        number=1, title="A", name="A", year=2015, published=None, kind=kind, tags=tags
    )

    assert facts.is_generic is is_generic
