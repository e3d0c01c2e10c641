// Places on the map, with net flows between them or with what a policy changes.
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
/// What a column of the nodes is called: a stock where a flow has the same name.
const columnName = (n) => { const key = n === "talent" ? "stock_talent" : n; return Object.prototype.hasOwnProperty.call(WORDS, key) ? word(key) : indicatorName(n); };
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
const tierFlow = (f, from, to) => compareIndex.get([comparisons[state.comparison], "flow_" + f, "tiers", from + " > " + to].join("\t"));
const factors = ["labour", "talent", "capital", "fiscal", "consumption", "remittance"].filter((f) => D.comparisons.some((d) => d.i === "flow_" + f) || (D.flows && D.flows.years.some((y) => y.factor === f)) || D.tiers.some((t) => t.factor === f));
const years = D.nodes ? D.nodes.years : [...new Set(isComparison ? D.comparisons.filter((d) => d.s === "area").flatMap((d) => d.years) : D.tiers.map((t) => t.year))].sort((a, b) => a - b);
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
  if (isComparison) {
    const grid = el("div", { className: "grid wide-left" });
    part.append(grid);
    placesMap(grid, "map", true);
    byPlace(grid);
  }
  if (!isComparison || D.nodes) placesMap(part, isComparison ? "flows" : "map", false);
}
const dot = (colour) => el("span", { className: "dot", style: "background:" + colour });
/// What a policy changes by tier, tag and prefecture, beside the map of the same measure.
function byPlace(part) {
  const unit = () => unitOf(state.difference), list = () => ["tier", "tag", "prefecture"].flatMap((scope) => scopeIds(state.difference, scope).map((id) => { const l = line(state.difference, scope, id); if (!l) return null; const t = l.mid.length - 1; return { name: scopeName(scope, id), value: l.mid[t], low: l.low[t], high: l.high[t], scope, id }; })).filter((x) => x && finite(x.value));
  card(part, { id: "by-place", title: () => word("c_by_place") + " · " + indicatorName(state.difference), read: word("r_by_place"), size: "tall", source: "compare.csv", unit: () => unitLabel(differenceUnit(unit())), measured: true,
    rows: () => [["indicator", "scope", "scope_id", "difference", "low", "high"]].concat(list().map((x) => [state.difference, x.scope, x.id, x.value, x.low, x.high])), option: () => (list().length ? bars(list(), unit()) : null) });
}
function placesMap(part, id, diff) {
  const P = D.places;
  const search = el("input", { type: "search", size: 16, placeholder: word("search"), on: { input: () => find(search.value) } });
  search.setAttribute("aria-label", word("search"));
  const found = el("div", { className: "found", role: "status" });
  function find(text) {
    const wanted = text.trim().toLowerCase();
    found.replaceChildren();
    if (!wanted) return;
    P.id.map((_, p) => p).filter((p) => [P.name[p], P.name_en[p], P.id[p]].some((n) => n.toLowerCase().includes(wanted))).slice(0, 8).forEach((p) => found.append(el("button", { type: "button", on: { click: () => choose(p) } }, placeName(p))));
  }
  const choose = (p) => { state.place = p; redraw((c) => c.id === id); clear.hidden = p < 0; };
  const clear = el("button", { type: "button", hidden: state.place < 0, on: { click: () => { search.value = ""; found.replaceChildren(); choose(-1); } } }, word("clear"));
  const count = el("output", {}, String(state.arrows));
  const measures = diff ? [...new Set(D.node_differences.map((d) => d[1]))].map((i) => [i, indicatorName(i)]) : [["tier", word("tier")]].concat(D.nodes ? D.nodes.columns.map((c) => [c[0], columnName(c[0])]) : []);
  if (diff && !measures.some((m) => m[0] === state.difference)) state.difference = ["home_income_per_head", "income_per_head", (measures[0] || [""])[0]].find((i) => has(measures.map((m) => m[0]), i)) || "";
  const measured = () => (diff ? state.difference : state.measure);
  let zoom = [[0, 100], [0, 100]];
  const zoomTo = (f) => {
    const z = c.chart.getOption().dataZoom;
    zoom = f === 0 ? [[0, 100], [0, 100]] : [0, 1].map((a) => { const m = (z[a].start + z[a].end) / 2, w = Math.min(50, (z[a].end - z[a].start) / 2 * f); return [Math.max(0, m - w), Math.min(100, m + w)]; });
    c.chart.dispatchAction({ type: "dataZoom", batch: zoom.map(([start, end], dataZoomIndex) => ({ dataZoomIndex, start, end })) });
  };
  const button = (text, name, f) => { const b = el("button", { type: "button", on: { click: () => zoomTo(f) } }, text); b.setAttribute("aria-label", name); b.title = name; return b; };
  const tools = [
    diff ? [] : yearTools(), diff || !D.flows ? [] : [mark(factorTool()),
      el("label", {}, word("shown") + " ", el("input", { type: "range", min: 0, max: 400, step: 10, value: state.arrows, on: { input: (e) => { state.arrows = +e.target.value; count.textContent = e.target.value; redraw((x) => x.id === id); } } }), count),
      outsideIds.size ? el("label", {}, el("input", { type: "checkbox", id: "outside", checked: state.outside, on: { change: (e) => { state.outside = e.target.checked; redraw((x) => x.id === id); } } }), word("outside_too")) : null],
    picker(word(diff ? "difference_in" : "measure"), measures, measured(), (v) => { if (diff) state.difference = v; else state.measure = v; redraw((x) => x.id === id || (diff && x.measured)); }),
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
  const differences = () => new Map(D.node_differences.filter((d) => d[0] === comparisons[state.comparison] && d[1] === state.difference).map((d) => [d[2], d]));
  const c = card(part, {
    id, title: diff ? () => word("c_map_diff") + " · " + indicatorName(state.difference) : word("c_map"), read: () => (diff ? word("r_map_diff", tones()) : word("r_map")), size: "tall", canvas: P.id.length > 600, yearly: true, flows: true, tools, unit: () => unitLabel(diff ? differenceUnit(unitOf(state.difference)) : factorUnit(state.factor)),
    source: diff ? "compare.csv, places.csv" : "nodes.csv, flows.csv, places.csv",
    rows: () => diff ? [["comparison", "indicator", "node", "difference", "low", "high", "without", "with"]].concat(D.node_differences) : [["year", "factor", "origin", "destination", "net_amount", "unit"]].concat((flowYear() || { net: [] }).net.map((f) => [state.year, state.factor, D.flows.units[f[0]], D.flows.units[f[1]], f[2], factorUnit(state.factor)])),
    click: (e) => { if (e.data && e.data.place !== undefined) choose(e.data.place === state.place ? -1 : e.data.place); },
    option: () => {
      const w = c.chartBox.clientWidth || 800, h = c.chartBox.clientHeight || 500, g = geo;
      const per = Math.max((g.east - g.west) / (w - 20), (g.north - g.south) / (h - 20)), cx = (g.west + g.east) / 2, cy = (g.south + g.north) / 2;
      const axis = (m, s) => ({ type: "value", min: m - per * s / 2, max: m + per * s / 2, show: false });
      const pop = P.id.map((_, p) => valueAt("residents", state.year, p)), most = Math.max(1, ...pop.filter((x, p) => finite(x) && P.tier[p] !== "outside"));
      const big = P.id.length > 1500 ? 18 : w < 600 ? 20 : diff ? 26 : 34;
      const size = (p) => P.tier[p] === "outside" ? 16 : !finite(pop[p]) ? 8 : Math.max(P.id.length > 1500 ? 2 : 5, big * Math.sqrt(pop[p] / most));
      let tone = (p) => tierColour(P.tier[p]);
      const d = diff ? differences() : null;
      c.scale = null;
      if (diff && d.size) {
        const unclear = (x) => finite(x[4]) && sideOf(x[4], x[5]) === 0, top = Math.max(1e-12, ...[...d.values()].filter((x) => finite(x[3]) && !unclear(x)).map((x) => Math.abs(x[3])));
        tone = (p) => { const x = d.get(P.id[p]); if (!x || !finite(x[3]) || unclear(x)) return isDark() ? "#777" : "#bbb"; return x[3] > 0 ? colours()[0] : colours()[5]; };
        c.sizeOf = (p) => { const x = d.get(P.id[p]); return x && finite(x[3]) && !unclear(x) ? 5 + big * Math.sqrt(Math.abs(x[3]) / top) : 5; };
        c.top = top;
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
      if (list.length) series.push({ type: "lines", progressive: 0, coordinateSystem: "cartesian2d", z: 2, polyline: false, symbol: ["none", "arrow"], symbolSize: 8, lineStyle: { color: ink(), opacity: 0.5, curveness: 0.25 }, emphasis: { lineStyle: { opacity: 1, color: colours()[5] } },
        data: list.map((x) => ({ coords: coords(x), flow: x.f, ...x })).map(({ coords, f }) => ({ coords, flow: f, lineStyle: { width: 0.6 + 5.4 * Math.sqrt(f[2] / top) }, symbolSize: 6 + 6 * Math.sqrt(f[2] / top) })) });
      for (const tier of ["outside", "village", "county_seat", "city"]) {
        const data = P.id.map((_, p) => p).filter((p) => P.tier[p] === tier && finite(geo.x[p])).sort((a, b) => sizeOf(b) - sizeOf(a)).map((p) => ({ value: [X[p], Y[p]], place: p, symbolSize: sizeOf(p), itemStyle: { color: tone(p), opacity: 0.82, borderColor: p === state.place ? ink() : ground(), borderWidth: p === state.place ? 3 : 0.6 } }));
        if (data.length && !(diff && tier === "outside")) series.push({ type: "scatter", name: word(tier), symbol: SHAPES[tier], z: 3, data, color: !diff && state.measure === "tier" ? tierColour(tier) : soft(), cursor: "pointer" });
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
          if (d) { const x = d.get(P.id[p]); const u = unitOf(state.difference); return text + (x ? `<br>${esc(indicatorName(state.difference))}: ${signed(x[3], u)} ${range(x[4], x[5], u)}<br>${esc(word("without"))} ${number(x[6], u)} → ${esc(word("with"))} ${number(x[7], u)}` : ""); }
          for (const n of new Set(["residents", "income_yuan", "output_per_head_yuan", state.measure])) { const col = column(n); if (col >= 0 && finite(valueAt(n, state.year, p))) text += `<br>${esc(columnName(n))}: ${withUnit(valueAt(n, state.year, p), D.nodes.columns[col][1])}`; }
          return text;
        } },
        series,
      };
    },
    after: (below) => {
      const parts = [];
      if (c.scale) parts.push(el("p", { className: "key" }, number(c.scale[0], (D.nodes.columns[column(state.measure)] || [])[1]), el("span", { className: "scale", style: "background:linear-gradient(90deg," + [0, 0.25, 0.5, 0.75, 1].map(sequential).join(",") + ")" }), number(c.scale[1], (D.nodes.columns[column(state.measure)] || [])[1])));
      if (diff && c.top) parts.push(el("p", { className: "key" }, dot(colours()[0]), word("gains"), dot(colours()[5]), word("loses"), dot(isDark() ? "#777" : "#bbb"), word("unclear"), el("span", {}, word("largest_mark", { x: withUnit(c.top, differenceUnit(unitOf(state.difference))) }))));
      if (!diff) { const list = arrows(), most = Math.max(...P.id.map((_, p) => (P.tier[p] === "outside" ? 0 : valueAt("residents", state.year, p) || 0))); parts.push(el("p", { className: "key" }, word("largest_node_mark", { x: withUnit(most, "persons") }), list.length ? " · " + word("widest_arrow", { x: withUnit(list[0].f[2], factorUnit(state.factor)) }) : "")); }
      if (!diff && D.flows) {
        const F = flowYear(), list = arrows();
        parts.push(el("p", { className: "how" }, !F || !F.net.length ? word("no_flow") : word("map_share", { n: list.length, p: number(list.reduce((s, x) => s + x.f[2], 0) / F.net_total, "share"), m: F.pairs.toLocaleString("en-US") }), D.flows.level !== "node" ? " " + word("flow_level", { l: word(D.flows.level) }) : ""));
        if (list.length) parts.push(el("details", {}, el("summary", {}, word("largest")), table([word("from"), word("to"), unitLabel(factorUnit(state.factor))], list.slice(0, 12).map(({ f }) => [flowUnitName(f[0]), flowUnitName(f[1]), number(f[2])]), [2])));
      }
      below.replaceChildren(...parts);
    },
  });
}
