"""Acts: who does what to whom."""

from __future__ import annotations

import pytest
from extract_reading import Reader

from kg.model import PLOVER

PUTIN, ARAGHCHI, ERDOGAN = "vladimir-putin", "abbas-araghchi", "recep-tayyip-erdogan"
PREDICATES: list[tuple[str, str, set[str], set[str]]] = [
    ("meets", "التقى بوتين عراقجي في موسكو.", {PUTIN}, {ARAGHCHI}),
    ("meets", "عقد بوتين محادثات مع عراقجي في موسكو.", {PUTIN}, {ARAGHCHI}),
    ("phones", "أجرى بوتين اتصالا هاتفيا مع أردوغان.", {PUTIN}, {ERDOGAN}),
    ("phones", "بعث بوتين رسالة إلى أردوغان.", {PUTIN}, {ERDOGAN}),
    ("phones", "هاتف بوتين أردوغان.", {PUTIN}, {ERDOGAN}),
    ("phones", "تلقى بوتين اتصالا هاتفيا من أردوغان.", {ERDOGAN}, {PUTIN}),
    ("meets", "اجتمع بوتين بأردوغان في سوتشي.", {PUTIN}, {ERDOGAN}),
    ("visits", "زار بوتين الصين.", {PUTIN}, {"china"}),
    ("visits", "قام أردوغان بزيارة إلى قطر.", {ERDOGAN}, {"qatar"}),
    ("visits", "وصل بوتين إلى الصين.", {PUTIN}, {"china"}),
    ("hosts", "استقبل أردوغان عباس عراقجي في أنقرة.", {ERDOGAN}, {ARAGHCHI}),
    ("negotiates", "تتفاوض مصر مع السودان بشأن المياه.", {"egypt"}, {"sudan"}),
    ("negotiates", "ناقش بوتين مع عراقجي سبل التهدئة.", {PUTIN}, {ARAGHCHI}),
    ("mediates", "توسطت قطر بين إيران والسعودية.", {"qatar"}, {"iran", "saudi-arabia"}),
    ("supports", "دعمت فرنسا أوكرانيا.", {"france"}, {"ukraine"}),
    ("supports", "أيدت الصين موقف روسيا.", {"china"}, {"russia"}),
    ("supports", "وقفت روسيا إلى جانب إيران.", {"russia"}, {"iran"}),
    ("supports", "اعترفت فرنسا بدولة فلسطين.", {"france"}, {"palestine"}),
    ("praises", "أشادت فرنسا بجهود مصر.", {"france"}, {"egypt"}),
    ("praises", "أعرب بوتين عن شكره لأردوغان.", {PUTIN}, {ERDOGAN}),
    ("agrees", "وافقت إيران على الاقتراح.", {"iran"}, set()),
    ("agrees", "انضمت فنلندا إلى حلف الناتو.", {"finland"}, {"nato"}),
    ("pledges", "تعهدت ألمانيا بمساعدة أوكرانيا.", {"germany"}, set()),
    ("cooperates", "تعاونت مصر مع السودان في مجال المياه.", {"egypt"}, {"sudan"}),
    ("aids", "قدمت ألمانيا مساعدات عسكرية إلى أوكرانيا.", {"germany"}, {"ukraine"}),
    ("concedes", "رفعت الولايات المتحدة العقوبات عن سوريا.", {"united-states"}, {"syria"}),
    ("concedes", "اعتذرت إسرائيل لتركيا.", {"israel"}, {"turkey"}),
    ("retreats", "سحبت روسيا قواتها من سوريا.", {"russia"}, {"syria"}),
    ("requests", "دعت مصر إسرائيل إلى وقف العدوان.", {"egypt"}, {"israel"}),
    ("requests", "طالبت الصين الولايات المتحدة برفع العقوبات.", {"china"}, {"united-states"}),
    ("requests", "حثت ألمانيا إيران على التعاون.", {"germany"}, {"iran"}),
    ("requests", "ناشد بوتين أردوغان وقف القتال.", {PUTIN}, {ERDOGAN}),
    ("requests", "طالبت منظمة العفو الدولية مصر بالإفراج عن الصحفيين.", {"amnesty"}, {"egypt"}),
    ("condemns", "دانت إيران إسرائيل.", {"iran"}, {"israel"}),
    ("condemns", "انتقدت تركيا إسرائيل.", {"turkey"}, {"israel"}),
    ("accuses", "اتهمت إيران إسرائيل بقصف المنشأة.", {"iran"}, {"israel"}),
    ("rejects", "رفضت الصين الاقتراح.", {"china"}, set()),
    ("rejects", "اعترضت روسيا على مشروع القرار.", {"russia"}, set()),
    ("denies", "نفت روسيا تورطها في الهجوم.", {"russia"}, set()),
    ("threatens", "هددت إسرائيل إيران.", {"israel"}, {"iran"}),
    ("warns", "حذرت روسيا الولايات المتحدة من العواقب.", {"russia"}, {"united-states"}),
    ("protests", "قدمت إيران احتجاجا رسميا إلى بريطانيا.", {"iran"}, {"united-kingdom"}),
    ("sanctions", "فرضت الولايات المتحدة عقوبات على إيران.", {"united-states"}, {"iran"}),
    ("sanctions", "قطعت السعودية علاقاتها مع إيران.", {"saudi-arabia"}, {"iran"}),
    ("sanctions", "خفضت السعودية مستوى علاقاتها مع إيران.", {"saudi-arabia"}, {"iran"}),
    ("sanctions", "استدعى العراق سفيره لدى السويد.", {"iraq"}, {"sweden"}),
    ("sanctions", "أغلقت تركيا مجالها الجوي أمام إسرائيل.", {"turkey"}, {"israel"}),
    ("warns", "وجهت كوريا الشمالية تحذيرا إلى اليابان.", {"north-korea"}, {"japan"}),
    ("supports", "تضامنت الكويت مع قطر.", {"kuwait"}, {"qatar"}),
    ("pledges", "تعهد الاتحاد الأوروبي بتقديم ملياري يورو لأوكرانيا.", {"european-union"}, {"ukraine"}),
    ("mobilizes", "نشرت روسيا قوات على الحدود مع أوكرانيا.", {"russia"}, {"ukraine"}),
    ("coerces", "حاصرت إسرائيل غزة.", {"israel"}, {"gaza-strip"}),
    ("coerces", "احتجزت إيران ناقلة بريطانية.", {"iran"}, set()),
    ("attacks", "قصفت إسرائيل لبنان.", {"israel"}, {"lebanon"}),
    ("attacks", "غزت روسيا أوكرانيا.", {"russia"}, {"ukraine"}),
    ("attacks", "شنت إسرائيل غارات على لبنان.", {"israel"}, {"lebanon"}),
    ("attacks", "أطلقت إيران صواريخ على إسرائيل.", {"iran"}, {"israel"}),
]


