"""Roles: who holds which office of what, in every way that news write it."""

from __future__ import annotations

import pytest
from extract_reading import Reader

from kg.model import ROLES

CLASSES = {
    "head_of_state": ("زار الرئيس التركي جنكيز أوزدمير باريس.", "جنكيز أوزدمير", "turkey"),
    "head_of_government": ("زار رئيس الوزراء الإسباني خافيير مورينو باريس.", "خافيير مورينو", "spain"),
    "crown_prince": ("استقبل ولي العهد الأردني الأمير فيصل بن طلال الوفد.", "فيصل بن طلال", "jordan"),
    "foreign_minister": ("وصل وزير الخارجية الأردني سامر حدادين.", "سامر حدادين", "jordan"),
    "defense_minister": ("وصل وزير الدفاع الألماني ماركوس هوفر.", "ماركوس هوفر", "germany"),
    "other_minister": ("وصل وزير الاقتصاد الألماني ماركوس هوفر.", "ماركوس هوفر", "germany"),
    "deputy_minister": ("وصل نائب وزير الخارجية الروسي سيرغي غوركين.", "سيرغي غوركين", "russia"),
    "ambassador": ("وصل السفير البريطاني لدى لبنان جيمس هارتلي.", "جيمس هارتلي", "united-kingdom"),
    "envoy": ("وصل المبعوث الأميركي ستيف هارلو.", "ستيف هارلو", "united-states"),
    "spokesperson": (
        "قال المتحدث باسم البيت الأبيض دانيال هارلو إن الهدنة صامدة.",
        "دانيال هارلو",
        "white-house",
    ),
    "adviser": ("وصل مستشار الأمن القومي الأميركي دانيال هارلو.", "دانيال هارلو", "united-states"),
    "intelligence_chief": ("وصل مدير وكالة المخابرات المركزية دانيال هارلو.", "دانيال هارلو", "cia"),
    "military_commander": (
        "قال رئيس أركان الجيش الإسرائيلي إيتان شامير إن الهدنة صامدة.",
        "إيتان شامير",
        "الجيش الإسرائيلي",
    ),
    "legislator": (
        "وصل رئيس مجلس النواب اللبناني سمير الخوري.",
        "سمير الخوري",
        "مجلس النواب اللبناني",
    ),
    "party_leader": (
        "وصل زعيم حزب العمال البريطاني جيمس هارتلي.",
        "جيمس هارتلي",
        "حزب العمال البريطاني",
    ),
    "organization_head": (
        "قال الأمين العام لحلف الناتو ماتياس أولسن إن الهدنة صامدة.",
        "ماتياس أولسن",
        "nato",
    ),
    "journalist": ("قال مراسل وكالة رويترز دانيال هارلو إن الهدنة صامدة.", "دانيال هارلو", "reuters"),
    "other_official": ("وصل نائب الرئيس الأميركي دانيال هارلو.", "دانيال هارلو", "united-states"),
}


def test_an_example_for_every_class() -> None:
    assert set(CLASSES) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_class(facts: Reader, role: str) -> None:
    text, person, owner = CLASSES[role]
    assert facts(text).roles == {(person, role, owner)}


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية الأردني سامر حدادين إن الاتفاق قريب.",
        "قال وزير خارجية الأردن سامر حدادين إن الاتفاق قريب.",
        "قال وزير الخارجية الأردني، سامر حدادين، إن الاتفاق قريب.",
        "قال وزير الخارجية الأردنية سامر حدادين إن الاتفاق قريب.",
        "قال سامر حدادين، وزير الخارجية الأردني، إن الاتفاق قريب.",
        "قال سامر حدادين، وزير خارجية الأردن، إن الاتفاق قريب.",
        "قال سامر حدادين وزير خارجية الأردن إن الاتفاق قريب.",
        "رأى وزير الخارجية الاردني سامر حدادين ان الاتفاق قريب.",
        "وصل مساء أمس وزيرُ الخارجيةِ الأردنيُّ سامر حدادين إلى باريس.",
    ],
)
def test_orders_of_name_title_and_state(facts: Reader, text: str) -> None:
    assert facts(text).roles == {("سامر حدادين", "foreign_minister", "jordan")}


