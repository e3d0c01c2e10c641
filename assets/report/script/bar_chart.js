// Bars to both sides of zero, each with the whisker of its interval.
import { margins, nameAxis, tip, valueAxis } from "./axes.js";
import { ink, lessColour, moreColour } from "./colours.js";
import { escaped } from "./elements.js";
import { differenceUnit, interval, isNumber, signed } from "./numbers.js";
import { isNarrow, state } from "./state.js";

function whiskerShape(_params, api) {
  const [from, height] = api.coord([api.value(0), api.value(1)]);
  const [to] = api.coord([api.value(2), api.value(1)]);
  const end = (x) => `M${x} ${height - 4}V${height + 4}`;
  return {
    type: "path",
    shape: { pathData: `${end(from)}M${from} ${height}H${to}${end(to)}` },
    style: { stroke: ink(), lineWidth: 1.3, fill: "none" },
  };
}
const whiskers = (list) => ({
  type: "custom",
  silent: true,
  z: 5,
  data: list.map((row, at) => [row.low, list.length - 1 - at, row.high]).filter(([low]) => isNumber(low)),
  renderItem: whiskerShape,
  encode: { x: [0, 2], y: 1 },
});
function nameWidth() {
  if (state.printing) return 240;
  return isNarrow() ? 130 : 320;
}
/** Bars from a list of `name`, `value`, and the `low` and `high` of an interval, first on top. */
export function barOption(list, unit) {
  const bar = (row) => ({
    value: row.value,
    itemStyle: { color: row.value < 0 ? lessColour() : moreColour() },
  });
  const told = (row) =>
    row
      ? `${escaped(row.name)}<br><b>${signed(row.value, unit)}</b> ${interval(row.low, row.high, unit)}`
      : "";
  return {
    grid: margins(6, 30),
    tooltip: { ...tip(), trigger: "item", formatter: (mark) => told(list[list.length - 1 - mark.dataIndex]) },
    xAxis: valueAxis(differenceUnit(unit), { scale: false }),
    yAxis: nameAxis(list.map((row) => row.name).reverse(), nameWidth()),
    series: [
      { type: "bar", data: list.map(bar).reverse(), barMaxWidth: 18 },
      ...(list.some((row) => isNumber(row.low)) ? [whiskers(list)] : []),
    ],
  };
}