def test_an_example_for_every_predicate() -> None:
    assert {predicate for predicate, *_ in PREDICATES} == set(PLOVER)


@pytest.mark.parametrize(("predicate", "text", "actors", "targets"), PREDICATES)
def test_predicate(facts: Reader, predicate: str, text: str, actors: set[str], targets: set[str]) -> None:
    read = facts(text)
    act = read.act(predicate)
    assert read.names(act.actors) == actors
    assert read.names(act.targets) == targets
    assert not act.negated
    assert act.modality == "asserted"
    assert act.source is None
    assert act.evidence.span.text == text
    assert act.trigger.text in text


@pytest.mark.parametrize(
    "text",
    [
        "دانت الصين إسرائيل.",
        "أدانت الصين إسرائيل.",
        "الصين دانت إسرائيل.",
        "الصين تدين إسرائيل.",
        "وفي سياق متصل، دانت الصين إسرائيل.",
        "ودانت الصين إسرائيل.",
        "كما دانت الصين إسرائيل بشدة.",
        "دَانَتِ الصينُ إسرائيلَ.",
        "دانت الصين اسرائيل.",
    ],
)
def test_orders_and_forms_of_a_clause(facts: Reader, text: str) -> None:
    assert ({"china"}, "condemns", {"israel"}) in facts(text).did


def test_a_headline_in_the_present(facts: Reader) -> None:
    read = facts("", title="إسرائيل تهدد إيران")
    assert read.did == [({"israel"}, "threatens", {"iran"})]


def test_a_headline_of_a_noun(facts: Reader) -> None:
    assert facts("", title="دعم روسي لإيران").did == [({"russia"}, "supports", {"iran"})]


def test_headline_and_body_tell_an_act_once(facts: Reader) -> None:
    body = "حذرت روسيا إسرائيل من العواقب في المنطقة."
    read = facts(body, title="روسيا تحذر إسرائيل من العواقب")
    assert read.act("warns").evidence.span.text == body


