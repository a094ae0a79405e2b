"""The command line: answers on stdout, talk on stderr, exit codes as agreed."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
from papergraph.cli import main
from papergraph.cli.main import papergraph as group
from tests.conftest import DATA, ROOT

REVIEW = "# Notes\n\n## [Highway Networks](https://arxiv.org/abs/1505.00387)\n\nGates.\n"


@dataclass(frozen=True)
class Done:
    """What one command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def run(
    library_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs the command on a copy of the starter library, in an empty folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("PAPERGRAPH_HOME", str(home))
    monkeypatch.setenv("PAPERGRAPH_LIBRARY", str(library_file))

    def call(*arguments: object) -> Done:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return call


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review of one paper."""
    path = tmp_path / "review.md"
    path.write_text(REVIEW, encoding="utf-8")
    return path


def commands(
    parent: click.Group = group, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in parent.commands.items():
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))


ALL = dict(commands())


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_help(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--help")

    assert done.code == 0
    assert len(ALL[words].help or "") > 20
    assert done.err == ""


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_option_has_help(words: tuple[str, ...]) -> None:
    unexplained = [
        option.name
        for option in ALL[words].params
        if isinstance(option, click.Option) and not option.help and option.type.name != "choice"
    ]

    assert unexplained == []


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    missing = [words for words in ALL if f"papergraph {' '.join(words)}" not in text]

    assert missing == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        ([], 2),
        (["nonsense"], 2),
        (["search"], 2),
        (["search", "x", "--nonsense"], 2),
        (["search", "x", "--limit", "many"], 2),
        (["search", "x", "--mode", "magic"], 2),
        (["path", "ResNet", "--hours", "some"], 2),
        (["export", "word"], 2),
        (["list", "everything"], 2),
        (["import", "/no/such/folder"], 2),
        (["search", "zqxjkvbw", "--mode", "words"], 3),
        (["show", "no such paper at all"], 3),
        (["path", "no such paper at all"], 3),
        (["lineage", "no such paper at all"], 3),
        (["lineage", "--topic", "zqxjkvbw"], 3),
        (["lineage", "--topic", "knitting"], 3),
        (["lineage", "--topic", "the"], 3),
        (["lineage", "--topic", " "], 1),
        (["lineage"], 1),
        (["lineage", "ResNet", "--topic", "vision"], 1),
        (["order", "ResNet", "no such paper at all"], 3),
        (["next", "--known", "no such paper at all"], 3),
        (["know", "no such paper at all"], 3),
        (["forget", "/no/such/review.md"], 3),
        (["list", "saved"], 3),
        (["list"], 3),
        (["export", "bibtex"], 3),
        (["search", "x", "--limit", "0"], 1),
        (["path", "ResNet", "--limit", "0"], 1),
        (["path"], 1),
        (["next", "--as-of", "soon"], 1),
        (["ingest", "/no/such/file.md"], 1),
        (["ingest", "https://example.org/review.md", "--offline"], 5),
        (["ingest", "http://127.0.0.1:9/review.md"], 1),
        (["ingest", "https://exa mple/review.md"], 1),
        (["search", "ResNet"], 0),
        (["show", "ResNet"], 0),
        (["path", "Faster R-CNN"], 0),
        (["lineage", "ResNet"], 0),
        (["order", "ResNet", "AlexNet"], 0),
        (["next", "--known", "AlexNet"], 0),
        (["export", "bibtex", "ResNet"], 0),
        (["db", "check"], 0),
        (["db", "migrate"], 0),
        (["completion", "bash"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_ends_with_the_agreed_code(run: Run, arguments: list[str], code: int) -> None:
    done = run(*arguments)

    assert done.code == code, done.err
    assert "Traceback" not in done.err
    if code in (1, 3, 5) and not done.out:
        assert done.err.startswith("papergraph: ")
        assert done.err.count("\n") == 1


def test_a_bad_file_among_good_ones_is_done_in_part(run: Run, review: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.md"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)

    done = run("ingest", picture, review)

    assert done.code == 4
    assert "Highway Networks" in done.out
    assert done.err.startswith("papergraph: warning: ")
    assert str(picture) in done.err


def test_a_missing_file_among_good_ones_is_done_in_part(run: Run, review: Path) -> None:
    done = run("ingest", "missing.md", review)

    assert done.code == 4
    assert "cannot read 'missing.md': no such file or directory" in done.err


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"\x7fELF" + b"\x00" * 999]
)
def test_a_file_that_is_no_text_fails_in_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thing.bin"
    path.write_bytes(content)

    done = run("ingest", path)

    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("content", ["", "\n\n", "# Shopping\n\n- milk\n"])
def test_a_file_without_papers_is_a_warning_only(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "empty.md"
    path.write_text(content, encoding="utf-8")

    done = run("ingest", path)

    assert done.code == 0
    assert "warning" in done.err


def test_a_folder_without_texts_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()

    assert run("ingest", tmp_path / "nothing").code == 1


def test_a_folder_is_read_file_by_file(run: Run) -> None:
    done = run("--json", "ingest", DATA / "reviews")

    origins = [report["review"]["origin"] for report in done.objects]
    assert done.code == 0
    assert len(origins) == 6
    assert origins == sorted(origins)


@pytest.mark.parametrize("place", ["a folder", "below a file", "nowhere"])
def test_a_library_that_cannot_be_opened_fails_in_one_line(
    run: Run, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("no library")
    path = {
        "a folder": tmp_path,
        "below a file": tmp_path / "file" / "library.db",
        "nowhere": Path("/proc/nowhere/library.db"),
    }[place]

    done = run("ingest", tmp_path / "file", "--library", path)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("papergraph: cannot open the library")
    assert done.err.count("\n") == 1


def test_options_are_taken_before_and_after_the_verb(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    run("db", "init", "--bare", "--library", other)

    before = run("--library", other, "--offline", "--json", "search", "ResNet")
    after = run("search", "ResNet", "--library", other, "--offline", "--json")

    assert before.code == after.code == 3
    assert before.objects[0]["hits"] == after.objects[0]["hits"] == []


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["search", "ResNet"], {"query", "hits", "took_ms", "notes"}),
        (["path", "ResNet"], {"topic", "targets", "known", "steps", "left_out", "warnings"}),
        (
            ["lineage", "ResNet"],
            {"target", "from", "chain", "parents", "branches", "descendants", "warnings", "topic"},
        ),
        (["order", "VGG", "AlexNet"], {"order", "because", "unknown", "warnings"}),
        (["next", "--known", "VGG"], {"recommendations"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_json_is_one_object_a_line(run: Run, arguments: list[str], keys: set[str]) -> None:
    done = run(*arguments, "--json")

    assert [set(found) for found in done.objects] == [keys]


def test_several_inputs_give_one_object_each(run: Run, review: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    shutil.copy(review, copy)

    done = run("ingest", review, copy, "--json")

    assert [report["review"]["origin"] for report in done.objects] == [
        review.resolve().as_posix(),
        copy.resolve().as_posix(),
    ]


def test_a_dry_run_stores_nothing(run: Run, review: Path) -> None:
    done = run("ingest", "--dry-run", review, "--json")

    assert done.objects[0]["review"]["id"] is None
    assert run("list").code == 3


def test_a_forgotten_review_is_gone(run: Run, review: Path) -> None:
    run("ingest", review)
    assert run("list").code == 0

    done = run("forget", review)

    assert done.code == 0
    assert run("list").code == 3


def test_a_review_comes_in_by_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "in.md"
    path.write_text(REVIEW, encoding="utf-8")
    with path.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        done = run("ingest", "-", "--json")

    assert done.objects[0]["review"]["origin"] == "stdin"


def test_the_lineage_of_resnet_is_printed_in_order(run: Run) -> None:
    out = run("lineage", "ResNet").out

    places = [out.index(name) for name in ("AlexNet", "ZF Net", "VGG", "GoogLeNet")]
    assert places == sorted(places)


def test_a_path_is_printed_with_its_reasons(run: Run) -> None:
    out = run("path", "Faster R-CNN").out

    assert re.search(r"^ *1\. ", out, re.MULTILINE)
    assert "curated lineage (Object detection" in out
    assert out.index("Fast R-CNN:") < out.index("Faster R-CNN:", out.index("Fast R-CNN:"))


def test_a_known_target_is_no_more_to_read(run: Run) -> None:
    lines = run("path", "Faster R-CNN", "--known", "Faster R-CNN").out.splitlines()
    steps = [line for line in lines if re.match(r" *\d+\. ", line)]

    assert f"To understand Faster R-CNN: {len(steps) - 1} to read" in lines[0]
    assert [line.endswith("  (you know it)") for line in steps] == [False] * (len(steps) - 1) + [
        True
    ]
    assert "(you know it)" not in run("path", "Faster R-CNN").out


def test_words_that_name_no_paper_may_be_a_topic(run: Run) -> None:
    done = run("path", "word vectors")

    assert done.code == 3
    assert "a search for it finds: p" in done.err
    assert done.err.rstrip().endswith("if a topic is meant: --topic 'word vectors'")
    assert "--topic" not in run("similar", "word vectors").err
    assert "--topic" not in run("path", "zqxjkvbw").err


def test_words_taken_for_a_paper_are_told(run: Run) -> None:
    done = run("path", "diffusion models")

    assert "note: 'diffusion models' is taken for ADM, by its title" in done.out
    assert "is taken for" not in run("path", "ADM").out


def test_a_path_to_a_topic_has_targets(run: Run) -> None:
    done = run("path", "--topic", "object detection", "--json")
    text = run("path", "--topic", "object detection").out

    assert done.code == 0
    assert 1 < len(done.objects[0]["targets"]) <= 8
    assert text.startswith("To understand object detection: ")
    assert "to understand the topic, because" in text


def test_what_ones_own_notes_are_about_is_read(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "vgg.md"
    prose = "The authors stack small filters, and show that depth is what counts in the end. " * 3
    note.write_text(f"# [Very Deep Networks](https://arxiv.org/abs/1409.1556)\n\n{prose}\n")

    assert "VGG" not in run("list", "read").out
    assert run("ingest", "--mine", str(note)).code == 0
    assert "VGG" in run("list", "read").out


def test_what_ones_own_notes_tell_is_marked_and_counted(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "log.md"
    note.write_text("- [x] VGG\n- [ ] ResNet\n- [ ] AlexNet\n")

    assert run("ingest", "--json", str(note)).objects[0]["marked"]["read"] == 0
    done = run("ingest", "--mine", "--json", str(note))

    assert done.objects[0]["marked"] == {"read": 1, "reading": 0, "queued": 2, "skipped": 0}
    assert "marked read 1, queued 2" in done.err
    assert "marked nothing" in run("ingest", "--mine", str(note)).err


def test_the_line_from_one_paper_to_another_is_printed_with_reasons(run: Run) -> None:
    lines = run("lineage", "Mask R-CNN", "--from", "R-CNN").out.splitlines()

    assert lines[0].startswith("R-CNN -> ")
    assert lines[0].endswith(" -> Mask R-CNN")
    assert " -> Fast R-CNN -> Faster R-CNN -> " in lines[0]
    assert any("Fast R-CNN" in line and line.lstrip().startswith("- ") for line in lines)


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["R-CNN", "--from", "Mask R-CNN"], 1, "ask from R-CNN to Mask R-CNN"),
        (["R-CNN", "--from", "R-CNN"], 1, "both are R-CNN"),
        (["--topic", "vision", "--from", "R-CNN"], 1, "name it, not a topic"),
        (["R-CNN", "--from", "no such paper at all"], 3, "no such paper at all"),
    ],
)
def test_a_line_needs_two_papers_the_older_first(
    run: Run, given: list[str], code: int, said: str
) -> None:
    done = run("lineage", *given)

    assert (done.code, said in done.err) == (code, True), done.err


@pytest.mark.parametrize("given", [[], ["ResNet", "--topic", "vision"]])
def test_a_lineage_is_of_one_paper_or_of_one_topic(run: Run, given: list[str]) -> None:
    done = run("lineage", *given)

    assert (done.code, "of one paper or of one topic" in done.err) == (1, True)


def test_the_main_line_of_a_topic_is_printed_with_reasons(run: Run) -> None:
    lines = run("lineage", "--topic", "object detection").out.splitlines()

    assert "Fast R-CNN -> Faster R-CNN" in lines[0]
    assert any("Fast R-CNN" in line and line.lstrip().startswith("- ") for line in lines)


def test_marking_saving_and_listing(run: Run) -> None:
    assert run("save", "ResNet", "VGG").code == 0
    assert run("know", "AlexNet", "--json").objects[0]["state"] == "known"

    assert len(run("list", "saved").out.splitlines()) == 2
    assert run("save", "ResNet", "--undo").code == 0
    assert len(run("list", "saved").out.splitlines()) == 1
    assert run("export", "bibtex").out.count("@") == 1


def test_a_rating_is_kept_with_the_paper_and_taken_back(run: Run) -> None:
    assert run("rate", "ResNet", "--stars", "4.5").out.startswith("4.5 of 5")
    assert "ResNet" in run("list", "read").out
    assert run("show", "ResNet", "--json").objects[0]["rating"] == 4.5

    assert run("rate", "ResNet", "--undo", "--json").objects[0]["rating"] is None
    assert "ResNet" not in run("list", "read").out


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ([], None),
        ([("save", "ResNet")], "queued"),
        ([("know", "ResNet")], "known"),
        ([("skip", "ResNet")], "skipped"),
        ([("save", "ResNet"), ("rate", "ResNet", "--stars", "2")], "queued"),
        ([("rate", "ResNet", "--stars", "2"), ("know", "ResNet")], "known"),
    ],
)
def test_a_rating_taken_back_gives_back_the_state(
    run: Run, before: list[tuple[str, ...]], state: str | None
) -> None:
    for command in before:
        run(*command)
    run("rate", "ResNet", "--stars", "4")

    assert run("rate", "ResNet", "--undo", "--json").objects[0]["state"] == state


@pytest.mark.parametrize("given", [["--stars", "6"], ["--stars", "0"], ["--stars", "3.2"], []])
def test_a_rating_is_one_to_five_stars(run: Run, given: list[str]) -> None:
    done = run("rate", "ResNet", *given)

    assert (done.code, "1 to 5" in done.err) == (1, True)


def test_an_unknown_paper_among_known_ones_marks_none(run: Run) -> None:
    assert run("save", "ResNet", "no such paper at all").code == 3

    assert run("list", "saved").code == 3


@pytest.mark.parametrize(
    "command",
    [
        ["search", "ResNet"],
        ["path", "ResNet"],
        ["next"],
        ["show", "ResNet"],
        ["lineage", "ResNet"],
        ["list"],
        ["save", "ResNet"],
        ["export", "bibtex"],
        ["db", "check"],
    ],
)
def test_a_mistyped_library_is_an_error_and_is_not_made(
    run: Run, tmp_path: Path, command: list[str]
) -> None:
    mistyped = tmp_path / "mistyped.db"

    done = run("--library", mistyped, *command)

    assert (done.code, done.out) == (1, "")
    assert f"there is no library at {str(mistyped)!r}" in done.err
    assert "papergraph ingest" in done.err
    assert not mistyped.exists()


def test_ingest_and_import_make_the_library_they_are_told(
    run: Run, tmp_path: Path, review: Path
) -> None:
    references = tmp_path / "a.bib"
    references.write_text("@article{a, title={A net of deep nets}, year=2021}\n")

    assert run("--offline", "ingest", "--library", tmp_path / "one.db", review).code == 0
    assert run("--offline", "import", "--library", tmp_path / "two.db", references).code == 0
    assert run("--library", tmp_path / "one.db", "list").code == 0


@pytest.mark.parametrize("command", [["search", "ResNet"], ["ingest", "."], ["doctor"]])
def test_a_library_without_a_name_is_wrong_use(run: Run, command: list[str]) -> None:
    done = run("--library", "", *command)

    assert done.code == 2
    assert "it is empty; give a file" in done.err


@pytest.mark.parametrize(
    "command",
    [
        ["next"],
        ["search", "ResNet"],
        ["path", "ResNet"],
        ["lineage", "ResNet"],
        ["similar", "ResNet"],
        ["ready"],
        ["neighbourhood", "ResNet"],
        ["graph", "ResNet"],
    ],
)
def test_a_limit_of_nothing_says_what_to_give(run: Run, command: list[str]) -> None:
    done = run(*command, "--limit", "0")

    assert done.code == 1
    assert "limit is 0; give a whole number" in done.err


def listed(count: int) -> str:
    entries = (
        f"- [Deep Nets of {n} Layers](https://arxiv.org/abs/1601.0{n:04})\n"
        for n in range(1, count + 1)
    )
    return "# Papers\n\n" + "".join(entries)


@pytest.mark.parametrize(
    ("count", "shown", "more"), [(1, 1, []), (10, 10, []), (33, 10, ["  and 23 more"])]
)
def test_ingest_names_the_papers_of_a_text(
    run: Run, tmp_path: Path, count: int, shown: int, more: list[str]
) -> None:
    (tmp_path / "a.md").write_text(listed(count))

    lines = run("ingest", tmp_path / "a.md").out.splitlines()

    assert sum("Deep Nets of" in line for line in lines) == shown
    assert [line for line in lines if line.startswith("  and ")] == more


def test_ingest_names_papers_that_are_named_in_passing_last(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"ResNet is deep.\n\n{listed(10)}")

    out = run("ingest", tmp_path / "a.md").out

    assert "and 1 more" in out
    assert "ResNet" not in out
    (tmp_path / "b.md").write_text("ResNet is deep.\n")
    assert "Deep Residual Learning" in run("ingest", tmp_path / "b.md").out


@pytest.mark.parametrize(("texts", "named"), [(1, 1), (5, 5), (6, 0)])
def test_ingest_of_many_texts_only_counts(run: Run, tmp_path: Path, texts: int, named: int) -> None:
    for number in range(texts):
        (tmp_path / "notes").mkdir(exist_ok=True)
        (tmp_path / "notes" / f"{number}.md").write_text(REVIEW)

    assert run("ingest", tmp_path / "notes").out.count("Highway Networks") == named


def test_ingest_tells_whom_it_did_not_find(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("As Zork et al. (2031) say, ResNet is deep.\n")

    done = run("ingest", tmp_path / "a.md")

    assert "not found for sure by people and year: 'Zork et al. (2031)' (line 1)" in done.err
    assert "Zork" not in done.out


def test_one_paper_is_no_papers(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("# Notes\n\n[ResNet](https://arxiv.org/abs/1512.03385) is deep.\n")

    assert ": 1 paper (1 matched), 0 relations, 0 repairs [" in run("ingest", note).out
    assert "1 paper " in run("list").out


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("nets year:abc", "year:abc is searched as words"),
        ("nets author:", "author: is passed over"),
        ('"residual nets', "a quote is not closed"),
        ("nets kind:poem", "nothing is of the kind 'poem'"),
    ],
)
def test_a_search_says_what_it_could_not_use(run: Run, query: str, said: str) -> None:
    done = run("search", query, "--mode", "words", "--json")

    assert said in done.err
    assert said in done.objects[0]["notes"][0]


def test_a_library_is_made_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    assert run("db", "init", "--bare", "-l", path).out == f"made {path} with 0 papers\n"
    again = run("db", "init", "-l", path)

    assert again.code == 1
    assert "exists already" in again.err


def test_a_copy_is_never_written_over_a_file(run: Run, tmp_path: Path) -> None:
    assert run("db", "backup", tmp_path / "copy.db").code == 0

    assert run("db", "backup", tmp_path / "copy.db").code == 1


def test_a_corpus_with_bad_rows_is_done_in_part(run: Run, tmp_path: Path) -> None:
    rows = '{"id": "a", "title": "A paper on nets"}\nnonsense\n'
    (tmp_path / "papers.jsonl").write_text(rows, encoding="utf-8")

    done = run("import", tmp_path, "--json")

    assert done.code == 4
    assert (done.objects[0]["papers"], done.objects[0]["bad_rows"]) == (1, 1)
    assert "papers.jsonl:2" in done.err


def test_nothing_dangerous_reaches_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.md"
    path.write_text(
        "# Notes\n\n- [A \x1b[31mred\x07 paper on nets](https://arxiv.org/abs/2101.00001)\n",
        encoding="utf-8",
    )

    done = run("ingest", path)

    assert done.code == 0
    assert "\x1b" not in done.out + done.err
    assert "\x1b" not in run("show", "arxiv:2101.00001").out


def test_an_interrupted_command_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def __iter__(self) -> Iterator[str]:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())

    done = run("order")

    assert (done.code, done.out) == (130, "")
    assert "interrupted" in done.err


def test_a_list_comes_in_by_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("ResNet\n\n  AlexNet\nVGG\n"))

    done = run("order", "--json")

    assert [paper["nicknames"][0] for paper in done.objects[0]["order"]] == [
        *("AlexNet", "VGG", "ResNet")
    ]


def test_what_is_not_here_is_named_and_the_rest_put_in_order(run: Run) -> None:
    done = run("order", "ResNet", "no such paper at all", "AlexNet", "--json")

    (found,) = done.objects
    assert done.code == 4
    assert [paper["nicknames"][0] for paper in found["order"]] == ["AlexNet", "ResNet"]
    assert [one["text"] for one in found["unknown"]] == ["no such paper at all"]
    assert found["warnings"][0].startswith("'no such paper at all' is left out: no paper answers")


def test_an_empty_list_cannot_be_ordered(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    done = run("order")

    assert done.code == 1
    assert "no list to put in order" in done.err


@pytest.mark.parametrize(
    ("form", "start"), [("markdown", "# Reading path to ResNet\n"), ("bibtex", "@")]
)
def test_a_path_is_written_in_other_forms(run: Run, form: str, start: str) -> None:
    done = run("path", "ResNet", "--format", form)

    assert done.out.startswith(start)


def test_a_paper_is_shown_with_who_speaks_of_it(run: Run, review: Path) -> None:
    run("ingest", review)

    done = run("show", "Highway Networks")

    assert "arxiv:1505.00387" in done.out
    assert f"in {review.resolve()}:3" in done.out


def test_quotes_and_curated_edges_are_told_apart(run: Run) -> None:
    run("ingest", DATA / "reviews" / "notes-vision.md")

    out = run("lineage", "ResNet", "--limit", "8").out

    assert "a review says “" in out
    assert "curated lineage (Vision backbones): " in out


def test_edit_corrects_a_paper_and_undo_takes_it_back(run: Run) -> None:
    done = run("edit", "ResNet", "year=2014", "authors=K. He; J. Sun", "--json")
    undone = run("edit", "ResNet", "year", "--undo", "--json")

    (changed,), (back,) = done.objects, undone.objects
    assert (changed["year"], changed["authors"]) == (2014, ["K. He", "J. Sun"])
    assert (back["year"], back["authors"]) == (2015, ["K. He", "J. Sun"])


def test_edit_without_a_value_says_how_to_write_one(run: Run) -> None:
    done = run("edit", "ResNet", "year")

    assert done.code == 1
    assert "FIELD=VALUE" in done.err


def test_a_setting_is_entered_and_read(run: Run) -> None:
    assert run("config", "get", "model").out == "static-papers-256\n"

    assert run("config", "set", "reader", "ann").code == 0

    assert run("config", "get", "reader").out == "ann\n"
    assert "reader = ann" in run("config", "get").out


def test_a_model_that_does_not_open_is_not_entered(run: Run, tmp_path: Path) -> None:
    done = run("config", "set", "model", str(tmp_path / "no-model"))

    assert done.code == 1
    assert "no model folder" in done.err
    assert run("config", "get", "model").out == "static-papers-256\n"


def test_a_token_is_shown_only_by_name(run: Run) -> None:
    run("config", "set", "token", "secret-1")

    assert "secret-1" not in run("config", "get").out
    assert run("config", "get", "token").out == "secret-1\n"


def test_papers_are_embedded_once(run: Run) -> None:
    run("search", "networks")

    done = run("embed")

    assert done.out.startswith("embedded 0 papers; ")
    assert done.out.endswith("of static-papers-256 in all\n")


def test_search_understands_fields(run: Run) -> None:
    done = run("search", "networks author:he year:2015..2016 -wide")

    assert "ResNet" in done.out
    assert "Wide" not in done.out


def test_a_small_library_cannot_teach(run: Run, tmp_path: Path) -> None:
    run("db", "init", "--bare", "--library", tmp_path / "bare.db")

    done = run("adapt", "--library", tmp_path / "bare.db")

    assert done.code == 1
    assert "200 are needed to learn from" in done.err


@pytest.mark.parametrize("kind", ["path", "lineage", "neighbourhood"])
def test_share_writes_one_file_of_a_name_of_its_own(run: Run, kind: str) -> None:
    done = run("share", kind, "ResNet")

    text = Path(done.out.strip()).read_text(encoding="utf-8")
    assert done.code == 0
    assert "ResNet" in text
    assert text.startswith("<!doctype html>")


def test_share_gives_the_line_from_one_paper_to_another_away(run: Run) -> None:
    done = run("share", "lineage", "Mask R-CNN", "--from", "R-CNN")

    assert "The line from R-CNN to Mask R-CNN" in Path(done.out.strip()).read_text("utf-8")


@pytest.mark.parametrize("kind", ["path", "lineage"])
def test_share_gives_a_topic_away(run: Run, kind: str) -> None:
    done = run("share", kind, "--topic", "diffusion models")

    assert (done.code, "diffusion models" in Path(done.out.strip()).read_text()) == (0, True)


def test_share_of_nothing_is_refused(run: Run) -> None:
    assert run("share", "path").code == run("share", "lineage").code == 1
    assert "in place of --topic" in run("share", "neighbourhood", "--topic", "vision").err
    assert run("share", "neighbourhood").code == 1


def test_share_writes_a_picture_when_the_name_says_so(run: Run) -> None:
    run("share", "lineage", "ResNet", "-o", "line.svg")

    assert Path("line.svg").read_text(encoding="utf-8").startswith("<svg xmlns=")
    assert run("share", "lineage", "ResNet", "-o", "line.docx").code == 1


def test_tag_gives_a_tag_and_undo_takes_it(run: Run) -> None:
    given = run("tag", "to teach", "ResNet", "VGG", "--json").objects
    taken = run("tag", "to teach", "ResNet", "--undo", "--json").objects

    assert all("to teach" in paper["tags"] for paper in given)
    assert "to teach" not in taken[0]["tags"]
