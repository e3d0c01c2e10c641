(() => {
const D = JSON.parse(document.getElementById("data").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const asked = new URLSearchParams(location.hash.slice(1));
const state = {
  lang: asked.get("lang") || ((navigator.language || "en").startsWith("zh") ? "zh" : "en"),
  theme: asked.get("theme") || "auto", palette: "okabe", year: null, factor: "labour", measure: "tier", arrows: 60,
  outside: false, place: -1, level: "tiers", explorer: ["income_per_head", "tier"], scenario: 1, comparison: 0,
};
const byId = (id) => document.getElementById(id);
const has = (list, x) => list.indexOf(x) >= 0;

// ---- words, numbers, elements -------------------------------------------------------------------------
const word = (key, values) => {
  const both = Object.prototype.hasOwnProperty.call(WORDS, key) ? WORDS[key] : null;
  let text = both ? both[state.lang === "zh" ? 1 : 0] : String(key).replace(/_/g, " ");
  for (const name of Object.keys(values || {})) text = text.split(`{${name}}`).join(values[name]);
  return text;
};
const meaningOf = new Map(D.indicators.map((row) => [row[0], row]));
const indicatorName = (i) => (state.lang === "zh" && INDICATOR_ZH[i]) || i.replace(/_/g, " ");
const unitOf = (i) => (meaningOf.get(i) || ["", (D.comparisons.find((d) => d.i === i) || { unit: "" }).unit])[1];
const unitName = (u) => word("u_" + u) === "u " + u ? u : word("u_" + u);
const esc = (text) => String(text).replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);
const plain = (x, digits) => Number(x.toPrecision(digits)).toLocaleString("en-US", { maximumSignificantDigits: digits });
function number(x, unit) {
  if (x === null || x === undefined || !isFinite(x)) return "–";
  const a = Math.abs(x);
  if (unit === "share") return plain(100 * x, 3) + " %";
  if (a < 1e4) return plain(x, a >= 1000 ? 4 : 3);
  if (state.lang === "zh") return a >= 1e12 ? plain(x / 1e12, 3) + "万亿" : a >= 1e8 ? plain(x / 1e8, 3) + "亿" : plain(x / 1e4, 3) + "万";
  return a >= 1e12 ? plain(x / 1e12, 3) + " tn" : a >= 1e9 ? plain(x / 1e9, 3) + " bn" : a >= 1e6 ? plain(x / 1e6, 3) + " m" : plain(x / 1e3, 3) + " k";
}
const signed = (x, unit) => (x > 0 ? "+" : "") + (unit === "share" && finite(x) ? plain(100 * x, 3) + word("points") : number(x, unit));
const withUnit = (x, unit) => number(x, unit) + (unit === "yuan" ? (state.lang === "zh" ? " 元" : " yuan") : unit === "persons" ? (state.lang === "zh" ? " 人" : " persons") : "");
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
  const cell = (tag, text, i) => el(tag, { className: has(numeric || [], i) ? "n" : "" }, text);
  return el("div", { className: "scroll" }, el("table", { className: head.length > 4 ? "wide" : "" }, el("thead", {}, el("tr", {}, head.map((h, i) => cell("th", h, i)))), el("tbody", {}, rows.map((row) => el("tr", {}, row.map((c, i) => cell("td", c, i)))))));
}
const picker = (label, options, value, act) => el("label", {}, label + " ", el("select", { on: { change: (e) => act(e.target.value) } }, options.map(([v, name]) => el("option", { value: v, selected: String(v) === String(value) }, name))));
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

// ---- colours -----------------------------------------------------------------------------------------
const PALETTES = {
  okabe: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b0a100", "#888888"],
  tol: ["#4477aa", "#ccbb44", "#228833", "#aa3377", "#66ccee", "#ee6677", "#bbbbbb", "#6b5b95"],
  grey: ["#444444", "#999999", "#6e6e6e", "#b5b5b5", "#2b2b2b", "#808080", "#c9c9c9", "#5a5a5a"],
};
const isDark = () => state.theme === "dark" || (state.theme === "auto" && dark.matches);
const ink = () => (isDark() ? "#e9e7e2" : "#1d232b");
const soft = () => (isDark() ? "#a5adb6" : "#5a6470");
const faint = () => (isDark() ? "#343c45" : "#dcd9d2");
const ground = () => (isDark() ? "#1c2229" : "#ffffff");
const colours = () => (isDark() && state.palette === "grey" ? PALETTES.grey.map((c) => "#" + c.slice(1).match(/../g).map((h) => (255 - parseInt(h, 16) + 20 > 255 ? 255 : 275 - parseInt(h, 16)).toString(16).padStart(2, "0")).join("")) : PALETTES[state.palette]);
const TIERS = ["city", "county_seat", "village", "outside"];
const tierColour = (tier) => colours()[{ city: 0, county_seat: 1, village: 2, outside: 7 }[tier]];
const SHAPES = { city: "circle", county_seat: "rect", village: "triangle", outside: "diamond" };
const VIRIDIS = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
function sequential(t) {
  const x = Math.max(0, Math.min(1, t)) * (VIRIDIS.length - 1), i = Math.min(VIRIDIS.length - 2, Math.floor(x)), f = x - i;
  return "rgb(" + VIRIDIS[i].map((a, c) => Math.round(a + f * (VIRIDIS[i + 1][c] - a))).join(",") + ")";
}

// ---- cards -------------------------------------------------------------------------------------------
let cards = [];
function section(key) {
  const part = el("section", { id: key }, el("h2", {}, word("s_" + key)));
  byId("main").append(part);
  return part;
}
/// A chart with its title, how to read it, unit, source and download.
function card(parent, spec) {
  const box = el("article", { className: "card", id: "card-" + spec.id });
  const how = el("p", { className: "how" }), chartBox = el("div", { className: "chart " + (spec.size || ""), tabIndex: 0 });
  chartBox.setAttribute("role", "img");
  box.append(el("h3", {}, spec.title), how);
  const tools = el("div", { className: "tools" }, spec.tools || []);
  if (spec.tools) box.append(tools);
  const below = el("div", {});
  box.append(chartBox, below, el("div", { className: "foot" }, el("span", {}, (spec.unit ? word("unit") + ": " + spec.unit + " · " : "") + word("source") + ": " + spec.source), el("button", { type: "button", on: { click: () => download(spec.id, spec.rows()) } }, word("download"))));
  parent.append(box);
  const c = { ...spec, box, chartBox, how, below, chart: null };
  cards.push(c);
  return c;
}
function draw(c) {
  const option = c.option();
  const how = typeof c.read === "function" ? c.read() : c.read;
  c.how.replaceChildren(el("b", {}, word("read")), how);
  c.chartBox.setAttribute("aria-label", c.title + ". " + how);
  if (!option) {
    if (c.chart) { c.chart.dispose(); c.chart = null; }
    c.chartBox.replaceChildren(el("p", { className: "how" }, c.empty ? c.empty() : word("none")));
    c.chartBox.style.height = "auto"; c.chartBox.dataset.empty = "yes";
    return;
  }
  if (!c.chart) {
    c.chartBox.replaceChildren(); c.chartBox.style.height = ""; delete c.chartBox.dataset.empty;
    c.chart = echarts.init(c.chartBox, null, { renderer: c.canvas ? "canvas" : "svg" });
    if (c.click) c.chart.on("click", c.click);
  }
  c.chart.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink() }, color: colours(), ...option }, { notMerge: !c.keep, lazyUpdate: false, replaceMerge: c.keep ? ["series"] : undefined });
  c.chartBox.dataset.drawn = "yes";
  if (c.after) c.after(c.below);
}
const redraw = (test) => cards.filter(test).forEach(draw);
const tip = () => ({ backgroundColor: ground(), borderColor: faint(), confine: true, textStyle: { color: ink(), fontSize: 13 } });
const axisText = () => ({ color: soft(), fontSize: 12, hideOverlap: true });
const valueAxis = (unit, more) => ({ type: "value", scale: true, axisLabel: { ...axisText(), formatter: (x) => number(x, unit) }, splitLine: { lineStyle: { color: faint() } }, splitNumber: 4, ...more });

