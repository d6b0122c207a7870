from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.arabic import Reading, fold, variants


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("والصين", (("و",), "الصين", "")),
        ("والصين", (("و", "ال"), "صين", "")),
        ("لإيران", (("ل",), "ايران", "")),
        ("للصين", (("ل",), "الصين", "")),
        ("وللصين", (("و", "ل", "ال"), "صين", "")),
        ("للجنة", (("ل", "ال"), "لجنه", "")),
        ("بالهجمات", (("ب",), "الهجمات", "")),
        ("فبالقمة", (("ف", "ب", "ال"), "قمه", "")),
        ("كالصين", (("ك", "ال"), "صين", "")),
        ("وسيزور", (("و", "س"), "يزور", "")),
        ("زيارته", ((), "زياره", "ه")),
        ("لزيارتهما", (("ل",), "زياره", "هما")),
        ("مستواها", ((), "مستوي", "ها")),
        ("أصدقاؤه", ((), "اصدقاء", "ه")),
        ("دعاني", ((), "دعا", "ني")),
        ("بلادنا", ((), "بلاد", "نا")),
    ],
)
def test_readings(word: str, reading: Reading) -> None:
    assert reading in variants(word)


@pytest.mark.parametrize("word", ["ألمانيا", "إيران"])
def test_initial_hamza_is_no_article_and_no_particle(word: str) -> None:
    assert all(not reading.proclitics for reading in variants(word))


def test_final_ta_marbuta_is_no_pronoun() -> None:
    assert all(not reading.enclitic for reading in variants("زيارة"))


def test_sin_only_before_present_tense() -> None:
    assert all("س" not in reading.proclitics for reading in variants("سفير"))


def test_foreign_words_have_one_reading() -> None:
    assert variants("NATO") == (Reading((), "nato", ""),)


@given(st.text(alphabet="ابتوفلكسهمنياىةأإؤئ", min_size=1, max_size=12))
def test_bare_reading_first_and_all_distinct(word: str) -> None:
    found = variants(word)
    assert found[0] == Reading((), fold(word), "")
    assert len(set(found)) == len(found)
    assert all(len(reading.stem) >= 2 for reading in found[1:])
