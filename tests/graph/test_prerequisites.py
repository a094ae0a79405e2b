"""Which papers a paper rests on, and how need spreads down from a target."""

from __future__ import annotations

import math

import pytest
from papergraph.graph import find_parents, spread_need
from papergraph.graph.weights import CLAIM_WEIGHTS, OWN_READING
from papergraph.models import Claim, PaperFacts
from tests.graph.facts import claim, dated, facts, source


def parents(number: int, *given: object) -> dict[int, float]:
    return {parent.number: parent.score for parent in find_parents(number, source(*given))}


def test_what_is_said_to_be_extended_is_a_parent() -> None:
    (parent,) = find_parents(2, source(dated("2012-09", "2013-11"), [claim(2, 1)]))

    assert parent.number == 1
    assert parent.score == pytest.approx(
        1 / (1 + math.exp(3 - CLAIM_WEIGHTS["extends"] - OWN_READING))
    )
    assert [e.text for e in parent.evidence] == ["P2 extends P1"]
    assert not parent.is_guess


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("prerequisite", "extends"),
        ("extends", "replaces"),
        ("replaces", "uses"),
        ("uses", "order"),
        ("order", "compares"),
    ],
)
def test_kinds_of_claims_weigh_in_their_order(stronger: str, weaker: str) -> None:
    papers = dated("2012-01", "2012-01", "2013-01")

    ranked = parents(3, papers, [claim(3, 1, weaker), claim(3, 2, stronger)])

    assert list(ranked) == [2, 1]


def test_a_citation_is_evidence_of_its_own() -> None:
    # 2 -> 1
    (parent,) = find_parents(2, source(dated("2012-09", "2013-11"), (), [(2, 1)]))

    assert [(e.kind, e.stated) for e in parent.evidence] == [("citation", True)]
    assert parent.evidence[0].text == "P2 cites P1"


def test_a_claim_with_a_citation_is_stronger_than_alone() -> None:
    papers = dated("2012-09", "2013-11")

    alone = parents(2, papers, [claim(2, 1)])
    both = parents(2, papers, [claim(2, 1)], [(2, 1)])

    assert both[1] > alone[1]


def test_saying_it_twice_in_one_review_adds_little() -> None:
    papers = dated("2012-09", "2013-11")

    once, twice = parents(2, papers, [claim(2, 1)]), parents(2, papers, [claim(2, 1)] * 2)

    assert once[1] < twice[1] < 0.9


def test_being_read_together_makes_a_guess() -> None:
    # 3, 4 and 5 cite 1 and 2; 6, 7 and 8 cite 9
    papers = dated(*["2012-01", "2013-01", *["2014-01"] * 6, "2011-01"])
    citations = [(n, old) for n in (3, 4, 5) for old in (1, 2)] + [(n, 9) for n in (6, 7, 8)]

    (parent,) = find_parents(2, source(papers, (), citations))

    assert (parent.number, parent.is_guess) == (1, True)
    assert parent.evidence[0].text.startswith("3 of the 3 papers and reviews here that cite P2")


def test_one_shared_citer_is_no_evidence() -> None:
    papers = dated("2012-01", "2013-01", "2014-01")

    assert parents(2, papers, (), [(3, 1), (3, 2)]) == {}


def test_a_later_paper_is_no_prerequisite_whatever_the_citations_say() -> None:
    # 1 of 2012 cites 2 of 2014: a date or an edge is wrong
    assert parents(1, dated("2012-01", "2014-01"), (), [(1, 2)]) == {}


def test_a_person_may_overrule_time_but_a_list_may_not() -> None:
    papers = dated("2012-01", "2014-01")

    assert set(parents(1, papers, [claim(1, 2, "prerequisite")])) == {2}
    assert parents(1, papers, [claim(1, 2, "order", stated=False)]) == {}
    assert parents(1, papers, [claim(1, 2, "compares")]) == {}


def test_papers_without_a_date_can_be_parents() -> None:
    assert set(parents(2, dated(None, "2014-01"), [claim(2, 1)])) == {1}
    assert set(parents(2, dated(None, None), (), [(2, 1)])) == {1}


def test_a_paper_is_never_its_own_parent() -> None:
    assert parents(1, dated("2012-01"), [claim(1, 1)], [(1, 1)]) == {}


def test_a_paper_nobody_speaks_of_has_no_parents() -> None:
    assert parents(1, dated("2012-01")) == {}
    assert parents(99, dated("2012-01")) == {}


def test_what_nearly_everybody_cites_is_damped() -> None:
    # 2,500 papers cite 1 and 3; only 2 cites 4
    papers = {n: facts(n, "2014-01" if n > 4 else "2013-01") for n in range(1, 2600)}
    everybody = [(n, old) for n in range(100, 2600) for old in (1, 3)]

    ranked = parents(2, papers, (), [*everybody, (2, 1), (2, 4)])

    assert ranked[4] > ranked.get(1, 0.0)


def test_what_all_cite_is_generic_unless_somebody_speaks_for_it() -> None:
    # 2,500 papers cite 1 and 2
    papers = {n: facts(n, "2014-01" if n > 2 else f"2013-0{n}") for n in range(1, 2600)}
    everybody = [(n, old) for n in range(100, 2600) for old in (1, 2)] + [(2, 1)]

    (tool,) = find_parents(2, source(papers, (), everybody))
    (spoken_of,) = find_parents(2, source(papers, [claim(2, 1)], everybody))

    assert (tool.is_generic, spoken_of.is_generic) == (True, False)


