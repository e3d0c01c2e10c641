// Numbers in few digits, with their units, signs and intervals.
import { inFewDigits, rounded } from "./figures.js";
import { isChinese, word } from "./language.js";
import { isDifference } from "./subject.js";

export const isNumber = (value) => value !== null && value !== undefined && isFinite(value);
export const sum = (values) => values.reduce((total, value) => total + value, 0);
/** A cell of a table as a number; an empty one is none. */
export const parsed = (text) => (text === undefined || text === "" ? NaN : Number(text));
export const last = (list) => list[list.length - 1];
/** Each once, in the order of their first coming. */
export const unique = (list) => [...new Set(list)];
/** Whole numbers with their thousands parted. */
export const whole = (value) => value.toLocaleString("en-US");

/** Differences of shares are percentage points, of anything else what they are of. */
export const differenceUnit = (unit) => (unit === "share" ? "points" : unit);
/** The unit in which a number of this page is drawn: of a difference its own. */
export const drawnUnit = (unit) => (isDifference ? differenceUnit(unit) : unit);

export const plain = (value, digits, keepZeros) => rounded(value, digits, keepZeros);
/** A number in few digits; zeros at its end are kept so that the ends of an interval are equally exact. */
export function number(value, unit, digits = 3, keepZeros = false) {
  if (!isNumber(value)) return "–";
  if (Math.abs(value) < 1e-9) return "0";
  if (unit === "share") return plain(100 * value, digits, keepZeros) + " %";
  if (unit === "points") return plain(100 * value, digits, keepZeros) + word("points");
  return inFewDigits(value, digits, keepZeros, isChinese());
}
/** A difference with its sign. */
export function signed(value, unit, keepZeros) {
  const sign = value > 0 ? "+" : "";
  if (unit === "percent") return sign + plain(100 * value, 2) + " %";
  return sign + number(value, differenceUnit(unit), 3, keepZeros);
}
export function withUnit(value, unit) {
  const named = { yuan: [" yuan", " 元"], persons: [" persons", " 人"] }[unit];
  return number(value, unit) + (named ? named[isChinese() ? 1 : 0] : "");
}
/** The ends of an interval in brackets, or nothing. */
export function interval(low, high, unit) {
  if (!isNumber(low) || !isNumber(high)) return "";
  const drawn = drawnUnit(unit);
  return `[${number(low, drawn, 3, true)}, ${number(high, drawn, 3, true)}]`;
}
/** Whether a difference can be told from luck: 1 above zero, -1 below, 0 not. */
export function sideOf(low, high) {
  if (low > 0 && high > 0) return 1;
  return low < 0 && high < 0 ? -1 : 0;
}
