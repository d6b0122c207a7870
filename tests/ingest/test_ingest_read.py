"""Every format and every way in."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import lzma
import os
import sys
from pathlib import Path

import pytest
from ingest_reading import SEEDS, Reader

from kg.config import FORMATS, IngestSettings
from kg.ingest import Size, count, read
from kg.ingest.registry import READERS
from kg.ingest.source import FORMAT_OF

TITLE = "بوتين يلتقي عراقجي في موسكو"
BODY = "التقى الرئيس الروسي وزير الخارجية الإيراني.\n\nولم تعلن التفاصيل."
PAGE = f"""<!DOCTYPE html>
<html lang="ar"><head><meta charset="utf-8"><title>{TITLE} | الجريدة</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="الجريدة">
<meta property="article:published_time" content="2025-06-23T10:00:00+03:00"></head>
<body><nav><a href="/">الرئيسية</a> <a href="/w">العالم</a></nav><article><h1>{TITLE}</h1>
<p>موسكو (رويترز) - التقى الرئيس الروسي فلاديمير بوتين وزير الخارجية الإيراني عباس عراقجي يوم الاثنين.</p>
<p>وقال الرئيس إن بلاده ستحاول مساعدة الشعب الإيراني، ولم يقدم تفاصيل عن ذلك في كلمته أمام الصحفيين.</p>
</article><footer>حقوق النشر محفوظة</footer></body></html>"""


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def _stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS) == set(FORMAT_OF.values())


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.TXT", "a.txt.gz", "a.txt.xz"])
def test_text(run: Reader, tmp_path: Path, name: str) -> None:
    data = f"{TITLE}\n\n{BODY}\n".encode()
    packed = {".gz": gzip.compress, ".xz": lzma.compress}.get(Path(name).suffix, bytes)(data)
    (tmp_path / name).write_bytes(packed)
    (article,), _ = run(tmp_path / name)
    assert (article.id, article.title, article.text) == ("a", TITLE, BODY + "\n")
    assert (article.lang, article.path) == ("ar", str(tmp_path / name))
    assert article.sha256 == hashlib.sha256(data).hexdigest()


def test_text_is_kept_but_for_line_ends_and_byte_order_mark(run: Reader, tmp_path: Path) -> None:
    body = "سطر\u00a0أول  \n\tسطر\u200fثانٍ\u2028ثالث\nﷺ"
    _write(tmp_path / "a.txt", f"\ufeff\r\n  {TITLE} \r\n{body}".replace("\n\t", "\r\n\t"))
    (article,), _ = run(tmp_path / "a.txt")
    assert article.full_text == f"{TITLE}\n{body}"


@pytest.mark.parametrize(
    "text",
    [
        "كلمة " * 60 + "\nسطر ثان",
        "موسكو (رويترز) - قال الرئيس إن بلاده ترحب.\nسطر ثان",
        "قال الرئيس إنه يرحب.",
        "بوتين يلتقي عراقجي\n",
    ],
)
def test_a_first_line_that_is_body_leaves_the_title_empty(run: Reader, tmp_path: Path, text: str) -> None:
    _write(tmp_path / "a.txt", text)
    (article,), _ = run(tmp_path / "a.txt")
    assert (article.title, article.text) == ("", text)


def test_one_line_on_standard_input_is_an_article(run: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, "أدانت مصر الهجوم".encode())
    (article,), problems = run("-")
    assert (article.title, article.text) == ("", "أدانت مصر الهجوم")
    assert all(problem.severity == "info" for problem in problems)


def test_a_markdown_heading_alone_is_an_article(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "a.md", f"# {TITLE}\n")
    (article,), _ = run(tmp_path / "a.md")
    assert (article.title, article.text) == ("", TITLE)


@pytest.mark.parametrize("head", [f"# {TITLE}\n\n", f"{TITLE}\n=======\n\n"])
def test_markdown(run: Reader, tmp_path: Path, head: str) -> None:
    _write(tmp_path / "a.md", head + BODY)
    (article,), _ = run(tmp_path / "a.md")
    assert (article.title, article.text) == (TITLE, BODY)


def test_markdown_front_matter(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "a.md", f'---\ntitle: "عنوان"\ndate: 2025-06-23\ntags: x\n---\n# {TITLE}\n{BODY}')
    (article,), problems = run(tmp_path / "a.md")
    assert (article.title, article.date, article.text, problems) == ("عنوان", "2025-06-23", BODY, [])


def test_json_object_with_all_fields(run: Reader, tmp_path: Path) -> None:
    record = {
        "id": "Ü 1/أ", "lang": "fa", "source": "وكالة", "date": "2025-06-23", "place": "موسكو",
        "title": TITLE, "text": " نص\r\n", "entities": [], "facts": None, "body": "ignored",
    }  # fmt: skip
    path = _write(tmp_path / "a.json", json.dumps(record))
    (article,), problems = run(path)
    assert problems == []
    assert (article.id, article.lang, article.source, article.date, article.place) == (
        "Ü 1/أ", "fa", "وكالة", "2025-06-23", "موسكو",
    )  # fmt: skip
    assert (article.title, article.text) == (TITLE, " نص\r\n")
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("text", ["text", "body", "content", "article", "Text"])
@pytest.mark.parametrize("date", ["date", "published", "pubdate", "publishedAt"])
def test_aliases(run: Reader, tmp_path: Path, text: str, date: str) -> None:
    record = {text: BODY, date: "2025-06-23", "headline": TITLE, "publisher": "وكالة", "language": "ar-EG"}
    (article,), problems = run(_write(tmp_path / "a.json", json.dumps(record)))
    assert (article.title, article.text, article.source, article.date) == (TITLE, BODY, "وكالة", "2025-06-23")
    assert (article.lang, article.id, problems) == ("ar", "a", [])


def test_json_array_numbers_what_has_no_id(run: Reader, tmp_path: Path) -> None:
    records = [
        {"text": "أول"},
        {"id": 7, "text": "ثان"},
        {"text": "ثالث", "source": {"id": None, "name": "رويترز"}},
    ]
    articles, _ = run(_write(tmp_path / "news.json", json.dumps(records)), year=2025)
    assert [article.id for article in articles] == ["news-1", "7", "news-3"]
    assert articles[2].source == "رويترز"
    assert len({article.sha256 for article in articles}) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.jsonl.xz"])
def test_json_lines(run: Reader, tmp_path: Path, name: str, encoding: str) -> None:
    lines = [json.dumps({"id": str(n), "text": f"{BODY} {n}"}, ensure_ascii=False) for n in range(3)]
    data = "\n\n".join(lines).encode(encoding)
    (tmp_path / name).write_bytes(lzma.compress(data) if name.endswith(".xz") else data)
    articles, problems = run(tmp_path / name, year=2025)
    assert [article.text for article in articles] == [f"{BODY} {n}" for n in range(3)]
    assert {p.severity for p in problems} <= {"info"}
    assert (
        articles[1].sha256
        == hashlib.sha256(lines[1].encode("utf-8" if "utf" in encoding else encoding)).hexdigest()
    )


def test_one_printed_document_as_json_lines(run: Reader, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.jsonl", json.dumps([{"id": "x", "text": BODY}], indent=1))
    (article,), problems = run(path, year=2025)
    assert (article.id, problems) == ("x", [])


def test_lone_surrogates_are_replaced(run: Reader, tmp_path: Path) -> None:
    (article,), _ = run(_write(tmp_path / "a.json", '{"id": "\\ud800", "text": "a\\udfffb"}'))
    assert (article.id, article.text) == ("\ufffd", "a\ufffdb")


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", "\t")])
def test_tables(run: Reader, tmp_path: Path, name: str, mark: str) -> None:
    rows = [["ID", "Headline", "body", "other"], ["x", TITLE, f'"{BODY}"', "?"], ["", TITLE, "نص", ""]]
    text = "\ufeff" + "\r\n".join(mark.join(row) for row in rows) + "\r\n\r\n"
    articles, problems = run(_write(tmp_path / name, text.replace("\n\n", "\r\n\r\n")), year=2025)
    assert problems == []
    assert [(a.id, a.title) for a in articles] == [("x", TITLE), ("a-2", TITLE)]
    assert articles[0].text.replace("\n", "") == BODY.replace("\n", "")
    assert "\r" not in articles[0].text


def test_html(run: Reader, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.html", PAGE)
    (article,), problems = run(path)
    assert problems == []
    assert (article.title, article.source, article.date, article.lang) == (
        TITLE,
        "الجريدة",
        "2025-06-23",
        "ar",
    )
    assert article.place == "موسكو"
    assert article.text.startswith("موسكو (رويترز) - التقى")
    assert article.text.endswith("أمام الصحفيين.")
    assert "الرئيسية" not in article.text
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "no-such-charset"])
def test_html_in_another_encoding(run: Reader, tmp_path: Path, declared: str) -> None:
    path = _write(tmp_path / "a.htm", PAGE.replace('charset="utf-8"', f'charset="{declared}"'), "cp1256")
    (article,), _ = run(path)
    assert article.title == TITLE


def test_folders_are_walked_in_order(run: Reader, tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/x.txt", ".hidden.txt", "b/x.docx", "c/.y/z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        _write(tmp_path / name, f"{TITLE}\n{BODY} {name}")
    articles, _ = run(tmp_path, tmp_path / "a.txt", tmp_path / "b")
    assert [Path(article.path).relative_to(tmp_path).as_posix() for article in articles] == [
        "a.txt", "b/1.txt", "b/2.txt",
    ]  # fmt: skip


def test_equal_stems_get_numbers_and_equal_texts_are_read_once(run: Reader, tmp_path: Path) -> None:
    for folder, body in (("x", BODY), ("y", BODY), ("z", BODY + " تمت")):
        (tmp_path / folder).mkdir()
        _write(tmp_path / folder / "a.txt", f"{TITLE}\n{body}")
    articles, problems = run(tmp_path, year=2025)
    assert [article.id for article in articles] == ["a", "a-2"]
    assert [p.severity for p in problems] == ["warning", "info"]


def test_links_in_a_circle_end(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "a.txt", f"{TITLE}\n{BODY}")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert len(run(tmp_path)[0]) == 1


def test_paths_may_be_path_objects() -> None:
    assert len(list(read([SEEDS], on_problem=print))) == 2


def test_reading_is_lazy(tmp_path: Path) -> None:
    _write(tmp_path / "a.jsonl", '{"id": "a", "text": "نص"}\nbroken\n')
    problems: list[object] = []
    articles = read([str(tmp_path)], settings=IngestSettings(year=2025), on_problem=problems.append)
    assert next(articles).id == "a"
    assert problems == []
    assert next(articles, None) is None
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (f"{TITLE}\n{BODY}", ["stdin"]),
        ('{"id": "x", "text": "نص"}', ["x"]),
        ('[{"id": "x", "text": "نص"}]', ["x"]),
        ('{"id": "x",\n "text": "نص"}\n', ["x"]),
        ('{"id": "x", "text": "نص"}\n{"id": "y", "text": "نص"}\n', ["x", "y"]),
        ("id,text\nx,نص\ny,نص\n", ["x", "y"]),
        ("id\ttext\nx\tنص\n", ["x"]),
        (PAGE, ["stdin"]),
    ],
)
def test_standard_input_is_sniffed(
    run: Reader, data: str, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for raw in (
        data.encode(),
        ("\ufeff" + data).encode(),
        gzip.compress(data.encode()),
        lzma.compress(data.encode()),
    ):
        _stdin(monkeypatch, raw)
        articles, problems = run("-", "-", year=2025)
        assert [article.id for article in articles] == ids
        assert {article.path for article in articles} == {"-"}
        assert problems == []


def test_standard_input_in_a_named_format(run: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, b"id,text,date\nx,a,2025\n")
    assert [a.id for a in run("-", format="csv")[0]] == ["x"]
    _stdin(monkeypatch, b"id,text,date\nx,a,2025\n")
    assert run("-", format="json")[0] == []


def test_empty_standard_input(run: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, b"")
    articles, (problem,) = run("-")
    assert (articles, problem.path, problem.cause) == ([], "-", "empty file")


def test_a_named_format_reads_files_of_unknown_endings(run: Reader, tmp_path: Path) -> None:
    (article,), _ = run(_write(tmp_path / "a.story", f"{TITLE}\n{BODY}"), format="text")
    assert (article.id, article.title) == ("a", TITLE)


def test_date_from_the_file_name(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "2025-06-24_a.txt", f"{TITLE}\n{BODY}")
    _write(tmp_path / "2025-06-24_b.txt", f"{TITLE}\nموسكو، 23 يونيو (رويترز) - {BODY}")
    _write(tmp_path / "2025-06-24_c.txt", f"{TITLE}\nموسكو، 3 مايو 2024 (رويترز) - {BODY}")
    articles, problems = run(tmp_path)
    assert [a.date for a in articles] == ["2025-06-24", "2025-06-23", "2024-05-03"]
    assert problems == []


def test_date_from_the_file_only_on_request(run: Reader, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", f"{TITLE}\n{BODY}")
    os.utime(path, (1_750_680_000, 1_750_680_000))
    assert run(path)[0][0].date is None
    (article,), problems = run(path, file_dates=True)
    assert (article.date, problems) == ("2025-06-23", [])


def test_a_dateline_without_a_year_stays_open(run: Reader, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", f"{TITLE}\nموسكو، 23 يونيو (رويترز) - {BODY}")
    (article,), (problem,) = run(path)
    assert article.date is None
    assert (problem.severity, problem.cause) == ("warning", "the dateline says 23 يونيو but no year")


def test_language_option_is_for_articles_that_do_not_say(run: Reader, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.jsonl", '{"id": "a", "text": "نص"}\n{"id": "b", "lang": "en", "text": "نص"}\n'
    )
    assert [a.lang for a in run(path, lang="fa")[0]] == ["fa", "en"]


def test_sidecar(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "a.txt", f"{TITLE}\nموسكو (رويترز) - {BODY}")
    _write(tmp_path / "b.jsonl", '{"id": "x", "text": "نص", "date": "2020"}\n{"id": "y", "text": "نص آخر"}\n')
    _write(
        tmp_path / "metadata.csv",
        "\ufefffile,id,date,source,lang,place,note\r\n"
        "a.txt,first,2025-06-23,,ur,طهران,x\r\n"
        ",x,24/06/2025,وكالة,,,\r\n"
        "c.txt,,2025,,,,\r\n"
        "b.jsonl,,أمس,,,,\r\n",
    )
    articles, problems = run(tmp_path)
    assert [(a.id, a.date, a.source, a.lang, a.place) for a in articles] == [
        ("first", "2025-06-23", "رويترز", "ur", "طهران"),
        ("x", "2025-06-24", "وكالة", "ar", None),
        ("y", None, None, "ar", None),
    ]
    notes = [(Path(p.path).name, p.line, p.severity) for p in problems]
    assert notes[:2] == [("metadata.csv", 4, "warning"), ("metadata.csv", 5, "warning")]
    assert "there is no file c.txt" in problems[0].cause
    assert "no date: أمس" in problems[1].cause


def test_a_table_of_articles_may_be_called_metadata(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "metadata.csv", "id,text\nx,نص\n")
    assert [a.id for a in run(tmp_path, year=2025)[0]] == ["x"]


def test_broken_sidecar_is_reported(run: Reader, tmp_path: Path) -> None:
    _write(tmp_path / "a.txt", f"{TITLE}\n{BODY}")
    (tmp_path / "metadata.csv").write_bytes(b"file,date\n\x00\x01\x02")
    articles, problems = run(tmp_path, year=2025)
    assert len(articles) == 1
    assert [(p.severity, "cannot be read" in p.cause) for p in problems] == [("warning", True)]


def test_same_input_same_output(run: Reader, tmp_path: Path, first: str, second: str) -> None:
    _write(tmp_path / "a.txt", first + second)
    _write(tmp_path / "b.html", PAGE)
    assert run(tmp_path, SEEDS) == run(tmp_path, SEEDS)


def test_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "a.txt", BODY)
    _write(tmp_path / "b.jsonl", "{}\n\n{}\n{}")
    _write(tmp_path / "c.json", "[1, 2]")
    _write(tmp_path / "d.csv", 'id,text\n1,"نص\nطويل"\n2,نص\n')
    _write(tmp_path / "e.html", PAGE)
    (tmp_path / "f.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    assert count([str(tmp_path)]) == Size(files=6, records=11, exact=True)
    _write(tmp_path / "g.json", "[1, 2")
    assert count([str(tmp_path)]) == Size(files=7, records=12, exact=False)
    assert count([tmp_path / "a.txt", "-"]) == Size(files=2, records=2, exact=False)
    assert count([]) == Size(0, 0, True)