// ---- series ------------------------------------------------------------------------------------------
const isComparison = D.comparisons.length > 0 && D.series.length === 0;
const groups = [];
D.results.forEach((r, f) => {
  if (r.kind !== "run") return;
  const name = r.run.scenario || r.name, changed = JSON.stringify([name, (r.manifest.scenarios[0] || {}).sha256, parametersOf(f)]);
  let g = groups.find((x) => x.key === changed);
  if (!g) { g = { key: changed, name, title: r.title, folders: [] }; groups.push(g); }
  g.folders.push(f);
});
groups.forEach((g, n) => { if (groups.some((o, m) => m < n && o.name === g.name)) g.name += " (" + D.results[g.folders[0]].name + ")"; });
function parametersOf(f) { return D.parameters.map((p) => p.values[f]); }
const isScenarios = !isComparison && groups.length > 1;
const isDifference = isComparison || isScenarios;
const index = new Map();
D.series.forEach((s) => { const key = s.i + "\t" + s.s + "\t" + s.id; if (!index.has(key)) index.set(key, []); index.get(key).push(s); });
const comparisons = [...new Set(D.comparisons.map((d) => d.c))];
const compareIndex = new Map(D.comparisons.map((d) => [d.c + "\t" + d.i + "\t" + d.s + "\t" + d.id, d]));
/// One number over the years: mean and band, of a run, of runs, or of a difference.
function line(i, scope, id) {
  if (isComparison) {
    const d = compareIndex.get([comparisons[state.comparison], i, scope, id].join("\t"));
    return d ? { years: d.years, mid: d.difference, low: d.low, high: d.high, baseline: d.baseline, policy: d.policy, n: d.replicates } : null;
  }
  const all = index.get([i, scope, id].join("\t")) || [];
  const of = (g) => all.filter((s) => has(groups[g].folders, s.f));
  if (isScenarios) {
    const base = of(0), other = of(state.scenario);
    const rep = (s) => D.results[s.f].run.replicate || "0";
    const pairs = other.map((s) => [s, base.find((b) => rep(b) === rep(s) && b.y === s.y)]).filter((p) => p[1]);
    if (!pairs.length) return null;
    const n = Math.min(...pairs.flat().map((s) => s.v.length));
    return spread(pairs.map(([a, b]) => Array.from({ length: n }, (_, t) => a.v[t] === null || b.v[t] === null ? NaN : a.v[t] - b.v[t])), pairs[0][0].y);
  }
  return all.length ? spread(all.map((s) => s.v), all[0].y) : null;
}
function spread(lists, from) {
  const n = Math.min(...lists.map((v) => v.length)), years = [], mid = [], low = [], high = [];
  for (let t = 0; t < n; t++) {
    const x = lists.map((v) => v[t]).filter((v) => v !== null && isFinite(v));
    years.push(from + t);
    mid.push(x.length ? x.reduce((a, b) => a + b, 0) / x.length : NaN);
    low.push(x.length ? Math.min(...x) : NaN); high.push(x.length ? Math.max(...x) : NaN);
  }
  return { years, mid, low, high, n: lists.length };
}
const prefectureOwn = new Map();
if (D.places) D.places.id.forEach((_, p) => { if (D.places.prefecture[p]) prefectureOwn.set(D.places.prefecture[p], D.places.prefecture_name[p] || D.places.prefecture[p]); });
const prefectureName = { has: (code) => prefectureOwn.has(code), get: (code) => (state.lang === "en" && Object.prototype.hasOwnProperty.call(PREFECTURE_EN, code) ? PREFECTURE_EN[code] : prefectureOwn.get(code)) };
const scopeName = (scope, id) => scope === "area" ? word("area") : scope === "prefecture" ? prefectureName.get(id) || id : scope === "skill" && id === "talent" ? (state.lang === "zh" ? "人才" : "talent") : scope === "tag" && id === "capital" ? word("capital_tag") : word(id);
const order = ["city", "county_seat", "village", "outside", "urban", "rural", "all"];
function scopeIds(i, scope) {
  const ids = isComparison ? D.comparisons.filter((d) => d.c === comparisons[state.comparison] && d.i === i && d.s === scope).map((d) => d.id) : D.series.filter((s) => s.i === i && s.s === scope).map((s) => s.id);
  const list = [...new Set(ids)].sort((a, b) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1));
  if (list.length <= 12) return list;
  const end = (id) => { const l = line(i, scope, id); return l ? Math.abs(l.mid[l.mid.length - 1]) || 0 : 0; };
  return list.map((id) => [id, end(id)]).sort((a, b) => b[1] - a[1]).slice(0, 12).map((x) => x[0]);
}
const finite = (x) => x !== null && x !== undefined && isFinite(x);
const gap = (x) => (finite(x) ? x : "-");
function lineOption(items, unit, names) {
  const got = items.map(([i, s, id], n) => [line(i, s, id), names[n], s === "tier" ? tierColour(id) : colours()[n % 8]]).filter((x) => x[0] && x[0].mid.some(finite));
  if (!got.length) return null;
  const years = [...new Set(got.flatMap((x) => x[0].years))].sort((a, b) => a - b), series = [];
  const at = (l, list) => years.map((y) => { const t = l.years.indexOf(y); return t < 0 ? null : list[t]; });
  for (const [l, name, colour] of got) {
    const low = at(l, l.low), high = at(l, l.high);
    if (l.n > 1 && low.some(finite)) {
      // A band is a closed shape of its own, so that a negative lower end is drawn right.
      series.push({ type: "custom", name, silent: true, itemStyle: { color: colour }, tooltip: { show: false }, z: 1, data: [[0, 0]], encode: { x: -1, y: -1 },
        renderItem: (params, api) => {
          const top = [], bottom = [];
          years.forEach((y, t) => { if (finite(low[t]) && finite(high[t])) { top.push(api.coord([t, high[t]])); bottom.unshift(api.coord([t, low[t]])); } });
          return { type: "polygon", shape: { points: top.concat(bottom) }, style: { fill: colour, opacity: 0.2 }, clipPath: null };
        } });
      // Its ends also stretch the axis.
      for (const ends of [low, high]) series.push({ type: "line", data: ends.map(gap), lineStyle: { opacity: 0 }, symbol: "none", silent: true, name, color: colour, tooltip: { show: false }, legendHoverLink: false });
    }
    series.push({ type: "line", name, color: colour, data: at(l, l.mid).map(gap), symbol: "circle", symbolSize: 4, showSymbol: years.length < 25, lineStyle: { width: 2.2 }, z: 3 });
  }
  if (isDifference) series[series.length - 1].markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: soft(), type: "solid" }, data: [{ yAxis: 0 }] };
  const legend = got.length > 1;
  return {
    grid: { left: 8, right: 14, top: legend ? (got.length > 4 ? 62 : 38) : 14, bottom: 6, containLabel: true },
    legend: legend ? { top: 0, left: 0, right: 0, icon: "roundRect", itemWidth: 14, itemHeight: 8, itemGap: 12, type: "plain", textStyle: { color: ink(), fontSize: 12 }, data: got.map((x) => x[1]) } : undefined,
    xAxis: { type: "category", data: years.map(String), boundaryGap: false, axisLabel: { ...axisText(), alignMaxLabel: "right" }, axisLine: { lineStyle: { color: soft() } } },
    yAxis: valueAxis(unit),
    tooltip: { ...tip(), trigger: "axis", formatter: (ps) => {
      const t = ps.length ? ps[0].dataIndex : 0;
      return `<b>${years[t]}</b>` + got.map(([l, name]) => { const k = l.years.indexOf(years[t]); if (k < 0) return ""; const range = l.n > 1 && finite(l.low[k]) ? ` [${number(l.low[k], unit)}, ${number(l.high[k], unit)}]` : ""; return `<br>${esc(name)}: ${isDifference ? signed(l.mid[k], unit) : number(l.mid[k], unit)}${range}`; }).join("");
    } },
    series,
  };
}
const lineRows = (items) => [["indicator", "scope", "scope_id", "year", isDifference ? "difference" : "mean", "low", "high", "replicates", "unit"]].concat(items.flatMap(([i, s, id]) => { const l = line(i, s, id); return l ? l.years.map((y, t) => [i, s, id, y, l.mid[t], l.n > 1 ? l.low[t] : "", l.n > 1 ? l.high[t] : "", l.n, unitOf(i)]) : []; }));
const readLine = () => word(isComparison ? "r_line_diff" : isScenarios ? "r_line_scen" : (groups[0] || { folders: [] }).folders.length > 1 ? "r_line" : "r_line_one");
const indicatorSource = isComparison ? "compare.csv" : "indicators.csv";

