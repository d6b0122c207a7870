"use strict";

/* What the reader sees, kept after the # of the address, so that it can be sent and opened again. What an
   address says is checked against the page's own values; anything else is passed over. */
const KgAddress = (() => {
  const VIEWS = ["graph", "matrix", "timeline", "actor", "table"];

  function write(page) {
    const { data, filter } = page;
    const out = new URLSearchParams();
    out.set("lang", KgText.language());
    const theme = page.themeChoice();
    if (theme) out.set("theme", theme);
    if (page.view() !== "graph") out.set("view", page.view());
    if (page.graph.visible.all()) out.set("all", "1");
    const selected = page.selected();
    if (selected && selected.edge) out.set("line", data.edgeById.get(selected.edge).key);
    else if (selected && selected.pair) {
      out.set("pair", selected.pair.map((id) => data.nodes[id].short).join("|"));
      if (selected.through) out.set("through", "1");
    } else if (selected) out.set("node", data.nodes[selected.node].short);
    for (const facet of KgFilter.FACETS) for (const value of filter.chosen[facet]) out.append(facet, value);
    for (const key of ["from", "to"]) if (filter[key]) out.set(key, filter[key]);
    if (filter.confidence) out.set("confidence", String(filter.confidence));
    for (const key of filter.offLines) out.append("no-line", key);
    for (const key of filter.offTypes) out.append("no-kind", key);
    return `#${out}`;
  }

  function selection(data, found) {
    if (found.has("line") && data.edgeByKey.has(found.get("line"))) return { edge: data.edgeByKey.get(found.get("line")).id };
    if (found.has("node") && data.byShort.has(found.get("node"))) return { node: data.byShort.get(found.get("node")).id };
    const pair = (found.get("pair") || "").split("|").map((short) => data.byShort.get(short));
    if (pair.length !== 2 || !pair[0] || !pair[1]) return null;
    return { pair: pair.map((node) => node.id), ...(found.get("through") ? { through: true } : {}) };
  }

  /* Sets the filters and tells the rest: {lang, theme, view, all, selected}. */
  function read(page, hash) {
    const found = new URLSearchParams(hash.replace(/^#/, ""));
    const { data, filter } = page;
    filter.clear();
    filter.apply();
    for (const facet of KgFilter.FACETS) {
      const known = new Set(data.records.map((record) => record.values[facet]));
      for (const value of found.getAll(facet)) if (known.has(value)) filter.chosen[facet].add(value);
    }
    for (const key of ["from", "to"]) {
      const value = found.get(key) || "";
      if (/^\d{4}-\d{2}-\d{2}$/.test(value)) filter[key] = value;
    }
    const sure = Number(found.get("confidence"));
    if (sure > 0 && sure <= 1) filter.confidence = sure;
    for (const value of found.getAll("no-line")) if (Object.hasOwn(data.labels.edge, value)) filter.offLines.add(value);
    for (const value of found.getAll("no-kind")) if (Object.hasOwn(data.labels.type, value)) filter.offTypes.add(value);
    filter.apply();
    return {
      lang: found.get("lang"),
      theme: ["dark", "light"].includes(found.get("theme")) ? found.get("theme") : "",
      view: VIEWS.includes(found.get("view")) ? found.get("view") : "graph",
      all: found.get("all") === "1",
      selected: selection(data, found),
    };
  }

  return { write, read, VIEWS };
})();
