"""Reading paths: what to read, in which order, to understand a target, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from papergraph.errors import InputError
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
from papergraph.matching import exact_matches, resolve_references
from papergraph.models import (
    Claim,
    Evidence,
    Paper,
    PaperReference,
    ReadingPath,
    Step,
    paper_id,
)
from papergraph.reading.choosing import DEFAULT_STEPS, Budget, choose_papers, hours_of
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
from papergraph.reading.topic_papers import Targets, topic_targets
from papergraph.text import shorten

DEFAULT_FLOOR = 0.09
COVERED_NEED, COVERED_SCORE = 0.3, 0.5  # what counts as the base of a known paper
OPEN_FLOOR, OPEN_SCORE = 0.005, 0.05  # with a limit of the reader's own, all with some need rank
MOST_INFERRED, MOST_TARGETS = 60, 5
CLOSENESS = frozenset({"cocitation", "coupling", "title", "embedding", "time"})
# of known papers that nobody speaks of: how many are looked at, and what each is inferred to need
_MOST_ASKED, _MOST_COVERED = 5, 4
_KNOWN_STATES = ("read", "known")
_SHOWN = 80

Claims = Mapping[tuple[int, int], Sequence[Claim]]  # by (earlier, later)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a path is to lead to, from what, and for whom."""

    named: Mapping[int, PaperReference]
    topic: str | None
    on_topic: Targets
    known: Sequence[int]
    reader: str

    def targets(self, known: Collection[int] = ()) -> list[int]:
        """The papers named, then those on which the topic rests, but for known ones of these."""
        return list(dict.fromkeys([*self.named, *(n for n in self.on_topic if n not in known)]))


