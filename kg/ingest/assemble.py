"""Settle what a record leaves open - id, language, date, publisher, place - and make the article."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kg.config import IngestSettings
from kg.ingest import dates
from kg.ingest.dateline import Dateline, find
from kg.ingest.language import detect
from kg.ingest.problem import Problem, Reporter
from kg.ingest.record import Record
from kg.ingest.sidecar import Metadata, Sidecar, load
from kg.ingest.source import Source
from kg.model import Article

_LANG = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_NO_METADATA = Metadata()
_SAY_DATE = "say it in metadata.csv (columns file, date) or with the year option"


class Assembler:
    """Makes articles of records; remembers the ids of a run so that each is given once."""

    def __init__(self, settings: IngestSettings, sink: Callable[[Problem], None]) -> None:
        self._settings = settings
        self._sink = sink
        self._content: dict[str, bytes] = {}
        self._undated: set[str] = set()
        self._sidecars: dict[Path, Sidecar] = {}

    def article(self, record: Record, source: Source, report: Reporter) -> Article | None:
        """The article of a record, or None where the run already has it under the same id."""
        metadata = self._metadata(record, source)
        explicit = metadata.id or record.id
        wanted = explicit or source.stem
        if record.number is not None and record.id is None:
            wanted = f"{wanted}-{record.number}"
        dateline = find(record.text)
        date = metadata.date or self._date(record, source, dateline, report)
        article = Article(
            id=wanted,
            title=record.title,
            text=record.text,
            lang=metadata.lang or self._lang(record, report),
            source=metadata.source or record.source or (dateline.publisher if dateline else None),
            date=date,
            place=metadata.place or record.place or (dateline.place if dateline else None),
            path=source.path,
            sha256=record.sha256,
        )
        return self._unique(article, report, record.line, explicit=explicit is not None)

    def _metadata(self, record: Record, source: Source) -> Metadata:
        if source.folder is None or source.file is None:
            return _NO_METADATA
        if source.folder not in self._sidecars:
            self._sidecars[source.folder] = load(source.folder, self._sink)
        sidecar = self._sidecars[source.folder]
        by_id = sidecar.by_id.get(record.id or source.stem, _NO_METADATA)
        by_file = sidecar.by_file.get(source.file.name) or sidecar.by_file.get(source.name) or _NO_METADATA
        # A row about one record is closer than one about its file; a file's id cannot name several.
        return Metadata(
            id=by_file.id if record.number is None else None,
            date=by_id.date or by_file.date,
            source=by_id.source or by_file.source,
            lang=by_id.lang or by_file.lang,
            place=by_id.place or by_file.place,
        )

    def _lang(self, record: Record, report: Reporter) -> str:
        if record.lang is not None:
            match = _LANG.match(record.lang.strip())
            if match:
                return match[0].lower()
            report.warning(
                f"no language code: {record.lang[:40]}",
                'write a code such as "ar"; the text decides now',
                record.line,
            )
        return self._settings.lang or detect(f"{record.title}\n{record.text}")

    def _date(
        self, record: Record, source: Source, dateline: Dateline | None, report: Reporter
    ) -> str | None:
        """The best date there is, in the order of trust; what is inferred or missing is reported."""
        if record.date is not None:
            known = dates.metadata_date(record.date)
            if known is not None:
                return known
            report.warning(
                f"no date: {record.date[:40]}", "write it as 2025-06-23, 2025-06 or 2025", record.line
            )
        named = dates.from_name(source.name)
        if dateline is not None and dateline.date is not None:
            found = dates.full_date(dateline.date) or self._with_year(dateline.date, record, named, report)
            if found is not None:
                return found
        found = dates.today_in(record.text)
        if found is not None:
            return found
        if named is not None:
            return named.isoformat()
        if self._settings.file_dates and source.file is not None:
            return _file_date(source.file)
        if self._settings.year is not None:
            return str(self._settings.year)
        if (dateline is None or dateline.date is None) and source.path not in self._undated:
            self._undated.add(source.path)
            report.info("no date found; words such as الاثنين stay undated", _SAY_DATE, record.line)
        return None

    def _with_year(
        self, words: str, record: Record, named: datetime.date | None, report: Reporter
    ) -> str | None:
        """The day that a dateline without a year means."""
        day = dates.month_and_day(words)
        if day is None:
            return None
        if named is not None:
            return dates.near(*day, named)
        if self._settings.year is not None:
            return dates.iso(self._settings.year, *day)
        year = dates.year_from_text(f"{record.title}\n{record.text}", *day)
        if year is None:
            report.warning(f"the dateline says {words} but no year", _SAY_DATE, record.line)
            return None
        report.warning(
            f"the dateline says {words} but no year; {year} is inferred from the text", _SAY_DATE, record.line
        )
        return dates.iso(year, *day)

    def _unique(
        self, article: Article, report: Reporter, line: int | None, *, explicit: bool
    ) -> Article | None:
        content = hashlib.sha256(article.full_text.encode()).digest()
        if article.id not in self._content:
            self._content[article.id] = content
            return article
        if self._content[article.id] == content:
            report.warning(
                f"article {article.id} was read before, with the same text; skipped",
                "remove one of the two",
                line,
            )
            return None
        number = 2
        while (name := f"{article.id}-{number}") in self._content:
            if self._content[name] == content:
                report.warning(
                    f"article {name} was read before, with the same text; skipped",
                    "remove one of the two",
                    line,
                )
                return None
            number += 1
        self._content[name] = content
        tell = report.warning if explicit else report.info
        tell(
            f"another article has the id {article.id}; this one is named {name}",
            "give each article an id of its own",
            line,
        )
        return replace(article, id=name)


def _file_date(file: Path) -> str | None:
    try:
        stamp = file.stat().st_mtime
    except OSError:
        return None
    return datetime.datetime.fromtimestamp(stamp, datetime.UTC).date().isoformat()
