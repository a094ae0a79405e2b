"""What the static model is trained on: texts of a corpus, and pairs of a query and a document."""

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

HELD_OUT = re.compile(
    r"3dv2025|acl2022|aistats2025|colm202[45]|corl202[1-5]|cvpr2019|eccv2022|iclr201[78]|icra2023"
    r"|ijcai2024|iros2023|(neur|n)ips2018|wacv2025|www2025",
)
PIECES = (20, 400)  # shorter abstracts are left out, longer ones cut
PAD, UNKNOWN, CLASS, SEPARATOR, MASK = 0, 100, 101, 102, 103
SPECIAL = (PAD, UNKNOWN, CLASS, SEPARATOR, MASK)  # their rows stay zero
SPAN_SHARE, SPAN = 0.25, (8, 30)  # one query in four: a span of 8 to 29 word pieces
PHRASE_SHARE, PHRASES = 0.25, (2, 5)  # one in four: two to four phrases of the paper
KEPT_PHRASES = 10  # of a paper
PHRASE_WORDS = 3
LEAST_TITLES = 4  # that have a phrase; what fewer have is no name of a matter
LEAST_TITLE = 3  # word pieces of a title that stands alone
TITLE_SHARE = 0.5  # of a title in the vector of a paper, as papergraph.embed makes it

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CLAUSE = re.compile(r"[.,;:!?()\n]")
_EMPTY = frozenset(
    (
        *("a", "able", "also", "an", "and", "are", "as", "at", "based", "be", "been", "between"),
        *("both", "but", "by", "can", "do", "does", "each", "et", "al", "first", "for", "from"),
        *("further", "has", "have", "here", "how", "however", "i", "e", "g", "in", "into", "is"),
        *("it", "its", "many", "may", "method", "methods", "approach", "more", "most", "new"),
        *("not", "of", "on", "one", "only", "or", "other", "our", "over", "paper", "propose"),
        *("proposed", "results", "show", "some", "such", "than", "that", "the", "their", "then"),
        *("there", "these", "they", "this", "through", "to", "two", "under", "use", "used"),
        *("using", "via", "was", "we", "well", "what", "when", "where", "which", "while", "who"),
        *("why", "will", "with", "without"),
    )
)  # words that end a phrase

Pieces: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Corpus texts as written and as word pieces; position i of each is paper i.

    `phrases` are the telling phrases of a paper, `weights` what speaks for each.
    """

    titles: Sequence[Pieces]
    abstracts: Sequence[Pieces]
    phrases: Sequence[Sequence[Pieces]]
    weights: Sequence[NDArray[np.float64]]
    title_texts: Sequence[str]
    abstract_texts: Sequence[str]
    is_held_out: NDArray[np.bool_]

    def with_abstract(self, *, held_out: bool) -> NDArray[np.int64]:
        """Positions of the papers that have a usable abstract, on one side of the split."""
        usable = np.array([len(abstract) >= PIECES[0] for abstract in self.abstracts])
        return np.flatnonzero(usable & (self.is_held_out == held_out))

    def title_alone(self) -> NDArray[np.int64]:
        """Positions of the papers that are only a title, none of them held out."""
        bare = np.array([len(abstract) < PIECES[0] for abstract in self.abstracts])
        long = np.array([len(title) >= LEAST_TITLE for title in self.titles])
        return np.flatnonzero(bare & long & ~self.is_held_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query and the document it should find: a body, and a title that counts `share`."""

    query: Pieces
    body: Pieces
    title: Pieces
    share: float


def corpus_files(folder: Path) -> list[Path]:
    """List the paper files of a corpus folder."""
    return sorted(folder.glob("papers*.jsonl.gz"))


def title_key(title: str) -> str:
    """Strip a title to letters and figures, so that two listings of one paper meet."""
    return re.sub(r"[\W_]", "", title.casefold())


def is_held_out(record: dict[str, Any]) -> bool:
    """Tell by venue and year, or by the prefix of the id."""
    venue = f"{record.get('venue') or ''}{record.get('year') or ''}"
    prefix = record["id"].partition(":")[0]
    return any(HELD_OUT.fullmatch(name.lower()) for name in (venue, prefix))