// ---- headline ----------------------------------------------------------------------------------------
function header() {
  const r = D.results[0] || { title: "" };
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  document.querySelectorAll("[data-word]").forEach((n) => { n.textContent = word(n.dataset.word); });
  byId("top").replaceChildren(
    el("div", { className: "choices" },
      el("button", { type: "button", id: "language", lang: state.lang === "zh" ? "en" : "zh-CN", on: { click: () => { state.lang = state.lang === "zh" ? "en" : "zh"; build(); byId("language").focus(); } } }, word("language")),
      picker(word("theme"), ["auto", "light", "dark"].map((t) => [t, word("theme_" + t)]), state.theme, (v) => { state.theme = v; build(); }),
      picker(word("palette"), Object.keys(PALETTES).map((p) => [p, word("palette_" + p)]), state.palette, (v) => { state.palette = v; build(); }),
      el("button", { type: "button", on: { click: () => window.print() } }, word("print"))),
    el("p", { className: "brand" }, word("brand")), el("h1", {}, r.title), r.description ? el("p", {}, r.description) : null);
  const parts = ["headline", "map", "exchange", "time", "distribution", "policy", "audit", "parameters"];
  byId("sections").replaceChildren(el("ul", {}, parts.map((p) => el("li", {}, el("a", { href: "#" + p }, word("s_" + p))))));
}
function tile(name, of, l, unit) {
  if (!l || !l.mid.some(finite)) return null;
  const seen = l.mid.map((x, t) => [x, t]).filter((p) => finite(p[0])), [b, tb] = seen[seen.length - 1], [a, ta] = seen[0];
  const range = l.n > 1 && finite(l.low[tb]) ? `[${number(l.low[tb], unit)}, ${number(l.high[tb], unit)}] · ${isComparison ? word("interval") : word("range_of_runs", { n: l.n })}` : word("one_run");
  const value = isDifference ? signed(b, unit) : number(a, unit) + " → " + number(b, unit);
  return el("div", { className: "tile" }, el("span", {}, name), el("b", {}, value), el("div", { className: "was" }, (isDifference ? l.years[tb] : l.years[ta] + " → " + l.years[tb]) + " · " + range), el("div", { className: "what" }, of));
}
function headline() {
  const part = section("headline");
  part.append(el("p", {}, word(isComparison ? "difference_note" : isScenarios ? "scenarios_note" : "single_note")));
  if (isComparison && comparisons.length > 1) part.append(el("div", { className: "tools" }, picker(word("comparison"), comparisons.map((c, n) => [n, c]), state.comparison, (v) => { state.comparison = +v; build(); })));
  if (isScenarios) part.append(el("div", { className: "tools" }, picker(word("scenario"), groups.slice(1).map((g, n) => [n + 1, g.name]), state.scenario, (v) => { state.scenario = +v; build(); }), el("span", { className: "how" }, word("against") + " " + groups[0].name)));
  part.append(el("div", { className: "tiles" }, [
    tile(word("gap_regional"), word("gap_regional_of"), line("theil_between_prefectures", "area", "all"), "Theil T"),
    tile(word("gap_urban"), word("gap_urban_of"), line("income_ratio_residence", "area", "all"), "ratio"),
    tile(word("gap_home"), word("gap_home_of"), line("income_ratio_home", "area", "all"), "ratio"),
    tile(word("gap_income"), word("gap_income_of"), line("gini", "area", "all"), "Gini"),
    tile(word("card_urban"), word("card_urban_of"), line("share_urban", "area", "all"), "share"),
    tile(word("card_income"), word("card_income_of"), line("income_per_head", "area", "all"), "yuan"),
    tile(word("card_output"), word("card_output_of"), line("output_per_head", "area", "all"), "yuan")].filter(Boolean)));
  const rows = D.results.map((r) => {
    const n = +r.run.start_year, s = D.results.length && (index.get("residents\tarea\tall") || []).find((x) => x.f === D.results.indexOf(r));
    const years = r.run.years ? `${n}–${n + +r.run.years}` : (() => { const d = D.comparisons[0]; return d ? `${d.years[0]}–${d.years[d.years.length - 1]}` : "–"; })();
    const policies = r.policies.length ? r.policies.join(", ") : word("no_policy");
    return [r.run.scenario || r.name, policies, r.run.seed || r.manifest.seed, r.kind === "run" ? r.run.replicate || "0" : String((D.comparisons[0] || {}).replicates || ""), Number(r.run.agents || 0).toLocaleString("en-US"), r.run.persons_per_agent || "–", years, s ? number(s.v[s.v.length - 1], "persons") : "–", word(r.status)];
  });
  part.append(el("div", { className: "card" }, table(["scenario", "policies", "seed", isComparison ? "replicates" : "replicate", "agents", "persons_per_agent", "years", "population", "status"].map((k) => word(k)), rows, [2, 3, 4, 5, 7])));
  winners(part);
  part.append(el("p", { className: "note" }, word("warning")));
}
function winners(part) {
  let list = [], note = word("winners_of");
  const name = (p) => placeName(p);
  if (isComparison) {
    const c = comparisons[state.comparison], i = "income_per_head";
    note = word("winners_of_policy");
    const at = new Map(D.places ? D.places.id.map((id, p) => [id, p]) : []);
    list = D.node_differences.filter((d) => d[0] === c && d[1] === i && finite(d[3])).map((d) => [at.has(d[2]) ? name(at.get(d[2])) : d[2], d[3], d[4], d[5]]);
    if (!list.length) list = D.comparisons.filter((d) => d.c === c && d.i === i && d.s === "prefecture").map((d) => { const t = d.years.length - 1; return [scopeName("prefecture", d.id), d.difference[t], d.low[t], d.high[t]]; });
  } else if (isScenarios) {
    const ids = [...new Set(D.series.filter((s) => s.i === "income_per_head" && s.s === "prefecture").map((s) => s.id))];
    note = word("winners_of_policy");
    list = ids.map((id) => { const l = line("income_per_head", "prefecture", id), t = l ? l.mid.length - 1 : 0; return l ? [scopeName("prefecture", id), l.mid[t], l.low[t], l.high[t]] : null; }).filter(Boolean);
  } else if (D.nodes) {
    let c = column("home_income_yuan");
    if (c < 0) { c = column("income_yuan"); note = word("winners_of_residence"); }
    if (c >= 0) { const v = D.nodes.values[c], z = v[v.length - 1]; list = z.map((x, p) => [name(p), x - v[0][p], NaN, NaN, finite(x) && finite(v[0][p])]).filter((x) => x[4]); }
  }
  list = list.filter((x) => finite(x[1])).sort((a, b) => b[1] - a[1]);
  const row = (x) => [x[0], signed(x[1], "yuan") + (finite(x[2]) ? ` [${number(x[2], "yuan")}, ${number(x[3], "yuan")}]` : "")];
  const box = (key, rows) => el("div", { className: "card" }, el("h3", {}, word(key)), el("p", { className: "how" }, note), rows.length ? table(["", word("u_yuan")], rows.map(row), [1]) : el("p", { className: "how" }, word("none")));
  const k = Math.min(6, Math.ceil(list.length / 2));
  part.append(el("div", { className: "grid" }, box("winners", list.slice(0, k)), box("losers", list.slice(list.length - k).reverse())));
  const costs = costRows().slice(0, 6);
  part.append(el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("who_pays")), costs.length ? [el("p", { className: "how" }, word("who_pays_of")), table([word("from"), word("to"), "", word("u_yuan")], costs.map((c) => [word(c.payer), word(c.receiver), word(c.purpose), signed(c.difference, "yuan") + (finite(c.low) ? ` [${number(c.low, "yuan")}, ${number(c.high, "yuan")}]` : "")]), [3])] : el("p", { className: "how" }, word(isDifference ? "none" : "no_cost"))));
}
function extract(x) { return x ? x.rows.map((row) => Object.fromEntries(x.columns.map((c, n) => [c, row[n]]))) : []; }
const num = (text) => (text === undefined || text === "" ? NaN : +text);
function costRows() {
  return extract(D.costs).filter((r) => !isComparison || r.comparison === comparisons[state.comparison]).map((r) => ({ ...r, difference: num(r.difference_yuan), low: num(r.low_yuan), high: num(r.high_yuan) })).filter((r) => r.difference).sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
}

// ---- places ------------------------------------------------------------------------------------------
const column = (name) => (D.nodes ? D.nodes.columns.findIndex((c) => c[0] === name) : -1);
const valueAt = (name, year, p) => { const c = column(name); if (c < 0) return NaN; const y = D.nodes.years.indexOf(year); const row = D.nodes.values[c][y < 0 ? 0 : y]; return row && finite(row[p]) ? row[p] : NaN; };
function placeName(p) {
  const P = D.places;
  if (!P) return "";
  const en = P.name_en[p], zh = P.name[p], base = state.lang === "zh" ? zh : en ? `${en} ${zh}` : zh;
  return P.tier[p] === "village" && !/village|乡村|农村/i.test(base) ? base + (state.lang === "zh" ? "（乡村）" : " (villages)") : base;
}
const geo = (() => {
  const P = D.places;
  if (!P) return null;
  const inside = P.id.map((_, p) => p).filter((p) => P.tier[p] !== "outside" && finite(P.longitude[p]) && finite(P.latitude[p]));
  if (!inside.length) return null;
  const lat0 = inside.reduce((s, p) => s + P.latitude[p], 0) / inside.length, k = Math.cos(lat0 * Math.PI / 180);
  const x = P.longitude.map((v) => (finite(v) ? v * k : NaN)), y = P.latitude.map((v) => (finite(v) ? v : NaN));
  const bound = (v) => [Math.min(...inside.map((p) => v[p])), Math.max(...inside.map((p) => v[p]))];
  let [west, east] = bound(x), [south, north] = bound(y);
  const pad = 0.06 * Math.max(east - west, north - south, 0.01);
  west -= pad; east += pad; south -= pad; north += pad;
  const cx = (west + east) / 2, cy = (south + north) / 2;
  P.id.forEach((_, p) => {
    if (P.tier[p] !== "outside" || !finite(x[p])) return;
    const dx = x[p] - cx, dy = y[p] - cy, s = Math.min(1, (east - west) / 2 / Math.abs(dx || 1e-9), (north - south) / 2 / Math.abs(dy || 1e-9));
    x[p] = cx + dx * s * 0.97; y[p] = cy + dy * s * 0.97;
  });
  return { x, y, west, east, south, north };
})();
/// Where a unit of the flows stands.
const unitPoint = (() => {
  const F = D.flows, P = D.places;
  if (!F || !P || !geo) return () => null;
  const points = new Map();
  const codes = { node: P.id, county: P.county, prefecture: P.prefecture }[F.level];
  if (!codes) return () => null;
  const c = column("residents");
  P.id.forEach((id, p) => {
    if (!finite(geo.x[p])) return;
    const w = (c >= 0 && D.nodes.values[c][0][p]) || 1, code = P.tier[p] === "outside" ? id : codes[p];
    const q = points.get(code) || { x: 0, y: 0, w: 0, place: p, n: 0 };
    q.x += w * geo.x[p]; q.y += w * geo.y[p]; q.w += w; q.n += 1; points.set(code, q);
  });
  points.forEach((q) => { q.x /= q.w; q.y /= q.w; });
  return (unit) => points.get(F.units[unit]) || null;
})();
const outsideIds = new Set(D.places ? D.places.id.filter((_, p) => D.places.tier[p] === "outside") : []);
function flowUnitName(unit) {
  const code = D.flows.units[unit], p = D.places ? D.places.id.indexOf(code) : -1;
  if (p >= 0) return placeName(p);
  if (prefectureName.has(code)) return prefectureName.get(code);
  const c = D.places ? D.places.county.indexOf(code) : -1;
  return c >= 0 ? placeName(c) : word(code);
}
const factors = ["labour", "talent", "capital", "fiscal", "consumption", "remittance"].filter((f) => (D.flows && D.flows.years.some((y) => y.factor === f)) || D.tiers.some((t) => t.factor === f));
const years = D.nodes ? D.nodes.years : [...new Set(D.tiers.map((t) => t.year))].sort((a, b) => a - b);
const factorUnit = (f) => (f === "labour" || f === "talent" ? "persons" : "yuan");
let timer = null;
function setYear(year) {
  state.year = year;
  document.querySelectorAll("input.year").forEach((n) => { n.value = year; n.setAttribute("aria-valuetext", year); });
  document.querySelectorAll("output.year").forEach((n) => { n.textContent = year; });
  redraw((c) => c.yearly);
}
function stop() {
  clearInterval(timer); timer = null;
  document.querySelectorAll("button.play").forEach((n) => { n.textContent = "▶ " + word("play"); });
}
function yearTools() {
  if (years.length < 2) return [];
  const slider = el("input", { type: "range", className: "year", min: years[0], max: years[years.length - 1], step: 1, value: state.year, on: { input: (e) => setYear(+e.target.value) } });
  const play = el("button", { type: "button", className: "play", on: { click: () => {
    if (timer) return stop();
    if (state.year >= years[years.length - 1]) setYear(years[0]);
    document.querySelectorAll("button.play").forEach((n) => { n.textContent = "⏸ " + word("pause"); });
    timer = setInterval(() => { if (state.year >= years[years.length - 1]) stop(); else setYear(state.year + 1); }, 900);
  } } }, "▶ " + word("play"));
  return [el("label", {}, word("year") + " ", slider, el("output", { className: "year" }, String(state.year))), play];
}
const factorTool = () => picker(word("factor"), factors.map((f) => [f, word(f)]), state.factor, (v) => { state.factor = v; document.querySelectorAll("select.factor").forEach((n) => { n.value = v; }); redraw((c) => c.flows); });
const flowYear = () => D.flows && D.flows.years.find((y) => y.factor === state.factor && y.year === state.year);
const mark = (label) => { label.querySelector("select").className = "factor"; return label; };

