"use strict";

/* How nodes and lines look; the colours are page.css's. */
const KgDrawing = (() => {
  const { lineClass } = KgData;

  function theme(labels) {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    const colours = (prefix, keys) => Object.fromEntries(keys.map((key) => [key, value(`--${prefix}-${key}`)]));
    return {
      ink: value("--ink"),
      soft: value("--soft"),
      faint: value("--faint"),
      paper: value("--stage"),
      code: value("--code"),
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

  const hollow = (type) => type === "GROUP" || type === "PLACE";

  function nodeStyle(node, { types, paper, ink }) {
    const open = hollow(node.type);
    const background = open ? paper : types[node.type];
    const strong = { background, border: ink };
    return {
      id: node.id,
      color: { background, border: open ? types[node.type] : paper, highlight: strong, hover: strong },
      borderWidth: open ? 2.5 : 1.5,
    };
  }

  /* Told by the text itself and as having happened, in at least one of the sentences that are shown. */
  const firm = (edge) => edge.live.some((proof) => proof.source === undefined && !proof.modality);
  const dashes = (edge) => (edge.negated ? [2, 4] : firm(edge) ? false : [7, 5]);

  const width = (edge) => (edge.kind === "act" ? 1.5 : 1) + Math.log2(Math.max(1, edge.told)) * 1.1;
  const opacity = (edge) => (edge.kind === "act" ? 0.9 : 0.6);

  function edgeStyle(edge, { lines }, boost, thin) {
    const colour = lines[lineClass(edge)];
    return {
      id: edge.id,
      color: { color: colour, highlight: colour, hover: colour, opacity: opacity(edge) * thin },
      width: width(edge) * Math.sqrt(boost) * thin,
    };
  }

  function edgeShape(edge, bend) {
    return {
      dashes: dashes(edge),
      arrows: edge.symmetric ? { to: true, from: { enabled: true, scaleFactor: 0.55 } } : { to: true },
      smooth: Math.abs(bend) < 0.01
        ? false
        : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) },
    };
  }

  return { theme, bends, hollow, nodeStyle, dashes, width, opacity, edgeStyle, edgeShape };
})();
