"""The pipeline on any text at all: it never fails, its facts hold together, and it is deterministic."""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.data.tables import read_table
from kg.errors import ConfigError
from kg.goldjson import from_gold, to_gold
from kg.model import Article
from kg.nlp.pipeline import RULES, annotate, load_pipeline

sys.path.insert(0, str(Path(__file__).parents[1] / "extract"))

from extract_reading import check, pipeline

COLUMNS = {
    "states": ("ar", "adjective", "government_forms"),
    "bodies": ("ar",),
    "igos": ("ar", "short"),
    "armed_groups": ("ar",),
    "media": ("ar",),
    "places": ("ar",),
    "leaders": ("ar", "short"),
    "titles": ("forms",),
    "triggers": ("lemma", "masdars"),
    "reporting": ("lemma",),
    "given_names": ("name",),
    "event_nouns": ("noun",),
    "treaty_nouns": ("noun",),
    "group_nouns": ("noun",),
    "cues": ("form",),
    "named_treaties": ("ar",),
    "months": ("ar",),
    "weekdays": ("ar",),
}
PARTICLES = """
إن أن إلى على عن من مع بين و لم لن س قد إذا الذي التي هو كما بأنه نظيره بلاده البلدان الرئيسان
أمس اليوم الاثنين لمدة عاما القرار 1701 ١٢ Reuters 2025-06-23 😀 🇮🇷 ـــ « » “ ” ( ) [ ]
، ؛ ؟ . ... … : - – # _ " ' َ
"""
SEEDS = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))]
SPACES = ("\n", "\n\n", "\r\n", "\t", "\u00a0", "\u200f", "\u202b", "\u202c", "\u2067", "\ufeff")
JOINTS = (*PARTICLES.split(), *SPACES)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """Every fifth form of the tables: names, titles, verbs, nouns, cues."""
    forms: dict[str, None] = {}
    for table, columns in COLUMNS.items():
        for row in read_table(table):
            for column in columns:
                forms.update(dict.fromkeys(v for v in (row.get(column) or "").split("|") if v))
    return tuple(forms)[::5]


@st.composite
def news(draw: st.DrawFn) -> str:
    """Words of the tables, joined by particles, marks and white space, with and without proclitics."""
    words = st.one_of(
        st.sampled_from(vocabulary()),
        st.sampled_from(JOINTS),
        st.builds(
            "{}{}".format, st.sampled_from(("و", "ل", "ب", "ال", "فال", "لل")), st.sampled_from(vocabulary())
        ),
    )
    parts = draw(st.lists(words, max_size=40))
    joints = draw(
        st.lists(st.sampled_from((" ", " ", " ", "", "، ", "\n")), min_size=len(parts), max_size=len(parts))
    )
    return "".join(part + joint for part, joint in zip(parts, joints, strict=True))


def extract(text: str, title: str = "", date: str | None = "2031-03-04") -> str:
    """Read a text, check what holds for every extraction, and return it as JSON."""
    (extraction,) = annotate(pipeline(), [Article("a", title, text, date=date)])
    check(extraction)
    return json.dumps(to_gold(extraction), ensure_ascii=False)


@given(news())
@example("")
@example(" \n \n")
@example("»«»«")
@example("قال «")
@example("قال: ")
@example("بين و")
@example("الرئيسان و")
@example("وزير الخارجية")
@example("\u202bقال بوتين\u202c: «نعم\n\nلا».")
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_random_news_is_read_without_failure(text: str) -> None:
    extract(text)


@given(news(), news())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_random_headlines_and_articles_without_a_date(title: str, text: str) -> None:
    extract(text, title=title.replace("\n", " ").replace("\r", " "), date=None)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A stretch of a real article with words lost, doubled or exchanged for others."""
    words = draw(st.sampled_from(SEEDS)).split(" ")
    start = draw(st.integers(0, len(words) - 1))
    words = words[start : start + draw(st.integers(1, 80))]
    for _ in range(draw(st.integers(0, 12))):
        i = draw(st.integers(0, len(words) - 1))
        other = draw(
            st.one_of(st.sampled_from(JOINTS), st.sampled_from(vocabulary()), st.sampled_from(words))
        )
        words[i : i + draw(st.integers(0, 3))] = [other]
    return " ".join(words)


@given(mangled())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_mangled_articles_are_read_without_failure(text: str) -> None:
    extract(text)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_failure(text: str) -> None:
    extract(text)


@given(news())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert extract(text) == extract(text)


ARTICLE = (
    "قال وزير الخارجية الأردني سامر حدادين إن بلاده ترحب بالاتفاق بين مصر والسودان. وأضاف: «الهدنة صامدة». "
    "ودان حدادين الهجوم الإسرائيلي على لبنان.\nووقعت مصر والسودان أمس اتفاقية تعاون عسكري لمدة عشر سنوات."
)


def test_a_fresh_pipeline_gives_the_same() -> None:
    (extraction,) = annotate(load_pipeline("rules"), [Article("a", "", ARTICLE, date="2031-03-04")])
    assert json.dumps(to_gold(extraction), ensure_ascii=False) == extract(ARTICLE)


def test_articles_do_not_touch_each_other() -> None:
    other = Article("b", "حدادين يزور الصين", "دانت الصين إسرائيل.", date="2030-01-01")
    first = Article("a", "", ARTICLE, date="2031-03-04")
    found = [to_gold(x) for x in annotate(pipeline(), [other, first, other, first])]
    assert found[0] == found[2]
    assert found[1] == found[3]
    assert json.dumps(found[1], ensure_ascii=False) == extract(ARTICLE)


def test_the_annotation_form_holds_every_fact_and_reads_back() -> None:
    (extraction,) = annotate(pipeline(), [Article("a", "", ARTICLE, date="2031-03-04")])
    out = to_gold(extraction)
    kinds = {fact["kind"] for fact in out["facts"]}
    assert kinds == {"role", "act", "statement", "treaty"}
    assert any(e["type"] == "EVENT" for e in out["entities"])
    again = from_gold(json.loads(json.dumps(out)))
    assert len(again.acts) == len(extraction.acts)
    assert {e.id for e in again.entities} == {e.id for e in extraction.entities}


@given(news())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_what_is_written_can_be_read_back(text: str) -> None:
    from_gold(json.loads(extract(text)))


def test_the_article_is_passed_on_untouched() -> None:
    article = Article("x", "عنوان", "نص", source="بترا", date="2031-03-04", place="عمان", path="x.txt")
    (extraction,) = annotate(pipeline(), [article])
    assert extraction.article is article


def test_a_plain_document_needs_no_article() -> None:
    doc = pipeline()("دانت الصين إسرائيل.")
    assert [a.predicate for a in doc._.extraction.acts] == ["condemns"]


def test_the_components_are_named_with_their_version() -> None:
    assert pipeline().pipe_names == list(RULES)
    assert all(name.rpartition("_v")[2].isdigit() for name in RULES)


def test_an_unknown_pipeline_is_refused() -> None:
    with pytest.raises(ConfigError, match="no pipeline named 'magic'"):
        load_pipeline("magic")