@pytest.mark.parametrize(
    "text",
    [
        "قالت وزيرة الخارجية الأردنية ليلى حدادين إن الهدنة صامدة.",
        "قالت ليلى حدادين، وزيرة الخارجية الأردنية، إن الهدنة صامدة.",
        "قالت ليلى حدادين وزيرة الخارجية الأردنية إن الهدنة صامدة.",
        "أعلنت ليلى حدادين، وزيرة خارجية الأردن، أن الهدنة صامدة.",
    ],
)
def test_the_feminine_title(facts: Reader, text: str) -> None:
    assert facts(text).roles == {("ليلى حدادين", "foreign_minister", "jordan")}


@pytest.mark.parametrize(
    ("office", "role", "owner"),
    [
        ("وزير الخارجية والمغتربين الأردني", "foreign_minister", "jordan"),
        ("وزير الشؤون الخارجية الهندي", "foreign_minister", "india"),
        ("وزير الخارجية بالحكومة السورية", "foreign_minister", "syria"),
        ("رئيسة المفوضية الأوروبية", "organization_head", "european-commission"),
        ("المدير العام للوكالة الدولية للطاقة الذرية", "organization_head", "iaea"),
        ("أمين عام جامعة الدول العربية", "organization_head", "arab-league"),
        ("مبعوث الأمم المتحدة إلى ليبيا", "envoy", "united-nations"),
        ("عضو مجلس الشيوخ الأميركي", "legislator", "مجلس الشيوخ الأميركي"),
        ("السيناتور الأميركي", "legislator", "united-states"),
        ("قائد الحرس الثوري الإيراني", "military_commander", "الحرس الثوري الإيراني"),
        ("القائم بأعمال السفارة الأميركية", "other_official", "united-states"),
        ("مستشار الرئيس التركي", "adviser", "turkey"),
        ("رئيس جهاز المخابرات المصرية", "intelligence_chief", "جهاز المخابرات المصرية"),
        ("رئيس حزب الشعب الجمهوري التركي", "party_leader", "chp"),
        ("رئيس المكتب السياسي لحركة حماس", "party_leader", "hamas"),
        ("محافظ البنك المركزي المصري", "organization_head", "البنك المركزي المصري"),
        ("الصحفي", "journalist", None),
    ],
)
def test_offices(facts: Reader, office: str, role: str, owner: str | None) -> None:
    read = facts(f"التقى {office} دانيال هارلو الوفد.")
    assert read.roles == {("دانيال هارلو", role, owner)}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("زار ملك المغرب محمد السادس فرنسا.", ("mohammed-vi", "head_of_state", "morocco")),
        ("زار سلطان عمان هيثم بن طارق فرنسا.", ("haitham-bin-tariq", "head_of_state", "oman")),
        (
            "زار أمير الكويت الشيخ مشعل الأحمد الصباح فرنسا.",
            ("mishal-al-ahmad", "head_of_state", "kuwait"),
        ),
        (
            "زار خادم الحرمين الشريفين الملك سلمان بن عبدالعزيز فرنسا.",
            ("salman-bin-abdulaziz", "head_of_state", "saudi-arabia"),
        ),
    ],
)
def test_monarchs(facts: Reader, text: str, role: tuple[str, str, str]) -> None:
    assert facts(text).roles == {role}


def test_a_german_chancellor_heads_the_government(facts: Reader) -> None:
    read = facts("قالت المستشارة الألمانية كلارا بيرنشتاين إن الهدنة صامدة.")
    assert read.roles == {("كلارا بيرنشتاين", "head_of_government", "germany")}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "التقى الرئيسان التركي جنكيز أوزدمير والروسي إيفان سمولين في أنقرة.",
            {("جنكيز أوزدمير", "head_of_state", "turkey"), ("إيفان سمولين", "head_of_state", "russia")},
        ),
        (
            "بحث الرئيسان الروسي فلاديمير بوتين والتركي رجب طيب أردوغان الأزمة.",
            {
                ("vladimir-putin", "head_of_state", "russia"),
                ("recep-tayyip-erdogan", "head_of_state", "turkey"),
            },
        ),
    ],
)
def test_a_dual_title_is_shared_out(facts: Reader, text: str, roles: set[tuple[str, str, str]]) -> None:
    assert facts(text).roles == roles


