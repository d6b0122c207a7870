"use strict";

/* The legend, whose entries hide and show kinds of lines and entities, and the panel of filters. */
const KgFacets = (() => {
  const { h, button, text } = KgDom;
  const TYPES = [
    "STATE", "PERSON", "GOVBODY", "IGO", "ARMED_GROUP", "ORG", "MEDIA", "GROUP", "EVENT", "TREATY", "PLACE",
  ];
  const LISTED = 8;

  function legend(page) {
    const details = document.getElementById("legend");
    const body = document.getElementById("legend-body");
    details.open = window.matchMedia("(min-width: 60rem) and (min-height: 40rem)").matches;

    function toggle(set, key, ...content) {
      return h("button", {
        type: "button",
        class: "toggle",
        "data-kind": key,
        "aria-pressed": String(!set.has(key)),
        onclick: () => {
          if (!set.delete(key)) set.add(key);
          page.refilter();
          const again = body.querySelector(`[data-kind="${key}"]`);
          if (again) again.focus();
        },
      }, ...content);
    }

    function relabel() {
      const { data, filter } = page;
      details.querySelector("summary").textContent = page.word("ui", "legend");
      const lines = KgHistogram.CLASSES.filter((key) => data.records.some((record) => record.line === key));
      const types = TYPES.filter((key) => data.nodes.some((node) => node.type === key));
      body.replaceChildren(
        h("div", { class: "group" },
          lines.map((key) =>
            toggle(filter.offLines, key, h("span", { class: `line ${key}` }), page.word("edge", key))),
          ["line_plain", "line_reported", "line_negated"].map((key) =>
            h("span", { class: "sample" }, h("span", { class: `line ${key}` }), page.word("ui", key)))),
        h("div", { class: "group" }, types.map((key) =>
          toggle(filter.offTypes, key, h("span", { class: `glyph type-${key}` }), page.word("type", key)))));
    }

    return { relabel };
  }

  function filters(page) {
    const root = document.getElementById("filters");
    const wide = new Set(); // lists that the reader has opened whole
    const word = (key) => page.word("ui", key);
    const { filter, data } = page;

    function label(facet, value) {
      if (facet === "predicate") {
        const [kind, predicate] = value.split(":");
        return page.word(kind === "role" ? "role" : "predicate", predicate);
      }
      if (facet === "publisher") return value || word("unknown");
      if (facet === "source") {
        const node = data.byShort.get(value);
        return value ? (node ? KgText.name(node) : value) : word("itself");
      }
      return page.word({ plover: "plover", polarity: "polarity", status: "status", actor: "type" }[facet], value);
    }

    function option(facet, value) {
      const set = filter.chosen[facet];
      return h("label", { class: "option" },
        h("input", {
          type: "checkbox", checked: set.has(value), "data-facet": facet, "data-value": value,
          onchange: () => {
            if (!set.delete(value)) set.add(value);
            page.refilter();
            const again = [...root.querySelectorAll(`[data-facet="${facet}"]`)].find((one) => one.dataset.value === value);
            if (again) again.focus();
          },
        }),
        text(label(facet, value)),
        h("span", { class: "count" }, KgText.number(filter.counts[facet].get(value) || 0)));
    }

    function list(facet, open) {
      const counts = filter.counts[facet];
      const set = filter.chosen[facet];
      const values = [...new Set([...set, ...counts.keys()])].filter((value) => facet !== "plover" || value);
      if (values.length < 2 && !set.size) return null;
      values.sort((a, b) => set.has(b) - set.has(a) || (counts.get(b) || 0) - (counts.get(a) || 0) || (a < b ? -1 : 1));
      const shown = wide.has(facet) ? values : values.slice(0, Math.max(LISTED, set.size));
      const old = root.querySelector(`details[data-list="${facet}"]`);
      return h("details", { open: old ? old.open : open || set.size > 0, "data-list": facet },
        h("summary", {}, page.word("facet", facet), set.size ? h("span", { class: "count" }, KgText.number(set.size)) : null),
        h("div", { class: "options", role: "group", "aria-label": page.word("facet", facet) },
          shown.map((value) => option(facet, value)),
          shown.length < values.length
            ? button("quiet", `${word("more")} (${KgText.number(values.length - shown.length)})`, () => {
              wide.add(facet);
              relabel();
            })
            : null));
    }

    function dates() {
      const bars = KgHistogram.buckets(filter.spread);
      if (!bars.length) return null;
      const set = (from, to) => {
        filter.from = from;
        filter.to = to;
        page.refilter();
      };
      const field = (key, value, change) => h("label", {}, `${word(key)} `, h("input", {
        type: "date", value, "data-date": key, onchange: (event) => change(event.target.value),
      }));
      return h("section", { class: "dates", "aria-label": word("date") },
        h("h3", {}, word("date")),
        KgHistogram.dates(page, bars, 340, 56),
        KgHistogram.axis(bars),
        h("p", { class: "range" },
          field("from", filter.from, (value) => set(value, filter.to)),
          field("to", filter.to, (value) => set(filter.from, value))));
    }

    function confidence() {
      const value = Math.round(filter.confidence * 100);
      return h("label", { class: "sure" }, word("least_confidence"),
        h("input", {
          type: "range", min: 0, max: 100, step: 5, value, id: "least-confidence",
          onchange: (event) => {
            filter.confidence = Number(event.target.value) / 100;
            page.refilter();
            document.getElementById("least-confidence").focus();
          },
        }),
        h("output", {}, `${KgText.number(value)}%`));
    }

    function relabel() {
      root.setAttribute("aria-label", word("filters"));
      root.replaceChildren(
        h("header", {},
          h("div", { class: "bar" },
            h("h2", { class: "kind" }, word("filters")),
            button("quiet", word("reset"), () => {
              filter.clear();
              page.refilter();
            }, { id: "reset" }),
            button("quiet", word("close"), page.closeFilters, { id: "close-filters" })),
          h("p", { class: "sub", role: "status" }, `${word("passing")}: ${KgText.number(filter.passing)}`)),
        dates() || "",
        list("status", true) || "",
        list("polarity", true) || "",
        list("plover", false) || "",
        list("predicate", false) || "",
        list("actor", false) || "",
        list("publisher", false) || "",
        list("source", false) || "",
        confidence());
    }

    return { relabel };
  }

  return { legend, filters };
})();
