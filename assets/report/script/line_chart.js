// Lines over the years with their bands.
import { legendAbove, margins, tip, valueAxis, yearAxis, zeroLine } from "./axes.js";
import { colours, soft, tierColour } from "./colours.js";
import { escaped } from "./elements.js";
import { lineOf } from "./indicators.js";
import { unitLabel, unitOf, word } from "./language.js";
import { drawnUnit, interval, isNumber, last, number, signed, unique } from "./numbers.js";
import { groups, isComparison, isDifference, isScenarios } from "./subject.js";

/** Where the numbers of a chart over the years come from. */
export const indicatorSource = isComparison ? "compare.csv" : "indicators.csv";
/** A number as the chart library wants it; it leaves out what is missing. */
export const orGap = (value) => (isNumber(value) ? value : "-");

/** How to read a line of this page. */
export function readLine() {
  if (isComparison) return word("read_line_diff");
  if (isScenarios) return word("read_line_scen");
  return word(groups.length && groups[0].folders.length > 1 ? "read_line" : "read_line_one");
}
/** The data of lines, each an indicator, a scope and whose it is. */
export function lineRows(items) {
  const value = isDifference ? "difference" : "mean";
  const head = ["indicator", "scope", "scope_id", "year", value, "low", "high", "replicates", "unit"];
  const ofItem = ([indicator, scope, id]) => {
    const line = lineOf(indicator, scope, id);
    if (!line) return [];
    const end = (list, at) => (line.count > 1 ? list[at] : "");
    return line.years.map((year, at) => [
      ...[indicator, scope, id, year, line.middle[at]],
      ...[end(line.low, at), end(line.high, at), line.count, unitOf(indicator)],
    ]);
  };
  return [head].concat(items.flatMap(ofItem));
}

/** A band is a closed shape of its own, so that a negative lower end is drawn right. */
const band = (name, colour, low, high) => ({
  type: "custom",
  name,
  silent: true,
  itemStyle: { color: colour },
  tooltip: { show: false },
  z: 1,
  data: [[0, 0]],
  encode: { x: -1, y: -1 },
  renderItem: (_params, api) => {
    const known = low.map((_, at) => at).filter((at) => isNumber(low[at]) && isNumber(high[at]));
    const top = known.map((at) => api.coord([at, high[at]]));
    const bottom = known.map((at) => api.coord([at, low[at]])).reverse();
    return {
      type: "polygon",
      shape: { points: top.concat(bottom) },
      style: { fill: colour, opacity: 0.2 },
      clipPath: null,
    };
  },
});
/** An end of a band is not seen, and stretches the axis. */
const bandEnd = (name, colour, ends) => ({
  type: "line",
  data: ends.map(orGap),
  lineStyle: { opacity: 0 },
  symbol: "none",
  silent: true,
  name,
  color: colour,
  tooltip: { show: false },
  legendHoverLink: false,
});
const middleLine = (name, colour, values) => ({
  type: "line",
  name,
  color: colour,
  data: values.map(orGap),
  symbol: "circle",
  symbolSize: 4,
  showSymbol: values.length < 25,
  lineStyle: { width: 2.2 },
  z: 3,
});
function seriesOfLine({ line, name, colour }, years) {
  const along = (list) =>
    years.map((year) => {
      const at = line.years.indexOf(year);
      return at < 0 ? null : list[at];
    });
  const [low, high] = [along(line.low), along(line.high)];
  const banded = line.count > 1 && low.some(isNumber);
  const ends = banded ? [low, high].map((list) => bandEnd(name, colour, list)) : [];
  const middle = middleLine(name, colour, along(line.middle));
  return banded ? [band(name, colour, low, high), ...ends, middle] : [middle];
}
/** What the chart says of a year. */
function tipOfYear(lines, year, unit) {
  const told = ({ line, name }) => {
    const at = line.years.indexOf(year);
    if (at < 0) return "";
    const value = isDifference ? signed(line.middle[at], unit) : number(line.middle[at], unit);
    const ends = line.count > 1 ? " " + interval(line.low[at], line.high[at], unit) : "";
    return `<br>${escaped(name)}: ${value}${ends}`;
  };
  return `<b>${year}</b>` + lines.map(told).join("");
}
const legendOf = (lines) =>
  legendAbove({
    right: 0,
    icon: "roundRect",
    itemWidth: 14,
    itemHeight: 8,
    itemGap: 12,
    type: "plain",
    data: lines.map((one) => one.name),
  });

/** Levels all above this share of the largest would be a flat bundle on an axis that begins at zero. */
const FLAT = 0.5;
/** Whether the axis of levels begins above zero: it does only where lines could not be told apart otherwise. */
function isCut(lines) {
  if (isDifference) return false;
  const all = lines.flatMap(({ low, middle, high }) => [...low, ...middle, ...high]).filter(isNumber);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least > 0 && least > FLAT * most;
}
const withNumbers = (line) => line && line.middle.some(isNumber);
/** The unit of lines over the years, and whether their axis begins above zero: who looks has to know. */
export function unitOfLines(items, unit) {
  const lines = items.map(([indicator, scope, id]) => lineOf(indicator, scope, id)).filter(withNumbers);
  const label = unitLabel(drawnUnit(unit));
  if (!lines.length || !isCut(lines)) return label;
  return [label, word("axis_cut")].filter(Boolean).join(" · ");
}
/** Lines over the years, each an indicator, a scope and whose it is; nothing if no line has numbers. */
export function lineOption(items, unit, names) {
  const colourOf = (scope, id, at) => (scope === "tier" ? tierColour(id) : colours()[at % 8]);
  const lines = items
    .map(([indicator, scope, id], at) => ({
      line: lineOf(indicator, scope, id),
      name: names[at],
      colour: colourOf(scope, id, at),
    }))
    .filter(({ line }) => withNumbers(line));
  if (!lines.length) return null;
  const years = unique(lines.flatMap(({ line }) => line.years)).sort((one, other) => one - other);
  const series = lines.flatMap((line) => seriesOfLine(line, years));
  if (isDifference) last(series).markLine = zeroLine("yAxis");
  const several = lines.length > 1;
  const top = lines.length > 4 ? 62 : 38;
  return {
    grid: margins(several ? top : 14, 14),
    legend: several ? legendOf(lines) : undefined,
    xAxis: yearAxis(years, { boundaryGap: false, axisLine: { lineStyle: { color: soft() } } }),
    yAxis: valueAxis(drawnUnit(unit), { scale: isCut(lines.map(({ line }) => line)) }),
    tooltip: {
      ...tip(),
      trigger: "axis",
      formatter: (points) => tipOfYear(lines, years[points.length ? points[0].dataIndex : 0], unit),
    },
    series,
  };
}
