// Numbers over the years: a run, several runs with their range, a comparison with its interval.
const isComparison = D.comparisons.length > 0;
// One replicate has no interval, whatever stands at its ends: nothing can be told from luck by it.
const many = new Set(D.comparisons.filter((d) => d.replicates > 1).map((d) => d.c));
const single = new Set(D.comparisons.map((d) => d.c).filter((c) => !many.has(c)));
D.comparisons.forEach((d) => { if (d.replicates < 2) { d.low = d.low.map(() => null); d.high = d.high.map(() => null); } });
D.node_differences.forEach((d) => { if (single.has(d[0])) d[4] = d[5] = null; });
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
/// Level and kind of the intervals of the comparison on show, as its own folder says.
const intervalOf = () => { const d = D.comparisons.find((x) => x.c === comparisons[state.comparison]); return d ? D.results[d.f].interval : null; };
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
    low.push(lists.length > 1 && x.length ? Math.min(...x) : NaN); high.push(lists.length > 1 && x.length ? Math.max(...x) : NaN);
  }
  return { years, mid, low, high, n: lists.length };
}
const prefectureOwn = new Map();
if (D.places) D.places.id.forEach((_, p) => { if (D.places.prefecture[p]) prefectureOwn.set(D.places.prefecture[p], D.places.prefecture_name[p] || D.places.prefecture[p]); });
const prefectureName = { has: (code) => prefectureOwn.has(code), get: (code) => (state.lang === "en" && Object.prototype.hasOwnProperty.call(PREFECTURE_EN, code) ? PREFECTURE_EN[code] : prefectureOwn.get(code)) };
const scopeName = (scope, id) => scope === "tiers" ? id.split(" > ").map((t) => word(t)).join(" → ") : scope === "area" ? word("area") : scope === "prefecture" ? prefectureName.get(id) || id : scope === "skill" && id === "talent" ? (state.lang === "zh" ? "人才" : "talent") : scope === "tag" && id === "capital" ? word("capital_tag") : word(id);
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
/// Which years are named on an axis: the last one always, the others as there is room.
const yearLabels = (n) => { const step = Math.ceil(n / (narrow() ? 5 : 8)); return (t) => (n - 1 - t) % step === 0; };
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
    xAxis: { type: "category", data: years.map(String), boundaryGap: false, axisLabel: { ...axisText(), interval: yearLabels(years.length) }, axisLine: { lineStyle: { color: soft() } } },
    yAxis: valueAxis(drawnUnit(unit), { scale: !isDifference }),
    tooltip: { ...tip(), trigger: "axis", formatter: (ps) => {
      const t = ps.length ? ps[0].dataIndex : 0;
      return `<b>${years[t]}</b>` + got.map(([l, name]) => { const k = l.years.indexOf(years[t]); if (k < 0) return ""; return `<br>${esc(name)}: ${isDifference ? signed(l.mid[k], unit) : number(l.mid[k], unit)}${l.n > 1 ? " " + range(l.low[k], l.high[k], unit) : ""}`; }).join("");
    } },
    series,
  };
}
const lineRows = (items) => [["indicator", "scope", "scope_id", "year", isDifference ? "difference" : "mean", "low", "high", "replicates", "unit"]].concat(items.flatMap(([i, s, id]) => { const l = line(i, s, id); return l ? l.years.map((y, t) => [i, s, id, y, l.mid[t], l.n > 1 ? l.low[t] : "", l.n > 1 ? l.high[t] : "", l.n, unitOf(i)]) : []; }));
const readLine = () => word(isComparison ? "r_line_diff" : isScenarios ? "r_line_scen" : (groups[0] || { folders: [] }).folders.length > 1 ? "r_line" : "r_line_one");
const indicatorSource = isComparison ? "compare.csv" : "indicators.csv";