@pytest.mark.parametrize(("kind", "followed"), [("extends", False), ("uses", True)])
def test_the_base_of_what_is_only_used_is_hardly_needed(kind: str, followed: bool) -> None:
    # 5 follows 4 or only uses it as well, and uses 3, which rests on 2
    papers = dated(*(f"2012-0{n}" for n in range(1, 6)))
    claims = [claim(5, 4, kind), claim(5, 3, "uses"), claim(3, 2, "prerequisite")]

    needs = spread_need([5], source(papers, claims))

    assert 3 in needs
    assert (2 in needs) == followed


@pytest.mark.parametrize(("kind", "guessed"), [("extends", False), ("uses", True)])
def test_beside_a_firm_word_a_guess_is_no_need(kind: str, guessed: bool) -> None:
    # 5, 6 and 7 cite 1 and 3; 8 to 12 cite 4; 3 follows 2, or only uses it
    papers = dated("2011-01", "2012-01", "2013-01", "2013-02", *["2014-01"] * 8)
    citations = [(n, old) for n in (5, 6, 7) for old in (1, 3)]
    citations += [(n, 4) for n in range(8, 13)]

    needs = spread_need([3], source(papers, [claim(3, 2, kind)], citations))

    assert (1 in needs) == guessed


def line(*kinds: str) -> tuple[dict[int, PaperFacts], list[Claim]]:
    """1 <- 2 <- 3 ..., one month apart, each step of the given kind."""
    papers = {n: facts(n, f"2012-{n:02}") for n in range(1, len(kinds) + 2)}
    return papers, [claim(n + 2, n + 1, kind) for n, kind in enumerate(kinds)]


def test_need_falls_with_every_step() -> None:
    needs = spread_need([4], source(*line("extends", "extends", "extends")), floor=0.001)

    assert needs[4].need == 1.0
    assert 1.0 > needs[3].need > needs[2].need > needs[1].need > 0
    assert [needs[n].needed_by for n in (4, 3, 2, 1)] == [None, 4, 3, 2]


def test_what_is_known_closes_all_below_it() -> None:
    papers, claims = line("extends", "extends", "extends")

    needs = spread_need([4], source(papers, claims), known=[3], floor=0.001)

    assert set(needs) == {4, 3}


def test_a_known_target_still_tells_what_it_rests_on() -> None:
    papers, claims = line("extends", "extends")

    needs = spread_need([3], source(papers, claims), known=[3], floor=0.001)

    assert set(needs) == {3, 2, 1}


def test_need_under_the_floor_is_left_out() -> None:
    papers, claims = line("extends", "extends", "extends")

    assert set(spread_need([4], source(papers, claims), floor=0.3)) == {4, 3}


@pytest.mark.parametrize(
    "loop",
    [
        [(1, 1)],
        [(1, 2), (2, 1)],
        [(1, 2), (2, 3), (3, 1)],
        [(1, 2), (2, 3), (3, 4), (4, 2)],
    ],
)
def test_need_ends_in_a_cycle(loop: list[tuple[int, int]]) -> None:
    papers = {n: facts(n, "2012-01") for n in range(1, 5)}
    claims = [claim(later, earlier, "prerequisite") for later, earlier in loop]

    needs = spread_need([1], source(papers, claims, loop), floor=0.0001)

    assert set(needs) == {number for pair in loop for number in pair}
    assert needs[1].need == 1.0


def test_the_shorter_way_down_decides_the_need() -> None:
    # 3 -> 2 -> 1 and 3 -> 1
    papers = dated("2012-01", "2012-02", "2012-03")
    claims = [claim(3, 2), claim(2, 1), claim(3, 1)]

    needs = spread_need([3], source(papers, claims), floor=0.001)

    assert needs[1].needed_by == 3


def test_a_data_set_is_reached_but_not_walked_through() -> None:
    # 3 -> 2 (a data set) -> 1
    papers = dated("2012-01", "2012-02", "2012-03")
    papers[2] = facts(2, "2012-02", kind="dataset")

    needs = spread_need([3], source(papers, [claim(3, 2), claim(2, 1)]), floor=0.001)

    assert set(needs) == {3, 2}


def test_a_wide_graph_is_cut_off() -> None:
    papers = {n: facts(n, "2012-01" if n > 1 else "2013-01") for n in range(1, 3000)}
    claims = [claim(1, n) for n in range(2, 3000)]

    needs = spread_need([1], source(papers, claims), most=10, floor=0.0)

    assert len(needs) <= 21  # the target and the best twenty of its parents


def test_no_targets_need_nothing() -> None:
    assert spread_need([], source(dated("2012-01"))) == {}


def test_a_follower_is_no_prerequisite_whatever_is_read_together() -> None:
    # 2 is said to extend 1; both are of one month, and 1 cites 2
    papers = dated("2014-09", "2014-09")

    assert parents(1, papers, [claim(2, 1)], [(1, 2)]) == {}
    assert set(parents(1, papers, [claim(2, 1), claim(1, 2)], [(1, 2)])) == {2}
