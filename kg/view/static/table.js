"use strict";

/* The facts that pass the filters as a table, one line a row: what the drawing shows, without the drawing. */
const KgTable = (() => {
  const { h, text, button } = KgDom;
  const ROWS = 200;

  function create(page, root) {
    let most = ROWS;
    let order = { key: "count", down: true };

    function row(edge) {
      const [from, to] = [page.data.nodes[edge.from], page.data.nodes[edge.to]];
      const dates = [...new Set(edge.live.map((proof) => proof.record.date).filter(Boolean))].sort();
      const sure = Math.max(...edge.live.map((proof) => proof.confidence || 1));
      const statuses = [...new Set(edge.live.map((proof) => proof.record.values.status))];
      return {
        edge, from, to, dates, sure, statuses, count: Math.round(edge.told),
        subject: KgText.name(from), predicate: page.edgeWord(edge), object: KgText.name(to), date: dates[0] || "",
      };
    }

    function line({ edge, from, to, dates, sure, statuses, count }) {
      return h("tr", {},
        h("td", {}, h("bdi", {}, KgText.name(from))),
        h("td", {},
          h("button", { type: "button", class: "link", "data-edge": edge.id, onclick: () => page.select({ edge: edge.id }) },
            h("span", { class: `line ${KgData.lineClass(edge)}`, "aria-hidden": "true" }), page.edgeWord(edge))),
        h("td", {}, text(KgText.name(to))),
        h("td", { class: "date" }, KgText.date(dates[0] || ""), dates.length > 1 ? " …" : ""),
        h("td", { class: "wide" }, statuses.map((one) => page.word("status", one)).join("، ")),
        h("td", { class: "number wide" }, `${KgText.number(Math.round(sure * 100))}%`),
        h("td", { class: "number" }, KgText.number(count)));
    }

    /* The rows in the order that the reader chose; also what is exported. */
    function rows() {
      const { key, down } = order;
      const sorted = page.graph.visible.nodes();
      const shown = new Set(sorted.map((node) => node.id));
      return page.data.edges.filter((edge) => edge.live.length && shown.has(edge.from) && shown.has(edge.to)).map(row)
        .sort((a, b) => {
          const way = typeof a[key] === "number" ? a[key] - b[key] : String(a[key]).localeCompare(String(b[key]), KgText.language());
          return (down ? -way : way) || a.edge.from - b.edge.from || b.edge.count - a.edge.count;
        });
    }

    function head(key, wide) {
      const mine = order.key === key;
      return h("th", { scope: "col", class: wide ? "wide" : null, "aria-sort": mine ? (order.down ? "descending" : "ascending") : null },
        button("sort", [page.word("ui", key), mine ? (order.down ? " ▾" : " ▴") : ""], () => {
          order = { key, down: mine ? !order.down : key === "count" || key === "sure" };
          show();
          root.querySelector(`[data-sort="${key}"]`).focus();
        }, { "data-sort": key }));
    }

    function show() {
      const found = rows();
      root.replaceChildren(
        h("table", {},
          h("caption", { class: "unseen" }, page.word("ui", "table")),
          h("thead", {}, h("tr", {},
            head("subject"), head("predicate"), head("object"), head("date"),
            h("th", { scope: "col", class: "wide" }, page.word("facet", "status")), head("sure", true), head("count"))),
          h("tbody", {}, found.slice(0, most).map(line))),
        found.length > most
          ? button("quiet", page.word("ui", "more"), () => {
            most += ROWS * 5;
            show();
          })
          : "",
        found.length ? "" : h("p", { class: "sub" }, page.word("ui", "nothing")));
    }

    return { show, rows };
  }

  return { create };
})();
