"use strict";

/* The search box: a name in Arabic or Latin letters, in any spelling. */
const KgSearch = (() => {
  const { h, text } = KgDom;
  const HITS = 8;

  function rank(names, wanted, exact) {
    let best = 0;
    for (const name of names) {
      if (name === wanted) best = Math.max(best, exact);
      else if (name.startsWith(wanted)) best = Math.max(best, exact - 1);
      else if (name.includes(` ${wanted}`)) best = Math.max(best, exact - 2);
      else if (name.includes(wanted)) best = Math.max(best, exact - 3);
    }
    return best;
  }

  function score(node, wanted, bones) {
    const close = rank(node.folded, wanted, 9);
    if (close || bones.length < 2) return close;
    // Bones of two letters fit too much, but for whole words.
    if (bones.length === 2) return Number(node.bones.some((name) => name.split(" ").includes(bones)));
    return Math.max(0, rank(node.bones, bones, 5) - 1);
  }

  function find(nodes, query) {
    const wanted = KgText.fold(query);
    if (!wanted) return [];
    const bones = KgText.skeleton(query);
    return nodes
      .map((node) => ({ node, score: score(node, wanted, bones) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score || a.node.id - b.node.id)
      .map((hit) => hit.node);
  }

  function create(page) {
    const input = document.getElementById("query");
    const list = document.getElementById("hits");

    /* At the first search: folding thousands of names at once would delay the first drawing. */
    function prepare() {
      if (page.data.nodes[0] && page.data.nodes[0].folded) return;
      for (const node of page.data.nodes) {
        const names = [node.label, node.en || "", node.latin || "", ...node.names];
        node.folded = [...new Set(names.map(KgText.fold))].filter(Boolean);
        node.bones = [...new Set(names.map(KgText.skeleton))].filter(Boolean);
      }
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    }

    function choose(node) {
      close();
      page.select({ node: node.id });
    }

    function show() {
      prepare();
      const hits = find(page.data.nodes, input.value).slice(0, HITS);
      list.replaceChildren(
        ...hits.map((node) =>
          h("li", {},
            h("button", { type: "button", "data-node": node.id, onclick: () => choose(node) },
              KgDom.glyph(node),
              text(KgText.name(node)),
              h("span", { class: "count" }, page.word("type", node.type))))));
      if (!hits.length && input.value.trim()) list.append(h("li", { class: "none" }, page.word("ui", "no_hits")));
      list.hidden = !input.value.trim();
      input.setAttribute("aria-expanded", String(!list.hidden));
    }

    input.addEventListener("input", () => {
      input.dir = input.value ? "auto" : document.documentElement.dir;
      show();
    });
    input.addEventListener("focus", show);
    input.addEventListener("keydown", (event) => {
      const first = list.querySelector("button");
      if (event.key === "Enter" && first) first.click();
      if (event.key === "ArrowDown" && first) {
        first.focus();
        event.preventDefault();
      }
      if (event.key === "Escape") close();
    });
    list.addEventListener("keydown", (event) => {
      const buttons = [...list.querySelectorAll("button")];
      const at = buttons.indexOf(document.activeElement);
      if (event.key === "ArrowDown") (buttons[at + 1] || buttons[0]).focus();
      else if (event.key === "ArrowUp") (buttons[at - 1] || input).focus();
      else if (event.key === "Escape") {
        close();
        input.focus();
      } else return;
      event.preventDefault();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".search")) close();
    });

    return {
      relabel() {
        input.placeholder = page.word("ui", "search");
        input.setAttribute("aria-label", page.word("ui", "search"));
        input.dir = input.value ? "auto" : document.documentElement.dir;
        close();
      },
    };
  }

  return { create };
})();