@pytest.mark.parametrize(
    ("counterpart", "name", "state"),
    [
        ("مع نظيرته الألمانية كلارا بيرنشتاين", "كلارا بيرنشتاين", "germany"),
        ("مع نظيره المصري نبيل العكر", "نبيل العكر", "egypt"),
        ("ونظيره المصري نبيل العكر", "نبيل العكر", "egypt"),
        ("مع نظيره المصري، نبيل العكر،", "نبيل العكر", "egypt"),
    ],
)
def test_a_counterpart_inherits_the_role(facts: Reader, counterpart: str, name: str, state: str) -> None:
    read = facts(f"بحث وزير الخارجية الأردني سامر حدادين {counterpart} الأزمة.")
    assert read.roles == {
        ("سامر حدادين", "foreign_minister", "jordan"),
        (name, "foreign_minister", state),
    }


def test_a_counterpart_is_the_one_met(facts: Reader) -> None:
    read = facts("التقى وزير الخارجية الأردني سامر حدادين نظيره المصري نبيل العكر.")
    assert read.did == [({"سامر حدادين"}, "meets", {"نبيل العكر"})]


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("قال وزير الخارجية الفرنسي السابق لوران ميشليه إن الاتفاق قريب.", True),
        ("قال الرئيس الفرنسي الأسبق لوران ميشليه إن الاتفاق قريب.", True),
        ("قال الرئيس الفرنسي الراحل لوران ميشليه في مذكراته إن السلام ممكن.", True),
        ("قال لوران ميشليه، وزير الدفاع الفرنسي السابق، إن الهدنة صامدة.", True),
        ("قال وزير الخارجية الفرنسي لوران ميشليه إن الاتفاق قريب.", False),
    ],
)
def test_former_office_holders(facts: Reader, text: str, former: bool) -> None:
    (role,) = facts(text).extraction.roles
    assert role.former is former


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("قال المتحدث باسم الحكومة الألمانية يوناس كيلر إن الهدنة صامدة.", "germany"),
        ("قال المتحدث باسم وزارة الخارجية الألمانية يوناس كيلر إن الهدنة صامدة.", "وزارة الخارجية الألمانية"),
        ("قال الناطق باسم البيت الأبيض يوناس كيلر إن الهدنة صامدة.", "white-house"),
        ("قال المتحدث باسم الأمم المتحدة يوناس كيلر إن الهدنة صامدة.", "united-nations"),
    ],
)
def test_spokespersons_speak_for_the_narrowest_body(facts: Reader, text: str, owner: str) -> None:
    assert facts(text).roles == {("يوناس كيلر", "spokesperson", owner)}


def test_a_spokesperson_of_a_body_that_the_text_names(facts: Reader) -> None:
    read = facts("أعلن الكرملين أن الهدنة صامدة. وقال المتحدث باسم الكرملين ديمتري بيسكوف إن الاتفاق قريب.")
    assert read.roles == {("dmitry-peskov", "spokesperson", "kremlin")}


def test_stacked_titles_each_give_a_role(facts: Reader) -> None:
    read = facts("استقبل ولي العهد السعودي الأمير محمد بن سلمان بن عبدالعزيز، رئيس مجلس الوزراء، الوفد.")
    assert read.roles == {
        ("mohammed-bin-salman", "crown_prince", "saudi-arabia"),
        ("mohammed-bin-salman", "head_of_government", "saudi-arabia"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "التقى أمير قطر الشيخ تميم بن حمد آل ثاني الوفد.",
        "التقى أمير دولة قطر الشيخ تميم بن حمد آل ثاني الوفد.",
        "استقبل الشيخ تميم بن حمد آل ثاني، أمير دولة قطر، الوفد.",
    ],
)
def test_honorifics_stand_between_title_and_name(facts: Reader, text: str) -> None:
    assert ("tamim-bin-hamad", "head_of_state", "qatar") in facts(text).roles


