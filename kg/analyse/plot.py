"""Static pictures for papers: the stance matrix, the timeline and the map of the blocs.

They need matplotlib 3.11 or later, whose own text layout (libraqm, HarfBuzz) joins Arabic letters and orders
both directions: ``pip install 'diplomacy-kg[plot]'``.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from kg.analyse.analysis import Analysis
from kg.analyse.charts import QUAD_COLOURS, bars, bloc_map
from kg.analyse.export import colour_of
from kg.analyse.words import LANGS, Lang, say, word
from kg.errors import KgError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PICTURES = ("matrix", "timeline", "blocs")
FORMATS = ("png", "svg")

_DPI = 200
_NAME = 34
"""Letters of a name that a picture shows, at most."""
# Of the fonts with Arabic letters, matplotlib brings the second itself.
_FONTS = ("Noto Sans Arabic", "DejaVu Sans")
_FRIEND, _FOE = "#0072b2", "#d55e00"

Draw: TypeAlias = "Callable[[Analysis, Lang], Figure]"


class PlotError(KgError):
    """matplotlib is missing, too old, or cannot write a picture."""


def write_pictures(analysis: Analysis, folder: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Draw all pictures in both languages into a folder: ``matrix-ar.png``, ``matrix-en.svg``, …

    Pictures of which there is nothing to show (no stance, no dated act, no bloc) are left out.

    Returns:
        The files written.

    Raises:
        PlotError: matplotlib is missing or too old, or a file cannot be written.
    """
    matplotlib = _matplotlib()
    written: list[Path] = []
    # The salt makes the ids in SVG files the same at every run; text stays text, which papers can search.
    with matplotlib.rc_context(
        {"font.family": list(_FONTS), "svg.hashsalt": "kg", "svg.fonttype": "path", "font.size": 9}
    ):
        for name, draw in _DRAWN.items():
            if not _SHOWN[name](analysis):
                continue
            for lang in LANGS:
                figure = draw(analysis, lang)
                for form in formats:
                    path = folder / f"{name}-{lang}.{form}"
                    _save(figure, path, form)
                    written.append(path)
    return written


