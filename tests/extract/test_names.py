"""Names: which stretches of a text name somebody or something, and of which type."""

from __future__ import annotations

import pytest
from extract_reading import Reader

from kg.link.gazetteer import leader_offices


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        ("دعت فرنسا والصين إلى ضبط النفس.", "الصين", "china"),
        ("قدمت موسكو الدعم لإيران.", "إيران", "iran"),
        ("عاد الوفد من المحادثات بفرنسا.", "فرنسا", "france"),
        ("غادر الوفد باريس فإيران ترفض الحوار.", "إيران", "iran"),
    ],
)
def test_a_proclitic_is_no_part_of_a_name(facts: Reader, text: str, form: str, name: str) -> None:
    assert facts(text).forms(name) == {form}


def test_the_article_that_a_preposition_swallows_is_seen(facts: Reader) -> None:
    assert "kremlin" in facts("ينفي بيسكوف أي صلة للكرملين بالحادث.").of_type("GOVBODY")
    assert "united-nations" in facts("أرسلت فرنسا تقريرا للأمم المتحدة.").of_type("IGO")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("دانت الولايات المتحدة الأمريكية الهجوم.", "united-states"),
        ("دانت الولايات المتحدة الأميركية الهجوم.", "united-states"),
        ("دانت أمريكا الهجوم.", "united-states"),
        ("دانت أميركا الهجوم.", "united-states"),
        ("دانت الولايات المتحده الهجوم.", "united-states"),
        ("أعلنت سورية المشاركة في المؤتمر.", "syria"),
        ("أعلنت سوريا المشاركة في المؤتمر.", "syria"),
        ("دانت الامارات الهجوم.", "united-arab-emirates"),
        ("دانت الإِمَارات الهجوم.", "united-arab-emirates"),
        ("دانت إيـــران الهجوم.", "iran"),
        ("دانت ايران الهجوم.", "iran"),
        ("دانت #الولايات_المتحدة الهجوم.", "united-states"),
        ("دانت #إيران الهجوم.", "iran"),
    ],
)
def test_every_spelling_of_a_state_names_it(facts: Reader, text: str, name: str) -> None:
    assert facts(text).of_type("STATE") == {name}


@pytest.mark.parametrize("form", ["كيم جونغ-أون", "كيم جونغ أون", "كيم جونغ – أون", "كيم جونغ‑أون"])
def test_hyphens_in_a_name_are_set_or_left_out(facts: Reader, form: str) -> None:
    read = facts(f"هدد {form} سيول.")
    assert read.of_type("PERSON") == {"kim-jong-un"}
    assert read.forms("kim-jong-un") == {form}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("عقد الاجتماع في موسكو.", "moscow", "PLACE"),
        ("وصل إلى بيروت وفد من الصين.", "beirut", "PLACE"),
        ("موسكو تحذر واشنطن من التصعيد.", "russia", "STATE"),
        ("أعلنت طهران المشاركة في المؤتمر.", "iran", "STATE"),
        ("دعت بكين وطوكيو إلى التهدئة.", "japan", "STATE"),
    ],
)
def test_a_capital_is_a_place_unless_it_acts(facts: Reader, text: str, name: str, kind: str) -> None:
    assert facts(text).types[name] == kind


def test_a_capital_that_acts_once_is_its_state_throughout(facts: Reader) -> None:
    read = facts("عقد الاجتماع في موسكو. وحذرت موسكو واشنطن من التصعيد.")
    assert "russia" in read.types
    assert "united-states" in read.types


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("قالت وزارة الخارجية الفرنسية إن الهدنة صامدة.", "وزارة الخارجية الفرنسية", "GOVBODY"),
        ("رفضت وزارة الدفاع الروسية الاتهامات.", "وزارة الدفاع الروسية", "GOVBODY"),
        ("قصف الجيش الإسرائيلي جنوب لبنان.", "الجيش الإسرائيلي", "GOVBODY"),
        ("أقام الجيش الألماني جسرا.", "الجيش الألماني", "GOVBODY"),
        ("أعلنت الخارجية الروسية إغلاق السفارة.", "الخارجية الروسية", "GOVBODY"),
        ("دعا مجلس الوزراء السعودي إلى التهدئة.", "مجلس الوزراء السعودي", "GOVBODY"),
        ("أعلن الكرملين إغلاق السفارة.", "الكرملين", "GOVBODY"),
        ("رفضت الحكومة البريطانية الاقتراح.", "الحكومة البريطانية", "STATE"),
        ("رفضت السلطات التركية الاقتراح.", "السلطات التركية", "STATE"),
        ("دعا مجلس الأمن الدولي إسرائيل إلى وقف العدوان.", "مجلس الأمن الدولي", "IGO"),
        ("انتقد البرلمان الأوروبي روسيا.", "البرلمان الأوروبي", "IGO"),
        ("قالت حركة حماس إن الهدنة صامدة.", "حركة حماس", "ARMED_GROUP"),
        ("أعلن الحوثيون مهاجمة سفينة.", "الحوثيون", "ARMED_GROUP"),
        ("أعلن حزب الله مهاجمة سفينة.", "حزب الله", "ARMED_GROUP"),
        ("غرقت السفينة في البحر الأحمر.", "البحر الأحمر", "PLACE"),
        ("قالت مصادر إيرانية إن الهدنة صامدة.", "مصادر إيرانية", "GROUP"),
        ("دعا الشعب الإيراني إلى وقف القتال.", "الشعب الإيراني", "GROUP"),
        ("دعا الفلسطينيون إسرائيل إلى وقف القتال.", "الفلسطينيون", "GROUP"),
        ("قالت وكالة رويترز إن الهدنة صامدة.", "وكالة رويترز", "MEDIA"),
        ("قالت قناة الجزيرة إن الهدنة صامدة.", "قناة الجزيرة", "MEDIA"),
    ],
)
def test_bodies_by_name_or_by_head_and_adjective(facts: Reader, text: str, form: str, kind: str) -> None:
    entities = [e for e in facts(text).extraction.entities if form in e.surfaces("name")]
    assert [e.type for e in entities] == [kind]


