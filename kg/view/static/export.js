"use strict";

/* What is shown, as a file: the drawing as PNG and SVG, the facts as CSV. */
const KgExport = (() => {
  const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  const escape = (value) =>
    String(value).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (c) => XML[c]);

  function png(page) {
    const { network } = page.graph;
    const from = network.canvas.frame.canvas;
    const sheet = document.createElement("canvas");
    [sheet.width, sheet.height] = [from.width, from.height];
    const context = sheet.getContext("2d");
    context.fillStyle = page.graph.theme().paper;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(from, 0, 0);
    sheet.toBlob((blob) => KgDom.save("graph.png", blob));
  }

  const around = (x, y, r, angles) =>
    angles.map((angle) => [x + r * Math.cos(angle), y + r * Math.sin(angle)].map((n) => n.toFixed(1)).join(",")).join(" ");

  function shape(node, x, y, r) {
    const turn = (n, start) => Array.from({ length: n }, (_, i) => start + (i * 2 * Math.PI) / n);
    const up = -Math.PI / 2;
    if (node.shape === "square") return `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}"`;
    if (node.shape === "diamond") return `<polygon points="${around(x, y, r, turn(4, up))}"`;
    if (node.shape === "hexagon") return `<polygon points="${around(x, y, r, turn(6, 0))}"`;
    if (node.shape === "triangle") return `<polygon points="${around(x, y, r, turn(3, up))}"`;
    if (node.shape === "triangleDown") return `<polygon points="${around(x, y, r, turn(3, -up))}"`;
    if (node.shape === "star") {
      const points = turn(10, up).map((angle, i) => around(x, y, i % 2 ? r * 0.45 : r, [angle]));
      return `<polygon points="${points.join(" ")}"`;
    }
    return `<circle cx="${x}" cy="${y}" r="${r}"`;
  }

  function svgEdge(edge, network, theme) {
    const drawn = network.body.edges[edge.id];
    if (!drawn || !drawn.connected) return "";
    const { from, to, via } = { from: drawn.from, to: drawn.to, via: drawn.edgeType.getViaNode && drawn.edgeType.getViaNode() };
    const path = via && via.x !== undefined
      ? `M${from.x} ${from.y}Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ${to.x} ${to.y}` : `M${from.x} ${from.y}L${to.x} ${to.y}`;
    const dash = KgDrawing.dashes(edge);
    const colour = escape(theme.lines[KgData.lineClass(edge)]);
    const tip = drawn.edgeType.getPoint(0.72);
    const back = drawn.edgeType.getPoint(0.7);
    const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
    const arrow = [0, 2.6, -2.6].map((turn) => `${(tip.x + 8 * Math.cos(angle + turn)).toFixed(1)},${(tip.y + 8 * Math.sin(angle + turn)).toFixed(1)}`);
    return `<g stroke="${colour}" fill="${colour}" opacity="${KgDrawing.opacity(edge)}"><path d="${path}" fill="none" stroke-width="${KgDrawing.width(edge).toFixed(1)}"${dash ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/><polygon points="${arrow.join(" ")}" stroke="none"/></g>`;
  }

  function svgNode(node, network, theme) {
    const drawn = network.body.nodes[node.id];
    const [x, y] = [Math.round(drawn.x), Math.round(drawn.y)];
    const r = node.size;
    const colour = escape(theme.types[node.type]);
    const paint = KgDrawing.hollow(node.type)
      ? `fill="${escape(theme.paper)}" stroke="${colour}" stroke-width="2.5"` : `fill="${colour}" stroke="${escape(theme.paper)}" stroke-width="1.5"`;
    const code = node.code ? `<text x="${x}" y="${y}" fill="${escape(theme.code)}" font-size="${(r * 0.9).toFixed(1)}" dominant-baseline="central">${escape(node.code)}</text>` : "";
    const name = escape(KgText.name(node));
    return `<g><title>${name}</title>${shape(node, x, y, r)} ${paint}/>${code}<text x="${x}" y="${y + r + 14}" fill="${escape(theme.ink)}" stroke="${escape(theme.paper)}" stroke-width="3" paint-order="stroke" font-size="13">${name}</text></g>`;
  }

  /* The whole drawing, not only what the window shows. */
  function svgText(page) {
    const { network, nodeSet, edgeSet } = page.graph;
    const theme = page.graph.theme();
    const nodes = nodeSet.getIds().map((id) => page.data.nodes[id]);
    const xs = nodes.map((node) => network.body.nodes[node.id].x);
    const ys = nodes.map((node) => network.body.nodes[node.id].y);
    const [left, top] = [Math.min(0, ...xs) - 90, Math.min(0, ...ys) - 50];
    const [width, height] = [Math.max(0, ...xs) + 90 - left, Math.max(0, ...ys) + 60 - top];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="${escape(theme.family)}" text-anchor="middle" direction="${KgText.rtl() ? "rtl" : "ltr"}">`,
      `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${escape(theme.paper)}"/>`,
      ...edgeSet.getIds().map((id) => svgEdge(page.data.edgeById.get(id), network, theme)),
      ...nodes.map((node) => svgNode(node, network, theme)),
      "</svg>", "",
    ].join("\n");
  }

  /* A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
  function cell(value) {
    const plain = String(value === undefined || value === null ? "" : value).toWellFormed();
    const safe = /^\s*[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  function csvText(page) {
    const { data } = page;
    const heads = [
      "subject", "subject_iri", "predicate", "object", "object_iri", "negated", "modality", "status", "date", "source",
      "publisher", "article", "confidence", "sentence",
    ];
    const sourceOf = ({ source }) =>
      source === undefined ? "" : Array.isArray(source) ? source[0] : data.nodes[source].label;
    const rows = data.records.filter((record) => record.on).map((record) => {
      const { from, to, fact, proof } = record;
      const article = data.articles[proof.a];
      return [
        KgText.name(from), from.iri, `${fact.kind}:${fact.predicate}`, to ? KgText.name(to) : proof.detail, to ? to.iri : "",
        Boolean(fact.negated || proof.negated), proof.modality || "asserted", record.values.status, record.date, sourceOf(proof),
        article.publisher, article.title || article.id, proof.confidence || 1, data.sentences[proof.s],
      ].map(cell).join(",");
    });
    return `\ufeff${[heads.join(","), ...rows].join("\r\n")}\r\n`;
  }

  return {
    png,
    svgText,
    csvText,
    svg: (page) => KgDom.save("graph.svg", svgText(page), "image/svg+xml"),
    csv: (page) => KgDom.save("facts.csv", csvText(page), "text/csv"),
  };
})();
