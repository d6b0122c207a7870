"use strict";

/* The side panel: what is known of a node, of a line, of two nodes, or of the whole. */
const KgPanel = (() => {
  const { h, text, glyph, button } = KgDom;

  function create(root, page) {
    const word = (key) => page.word("ui", key);
    const { data } = page;

    function nodeButton(node, extra) {
      return h("button",
        { type: "button", class: "link", "data-node": node.id, onclick: () => page.select({ node: node.id }) },
        glyph(node),
        text(KgText.name(node)),
        extra ? h("span", { class: "count" }, extra) : null);
    }

    /* What stands for an entity that the page lacks: its two names. */
    const stranger = ([label, en]) => ({ label, en });

    page.who = (reference) => {
      if (reference === undefined) return null;
      return Array.isArray(reference) ? text(KgText.name(stranger(reference))) : nodeButton(data.nodes[reference]);
    };

    /* How much the page leaves out, and the command that shows it all. */
    function left(count, what) {
      if (!count) return null;
      return h("p", { class: "sub left" }, `${KgText.number(count)} ${word("left")} `,
        h("code", { dir: "ltr" }, `kg explain '${KgText.clean(what)}'`));
    }

    function head(kind, title, ...below) {
      return h("header", {},
        h("div", { class: "bar" },
          h("span", { class: "kind" }, kind),
          page.canGoBack() ? button("quiet", word("back"), page.back, { id: "back" }) : null,
          button("quiet", word("close"), page.leave, { id: "close" })),
        h("h2", {}, title),
        ...below);
    }

    function section(title, items, open) {
      if (!items.length) return null;
      return h("details", { open: open !== false },
        h("summary", {}, title, " ", h("span", { class: "count" }, KgText.number(items.length))),
        h("ul", {}, items.map((item) => h("li", {}, item))));
    }

    function edgeButton(edge, other) {
      return h("button",
        { type: "button", class: "link fact", "data-edge": edge.id, onclick: () => page.select({ edge: edge.id }) },
        h("span", { class: `line ${KgData.lineClass(edge)}`, "aria-hidden": "true" }),
        h("span", { class: "what" }, page.edgeWord(edge)),
        text(KgText.name(other)),
        edge.count > 1 ? h("span", { class: "count" }, KgText.number(edge.count)) : null);
    }

    function folded(title, proof) {
      return h("details", { class: "inner" }, h("summary", {}, title), KgProof.show(page, proof));
    }

    function copies(of, what) {
      const kinds = [["sparql", "SPARQL"], ["citation", word("citation")], ["turtle", "Turtle"]];
      return h("p", { class: "copies" }, h("span", { class: "sub" }, word("copy")),
        kinds.filter(([kind]) => kind in of).map(([kind, label]) =>
          button("quiet", label, () => page.offer(label, of[kind](what)), { "data-copy": kind })));
    }

    function lineProofs(edge) {
      const shown = edge.proofs.filter((proof) => edge.live.includes(proof));
      const kept = edge.proofs.length - shown.length;
      return [
        ...shown.map((proof) => KgProof.show(page, proof)),
        kept ? h("p", { class: "sub filtered" }, `${KgText.number(kept)} ${word("filtered")}`) : "",
        left(edge.count - edge.proofs.length, edge.kind === "act" ? page.copy.direct(edge) : data.nodes[edge.from].iri) || "",
      ];
    }

    function showEdge(edge) {
      const [from, to] = [data.nodes[edge.from], data.nodes[edge.to]];
      const others = page.between(edge.from, edge.to).filter((other) => other !== edge);
      root.replaceChildren(
        head(
          h("span", { class: `tag ${KgData.lineClass(edge)}` }, page.word("edge", KgData.lineClass(edge)),
            edge.plover ? ` · ${page.word("plover", edge.plover)}` : ""),
          h("span", { class: "triple" },
            nodeButton(from),
            h("span", { class: `verb ${KgData.lineClass(edge)}` },
              h("span", { class: "arrow", "aria-hidden": "true" }, edge.symmetric ? "↔" : KgText.rtl() ? "←" : "→"),
              " ", page.edgeWord(edge)),
            nodeButton(to)),
          h("p", { class: "sub" }, `${word("proofs")}: ${KgText.number(edge.count)}`)),
        ...lineProofs(edge),
        section(word("between"), others.map((other) => edgeButton(other, data.nodes[other.to]))) || "",
        copies(page.copy.edge, edge));
    }

    function showPair([a, b], through) {
      const edges = page.between(a, b, through).filter((edge) => edge.live.length);
      root.replaceChildren(
        head(word("between"), h("span", { class: "triple" }, nodeButton(data.nodes[a]), nodeButton(data.nodes[b]))),
        ...edges.map((edge) => h("details", { open: edges.length < 4 },
          h("summary", {},
            h("span", { class: `line ${KgData.lineClass(edge)}`, "aria-hidden": "true" }), " ",
            text(KgText.name(data.nodes[edge.from])), " ", h("b", {}, page.edgeWord(edge)), " ",
            text(KgText.name(data.nodes[edge.to])),
            " ", h("span", { class: "count" }, KgText.number(Math.round(edge.told)))),
          lineProofs(edge))));
    }

    /* When somebody held an office, as far as the articles tell: the days on which they say so. */
    function span(edge) {
      const dates = edge.proofs.map((proof) => data.articles[proof.a].date).filter(Boolean).sort();
      const [first, last] = [dates[0], dates[dates.length - 1]].map(KgText.date);
      const when = dates.length ? (first === last ? first : `${first} – ${last}`) : "";
      const former = edge.proofs.every((proof) => proof.former) ? word("former") : "";
      return [former, when].filter(Boolean).join(" · ");
    }

    function office(edge, other) {
      return [edgeButton(edge, other), span(edge) ? h("span", { class: "sub when" }, span(edge)) : null];
    }

    function names(node) {
      const other = KgText.otherName(node);
      const aliases = node.names.map(KgText.clean).filter((name) => name !== KgText.clean(node.label));
      return [
        other && other !== KgText.name(node) ? h("p", { class: "sub" }, text(other)) : null,
        aliases.length
          ? h("p", { class: "sub" }, `${word("aliases")}: `, aliases.flatMap((name, i) => [i ? "، " : "", text(name)]))
          : null,
      ];
    }

    function actions(node) {
      const hidden = page.hiddenNeighbours(node.id).length;
      return h("p", { class: "copies" },
        hidden ? button("quiet", `${word("expand")} (${KgText.number(hidden)})`, () => page.expand(node.id), { id: "expand" }) : null,
        page.view() === "actor" ? null : button("quiet", word("actor_page"), () => page.show("actor"), { id: "actor-page" }),
        node.wikidata
          ? h("a", { class: "quiet", href: `https://www.wikidata.org/wiki/${encodeURIComponent(node.wikidata)}`, target: "_blank", rel: "noopener noreferrer" }, "Wikidata ↗")
          : null);
    }

    function statements(node) {
      return node.said.map((said) =>
        folded(
          h("span", {},
            h("q", { dir: "auto" }, said.content),
            said.direct ? h("span", { class: "flag" }, word("direct")) : null,
            said.to === undefined ? null : h("span", { class: "flag" }, word("addressee"), " ",
              text(KgText.name(Array.isArray(said.to) ? stranger(said.to) : data.nodes[said.to])))),
          said.proof));
    }

    /* Lines of a node of one kind and direction, by predicate. */
    function byPredicate(node, test) {
      const far = (edge) => data.nodes[edge.from === node.id ? edge.to : edge.from];
      return data.incident[node.id].filter((edge) => edge.live.length && test(edge))
        .sort((a, b) => (a.predicate < b.predicate ? -1 : a.predicate > b.predicate ? 1 : b.count - a.count))
        .map((edge) => (edge.kind === "role" ? office(edge, far(edge)) : edgeButton(edge, far(edge))));
    }

    /* All that is known of a node, in sections; the panel and the actor's page show them. */
    page.sections = (node) => {
      const out = (edge) => edge.from === node.id;
      const lone = node.lone.filter((fact) => fact.proof.record.on);
      const acts = lone.filter((fact) => fact.kind === "act");
      const offices = lone.filter((fact) => fact.kind === "role");
      return [
        section(word("offices"), [
          ...byPredicate(node, (edge) => edge.kind === "role" && out(edge)),
          ...offices.map((fact) => folded(page.word("role", fact.predicate), fact.proof)),
        ]),
        section(word("body_offices"), byPredicate(node, (edge) => edge.kind === "role" && !out(edge))),
        section(word("as_actor"), byPredicate(node, (edge) => edge.kind === "act" && out(edge))),
        section(word("lone"), acts.map((fact) =>
          folded(
            h("span", {},
              h("span", { class: "what" }, page.edgeWord({ ...fact, negated: fact.proof.negated })), " ",
              fact.proof.detail ? text(fact.proof.detail) : null),
            fact.proof))),
        section(word("as_target"), byPredicate(node, (edge) => edge.kind === "act" && !out(edge))),
        section(word("statements"), statements(node)),
        section(word("treaties"), byPredicate(node, (edge) => edge.kind === "treaty")),
        section(word("events_part"), byPredicate(node, (edge) => edge.kind === "event")),
      ].filter(Boolean);
    };

    function showNode(node) {
      root.replaceChildren(
        head(
          [glyph(node), " ", page.word("type", node.type),
            node.eventType ? ` · ${page.word("plover", node.eventType)}` : ""],
          text(KgText.name(node)),
          names(node), actions(node)),
        ...page.sections(node),
        left(node.left, node.iri) || "",
        copies(page.copy.node, node),
        h("p", { class: "iri" }, `${word("iri")}: `, h("bdi", { dir: "ltr" }, KgText.clean(node.iri))));
    }

    function showOverview() {
      const nodes = data.nodes.slice(0, 12);
      const contested = data.contested.map((id) => data.proofs[id])
        .filter((proof) => proof.said || proof.record.on).slice(0, 5);
      root.replaceChildren(
        h("header", {},
          h("h2", {}, word("overview")),
          h("p", { class: "sub" }, word(nodes.length ? "hint" : "empty"))),
        h("ul", { class: "top-list" }, nodes.map((node) => h("li", {}, nodeButton(node, KgText.number(node.facts))))),
        contested.length
          ? h("details", { open: true }, h("summary", {}, word("contested_claims")),
            contested.map((proof) => h("div", { class: "claimed" }, KgProof.show(page, proof))))
          : "");
    }

    page.nodeButton = nodeButton;
    page.names = names;
    page.copies = copies;
    return { showEdge, showNode, showPair, showOverview };
  }

  return { create };
})();