@in_turn
def plan_reading(
    library: Library,
    targets: Sequence[PaperReference],
    *,
    topic: str | None = None,
    about: Sequence[PaperReference] = (),
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
    topic
        In place of a target, or besides: what is to be understood are the papers on which it rests.
    about
        Papers that fit the topic, the best first.
    limit
        Most steps, targets included. More than usual, `DEFAULT_STEPS`, lift the floor under need.
    hours
        Most hours of reading; the papers with most need for their hours are kept.

    Raises
    ------
    NotFoundError, AmbiguousError
        When a reference does not mean exactly one paper.
    InputError
        When there is no target, or a budget is not positive.
    """
    if not targets and (topic is None or not about):
        raise InputError("a path needs a target; give a paper, or a topic")
    budget = Budget(limit=limit, hours=hours)
    with library.reading():
        source = open_source(library, reader)
        asked = _Asked(
            named=_named(library, targets),
            topic=topic,
            on_topic=topic_targets(library, topic, about, source, budget.papers) if topic else {},
            known=resolve_all(library, known),
            reader=reader,
        )
        return _plan(library, asked, budget, source)


def _named(library: Library, targets: Sequence[PaperReference]) -> dict[int, PaperReference]:
    """The papers that are named, each with the words that do."""
    return dict(zip(resolve_references(targets, library.catalogue), targets, strict=True))


def _plan(library: Library, asked: _Asked, budget: Budget, source: AncestorSource) -> ReadingPath:
    given, named = set(asked.known), set(asked.named)
    known_numbers = given | set(library.states.with_state(_KNOWN_STATES, asked.reader))
    wanted = asked.targets(known_numbers)
    needs = _needs(wanted, source, known_numbers, budget.limit)
    covered = _covered(needs, known_numbers, source) - named
    if covered:
        needs = _needs(wanted, source, known_numbers | covered, budget.limit)
    needs = favour_lines(needs, wanted[:MOST_TARGETS], known_numbers, source)
    chosen, left_out = choose_papers(
        needs, source, known_numbers - named, covered - known_numbers, budget
    )
    left_out += _guesses(library, needs, source, known_numbers)
    claims = claims_among(source, chosen)
    steps_order = _order(chosen, wanted, needs, source, claims)
    shown = [*asked.targets(), *needs, *known_numbers, *(number for number, _ in left_out)]
    cards = library.papers.get(shown, asked.reader)
    used = [number for number in sorted(known_numbers) if number in needs and number in cards]
    shown_known = [cards[number] for number in dict.fromkeys([*sorted(given), *used])]
    return ReadingPath(
        topic=asked.topic,
        targets=tuple(cards[number] for number in asked.targets()),
        known=tuple(shown_known),
        steps=_steps(steps_order, needs, cards, claims, asked),
        left_out=tuple((cards[number], reason) for number, reason in left_out if number in cards),
        warnings=(
            *_taken_for(library, asked, cards),
            *_path_warnings(asked, known_numbers, chosen, needs, cards),
        ),
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


def _needs(
    targets: Sequence[int], source: AncestorSource, known: Collection[int], limit: int | None
) -> dict[int, Need]:
    """What people say is needed; for more steps than usual, or where nobody says anything, more."""
    if (limit is None or limit <= DEFAULT_STEPS) and not source.is_silent:
        needs = spread_need(targets, source, known=known, floor=DEFAULT_FLOOR)
        if any(need.parent is not None and need.parent.is_said for need in needs.values()):
            return needs
    said = spread_need(
        targets, source, known=known, floor=OPEN_FLOOR, least_score=OPEN_SCORE, only_said=True
    )
    return _add_inferred(said, targets, source, known, limit)


def _add_inferred(
    said: Mapping[int, Need],
    targets: Sequence[int],
    source: AncestorSource,
    known: Collection[int],
    limit: int | None,
) -> dict[int, Need]:
    """Add what citations and titles alone speak for; several ways to one paper add up.

    One citer that two papers share ranks an elder where so many are asked for, and is no reason to
    read it where no number is given.
    """
    needs = dict(said)
    most = max(MOST_INFERRED, 2 * (limit or 0))
    for target in targets[:MOST_TARGETS]:
        for found in infer_needs(target, source, most, known):
            if found.is_thin and limit is None:
                continue
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


def _order(
    chosen: Sequence[int],
    targets: Sequence[int],
    needs: Mapping[int, Need],
    source: AncestorSource,
    claims: Claims,
) -> Ordering:
    facts = source.facts(chosen)
    before = before_pairs(claims, facts)
    for number in chosen:
        needed_by = needs[number].needed_by
        if needed_by is not None and (needed_by, number) not in before:
            before.setdefault((number, needed_by), needs[number].need)
    last = targets if len(targets) == 1 else ()
    ordering = order_numbers(chosen, facts, before, last=last)
    circles = {**cited_circles(source, chosen), **ordering.together}
    ordering = replace(ordering, together=circles)
    if len(targets) != 1:
        return ordering
    # In a cycle the target may have been put before others of it; a path ends with its target.
    rest = tuple(number for number in ordering.order if number not in targets)
    return replace(ordering, order=(*rest, *targets))


def _against(order: Sequence[int], claims: Claims) -> dict[int, tuple[Evidence, ...]]:
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
    claims: Claims,
    asked: _Asked,
) -> tuple[Step, ...]:
    steps = []
    against = _against(ordering.order, claims)
    on_topic = _on_topic(ordering.order, claims, asked)
    for position, number in enumerate(ordering.order, 1):
        need = needs[number]
        parent = need.parent
        needed_by, because = on_topic.get(number, (need.needed_by, ()))
        if parent is not None:
            because = _shown_reasons(parent)
        steps.append(
            Step(
                position=position,
                paper=cards[number],
                need=need.need,
                needed_by=paper_id(needed_by) if needed_by is not None else None,
                because=because,
                level=_level(need, needs),
                against=against.get(number, ()),
                together_with=tuple(paper_id(o) for o in ordering.together.get(number, ())),
                hours=hours_of(cards[number].kind),
            )
        )
    return tuple(steps)


def _on_topic(
    order: Sequence[int], claims: Claims, asked: _Asked
) -> dict[int, tuple[int | None, tuple[Evidence, ...]]]:
    """Why a topic leads to each of its papers, and the next of them that is said to build on it."""
    place = {number: at for at, number in enumerate(order)}
    found = {}
    for number, because in asked.on_topic.items():
        said = {
            later: [c for c in claims.get((number, later), ()) if c.stated and c.kind != "compares"]
            for later in asked.on_topic
            if place.get(later, 0) > place.get(number, 0)
        }
        later = min((n for n, ones in said.items() if ones), key=place.__getitem__, default=None)
        built_on = [] if later is None else [claim.evidence for claim in said[later]]
        found[number] = (later, (*built_on, *because)[:STRONGEST])
    return found


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


def _taken_for(library: Library, asked: _Asked, cards: Mapping[int, Paper]) -> Iterator[str]:
    """Say which paper was meant by words that are not all of its title, nor another name of it."""
    for number, words in asked.named.items():
        exact = exact_matches(words, library.catalogue)
        if all(number != other for other, _ in exact):
            yield (
                f"{shorten(words, _SHOWN)!r} is taken for {cards[number].name}, by its title;"
                " where a topic is meant, ask for it as one"
            )


def _path_warnings(
    asked: _Asked,
    known: Collection[int],
    chosen: Sequence[int],
    needs: Mapping[int, Need],
    cards: Mapping[int, Paper],
) -> tuple[str, ...]:
    warnings = []
    if asked.topic is not None and not asked.targets(known):
        warnings.append(f"you know all papers on which {asked.topic!r} is found to rest here")
    for target in asked.named:
        if target in known:
            warnings.append(f"you already know {cards[target].name}; see what came of it")
        is_alone = not any(need.needed_by == target for need in needs.values())
        if is_alone:
            warnings.append(
                f"nothing in this library says what to read before {cards[target].name}:"
                " no review, lineage or citation speaks of it"
            )
    is_longer = len(chosen) > len(asked.targets())
    if known and is_longer and not any(number in needs for number in known):
        warnings.append("nothing you know is connected to this path")
    return tuple(warnings)
