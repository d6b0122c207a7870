"""Two short articles written for these tests, with their facts and offsets."""

from __future__ import annotations

from kg.model import (
    Act,
    Article,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Role,
    Span,
    Statement,
    Treaty,
)
from kg.rdf.background import Background

METHOD = "kg.sample.v1"
BACKGROUND = Background(
    wikidata={"russia": "Q159", "iran": "Q794", "united-states": "Q30"},
    state_of={"kremlin": "russia"},
    ar={"united-states": "الولايات المتحدة"},
    en={"united-states": "United States"},
)

FIRST = Article(
    id="first",
    title="بوتين يدين الهجمات على إيران",
    text=(
        "دان الرئيس الروسي فلاديمير بوتين الهجمات الأمريكية على إيران. "
        "وقال الكرملين إن «روسيا تقف مع إيران». "
        "ودعت موسكو واشنطن إلى وقف الهجمات. "
        "ووقعت روسيا وإيران معاهدة شراكة في يناير الماضي. "
        "ولم تهاجم إيران إسرائيل، بحسب مصادر إيرانية. "
        "وستستضيف موسكو قمة في أكتوبر."
    ),
    source="صحيفة التجربة",
    date="2025-06-23",
    place="موسكو",
    sha256="ab" * 32,
)
SECOND = Article(
    id="second",
    title="بيسكوف ينفي",
    text=(
        "زعمت رويترز أن إيران هاجمت إسرائيل الأحد. "
        "ونفى الناطق باسم الكرملين ديمتري بيسكوف تقرير رويترز. "
        "والتقى بوتين وزير الخارجية السابق عباس كريمي في 22 يونيو."
    ),
    source="صحيفة أخرى",
    date="2025-06-24",
)


def span(article: Article, text: str, nth: int = 1) -> Span:
    """The nth occurrence of a text in an article."""
    start = -1
    for _ in range(nth):
        start = article.full_text.index(text, start + 1)
    return Span(start, start + len(text), text)


def entity(article: Article, key: str, kind: str, name: str, *surfaces: str, **more: object) -> Entity:
    """An entity mentioned once in each of some forms."""
    mentions = tuple(Mention(span(article, s)) for s in (surfaces or (name,)))
    return Entity(key, kind, name, mentions=mentions, method=METHOD, **more)  # type: ignore[arg-type]


def sentence(article: Article, start: str) -> Evidence:
    """The sentence of an article that begins with some words."""
    found = span(article, start)
    end = article.full_text.find(".", found.start)
    return Evidence(Span(found.start, end + 1, article.full_text[found.start : end + 1]))


def first() -> Extraction:
    """Putin condemns; the Kremlin supports; a treaty; a denied attack; a planned summit."""
    a = FIRST
    condemn, kremlin, asks = (sentence(a, t) for t in ("دان الرئيس", "وقال الكرملين", "ودعت موسكو"))
    treaty, denied, plan = (sentence(a, t) for t in ("ووقعت روسيا", "ولم تهاجم", "وستستضيف"))
    return Extraction(
        a,
        entities=(
            entity(a, "E1", "PERSON", "فلاديمير بوتين", en="Vladimir Putin", link="vladimir-putin"),
            entity(a, "E2", "STATE", "روسيا", "روسيا", "موسكو", en="Russia", link="russia"),
            entity(a, "E3", "STATE", "إيران", en="Iran", link="iran"),
            entity(a, "E4", "STATE", "أمريكا", "واشنطن", link="united-states"),
            entity(a, "E5", "GOVBODY", "الكرملين", en="Kremlin", link="kremlin"),
            entity(a, "E6", "STATE", "إسرائيل", en="Israel", link="israel"),
            entity(a, "E7", "GROUP", "مصادر إيرانية"),
            entity(a, "T1", "TREATY", "معاهدة شراكة"),
            entity(
                a, "V1", "EVENT", "الهجمات الأمريكية على إيران", "الهجمات الأمريكية على إيران",
                event_type="ASSAULT",
            ),
            entity(a, "V2", "EVENT", "قمة", event_type="CONSULT"),
        ),
        roles=(Role("E1", "head_of_state", "E2", "الرئيس", condemn, confidence=0.95, method=METHOD),),
        acts=(
            Act("condemns", span(a, "دان"), ("E1",), ("V1",), condemn, date="2025-06-23", method=METHOD),
            Act("supports", span(a, "تقف مع"), ("E2",), ("E3",), kremlin, source="E5", method=METHOD),
            Act(
                "requests", span(a, "دعت"), ("E2",), ("E4",), asks,
                object=span(a, "وقف الهجمات"), confidence=0.8765, method=METHOD,
            ),
            Act(
                "attacks", span(a, "تهاجم"), ("E3",), ("E6",), denied,
                negated=True, source="E7", method=METHOD,
            ),
            Act(
                "hosts", span(a, "ستستضيف"), ("E2",), ("V2",), plan,
                modality="future", date="2025-10", method=METHOD,
            ),
        ),
        statements=(
            Statement("E5", span(a, "روسيا تقف مع إيران"), kremlin, direct=True, method=METHOD),
        ),
        treaties=(Treaty("T1", ("E2", "E3"), treaty, signed="2025-01", duration="20 years", method=METHOD),),
        events=(Event("V1", "ASSAULT", condemn, agents=("E4",), patients=("E3",), method=METHOD),),
    )  # fmt: skip


def second() -> Extraction:
    """Reuters claims an attack; Peskov denies the report; a meeting with a former minister."""
    a = SECOND
    claim, denial, meeting = (sentence(a, t) for t in ("زعمت", "ونفى", "والتقى"))
    return Extraction(
        a,
        entities=(
            entity(a, "E1", "MEDIA", "رويترز", en="Reuters", link="reuters"),
            entity(a, "E2", "STATE", "إيران", en="Iran", link="iran"),
            entity(a, "E3", "STATE", "إسرائيل", en="Israel", link="israel"),
            entity(a, "E4", "PERSON", "ديمتري بيسكوف", en="Dmitry Peskov", link="dmitry-peskov"),
            entity(a, "E5", "GOVBODY", "الكرملين", en="Kremlin", link="kremlin"),
            entity(a, "E6", "PERSON", "فلاديمير بوتين", "بوتين", en="Vladimir Putin", link="vladimir-putin"),
            entity(a, "E7", "PERSON", "عباس كريمي"),
        ),
        roles=(
            Role("E4", "spokesperson", "E5", "الناطق باسم الكرملين", denial, method=METHOD),
            Role("E7", "foreign_minister", "E2", "وزير الخارجية", meeting, former=True, method=METHOD),
        ),
        acts=(
            Act(
                "attacks", span(a, "هاجمت"), ("E2",), ("E3",), claim,
                source="E1", date="2025-06-22", method=METHOD,
            ),
            Act(
                "denies", span(a, "نفى"), ("E4",), ("E1",), denial,
                object=span(a, "تقرير رويترز"), method=METHOD,
            ),
            Act("meets", span(a, "التقى"), ("E6",), ("E7",), meeting, date="2025-06-22", method=METHOD),
        ),
        statements=(Statement("E1", span(a, "إيران هاجمت إسرائيل الأحد"), claim, method=METHOD),),
    )  # fmt: skip
