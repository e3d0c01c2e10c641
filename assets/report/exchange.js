// Who sends what to whom.
function exchange() {
  const part = section("exchange");
  const ofTiers = isComparison && factors.some((f) => TIERS.some((a) => TIERS.some((b) => tierFlow(f, a, b))));
  if (!D.tiers.length && !ofTiers) { part.append(el("p", { className: "card how" }, word("none"))); return; }
  const at = (d) => (d ? d.years.indexOf(state.year) : -1);
  if (ofTiers) changesOfFlows(part, at);
  const pairs = () => {
    if (ofTiers && (state.level === "tiers" || !D.flows)) return TIERS.flatMap((a) => TIERS.map((b) => { const d = tierFlow(state.factor, a, b), t = at(d); return [word(a), word(b), t < 0 ? 0 : d[state.arm][t]]; })).filter((x) => x[2] > 0);
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
  const armTool = () => { const l = picker(word("arm"), [["baseline", word("without")], ["policy", word("with")]], state.arm, (v) => { state.arm = v; document.querySelectorAll("select.arm").forEach((n) => { n.value = v; }); redraw((c) => c.exchange); }); l.querySelector("select").className = "arm"; return l; };
  const tools = () => [yearTools(), mark(factorTool()), ofTiers ? armTool() : null, D.flows && D.flows.level !== "tier" ? (() => { const l = picker(word("level"), [["tiers", word("between_tiers")], ["prefectures", word("between_prefectures")]], state.level, (v) => { state.level = v; document.querySelectorAll("select.level").forEach((n) => { n.value = v; }); redraw((c) => c.exchange); }); l.querySelector("select").className = "level"; return l; })() : null].flat().filter(Boolean);
  const colour = (names) => (name) => { const t = TIERS.find((x) => word(x) === name); return t ? tierColour(t) : colours()[names.indexOf(name) % 7]; };
  const label = { color: ink(), fontSize: 12, textBorderColor: ground(), textBorderWidth: 2 };
  const tooltip = () => ({ ...tip(), trigger: "item", formatter: (e) => e.dataType === "edge" ? `${esc(String(e.data.source).trim())} → ${esc(String(e.data.target).trim())}<br><b>${withUnit(e.data.value, factorUnit(state.factor))}</b>` : `${esc(String(e.name).trim())}: <b>${withUnit(e.value, factorUnit(state.factor))}</b>` });
  const common = { yearly: true, flows: true, exchange: true, rows, size: "mid", source: ofTiers ? "compare.csv" : "tier_flows.csv, flows.csv", unit: () => unitLabel(factorUnit(state.factor)), empty: () => word("no_flow") };
  const grid = el("div", { className: "grid" });
  part.append(grid);
  card(grid, { ...common, id: "sankey", title: word("c_sankey"), read: () => word("r_sankey") + (state.lang === "zh" ? "" : " ") + word(state.level === "tiers" || !D.flows ? "r_sankey_tiers" : "r_sankey_prefectures"), tools: tools(), option: () => {
    const list = pairs(), names = [...new Set(list.flatMap((p) => [p[0], p[1]]))], tone = colour(names);
    if (!list.length) return null;
    // The right side has names of its own (a trailing blank), because a place both sends and receives.
    const sum = (k, n) => number(list.filter((p) => p[k] === n).reduce((s, p) => s + p[2], 0)), named = (k) => (e) => e.name.trim() + "  " + sum(k, e.name.trim());
    const nodes = [...new Set(list.map((p) => p[0]))].map((n) => ({ name: n, depth: 0, itemStyle: { color: tone(n) }, label: { position: "right", formatter: named(0) } })).concat([...new Set(list.map((p) => p[1]))].map((n) => ({ name: n + " ", depth: 1, itemStyle: { color: tone(n) }, label: { position: "left", formatter: named(1) } })));
    return { tooltip: tooltip(), series: [{ type: "sankey", left: 4, right: 4, top: 8, bottom: 8, nodeGap: 8, nodeWidth: 16, draggable: false, layoutIterations: 0, label, lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 }, data: nodes, links: list.map((p) => ({ source: p[0], target: p[1] + " ", value: p[2] })) }] };
  } });
  card(grid, { ...common, id: "chord", title: word("c_chord"), read: word("r_chord"), tools: tools(), option: () => {
    const list = pairs().filter((p) => p[0] !== p[1]), names = [...new Set(list.flatMap((p) => [p[0], p[1]]))], tone = colour(names);
    if (!list.length) return null;
    return { tooltip: tooltip(), series: [{ type: "chord", radius: ["70%", "77%"], padAngle: 2, minAngle: 3, label: { show: true, ...label, position: "outside" }, lineStyle: { color: "source", opacity: 0.35 }, data: names.map((n) => ({ name: n, itemStyle: { color: tone(n) } })), links: list.map((p) => ({ source: p[0], target: p[1], value: p[2] })) }] };
  } });
}
/// What a policy changes in the flows between tiers in a year.
function changesOfFlows(part, at) {
  const list = () => TIERS.flatMap((a) => TIERS.map((b) => [a, b, tierFlow(state.factor, a, b)])).map(([a, b, d]) => { const t = at(d); return t < 0 ? null : { name: word(a) + " → " + word(b), pair: a + " > " + b, value: d.difference[t], low: d.low[t], high: d.high[t] }; }).filter((x) => x && x.value).sort((x, y) => y.value - x.value);
  const c = card(part, { id: "flow-changes", title: () => word("c_flow_changes") + " · " + word(state.factor), read: word("r_flow_changes"), lines: () => list().length, yearly: true, flows: true, tools: [yearTools(), mark(factorTool())].flat(), source: "compare.csv", unit: () => unitLabel(factorUnit(state.factor)) + ", " + state.year,
    rows: () => [["year", "factor", "pair", "difference", "low", "high", "unit"]].concat(list().map((x) => [state.year, state.factor, x.pair, x.value, x.low, x.high, factorUnit(state.factor)])), option: () => (list().length ? bars(list(), factorUnit(state.factor)) : null), empty: () => word("no_flow") });
  c.box.style.marginBottom = "16px";
}
