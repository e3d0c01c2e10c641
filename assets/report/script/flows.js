// Flows between places and between tiers.
import { TIERS } from "./colours.js";
import { data } from "./data.js";
import { differenceOf } from "./indicators.js";
import { word } from "./language.js";
import {
  columnAt,
  columnValues,
  everyPlace,
  hasPrefecture,
  isOutside,
  placeName,
  prefectureName,
} from "./places.js";
import { isNumber } from "./numbers.js";
import { state } from "./state.js";
import { geography } from "./geography.js";

const { places, flows } = data;
const ALL_FACTORS = [
  "labour",
  "talent",
  "capital",
  "project_cash",
  "relocation",
  "ownership",
  "fiscal",
  "consumption",
  "remittance",
];
/** What flows in these results. */
export const factors = ALL_FACTORS.filter(
  (factor) =>
    data.comparisons.some((row) => row.indicator === "flow_" + factor) ||
    (flows && flows.years.some((year) => year.factor === factor)) ||
    data.tiers.some((row) => row.factor === factor),
);
export const factorUnit = (factor) => (factor === "labour" || factor === "talent" ? "persons" : "yuan");
/** Flows between places of the kind and year on show. */
export const flowsOfYear = () =>
  flows && flows.years.find((row) => row.factor === state.factor && row.year === state.year);
/** Flows between tiers of the comparison on show. */
export const tierFlow = (factor, from, to) => differenceOf("flow_" + factor, "tiers", `${from} > ${to}`);
/** Every tier with every tier. */
export const tierPairs = TIERS.flatMap((from) => TIERS.map((to) => [from, to]));

/** What the place or prefecture of a code is called. */
export function flowUnitName(code) {
  const place = places ? places.id.indexOf(code) : -1;
  if (place >= 0) return placeName(place);
  if (hasPrefecture(code)) return prefectureName(code);
  const county = places ? places.county.indexOf(code) : -1;
  return county >= 0 ? placeName(county) : word(code);
}
/** Whether flows are kept finer than between prefectures, of which there are several. */
export const canBeClustered = Boolean(
  flows && geography && ["node", "county"].includes(flows.level) && flows.prefectures.length > 3,
);
/** Net flows between prefectures of a year as from, to and amount, largest first: small ones between places add up. */
export function netBetweenPrefectures(year) {
  const net = new Map();
  for (const [from, to, amount] of year.prefectures) {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const key = low + ">" + high;
    net.set(key, (net.get(key) || 0) + (from === low ? amount : -amount));
  }
  const directed = [...net].map(([key, amount]) => {
    const [low, high] = key.split(">").map(Number);
    return amount > 0 ? [low, high, amount] : [high, low, -amount];
  });
  return directed.filter(([, , amount]) => amount > 0).sort((one, other) => other[2] - one[2]);
}
/** Centres of population of units of a level, by code. */
function centres(level) {
  const found = new Map();
  const codes = { node: places.id, county: places.county, prefecture: places.prefecture }[level];
  if (!codes) return found;
  const residents = columnAt("residents") >= 0 ? columnValues("residents")[0] : [];
  for (const place of everyPlace) {
    if (!isNumber(geography.x[place])) continue;
    const weight = residents[place] || 1;
    const code = isOutside(place) ? places.id[place] : codes[place];
    const centre = found.get(code) || { x: 0, y: 0, weight: 0, place };
    centre.x += weight * geography.x[place];
    centre.y += weight * geography.y[place];
    centre.weight += weight;
    found.set(code, centre);
  }
  for (const centre of found.values()) {
    centre.x /= centre.weight;
    centre.y /= centre.weight;
  }
  return found;
}
const isDrawn = flows && geography;
const centreOf = isDrawn ? centres(flows.level) : new Map();
const prefectureCentreOf = isDrawn ? centres("prefecture") : new Map();
/** Where the place or prefecture of a code stands. */
export const codePoint = (code) => centreOf.get(code) || prefectureCentreOf.get(code) || null;
