"use strict";

/* The stance matrix: actors against actors, or against events and agreements. */
const KgMatrix = (() => {
  const { h, choice } = KgDom;
  const THINGS = new Set(["EVENT", "TREATY"]);
  const NO_SIDE = new Set(["EVENT", "TREATY", "PLACE"]);

  const LONGEST = 24;
  const short = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

  function totals(pairs, end) {
    const sums = new Map();
    for (const pair of pairs) sums.set(pair[end], (sums.get(pair[end]) || 0) + pair.total);
    return [...sums].sort((a, b) => b[1] - a[1] || a[0].id - b[0].id).map(([node]) => node);
  }

  function create(page, root) {
    let things = false;
    let states = true;

    function cell(pair) {
      if (!pair) return h("td", {});
      const { from, to, plus, minus } = pair;
      const said = `${KgText.name(from)} → ${KgText.name(to)}: ${page.word("polarity", "cooperation")} ${plus}، ${page.word("polarity", "conflict")} ${minus}`;
      const weight = Math.min(1, 0.35 + Math.log2(pair.total) * 0.2);
      return h("td", {},
        h("button", {
          type: "button", class: `cell ${KgStance.tone(pair)}`, "data-pair": `${from.id}|${to.id}`, "data-weight": Math.ceil(weight * 5),
          "aria-label": said, title: said,
          onclick: () => page.select({ pair: [from.id, to.id], through: states }),
        }, h("span", { dir: "ltr" }, KgStance.signed(pair))));
    }

    function grid(pairs) {
      const most = document.documentElement.clientWidth < 600 ? 12 : 22;
      const wanted = pairs.filter(({ from, to }) =>
        !NO_SIDE.has(from.type) && (things ? THINGS.has(to.type) : !NO_SIDE.has(to.type)));
      const busiest = totals(wanted, "from").slice(0, most);
      const columns = totals(wanted.filter((pair) => busiest.includes(pair.from)), "to").slice(0, most);
      const inside = wanted.filter((pair) => busiest.includes(pair.from) && columns.includes(pair.to));
      const rows = busiest.filter((node) => inside.some((pair) => pair.from === node));
      const at = new Map(inside.map((pair) => [`${pair.from.id}|${pair.to.id}`, pair]));
      if (!rows.length) return h("p", { class: "sub" }, page.word("ui", "nothing"));
      const name = (node) => h("button", {
        type: "button", class: "link", dir: "auto", title: KgText.name(node), "data-node": node.id,
        onclick: () => page.select({ node: node.id }),
      }, KgText.clean(short(KgText.name(node))));
      return h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "matrix", "aria-describedby": "matrix-help" },
        h("thead", {}, h("tr", {}, h("td", { class: "corner" }), columns.map((node) => h("th", { scope: "col" }, h("div", {}, name(node)))))),
        h("tbody", {}, rows.map((from) => h("tr", {},
          h("th", { scope: "row" }, name(from)),
          columns.map((to) => (from === to ? h("td", { class: "self" }) : cell(at.get(`${from.id}|${to.id}`)))))))));
    }

    function show() {
      const word = (key) => page.word("ui", key);
      root.replaceChildren(
        h("div", { class: "options-bar" },
          choice(word("matrix"), [["actors", word("actors_actors")], ["things", word("actors_events")]], things ? "things" : "actors",
            (key) => { things = key === "things"; show(); }),
          choice(word("voices"), [["states", word("as_states")], ["each", word("as_each")]], states ? "states" : "each",
            (key) => { states = key === "states"; show(); })),
        grid(KgStance.pairs(page.data, states)),
        h("p", { class: "sub", id: "matrix-help" }, page.word("ui", "matrix_help")));
    }

    return { show };
  }

  return { create };
})();
