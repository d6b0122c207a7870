"use strict";

/* A page of its own for the chosen entity: who it is, where it stands, since when, and on whose word. */
const KgActor = (() => {
  const { h, text } = KgDom;
  const SHOWN = 15;

  function create(page, root) {
    const word = (key) => page.word("ui", key);

    /* A bar a counterpart: conflict on one side of the middle, cooperation on the other. */
    function stances(title, pairs, end) {
      if (!pairs.length) return "";
      const sorted = pairs.sort((a, b) => b.total - a.total || a[end].id - b[end].id).slice(0, SHOWN);
      const most = Math.max(...sorted.map((pair) => Math.max(pair.plus, pair.minus)));
      const bar = (pair, key, tone) => h("span", { class: `half ${tone}` },
        pair[key] ? [
          h("meter", { class: tone, min: 0, max: most, value: pair[key], "aria-hidden": "true" }),
          h("span", { class: "amount" }, KgText.number(pair[key])),
        ] : null);
      return h("section", { class: "stances" },
        h("h3", {}, title),
        h("p", { class: "keys" },
          h("span", { class: "bad" }, page.word("polarity", "conflict")), h("span", { class: "good" }, page.word("polarity", "cooperation"))),
        h("ul", {}, sorted.map((pair) => h("li", {},
          h("button", { type: "button", class: "stance", "data-pair": `${pair.from.id}|${pair.to.id}`,
            onclick: () => page.select({ pair: [pair.from.id, pair.to.id], through: page.actor().type === "STATE" }) },
          bar(pair, "minus", "bad"), h("span", { class: "whom" }, text(KgText.name(pair[end]))), bar(pair, "plus", "good"))))));
    }

    function portrait(node) {
      const pairs = KgStance.pairs(page.data, node.type === "STATE");
      const records = page.data.records.filter((record) => record.on && (record.from === node || record.to === node));
      const bars = KgHistogram.buckets(records);
      const dates = records.map((record) => record.start).filter(Boolean).sort();
      const facts = [
        [word("facts"), KgText.number(node.facts)],
        [word("articles"), KgText.number(node.articles)],
        [word("mentions"), KgText.number(node.mentions)],
        dates.length ? [word("since"), `${KgText.date(dates[0])} – ${KgText.date(dates[dates.length - 1])}`] : null,
      ].filter(Boolean);
      return [
        h("header", { class: "portrait" },
          h("h2", {}, KgDom.glyph(node), " ", text(KgText.name(node))),
          page.names(node),
          h("dl", { class: "facts" }, facts.map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value))))),
        bars.length > 1
          ? h("div", { class: "chart" },
            KgHistogram.dates(page, bars, Math.max(320, root.clientWidth - 40), 70),
            KgHistogram.axis(bars))
          : "",
        h("div", { class: "columns" },
          stances(word("stance_of"), pairs.filter((pair) => pair.from === node), "to"),
          stances(word("stance_to"), pairs.filter((pair) => pair.to === node), "from")),
        h("div", { class: "sections" }, page.sections(node)),
        page.copies(page.copy.node, node),
      ];
    }

    function show() {
      const node = page.actor();
      if (node) {
        root.replaceChildren(...portrait(node).filter(Boolean));
        return;
      }
      root.replaceChildren(
        h("h2", {}, word("choose_actor")),
        h("ul", { class: "cards" }, page.data.nodes.slice(0, 40).map((one) => h("li", {}, page.nodeButton(one, KgText.number(one.facts))))));
    }

    return { show };
  }

  return { create };
})();
