"use strict";

/* Puts the parts together: data, drawing, selection, language. `kgPage` is the page's one handle for
   scripts and tests. */
const kgPage = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const at = (id) => document.getElementById(id);
  const data = { ...read("kg-rest"), nodes: read("kg-nodes"), edges: read("kg-edges") };
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const edgeById = new Map(data.edges.map((edge) => [edge.id, edge]));
  const incident = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    incident.get(edge.from).push(edge);
    incident.get(edge.to).push(edge);
  }
  for (const list of incident.values()) list.sort((a, b) => b.count - a.count);

  const offLines = new Set();
  const offTypes = new Set();
  const extra = new Set(); // hidden nodes that a search or a link brought in
  const history = [];
  let all = data.core >= data.nodes.length;
  let selected = null; // {node} or {edge}
  let hovered = {};
  let lit = null; // nodes that stay bright while something is selected
  let theme = {};
  let before = null; // the view that focus() left, while the reader has not moved it
  let thin = 1; // many lines are drawn thinner and paler
  let boost = 1; // shapes grow where the whole drawing has to be small

  // ---- words -------------------------------------------------------------------------------------

  const word = (group, key) => KgText.word(data.labels, group, key);
  const { edgeClass } = KgDrawing;
  function factWord(fact) {
    return word(fact.kind === "role" ? "role" : "predicate", fact.predicate);
  }
  function edgeWord(edge) {
    return edge.negated ? `${factWord(edge)} (${word("ui", "negated")})` : factWord(edge);
  }
  // ---- what is shown -----------------------------------------------------------------------------

  const nodeShown = (node) => (all || node.id < data.core || extra.has(node.id)) && !offTypes.has(node.type);
  const edgeShown = (edge) =>
    !offLines.has(edgeClass(edge)) && nodeShown(data.nodes[edge.from]) && nodeShown(data.nodes[edge.to]);
  const shownEdges = () => data.edges.filter(edgeShown);
  const edgesOf = (id) => incident.get(id);

  function position(node) {
    const spot = (all ? node.at[1] : node.at[0]) || node.at[1];
    // A tall screen gets the drawing turned on its side.
    return upright() ? { x: spot[1] * 1.25, y: spot[0] * 1.1 } : { x: spot[0], y: spot[1] };
  }

  function upright() {
    const stage = at("canvas").getBoundingClientRect();
    return stage.height > stage.width * 1.15;
  }

  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();

  function draw() {
    const edges = shownEdges();
    const bend = KgDrawing.bends(edges);
    thin = Math.min(1, Math.max(0.3, Math.sqrt(300 / (edges.length + 1))));
    edgeSet.clear();
    nodeSet.clear();
    nodeSet.add(
      data.nodes.filter(nodeShown).map((node) => ({
        ...KgDrawing.nodeStyle(node, theme),
        ...position(node),
        shape: node.shape,
        size: node.size * boost,
      })),
    );
    edgeSet.add(
      edges.map((edge) => ({
        ...KgDrawing.edgeStyle(edge, theme, boost, thin),
        ...KgDrawing.edgeShape(edge, bend.get(edge.id)),
        from: edge.from,
        to: edge.to,
      })),
    );
  }

  const network = new vis.Network(at("graph"), { nodes: nodeSet, edges: edgeSet }, read("kg-options"));

  // ---- names over the drawing --------------------------------------------------------------------

  function nodeItem(node, scale, font) {
    const spot = network.canvasToDOM(network.getPosition(node.id));
    const chosen = selected && selected.node === node.id;
    return {
      id: node.id,
      text: KgText.name(node),
      x: spot.x,
      y: spot.y,
      radius: node.size * boost * scale,
      size: font + (node.id < 6 ? 2 : 0),
      strong: node.id < 6 || chosen,
      telling: node.id < (at("canvas").clientWidth < 600 ? 6 : 20) && (!lit || lit.has(node.id)),
      forced: Boolean(chosen || hovered.node === node.id || (lit && lit.size < 14 && lit.has(node.id))),
      must: chosen || hovered.node === node.id || Boolean(selected && selected.edge && lit && lit.has(node.id)),
      colour: lit && !lit.has(node.id) ? theme.faint : theme.ink,
    };
  }

  /* Where a line passes on the screen; along = 0 at its start, 1 at its end. */
  function edgePoint(id, along = 0.5) {
    return network.canvasToDOM(network.body.edges[id].edgeType.getPoint(along));
  }

  function edgeItem(edge, font, forced) {
    return {
      id: edge.id,
      text: edgeWord(edge),
      spots: [0.5, 0.4, 0.6, 0.3, 0.7].map((along) => edgePoint(edge.id, along)),
      radius: 0,
      size: font - 1,
      strong: false,
      forced,
      must: forced,
      edge: true,
      colour: theme.lines[edgeClass(edge)],
    };
  }

  /* Veils the drawing and draws what is lit once more above the veil: no need to restyle thousands. */
  function paintVeil(context) {
    const ratio = network.canvas.pixelRatio;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.globalAlpha = 0.8;
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, network.canvas.frame.clientWidth, network.canvas.frame.clientHeight);
    context.restore();
    const { nodes, edges } = network.body;
    const bright = selected.edge ? [selected.edge] : edgesOf(selected.node).map((edge) => edge.id);
    for (const id of bright.filter((one) => edges[one])) {
      edges[id].draw(context);
      edges[id].drawArrows(context);
    }
    for (const id of lit) if (nodes[id]) nodes[id].draw(context);
  }

  function paint(context) {
    if (selected && lit) paintVeil(context);
    paintNames(context);
    if (!document.documentElement.dataset.ready) {
      document.documentElement.dataset.ready = String(Math.round(performance.now()));
    }
  }

  function paintNames(context) {
    const scale = network.getScale();
    const frame = [network.canvas.frame.clientWidth, network.canvas.frame.clientHeight];
    const font = Math.min(17, Math.max(11.5, 12.5 * Math.sqrt(scale)));
    // While something is selected, only its own names and the best known few are worth reading.
    const nodes = data.nodes.filter((node) => nodeSet.get(node.id) && (!lit || lit.has(node.id) || node.id < 8));
    const items = nodes.map((node) => nodeItem(node, scale, font));
    const inside = items.filter(({ x, y }) => x > -80 && y > -40 && x < frame[0] + 80 && y < frame[1] + 40);
    const marks = inside.map(({ id, x, y, radius }) => ({ id, box: [x - radius, y - radius, x + radius, y + radius] }));
    const bright = (item) => Number(!lit || lit.has(item.id));
    inside.sort((a, b) => b.forced - a.forced || bright(b) - bright(a) || a.id - b.id);
    let edges = [];
    if (selected && selected.edge) edges = [edgeById.get(selected.edge)];
    else if (selected) edges = edgesOf(selected.node).filter(edgeShown);
    else if (scale > 1.1) edges = edgeSet.getIds().map((id) => edgeById.get(id));
    if (hovered.edge && edgeSet.get(hovered.edge)) {
      edges = [edgeById.get(hovered.edge), ...edges.filter((edge) => edge.id !== hovered.edge)];
    }
    const chosen = (edge) => edge.id === hovered.edge || Boolean(selected && selected.edge === edge.id);
    // A drawing can be asked for while lines are being exchanged.
    const drawn = edges.filter((edge) => network.body.edges[edge.id] && network.body.edges[edge.id].connected);
    const edgeItems = drawn.map((edge) => edgeItem(edge, font, chosen(edge)));
    const first = edgeItems.filter((item) => item.forced);
    const later = edgeItems.filter((item) => !item.forced);
    const forced = inside.filter((item) => item.forced);
    const ratio = network.canvas.pixelRatio;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    KgLabels.draw(context, [...forced, ...first, ...inside.filter((item) => !item.forced), ...later], marks, frame, {
      ...theme,
      direction: KgText.rtl() ? "rtl" : "ltr",
    });
    context.restore();
  }

  network.on("afterDrawing", paint);

  // ---- selection ---------------------------------------------------------------------------------

  function highlight() {
    lit = null;
    if (selected && selected.edge) {
      const edge = edgeById.get(selected.edge);
      lit = new Set([edge.from, edge.to]);
    } else if (selected) {
      lit = new Set([selected.node]);
      for (const edge of edgesOf(selected.node).filter(edgeShown)) lit.add(edge.from).add(edge.to);
    }
    const nodes = selected && !selected.edge && nodeSet.get(selected.node) ? [selected.node] : [];
    const edges = selected && selected.edge && edgeSet.get(selected.edge) ? [selected.edge] : [];
    network.setSelection({ nodes, edges }, { highlightEdges: false });
    network.redraw();
  }

  function show() {
    document.body.classList.toggle("chosen", Boolean(selected));
    if (!selected) panel.showOverview();
    else if (selected.edge) panel.showEdge(edgeById.get(selected.edge));
    else panel.showNode(data.nodes[selected.node]);
    at("panel").scrollTop = 0;
    highlight();
    if (selected) requestAnimationFrame(focus);
  }

  function reveal(ids) {
    const missing = ids.filter((id) => !nodeSet.get(id));
    if (!missing.length) return;
    for (const id of missing) {
      extra.add(id);
      offTypes.delete(data.nodes[id].type);
    }
    refresh();
  }

  function select(next, remember = true) {
    if (selected && remember) history.push(selected);
    selected = next;
    if (next && next.edge) {
      const edge = edgeById.get(next.edge);
      offLines.delete(edgeClass(edge));
      reveal([edge.from, edge.to]);
    } else if (next) reveal([next.node]);
    show();
  }

  const selectNode = (id) => select({ node: id });

  function clear() {
    history.length = 0;
    select(null, false);
    const view = before;
    before = null;
    if (!view) return;
    if (at("canvas").clientWidth < 600) requestAnimationFrame(fit); // the stage has another height now
    else {
      network.moveTo({ ...view, animation: false });
      resize();
    }
  }

  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) select({ node: nodes[0] });
    else if (edges.length) select({ edge: edges[0] });
    else clear();
  });
  network.on("hoverNode", ({ node }) => { hovered = { node }; network.redraw(); });
  network.on("hoverEdge", ({ edge }) => { hovered = { edge }; network.redraw(); });
  network.on("blurNode", () => { hovered = {}; network.redraw(); });
  network.on("blurEdge", () => { hovered = {}; network.redraw(); });
  let pending = 0;
  network.on("dragStart", () => { before = null; });
  network.on("zoom", () => {
    before = null;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => resize());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected && !event.target.closest(".search")) clear();
  });

  // ---- the whole page ----------------------------------------------------------------------------

  const page = {
    data, word, edgeClass, edgeWord, factWord, edgesOf, shownEdges, offLines, offTypes, refresh, selectNode, clear,
    selectEdge: (id) => select({ edge: id }),
    canGoBack: () => history.length > 0,
    back: () => select(history.pop(), false),
  };
  const panel = KgPanel.create(at("panel"), page);
  const parts = [KgControls.search(page), KgControls.legend(page), KgControls.table(page)];

  function fit() {
    network.setSize("100%", "100%");
    network.fit({ animation: false });
    network.moveTo({ scale: network.getScale() * (at("canvas").clientWidth < 600 ? 0.82 : 0.92), animation: false });
    resize();
  }

  /* Keeps shapes and lines about as large on the screen at any zoom; small steps are let pass. */
  function resize() {
    const most = at("canvas").clientWidth < 600 ? 1.8 : 2.6;
    const wanted = Math.min(most, Math.max(0.7, 0.64 / network.getScale()));
    if (Math.abs(wanted / boost - 1) < 0.12) return;
    boost = wanted;
    nodeSet.update(nodeSet.getIds().map((id) => ({ id, size: data.nodes[id].size * boost })));
    if (edgeSet.length > 2000) return; // too many to restyle at every turn of the wheel
    edgeSet.update(edgeSet.getIds().map((id) => KgDrawing.edgeStyle(edgeById.get(id), theme, boost, thin)));
  }

  /* On a small stage the chosen things fill it; else only what lies outside is brought in. */
  function focus() {
    if (!selected) return;
    network.setSize("100%", "100%");
    const { clientWidth: width, clientHeight: height } = at("graph");
    const spots = [...lit].filter((id) => nodeSet.get(id)).map((id) => network.canvasToDOM(network.getPosition(id)));
    const outside = spots.some(({ x, y }) => x < 10 || y < 10 || x > width - 10 || y > height - 10);
    if (!outside && width > 600) return;
    before = before || { position: network.getViewPosition(), scale: network.getScale() };
    network.fit({ nodes: [...lit].filter((id) => nodeSet.get(id)), maxZoomLevel: 0.9, animation: false });
    network.moveTo({ scale: network.getScale() * 0.75, animation: false });
    resize();
  }

  function refresh() {
    draw();
    highlight();
    relabel();
  }

  function relabel() {
    const rtl = KgText.rtl();
    const root = document.documentElement;
    root.lang = KgText.language();
    root.dir = rtl ? "rtl" : "ltr";
    const count = (value, key) => `${KgText.number(value)} ${word("ui", key)}`;
    if (!data.titled) {
      document.querySelector("h1").textContent = word("ui", "title");
      document.title = word("ui", "title");
    }
    at("counts").textContent = [
      `${word("ui", "entities")} ${KgText.number(data.total.entities)}`,
      `${word("ui", "facts")} ${KgText.number(data.total.facts)}`,
      `${word("ui", "articles")} ${KgText.number(data.total.articles)}`,
    ].join(" · ");
    at("query").placeholder = word("ui", "search");
    at("query").dir = at("query").value ? "auto" : root.dir;
    at("query").setAttribute("aria-label", word("ui", "search"));
    at("language").textContent = rtl ? "English" : "العربية";
    at("language").lang = rtl ? "en" : "ar";
    const tableOn = !at("table").hidden;
    at("view").textContent = word("ui", tableOn ? "graph" : "table");
    at("view").setAttribute("aria-pressed", String(tableOn));
    at("graph-help").textContent = word("ui", "graph_help");
    at("panel").setAttribute("aria-label", word("ui", "proofs"));
    for (const button of at("zoom").children) {
      const name = word("ui", button.dataset.zoom === "fit" ? "fit" : `zoom_${button.dataset.zoom}`);
      button.setAttribute("aria-label", name);
      button.title = name;
    }
    const hidden = data.nodes.length - nodeSet.length;
    at("more").hidden = data.core >= data.nodes.length;
    const beyond = data.total.entities - data.nodes.length;
    at("more").firstElementChild.textContent = [
      all ? (beyond ? "" : word("ui", "all_shown")) : count(hidden, "hidden"),
      beyond ? count(beyond, "beyond") : "",
    ].filter(Boolean).join(" · ");
    at("more").lastElementChild.textContent = word("ui", all ? "hide_rest" : "show_all");
    for (const part of parts) part.relabel();
  }

  at("more").lastElementChild.addEventListener("click", () => {
    all = !all;
    extra.clear();
    refresh();
    fit();
  });
  at("language").addEventListener("click", () => {
    KgText.set(KgText.rtl() ? "en" : "ar");
    relabel();
    show();
  });
  at("view").addEventListener("click", () => {
    at("table").hidden = !at("table").hidden;
    document.body.classList.toggle("table", !at("table").hidden);
    relabel();
  });
  at("zoom").addEventListener("click", (event) => {
    const action = event.target.closest("button") && event.target.closest("button").dataset.zoom;
    if (action === "fit") fit();
    else if (action) {
      network.moveTo({ scale: network.getScale() * (action === "in" ? 1.4 : 1 / 1.4), animation: false });
      resize();
    }
  });
  dark.addEventListener("change", () => { theme = KgDrawing.theme(data.labels); draw(); highlight(); });
  let turned = upright();
  window.addEventListener("resize", () => {
    if (upright() === turned) return;
    turned = upright();
    draw();
    highlight();
    fit();
  });

  theme = KgDrawing.theme(data.labels);
  draw();
  relabel();
  panel.showOverview();
  fit();
  return { network, edgePoint, selectNode, selectEdge: page.selectEdge, clear, data, selected: () => selected };
})();
