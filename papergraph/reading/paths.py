"""Reading paths: what to read, in which order, to understand a target, and why."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from papergraph.errors import InputError, check_limit
from papergraph.graph import (
    AncestorSource,
    InferredNeed,
    Need,
    Ordering,
    Parent,
    infer_needs,
    order_numbers,
    spread_need,
)
from papergraph.library import Library, in_turn
from papergraph.models import (
    Claim,
    Evidence,
    Paper,
    PaperFacts,
    PaperReference,
    ReadingPath,
    Step,
    paper_id,
)
from papergraph.reading.guesses import guess_elders
from papergraph.reading.lines import favour_lines
from papergraph.reading.sources import (
    STRONGEST,
    before_pairs,
    cited_circles,
    claims_among,
    open_source,
    resolve_all,
)

DEFAULT_STEPS = 12
_MANY = f"needed less than the first {DEFAULT_STEPS}; a limit of more steps brings it in"
DEFAULT_FLOOR = 0.09
COVERED_NEED, COVERED_SCORE = 0.3, 0.5  # what counts as the base of a known paper
OPEN_FLOOR, OPEN_SCORE = 0.005, 0.05  # with a limit of the reader's own, all with some need rank
MOST_INFERRED, MOST_TARGETS = 60, 5
OLD_BASE_YEARS = 8.0  # older than every target by more, the base of a base is left to the curious
CLOSENESS = frozenset({"cocitation", "coupling", "title", "embedding", "time"})
HOURS = {"textbook": 20.0, "survey": 5.0}
HOURS_OF_A_PAPER = 2.5
# of known papers that nobody speaks of: how many are looked at, and what each is inferred to need
_MOST_ASKED, _MOST_COVERED = 5, 4
_KNOWN_STATES = ("read", "known")


@in_turn
def plan_reading(
    library: Library,
    targets: Sequence[PaperReference],
    *,
    known: Sequence[PaperReference] = (),
    limit: int | None = None,
    hours: float | None = None,
    reader: str = "me",
) -> ReadingPath:
    """Plan what to read, in which order, to understand the targets, with a reason for every step.

    Prerequisites are followed from the targets down to what is known; what is known closes all
    that lies below it. What the reader marked as read or known counts as known.

    Parameters
    ----------
    limit
        Most steps, targets included. Given explicitly it also lifts the floor under the need.
    hours
        Most hours of reading; the papers with most need for their hours are kept.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When there is no target, or a budget is not positive.
    """
    _check_budget(targets, limit, hours)
    with library.reading():
        return _plan(library, targets, known, (limit, hours), reader)


def _plan(
    library: Library,
    targets: Sequence[PaperReference],
    known: Sequence[PaperReference],
    budget: tuple[int | None, float | None],
    reader: str,
) -> ReadingPath:
    limit, hours = budget
    wanted = resolve_all(library, targets)
    given = set(resolve_all(library, known))
    known_numbers = given | set(library.states.with_state(_KNOWN_STATES, reader))
    source = open_source(library, reader)
    needs = _needs(wanted, source, known_numbers, limit)
    covered = _covered(needs, known_numbers, source) - set(wanted)
    if covered:
        needs = _needs(wanted, source, known_numbers | covered, limit)
    needs = favour_lines(needs, wanted[:MOST_TARGETS], known_numbers, source)
    chosen, left_out = _choose(
        needs, source, known_numbers - set(wanted), covered - known_numbers, limit, hours
    )
    left_out += _guesses(library, needs, source, known_numbers)
    claims = claims_among(source, chosen)
    steps_order = _order(chosen, wanted, needs, source, claims)
    cards = library.papers.get([*needs, *known_numbers, *(n for n, _ in left_out)], reader)
    used = [number for number in sorted(known_numbers) if number in needs and number in cards]
    shown_known = [cards[number] for number in dict.fromkeys([*sorted(given), *used])]
    return ReadingPath(
        targets=tuple(cards[number] for number in wanted),
        known=tuple(shown_known),
        steps=_steps(steps_order, needs, cards, _against(steps_order.order, claims)),
        left_out=tuple((cards[number], reason) for number, reason in left_out if number in cards),
        warnings=_path_warnings(wanted, known_numbers, chosen, needs, cards),
    )


def _guesses(
    library: Library, needs: Mapping[int, Need], source: AncestorSource, known: Collection[int]
) -> list[tuple[int, str]]:
    """Beside targets of which nothing is known: older papers close by their words, as guesses."""
    if any(need.needed_by is not None for need in needs.values()):
        return []
    found = [n for target in needs for n in guess_elders(library, target, source, known)]
    reason = "a guess from closeness: older, and near by its words; nothing else speaks for it"
    return [(number, reason) for number in dict.fromkeys(found) if number not in needs]


def _check_budget(
    targets: Sequence[PaperReference], limit: int | None, hours: float | None
) -> None:
    if not targets:
        raise InputError("a path needs a target; give a paper, or a topic")
    if limit is not None:
        check_limit(limit)
    if hours is not None and hours <= 0:
        raise InputError(f"a path of {hours} hours was asked for; the hours must be positive")


def _needs(
    targets: Sequence[int], source: AncestorSource, known: Collection[int], limit: int | None
) -> dict[int, Need]:
    """What people say is needed; with a limit, or where nobody says anything, what is inferred."""
    if limit is None and not source.is_silent:
        needs = spread_need(targets, source, known=known, floor=DEFAULT_FLOOR)
        if any(need.parent is not None and need.parent.is_said for need in needs.values()):
            return needs
    said = spread_need(
        targets, source, known=known, floor=OPEN_FLOOR, least_score=OPEN_SCORE, only_said=True
    )
    return _add_inferred(said, targets, source, known, max(MOST_INFERRED, 2 * (limit or 0)))


def _add_inferred(
    said: Mapping[int, Need],
    targets: Sequence[int],
    source: AncestorSource,
    known: Collection[int],
    most: int,
) -> dict[int, Need]:
    """Add what citations and titles alone speak for; several ways to one paper add up."""
    needs = dict(said)
    for target in targets[:MOST_TARGETS]:
        for found in infer_needs(target, source, most, known):
            before = needs.get(found.number)
            if before is None:
                needs[found.number] = _inferred_need(found, source)
            elif before.needed_by is not None:
                need = 1.0 - (1.0 - before.need) * (1.0 - found.need)
                needs[found.number] = replace(before, need=need)
    return needs


def _inferred_need(found: InferredNeed, source: AncestorSource) -> Need:
    facts = source.facts([found.number])[found.number]
    parent = Parent(
        number=found.number,
        score=found.need,
        evidence=found.evidence,
        is_guess=not any(item.stated for item in found.evidence),
        is_said=False,
        is_generic=found.is_generic,
        date=facts.date,
    )
    return Need(number=found.number, need=found.need, needed_by=found.needed_by, parent=parent)


def _covered(needs: Mapping[int, Need], known: Collection[int], source: AncestorSource) -> set[int]:
    """What the known papers of a path rest on: who knows a paper has no need of its base.

    Where nobody says what a known paper needs, what it is inferred to need most is its base.
    """
    reached = [number for number in needs if number in known]
    if not reached:
        return set()
    covered = set(spread_need(reached, source, floor=COVERED_NEED, least_score=COVERED_SCORE))
    reached.sort(key=lambda number: (-needs[number].need, number))
    for number in reached[:_MOST_ASKED]:
        covered |= _inferred_base(number, source)
    return covered


def _inferred_base(number: int, source: AncestorSource) -> set[int]:
    """What a paper nobody speaks of is inferred to need most, as far as it is older."""
    if any(claim.stated for claim in source.claims(number)):
        return set()
    found = [need.number for need in infer_needs(number, source, _MOST_COVERED)]
    facts = source.facts([number, *found])
    date = facts[number].date if number in facts else None
    return {
        other
        for other in found
        if date is not None and (before := facts[other].date) is not None and before <= date
    }


def _choose(
    needs: Mapping[int, Need],
    source: AncestorSource,
    known: Collection[int],
    covered: Collection[int],
    limit: int | None,
    hours: float | None,
) -> tuple[list[int], list[tuple[int, str]]]:
    """Pick papers within the budget, each with the paper it is needed for; say what stayed out."""
    left_out: list[tuple[int, str]] = []
    chosen: list[int] = []
    spent = 0.0
    facts = source.facts(list(needs))
    most = DEFAULT_STEPS if limit is None and hours is None else limit
    old = _old_base(needs, facts) if most == DEFAULT_STEPS and limit is None else set()
    spared = 0
    for number in sorted(needs, key=lambda n: (-needs[n].need, facts[n].date or 0, n)):
        need = needs[number]
        is_target = need.needed_by is None
        cost = _hours(facts[number])
        if number in covered:
            left_out.append((number, "something you know rests on it"))
        if number in known or number in covered:
            # Without a budget of the reader's own, what is known makes the path shorter.
            spared += limit is None
            continue
        if not is_target and need.parent is not None and need.parent.is_generic:
            left_out.append((number, "a data set, tool or survey: look it up when you meet it"))
        elif not is_target and need.needed_by not in chosen:
            continue
        elif number in old:
            left_out.append((number, "an old base at second hand; a limit of steps brings it in"))
        elif not is_target and most is not None and len(chosen) + spared >= most:
            left_out.append((number, _MANY if limit is None else "beyond the number of steps"))
        elif not is_target and hours is not None and spent + cost > hours:
            left_out.append((number, "beyond the hours"))
        else:
            chosen.append(number)
            spent += cost
    return chosen, left_out


def _old_base(needs: Mapping[int, Need], facts: Mapping[int, PaperFacts]) -> set[int]:
    """Papers much older than every target that are needed only for what the targets need."""
    targets = {number for number, need in needs.items() if need.needed_by is None}
    dates = [facts[n].date for n in targets if n in facts]
    oldest = min((date for date in dates if date is not None), default=0.0)
    return {
        number
        for number, need in needs.items()
        if need.needed_by is not None and need.needed_by not in targets
        if ((facts[number].date if number in facts else None) or oldest) < oldest - OLD_BASE_YEARS
    }


def _order(
    chosen: Sequence[int],
    targets: Sequence[int],
    needs: Mapping[int, Need],
    source: AncestorSource,
    claims: Mapping[tuple[int, int], Sequence[Claim]],
) -> Ordering:
    facts = source.facts(chosen)
    wanted = set(chosen)
    before = before_pairs(claims, facts)
    for number in chosen:
        needed_by = needs[number].needed_by
        if needed_by is not None and (needed_by, number) not in before:
            before.setdefault((number, needed_by), needs[number].need)
    last = sorted((t for t in targets if t in wanted), key=lambda t: facts[t].date or math.inf)
    ordering = order_numbers(chosen, facts, before, last=last)
    circles = {**cited_circles(source, chosen), **ordering.together}
    ordering = replace(ordering, together=circles)
    if len(targets) > 1:
        return ordering
    # In a cycle the target may have been put before others of it; a path ends with its target.
    rest = tuple(number for number in ordering.order if number not in targets)
    return replace(ordering, order=(*rest, *targets))


def _against(
    order: Sequence[int], claims: Mapping[tuple[int, int], Sequence[Claim]]
) -> dict[int, tuple[Evidence, ...]]:
    """For each step what is said against its place: that one which stands behind it comes first."""
    place = {number: at for at, number in enumerate(order)}
    found: dict[int, list[Evidence]] = defaultdict(list)
    for (earlier, later), said in claims.items():
        if place[earlier] > place[later]:
            found[later] += [claim.evidence for claim in said if claim.kind != "compares"]
    return {number: tuple(dict.fromkeys(said))[:STRONGEST] for number, said in found.items()}


def _level(need: Need, needs: Mapping[int, Need]) -> str:
    if need.needed_by is None:
        return "frontier"
    return "core" if needs[need.needed_by].needed_by is None else "background"


def _steps(
    ordering: Ordering,
    needs: Mapping[int, Need],
    cards: Mapping[int, Paper],
    against: Mapping[int, tuple[Evidence, ...]],
) -> tuple[Step, ...]:
    steps = []
    for position, number in enumerate(ordering.order, 1):
        need = needs[number]
        parent = need.parent
        because = _shown_reasons(parent) if parent else ()
        steps.append(
            Step(
                position=position,
                paper=cards[number],
                need=need.need,
                needed_by=paper_id(need.needed_by) if need.needed_by is not None else None,
                because=because,
                level=_level(need, needs),
                against=against.get(number, ()),
                together_with=tuple(paper_id(o) for o in ordering.together.get(number, ())),
                hours=HOURS.get(cards[number].kind, HOURS_OF_A_PAPER),
            )
        )
    return tuple(steps)


def _shown_reasons(parent: Parent) -> tuple[Evidence, ...]:
    """The strongest reasons; what is stated, however weak, stands among them.

    Where nothing is, those from closeness say that they are guesses.
    """
    shown = parent.evidence[:STRONGEST]
    firm = [item for item in parent.evidence if item.kind not in CLOSENESS]
    if firm and firm[0] not in shown:
        return (*shown[:-1], firm[0])
    if firm:
        return shown
    return tuple(replace(item, text=f"a guess from closeness: {item.text}") for item in shown)


def _hours(facts: PaperFacts) -> float:
    return HOURS.get(facts.kind, HOURS_OF_A_PAPER)


def _path_warnings(
    targets: Sequence[int],
    known: Collection[int],
    chosen: Sequence[int],
    needs: Mapping[int, Need],
    cards: Mapping[int, Paper],
) -> tuple[str, ...]:
    warnings = []
    for target in targets:
        if target in known:
            warnings.append(f"you already know {cards[target].name}; see what came of it")
        is_alone = not any(need.needed_by == target for need in needs.values())
        if is_alone:
            warnings.append(
                f"nothing in this library says what to read before {cards[target].name}:"
                " no review, lineage or citation speaks of it"
            )
    if known and len(chosen) > len(targets) and not any(number in needs for number in known):
        warnings.append("nothing you know is connected to this path")
    return tuple(warnings)
