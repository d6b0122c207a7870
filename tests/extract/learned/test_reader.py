"""What the reader sees of an article, and how it turns probabilities into spans and links."""

import numpy as np
import pytest

from kg.errors import ConfigError
from kg.extract.learned.acts import of_adjective, own_states
from kg.extract.learned.candidates import PAIR_WIDTH, act_opinions, candidates_of, pair_up
from kg.extract.learned.component import ReaderComponent
from kg.extract.learned.dates import DATE_WIDTH
from kg.extract.learned.features import COLUMNS, token_features
from kg.extract.learned.groups import add_groups
from kg.extract.learned.heads import Heads, gelu, softmax
from kg.extract.learned.labels import CLASSES, LINKS, NAMED, TAGS
from kg.extract.learned.names import proclitics_of, revise_names
from kg.extract.learned.reading import Reading
from kg.extract.learned.spans import Found, decode, mass, trimmed
from kg.model import Article
from kg.nlp.drafts import Sentence
from kg.nlp.layer import Layer
from kg.nlp.pipeline import load_pipeline

TITLE = "مصر تدين الهجوم"
TEXT = "دانت مصر الهجوم على ليبيا. وقال وزير الخارجية المصري سامح شكري إن بلاده ترفض التدخل."
WIDTH = 12


@pytest.fixture(scope="module")
def layer() -> Layer:
    nlp = load_pipeline("rules")
    article = Article("x", TITLE, TEXT, date="2027-03-02")
    doc = nlp.make_doc(article.full_text)
    doc._.article = article
    return nlp(doc)._.kg


