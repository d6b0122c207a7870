"""Identity within an article: a name, its short form, its title and what stands for it are one entity."""

from __future__ import annotations

import pytest
from extract_reading import Reader

from kg.arabic import split_sentences
from kg.link.identity import cluster
from kg.model import Article
from kg.nlp.layer import build_layer, make_mention
from kg.nlp.pipeline import load_pipeline


def test_full_name_short_form_and_title_are_one(facts: Reader) -> None:
    read = facts(
        "قال الرئيس الروسي فلاديمير بوتين إن موسكو ترحب بالاتفاق. "
        "وأضاف بوتين أن الهدنة صامدة. وحذر الرئيس الروسي من التصعيد."
    )
    assert read.of_type("PERSON") == {"vladimir-putin"}
    putin = read.entity("vladimir-putin")
    assert putin.surfaces("name") == ("فلاديمير بوتين", "بوتين")
    assert putin.surfaces("nominal") == ("الرئيس الروسي",)
    assert not read.of_type("GROUP")


def test_the_same_holds_for_a_person_no_table_knows(facts: Reader) -> None:
    read = facts(
        "التقى وزير الخارجية الأردني سامر حدادين الوفد. وقال حدادين إن الهدنة صامدة. "
        "وأعرب الوزير الأردني عن أمله في السلام. وأكد الوزير أن الاتفاق قريب."
    )
    assert read.of_type("PERSON") == {"سامر حدادين"}
    minister = read.entity("سامر حدادين")
    assert minister.surfaces("name") == ("سامر حدادين", "حدادين")
    assert minister.surfaces("nominal") == ("الوزير الأردني", "الوزير")
    assert minister.link is None


def test_a_surname_before_the_full_name(facts: Reader) -> None:
    read = facts("التقى وزير الخارجية الأردني سامر حدادين الوفد.", title="حدادين يلتقي الوفد")
    assert read.forms("سامر حدادين") == {"سامر حدادين", "حدادين"}


def test_two_persons_with_different_offices_are_two(facts: Reader) -> None:
    read = facts(
        "التقى الرئيس التركي جنكيز أوزدمير وزير الخارجية الأردني سامر حدادين. "
        "وقال الوزير إن الاتفاق قريب. وقال الرئيس إن الهدنة صامدة."
    )
    assert read.said == [("سامر حدادين", "الاتفاق قريب"), ("جنكيز أوزدمير", "الهدنة صامدة")]


def test_the_bare_title_is_the_holder_named_last(facts: Reader) -> None:
    read = facts("قال المتحدث باسم البيت الأبيض دانيال هارلو إن الهدنة صامدة. وأضاف المتحدث أن الاتفاق قريب.")
    assert read.said == [("دانيال هارلو", "الهدنة صامدة"), ("دانيال هارلو", "الاتفاق قريب")]


@pytest.mark.parametrize(
    ("text", "name", "nominal"),
    [
        (
            "قال وزير الخارجية الأردني سامر حدادين إن بلاده ترفض التهديد.",
            "jordan",
            "بلاده",
        ),
        ("قالت وزيرة الخارجية الألمانية كلارا بيرنشتاين إن بلادها ترفض التهديد.", "germany", "بلادها"),
        ("قال وزير الخارجية الإيراني إن بلاده ترفض التهديد.", "iran", "بلاده"),
    ],
)
def test_his_country_is_the_state_of_the_speaker(facts: Reader, text: str, name: str, nominal: str) -> None:
    read = facts(text)
    assert nominal in read.entity(name).surfaces("nominal")
    assert read.names(read.act("rejects").actors) == {name}


def test_the_two_countries_are_those_named_before(facts: Reader) -> None:
    read = facts("بحثت مصر والسودان ملف المياه. واتفق البلدان على مواصلة التشاور.")
    assert read.names(read.act("agrees").actors) == {"egypt", "sudan"}


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("دعت وزارة الخارجية الألمانية إلى وقف القتال.", "وقالت الوزارة", "وزارة الخارجية الألمانية"),
        ("دعا الاتحاد الأوروبي إيران إلى التعاون.", "وقال الاتحاد", "european-union"),
        ("دعت المملكة العربية السعودية إلى وقف القتال.", "وقالت المملكة", "saudi-arabia"),
        ("دعا مجلس الأمن إلى وقف القتال.", "وقال المجلس", "un-security-council"),
    ],
)
def test_a_bare_head_is_the_body_named_before(facts: Reader, first: str, second: str, name: str) -> None:
    assert facts(f"{first} {second} إن الهدنة صامدة.").said == [(name, "الهدنة صامدة")]


