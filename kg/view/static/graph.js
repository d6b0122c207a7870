"use strict";

/* The drawing: vis-network with places that are given and physics off, names painted over it. */
const KgGraph = (() => {
  const { lineClass } = KgData;
  const MARGIN = [110, 70]; // pixels for names at the rim
  const BESIDE = 16; // pixels between a node and the zoom buttons

  function create(page) {
    const { data, filter } = page;
    const stage = document.getElementById("graph");
    const buttons = document.getElementById("zoom");
    const nodeSet = new vis.DataSet();
    const edgeSet = new vis.DataSet();
    const options = JSON.parse(document.getElementById("kg-options").textContent);
    const network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, options);
    const visible = KgVisible.create(data, filter);
    network.canvas.frame.tabIndex = -1; // the stage around it takes the keys
    let theme = {};
    let hovered = {};
    let lit = null; // nodes that stay bright while something is selected
    let before = null; // the view that focus() left, while the reader has not moved it
    let thin = 1; // many lines are drawn thinner and paler
    let boost = 1; // shapes grow where the whole drawing has to be small

    const small = () => stage.clientWidth < 600;
    const has = (id) => nodeSet.get(id) !== null;
    const edgesOf = (id) => data.incident[id].filter((edge) => edgeSet.get(edge.id));

    /* Fits the drawing to the shape of the window; at other times nothing moves. */
    function measure() {
      network.setSize("100%", "100%");
      visible.setStage(Math.max(1, stage.clientWidth - MARGIN[0]), Math.max(1, stage.clientHeight - MARGIN[1]));
    }

    /* Draws anew; with `whole`, so that all of it is in view. Shapes get their size before they are made. */
    function draw(whole) {
      const nodes = visible.nodes();
      const places = visible.places(nodes);
      const edges = data.edges.filter((edge) => edge.live.length && places.has(edge.from) && places.has(edge.to));
      const bend = KgDrawing.bends(edges);
      const aim = whole ? overall([...places.values()]) : null;
      if (aim) boost = wanted(aim.scale);
      thin = Math.min(1, Math.max(0.35, Math.sqrt(250 / (edges.length + 1))));
      edgeSet.clear();
      nodeSet.clear();
      nodeSet.add(nodes.map((node) => ({
        ...KgDrawing.nodeStyle(node, theme), ...places.get(node.id), shape: node.shape, size: node.size * boost,
      })));
      edgeSet.add(edges.map((edge) => ({
        ...KgDrawing.edgeStyle(edge, theme, boost, thin), ...KgDrawing.edgeShape(edge, bend.get(edge.id)),
        from: edge.from, to: edge.to,
      })));
      if (aim) network.moveTo({ ...aim, animation: false });
      highlight();
    }

    /* At the next frame, however often it is asked for. */
    const repaint = () => network.body.emitter.emit("_requestRedraw");

    // ---- names over the drawing ------------------------------------------------------------------

    function nodeItem(node, scale, font) {
      const spot = network.canvasToDOM(network.getPosition(node.id));
      const selected = page.selected();
      const chosen = Boolean(selected && selected.node === node.id);
      const bright = !lit || lit.has(node.id);
      return {
        id: node.id,
        text: KgText.name(node),
        code: node.code,
        x: spot.x,
        y: spot.y,
        radius: node.size * boost * scale,
        size: font + (node.id < 6 ? 2 : 0),
        strong: node.id < 6 || chosen,
        telling: node.id < (small() ? 6 : 8) && bright,
        forced: chosen || hovered.node === node.id || Boolean(lit && lit.size < 14 && lit.has(node.id)),
        must: chosen || hovered.node === node.id || Boolean(selected && !("node" in selected) && lit && lit.has(node.id)),
        colour: bright ? theme.ink : theme.faint,
      };
    }

    /* Where a line passes on the screen; along = 0 at its start, 1 at its end. */
    function edgePoint(id, along = 0.5) {
      return network.canvasToDOM(network.body.edges[id].edgeType.getPoint(along));
    }

    function edgeItem(edge, font, forced) {
      const along = [0.5, 0.4, 0.6, 0.3, 0.7].map((part) => edgePoint(edge.id, part));
      return {
        id: edge.id,
        text: page.edgeWord(edge),
        spots: [...along, ...along.flatMap(({ x, y }) => [{ x, y: y - 1.5 * font }, { x, y: y + 1.5 * font }])],
        radius: 0,
        size: font - 1,
        strong: false,
        forced,
        must: forced,
        edge: true,
        colour: theme.lines[lineClass(edge)],
      };
    }

    /* Lines of what is selected, of those that are drawn. */
    function chosenEdges() {
      const selected = page.selected();
      if (!selected) return [];
      if (selected.edge) return [data.edgeById.get(selected.edge)].filter((edge) => edgeSet.get(edge.id));
      if (selected.pair) return page.between(...selected.pair, selected.through).filter((edge) => edgeSet.get(edge.id));
      return edgesOf(selected.node);
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
      for (const { id } of chosenEdges()) {
        if (!edges[id] || !edges[id].connected) continue;
        edges[id].draw(context);
        edges[id].drawArrows(context);
      }
      for (const id of lit) if (nodes[id]) nodes[id].draw(context);
    }

    function paintNames(context) {
      const scale = network.getScale();
      const frame = [network.canvas.frame.clientWidth, network.canvas.frame.clientHeight];
      const font = Math.min(17, Math.max(12, 13 * Math.sqrt(scale)));
      const items = data.nodes.filter((node) => has(node.id)).map((node) => nodeItem(node, scale, font));
      const inside = items.filter(({ x, y }) => x > -80 && y > -40 && x < frame[0] + 80 && y < frame[1] + 40);
      const marks = inside.map(({ id, x, y, radius }) => ({ id, box: [x - radius, y - radius, x + radius, y + radius] }));
      const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = buttons;
      marks.push({ id: "zoom", box: [left, top, left + width, top + height] });
      // While something is selected, only its own names and the best known few are worth reading.
      const bright = (item) => Number(!lit || lit.has(item.id));
      const named = inside.filter((item) => !lit || lit.has(item.id) || item.id < 8)
        .sort((a, b) => b.forced - a.forced || bright(b) - bright(a) || a.id - b.id);
      let edges = chosenEdges();
      if (!page.selected() && scale > 1.1) edges = edgeSet.getIds().map((id) => data.edgeById.get(id));
      if (hovered.edge && edgeSet.get(hovered.edge)) {
        edges = [data.edgeById.get(hovered.edge), ...edges.filter((edge) => edge.id !== hovered.edge)];
      }
      const selected = page.selected();
      const chosen = (edge) => edge.id === hovered.edge || Boolean(selected && selected.edge === edge.id);
      // A drawing can be asked for while lines are being exchanged.
      const drawn = edges.filter((edge) => network.body.edges[edge.id] && network.body.edges[edge.id].connected);
      const lines = drawn.map((edge) => edgeItem(edge, font, chosen(edge)));
      const first = (list) => list.filter((item) => item.forced);
      const later = (list) => list.filter((item) => !item.forced);
      const ratio = network.canvas.pixelRatio;
      context.save();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      KgLabels.codes(context, inside, theme, bright);
      KgLabels.draw(context, [...first(named), ...first(lines), ...later(named), ...later(lines)], marks, frame, {
        ...theme, direction: KgText.rtl() ? "rtl" : "ltr",
      });
      context.restore();
    }

    network.on("afterDrawing", (context) => {
      if (page.selected() && lit) paintVeil(context);
      paintNames(context);
      const root = document.documentElement;
      if (!root.dataset.ready) root.dataset.ready = String(Math.round(performance.now()));
    });

    // ---- what is lit, and where one looks --------------------------------------------------------

    function highlight() {
      const selected = page.selected();
      lit = null;
      if (selected) {
        lit = new Set("node" in selected ? [selected.node] : selected.pair || []);
        for (const edge of chosenEdges()) lit.add(edge.from).add(edge.to);
      }
      const nodes = selected && "node" in selected && has(selected.node) ? [selected.node] : [];
      const edges = selected && selected.edge && edgeSet.get(selected.edge) ? [selected.edge] : [];
      // vis-network draws all at once when told of a selection: spare it where there is none.
      const old = network.getSelection();
      if (nodes.length || edges.length || old.nodes.length || old.edges.length) {
        network.setSelection({ nodes, edges }, { highlightEdges: false });
      }
      repaint();
    }

    /* Brings in nodes that are hidden. */
    function reveal(ids) {
      const missing = ids.filter((id) => !has(id));
      for (const id of missing) {
        visible.extra.add(id);
        filter.offTypes.delete(data.nodes[id].type);
      }
      return missing.length > 0;
    }

    /* Whether a place on the screen is under the zoom buttons. */
    function covered({ x, y }) {
      const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = buttons;
      return x > left - BESIDE && x < left + width + BESIDE && y > top - BESIDE && y < top + height + BESIDE;
    }

    /* The view that holds all of some places, beside the zoom buttons if something would lie under them. */
    function overall(spots) {
      if (!spots.length) return null;
      const [xs, ys] = [spots.map((spot) => spot.x), spots.map((spot) => spot.y)];
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const view = (aside) => {
        const wide = stage.clientWidth - MARGIN[0] - aside;
        const fitting = Math.min(1.2, wide / (right - left || 1), (stage.clientHeight - MARGIN[1]) / (bottom - top || 1));
        const scale = Math.max(0.02, fitting);
        const shift = (KgText.rtl() ? -aside : aside) / 2 / scale;
        return { position: { x: (left + right) / 2 + shift, y: (top + bottom) / 2 }, scale };
      };
      const onScreen = ({ position, scale }) => ({ x, y }) => ({
        x: (x - position.x) * scale + stage.clientWidth / 2, y: (y - position.y) * scale + stage.clientHeight / 2,
      });
      const whole = view(0);
      return spots.map(onScreen(whole)).some(covered) ? view(buttons.offsetWidth + 2 * BESIDE) : whole;
    }

    function fit() {
      network.setSize("100%", "100%");
      const aim = overall(Object.values(network.getPositions()));
      if (aim) network.moveTo({ ...aim, animation: false });
      resize();
    }

    /* Whether something lies outside of what the window shows, or under the buttons. */
    function strays() {
      return Object.values(network.getPositions()).map((spot) => network.canvasToDOM(spot))
        .some((spot) => spot.x < 0 || spot.y < 0 || spot.x > stage.clientWidth || spot.y > stage.clientHeight || covered(spot));
    }

    const wanted = (scale) => Math.min(small() ? 2.3 : 2.6, Math.max(0.7, 0.58 / scale));

    /* Keeps shapes and lines about as large on the screen at any zoom; small steps are let pass. */
    function resize() {
      const next = wanted(network.getScale());
      if (Math.abs(next / boost - 1) < 0.12) return;
      boost = next;
      nodeSet.update(nodeSet.getIds().map((id) => ({ id, size: data.nodes[id].size * boost })));
      if (edgeSet.length > 2000) return; // too many to restyle at every turn of the wheel
      edgeSet.update(edgeSet.getIds().map((id) => KgDrawing.edgeStyle(data.edgeById.get(id), theme, boost, thin)));
    }

    /* On a small stage the chosen things fill it; else only what lies outside is brought in. */
    function focus() {
      if (!lit || !lit.size) return;
      network.setSize("100%", "100%");
      const { clientWidth: width, clientHeight: height } = stage;
      const ids = [...lit].filter(has);
      const spots = ids.map((id) => network.canvasToDOM(network.getPosition(id)));
      const outside = spots.some(({ x, y }) => x < 10 || y < 10 || x > width - 10 || y > height - 10);
      if (!outside && width > 600) {
        repaint(); // a new size has wiped the drawing
        return;
      }
      before = before || { position: network.getViewPosition(), scale: network.getScale() };
      network.fit({ nodes: ids, maxZoomLevel: 0.9, animation: false });
      network.moveTo({ scale: network.getScale() * 0.75, animation: false });
      resize();
    }

    function leave() {
      const view = before;
      before = null;
      if (!view) return;
      if (small()) requestAnimationFrame(fit); // the stage has another height now
      else {
        network.moveTo({ ...view, animation: false });
        resize();
      }
    }

    function zoom(factor) {
      before = null;
      network.moveTo({ scale: network.getScale() * factor, animation: false });
      resize();
    }

    /* The node nearest to the chosen one in a direction of the screen: for the arrow keys. */
    function step(dx, dy) {
      const selected = page.selected();
      const ids = nodeSet.getIds();
      if (!selected || !("node" in selected) || !has(selected.node)) return ids.length ? Math.min(...ids) : null;
      const here = network.getPosition(selected.node);
      let best = null;
      let least = Infinity;
      for (const id of ids) {
        const { x, y } = network.getPosition(id);
        const along = (x - here.x) * dx + (y - here.y) * dy;
        const across = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
        if (id === selected.node || along <= 0 || along + 2 * across >= least) continue;
        least = along + 2 * across;
        best = id;
      }
      return best;
    }

    network.on("click", ({ nodes, edges }) => {
      if (nodes.length) page.select({ node: nodes[0] });
      else if (edges.length) page.select({ edge: edges[0] });
      else page.clear();
    });
    network.on("doubleClick", ({ nodes }) => { if (nodes.length) page.expand(nodes[0]); });
    for (const kind of ["Node", "Edge"]) {
      network.on(`hover${kind}`, (event) => { hovered = { [kind.toLowerCase()]: event[kind.toLowerCase()] }; repaint(); });
      network.on(`blur${kind}`, () => { hovered = {}; repaint(); });
    }
    let pending = 0;
    network.on("dragStart", () => { before = null; });
    network.on("zoom", () => {
      before = null;
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => resize());
    });
    let width = stage.clientWidth;
    window.addEventListener("resize", () => {
      if (stage.clientWidth === width || !stage.clientWidth) return;
      width = stage.clientWidth;
      measure();
      draw(true);
    });

    return {
      network, visible, nodeSet, edgeSet, measure, draw, highlight, reveal, fit, strays, focus, leave, zoom, step, edgePoint,
      theme: () => theme,
      setTheme() {
        theme = KgDrawing.theme(data.labels);
      },
    };
  }

  return { create };
})();
