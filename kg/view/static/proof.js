"use strict";

/* A sentence as evidence: with trigger and arguments marked, where it comes from, and what speaks against it. */
const KgProof = (() => {
  const { h, text } = KgDom;

  /* The sentence cut at the marks. Marks may lie in each other (a name in an object); the inner one wins. */
  function marked(sentence, marks) {
    const cuts = new Set([0, sentence.length]);
    for (const [, begin, end] of marks) cuts.add(begin).add(end);
    const points = [...cuts].sort((a, b) => a - b);
    return points.slice(1).map((end, i) => {
      const begin = points[i];
      const over = marks.filter((mark) => mark[1] <= begin && end <= mark[2]);
      const inner = over.sort((a, b) => a[2] - a[1] - (b[2] - b[1]) || (a[0] === "trigger" ? -1 : 0))[0];
      return { part: inner && inner[0], words: sentence.slice(begin, end) };
    });
  }

  function quote(page, proof) {
    const sentence = page.data.sentences[proof.s];
    return h("blockquote", { dir: "auto", lang: "ar" }, marked(sentence, proof.marks || []).map(({ part, words }) =>
      part ? h("mark", { class: `part-${part}`, title: page.word("part", part) }, words) : words));
  }

  function pair(label, value) {
    return value ? h("div", {}, h("dt", {}, label), h("dd", {}, value)) : null;
  }

  function flags(page, proof) {
    const word = (key) => page.word("ui", key);
    const found = [
      proof.vs && h("span", { class: "flag strong" }, page.word("status", "contested")),
      proof.negated && h("span", { class: "flag strong" }, word("negated")),
      proof.modality && h("span", { class: "flag" }, page.word("modality", proof.modality)),
      proof.former && h("span", { class: "flag" }, word("former")),
      proof.date && h("time", { class: "flag", datetime: proof.date }, KgText.date(proof.date)),
      proof.confidence && h("span", { class: "flag", title: word("confidence_help") },
        h("meter", { min: 0, max: 1, value: proof.confidence, "aria-hidden": "true" }),
        ` ${word("confidence")} ${KgText.number(Math.round(proof.confidence * 100))}%`),
    ].filter(Boolean);
    return found.length ? h("p", { class: "flags" }, found) : null;
  }

  /* Who told whom: the source that the article names, the publisher, the article. */
  function chain(page, proof) {
    const article = page.data.articles[proof.a];
    const links = [
      proof.source === undefined ? null : h("span", {}, page.word("ui", "on_word_of"), " ", page.who(proof.source)),
      h("span", { class: "byline" }, text(article.publisher || page.word("ui", "unknown")),
        article.date ? [" · ", h("time", { datetime: article.date }, KgText.date(article.date))] : null),
    ].filter(Boolean);
    return h("footer", {}, h("cite", {}, text(article.title || article.id)), h("span", { class: "chain" }, links));
  }

  function card(page, proof, lead) {
    return h("article", { class: "proof", "data-proof": proof.id },
      lead, quote(page, proof), flags(page, proof),
      h("dl", {},
        pair(page.word("ui", "about"), proof.detail && text(proof.detail)),
        pair(page.word("ui", "place"), page.who(proof.place))),
      chain(page, proof));
  }

  /* What a proof proves, in one line. */
  function claim(page, proof) {
    if (proof.said) {
      return h("p", { class: "claim" }, text(KgText.name(proof.speaker)), " ",
        h("b", { class: "verb" }, page.word("ui", "says")));
    }
    const { record } = proof;
    const { fact, from, to } = record;
    return h("p", { class: "claim" }, text(KgText.name(from)), " ",
      h("b", { class: `verb ${record.line}` }, page.edgeWord({ ...fact, negated: fact.negated || proof.negated })), " ",
      to ? text(KgText.name(to)) : proof.detail ? text(proof.detail) : null);
  }

  /* A contested claim and what speaks against it, side by side. */
  function dispute(page, proof) {
    const others = proof.vs.map((id) => page.data.proofs[id]);
    const side = (one) => card(page, one, claim(page, one));
    return h("section", { class: "dispute", "aria-label": page.word("status", "contested") },
      h("h3", {}, page.word("ui", "dispute")),
      h("div", { class: "sides" }, side(proof), others.map(side)));
  }

  const show = (page, proof) => (proof.vs ? dispute(page, proof) : card(page, proof));

  return { card, show, claim, quote };
})();