function mapSection() {
  const part = section("map");
  if (!geo) { part.append(el("p", { className: "card how" }, word("none"))); return; }
  const P = D.places, diff = isComparison;
  const search = el("input", { type: "search", size: 16, placeholder: word("search"), on: { input: () => find(search.value) } });
  search.setAttribute("aria-label", word("search"));
  const found = el("div", { className: "found", role: "status" });
  function find(text) {
    const wanted = text.trim().toLowerCase();
    found.replaceChildren();
    if (!wanted) return;
    P.id.map((_, p) => p).filter((p) => [P.name[p], P.name_en[p], P.id[p]].some((n) => n.toLowerCase().includes(wanted))).slice(0, 8).forEach((p) => found.append(el("button", { type: "button", on: { click: () => choose(p) } }, placeName(p))));
  }
  const choose = (p) => { state.place = p; redraw((c) => c.id === "map"); clear.hidden = p < 0; };
  const clear = el("button", { type: "button", hidden: state.place < 0, on: { click: () => { search.value = ""; found.replaceChildren(); choose(-1); } } }, word("clear"));
  const count = el("output", {}, String(state.arrows));
  const measures = diff ? [...new Set(D.node_differences.map((d) => d[1]))].map((i) => [i, indicatorName(i)]) : [["tier", word("tier")]].concat(D.nodes ? D.nodes.columns.map((c) => [c[0], word(c[0]) === c[0].replace(/_/g, " ") ? indicatorName(c[0]) : word(c[0])]) : []);
  if (diff && !measures.some((m) => m[0] === state.measure)) state.measure = has(measures.map((m) => m[0]), "income_per_head") ? "income_per_head" : (measures[0] || ["tier"])[0];
  let zoom = [[0, 100], [0, 100]];
  const zoomTo = (f) => {
    const z = c.chart.getOption().dataZoom;
    zoom = f === 0 ? [[0, 100], [0, 100]] : [0, 1].map((a) => { const m = (z[a].start + z[a].end) / 2, w = Math.min(50, (z[a].end - z[a].start) / 2 * f); return [Math.max(0, m - w), Math.min(100, m + w)]; });
    c.chart.dispatchAction({ type: "dataZoom", batch: zoom.map(([start, end], dataZoomIndex) => ({ dataZoomIndex, start, end })) });
  };
  const button = (text, name, f) => { const b = el("button", { type: "button", on: { click: () => zoomTo(f) } }, text); b.setAttribute("aria-label", name); b.title = name; return b; };
  const tools = [
    diff ? [] : yearTools(), diff || !D.flows ? [] : [mark(factorTool()),
      el("label", {}, word("shown") + " ", el("input", { type: "range", min: 0, max: 400, step: 10, value: state.arrows, on: { input: (e) => { state.arrows = +e.target.value; count.textContent = e.target.value; redraw((x) => x.id === "map"); } } }), count),
      outsideIds.size ? el("label", {}, el("input", { type: "checkbox", id: "outside", checked: state.outside, on: { change: (e) => { state.outside = e.target.checked; redraw((x) => x.id === "map"); } } }), word("outside_too")) : null],
    picker(word("measure"), measures, state.measure, (v) => { state.measure = v; redraw((x) => x.id === "map"); }),
    search, clear, button("+", word("zoom_in"), 0.6), button("−", word("zoom_out"), 1.6), button("⤢", word("reset"), 0), found].flat();
  const arrows = () => {
    const F = flowYear();
    if (!F || diff) return [];
    const code = state.place >= 0 ? new Set([P.id[state.place], P.county[state.place], P.prefecture[state.place]]) : null;
    return F.net.filter(([a, b]) => {
      const out = outsideIds.has(D.flows.units[a]) || outsideIds.has(D.flows.units[b]);
      if (out && !state.outside && !code) return false;
      return !code || (D.flows.level === "node" ? D.flows.units[a] === P.id[state.place] || D.flows.units[b] === P.id[state.place] : code.has(D.flows.units[a]) || code.has(D.flows.units[b]));
    }).slice(0, state.arrows).map((f) => ({ f, a: unitPoint(f[0]), b: unitPoint(f[1]) })).filter((x) => x.a && x.b);
  };
  const differences = () => new Map(D.node_differences.filter((d) => d[0] === comparisons[state.comparison] && d[1] === state.measure).map((d) => [d[2], d]));
  const c = card(part, {
    id: "map", title: word("c_map"), read: word(diff ? "r_map_diff" : "r_map"), size: "tall", canvas: true, yearly: true, flows: true, tools, unit: diff ? unitName(unitOf(state.measure)) : word("u_persons") + " / " + word("u_yuan"),
    source: diff ? "compare.csv, places.csv" : "nodes.csv, flows.csv, places.csv",
    rows: () => diff ? [["comparison", "indicator", "node", "difference", "low", "high"]].concat(D.node_differences) : [["year", "factor", "origin", "destination", "net_amount", "unit"]].concat((flowYear() || { net: [] }).net.map((f) => [state.year, state.factor, D.flows.units[f[0]], D.flows.units[f[1]], f[2], factorUnit(state.factor)])),
    click: (e) => { if (e.data && e.data.place !== undefined) choose(e.data.place === state.place ? -1 : e.data.place); },
    option: () => {
      const w = c.chartBox.clientWidth || 800, h = c.chartBox.clientHeight || 500, g = geo;
      const per = Math.max((g.east - g.west) / (w - 20), (g.north - g.south) / (h - 20)), cx = (g.west + g.east) / 2, cy = (g.south + g.north) / 2;
      const axis = (m, s) => ({ type: "value", min: m - per * s / 2, max: m + per * s / 2, show: false });
      const pop = P.id.map((_, p) => valueAt("residents", state.year, p)), most = Math.max(1, ...pop.filter((x, p) => finite(x) && P.tier[p] !== "outside"));
      const big = P.id.length > 1500 ? 18 : w < 600 ? 22 : 34;
      const size = (p) => P.tier[p] === "outside" ? 16 : !finite(pop[p]) ? 8 : Math.max(P.id.length > 1500 ? 2 : 5, big * Math.sqrt(pop[p] / most));
      let tone = (p) => tierColour(P.tier[p]);
      const d = diff ? differences() : null;
      c.scale = null;
      if (diff && d.size) {
        const top = Math.max(1e-12, ...[...d.values()].map((x) => Math.abs(x[3]) || 0));
        tone = (p) => { const x = d.get(P.id[p]); if (!x || !finite(x[3]) || (x[4] <= 0 && x[5] >= 0)) return isDark() ? "#777" : "#bbb"; return x[3] > 0 ? colours()[0] : colours()[5]; };
        c.sizeOf = (p) => { const x = d.get(P.id[p]); return x && finite(x[3]) ? 5 + big * Math.sqrt(Math.abs(x[3]) / top) : 5; };
      } else if (state.measure !== "tier") {
        const vs = P.id.map((_, p) => valueAt(state.measure, state.year, p)), ok = vs.filter(finite).sort((a, b) => a - b), lo = ok[Math.floor(0.02 * ok.length)], hi = ok[Math.min(ok.length - 1, Math.ceil(0.98 * ok.length))];
        tone = (p) => (finite(vs[p]) ? sequential((vs[p] - lo) / (hi - lo || 1)) : "#999");
        c.scale = [lo, hi];
      }
      const sizeOf = diff && d.size ? c.sizeOf : size;
      // A village stands at its seat's point: beside it on the map, so that both are seen.
      const X = geo.x.slice(), Y = geo.y.slice(), seats = new Map();
      P.id.forEach((_, p) => { if (P.tier[p] !== "village" && P.county[p]) seats.set(P.county[p], p); });
      if (P.id.length <= 1500) P.id.forEach((_, p) => {
        const seat = P.tier[p] === "village" ? seats.get(P.county[p]) : undefined;
        if (seat === undefined || Math.hypot(X[p] - X[seat], Y[p] - Y[seat]) > 12 * per) return;
        const r = (sizeOf(p) + sizeOf(seat)) / 2 * 0.72 * per;
        X[p] = X[seat] + r; Y[p] = Y[seat] - r;
      });
      const list = arrows(), top = list.length ? list[0].f[2] : 1;
      const end = (q, unit) => (D.flows.level === "node" ? [X[q.place], Y[q.place], sizeOf(q.place)] : [q.x, q.y, 6]);
      const coords = ({ f, a, b }) => {
        const [ax, ay] = end(a), [bx, by, size] = end(b), dx = bx - ax, dy = by - ay, l = Math.hypot(dx, dy) || 1e-9;
        // The tip of a bent arrow arrives turned from the straight line; it ends at the rim of the mark.
        const back = Math.min(0.45 * l, (size / 2 + 2) * per), turn = 0.46, ux = dx / l, uy = dy / l;
        return [[ax, ay], [bx - back * (ux * Math.cos(turn) + uy * Math.sin(turn)), by - back * (uy * Math.cos(turn) - ux * Math.sin(turn))]];
      };
      const series = [];
      if (list.length) series.push({ type: "lines", coordinateSystem: "cartesian2d", z: 2, polyline: false, symbol: ["none", "arrow"], symbolSize: 8, lineStyle: { color: ink(), opacity: 0.5, curveness: 0.25 }, emphasis: { lineStyle: { opacity: 1, color: colours()[5] } },
        data: list.map((x) => ({ coords: coords(x), flow: x.f, ...x })).map(({ coords, f }) => ({ coords, flow: f, lineStyle: { width: 0.6 + 5.4 * Math.sqrt(f[2] / top) }, symbolSize: 6 + 6 * Math.sqrt(f[2] / top) })) });
      for (const tier of ["outside", "village", "county_seat", "city"]) {
        const data = P.id.map((_, p) => p).filter((p) => P.tier[p] === tier && finite(geo.x[p])).sort((a, b) => sizeOf(b) - sizeOf(a)).map((p) => ({ value: [X[p], Y[p]], place: p, symbolSize: sizeOf(p), itemStyle: { color: tone(p), opacity: 0.82, borderColor: p === state.place ? ink() : ground(), borderWidth: p === state.place ? 3 : 0.6 } }));
        if (data.length && !(diff && tier === "outside")) series.push({ type: "scatter", name: word(tier), symbol: SHAPES[tier], z: 3, data, color: state.measure === "tier" ? tierColour(tier) : soft(), cursor: "pointer" });
      }
      // Names of prefectures at their largest node, largest first, where they have room.
      const largest = new Map(), boxes = [], names = [];
      P.id.forEach((_, p) => { if (P.tier[p] === "outside" || !prefectureName.has(P.prefecture[p]) || !finite(X[p])) return; const q = largest.get(P.prefecture[p]); const rank = (n) => (P.tier[n] === "city" ? 1e12 : 0) + (pop[n] || 0); if (q === undefined || rank(p) > rank(q)) largest.set(P.prefecture[p], p); });
      [...largest].sort((a, b) => (pop[b[1]] || 0) - (pop[a[1]] || 0)).slice(0, w < 600 ? 12 : 30).forEach(([code, p]) => {
        const text = prefectureName.get(code), x = X[p] / per, y = Y[p] / per + sizeOf(p) / 2 + 9, half = text.length * (/[\u4e00-\u9fff]/.test(text) ? 6.5 : 3.6) + 3;
        if (boxes.some((b) => Math.abs(b[0] - x) < b[2] + half && Math.abs(b[1] - y) < 16)) return;
        boxes.push([x, y, half]); names.push({ value: [X[p], Y[p]], symbolSize: sizeOf(p), label: { formatter: text.replace(/[{}|]/g, " ") } });
      });
      if (names.length) series.push({ type: "scatter", silent: true, z: 4, data: names, itemStyle: { color: "transparent" }, label: { show: true, position: "top", distance: 2, color: ink(), fontSize: 12, fontWeight: 600, textBorderColor: ground(), textBorderWidth: 3 } });
      if (state.place >= 0 && finite(geo.x[state.place])) series.push({ type: "scatter", silent: true, z: 5, symbol: "circle", data: [{ value: [X[state.place], Y[state.place]], symbolSize: sizeOf(state.place) + 14 }], itemStyle: { color: "transparent", borderColor: colours()[5], borderWidth: 3 }, label: { show: true, formatter: () => placeName(state.place), position: "top", color: ink(), fontWeight: "bold", textBorderColor: ground(), textBorderWidth: 3 } });
      return {
        grid: { left: 0, right: 0, top: 0, bottom: 0 }, xAxis: axis(cx, w), yAxis: axis(cy, h),
        legend: { left: 8, bottom: 6, orient: w < 600 ? "horizontal" : "vertical", data: ["city", "county_seat", "village", "outside"].map((t) => ({ name: word(t), icon: SHAPES[t] })).filter((n) => series.some((s) => s.name === n.name)), textStyle: { color: ink() }, backgroundColor: ground() + "cc", padding: 6, itemWidth: 14, itemHeight: 12 },
        dataZoom: [0, 1].map((a) => ({ type: "inside", [a ? "yAxisIndex" : "xAxisIndex"]: 0, filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, start: zoom[a][0], end: zoom[a][1] })),
        tooltip: { ...tip(), trigger: "item", formatter: (e) => {
          if (e.data && e.data.flow) { const f = e.data.flow; return `${esc(flowUnitName(f[0]))} → ${esc(flowUnitName(f[1]))}<br>${esc(word(state.factor))}: <b>${withUnit(f[2], factorUnit(state.factor))}</b>`; }
          const p = e.data && e.data.place;
          if (p === undefined) return "";
          let text = `<b>${esc(placeName(p))}</b> · ${esc(word(P.tier[p]))}` + (P.prefecture_name[p] ? "<br>" + esc(prefectureName.get(P.prefecture[p])) : "");
          if (d) { const x = d.get(P.id[p]); return text + (x ? `<br>${esc(indicatorName(state.measure))}: ${signed(x[3], unitOf(state.measure))} [${number(x[4], unitOf(state.measure))}, ${number(x[5], unitOf(state.measure))}]` : ""); }
          for (const n of ["residents", "income_yuan", "output_per_head_yuan", state.measure]) { const col = column(n); if (col >= 0 && finite(valueAt(n, state.year, p)) && !(n === state.measure && text.includes("\u200b" + n))) text += `<br>\u200b${esc(word(n))}: ${withUnit(valueAt(n, state.year, p), D.nodes.columns[col][1])}`; }
          return text;
        } },
        series,
      };
    },
    after: (below) => {
      const parts = [];
      if (c.scale) parts.push(el("p", { className: "key" }, number(c.scale[0], (D.nodes.columns[column(state.measure)] || [])[1]), el("span", { className: "scale", style: "background:linear-gradient(90deg," + [0, 0.25, 0.5, 0.75, 1].map(sequential).join(",") + ")" }), number(c.scale[1], (D.nodes.columns[column(state.measure)] || [])[1])));
      if (!diff && D.flows) {
        const F = flowYear(), list = arrows();
        parts.push(el("p", { className: "how" }, !F || !F.net.length ? word("no_flow") : word("map_share", { n: list.length, p: number(list.reduce((s, x) => s + x.f[2], 0) / F.net_total, "share"), m: F.pairs.toLocaleString("en-US") }), D.flows.level !== "node" ? " " + word("flow_level", { l: word(D.flows.level) }) : ""));
        if (list.length) parts.push(el("details", {}, el("summary", {}, word("largest")), table([word("from"), word("to"), unitLabel(factorUnit(state.factor))], list.slice(0, 12).map(({ f }) => [flowUnitName(f[0]), flowUnitName(f[1]), number(f[2])]), [2])));
      }
      below.replaceChildren(...parts);
    },
  });
}
const unitLabel = (u) => word("u_" + u);