def test_a_permanent_representative_is_an_ambassador_of_the_sender(facts: Reader) -> None:
    read = facts("قال مندوب روسيا الدائم لدى الأمم المتحدة أوليغ سمولين إن الهدنة صامدة.")
    assert read.roles == {("أوليغ سمولين", "ambassador", "russia")}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("كتب دانيال هارلو من بيروت", {"دانيال هارلو"}),
        (
            "كتب جاي هارتلي المقال؛ وحرره مارك كولينز ومارك هارلو.",
            {"جاي هارتلي", "مارك كولينز", "مارك هارلو"},
        ),
        (
            "(تغطية صحفية دانيال هارلو - إعداد نبيل العكر - تحرير سامر حدادين)",
            {"دانيال هارلو", "نبيل العكر", "سامر حدادين"},
        ),
    ],
)
def test_the_credit_line_names_journalists_of_the_agency(facts: Reader, line: str, names: set[str]) -> None:
    read = facts(f"باريس 3 مارس (رويترز) - زار بوتين الصين.\n{line}", source="رويترز")
    assert read.roles == {(name, "journalist", "reuters") for name in names}
    assert read.did == [({"vladimir-putin"}, "visits", {"china"})]


def test_the_servant_of_a_person_serves_that_persons_state(facts: Reader) -> None:
    read = facts("قال مستشار بوتين يوري سمولين إن الهدنة صامدة.")
    assert read.roles == {("يوري سمولين", "adviser", "russia")}


def test_a_bare_ministry_is_of_the_state_of_the_agency(facts: Reader) -> None:
    text = "قال وزير الخارجية سامر حدادين إن الهدنة صامدة في الأردن. وأضاف أن مصر ترحب بها."
    assert facts(text, source="وكالة الأنباء الأردنية").roles == {
        ("سامر حدادين", "foreign_minister", "jordan")
    }


def test_an_office_without_a_name_is_no_role(facts: Reader) -> None:
    assert facts("قال وزير الخارجية الإيراني إن الهدنة صامدة.").roles == set()


def test_a_name_without_an_office_is_no_role(facts: Reader) -> None:
    assert facts("قال سامر حدادين إن الهدنة صامدة.").roles == set()


def test_a_known_leader_is_given_no_role_that_the_text_does_not_tell(facts: Reader) -> None:
    assert facts("زار بوتين الصين.").roles == set()


def test_the_state_of_a_bare_title_is_that_of_a_known_leader(facts: Reader) -> None:
    read = facts("قال وزير الخارجية عباس عراقجي إن إيران ترفض التهديد.")
    assert read.roles == {("abbas-araghchi", "foreign_minister", "iran")}


def test_the_evidence_of_a_role_holds_title_and_name(facts: Reader) -> None:
    (role,) = facts("الطقس جميل. وصل وزير الدفاع الألماني ماركوس هوفر إلى باريس.").extraction.roles
    assert "وزير الدفاع" in role.title
    assert role.title in role.evidence.span.text
    assert "ماركوس هوفر" in role.evidence.span.text
    assert "الطقس" not in role.evidence.span.text


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "التقى وزير الخارجية الأردني سامر حدادين نظيره المصري.",
            {("سامر حدادين", "foreign_minister", "jordan")},
        ),
        (
            "هنأ الملك عبدالله الثاني الرئيس التركي بمناسبة العيد.",
            {("abdullah-ii", "head_of_state", "jordan")},
        ),
        ("سلم سامر حدادين الرئيس التركي رسالة من الملك.", set()),
    ],
)
def test_an_office_behind_a_name_may_be_another_persons(
    facts: Reader, text: str, roles: set[tuple[str, str, str]]
) -> None:
    assert facts(text).roles == roles


@pytest.mark.parametrize(
    ("office", "role", "owner"),
    [
        ("رئيس الموساد", "intelligence_chief", "mossad"),
        ("رئيس الكنيست", "legislator", "knesset"),
        ("المبعوث الأممي إلى اليمن", "envoy", "united-nations"),
        ("وزير المالية الألماني", "other_minister", "germany"),
        ("نائب رئيس الوزراء الكويتي وزير الدفاع", "defense_minister", "kuwait"),
    ],
)
def test_the_words_of_an_office_name_its_owner(facts: Reader, office: str, role: str, owner: str) -> None:
    assert ("ماركوس هوفر", role, owner) in facts(f"قال {office} ماركوس هوفر إن الهدنة صامدة.").roles


