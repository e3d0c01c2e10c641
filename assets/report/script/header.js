// The top of the page: what it is, and the choices of language, theme and colours.
import { isDark, PALETTES } from "./colours.js";
import { data } from "./data.js";
import { button, byId, element, picker } from "./elements.js";
import { isChinese, said, word } from "./language.js";
import { rebuild, state } from "./state.js";

const SECTIONS = ["headline", "map", "exchange", "time", "distribution", "policy", "audit", "parameters"];

/** A choice for the whole page. */
function choice(key, options) {
  const choose = (value) => {
    state[key] = value;
    rebuild();
  };
  const named = options.map((option) => [option, word(`${key}_${option}`)]);
  return picker(word(key), named, state[key], choose, { id: "choose-" + key });
}
function languageButton() {
  const other = isChinese() ? "en" : "zh";
  const change = () => {
    state.language = other;
    rebuild();
  };
  return button(word("language"), change, { id: "language", lang: other === "zh" ? "zh-CN" : "en" });
}
export function showTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}
export function header() {
  const first = data.results[0] || { title: "" };
  document.documentElement.lang = isChinese() ? "zh-CN" : "en";
  if (first.title) document.title = said(first, first.title);
  showTheme();
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  byId("top").replaceChildren(
    element(
      "div",
      { className: "choices" },
      languageButton(),
      choice("theme", ["auto", "light", "dark"]),
      choice("palette", Object.keys(PALETTES)),
      button(word("print"), () => window.print()),
    ),
    element("p", { className: "brand" }, word("brand")),
    element("h1", {}, said(first, first.title)),
    ...(first.description ? [element("p", {}, said(first, first.description))] : []),
  );
  const link = (key) => element("li", {}, element("a", { href: "#" + key }, word("section_" + key)));
  byId("sections").replaceChildren(element("ul", {}, SECTIONS.map(link)));
}
