"""Datelines of Arabic news agencies: who reports, from where, on which day.

Understood are the usual forms, at the start of a paragraph or as a line of their own::

    رويترز، موسكو، 23 يونيو/حزيران: …
    موسكو (رويترز) - …
    القاهرة - أ ف ب: …
    الرياض 12 رجب 1446 هـ الموافق 12 يناير 2025 م واس
    واشنطن/ 3 مايو/ سبأ …
    باريس ـ «الشرق الأوسط»
    دبي، الإمارات العربية المتحدة (CNN)-- …

A dateline is a run of publishers, a place (with its country) and a date, in any order,
closed by a colon, a dash or the end of the line. Publishers come from ``agencies.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.data.tables import cells, read_table
from kg.ingest.dates import month_and_day
from kg.ingest.language import stop_words

_MARKS = "[\u064b-\u0652\u0640]*"
_HEAD = 130
_OPEN = "[(\\[«\"“„'‘]"
_CLOSE = "[)\\]»\"”“'’]"
_GAP = re.compile(r"[ \t\u00a0\u200b-\u200f\u202a-\u202e\ufeff]*")
_DASH = "(?:-{1,3}|[\u2010-\u2015\u2212]{1,2}|\u0640{1,2}|\\|)"
_SEPARATOR = re.compile(f"(?P<strong>:|{_DASH})|[،,/]")
_TWO_WORDS = "(?: (?:ال)?(?:[أا]ول[ىي]?|ثاني[ةه]?|[آا]خر[ةه]?|قعد[ةه]|حج[ةه]))?"
_MONTH = f"[^\\W\\d_]{{2,}}{_TWO_WORDS}"
_DATE = re.compile(
    rf"(?:(?:في|يوم) )*(?:ال[أإا]?(?:ا?ثنين|ثلاثاء|ربعاء|خميس|جمعة|سبت|حد)[،,]? (?:في )?)?"
    rf"(?P<date>\d{{1,2}} *{_MONTH}(?: ?[/-] ?{_MONTH})?(?: ?[،,]? ?\d{{4}})?"
    r"(?: ?(?:ميلادي[ةه]?|هجري[ةه]?|هـ|ه|م)(?!\w))?"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\w)"
)
_SAME_DAY = re.compile(r"[ -]*(?:ال)?موافق[: ]*")
_PLACE_WORD = r"[^\W\d_][^\W\d_\u064b-\u0652]*(?:[\u064b-\u0652][^\W\d_]*)*(?:-[^\W\d_]+)?"
_PLACE = re.compile(rf"{_PLACE_WORD}(?: {_PLACE_WORD}){{0,3}}")
_DIGITS = {ord(d): str(i % 10) for i, d in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_DIGITS[0xA0] = " "
_ASIDE = re.compile(r"\([^()\n]{2,30}\)")
_HIJRI = re.compile("ه(?:ـ|جري[ةه]?)?$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A parsed dateline.

    Attributes:
        start: Offset of its first character in the text searched.
        end: Offset behind its closing mark.
        publisher: Agency, paper or channel under its usual name, or None.
        place: City or, where only it is named, country; or None.
        date: The date's words as printed, with or without a year; or None.
        closed: How it ends: "mark" (colon or dash), "line" (end of line) or "open" (nothing).
    """

    start: int
    end: int
    publisher: str | None
    place: str | None
    date: str | None
    closed: str

    @property
    def strong(self) -> bool:
        """Whether two of publisher, place and date are given."""
        return sum(part is not None for part in (self.publisher, self.place, self.date)) >= 2


def find(text: str, paragraphs: int = 6) -> Dateline | None:
    """The first dateline in the opening paragraphs of a text.

    Args:
        text: Body of an article.
        paragraphs: How many non-empty paragraphs are searched.
    """
    seen = 0
    position = 0
    for line in text.split("\n"):
        if line.strip():
            found = parse(line, first=seen == 0)
            if found is not None:
                return Dateline(
                    position + found.start, position + found.end, found.publisher, found.place, found.date,
                    found.closed,
                )  # fmt: skip
            seen += 1
            if seen == paragraphs:
                return None
        position += len(line) + 1
    return None


def parse(line: str, *, first: bool = True) -> Dateline | None:
    """The dateline at the start of a line, or None.

    Args:
        line: One paragraph.
        first: Whether it is an article's first; only there a publisher's bare name is enough.
    """
    head = line[:_HEAD].translate(_DIGITS)
    scan = _Scan(head, whole=len(line) <= _HEAD)
    return scan.result(first)


