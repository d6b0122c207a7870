"use strict";

/* Who is for and who is against whom: acts of cooperation and conflict, counted between pairs. Acts that are
   denied, planned or possible do not count. */
const KgStance = (() => {
  const SIGN = { cooperation: "plus", conflict: "minus" };

  const counts = (record) =>
    record.on && record.to && record.fact.kind === "act" && !record.proof.modality ? SIGN[record.values.polarity] : undefined;

  /* A person or body stands for the state that it speaks for, where the reader wants that. */
  const voice = (data, node, states) => (states && node.state !== undefined ? data.nodes[node.state] : node);

  /* [{from, to, plus, minus, total}], one a pair with a stance. */
  function pairs(data, states) {
    const found = new Map();
    for (const record of data.records) {
      const sign = counts(record);
      if (!sign) continue;
      const [from, to] = [voice(data, record.from, states), voice(data, record.to, states)];
      if (from === to) continue;
      for (const [a, b] of record.fact.symmetric ? [[from, to], [to, from]] : [[from, to]]) {
        const key = `${a.id}|${b.id}`;
        if (!found.has(key)) found.set(key, { from: a, to: b, plus: 0, minus: 0 });
        found.get(key)[sign] += record.weight;
      }
    }
    return [...found.values()].map((pair) => {
      const [plus, minus] = [Math.round(pair.plus), Math.round(pair.minus)];
      return { ...pair, plus, minus, total: plus + minus };
    });
  }

  const signed = ({ plus, minus }) =>
    [plus ? `+${plus}` : "", minus ? `\u2212${minus}` : ""].filter(Boolean).join("\u200a");

  /* From 0 (all conflict) to 1 (all cooperation). */
  const share = ({ plus, total }) => plus / total;
  const tone = (pair) => (share(pair) >= 0.75 ? "good" : share(pair) <= 0.25 ? "bad" : "both");

  return { pairs, signed, tone, voice };
})();