@pytest.mark.parametrize(
    ("text", "predicate", "actors"),
    [
        ("دانت مصر والأردن والسعودية الهجوم.", "condemns", {"egypt", "jordan", "saudi-arabia"}),
        ("زار بوتين وعراقجي تركيا.", "visits", {PUTIN, ARAGHCHI}),
        ("دعت بكين وطوكيو إلى التهدئة.", "requests", {"china", "japan"}),
    ],
)
def test_actors_joined_by_and(facts: Reader, text: str, predicate: str, actors: set[str]) -> None:
    read = facts(text)
    assert read.names(read.act(predicate).actors) == actors


@pytest.mark.parametrize(
    ("text", "predicate", "targets"),
    [
        ("اتهمت إيران الولايات المتحدة وإسرائيل بقصف المنشأة.", "accuses", {"united-states", "israel"}),
        ("حذرت روسيا إسرائيل والولايات المتحدة من العواقب.", "warns", {"israel", "united-states"}),
        ("التقى بوتين عراقجي وأردوغان.", "meets", {ARAGHCHI, ERDOGAN}),
    ],
)
def test_targets_joined_by_and(facts: Reader, text: str, predicate: str, targets: set[str]) -> None:
    read = facts(text)
    assert read.names(read.act(predicate).targets) == targets


@pytest.mark.parametrize(
    ("text", "predicate", "both"),
    [
        ("جرت مفاوضات بين إيران والسعودية.", "negotiates", {"iran", "saudi-arabia"}),
        ("عقد اجتماع بين بوتين وأردوغان.", "meets", {PUTIN, ERDOGAN}),
        ("جرى اتصال هاتفي بين بوتين وأردوغان.", "phones", {PUTIN, ERDOGAN}),
        ("بحثت مصر والسودان ملف المياه.", "negotiates", {"egypt", "sudan"}),
    ],
)
def test_mutual_acts_have_both_sides(facts: Reader, text: str, predicate: str, both: set[str]) -> None:
    read = facts(text)
    act = read.act(predicate)
    assert read.names((*act.actors, *act.targets)) == both


def test_a_participle_tells_a_second_act_of_the_subject(facts: Reader) -> None:
    read = facts("دعا المستشار الألماني يوناس كيلر إيران إلى ضبط النفس، محذرا من أن الهدنة هشة.")
    assert read.did == [({"يوناس كيلر"}, "requests", {"iran"}), ({"يوناس كيلر"}, "warns", set())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أدى القصف الإسرائيلي على لبنان إلى أضرار.", ({"israel"}, "attacks", {"lebanon"})),
        ("نددت تركيا بالهجوم الإسرائيلي على لبنان.", ({"israel"}, "attacks", {"lebanon"})),
        ("دانت مصر العقوبات الأمريكية على إيران.", ({"united-states"}, "sanctions", {"iran"})),
        ("أعلنت إيران رفضها الاقتراح.", ({"iran"}, "rejects", set())),
        ("أعربت مصر عن دعمها لفلسطين.", ({"egypt"}, "supports", {"palestine"})),
        ("أكد بوتين دعم روسيا لإيران.", ({"russia"}, "supports", {"iran"})),
        ("رحبت فرنسا بزيارة بوتين إلى الصين.", ({PUTIN}, "visits", {"china"})),
    ],
)
def test_verbal_nouns(facts: Reader, text: str, expected: tuple[set[str], str, set[str]]) -> None:
    assert expected in facts(text).did


def test_an_act_may_be_aimed_at_an_event(facts: Reader) -> None:
    read = facts("دانت الصين الهجوم الإسرائيلي على لبنان.")
    (target,) = read.act("condemns").targets
    assert read.extraction.by_id[target].type == "EVENT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أكد بوتين أن إيران، التي دعمتها روسيا، صامدة.", ({"russia"}, "supports", {"iran"})),
        ("أشادت قطر بأردوغان الذي استقبله بوتين أمس.", ({PUTIN}, "hosts", {ERDOGAN})),
        ("نددت إيران بالغارة التي شنتها إسرائيل على لبنان.", ({"israel"}, "attacks", {"lebanon"})),
    ],
)
def test_relative_clauses(facts: Reader, text: str, expected: tuple[set[str], str, set[str]]) -> None:
    assert expected in facts(text).did


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل بوتين إلى بكين حيث استقبله شي جين بينغ.", ({"xi-jinping"}, "hosts", {PUTIN})),
        ("قال عراقجي إن إيران هي الضحية وإن إسرائيل قصفتها.", ({"israel"}, "attacks", {"iran"})),
    ],
)
def test_an_enclitic_is_the_object(
    facts: Reader, text: str, expected: tuple[set[str], str, set[str]]
) -> None:
    assert expected in facts(text).did


