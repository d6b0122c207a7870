from __future__ import annotations

import pytest

from kg.ingest.language import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("قال الرئيس الروسي إن بلاده ترحب بالاتفاق", "ar"),
        ("بوتين يلتقي عراقجي", "ar"),
        ("رئیس جمهور ایران گفت که این توافق را می پذیرد", "fa"),
        ("صدر نے کہا کہ یہ معاہدہ ملک کے لیے اچھا ہے", "ur"),
        ("הנשיא אמר כי הוא תומך בהסכם של המדינות", "he"),
        ("The president said that the agreement was good for the country", "en"),
        ("Le président a dit que les accords sont bons pour le pays", "fr"),
        ("Президент сказал, что соглашение не отвечает интересам и безопасности", "ru"),
        ("Президент заявив, що угода відповідає інтересам України", "und"),
        ("ولسمشر وويل چې دا تړون د هېواد لپاره ښه دی", "und"),
        ("Der Präsident sagte, das Abkommen wäre gut", "und"),
        ("大统领说协议很好", "und"),
        ("12345 !?", "und"),
        ("", "und"),
    ],
)
def test_detect(text: str, lang: str) -> None:
    assert detect(text) == lang
