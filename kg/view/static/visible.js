"use strict";

/* Which nodes the drawing shows, and where. Places were computed before the page was written; only what
   is brought in beside the first view is set down here, next to what it is tied to. */
const KgVisible = (() => {
  const BOX = [104, 70];
  const MOST = 1.8; // how far the drawing may be stretched

  const SMALL = 60; // nodes of the first view where there is little room

  function create(data, filter) {
    const extra = new Set(); // nodes that a search, an expansion or a link brought in
    const placed = new Map(); // places of nodes beyond the first view
    let all = false;
    let core = data.core;
    let floor = 0;
    let frame = { turned: false, wide: 1, high: 1 };

    /* A tall screen gets the drawing turned on its side; then it is stretched to the screen's shape. */
    const turn = ([x, y]) =>
      (frame.turned ? { x: y * frame.wide, y: x * frame.high } : { x: x * frame.wide, y: y * frame.high });

    function shape(aspect) {
      const spots = all ? data.nodes.map((node) => node.at[1]) : data.nodes.slice(0, core).map((node) => node.at[0]);
      const extent = (axis) => Math.max(...spots.map((spot) => spot[axis]), 1) - Math.min(...spots.map((spot) => spot[axis]), 0) + 100;
      const turned = aspect < 0.87;
      const own = turned ? extent(1) / extent(0) : extent(0) / extent(1);
      const pull = Math.min(MOST, Math.max(1 / MOST, aspect / own));
      return pull > 1 ? { turned, wide: pull, high: 1 } : { turned, wide: 1, high: 1 / pull };
    }

    /* The nodes to show, the most telling first. */
    function nodes() {
      const active = filter.active();
      const kinds = data.nodes.filter((node) => !filter.offTypes.has(node.type));
      if (!active) return kinds.filter((node) => all || node.id < core || extra.has(node.id));
      const live = kinds.filter((node) => filter.live.has(node.id));
      if (all) return live;
      const near = live.filter((node) => node.id < core || extra.has(node.id));
      const ranked = live.filter((node) => node.id >= core && !extra.has(node.id))
        .sort((a, b) => filter.live.get(b.id) - filter.live.get(a.id) || a.id - b.id);
      const room = Math.max(0, core - near.length);
      return [...near, ...ranked.slice(0, room)].sort((a, b) => a.id - b.id);
    }

    /* The free place nearest to a point, in widening rings. */
    function nearest(centre, taken) {
      const free = (x, y) => taken.every((spot) => Math.abs(spot.x - x) >= BOX[0] || Math.abs(spot.y - y) >= BOX[1]);
      for (let ring = 1; ring < 60; ring += 1) {
        const steps = 6 * ring;
        for (let i = 0; i < steps; i += 1) {
          const angle = (i / steps) * 2 * Math.PI + ring;
          const x = Math.round(centre.x + Math.cos(angle) * ring * BOX[0] * 0.7);
          const y = Math.round(centre.y + Math.sin(angle) * ring * BOX[1] * 0.9);
          if (free(x, y)) return { x, y };
        }
      }
      return centre;
    }

    /* The next free place in rows below all else. */
    function below(taken) {
      const xs = taken.map((spot) => spot.x);
      const [left, right] = [Math.min(0, ...xs), Math.max(0, ...xs)];
      floor = Math.max(floor, ...data.nodes.slice(0, core).map((node) => turn(node.at[0]).y));
      for (let y = floor + BOX[1]; ; y += BOX[1]) {
        for (let x = left; x <= right; x += BOX[0] * 1.3) {
          if (taken.every((spot) => Math.abs(spot.x - x) >= BOX[0] || Math.abs(spot.y - y) >= BOX[1])) return { x, y };
        }
      }
    }

    function settle(node, where) {
      const anchors = data.incident[node.id]
        .map((edge) => where.get(edge.from === node.id ? edge.to : edge.from))
        .filter(Boolean).slice(0, 3);
      const taken = [...where.values()];
      const mean = (axis) => anchors.reduce((sum, spot) => sum + spot[axis], 0) / anchors.length;
      return anchors.length ? nearest({ x: mean("x"), y: mean("y") }, taken) : below(taken);
    }

    /* Node → place, for the nodes given. */
    function places(shown) {
      if (all) return new Map(shown.map((node) => [node.id, turn(node.at[1])]));
      const where = new Map(data.nodes.slice(0, core).map((node) => [node.id, turn(node.at[0])]));
      const beyond = shown.filter((node) => node.id >= core);
      for (const node of beyond) if (placed.has(node.id)) where.set(node.id, placed.get(node.id));
      for (const node of beyond) {
        if (placed.has(node.id)) continue;
        const spot = settle(node, where);
        placed.set(node.id, spot);
        where.set(node.id, spot);
      }
      return new Map(shown.map((node) => [node.id, where.get(node.id)]));
    }

    return {
      nodes,
      places,
      all: () => all,
      extra,
      setAll(value) {
        all = value;
        extra.clear();
      },
      /* How many nodes there are beyond those of the first view. */
      beyond: () => data.nodes.length - core,
      /* width and height of the place for the drawing, in pixels */
      setStage(width, height) {
        // A few more than fit well are better than a few left out.
        const first = width < 500 && data.core > SMALL * 1.5 ? SMALL : data.core;
        if (first !== core) placed.clear();
        if (!placed.size) floor = 0;
        core = first;
        const next = shape(width / height);
        if (Math.abs(next.wide - frame.wide) + Math.abs(next.high - frame.high) > 0.01) placed.clear();
        frame = next;
      },
    };
  }

  return { create };
})();
