"""Matching of damaged titles against a library: time, and recall beside a scan of all titles.

Usage: python benchmarks/match_titles.py LIBRARY [COUNT]. Titles are taken from the library with a
fixed seed and damaged: a letter lost, a word lost, the subtitle alone, a year or venue added.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from papergraph.library import Library
from papergraph.matching import near_matches
from papergraph.matching.resolving import ACCEPT_RATIO
from papergraph.text import compare_form
from rapidfuzz import fuzz, process

SEED = 7


def damage(title: str, chance: random.Random) -> str:
    """Damage a title the way people do."""
    words = title.split()
    kind = chance.randrange(4)
    if kind == 0:
        place = chance.randrange(len(title))
        return title[:place] + title[place + 1 :]
    if kind == 1 and len(words) > 5:
        place = chance.randrange(len(words))
        return " ".join(words[:place] + words[place + 1 :])
    if kind == 2 and ":" in title and len(title.partition(":")[2].split()) >= 5:
        return title.partition(":")[2].strip()
    return f"{title} (NIPS)"


def main(library_path: str, count: int) -> None:
    """Print seconds and recall of both ways."""
    library = Library.open(Path(library_path))
    rows = library.database.execute_raw("SELECT rowid, title FROM titles_text ORDER BY rowid")
    titles = {int(row[0]): str(row[1]) for row in rows}
    chance = random.Random(SEED)
    chosen = chance.sample([n for n, title in titles.items() if len(title.split()) >= 4], count)
    asked = [(number, damage(titles[number], chance)) for number in chosen]
    started = time.process_time()
    found = [near_matches(text, library.catalogue, limit=3) for _, text in asked]
    seconds = time.process_time() - started
    hits = sum(
        any(
            n == number or titles[n] == titles[number] for n, ratio in near if ratio >= ACCEPT_RATIO
        )
        for (number, _), near in zip(asked, found, strict=True)
    )
    started = time.process_time()
    scanned = 0
    for number, text in asked:
        best = process.extractOne(compare_form(text), titles, scorer=fuzz.ratio)
        scanned += best[1] >= ACCEPT_RATIO and best[0] == titles[number]
    scan_seconds = time.process_time() - started
    print(f"{count} damaged titles against {len(titles):,}")
    print(f"candidates: {seconds:.2f} CPU-s, recall {hits / count:.4f}")
    print(f"full scan:  {scan_seconds:.2f} CPU-s, recall {scanned / count:.4f}")
    print(f"scan / candidates: {scan_seconds / seconds:.1f}x")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("skipped: give a library to match against")
    else:
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
