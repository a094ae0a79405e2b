"""First days of notes out of a git history."""

import os
import shutil
import subprocess
from datetime import date

import pytest
from papergraph.readers import reading_dates

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def checkout(tmp_path):
    """A checkout with two notes; the second was renamed and both were changed later."""

    def git(*words, day="2020-01-01"):
        stamp = f"{day}T12:00:00+00:00"
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path),
                 "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp},
        )  # fmt: skip

    git("init", "-q")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "sheep.md").write_text("Sheep are counted at night.\n" * 5)
    git("add", ".")
    git("commit", "-qm", "one", day="2020-01-01")
    (tmp_path / "hügel.md").write_text("Hills are high and far away.\n" * 5)
    git("add", ".")
    git("commit", "-qm", "two", day="2020-02-01")
    (tmp_path / "hügel.md").rename(tmp_path / "hills.md")
    (tmp_path / "notes" / "sheep.md").write_text("Sheep are counted at noon.\n" * 5)
    git("add", "-A")
    git("commit", "-qm", "three", day="2020-03-01")
    return tmp_path


def test_every_note_has_the_day_it_was_first_committed(checkout):
    found = reading_dates(checkout)

    assert found[checkout / "notes" / "sheep.md"] == date(2020, 1, 1)
    assert found[checkout / "hills.md"] == date(2020, 2, 1)


def test_a_folder_within_a_checkout_tells_its_own_files(checkout):
    assert list(reading_dates(checkout / "notes")) == [checkout / "notes" / "sheep.md"]


def test_hooks_and_programs_of_the_checkout_are_not_run(checkout):
    trap = checkout / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {checkout}/sprung\n")
    trap.chmod(0o755)
    with (checkout / ".git" / "config").open("a") as config:
        config.write(f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\thooksPath = {checkout}\n"
                     f"[gpg]\n\tprogram = {trap}\n[log]\n\tshowSignature = true\n"
                     f"[diff]\n\texternal = {trap}\n")  # fmt: skip

    assert len(reading_dates(checkout)) == 3
    assert not (checkout / "sprung").exists()


def test_other_folders_tell_nothing(tmp_path):
    assert reading_dates(tmp_path) == {}
    assert reading_dates(tmp_path / "missing") == {}


def test_without_git_nothing_is_told(checkout, monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert reading_dates(checkout) == {}


def test_a_history_that_takes_too_long_is_given_up(checkout):
    assert reading_dates(checkout, timeout_seconds=-1) == {}
