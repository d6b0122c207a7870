from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import FORMATS, Settings, as_settings, load_settings
from kg.errors import ConfigError


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    settings = load_settings()
    assert settings == Settings()
    assert settings.nlp.pipeline == "ar"
    assert settings.build.output == Path("output")
    assert settings.rdf.base_iri == "https://w3id.org/diplomacy-kg/id/"
    assert settings.extract.min_confidence == 0.0
    assert settings.build.jobs in (1, 2)
    assert settings.ingest.year is settings.ingest.lang is settings.ingest.encoding is None


def test_file_in_the_current_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(
        '[ingest]\nyear = 2025\nlang = "ar"\n'
        '[build]\noutput = "out"\njobs = 1\n'
        "[extract]\nmin_confidence = 1\n",
        encoding="utf-8",
    )
    settings = load_settings()
    assert (settings.ingest.year, settings.ingest.lang) == (2025, "ar")
    assert (settings.build.output, settings.build.jobs) == (Path("out"), 1)
    assert settings.extract.min_confidence == 1.0


def test_named_file_replaces_the_one_in_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text("[ingest]\nyear = 2025\n", encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text('\ufeff[nlp]\npipeline = "rules"\n', encoding="utf-8")
    settings = load_settings(other)
    assert settings.ingest.year is None
    assert settings.nlp.pipeline == "rules"


def test_command_line_wins_and_none_means_not_given(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text("[ingest]\nyear = 2024\n[build]\njobs = 3\n", encoding="utf-8")
    settings = load_settings(None, {"ingest.year": 2025, "jobs": None, "encoding": "windows-1256"})
    assert settings.ingest.year == 2025
    assert settings.build.jobs == 3
    assert settings.ingest.encoding == "cp1256"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_allowed(name: str) -> None:
    assert load_settings(None, {"format": name}).ingest.format == name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[ingest]\nyaer = 2025\n", ["kg.toml", "ingest.yaer", "allowed: year, lang", "did you mean year?"]),
        ("[ingset]\n", ["kg.toml", "no setting ingset", "[ingest]", "did you mean ingest?"]),
        ("year = 2025\n", ["kg.toml", "no setting year", "[ingest]"]),
        ("ingest = 3\n", ["kg.toml", "ingest is 3, not a table", "write [ingest]"]),
        ('[ingest]\nyear = "2025"\n', ["kg.toml", 'ingest.year cannot be "2025"', "1800 to 2100"]),
        ("[ingest]\nyear = true\n", ["ingest.year cannot be true"]),
        ("[ingest]\nyear = 99999\n", ["ingest.year cannot be 99999"]),
        ('[ingest]\nlang = "Arabic"\n', ["ingest.lang", "language code"]),
        ('[ingest]\nencoding = "cp9999"\n', ["ingest.encoding", "cp1256"]),
        ('[ingest]\nencoding = "rot13"\n', ["ingest.encoding"]),
        ('[ingest]\nformat = "docx"\n', ["ingest.format", "one of text, json"]),
        ("[ingest]\nfile_dates = 1\n", ["ingest.file_dates cannot be 1", "true or false"]),
        ('[nlp]\npipeline = ""\n', ["nlp.pipeline"]),
        ("[extract]\nmin_confidence = 1.5\n", ["extract.min_confidence", "from 0 to 1"]),
        ("[extract]\nmin_confidence = nan\n", ["extract.min_confidence"]),
        ('[rdf]\nbase_iri = "example"\n', ["rdf.base_iri", "http(s) IRI"]),
        ('[rdf]\nbase_iri = "http://example.org/id"\n', ['ends with "/"']),
        ('[rdf]\nbase_iri = "http://example.org/id#"\n', ['ends with "/"']),
        ('[rdf]\nbase_iri = "http://[bad/"\n', ["rdf.base_iri"]),
        ("[build]\njobs = 0\n", ["build.jobs cannot be 0", "from 1 up"]),
        ("[build]\noutput = 5\n", ["build.output cannot be 5", "folder"]),
        ("[ingest\n", ["kg.toml", "not valid TOML", "line 1"]),
    ],
)
def test_bad_files_name_file_key_and_allowed_values(tmp_path: Path, content: str, words: list[str]) -> None:
    (tmp_path / "kg.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings()
    for word in words:
        assert word in str(caught.value)


def test_missing_file_unreadable_file_and_foreign_bytes(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(tmp_path / "none.toml")
    with pytest.raises(ConfigError, match="readable"):
        load_settings(tmp_path)
    (tmp_path / "kg.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_settings()


@pytest.mark.parametrize(("key", "value"), [("yaer", 2025), ("ingest.yaer", 1), ("build.year", 2025)])
def test_unknown_override(key: str, value: object) -> None:
    with pytest.raises(ConfigError, match="command line: there is no setting"):
        load_settings(None, {key: value})


def test_bad_override() -> None:
    with pytest.raises(ConfigError, match=r"command line: build.jobs cannot be 0"):
        load_settings(None, {"jobs": 0})


def test_settings_of_the_api_are_objects_values_or_nothing() -> None:
    assert as_settings(None) == Settings()
    assert as_settings({"pipeline": "rules"}).nlp.pipeline == "rules"
    given = as_settings({"jobs": 1})
    assert as_settings(given, output="news").build.output == Path("news")
    assert as_settings(given, output="news").build.jobs == 1
    with pytest.raises(ConfigError, match=r'settings cannot be "/some/folder" — .* output='):
        as_settings("/some/folder")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="there is no setting pipline"):
        as_settings({"pipline": "rules"})
    with pytest.raises(ConfigError, match=r"build\.output cannot be"):
        as_settings(None, output="")