// ---- exchange ----------------------------------------------------------------------------------------
function exchange() {
  const part = section("exchange");
  if (!D.tiers.length) { part.append(el("p", { className: "card how" }, word("none"))); return; }
  const pairs = () => {
    if (state.level === "tiers") {
      const t = D.tiers.find((x) => x.factor === state.factor && x.year === state.year);
      return t ? t.amount.map((v, n) => [word(TIERS[Math.floor(n / 4)]), word(TIERS[n % 4]), v]).filter((x) => x[2] > 0) : [];
    }
    const F = flowYear();
    if (!F) return [];
    const name = (n) => { const code = D.flows.prefectures[n]; return outsideIds.has(code) ? word("outside") : prefectureName.get(code) || code; };
    const sums = new Map();
    F.prefectures.forEach(([a, b, v]) => [a, b].forEach((n) => sums.set(n, (sums.get(n) || 0) + v)));
    const top = new Set([...sums].sort((a, b) => b[1] - a[1]).slice(0, 11).map((x) => x[0])), out = new Map();
    F.prefectures.forEach(([a, b, v]) => { const key = (top.has(a) ? name(a) : word("other")) + "\t" + (top.has(b) ? name(b) : word("other")); out.set(key, (out.get(key) || 0) + v); });
    return [...out].map(([k, v]) => [...k.split("\t"), v]).filter((x) => x[2] > 0);
  };
  const rows = () => [["year", "factor", "origin", "destination", "amount", "unit"]].concat(pairs().map((p) => [state.year, state.factor, ...p, factorUnit(state.factor)]));
  const tools = () => [yearTools(), mark(factorTool()), D.flows && D.flows.level !== "tier" ? (() => { const l = picker(word("level"), [["tiers", word("between_tiers")], ["prefectures", word("between_prefectures")]], state.level, (v) => { state.level = v; document.querySelectorAll("select.level").forEach((n) => { n.value = v; }); redraw((c) => c.exchange); }); l.querySelector("select").className = "level"; return l; })() : null].flat().filter(Boolean);
  const colour = (names) => (name) => { const t = TIERS.find((x) => word(x) === name); return t ? tierColour(t) : colours()[names.indexOf(name) % 7]; };
  const label = { color: ink(), fontSize: 12, textBorderColor: ground(), textBorderWidth: 2 };
  const tooltip = () => ({ ...tip(), trigger: "item", formatter: (e) => e.dataType === "edge" ? `${esc(String(e.data.source).trim())} → ${esc(String(e.data.target).trim())}<br><b>${withUnit(e.data.value, factorUnit(state.factor))}</b>` : `${esc(String(e.name).trim())}: <b>${withUnit(e.value, factorUnit(state.factor))}</b>` });
  const common = { yearly: true, flows: true, exchange: true, rows, size: "mid", source: "tier_flows.csv, flows.csv", unit: word("u_persons") + " / " + word("u_yuan"), empty: () => word("no_flow") };
  const grid = el("div", { className: "grid" });
  part.append(grid);
  card(grid, { ...common, id: "sankey", title: word("c_sankey"), read: word("r_sankey"), tools: tools(), option: () => {
    const list = pairs(), names = [...new Set(list.flatMap((p) => [p[0], p[1]]))], tone = colour(names);
    if (!list.length) return null;
    // The right side has names of its own (a trailing blank), because a place both sends and receives.
    const nodes = [...new Set(list.map((p) => p[0]))].map((n) => ({ name: n, depth: 0, itemStyle: { color: tone(n) }, label: { position: "right" } })).concat([...new Set(list.map((p) => p[1]))].map((n) => ({ name: n + " ", depth: 1, itemStyle: { color: tone(n) }, label: { position: "left" } })));
    return { tooltip: tooltip(), series: [{ type: "sankey", left: 4, right: 4, top: 8, bottom: 8, nodeGap: 8, nodeWidth: 16, draggable: false, layoutIterations: 0, label, lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 }, data: nodes, links: list.map((p) => ({ source: p[0], target: p[1] + " ", value: p[2] })) }] };
  } });
  card(grid, { ...common, id: "chord", title: word("c_chord"), read: word("r_chord"), tools: tools(), option: () => {
    const list = pairs().filter((p) => p[0] !== p[1]), names = [...new Set(list.flatMap((p) => [p[0], p[1]]))], tone = colour(names);
    if (!list.length) return null;
    return { tooltip: tooltip(), series: [{ type: "chord", radius: ["62%", "68%"], padAngle: 2, minAngle: 3, label: { show: true, ...label, position: "outside" }, lineStyle: { color: "source", opacity: 0.35 }, data: names.map((n) => ({ name: n, itemStyle: { color: tone(n) } })), links: list.map((p) => ({ source: p[0], target: p[1], value: p[2] })) }] };
  } });
}

