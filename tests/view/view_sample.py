"""Hand-made extractions for the tests of the network, the page and the exports."""

from __future__ import annotations

import networkx as nx

from kg.analyse.network import build_network
from kg.model import Act, Article, Entity, Evidence, Extraction, Mention, Role, Span, Statement, Treaty

CONDEMNS = "دان الرئيس الروسي فلاديمير بوتين 🕊 الهجمات على إيران."
DENIES = "ولم يزر بوتين طهران هذا العام."
MEETS = "والتقى عباس عراقجي بوتين في موسكو."
CALLS = "ودعا بوتين إلى وقف القتال."
SIGNS = "وقعت روسيا وإيران معاهدة تعاون."
HOSTILE = (
    '</script><script>window.hacked=1</script><img src="https://evil.example/x" onerror="window.hacked=2">'
)
BIDI = "\u202eمقلوب\u202c {{ 7*7 }} \u2028 <b>&amp;"


def naming(extraction: Extraction, entity: Entity) -> tuple[str, str | None]:
    return f"https://example.org/id/{entity.link or extraction.article.id + '-' + entity.id}", entity.en


def article(number: int, title: str, sentences: list[str], **more: str | None) -> Article:
    return Article(f"a{number}", title, " ".join(sentences), date=f"2025-06-2{number}", **more)  # type: ignore[arg-type]


def span(of: Article, words: str, within: str = "") -> Span:
    """The first ``words`` at or after the sentence ``within``."""
    start = of.full_text.index(words, of.full_text.index(within))
    return Span(start, start + len(words), words)


def proof(of: Article, sentence: str) -> Evidence:
    return Evidence(span(of, sentence))


def named(of: Article, ident: str, kind: str, name: str, en: str | None, link: str | None = None) -> Entity:
    places = (Mention(span(of, name)),) if name in of.full_text else ()
    return Entity(ident, kind, name, en, places, link)  # type: ignore[arg-type]


def two_articles() -> list[Extraction]:
    a = article(3, "بوتين يدين", [CONDEMNS, DENIES, MEETS, CALLS], source="رويترز")
    first = Extraction(
        a,
        entities=(
            named(a, "E1", "PERSON", "فلاديمير بوتين", "Vladimir Putin", "putin"),
            named(a, "E2", "STATE", "روسيا", "Russia", "russia"),
            named(a, "E3", "STATE", "إيران", "Iran", "iran"),
            named(a, "E4", "PERSON", "عباس عراقجي", "Abbas Araghchi", "araghchi"),
            named(a, "V1", "EVENT", "الهجمات على إيران", "attacks on Iran"),
        ),
        roles=(Role("E1", "head_of_state", "E2", "الرئيس", proof(a, CONDEMNS)),),
        acts=(
            Act("condemns", span(a, "دان"), ("E1",), ("V1",), proof(a, CONDEMNS), date="2025-06-23"),
            Act(
                "visits",
                span(a, "يزر"),
                ("E1",),
                ("E3",),
                proof(a, DENIES),
                negated=True,
                source="E4",
                confidence=0.5,
            ),
            Act("meets", span(a, "والتقى"), ("E4",), ("E1",), proof(a, MEETS), date="2025-06-23"),
            Act("requests", span(a, "ودعا"), ("E1",), (), proof(a, CALLS), object=span(a, "وقف القتال")),
        ),
        statements=(Statement("E1", span(a, "وقف القتال"), proof(a, CALLS), direct=True),),
    )
    b = article(4, "معاهدة", [SIGNS, MEETS], source="=HYPERLINK(1)")
    second = Extraction(
        b,
        entities=(
            named(b, "E1", "STATE", "روسيا", "Russia", "russia"),
            named(b, "E2", "STATE", "إيران", "Iran", "iran"),
            named(b, "E3", "PERSON", "بوتين", "Vladimir Putin", "putin"),
            named(b, "E4", "PERSON", "عباس عراقجي", "Abbas Araghchi", "araghchi"),
            named(b, "T1", "TREATY", "معاهدة تعاون", "cooperation treaty"),
        ),
        acts=(Act("meets", span(b, "والتقى"), ("E3", "E4"), (), proof(b, MEETS), source="E1"),),
        treaties=(Treaty("T1", ("E1", "E2"), proof(b, SIGNS), signed="2025-01", duration="20 years"),),
    )
    return [first, second]


def hostile() -> list[Extraction]:
    a = article(1, HOSTILE, [HOSTILE, BIDI, "دان"], source=BIDI)
    return [
        Extraction(
            a,
            entities=(
                Entity("E1", "PERSON", HOSTILE, HOSTILE, (), "x"),
                Entity("E2", "STATE", BIDI, None, (), "y"),
                Entity(
                    "E3", "GROUP", "\ud800\x00\x0b=1+1", "'\"`", (), 'z"><script>window.hacked=3</script>'
                ),
            ),
            roles=(Role("E1", "envoy", None, HOSTILE, proof(a, HOSTILE)),),
            acts=(
                Act("condemns", span(a, "window"), ("E1",), ("E2",), proof(a, HOSTILE), object=span(a, BIDI)),
                Act("attacks", span(a, "دان"), ("E3",), ("E1",), proof(a, BIDI)),
            ),
            statements=(Statement("E1", span(a, HOSTILE), proof(a, HOSTILE)),),
        )
    ]


def small() -> nx.MultiDiGraph[str]:
    return build_network(two_articles(), naming)


def repeated(count: int, times: int) -> nx.MultiDiGraph[str]:
    """A star whose edges are each told by several articles, on the word of an entity with few facts."""
    sentence = "هاجم طرف طرفا."
    entities = tuple(Entity(f"E{i}", "ORG", f"كيان {i}", None, (), f"b{i:04}") for i in range(count))
    told = []
    for number in range(1, times + 1):
        a = article(number, "خبر", [sentence])
        trigger, evidence, last = span(a, "هاجم"), proof(a, sentence), f"E{count - 1}"
        acts = tuple(
            Act("attacks", trigger, (entity.id,), ("E0",), evidence, source=last) for entity in entities[1:]
        )
        said = (Statement("E0", trigger, evidence),)
        told.append(Extraction(a, entities, acts=acts, statements=said))
    return build_network(told, naming)


def crowd(count: int = 200) -> nx.MultiDiGraph[str]:
    """A network of more nodes than the page shows at first: a ring, each also tied to node 0."""
    sentence = "هاجم طرف طرفا."
    a = article(1, "حشد", [sentence])
    entities = tuple(Entity(f"E{i}", "ORG", f"كيان {i}", f"Body {i}", (), f"b{i}") for i in range(count))
    acts = []
    for i in range(1, count):
        trigger = span(a, "هاجم")
        acts.append(Act("attacks", trigger, (f"E{i}",), ("E0",), proof(a, sentence)))
        if i < count // 2:
            acts.append(Act("warns", trigger, (f"E{i}",), (f"E{i + 1}",), proof(a, sentence)))
    return build_network([Extraction(a, entities, acts=tuple(acts))], naming)