def _save(figure: Figure, path: Path, form: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        no_clock = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
        figure.savefig(path, format=form, dpi=_DPI, bbox_inches="tight", metadata=no_clock.get(form))
    except (OSError, ValueError) as error:
        raise PlotError(
            f"{path}: the picture cannot be written: {error}", "name a writable folder"
        ) from error


def _matplotlib() -> ModuleType:
    try:
        import matplotlib
    except ImportError as error:
        raise PlotError("pictures need matplotlib", "run: pip install 'diplomacy-kg[plot]'") from error
    version = tuple(int(part) for part in matplotlib.__version__.split(".")[:2])
    if version < (3, 11):
        raise PlotError(
            f"matplotlib {matplotlib.__version__} does not join Arabic letters",
            "run: pip install 'matplotlib>=3.11'",
        )
    # Its log complains of fonts that a machine lacks; the next of the list is there.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    return matplotlib


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _short(name: str) -> str:
    # A dollar sign would begin a formula.
    name = " ".join(name.split()).replace("$", r"\$")
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def draw_matrix(analysis: Analysis, lang: Lang) -> Figure:
    """The stance matrix: rows take stances towards columns; blue friendly, orange hostile."""
    import numpy as np
    from matplotlib.colors import LinearSegmentedColormap

    matrix, facts = analysis.matrix, analysis.facts
    values = np.array([[np.nan if w is None else w for w in row] for row in matrix.weights()])
    most = float(np.nanmax(np.abs(values)))
    rows, columns = values.shape
    figure, axes = _figure(2.6 + 0.42 * columns, 1.9 + 0.36 * rows)
    scale = LinearSegmentedColormap.from_list("stance", (_FOE, "#ffffff", _FRIEND))
    colours = scale.with_extremes(bad="#f1f1f1")
    image = axes.imshow(values, cmap=colours, vmin=-most, vmax=most, aspect="auto")
    names = [_short(facts.name(iri, lang)) for iri in matrix.columns]
    axes.set_xticks(range(columns), names, rotation=55, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(rows), [_short(facts.name(iri, lang)) for iri in matrix.rows])
    for y, x in zip(*np.nonzero(~np.isnan(values)), strict=True):
        strong = abs(values[y, x]) > 0.6 * most
        text = f"{values[y, x]:+.{1 if abs(values[y, x]) >= 0.05 else 2}f}"
        axes.text(x, y, text, ha="center", va="center", fontsize=6.5, color="white" if strong else "black")
    axes.set_xticks(np.arange(columns + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(rows + 1) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(word("ui", "matrix", lang))
    bar = figure.colorbar(image, ax=axes, shrink=0.7, pad=0.02)
    bar.set_ticks([-most, 0, most], labels=[word("ui", "hostile", lang), "0", word("ui", "friendly", lang)])
    return figure


def draw_timeline(analysis: Analysis, lang: Lang) -> Figure:
    """Acts by day in the four quad classes; dashed lines where the pace changes."""
    from matplotlib.ticker import MaxNLocator

    drawn, step = bars(analysis)
    figure, axes = _figure(8, 3.2)
    below = [0] * len(drawn)
    for i, (quad, colour) in enumerate(QUAD_COLOURS.items()):
        counts = [bar.counts[i] for bar in drawn]
        axes.bar(range(len(drawn)), counts, 0.86, below, color=colour, label=word("quad", quad, lang))
        below = [low + count for low, count in zip(below, counts, strict=True)]
    first = analysis.timeline.first
    for point in analysis.change_points if first else ():
        assert first
        axes.axvline((point.day - first).days / step - 0.5, color="black", linestyle="--", linewidth=0.9)
    shown = range(0, len(drawn), max(1, math.ceil(len(drawn) / 9)))
    axes.set_xticks(list(shown), [drawn[i].day for i in shown], rotation=30, ha="right")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(word("ui", "timeline", lang))
    axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.28))
    return figure


def draw_blocs(analysis: Analysis, lang: Lang) -> Figure:
    """The blocs as rings; solid lines are friendly ties, dashed ones hostile."""
    from matplotlib.patheffects import withStroke

    drawn = bloc_map(analysis)
    figure, axes = _figure(8, 5.6)
    for tie in drawn.ties:
        axes.plot(
            (tie.one.x, tie.other.x),
            (tie.one.y, tie.other.y),
            color=_FRIEND if tie.sign > 0 else _FOE,
            linestyle="-" if tie.sign > 0 else (0, (4, 2)),
            linewidth=0.6 + 3 * tie.width,
            alpha=0.65,
            zorder=1,
        )
    for place in drawn.places:
        axes.scatter(place.x, place.y, s=40 + 260 * place.size, color=colour_of(place.bloc), zorder=2)
        across, up = math.cos(place.angle), math.sin(place.angle)
        sideways = abs(across) > 0.3
        away = 5 + 5 * math.sqrt(place.size)
        axes.annotate(
            _short(analysis.facts.name(place.iri, lang)),
            (place.x, place.y),
            (math.copysign(away, across) if sideways else 0, 0 if sideways else math.copysign(away + 4, up)),
            textcoords="offset points",
            ha="center" if not sideways else "left" if across > 0 else "right",
            va="center",
            fontsize=8,
            zorder=3,
            path_effects=[withStroke(linewidth=2.5, foreground="white")],
        )
    counts = sorted({place.bloc for place in drawn.places})
    for bloc in counts:
        axes.scatter([], [], color=colour_of(bloc), label=say("bloc", "n", lang, n=bloc + 1))
    axes.legend(frameon=False, ncols=len(counts), loc="upper center", bbox_to_anchor=(0.5, 0.02))
    axes.set_title(word("ui", "blocs", lang))
    axes.set_aspect("equal")
    axes.margins(0.22, 0.12)
    axes.set_axis_off()
    return figure


_DRAWN: dict[str, Draw] = dict(zip(PICTURES, (draw_matrix, draw_timeline, draw_blocs), strict=True))
_SHOWN: dict[str, Callable[[Analysis], bool]] = {
    "matrix": lambda analysis: bool(analysis.network.edges),
    "timeline": lambda analysis: bool(analysis.timeline.days),
    "blocs": lambda analysis: analysis.blocs is not None,
}
