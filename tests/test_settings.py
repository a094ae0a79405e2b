from __future__ import annotations

from pathlib import Path

import pytest
from papergraph.errors import SettingsError
from papergraph.places import Server
from papergraph.settings import read_settings, shipped_folder, usual_turns, write_setting


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


def test_a_library_may_lie_on_a_server(tmp_path: Path) -> None:
    url = "postgresql://ann:geheim@db.example.org/papers?sslmode=require"
    settings = read_settings({"PAPERGRAPH_HOME": str(tmp_path)}, library=url)

    assert settings.library == Server(url)
    assert "geheim" not in f"{settings} {settings!r} {settings.library}"
    assert str(settings.library) == "postgresql://ann@db.example.org/papers?sslmode=require"


@pytest.mark.parametrize("address", ["mysql://ann:geheim@host/db", "https://example.org/x.db"])
def test_an_address_of_something_else_is_an_error(home: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="give a file, or postgresql://") as caught:
        read_settings({"PAPERGRAPH_HOME": str(home)}, library=address)

    assert "geheim" not in str(caught.value)
    with pytest.raises(SettingsError, match="give a file, or postgresql://"):
        write_setting("library", address, {"PAPERGRAPH_HOME": str(home)})


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


def test_keys_addresses_and_folders_come_from_file_and_environment(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'contact = "ann@example.org"\ncache = "/from/file"\n'
        '[keys]\ns2 = "file-key"\nncbi = "n"\n'
        '[base_urls]\n"arxiv.org" = "https://mirror.example/arxiv/"\n',
        encoding="utf-8",
    )
    environ = {
        "PAPERGRAPH_HOME": str(tmp_path),
        "PAPERGRAPH_S2_KEY": "environment-key",
        "PAPERGRAPH_OPENREVIEW_PASSWORD": "with a blank",
        "PAPERGRAPH_BASE_URL_OPENALEX": "http://127.0.0.1:8000/openalex",
    }

    settings = read_settings(environ)

    assert settings.contact == "ann@example.org"
    assert settings.cache_folder == Path("/from/file")
    assert settings.keys == {
        "s2": "environment-key",
        "ncbi": "n",
        "openreview_password": "with a blank",
    }
    assert settings.base_urls == {
        "arxiv.org": "https://mirror.example/arxiv",
        "openalex": "http://127.0.0.1:8000/openalex",
    }


def test_a_home_folder_holds_the_cache_too(tmp_path: Path) -> None:
    assert read_settings({"PAPERGRAPH_HOME": str(tmp_path)}).cache_folder == tmp_path / "cache"


def test_keys_and_tokens_are_not_shown_with_the_settings(tmp_path: Path) -> None:
    environ = {"PAPERGRAPH_HOME": str(tmp_path), "PAPERGRAPH_S2_KEY": "aKey"}

    assert "aKey" not in repr(read_settings(environ | {"PAPERGRAPH_TOKEN": "aKeyToo"}))


BAD_ENVIRONMENT = [
    ("PAPERGRAPH_CONTACT", "ann at example", "is no mail address"),
    ("PAPERGRAPH_CONTACT", "a@b.org\r\nX-Evil: 1", "is no mail address"),
    ("PAPERGRAPH_S2_KEY", "two words", "set PAPERGRAPH_S2_KEY"),
    ("PAPERGRAPH_OPENALEX_KEY", "line\r\nX-Evil: 1", "set PAPERGRAPH_OPENALEX_KEY"),
    ("PAPERGRAPH_BASE_URL_S2", "example.org", "base URL of 's2'"),
    ("PAPERGRAPH_BASE_URL_S2", "https://me:secret@example.org", "base URL of 's2'"),
    ("PAPERGRAPH_BASE_URL_S2", "ftp://example.org", "base URL of 's2'"),
    ("PAPERGRAPH_PACE_SCALE", "fast", "PAPERGRAPH_PACE_SCALE"),
    ("PAPERGRAPH_PACE_SCALE", "2", "a number from 0 to 1"),
    ("PAPERGRAPH_TURNS", "0", "a number from 1"),
    ("PAPERGRAPH_TURNS", "many", "a number from 1"),
]


@pytest.mark.parametrize(("name", "value", "says"), BAD_ENVIRONMENT)
def test_a_bad_setting_is_named_with_what_to_do(
    tmp_path: Path, name: str, value: str, says: str
) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        read_settings({"PAPERGRAPH_HOME": str(tmp_path), name: value})

    assert "secret" not in str(caught.value)
    assert "two words" not in str(caught.value)


@pytest.mark.parametrize(
    "content", ['keys = "s2"', "[keys]\ns2 = 1", '[keys]\ns3 = "x"', "[base_urls]\ns2 = true"]
)
def test_a_bad_table_in_the_settings_file_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.toml").write_text(content, encoding="utf-8")

    with pytest.raises(SettingsError, match="in the settings file"):
        read_settings({"PAPERGRAPH_HOME": str(tmp_path)})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'model = "a/b"\n'),
        ('reader = "ann"\n', 'reader = "ann"\nmodel = "a/b"\n'),
        ('# mine\nmodel = "old"\nreader = "ann"\n', '# mine\nmodel = "a/b"\nreader = "ann"\n'),
        ('[keys]\ns2 = "k"\n', 'model = "a/b"\n[keys]\ns2 = "k"\n'),
    ],
)
def test_a_setting_is_entered_and_the_rest_stays(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "config.toml").write_text(before, encoding="utf-8")

    path = write_setting("model", "a/b", {"PAPERGRAPH_HOME": str(tmp_path)})

    assert path.read_text(encoding="utf-8") == after
    assert read_settings({"PAPERGRAPH_HOME": str(tmp_path)}).model == "a/b"


@pytest.mark.parametrize("value", ['C:\\models\\"mine"', "модель", "a = b # no", "line\nline"])
def test_any_text_can_be_entered(tmp_path: Path, value: str) -> None:
    environ = {"PAPERGRAPH_HOME": str(tmp_path / "new" / "home")}

    write_setting("model", value, environ)

    assert read_settings(environ).model == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("colour", "", "no setting 'colour'"),
        ("contact", "", "no mail address"),
        ("model", 'model = """a\nb"""\n', "cannot"),
        ("model", "model = [broken\n", "cannot read the settings file"),
    ],
)
def test_what_cannot_be_entered_leaves_the_file(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match=message):
        write_setting(name, "x", {"PAPERGRAPH_HOME": str(tmp_path)})

    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == text
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("given", "found"), [("5", 5), ("", usual_turns())])
def test_turns_are_as_said_or_as_many_as_there_are_cores(
    tmp_path: Path, given: str, found: int
) -> None:
    environ = {"PAPERGRAPH_HOME": str(tmp_path), "PAPERGRAPH_TURNS": given}

    assert read_settings(environ).turns == found
    assert 2 <= usual_turns() <= 8
