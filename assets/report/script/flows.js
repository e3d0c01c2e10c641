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

/** What a unit of the flows is called. */
export function flowUnitName(unit) {
  const code = flows.units[unit];
  const place = places ? places.id.indexOf(code) : -1;
  if (place >= 0) return placeName(place);
  if (hasPrefecture(code)) return prefectureName(code);
  const county = places ? places.county.indexOf(code) : -1;
  return county >= 0 ? placeName(county) : word(code);
}
/** Centres of population of the units of the flows, by code. */
function centres() {
  const found = new Map();
  const codes = { node: places.id, county: places.county, prefecture: places.prefecture }[flows.level];
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
const centreOf = flows && geography ? centres() : new Map();
/** Where a unit of the flows stands. */
export const unitPoint = (unit) => centreOf.get(flows.units[unit]) || null;
