"""Which of the papers that are needed a path has: those needed most, within a budget."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from papergraph.errors import InputError, check_limit
from papergraph.graph import AncestorSource, Need
from papergraph.models import PaperFacts

DEFAULT_STEPS = 12
_MANY = f"needed less than the first {DEFAULT_STEPS}; a limit of more steps brings it in"
OLD_BASE_YEARS = 8.0  # older than every target by more, the base of a base is left to the curious
_HOURS = {"textbook": 20.0, "survey": 5.0}
_HOURS_OF_A_PAPER = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Most steps, targets included, and most hours of reading; None for as many as are needed.

    Raises InputError when one of them is not positive.
    """

    limit: int | None = None
    hours: float | None = None

    def __post_init__(self) -> None:
        if self.limit is not None:
            check_limit(self.limit)
        if self.hours is not None and self.hours <= 0:
            raise InputError(
                f"a path of {self.hours} hours was asked for; the hours must be positive"
            )

    @property
    def papers(self) -> int | None:
        """Most papers of usual length; None when there is no bound."""
        if self.hours is None:
            return self.limit
        readable = max(1, int(self.hours / _HOURS_OF_A_PAPER))
        return readable if self.limit is None else min(self.limit, readable)


def hours_of(kind: str) -> float:
    """How long it takes to read a paper of a kind."""
    return _HOURS.get(kind, _HOURS_OF_A_PAPER)


def choose_papers(
    needs: Mapping[int, Need],
    source: AncestorSource,
    known: Collection[int],
    covered: Collection[int],
    budget: Budget,
) -> tuple[list[int], list[tuple[int, str]]]:
    """Pick papers within the budget, each with the paper it is needed for; say what stayed out."""
    left_out: list[tuple[int, str]] = []
    chosen: list[int] = []
    spent = 0.0
    facts = source.facts(list(needs))
    limit, hours = budget.limit, budget.hours
    most = DEFAULT_STEPS if limit is None and hours is None else limit
    is_usual = most is not None and most <= DEFAULT_STEPS
    old = _old_base(needs, facts) if is_usual else set()
    spared = 0
    for number in sorted(_ranked(needs, facts), key=old.__contains__):
        need = needs[number]
        is_target = need.needed_by is None
        cost = hours_of(facts[number].kind)
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
        elif number in old and limit is None:
            left_out.append((number, "an old base at second hand; a limit of steps brings it in"))
        elif not is_target and most is not None and len(chosen) + spared >= most:
            left_out.append((number, _MANY if limit is None else "beyond the number of steps"))
        elif not is_target and hours is not None and spent + cost > hours:
            left_out.append((number, "beyond the hours"))
        else:
            chosen.append(number)
            spent += cost
    return chosen, left_out


def _ranked(needs: Mapping[int, Need], facts: Mapping[int, PaperFacts]) -> list[int]:
    """Papers by need, each behind the one it is needed for, whose need bounds its own.

    Need that adds up from several ways may be more than that; such a paper comes right behind.
    """
    bounds: dict[int, tuple[float, int]] = {}
    for start in needs:
        chain: list[int] = []
        number: int | None = start
        while number is not None and number in needs and number not in bounds:
            if number in chain:
                break
            chain.append(number)
            number = needs[number].needed_by
        bound, depth = bounds.get(number, (1.0, -1)) if number is not None else (1.0, -1)
        for one in reversed(chain):
            bound, depth = min(bound, needs[one].need), depth + 1
            bounds[one] = bound, depth
    return sorted(needs, key=lambda n: (-bounds[n][0], bounds[n][1], facts[n].date or 0, n))


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
