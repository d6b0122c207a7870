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
      .replace(/[_\u2019'\u2018\u02bf\u02be-]/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase();
  }

  /* What is left of a word when all is taken away that writers spell in several ways: vowels in both
     scripts, the article, doubled letters, and letters that stand for the same Arabic one. */
  function skeleton(text) {
    return fold(text)
      .split(" ")
      .map((word) => word
        .replace(/^(?:[\u0648\u0641\u0628\u0643\u0644]?\u0627\u0644|\u0644\u0644)(?=..)/, "")
        .replace(/[\u0627\u0648\u064a\u0621\u0647]/g, "")
        .replace(/^(?:al|el)$/, "")
        .replace(/gh|q|ck|c/g, "k").replace(/ph/g, "f").replace(/dh|z/g, "d").replace(/th/g, "t")
        .replace(/kh/g, "k").replace(/sch|ch|sh/g, "s").replace(/v|w/g, "f").replace(/[gj]/g, "g")
        .replace(/[aeiouyh]/g, "")
        .replace(/(.)\1+/g, "$1"))
      .filter(Boolean)
      .join(" ");
  }

  return {
    clean,
    fold,
    skeleton,
    language: () => language,
    set: (value) => {
      language = value === "en" ? "en" : "ar";
    },
    rtl: () => language === "ar",
    /* The word for a key of the table of labels, else the key itself. */
    word(labels, group, key) {
      const pair = Object.hasOwn(labels, group) && Object.hasOwn(labels[group], key) ? labels[group][key] : null;
      return pair ? pair[language === "ar" ? 0 : 1] : String(key);
    },
    name: (node) => clean(language === "en" ? node.en || node.latin || node.label : node.label) || "—",
    otherName: (node) => clean((language === "en" ? node.label : node.en || node.latin) || ""),
    number: (value) => new Intl.NumberFormat(language === "ar" ? "ar-u-nu-latn" : "en").format(value),
    /* "2025-06-23" → "23 Jun 2025"; what is less precise or no date stays less precise. */
    date(iso) {
      const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso || "");
      if (!found) return clean(iso || "");
      const [, year, month, day] = found;
      if (!month) return year;
      const form = { year: "numeric", month: language === "ar" ? "long" : "short", timeZone: "UTC" };
      if (day) form.day = "numeric";
      const when = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day || 1)));
      return Number.isNaN(when.getTime()) ? clean(iso)
        : new Intl.DateTimeFormat(language === "ar" ? "ar-u-nu-latn-ca-gregory" : "en-GB", form).format(when);
    },
  };
})();