def test_one_mention_of_a_state_makes_nobody_its_president(facts: Reader) -> None:
    read = facts("قال الرئيس دانيال هارلو إن الهدنة صامدة. ووصل الوفد إلى باريس.")
    assert read.roles == {("دانيال هارلو", "head_of_state", None)}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "استقبل الأمير فيصل بن طلال ولي ولي العهد النائب الثاني لرئيس مجلس الوزراء "
            "وزير الدفاع السعودي الوفد.",
            {
                ("crown_prince", "saudi-arabia"),
                ("other_official", "مجلس الوزراء"),
                ("defense_minister", "saudi-arabia"),
            },
        ),
        (
            "وصل نائب رئيس الوزراء الكويتي وزير الخارجية سامر الحدادين إلى باريس.",
            {("other_official", "kuwait"), ("foreign_minister", "kuwait")},
        ),
        (
            "حضر من الجانب الأردني مستشار الملك للشؤون الأمنية رئيس هيئة الأركان المشتركة "
            "الفريق أول الركن سالم الزعبي.",
            {("adviser", "jordan"), ("military_commander", "هيئة الأركان المشتركة")},
        ),
    ],
)
def test_stacked_offices_are_all_held(facts: Reader, text: str, roles: set[tuple[str, str]]) -> None:
    assert {(role, owner) for _, role, owner in facts(text).roles} == roles


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        (
            "وصل وزير الخارجية السعودي سعد الفهيد والروسي إيغور سوكولوف إلى باريس.",
            ("إيغور سوكولوف", "foreign_minister", "russia"),
        ),
        (
            "حضر وزراء خارجية السعودية سعد الفهيد وروسيا إيغور سوكولوف ومصر هاني الدسوقي.",
            ("هاني الدسوقي", "foreign_minister", "egypt"),
        ),
        (
            "اجتمع وزير الخارجية السعودي سعد الفهيد مع نظيريه الروسي إيغور سوكولوف والأميركي جيمس هارتلي.",
            ("جيمس هارتلي", "foreign_minister", "united-states"),
        ),
    ],
)
def test_an_office_shared_by_several_names(facts: Reader, text: str, holder: tuple[str, str, str]) -> None:
    assert holder in facts(text).roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "قال مبعوث الرئيس الفرنسي جان لوران إلى لبنان بيير دوبوا إن الاتفاق قريب.",
            {("بيير دوبوا", "envoy", "france"), ("جان لوران", "head_of_state", "france")},
        ),
        (
            "كشف جيمس هارتلي، نائب الرئيس الأميركي، دونالد ترامب، عن الخطة.",
            {
                ("جيمس هارتلي", "other_official", "united-states"),
                ("donald-trump", "head_of_state", "united-states"),
            },
        ),
        (
            "وصل سفير خادم الحرمين الشريفين لدى تونس الدكتور سامي الصالح.",
            {("سامي الصالح", "ambassador", "saudi-arabia")},
        ),
    ],
)
def test_whom_an_office_serves(facts: Reader, text: str, roles: set[tuple[str, str, str]]) -> None:
    assert facts(text).roles == roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "قالت مساعدة وزير الخارجية الأميركي لشؤون الشرق الأوسط، هيلين باركر، إن الاتفاق قريب.",
            ("هيلين باركر", "deputy_minister", "united-states"),
        ),
        (
            "قال وزير الدولة الإماراتي للشؤون الخارجية خالد المهيري إن الاتفاق قريب.",
            ("خالد المهيري", "other_minister", "united-arab-emirates"),
        ),
        ("وصل المبعوث الروسي الخاص إلى سوريا إيغور سوكولوف.", ("إيغور سوكولوف", "envoy", "russia")),
        (
            "قال سالم الزعبي، الرئيس التنفيذي لشركة الأفق للطيران، إن الطلب كبير.",
            ("سالم الزعبي", "organization_head", "شركة الأفق للطيران"),
        ),
        ("قال مدير مكتب الملك الدكتور هيثم الفايز ذلك.", ("هيثم الفايز", "other_official", "مكتب الملك")),
        (
            "حضر من الجانب السنغالي وزير النقل إبراهيم ساو.",
            ("إبراهيم ساو", "other_minister", "senegal"),
        ),
    ],
)
def test_what_an_office_is_of(facts: Reader, text: str, role: tuple[str, str, str]) -> None:
    assert facts(text).roles == {role}