def test_the_government_and_its_state_are_one(facts: Reader) -> None:
    read = facts("رفضت الحكومة البريطانية الاقتراح. وقالت بريطانيا إن الهدنة صامدة.")
    assert read.forms("united-kingdom") == {"الحكومة البريطانية", "بريطانيا"}


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية الإيراني إن الهدنة صامدة.",
        "قال وزير الدفاع الألماني ماركوس هوفر إن الهدنة صامدة.",
        "التقى نائب وزير الخارجية الروسي سيرغي غوركين الوفد.",
    ],
)
def test_an_office_is_no_body(facts: Reader, text: str) -> None:
    assert not facts(text).of_type("GOVBODY")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("التقى رئيس الوزراء الإسباني خافيير مورينو الوفد.", "خافيير مورينو"),
        ("قال السفير الفرنسي لوران ميشليه إن الهدنة صامدة.", "لوران ميشليه"),
        ("قال رئيس كوريا الجنوبية كيم مين-سو إن الهدنة صامدة.", "كيم مين-سو"),
        ("قال ولي العهد الأردني الأمير فيصل بن طلال إن الهدنة صامدة.", "فيصل بن طلال"),
        ("قال خالد المنصوري إن الاتفاق قريب.", "خالد المنصوري"),
        ("قال سامر حدادين إن الاتفاق قريب.", "سامر حدادين"),
    ],
)
def test_unknown_persons_are_known_by_title_or_given_name(facts: Reader, text: str, name: str) -> None:
    assert facts(text).of_type("PERSON") == {name}


@pytest.mark.parametrize(
    "text",
    [
        "دعا على الفور إلى ضبط النفس.",
        "أكد الوفد على ضرورة وقف القتال.",
        "وقف الوفد على الحدود وعلى الجسر.",
        "عادت الحياة إلى المدينة.",
        "اقترب الأمل في السلام.",
    ],
)
def test_ordinary_words_are_no_persons(facts: Reader, text: str) -> None:
    assert not facts(text).of_type("PERSON", "MEDIA")


def test_a_given_name_that_is_also_a_preposition_needs_its_surname(facts: Reader) -> None:
    read = facts("دعا علي خامنئي على الفور إلى ضبط النفس.")
    assert read.forms("ali-khamenei") == {"علي خامنئي"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قالت صحيفة الحياة إن الاتفاق قريب.", {"al-hayat"}),
        ("كتبت «الحياة» أن الاتفاق قريب.", {"al-hayat"}),
        ("كانت الحياة صعبة في المدينة.", set()),
    ],
)
def test_a_paper_called_by_a_word_needs_a_head_or_quotes(facts: Reader, text: str, found: set[str]) -> None:
    assert facts(text).of_type("MEDIA") == found


def test_an_institution_named_after_a_king_gives_no_king(facts: Reader) -> None:
    read = facts("افتتحت جامعة الملك سعود مركزا جديدا.")
    assert read.of_type("ORG") == {"king-saud-university"}
    assert not read.of_type("PERSON")


def test_a_nationality_is_no_mention_of_its_state(facts: Reader) -> None:
    read = facts("التقى وزير الدفاع الألماني ماركوس هوفر الوفد.")
    assert read.entity("germany").mentions == ()


def test_a_text_without_names_has_no_entities(facts: Reader) -> None:
    assert facts("كان الطقس جميلا في ذلك اليوم.").types == {}


