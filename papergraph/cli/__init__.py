"""The command line: parse, call one verb, print. stdout is the answer, stderr the talk."""

from papergraph.cli.main import main, run

__all__ = ["main", "run"]
