// What policies changed, what they cost, who paid, and what each adds.
function bars(list, unit) {
  return { grid: { left: 8, right: 30, top: 6, bottom: 6, containLabel: true }, tooltip: { ...tip(), trigger: "item", formatter: (e) => { const x = list[list.length - 1 - e.dataIndex]; return x ? `${esc(x.name)}<br><b>${signed(x.value, unit)}</b>` + " " + range(x.low, x.high, unit) : ""; } },
    xAxis: valueAxis(differenceUnit(unit), { scale: false }), yAxis: { type: "category", data: list.map((x) => x.name).reverse(), axisLabel: { color: ink(), fontSize: 12, width: state.printing ? 240 : narrow() ? 130 : 320, overflow: "break" }, axisTick: { show: false } },
    series: [{ type: "bar", data: list.map((x) => ({ value: x.value, itemStyle: { color: x.value < 0 ? colours()[5] : colours()[0] } })).reverse(), barMaxWidth: 18 }, ...(list.some((x) => finite(x.low)) ? [{ type: "custom", silent: true, z: 5, data: list.map((x, n) => [x.low, list.length - 1 - n, x.high]).filter((r) => finite(r[0])), renderItem: (params, api) => { const a = api.coord([api.value(0), api.value(1)]), b = api.coord([api.value(2), api.value(1)]); return { type: "path", shape: { pathData: `M${a[0]} ${a[1] - 4}V${a[1] + 4}M${a[0]} ${a[1]}H${b[0]}M${b[0]} ${b[1] - 4}V${b[1] + 4}` }, style: { stroke: ink(), lineWidth: 1.3, fill: "none" } }; }, encode: { x: [0, 2], y: 1 } }] : [])] };
}
function policy() {
  const part = section("policy");
  aims(part);
  leverPaths(part);
  const grid = el("div", { className: "grid pay" });
  part.append(grid);
  costs(grid);
  balances(grid);
  contributions(part);
  payments(part);
  if (!part.querySelector(".card")) part.append(el("p", { className: "card how" }, word("none")));
}
/// What each policy of the scenario is for, and who is to pay.
function aims(part) {
  const kinds = new Map(D.policies.kinds.map((k) => [k[0], k])), named = [...new Set(D.results.flatMap((r) => r.policies))].filter((p) => kinds.has(p.split(/[.[ ]/)[0]));
  if (!named.length) return;
  part.append(el("div", { className: "card" }, el("h3", {}, word("aims")), table([word("policies"), word("aim"), word("payer")], named.map((p) => { const k = kinds.get(p.split(/[.[ ]/)[0]); return [policyName(p), state.lang === "zh" && AIM_ZH[k[0]] ? AIM_ZH[k[0]][0] : k[1], state.lang === "zh" && AIM_ZH[k[0]] ? AIM_ZH[k[0]][1] : k[2]]; }))));
}
/// The levers that policies move, year by year.
function leverPaths(part) {
  const rows = D.policies.levers.filter((l) => !isComparison || l.comparison === comparisons[state.comparison]);
  if (!rows.length) return isDifference || D.results.some((r) => r.policies.length) ? part.append(el("div", { className: "card" }, el("h3", {}, word("c_levers")), el("p", { className: "how" }, word("no_levers")))) : null;
  const meaning = new Map(D.policies.lever_meanings.map((m) => [m[0], m])), paths = new Map();
  rows.forEach((l) => { const key = l.policy + "\t" + l.lever; if (!paths.has(key)) paths.set(key, []); paths.get(key).push(l); });
  if (!paths.has(state.lever)) state.lever = [...paths.keys()][0];
  const means = (lever) => (meaning.get(lever) || ["", "", "", ""])[state.lang === "zh" ? 3 : 2], unit = (lever) => (meaning.get(lever) || ["", ""])[1], name = (key) => { const [p, l] = key.split("\t"); return policyName(p) + " · " + leverName(l); };
  const source = isComparison ? "levers.csv" : "effects.csv", now = () => paths.get(state.lever), digits = (x) => number(x);
  const c = card(part, { id: "levers", title: () => word("c_levers") + " · " + name(state.lever), read: () => word("r_levers") + " " + means(state.lever.split("\t")[1]), tools: [picker(word("lever"), [...paths.keys()].map((k) => [k, name(k)]), state.lever, (v) => { state.lever = v; draw(c); })], source, unit: () => unitWords(unit(state.lever.split("\t")[1])),
    rows: () => [["policy", "lever", "year", "places", "before", "proposed", "after"]].concat(rows.map((l) => [l.policy, l.lever, l.year, l.places, l.before, l.proposed, l.after])),
    option: () => {
      const list = now(), ys = list.map((l) => String(l.year)), one = (label, key, type, colour) => ({ type: "line", name: label, data: list.map((l) => l[key]), symbol: "circle", symbolSize: 5, color: colour, lineStyle: { width: 2.2, type } });
      return { grid: { left: 8, right: 20, top: 38, bottom: 6, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink(), fontSize: 12 }, itemWidth: 26 }, tooltip: { ...tip(), trigger: "axis", valueFormatter: digits }, xAxis: { type: "category", data: ys, boundaryGap: ys.length < 2, axisLabel: { ...axisText(), interval: yearLabels(ys.length) } }, yAxis: valueAxis(""),
        series: [one(word("lever_before"), "before", [6, 4], soft()), one(word("lever_proposed"), "proposed", "solid", colours()[0]), ...(list.some((l) => Math.abs(l.after - l.proposed) > 1e-9 * Math.abs(l.after)) ? [one(word("lever_after"), "after", "solid", colours()[5])] : [])] };
    },
    after: (below) => below.replaceChildren(el("details", { open: true }, el("summary", {}, word("all_levers", { n: paths.size })), el("div", { className: "scroll high" }, table([word("policies"), word("lever"), word("years"), word("places"), word("lever_before"), word("lever_proposed"), word("unit"), word("lever_means")], [...paths.values()].map((list) => { const z = list[list.length - 1]; return [policyName(z.policy), leverName(z.lever), list[0].year + "–" + z.year, number(z.places), digits(z.before), digits(z.proposed), unitWords(unit(z.lever)), means(z.lever)]; }), [2, 3, 4, 5])))) });
}
const leverName = (lever) => (state.lang === "zh" && Object.prototype.hasOwnProperty.call(LEVER_ZH, lever) ? LEVER_ZH[lever] : lever.replace(/_/g, " "));
/// A unit in the reader's words, or as the table names it.
const unitWords = (u) => (Object.prototype.hasOwnProperty.call(WORDS, "u_" + u) ? word("u_" + u) : u);
/// Programme money by policy, stacked by who pays.
function costs(part) {
  const rows = () => costRows().filter((r) => r.value);
  if (!rows().length) return;
  const classes = [...new Set(sumBy(rows(), "payer").map((x) => x.key))], policies = sumBy(rows(), "policy").reverse();
  const of = (p, k) => rows().filter((r) => r.policy === p && r.payer === k).reduce((s, r) => s + r.value, 0);
  card(part, { id: "costs", title: word("c_costs"), read: word(isComparison ? "r_costs" : "r_costs_run"), lines: () => policies.length + 1, source: isComparison ? "costs.csv" : "effects.csv", unit: word("u_yuan"), rows: () => [["policy", "payer", "purpose", "yuan", "low", "high", "cut"]].concat(rows().map((r) => [r.policy, r.payer, r.purpose, r.value, r.low, r.high, r.cut])),
    option: () => ({ grid: { left: 8, right: 30, top: 62, bottom: 6, containLabel: true }, legend: { top: 0, left: 0, right: 0, textStyle: { color: ink(), fontSize: 12 }, itemWidth: 14, itemHeight: 8 }, tooltip: { ...tip(), trigger: "item", formatter: (e) => `${esc(policyName(policies[e.dataIndex].key))}<br>${esc(e.seriesName)}: <b>${withUnit(e.value, "yuan")}</b>` }, xAxis: valueAxis("yuan", { scale: false }), yAxis: { type: "category", data: policies.map((p) => policyName(p.key)), axisLabel: { color: ink(), fontSize: 12, width: narrow() ? 110 : 190, overflow: "break" }, axisTick: { show: false } },
      series: classes.map((k, n) => ({ type: "bar", stack: "all", name: word(k), color: colours()[n % 8], barMaxWidth: 22, data: policies.map((p) => of(p.key, k)) })) }),
    after: (below) => below.replaceChildren(el("details", {}, el("summary", {}, word("line_by_line")), el("div", { className: "scroll high" }, table([word("policies"), word("payer"), word("purpose"), word("u_yuan"), isComparison ? word("bracketed") : "", word("cut")], rows().sort((a, b) => b.value - a.value).map((r) => [policyName(r.policy), word(r.payer), word(r.purpose), signed(r.value, "yuan"), range(r.low, r.high, "yuan"), r.cut > 1e-3 * r.value ? number(r.cut, "yuan") : "–"]), [3, 4, 5])))) });
}
/// What each level of government received less what it paid, against no policy.
function balances(part) {
  const rows = extract(D.policies.public_money).filter((r) => r.comparison === comparisons[state.comparison]);
  if (!rows.length) return;
  const classes = ["county_governments", "prefecture_governments", "province_governments", "central_government"], lines = (k) => rows.filter((r) => (r.payer === k) !== (r.receiver === k)).map((r) => { const s = r.receiver === k ? 1 : -1, ends = [s * end(r, "low_yuan"), s * end(r, "high_yuan")].sort((a, b) => a - b); return { name: word(k) + (state.lang === "zh" ? "：" : ": ") + (s > 0 ? word("from") + " " + word(r.payer) : word("to") + " " + word(r.receiver)) + ", " + word(r.purpose), value: s * num(r.difference_yuan), low: ends[0], high: ends[1], k }; }).filter((x) => x.value);
  const all = classes.flatMap((k) => lines(k)).sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, 14).sort((a, b) => b.value - a.value);
  const net = (k) => lines(k).reduce((s, x) => s + x.value, 0);
  card(part, { id: "balances", title: word("c_balances"), read: word("r_balances"), lines: () => all.length, source: "public_money.csv", unit: word("u_yuan"), rows: () => [D.policies.public_money.columns, ...D.policies.public_money.rows], option: () => (all.length ? bars(all, "yuan") : null),
    after: (below) => below.replaceChildren(el("p", { className: "how" }, word("net_balances") + " " + classes.map((k) => word(k) + " " + signed(Math.round(net(k)) || 0, "yuan")).join(state.lang === "zh" ? "；" : "; "))) });
}
/// What each policy adds to the others, of any number of the last year.
function contributions(part) {
  const rows = extract(D.policies.attribution).filter((r) => !isComparison || comparisons[state.comparison] === r.scenario || comparisons.length === 1);
  if (!rows.length) return isComparison ? part.append(el("div", { className: "card", style: "margin-top:16px" }, el("h3", {}, word("c_attribution")), el("p", { className: "how" }, word("no_each")))) : null;
  const all = [...new Set(rows.map((r) => r.indicator))], scopes = () => [...new Set(rows.filter((r) => r.indicator === state.adds[0]).map((r) => (r.scope === "area" ? "area" : r.scope_id)))];
  if (!has(all, state.adds[0])) state.adds = [all[0], "area"];
  const pick = () => rows.filter((r) => r.indicator === state.adds[0] && (r.scope === "area" ? "area" : r.scope_id) === state.adds[1]), kinds = ["alone", "last", "shapley"];
  const scopeBox = el("span", {}), scopeTool = () => { if (!has(scopes(), state.adds[1])) state.adds[1] = scopes()[0]; scopeBox.replaceChildren(picker(word("scope"), scopes().map((s) => [s, word(s)]), state.adds[1], (v) => { state.adds[1] = v; draw(c); })); };
  const c = card(part, { id: "attribution", title: () => word("c_attribution") + " · " + indicatorName(state.adds[0]) + " · " + word(state.adds[1]), read: () => word("r_attribution") + (rows.some((r) => r.kind === "shapley") ? " " + word("r_shapley") : ""), lines: () => new Set(pick().map((r) => r.policy)).size, source: "attribution.csv", unit: () => unitLabel(differenceUnit(unitOf(state.adds[0]))) + (pick()[0] ? ", " + pick()[0].year : ""), tools: [picker(word("indicator"), all.map((i) => [i, indicatorName(i)]), state.adds[0], (v) => { state.adds[0] = v; scopeTool(); draw(c); }), scopeBox], rows: () => [D.policies.attribution.columns, ...D.policies.attribution.rows],
    option: () => {
      const unit = unitOf(state.adds[0]), here = pick(), names = [...new Set(here.filter((r) => r.policy !== "all").map((r) => r.policy))], value = (p, k) => here.find((r) => r.policy === p && r.kind === k);
      const order = names.map((p) => [p, num((value(p, "shapley") || value(p, "alone") || { value: 0 }).value)]).sort((a, b) => a[1] - b[1]).map((x) => x[0]), there = kinds.filter((k) => here.some((r) => r.kind === k)), categories = ["all", ...order];
      const of = (k) => categories.map((p) => { const r = p === "all" ? (k === there[0] ? value("all", "total") : null) : value(p, k); return r ? [num(r.value), end(r, "low"), end(r, "high")] : [NaN, NaN, NaN]; });
      const offset = (n) => (n - (there.length - 1) / 2) * 8;
      const series = there.flatMap((k, n) => { const v = of(k), colour = colours()[[0, 5, 2][n]]; return [
        { type: "custom", name: word(k), color: colour, data: v.map((x, row) => [x[0], row, x[1], x[2]]).filter((x) => finite(x[0])), encode: { x: [0, 2, 3], y: 1 }, renderItem: (params, api) => { const at = (x) => api.coord([x, api.value(1)]), m = at(api.value(0)), y = m[1] - offset(n), tone = api.value(1) === 0 ? ink() : colour, parts = [{ type: "circle", shape: { cx: m[0], cy: y, r: 4.5 }, style: { fill: tone } }]; if (finite(api.value(2))) parts.unshift({ type: "path", shape: { pathData: `M${at(api.value(2))[0]} ${y}H${at(api.value(3))[0]}` }, style: { stroke: tone, lineWidth: 2, fill: "none" } }); return { type: "group", children: parts }; } }]; });
      series[0].markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: soft(), type: "solid" }, data: [{ xAxis: 0 }] };
      return { grid: { left: 8, right: 30, top: 36, bottom: 6, containLabel: true }, legend: { top: 0, left: 0, textStyle: { color: ink(), fontSize: 12 }, itemWidth: 10, itemHeight: 10, icon: "circle" }, tooltip: { ...tip(), trigger: "item", formatter: (e) => `${esc(categories[e.value[1]] === "all" ? word("total") : policyName(categories[e.value[1]]))} · ${esc(e.seriesName)}<br><b>${signed(e.value[0], unit)}</b> ${range(e.value[2], e.value[3], unit)}` }, xAxis: valueAxis(differenceUnit(unit), { scale: false }), yAxis: { type: "category", data: categories.map((p) => (p === "all" ? word("total") : policyName(p))), axisLabel: { color: ink(), fontSize: 12, width: narrow() ? 110 : 260, overflow: "break" }, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: faint() } } }, series };
    },
    after: (below) => { const x = pick().find((r) => r.kind === "interaction"), u = unitOf(state.adds[0]); below.replaceChildren(x ? el("p", { className: "how" }, word("interaction_is", { v: signed(num(x.value), u), r: range(end(x, "low"), end(x, "high"), u) })) : ""); } });
  scopeTool();
  c.box.style.marginTop = "16px";
}
/// Payments between classes of accounts in a year of a run.
function payments(part) {
  if (D.payments.length) {
    const first = D.payments[0][0], sums = () => { const m = new Map(); D.payments.filter((p) => p[0] === Math.max(first, state.year)).forEach((p) => { const key = p[1] + "\t" + p[2]; m.set(key, (m.get(key) || 0) + p[4]); }); return [...m].map(([k, v]) => { const [a, b] = k.split("\t"); return v < 0 ? [b, a, -v] : [a, b, v]; }).filter((x) => x[2] > 0); };
    const c = card(part, { id: "payments", title: word("c_payments"), read: word("r_payments"), size: "tall", yearly: true, tools: yearTools(), source: "accounts.csv", unit: word("u_yuan"), rows: () => [["year", "payer_class", "receiver_class", "purpose", "amount_yuan"], ...D.payments], option: () => {
      const list = sums(), names = [...new Set(list.flatMap((x) => [x[0], x[1]]))], tone = (n) => colours()[names.indexOf(n) % 8], tot = (k, n) => list.filter((x) => x[k] === n).reduce((s, x) => s + x[2], 0);
      const side = (k, depth) => [...new Set(list.map((x) => x[k]))].sort((a, b) => tot(k, b) - tot(k, a)).map((n) => ({ name: word(n) + (depth ? " " : ""), depth, itemStyle: { color: tone(n) }, label: { position: depth ? "left" : "right", formatter: word(n) + "  " + number(tot(k, n), "yuan") } }));
      return { tooltip: { ...tip(), formatter: (e) => e.dataType === "edge" ? `${esc(e.data.source)} → ${esc(e.data.target)}<br><b>${withUnit(e.data.value, "yuan")}</b>` : `${esc(e.name)}: <b>${withUnit(e.value, "yuan")}</b>` }, series: [{ type: "sankey", left: 4, right: 4, top: 8, bottom: 8, nodeGap: 14, nodeWidth: 16, draggable: false, layoutIterations: 0, label: { color: ink(), fontSize: 12, textBorderColor: ground(), textBorderWidth: 2 }, lineStyle: { color: "source", opacity: 0.3 }, data: [...side(0, 0), ...side(1, 1)], links: list.map((x) => ({ source: word(x[0]), target: word(x[1]) + " ", value: x[2] })) }] };
    } });
    c.box.style.marginTop = "16px";
  }
}