@pytest.mark.parametrize(
    "text",
    ["افتتح مستشفى الملك فيصل مركزا.", "أقيم الحفل في فندق الملك داود.", "عاد الطلاب إلى شارع الملك فيصل."],
)
def test_an_institution_named_after_a_king_is_no_king(facts: Reader, text: str) -> None:
    assert not facts(text).of_type("PERSON")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("زار بوتين بغداد.", "baghdad"),
        ("وصل عراقجي إلى موسكو.", "moscow"),
        ("اجتمع الوفد في بكين وطوكيو.", "tokyo"),
    ],
)
def test_a_capital_that_one_goes_to_is_a_place(facts: Reader, text: str, place: str) -> None:
    assert place in facts(text).of_type("PLACE")


def test_a_name_that_is_also_a_word_before_a_title(facts: Reader) -> None:
    assert "سارة كولينز" in facts("قالت سارة كولينز، وزيرة الخارجية البريطانية، إن الهدنة صامدة.").types


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصل وزير الري محمد عبد العظيم أمس.", "محمد عبد العظيم"),
        ("قال الدكتور سامي الصالح إن الأمر قريب.", "سامي الصالح"),
        ("عثرت الشرطة على الرجل وابنته يوليا أمس.", "يوليا"),
        ("وقع المذكرة فهد الرشيد، الرئيس التنفيذي، أمس.", "فهد الرشيد"),
    ],
)
def test_whole_names_that_something_vouches_for(facts: Reader, text: str, name: str) -> None:
    assert name in facts(text).of_type("PERSON")


def test_a_sign_without_letters_after_kin_is_no_name(facts: Reader) -> None:
    assert facts("وصل الرجل وابنته ـ أمس إلى بريطانيا.").of_type("PERSON") == set()


def test_a_sign_without_letters_ends_a_name(facts: Reader) -> None:
    assert "united-kingdom" in facts("دعت المدينة كريم بن #عبدالله أمس إلى بريطانيا.").of_type("STATE")


def test_latin_letters_are_no_name(facts: Reader) -> None:
    assert not facts("قالت سفيرة بريطانيا لـCNN إن الأمر صعب.").of_type("PERSON")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال بيان للنيابة العامة إن السفير غادر إلى بريطانيا.", "النيابة العامة"),
        ("قال بيان للجنة الانتخابات إن السفير غادر إلى بريطانيا.", "لجنة الانتخابات"),
    ],
)
def test_a_body_is_called_by_its_name_without_the_particle(facts: Reader, text: str, name: str) -> None:
    assert name in {e.name for e in facts(text).extraction.entities if e.type == "GOVBODY"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أشاد الوزير عز الدين الأصبحان، بالدعم.", "عز الدين الأصبحان"),
        ("وصل الدكتور باسم عوض الله.", "باسم عوض الله"),
        ("وصل الفريق أول ركن مشعل الزبنان، أمس.", "مشعل الزبنان"),
        ("قال النائب الكويتي وليد الطبطبائي، إن هناك فروقا.", "وليد الطبطبائي"),
        ("قال الشيخ زبيان بن أحمد بن سيف الخبر.", "زبيان بن أحمد بن سيف"),
    ],
)
def test_whole_names_of_persons(facts: Reader, text: str, name: str) -> None:
    assert name in facts(text).types


def test_an_unnamed_source_refers_back(facts: Reader) -> None:
    read = facts("قال مسؤول من حركة حماس إن الوفد اجتمع مع الرئيس الروسي. وأضاف المسؤول أن اللقاء كان مثمرا.")
    assert read.types.get("المسؤول") is None
    assert "مسؤول من حركة حماس" in read.of_type("GROUP")
    assert {n for s in read.extraction.statements for n in read.names((s.speaker,))} == {"مسؤول من حركة حماس"}


def test_a_shorter_name_of_a_known_organisation_is_the_same(facts: Reader) -> None:
    read = facts("بحث الاتحاد الأوروبي الأمر. وقال الرئيس الفرنسي إن الاتحاد سيقرر.")
    assert read.of_type("IGO") == {"european-union"}


@pytest.mark.parametrize(
    ("word", "state", "place"),
    [("عُمان", {"oman"}, set()), ("وعمّان", set(), {"amman"}), ("عمان", set(), {"amman"})],
)
def test_vowel_marks_tell_names_apart(facts: Reader, word: str, state: set[str], place: set[str]) -> None:
    read = facts(f"عاد الوفد إلى {word} مساء أمس.")
    assert (read.of_type("STATE"), read.of_type("PLACE")) == (state, place)


def test_the_office_held_at_the_time_comes_first() -> None:
    assert leader_offices("abbas-araghchi", "2015-07")[0] == ("deputy_minister", "iran")
    assert leader_offices("abbas-araghchi", "2025")[0] == ("foreign_minister", "iran")
