"""The working state that the extractors share while they read one article.

The frozen facts of :mod:`kg.model` are what leaves the pipeline; in between, the
components enrich one mutable :class:`Layer`, attached to the spaCy ``Doc`` as
``doc._.kg``. Token indices here count tokens without white space.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc

from kg.arabic import DateMention, find_dates, fold
from kg.model import Article, Span
from kg.nlp.drafts import (
    ActDraft,
    EntityDraft,
    EventDraft,
    MentionDraft,
    Quote,
    Sentence,
    StatementDraft,
    TitlePhrase,
    TreatyDraft,
)
from kg.nlp.trie import HYPHENS

for _name in ("article", "kg", "reading", "extraction"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)

OPENING = frozenset("«“„‹‘「『")
CLOSING = frozenset("»”›’」』")
STRAIGHT = frozenset("\"'＂")
PUNCTUATION = frozenset(".,،؛;:!؟?()[]{}…-–—ـ/\\|*•#_") | OPENING | CLOSING | STRAIGHT


@dataclass(slots=True)
class Layer:
    """Tokens, sentences, mentions and facts of one article."""

    article: Article
    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    folds: list[str]
    sentences: list[Sentence]
    sentence_of: list[int]
    title_end: int
    lex: list[int]
    """Indices of the tokens that are no hyphens: what phrases are matched against."""
    lex_words: list[str]
    lex_folds: list[str]
    mentions: list[MentionDraft] = field(default_factory=list)
    entities: list[EntityDraft] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    date_tokens: frozenset[int] = frozenset()
    titles: list[TitlePhrase] = field(default_factory=list)
    title_tokens: set[int] = field(default_factory=set)
    """Tokens of the title phrases that stand before or after a name."""
    credits: list[MentionDraft] = field(default_factory=list)
    role_drafts: list[tuple[EntityDraft, str, EntityDraft | None, TitlePhrase]] = field(default_factory=list)
    event_drafts: list[EventDraft] = field(default_factory=list)
    treaty_drafts: list[TreatyDraft] = field(default_factory=list)
    event_mentions: list[MentionDraft] = field(default_factory=list)
    treaty_mentions: list[MentionDraft] = field(default_factory=list)
    np_index: dict[int, MentionDraft] | None = None
    event_at: dict[int, MentionDraft] = field(default_factory=dict)
    """First token of a described event or document → its mention; names may lie inside it."""
    statement_drafts: list[StatementDraft] = field(default_factory=list)
    act_drafts: list[ActDraft] = field(default_factory=list)
    mention_at: dict[int, MentionDraft] = field(default_factory=dict)
    """First token of a mention → the mention (the longest where several begin)."""
    covered: dict[int, MentionDraft] = field(default_factory=dict)
    """Any token of a mention → the mention."""

    event_covered: dict[int, MentionDraft] = field(default_factory=dict)
    """Any token of a described event or document → its mention."""

    def add_described(self, mention: MentionDraft) -> None:
        """Record where a described event or document stands."""
        self.event_at[mention.first] = mention
        for i in range(mention.first, mention.last):
            self.event_covered[i] = mention

    def __len__(self) -> int:
        return len(self.words)

    def anew(self) -> Layer:
        """The same text for another reading: tokens, sentences, quotations and dates, which never change."""
        return Layer(
            article=self.article,
            text=self.text,
            starts=self.starts,
            ends=self.ends,
            words=self.words,
            folds=self.folds,
            sentences=self.sentences,
            sentence_of=self.sentence_of,
            title_end=self.title_end,
            lex=self.lex,
            lex_words=self.lex_words,
            lex_folds=self.lex_folds,
            quotes=self.quotes,
            dates=self.dates,
            date_tokens=self.date_tokens,
        )

    def add_mention(self, mention: MentionDraft) -> None:
        """Record a mention and mark its tokens as taken."""
        self.mentions.append(mention)
        self.mention_at[mention.first] = mention
        for i in range(mention.first, mention.last):
            self.covered[i] = mention

    def drop_mention(self, mention: MentionDraft) -> None:
        """Take a mention back."""
        self.mentions.remove(mention)
        if self.mention_at.get(mention.first) is mention:
            del self.mention_at[mention.first]
        for i in range(mention.first, mention.last):
            if self.covered.get(i) is mention:
                del self.covered[i]

    def entity_of(self, type_: str, link: str | None, name: str, en: str | None = None) -> EntityDraft:
        """The entity with this link (or, unlinked, this name), made where there is none yet."""
        for entity in self.entities:
            if entity.type == type_ and (entity.link == link if link else entity.name == name):
                return entity
        entity = EntityDraft(type_, name, en, link)
        self.entities.append(entity)
        return entity

    def free(self, first: int, last: int) -> bool:
        """Whether no mention covers any token of the range."""
        return not any(i in self.covered for i in range(first, last))

    def span(self, first: int, last: int) -> Span:
        """The characters of the token range ``first:last``."""
        start, end = self.starts[first], self.ends[last - 1]
        return Span(start, end, self.text[start:end])

    def chars(self, start: int, end: int) -> Span:
        """A character range as a :class:`~kg.model.Span`."""
        return Span(start, end, self.text[start:end])

    def token_at(self, char: int) -> int:
        """Index of the last token that begins at or before ``char``."""
        return max(0, bisect_right(self.starts, char) - 1)

    def sentence_span(self, sentence: Sentence) -> Span:
        """The characters of a sentence."""
        return self.chars(sentence.start, sentence.end)

    def last_entities(self, token: int, types: tuple[str, ...], count: int) -> list[EntityDraft]:
        """The ``count`` distinct entities of some types named last before a token, in text order."""
        found: list[EntityDraft] = []
        for i in range(token - 1, -1, -1):
            mention = self.mention_at.get(i)
            if mention is not None and mention.type in types and mention.entity is not None:
                if mention.entity not in found:
                    found.append(mention.entity)
                if len(found) == count:
                    break
        return found[::-1]

    def in_date(self, token: int) -> bool:
        """Whether a token belongs to a date expression."""
        return token in self.date_tokens

    def in_quote(self, char: int) -> Quote | None:
        """The quotation that covers a character, or None."""
        for quote in self.quotes:
            if quote.start <= char < quote.end:
                return quote
        return None

    @property
    def reference(self) -> date | None:
        """The article's day, against which relative dates resolve (None if not known to the day)."""
        iso = self.article.date
        return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def build_layer(doc: Doc, article: Article, sentence_spans: list[tuple[int, int]]) -> Layer:
    """Tokens without white space, their folded forms, sentences, quotations and dates.

    Args:
        doc: The tokenised full text of the article.
        article: The article.
        sentence_spans: Character ranges of the sentences, ordered, not overlapping.
    """
    text = doc.text
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for token in doc:
        word = token.text
        if not word.isspace():
            starts.append(token.idx)
            ends.append(token.idx + len(word))
            words.append(word)
    folds = [fold(w) for w in words]
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    at = 0
    for _start, end in sentence_spans:
        first = at
        while at < len(words) and starts[at] < end:
            at += 1
        if at > first:
            index = len(sentences)
            sentences.append(Sentence(index, first, at, starts[first], ends[at - 1]))
            sentence_of.extend([index] * (at - first))
    lex = [i for i, word in enumerate(words) if word not in HYPHENS]
    layer = Layer(
        article=article,
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        folds=folds,
        sentences=sentences,
        sentence_of=sentence_of,
        title_end=len(article.title),
        lex=lex,
        lex_words=[words[i] for i in lex],
        lex_folds=[folds[i] for i in lex],
    )
    layer.quotes = find_quotes(text)
    layer.dates = list(find_dates(text, layer.reference))
    layer.date_tokens = frozenset(
        i for d in layer.dates for i in range(bisect_left(starts, d.start), bisect_left(starts, d.end))
    )
    return layer


