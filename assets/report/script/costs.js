// Programme money by policy, stacked by who pays.
import { legendAbove, margins, nameAxis, tip, valueAxis } from "./axes.js";
import { addCard } from "./cards.js";
import { colours } from "./colours.js";
import { details, element, escaped, table } from "./elements.js";
import { policyName, word } from "./language.js";
import { interval, number, signed, sum, withUnit } from "./numbers.js";
import { CUT_TOLD } from "./payers.js";
import { costLines, sumsBy } from "./programme_money.js";
import { isNarrow } from "./state.js";
import { isComparison } from "./subject.js";

function costsOption(lines, payers, policies) {
  const paid = (policy, payer) =>
    sum(lines.filter((line) => line.policy === policy && line.payer === payer).map((line) => line.value));
  const bars = payers.map((payer, at) => ({
    type: "bar",
    stack: "all",
    name: word(payer),
    color: colours()[at % 8],
    barMaxWidth: 22,
    data: policies.map((policy) => paid(policy, payer)),
  }));
  const told = ({ dataIndex, seriesName, value }) =>
    `${escaped(policyName(policies[dataIndex]))}<br>${escaped(seriesName)}: <b>${withUnit(value, "yuan")}</b>`;
  return {
    grid: margins(62, 30),
    legend: legendAbove({ right: 0, itemWidth: 14, itemHeight: 8 }),
    tooltip: { ...tip(), trigger: "item", formatter: told },
    xAxis: valueAxis("yuan", { scale: false }),
    yAxis: nameAxis(policies.map(policyName), isNarrow() ? 110 : 190),
    series: bars,
  };
}
function lineByLine(lines) {
  const bracketed = isComparison ? word("bracketed") : "";
  const head = [word("policies"), word("payer"), word("purpose"), word("unit_yuan"), bracketed, word("cut")];
  const rowOf = (line) => [
    ...[policyName(line.policy), word(line.payer), word(line.purpose), signed(line.value, "yuan")],
    interval(line.low, line.high, "yuan"),
    line.cut > CUT_TOLD * line.value ? number(line.cut, "yuan") : "–",
  ];
  const sorted = [...lines].sort((one, other) => other.value - one.value);
  const scroll = element("div", { className: "scroll high" }, table(head, sorted.map(rowOf), [3, 4, 5]));
  return details(word("line_by_line"), {}, scroll);
}
export function costs(part) {
  const lines = costLines().filter((line) => line.value);
  if (!lines.length) return;
  const keysBy = (keyOf) => sumsBy(lines, keyOf).map((total) => total.key);
  const payers = keysBy((line) => line.payer);
  const policies = keysBy((line) => line.policy).reverse();
  const head = ["policy", "payer", "purpose", "yuan", "low", "high", "cut"];
  const rowOf = ({ policy, payer, purpose, value, low, high, cut }) => [
    ...[policy, payer, purpose],
    ...[value, low, high, cut],
  ];
  addCard(part, {
    id: "costs",
    title: word("chart_costs"),
    read: word(isComparison ? "read_costs" : "read_costs_run"),
    lines: () => policies.length + 1,
    source: isComparison ? "costs.csv" : "effects.csv",
    unit: word("unit_yuan"),
    rows: () => [head, ...lines.map(rowOf)],
    option: () => costsOption(lines, payers, policies),
    after: (below) => below.replaceChildren(lineByLine(lines)),
  });
}
