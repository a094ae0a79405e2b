"""Requests that one review of 20 papers costs: cold, again, and with the cache but a new library.

Usage: python benchmarks/crawl_calls.py. The services are synthetic ones on loopback, made of the
starter library (tests/crawl/scholar.py), so the counts are real and the seconds are not; compare
them with the table in the sources' research (13 arXiv ids, 3 DOIs, 4 titles only; depth 1).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from papergraph.library.starter import read_starter  # noqa: E402 - the path is set above
from tests.crawl.scholar import Scholar  # noqa: E402

DATA = ROOT / "data"


def make_review() -> str:
    """A reading list of 20 papers: 13 arXiv links, 3 DOIs, 4 titles with an author and year."""
    papers = [record for _, record in read_starter(DATA).papers]
    by_arxiv = [p for p in papers if any(i.startswith("arxiv:") for i in p.identifiers)][:13]
    by_doi = [p for p in papers if p not in by_arxiv and _doi(p.identifiers)][:3]
    taken = [*by_arxiv, *by_doi]
    titled = [p for p in papers if p not in taken and len(p.title.split()) > 4 and p.authors][:4]
    lines = ["# Papers", ""]
    lines += [
        f"- [{p.title}](https://arxiv.org/abs/{i.partition(':')[2]})"
        for p in by_arxiv
        for i in p.identifiers
        if i.startswith("arxiv:")
    ]
    lines += [f"- [{p.title}](https://doi.org/{_doi(p.identifiers)})" for p in by_doi]
    lines += [
        f"- [{n}] {', '.join(p.authors[:2])}. {p.title}. {p.year}." for n, p in enumerate(titled, 1)
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the requests by service, for each way of asking."""
    for words, key in (("without a key", ""), ("with a key of Semantic Scholar", "secret")):
        service = Scholar(DATA)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "review.md").write_text(make_review(), encoding="utf-8")
            environment = {**os.environ, **service.environment, "PAPERGRAPH_HOME": name}
            environment |= {"PAPERGRAPH_S2_KEY": key} if key else {}
            for step, library in (("cold", "a"), ("the same again", "a"), ("cache only", "b")):
                before = len(service.asked)
                _ingest(folder, library, environment)
                counts = Counter(
                    asked.path.split("/")[1]
                    for asked in service.asked[before:]
                    if not asked.path.endswith("/robots.txt")
                )
                shown = ", ".join(f"{source} {count}" for source, count in counts.most_common())
                print(f"{words}, {step}: {sum(counts.values())} requests ({shown or 'none'})")
        service.close()


def _ingest(folder: Path, library: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "papergraph", "--library", str(folder / f"{library}.db")]
    if not (folder / f"{library}.db").exists():
        subprocess.run([*command, "db", "init", "--bare"], env=environment, check=True,
                       capture_output=True)  # fmt: skip
    subprocess.run([*command, "ingest", str(folder / "review.md")], env=environment, check=True,
                   capture_output=True)  # fmt: skip


def _doi(identifiers: tuple[str, ...]) -> str:
    return next((i.partition(":")[2] for i in identifiers if i.startswith("doi:")), "")


if __name__ == "__main__":
    main()