// ---- over the years ----------------------------------------------------------------------------------
const allIndicators = () => [...new Set((isComparison ? D.comparisons : D.series).map((s) => s.i))];
const scopesOf = (i) => [...new Set((isComparison ? D.comparisons : D.series).filter((s) => s.i === i).map((s) => s.s))];
function time() {
  const part = section("time"), grid = el("div", { className: "grid" }), there = new Set(allIndicators());
  part.append(grid);
  const tiers = (i) => scopeIds(i, "tier").filter((id) => id !== "outside").map((id) => [i, "tier", id]);
  const either = (i) => (has(scopesOf(i), "settlement") ? scopeIds(i, "settlement").map((id) => [i, "settlement", id]) : tiers(i));
  const area = (...list) => list.filter((i) => there.has(i)).map((i) => [i, "area", "all"]);
  for (const [id, items] of [
    ["population", tiers("residents")], ["urban", area("share_urban", "share_urban_registered")], ["income", either("income_per_head")], ["home", either("home_income_per_head")],
    ["ratio", area("income_ratio_residence", "income_ratio_home")], ["output", tiers("output_per_head")], ["capital", tiers("capital")], ["fiscal", area("self_sufficiency", "self_sufficiency_province")],
    ["services", area("cv_services", "cv_services_nodes")], ["ecology", tiers("ecology")], ["rent", tiers("rent_over_income")], ["talent", tiers("talent_per_1000")]]) {
    if (!items.length || !there.has(items[0][0])) continue;
    const i = items[0][0], unit = unitOf(i), names = () => items.map(([n, s, x]) => (s === "area" ? indicatorName(n) : scopeName(s, x)));
    card(grid, { id: "time-" + id, title: word("t_" + id) + (isDifference ? " · " + word("difference_of") : ""), read: readLine, unit: unitLabel(unit), source: indicatorSource, rows: () => lineRows(items), option: () => lineOption(items, unit, names()) });
  }
  explorer(part);
}
function explorer(part) {
  const list = allIndicators();
  if (!list.length) return;
  if (!has(list, state.explorer[0])) state.explorer[0] = list[0];
  const items = () => { const [i, s] = state.explorer; return scopeIds(i, s).map((id) => [i, s, id]); };
  const scopeBox = el("span", {});
  const scopeTool = () => { const s = scopesOf(state.explorer[0]); if (!has(s, state.explorer[1])) state.explorer[1] = s[0]; scopeBox.replaceChildren(picker(word("scope"), s.map((x) => [x, word(x)]), state.explorer[1], (v) => { state.explorer[1] = v; draw(c); })); };
  scopeTool();
  const c = card(part, { id: "explorer", title: word("c_explorer"), size: "mid", source: indicatorSource, unit: "", read: () => { const m = meaningOf.get(state.explorer[0]); return readLine() + (m ? ` ${indicatorName(m[0])}${state.lang === "zh" ? "" : ": " + m[2]} (${unitLabel(m[1])})` : ""); }, rows: () => lineRows(items()),
    tools: [picker(word("indicator"), list.map((i) => [i, indicatorName(i)]), state.explorer[0], (v) => { state.explorer[0] = v; scopeTool(); draw(c); }), scopeBox],
    option: () => lineOption(items(), unitOf(state.explorer[0]), items().map(([, s, id]) => scopeName(s, id))) });
  c.box.style.marginTop = "16px";
}

