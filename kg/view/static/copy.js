"use strict";

/* A fact as others can use it: SPARQL that finds it in the graph, Turtle that says it, words that cite it. */
const KgCopy = (() => {
  const PREFIXES = { dip: "https://w3id.org/diplomacy-kg/ontology#", rdfs: "http://www.w3.org/2000/01/rdf-schema#" };
  const LOCAL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*$/;
  // What may not stand between < and > is written as its code.
  const iri = (text) => `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => encodeURIComponent(c))}>`;
  const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const literal = (text, lang) =>
    `"${String(text).toWellFormed().replace(/["\\\n\r\t]/g, (c) => ESCAPES[c])}"${lang ? `@${lang}` : ""}`;

  function create(data) {
    const prefixes = (sparql) => Object.entries({ ...PREFIXES, kg: data.base })
      .map(([name, space]) => (sparql ? `PREFIX ${name}: ${iri(space)}` : `@prefix ${name}: ${iri(space)} .`)).join("\n");
    const thing = (node) => (LOCAL.test(node.short) ? `kg:${node.short}` : iri(node.iri));
    const article = (proof) => iri(`${data.base}article/${data.articles[proof.a].id}`);
    const term = (fact) => data.terms.fact[`${fact.kind}:${fact.predicate}`] || [fact.predicate, false];

    function direct(edge) {
      const [name, against] = term(edge);
      const [from, to] = [thing(data.nodes[edge.from]), thing(data.nodes[edge.to])];
      return against ? `${to} dip:${name} ${from}` : `${from} dip:${name} ${to}`;
    }

    /* The pattern of the fact nodes behind an edge. */
    function pattern(edge) {
      const [name, against] = term(edge);
      const [from, to] = [thing(data.nodes[edge.from]), thing(data.nodes[edge.to])];
      if (edge.kind === "role") return `?fact dip:holder ${from} ; dip:role dip:${name} ; dip:heldIn ${to}`;
      if (edge.kind === "treaty") return `?fact dip:treaty ${to} ; dip:party ${from}`;
      if (edge.kind === "event") return `?fact dip:event ${against ? to : from} ; dip:${name} ${against ? from : to}`;
      const ends = edge.symmetric
        ? `dip:actor|dip:target ${from} ; dip:actor|dip:target ${to}`
        : `dip:actor ${from} ; dip:target ${to}`;
      return `?fact ${ends} ; dip:predicate dip:${name} ; dip:negated ${edge.negated}`;
    }

    const rows = (where) => `${prefixes(true)}

SELECT DISTINCT ?sentence ?article ?date ?source ?confidence WHERE {
  ${where} ;
    dip:evidence ?evidence .
  ?evidence dip:sentence ?sentence ; dip:article ?article .
  OPTIONAL { ?fact dip:date ?date }
  OPTIONAL { ?fact dip:source ?source }
  OPTIONAL { ?fact dip:confidence ?confidence }
}
ORDER BY ?article ?sentence
`;

    function factNode(edge, proof) {
      const [name, against] = term(edge);
      const [from, to] = [thing(data.nodes[edge.from]), thing(data.nodes[edge.to])];
      const kinds = {
        act: ["Act", `dip:actor ${from} ; dip:target ${to} ; dip:predicate dip:${name} ; dip:negated ${edge.negated} ; dip:modality "${proof.modality || "asserted"}"`],
        role: ["RoleHolding", `dip:holder ${from} ; dip:role dip:${name} ; dip:heldIn ${to}`],
        treaty: ["TreatyFact", `dip:treaty ${to} ; dip:party ${from}`],
        event: ["EventFact", `dip:event ${against ? to : from} ; dip:${name} ${against ? from : to}`],
      };
      const [type, ends] = kinds[edge.kind];
      const source = typeof proof.source === "number" ? ` ;\n  dip:source ${thing(data.nodes[proof.source])}` : "";
      const trigger = proof.trigger ? ` ;\n  dip:trigger ${literal(proof.trigger, "ar")}` : "";
      return `[] a dip:${type} ;
  ${ends}${source}${trigger} ;
  dip:confidence ${(proof.confidence || 1).toFixed(2)} ;
  dip:evidence [ a dip:Evidence ;
    dip:sentence ${literal(data.sentences[proof.s], "ar")} ;
    dip:beginIndex ${proof.begin} ; dip:endIndex ${proof.end} ;
    dip:article ${article(proof)} ] .`;
    }

    function names(node) {
      const en = node.en ? ` , ${literal(node.en, "en")}` : "";
      return `${thing(node)} a dip:${data.terms.type[node.type]} ; rdfs:label ${literal(node.label, "ar")}${en} .`;
    }

    /* Acts that are denied, planned or possible have no direct triple. */
    const happened = (edge) => edge.kind !== "act" || (!edge.negated && edge.proofs.some((proof) => !proof.modality));
    const held = (edge) => edge.kind !== "role" || edge.proofs.some((proof) => !proof.former);

    const edgeTurtle = (edge) => [
      prefixes(false), "",
      names(data.nodes[edge.from]), names(data.nodes[edge.to]), "",
      ...(happened(edge) && held(edge) ? [`${direct(edge)} .`, ""] : []),
      ...edge.proofs.map((proof) => factNode(edge, proof)), "",
    ].join("\n");

    function nodeTurtle(node) {
      const edges = data.incident[node.id].filter((edge) => happened(edge) && held(edge));
      const same = node.wikidata ? [`${thing(node)} <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/${node.wikidata}> .`] : [];
      return [prefixes(false), "", names(node), ...same, ...edges.map((edge) => `${direct(edge)} .`), ""].join("\n");
    }

    const nodeSparql = (node) => rows(`?fact ?part ${thing(node)}`);

    /* Who writes it, where and when, with the words themselves; one line a sentence. */
    function citation(edge) {
      return edge.proofs.map((proof) => {
        const from = data.articles[proof.a];
        const head = [from.publisher, from.title && `«${from.title}»`, from.date].filter(Boolean).map(KgText.clean);
        return `${head.join("، ")}: «${KgText.clean(data.sentences[proof.s])}»`;
      }).join("\n");
    }

    return {
      edge: { sparql: (edge) => rows(pattern(edge)), turtle: edgeTurtle, citation },
      node: { sparql: nodeSparql, turtle: nodeTurtle },
      direct,
    };
  }

  return { create };
})();