def test_an_office_with_the_article_takes_no_state_behind_it(facts: Reader) -> None:
    read = facts("غادر الأمير فيصل بن طلال وزير الدفاع مصر بعد زيارة رسمية.")
    assert ("فيصل بن طلال", "defense_minister", "egypt") not in read.roles
    assert any(role == "defense_minister" for _, role, _ in read.roles)


def test_members_of_a_delegation_do_not_hold_the_office_it_goes_with(facts: Reader) -> None:
    read = facts("يضم الوفد المرافق لولي العهد السعودي وزير المالية الدكتور سالم الفهيد.")
    assert read.roles == {("سالم الفهيد", "other_minister", "saudi-arabia")}


def test_the_publisher_is_known_by_its_english_name(facts: Reader) -> None:
    read = facts("وصل وفد المملكة أمس، وقال وزير النقل سالم الفهيد إن الطريق مفتوح.", source="Al Riyadh")
    assert read.forms("saudi-arabia") == {"المملكة"}
    assert read.roles == {("سالم الفهيد", "other_minister", "saudi-arabia")}


@pytest.mark.parametrize(
    ("text", "person", "roles"),
    [
        (
            "حضر الأمير نايف بن صالح بن عبدالعزيز ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية.",
            "نايف بن صالح بن عبدالعزيز",
            {"crown_prince", "other_official", "other_minister"},
        ),
        (
            "أعلن تعيين سالم بن فهد العتيبي وليا للعهد وتعيينه نائبا لرئيس مجلس الوزراء وزيرا للداخلية.",
            "سالم بن فهد العتيبي",
            {"crown_prince", "other_official", "other_minister"},
        ),
        (
            "حضر وزير الدولة عضو مجلس الوزراء الدكتور سالم بن محمد الفهيد اللقاء.",
            "سالم بن محمد الفهيد",
            {"other_minister"},
        ),
        (
            "استقبل الأمير متعب بن عبدالله بن عبدالعزيز وزير الحرس الوطني الوفد.",
            "متعب بن عبدالله بن عبدالعزيز",
            {"other_minister"},
        ),
    ],
)
def test_several_offices_of_one_person(facts: Reader, text: str, person: str, roles: set[str]) -> None:
    assert {(p, role) for p, role, _ in facts(text).roles} == {(person, role) for role in roles}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "وصل وزير الاقتصاد والمالية والتخطيط السنغالي إبراهيم ساو.",
            ("إبراهيم ساو", "other_minister", "senegal"),
        ),
        (
            "قال المبعوث الأممي الخاص للشرق الأوسط مارتن كيلر إن الحل بعيد.",
            ("مارتن كيلر", "envoy", "united-nations"),
        ),
        (
            "زار السفير الأسترالي لدى المملكة الدكتور جون هارتلي المصنع.",
            ("جون هارتلي", "ambassador", "australia"),
        ),
        (
            "وصل ولي ولي العهد السعودي سالم بن فهد العتيبي.",
            ("سالم بن فهد العتيبي", "crown_prince", "saudi-arabia"),
        ),
    ],
)
def test_owner_beside_words_that_look_like_one(facts: Reader, text: str, role: tuple[str, str, str]) -> None:
    assert facts(text).roles == {role}


def test_a_deputy_shares_the_state_of_the_next_office(facts: Reader) -> None:
    read = facts("زار نائب رئيس الوزراء ووزير خارجية دولة الكويت الشيخ سالم خالد العتيبي القاهرة.")
    assert ("سالم خالد العتيبي", "other_official", "kuwait") in read.roles


