"""The tokenizer loses nothing; quotes and stops are tokens of their own. The phrase matcher on top of it."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.arabic import fold
from kg.nlp.tokenizer import NewsTokenizer, split_words
from kg.nlp.trie import Match, Trie

TOKENIZER = NewsTokenizer(spacy.blank("ar").vocab)
MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "ابتسموقلكفيإأآىةؤئءًٌَُِّْـ«»“”\"'’()[]،؛؟.…:-–—_#@ \u00a0\t\n\r\u200c\u200d\u200f\u202b٠١٢٣0123"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(MIXED)
@example("")
@example("  مسافتان  ")
@example("\n\nسطر\r\nسطر \n")
@example("\u202bنص\u202c 😀👩‍👩‍👧 🇸🇦")
@settings(max_examples=200, deadline=None)
def test_no_character_is_lost(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    assert "".join(t.text_with_ws for t in doc) == text
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in doc)


@given(MIXED)
@settings(max_examples=100, deadline=None)
def test_words_and_tokens_are_the_same(text: str) -> None:
    assert split_words(text) == [t.text for t in TOKENIZER(text) if not t.is_space]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال: «نعم».", ["قال", ":", "«", "نعم", "»", "."]),
        ('قال:"نعم"', ["قال", ":", '"', "نعم", '"']),
        ("النار».", ["النار", "»", "."]),
        ("#الولايات_المتحدة", ["#", "الولايات", "_", "المتحدة"]),
        ("جونغ-أون", ["جونغ", "-", "أون"]),
        ("الصّيـــن", ["الصّيـــن"]),
        ("12.5 و 3,000", ["12.5", "و", "3,000"]),
        ("٢٣/٦/٢٠٢٥", ["٢٣/٦/٢٠٢٥"]),
        ("انتظر... ثم...", ["انتظر", "...", "ثم", "..."]),
        ("د. سامر", ["د", ".", "سامر"]),
        ("O'Brien", ["O'Brien"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_the_tokenizer_survives_saving(tmp_path: object) -> None:
    assert TOKENIZER.from_bytes(TOKENIZER.to_bytes())("قال: «نعم».").text == "قال: «نعم»."


STATES = Trie(
    [
        ("الصين", "cn"),
        ("إيران", "ir"),
        ("الولايات المتحدة", "us"),
        ("الولايات المتحدة الأمريكية", "us"),
        ("الكرملين", "kr"),
    ]
)


def match(text: str) -> Match[str] | None:
    words = split_words(text)
    return STATES.match(words, [fold(w) for w in words], 0)


@pytest.mark.parametrize(
    ("text", "value", "length", "proclitics"),
    [
        ("الصين", "cn", 1, ()),
        ("والصين", "cn", 1, ("و",)),
        ("وبالصين", "cn", 1, ("و", "ب")),
        ("لإيران", "ir", 1, ("ل",)),
        ("ايران", "ir", 1, ()),
        ("للكرملين", "kr", 1, ("ل",)),
        ("الولايات المتحدة أعلنت", "us", 2, ()),
        ("الولايات المتحدة الأميركية", "us", 2, ()),
        ("والولايات المتحدة الامريكيه أعلنت", "us", 3, ("و",)),
    ],
)
def test_the_longest_phrase_wins(text: str, value: str, length: int, proclitics: tuple[str, ...]) -> None:
    found = match(text)
    assert found is not None
    assert (found.values, found.length, found.proclitics) == ((value,), length, proclitics)


@pytest.mark.parametrize("text", ["الولايات", "صيني", "إيرانية", "المتحدة", "؟"])
def test_a_part_of_a_phrase_is_no_match(text: str) -> None:
    assert match(text) is None


def test_a_phrase_may_have_several_values_and_none_is_lost() -> None:
    trie = Trie([("عمان", "oman"), ("عمّان", "amman"), ("عمان", "oman"), ("", "nothing")])
    assert trie.get("عُمان") == ("oman", "amman")
    assert trie.get("") == ()