def read_texts(folder: Path, tokenizer: Tokenizer) -> Texts:
    """Read the corpus; a title that is held out once is held out everywhere."""
    records: list[dict[str, Any]] = []
    for path in corpus_files(folder):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records.extend(json.loads(line) for line in lines)
    held_out_keys = {title_key(record["title"]) for record in records if is_held_out(record)}
    titles = [record["title"] for record in records]
    abstracts = [record.get("abstract") or "" for record in records]
    held_out = np.array([title_key(title) in held_out_keys for title in titles])
    phrases, weights = telling_phrases(titles, abstracts, held_out)
    return Texts(
        titles=tokenise(tokenizer, titles),
        abstracts=tokenise(tokenizer, abstracts),
        phrases=grouped(tokenise(tokenizer, [one for some in phrases for one in some]), phrases),
        weights=weights,
        title_texts=titles,
        abstract_texts=abstracts,
        is_held_out=held_out,
    )


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Turn each text into its known word pieces."""
    found: list[Pieces] = []
    for start in range(0, len(texts), 4096):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 4096]):
            pieces = np.array(encoding.ids[: PIECES[1]], dtype=np.int32)
            found.append(pieces[~np.isin(pieces, SPECIAL)])
    return found


def grouped(flat: Sequence[Pieces], like: Sequence[Sequence[str]]) -> list[Sequence[Pieces]]:
    """Cut a list into groups as long as those of another."""
    ends = np.cumsum([len(some) for some in like]).tolist()
    return [flat[end - len(some) : end] for end, some in zip(ends, like, strict=True)]


def runs(text: str) -> Iterator[list[str]]:
    """Words that stand together in a clause with no empty word between them."""
    for clause in _CLAUSE.split(text.lower()):
        run: list[str] = []
        for word in _WORD.findall(clause):
            if word in _EMPTY or word.isdigit():
                yield run
                run = []
            else:
                run.append(word)
        yield run


def phrases_of(text: str) -> Counter[str]:
    """Count every run of one to three words."""
    return Counter(
        " ".join(run[start : start + size])
        for run in runs(text)
        for size in range(1, PHRASE_WORDS + 1)
        for start in range(len(run) - size + 1)
    )


def telling_phrases(
    titles: Sequence[str], abstracts: Sequence[str], is_held_out: NDArray[np.bool_]
) -> tuple[list[list[str]], list[NDArray[np.float64]]]:
    """What each paper with an abstract is about: phrases of titles, often here, rare elsewhere.

    The titles and abstracts that are held out teach neither which phrases are names of a matter
    nor how rare they are.
    """
    known = Counter(p for title in compress(titles, ~is_held_out) for p in phrases_of(title))
    named = {phrase for phrase, count in known.items() if count >= LEAST_TITLES}
    counted = [
        Counter({p: n for p, n in phrases_of(f"{title}. {abstract}").items() if p in named})
        if abstract
        else Counter[str]()
        for title, abstract in zip(titles, abstracts, strict=True)
    ]
    papers = Counter(phrase for some in compress(counted, ~is_held_out) for phrase in some)
    total = sum(map(bool, counted))
    phrases, weights = [], []
    for some in counted:
        worth = {
            phrase: math.sqrt(count)
            * math.log(total / max(1, papers[phrase]))
            * (1.3 if " " in phrase else 1.0)
            for phrase, count in some.items()
        }
        chosen = apart(sorted(worth, key=lambda phrase: (-worth[phrase], phrase)))
        phrases.append(chosen)
        weights.append(np.array([worth[phrase] for phrase in chosen]))
    return phrases, weights


def apart(ranked: Sequence[str]) -> list[str]:
    """The first phrases, without those that hold another or are held by it."""
    chosen: list[str] = []
    for phrase in ranked:
        if not any(phrase in other or other in phrase for other in chosen):
            chosen.append(phrase)
            if len(chosen) == KEPT_PHRASES:
                break
    return chosen


def draw_phrases(texts: Texts, paper: int, count: int, random: np.random.Generator) -> Pieces:
    """Some of a paper's telling phrases behind each other, the more telling the likelier."""
    weights = texts.weights[paper]
    order = np.argsort(-(weights / 4 + random.gumbel(size=len(weights))))[:count]
    return np.concatenate([texts.phrases[paper][place] for place in random.permutation(order)])


def draw_example(texts: Texts, paper: int, random: np.random.Generator) -> Example:
    """Ask for a paper by its title, by a span of its abstract, or by a few of its phrases.

    What is asked with is left out of the document, phrases excepted.
    """
    title, abstract = texts.titles[paper], texts.abstracts[paper]
    length = int(random.integers(*SPAN))
    drawn = random.random()
    if drawn < SPAN_SHARE and len(abstract) >= 2 * length:
        start = int(random.integers(0, len(abstract) - length + 1))
        rest = np.concatenate([abstract[:start], abstract[start + length :]])
        span = abstract[start : start + length]
        return Example(query=span, body=rest, title=title, share=TITLE_SHARE)
    if drawn > 1 - PHRASE_SHARE and len(texts.phrases[paper]) >= PHRASES[0]:
        query = draw_phrases(texts, paper, int(random.integers(*PHRASES)), random)
        return Example(query=query, body=abstract, title=title, share=TITLE_SHARE)
    return Example(query=title, body=abstract, title=title, share=0.0)
