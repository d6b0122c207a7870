"use strict";

/* How nodes and lines look; the colours are page.css's. */
const KgDrawing = (() => {
  const edgeClass = (edge) => edge.quad || edge.kind;

  function theme(labels) {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    const colours = (prefix, keys) => Object.fromEntries(keys.map((key) => [key, value(`--${prefix}-${key}`)]));
    return {
      ink: value("--ink"),
      faint: value("--faint"),
      paper: value("--stage"),
      family: value("--sans"),
      lines: colours("line", Object.keys(labels.edge)),
      types: colours("type", Object.keys(labels.type)),
    };
  }

  /* Lines between the same two nodes fan out so that each can be seen and clicked: id → bend, signed. */
  function bends(edges) {
    const groups = new Map();
    for (const edge of edges) {
      const key = edge.from < edge.to ? `${edge.from}-${edge.to}` : `${edge.to}-${edge.from}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(edge);
    }
    const bend = new Map();
    for (const group of groups.values()) {
      const step = Math.min(0.16, 0.8 / group.length);
      group.forEach((edge, i) => {
        const offset = (i - (group.length - 1) / 2) * step;
        bend.set(edge.id, edge.from < edge.to ? offset : -offset);
      });
    }
    return bend;
  }

  function nodeStyle(node, { types, paper, ink }) {
    const hollow = node.type === "GROUP" || node.type === "PLACE";
    const background = hollow ? paper : types[node.type];
    const strong = { background, border: ink };
    return {
      id: node.id,
      color: { background, border: hollow ? types[node.type] : paper, highlight: strong, hover: strong },
      borderWidth: hollow ? 2.5 : 1.5,
    };
  }

  function edgeStyle(edge, { lines }, boost, thin) {
    const colour = lines[edgeClass(edge)];
    const act = edge.kind === "act";
    return {
      id: edge.id,
      color: { color: colour, highlight: colour, hover: colour, opacity: (act ? 0.9 : 0.6) * thin },
      width: ((act ? 1.4 : 1) + Math.log2(edge.count) * 0.9) * Math.sqrt(boost) * thin,
    };
  }

  function edgeShape(edge, bend) {
    const uncertain = edge.reported || edge.modality !== "asserted";
    return {
      dashes: edge.negated ? [2, 4] : uncertain ? [7, 5] : false,
      arrows: edge.symmetric ? { to: true, from: { enabled: true, scaleFactor: 0.5 } } : { to: true },
      smooth: Math.abs(bend) < 0.01
        ? false
        : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
    };
  }

  return { edgeClass, theme, bends, nodeStyle, edgeStyle, edgeShape };
})();
