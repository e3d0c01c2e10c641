// Net flows as arrows on the map.
import { ink, lessColour } from "./colours.js";
import { data } from "./data.js";
import { canBeClustered, codePoint, flowsOfYear, netBetweenPrefectures } from "./flows.js";
import { outsideIds } from "./places.js";
import { state } from "./state.js";

const { places, flows } = data;
/** How far the tip of a bent arrow turns from the straight line between its ends, in radians. */
const TURN = 0.46;

/** Whether arrows go between prefectures: unless the reader asks for places, or one place was chosen. */
export const isClustered = () => canBeClustered && state.isClustered && state.place < 0;
/** Whether a flow is wanted: not with outside unless asked, and of a chosen place only its own. */
function isWanted({ from, to }) {
  const ends = [from, to];
  if (state.place < 0) return state.outside || !ends.some((code) => outsideIds.has(code));
  const { id, county, prefecture } = places;
  const node = id[state.place];
  const own = flows.level === "node" ? [node] : [node, county[state.place], prefecture[state.place]];
  return ends.some((code) => own.includes(code));
}
/** All net flows of the year on show between what the arrows join, largest first; ends by code. */
function netOfYear(year) {
  const [net, codes] = isClustered()
    ? [netBetweenPrefectures(year), flows.prefectures]
    : [year.net, flows.units];
  return net.map(([from, to, amount]) => ({ from: codes[from], to: codes[to], amount }));
}
/** All that flows net between what the arrows join in the year on show, and between how many pairs. */
export function netTotal() {
  const year = flowsOfYear();
  if (!isClustered()) return { total: year.net_total, pairs: year.pairs };
  const net = netOfYear(year);
  return { total: net.reduce((total, { amount }) => total + amount, 0), pairs: net.length };
}
/** The largest net flows of the year on show whose ends have points, as many as the reader asks for. */
export function arrowsOfYear() {
  const year = flowsOfYear();
  if (!year) return [];
  return netOfYear(year)
    .filter(isWanted)
    .slice(0, state.arrows)
    .map((flow) => ({ ...flow, start: codePoint(flow.from), end: codePoint(flow.to) }))
    .filter((arrow) => arrow.start && arrow.end);
}
/** The ends of an arrow on the map: it stops at the rim of the mark to which it points. */
function endsOf({ start, end }, marks, points, pixel) {
  const ofNodes = flows.level === "node" && !isClustered();
  const at = ({ place, x, y }) => (ofNodes ? [points.x[place], points.y[place]] : [x, y]);
  const [[fromX, fromY], [toX, toY]] = [at(start), at(end)];
  const size = ofNodes ? marks.size(end.place) : 6;
  const [byX, byY] = [toX - fromX, toY - fromY];
  const length = Math.hypot(byX, byY) || 1e-9;
  const back = Math.min(0.45 * length, (size / 2 + 2) * pixel);
  const [alongX, alongY] = [byX / length, byY / length];
  const [cosine, sine] = [Math.cos(TURN), Math.sin(TURN)];
  const tipX = toX - back * (alongX * cosine + alongY * sine);
  return [
    [fromX, fromY],
    [tipX, toY - back * (alongY * cosine - alongX * sine)],
  ];
}
/** Arrows as the chart library draws them, the widest first. */
export function arrowSeries(arrows, marks, points, pixel) {
  const share = (arrow) => Math.sqrt(arrow.amount / arrows[0].amount);
  return {
    type: "lines",
    progressive: 0,
    coordinateSystem: "cartesian2d",
    z: 2,
    polyline: false,
    symbol: ["none", "arrow"],
    symbolSize: 8,
    lineStyle: { color: ink(), opacity: 0.5, curveness: 0.25 },
    emphasis: { lineStyle: { opacity: 1, color: lessColour() } },
    data: arrows.map((arrow) => ({
      coords: endsOf(arrow, marks, points, pixel),
      flow: { from: arrow.from, to: arrow.to, amount: arrow.amount },
      lineStyle: { width: 0.6 + 5.4 * share(arrow) },
      symbolSize: 6 + 6 * share(arrow),
    })),
  };
}
