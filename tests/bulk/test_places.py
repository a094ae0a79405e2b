"""A snapshot and a corpus may lie in storage: a server of S3 on this machine stands for it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from papergraph.bulk import find_place, make_corpus, parse_selection
from papergraph.bulk.places import remove_folder
from papergraph.cli import main
from papergraph.errors import InputError, OfflineError

SELECTION = parse_selection(["Computer Science"], [])


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of an empty bucket."""
    for module in ("s3fs", "upath", "moto.server"):
        pytest.importorskip(
            module, reason=f"no {module}: pip install s3fs universal-pathlib 'moto[server]'"
        )
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patched:
        host, port = server.get_host_and_port()
        patched.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patched.setenv("AWS_ACCESS_KEY_ID", "me")
        patched.setenv("AWS_SECRET_ACCESS_KEY", "geheim")
        patched.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3fs.S3FileSystem().mkdir("papers")
        yield "s3://papers"
    server.stop()


@pytest.fixture(scope="module")
def stored(bucket: str, snapshot: Path) -> Path:
    """The made-up snapshot, in a bucket."""
    home = find_place(f"{bucket}/snapshot")
    for file in snapshot.glob("works/*/*.gz"):
        place = home / file.relative_to(snapshot).as_posix()
        place.write_bytes(file.read_bytes())
    return home


def tables_of(folder: Path) -> dict[str, list[bytes]]:
    return {
        file.name: sorted(gzip.decompress(file.read_bytes()).splitlines())
        for file in folder.glob("*.gz")
    }


def test_from_bucket_to_bucket_is_as_from_folder_to_folder(
    bucket: str,
    stored: Path,
    snapshot: Path,
    tmp_path: Path,
) -> None:
    there = find_place(f"{bucket}/corpus")

    over_storage = make_corpus(stored, there, SELECTION, rounds=3)
    over_folders = make_corpus(snapshot, tmp_path / "corpus", SELECTION, rounds=3)

    assert over_storage == over_folders
    assert over_storage.papers > 0
    found, wanted = tables_of(there), tables_of(tmp_path / "corpus")
    assert found.keys() == wanted.keys()
    for name in found.keys() - {"pagerank.csv.gz"}:
        assert found[name] == wanted[name], name
    assert not (there / "work").exists()


def test_a_run_that_is_broken_off_goes_on_in_the_bucket(bucket: str, stored: Path) -> None:
    target, told = find_place(f"{bucket}/broken off"), []

    def stop(stage: str, done: int, of: int) -> None:
        told.append((stage, done, of))
        if (stage, done) == ("read", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_corpus(stored, target, SELECTION, rounds=3, progress=stop)
    kept = {place.name for place in (target / "work").glob("*.json")}
    report = make_corpus(stored, target, SELECTION, rounds=3)

    assert len(kept) == 3  # the choice and two partitions
    assert report == make_corpus(stored, target, SELECTION, rounds=3)  # read, not made again
    remove_folder(target)
    assert not target.exists()


def test_the_command_takes_addresses(
    bucket: str, stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["bulk", str(stored), f"{bucket}/by command", "--rounds", "1", "--cocited", "0"])

    assert (code, "papers" in capsys.readouterr().out) == (4, True)  # one line is broken


@pytest.mark.parametrize(
    ("address", "offline", "error", "says"),
    [
        ("ftp://host/x", False, InputError, "give a folder, or s3://bucket/folder"),
        ("s3://bucket/x", True, OfflineError, "switched off"),
    ],
)
def test_what_cannot_be_reached_is_told(
    address: str, *, offline: bool, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        find_place(address, offline=offline)


def test_spark_says_that_it_takes_no_addresses(bucket: str, stored: Path) -> None:
    with pytest.raises(InputError, match="'spark' takes no s3:// addresses"):
        make_corpus(stored, find_place(f"{bucket}/spark"), SELECTION, engine="spark")
