// Numbers over the years: a run, several runs with their range, a comparison with its interval.
import { data } from "./data.js";
import { isNumber, last, sum, unique } from "./numbers.js";
import { state } from "./state.js";
import { comparisons, groups, isComparison, isScenarios, isShown } from "./subject.js";

const keyOf = (...parts) => parts.join("\t");
const bySeries = new Map();
for (const row of data.series) {
  const key = keyOf(row.indicator, row.scope, row.id);
  if (!bySeries.has(key)) bySeries.set(key, []);
  bySeries.get(key).push(row);
}
const byDifference = new Map(
  data.comparisons.map((row) => [keyOf(row.comparison, row.indicator, row.scope, row.id), row]),
);
/** A number of every run that has it. */
export const seriesOf = (indicator, scope, id) => bySeries.get(keyOf(indicator, scope, id)) || [];
/** A number of the comparison on show, without and with its policies. */
export const differenceOf = (indicator, scope, id) =>
  byDifference.get(keyOf(comparisons[state.comparison], indicator, scope, id));

/** Mean, least and greatest of some lists of numbers over the years. */
function spread(lists, firstYear) {
  const length = Math.min(...lists.map((values) => values.length));
  const line = { years: [], middle: [], low: [], high: [], count: lists.length };
  for (let at = 0; at < length; at++) {
    const known = lists.map((values) => values[at]).filter(isNumber);
    const several = lists.length > 1 && known.length > 0;
    line.years.push(firstYear + at);
    line.middle.push(known.length ? sum(known) / known.length : NaN);
    line.low.push(several ? Math.min(...known) : NaN);
    line.high.push(several ? Math.max(...known) : NaN);
  }
  return line;
}
/** Differences from the first scenario, replicate by replicate. */
function pairedDifference(all) {
  const ofGroup = (group) => all.filter((row) => group.folders.includes(row.folder));
  const replicate = (row) => data.results[row.folder].run.replicate || "0";
  const base = ofGroup(groups[0]);
  const partner = (row) =>
    base.find((other) => replicate(other) === replicate(row) && other.first_year === row.first_year);
  const pairs = ofGroup(groups[state.scenario])
    .map((row) => [row, partner(row)])
    .filter(([, other]) => other);
  if (!pairs.length) return null;
  const length = Math.min(...pairs.flat().map((row) => row.values.length));
  const difference = (one, other) => (one === null || other === null ? NaN : one - other);
  const lists = pairs.map(([row, other]) =>
    row.values.slice(0, length).map((value, at) => difference(value, other.values[at])),
  );
  return spread(lists, pairs[0][0].first_year);
}
/** One number over the years: middle and band, of a run, of runs, or of a difference. */
export function lineOf(indicator, scope, id) {
  if (isComparison) {
    const row = differenceOf(indicator, scope, id);
    return row ? { ...row, middle: row.difference, count: row.replicates } : null;
  }
  const all = seriesOf(indicator, scope, id);
  if (isScenarios) return pairedDifference(all);
  return all.length
    ? spread(
        all.map((row) => row.values),
        all[0].first_year,
      )
    : null;
}

const rows = isComparison ? data.comparisons : data.series;
export const allIndicators = unique(rows.map((row) => row.indicator));
export const scopesOf = (indicator) =>
  unique(rows.filter((row) => row.indicator === indicator).map((row) => row.scope));

const ORDER = ["city", "county_seat", "village", "outside", "urban", "rural", "all"];
/** How many lines a chart holds. */
const LINES = 12;
/** Whose numbers there are of an indicator; of many the largest at the end. */
export function idsOf(indicator, scope) {
  const wanted = (row) => row.indicator === indicator && row.scope === scope;
  const ids = rows.filter((row) => wanted(row) && (!isComparison || isShown(row))).map((row) => row.id);
  const list = unique(ids).sort(
    (one, other) => ORDER.indexOf(one) - ORDER.indexOf(other) || (one < other ? -1 : 1),
  );
  if (list.length <= LINES) return list;
  const size = (id) => {
    const line = lineOf(indicator, scope, id);
    return line ? Math.abs(last(line.middle)) || 0 : 0;
  };
  return list
    .map((id) => [id, size(id)])
    .sort((one, other) => other[1] - one[1])
    .slice(0, LINES)
    .map(([id]) => id);
}