// ---- distribution ------------------------------------------------------------------------------------
function distribution() {
  const part = section("distribution"), grid = el("div", { className: "grid" });
  part.append(grid);
  const ci = column("income_yuan");
  if (ci >= 0) {
    const lorenz = (y) => {
      const v = D.nodes.values[ci][y], n = D.nodes.values[column("residents")][y], list = v.map((x, p) => [x, n[p]]).filter((x) => finite(x[0]) && x[1] > 0).sort((a, b) => a[0] - b[0]);
      let people = 0, money = 0; const N = list.reduce((s, x) => s + x[1], 0), M = list.reduce((s, x) => s + x[0] * x[1], 0), points = [[0, 0]];
      for (const x of list) { people += x[1]; money += x[0] * x[1]; points.push([people / N, money / M]); }
      return points.length > 400 ? points.filter((_, k) => k % Math.ceil(points.length / 400) === 0 || k === points.length - 1) : points;
    };
    const now = () => Math.max(0, D.nodes.years.indexOf(state.year));
    card(grid, { id: "lorenz", title: word("c_lorenz"), read: word("r_lorenz"), yearly: true, tools: yearTools(), source: "nodes.csv", unit: word("u_share"), rows: () => [["year", "share_residents", "share_income"]].concat([0, now()].flatMap((y) => lorenz(y).map((p) => [D.nodes.years[y], ...p]))),
      option: () => ({ grid: { left: 30, right: 16, top: 34, bottom: 26, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink() }, itemWidth: 18, icon: "roundRect", itemHeight: 4 }, tooltip: { ...tip(), trigger: "item", formatter: (e) => `${esc(e.seriesName)}: ${number(e.value[0], "share")} → ${number(e.value[1], "share")}` },
        xAxis: valueAxis("share", { min: 0, max: 1, name: word("poor_share"), nameLocation: "middle", nameGap: 28, nameTextStyle: { color: soft() } }), yAxis: valueAxis("share", { min: 0, max: 1, name: word("income_share"), nameLocation: "middle", nameGap: 46, nameTextStyle: { color: soft() } }),
        series: [{ type: "line", name: word("equal"), data: [[0, 0], [1, 1]], symbol: "none", color: soft(), lineStyle: { type: "dashed", width: 1 } }, ...[...new Set([0, now()])].map((y, k) => ({ type: "line", name: String(D.nodes.years[y]), data: lorenz(y), symbol: "circle", symbolSize: 3, color: colours()[k ? 5 : 0], lineStyle: { width: 2 } }))] }) });
  }
  const theil = ["theil_between_tiers", "theil_within_tiers", "theil_between_prefectures", "theil_within_prefectures"];
  if (line("theil_between_tiers", "area", "all")) {
    const items = theil.map((i) => [i, "area", "all"]);
    card(grid, { id: "theil", title: word("c_theil") + (isDifference ? " · " + word("difference_of") : ""), read: word("r_theil"), source: indicatorSource, unit: word("u_Theil T"), rows: () => lineRows(items), option: () => {
      const ls = items.map(([i, s, id]) => line(i, s, id)), name = (n) => word(n % 2 ? "within" : "between") + " " + word(n < 2 ? "tiers" : "prefectures");
      if (state.lang === "zh") var zh = (n) => word(n < 2 ? "tiers" : "prefectures") + word(n % 2 ? "within" : "between");
      const label = zh || name;
      return { grid: { left: 8, right: 14, top: 58, bottom: 6, containLabel: true }, legend: { top: 0, left: 0, right: 0, textStyle: { color: ink(), fontSize: 12 }, itemWidth: 14, itemHeight: 8 }, tooltip: { ...tip(), trigger: "axis", valueFormatter: (v) => number(v) }, xAxis: { type: "category", data: ls[0].years.map(String), axisLabel: axisText() }, yAxis: valueAxis("Theil T", { scale: false }),
        series: ls.map((l, n) => l && { type: "bar", name: label(n), stack: n < 2 ? "tiers" : "prefectures", data: l.mid.map(gap), color: colours()[[0, 4, 5, 1][n]], barCategoryGap: "25%" }).filter(Boolean) };
    } });
  }
  const co = column("output_per_head_yuan");
  if (ci >= 0 && co >= 0) {
    const P = D.places, many = P.id.length > 600, trailed = P.id.map((_, p) => p).filter((p) => P.tier[p] !== "outside").sort((a, b) => valueAt("residents", years[0], b) - valueAt("residents", years[0], a)).slice(0, many ? 120 : 600);
    const ok = (p, y) => valueAt("income_yuan", y, p) > 0 && valueAt("output_per_head_yuan", y, p) > 0;
    const c = card(part, { id: "scatter", title: word("c_scatter"), read: () => word("r_scatter") + (many ? " " + word("trails_few", { n: trailed.length }) : ""), size: "mid", canvas: true, yearly: true, tools: yearTools(), source: "nodes.csv", unit: word("u_yuan"),
      rows: () => [["year", "node", "tier", "residents", "income_yuan", "output_per_head_yuan"]].concat(years.flatMap((y) => P.id.map((id, p) => [y, id, P.tier[p], valueAt("residents", y, p), valueAt("income_yuan", y, p), valueAt("output_per_head_yuan", y, p)]).filter((r) => finite(r[4])))),
      option: () => {
        const span = (n) => { const v = D.nodes.values[column(n)].flat().filter((x) => finite(x) && x > 0).sort((a, b) => a - b); return [v[Math.floor(0.002 * v.length)], v[v.length - 1]]; };
        const nice = (x, up) => { const e = Math.pow(10, Math.floor(Math.log10(x))); const steps = [1, 2, 3, 5, 7, 10]; return e * (up ? steps.find((s) => s * e >= x) : [...steps].reverse().find((s) => s * e <= x)); };
        const axis = (n) => { const [a, b] = span(n); return { type: "log", min: nice(a, false), max: nice(b, true), name: word(n), nameLocation: "middle", nameTextStyle: { color: soft() }, axisLabel: { ...axisText(), formatter: (x) => number(x) }, splitLine: { lineStyle: { color: faint() } } }; };
        const most = Math.max(...P.id.map((_, p) => (P.tier[p] === "outside" ? 0 : valueAt("residents", state.year, p) || 0))), upto = years.filter((y) => y <= state.year);
        const series = [{ type: "lines", coordinateSystem: "cartesian2d", polyline: true, silent: true, z: 1, data: upto.length < 2 ? [] : trailed.map((p) => ({ coords: upto.filter((y) => ok(p, y)).map((y) => [valueAt("income_yuan", y, p), valueAt("output_per_head_yuan", y, p)]), lineStyle: { color: tierColour(P.tier[p]), opacity: 0.35, width: 1 } })).filter((t) => t.coords.length > 1) }];
        for (const tier of ["village", "county_seat", "city"]) series.push({ type: "scatter", name: word(tier), symbol: SHAPES[tier], color: tierColour(tier), z: 2, itemStyle: { opacity: 0.75 }, data: P.id.map((_, p) => p).filter((p) => P.tier[p] === tier && ok(p, state.year)).map((p) => ({ value: [valueAt("income_yuan", state.year, p), valueAt("output_per_head_yuan", state.year, p)], place: p, symbolSize: Math.max(4, 26 * Math.sqrt(valueAt("residents", state.year, p) / most)) })) });
        return { grid: { left: 34, right: 20, top: 34, bottom: 30, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink() }, data: ["city", "county_seat", "village"].map((t) => ({ name: word(t), icon: SHAPES[t] })) }, tooltip: { ...tip(), trigger: "item", formatter: (e) => e.data && e.data.place !== undefined ? `<b>${esc(placeName(e.data.place))}</b><br>${esc(word("income_yuan"))}: ${number(e.value[0])}<br>${esc(word("output_per_head_yuan"))}: ${number(e.value[1])}` : "" },
          xAxis: { ...axis("income_yuan"), nameGap: 30 }, yAxis: { ...axis("output_per_head_yuan"), nameGap: 48 }, series };
      } });
    c.box.style.marginTop = "16px";
  }
  if (!part.querySelector(".card")) part.append(el("p", { className: "card how" }, word("none")));
}

// ---- policies and money ------------------------------------------------------------------------------
function bars(list, unit) {
  return { grid: { left: 8, right: 30, top: 6, bottom: 6, containLabel: true }, tooltip: { ...tip(), trigger: "item", formatter: (e) => { const x = list[list.length - 1 - e.dataIndex]; return x ? `${esc(x.name)}<br><b>${signed(x.value, unit)}</b>` + (finite(x.low) ? ` [${number(x.low, unit)}, ${number(x.high, unit)}]` : "") : ""; } },
    xAxis: valueAxis(unit, { scale: false }), yAxis: { type: "category", data: list.map((x) => x.name).reverse(), axisLabel: { color: ink(), fontSize: 12, width: innerWidth < 600 ? 130 : 320, overflow: "break" }, axisTick: { show: false } },
    series: [{ type: "bar", data: list.map((x) => ({ value: x.value, itemStyle: { color: x.value < 0 ? colours()[5] : colours()[0] } })).reverse(), barMaxWidth: 18 }, ...(list.some((x) => finite(x.low)) ? [{ type: "custom", silent: true, z: 5, data: list.map((x, n) => [x.low, list.length - 1 - n, x.high]).filter((r) => finite(r[0])), renderItem: (params, api) => { const a = api.coord([api.value(0), api.value(1)]), b = api.coord([api.value(2), api.value(1)]); return { type: "path", shape: { pathData: `M${a[0]} ${a[1] - 4}V${a[1] + 4}M${a[0]} ${a[1]}H${b[0]}M${b[0]} ${b[1] - 4}V${b[1] + 4}` }, style: { stroke: ink(), lineWidth: 1.3, fill: "none" } }; }, encode: { x: [0, 2], y: 1 } }] : [])] };
}
function policy() {
  const part = section("policy"), grid = el("div", { className: "grid" });
  part.append(grid);
  const effects = extract(D.effects);
  if (effects.length) {
    const name = (r) => [r.policy || r.author, r.lever].filter(Boolean).join(" · "), counts = new Map();
    effects.forEach((r) => counts.set(name(r), (counts.get(name(r)) || 0) + 1));
    const list = [...counts].map(([n, value]) => ({ name: n, value })).sort((a, b) => b.value - a.value).slice(0, 14);
    const c = card(grid, { id: "effects", title: word("c_effects"), read: word("r_effects"), size: "mid", source: "effects.csv", unit: "", rows: () => [D.effects.columns, ...D.effects.rows], option: () => bars(list, ""), after: (below) => below.replaceChildren(el("details", {}, el("summary", {}, `${Math.min(100, effects.length)} / ${D.effects.total}`), el("div", { className: "scroll high" }, table(D.effects.columns, D.effects.rows.slice(0, 100))))) });
    void c;
  }
  const costs = costRows();
  if (costs.length) card(grid, { id: "costs", title: word("c_costs"), read: word("r_costs"), size: "mid", source: "costs.csv", unit: word("u_yuan"), rows: () => [D.costs.columns, ...D.costs.rows], option: () => bars(costRows().slice(0, 12).map((r) => ({ name: `${word(r.payer)} → ${word(r.receiver)}: ${word(r.purpose)}`, value: r.difference, low: r.low, high: r.high })), "yuan") });
  const parts = extract(D.attribution).filter((r) => r.scope === "area" && has(["income_ratio_residence", "output_per_head", "income_per_head"], r.indicator));
  if (parts.length) {
    const i = parts.some((r) => r.indicator === "income_ratio_residence") ? "income_ratio_residence" : parts[0].indicator;
    const list = parts.filter((r) => r.indicator === i).map((r) => ({ name: `${r.policy === "all" ? word("all") : r.policy} · ${word(r.kind)}`, value: num(r.value), low: num(r.low), high: num(r.high) })).slice(0, 24);
    card(grid, { id: "attribution", title: word("c_attribution") + " · " + indicatorName(i), read: word("r_attribution"), size: "mid", source: "attribution.csv", unit: unitLabel(unitOf(i)), rows: () => [D.attribution.columns, ...D.attribution.rows], option: () => bars(list, unitOf(i)) });
  }
  if (isDifference) {
    const items = () => scopeIds("income_per_head", "tier").map((id) => ["income_per_head", "tier", id]);
    if (items().length) card(grid, { id: "policy-effect", title: word("c_policy") + " · " + indicatorName("income_per_head"), read: readLine, size: "mid", source: indicatorSource, unit: word("u_yuan"), rows: () => lineRows(items()), option: () => lineOption(items(), "yuan", items().map((x) => scopeName(x[1], x[2]))) });
  }
  if (D.payments.length) {
    const first = D.payments[0][0], sums = () => { const m = new Map(); D.payments.filter((p) => p[0] === Math.max(first, state.year)).forEach((p) => { const key = p[1] + "\t" + p[2]; m.set(key, (m.get(key) || 0) + p[4]); }); return [...m].map(([k, v]) => { const [a, b] = k.split("\t"); return v < 0 ? [b, a, -v] : [a, b, v]; }).filter((x) => x[2] > 0); };
    const c = card(part, { id: "payments", title: word("c_payments"), read: word("r_payments"), size: "tall", yearly: true, tools: yearTools(), source: "accounts.csv", unit: word("u_yuan"), rows: () => [["year", "payer_class", "receiver_class", "purpose", "amount_yuan"], ...D.payments], option: () => {
      const list = sums(), names = [...new Set(list.flatMap((x) => [x[0], x[1]]))], tone = (n) => colours()[names.indexOf(n) % 8], tot = (k, n) => list.filter((x) => x[k] === n).reduce((s, x) => s + x[2], 0);
      const side = (k, depth) => [...new Set(list.map((x) => x[k]))].sort((a, b) => tot(k, b) - tot(k, a)).map((n) => ({ name: word(n) + (depth ? " " : ""), depth, itemStyle: { color: tone(n) }, label: { position: depth ? "left" : "right" } }));
      return { tooltip: { ...tip(), formatter: (e) => e.dataType === "edge" ? `${esc(e.data.source)} → ${esc(e.data.target)}<br><b>${withUnit(e.data.value, "yuan")}</b>` : `${esc(e.name)}: <b>${withUnit(e.value, "yuan")}</b>` }, series: [{ type: "sankey", left: 4, right: 4, top: 8, bottom: 8, nodeGap: 14, nodeWidth: 16, draggable: false, layoutIterations: 0, label: { color: ink(), fontSize: 12, textBorderColor: ground(), textBorderWidth: 2 }, lineStyle: { color: "source", opacity: 0.3 }, data: [...side(0, 0), ...side(1, 1)], links: list.map((x) => ({ source: word(x[0]), target: word(x[1]) + " ", value: x[2] })) }] };
    } });
    c.box.style.marginTop = "16px";
  }
  if (!part.querySelector(".card")) part.append(el("p", { className: "card how" }, word("none")));
}

