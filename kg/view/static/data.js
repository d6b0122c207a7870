"use strict";

/* The facts of the page, joined: nodes, edges, proofs, and a record of every proof of a fact. */
const KgData = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const POLARITY = {
    verbal_cooperation: "cooperation", material_cooperation: "cooperation",
    verbal_conflict: "conflict", material_conflict: "conflict",
  };

  const lineClass = (fact) => fact.quad || fact.kind;
  const pad = (date, rest) => (date ? date + rest.slice(date.length) : "");

  /* First and last day that a date may mean; that of the article where the fact has none. */
  function days(proof, articles) {
    const date = proof.date || articles[proof.a].date || "";
    return { date, start: pad(date, "0000-01-01"), end: pad(date, "0000-12-31") };
  }

  /* On whose word: the one name of it in Arabic, which also stands in addresses. */
  function sourceKey(reference, nodes) {
    if (reference === undefined) return "";
    return Array.isArray(reference) ? reference[0] : nodes[reference].short;
  }

  function status(proof) {
    if (proof.vs) return "contested";
    if (proof.modality) return "unsure";
    return proof.source === undefined ? "told" : "reported";
  }

  function record(data, proof, fact, from, to, edge) {
    proof.record = {
      proof, fact, edge, from, to,
      // Of a line told often the page holds a part: each sentence stands for as many as are left out with it.
      weight: edge ? edge.count / edge.proofs.length : 1,
      ...days(proof, data.articles),
      line: lineClass(fact),
      values: {
        predicate: `${fact.kind}:${fact.predicate}`,
        plover: fact.plover || "",
        polarity: fact.negated || proof.negated ? "denied" : POLARITY[fact.quad] || "neutral",
        status: status(proof),
        publisher: data.articles[proof.a].publisher || "",
        source: sourceKey(proof.source, data.nodes),
        actor: from.type,
      },
    };
    data.records.push(proof.record);
  }

  /* The data of a large page: base64 of deflated JSON. */
  async function unpack(text) {
    const bytes = Uint8Array.from(window.atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  async function load() {
    const packed = document.getElementById("kg-packed");
    const embedded = () => ({ ...read("kg-rest"), nodes: read("kg-nodes"), edges: read("kg-edges") });
    const data = { ...(packed ? await unpack(packed.textContent) : embedded()), records: [] };
    data.edgeById = new Map(data.edges.map((edge) => [edge.id, edge]));
    data.incident = data.nodes.map(() => []);
    data.byShort = new Map();
    data.proofs.forEach((proof, id) => { proof.id = id; });
    for (const node of data.nodes) {
      node.short = node.iri;
      node.iri = data.base + node.short;
      data.byShort.set(node.short, node);
      for (const fact of [...node.lone, ...node.said]) fact.proof = data.proofs[fact.proof];
      for (const said of node.said) Object.assign(said.proof, { said, speaker: node });
    }
    for (const edge of data.edges) {
      const [from, to] = [data.nodes[edge.from], data.nodes[edge.to]];
      edge.proofs = edge.proofs.map((id) => data.proofs[id]);
      edge.key = `${from.short}|${edge.kind}:${edge.negated ? "not-" : ""}${edge.predicate}|${to.short}`;
      data.incident[from.id].push(edge);
      data.incident[to.id].push(edge);
      for (const proof of edge.proofs) record(data, proof, edge, from, to, edge);
    }
    data.edgeByKey = new Map(data.edges.map((edge) => [edge.key, edge]));
    for (const list of data.incident) list.sort((a, b) => b.count - a.count);
    for (const node of data.nodes) for (const fact of node.lone) record(data, fact.proof, fact, node, null, null);
    return data;
  }

  return { load, lineClass, sourceKey };
})();
