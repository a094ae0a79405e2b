"""`python -m papergraph` is the command `papergraph`."""

from papergraph.cli import run

if __name__ == "__main__":
    run()
