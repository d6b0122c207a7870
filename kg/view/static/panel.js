"use strict";

/* The side panel. Everything that comes from an article goes through textContent. */
const KgPanel = (() => {
  /* h("p", {class: "x", onclick: f}, child, "text", null) → element */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat()) {
      if (child === null || child === undefined || child === "") continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return element;
  }

  function create(root, page) {
    const word = (key) => page.word("ui", key);
    const text = (value) => h("bdi", {}, KgText.clean(value));

    function nodeButton(node, extra) {
      return h(
        "button",
        { type: "button", class: "link", "data-node": node.id, onclick: () => page.selectNode(node.id) },
        h("span", { class: `glyph type-${node.type}`, "aria-hidden": "true" }),
        text(KgText.name(node)),
        extra ? h("span", { class: "count" }, extra) : null,
      );
    }

    /* What stands for an entity that the page lacks: its two names. */
    const stranger = ([label, en]) => ({ label, en });

    function who(reference) {
      if (reference === undefined) return null;
      return Array.isArray(reference) ? text(KgText.name(stranger(reference))) : nodeButton(page.data.nodes[reference]);
    }

    /* How much the page leaves out, and the command that shows it all. */
    function left(count, what) {
      if (!count) return null;
      return h("p", { class: "sub left" }, `${KgText.number(count)} ${word("left")} `,
        h("code", { dir: "ltr" }, `kg explain '${KgText.clean(what)}'`));
    }

    function sentence(proof) {
      const whole = page.data.sentences[proof.s];
      const quote = h("blockquote", { dir: "auto", lang: "ar" });
      if (proof.mark) {
        quote.append(whole.slice(0, proof.mark[0]));
        quote.append(h("mark", {}, whole.slice(proof.mark[0], proof.mark[1])));
        quote.append(whole.slice(proof.mark[1]));
      } else {
        quote.append(whole);
      }
      return quote;
    }

    function pair(label, value) {
      return value ? h("div", {}, h("dt", {}, label), h("dd", {}, value)) : null;
    }

    function proofCard(proof) {
      const article = page.data.articles[proof.a];
      const flags = [
        proof.negated ? h("span", { class: "flag strong" }, word("negated")) : null,
        proof.modality ? h("span", { class: "flag" }, page.word("modality", proof.modality)) : null,
        proof.former ? h("span", { class: "flag" }, word("former")) : null,
        proof.date ? h("time", { class: "flag", datetime: proof.date }, proof.date) : null,
        proof.confidence ? h("span", { class: "flag" }, `${word("confidence")} ${proof.confidence}`) : null,
      ].filter(Boolean);
      const byline = [article.publisher, article.date].filter(Boolean).map((value) => text(value));
      return h(
        "article",
        { class: "proof" },
        sentence(proof),
        flags.length ? h("p", { class: "flags" }, flags) : null,
        h(
          "dl",
          {},
          pair(word("about"), proof.detail ? text(proof.detail) : null),
          pair(word("on_word_of"), who(proof.source)),
          pair(word("place"), who(proof.place)),
        ),
        h(
          "footer",
          {},
          h("cite", {}, text(article.title || article.id)),
          h("span", { class: "byline" }, byline.flatMap((part, i) => (i ? [" · ", part] : [part]))),
        ),
      );
    }

    function head(kind, title, ...below) {
      return h(
        "header",
        {},
        h(
          "div",
          { class: "bar" },
          h("span", { class: "kind" }, kind),
          page.canGoBack() ? h("button", { type: "button", class: "quiet", onclick: page.back }, word("back")) : null,
          h("button", { type: "button", class: "quiet", id: "close", onclick: page.clear }, word("close")),
        ),
        h("h2", {}, title),
        ...below,
      );
    }

    function section(title, items, open) {
      if (!items.length) return null;
      return h(
        "details",
        { open: open !== false },
        h("summary", {}, title, " ", h("span", { class: "count" }, KgText.number(items.length))),
        h("ul", {}, items.map((item) => h("li", {}, item))),
      );
    }

    function edgeButton(edge, other) {
      return h(
        "button",
        { type: "button", class: "link fact", "data-edge": edge.id, onclick: () => page.selectEdge(edge.id) },
        h("span", { class: `line ${page.edgeClass(edge)}`, "aria-hidden": "true" }),
        h("span", { class: "what" }, page.edgeWord(edge)),
        text(KgText.name(other)),
        edge.count > 1 ? h("span", { class: "count" }, KgText.number(edge.count)) : null,
      );
    }

    function folded(title, proof) {
      return h("details", { class: "inner" }, h("summary", {}, title), proofCard(proof));
    }

    function showEdge(edge) {
      const [from, to] = [page.data.nodes[edge.from], page.data.nodes[edge.to]];
      const kind = edge.quad ? page.word("edge", edge.quad) : page.word("edge", edge.kind);
      root.replaceChildren(
        head(
          h("span", { class: `tag ${page.edgeClass(edge)}` }, kind),
          h("span", { class: "triple" },
            nodeButton(from),
            h("span", { class: `verb ${page.edgeClass(edge)}` },
              h("span", { class: "arrow", "aria-hidden": "true" }, edge.symmetric ? "↔" : KgText.rtl() ? "←" : "→"),
              " ", page.edgeWord(edge)),
            nodeButton(to)),
          h("p", { class: "sub" }, `${word("proofs")}: ${KgText.number(edge.count)}`),
        ),
        ...edge.proofs.map(proofCard),
        left(edge.count - edge.proofs.length, edge.kind === "act"
          ? `${from.iri} dip:${edge.predicate} ${to.iri}` : from.iri) || "",
      );
    }

    function showNode(node) {
      const edges = page.edgesOf(node.id);
      const far = (edge) => page.data.nodes[edge.from === node.id ? edge.to : edge.from];
      const list = (test) => edges.filter(test).map((edge) => edgeButton(edge, far(edge)));
      const out = (edge) => edge.from === node.id;
      const other = KgText.otherName(node);
      const aliases = node.names.map(KgText.clean).filter((name) => name !== KgText.clean(node.label));
      const acts = node.lone.filter((fact) => fact.kind === "act");
      const offices = node.lone.filter((fact) => fact.kind === "role");
      root.replaceChildren(
        head(
          [h("span", { class: `glyph type-${node.type}`, "aria-hidden": "true" }), " ", page.word("type", node.type),
            node.eventType ? ` · ${page.word("plover", node.eventType)}` : ""],
          text(KgText.name(node)),
          other ? h("p", { class: "sub" }, text(other)) : null,
          aliases.length
            ? h("p", { class: "sub" }, `${word("aliases")}: `, aliases.flatMap((name, i) => [i ? "، " : "", text(name)]))
            : null,
        ),
        ...[
          section(word("offices"), [
            ...list((edge) => edge.kind === "role" && out(edge)),
            ...offices.map((fact) => folded(page.word("role", fact.predicate), fact.proof)),
          ]),
          section(word("body_offices"), list((edge) => edge.kind === "role" && !out(edge))),
          section(word("as_actor"), list((edge) => edge.kind === "act" && out(edge))),
          section(word("lone"), acts.map((fact) =>
            folded(
              h("span", {},
                h("span", { class: "what" }, page.factWord(fact)), " ",
                fact.proof.detail ? text(fact.proof.detail) : null),
              fact.proof))),
          section(word("as_target"), list((edge) => edge.kind === "act" && !out(edge))),
          section(word("statements"), node.said.map((said) =>
            folded(
              h("span", {},
                h("q", { dir: "auto" }, said.content),
                said.direct ? h("span", { class: "flag" }, word("direct")) : null,
                said.to === undefined
                  ? null
                  : h("span", { class: "flag" }, word("addressee"), " ", text(KgText.name(Array.isArray(said.to) ? stranger(said.to) : page.data.nodes[said.to])))),
              said.proof))),
          section(word("treaties"), list((edge) => edge.kind === "treaty")),
          section(word("events_part"), list((edge) => edge.kind === "event")),
          left(node.left, node.iri),
        ].filter(Boolean),
        h("p", { class: "iri" }, `${word("iri")}: `, h("bdi", { dir: "ltr" }, KgText.clean(node.iri))),
      );
    }

    function showOverview() {
      const nodes = page.data.nodes.slice(0, 12);
      root.replaceChildren(
        h("header", {},
          h("h2", {}, word("overview")),
          h("p", { class: "sub" }, word(nodes.length ? "hint" : "empty"))),
        h("ul", { class: "top-list" }, nodes.map((node) => h("li", {}, nodeButton(node, KgText.number(node.facts))))),
      );
    }

    return { showEdge, showNode, showOverview };
  }

  return { create, h };
})();
