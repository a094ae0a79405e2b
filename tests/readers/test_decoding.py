import pytest
from papergraph.errors import ReadingError
from papergraph.readers.decoding import decode

TEXT = "# Dollár\n\nDéjà vu – “deep” nets.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "mark", "utf-16-le", "utf-16-be", "no mark", "cp1252", "crlf", "cr"],
)
def test_a_text_is_decoded_whatever_its_encoding(data):
    assert decode(data, "a.md") == TEXT


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.5 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture"),
        (b"\xff\xd8\xff\xe0\x00", "picture"),
        (b"PK\x03\x04\x14", "zip"),
        (bytes(range(256)) * 8, "not text"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data, word):
    with pytest.raises(ReadingError, match=word) as caught:
        decode(data, "thing.md")

    assert "thing.md" in str(caught.value)


def test_a_few_broken_bytes_do_not_change_the_encoding():
    text = decode("Dollár et al. ".encode() * 20 + b"\xff", "a.md")

    assert text.startswith("Dollár")