def test_whom_something_is_said_to_holds_no_office_before(facts: Reader) -> None:
    assert not facts("أمير قطر لسامي حداد: نشكر مواقفكم.").roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "قال سامر حدادين، الرئيس التنفيذي لمدينة الملك سالم الطبية، إن العمل بدأ.",
            ("سامر حدادين", "organization_head", "مدينة الملك سالم الطبية"),
        ),
        (
            "قال سامر حدادين، مدير عام مركز أرامكو لدعم المخترعين، إن العمل بدأ.",
            ("سامر حدادين", "organization_head", "مركز أرامكو لدعم المخترعين"),
        ),
        (
            "زار الوفد شركة أرامكو. وقال سامر حدادين، الرئيس التنفيذي للشركة، إن العمل بدأ.",
            ("سامر حدادين", "organization_head", "aramco"),
        ),
        (
            "استقبل الملك ولي العهد السعودي الأمير سالم بن فهد العتيبي.",
            ("سالم بن فهد العتيبي", "crown_prince", "saudi-arabia"),
        ),
        (
            "وصل السفير الأسترالي كرولف بيتر هارتلي.",
            ("كرولف بيتر هارتلي", "ambassador", "australia"),
        ),
    ],
)
def test_whole_names_of_bodies_and_holders(facts: Reader, text: str, role: tuple[str, str, str]) -> None:
    assert facts(text).roles == {role}


def test_members_are_no_heads_of_the_body_named_before(facts: Reader) -> None:
    read = facts("اجتمع مجلس الأمن. والتقى المبعوث الأممي مارتن كيلر أعضاء المجلس.")
    assert read.roles == {("مارتن كيلر", "envoy", "united-nations")}


def test_offices_in_a_list_share_the_state_of_the_first(facts: Reader) -> None:
    read = facts(
        "شكرت السنغال ضيوفها. وأكدت السنغال ذلك. "
        "حضر المباحثات وزير الدفاع الأردني سامر حدادين ووزير المالية فهد بن سالم العتيبي "
        "ووزير الصحة ماجد بن سالم العتيبي."
    )
    assert {owner for _, _, owner in read.roles} == {"jordan"}
    assert len(read.roles) == 3


def test_a_deputy_chief_keeps_his_state_beside_an_office_of_a_body(facts: Reader) -> None:
    read = facts("وصل وزير الداخلية الكويتي سالم خالد العتيبي نائب رئيس الوزراء الرئيس الفخري لشركة أرامكو.")
    officials = {owner for _, role, owner in read.roles if role == "other_official"}
    assert officials == {"kuwait", "aramco"}


def test_the_counterpart_of_a_minister_is_a_minister(facts: Reader) -> None:
    read = facts("التقى وزير الخارجية الأردني سامر حدادين نظيره القطري محمد بن عبد الرحمن آل ثاني.")
    roles = {role for person, role, _ in read.roles if person != "سامر حدادين"}
    assert roles == {"foreign_minister"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("وصل رئيس الديوان الملكي الهاشمي فارس الطراونة.", ("فارس الطراونة", "organization_head")),
        (
            "حضر الدكتور ماجد العويشان الأمين العام المساعد للشؤون الخارجية.",
            ("ماجد العويشان", "other_official"),
        ),
        ("كان في استقباله محافظ العاصمة خالد أبو زيدان.", ("خالد أبو زيدان", "other_official")),
        ("كان في استقباله أمين محافظة جدة هاني أبو راسين.", ("هاني أبو راسين", "other_official")),
    ],
)
def test_offices_of_courts_and_cities(facts: Reader, text: str, role: tuple[str, str]) -> None:
    assert role in {(person, name) for person, name, _ in facts(text).roles}


def test_a_prince_without_a_state_holds_no_office(facts: Reader) -> None:
    assert facts("شهد الأمير سالم بن فهد العتيبي الحفل.").roles == set()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("وصل نائب الرئيس اليمني خالد بحاح.", ("khaled-bahah", "other_official", "yemen")),
        ("استقبل صاحب الجلالة الملك محمد السادس الوفد.", ("mohammed-vi", "head_of_state", "morocco")),
        (
            "التقى المبعوث مبعوث الملك للمملكة العربية السعودية باسم عوض الله.",
            ("باسم عوض الله", "envoy", None),
        ),
        ("كان في استقباله أمين عمان فارس البلتان.", ("فارس البلتان", "other_official", "amman")),
        (
            "قال مساعد وزير الخارجية للشؤون القنصلية الكويتي سامي الحمدان إنه سعيد.",
            ("سامي الحمدان", "deputy_minister", "kuwait"),
        ),
    ],
)
def test_whose_office_it_is(facts: Reader, text: str, role: tuple[str, str, str | None]) -> None:
    assert role in facts(text).roles


