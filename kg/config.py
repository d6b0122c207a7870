"""Settings of a run: defaults, overridden by ``kg.toml``, overridden by the command line.

``kg.toml`` has a table a stage::

    [ingest]
    year = 2025            # year of datelines such as "23 يونيو" that name none
    lang = "ar"            # language of articles that do not say it (else it is detected)
    encoding = "cp1256"    # encoding of all inputs (else it is detected)
    format = "jsonl"       # format of standard input and of files with an unknown ending
    file_dates = false     # date articles without any other date by the file's time stamp

    [nlp]
    pipeline = "ar"        # or "rules", or the folder of another

    [extract]
    min_confidence = 0.0

    [link]
    across = true          # entities of different articles that are one get one node
    pairs = "pairs.csv"    # what is the same or different, whatever the rules say
    wikidata = "items.csv" # an extract of Wikidata to link entities with

    [rdf]
    base_iri = "https://w3id.org/diplomacy-kg/id/"
    infer = false          # also write what follows by OWL 2 RL

    [build]
    output = "output"      # relative to the current folder
    jobs = 2               # processes
"""

from __future__ import annotations

import codecs
import math
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import ConfigError

CONFIG_NAME = "kg.toml"
FORMATS: tuple[str, ...] = ("text", "json", "jsonl", "csv", "tsv", "html")
"""Names of the input formats that ``ingest.format`` takes."""

_YEARS = range(1800, 2101)
_LANG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


class _BadValueError(Exception):
    """Raised by the checks below; :func:`_checked` turns it into a ConfigError with file and key."""


