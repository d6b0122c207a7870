"""Where the nodes of a drawing go: deterministic positions, computed before the page opens.

Each connected part is laid out by stress majorisation (Gansner, Koren & North 2004): nodes end up as
far apart as they are steps apart in the graph, which shows hubs and camps better than springs and
needs no cooling schedule. Parts too large for that start and stay at their pivot layout (classical
scaling of the distances to a few landmarks, Brandes & Pich 2006). The parts are then packed into
rows and overlapping boxes pushed apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[int, int]

STEP = 170.0
"""Distance in pixels between neighbours."""
BOX = (96.0, 66.0)
"""Width and height in pixels kept free around a node, for its shape and label."""
CROWDING = 2.5
"""Area of a part's bounding box over that of its nodes' boxes, at least."""
STRESS_LIMIT = 1200
"""Nodes in the largest part that is laid out by stress."""
PIVOTS = 40
EVEN = 0.7
"""How far a part's nodes are moved from where stress puts them to an even spread, 0 to 1."""
ASPECT = 1.5
"""Width to height of the whole drawing."""
_SEED = 7


def positions(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Place nodes so that none cover each other.

    Args:
        nodes: Names of the nodes; their order decides ties, so give them in a stable order.
        edges: Pairs of names; direction, repetition and self loops do not matter.

    Returns:
        Whole pixels for each node, centred on (0, 0), y downwards.
    """
    neighbours: dict[str, set[str]] = {node: set() for node in nodes}
    for a, b in edges:
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    if not neighbours:
        return {}
    parts = _parts(neighbours)
    order = [node for part in parts for node in part]
    joined = [part for part in parts if len(part) > 1]
    points = _pack([_lay_out(part, neighbours) for part in joined])
    if len(joined) < len(parts):
        points = _add_rows(points, len(parts) - len(joined))
    room = [1 + 0.2 * (max(1, len(neighbours[node])) ** 0.5 - 1) for node in order]
    points = _spread(points, np.minimum(room, 2.2))
    points = np.rint(points - (points.min(axis=0) + points.max(axis=0)) / 2)
    where = {node: (int(x), int(y)) for node, (x, y) in zip(order, points.tolist(), strict=True)}
    return {node: where[node] for node in nodes}


def _parts(neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """Connected parts, largest first, then by the order of the nodes."""
    rank = {node: i for i, node in enumerate(neighbours)}
    seen: set[str] = set()
    parts = []
    for start in neighbours:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            fresh = neighbours[node] - seen
            seen |= fresh
            part.extend(sorted(fresh, key=rank.__getitem__))
        parts.append(sorted(part, key=rank.__getitem__))
    return sorted(parts, key=lambda part: (-len(part), rank[part[0]]))


def _lay_out(part: list[str], neighbours: Mapping[str, set[str]]) -> Floats:
    index = {node: i for i, node in enumerate(part)}
    lists = [sorted(index[other] for other in neighbours[node]) for node in part]
    stress = len(part) <= STRESS_LIMIT
    pivots = _pivots(lists, min(PIVOTS, len(part)))
    points = _scaled(pivots)
    if stress:
        points = _majorise(points, _wished(lists))
    # The longer axis lies flat, and the corner with the most weight is up: signs are arbitrary else.
    points -= points.mean(axis=0)
    _, vectors = np.linalg.eigh(points.T @ points)
    points = points @ vectors[:, ::-1]
    for axis in (0, 1):
        if (points[:, axis] ** 3).sum() > 0:
            points[:, axis] *= -1
    # Most screens are wide: stretch what is tall, as far as shapes stay recognisable.
    points = _evened(points)
    width, height = points.max(axis=0) - points.min(axis=0) + 0.1
    points[:, 0] *= min(1.4, max(1.0, ASPECT * height / width))
    room = len(part) * BOX[0] * BOX[1] * CROWDING
    extent = np.prod(points.max(axis=0) - points.min(axis=0)) or 1.0
    return np.asarray(points * max(STEP, (room / extent) ** 0.5 if len(part) > 12 else STEP))


def _evened(points: Floats) -> Floats:
    """Draw crowded middles apart and empty rims together: half the place, half the rank along each axis."""
    if len(points) <= 12:
        return points
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (len(points) - 1) - 0.5
    extent = points.max(axis=0) - points.min(axis=0)
    return np.asarray((1 - EVEN) * points + EVEN * ranks * extent)


def _steps(lists: list[list[int]], start: int) -> Floats:
    """Steps from one node to all others."""
    steps = np.full(len(lists), -1.0)
    steps[start] = 0
    queue = [start]
    for node in queue:
        for other in lists[node]:
            if steps[other] < 0:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps


def _pivots(lists: list[list[int]], count: int) -> Floats:
    """Steps to landmarks that are as far from each other as can be; shape (nodes, count)."""
    first = max(range(len(lists)), key=lambda i: (len(lists[i]), -i))
    columns = [_steps(lists, first)]
    nearest = columns[0].copy()
    while len(columns) < count:
        columns.append(_steps(lists, int(nearest.argmax())))
        nearest = np.minimum(nearest, columns[-1])
    return np.stack(columns, axis=1)


def _scaled(steps: Floats) -> Floats:
    """Classical scaling of squared distances to landmarks, with a little seeded noise against ties."""
    squared = steps**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    flat = centred @ vectors[:, -2:][:, ::-1]
    if flat.shape[1] < 2:
        flat = np.hstack([flat, np.zeros((len(flat), 1))])
    size = np.abs(flat).max() or 1.0
    noise = np.random.default_rng(_SEED).normal(scale=0.05, size=flat.shape)
    return np.asarray(flat / size * steps.max() / 2 + noise)


def _all_steps(lists: list[list[int]]) -> Floats:
    """Steps between all pairs, by growing every node's reach at once."""
    n = len(lists)
    adjacent = np.zeros((n, n), dtype=np.float32)
    for i, others in enumerate(lists):
        adjacent[i, others] = 1
    steps = np.full((n, n), np.inf)
    frontier = np.eye(n, dtype=np.float32)
    reached = np.eye(n, dtype=bool)
    distance = 0
    while frontier.any():
        steps[frontier > 0] = distance
        fresh = (frontier @ adjacent > 0) & ~reached
        reached |= fresh
        frontier = fresh.astype(np.float32)
        distance += 1
    return steps


def _wished(lists: list[list[int]]) -> Floats:
    """Distances to aim at: hubs want room around them, and far ends need not be that far."""
    reach = 0.6 + 0.25 * np.sqrt([len(others) for others in lists])
    return np.asarray(_all_steps(lists) ** 0.8 * (reach[:, None] + reach[None, :]) / 2)


def _majorise(points: Floats, wished: Floats) -> Floats:
    """Minimise the stress of ``points`` against the distances ``wished``, weighted by wished⁻²."""
    n = len(points)
    off = ~np.eye(n, dtype=bool)
    weights = np.zeros((n, n))
    weights[off] = wished[off] ** -2.0
    laplacian = np.diag(weights.sum(axis=1)) - weights
    # Pinning the centre of mass (adding 1/n everywhere) makes the matrix regular.
    inverse = np.linalg.inv(laplacian + 1.0 / n)
    pull = np.where(off, weights * wished, 0.0)
    for _ in range(120 if n <= 300 else 40):
        squares = (points**2).sum(axis=1)
        gaps = squares[:, None] + squares[None, :] - 2 * points @ points.T
        gaps = np.sqrt(np.maximum(gaps, 1e-9))
        ratio = pull / gaps
        moved = inverse @ (ratio.sum(axis=1)[:, None] * points - ratio @ points)
        step = float(np.abs(moved - points).max())
        points = moved
        if step < 1e-3:
            break
    return points


def _pack(parts: list[Floats]) -> Floats:
    """Set the parts side by side in rows, in the width that wastes least, by area and by shape."""
    boxes = [points.max(axis=0) - points.min(axis=0) + np.array(BOX) * 1.3 for points in parts]
    best: tuple[float, list[tuple[float, float]]] = (np.inf, [])
    for width in np.cumsum([box[0] for box in boxes])[:12]:
        corners, across, down = _shelves(boxes, float(width))
        misfit = float(np.log(across * down)) + abs(float(np.log(across / down / ASPECT))) / 4
        best = min(best, (misfit, corners), key=lambda found: found[0])
    moved = [points - points.min(axis=0) + corner for points, corner in zip(parts, best[1], strict=True)]
    return np.vstack([np.empty((0, 2)), *moved])


def _shelves(boxes: list[Floats], width: float) -> tuple[list[tuple[float, float]], float, float]:
    """Corners of the boxes in rows no wider than ``width`` (or one box), and the size of it all."""
    corners = []
    x = y = height = across = 0.0
    for box in boxes:
        if x > 0 and x + box[0] > width + 1:
            x, y, height = 0.0, y + height, 0.0
        corners.append((x, y))
        x += float(box[0])
        height = max(height, float(box[1]))
        across = max(across, x)
    return corners, across, y + height


def _add_rows(points: Floats, count: int) -> Floats:
    """Put ``count`` unconnected nodes in rows below the rest, as wide as the rest."""
    width, below = (np.ptp(points[:, 0]), points[:, 1].max() + BOX[1] * 1.3) if len(points) else (0.0, 0.0)
    step = BOX[0] * 1.7  # their names stand side by side
    across = max(1, round((count * ASPECT * BOX[1] / step) ** 0.5), int(width / step) + 1)
    rows = np.array([[i % across * step, below + i // across * BOX[1]] for i in range(count)])
    return np.vstack([points, rows])


def _spread(points: Floats, room: Floats) -> Floats:
    """Push overlapping boxes apart along the axis where they overlap least; ``room`` scales the boxes."""
    boxes = np.array(BOX) * room[:, None]
    points = points.copy()
    for _ in range(80 if len(points) <= 2000 else 30):
        a, b = _near(points, float(boxes[:, 0].max()))
        delta = points[b] - points[a]
        box = (boxes[a] + boxes[b]) / 2
        overlap = box - np.abs(delta)
        hit = (overlap > 1).all(axis=1)
        if not hit.any():
            break
        a, b, delta, overlap, box = a[hit], b[hit], delta[hit], overlap[hit], box[hit]
        row = np.arange(len(a))
        axis = (overlap[:, 1] / box[:, 1] < overlap[:, 0] / box[:, 0]).astype(int)
        push = overlap[row, axis] * np.where(delta[row, axis] >= 0, 0.3, -0.3)
        np.add.at(points, (a, axis), -push)
        np.add.at(points, (b, axis), push)
    return points


def _near(points: Floats, width: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of nodes less than ``width`` apart sideways, found by a sweep from left to right."""
    order = np.argsort(points[:, 0], kind="stable")
    xs = points[order, 0]
    ends = np.searchsorted(xs, xs + width)
    counts = ends - np.arange(len(xs)) - 1
    first = np.repeat(np.arange(len(xs)), counts)
    second = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts) + first + 1
    return order[first], order[second]