def test_the_passive_turns_the_clause(facts: Reader) -> None:
    assert facts("أدينت روسيا من قبل فرنسا.").did == [({"france"}, "condemns", {"russia"})]


def test_a_dropped_subject_is_that_of_the_clause_before(facts: Reader) -> None:
    read = facts("دانت الصين الهجوم على السفارة، ودعت إلى وقف القتال.")
    assert read.names(read.act("requests").actors) == {"china"}


@pytest.mark.parametrize(
    ("text", "predicate", "content"),
    [
        ("دعت مصر إسرائيل إلى وقف العدوان.", "requests", "وقف العدوان"),
        ("طالبت الصين الولايات المتحدة برفع العقوبات.", "requests", "رفع العقوبات"),
        ("تعهدت ألمانيا بمساعدة أوكرانيا.", "pledges", "مساعدة أوكرانيا"),
        ("اتهمت إيران إسرائيل بقصف المنشأة.", "accuses", "قصف المنشأة"),
        ("رفضت الصين الاقتراح.", "rejects", "الاقتراح"),
        ("نفت روسيا تورطها في الهجوم.", "denies", "تورطها في الهجوم"),
        ("حذرت روسيا الولايات المتحدة من العواقب.", "warns", "العواقب"),
        ("وافقت إيران على الاقتراح.", "agrees", "الاقتراح"),
    ],
)
def test_the_object_is_the_content_aimed_at(facts: Reader, text: str, predicate: str, content: str) -> None:
    act = facts(text).act(predicate)
    assert act.object is not None
    assert act.object.text == content


@pytest.mark.parametrize("text", ["دانت إيران إسرائيل.", "زار بوتين الصين.", "قصفت إسرائيل لبنان."])
def test_an_act_aimed_at_an_entity_alone_has_no_object(facts: Reader, text: str) -> None:
    (act,) = facts(text).extraction.acts
    assert act.object is None


@pytest.mark.parametrize(
    "text",
    [
        "إيران والسعودية دولتان في المنطقة.",
        "ولد بوتين في روسيا.",
        "قال سامر حدادين إن الاتفاق قريب.",
        "كان الطقس جميلا في باريس ولندن.",
        "تقع مصر شمال السودان.",
    ],
)
def test_names_side_by_side_are_no_act(facts: Reader, text: str) -> None:
    assert facts(text).did == []


def test_a_demanded_act_is_no_act(facts: Reader) -> None:
    assert [p for _, p, _ in facts("دعت مصر إسرائيل إلى قصف المنشأة.").did] == ["requests"]


def test_an_ambiguous_verb_by_what_it_is_done_with(facts: Reader) -> None:
    assert [p for _, p, _ in facts("هاجمت إسرائيل إيران بالصواريخ.").did] == ["attacks"]


@pytest.mark.parametrize(
    "text",
    [
        "التقى بوتين أمس عراقجي.",
        "التقى بوتين في موسكو عراقجي.",
        "التقى بوتين، في موسكو أمس، عباس عراقجي.",
    ],
)
def test_an_object_behind_an_adverbial(facts: Reader, text: str) -> None:
    assert facts(text).did == [({"vladimir-putin"}, "meets", {"abbas-araghchi"})]


def test_a_list_behind_each_of(facts: Reader) -> None:
    assert facts("دانت كل من مصر والأردن إسرائيل.").did == [({"egypt", "jordan"}, "condemns", {"israel"})]


@pytest.mark.parametrize(
    "text", ["التقى بوتين جو بايدن.", "التقى بوتين عراقجي أمس.", "عقد اجتماع بين بوتين وأردوغان."]
)
def test_the_content_does_not_repeat_the_target(facts: Reader, text: str) -> None:
    assert facts(text).act("meets").object is None


def test_the_place_of_an_act(facts: Reader) -> None:
    read = facts("التقى بوتين عراقجي في جنيف.")
    assert read.name(read.act("meets").place) == "geneva"
