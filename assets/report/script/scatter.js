// Nodes by income and output, with where they come from.
import { armsOf } from "./arms.js";
import { axisText, margins, tip } from "./axes.js";
import { addCard } from "./cards.js";
import { ink, SHAPES, soft, tierColour } from "./colours.js";
import { data } from "./data.js";
import { escaped } from "./elements.js";
import { word } from "./language.js";
import { isNumber, last, number } from "./numbers.js";
import {
  columnAt,
  columnValues,
  everyPlace,
  isCrowded,
  isOutside,
  mostResidents,
  placeName,
  valueAt,
  years,
} from "./places.js";
import { state } from "./state.js";
import { yearTools } from "./years.js";

const { places } = data;
const [INCOME, OUTPUT] = ["income_yuan", "output_per_head_yuan"];
/** Nodes that have a trail over the years. */
const TRAILS = isCrowded ? 120 : 600;
const tierOf = (place) => places.tier[place];

/** Round numbers of 1, 2 and 5 times a power of ten within an axis. */
function decades(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const times of [1, 2, 5]) ticks.push(times * Math.pow(10, power));
  }
  return ticks.filter((tick) => tick >= low * 0.7 && tick <= high * 1.4);
}
/** A logarithmic axis from `min` to `max`, with ticks for values from `low` to `high`. */
const logAxis = (name, { min, max, low, high }, nameGap) => ({
  type: "log",
  min,
  max,
  name: word(name),
  nameLocation: "middle",
  nameTextStyle: { color: soft() },
  axisLabel: { ...axisText(), formatter: (value) => number(value), customValues: decades(low, high) },
  axisTick: { customValues: decades(low, high) },
  splitLine: { show: false },
  nameGap,
});
/** What both kinds of scatter draw: lines that lead to marks, of which `told` says what a tooltip shows. */
function scatterOption({ leads, polyline, marksOf, spans, told }) {
  const lines = {
    type: "lines",
    progressive: 0,
    coordinateSystem: "cartesian2d",
    silent: true,
    z: 1,
    data: leads,
  };
  const marks = (tier) => ({
    type: "scatter",
    name: word(tier),
    symbol: SHAPES[tier],
    color: tierColour(tier),
    z: 2,
    itemStyle: { opacity: 0.75 },
    data: marksOf(tier),
  });
  const legend = ["city", "county_seat", "village"].map((tier) => ({ name: word(tier), icon: SHAPES[tier] }));
  const formatter = (mark) => {
    if (!mark.data || mark.data.place === undefined) return "";
    const [income, output] = told(mark.data.place, mark.value);
    const name = `<b>${escaped(placeName(mark.data.place))}</b>`;
    return `${name}<br>${escaped(word(INCOME))}: ${income}<br>${escaped(word(OUTPUT))}: ${output}`;
  };
  return {
    grid: margins(34, 20, 34, 30),
    legend: { top: 0, left: 0, textStyle: { color: ink() }, itemWidth: 13, itemHeight: 12, data: legend },
    tooltip: { ...tip(), trigger: "item", formatter },
    xAxis: logAxis(INCOME, spans[0], 30),
    yAxis: logAxis(OUTPUT, spans[1], 48),
    series: [polyline ? { ...lines, polyline } : lines, ...["village", "county_seat", "city"].map(marks)],
  };
}
const markSize = (residents, most) => Math.max(4, 26 * Math.sqrt(residents / most));

/** A round number at or beyond an end of an axis. */
function roundEnd(value, upwards) {
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  const steps = [1, 2, 3, 5, 7, 10];
  const fits = upwards ? (step) => step * power >= value : (step) => step * power <= value;
  return power * (upwards ? steps : steps.reverse()).find(fits);
}
/** The ends of a column over all years, without its lowest outliers. */
function spanOf(column) {
  const values = columnValues(column)
    .flat()
    .filter((value) => isNumber(value) && value > 0)
    .sort((one, other) => one - other);
  const [low, high] = [values[Math.floor(0.002 * values.length)], last(values)];
  return { low, high, min: roundEnd(low, false), max: roundEnd(high, true) };
}
const pointOf = (place, year) => [valueAt(INCOME, year, place), valueAt(OUTPUT, year, place)];
const isDrawn = (place, year) => pointOf(place, year).every((value) => value > 0);

