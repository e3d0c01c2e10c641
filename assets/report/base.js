// State, words, numbers and elements of the page.
const D = JSON.parse(document.getElementById("data").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const asked = new URLSearchParams(location.hash.slice(1));
const state = {
  lang: asked.get("lang") || ((navigator.language || "en").startsWith("zh") ? "zh" : "en"),
  theme: asked.get("theme") || "auto", palette: "okabe", year: null, factor: "labour", measure: "tier", difference: "", arrows: 60,
  outside: false, place: -1, level: "tiers", explorer: ["income_per_head", "tier"], printing: false, scenario: 1, comparison: 0, gain: "", arm: "policy", lever: "", adds: ["income_ratio_residence", "area"],
};
const byId = (id) => document.getElementById(id);
const has = (list, x) => list.indexOf(x) >= 0;

const word = (key, values) => {
  const both = Object.prototype.hasOwnProperty.call(WORDS, key) ? WORDS[key] : null;
  let text = both ? both[state.lang === "zh" ? 1 : 0] : String(key).replace(/_/g, " ");
  for (const name of Object.keys(values || {})) text = text.split(`{${name}}`).join(values[name]);
  return text;
};
const meaningOf = new Map(D.indicators.map((row) => [row[0], row]));
const indicatorName = (i) => (state.lang === "zh" ? INDICATOR_ZH : INDICATOR_EN)[i] || i.replace(/_/g, " ");
const unitOf = (i) => (meaningOf.get(i) || ["", (D.comparisons.find((d) => d.i === i) || { unit: "" }).unit])[1];
const unitLabel = (u) => word("u_" + u);
const unitName = (u) => word("u_" + u) === "u " + u ? u : word("u_" + u);
const esc = (text) => String(text).replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);
/// Differences of shares are percentage points, of anything else what they are of.
const differenceUnit = (u) => (u === "share" ? "points" : u);
/// The unit in which a number of this page is drawn: of a difference its own.
const drawnUnit = (u) => (isDifference ? differenceUnit(u) : u);
const plain = (x, digits, keep) => Number(x.toPrecision(digits)).toLocaleString("en-US", { minimumSignificantDigits: keep ? digits : 1, maximumSignificantDigits: digits });
/// A number in few digits; `keep` keeps zeros at their end, so that the ends of an interval are equally exact.
function number(x, unit, digits = 3, keep = false) {
  if (x === null || x === undefined || !isFinite(x)) return "–";
  if (Math.abs(x) < 1e-9) return "0";
  const a = Math.abs(x);
  if (unit === "share") return plain(100 * x, digits, keep) + " %";
  if (unit === "points") return plain(100 * x, digits, keep) + word("points");
  if (a < 1e4) return plain(x, a >= 1000 ? Math.max(4, digits) : digits, keep);
  const [size, name] = (state.lang === "zh" ? [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]] : [[1e12, " tn"], [1e9, " bn"], [1e6, " m"], [1e3, " k"]]).find(([size]) => a >= size);
  return plain(x / size, digits, keep) + name;
}
/// A sentence begins with a capital.
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/// A difference with its sign.
const signed = (x, unit, keep) => (x > 0 ? "+" : "") + (unit === "percent" ? plain(100 * x, 2) + " %" : number(x, differenceUnit(unit), 3, keep));
const withUnit = (x, unit) => number(x, unit) + (unit === "yuan" ? (state.lang === "zh" ? " 元" : " yuan") : unit === "persons" ? (state.lang === "zh" ? " 人" : " persons") : "");
/// A policy as a scenario names it: its kind in words, then its own name or number.
const policyName = (name) => { const [kind, ...own] = String(name).split(/(?=[.[ ×])/); return (state.lang === "zh" && Object.prototype.hasOwnProperty.call(POLICY_ZH, kind) ? POLICY_ZH[kind] : kind.replace(/_/g, " ")) + own.join(""); };
/// Whether charts have little room: a telephone, or two side by side on a sheet of paper.
const narrow = () => state.printing || innerWidth < 600;
function el(tag, options, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options || {})) {
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name in node && name !== "list") node[name] = value; else node.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
  return node;
}
function table(head, rows, numeric) {
  const cell = (tag, text, i) => el(tag, { className: has(numeric || [], i) ? "n" : "", "data-label": head[i] }, text);
  return el("div", { className: "scroll" }, el("table", { className: head.length > 4 ? "wide" : "" }, el("thead", {}, el("tr", {}, head.map((h, i) => cell("th", h, i)))), el("tbody", {}, rows.map((row) => el("tr", {}, row.map((c, i) => cell("td", c, i)))))));
}
/// A choice among options; one that builds the page anew has a name by which it gets the focus back.
const picker = (label, options, value, act, id) => el("label", {}, label + " ", el("select", { ...(id ? { id } : {}), on: { change: (e) => act(e.target.value) } }, options.map(([v, name]) => el("option", { value: v, selected: String(v) === String(value) }, name))));
function download(name, rows) {
  const cell = (x) => {
    const text = x === null || x === undefined || (typeof x === "number" && !isFinite(x)) ? "" : String(x);
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  const text = "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  el("a", { href: url, download: name + ".csv" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
