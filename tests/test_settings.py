from __future__ import annotations

from pathlib import Path

import pytest
from papergraph.errors import SettingsError
from papergraph.settings import read_settings, shipped_folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of settings that names a library of its own."""
    (tmp_path / "config.toml").write_text(
        'library = "/from/file.db"\nmodel = "from-file"\nreader = "ann"\noffline = true\n',
        encoding="utf-8",
    )
    return tmp_path


def test_defaults_hold_when_nothing_is_said(tmp_path: Path) -> None:
    settings = read_settings({"PAPERGRAPH_HOME": str(tmp_path)})

    assert settings.library == tmp_path / "library.db"
    assert (settings.model, settings.reader) == ("static-papers-256", "me")
    assert (settings.offline, settings.contact, settings.token) == (False, None, None)


def test_the_file_outranks_defaults(home: Path) -> None:
    settings = read_settings({"PAPERGRAPH_HOME": str(home)})

    assert settings.library == Path("/from/file.db")
    assert (settings.model, settings.reader, settings.offline) == ("from-file", "ann", True)


def test_the_environment_outranks_the_file(home: Path) -> None:
    environ = {"PAPERGRAPH_HOME": str(home), "PAPERGRAPH_LIBRARY": "/from/environment.db"}

    settings = read_settings(environ | {"PAPERGRAPH_MODEL": "from-environment"})

    assert settings.library == Path("/from/environment.db")
    assert settings.model == "from-environment"


def test_an_option_outranks_the_environment(home: Path) -> None:
    environ = {"PAPERGRAPH_HOME": str(home), "PAPERGRAPH_LIBRARY": "/from/environment.db"}

    assert read_settings(environ, library="/option.db").library == Path("/option.db")


@pytest.mark.parametrize(("value", "is_offline"), [("1", True), ("yes", True), ("0", False)])
def test_offline_is_read_from_the_environment(tmp_path: Path, value: str, is_offline: bool) -> None:
    environ = {"PAPERGRAPH_HOME": str(tmp_path), "PAPERGRAPH_OFFLINE": value}

    assert read_settings(environ).offline is is_offline


def test_the_environment_can_switch_the_network_on_again(home: Path) -> None:
    environ = {"PAPERGRAPH_HOME": str(home), "PAPERGRAPH_OFFLINE": "0"}

    assert read_settings(environ).offline is False


def test_a_tilde_in_the_library_is_the_home_folder(tmp_path: Path) -> None:
    settings = read_settings({"PAPERGRAPH_HOME": str(tmp_path)}, library="~/papers.db")

    assert settings.library == Path.home() / "papers.db"


@pytest.mark.parametrize(
    "content",
    [
        b'library = "no end',
        b"\xff\xfe\x00",
        b"library = 7",
        b'offline = "sometimes"',
    ],
)
def test_a_bad_settings_file_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)

    with pytest.raises(SettingsError, match=r"config\.toml") as caught:
        read_settings({"PAPERGRAPH_HOME": str(tmp_path)})

    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 1


def test_a_settings_file_that_is_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()

    with pytest.raises(SettingsError, match="cannot read the settings file"):
        read_settings({"PAPERGRAPH_HOME": str(tmp_path)})


def test_shipped_folders_are_found() -> None:
    assert (shipped_folder("data") / "papers.csv").is_file()
    with pytest.raises(SettingsError, match="'nonsense' is missing"):
        shipped_folder("nonsense")
