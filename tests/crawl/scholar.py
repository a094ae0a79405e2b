"""Scholarly services on loopback, made of the starter library: synthetic answers in real shapes.

Titles, authors, years, identifiers and citations only. OpenAlex, arXiv, Semantic Scholar, Crossref
and DBLP answer; what they do not know is a 404. Faults come with a seed: errors, answers that break
off, and 429 with Retry-After.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from papergraph.library.starter import read_starter
from papergraph.models import PaperRecord
from papergraph.text import title_key
from tests.sources.serving import Said, Service

NAMES = ("arxiv", "s2", "openalex", "crossref", "datacite", "dblp", "doi", "nips", "pmlr", "cvf",
         "acl", "openreview", "pubmed", "opencitations", "unpaywall", "hf", "jmlr")  # fmt: skip
_XML = {"Content-Type": "application/atom+xml"}


class Scholar(Service):
    """The services; `faults` is the share of answers that go wrong, `latency` in seconds."""

    def __init__(self, data: Path, *, faults: float = 0.0, latency: float = 0.0, seed: int = 7):
        starter = read_starter(data)
        self._records = dict(starter.papers)
        self._keys = list(self._records)
        self._cited: dict[str, list[str]] = defaultdict(list)
        for citing, cited in starter.citations:
            self._cited[citing].append(cited)
        self._by_id = {item: key for key, record in starter.papers for item in record.identifiers}
        self._by_title = {title_key(r.title): key for key, r in starter.papers}
        self._faults, self._latency, self._random = faults, latency, random.Random(seed)
        super().__init__()

    @property
    def environment(self) -> dict[str, str]:
        """What tells a command to ask these services, without real waits."""
        return services_at(self.base)

    def _arrive(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Said:
        super()._arrive(method, path, headers, body)
        if path.endswith("/robots.txt"):
            return Said(status=404, body=b"")
        chance = self._random.random()
        if chance < self._faults / 2:
            return Said(status=503, body=b"{}")
        said = self._answer(path, body)
        if chance < 0.75 * self._faults:
            return Said(status=429, body=b"{}", headers={"Retry-After": "1"})
        if chance < self._faults and len(said.body) > 2:
            return Said(body=said.body, headers=said.headers, cut=len(said.body) // 2)
        return Said(status=said.status, body=said.body, headers=said.headers, wait=self._latency)

    def _answer(self, path: str, body: bytes) -> Said:
        parts = urlsplit(path)
        _, service, rest = parts.path.split("/", 2)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if service == "openalex":
            return self._openalex(unquote(rest), asked)
        if service == "arxiv" and rest == "api/query":
            return self._arxiv(asked)
        if service == "s2" and rest.endswith("paper/batch"):
            return _json([self._s2(item) for item in json.loads(body)["ids"]])
        if service == "crossref" and rest.startswith("works"):
            return self._crossref(unquote(rest), asked)
        if service == "dblp" and rest == "search/publ/api":
            return self._dblp(asked.get("q", ""))
        return Said(status=404, body=b"{}")

    def _openalex(self, rest: str, asked: dict[str, str]) -> Said:
        name, _, value = asked.get("filter", "").partition(":")
        if rest != "works":
            key = self._find(rest.removeprefix("works/"))
            return _json(self._work(key)) if key else Said(status=404, body=b"<html></html>")
        if name == "title.search":
            found = [key for key in [self._by_title.get(title_key(value))] if key]
        elif name == "cites":
            wanted = self._find(value)
            found = [key for key in self._keys if wanted in self._cited[key]]
        else:
            found = [key for part in value.split("|") if (key := self._find(part))]
        return _json({"meta": {"count": len(found)}, "results": [self._work(key) for key in found]})

    def _find(self, name: str) -> str | None:
        """The key of a work by W number, DOI or the DOI of its preprint."""
        name = name.removeprefix("doi:").lower()
        if name.startswith("w") and name[1:].isdecimal():
            place = int(name[1:]) - 1000
            return self._keys[place] if 0 <= place < len(self._keys) else None
        arxiv = name.removeprefix("10.48550/arxiv.")
        return self._by_id.get(f"doi:{name}") or self._by_id.get(f"arxiv:{arxiv}")

    def _work(self, key: str) -> dict[str, Any]:
        record = self._records[key]
        ids = _by_scheme(record)
        arxiv, doi = ids.get("arxiv"), ids.get("doi")
        doi = doi or (f"10.48550/arxiv.{arxiv}" if arxiv else None)
        cited = [f"https://openalex.org/W{1000 + self._keys.index(k)}" for k in self._cited[key]]
        return {
            "id": f"https://openalex.org/W{1000 + self._keys.index(key)}",
            "doi": f"https://doi.org/{doi}" if doi else None,
            "title": record.title,
            "publication_year": record.year,
            "publication_date": f"{record.year}-01-01" if record.year else None,
            "authorships": [{"author": {"display_name": name}} for name in record.authors],
            "type": "article",
            "locations": [{"landing_page_url": f"https://arxiv.org/abs/{arxiv}"}] if arxiv else [],
            "cited_by_count": 5,
            "referenced_works": cited,
            "referenced_works_count": len(cited),
        }

    def _arxiv(self, asked: dict[str, str]) -> Said:
        ids = [item for item in asked.get("id_list", "").split(",") if item]
        keys = [key for item in ids if (key := self._by_id.get(f"arxiv:{item}"))]
        if query := asked.get("search_query"):
            title = query.partition(":")[2].strip('"')
            keys = [key for key in [self._by_title.get(title_key(title))] if key]
        entries = "".join(self._entry(self._records[key]) for key in keys)
        text = (
            "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
            " xmlns:opensearch='http://a9.com/-/spec/opensearch/1.1/'><id>https://arxiv.org/api/x"
            f"</id><opensearch:totalResults>{len(keys)}</opensearch:totalResults>{entries}</feed>"
        )
        return Said(body=text.encode(), headers=_XML)

    def _entry(self, record: PaperRecord) -> str:
        arxiv = _by_scheme(record).get("arxiv", "0000.00000")
        people = "".join(f"<author><name>{escape(n)}</name></author>" for n in record.authors)
        return (
            f"<entry><id>http://arxiv.org/abs/{arxiv}v1</id><title>{escape(record.title)}</title>"
            f"<published>{record.year}-01-01T00:00:00Z</published><summary>-</summary>{people}"
            "</entry>"
        )

    def _s2(self, identifier: str) -> dict[str, Any] | None:
        scheme, _, value = identifier.partition(":")
        key = self._by_id.get(f"{scheme.lower()}:{value.lower()}")
        if key is None:
            return None
        listed = [self._s2_card(cited) for cited in self._cited[key]]
        card = self._s2_card(key)
        return {**card, "referenceCount": len(listed), "citationCount": 9, "references": listed}

    def _s2_card(self, key: str) -> dict[str, Any]:
        record, ids = self._records[key], _by_scheme(self._records[key])
        external = {"ArXiv": ids.get("arxiv"), "DOI": ids.get("doi")}
        return {
            "paperId": f"{self._keys.index(key):040x}",
            "title": record.title,
            "year": record.year,
            "authors": [{"name": name} for name in record.authors],
            "externalIds": {name: value for name, value in external.items() if value},
        }

    def _crossref(self, rest: str, asked: dict[str, str]) -> Said:
        doi = rest.removeprefix("works").strip("/")
        if not doi:
            wanted = [part.partition(":")[2] for part in asked.get("filter", "").split(",")]
            items = [
                self._crossref_work(key) for d in wanted if (key := self._by_id.get(f"doi:{d}"))
            ]
            return _json({"status": "ok", "message": {"items": items}})
        key = self._by_id.get(f"doi:{doi.lower()}")
        if key is None:
            return Said(status=404, body=b"Resource not found.")
        return _json({"status": "ok", "message": self._crossref_work(key)})

    def _crossref_work(self, key: str) -> dict[str, Any]:
        record = self._records[key]
        listed = [
            {"key": str(place), "article-title": self._records[cited].title}
            for place, cited in enumerate(self._cited[key])
        ]
        return {
            "DOI": _by_scheme(record).get("doi"),
            "title": [record.title],
            "issued": {"date-parts": [[record.year]]},
            "author": [{"name": name} for name in record.authors],
            "reference": listed,
            "reference-count": len(listed),
            "type": "journal-article",
        }

    def _dblp(self, query: str) -> Said:
        key = self._by_title.get(title_key(query))
        hits: dict[str, Any] = {"@total": "0"}
        if key:
            record = self._records[key]
            info = {"title": f"{record.title}.", "year": str(record.year), "key": f"conf/x/{key}",
                    "authors": {"author": [{"text": name} for name in record.authors]},
                    "type": "Conference and Workshop Papers"}  # fmt: skip
            hits = {"@total": "1", "hit": [{"info": info}]}
        return _json({"result": {"status": {"@code": "200"}, "hits": hits}})


def _by_scheme(record: PaperRecord) -> dict[str, str]:
    return dict(item.split(":", 1) for item in record.identifiers if ":" in item)


def _json(value: dict[str, Any] | Sequence[Any]) -> Said:
    return Said(body=json.dumps(value).encode())


def services_at(base: str) -> dict[str, str]:
    """What tells a command to ask services at this address, each under its name."""
    return {f"PAPERGRAPH_BASE_URL_{name.upper()}": f"{base}/{name}" for name in NAMES} | {
        "PAPERGRAPH_PACE_SCALE": "0.001",
        "PAPERGRAPH_OFFLINE": "0",
    }
