"use strict";

/* Puts the parts together: selection, views, language, theme, address. `kgPage` is the page's one handle for
   scripts and tests. */
function startPage(data) {
  const at = (id) => document.getElementById(id);
  const root = document.documentElement;
  const filter = KgFilter.create(data);
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const EXPANDED = 30;

  const history = [];
  let selected = null; // {node}, {edge} or {pair, through}
  let view = "graph";
  let themeChoice = ""; // "" follows the system
  let lastActor = null;

  const word = (group, key) => KgText.word(data.labels, group, key);
  const ui = (key) => word("ui", key);

  function edgeWord(fact) {
    const plain = word(fact.kind === "role" ? "role" : "predicate", fact.predicate);
    return fact.negated ? `${plain} (${ui("negated")})` : plain;
  }

  /* Lines between two nodes in both directions; `through` also those of who speaks for them, one way. */
  function between(a, b, through) {
    const voice = (id) => KgStance.voice(data, data.nodes[id], true).id;
    if (through) {
      return data.edges.filter((edge) => {
        const [from, to] = [voice(edge.from), voice(edge.to)];
        return edge.kind === "act" && ((from === a && to === b) || (edge.symmetric && from === b && to === a));
      });
    }
    return data.incident[a].filter((edge) => edge.from === b || edge.to === b);
  }

  // ---- what is chosen and shown --------------------------------------------------------------------

  const page = {
    data, filter, word, edgeWord, between,
    selected: () => selected,
    view: () => view,
    themeChoice: () => themeChoice,
    canGoBack: () => history.length > 0,
    back: () => select(history.pop(), false),
    actor: () => (lastActor === null ? null : data.nodes[lastActor]),
    copy: KgCopy.create(data),
    select, clear, leave, show, expand, refilter, closeFilters, offer,
    hiddenNeighbours(id) {
      const shown = new Set(page.graph.nodeSet.getIds());
      const near = data.incident[id].filter((edge) => edge.live.length)
        .map((edge) => (edge.from === id ? edge.to : edge.from));
      return [...new Set(near)].filter((other) => !shown.has(other));
    },
  };
  page.graph = KgGraph.create(page);
  const panel = KgPanel.create(at("panel"), page);
  const sheets = {
    matrix: KgMatrix.create(page, at("matrix")),
    timeline: KgTimeline.create(page, at("timeline")),
    actor: KgActor.create(page, at("actor")),
    table: KgTable.create(page, at("table")),
  };
  const search = KgSearch.create(page);
  const legend = KgFacets.legend(page);
  const filters = KgFacets.filters(page);

  function showPanel() {
    document.body.classList.toggle("chosen", Boolean(selected));
    // The actor's page says all that the panel would say of the same entity.
    document.body.classList.toggle("alone", view === "actor" && (!selected || "node" in selected));
    if (!selected) panel.showOverview();
    else if (selected.edge) panel.showEdge(data.edgeById.get(selected.edge));
    else if (selected.pair) panel.showPair(selected.pair, selected.through);
    else panel.showNode(data.nodes[selected.node]);
  }

  /* What a screen reader says of a choice. */
  function announce() {
    const name = (id) => KgText.name(data.nodes[id]);
    if (!selected) at("said").textContent = "";
    else if (selected.edge) {
      const edge = data.edgeById.get(selected.edge);
      at("said").textContent = `${name(edge.from)} ${edgeWord(edge)} ${name(edge.to)}، ${ui("proofs")}: ${edge.count}`;
    } else at("said").textContent = ("node" in selected ? [selected.node] : selected.pair).map(name).join("، ");
  }

  function select(next, remember = true) {
    if (selected && remember) history.push(selected);
    selected = next;
    if (next) {
      if (next.edge) filter.admit(data.edgeById.get(next.edge));
      const edge = next.edge && data.edgeById.get(next.edge);
      const ids = edge ? [edge.from, edge.to] : next.pair || [next.node];
      if (edge && !edge.live.length) filter.apply();
      const brought = page.graph.reveal(ids);
      if (brought || (edge && !page.graph.edgeSet.get(edge.id))) {
        filter.apply();
        page.graph.draw();
        relabel();
      }
      if (!edge && !next.pair) [lastActor] = ids;
    }
    openFilters(false);
    showPanel();
    announce();
    at("panel").scrollTop = 0;
    page.graph.highlight();
    if (next) requestAnimationFrame(page.graph.focus);
    if (view === "actor") {
      sheets.actor.show();
      at("actor").scrollTop = 0;
    }
    keep();
  }

  function clear() {
    history.length = 0;
    select(null, false);
    page.graph.leave();
  }

  function expand(id) {
    const hidden = page.hiddenNeighbours(id).sort((a, b) => a - b).slice(0, EXPANDED);
    for (const other of hidden) page.graph.visible.extra.add(other);
    refresh();
    select({ node: id }, false);
  }

  /* After the filters have changed. */
  function refilter() {
    filter.apply();
    refresh();
    if (page.graph.strays()) page.graph.fit();
  }

  function refresh(whole) {
    page.graph.draw(whole);
    relabel();
    if (view !== "graph") sheets[view].show();
    showPanel();
    keep();
  }

  function show(next) {
    view = next;
    document.body.dataset.view = next;
    for (const [key, sheet] of Object.entries(sheets)) {
      at(key).hidden = key !== next;
      if (key === next) sheet.show();
    }
    for (const tab of at("views").children) {
      tab.setAttribute("aria-selected", String(tab.dataset.view === next));
      tab.tabIndex = tab.dataset.view === next ? 0 : -1;
    }
    showPanel();
    keep();
  }

  function openFilters(open) {
    at("filters").hidden = !open;
    at("panel").hidden = open;
    at("open-filters").setAttribute("aria-pressed", String(open));
    document.body.classList.toggle("filtering", open);
    if (open) filters.relabel();
  }

  /* Closes the filters, or what is chosen, and gives the keys back to where they came from. */
  function closeFilters() {
    openFilters(false);
    at("open-filters").focus();
  }

  function leave() {
    clear();
    at(view === "graph" ? "graph" : view).focus();
  }

  /* Shows text to take along; the reader sees what is copied. */
  function offer(name, text) {
    at("offer-name").textContent = name;
    at("offer-text").value = text;
    at("offer-copy").textContent = ui("copy");
    at("offer-close").textContent = ui("close");
    at("offer").showModal();
    at("offer-text").select();
  }

  // ---- language, theme, address --------------------------------------------------------------------

  function setTheme(choice) {
    themeChoice = choice;
    root.dataset.theme = choice || (system.matches ? "dark" : "light");
    page.graph.setTheme();
  }

  let kept = "";

  function keep() {
    kept = KgAddress.write(page);
    try {
      window.history.replaceState(null, "", kept);
    } catch {
      // A page inside another page may have no address of its own.
    }
  }

  function counts() {
    const shown = page.graph.nodeSet.length;
    const { entities } = data.total;
    const beyond = entities - data.nodes.length;
    const all = page.graph.visible.all();
    at("counts").textContent = [
      `${ui("entities")} ${KgText.number(entities)}`,
      `${ui("facts")} ${KgText.number(data.total.facts)}`,
      `${ui("articles")} ${KgText.number(data.total.articles)}`,
    ].join(" · ");
    at("more").firstElementChild.textContent = [
      `${ui("shown")}: ${KgText.number(shown)} ${ui("of")} ${KgText.number(entities)}`,
      shown < data.nodes.length && !all ? ui("hidden") : "",
      filter.active() ? `${ui("passing")}: ${KgText.number(filter.passing)}` : "",
      beyond ? `${KgText.number(beyond)} ${ui("beyond")}` : "",
    ].filter(Boolean).join(" · ");
    at("more").title = at("more").firstElementChild.textContent;
    at("more").lastElementChild.hidden = page.graph.visible.beyond() <= 0;
    at("more").lastElementChild.textContent = ui(all ? "hide_rest" : "show_all");
  }

  function relabel() {
    root.lang = KgText.language();
    root.dir = KgText.rtl() ? "rtl" : "ltr";
    if (!data.titled) {
      document.querySelector("h1").textContent = ui("title");
      document.title = ui("title");
    }
    counts();
    at("language").textContent = KgText.rtl() ? "English" : "العربية";
    at("language").lang = KgText.rtl() ? "en" : "ar";
    const dark = root.dataset.theme === "dark";
    at("theme").textContent = dark ? "☀" : "☾";
    at("theme").title = ui(dark ? "light" : "dark");
    at("theme").setAttribute("aria-label", ui(dark ? "light" : "dark"));
    const set = filter.active() || filter.offLines.size || filter.offTypes.size;
    at("open-filters").textContent = ui("filters") + (set ? " ●" : "");
    at("save").firstElementChild.textContent = ui("save");
    for (const one of at("save").querySelectorAll("button")) one.textContent = ui(`save_${one.dataset.save}`);
    at("views").setAttribute("aria-label", ui("views"));
    for (const tab of at("views").children) tab.textContent = ui(tab.dataset.view);
    at("graph-help").textContent = ui("graph_help");
    at("graph").setAttribute("aria-label", ui("graph"));
    at("panel").setAttribute("aria-label", ui("proofs"));
    for (const one of at("zoom").children) {
      const name = one.dataset.zoom === "fit" ? ui("fit") : ui(`zoom_${one.dataset.zoom}`);
      one.setAttribute("aria-label", name);
      one.title = name;
    }
    search.relabel();
    legend.relabel();
    if (!at("filters").hidden) filters.relabel();
  }

  /* Makes the page what its address says. */
  function open(hash) {
    const wanted = KgAddress.read(page, hash);
    KgText.set(wanted.lang || "ar");
    setTheme(wanted.theme);
    page.graph.visible.setAll(wanted.all);
    history.length = 0;
    selected = null;
    document.body.dataset.view = "graph";
    relabel(); // the legend and the panel take their room
    showPanel();
    page.graph.measure();
    page.graph.draw(true);
    counts();
    show(wanted.view);
    if (wanted.selected) select(wanted.selected, false);
  }

  // ---- controls ------------------------------------------------------------------------------------

  at("more").lastElementChild.addEventListener("click", () => {
    page.graph.visible.setAll(!page.graph.visible.all());
    page.graph.measure();
    refresh(true);
  });
  at("language").addEventListener("click", () => {
    KgText.set(KgText.rtl() ? "en" : "ar");
    refresh();
    if (page.graph.strays()) page.graph.fit(); // the buttons are on the other side now
  });
  at("theme").addEventListener("click", () => {
    setTheme(root.dataset.theme === "dark" ? "light" : "dark");
    refresh();
  });
  at("open-filters").addEventListener("click", () => {
    openFilters(at("filters").hidden);
    if (!at("filters").hidden) at("filters").focus();
  });
  at("views").addEventListener("click", (event) => {
    const tab = event.target.closest("[data-view]");
    if (tab) show(tab.dataset.view);
  });
  at("views").addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const tabs = [...at("views").children];
    const step = KgText.rtl() ? -way : way;
    const tab = tabs[(tabs.findIndex((one) => one.dataset.view === view) + step + tabs.length) % tabs.length];
    show(tab.dataset.view);
    tab.focus();
  });
  at("save").addEventListener("click", (event) => {
    const kind = event.target.dataset.save;
    if (!kind) return;
    at("save").open = false;
    if (kind === "link") offer(ui("save_link"), window.location.href.split("#")[0] + kept);
    else KgExport[kind](page);
  });
  at("offer-copy").addEventListener("click", async () => {
    at("offer-text").select();
    try {
      await navigator.clipboard.writeText(at("offer-text").value);
    } catch {
      document.execCommand("copy");
    }
    at("offer-copy").textContent = ui("copied");
  });
  at("zoom").addEventListener("click", (event) => {
    const action = event.target.closest("button") && event.target.closest("button").dataset.zoom;
    if (action === "fit") page.graph.fit();
    else if (action) page.graph.zoom(action === "in" ? 1.4 : 1 / 1.4);
  });
  at("graph").addEventListener("keydown", (event) => {
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (way) {
      const id = page.graph.step(...way);
      if (id !== null) select({ node: id }, false);
    } else if (event.key === "+" || event.key === "=") page.graph.zoom(1.4);
    else if (event.key === "-") page.graph.zoom(1 / 1.4);
    else if (event.key === "0") page.graph.fit();
    else if (event.key === "Enter" && selected) at("panel").focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea")) {
      at("query").focus();
      event.preventDefault();
    }
    if (event.key !== "Escape" || event.target.closest(".search, dialog")) return;
    if (at("save").open) {
      at("save").open = false;
      at("save").firstElementChild.focus();
    } else if (!at("filters").hidden) closeFilters();
    else if (selected) leave();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#save")) at("save").open = false;
  });
  window.addEventListener("hashchange", () => {
    if (window.location.hash !== kept) open(window.location.hash);
  });
  system.addEventListener("change", () => {
    if (themeChoice) return;
    setTheme("");
    refresh();
  });

  open(window.location.hash);
  return {
    data, filter, network: page.graph.network, edgePoint: page.graph.edgePoint, page,
    selectNode: (id) => select({ node: id }), selectEdge: (id) => select({ edge: id }), clear, selected: () => selected,
  };
}

let kgPage = null;
if (document.getElementById("kg-packed") && !window.DecompressionStream) document.getElementById("too-old").hidden = false;
else KgData.load().then((data) => { kgPage = startPage(data); });
