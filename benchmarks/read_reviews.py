"""Time of reading reviews, as a ratio to merely parsing their Markdown with the same library.

Usage: python benchmarks/read_reviews.py [FOLDER ...]; without folders the sample reviews are read
many times over. Both sides run in one process, in turn, so that the ratio holds on a busy machine.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from markdown_it import MarkdownIt
from papergraph.readers import read_review

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "reviews"
SUFFIXES = {".md", ".markdown", ".txt", ".html", ".rst"}
ROUNDS_OF_SAMPLES = 20


def main(folders: list[str]) -> None:
    """Read everything twice, once each way, and print the ratio."""
    files = [
        file
        for folder in folders or [str(SAMPLES)]
        for file in sorted(Path(folder).rglob("*"))
        if file.suffix.lower() in SUFFIXES and file.is_file()
    ]
    contents = [(str(file), file.read_bytes()) for file in files]
    rounds = 1 if folders else ROUNDS_OF_SAMPLES
    parser = MarkdownIt("commonmark").enable("table")
    parsing = reading = 0.0
    mentions = 0
    for _ in range(rounds):
        for origin, data in contents:
            text = data.decode("utf-8", errors="replace")
            started = time.process_time()
            parser.parse(text)
            parsed = time.process_time()
            mentions += len(read_review(data, origin).mentions)
            reading += time.process_time() - parsed
            parsing += parsed - started
    size = rounds * sum(len(data) for _, data in contents) / 1e6
    print(f"{len(contents)} files, {size:.1f} MB read, {mentions} mentions")
    print(f"reading / parsing Markdown: {reading / parsing:.2f}x ({reading / size:.2f} CPU-s a MB)")


if __name__ == "__main__":
    main(sys.argv[1:])
