// What was run, the three gaps, who gains and who loses, cost and payer.
function header() {
  const r = D.results[0] || { title: "" };
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  document.querySelectorAll("[data-word]").forEach((n) => { n.textContent = word(n.dataset.word); });
  byId("top").replaceChildren(
    el("div", { className: "choices" },
      el("button", { type: "button", id: "language", lang: state.lang === "zh" ? "en" : "zh-CN", on: { click: () => { state.lang = state.lang === "zh" ? "en" : "zh"; build(); } } }, word("language")),
      picker(word("theme"), ["auto", "light", "dark"].map((t) => [t, word("theme_" + t)]), state.theme, (v) => { state.theme = v; build(); }, "choose-theme"),
      picker(word("palette"), Object.keys(PALETTES).map((p) => [p, word("palette_" + p)]), state.palette, (v) => { state.palette = v; build(); }, "choose-palette"),
      el("button", { type: "button", on: { click: () => window.print() } }, word("print"))),
    el("p", { className: "brand" }, word("brand")), el("h1", {}, r.title), r.description ? el("p", {}, r.description) : null);
  const parts = ["headline", "map", "exchange", "time", "distribution", "policy", "audit", "parameters"];
  byId("sections").replaceChildren(el("ul", {}, parts.map((p) => el("li", {}, el("a", { href: "#" + p }, word("s_" + p))))));
}
/// Whether a difference can be told from luck: 1 above zero, -1 below, 0 not.
const sideOf = (low, high) => (low > 0 && high > 0 ? 1 : low < 0 && high < 0 ? -1 : 0);
const range = (low, high, unit) => (finite(low) && finite(high) ? `[${number(low, drawnUnit(unit), 3, true)}, ${number(high, drawnUnit(unit), 3, true)}]` : "");
/// What kind of interval stands in brackets.
function bracket(n) {
  if (!isComparison) return n > 1 ? word("range_of_runs", { n }) : word("one_run");
  const own = intervalOf();
  return n > 1 && own ? word("interval_of", { p: plain(100 * own[0], 3), k: word("interval_" + own[1]), n }) : word("one_pair");
}
/// A number of the headline; of a comparison the difference, its interval, and both levels.
function tile(name, of, l, unit, gap) {
  if (!l || !l.mid.some(finite)) return null;
  const seen = l.mid.map((x, t) => [x, t]).filter((p) => finite(p[0])), [b, tb] = seen[seen.length - 1], [a, ta] = seen[0];
  const value = isDifference ? signed(b, unit) : number(a, unit) + " → " + number(b, unit);
  const lines = [el("div", { className: "was" }, [isDifference ? l.years[tb] : l.years[ta] + " → " + l.years[tb], l.n > 1 ? range(l.low[tb], l.high[tb], unit) : ""].filter(Boolean).join(" · "))];
  if (l.baseline) lines.push(el("div", { className: "was" }, word("without") + " " + number(l.baseline[tb], unit, 4) + " → " + word("with") + " " + number(l.policy[tb], unit, 4)));
  if (isDifference && l.n > 1) {
    const side = sideOf(l.low[tb], l.high[tb]);
    lines.push(el("div", { className: "verdict v" + side }, word(side === 0 ? "unclear" : gap ? (side < 0 ? "narrower" : "wider") : side < 0 ? "lower" : "higher")));
  }
  return el("div", { className: "tile" }, el("span", {}, name), el("b", {}, value, el("small", {}, " " + (unit === "share" ? "" : unitLabel(unit)))), ...lines, el("div", { className: "what" }, of));
}
function headline() {
  const part = section("headline");
  part.append(el("p", {}, word(isComparison ? "difference_note" : isScenarios ? "scenarios_note" : "single_note")));
  if (isComparison && comparisons.length > 1) part.append(el("div", { className: "tools" }, picker(word("comparison"), comparisons.map((c, n) => [n, c]), state.comparison, (v) => { state.comparison = +v; build(); }, "choose-comparison")));
  if (isScenarios) part.append(el("div", { className: "tools" }, picker(word("scenario"), groups.slice(1).map((g, n) => [n + 1, g.name]), state.scenario, (v) => { state.scenario = +v; build(); }, "choose-scenario"), el("span", { className: "how" }, word("against") + " " + groups[0].name)));
  const gaps = [["gap_regional", "theil_between_prefectures", "Theil T"], ["gap_urban", "income_ratio_residence", "ratio"], ["gap_home", "income_ratio_home", "ratio"], ["gap_income", "gini", "Gini"]];
  const others = [["card_urban", "share_urban", "share"], ["card_income", "income_per_head", "yuan"], ["card_output", "output_per_head", "yuan"], ["card_people", "residents", "persons"]];
  const row = (list, gap) => el("div", { className: "tiles" }, list.map(([key, i, unit]) => tile(word(key), word(key + "_of"), line(i, "area", "all"), unit, gap)).filter(Boolean));
  part.append(el("h3", {}, word("gaps")), row(gaps, true), el("h3", {}, word("levels")), row(others, false));
  const any = line("income_ratio_residence", "area", "all") || line("residents", "area", "all");
  if (any) part.append(el("p", { className: "how brackets" }, (any.n > 1 ? word("brackets") + " " : "") + capital(bracket(any.n))));
  what(part);
  winners(part);
  payers(part);
  part.append(el("p", { className: "note" }, word("warning")));
}
/// What was run.
function what(part) {
  const rows = D.results.map((r, f) => {
    const run = ((r.manifest.scenarios[0] || {}).resolved || {}).run || {}, from = +(r.run.start_year || run.start_year), n = +(r.run.years || run.years);
    const d = D.comparisons.find((x) => x.f === f && x.i === "residents" && x.s === "area"), s = (index.get("residents\tarea\tall") || []).find((x) => x.f === f);
    const people = d ? d.baseline[d.baseline.length - 1] : s ? s.v[s.v.length - 1] : NaN;
    const years = finite(from) && finite(n) ? `${from}–${from + n}` : d ? `${d.years[0]}–${d.years[d.years.length - 1]}` : "–";
    const of = r.kind === "run" ? r.run.replicate || "0" : String((d || D.comparisons.find((x) => x.f === f) || {}).replicates || "–");
    return [r.run.scenario || r.name, r.policies.length ? r.policies.map(policyName).join(state.lang === "zh" ? "、" : ", ") : word("no_policy"), r.run.seed || r.manifest.seed, of, Number(r.run.agents || 0).toLocaleString("en-US"), String(r.run.persons_per_agent || run.persons_per_agent || "–"), years, number(people, "persons"), word(r.status)];
  });
  part.append(el("div", { className: "card" }, el("h3", {}, word("what_was_run")), table(["scenario", "policies", "seed", isComparison ? "replicates" : "replicate", "agents", "persons_per_agent", "years", "population", "status"].map((k) => word(k)), rows, [2, 3, 4, 5, 7])));
}
const gainers = () => ["home_income_per_head", "income_per_head"].filter((i) => isComparison ? D.node_differences.some((d) => d[1] === i) || D.comparisons.some((d) => d.i === i && d.s === "prefecture") : isScenarios ? D.series.some((s) => s.i === i && s.s === "prefecture") : column(i === "income_per_head" ? "income_yuan" : "home_income_yuan") >= 0);
/// Change by place: name, change, its interval, and the level it starts from.
function changes(i) {
  const last = (d) => { const t = d.years.length - 1; return { name: scopeName("prefecture", d.id), d: d.difference[t], low: d.low[t], high: d.high[t], base: d.baseline[t] }; };
  if (isComparison) {
    const c = comparisons[state.comparison], at = new Map(D.places ? D.places.id.map((id, p) => [id, p]) : []);
    const nodes = D.node_differences.filter((d) => d[0] === c && d[1] === i).map((d) => ({ name: at.has(d[2]) ? placeName(at.get(d[2])) : d[2], d: d[3], low: d[4], high: d[5], base: d[6] }));
    return nodes.length ? nodes : D.comparisons.filter((d) => d.c === c && d.i === i && d.s === "prefecture").map(last);
  }
  if (isScenarios) return [...new Set(D.series.filter((s) => s.i === i && s.s === "prefecture").map((s) => s.id))].map((id) => [id, line(i, "prefecture", id)]).filter((x) => x[1]).map(([id, l]) => { const t = l.mid.length - 1; return { name: scopeName("prefecture", id), d: l.mid[t], low: l.low[t], high: l.high[t], base: NaN }; });
  const v = D.nodes.values[column(i === "income_per_head" ? "income_yuan" : "home_income_yuan")], z = v[v.length - 1];
  return z.map((x, p) => (D.places.tier[p] === "outside" ? { d: NaN } : { name: placeName(p), d: finite(x) && finite(v[0][p]) ? x - v[0][p] : NaN, low: NaN, high: NaN, base: v[0][p] }));
}
function winners(part) {
  const all = gainers();
  if (!all.length) return;
  if (!has(all, state.gain)) state.gain = all[0];
  const box = el("div", {}), show = () => {
    const list = changes(state.gain).filter((x) => finite(x.d)).sort((a, b) => b.d - a.d), told = list.some((x) => finite(x.low));
    const won = list.filter((x) => (told ? sideOf(x.low, x.high) > 0 : x.d > 0)), lost = list.filter((x) => (told ? sideOf(x.low, x.high) < 0 : x.d < 0)).reverse();
    const cells = (x) => [x.name, signed(x.d, "yuan"), range(x.low, x.high, "yuan"), finite(x.base) && x.base > 0 ? signed(x.d / x.base, "percent") : ""];
    const side = (key, rows, none) => el("div", { className: "card" }, el("h3", {}, word(isDifference ? key : key + "_run")), rows.length ? table(["", word("u_yuan"), told ? word("bracketed") : "", word("of_level")], rows.slice(0, 8).map(cells), [1, 2, 3]) : el("p", { className: "how" }, word(told ? none : none + "_run")), rows.length > 8 ? el("p", { className: "how" }, word("and_more", { n: rows.length - 8 })) : null);
    const count = told ? word("counted", { n: list.length, w: won.length, l: lost.length, u: list.length - won.length - lost.length }) + (isComparison ? " " + word("by_luck", { k: Math.round(list.length * (1 - (intervalOf() || [0.95])[0])) }) : "") : word("counted_run", { n: list.length, w: won.length, l: lost.length });
    const rows = [["place", "difference_yuan", "low_yuan", "high_yuan", "without_yuan"]].concat(list.map((x) => [x.name, x.d, x.low, x.high, x.base]));
    box.replaceChildren(el("p", { className: "how" }, word(isDifference ? "winners_of_policy" : "winners_of_run") + " " + word(state.gain === "home_income_per_head" ? "by_home" : "by_residence") + " " + count), el("div", { className: "grid" }, side("winners", won, "no_winner"), side("losers", lost, "no_loser")), footOf(isComparison ? "compare.csv" : isScenarios ? "indicators.csv" : "nodes.csv", word("u_yuan"), "winners", () => rows));
  };
  show();
  part.append(el("section", { id: "winners" }, el("h3", {}, word("who_gains")), all.length > 1 ? el("div", { className: "tools" }, picker(word("income_of"), all.map((i) => [i, indicatorName(i)]), state.gain, (v) => { state.gain = v; show(); })) : null, box));
}
function extract(x) { return x ? x.rows.map((row) => Object.fromEntries(x.columns.map((c, n) => [c, row[n]]))) : []; }
/// An end of an interval in a table; one replicate has none.
const end = (row, name) => (single.has(comparisons[state.comparison]) ? NaN : num(row[name]));
const num = (text) => (text === undefined || text === "" ? NaN : +text);
/// Programme money, line by line, over all years: of a comparison with intervals, of a run as it was paid.
function costRows() {
  if (isComparison) return extract(D.policies.costs).filter((r) => r.comparison === comparisons[state.comparison]).map((r) => ({ policy: r.policy, payer: r.payer, purpose: r.purpose, value: num(r.difference_yuan), low: end(r, "low_yuan"), high: end(r, "high_yuan"), cut: num(r.demanded_yuan) - num(r.policy_yuan) }));
  const sums = new Map();
  D.policies.spent.forEach((s) => { const key = [s.policy, s.payer, s.purpose].join("\t"), sum = sums.get(key) || { policy: s.policy, payer: s.payer, purpose: s.purpose, value: 0, low: NaN, high: NaN, cut: 0 }; sum.value += s.paid; sum.cut += s.demanded - s.paid; sums.set(key, sum); });
  return [...sums.values()];
}
/// Sums of lines. Their intervals are added end to end, which is wide enough however the lines hang together.
function sumBy(rows, key) {
  const sums = new Map();
  rows.forEach((r) => { const s = sums.get(r[key]) || { key: r[key], value: 0, low: 0, high: 0, cut: 0, parts: new Map() }; s.value += r.value; s.low += r.low; s.high += r.high; s.cut += r.cut || 0; s.parts.set(r.purpose, (s.parts.get(r.purpose) || 0) + r.value); sums.set(r[key], s); });
  return [...sums.values()].sort((a, b) => b.value - a.value);
}
function payers(part) {
  const rows = costRows(), box = el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("who_pays")));
  part.append(box);
  if (!rows.length) return box.append(el("p", { className: "how" }, word(isDifference ? "no_programme" : "no_cost")));
  const all = sumBy(rows.map((r) => ({ ...r, all: "all" })), "all")[0], list = sumBy(rows, "payer");
  const d = isComparison ? compareIndex.get([comparisons[state.comparison], "residents", "area", "all"].join("\t")) : null;
  const heads = d ? d.policy.reduce((a, b) => a + (b || 0), 0) : (index.get("residents\tarea\tall") || [{ v: [] }])[0].v.slice(1).reduce((a, b) => a + (b || 0), 0);
  box.append(el("p", {}, word("cost_total", { y: withUnit(all.value, "yuan"), r: range(all.low, all.high, "yuan"), h: heads ? number(all.value / heads) : "–" }) + (all.cut > 1e-3 * all.value ? " " + word("cost_cut", { y: withUnit(all.cut, "yuan") }) : "")),
    el("p", { className: "how" }, word("who_pays_of")),
    table([word("payer"), word("u_yuan"), isComparison ? word("bracketed") : "", word("share_of_cost"), word("largest_purposes")], list.map((x) => [word(x.key), signed(x.value, "yuan"), range(x.low, x.high, "yuan"), number(x.value / all.value, "share"), [...x.parts].sort((a, b) => b[1] - a[1]).slice(0, 3).map((p) => word(p[0])).join(state.lang === "zh" ? "、" : ", ")]), [1, 2, 3]),
    footOf(isComparison ? "costs.csv" : "effects.csv", word("u_yuan"), "payers", () => [["policy", "payer", "purpose", "yuan", "low_yuan", "high_yuan"]].concat(rows.map((r) => [r.policy, r.payer, r.purpose, r.value, r.low, r.high]))));
}
