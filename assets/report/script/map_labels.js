// Names on the map: of prefectures where they have room, and of the place that was chosen.
import { ground, ink, lessColour } from "./colours.js";
import { data } from "./data.js";
import { isNumber } from "./numbers.js";
import { everyPlace, hasPrefecture, isOutside, placeName, prefectureName, valueAt } from "./places.js";
import { state } from "./state.js";

const { places } = data;
const residentsOf = (place) => valueAt("residents", state.year, place) || 0;
/** Cities come before any other place. */
const rank = (place) => (places.tier[place] === "city" ? 1e12 : 0) + residentsOf(place);

/** The place at which the name of each prefecture stands: its largest city. */
function largestPlaces(points) {
  const largest = new Map();
  for (const place of everyPlace) {
    const code = places.prefecture[place];
    if (isOutside(place) || !hasPrefecture(code) || !isNumber(points.x[place])) continue;
    if (!largest.has(code) || rank(place) > rank(largest.get(code))) largest.set(code, place);
  }
  return [...largest].sort((one, other) => residentsOf(other[1]) - residentsOf(one[1]));
}
/** Half the width of a name in pixels. */
const halfWidth = (text) => text.length * (/[\u4e00-\u9fff]/.test(text) ? 6.5 : 3.6) + 3;

const overMap = { show: true, position: "top", textBorderWidth: 3 };
/** Names of prefectures, largest first, where they have room. */
export function prefectureLabels(marks, points, { width, pixel }) {
  const [taken, names] = [[], []];
  for (const [code, place] of largestPlaces(points).slice(0, width < 600 ? 12 : 30)) {
    const text = prefectureName(code);
    const size = marks.size(place);
    const [x, y, half] = [points.x[place] / pixel, points.y[place] / pixel + size / 2 + 9, halfWidth(text)];
    const touches = (other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 16;
    if (taken.some(touches)) continue;
    taken.push({ x, y, half });
    // Braces and bars mean something to the chart library.
    const label = { formatter: text.replace(/[{}|]/g, " ") };
    names.push({ value: [points.x[place], points.y[place]], symbolSize: size, label });
  }
  const style = { ...overMap, distance: 2, color: ink(), fontSize: 12, fontWeight: 600 };
  return {
    type: "scatter",
    silent: true,
    z: 4,
    data: names,
    itemStyle: { color: "transparent" },
    label: { ...style, textBorderColor: ground() },
  };
}
/** A ring around the chosen place, with its name. */
export function chosenMark(marks, points) {
  const place = state.place;
  const value = [points.x[place], points.y[place]];
  return {
    type: "scatter",
    silent: true,
    z: 5,
    symbol: "circle",
    data: [{ value, symbolSize: marks.size(place) + 14 }],
    itemStyle: { color: "transparent", borderColor: lessColour(), borderWidth: 3 },
    label: {
      ...overMap,
      formatter: () => placeName(place),
      color: ink(),
      fontWeight: "bold",
      textBorderColor: ground(),
    },
  };
}