// ---- audit, parameters -------------------------------------------------------------------------------
function audit() {
  const part = section("audit"), r = D.results[0];
  if (!r) return;
  const held = word(r.status === "finished" ? "held" : "not_known");
  const sessions = r.manifest.sessions || [], phases = new Map();
  sessions.forEach((s) => s.phases.forEach((p) => phases.set(p.phase, (phases.get(p.phase) || 0) + p.seconds)));
  const grid = el("div", { className: "grid" });
  part.append(grid);
  grid.append(el("div", { className: "card" }, el("h3", {}, word("identities")), el("p", { className: "how" }, word("identities_of")), table(["", "", word("status")], IDENTITIES.map((i) => [i[0], i[state.lang === "zh" ? 2 : 1], "✓ " + held]))));
  if (r.status !== "finished") grid.querySelectorAll("td:last-child").forEach((n) => { n.textContent = held; });
  if (phases.size) {
    const list = [...phases].map(([name, value]) => ({ key: name, name: word(name), value }));
    card(grid, { id: "phases", title: word("c_phases"), read: word("r_phases"), size: "mid", source: "manifest.json", unit: word("u_seconds"), rows: () => [["phase", "seconds"], ...list.map((x) => [x.key, x.value])], option: () => ({ ...bars(list, ""), tooltip: { ...tip(), trigger: "item", valueFormatter: (v) => number(v) + " s" } }) });
  } else grid.append(el("div", { className: "card" }, el("h3", {}, word("c_phases")), el("p", { className: "how" }, word("none"))));
  part.append(el("div", { className: "card", style: "margin-top:16px" }, table([word("started"), word("duration"), word("threads"), word("machine"), word("memory")], sessions.map((s) => [s.started, number(s.duration_seconds) + " s", String(s.threads), [s.machine.processor, s.machine.system, s.machine.architecture].filter(Boolean).join(", "), s.peak_resident_bytes ? number(s.peak_resident_bytes / 1048576) + " MiB" : "–"]), [1, 2, 4]), r.manifest.message ? el("p", { className: "note" }, r.manifest.message) : null));
  part.append(el("details", { className: "card" }, el("summary", {}, word("checksums")), D.results.map((x) => [el("h3", {}, x.name), table([word("file"), word("bytes"), "sha256"], [...x.tables.map((t) => [t[0], t[1].toLocaleString("en-US"), el("code", { className: "hash" }, t[2])]), ...x.manifest.inputs.map((t) => [t.name + " (" + word("inputs") + ")", t.bytes.toLocaleString("en-US"), el("code", { className: "hash" }, t.sha256)])], [1])])));
}
function parameters() {
  const part = section("parameters"), scenario = (D.results[0] || { manifest: { scenarios: [] } }).manifest.scenarios[0];
  const lists = (key, all) => el("div", { className: "card" }, el("h3", {}, word(key)), all.length ? el("ul", {}, all.map((x) => el("li", {}, typeof x === "string" ? x : JSON.stringify(x)))) : el("p", { className: "how" }, word("none")));
  const unique = (key) => [...new Set(D.results.flatMap((r) => r[key].map((x) => (typeof x === "string" ? x : JSON.stringify(x)))))];
  part.append(el("div", { className: "grid" }, lists("assumptions", unique("assumptions")), lists("sources", unique("sources"))));
  const body = el("div", { className: "scroll high" });
  const filter = el("input", { type: "search", size: 16, placeholder: word("filter"), on: { input: show } }), only = el("input", { type: "checkbox", on: { change: show } });
  filter.setAttribute("aria-label", word("filter"));
  const values = (p) => [...new Set(p.values.filter(finite))];
  function show() {
    const wanted = filter.value.trim().toLowerCase();
    const rows = D.parameters.filter((p) => (!wanted || `${p.key} ${p.symbol} ${p.meaning} ${p.trust}`.toLowerCase().includes(wanted)) && (!only.checked || values(p).some((v) => v !== p.default)));
    body.replaceChildren(table([word("key"), word("symbol"), word("value"), word("default"), word("unit"), word("trust"), word("meaning"), word("source")], rows.map((p) => { const v = values(p), text = v.length ? v.map(String).join(" / ") : "–"; return [el("code", {}, p.key), p.symbol, v.some((x) => x !== p.default) ? el("b", {}, text) : text, String(p.default), p.unit, el("span", { className: "chip t-" + p.trust }, word("trust_" + p.trust)), p.meaning, p.source === "none" ? "–" : p.source]; }), [2, 3]));
  }
  show();
  part.append(el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("s_parameters")), el("p", { className: "how" }, word("trust_note")), el("div", { className: "tools" }, filter, el("label", {}, only, word("changed_only"))), body, el("div", { className: "foot" }, el("span", {}, word("source") + ": manifest.json"), el("button", { type: "button", on: { click: () => download("parameters", [["key", "symbol", "value", "default", "unit", "trust", "meaning", "source"], ...D.parameters.map((p) => [p.key, p.symbol, values(p).join("; "), p.default, p.unit, p.trust, p.meaning, p.source])]) } }, word("download")))));
  if (scenario) part.append(el("details", { className: "card" }, el("summary", {}, word("scenario_text")), el("pre", {}, scenario.text)));
  const notes = D.notes.map((n) => word("n_" + n.key, n));
  part.append(el("p", { className: "how" }, [word("n_digits"), ...notes].join(" ")));
}

// ---- the page ----------------------------------------------------------------------------------------
let turn = 0;
function build() {
  stop();
  const mine = ++turn;
  cards.forEach((c) => c.chart && c.chart.dispose());
  cards = [];
  if (state.year === null) { state.year = years.length ? years[years.length - 1] : 0; }
  if (!has(factors, state.factor) && factors.length) state.factor = factors[0];
  byId("main").replaceChildren();
  header(); headline(); mapSection(); exchange(); time(); distribution(); policy(); audit(); parameters();
  // One chart at a time, so that the page can be read while the rest is drawn.
  const queue = cards.slice();
  document.documentElement.dataset.ready = "no";
  const next = () => {
    if (mine !== turn) return;
    const c = queue.shift();
    if (!c) { document.documentElement.dataset.ready = "yes"; return; }
    draw(c);
    setTimeout(next, 0);
  };
  next();
}
let resized = null;
window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => cards.forEach((c) => { if (c.chart) { c.chart.resize(); draw(c); } }), 150); });
window.addEventListener("beforeprint", () => { document.documentElement.dataset.theme = "light"; cards.forEach((c) => c.chart && c.chart.resize()); });
window.addEventListener("afterprint", () => { document.documentElement.dataset.theme = isDark() ? "dark" : "light"; cards.forEach((c) => c.chart && c.chart.resize()); });
dark.addEventListener("change", () => { if (state.theme === "auto") build(); });
window.shanhaiReport = { state, cards: () => cards };
build();
})();
