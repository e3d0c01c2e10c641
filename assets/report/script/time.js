// Indicators over the years.
import { addCard, section } from "./cards.js";
import { element } from "./elements.js";
import { explorer } from "./explorer.js";
import { allIndicators, idsOf, scopesOf } from "./indicators.js";
import { indicatorName, unitOf, word } from "./language.js";
import { indicatorSource, lineOption, lineRows, readLine, unitOfLines } from "./line_chart.js";
import { scopeName } from "./places.js";
import { isDifference } from "./subject.js";

const byTier = (indicator) =>
  idsOf(indicator, "tier")
    .filter((id) => id !== "outside")
    .map((id) => [indicator, "tier", id]);
/** By town and country where the tables have it, else by tier. */
const bySettlement = (indicator) =>
  scopesOf(indicator).includes("settlement")
    ? idsOf(indicator, "settlement").map((id) => [indicator, "settlement", id])
    : byTier(indicator);
const ofArea = (...indicators) =>
  indicators.filter((one) => allIndicators.includes(one)).map((one) => [one, "area", "all"]);

/** The charts: the name of each, and its lines. */
const charts = () => [
  ["population", byTier("residents")],
  ["urban", ofArea("share_urban", "share_urban_registered")],
  ["income", bySettlement("income_per_head")],
  ["home", bySettlement("home_income_per_head")],
  ["ratio", ofArea("income_ratio_residence", "income_ratio_home")],
  ["gap", ofArea("theil_between_prefectures")],
  ["gini", ofArea("gini")],
  ["unemployment", ofArea("unemployment_rate")],
  ["output", byTier("output_per_head")],
  ["capital", byTier("capital")],
  ["fiscal", ofArea("self_sufficiency", "self_sufficiency_province")],
  ["services", ofArea("cv_services", "cv_services_nodes")],
  ["ecology", byTier("ecology")],
  ["rent", byTier("rent_over_income")],
  ["talent", byTier("talent_per_1000")],
];
function addChart(grid, name, items) {
  const unit = unitOf(items[0][0]);
  const nameOf = ([indicator, scope, id]) =>
    scope === "area" ? indicatorName(indicator) : scopeName(scope, id);
  addCard(grid, {
    id: "time-" + name,
    title: word("title_" + name) + (isDifference ? " · " + word("difference_of") : ""),
    read: () => readLine() + " " + word("about_" + name),
    unit: () => unitOfLines(items, unit),
    source: indicatorSource,
    rows: () => lineRows(items),
    option: () => lineOption(items, unit, items.map(nameOf)),
  });
}
export function time() {
  const part = section("time");
  const grid = element("div", { className: "grid" });
  part.append(grid);
  for (const [name, items] of charts()) if (items.length) addChart(grid, name, items);
  explorer(part);
}