def weights(seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights of all heads over vectors of WIDTH numbers."""
    chance = np.random.default_rng(seed)
    found: dict[str, np.ndarray] = {}

    def linear(name: str, out: int, into: int) -> None:
        found[f"{name}.weight"] = chance.normal(0, 0.3, (out, into)).astype(np.float32)
        found[f"{name}.bias"] = chance.normal(0, 0.3, out).astype(np.float32)

    found["hints.weight"] = chance.normal(0, 0.1, (WIDTH, len(COLUMNS), 5)).astype(np.float32)
    found["hints.bias"] = np.zeros(WIDTH, np.float32)
    found["norm.weight"], found["norm.bias"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    linear("up", WIDTH, WIDTH)
    linear("down", WIDTH, WIDTH)
    for name, labels in TAGS.items():
        linear(f"taggers.{name}", 2 * len(labels) + 1, WIDTH)
    for name, classes in CLASSES.items():
        linear(f"classifiers.{name}", len(classes), WIDTH)
    for name, links in LINKS.items():
        linear(f"scorers.{name}.anchor", 128, WIDTH)
        linear(f"scorers.{name}.mention", 128, WIDTH)
        linear(f"scorers.{name}.inner", 128, 3 * 128 + PAIR_WIDTH)
        linear(f"scorers.{name}.words", 128, WIDTH)
        found[f"scorers.{name}.near.weight"] = chance.normal(0, 0.3, (65, 128)).astype(np.float32)
        for norm in ("around", "layers.0.before", "layers.0.between", "norm"):
            found[f"scorers.{name}.{norm}.weight"] = np.ones(128, np.float32)
            found[f"scorers.{name}.{norm}.bias"] = np.zeros(128, np.float32)
        linear(f"scorers.{name}.layers.0.query", 128, 128)
        linear(f"scorers.{name}.layers.0.seen", 256, 128)
        linear(f"scorers.{name}.layers.0.mixed", 128, 128)
        linear(f"scorers.{name}.layers.0.up", 256, 128)
        linear(f"scorers.{name}.layers.0.down", 128, 256)
        linear(f"scorers.{name}.outer", len(links), 128)
    linear("dating.trigger", 64, WIDTH)
    linear("dating.date", 64, WIDTH)
    linear("dating.inner", 64, 3 * 64 + DATE_WIDTH)
    linear("dating.outer", 1, 64)
    linear("pointer.trigger", 128, WIDTH)
    linear("pointer.first", 128, WIDTH)
    linear("pointer.known", 128, 2 * WIDTH)
    linear("pointer.last", 128, WIDTH)
    linear("pointer.none", 1, WIDTH)
    found["pointer.near"] = chance.normal(0, 0.1, (2, 65)).astype(np.float32)
    return found


def reading(layer: Layer) -> Reading:
    vectors = np.random.default_rng(1).normal(size=(len(layer), WIDTH)).astype(np.float32)
    return Reading(Heads(weights(), COLUMNS), vectors, layer, {})


def column(layer: Layer, name: str) -> list[str]:
    return [layer.words[i] for i in np.flatnonzero(token_features(layer)[:, COLUMNS.index(name)])]


def test_features_tell_what_the_rules_found(layer: Layer) -> None:
    assert token_features(layer).shape == (len(layer), len(COLUMNS))
    assert column(layer, "begins STATE") == ["مصر", "مصر", "ليبيا", "بلاده"]
    assert column(layer, "act condemns")[-1] == "دانت"
    assert "ترفض" in column(layer, "may be rejects")
    assert column(layer, "title foreign_minister") == ["وزير", "الخارجية", "المصري"]
    assert column(layer, "headline") == TITLE.split()
    assert column(layer, "content begins")[-1] == "بلاده"


def test_candidates_are_mentions_and_nationality_adjectives(layer: Layer) -> None:
    found = [(" ".join(layer.words[c.first : c.last]), c.type, c.kind) for c in candidates_of(layer)]
    assert ("المصري", "STATE", "adjective") in found
    assert ("سامح شكري", "PERSON", "name") in found
    egypt = {id(c.entity) for c in candidates_of(layer) if layer.words[c.first] in ("مصر", "المصري")}
    assert len(egypt) == 1


def test_pairs_say_how_near_a_mention_is_and_what_the_rules_hold(layer: Layer) -> None:
    trigger = layer.words.index("دانت")
    candidates = candidates_of(layer)
    pairs = pair_up(layer, [(trigger, trigger + 1)], candidates, act_opinions(layer), layer)
    rows = {candidates[m].first: row for m, row in zip(pairs.mention, pairs.matrix(), strict=True)}
    actor = rows[trigger + 1]
    assert actor.shape == (PAIR_WIDTH,)
    assert actor[-7:].tolist() == [1, 0, 0, 0, 1, 0, 0]  # actor by the rules; subject after the verb
    said = rows[layer.words.index("بلاده")]
    assert said[-7] == 1  # the same entity, named elsewhere
    other = rows[layer.words.index("ليبيا")]
    assert other[-7] == 0


def test_decoded_spans_stay_in_their_sentence_and_do_not_overlap() -> None:
    tags = np.full((6, 5), 0.02, np.float32)
    tags[:, 0] = 0.9
    tags[1] = [0.1, 0.8, 0.05, 0.03, 0.02]
    tags[2] = [0.1, 0.05, 0.8, 0.03, 0.02]
    tags[3] = [0.1, 0.05, 0.8, 0.03, 0.02]  # the next sentence: the span must end before
    tags[2, 3] = 0.3
    sentences = [Sentence(0, 0, 3, 0, 9), Sentence(1, 3, 6, 9, 20)]
    found = decode(tags, ("A", "B"), sentences, 0.25)
    assert found == [Found(1, 3, "A", pytest.approx(0.8))]
    assert mass(tags, 1, 3) == pytest.approx(0.9)
    assert decode(tags, ("A", "B"), sentences, 0.85) == []


def test_marks_at_the_ends_of_a_span_are_no_part_of_it() -> None:
    assert trimmed(["«", "الحياة", "»"], Found(0, 3, "MEDIA", 0.9)) == Found(1, 2, "MEDIA", 0.9)
    assert trimmed(["-", "«"], Found(0, 2, "MEDIA", 0.9)) is None


def test_links_are_of_entities_whichever_mention_is_likeliest(layer: Layer) -> None:
    trigger = layer.words.index("ترفض")
    ((actors, targets, sources),) = reading(layer).linked("acts", layer, [(trigger, trigger + 1)])
    assert {e.type for e in actors} >= {"STATE", "PERSON"}
    assert set(actors) == set(targets) == set(sources)
    assert all(0 <= p <= 1 for p in actors.values())


def test_a_content_lies_in_the_sentence_and_never_holds_its_trigger(layer: Layer) -> None:
    for seed in range(20):
        vectors = np.random.default_rng(seed).normal(size=(len(layer), WIDTH)).astype(np.float32)
        one = Reading(Heads(weights(seed), COLUMNS), vectors, layer, {})
        trigger = layer.words.index("دانت")
        span, sure, none = one.content((trigger, trigger + 1))
        sentence = layer.sentences[layer.sentence_of[trigger]]
        assert span is not None
        assert sentence.first <= span[0] < span[1] <= sentence.last
        assert not span[0] <= trigger < span[1]
        assert 0 <= sure <= 1
        assert 0 <= none <= 1


def test_heads_survive_saving_in_half_precision() -> None:
    heads = Heads(weights(), COLUMNS)
    again = Heads.from_bytes(heads.to_bytes())
    rows = np.random.default_rng(3).normal(size=(4, WIDTH)).astype(np.float32)
    assert again.columns == heads.columns
    assert np.allclose(heads.tags("names", rows), again.tags("names", rows), atol=2e-3)


def test_heads_find_their_columns_by_name() -> None:
    plain, chance = weights(), np.random.default_rng(4)
    order = chance.permutation(len(COLUMNS))
    mixed = {**plain, "hints.weight": plain["hints.weight"][:, order]}
    vectors = chance.normal(size=(7, WIDTH)).astype(np.float32)
    features = chance.random((7, len(COLUMNS))).astype(np.float32)
    expected = Heads(plain, COLUMNS).read(vectors, features)
    found = Heads(mixed, [COLUMNS[i] for i in order]).read(vectors, features)
    assert np.allclose(expected, found, atol=1e-5)


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ConfigError, match="the feature 'colour'"):
        Heads(weights(), [*COLUMNS[:-1], "colour"])


@pytest.mark.parametrize("data", [b"", b"PK", b"not an archive"])
def test_damaged_heads_are_one_error(data: bytes) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        Heads.from_bytes(data)


def test_the_component_saves_its_weights(tmp_path) -> None:
    nlp = load_pipeline("rules")
    component = ReaderComponent(nlp, heads=Heads(weights(), COLUMNS), confidence={"acts": {"bias": -1.5}})
    component.to_disk(tmp_path / "reader")
    for again in (
        ReaderComponent(nlp).from_disk(tmp_path / "reader"),
        ReaderComponent(nlp).from_bytes(component.to_bytes()),
    ):
        assert again.confidence == {"acts": {"bias": -1.5}}
        assert again.heads is not None
        assert again.heads.columns == COLUMNS
    (tmp_path / "reader" / "heads.npz").write_bytes(b"PK")
    with pytest.raises(ConfigError, match="cannot be read"):
        ReaderComponent(nlp).from_disk(tmp_path / "reader")
    with pytest.raises(ConfigError, match="no weights"):
        ReaderComponent(nlp)(nlp.make_doc("مصر"))


def test_activation_and_softmax_are_the_exact_ones() -> None:
    x = np.linspace(-6, 6, 101).astype(np.float32)
    from math import erf

    exact = [0.5 * v * (1 + erf(v / 2**0.5)) for v in x.tolist()]
    assert np.abs(gelu(x) - exact).max() < 1e-6
    assert softmax(np.array([[1000.0, 1000.0]], np.float32)).tolist() == [[0.5, 0.5]]


class Groups:
    """A reading that is sure of given spans of unnamed actors."""

    def __init__(self, *spans: Found) -> None:
        self.found = list(spans)

    def spans(self, name: str, floor: float) -> list[Found]:
        return [f for f in self.found if name == "groups" and f.sure >= floor]


class Names:
    """A reading that is sure of given names, and of the type of a word of the rules."""

    def __init__(self, layer: Layer, found: list[Found], retyped: tuple[int, str] | None = None) -> None:
        self.rules = layer.anew()
        self.found = found
        self.matrix = np.zeros((len(layer), len(TAGS["names"]) * 2 + 1), np.float32)
        if retyped is not None:
            self.matrix[retyped[0], 2 * NAMED.index(retyped[1]) + 1] = 1

    def spans(self, name: str, floor: float) -> list[Found]:
        return [f for f in self.found if f.sure >= floor]

    def tags(self, name: str) -> np.ndarray:
        return self.matrix


def read_by_rules(text: str) -> Layer:
    nlp = load_pipeline("rules")
    article = Article("x", "", text, date="2027-03-02")
    doc = nlp.make_doc(article.full_text)
    doc._.article = article
    return nlp(doc)._.kg


@pytest.mark.parametrize(
    ("text", "sure", "added"),
    [
        ("وصل زمبورا إلى المطار.", 0.95, False),
        ("وصل زمبورا إلى المطار.", 0.995, True),
        ("وصل زمبورا إلى المطار. ثم عاد زمبورا.", 0.95, True),
    ],
)
def test_a_name_of_one_word_that_is_seen_once_must_be_sure(text: str, sure: float, added: bool) -> None:
    read = read_by_rules(text)
    revise_names(read, Names(read, [Found(1, 2, "PERSON", sure)]))  # type: ignore[arg-type]
    assert ("زمبورا" in {m.text for m in read.mentions if m.type == "PERSON"}) is added


def test_a_place_of_the_tables_stays_one() -> None:
    read = read_by_rules("عاد الوفد إلى إسطنبول أمس.")
    at = read.words.index("إسطنبول")
    revise_names(read, Names(read, [], (at, "GOVBODY")))  # type: ignore[arg-type]
    assert [m.type for m in read.mentions if m.text == "إسطنبول"] == ["PLACE"]


def test_a_whole_group_takes_the_place_of_its_parts() -> None:
    nlp = load_pipeline("rules")
    article = Article("x", "", "شارك مئات المتظاهرين الغاضبين في المسيرة وهتفوا.", date="2027-03-02")
    doc = nlp.make_doc(article.full_text)
    doc._.article = article
    read: Layer = nlp(doc)._.kg
    first = read.words.index("مئات")
    before = {m.text for m in read.mentions if m.type == "GROUP"}
    add_groups(read, Groups(Found(first, first + 3, "GROUP", 0.9)))  # type: ignore[arg-type]
    groups = [e for e in read.entities if e.type == "GROUP"]
    assert before
    assert "مئات المتظاهرين الغاضبين" not in before
    assert [e.name for e in groups] == ["مئات المتظاهرين الغاضبين"]
    assert {m.text for m in read.mentions if m.type == "GROUP"} == {"مئات المتظاهرين الغاضبين"}


@pytest.mark.parametrize(
    ("word", "label", "rest"),
    [
        ("لوكالة", "MEDIA", "وكالة"),
        ("وشركة", "ORG", "شركة"),
        ("وأحمد", "PERSON", "أحمد"),
        ("ليبيا", "STATE", "ليبيا"),
        ("وديع", "PERSON", "وديع"),
    ],
)
def test_particles_before_names(word: str, label: str, rest: str) -> None:
    assert word[proclitics_of(word, label)[0] :] == rest


def test_the_adjective_behind_a_noun_says_who_acts() -> None:
    read = read_by_rules("دانت تركيا الهجمات الأميركية والإسرائيلية على إيران، ورحبت بالهجمات.")
    turkey = next(e for e in read.entities if e.link == "turkey")
    at = read.words.index("الهجمات")
    chosen = of_adjective(read, (at, at + 1), {turkey: 0.9})
    assert {e.link for e, score in chosen.items() if score > 0.5} == {"united-states", "israel"}
    other = read.words.index("بالهجمات")
    assert of_adjective(read, (other, other + 1), {turkey: 0.9}) == {turkey: 0.9}


def test_an_office_holder_acts_for_a_state() -> None:
    read = read_by_rules("قال وزير الخارجية الأردني سامر حدادين إن فرنسا ترحب بالاتفاق.")
    minister = next(e for e in read.entities if e.type == "PERSON")
    jordan = next(e for e in read.entities if e.link == "jordan")
    france = next(e for e in read.entities if e.link == "france")
    assert own_states(read, [minister, france]) == {id(jordan)}
