"use strict";

/* Search box, legend with its filters, and the table that shows the same facts without the drawing. */
const KgControls = (() => {
  const { h } = KgPanel;
  const HITS = 8;
  const ROWS = 200;
  const LINES = [
    "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "role", "treaty", "event",
  ];
  const TYPES = [
    "STATE", "PERSON", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP", "EVENT", "TREATY", "PLACE",
  ];

  function score(node, wanted) {
    let best = 0;
    for (const name of node.folded) {
      if (name === wanted) best = Math.max(best, 4);
      else if (name.startsWith(wanted)) best = Math.max(best, 3);
      else if (name.includes(` ${wanted}`)) best = Math.max(best, 2);
      else if (name.includes(wanted)) best = Math.max(best, 1);
    }
    return best;
  }

  function find(nodes, query) {
    const wanted = KgText.fold(query);
    if (!wanted) return [];
    return nodes
      .map((node) => ({ node, score: score(node, wanted) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score || a.node.id - b.node.id)
      .map((hit) => hit.node);
  }

  function search(page) {
    const input = document.getElementById("query");
    const list = document.getElementById("hits");
    for (const node of page.data.nodes) {
      node.folded = [node.label, node.en || "", ...node.names].map(KgText.fold).filter(Boolean);
    }

    function close() {
      list.hidden = true;
    }

    function choose(node) {
      close();
      page.selectNode(node.id);
    }

    function show() {
      const hits = find(page.data.nodes, input.value).slice(0, HITS);
      list.replaceChildren(
        ...hits.map((node) =>
          h("li", {},
            h("button", { type: "button", "data-node": node.id, onclick: () => choose(node) },
              h("span", { class: `glyph type-${node.type}`, "aria-hidden": "true" }),
              h("bdi", {}, KgText.name(node)),
              h("span", { class: "count" }, page.word("type", node.type))))),
      );
      if (!hits.length && input.value.trim()) list.append(h("li", { class: "none" }, page.word("ui", "no_hits")));
      list.hidden = !input.value.trim();
    }

    input.addEventListener("input", () => {
      input.dir = input.value ? "auto" : document.documentElement.dir;
      show();
    });
    input.addEventListener("focus", show);
    input.addEventListener("keydown", (event) => {
      const first = list.querySelector("button");
      if (event.key === "Enter" && first) first.click();
      if (event.key === "ArrowDown" && first) {
        first.focus();
        event.preventDefault();
      }
      if (event.key === "Escape") close();
    });
    list.addEventListener("keydown", (event) => {
      const buttons = [...list.querySelectorAll("button")];
      const at = buttons.indexOf(document.activeElement);
      if (event.key === "ArrowDown") (buttons[at + 1] || buttons[0]).focus();
      else if (event.key === "ArrowUp") (buttons[at - 1] || input).focus();
      else if (event.key === "Escape") {
        close();
        input.focus();
      } else return;
      event.preventDefault();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".search")) close();
    });
    return { relabel: close };
  }

  /* Buttons that hide and show a kind of line or of entity; only kinds that occur. */
  function legend(page) {
    const details = document.getElementById("legend");
    const body = document.getElementById("legend-body");
    details.open = window.matchMedia("(min-width: 60rem) and (min-height: 40rem)").matches;

    function toggle(set, key, ...content) {
      const off = set.has(key);
      return h("button", {
        type: "button",
        class: "toggle",
        "data-kind": key,
        "aria-pressed": String(!off),
        onclick: () => {
          if (off) set.delete(key);
          else set.add(key);
          relabel();
          page.refresh();
          const again = body.querySelector(`[data-kind="${key}"]`);
          if (again) again.focus();
        },
      }, ...content);
    }

    function relabel() {
      details.querySelector("summary").textContent = page.word("ui", "legend");
      const lines = LINES.filter((key) => page.data.edges.some((e) => (e.quad || e.kind) === key));
      const types = TYPES.filter((key) => page.data.nodes.some((node) => node.type === key));
      body.replaceChildren(
        h("div", { class: "group" },
          lines.map((key) =>
            toggle(page.offLines, key, h("span", { class: `line ${key}` }), page.word("edge", key))),
          ["line_plain", "line_reported", "line_negated"].map((key) =>
            h("span", { class: "sample" }, h("span", { class: `line ${key}` }), page.word("ui", key)))),
        h("div", { class: "group" }, types.map((key) =>
          toggle(page.offTypes, key, h("span", { class: `glyph type-${key}` }), page.word("type", key)))),
      );
    }

    return { relabel };
  }

  function table(page) {
    const root = document.getElementById("table");
    let most = ROWS;

    function row(edge) {
      const [from, to] = [page.data.nodes[edge.from], page.data.nodes[edge.to]];
      const dates = [...new Set(edge.proofs.map((proof) => proof.date).filter(Boolean))].sort();
      return h("tr", {},
        h("td", {}, h("bdi", {}, KgText.name(from))),
        h("td", {},
          h("button", { type: "button", class: "link", "data-edge": edge.id, onclick: () => page.selectEdge(edge.id) },
            h("span", { class: `line ${page.edgeClass(edge)}`, "aria-hidden": "true" }), page.edgeWord(edge))),
        h("td", {}, h("bdi", {}, KgText.name(to))),
        h("td", { class: "date" }, dates[0] || "", dates.length > 1 ? " …" : ""),
        h("td", { class: "number" }, KgText.number(edge.count)));
    }

    function relabel() {
      const word = (key) => page.word("ui", key);
      const edges = page.shownEdges().sort((a, b) => a.from - b.from || b.count - a.count);
      const heads = ["subject", "predicate", "object", "date", "proofs"].map((key) =>
        h("th", { scope: "col" }, word(key)));
      function more() {
        most += ROWS * 5;
        relabel();
      }
      root.replaceChildren(
        h("table", {},
          h("thead", {}, h("tr", {}, heads)),
          h("tbody", {}, edges.slice(0, most).map(row))),
        edges.length > most
          ? h("button", { type: "button", class: "quiet", onclick: more }, word("more"))
          : "",
      );
    }

    return { relabel };
  }

  return { search, legend, table, find };
})();
