"""Semantic Scholar: batches with their lists, what is withheld or cut, sentences of citation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from papergraph.sources.s2 import SemanticScholar, parse_nested, plan_batches

A, B = f"{1:040x}", f"{2:040x}"
ROW = {"paperId": A, "title": "One"}
NESTED = [
    ({}, None, None),
    ({"references": [], "referenceCount": 0}, "empty", 0),
    ({"references": None, "referenceCount": 0}, "empty", 0),
    ({"references": [ROW], "referenceCount": 1}, "complete", 1),
    ({"references": [ROW], "referenceCount": 2}, "partial", 2),
    ({"references": [ROW]}, "complete", None),
    ({"references": [], "referenceCount": 9}, "partial", 9),
    ({"references": [{"paperId": None, "title": None}], "referenceCount": 1}, "partial", 1),
    (
        {
            "references": None,
            "referenceCount": 87,
            "openAccessPdf": {"disclaimer": "fields have been elided: {'references'}"},
        },
        "withheld",
        87,
    ),
]


def test_a_batch_gives_metadata_lists_and_identifiers(recorded: Any) -> None:
    asked = ["arxiv:1512.03385", "arxiv:2001.99999", "doi:10.1080/1", f"s2:{5:040x}"]

    found = SemanticScholar(recorded).papers(asked)

    record = found["arxiv:1512.03385"].record
    assert record.identifiers == (
        *("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90", "dblp:conf/cvpr/HeZRS16", f"s2:{A}"),
    )
    assert (record.published, record.year) == ("2015-12", 2015)
    assert record.citations_elsewhere is not None
    assert record.citations_elsewhere.as_json() == {
        "count": 200000,
        "source": "s2",
        "date": "2026-01-31",
    }
    assert "arxiv:2001.99999" not in found
    assert len(recorded.asked) == 1


def test_states_of_lists_in_a_batch_are_told_apart(recorded: Any) -> None:
    asked = ["arxiv:1512.03385", "arxiv:2001.99999", "doi:10.1080/1", f"s2:{5:040x}"]

    found = SemanticScholar(recorded).papers(asked)

    lists = {item: paper.references for item, paper in found.items()}
    assert {item: found and (found.state, found.expected) for item, found in lists.items()} == {
        "arxiv:1512.03385": ("complete", 3),
        "doi:10.1080/1": ("withheld", 87),
        f"s2:{5:040x}": ("partial", 41),
    }


def test_a_reference_without_id_is_a_stub_with_its_title(recorded: Any) -> None:
    found = SemanticScholar(recorded).paper("arxiv:1512.03385")

    assert found is not None
    assert found.references is not None
    last = found.references.references[-1].record
    assert (last.kind, last.title) == ("stub", "“Neural networks: tricks of the trade.”")


@pytest.mark.parametrize(("row", "state", "expected"), NESTED)
def test_a_nested_list_has_a_state(
    row: dict[str, Any], state: str | None, expected: int | None
) -> None:
    found = parse_nested(row)

    assert (found and found.state) == state
    assert (found.expected if found else None) == expected


def test_sentences_intents_and_influence_are_kept(recorded: Any) -> None:
    found = SemanticScholar(recorded).references("arxiv:1512.03385")

    first = found.references[0]
    assert first.contexts == ("We follow [41].",)
    assert first.intents == ("methodology",)
    assert first.is_influential is True
    assert len(recorded.asked) == 2


def test_batches_hold_at_most_nine_thousand_references() -> None:
    counts = {str(number): 90 for number in range(250)}

    batches = list(plan_batches(counts))

    assert [len(batch) for batch in batches] == [100, 100, 50]
    assert [item for batch in batches for item in batch] == list(counts)


def test_lists_that_a_full_answer_cut_off_are_asked_for_again(counting: Any) -> None:
    """The first answer holds 9,999 references: the second paper got 3,999 of its 5,000."""

    def rows(count: int) -> list[dict[str, Any]]:
        return [{"paperId": f"{n + 10:040x}", "title": f"Cited {n}"} for n in range(count)]

    def paper(name: str, got: int, expected: int) -> dict[str, Any]:
        return {"paperId": name, "title": name, "referenceCount": expected, "references": rows(got)}

    first = [paper(A, 6_000, 6_000), paper(B, 3_999, 5_000)]
    fetcher = counting(json.dumps(first), json.dumps([paper(B, 5_000, 5_000)]))

    found = SemanticScholar(fetcher).papers([f"s2:{A}", f"s2:{B}"])

    states = [paper.references and paper.references.state for paper in found.values()]
    assert states == ["complete", "complete"]
    assert [call["body"] for call in fetcher.calls] == [{"ids": [A, B]}, {"ids": [B]}]


def test_a_list_that_the_service_has_in_part_is_not_asked_for_again(counting: Any) -> None:
    row = {"paperId": A, "title": "x", "referenceCount": 41, "references": [ROW]}
    fetcher = counting(json.dumps([row]))

    SemanticScholar(fetcher).papers([f"s2:{A}"])

    assert len(fetcher.calls) == 1


def test_a_list_longer_than_the_service_pages_is_partial(counting: Any) -> None:
    def page(start: int, following: int) -> str:
        return json.dumps({"offset": start, "next": following, "data": [{"citedPaper": ROW}]})

    fetcher = counting(*(page(n * 1000, (n + 1) * 1000) for n in range(9)), page(9000, 9999))

    found = SemanticScholar(fetcher).references(f"s2:{A}")

    assert found.state == "partial"
    last = fetcher.calls[-1]["params"]
    assert int(last["offset"]) + int(last["limit"]) < 10_000


def test_citations_stop_at_the_limit(counting: Any) -> None:
    rows = [{"citingPaper": {"paperId": f"{n:040x}", "title": f"Citing {n}"}} for n in range(9)]
    fetcher = counting(json.dumps({"offset": 0, "next": 9, "data": rows}))

    assert len(SemanticScholar(fetcher).citations(f"s2:{A}", limit=5)) == 5
    assert len(fetcher.calls) == 1


def test_a_doi_is_escaped_in_the_path(counting: Any) -> None:
    fetcher = counting(json.dumps(ROW))

    SemanticScholar(fetcher).paper("doi:10.1002/(sici)1-2?a#b")

    assert fetcher.calls[0]["path"] == "/graph/v1/paper/DOI:10.1002/(sici)1-2%3Fa%23b"
