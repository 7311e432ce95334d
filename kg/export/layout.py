"""Where the nodes of the picture stand: the same graph gives the same positions.

`positions` takes node numbers ``0 … n-1``, an ``(m, 2)`` array of edges and a radius for each node, and gives an
``(n, 2)`` array of whole numbers, in the units of the radii. Each component is drawn by itself: pivot multidimensional
scaling (Brandes and Pich, 2006) gives its shape, forces open it (edges draw together, all nodes push one another
apart: all pairs in small components, a fixed sample of pairs in large ones), a last pass parts nodes that touch. Then
the components are packed in rows; nodes without edges stand in a block.

numpy alone: no seed but our own, and every step is rounded, so that a processor which adds in another order does not
give another picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["positions"]

_SEED = 1945
_PIVOTS = 40
_EXACT = 500  # up to this many nodes, every pair is looked at in every step
_LAW = -0.4
_WEAK = 0.06  # pull of a weak edge
_SAMPLE = 28  # beyond it, so many partners a node and step
_GAP = 26.0  # free room between two circles, where labels stand
_SHAPE = 1.5  # width to height of the whole picture, as of most screens


def positions(count: int, edges: Ints, radii: Floats, weak: Ints | None = None) -> Ints:
    """Places of ``count`` nodes, centred on the origin; ``edges`` may repeat and may hold loops.

    ``weak``: edges that hold components together, but hardly draw their ends to one another: votes, which link the same
    fifteen states with every resolution, would pull all resolutions into one knot.
    """
    if count == 0:
        return np.zeros((0, 2), dtype=np.int64)
    edges, pull = _plain(edges, weak)
    placed = np.zeros((count, 2))
    boxes: list[tuple[Ints, Floats]] = []
    alone: list[Ints] = []
    for nodes, links, pulls in _components(count, edges, pull):
        if len(nodes) == 1:
            alone.append(nodes)
        else:
            boxes.append((nodes, _component(len(nodes), links, pulls, radii[nodes])))
    if alone:
        nodes = np.concatenate(alone)
        height = max((float(np.ptp(place[:, 1])) for _, place in boxes), default=0.0)
        boxes.append((nodes, _grid(len(nodes), 2.0 * float(radii[nodes].max()) + 1.6 * _GAP, height)))
        boxes.sort(key=lambda box: (-len(box[0]), int(box[0][0])))
    _pack(boxes, radii, placed)
    return np.rint(placed).astype(np.int64)


def _plain(edges: Ints, weak: Ints | None) -> tuple[Ints, Floats]:
    """Each linked pair once, the smaller number first, sorted; and how strongly it pulls."""
    strong = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    both = strong if weak is None else np.concatenate([strong, np.asarray(weak, dtype=np.int64).reshape(-1, 2)])
    pairs = np.sort(both, axis=1)
    kept = pairs[:, 0] != pairs[:, 1]
    force = np.where(np.arange(len(pairs)) < len(strong), 1.0, _WEAK)
    found, at = np.unique(pairs[kept], axis=0, return_inverse=True)
    pull = np.full(len(found), _WEAK)
    np.maximum.at(pull, at.reshape(-1), force[kept])
    return found, pull


def _components(count: int, edges: Ints, pull: Floats) -> list[tuple[Ints, Ints, Floats]]:
    """Node numbers, renumbered edges and their pull of each component, the largest first."""
    root = np.arange(count)
    changed = True
    while changed:  # the smallest number of a component spreads over it
        before = root.copy()
        low = np.minimum(root[edges[:, 0]], root[edges[:, 1]])
        np.minimum.at(root, edges[:, 0], low)
        np.minimum.at(root, edges[:, 1], low)
        root = root[root]
        changed = bool((root != before).any())
    order = np.argsort(root, kind="stable")
    cuts = np.flatnonzero(np.diff(root[order])) + 1
    groups = np.split(order, cuts)
    number = np.zeros(count, dtype=np.int64)
    for group in groups:
        number[group] = np.arange(len(group))
    by_root = np.argsort(root[edges[:, 0]], kind="stable")
    owner = root[edges[by_root, 0]]
    found: list[tuple[Ints, Ints, Floats]] = []
    for group in groups:
        first, last = np.searchsorted(owner, [root[group[0]], root[group[0]] + 1])
        mine = by_root[first:last]
        found.append((group, number[edges[mine]], pull[mine]))
    return sorted(found, key=lambda item: (-len(item[0]), int(item[0][0])))


def _component(count: int, edges: Ints, pull: Floats, radii: Floats) -> Floats:
    degree = np.bincount(edges.ravel(), minlength=count).astype(np.float64)
    start = _pivot_scaling(count, edges, degree)
    opened = _forces(start, edges, pull, degree)
    lengths = _norm(opened[edges[:, 0]] - opened[edges[:, 1]])
    across = 2.0 * float(np.mean(radii))
    scale = (across + 2.2 * _GAP) / max(float(np.median(lengths)), 1e-9)
    spread = opened.std(0)
    if count > 3:  # fewer stand in a line, which has no area
        room = float(np.sqrt(4.0 * np.pi * spread[0] * spread[1] / count))  # side of a node's square, if evenly spread
        scale = max(scale, min(8.0 * scale, 1.6 * (across + _GAP) / max(room, 1e-9)))
    return _part(_turn(opened * scale), radii)


def _grid(count: int, pitch: float, height: float) -> Floats:
    """Nodes without edges in columns ``height`` high, or in a block of the picture's shape where that is higher."""
    rows = max(int(height / pitch), int(np.ceil(np.sqrt(count / _SHAPE))))
    at = np.arange(count)
    return np.stack([at // rows, at % rows], 1).astype(np.float64) * pitch


def _norm(vectors: Floats) -> Floats:
    return np.sqrt(vectors[..., 0] ** 2 + vectors[..., 1] ** 2)


def _round(values: Floats, digits: int = 5) -> Floats:
    """Forget the last bits, in which processors differ."""
    return np.round(values, digits)


def _pivot_scaling(count: int, edges: Ints, degree: Floats) -> Floats:
    """Two coordinates a node, from graph distances to some pivots; a step of the graph is about 1."""
    both = np.concatenate([edges, edges[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    first = np.searchsorted(both[:, 0], np.arange(count + 1))
    target = both[:, 1]
    pivots = min(_PIVOTS, count)
    steps = np.zeros((count, pivots))
    nearest = np.full(count, np.iinfo(np.int64).max)
    at = int(np.argmax(degree))
    for column in range(pivots):
        distance = _distances(at, first, target, count)
        steps[:, column] = distance
        nearest = np.minimum(nearest, distance)
        at = int(np.argmax(nearest))
    # A little noise: equal leaves come apart and no two axes are equally long (which would leave their turn to chance).
    steps += np.random.default_rng(_SEED).uniform(0.0, 0.4, steps.shape)
    square = steps**2
    centred = -0.5 * (square - square.mean(0) - square.mean(1)[:, None] + square.mean())
    _, axes = np.linalg.eigh(_round(centred.T @ centred))
    chosen = _round(axes[:, -1:-3:-1], 6)
    largest = np.argmax(np.abs(chosen), axis=0)
    chosen = chosen * np.sign(chosen[largest, np.arange(chosen.shape[1])])
    spread = centred @ chosen
    size = np.sqrt((spread**2).mean(0)) + 1e-9
    return _round(spread / size[0] * max(1.0, float(np.sqrt(count)) / 2.0))


def _distances(source: int, first: Ints, target: Ints, count: int) -> Ints:
    """Steps from ``source`` to each node of its component, breadth first."""
    distance = np.full(count, -1, dtype=np.int64)
    distance[source] = 0
    frontier = np.array([source])
    step = 0
    while len(frontier):
        step += 1
        spans = [target[first[node] : first[node + 1]] for node in frontier]
        reached = np.unique(np.concatenate(spans))
        frontier = reached[distance[reached] < 0]
        distance[frontier] = step
    return distance


def _forces(place: Floats, edges: Ints, strength: Floats, degree: Floats) -> Floats:
    """Open the shape: linear attraction along edges, repulsion as 1/distance, by degree (as in ForceAtlas2)."""
    count = len(place)
    mass = 1.0 + 0.5 * np.sqrt(degree)
    rng = np.random.default_rng(_SEED)
    steps = 400 if count <= _EXACT else 260
    share = (
        strength * np.maximum(degree[edges[:, 0]], degree[edges[:, 1]]) ** -0.2
    )  # a hub's leaves may stand in a ring
    pulled = np.bincount(edges.ravel(), np.repeat(share, 2), count)
    yielding = 0.5 / np.maximum(mass, 0.6 * pulled)  # a step that would throw a node over its balance is cut
    heat = float(np.sqrt(count)) * 0.35
    cooling = (0.01 / heat) ** (1.0 / steps)
    for _ in range(steps):
        push = _push_all(place, mass) if count <= _EXACT else _push_some(place, mass, rng)
        pull = place[edges[:, 1]] - place[edges[:, 0]]
        length = _norm(pull)
        pull *= (share * np.maximum(length, 0.1) ** _LAW)[:, None]
        for axis in (0, 1):
            push[:, axis] += np.bincount(edges[:, 0], pull[:, axis], count)
            push[:, axis] -= np.bincount(edges[:, 1], pull[:, axis], count)
        push -= place * (0.012 * mass)[:, None]  # a little gravity keeps long arms in the frame
        move = push * yielding[:, None]
        length = _norm(move)
        place = _round(place + move * (np.minimum(length, 0.5 * heat) / np.maximum(length, 1e-9))[:, None])
        heat *= cooling
    return place


def _push_all(place: Floats, mass: Floats) -> Floats:
    gap = place[:, None, :] - place[None, :, :]
    square = gap[..., 0] ** 2 + gap[..., 1] ** 2 + 0.01
    weight = 0.25 * mass[:, None] * mass[None, :] / square
    return np.stack([(gap[..., axis] * weight).sum(1) for axis in (0, 1)], axis=1)


def _push_some(place: Floats, mass: Floats, rng: np.random.Generator) -> Floats:
    """As `_push_all`, estimated: a shuffled ring, and each node against those a few random strides further on."""
    count = len(place)
    ring = rng.permutation(count)
    here, weight_of = place[ring], mass[ring]
    total = np.zeros_like(place)
    factor = 0.25 * count / (2.0 * _SAMPLE)
    for stride in rng.integers(1, count, _SAMPLE):
        gap = here - np.roll(here, stride, axis=0)
        square = gap[:, 0] ** 2 + gap[:, 1] ** 2 + 0.3
        force = gap * (factor * weight_of * np.roll(weight_of, stride) / square)[:, None]
        total += force - np.roll(force, -stride, axis=0)
    push = np.zeros_like(place)
    push[ring] = total
    return push


def _turn(place: Floats) -> Floats:
    """The longest way of the shape lies flat, as screens do."""
    centred = place - place.mean(0)
    across = float((centred[:, 0] * centred[:, 1]).mean())
    wide, high = (float((centred[:, axis] ** 2).mean()) for axis in (0, 1))
    angle = 0.5 * float(np.arctan2(2.0 * across, wide - high))
    cosine, sine = float(np.cos(angle)), float(np.sin(angle))
    turned = np.stack([centred[:, 0] * cosine + centred[:, 1] * sine, centred[:, 1] * cosine - centred[:, 0] * sine], 1)
    return _round(turned, 3)


def _part(place: Floats, radii: Floats) -> Floats:
    """Move circles apart until none touch (or 60 rounds have passed)."""
    widest = 2.0 * float(radii.max()) + _GAP
    for _ in range(60):
        order = np.argsort(place[:, 0], kind="stable")
        here, radius = place[order], radii[order]
        shift = np.zeros_like(here)
        touched = False
        for step in range(1, len(here)):
            gap = here[step:] - here[:-step]
            if not (gap[:, 0] < widest).any():
                break
            distance = _norm(gap)
            lack = radius[step:] + radius[:-step] + _GAP - distance
            close = np.flatnonzero(lack > 0.5)
            if not len(close):
                continue
            touched = True
            # Nodes in one place leave it in directions that their number gives.
            turn = close * 2.399963
            aside = np.stack([np.cos(turn), np.sin(turn)], 1)
            unit = np.where(distance[close, None] > 1e-6, gap[close] / np.maximum(distance[close, None], 1e-6), aside)
            push = unit * (0.5 * lack[close] + 0.2)[:, None] * 0.7
            shift[close + step] += push
            shift[close] -= push
        if not touched:
            break
        place = place.copy()
        place[order] += np.clip(shift, -widest, widest)
        place = _round(place, 3)
    return place


def _pack(boxes: list[tuple[Ints, Floats]], radii: Floats, placed: Floats) -> None:
    """Set the components in rows under one another, the largest first, and centre the whole on the origin.

    Of some widths of row, the one is taken whose picture is seen largest on a screen.
    """
    margin = 2.2 * _GAP
    reaches = [radii[nodes][:, None] + margin / 2.0 for nodes, _ in boxes]
    lows = [(place - reach).min(0) for (_, place), reach in zip(boxes, reaches, strict=True)]
    highs = [(place + reach).max(0) for (_, place), reach in zip(boxes, reaches, strict=True)]
    sizes = [(float(high[0] - low[0]), float(high[1] - low[1])) for low, high in zip(lows, highs, strict=True)]
    area = sum(width * height for width, height in sizes)
    widest = max(width for width, _ in sizes)
    widths = [max(widest, float(np.sqrt(area * _SHAPE))), *np.cumsum([width for width, _ in sizes[:6]]).tolist()]
    rows = [_rows(sizes, width) for width in widths if width >= widest]
    corners, _ = min(rows, key=lambda row: row[1])
    for (nodes, place), low, corner in zip(boxes, lows, corners, strict=True):
        placed[nodes] = place - low + np.array(corner)
    placed -= (placed.min(0) + placed.max(0)) / 2.0


def _rows(sizes: list[tuple[float, float]], width: float) -> tuple[list[tuple[float, float]], float]:
    """Corners of boxes set in rows at most ``width`` wide, and the height of a screen that shows them all."""
    corners: list[tuple[float, float]] = []
    x = y = row = right = 0.0
    for wide, high in sizes:
        if x > 0.0 and x + wide > width + 1e-6:
            x, y, row = 0.0, y + row, 0.0
        corners.append((x, y))
        x, row = x + wide, max(row, high)
        right = max(right, x)
    return corners, max(y + row, right / _SHAPE)
