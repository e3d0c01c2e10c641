// Axes, legends, tooltips and margins that charts share.
import { faint, ground, ink, soft } from "./colours.js";
import { number } from "./numbers.js";
import { isNarrow } from "./state.js";

export const tip = () => ({
  backgroundColor: ground(),
  borderColor: faint(),
  confine: true,
  textStyle: { color: ink(), fontSize: 13 },
});
/** Room around a chart whose labels are part of it. */
export const margins = (top, right, left = 8, bottom = 6) => ({
  left,
  right,
  top,
  bottom,
  containLabel: true,
});
/** A legend above a chart. */
export const legendAbove = (more) => ({
  top: 0,
  left: 0,
  textStyle: { color: ink(), fontSize: 12 },
  ...more,
});
export const axisText = () => ({ color: soft(), fontSize: 12, hideOverlap: true });
export const valueAxis = (unit, more) => ({
  type: "value",
  scale: true,
  axisLabel: { ...axisText(), formatter: (value) => number(value, unit, 6) },
  splitLine: { lineStyle: { color: faint() } },
  splitNumber: 4,
  ...more,
});
/** An axis of names, one a bar. */
export const nameAxis = (names, width, more) => ({
  type: "category",
  data: names,
  axisLabel: { color: ink(), fontSize: 12, width, overflow: "break" },
  axisTick: { show: false },
  ...more,
});
/** Which years are named on an axis: the last one always, the others as there is room. */
function yearLabels(count) {
  const step = Math.ceil(count / (isNarrow() ? 5 : 8));
  return (position) => (count - 1 - position) % step === 0;
}
export const yearAxis = (years, more) => ({
  type: "category",
  data: years.map(String),
  axisLabel: { ...axisText(), interval: yearLabels(years.length) },
  ...more,
});
/** A line through zero; `axis` is xAxis or yAxis. */
export const zeroLine = (axis) => ({
  silent: true,
  symbol: "none",
  label: { show: false },
  lineStyle: { color: soft(), type: "solid" },
  data: [{ [axis]: 0 }],
});
/** Text over a chart, with an edge of the ground's colour so that it can be read. */
export const overText = () => ({
  color: ink(),
  fontSize: 12,
  textBorderColor: ground(),
  textBorderWidth: 2,
});
