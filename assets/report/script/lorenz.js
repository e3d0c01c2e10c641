// Lorenz curves between places: how much of all income the poorest places have.
import { margins, tip, valueAxis } from "./axes.js";
import { addCard } from "./cards.js";
import { ink, lessColour, moreColour, soft } from "./colours.js";
import { data } from "./data.js";
import { escaped } from "./elements.js";
import { word } from "./language.js";
import { armsOf } from "./arms.js";
import { isNumber, number, sum, unique } from "./numbers.js";
import { columnAt, columnValues } from "./places.js";
import { state } from "./state.js";
import { isComparison } from "./subject.js";
import { yearTools } from "./years.js";

/** Points from which a curve is thinned out. */
const POINTS = 400;

/** Cumulative shares of residents and income, poorest places first, from income per head and residents. */
function curveOf(pairs) {
  const list = pairs
    .filter(([income, residents]) => isNumber(income) && residents > 0)
    .sort((one, other) => one[0] - other[0]);
  const allPeople = sum(list.map(([, residents]) => residents));
  const allMoney = sum(list.map(([income, residents]) => income * residents));
  const points = [[0, 0]];
  let [people, money] = [0, 0];
  for (const [income, residents] of list) {
    people += residents;
    money += income * residents;
    points.push([people / allPeople, money / allMoney]);
  }
  if (points.length <= POINTS) return points;
  const step = Math.ceil(points.length / POINTS);
  return points.filter((_, at) => at % step === 0 || at === points.length - 1);
}
const shareAxis = (name, nameGap) =>
  valueAxis("share", {
    ...{ min: 0, max: 1, interval: 0.2 },
    ...{ name, nameLocation: "middle", nameGap, nameTextStyle: { color: soft() } },
  });
/** Curves by name, the first of them dashed, over the line of equality. */
function lorenzOption(curves) {
  const equality = {
    type: "line",
    name: word("equal"),
    data: [
      [0, 0],
      [1, 1],
    ],
    symbol: "none",
    color: soft(),
    lineStyle: { type: "dashed", width: 1 },
  };
  const lines = curves.map(([name, points], at) => ({
    type: "line",
    name,
    data: points,
    symbol: "circle",
    symbolSize: 5,
    itemStyle: { opacity: 0 },
    emphasis: { itemStyle: { opacity: 1 } },
    color: at ? lessColour() : moreColour(),
    lineStyle: { width: 2, type: at ? "solid" : [6, 3] },
  }));
  const told = ({ seriesName, value }) =>
    `${escaped(seriesName)}: ${number(value[0], "share")} → ${number(value[1], "share")}`;
  return {
    grid: margins(34, 20, 30, 26),
    legend: {
      ...{ top: 0, left: 0, textStyle: { color: ink() } },
      ...{ itemWidth: 18, icon: "roundRect", itemHeight: 4, itemStyle: { opacity: 1 } },
    },
    tooltip: { ...tip(), trigger: "item", formatter: told },
    xAxis: shareAxis(word("poor_share"), 28),
    yAxis: shareAxis(word("income_share"), 46),
    series: [equality, ...lines],
  };
}
/** Of the last year without and with the policy. */
export function lorenzOfArms(part) {
  const [income, people] = [armsOf("income_per_head"), armsOf("residents")];
  if (!income.size || !people.size) return;
  const both = [...income].filter(([node]) => people.has(node));
  const curve = (arm) => curveOf(both.map(([node, values]) => [values[arm], people.get(node)[arm]]));
  const head = ["arm", "share_residents", "share_income"];
  const rowsOf = (arm) => curve(arm).map((point) => [arm, ...point]);
  addCard(part, {
    id: "lorenz",
    title: word("chart_lorenz"),
    read: word("read_lorenz") + " " + word("read_lorenz_arms"),
    source: "compare.csv",
    unit: word("unit_share"),
    rows: () => [head, ...rowsOf("baseline"), ...rowsOf("policy")],
    option: () =>
      lorenzOption([
        [word("without"), curve("baseline")],
        [word("with"), curve("policy")],
      ]),
  });
}
/** Of the first year and the year on show. */
export function lorenzOfRun(part) {
  if (columnAt("income_yuan") < 0) return;
  const { years } = data.nodes;
  const curve = (at) => {
    const residents = columnValues("residents")[at];
    return curveOf(columnValues("income_yuan")[at].map((income, place) => [income, residents[place]]));
  };
  const now = () => Math.max(0, years.indexOf(state.year));
  const head = ["year", "share_residents", "share_income"];
  const rowsOf = (at) => curve(at).map((point) => [years[at], ...point]);
  addCard(part, {
    id: isComparison ? "lorenz-run" : "lorenz",
    title: word("chart_lorenz"),
    read: word("read_lorenz"),
    yearly: true,
    tools: yearTools(),
    source: "nodes.csv",
    unit: word("unit_share"),
    rows: () => [head, ...[0, now()].flatMap(rowsOf)],
    option: () => lorenzOption(unique([0, now()]).map((at) => [String(years[at]), curve(at)])),
  });
}
