"""Many texts in one run: kept one by one, told once, gone on with after a stop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from papergraph.errors import ReadingError
from papergraph.ingest import RunReport, Skipped, Text, ingest_reviews
from papergraph.library import Library
from tests.conftest import NOW
from tests.ingest.conftest import Run

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
NOTE = "# [Going Far With Rockets](https://arxiv.org/abs/1512.0000{})\n\nFar, by notes of {}.\n"
NOTES = {f"/log/{number}.md": NOTE.format(number, number) for number in range(1, 5)}
TEACHES = "## RocketNet: [Going Far With Rockets](https://arxiv.org/abs/1512.00001)\n\nFar.\n"
NAMES = (
    "## [Steam Engines That Learn](https://arxiv.org/abs/1601.00002)\n\n"
    "This model builds on RocketNet.\n"
)


def texts(found: dict[str, str]) -> list[Text]:
    return [Text(origin=origin, data=text.encode()) for origin, text in found.items()]


def test_a_run_counts_what_was_read_unchanged_and_skipped(bare: Library) -> None:
    broken = ReadingError("it is broken")
    given = [*texts(NOTES), Text(origin="/p.png", data=PICTURE), Skipped(origin="/x", error=broken)]
    list(ingest_reviews(bare, given[:2], RunReport(), now=NOW))

    total = RunReport()
    reports = list(ingest_reviews(bare, [*given, *texts({"/e.md": "# Milk\n"})], total, now=NOW))

    assert (total.read, total.unchanged, total.empty) == (3, 2, 1)
    assert [skipped.origin for skipped in total.skipped] == ["/p.png", "/x"]
    assert total.found["papers"] == 4
    assert [report.changed for report in reports] == [False, False, True, True, True]


def test_progress_is_told_by_stage(bare: Library) -> None:
    told: list[tuple[str, int, int]] = []
    given = texts({"/names.md": NAMES, "/teaches.md": TEACHES})

    list(
        ingest_reviews(bare, given, RunReport(), now=NOW, progress=lambda *step: told.append(step))
    )

    assert told == [("read", 1, 0), ("read", 2, 0), ("linked", 1, 1)]


def test_a_name_is_found_in_texts_that_were_read_before_it_was_taught(
    bare: Library, run: Run
) -> None:
    reports, _ = run({"/names.md": NAMES, "/teaches.md": TEACHES})

    relation = next(r for r in reports[0].relations if r.kind == "extends")
    assert relation.earlier.identifiers == ("arxiv:1512.00001",)


def test_texts_that_nothing_changed_for_are_not_read_again(run: Run) -> None:
    run(NOTES)

    _, total = run({"/names.md": NAMES})

    assert total.linked == 0


def stopped(given: list[Text], after: int) -> Iterator[Text]:
    yield from given[:after]
    raise KeyboardInterrupt


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_a_run_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(
    bare: Library, after: int, dump
) -> None:
    given = texts({"/names.md": NAMES, "/teaches.md": TEACHES, **NOTES})
    with pytest.raises(KeyboardInterrupt):
        list(ingest_reviews(bare, stopped(given, after), RunReport(), now=NOW))
    kept = [review.origin for review in bare.reviews.all()]

    total = RunReport()
    list(ingest_reviews(bare, given, total, now=NOW))

    whole = Library.open(None)
    list(ingest_reviews(whole, given, RunReport(), now=NOW))
    assert kept == [text.origin for text in given[:after]][::-1]
    assert total.unchanged == after
    assert dump(bare) == dump(whole)


def test_what_another_run_stores_meanwhile_is_still_followed(bare: Library, dump) -> None:
    def broken_off() -> Iterator[Text]:
        yield from texts({"/teaches.md": TEACHES})
        raise KeyboardInterrupt

    def break_in(stage: str, _done: int, _of: int) -> None:
        if stage == "linked" and not bare.reviews.find("/teaches.md"):
            with pytest.raises(KeyboardInterrupt):
                list(ingest_reviews(bare, broken_off(), RunReport(), now=NOW))

    first = texts({"/names.md": NAMES, "/also.md": TEACHES})
    list(ingest_reviews(bare, first, RunReport(), now=NOW, progress=break_in))

    assert len(bare.facts("unfollowed:")) == 1
    list(ingest_reviews(bare, [], RunReport(), now=NOW))
    assert bare.facts("unfollowed:") == {}


def test_the_same_run_again_changes_nothing(bare: Library, run: Run, dump) -> None:
    given = {"/names.md": NAMES, "/teaches.md": TEACHES, **NOTES}
    run(given)
    before, version = dump(bare), bare.graph_version

    _, total = run(given)

    assert (dump(bare), bare.graph_version) == (before, version)
    assert (total.read, total.unchanged) == (0, 6)


def test_a_dry_run_stores_nothing(bare: Library, run: Run, dump) -> None:
    before = dump(bare)

    reports, _ = run({"/names.md": NAMES, **NOTES}, dry_run=True)

    assert dump(bare) == before
    assert {report.review_id for report in reports} == {None}


@pytest.mark.parametrize(
    ("origin", "text", "told", "day"),
    [
        ("/n/2016-02-03-steam.md", NAMES, None, "2016-02-03"),
        ("/n/2016/02/03/steam.md", NAMES, None, "2016-02-03"),
        ("/n/steam.md", NAMES, "2017-05-06", "2017-05-06"),
        ("/n/2016-02-03-steam.md", NAMES, "2017-05-06", "2016-02-03"),
        ("/n/2016-02-03.md", f"---\ndate: 2015-01-02\n---\n{NAMES}", None, "2015-01-02"),
        ("/n/2016-13-03.md", NAMES, None, None),
    ],
)
def test_a_text_says_best_when_it_was_written_then_its_name_then_its_history(
    bare: Library, origin: str, text: str, told: str | None, day: str | None
) -> None:
    given = Text(origin=origin, data=text.encode(), written_on=told)

    list(ingest_reviews(bare, [given], RunReport(), now=NOW))

    assert bare.reviews.all()[0].written_on == day