@pytest.mark.parametrize(
    "text",
    [
        "أوضح الباحث الرئيس للاتفاقية الدكتور هاني العويشان أن العمل مستمر.",
        "أعلن المكتب الإعلامي للحزب فارس الطراونة رئيسا.",
        "شكر الحضور خادم الحرمين الشريفين حفظه الله.",
    ],
)
def test_words_that_are_no_office_there(facts: Reader, text: str) -> None:
    read = facts(text)
    assert not {role for _, role, _ in read.roles} & {"head_of_state", "journalist"}


def test_a_form_of_address_is_no_second_office(facts: Reader) -> None:
    read = facts("أعلن الأمين العام المساعد بالجامعة العربية السفير سعيد العويشان الخبر.")
    assert {role for _, role, _ in read.roles} == {"other_official"}


def test_two_chiefs_side_by_side_are_two_persons(facts: Reader) -> None:
    read = facts("استقبل وزير الخارجية اليمني سفير المملكة المتحدة لدى اليمن #مايكل_هارلو بعد تعيينه.")
    assert {(role, owner) for _, role, owner in read.roles} == {("ambassador", "united-kingdom")}


def test_who_receives_a_guest_shares_the_state_of_the_others(facts: Reader) -> None:
    read = facts(
        "زارت السعودية وفود. وقالت السعودية إنها ترحب. كان في استقباله رئيس الديوان الملكي الهاشمي "
        "فارس الطراونة، ووزير الخارجية الأردني سامر حدادين، ومستشار الملك للشؤون العسكرية مازن العجلوني.",
        source="الرياض",
    )
    assert ("مازن العجلوني", "adviser", "jordan") in read.roles


def test_a_delegation_is_of_its_leaders_state(facts: Reader) -> None:
    read = facts(
        "وقالت الإمارات إنها ترحب. وذكر أن ولي العهد السعودي يزور مصر على رأس وفد كبير يضم وزير الصحة "
        "ماجد بن سالم العتيبي ووزير البيئة فهد بن سالم العتيبي."
    )
    assert {owner for _, role, owner in read.roles if role == "other_minister"} == {"saudi-arabia"}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("حضرت ابنة الرئيس الأميركي، سارة هارلو، الاجتماع.", set()),
        (
            "قالت وزارة الخارجية الأردنية إن سفيرها لدى مصر سالم حدادين عاد.",
            {("سالم حدادين", "ambassador", "jordan")},
        ),
        ("توقع سالم حدادين، رئيس الأبحاث في المصرف، ارتفاع الأسعار.", set()),
        (
            "وصل نائب رئيس البرلمان الأردني سالم حدادين.",
            {("سالم حدادين", "legislator", "البرلمان الأردني")},
        ),
        (
            "هاجم الرئيس الأردني، #خالد_حدادين، القرار.",
            {("خالد_حدادين", "head_of_state", "jordan")},
        ),
        (
            "انتقد الرئيس الأميركي الاتفاق الذي وقعه سلفه دانيال هارلو.",
            {("دانيال هارلو", "head_of_state", "united-states")},
        ),
        (
            "قال النائب العام المستشار سالم حدادين إن التحقيق مستمر.",
            {("سالم حدادين", "other_official", None)},
        ),
    ],
    ids=["kin", "its own ambassador", "head of no state", "deputy", "hashtag", "predecessor", "judge"],
)
def test_who_holds_the_office(facts: Reader, text: str, roles: set[tuple[str, str, str | None]]) -> None:
    assert facts(text).roles == roles


def test_an_official_behind_a_leaders_name_is_whom_he_tells(facts: Reader) -> None:
    assert facts("وأخبر السيسي المستشار الأميركي بالموعد الجديد.").roles == set()


def test_a_spokesperson_of_somebody_is_not_that_person(facts: Reader) -> None:
    assert facts("قال الناطق الرسمي باسم بان كي مون إن الهدنة صامدة.").roles == set()