class _Scan:
    """One pass over the start of a paragraph, part by part."""

    def __init__(self, head: str, *, whole: bool) -> None:
        self.head = head
        self.whole = whole
        self.publishers: list[str | None] = []
        self.in_marks = False
        self.in_brackets = False
        self.places: list[str] = []
        self.dates: list[str] = []
        self.closed = "open"
        self.colon = False
        self.separated = False
        self.start = self.at = self._gap(0)
        self._run()

    def _gap(self, position: int) -> int:
        match = _GAP.match(self.head, position)
        return match.end() if match else position

    def _run(self) -> None:
        last = ""
        while True:
            here = self._gap(self.at)
            kind = self._publisher(here) or self._date(here) or self._place(here, last)
            if kind is None:
                return
            last = kind
            self._close(kind)

    def _close(self, kind: str) -> None:
        """Step over what stands between two parts, noting whether it may end the dateline."""
        after = self._gap(self.at)
        if self.whole and after == len(self.head):
            self.closed, self.at = "line", after
            return
        self.closed, self.colon, self.separated = "open", False, False
        while match := _SEPARATOR.match(self.head, after):
            # Slashes around it close a publisher's name as brackets do: "بغداد / واع / ".
            if match["strong"] or (match[0] == "/" and kind == "publisher"):
                self.closed = "mark"
            self.colon, self.separated = match[0] == ":", True
            self.at = match.end()
            after = self._gap(self.at)
            if self.whole and after == len(self.head):
                self.closed, self.at = "line", after

    def _publisher(self, here: int) -> str | None:
        match = self._publisher_at(here)
        if match is None or len(self.publishers) == 4:
            return None
        if self.publishers and self.closed == "mark" and not self._closes(match.end()):
            return None
        kind, name, _ = _publishers()[_key(match["name"])]
        self.publishers.append(None if kind == "generic" else name)
        self.in_marks = match["open"] is not None and match["close"] is not None
        self.in_brackets = self.in_marks and match["open"][0] in "(["
        self.at = match.end()
        return "publisher"

    def _date(self, here: int) -> str | None:
        if self.dates:
            return None
        found = self._date_at(here)
        if found is None:
            return None
        # Behind a closed dateline a date begins the sentence, unless it is closed itself.
        if self.publishers and self.closed == "mark" and not self._closes(found[1]):
            return None
        dates = [found[0]]
        self.at = found[1]
        if (link := _SAME_DAY.match(self.head, self.at)) and (other := _DATE.match(self.head, link.end())):
            dates.append(other["date"])
            self.at = other.end()
        # Of a double date the Gregorian one is taken: the article's other dates are Gregorian too.
        self.dates = sorted(dates, key=lambda date: bool(_HIJRI.search(date)))
        return "date"

    def _date_at(self, here: int) -> tuple[str, int] | None:
        """The words of the date that begins at a position, and where they end."""
        match = _DATE.match(self.head, here)
        if match is None:
            return None
        text = match["date"]
        day, slash, second = text.partition("/")
        if slash and not text[0:4].isdigit() and not second[:1].isdigit():
            # "23 يونيو/حزيران" names the month twice; in "3 مايو/ سبأ" the slash ends the date.
            words = second.strip()
            if month_and_day(f"{day.split()[0]} {words}") is None:
                text = day.rstrip()
        if month_and_day(text) is None:
            return None
        return text, match.start("date") + len(text)

    def _publisher_at(self, here: int) -> re.Match[str] | None:
        """The publisher's name that begins at a position, with the marks that it needs."""
        match = _publisher_pattern().match(self.head, here)
        if match is None:
            return None
        marked = match["open"] is not None and match["close"] is not None
        return match if marked or not _publishers()[_key(match["name"])][2] else None

    def _place(self, here: int, last: str) -> str | None:
        if len(self.places) == 2 or (self.places and last != "place"):
            return None
        # "رويترز: إيران ترفض" is a headline; a place follows a publisher after a comma or a dash.
        if last == "publisher" and (self.in_marks or self.colon):
            return None
        # Words that follow a date without a separator begin the sentence.
        if last == "date" and not self.separated:
            return None
        match = _PLACE.match(self.head, here)
        if match is None:
            return None
        # The phrase ends where the next part or a separator begins: try the shortest first.
        for word in re.finditer(r"\S+", match[0]):
            end = here + word.end()
            after = self._gap(end)
            if not self._ends_place(after):
                continue
            name = self.head[here:end]
            if not _may_be_place(name):
                return None
            self.places.append(name)
            aside = _ASIDE.match(self.head, after)
            self.at = aside.end() if aside and not self._publisher_at(after) else end
            return "place"
        return None

    def _closes(self, end: int) -> bool:
        """Whether a part that ends here is followed by a colon, a dash or the end of the line."""
        after = self._gap(end)
        if self.whole and after == len(self.head):
            return True
        closing = _SEPARATOR.match(self.head, after)
        return closing is not None and closing["strong"] is not None

    def _ends_place(self, after: int) -> bool:
        if self.whole and after == len(self.head):
            return bool(self.publishers or self.dates)
        if _SEPARATOR.match(self.head, after):
            return True
        # Without a separator only brackets tell 'القاهرة (أ ش أ)' from 'وبحسب "رويترز"'.
        publisher = self._publisher_at(after)
        if publisher or self._date_at(after):
            return publisher is None or (publisher["open"] or "")[:1] in ("(", "[")
        aside = _ASIDE.match(self.head, after)
        return aside is not None and _SEPARATOR.match(self.head, self._gap(aside.end())) is not None

    def result(self, first: bool) -> Dateline | None:
        """The dateline, if the parts make one."""
        if self.places and not self.publishers and not self.dates:
            return None
        found = Dateline(
            self.start,
            self.at,
            next((name for name in self.publishers if name is not None), None),
            self.places[0] if self.places else None,
            self.dates[0] if self.dates else None,
            self.closed,
        )
        if self.publishers and (self.places or self.dates):
            if self.closed != "open" or self.dates:
                return found
            # "القاهرة (أ ش أ) قال …", but not "وأوردت (وام) …".
            return found if self.in_brackets and not self.places[0].startswith("و") else None
        if self.publishers:
            return found if first and self.closed != "open" else None
        return found if self.places and self.dates and self.closed == "mark" else None


