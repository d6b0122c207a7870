"""The page's colours can be told apart by readers who do not see all of them, and text can be read."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import kg.view.page

CSS = (Path(kg.view.page.__file__).parent / "static" / "page.css").read_text("utf-8")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
# Machado, Oliveira & Fernandes 2009, at full strength, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def themes() -> dict[str, dict[str, str]]:
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS.split(":root {")[1].split("}")[0]))
    dark = dict(
        re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS.split('[data-theme="dark"] {')[1].split("}")[0])
    )
    return {"light": light, "dark": {**light, **dark}}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    f = np.cbrt(to_xyz @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883]))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", sorted(SIGHT))
def test_quad_classes_can_be_told_apart(theme: str, sight: str) -> None:
    colours = {quad: lab(SIGHT[sight] @ linear(themes()[theme][f"line-{quad}"])) for quad in QUADS}
    gaps = {(a, b): float(np.linalg.norm(colours[a] - colours[b])) for a, b in combinations(QUADS, 2)}
    assert {pair: gap for pair, gap in gaps.items() if gap < 20} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(theme: str) -> None:
    colours = themes()[theme]

    def light(name: str) -> float:
        return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colours[name]))

    def contrast(a: str, b: str) -> float:
        high, low = sorted((light(a), light(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    grounds = ("paper", "stage", "wash", *(name for name in colours if name.startswith("mark-")))
    assert {ground: contrast("ink", ground) for ground in grounds if contrast("ink", ground) < 4.5} == {}
    assert min(contrast("soft", ground) for ground in ("paper", "stage")) >= 4.5
    assert contrast("code", "type-STATE") >= 4.5
