// Where places stand on the map.
import { data } from "./data.js";
import { isNumber, sum } from "./numbers.js";
import { everyPlace, isOutside } from "./places.js";

/** Room around the outermost places, as a share of the larger side. */
const ROOM = 0.06;
/** How near to the edge the rest of the country is drawn. */
const EDGE = 0.97;

/** Degrees of longitude are squeezed as they are at the middle latitude of the area. */
function project(places, inside) {
  const latitude = sum(inside.map((place) => places.latitude[place])) / inside.length;
  const squeeze = Math.cos((latitude * Math.PI) / 180);
  return {
    x: places.longitude.map((value) => (isNumber(value) ? value * squeeze : NaN)),
    y: places.latitude.map((value) => (isNumber(value) ? value : NaN)),
  };
}
function frame(x, y, inside) {
  const ends = (values) => {
    const known = inside.map((place) => values[place]);
    return [Math.min(...known), Math.max(...known)];
  };
  const [[west, east], [south, north]] = [ends(x), ends(y)];
  const room = ROOM * Math.max(east - west, north - south, 0.01);
  return { west: west - room, east: east + room, south: south - room, north: north + room };
}
/** Places outside are drawn at the edge in their direction. */
function pullToEdge(x, y, { west, east, south, north }) {
  const [middleX, middleY] = [(west + east) / 2, (south + north) / 2];
  for (const place of everyPlace) {
    if (!isOutside(place) || !isNumber(x[place])) continue;
    const [byX, byY] = [x[place] - middleX, y[place] - middleY];
    const wide = (east - west) / 2 / Math.abs(byX || 1e-9);
    const high = (north - south) / 2 / Math.abs(byY || 1e-9);
    const shrink = Math.min(1, wide, high);
    x[place] = middleX + byX * shrink * EDGE;
    y[place] = middleY + byY * shrink * EDGE;
  }
}
function locate() {
  const { places } = data;
  if (!places) return null;
  const placed = (place) => isNumber(places.longitude[place]) && isNumber(places.latitude[place]);
  const inside = everyPlace.filter((place) => !isOutside(place) && placed(place));
  if (!inside.length) return null;
  const { x, y } = project(places, inside);
  const edges = frame(x, y, inside);
  pullToEdge(x, y, edges);
  return { x, y, ...edges };
}
/** Points of all places and the frame around those inside; nothing if no place has coordinates. */
export const geography = locate();
