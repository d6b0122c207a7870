"use strict";

/* Which nodes the drawing shows, and where. Places were computed before the page was written; only what
   is brought in beside the first view is set down here, next to what it is tied to. */
const KgVisible = (() => {
  const BOX = [104, 70];

  function create(data, filter) {
    const extra = new Set(); // nodes that a search, an expansion or a link brought in
    const placed = new Map(); // places of nodes beyond the first view
    let all = false;
    let turned = false;

    const turn = ([x, y]) => (turned ? { x: y * 1.25, y: x * 1.1 } : { x, y });

    /* The nodes to show, the most telling first. */
    function nodes() {
      const active = filter.active();
      const kinds = data.nodes.filter((node) => !filter.offTypes.has(node.type));
      if (!active) return kinds.filter((node) => all || node.id < data.core || extra.has(node.id));
      const live = kinds.filter((node) => filter.live.has(node.id));
      if (all) return live;
      const near = live.filter((node) => node.id < data.core || extra.has(node.id));
      const ranked = live.filter((node) => node.id >= data.core && !extra.has(node.id))
        .sort((a, b) => filter.live.get(b.id) - filter.live.get(a.id) || a.id - b.id);
      const room = Math.max(0, data.core - near.length);
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

    function settle(node, where) {
      const anchors = data.incident[node.id]
        .map((edge) => where.get(edge.from === node.id ? edge.to : edge.from))
        .filter(Boolean).slice(0, 3);
      const taken = [...where.values()];
      const mean = (axis) => anchors.reduce((sum, spot) => sum + spot[axis], 0) / anchors.length;
      const below = () => ({ x: 0, y: Math.max(0, ...taken.map((spot) => spot.y)) + BOX[1] });
      return nearest(anchors.length ? { x: mean("x"), y: mean("y") } : below(), taken);
    }

    /* Node → place, for the nodes given. */
    function places(shown) {
      if (all) return new Map(shown.map((node) => [node.id, turn(node.at[1])]));
      const where = new Map(data.nodes.slice(0, data.core).map((node) => [node.id, turn(node.at[0])]));
      const beyond = shown.filter((node) => node.id >= data.core);
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
      /* A tall screen gets the drawing turned on its side. */
      setTurned(value) {
        if (value !== turned) placed.clear();
        turned = value;
      },
    };
  }

  return { create };
})();