/** The way of a node through the years up to the one on show. */
function trailOf(place) {
  const until = years.filter((year) => year <= state.year && isDrawn(place, year));
  const lineStyle = { color: tierColour(tierOf(place)), opacity: 0.35, width: 1 };
  return { coords: until.map((year) => pointOf(place, year)), lineStyle };
}
/** Every node in the year on show, with its trail since the base year. */
export function scatterOfRun(part) {
  if (columnAt(INCOME) < 0 || columnAt(OUTPUT) < 0) return;
  const inside = everyPlace.filter((place) => !isOutside(place));
  const first = (place) => valueAt("residents", years[0], place);
  const trailed = inside.sort((one, other) => first(other) - first(one)).slice(0, TRAILS);
  const head = ["year", "node", "tier", "residents", INCOME, OUTPUT];
  const rowOf = (year, place) => [
    ...[year, places.id[place], tierOf(place), valueAt("residents", year, place)],
    ...pointOf(place, year),
  ];
  const rowsOf = (year) => everyPlace.map((place) => rowOf(year, place)).filter((row) => isNumber(row[4]));
  const option = () => {
    const most = mostResidents(state.year);
    const mark = (place) => ({
      value: pointOf(place, state.year),
      place,
      symbolSize: markSize(valueAt("residents", state.year, place), most),
    });
    return scatterOption({
      leads: trailed.map(trailOf).filter((trail) => trail.coords.length > 1),
      polyline: true,
      marksOf: (tier) =>
        everyPlace.filter((place) => tierOf(place) === tier && isDrawn(place, state.year)).map(mark),
      spans: [spanOf(INCOME), spanOf(OUTPUT)],
      told: (_place, value) => value.map((one) => number(one)),
    });
  };
  addCard(part, {
    id: "scatter",
    apart: "apart",
    title: word("chart_scatter"),
    read: () => word("read_scatter") + (isCrowded ? " " + word("trails_few", { nodes: trailed.length }) : ""),
    size: "mid",
    canvas: isCrowded,
    yearly: true,
    tools: yearTools(),
    source: "nodes.csv",
    unit: word("unit_yuan"),
    rows: () => [head, ...years.flatMap(rowsOf)],
    option,
  });
}
/** Each node from where it is without the policy to where it is with it. */
export function scatterOfArms(part) {
  const [income, output, people] = ["income_per_head", "output_per_head", "residents"].map(armsOf);
  if (!places || !income.size || !output.size) return;
  const id = (place) => places.id[place];
  const positive = (values) => values && values.baseline > 0 && values.policy > 0;
  const there = everyPlace.filter(
    (place) => positive(income.get(id(place))) && positive(output.get(id(place))),
  );
  const point = (place, arm) => [income.get(id(place))[arm], output.get(id(place))[arm]];
  const most = Math.max(1, ...there.map((place) => (people.get(id(place)) || { policy: 1 }).policy));
  const spanOfArms = (axis) => {
    const values = there.flatMap((place) => [point(place, "baseline")[axis], point(place, "policy")[axis]]);
    const [low, high] = [Math.min(...values) * 0.9, Math.max(...values) * 1.1];
    return { low, high, min: low, max: high };
  };
  const lead = (place) => ({
    coords: [point(place, "baseline"), point(place, "policy")],
    lineStyle: { color: tierColour(tierOf(place)), opacity: 0.7, width: 1.6 },
  });
  const mark = (place) => ({
    value: point(place, "policy"),
    place,
    symbolSize: markSize((people.get(id(place)) || { policy: 0 }).policy, most),
  });
  const option = () =>
    scatterOption({
      leads: there.map(lead),
      marksOf: (tier) => there.filter((place) => tierOf(place) === tier).map(mark),
      spans: [spanOfArms(0), spanOfArms(1)],
      told: (place, value) =>
        point(place, "baseline").map((before, axis) => `${number(before)} → ${number(value[axis])}`),
    });
  const head = [
    "node",
    "tier",
    "income_without",
    "income_with",
    "output_per_head_without",
    "output_per_head_with",
  ];
  const rowOf = (place) => {
    const [without, withPolicy] = [point(place, "baseline"), point(place, "policy")];
    return [id(place), tierOf(place), without[0], withPolicy[0], without[1], withPolicy[1]];
  };
  addCard(part, {
    id: "scatter",
    apart: "apart",
    title: word("chart_scatter"),
    read: word("read_scatter_arms"),
    size: "mid",
    canvas: isCrowded,
    source: "compare.csv",
    unit: word("unit_yuan"),
    rows: () => [head, ...there.map(rowOf)],
    option: () => (there.length ? option() : null),
  });
}