_TURNED = str.maketrans("“”", "”“")


def find_quotes(text: str) -> list[Quote]:
    """Quotations of all styles, in text order; a quotation does not run over a blank line.

    Straight quotes pair up within one paragraph; an opening mark without its closing
    one runs to the end of the paragraph, as agencies leave it.
    """
    quotes: list[Quote] = []
    offset = 0
    for line in text.split("\n"):
        # Some papers set the closing mark first: ”…“.
        turned = -1 < line.find("”") < line.find("“")
        paragraph = line.translate(_TURNED) if turned else line
        open_at: int | None = None
        for i, char in enumerate(paragraph):
            if char in OPENING:
                if open_at is None:
                    open_at = i + 1
            elif char in CLOSING:
                if open_at is not None:
                    quotes.append(Quote(offset + open_at, offset + i))
                    open_at = None
            elif char == '"' or char == "＂":
                if open_at is None:
                    open_at = i + 1
                else:
                    quotes.append(Quote(offset + open_at, offset + i))
                    open_at = None
        if open_at is not None and len(paragraph) - open_at > 20:
            quotes.append(Quote(offset + open_at, offset + len(paragraph)))
        offset += len(paragraph) + 1
    return [q for q in quotes if q.end > q.start]


def make_mention(layer: Layer, first: int, last: int, skip: int, type_: str, **more: object) -> MentionDraft:
    """A mention over tokens ``first:last``, without the proclitics of its first token."""
    start, end = layer.starts[first] + skip, layer.ends[last - 1]
    return MentionDraft(first, last, start, end, layer.text[start:end], type_, **more)  # type: ignore[arg-type]
