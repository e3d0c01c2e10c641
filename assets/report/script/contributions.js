// What each policy adds to the others, of any number of the last year.
import { legendAbove, margins, nameAxis, tip, valueAxis, zeroLine } from "./axes.js";
import { addCard, draw } from "./cards.js";
import { colours, faint, ink } from "./colours.js";
import { policies } from "./data.js";
import { box, element, escaped, heading, picker, remark } from "./elements.js";
import { indicatorName, policyName, unitLabel, unitOf, word } from "./language.js";
import { differenceUnit, interval, isNumber, parsed, signed, unique } from "./numbers.js";
import { endOf } from "./programme_money.js";
import { isNarrow, state } from "./state.js";
import { comparisons, isComparison, shownComparison } from "./subject.js";

const KINDS = ["alone", "last", "shapley"];
/** Distance between the dots of one policy, in pixels. */
const APART = 8;
const scopeOf = (row) => (row.scope === "area" ? "area" : row.scope_id);
const nameOf = (policy) => (policy === "all" ? word("total") : policyName(policy));

/** A dot with the line of its interval, `offset` pixels above the middle of its row; the total in ink. */
const dotShape = (colour, offset) => (_params, api) => {
  const at = (value) => api.coord([value, api.value(1)]);
  const [x, middle] = at(api.value(0));
  const y = middle - offset;
  const tone = api.value(1) === 0 ? ink() : colour;
  const dot = { type: "circle", shape: { cx: x, cy: y, r: 4.5 }, style: { fill: tone } };
  if (!isNumber(api.value(2))) return { type: "group", children: [dot] };
  const pathData = `M${at(api.value(2))[0]} ${y}H${at(api.value(3))[0]}`;
  const line = { type: "path", shape: { pathData }, style: { stroke: tone, lineWidth: 2, fill: "none" } };
  return { type: "group", children: [line, dot] };
};
function contributionsOption(rows, unit) {
  const find = (policy, kind) => rows.find((row) => row.policy === policy && row.kind === kind);
  const size = (policy) => parsed((find(policy, "shapley") || find(policy, "alone") || { value: 0 }).value);
  const own = unique(rows.map((row) => row.policy)).filter((policy) => policy !== "all");
  const ordered = own.map((policy) => [policy, size(policy)]).sort((one, other) => one[1] - other[1]);
  const all = ["all", ...ordered.map(([policy]) => policy)];
  const kinds = KINDS.filter((kind) => rows.some((row) => row.kind === kind));
  const dotsOf = (kind) =>
    all
      .map((policy, at) => [
        policy === "all" && kind === kinds[0] ? find("all", "total") : find(policy, kind),
        at,
      ])
      .filter(([row]) => row && isNumber(parsed(row.value)))
      .map(([row, at]) => [parsed(row.value), at, endOf(row, "low"), endOf(row, "high")]);
  const series = kinds.map((kind, at) => {
    const colour = colours()[[0, 5, 2][at]];
    return {
      type: "custom",
      name: word(kind),
      color: colour,
      data: dotsOf(kind),
      encode: { x: [0, 2, 3], y: 1 },
      renderItem: dotShape(colour, (at - (kinds.length - 1) / 2) * APART),
    };
  });
  series[0].markLine = zeroLine("xAxis");
  const told = ({ value, seriesName }) =>
    `${escaped(nameOf(all[value[1]]))} · ${escaped(seriesName)}<br>` +
    `<b>${signed(value[0], unit)}</b> ${interval(value[2], value[3], unit)}`;
  return {
    grid: margins(36, 30),
    legend: legendAbove({ itemWidth: 10, itemHeight: 10, icon: "circle" }),
    tooltip: { ...tip(), trigger: "item", formatter: told },
    xAxis: valueAxis(differenceUnit(unit), { scale: false }),
    yAxis: nameAxis(all.map(nameOf), isNarrow() ? 110 : 260, {
      splitLine: { show: true, lineStyle: { color: faint() } },
    }),
    series,
  };
}
function interactionLine(rows, unit) {
  const row = rows.find(({ kind }) => kind === "interaction");
  if (!row) return "";
  const ends = interval(endOf(row, "low"), endOf(row, "high"), unit);
  return remark(word("interaction_is", { difference: signed(parsed(row.value), unit), interval: ends }));
}
export function contributions(part) {
  const ofShown = (row) => !isComparison || comparisons.length === 1 || row.scenario === shownComparison();
  const rows = policies.attribution.filter(ofShown);
  if (!rows.length) {
    const words = [heading(word("chart_attribution")), remark(word("no_each"))];
    if (isComparison) part.append(box({ className: "apart" }, ...words));
    return;
  }
  const chosen = state.contribution;
  const indicators = unique(rows.map((row) => row.indicator));
  if (!indicators.includes(chosen.indicator)) {
    Object.assign(chosen, { indicator: indicators[0], scope: "area" });
  }
  const ofIndicator = () => rows.filter((row) => row.indicator === chosen.indicator);
  const picked = () => ofIndicator().filter((row) => scopeOf(row) === chosen.scope);
  const unit = () => unitOf(chosen.indicator);
  const scopeBox = element("span", {});
  const chooseScope = (scope) => {
    chosen.scope = scope;
    draw(card);
  };
  const showScopes = () => {
    const scopes = unique(ofIndicator().map(scopeOf));
    if (!scopes.includes(chosen.scope)) chosen.scope = scopes[0];
    const options = scopes.map((scope) => [scope, word(scope)]);
    scopeBox.replaceChildren(picker(word("scope"), options, chosen.scope, chooseScope));
  };
  const chooseIndicator = (indicator) => {
    chosen.indicator = indicator;
    showScopes();
    draw(card);
  };
  const options = indicators.map((indicator) => [indicator, indicatorName(indicator)]);
  const hasShapley = rows.some((row) => row.kind === "shapley");
  const { columns, rows: cells } = policies.tables.attribution;
  const card = addCard(part, {
    id: "attribution",
    apart: "apart",
    title: () => [word("chart_attribution"), indicatorName(chosen.indicator), word(chosen.scope)].join(" · "),
    read: () => word("read_attribution") + (hasShapley ? " " + word("read_shapley") : ""),
    lines: () => unique(picked().map((row) => row.policy)).length,
    source: "attribution.csv",
    unit: () => unitLabel(differenceUnit(unit())) + (picked().length ? ", " + picked()[0].year : ""),
    tools: [picker(word("indicator"), options, chosen.indicator, chooseIndicator), scopeBox],
    rows: () => [columns, ...cells],
    option: () => contributionsOption(picked(), unit()),
    after: (below) => below.replaceChildren(interactionLine(picked(), unit())),
  });
  showScopes();
}
