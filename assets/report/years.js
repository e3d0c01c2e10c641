// Indicators over the years.
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
    ["ratio", area("income_ratio_residence", "income_ratio_home")], ["gap", area("theil_between_prefectures")], ["gini", area("gini")], ["output", tiers("output_per_head")], ["capital", tiers("capital")], ["fiscal", area("self_sufficiency", "self_sufficiency_province")],
    ["services", area("cv_services", "cv_services_nodes")], ["ecology", tiers("ecology")], ["rent", tiers("rent_over_income")], ["talent", tiers("talent_per_1000")]]) {
    if (!items.length || !there.has(items[0][0])) continue;
    const i = items[0][0], unit = unitOf(i), names = () => items.map(([n, s, x]) => (s === "area" ? indicatorName(n) : scopeName(s, x)));
    card(grid, { id: "time-" + id, title: word("t_" + id) + (isDifference ? " · " + word("difference_of") : ""), read: () => readLine() + " " + word("w_" + id), unit: unitLabel(drawnUnit(unit)), source: indicatorSource, rows: () => lineRows(items), option: () => lineOption(items, unit, names()) });
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
  const c = card(part, { id: "explorer", title: word("c_explorer"), size: "mid", source: indicatorSource, unit: () => unitLabel(drawnUnit(unitOf(state.explorer[0]))), read: () => { const m = meaningOf.get(state.explorer[0]); return readLine() + (m ? ` ${indicatorName(m[0])}${state.lang === "zh" ? "" : ": " + m[2]}` : ""); }, rows: () => lineRows(items()),
    tools: [picker(word("indicator"), list.map((i) => [i, indicatorName(i)]), state.explorer[0], (v) => { state.explorer[0] = v; scopeTool(); draw(c); }), scopeBox],
    option: () => lineOption(items(), unitOf(state.explorer[0]), items().map(([, s, id]) => scopeName(s, id))) });
  c.box.style.marginTop = "16px";
}