def _may_be_place(name: str) -> bool:
    words = [re.sub(_MARKS, "", word) for word in name.split()]
    return not any(word in _never_places() for word in words) and len(words[0]) > 1


@cache
def _never_places() -> frozenset[str]:
    return (
        frozenset(row["word"] for row in read_table("not_places")) | stop_words()["ar"] | stop_words()["en"]
    )


def _key(name: str) -> str:
    """A publisher's name without vowel marks, dots, spaces and hamzas."""
    plain = re.sub("[\u064b-\u0652\u0640. \u00a0]", "", name).casefold()
    return re.sub("[أإآ]", "ا", plain)


@cache
def _publishers() -> dict[str, tuple[str, str, bool]]:
    """Kind, usual name and whether quotation marks or brackets are needed, by folded name."""
    return {_key(form): (row["kind"], row["name"], row["marked"] == "yes") for form, row in _forms()}


def _forms() -> Iterator[tuple[str, dict[str, str]]]:
    """Every form of every publisher's name, with its row."""
    for row in read_table("agencies"):
        yield row["name"], row
        yield from ((form, row) for form in cells(row["variants"]))


@cache
def _publisher_pattern() -> re.Pattern[str]:
    """Matches a publisher's name with its brackets or quotation marks."""
    forms = sorted({form for form, _ in _forms()}, key=lambda form: (-len(form), form))
    names = "|".join(map(_spelled, forms))
    return re.compile(
        rf"(?P<open>{_OPEN}+ ?)?(?:و?(?:وكالة|صحيفة|قناة|شبكة|موقع)(?: (?:ال)?[أا]نباء)? )?{_OPEN}?"
        rf"(?P<name>{names})\.?(?P<close> ?{_CLOSE}+)?(?![\w.])",
        re.IGNORECASE,
    )


def _spelled(form: str) -> str:
    """A pattern for one name: any hamza, any vowel marks, initials with or without dots."""
    words = form.replace(".", " ").split()
    gap = r"[. \u00a0]*" if all(len(word) == 1 for word in words) else r"[. \u00a0]+"
    return gap.join(
        "".join(("[أإآا]" if char in "أإآا" else re.escape(char)) + _MARKS for char in word) for word in words
    )
