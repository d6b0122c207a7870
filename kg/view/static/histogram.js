"use strict";

/* Bars of facts over time, in days, months or years as fits the span. */
const KgHistogram = (() => {
  const { h, s } = KgDom;
  const FAR = [0.02, 0.05, 0.1]; // shares of facts that may be of long ago, and as many of far ahead
  const CLASSES = [
    "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "role", "treaty", "event",
  ];
  const DAY = 86400000;
  const WEEK = 7 * DAY;
  const stamp = (date) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  const iso = (time) => new Date(time).toISOString().slice(0, 10);

  /* Length of a bucket's key: 10 = days, 7 = months, 4 = years. */
  function step(first, last) {
    const span = (stamp(last) - stamp(first)) / DAY;
    return span <= 62 ? 10 : span <= 62 * 30 ? 7 : 4;
  }

  function next(key) {
    if (key.length === 10) return iso(stamp(key) + DAY);
    if (key.length === 4) return String(Number(key) + 1).padStart(4, "0");
    const [year, month] = key.split("-").map(Number);
    return month === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${key.slice(0, 5)}${String(month + 1).padStart(2, "0")}`;
  }

  /* Buckets from the first to the last day, empty ones too: [{key, counts, total}]. Dates less precise than
     a bucket fall into its first. */
  function buckets(records) {
    const dated = records.filter((record) => /^\d{4}-\d{2}-\d{2}$/.test(record.start) && !Number.isNaN(stamp(record.start)));
    if (!dated.length) return [];
    const starts = dated.map((record) => record.start).sort();
    const at = (share) => starts[Math.floor((starts.length - 1) * share)];
    let [first, last] = [at(0), at(1)];
    // A few mentions of long ago or of plans for decades would press all the rest into a corner: they share
    // the first and the last bar.
    for (const share of FAR) {
      const [early, late] = [at(share), at(1 - share)];
      const span = stamp(late) - stamp(early);
      if (span < WEEK) break;
      const [before, after] = [span * 2 < stamp(late) - stamp(first), span * 2 < stamp(last) - stamp(early)];
      if (before) first = early;
      if (after) last = late;
    }
    return spread(dated, first, last, first > at(0), last < at(1));
  }

  function spread(dated, first, last, before, after) {
    const length = step(first, last);
    const found = new Map();
    for (let key = first.slice(0, length); key <= last.slice(0, length) && found.size < 1000; key = next(key)) {
      found.set(key, { key, counts: {}, total: 0 });
    }
    const bars = [...found.values()];
    const [opening, closing] = [bars[0], bars[bars.length - 1]];
    if (before) opening.open = "start";
    if (after && closing !== opening) closing.open = "end";
    for (const record of dated) {
      const bucket = record.start < first ? opening : record.start > last ? closing : found.get(record.start.slice(0, length));
      if (!bucket) continue;
      bucket.counts[record.line] = (bucket.counts[record.line] || 0) + 1;
      bucket.total += 1;
    }
    return bars;
  }

  /* First and last day of a bar; that of long ago has no first, that of far ahead no last. */
  const ends = ({ key, open }) => [
    open === "start" ? "" : key + "0000-01-01".slice(key.length),
    open === "end" ? "" : key + "0000-12-31".slice(key.length),
  ];
  const name = (bar) => ({ start: "≤ ", end: "≥ " }[bar.open] || "") + KgText.date(bar.key);
  const label = (bar) => `${name(bar)}: ${KgText.number(bar.total)}`;

  /* The bars, a click on which sets the dates of the filter, and again takes them away. */
  function dates(page, bars, width, height) {
    const { filter } = page;
    return draw(bars, {
      width, height,
      chosen: (bar) => {
        const [start, end] = ends(bar);
        return (!filter.from || !end || end >= filter.from) && (!filter.to || start <= filter.to);
      },
      onchoose: (bar) => {
        const [from, to] = ends(bar);
        const same = filter.from === from && filter.to === to;
        filter.from = same ? "" : from;
        filter.to = same ? "" : to;
        page.refilter();
      },
    });
  }

  function axis(bars) {
    const shown = bars.length > 4 ? [bars[0], bars[Math.floor(bars.length / 2)], bars[bars.length - 1]] : [bars[0], bars[bars.length - 1]];
    return h("p", { class: "axis", dir: "ltr", "aria-hidden": "true" }, shown.map((bar) => h("span", {}, name(bar))));
  }

  /* The bars as SVG. options: {width, height, chosen(bar), onchoose(bar)} */
  function draw(bars, { width, height, chosen, onchoose }) {
    const most = Math.max(1, ...bars.map((bar) => bar.total));
    const pace = width / Math.max(1, bars.length);
    const thick = Math.max(0.8, Math.min(pace - Math.min(2, pace * 0.2), 28));
    const root = s("svg", { viewBox: `0 0 ${width} ${height}`, class: "bars", role: "group", direction: "ltr" });
    bars.forEach((bar, i) => {
      if (!bar.total) return;
      const x = i * pace + (pace - thick) / 2;
      let y = height;
      const group = s("g", {
        class: chosen(bar) ? "bar-of" : "bar-of off", tabindex: "0", role: "button", "data-bucket": bar.key,
        "aria-label": label(bar), onclick: () => onchoose(bar),
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          onchoose(bar);
        },
      }, s("title", {}, label(bar)), s("rect", { x: i * pace, y: 0, width: pace, height, class: "touch" }));
      for (const kind of CLASSES.filter((one) => bar.counts[one])) {
        const tall = (bar.counts[kind] / most) * (height - 2);
        y -= tall;
        group.append(s("rect", { x, y, width: thick, height: tall, class: `fill ${kind}` }));
      }
      root.append(group);
    });
    return root;
  }

  return { buckets, dates, axis, ends, CLASSES };
})();
