// How income is distributed over places and persons.
function distribution() {
  const part = section("distribution"), grid = el("div", { className: "grid" });
  part.append(grid);
  const ci = column("income_yuan");
  if (isComparison) lorenzOfArms(grid);
  if (ci >= 0) {
    const lorenz = (y) => lorenzCurve(D.nodes.values[ci][y].map((x, p) => [x, D.nodes.values[column("residents")][y][p]]));
    const now = () => Math.max(0, D.nodes.years.indexOf(state.year));
    card(grid, { id: isComparison ? "lorenz-run" : "lorenz", title: word("c_lorenz"), read: word("r_lorenz"), yearly: true, tools: yearTools(), source: "nodes.csv", unit: word("u_share"), rows: () => [["year", "share_residents", "share_income"]].concat([0, now()].flatMap((y) => lorenz(y).map((p) => [D.nodes.years[y], ...p]))),
      option: () => lorenzOption([...new Set([0, now()])].map((y) => [String(D.nodes.years[y]), lorenz(y)])) });
  }
  const theil = ["theil_between_tiers", "theil_within_tiers", "theil_between_prefectures", "theil_within_prefectures"];
  if (isDifference && line("theil", "area", "all")) {
    const items = ["theil", "theil_between_tiers", "theil_between_prefectures"].filter((i) => line(i, "area", "all")).map((i) => [i, "area", "all"]);
    card(grid, { id: "theil", title: word("c_theil") + " · " + word("difference_of"), read: () => word("r_theil") + " " + capital(readLine()), source: indicatorSource, unit: word("u_Theil T"), rows: () => lineRows(items), option: () => lineOption(items, "Theil T", items.map((x) => indicatorName(x[0]))) });
  } else if (line("theil_between_tiers", "area", "all")) {
    const items = theil.map((i) => [i, "area", "all"]);
    card(grid, { id: "theil", title: word("c_theil") + (isDifference ? " · " + word("difference_of") : ""), read: word("r_theil"), source: indicatorSource, unit: word("u_Theil T"), rows: () => lineRows(items), option: () => {
      const ls = items.map(([i, s, id]) => line(i, s, id)), name = (n) => word(n % 2 ? "within" : "between") + " " + word(n < 2 ? "tiers" : "prefectures");
      if (state.lang === "zh") var zh = (n) => word(n < 2 ? "tiers" : "prefectures") + word(n % 2 ? "within" : "between");
      const label = zh || name;
      return { grid: { left: 8, right: 14, top: 58, bottom: 6, containLabel: true }, legend: { top: 0, left: 0, right: 0, textStyle: { color: ink(), fontSize: 12 }, itemWidth: 14, itemHeight: 8 }, tooltip: { ...tip(), trigger: "axis", valueFormatter: (v) => number(v) }, xAxis: { type: "category", data: ls[0].years.map(String), axisLabel: { ...axisText(), interval: yearLabels(ls[0].years.length) } }, yAxis: valueAxis("Theil T", { scale: false }),
        series: ls.map((l, n) => l && { type: "bar", name: label(n), stack: n < 2 ? "tiers" : "prefectures", data: l.mid.map(gap), color: colours()[[0, 4, 5, 1][n]], barCategoryGap: "25%" }).filter(Boolean) };
    } });
  }
  if (isComparison) scatterOfArms(part);
  const co = column("output_per_head_yuan");
  if (!isComparison && ci >= 0 && co >= 0) {
    const P = D.places, many = P.id.length > 600, trailed = P.id.map((_, p) => p).filter((p) => P.tier[p] !== "outside").sort((a, b) => valueAt("residents", years[0], b) - valueAt("residents", years[0], a)).slice(0, many ? 120 : 600);
    const ok = (p, y) => valueAt("income_yuan", y, p) > 0 && valueAt("output_per_head_yuan", y, p) > 0;
    const c = card(part, { id: "scatter", title: word("c_scatter"), read: () => word("r_scatter") + (many ? " " + word("trails_few", { n: trailed.length }) : ""), size: "mid", canvas: P.id.length > 600, yearly: true, tools: yearTools(), source: "nodes.csv", unit: word("u_yuan"),
      rows: () => [["year", "node", "tier", "residents", "income_yuan", "output_per_head_yuan"]].concat(years.flatMap((y) => P.id.map((id, p) => [y, id, P.tier[p], valueAt("residents", y, p), valueAt("income_yuan", y, p), valueAt("output_per_head_yuan", y, p)]).filter((r) => finite(r[4])))),
      option: () => {
        const span = (n) => { const v = D.nodes.values[column(n)].flat().filter((x) => finite(x) && x > 0).sort((a, b) => a - b); return [v[Math.floor(0.002 * v.length)], v[v.length - 1]]; };
        const nice = (x, up) => { const e = Math.pow(10, Math.floor(Math.log10(x))); const steps = [1, 2, 3, 5, 7, 10]; return e * (up ? steps.find((s) => s * e >= x) : [...steps].reverse().find((s) => s * e <= x)); };
        const axis = (n) => { const [a, b] = span(n); return { type: "log", min: nice(a, false), max: nice(b, true), name: word(n), nameLocation: "middle", nameTextStyle: { color: soft() }, axisLabel: { ...axisText(), formatter: (x) => number(x), customValues: decades(a, b) }, axisTick: { customValues: decades(a, b) }, splitLine: { show: false } }; };
        const most = Math.max(...P.id.map((_, p) => (P.tier[p] === "outside" ? 0 : valueAt("residents", state.year, p) || 0))), upto = years.filter((y) => y <= state.year);
        const series = [{ type: "lines", progressive: 0, coordinateSystem: "cartesian2d", polyline: true, silent: true, z: 1, data: upto.length < 2 ? [] : trailed.map((p) => ({ coords: upto.filter((y) => ok(p, y)).map((y) => [valueAt("income_yuan", y, p), valueAt("output_per_head_yuan", y, p)]), lineStyle: { color: tierColour(P.tier[p]), opacity: 0.35, width: 1 } })).filter((t) => t.coords.length > 1) }];
        for (const tier of ["village", "county_seat", "city"]) series.push({ type: "scatter", name: word(tier), symbol: SHAPES[tier], color: tierColour(tier), z: 2, itemStyle: { opacity: 0.75 }, data: P.id.map((_, p) => p).filter((p) => P.tier[p] === tier && ok(p, state.year)).map((p) => ({ value: [valueAt("income_yuan", state.year, p), valueAt("output_per_head_yuan", state.year, p)], place: p, symbolSize: Math.max(4, 26 * Math.sqrt(valueAt("residents", state.year, p) / most)) })) });
        return { grid: { left: 34, right: 20, top: 34, bottom: 30, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink() }, itemWidth: 13, itemHeight: 12, data: ["city", "county_seat", "village"].map((t) => ({ name: word(t), icon: SHAPES[t] })) }, tooltip: { ...tip(), trigger: "item", formatter: (e) => e.data && e.data.place !== undefined ? `<b>${esc(placeName(e.data.place))}</b><br>${esc(word("income_yuan"))}: ${number(e.value[0])}<br>${esc(word("output_per_head_yuan"))}: ${number(e.value[1])}` : "" },
          xAxis: { ...axis("income_yuan"), nameGap: 30 }, yAxis: { ...axis("output_per_head_yuan"), nameGap: 48 }, series };
      } });
    c.box.style.marginTop = "16px";
  }
  if (!part.querySelector(".card")) part.append(el("p", { className: "card how" }, word("none")));
}
/// Cumulative shares of residents and income, poorest places first, from pairs of income per head and residents.
function lorenzCurve(pairs) {
  const list = pairs.filter((x) => finite(x[0]) && x[1] > 0).sort((a, b) => a[0] - b[0]), N = list.reduce((s, x) => s + x[1], 0), M = list.reduce((s, x) => s + x[0] * x[1], 0), points = [[0, 0]];
  let people = 0, money = 0;
  for (const x of list) { people += x[1]; money += x[0] * x[1]; points.push([people / N, money / M]); }
  return points.length > 400 ? points.filter((_, k) => k % Math.ceil(points.length / 400) === 0 || k === points.length - 1) : points;
}
function lorenzOption(curves) {
  const axis = (name, gap) => valueAxis("share", { min: 0, max: 1, interval: 0.2, name, nameLocation: "middle", nameGap: gap, nameTextStyle: { color: soft() } });
  return { grid: { left: 30, right: 20, top: 34, bottom: 26, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink() }, itemWidth: 18, icon: "roundRect", itemHeight: 4, itemStyle: { opacity: 1 } }, tooltip: { ...tip(), trigger: "item", formatter: (e) => `${esc(e.seriesName)}: ${number(e.value[0], "share")} → ${number(e.value[1], "share")}` }, xAxis: axis(word("poor_share"), 28), yAxis: axis(word("income_share"), 46),
    series: [{ type: "line", name: word("equal"), data: [[0, 0], [1, 1]], symbol: "none", color: soft(), lineStyle: { type: "dashed", width: 1 } }, ...curves.map(([name, data], k) => ({ type: "line", name, data, symbol: "circle", symbolSize: 5, itemStyle: { opacity: 0 }, emphasis: { itemStyle: { opacity: 1 } }, color: colours()[k ? 5 : 0], lineStyle: { width: 2, type: k ? "solid" : [6, 3] } }))] };
}
/// Values of an indicator by node without and with the policy in the last year.
const arms = (i) => new Map(D.node_differences.filter((d) => d[0] === comparisons[state.comparison] && d[1] === i).map((d) => [d[2], { baseline: d[6], policy: d[7] }]));
function lorenzOfArms(part) {
  const income = arms("income_per_head"), people = arms("residents");
  if (!income.size || !people.size) return;
  const curve = (arm) => lorenzCurve([...income].filter(([id]) => people.has(id)).map(([id, x]) => [x[arm], people.get(id)[arm]]));
  const names = [["baseline", word("without")], ["policy", word("with")]];
  card(part, { id: "lorenz", title: word("c_lorenz"), read: word("r_lorenz") + " " + word("r_lorenz_arms"), source: "compare.csv", unit: word("u_share"), rows: () => [["arm", "share_residents", "share_income"]].concat(names.flatMap(([arm]) => curve(arm).map((p) => [arm, ...p]))), option: () => lorenzOption(names.map(([arm, name]) => [name, curve(arm)])) });
}
/// Round numbers of 1, 2 and 5 times a power of ten within an axis.
function decades(low, high) {
  const ticks = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) for (const m of [1, 2, 5]) ticks.push(m * Math.pow(10, e));
  return ticks.filter((x) => x >= low * 0.7 && x <= high * 1.4);
}
/// Each node from where it is without the policy to where it is with it.
function scatterOfArms(part) {
  const P = D.places, income = arms("income_per_head"), output = arms("output_per_head"), people = arms("residents");
  if (!P || !income.size || !output.size) return;
  const there = P.id.map((id, p) => p).filter((p) => { const a = income.get(P.id[p]), b = output.get(P.id[p]); return a && b && a.baseline > 0 && a.policy > 0 && b.baseline > 0 && b.policy > 0; });
  const point = (p, arm) => [income.get(P.id[p])[arm], output.get(P.id[p])[arm]], most = Math.max(1, ...there.map((p) => (people.get(P.id[p]) || { policy: 1 }).policy));
  const axis = (k, name) => { const v = there.flatMap((p) => [point(p, "baseline")[k], point(p, "policy")[k]]), a = Math.min(...v) * 0.9, b = Math.max(...v) * 1.1; return { type: "log", min: a, max: b, name, nameLocation: "middle", nameTextStyle: { color: soft() }, axisLabel: { ...axisText(), formatter: (x) => number(x), customValues: decades(a, b) }, axisTick: { customValues: decades(a, b) }, splitLine: { show: false } }; };
  const c = card(part, { id: "scatter", title: word("c_scatter"), read: word("r_scatter_arms"), size: "mid", canvas: P.id.length > 600, source: "compare.csv", unit: word("u_yuan"),
    rows: () => [["node", "tier", "income_without", "income_with", "output_per_head_without", "output_per_head_with"]].concat(there.map((p) => [P.id[p], P.tier[p], point(p, "baseline")[0], point(p, "policy")[0], point(p, "baseline")[1], point(p, "policy")[1]])),
    option: () => (there.length ? { grid: { left: 34, right: 20, top: 34, bottom: 30, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink() }, itemWidth: 13, itemHeight: 12, data: ["city", "county_seat", "village"].map((t) => ({ name: word(t), icon: SHAPES[t] })) }, tooltip: { ...tip(), trigger: "item", formatter: (e) => (e.data && e.data.place !== undefined ? `<b>${esc(placeName(e.data.place))}</b><br>${esc(word("income_yuan"))}: ${number(point(e.data.place, "baseline")[0])} → ${number(e.value[0])}<br>${esc(word("output_per_head_yuan"))}: ${number(point(e.data.place, "baseline")[1])} → ${number(e.value[1])}` : "") },
      xAxis: { ...axis(0, word("income_yuan")), nameGap: 30 }, yAxis: { ...axis(1, word("output_per_head_yuan")), nameGap: 48 },
      series: [{ type: "lines", progressive: 0, coordinateSystem: "cartesian2d", silent: true, z: 1, data: there.map((p) => ({ coords: [point(p, "baseline"), point(p, "policy")], lineStyle: { color: tierColour(P.tier[p]), opacity: 0.7, width: 1.6 } })) }, ...["village", "county_seat", "city"].map((tier) => ({ type: "scatter", name: word(tier), symbol: SHAPES[tier], color: tierColour(tier), z: 2, itemStyle: { opacity: 0.75 }, data: there.filter((p) => P.tier[p] === tier).map((p) => ({ value: point(p, "policy"), place: p, symbolSize: Math.max(4, 26 * Math.sqrt((people.get(P.id[p]) || { policy: 0 }).policy / most)) })) }))] } : null) });
  c.box.style.marginTop = "16px";
}
