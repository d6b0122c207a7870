"use strict";

/* Making elements. Everything that comes from an article becomes a text node or an attribute's value. */
const KgDom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(3)) {
      if (child === null || child === undefined || child === "" || child === false) continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return element;
  }

  /* h("p", {class: "x", onclick: f}, child, "text", null) → element */
  const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  /* The same for SVG. */
  const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  /* Text of an article or a name, kept apart from the direction of what surrounds it. */
  const text = (value) => h("bdi", {}, KgText.clean(value));
  const button = (kind, label, onclick, more) => h("button", { type: "button", class: kind, onclick, ...more }, label);

  /* The shape that tells an entity's kind; a state's is a tile with its two-letter code. */
  const glyph = (node) => h("span", {
    class: `glyph type-${node.type}${node.code ? " coded" : ""}`, "data-code": node.code, "aria-hidden": "true",
  });

  /* Lets the reader save text or a blob as a file. */
  function save(name, content, type) {
    const blob = content instanceof Blob ? content : new Blob([content], { type });
    const url = URL.createObjectURL(blob);
    const link = h("a", { href: url, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  /* One of several: a row of buttons of which one is pressed. choices: [[key, label], …] */
  function choice(name, choices, chosen, onchoose) {
    return h("div", { class: "choice", role: "group", "aria-label": name }, choices.map(([key, label]) =>
      button("pill", label, () => onchoose(key), { "data-choice": key, "aria-pressed": String(key === chosen) })));
  }

  return { h, s, text, glyph, button, save, choice };
})();
