"""The shipped trained pipeline: it loads, reads the seeds well, and says in one line what is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.errors import ConfigError
from kg.evaluate import score
from kg.goldjson import from_gold, to_gold
from kg.model import Article
from kg.nlp.pipeline import MODELS, annotate, load_pipeline, shipped

GOLD = sorted((Path(__file__).parents[1] / "gold" / "seeds").glob("*.json"))
NEW = Article(
    "new",
    "كالدوريا تندد بقصف ميناء نوردافيا",
    "نددت وزيرة الخارجية الكالدورية ليلى الزاهدي يوم الاثنين بالقصف الذي تعرض له ميناء نوردافيا، "
    "ودعت روسيا إلى سحب قواتها. وقالت الزاهدي إن بلادها سترسل مساعدات طبية إلى المتضررين.",
    date="2027-03-02",
)


@lru_cache(maxsize=1)
def trained() -> Language:
    return load_pipeline("ar")


def test_it_is_shipped_small_and_with_its_card() -> None:
    assert shipped() == ["rules", "ar"]
    size = sum(path.stat().st_size for path in (MODELS / "ar").rglob("*") if path.is_file())
    assert size < 50e6
    card = (MODELS / "ar" / "README.md").read_text("utf-8")
    for word in ("Data", "Licence", "Scores", "Limits", "rebuild"):
        assert word.lower() in card.lower()


def test_it_reads_the_seeds_well() -> None:
    gold = {d["id"]: d for d in (json.loads(path.read_text("utf-8")) for path in GOLD)}
    articles = [from_gold(d).article for d in gold.values()]
    found = {e.article.id: to_gold(e) for e in annotate(trained(), articles)}
    report = score(gold, found)
    assert report.scores["entity"].f1 > 0.9
    assert report.scores["role"].f1 > 0.9
    assert report.scores["act:plover"].f1 > 0.4
    assert report.scores["statement"].f1 > 0.75


def test_it_reads_names_that_no_table_has() -> None:
    (found,) = annotate(trained(), [NEW])
    people = [e.name for e in found.entities if e.type == "PERSON"]
    assert people == ["ليلى الزاهدي"]
    minister = next(e.id for e in found.entities if e.type == "PERSON")
    assert {(a.predicate, minister in a.actors) for a in found.acts} >= {("requests", True)}
    assert any(s.speaker == minister for s in found.statements)
    for act in found.acts:
        assert found.article.full_text[act.trigger.start : act.trigger.end] == act.trigger.text
        assert 0 < act.confidence < 1
        assert act.method == "kg.learned_acts.v1"


def test_an_article_reads_the_same_alone_and_among_others() -> None:
    others = [from_gold(json.loads(GOLD[0].read_text("utf-8"))).article]
    (alone,) = annotate(trained(), [NEW])
    *_, among = annotate(trained(), [*others, NEW])
    assert alone == among


@pytest.mark.parametrize("text", ["", " \n", "…", "َُِ", "x" * 3000, "قال " * 700])
def test_odd_texts_break_nothing(text: str) -> None:
    (found,) = annotate(trained(), [Article("odd", "", text)])
    assert not found.treaties


def test_spacy_finds_the_components_by_itself() -> None:
    code = (
        "import sys, spacy; nlp = spacy.load(sys.argv[1]); assert 'kg' not in sys.argv;"
        "doc = nlp('قال الرئيس الروسي فلاديمير بوتين إن موسكو ترفض العقوبات.');"
        "print([e.en for e in doc._.extraction.entities])"
    )
    command = [sys.executable, "-c", code, str(MODELS / "ar")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout
    assert "Vladimir Putin" in shown


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"no pipeline named 'no-such'.*rules, ar"):
        load_pipeline("no-such")


def test_a_damaged_file_is_one_error(tmp_path: Path) -> None:
    for number, part in enumerate(
        ("reader/heads.npz", "tok2vec/model", "config.cfg", "reader/confidence.json")
    ):
        copy = tmp_path / str(number)
        shutil.copytree(MODELS / "ar", copy)
        data = (copy / part).read_bytes()
        (copy / part).write_bytes(data[: len(data) // 2])
        with pytest.raises(ConfigError, match=r"rebuild|again|anew") as error:
            load_pipeline(str(copy))
        assert "\n" not in str(error.value)


def test_a_pipeline_without_the_facts_is_refused(tmp_path: Path) -> None:
    spacy.blank("ar").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigError, match="no component that builds facts"):
        load_pipeline(str(tmp_path / "blank"))
