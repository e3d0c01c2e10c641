// Places: their numbers and names.
import { INVENTED_ZH, PREFECTURE_EN } from "../words/prefectures.js";
import { data } from "./data.js";
import { isChinese, word } from "./language.js";
import { isNumber, unique } from "./numbers.js";
import { isComparison } from "./subject.js";

const { places, nodes } = data;
/** Positions of all places. */
export const everyPlace = places ? places.id.map((_, place) => place) : [];
export const isOutside = (place) => places.tier[place] === "outside";
export const outsideIds = new Set(everyPlace.filter(isOutside).map((place) => places.id[place]));
/** Places from which a map is crowded and drawn on a canvas. */
export const isCrowded = everyPlace.length > 600;

/** Position of a column of the nodes, or -1. */
export const columnAt = (name) => (nodes ? nodes.columns.findIndex((column) => column.name === name) : -1);
export const columnUnit = (name) => (nodes.columns[columnAt(name)] || {}).unit;
/** All numbers of a column, by year and place. */
export const columnValues = (name) => nodes.values[columnAt(name)];
/** A number of a place; of a year without nodes that of the first. */
export function valueAt(name, year, place) {
  if (columnAt(name) < 0) return NaN;
  const row = columnValues(name)[Math.max(0, nodes.years.indexOf(year))];
  return row && isNumber(row[place]) ? row[place] : NaN;
}
/** The most residents that a place inside has in a year. */
export const mostResidents = (year) =>
  Math.max(...everyPlace.map((place) => (isOutside(place) ? 0 : valueAt("residents", year, place) || 0)));

function yearsOfTables() {
  const ofArea = data.comparisons.filter((row) => row.scope === "area").flatMap((row) => row.years);
  const all = isComparison ? ofArea : data.tiers.map((row) => row.year);
  return unique(all).sort((one, other) => one - other);
}
/** The years that the page can show. */
export const years = nodes ? nodes.years : yearsOfTables();

export function placeName(place) {
  if (!places) return "";
  const [english, own] = [places.name_en[place], places.name[place]];
  const name = isChinese() || !english ? own : `${english} ${own}`;
  const says = /village|乡村|农村/i.test(name);
  return places.tier[place] !== "village" || says ? name : name + (isChinese() ? "（乡村）" : " (villages)");
}
const prefectures = new Map();
for (const place of everyPlace) {
  const code = places.prefecture[place];
  if (code) prefectures.set(code, places.prefecture_name[place] || code);
}
export const hasPrefecture = (code) => prefectures.has(code);
export function prefectureName(code) {
  const name = prefectures.get(code);
  const [known, key] = isChinese() ? [INVENTED_ZH, `${code} ${name}`] : [PREFECTURE_EN, code];
  return Object.hasOwn(known, key) ? known[key] : name;
}

/** A scope of an indicator in words. */
export function scopeName(scope, id) {
  if (scope === "area") return word("area");
  if (scope === "prefecture") return prefectureName(id) || id;
  if (scope === "skill" && id === "talent") return word("skill_talent");
  if (scope === "tag" && id === "capital") return word("capital_tag");
  if (scope !== "tiers") return word(id);
  return id
    .split(" > ")
    .map((tier) => word(tier))
    .join(" → ");
}
