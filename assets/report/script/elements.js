// Elements of the page.
export const byId = (id) => document.getElementById(id);

/** An element with properties or attributes, listeners under `on`, and children. */
export function element(tag, options, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options || {})) {
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}
export const heading = (text) => element("h3", {}, text);
/** A line that explains. */
export const remark = (...children) => element("p", { className: "how" }, ...children);
/** A box that holds no chart. */
export const box = (options, ...children) =>
  element(
    "div",
    { ...options, className: ["card", options.className].filter(Boolean).join(" ") },
    ...children,
  );
export const tools = (...children) => element("div", { className: "tools" }, ...children);
export const button = (text, click, options) =>
  element("button", { type: "button", ...options, on: { click } }, text);
/** Something that opens at a click. */
export const details = (summary, options, ...children) =>
  element("details", options, element("summary", {}, summary), ...children);
export const hash = (text) => element("code", { className: "hash" }, text);

/** A table; columns whose positions are `numeric` stand to the right. */
export function table(head, rows, numeric = []) {
  const cell = (tag, content, at) =>
    element(tag, { className: numeric.includes(at) ? "n" : "", "data-label": head[at] }, content);
  const row = (tag, cells) =>
    element(
      "tr",
      {},
      cells.map((content, at) => cell(tag, content, at)),
    );
  const body = rows.map((cells) => row("td", cells));
  return element(
    "div",
    { className: "scroll" },
    element(
      "table",
      { className: head.length > 4 ? "wide" : "" },
      element("thead", {}, row("th", head)),
      element("tbody", {}, body),
    ),
  );
}
/** A choice among options, each a value and its words; `more` gives an id or a class to the list. */
export function picker(label, options, value, act, more = {}) {
  const one = ([key, name]) =>
    element("option", { value: key, selected: String(key) === String(value) }, name);
  const choose = (event) => act(event.target.value);
  return element(
    "label",
    {},
    label + " ",
    element("select", { ...more, on: { change: choose } }, options.map(one)),
  );
}
/** Text that can stand in the markup of a tooltip. */
export function escaped(text) {
  const written = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(/[&<>"']/g, (character) => written[character]);
}
