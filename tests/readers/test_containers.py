"""Zip archives: what is read, what is left out, and that nothing climbs out or blows up."""

import io
import struct
import tracemalloc
import zipfile

import pytest
from papergraph.errors import ReadingError
from papergraph.readers import containers
from papergraph.readers.containers import Part, clean_name, is_archive, unpack


def pack(*files, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def test_readable_files_come_in_order_and_the_rest_is_counted():
    data = pack(
        ("b/notes.md", "b"),
        ("a.txt", "a"),
        ("figure.png", "x"),
        ("code.py", "x"),
        (".git/c.md", "x"),
        ("node_modules/d.md", "x"),
        ("__MACOSX/._a.txt", "x"),
        ("empty/", ""),
    )

    assert list(unpack(data, "n.zip")) == [
        Part(origin="n.zip!/a.txt", data=b"a"),
        Part(origin="n.zip!/b/notes.md", data=b"b"),
        Part(origin="n.zip", skipped=5),
    ]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../up.md", "up.md"),
        ("/etc/up.md", "etc/up.md"),
        ("..\\..\\up.md", "up.md"),
        ("C:\\notes\\up.md", "notes/up.md"),
        ("a/./b/../up.md", "a/b/up.md"),
        ("a\u202eb.md", "ab.md"),
        ("..", ""),
        ("논문/a.md", "논문/a.md"),
    ],
)
def test_names_cannot_lead_out(name, clean):
    assert clean_name(name) == clean


def test_an_archive_within_is_opened_once():
    inner = pack(("c.md", "c"), ("deep.zip", pack(("d.md", "d"))))
    found = list(unpack(pack(("in.zip", inner)), "n.zip"))

    assert found[0] == Part(origin="n.zip!/in.zip!/c.md", data=b"c")
    assert "is not opened" in (found[1].problem or "")
    assert found[1].origin == "n.zip!/in.zip!/deep.zip"


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = pack(("big.md", b"0" * 60_000_000), ("tight.md", b"0" * 3_000_000), ("ok.md", "ok"))
    tracemalloc.start()

    found = list(unpack(data, "n.zip"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [(part.origin, bool(part.problem)) for part in found] == [
        ("n.zip!/big.md", True),
        ("n.zip!/ok.md", False),
        ("n.zip!/tight.md", True),
    ]
    assert peak < 5_000_000


def test_a_file_that_lies_about_its_size_is_a_problem():
    data = bytearray(pack(("a.md", b"sheep " * 1_000)))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)

    (part,) = unpack(bytes(data), "n.zip")

    assert part.problem or len(part.data) <= 11


def test_links_and_encrypted_files_are_not_followed():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    data = bytearray(pack(("secret.md", "x")))
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 8, 1)

    assert "link" in (next(unpack(stream.getvalue(), "n.zip")).problem or "")
    assert "encrypted" in (next(unpack(bytes(data), "n.zip")).problem or "")


def test_too_many_files_are_an_error(monkeypatch):
    monkeypatch.setattr(containers, "MOST_FILES", 3)

    with pytest.raises(ReadingError, match="more than 3 files; split it"):
        list(unpack(pack(*((f"{n}.md", "x") for n in range(4))), "n.zip"))


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, pack(("a.md", "a"))[:-9]],
    ids=["mark", "noise", "cut"],
)
def test_a_damaged_archive_is_a_clear_error(data):
    assert is_archive(data)
    with pytest.raises(ReadingError, match=r"a damaged one was found in 'n\.zip'"):
        list(unpack(data, "n.zip"))


def test_a_damaged_file_costs_no_other():
    data = bytearray(pack(("a.md", "aaaa"), ("b.md", "bbbb"), method=zipfile.ZIP_STORED))
    data[data.index(b"aaaa")] = 0x62

    found = list(unpack(bytes(data), "n.zip"))

    assert [bool(part.problem) for part in found] == [True, False]
