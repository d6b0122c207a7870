"use strict";

/* Which facts the reader wants to see. All conditions hold together; within one, any chosen value does. */
const KgFilter = (() => {
  const FACETS = ["predicate", "plover", "polarity", "status", "publisher", "source", "actor"];
  const DATE = 1 << FACETS.length;
  const SURE = DATE << 1;
  const LEGEND = DATE << 2;

  function create(data) {
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
    const filter = {
      chosen,
      from: "",
      to: "",
      confidence: 0,
      offLines: new Set(),
      offTypes: new Set(),
      counts: {}, // facet → value → proofs that would be left if that value were chosen
      spread: [], // records that pass all but the dates: what the histogram shows
      passing: 0,
      live: new Map(), // node → passing proofs on its lines
    };

    /* A bit for every condition that a record breaks. */
    function broken(record) {
      let mask = 0;
      FACETS.forEach((facet, i) => {
        if (chosen[facet].size && !chosen[facet].has(record.values[facet])) mask |= 1 << i;
      });
      if ((filter.from && record.end < filter.from) || (filter.to && (!record.start || record.start > filter.to))) {
        mask |= DATE;
      }
      if ((record.proof.confidence || 1) < filter.confidence) mask |= SURE;
      const types = filter.offTypes;
      if (filter.offLines.has(record.line) || types.has(record.from.type) || (record.to && types.has(record.to.type))) {
        mask |= LEGEND;
      }
      return mask;
    }

    function count(record, mask) {
      FACETS.forEach((facet, i) => {
        if (mask & ~(1 << i)) return;
        const counts = filter.counts[facet];
        const value = record.values[facet];
        counts.set(value, (counts.get(value) || 0) + 1);
      });
    }

    filter.apply = () => {
      filter.counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
      filter.spread = [];
      filter.passing = 0;
      filter.live = new Map();
      for (const edge of data.edges) Object.assign(edge, { live: [], told: 0 });
      for (const record of data.records) {
        const mask = broken(record);
        record.on = mask === 0;
        count(record, mask);
        if (!(mask & ~DATE)) filter.spread.push(record);
        if (!record.on) continue;
        filter.passing += 1;
        if (!record.edge) continue;
        record.edge.live.push(record.proof);
        record.edge.told += record.weight;
        for (const { id } of [record.from, record.to]) filter.live.set(id, (filter.live.get(id) || 0) + 1);
      }
    };

    /* Whether more than the legend is set. */
    filter.active = () =>
      Boolean(filter.from || filter.to || filter.confidence || FACETS.some((facet) => chosen[facet].size));

    filter.clear = () => {
      for (const facet of FACETS) chosen[facet].clear();
      filter.from = "";
      filter.to = "";
      filter.confidence = 0;
      filter.offLines.clear();
      filter.offTypes.clear();
    };

    /* Lets an edge be seen whatever is set: the reader asked for it by name. */
    filter.admit = (edge) => {
      if (!edge.live.length) filter.clear();
    };

    filter.apply();
    return filter;
  }

  return { create, FACETS };
})();
