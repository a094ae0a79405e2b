"""GET /metrics: how much is asked and how long it takes, in the text format of Prometheus.

Requests are told apart by route, method and status alone: no address, query, title or name of a
reader is counted or kept. Counts begin with the process.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g, request

from papergraph import __version__
from papergraph.app.resources import Resources

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_NO_ROUTE = "none"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

Labels = Mapping[str, str]


@dataclass(slots=True)
class _Times:
    """How long one route took: requests per bucket, seconds of the clock and of the processor."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    cpu_seconds: float = 0.0


class Metrics:
    """What is counted of one application, by all its threads."""

    def __init__(self) -> None:
        self._started = time.time()
        self._lock = threading.Lock()
        self._answered: Counter[tuple[str, str, int]] = Counter()
        self._times: dict[str, _Times] = defaultdict(_Times)

    def count(self, route: str, method: str, status: int, *, wall: float, cpu: float) -> None:
        """Note one answer and the seconds it took."""
        with self._lock:
            self._answered[route, method, status] += 1
            times = self._times[route]
            times.buckets[bisect_left(BOUNDS, wall)] += 1
            times.seconds += wall
            times.cpu_seconds += cpu

    def write(self, resources: Resources) -> str:
        """Write all of it, with what the library holds now."""
        with self._lock:
            lines = [*self._requests(), *self._durations()]
        library = resources.library
        lines += _family("papergraph_info", "gauge", "Which papergraph this is.")
        lines.append(_sample("papergraph_info", 1, {"version": __version__}))
        for name, about, value in (
            ("papers", "Papers in the library.", resources.paper_count),
            ("reviews", "Reviews in the library.", library.reviews.count()),
            ("questions", "Mentions that need the reader.", resources.question_count),
            ("jobs", "Ingests that wait or run.", len(library.jobs.unfinished())),
        ):
            lines += _family(f"papergraph_{name}", "gauge", about)
            lines.append(_sample(f"papergraph_{name}", value))
        return "\n".join([*lines, *_process(self._started)]) + "\n"

    def _requests(self) -> Iterator[str]:
        name = "papergraph_http_requests_total"
        yield from _family(name, "counter", "Requests answered.")
        for (route, method, status), count in sorted(self._answered.items()):
            yield _sample(name, count, {"route": route, "method": method, "status": str(status)})

    def _durations(self) -> Iterator[str]:
        name = "papergraph_http_request_duration_seconds"
        yield from _family(name, "histogram", "Time from the request to its answer.")
        for route, times in sorted(self._times.items()):
            below = 0
            for bound, count in zip((*BOUNDS, "+Inf"), times.buckets, strict=True):
                below += count
                yield _sample(f"{name}_bucket", below, {"route": route, "le": str(bound)})
            yield _sample(f"{name}_sum", round(times.seconds, 6), {"route": route})
            yield _sample(f"{name}_count", below, {"route": route})
        name = "papergraph_http_request_cpu_seconds_total"
        yield from _family(name, "counter", "Processor time of the answering threads.")
        for route, times in sorted(self._times.items()):
            yield _sample(name, round(times.cpu_seconds, 6), {"route": route})


def install(app: Flask, resources: Resources) -> None:
    """Count every request of an application; call it before anything else may refuse one."""
    metrics = Metrics()

    @app.before_request
    def start() -> None:
        g.papergraph_started = (time.perf_counter(), time.thread_time())

    @app.after_request
    def note(answer: Response) -> Response:
        wall, cpu = g.papergraph_started
        method = request.method if request.method in _METHODS else "other"
        metrics.count(
            request.endpoint or _NO_ROUTE,
            method,
            answer.status_code,
            wall=time.perf_counter() - wall,
            cpu=time.thread_time() - cpu,
        )
        return answer

    def show() -> Response:
        return current_app.response_class(
            metrics.write(resources),
            content_type=CONTENT_TYPE,
            headers={"Cache-Control": "no-store"},
        )

    app.add_url_rule("/metrics", "metrics", show)


def _family(name: str, kind: str, about: str) -> tuple[str, str]:
    return f"# HELP {name} {about}", f"# TYPE {name} {kind}"


def _sample(name: str, value: float, labels: Labels | None = None) -> str:
    inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in (labels or {}).items())
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _process(started: float) -> Iterable[str]:
    for name, kind, about, value in (
        ("cpu_seconds_total", "counter", "Processor time.", round(time.process_time(), 3)),
        ("start_time_seconds", "gauge", "When the process started.", round(started, 3)),
    ):
        yield from _family(f"process_{name}", kind, about)
        yield _sample(f"process_{name}", value)
