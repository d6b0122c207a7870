"""The lexicon tables: consistent, complete over the predicates, and reproducible."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from kg.arabic import fold
from kg.arabic.nominal import adjective_forms, noun_forms
from kg.data.lexicon import (
    DATA,
    Frame,
    cues,
    event_heads,
    group_heads,
    named_treaties,
    read_reporting,
    read_triggers,
    reporting_lexicon,
    treaty_heads,
    trigger_lexicon,
    trigger_precision,
)
from kg.data.recount import count
from kg.errors import TableError
from kg.model import PLOVER


def predicates(text: str, index: int = 0) -> set[str]:
    return {match.entry.predicate for match in trigger_lexicon().match(text.split(), index)}


def reporters(text: str, index: int = 0) -> set[str]:
    return {match.entry.lemma for match in reporting_lexicon().match(text.split(), index)}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("triggers", ("id",)), ("trigger_forms", ("form", "lexeme")), ("reporting", ("id",)),
        ("reporting_forms", ("form", "lexeme")), ("event_nouns", ("noun",)), ("treaty_nouns", ("noun",)),
        ("named_treaties", ("slug",)), ("group_nouns", ("noun",)), ("cues", ("function", "scope", "form")),
        ("trigger_counts", ("form", "trigger_id")),
    ],
)  # fmt: skip
def test_tables_are_sorted_unique_and_sourced(name: str, key: tuple[str, ...]) -> None:
    table = rows(name)
    keys = [tuple(row[column] for column in key) for row in table]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert list(table[0])[-1] == "source"
    assert all(row["source"] for row in table)


def test_every_predicate_has_verbs_nouns_and_phrases() -> None:
    kinds = Counter((trigger.predicate, trigger.pos) for trigger in read_triggers())
    for predicate in PLOVER:
        assert all(kinds[predicate, pos] for pos in ("verb", "noun", "phrase")), predicate
    assert len(read_triggers()) >= 900
    assert len(read_reporting()) >= 120


def test_every_form_leads_to_an_entry_and_every_entry_has_a_form() -> None:
    for name, entries in (("trigger", read_triggers()), ("reporting", read_reporting())):
        forms = {row["lexeme"] for row in rows(f"{name}_forms")}
        lexemes = [{lexeme.key for lexeme in entry.lexemes()} for entry in entries]
        assert forms <= set().union(*lexemes)
        assert all(keys & forms for keys in lexemes)
        assert all(row["form"] == fold(row["form"]) for row in rows(f"{name}_forms"))


def test_blocked_forms_are_absent() -> None:
    present = {(row["form"], row["lexeme"]) for row in rows("trigger_forms")}
    for trigger in read_triggers():
        for lexeme in trigger.lexemes():
            assert not {(form, lexeme.key) for form in trigger.blocked_forms} & present


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("دعا السيسي إسرائيل إلى وقف العدوان", "requests"),
        ("ودعت مصر إسرائيل", "requests"),
        ("ودعوه إلى الحوار", "requests"),
        ("أدان الكرملين الهجمات", "condemns"),
        ("وندين هذا العدوان", "condemns"),
        ("غير المبررة", "condemns"),
        ("اتهمته واشنطن", "accuses"),
        ("سيلتقي بوتين نظيره", "meets"),
        ("التقاه في موسكو", "meets"),
        ("أجرى بوتين اليوم اتصالا هاتفيا مع ترامب", "phones"),
        ("زيارته إلى طهران", "visits"),
        ("واستقبله بوتين في الكرملين", "hosts"),
        ("ناقشا الأزمة", "negotiates"),
        ("توسطت قطر بين الطرفين", "mediates"),
        ("المدعومة من إيران", "supports"),
        ("أشاد بجهود مصر", "praises"),
        ("وقعت روسيا وإيران معاهدة", "agrees"),
        ("تعهدت ألمانيا بدعم أوكرانيا", "pledges"),
        ("مستعدة للتفاوض", "pledges"),
        ("أفرجت السلطات عن القس", "concedes"),
        ("ستنسحب القوات من سوريا", "retreats"),
        ("رفضت طهران العرض", "rejects"),
        ("ينفون الاتهامات", "denies"),
        ("متوعدة بالرد", "threatens"),
        ("محذرا من التصعيد", "warns"),
        ("فرضت الولايات المتحدة أمس عقوبات على إيران", "sanctions"),
        ("تظاهر الآلاف", "protests"),
        ("نشرت روسيا قوات في سوريا", "mobilizes"),
        ("اعتقلوهم في أنقرة", "coerces"),
        ("وقصفتها الطائرات", "attacks"),
        ("مساعدات إنسانية", "aids"),
        ("بالتعاون مع الإمارات", "cooperates"),
    ],
)
def test_triggers_are_found_in_running_text(text: str, predicate: str) -> None:
    assert predicate in predicates(text)


@pytest.mark.parametrize(
    "text", ["إنه رئيس", "مصر تدعم", "المدينة القديمة", "منذ يونيو/حزيران", "حول العالم"]
)
def test_common_words_are_no_triggers(text: str) -> None:
    assert not trigger_lexicon().match(text.split(), 0)


def test_phrase_needs_its_words_within_the_sentence() -> None:
    def phrase(text: str) -> bool:
        matches = trigger_lexicon().match(text.split(), 0)
        return any(match.entry.lemma.startswith("فرض عقوبات") for match in matches)

    assert phrase("فرضت واشنطن عقوباتها على إيران")
    assert not phrase("فرضت واشنطن . عقوبات على إيران")
    assert not phrase("فرضت واشنطن رأيها")


def test_match_tells_how_the_word_was_read() -> None:
    (match,) = (m for m in trigger_lexicon().match(["فستزوره"], 0) if m.entry.pos == "verb")
    assert match.features == ("present 3fs", "present 2ms")
    assert match.reading.proclitics == ("ف", "س")
    assert match.reading.enclitic == "ه"
    assert not match.masdar
    (masdar,) = (m for m in trigger_lexicon().match(["وبتدميرها"], 0) if m.entry.predicate == "attacks")
    assert masdar.masdar


def test_frames() -> None:
    frame = Frame.parse("target=direct;content=إلى|ل")
    assert frame == Frame(("subj",), ("direct",), ("إلى", "ل"))
    assert frame.of_masdar() == Frame(("gen", "by"), ("gen", "ل"), ("إلى", "ل"))
    assert frame.of_passive() == Frame(("by",), ("subj",), ("إلى", "ل"))
    with pytest.raises(TableError, match=r"frame 'patient=gen'.* — write"):
        Frame.parse("patient=gen")


def test_precision_ranks_forms() -> None:
    def best(text: str, predicate: str) -> float:
        matches = trigger_lexicon().match(text.split(), 0)
        return max(trigger_precision(match) for match in matches if match.entry.predicate == predicate)

    assert best("دعت", "requests") > 0.5 > best("قرار", "agrees")
    assert all(0 <= trigger.n_gold <= trigger.n_seen for trigger in read_triggers())


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("وقال بوتين إن", "قال"), ("قيل إن", "قال"), ("مضيفا أن", "أضاف"), ("مؤكدين أن", "أكد"),
        ("وأضافا أن", "أضاف"), ("مشيرة إلى أن", "أشار"), ("وذُكر أن", "ذكر"), ("نقلت عن مصدر", "نقل عن"),
        ("يرى أن", "رأى"), ("وأعرب بوتين عن أمله", "أعرب عن أمل/أسف/قلق/ثقة/اعتقاد/ارتياح"),
    ],
)  # fmt: skip
def test_reporting_words(text: str, lemma: str) -> None:
    assert lemma in reporters(text)


def test_reporting_rows_point_to_predicates() -> None:
    assert {entry.also_predicate for entry in read_reporting()} - {""} <= set(PLOVER)
    (asserted,) = (entry for entry in read_reporting() if entry.id == "أكد:v")
    assert asserted.np_content
    assert asserted.participle


def test_heads() -> None:
    def event_type(text: str) -> str | None:
        found = event_heads().match(text.split(), 0)
        return found[0].event_type if found else None

    assert event_type("بالهجمات الأمريكية") == "ASSAULT"
    assert event_type("وقف إطلاق النار") == "RETREAT"
    assert event_type("هجمات إلكترونية") == "COERCE"
    assert event_type("القمم العربية") == "CONSULT"
    assert event_type("الرئيس الروسي") is None
    treaty = treaty_heads().match(["لمعاهدة", "سلام"], 0)
    assert treaty is not None
    assert treaty[0].concludes
    draft = treaty_heads().match(["مشروع", "القرار"], 0)
    assert draft is not None
    assert (draft[0].noun, draft[1], draft[0].concludes) == ("مشروع قرار", 2, False)
    group = group_heads().match(["للمتظاهرين"], 0)
    assert group is not None
    assert group[0].speaks


def test_named_treaties_are_unambiguous() -> None:
    names = Counter(fold(name) for treaty in named_treaties() for name in (treaty.ar, *treaty.variants))
    assert [name for name, number in names.items() if number > 1] == []
    assert len(named_treaties()) >= 60


def test_cues_cover_all_functions() -> None:
    by_form = {(cue.function, cue.form): cue for cue in cues()}
    assert by_form["negation", "لم"].scope == "next_verb"
    assert by_form["hypothetical", "قد"].scope == "next_present"
    assert by_form["attribution", "بحسب"].scope == "noun"
    assert ("future", "من المقرر أن") in by_form


def test_rules_for_nouns_and_adjectives() -> None:
    assert {"زيارة", "زيارتان", "زيارات"} <= {form for form, _ in noun_forms("زيارة", ["زيارات"])}
    assert {"مراقبون", "مراقبين", "مراقبو"} <= {form for form, _ in noun_forms("مراقب", ["مراقبون"])}
    assert {"موال", "موالي", "موالية", "موالون"} <= {form for form, _ in adjective_forms("موالٍ", ())}


def test_counting() -> None:
    text = "دعا السيسي إسرائيل إلى وقف العدوان. ودعا إلى الحوار."
    article = {
        "title": "مصر",
        "text": text,
        "facts": [
            {"kind": "act", "predicate": "requests", "trigger": "دعا", "evidence": text.split(".")[0]},
            {"kind": "statement", "content": "x", "evidence": text},
        ],
    }
    gold, seen = count([article])
    assert seen["requests:دعا:v", ""] == 2
    assert gold["requests:دعا:v", ""] == 1
    assert seen["requests:دعا:v", "دعا"] == 2


def test_forms_are_reproducible() -> None:
    pytest.importorskip("mazini")
    from kg.data.inflect import collect, lexeme_forms

    for name, entries in (("trigger", read_triggers()), ("reporting", read_reporting())):
        lexemes, blocked = collect(entries)
        sample = {lexeme.key: lexeme for lexeme in lexemes[::25]}
        want = {
            (form, key, "|".join(features))
            for key, lexeme in sample.items()
            for form, features in lexeme_forms(lexeme).items()
            if form not in blocked[key]
        }
        table = rows(f"{name}_forms")
        assert want == {
            (row["form"], row["lexeme"], row["features"]) for row in table if row["lexeme"] in sample
        }


@pytest.mark.parametrize(
    ("root", "form", "words"),
    [
        ("دعو", "I/a~u", {"دعا", "دعت", "يدعو", "يدعون", "دعوا", "داعيا", "دعي"}),
        ("نفي", "I/a~i", {"نفى", "نفت", "ينفي", "ينفون", "نافية"}),
        ("ردد", "I/a~u", {"رد", "ردت", "يرد", "ردوا", "رددنا"}),
        ("دين", "IV", {"أدان", "أدانت", "يدين", "أدين", "أدنا"}),
        ("سوء", "VIII", {"استاء", "مستاء", "مستاءة"}),
        ("رءي", "I/a~a", {"رأى", "رأت", "يرى", "يرون", "رأوا"}),
        ("وعد", "I/a~i", {"وعد", "يعد", "وعدوا"}),
        ("قول", "I/a~u", {"قال", "قيل", "يقول", "قالوا", "قائلا"}),
        ("تخذ", "VIII", {"اتخذ", "يتخذ"}),
    ],
)
def test_weak_verbs(root: str, form: str, words: set[str]) -> None:
    pytest.importorskip("mazini")
    from kg.data.inflect import verb_forms

    assert {fold(word) for word in words} <= {fold(word) for word, _ in verb_forms(root, form)}


def test_impossible_verb_is_reported() -> None:
    pytest.importorskip("mazini")
    from kg.data.inflect import conjugate

    with pytest.raises(TableError, match="no verb of root"):
        conjugate("سطر", "Iq")
