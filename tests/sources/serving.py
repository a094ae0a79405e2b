"""A small service on loopback that answers as a test says, and remembers who asked when."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

_LONGEST = 60.0  # seconds that an answer is kept back


@dataclass(frozen=True)
class Said:
    """One answer. `cut` drops the connection after so many bytes of the body, `wait` delays it.

    `after` keeps it back until the test says so: no machine is too slow or too quick for that.
    """

    status: int = 200
    body: bytes = b'{"ok": true}'
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: float = 0.0
    after: Event | None = None
    drip: float = 0.0
    stated_length: int | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; `at` by the wall clock, `open` requests at that moment.

    A request is open until its answer is written: who asks may ask again once it is read.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float
    open: int


class _QuietServer(ThreadingHTTPServer):
    """A server that says nothing when a client hangs up; `connected` are those that did not."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.connected, self._counting = 0, Lock()

    def finish_request(self, *given: Any) -> None:
        with self._counting:
            self.connected += 1
        try:
            super().finish_request(*given)
        finally:
            with self._counting:
                self.connected -= 1

    def handle_error(self, *_: Any) -> None:
        pass


class Service:
    """Answers each path with what was planned for it, the last one again and again.

    What nothing was planned for gets `default`.
    """

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.asked: list[Asked] = []
        self.plans: dict[str, deque[Said]] = defaultdict(deque)
        self.default = Said(status=404, body=b"{}")
        self._open, self._lock = 0, Lock()
        self._server = _QuietServer((address, 0), self._handler())
        self._server.daemon_threads = True
        self.base = f"http://{address}:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def plan(self, path: str, *answers: Said) -> None:
        """Say what is answered to a path, in turn."""
        self.plans[path].extend(answers)

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [one.path for one in self.asked if not one.path.endswith("/robots.txt")]

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return self._server.connected

    def _arrive(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Said:
        with self._lock:
            self._open += 1
            self.asked.append(Asked(method, path, headers, body, time.time(), self._open))
            bare = path.partition("?")[0]
            plan = self.plans.get(path) or self.plans.get(bare)
            if not plan:
                return self.default
            return plan.popleft() if len(plan) > 1 else plan[0]

    def _leave(self) -> None:
        with self._lock:
            self._open -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(length)
                said = service._arrive(self.command, self.path, headers, body)
                time.sleep(said.wait)
                if said.after is not None:
                    said.after.wait(_LONGEST)
                service._leave()
                try:
                    self._say(said)
                except OSError:
                    self.close_connection = True

            do_POST = do_GET  # noqa: N815 - the library's name

            def _say(self, said: Said) -> None:
                self.send_response(said.status)
                headers = {"Content-Type": "application/json"} | said.headers
                if "Transfer-Encoding" not in headers:
                    length = len(said.body) if said.stated_length is None else said.stated_length
                    headers["Content-Length"] = str(length)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                body = said.body[: said.cut]
                for start in range(0, len(body), 1 if said.drip else max(1, len(body))):
                    self.wfile.write(body[start : start + 1] if said.drip else body)
                    self.wfile.flush()
                    time.sleep(said.drip)
                if said.cut is not None:
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
