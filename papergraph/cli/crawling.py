"""The command crawl: look up papers at the scholarly services."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from papergraph.cli.printing import next_lines
from papergraph.cli.session import Session, say, shared_options, warn
from papergraph.errors import OfflineError
from papergraph.text import counted

if TYPE_CHECKING:
    from papergraph.crawl import Budget, Clock, CrawlReport, OpenNetwork

_LIST_WORDS = {
    "complete": "whole",
    "partial": "in part",
    "empty": "said to be empty",
    "withheld": "withheld by the publisher",
    "failed": "failed",
}


@click.command()
@click.option(
    "--depth",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="1: the papers your writing names, with what they cite; 2: those, too; ...",
)
@click.option("--links", is_flag=True, help="Ask for open copies and code, too.")
@click.option("--papers", type=click.IntRange(1), help="Look up at most this many papers.")
@click.option("--calls", type=click.IntRange(1), help="Send at most about this many requests.")
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="Stop after so long.")
@click.option("--watch", is_flag=True, help="Look for new papers only; see 'papergraph new'.")
@shared_options
@click.pass_obj
def crawl(
    session: Session,
    depth: int,
    links: bool,
    papers: int | None,
    calls: int | None,
    minutes: float | None,
    watch: bool,
) -> int:
    """Look up your papers online: metadata, references, citations.

    Asks arXiv, OpenAlex, Crossref, DBLP and other services, at the pace each allows, about the
    papers that reviews name and that you marked. What came is kept: stop it when you like (Ctrl-C),
    and run it again to go on. What is missing, and why, stands in the report.

    With --watch it looks for papers that cite those you follow, and for what arXiv announces in the
    categories you follow, each politely: a paper once a week, a category once a day.
    """
    from papergraph.crawl import Budget

    if watch:
        return _watch(session)
    budget = Budget(papers=papers, calls=calls, minutes=minutes)
    report = run_crawl(session, depth=depth, budget=budget, links=links)
    if session.as_json:
        session.print_json(report.as_json())
    else:
        click.echo("\n".join(crawl_lines(report)))
    session.open_ready_embedder()
    return 4 if report.left or report.failed else 0


def run_crawl(session: Session, *, depth: int, budget: Budget, links: bool = False) -> CrawlReport:
    """Crawl with a live line on stderr."""
    from papergraph.crawl import crawl_papers
    from papergraph.ingest import link_newcomers

    with _network(session) as (network, clock), _live("looking up papers") as advance:
        report = crawl_papers(
            session.library,
            network,
            clock,
            depth=depth,
            links=links,
            budget=budget,
            progress=advance,
        )
    tell_linked(link_newcomers(session.library, session.now))
    return report


def tell_linked(count: int) -> None:
    """Say on stderr that texts were linked again, for papers they name are new here."""
    if count:
        say(f"{count} text{'s' * (count > 1)} linked again, to papers that are new here")


def crawl_after(session: Session) -> None:
    """Look up what an ingest found, when there is a network; what came is told on stderr."""
    from papergraph.crawl import Budget

    if session.settings.offline:
        return
    try:
        report = run_crawl(session, depth=1, budget=Budget())
    except OfflineError:
        say("not looked up online, for there is no network; 'papergraph crawl' does it later")
        return
    say("\n".join(crawl_lines(report)))


def _watch(session: Session) -> int:
    """Look for news with a live line on stderr, then list it."""
    from papergraph.crawl import watch_papers

    with _network(session) as (network, clock), _live("looking for news") as advance:
        report = watch_papers(
            session.library, network, clock, reader=session.settings.reader, progress=advance
        )
    for warning in report.warnings:
        warn(warning)
    if session.as_json:
        session.print_json(report.as_json())
    else:
        click.echo(
            f"{report.checked} followed papers and categories looked at: {report.news} news,"
            f" {report.new_papers} new papers; 'papergraph new' ranks them for you"
        )
    return 4 if report.warnings else 0


@click.command()
@click.option("--follow", metavar="CATEGORY", help="Follow a category of arXiv, such as cs.CV.")
@click.option("--unfollow", metavar="CATEGORY", help="Follow it no more.")
@click.option("--days", type=click.IntRange(1), default=7, show_default=True, help="How far back.")
@click.option("-n", "--limit", default=20, show_default=True, help="Most papers.")
@shared_options
@click.pass_obj
def new(session: Session, follow: str | None, unfollow: str | None, days: int, limit: int) -> int:
    """Rank what is new for you: papers citing those you follow, and fresh ones of your categories.

    You follow the papers you marked or wrote about. 'papergraph crawl --watch' looks for news.
    """
    from papergraph.news import follow_category, list_categories, list_news, unfollow_category

    if follow:
        follow_category(session.library, follow, now=session.now)
    if unfollow:
        unfollow_category(session.library, unfollow)
    if follow or unfollow:
        say(f"following: {', '.join(list_categories(session.library)) or 'no category'}")
        return 0
    since = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = list_news(
        session.library,
        session.open_embedder(),
        since=since,
        limit=limit,
        reader=session.settings.reader,
    )
    if session.as_json:
        session.print_json({"recommendations": [item.as_json() for item in found]})
    else:
        click.echo("\n".join(next_lines(found)) or "nothing new; run 'papergraph crawl --watch'")
    return 0 if found else 3


@contextmanager
def _network(session: Session) -> Iterator[tuple[OpenNetwork, Clock]]:
    from papergraph.crawl import Clock, open_network

    with open_network(session.settings) as network:
        yield network, Clock(now=lambda: session.now, sleep=time.sleep)


@contextmanager
def _live(title: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def crawl_lines(report: CrawlReport) -> Iterator[str]:
    """Write what a crawl did, what is missing, and why."""
    yield (
        f"{counted(report.resolved, 'paper')} looked up, {report.unknown} known to no service,"
        f" {report.failed} failed, {report.waiting} wait;"
        f" {counted(report.new_papers, 'new paper')},"
        f" {counted(report.new_citations, 'new citation')}"
    )
    if report.lists:
        known = (f"{count} {_LIST_WORDS.get(state, state)}" for state, count in report.lists)
        yield f"reference lists: {', '.join(known)}"
    for row in report.sources:
        until = f", waits until {row['waiting_until']}" if row["waiting_until"] else ""
        yield (
            f"  {row['source']}: asked {counted(row['asked'], 'time')} with"
            f" {counted(row['sent'], 'request')}:"
            f" {row['answered']} answered, {row['cached']} cached, {row['refused']} refused,"
            f" {row['failed']} failed{until}"
        )
    for item in report.unsettled:
        why = "; ".join(
            f"{source}: {answer}"
            for source, answer in item.answers
            if answer.startswith(("waiting", "failed", "refused"))
        )
        until = f" until {item.until}" if item.until else ""
        yield f"  {item.state}{until}: {item.title} [{item.paper}]{f' - {why}' if why else ''}"
    if report.stopped_by:
        yield f"stopped by {report.stopped_by}; run 'papergraph crawl' again to go on"
    elif report.left:
        yield "run 'papergraph crawl' again later for what waits"


COMMANDS = (crawl, new)
