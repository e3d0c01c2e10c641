// The levers that policies move, year by year.
import { legendAbove, margins, tip, valueAxis, yearAxis } from "./axes.js";
import { addCard, draw, wordsCard } from "./cards.js";
import { lessColour, moreColour, soft } from "./colours.js";
import { data, policies } from "./data.js";
import { details, element, picker, remark, table } from "./elements.js";
import { isChinese, leverName, policyName, unitWords, word } from "./language.js";
import { last, number } from "./numbers.js";
import { state } from "./state.js";
import { isComparison, isDifference, isShown } from "./subject.js";

const meanings = new Map(policies.lever_meanings.map((row) => [row.name, row]));
const unitOfLever = (lever) => unitWords((meanings.get(lever) || { unit: "" }).unit);
function meaningOfLever(lever) {
  const known = meanings.get(lever) || { meaning: "", meaning_zh: "" };
  return isChinese() ? known.meaning_zh : known.meaning;
}
/** The years of each lever of each policy. */
function pathsOf(rows) {
  const paths = new Map();
  for (const row of rows) {
    const key = row.policy + "\t" + row.lever;
    if (!paths.has(key)) paths.set(key, []);
    paths.get(key).push(row);
  }
  return paths;
}
const nameOf = ({ policy, lever }) => `${policyName(policy)} · ${leverName(lever)}`;

function pathOption(path) {
  const line = (key, name, type, colour) => ({
    type: "line",
    name: word(name),
    data: path.map((row) => row[key]),
    symbol: "circle",
    symbolSize: 5,
    color: colour,
    lineStyle: { width: 2.2, type },
  });
  // Other policies move the same lever too: then what holds is more or less than this one asks for.
  const shared = path.some((row) => Math.abs(row.after - row.proposed) > 1e-9 * Math.abs(row.after));
  return {
    grid: margins(38, 20),
    legend: legendAbove({ itemWidth: 26 }),
    tooltip: { ...tip(), trigger: "axis", valueFormatter: (value) => number(value) },
    xAxis: yearAxis(
      path.map((row) => row.year),
      { boundaryGap: path.length < 2 },
    ),
    yAxis: valueAxis(""),
    series: [
      line("before", "lever_before", [6, 4], soft()),
      line("proposed", "lever_proposed", "solid", moreColour()),
      ...(shared ? [line("after", "lever_after", "solid", lessColour())] : []),
    ],
  };
}
/** All levers at the end of their years, below the chart. */
function allLevers(paths) {
  const head = [
    "policies",
    "lever",
    "years",
    "places",
    "lever_before",
    "lever_proposed",
    "unit",
    "lever_means",
  ];
  const rowOf = (path) => {
    const end = last(path);
    return [
      policyName(end.policy),
      leverName(end.lever),
      `${path[0].year}–${end.year}`,
      ...[end.places, end.before, end.proposed].map((value) => number(value)),
      unitOfLever(end.lever),
      meaningOfLever(end.lever),
    ];
  };
  const words = head.map((key) => word(key));
  const list = table(words, [...paths.values()].map(rowOf), [2, 3, 4, 5]);
  const scroll = element("div", { className: "scroll high" }, list);
  return details(word("all_levers", { levers: paths.size }), { open: true }, scroll);
}
export function levers(part) {
  const rows = policies.levers.filter((row) => !isComparison || isShown(row));
  if (!rows.length) {
    const wanted = isDifference || data.results.some((result) => result.policies.length);
    if (wanted) part.append(wordsCard(word("chart_levers"), remark(word("no_levers"))));
    return;
  }
  const paths = pathsOf(rows);
  if (!paths.has(state.lever)) state.lever = [...paths.keys()][0];
  const shown = () => paths.get(state.lever);
  const choose = (key) => {
    state.lever = key;
    draw(card);
  };
  const options = [...paths].map(([key, path]) => [key, nameOf(path[0])]);
  const head = ["policy", "lever", "year", "places", "before", "proposed", "after"];
  const card = addCard(part, {
    id: "levers",
    title: () => `${word("chart_levers")} · ${nameOf(shown()[0])}`,
    read: () => `${word("read_levers")} ${meaningOfLever(shown()[0].lever)}`,
    tools: [picker(word("lever"), options, state.lever, choose)],
    source: isComparison ? "levers.csv" : "effects.csv",
    unit: () => unitOfLever(shown()[0].lever),
    rows: () => [head, ...rows.map((row) => head.map((column) => row[column]))],
    option: () => pathOption(shown()),
    after: (below) => below.replaceChildren(allLevers(paths)),
  });
}
