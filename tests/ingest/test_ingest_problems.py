"""Every kind of bad input: what is said, how bad it is, and what is still read."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path

import pytest
from ingest_reading import SEEDS, Reader

from kg.ingest import Problem
from kg.ingest import record as record_module

GOOD = '{"id": "ok", "title": "عنوان", "text": "نص المقال.", "date": "2025"}'
LONG = "قال الرئيس الروسي فلاديمير بوتين يوم الاثنين إن بلاده ترحب بالاتفاق الذي وقعه الطرفان في موسكو أمس."

# File name, bytes, ids read, (severity, line, words of the message) in order.
CASES: dict[str, tuple[str, bytes, list[str], list[tuple[str, int | None, str]]]] = {
    "empty text": ("a.txt", b"", [], [("error", None, "empty file")]),
    "only blanks": ("a.txt", b" \n\n ", [], [("error", None, "empty file")]),
    "only a byte-order mark": ("a.txt", b"\xef\xbb\xbf", [], [("error", None, "empty file")]),
    "empty JSON": ("a.json", b"", [], [("error", None, "empty file")]),
    "empty JSONL": ("a.jsonl", b"\n\n", [], [("error", None, "empty file")]),
    "empty CSV": ("a.csv", b"", [], [("error", None, "empty file")]),
    "empty HTML": ("a.html", b"", [], [("error", None, "empty file")]),
    "binary": ("a.txt", b"\x00\x01\x02\x03\xff", [], [("error", None, "not text but binary data")]),
    "PDF": ("a.txt", b"%PDF-1.7\n", [], [("error", None, "not text but a PDF document")]),
    "Office file": ("a.txt", b"PK\x03\x04\x14", [], [("error", None, "an Office document")]),
    "undecodable": ("a.txt", b"\xff\xfb\xf7\xff\xfb\xf7", [], [("error", None, "cannot be decoded")]),
    "broken UTF-8": (
        "a.txt",
        "عنوان قصير\n".encode() + LONG.encode() + b"\xff",
        ["a"],
        [("warning", None, "1 invalid bytes"), ("info", None, "no date found")],
    ),
    "only front matter": ("a.md", b"---\ntitle: x\n---\n", [], [("error", 1, "no text")]),
    "broken JSON": ("a.json", b'{"id": "x",\n "text": }', [], [("error", 2, "broken JSON: Expecting value")]),
    "JSON scalar": ("a.json", b"42", [], [("error", None, "no object")]),
    "empty array": ("a.json", b"[]", [], [("error", None, "an empty array")]),
    "deep JSON": ("a.json", b"[" * 100_000, [], [("error", None, "nested too deeply")]),
    "huge number": ("a.json", b"1" * 5000, [], [("error", None, "broken JSON")]),
    "JSON without text": ("a.json", b'{"id": "x", "title": "t"}', [], [("error", None, "no text")]),
    "JSON with text of another type": (
        "a.json",
        b'{"text": ["a", "b"]}',
        [],
        [("error", None, "field text is a list, not text")],
    ),
    "array with a bad record": (
        "a.json",
        f'[{GOOD}, {{"title": "t"}}, 7]'.encode(),
        ["ok"],
        [("error", None, "record 2: no text"), ("error", None, "record 3 is no object")],
    ),
    "broken JSON line": (
        "a.jsonl",
        f'{GOOD}\n{{"id": "x", "text": "y\n[1]\n{{"id": "last", "text": "نص", "date": "2025"}}\n'.encode(),
        ["ok", "last"],
        [("error", 2, "broken JSON"), ("error", 3, "no object")],
    ),
    "JSON line without text": (
        "a.jsonl",
        f'{{"id": "x", "text": " "}}\n{GOOD}'.encode(),
        ["ok"],
        [("error", 1, "no text")],
    ),
    "undecodable JSON line": (
        "a.jsonl",
        b'{"text": "' + b"\xff\xfb\xf7" * 20 + b'"}\n' + GOOD.encode(),
        ["ok"],
        [("error", 1, "cannot be decoded")],
    ),
    "bad date": (
        "a.json",
        '{"id": "ok", "text": "نص", "date": "لا أحد يعلم"}'.encode(),
        ["ok"],
        [("warning", None, "no date: لا أحد يعلم"), ("info", None, "no date found")],
    ),
    "bad language": (
        "a.json",
        '{"id": "ok", "text": "نص", "date": "2025", "language": "Arabic"}'.encode(),
        ["ok"],
        [("warning", None, "no language code: Arabic")],
    ),
    "CSV without a text column": (
        "a.csv",
        b"id,headline\n1,x\n",
        [],
        [("error", 1, "no text column among id, headline")],
    ),
    "CSV of a header alone": ("a.csv", b"id,text\n\n", [], [("error", None, "a header without rows")]),
    "CSV row without text": (
        "a.csv",
        "id,text,date\n1,,2025\nok,نص,2025\n".encode(),
        ["ok"],
        [("error", 2, "no text")],
    ),
    "CSV row with too many cells": (
        "a.csv",
        "id,date,text\n1,2025,نص, تمت\nok,2025,نص\n".encode(),
        ["ok"],
        [("error", 2, "4 cells in a row of a table with 3 columns")],
    ),
    "CSV with an open quotation mark": (
        "a.csv",
        'id,date,text\n1,2025,"نص\nok,2025,نص\n'.encode(),
        ["ok"],
        [("error", 2, "never closed")],
    ),
    "CSV with an open quotation mark that the next one closes": (
        "a.csv",
        'id,date,text\n1,2025,"نص\nok,2025,نص\n2,2025,"آخر\n'.encode(),
        ["ok", "2"],
        [("error", 2, "inside a cell that one opens")],
    ),
    "HTML without an article": (
        "a.html",
        b"<html><body><nav><a href='/'>x</a></nav></body></html>",
        [],
        [("error", None, "no article text in this page")],
    ),
    "damaged gzip": (
        "a.txt.gz",
        gzip.compress(LONG.encode())[:-9],
        [],
        [("error", None, "damaged compressed")],
    ),
    "no gzip at all": ("a.txt.gz", LONG.encode(), [], [("error", None, "damaged compressed")]),
    "damaged xz": ("a.jsonl.xz", b"\xfd7zXZ\x00broken", [], [("error", None, "damaged compressed")]),
    "unsupported format": ("a.docx", b"PK\x03\x04", [], [("error", None, "files ending in .docx")]),
    "no ending": ("README", b"text", [], [("error", None, "the format is unknown")]),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input(run: Reader, tmp_path: Path, case: str) -> None:
    name, data, ids, expected = CASES[case]
    (tmp_path / name).write_bytes(data)
    articles, problems = run(tmp_path / name)
    assert [article.id for article in articles] == ids
    assert [(p.severity, p.line) for p in problems] == [(severity, line) for severity, line, _ in expected]
    for problem, (_, _, words) in zip(problems, expected, strict=True):
        assert words in problem.cause
        assert problem.mend
        assert problem.path == str(tmp_path / name)
        assert "\n" not in str(problem)


@pytest.mark.parametrize("case", CASES)
def test_bad_input_does_not_stop_the_files_after_it(run: Reader, tmp_path: Path, case: str) -> None:
    name, data, ids, _ = CASES[case]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.json").write_text('{"id": "z", "text": "نص آخر"}', encoding="utf-8")
    articles, _ = run(tmp_path)
    assert [article.id for article in articles] == [*ids, "z"]


def test_missing_path(run: Reader, tmp_path: Path) -> None:
    articles, (problem,) = run(tmp_path / "none.txt", SEEDS / "putin-meets-araghchi.txt")
    assert len(articles) == 1
    assert (problem.severity, problem.cause) == ("error", "no such file or folder")


@pytest.mark.parametrize("path", ["", "\0", "a" * 5000])
def test_impossible_path(run: Reader, tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    articles, problems = run(path)
    assert articles == []
    assert len(problems) == 1


def test_no_permission(run: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests may be root, whom no permission stops.
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    shutil.copy(SEEDS / "putin-meets-araghchi.txt", tmp_path / "b.txt")
    really = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return really(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    articles, problems = run(tmp_path, year=2025)
    assert [article.id for article in articles] == ["b"]
    assert [(p.path, p.cause) for p in problems] == [(str(tmp_path / "a.txt"), "no permission to read it")]


def test_unreadable_folder(run: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(root: Path, onerror: object) -> list[object]:
        onerror(PermissionError(13, "Permission denied", str(root / "secret")))  # type: ignore[operator]
        return []

    monkeypatch.setattr(os, "walk", walk)
    articles, (problem,) = run(tmp_path)
    assert articles == []
    assert (problem.path, problem.cause) == (str(tmp_path / "secret"), "no permission to read it")


def test_folder_without_articles(run: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / ".hidden.txt").write_text(LONG, encoding="utf-8")
    articles, (problem,) = run(tmp_path)
    assert articles == []
    assert (problem.severity, problem.cause) == ("warning", "no articles in this folder")


def test_not_a_regular_file(run: Reader) -> None:
    articles, problems = run("/dev/null", format="text")
    assert articles == []
    assert [p.cause for p in problems] == ["not a regular file"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv"])
def test_too_large(run: Reader, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.ingest.html
    import kg.ingest.jsonl
    import kg.ingest.text

    for module in (record_module, kg.ingest.text, kg.ingest.html):
        monkeypatch.setattr(module, "MAX_CHARS", 1000)
    monkeypatch.setattr(kg.ingest.jsonl, "_MAX_LINE", 1500)
    body = "كلمة " * 300
    record = json.dumps({"id": "big", "text": body}, ensure_ascii=False)
    small = '{"id": "small", "text": "نص"}'
    data = {
        "a.txt": body,
        "a.html": f"<html><body><p>{body}</p></body></html>",
        "a.jsonl": f"{record}\n{small}\n{record}",
        "a.json": f"[{record},{small}]",
        "a.csv": f"id,text\nbig,{body}\nsmall,نص\n",
    }[name]
    (tmp_path / name).write_text(data, encoding="utf-8")
    articles, problems = run(tmp_path / name, year=2025)
    assert [article.id for article in articles] == ([] if name in ("a.txt", "a.html") else ["small"])
    assert {p.severity for p in problems} == {"error"}
    assert all("too large" in p.cause for p in problems)
    assert [p.line for p in problems] == {"a.jsonl": [1, 3], "a.csv": [2]}.get(name, [None])


def test_two_articles_in_one_file(run: Reader, tmp_path: Path, first: str, second: str) -> None:
    (tmp_path / "both.txt").write_text(first + second, encoding="utf-8")
    articles, problems = run(tmp_path / "both.txt", year=2025)
    assert [article.id for article in articles] == ["both-1", "both-2"]
    assert [article.title for article in articles] == [first.split("\n")[0], second.split("\n")[0]]
    assert articles[0].sha256 != articles[1].sha256
    assert [(p.severity, p.line) for p in problems] == [("warning", first.count("\n") + 1)]
    assert "another article begins here" in problems[0].cause


def test_perhaps_two_articles_in_one_file(run: Reader, tmp_path: Path, second: str) -> None:
    body = second.partition("\n")[2].partition("\n")[2]
    (tmp_path / "both.txt").write_text(f"{second}\n-----\n{body}", encoding="utf-8")
    articles, problems = run(tmp_path / "both.txt", year=2025)
    assert [article.id for article in articles] == ["both"]
    assert [(p.severity, p.cause) for p in problems] == [
        ("warning", "another article may begin here; read as one article")
    ]


def test_duplicate_ids(run: Reader, tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": "نص أول", "date": "2025"}',
        '{"id": "a", "text": "نص ثان", "date": "2025"}',
        '{"id": "a", "text": "نص أول", "date": "2025"}',
        '{"id": "a", "text": "نص ثان", "date": "2025"}',
        '{"id": "a-2", "text": "نص ثالث", "date": "2025"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, problems = run(tmp_path / "a.jsonl")
    assert [(a.id, a.text) for a in articles] == [("a", "نص أول"), ("a-2", "نص ثان"), ("a-2-2", "نص ثالث")]
    assert [(p.severity, p.line) for p in problems] == [("warning", n) for n in (2, 3, 4, 5)]
    assert "skipped" in problems[1].cause
    assert "named a-2-2" in problems[3].cause


def test_a_flood_of_broken_lines_is_summed_up(run: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        GOOD + "\n" + "{\n" * 200 + '{"id": "z", "text": "نص"}', encoding="utf-8"
    )
    articles, problems = run(tmp_path / "a.jsonl")
    assert [article.id for article in articles] == ["ok", "z"]
    errors = [p for p in problems if p.severity == "error"]
    assert len(errors) == 51
    assert "150 more lines" in errors[-1].cause


def test_a_table_of_broken_rows_is_given_up(run: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n" + 'x,"y"z"\n' * 100 + 'a,"b\n' * 120, encoding="utf-8")
    _, problems = run(tmp_path / "a.csv", year=2025)
    errors = [p.cause for p in problems if p.severity == "error"]
    assert len(errors) == 51
    assert errors[-1] == "the rest of the table is not read"


def test_a_problem_prints_as_one_line() -> None:
    problem = Problem("a.txt", 3, "wrong\nthing", "mend it")
    assert str(problem) == "a.txt:3: wrong thing — mend it"
    assert str(Problem("a.txt", None, "wrong", "")) == "a.txt: wrong"
