"""What is hard in real answers, one named row for each, as the index of the recordings tags it.

Reads the development data beside the repository, and is skipped where that is not present. The same
shapes, made up, stand in the tests of each source.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from papergraph.errors import SourceError, UnavailableError
from papergraph.sources import arxiv, crossref, datacite, openalex, s2
from papergraph.sources.accepting import judge_title
from papergraph.sources.shapes import is_missing
from papergraph.sources.source import Reply
from papergraph.sources.statuses import check_status

pytestmark = pytest.mark.shared

MINE = ("arxiv", "s2", "openalex", "crossref", "datacite", "dblp", "doi")
DATE = "2026-01-31"
# Tags that only say what an answer holds, not that it is hard.
PLAIN_TAGS = {"has-references", "unicode-title", "retraction"}

Record = Mapping[str, Any]


def is_refused(record: Record, reply: Reply) -> bool:
    """An error reaches the caller as an error, or as a paper that is not known."""
    parse = {
        "arxiv": lambda: arxiv.parse_feed(reply.body),
        "s2": lambda: s2.parse_paper(reply.json(), DATE),
        "openalex": lambda: openalex.parse_works(reply.json()),
        "crossref": lambda: crossref.parse_answer(reply.json(), DATE),
    }
    try:
        check_status(reply, accept=(400,) if record["source"] == "arxiv" else ())
        if not is_missing(reply):
            parse[record["source"]]()
    except SourceError:
        return True
    return is_missing(reply)


def is_blocked_for_now(record: Record, reply: Reply) -> bool:
    with pytest.raises(UnavailableError):
        check_status(reply)
    return True


def is_withdrawn(record: Record, reply: Reply) -> bool:
    head, _, rest = reply.text.partition("Comments:")
    comment = " ".join(rest.partition("\\\\")[0].split())
    abstract = " ".join(rest.partition("\\\\")[2].rpartition("\\\\")[0].split())
    return "Title:" in head and arxiv.is_withdrawn(comment, abstract)


def is_empty_feed(record: Record, reply: Reply) -> bool:
    return arxiv.parse_feed(reply.body) == ()


def has_plain_tex_titles(record: Record, reply: Reply) -> bool:
    if "oaipmh" in record["url"]:
        return is_refused(record, reply)
    found = (
        arxiv.parse_feed(reply.body)
        if record["source"] == "arxiv"
        else ()
        if "recommendations" in record["url"]
        else s2.parse_matches(reply.json(), DATE)
    )
    return not any("$" in item.title or "\\" in item.title for item in found)


def has_null_in_place(record: Record, reply: Reply) -> bool:
    if "/author/" in record["url"]:
        return is_refused(record, reply)
    ids = json.loads(record["request_body"])["ids"]
    rows = s2.parse_batch(reply.json(), len(ids), DATE)
    unknown = [place for place, row in enumerate(reply.json()) if row is None]
    return len(rows) == len(ids) and unknown != [] and all(rows[at] is None for at in unknown)


def has_stubs_for_unknown_ids(record: Record, reply: Reply) -> bool:
    if record["method"] == "POST":  # rows that name nothing: the list is partial, not shorter
        row = next(item for item in reply.json() if item["referenceCount"])
        found = s2.parse_nested(row)
        return found is not None and found.state == "partial" and found.expected == 41
    found, _ = s2.parse_references(reply.json())
    stubs = [item.record for item in found.references if item.record.kind == "stub"]
    unnamed = [row for row in reply.json()["data"] if row["citedPaper"]["paperId"] is None]
    return len(stubs) == len(unnamed) > 0 and all(item.title for item in stubs)


def has_repaired_titles(record: Record, reply: Reply) -> bool:
    found, _ = s2.parse_references(reply.json())
    titles = "".join(item.record.title for item in found.references)
    return "“" in titles and not any("\x80" <= sign <= "\x9f" for sign in titles)


def is_withheld(record: Record, reply: Reply) -> bool:
    return s2.parse_references(reply.json())[0].state == "withheld"


def keeps_near_duplicates(record: Record, reply: Reply) -> bool:
    found, _ = s2.parse_references(reply.json())
    return len(found.references) == len(reply.json()["data"]) == 6


def is_no_match(record: Record, reply: Reply) -> bool:
    asked = "Gravity hill" if "Gravity" in record["url"] else "National Flag of Canada Day"
    if record["source"] == "s2":
        offered = s2.parse_matches(reply.json(), DATE)
    else:
        offered = tuple(p.record for p in crossref.parse_answers(reply.json(), DATE))
    return len(offered) == 1 and judge_title(asked, offered[0]) is not None


def finds_nothing(record: Record, reply: Reply) -> bool:
    if record["source"] == "s2":
        return s2.parse_matches(reply.json(), DATE) == ()
    return crossref.parse_answers(reply.json(), DATE) == ()


def works_of(reply: Reply) -> list[Any]:
    data = reply.json()
    return openalex.parse_works(data) if "results" in data else [openalex.parse_work(data)]


def has_no_references(record: Record, reply: Reply) -> bool:
    return all(openalex.gather_references(row, {}).state == "empty" for row in works_of(reply))


def has_no_abstract(record: Record, reply: Reply) -> bool:
    records = [openalex.parse_record(row) for row in works_of(reply)]
    return any(found is None or found.abstract is None for found in records)


def counts_every_reference(record: Record, reply: Reply) -> bool:
    """Edges by DOI are kept; a list is whole only when every row names something."""
    paper = crossref.parse_answer(reply.json(), DATE)
    assert paper is not None
    assert paper.references is not None
    rows = reply.json()["message"]["reference"]
    dois = sum("DOI" in row for row in rows)
    named = len(paper.references.references)
    return dois <= named <= len(rows) and (paper.references.state == "complete") == (
        named == len(rows)
    )


def has_plain_titles(record: Record, reply: Reply) -> bool:
    if record["source"] == "datacite":
        paper = datacite.parse_answer(reply.json())
        return paper is not None and paper.record.title == "Eastern questionnaire"
    many = "works?" in record["url"]
    found = crossref.parse_answers(reply.json(), DATE) if many else ()
    one = None if many else crossref.parse_answer(reply.json(), DATE)
    return not any("<" in p.record.title for p in (*found, *([one] if one else [])))


def has_plain_name(record: Record, reply: Reply) -> bool:
    paper = crossref.parse_answer(reply.json(), DATE)
    return paper is not None and paper.record.authors == ("Toby Mündel",)


def is_no_json(record: Record, reply: Reply) -> bool:
    return is_refused(record, reply)


HARD: dict[tuple[str, str], Callable[[Record, Reply], bool]] = {
    ("arxiv", "error"): is_refused,
    ("arxiv", "blocked"): is_blocked_for_now,
    ("arxiv", "withdrawn"): is_withdrawn,
    ("arxiv", "empty-feed"): is_empty_feed,
    ("arxiv", "tex-in-title"): has_plain_tex_titles,
    ("s2", "error"): is_refused,
    ("s2", "null-in-batch"): has_null_in_place,
    ("s2", "null-paper-id"): has_stubs_for_unknown_ids,
    ("s2", "mojibake-title"): has_repaired_titles,
    ("s2", "elided-references"): is_withheld,
    ("s2", "near-duplicate-titles"): keeps_near_duplicates,
    ("s2", "tex-in-title"): has_plain_tex_titles,
    ("s2", "false-match"): is_no_match,
    ("s2", "empty-result"): finds_nothing,
    ("openalex", "error"): is_refused,
    ("openalex", "no-references"): has_no_references,
    ("openalex", "no-abstract"): has_no_abstract,
    ("crossref", "error"): is_refused,
    ("crossref", "malformed"): is_no_json,
    ("crossref", "empty-result"): finds_nothing,
    ("crossref", "reference-without-doi"): counts_every_reference,
    ("crossref", "html-in-title"): has_plain_titles,
    ("crossref", "html-entity"): has_plain_name,
    ("crossref", "false-match"): is_no_match,
    ("datacite", "html-in-title"): has_plain_titles,
}
# A DOI that is not known, and a text that is none: refused by status alone.
BY_STATUS = {("datacite", "error"): {404}, ("doi", "error"): {404, 400}}


def tagged(service: Any, source: str, tag: str) -> list[Record]:
    rows = [row for row in service.records if row["source"] == source]
    return [row for row in rows if tag in row.get("tags", ())]


@pytest.mark.parametrize(("source", "tag"), HARD, ids=[f"{source}-{tag}" for source, tag in HARD])
def test_what_is_hard_is_read_as_it_must_be(
    source: str, tag: str, recordings_of: Callable[..., Any]
) -> None:
    service = recordings_of()
    rows = tagged(service, source, tag)

    wrong = [row["url"] for row in rows if not HARD[source, tag](row, service.reply(row))]

    assert rows
    assert wrong == []


def test_every_hard_tag_has_a_row(recordings_of: Callable[..., Any]) -> None:
    tags = {
        (row["source"], tag)
        for row in recordings_of().records
        if row["source"] in MINE
        for tag in row.get("tags", ())
        if tag not in PLAIN_TAGS
    }

    assert tags == set(HARD) | set(BY_STATUS)


@pytest.mark.parametrize(("source", "tag"), BY_STATUS, ids=str)
def test_an_unknown_doi_is_told_by_its_status(
    source: str, tag: str, recordings_of: Callable[..., Any]
) -> None:
    rows = tagged(recordings_of(), source, tag)

    assert {row["status"] for row in rows} == BY_STATUS[source, tag]
