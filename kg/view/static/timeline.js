"use strict";

/* Acts and other facts in the order in which they happened. */
const KgTimeline = (() => {
  const { h, button, choice } = KgDom;
  const ROWS = 100;

  /* One row for a fact of one day, however many sentences tell it. */
  function gather(records) {
    const found = new Map();
    for (const record of records) {
      const { fact, from, to, proof } = record;
      const key = [record.date, fact.kind, fact.predicate, from.id, to ? to.id : proof.detail, record.values.polarity].join("|");
      if (!found.has(key)) found.set(key, { record, count: 0 });
      found.get(key).count += 1;
    }
    return [...found.values()];
  }

  function create(page, root) {
    let most = ROWS;
    let newest = true;

    function open(record) {
      if (record.edge) page.select({ edge: record.edge.id });
      else page.select({ node: record.from.id });
    }

    function row({ record, count }) {
      return h("li", { class: `moment ${record.line}` },
        h("button", { type: "button", onclick: () => open(record), "data-proof": record.proof.id },
          KgProof.claim(page, record.proof),
          h("span", { class: "says", dir: "auto" }, page.data.sentences[record.proof.s]),
          count > 1 ? h("span", { class: "count" }, KgText.number(count)) : null));
    }

    function list(rows) {
      const days = new Map();
      for (const one of rows.slice(0, most)) {
        const key = one.record.date;
        if (!days.has(key)) days.set(key, []);
        days.get(key).push(one);
      }
      return [...days].map(([date, some]) => h("section", { class: "day" },
        h("h3", {}, h("time", { datetime: date }, KgText.date(date))),
        h("ul", {}, some.map(row))));
    }

    function show() {
      const word = (key) => page.word("ui", key);
      const bars = KgHistogram.buckets(page.filter.spread);
      const acts = page.data.records.filter((record) => record.on && record.date && record.fact.kind === "act");
      const way = newest ? -1 : 1;
      // What is planned comes last either way: nobody opens the page to begin with a target for decades ahead.
      const today = page.data.articles.reduce((latest, { date }) => (date > latest ? date : latest), "");
      const ahead = (record) => Number(Boolean(today) && record.start > today);
      const order = (a, b) => a.proof.a - b.proof.a || a.proof.begin - b.proof.begin || a.proof.id - b.proof.id;
      acts.sort((a, b) => ahead(a) - ahead(b) || way * (a.start < b.start ? -1 : a.start > b.start ? 1 : 0) || order(a, b));
      const rows = gather(acts);
      root.replaceChildren(
        bars.length
          ? h("div", { class: "chart" },
            KgHistogram.dates(page, bars, Math.max(320, root.clientWidth - 40), 130),
            KgHistogram.axis(bars))
          : "",
        h("div", { class: "options-bar" },
          choice(word("order"), [["oldest", word("oldest")], ["newest", word("newest")]], newest ? "newest" : "oldest",
            (key) => { newest = key === "newest"; show(); }),
          h("span", { class: "sub" }, word("acts_listed"), ": ", KgText.number(rows.length))),
        ...list(rows),
        rows.length > most
          ? button("quiet", word("more"), () => { most += ROWS * 3; show(); }, { id: "more-moments" })
          : "",
        rows.length ? "" : h("p", { class: "sub" }, word("nothing")));
    }

    return { show };
  }

  return { create };
})();
