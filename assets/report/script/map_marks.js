// How large and of what colour places are on a map, and where they stand on it.
import { lessColour, moreColour, sequential, tierColour, unclearColour } from "./colours.js";
import { data } from "./data.js";
import { geography } from "./geography.js";
import { isNumber, sideOf } from "./numbers.js";
import { everyPlace, isOutside, valueAt } from "./places.js";
import { state } from "./state.js";
import { isShown } from "./subject.js";

/** Places from which marks are as small as can be. */
const MANY = 1500;
/** A village this near to its seat, in pixels, is drawn beside it. */
const NEAR = 12;
const { places } = data;

/** The part of the area that a map of some width and height shows, and how wide a pixel is. */
export function mapFrame(width, height) {
  const { west, east, south, north } = geography;
  const pixel = Math.max((east - west) / (width - 20), (north - south) / (height - 20));
  const axis = (middle, size) => ({
    type: "value",
    min: middle - (pixel * size) / 2,
    max: middle + (pixel * size) / 2,
    show: false,
  });
  const xAxis = axis((west + east) / 2, width);
  return { width, pixel, xAxis, yAxis: axis((south + north) / 2, height) };
}
/** Diameter of the largest mark. */
function largestMark(width, isDifferenceMap) {
  if (places.id.length > MANY) return 18;
  if (width < 600) return 20;
  return isDifferenceMap ? 26 : 34;
}
/** Marks whose area is residents, coloured by tier or by a column of the nodes. */
export function marksOfRun(width) {
  const residents = everyPlace.map((place) => valueAt("residents", state.year, place));
  const most = Math.max(1, ...residents.filter((value, place) => isNumber(value) && !isOutside(place)));
  const [least, largest] = [places.id.length > MANY ? 2 : 5, largestMark(width, false)];
  const size = (place) => {
    if (isOutside(place)) return 16;
    return isNumber(residents[place]) ? Math.max(least, largest * Math.sqrt(residents[place] / most)) : 8;
  };
  if (state.measure === "tier") return { size, tone: (place) => tierColour(places.tier[place]), scale: null };
  const values = everyPlace.map((place) => valueAt(state.measure, state.year, place));
  const known = values.filter(isNumber).sort((one, other) => one - other);
  const low = known[Math.floor(0.02 * known.length)];
  const high = known[Math.min(known.length - 1, Math.ceil(0.98 * known.length))];
  const tone = (place) =>
    isNumber(values[place]) ? sequential((values[place] - low) / (high - low || 1)) : "#999";
  return { size, tone, scale: [low, high] };
}
/** Differences of the comparison and indicator on show, by node. */
export function nodeDifferences() {
  const wanted = data.node_differences.filter((row) => isShown(row) && row.indicator === state.difference);
  return new Map(wanted.map((row) => [row.node, row]));
}
/** Marks whose area is a difference, coloured by its direction; what cannot be told from luck is grey. */
export function marksOfDifference(width, differences) {
  const unclear = (row) => isNumber(row.low) && sideOf(row.low, row.high) === 0;
  const told = (row) => row !== undefined && isNumber(row.difference) && !unclear(row);
  const sizes = [...differences.values()].filter(told).map((row) => Math.abs(row.difference));
  const top = Math.max(1e-12, ...sizes);
  const of = (place) => differences.get(places.id[place]);
  const tone = (place) => {
    if (!told(of(place))) return unclearColour();
    return of(place).difference > 0 ? moreColour() : lessColour();
  };
  const size = (place) =>
    told(of(place)) ? 5 + largestMark(width, true) * Math.sqrt(Math.abs(of(place).difference) / top) : 5;
  return { size, tone, scale: null, top };
}
/** Where marks stand: a village stands at its seat's point, so beside it on the map, so that both are seen. */
export function markPoints(marks, pixel) {
  const [x, y] = [geography.x.slice(), geography.y.slice()];
  if (places.id.length > MANY) return { x, y };
  const isVillage = (place) => places.tier[place] === "village";
  const seats = new Map();
  for (const place of everyPlace) {
    if (!isVillage(place) && places.county[place]) seats.set(places.county[place], place);
  }
  for (const place of everyPlace.filter(isVillage)) {
    const seat = seats.get(places.county[place]);
    if (seat === undefined || Math.hypot(x[place] - x[seat], y[place] - y[seat]) > NEAR * pixel) continue;
    const step = ((marks.size(place) + marks.size(seat)) / 2) * 0.72 * pixel;
    x[place] = x[seat] + step;
    y[place] = y[seat] - step;
  }
  return { x, y };
}
