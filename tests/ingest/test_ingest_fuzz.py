"""No bytes make the readers raise."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_reading import SEEDS

from kg.ingest import Problem, count, read
from kg.ingest.source import FORMAT_OF

NAMES = sorted({f"a{ending}" for ending in FORMAT_OF} | {"a.txt.gz", "a.jsonl.xz", "metadata.csv"})
SEED = (SEEDS / "putin-meets-araghchi.txt").read_bytes()[:600]
PIECES = st.sampled_from(
    [
        b'{"id": "x", "text": "',
        b'"}',
        b"\n",
        b"[",
        b"]",
        b"id,text,date\n",
        b'"',
        b",",
        b"\xff\xfe",
        b"\0",
        b"\x0c",
        b"=====\n",
        b"<html><body><p>",
        b"</p>",
        b"&#xD800;",
        b"<meta charset=utf-16>",
        b"\\ud800",
        b"---\n",
        b"\xef\xbb\xbf",
        b"file,date\n",
        "موسكو، 31 فبراير 9999 (رويترز) - ".encode(),
        "اليوم الاثنين 99 يونيو 2025".encode(),
        SEED,
        SEED.decode("utf-8", "ignore").encode("cp1256", "ignore"),
    ]
)
DATA = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=12).map(b"".join),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=DATA)
def test_arbitrary_bytes_yield_articles_or_problems(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        problems: list[Problem] = []
        articles = list(read([str(path), folder], on_problem=problems.append))
        assert articles or problems
        for article in articles:
            assert article.text.strip()
            assert len(article.sha256) == 64
            article.full_text.encode()
            f"{article.id}{article.source}{article.date}{article.place}{article.lang}{article.path}".encode()
        for problem in problems:
            assert "\n" not in str(problem)
            str(problem).encode()
        count([folder])
