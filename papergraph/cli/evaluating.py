"""The command evaluate: how good the answers are, on your own gold file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from papergraph.cli.session import Session, shared_options, warn
from papergraph.text import counted

if TYPE_CHECKING:
    from papergraph.evaluate import Answers, Evaluation, Figure
    from papergraph.library import Library

_PARTLY = 4
_NOBODY = "nobody, for evaluation"  # marks nothing, so that what you read does not count
_STEPS, _PAPERS = 50, 100
_UNRESOLVED_SHOWN = 20
_COLUMNS = "  {:<10} {:<18} {:<20} {:<20} {}"
_HEAD = _COLUMNS.format("measure", "method", "macro", "micro", "papergraph ahead by (macro)")


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--task",
    type=click.Choice(["order", "path", "lineage", "next"]),
    help="Score only this task.",
)
@click.option("--seed", default=0, show_default=True, help="Of the draws behind the intervals.")
@shared_options
@click.pass_obj
def evaluate(session: Session, gold: Path, task: str | None, seed: int) -> int:
    """Score the answers on your own gold file, beside plain baselines.

    The guide describes the file. Nothing you marked as read counts here.
    """
    from papergraph.evaluate import evaluate_gold

    library = session.library
    found = evaluate_gold(library, gold, _answers(library), task=task, seed=seed)
    if session.as_json:
        session.print_json(found.as_json())
    else:
        click.echo("\n".join(evaluation_lines(found)))
        for line in _left_out(found):
            warn(line)
    return _PARTLY if found.unresolved or found.skipped else 0


def _answers(library: Library) -> Answers:
    """The answers as every other face gives them, for a reader who has marked nothing."""
    from papergraph.evaluate import Answers
    from papergraph.reading import find_lineage, order_papers, plan_reading
    from papergraph.recommend import recommend_next

    def path(target: str) -> list[str]:
        plan = plan_reading(library, [target], limit=_STEPS, reader=_NOBODY)
        steps = sorted(plan.steps, key=lambda step: -step.need)
        return [str(step.paper.id) for step in steps]

    def next_(read: Sequence[str], as_of: str | None) -> list[str]:
        found = recommend_next(
            library, read, as_of=as_of, limit=_PAPERS, diverse=False, reader=_NOBODY
        )
        return [str(item.paper.id) for item in found]

    return Answers(
        order=lambda ids: [
            str(paper.id) for paper in order_papers(library, ids, reader=_NOBODY).order
        ],
        path=path,
        lineage=lambda paper: [
            str(parent.paper.id)
            for parent in find_lineage(
                library, paper, limit=_PAPERS, descendants=0, reader=_NOBODY
            ).parents
        ],
        next_=next_,
    )


def evaluation_lines(found: Evaluation) -> list[str]:
    """The figures as tables, a task each."""
    lines = []
    for task, figures in found.figures.items():
        groups = figures[0].groups
        lines += [
            f"{task}: {found.asked[task]} asked, {groups} {'group' if groups == 1 else 'groups'}",
            _HEAD,
        ]
        lines += [_figure_line(figure) for figure in figures]
        lines.append("")
    known = found.papers - len(found.unresolved)
    papers = counted(found.papers, "paper")
    return [
        *lines,
        f"{known} of {papers} of the file {'is' if known == 1 else 'are'} in this library",
    ]


def _figure_line(figure: Figure) -> str:
    macro = f"{figure.macro:.3f} {_span(figure.macro_interval)}"
    micro = f"{figure.micro:.3f} {_span(figure.micro_interval)}"
    ahead = ""
    if figure.ahead_macro:
        ahead = f"{figure.lead_macro:+.3f} {_span(figure.ahead_macro, sign='+')}"
    return _COLUMNS.format(figure.measure, figure.method, macro, micro, ahead).rstrip()


def _span(interval: tuple[float, float], sign: str = "") -> str:
    low, high = interval
    return f"[{low:{sign}.3f}, {high:{sign}.3f}]"


def _left_out(found: Evaluation) -> list[str]:
    """What could not be asked, as warnings."""
    lines = [
        f"{place}: {paper!r} is not one paper here; left out"
        for place, paper in found.unresolved[:_UNRESOLVED_SHOWN]
    ]
    if len(found.unresolved) > _UNRESOLVED_SHOWN:
        lines.append(
            f"{len(found.unresolved) - _UNRESOLVED_SHOWN} more papers are not here; --json has all"
        )
    lines += [f"{place}: too little of it is here to be asked" for place in found.skipped]
    return lines


COMMANDS = (evaluate,)
