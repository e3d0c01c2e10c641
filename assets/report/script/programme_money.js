// Money of programmes, line by line over all years.
import { policies } from "./data.js";
import { parsed } from "./numbers.js";
import { isComparison, isShown, isSingleShown } from "./subject.js";

/** An end of an interval in a table; one replicate has none. */
export const endOf = (row, name) => (isSingleShown() ? NaN : parsed(row[name]));

const ofComparison = () =>
  policies.costs.filter(isShown).map((row) => ({
    policy: row.policy,
    payer: row.payer,
    purpose: row.purpose,
    value: parsed(row.difference_yuan),
    low: endOf(row, "low_yuan"),
    high: endOf(row, "high_yuan"),
    cut: parsed(row.demanded_yuan) - parsed(row.policy_yuan),
  }));
function ofRun() {
  const lines = new Map();
  for (const { policy, payer, purpose, paid, demanded } of policies.spent) {
    const key = [policy, payer, purpose].join("\t");
    const line = lines.get(key) || { policy, payer, purpose, value: 0, low: NaN, high: NaN, cut: 0 };
    line.value += paid;
    line.cut += demanded - paid;
    lines.set(key, line);
  }
  return [...lines.values()];
}
/** Of a comparison with intervals, of a run as it was paid; `cut` is what was asked for and not paid. */
export const costLines = () => (isComparison ? ofComparison() : ofRun());

/** Adds lines up. Their intervals are added end to end, which is wide enough however the lines hang together. */
function add(total, line) {
  total.value += line.value;
  total.low += line.low;
  total.high += line.high;
  total.cut += line.cut || 0;
  total.purposes.set(line.purpose, (total.purposes.get(line.purpose) || 0) + line.value);
}
/** Sums of lines by a key, largest first. */
export function sumsBy(lines, keyOf) {
  const sums = new Map();
  for (const line of lines) {
    const key = keyOf(line);
    if (!sums.has(key)) sums.set(key, { key, value: 0, low: 0, high: 0, cut: 0, purposes: new Map() });
    add(sums.get(key), line);
  }
  return [...sums.values()].sort((one, other) => other.value - one.value);
}