def _year(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in _YEARS:
        raise _BadValueError
    return value


def _lang(value: object) -> str:
    if not isinstance(value, str) or len(value) not in (2, 3) or not _LANG_LETTERS.issuperset(value):
        raise _BadValueError
    return value


def _encoding(value: object) -> str:
    # Some codecs of Python's list ("rot13", "base64") are no text encodings: only a trial tells.
    try:
        "".encode(value if isinstance(value, str) else "?")
        return codecs.lookup(str(value)).name
    except (LookupError, ValueError) as error:
        raise _BadValueError from error


def _format(value: object) -> str:
    if value not in FORMATS:
        raise _BadValueError
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _BadValueError
    return value


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _BadValueError
    return value


def _fraction(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise _BadValueError
    if not 0 <= value <= 1:
        raise _BadValueError
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _BadValueError
    return value


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
        raise _BadValueError
    return Path(value)


def _path(value: object) -> Path | None:
    return None if value is None else _folder(value)


def _iri(value: object) -> str:
    text = _word(value)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise _BadValueError from error
    if parts.scheme not in ("http", "https") or not parts.netloc or any(c in text for c in ' <>"{}|\\^`'):
        raise _BadValueError
    if not text.endswith("/"):
        raise _BadValueError
    return text


def _setting(check: Callable[[object], Any], allowed: str, default: object) -> Any:
    """A dataclass field that carries how its value is checked and, in words, what is allowed."""
    return field(default=default, metadata={"check": check, "allowed": allowed})


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """How articles are read.

    Attributes:
        year: Year of datelines that give a day and a month only; articles without any date get it too.
        lang: Language of articles that do not say theirs; None = detect it.
        encoding: Encoding of every input; None = detect it.
        format: Format of standard input and of named files whose ending says nothing; None = sniff it.
        file_dates: Date an article that has no other date by its file's time stamp (UTC).
    """

    year: int | None = _setting(_year, "a year from 1800 to 2100", None)
    lang: str | None = _setting(_lang, 'a language code such as "ar"', None)
    encoding: str | None = _setting(_encoding, 'an encoding such as "utf-8" or "cp1256"', None)
    format: str | None = _setting(_format, "one of " + ", ".join(FORMATS), None)
    file_dates: bool = _setting(_flag, "true or false", False)


@dataclass(frozen=True, slots=True)
class NlpSettings:
    """Which language pipeline runs: the name of a shipped one, or the path of another."""

    pipeline: str = _setting(_word, 'the name of a pipeline such as "ar" or "rules"', "ar")


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """Facts whose confidence lies below ``min_confidence`` (0 to 1) are left out."""

    min_confidence: float = _setting(_fraction, "a number from 0 to 1", 0.0)


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How entities of different articles meet.

    Attributes:
        across: Whether they are compared by names, offices, participants and dates; if not, they meet by
            their row in the tables, events and treaties by kind, participants and month.
        pairs: CSV file of pairs that are the same or different, whatever the rules say; None = no file.
        wikidata: Extract of Wikidata (CSV, TSV, JSON lines) to link entities with; None = only the tables.
    """

    across: bool = _setting(_flag, "true or false", True)
    pairs: Path | None = field(default=None, metadata={"check": _path, "allowed": "the path of a CSV file"})
    wikidata: Path | None = field(
        default=None, metadata={"check": _path, "allowed": "the path of a CSV, TSV or JSON lines file"}
    )


@dataclass(frozen=True, slots=True)
class RdfSettings:
    """The graph: under which IRI its things live, and whether what follows by OWL 2 RL is written too."""

    base_iri: str = _setting(_iri, 'an http(s) IRI that ends with "/"', "https://w3id.org/diplomacy-kg/id/")
    infer: bool = _setting(_flag, "true or false", False)


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Where a build writes and how many processes it uses."""

    output: Path = field(
        default=Path("output"), metadata={"check": _folder, "allowed": "the path of a folder"}
    )
    jobs: int = _setting(_count, "a whole number from 1 up", min(2, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, a part a stage. See the module's text for the file form."""

    ingest: IngestSettings = field(default_factory=IngestSettings)
    nlp: NlpSettings = field(default_factory=NlpSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    link: LinkSettings = field(default_factory=LinkSettings)
    rdf: RdfSettings = field(default_factory=RdfSettings)
    build: BuildSettings = field(default_factory=BuildSettings)


_PARTS: dict[str, type[Any]] = {
    "ingest": IngestSettings,
    "nlp": NlpSettings,
    "extract": ExtractSettings,
    "link": LinkSettings,
    "rdf": RdfSettings,
    "build": BuildSettings,
}
_KEYS: dict[str, dict[str, Any]] = {
    part: {f.name: f.metadata for f in fields(cls)} for part, cls in _PARTS.items()
}


def load_settings(config_path: Path | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """Settings from the defaults, a configuration file and the command line, the last one winning.

    Args:
        config_path: The file; None = ``kg.toml`` in the current folder, where there is one.
        overrides: Values by key, either ``"ingest.year"`` or plain ``"year"``. None = not given.

    Raises:
        ConfigError: If the file is missing or is no TOML, a key does not exist or a value is impossible.
    """
    path = config_path
    if path is None and Path(CONFIG_NAME).is_file():
        path = Path(CONFIG_NAME)
    values: dict[str, dict[str, Any]] = {part: {} for part in _PARTS}
    if path is not None:
        for part, table in _read(path).items():
            if part not in _PARTS:
                raise _unknown(str(path), part, [f"[{name}]" for name in _PARTS], list(_PARTS))
            if not isinstance(table, dict):
                raise ConfigError(
                    f"{path}: {part} is {_shown(table)}, not a table",
                    f"write [{part}] on a line of its own and its keys below: {', '.join(_KEYS[part])}",
                )
            for key, value in table.items():
                if key not in _KEYS[part]:
                    raise _unknown(str(path), f"{part}.{key}", list(_KEYS[part]), list(_KEYS[part]))
                values[part][key] = _checked(str(path), part, key, value)
    for name, value in (overrides or {}).items():
        part, key = _find(name)
        if value is not None:
            values[part][key] = _checked("command line", part, key, value)
    return Settings(**{part: cls(**values[part]) for part, cls in _PARTS.items()})


def as_settings(
    settings: Settings | Mapping[str, object] | None, output: Path | str | None = None
) -> Settings:
    """Settings as a caller of the API gives them.

    Args:
        settings: Settings; or values by key, as :func:`load_settings` takes them; None = the defaults and
            ``kg.toml`` of the current folder.
        output: Folder to write into, instead of ``build.output``.

    Raises:
        ConfigError: If they are something else, a key does not exist or a value is impossible.

    >>> as_settings({"pipeline": "rules"}, output="news").build.output.name
    'news'
    """
    if settings is None or isinstance(settings, Mapping):
        settings = load_settings(None, settings)
    if not isinstance(settings, Settings):
        raise ConfigError(
            f"settings cannot be {_shown(settings)}",
            'give Settings or a dict such as {"pipeline": "rules"}; a folder to write to is output=',
        )
    if output is None:
        return settings
    return replace(
        settings, build=replace(settings.build, output=_checked("call", "build", "output", output))
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: no such file", "name an existing configuration file or leave the option out"
        ) from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}", "make the file readable") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text", "save the file as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(
            f"{path}: not valid TOML: {error}", 'write tables and keys as in [ingest] / lang = "ar"'
        ) from error


def _find(name: str) -> tuple[str, str]:
    """Part and key of an override's name."""
    matches = [(part, key) for part, keys in _KEYS.items() for key in keys if name in (key, f"{part}.{key}")]
    if not matches:
        known = [f"{part}.{key}" for part, keys in _KEYS.items() for key in keys]
        raise _unknown("command line", name, known, known)
    return matches[0]


def _checked(where: str, part: str, key: str, value: object) -> Any:
    """The value in its final type.

    Raises:
        ConfigError: If the value is impossible for this key.
    """
    rules = _KEYS[part][key]
    try:
        return rules["check"](value)
    except _BadValueError:
        raise ConfigError(
            f"{where}: {part}.{key} cannot be {_shown(value)}", f"allowed: {rules['allowed']}"
        ) from None


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _unknown(where: str, name: str, shown: list[str], known: list[str]) -> ConfigError:
    close = get_close_matches(name.rpartition(".")[2], [k.rpartition(".")[2] for k in known], n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return ConfigError(f"{where}: there is no setting {name}", f"allowed: {', '.join(shown)}{hint}")
