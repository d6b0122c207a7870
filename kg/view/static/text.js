"use strict";

/* Words of the page in two languages, and what is done to text before it is shown or compared. */
const KgText = (() => {
  let language = "ar";

  // Directional controls in a name could make it read as another name.
  const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

  function clean(text) {
    return String(text).replace(CONTROLS, " ").replace(/\s+/g, " ").trim();
  }

  /* One spelling for all: no vowel signs, one alef, one ya, no case, no accents. */
  function fold(text) {
    return clean(text)
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g, "")
      .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
      .replace(/[\u0649\u06cc\u0626]/g, "\u064a")
      .replace(/\u0624/g, "\u0648")
      .replace(/\u0629/g, "\u0647")
      .replace(/\u06a9/g, "\u0643")
      .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
      .replace(/[_\u2019'\u2018]/g, " ")
      .toLowerCase();
  }

  return {
    clean,
    fold,
    language: () => language,
    set: (value) => {
      language = value;
    },
    rtl: () => language === "ar",
    /* The word for a key of the table of labels, else the key itself. */
    word(labels, group, key) {
      const pair = (labels[group] || {})[key];
      return pair ? pair[language === "ar" ? 0 : 1] : String(key);
    },
    name: (node) => clean(language === "en" && node.en ? node.en : node.label) || "—",
    otherName: (node) => clean((language === "en" ? node.label : node.en) || ""),
    number: (value) => new Intl.NumberFormat(language === "ar" ? "ar-u-nu-latn" : "en").format(value),
  };
})();
