"""The report: findings in sentences with their evidence, as one HTML file that works offline.

It has no script, and its Content-Security-Policy allows none: text from an article cannot run, whatever it
is. All text goes through the template's escaping. The languages are switched by style alone.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from kg.analyse.analysis import Analysis
from kg.analyse.charts import QUAD_COLOURS, Bar, Place, bars, bloc_map
from kg.analyse.export import colour_of
from kg.analyse.facts import Quote
from kg.analyse.finding import TOPICS, Finding
from kg.analyse.stance import Edge
from kg.analyse.words import LANGS, word
from kg.sheet import write_parts

_HERE = Path(__file__).parent / "templates"
_SURROGATES = re.compile("[\ud800-\udfff]")
_WIDTH, _HEIGHT, _FLOOR = 1000, 260, 225
_PARTIES = 40


def write_report(
    analysis: Analysis, found: Iterable[Finding], path: Path, *, graph_page: str | None = None
) -> None:
    """Write :func:`render_report`'s page to a file.

    Raises:
        InputError: The file cannot be written.
    """
    write_parts(path, (render_report(analysis, found, graph_page=graph_page),))


def render_report(analysis: Analysis, found: Iterable[Finding], *, graph_page: str | None = None) -> str:
    """The report as a whole HTML document; the same analysis gives the same text.

    Args:
        analysis: From :func:`kg.analyse.analyse`.
        found: Its findings.
        graph_page: Address of the interactive graph, relative to the report, or None.
    """
    style = (_HERE / "report.css").read_text("utf-8").replace("\r\n", "\n")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
    environment.globals["word"] = word
    all_found = list(found)
    by_topic = {topic: [finding for finding in all_found if finding.topic == topic] for topic in TOPICS}
    drawn, step = bars(analysis)
    standings = sorted(
        analysis.standings.items(),
        key=lambda item: (-item[1].received_positive - item[1].received_negative, item[0]),
    )
    page = environment.get_template("report.html.j2").render(
        csp=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),
        facts=analysis.facts,
        period=analysis.options.period.name if analysis.options.period else None,
        topics={topic: some for topic, some in by_topic.items() if some},
        graph_page=graph_page,
        bars=drawn,
        chart=_chart(analysis, drawn, step),
        quads=QUAD_COLOURS,
        map=_map(analysis),
        matrix=analysis.matrix,
        shade=_shade,
        standings=standings[:_PARTIES],
        marked=_marked,
    )
    return _SURROGATES.sub("\ufffd", page)


def _marked(quote: Quote) -> Iterator[tuple[str, bool]]:
    """The sentence in pieces, the trigger marked."""
    text = quote.sentence
    begin = -1 if quote.trigger_begin is None else quote.trigger_begin - quote.begin
    end = begin + len(quote.trigger or "")
    if not 0 <= begin < end <= len(text) or text[begin:end] != quote.trigger:
        yield text, False
        return
    yield from ((text[:begin], False), (text[begin:end], True), (text[end:], False))


def _shade(edge: Edge) -> str:
    """Class of a cell by the weight of its stance: p1 to p4, n1 to n4, or none where neither prevails."""
    if not edge.sign:
        return ""
    return f"{'p' if edge.sign > 0 else 'n'}{min(4, 1 + int(abs(edge.weight) * 4))}"


def _chart(analysis: Analysis, drawn: Sequence[Bar], step: int) -> dict[str, Any]:
    """Where everything of the timeline goes."""
    most = max((bar.total for bar in drawn), default=0) or 1
    width = (_WIDTH - 40) / max(len(drawn), 1)
    scale = (_FLOOR - 20) / most
    parts = []
    for i, bar in enumerate(drawn):
        below = 0
        for (quad, colour), count in zip(QUAD_COLOURS.items(), bar.counts, strict=True):
            if count:
                below += count
                words = " / ".join(word("quad", quad, lang) for lang in LANGS)
                parts.append(
                    {
                        "x": round(40 + i * width + width * 0.08, 2),
                        "y": round(_FLOOR - below * scale, 2),
                        "width": round(min(width * 0.84, 60), 2),
                        "height": round(count * scale, 2),
                        "colour": colour,
                        "title": f"{bar.day} · {words}: {count}",
                    }
                )
    first = analysis.timeline.first
    days = [(point.day - first).days for point in analysis.change_points] if first else []
    shown = range(0, len(drawn), max(1, math.ceil(len(drawn) / 8)))
    left = 40 + width * 0.08
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "floor": _FLOOR,
        "parts": parts,
        "changes": sorted({round(40 + day / step * width, 2) for day in days}),
        "labels": [{"x": round(left + i * width, 2), "text": drawn[i].day} for i in shown],
        "ticks": [
            {"y": round(_FLOOR - count * scale, 2), "text": count}
            for count in sorted({math.ceil(most / 2), most})
        ],
    }


def _map(analysis: Analysis) -> dict[str, Any]:
    """Where everything of the map of the blocs goes."""
    drawn = bloc_map(analysis)

    def at(place: Place) -> tuple[float, float]:
        return round(500 + 390 * place.x, 1), round(310 - 390 * place.y, 1)

    places: list[dict[str, Any]] = []
    for place in drawn.places:
        (x, y), radius = at(place), 6 + 12 * math.sqrt(place.size)
        side = math.cos(place.angle)
        places.append(
            {
                "x": x, "y": y, "r": round(radius, 1), "colour": colour_of(place.bloc),
                "tx": round(x + (radius + 5) * (1 if side > 0.3 else -1 if side < -0.3 else 0), 1),
                "ty": round(y + (4.5 if abs(side) > 0.3 else -math.sin(place.angle) * (radius + 14) + 4), 1),
                "anchor": "start" if side > 0.3 else "end" if side < -0.3 else "middle",
                "ar": analysis.facts.name(place.iri, "ar"), "en": analysis.facts.name(place.iri, "en"),
            }
        )  # fmt: skip
    ties = [
        dict(zip(("x1", "y1", "x2", "y2"), (*at(tie.one), *at(tie.other)), strict=True))
        | {"sign": tie.sign, "width": round(1 + 5 * tie.width, 2)}
        for tie in drawn.ties
    ]
    heights = [place["y"] for place in places] or [0.0]
    top = min(heights) - 45
    return {"places": places, "ties": ties, "top": top, "height": max(heights) + 45 - top}