def test_spellings_of_one_state_are_one_entity(facts: Reader) -> None:
    read = facts("دانت أمريكا الهجوم. وقالت الولايات المتحدة إن الهدنة صامدة. وحذرت واشنطن من العواقب.")
    assert read.of_type("STATE") == {"united-states"}
    assert read.forms("united-states") == {"أمريكا", "الولايات المتحدة", "واشنطن"}


def test_spellings_of_one_person_are_one_entity(facts: Reader) -> None:
    read = facts(
        "التقى دميتري بيسكوف الوفد. وقال ديمتري بيسكوف إن الهدنة صامدة. وأضاف بيسكوف أن الاتفاق قريب."
    )
    assert read.of_type("PERSON") == {"dmitry-peskov"}


def test_a_state_and_its_ministry_are_two(facts: Reader) -> None:
    read = facts("قالت وزارة الخارجية الفرنسية إن فرنسا ترحب بالاتفاق.")
    assert read.of_type("STATE") == {"france"}
    assert len(read.of_type("GOVBODY")) == 1


def test_entities_stand_in_the_order_of_the_text(facts: Reader) -> None:
    read = facts("دانت الصين إسرائيل. ودعت روسيا إيران إلى الحوار.")
    assert list(read.types) == ["china", "israel", "russia", "iran"]
    assert [e.id for e in read.extraction.entities] == ["E1", "E2", "E3", "E4"]


def test_linked_entities_have_an_english_name(facts: Reader) -> None:
    read = facts("دانت الصين إسرائيل. وزار بوتين الكرملين.")
    assert {e.en for e in read.extraction.entities} == {"China", "Israel", "Vladimir Putin", "Kremlin"}


def test_fathers_in_another_order_make_another_person(facts: Reader) -> None:
    read = facts("حضر الأمير متعب بن سالم بن عبدالكريم والأمير عبدالكريم بن سالم بن عبدالكريم.")
    assert read.of_type("PERSON") == {"متعب بن سالم بن عبدالكريم", "عبدالكريم بن سالم بن عبدالكريم"}


def test_a_name_is_the_same_written_apart(facts: Reader) -> None:
    read = facts("وصل الدكتور عبد الرحيم بن عبيد الحدادين. وقال عبدالرحيم الحدادين إن العمل بدأ.")
    assert read.of_type("PERSON") == {"عبد الرحيم بن عبيد الحدادين"}


def test_a_capital_after_the_outlet_is_only_a_place(facts: Reader) -> None:
    read = facts("صحيفة الشرق الأوسط – الرياض\nاستقبل الملك سلمان بن عبد العزيز الوفد.")
    assert read.types["riyadh"] == "PLACE"


def test_the_kingdom_and_another_state_are_two(facts: Reader) -> None:
    read = facts("زار الوفد السعودية. وبحث العلاقات بين المملكة وإيطاليا.")
    assert read.of_type("STATE") == {"saudi-arabia", "italy"}
    assert read.forms("italy") == {"إيطاليا"}


@pytest.mark.parametrize(
    ("type_", "full", "short", "one"),
    [
        ("GOVBODY", "البنك المركزي الأردني", "المركزي الأردني", True),
        ("ORG", 'شركة "نور الشرق"', "نور الشرق", True),
        ("ORG", "شركة الشرق", "الشرق", True),
        ("GOVBODY", "البنك المركزي", "المركزي", False),
        ("ORG", "شركة نور الشرق", "الشرق", False),
    ],
)
def test_a_body_without_the_word_for_its_kind(type_: str, full: str, short: str, one: bool) -> None:
    text = f"قالت {full} إن العمل مستمر ثم قالت {short} إنه انتهى."
    nlp = load_pipeline("rules")
    doc = nlp.make_doc(text)
    layer = build_layer(doc, Article("a", "", text, "ar"), split_sentences(text))
    for name, begin in ((full, 0), (short, text.index("ثم"))):
        start = text.index(name, begin)
        first, last = layer.token_at(start), layer.token_at(start + len(name) - 1) + 1
        layer.add_mention(make_mention(layer, first, last, 0, type_, method="test"))
    cluster(layer)
    assert len([e for e in layer.entities if e.type == type_]) == (1 if one else 2)
