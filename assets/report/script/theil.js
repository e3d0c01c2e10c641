// Theil's T and its parts.
import { legendAbove, margins, tip, valueAxis, yearAxis } from "./axes.js";
import { addCard } from "./cards.js";
import { colours } from "./colours.js";
import { lineOf } from "./indicators.js";
import { capitalised, indicatorName, isChinese, word } from "./language.js";
import { indicatorSource, lineOption, lineRows, orGap, readLine } from "./line_chart.js";
import { number } from "./numbers.js";
import { isDifference } from "./subject.js";

const PARTS = [
  ["theil_between_tiers", "between", "tiers"],
  ["theil_within_tiers", "within", "tiers"],
  ["theil_between_prefectures", "between", "prefectures"],
  ["theil_within_prefectures", "within", "prefectures"],
];
const ofArea = (indicator) => [indicator, "area", "all"];

/** Both splits of the whole, stacked. */
function partsOption() {
  const lines = PARTS.map(([indicator, split, groups], at) => {
    const [first, second] = [word(split), word(groups)];
    return {
      line: lineOf(...ofArea(indicator)),
      name: isChinese() ? second + first : `${first} ${second}`,
      groups,
      at,
    };
  });
  const bar = ({ line, name, groups, at }) => ({
    type: "bar",
    name,
    stack: groups,
    data: line.middle.map(orGap),
    color: colours()[[0, 4, 5, 1][at]],
    barCategoryGap: "25%",
  });
  return {
    grid: margins(58, 14),
    legend: legendAbove({ right: 0, itemWidth: 14, itemHeight: 8 }),
    tooltip: { ...tip(), trigger: "axis", valueFormatter: (value) => number(value) },
    xAxis: yearAxis(lines[0].line.years),
    yAxis: valueAxis("Theil T", { scale: false }),
    series: lines.filter(({ line }) => line).map(bar),
  };
}
export function theil(grid) {
  const differences = ["theil", "theil_between_tiers", "theil_between_prefectures"].map(ofArea);
  const asLines = isDifference && lineOf(...ofArea("theil"));
  if (!asLines && !lineOf(...ofArea("theil_between_tiers"))) return;
  const items = asLines
    ? differences.filter((item) => lineOf(...item))
    : PARTS.map(([indicator]) => ofArea(indicator));
  const names = () => items.map(([indicator]) => indicatorName(indicator));
  addCard(grid, {
    id: "theil",
    title: word("chart_theil") + (isDifference ? " · " + word("difference_of") : ""),
    read: () => word("read_theil") + (asLines ? " " + capitalised(readLine()) : ""),
    source: indicatorSource,
    unit: word("unit_Theil T"),
    rows: () => lineRows(items),
    option: () => (asLines ? lineOption(items, "Theil T", names()) : partsOption()),
  });
}
