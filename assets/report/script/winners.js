// Who gains and who loses, place by place.
import { data } from "./data.js";
import { footOf } from "./download.js";
import { box, element, heading, picker, remark, table, tools } from "./elements.js";
import { lineOf } from "./indicators.js";
import { indicatorName, word } from "./language.js";
import { interval, isNumber, last, number, sideOf, signed, unique } from "./numbers.js";
import { columnAt, columnValues, everyPlace, isOutside, placeName, scopeName } from "./places.js";
import { state } from "./state.js";
import { intervalOf, isComparison, isDifference, isScenarios, isShown } from "./subject.js";

/** How many of either side are listed; the rest is in the data. */
const LISTED = 8;
/** Agents of a place from which its income a head is more than luck. */
const FEWEST_AGENTS = 30;
const COLUMN = { home_income_per_head: "home_income_yuan", income_per_head: "income_yuan" };

function isThere(indicator) {
  const ofPrefecture = (row) => row.indicator === indicator && row.scope === "prefecture";
  if (isScenarios) return data.series.some(ofPrefecture);
  if (!isComparison) return columnAt(COLUMN[indicator]) >= 0;
  return (
    data.node_differences.some((row) => row.indicator === indicator) || data.comparisons.some(ofPrefecture)
  );
}
function changesOfComparison(indicator) {
  const wanted = (row) => isShown(row) && row.indicator === indicator;
  const at = new Map(everyPlace.map((place) => [data.places.id[place], place]));
  const ofResidents = data.node_differences.filter((row) => isShown(row) && row.indicator === "residents");
  const residents = new Map(ofResidents.map((row) => [row.node, row.baseline]));
  const nodes = data.node_differences.filter(wanted).map((row) => ({
    people: residents.has(row.node) ? residents.get(row.node) : NaN,
    name: at.has(row.node) ? placeName(at.get(row.node)) : row.node,
    change: row.difference,
    low: row.low,
    high: row.high,
    base: row.baseline,
  }));
  if (nodes.length) return nodes;
  return data.comparisons
    .filter((row) => wanted(row) && row.scope === "prefecture")
    .map((row) => ({
      name: scopeName("prefecture", row.id),
      change: last(row.difference),
      low: last(row.low),
      high: last(row.high),
      base: last(row.baseline),
    }));
}
function changesOfScenarios(indicator) {
  const wanted = (row) => row.indicator === indicator && row.scope === "prefecture";
  const lineOfId = (id) => {
    const line = lineOf(indicator, "prefecture", id);
    if (!line) return null;
    const name = scopeName("prefecture", id);
    return { name, change: last(line.middle), low: last(line.low), high: last(line.high), base: NaN };
  };
  return unique(data.series.filter(wanted).map((row) => row.id))
    .map(lineOfId)
    .filter(Boolean);
}
function changesOfRun(indicator) {
  const values = columnValues(COLUMN[indicator]);
  const [first, end] = [values[0], last(values)];
  const people = columnAt("residents") < 0 ? [] : columnValues("residents")[0];
  const changeOf = (place) =>
    isNumber(end[place]) && isNumber(first[place]) ? end[place] - first[place] : NaN;
  return everyPlace
    .filter((place) => !isOutside(place))
    .map((place) => ({
      people: people[place],
      name: placeName(place),
      change: changeOf(place),
      low: NaN,
      high: NaN,
      base: first[place],
    }));
}
/** Change by place: name, change, its interval, and the level it starts from. */
function changes(indicator) {
  if (isComparison) return changesOfComparison(indicator);
  return isScenarios ? changesOfScenarios(indicator) : changesOfRun(indicator);
}

/** Residents below which a place is not ranked. */
function leastPeople() {
  const scenario = data.results[0].manifest.scenarios[0] || {};
  const run = (scenario.resolved || {}).run || {};
  return FEWEST_AGENTS * (run.persons_per_agent || 1);
}
/** Whether a change goes up (1), down (-1), or cannot be told; without any interval its sign alone says so. */
function sideOfChange(row, hasIntervals) {
  return hasIntervals ? sideOf(row.low, row.high) : Math.sign(row.change);
}
function cellsOf({ name, change, low, high, base }) {
  const ofLevel = isNumber(base) && base > 0 ? signed(change / base, "percent") : "";
  return [name, signed(change, "yuan"), interval(low, high, "yuan"), ofLevel];
}
function sideCard(key, rows, none, hasIntervals) {
  const ending = hasIntervals ? "" : "_run";
  const head = ["", word("unit_yuan"), hasIntervals ? word("bracketed") : "", word("of_level")];
  const rest = rows.length - LISTED;
  return box(
    {},
    heading(word(isDifference ? key : key + "_run")),
    rows.length ? table(head, rows.slice(0, LISTED).map(cellsOf), [1, 2, 3]) : remark(word(none + ending)),
    rest > 0 ? remark(word("and_more", { rest })) : null,
  );
}
function countOf(list, gaining, losing, hasIntervals) {
  const places = list.length;
  if (!hasIntervals) return word("counted_run", { places, rising: gaining, falling: losing });
  const told = word("counted", { places, gaining, losing, unclear: places - gaining - losing });
  if (!isComparison) return told;
  const level = (intervalOf() || { level: 0.95 }).level;
  return told + " " + word("by_luck", { places: Math.round(places * (1 - level)) });
}
function source() {
  if (isComparison) return "compare.csv";
  return isScenarios ? "indicators.csv" : "nodes.csv";
}
function listing() {
  const all = changes(state.incomeOf)
    .filter((row) => isNumber(row.change))
    .sort((one, other) => other.change - one.change);
  const least = leastPeople();
  const list = all.filter(({ people }) => !(people < least));
  const small = all.length - list.length;
  const hasIntervals = list.some((row) => isNumber(row.low));
  const won = list.filter((row) => sideOfChange(row, hasIntervals) > 0);
  const lost = list.filter((row) => sideOfChange(row, hasIntervals) < 0).reverse();
  const kind = word(state.incomeOf === "home_income_per_head" ? "by_home" : "by_residence");
  const intro = word(isDifference ? "winners_of_policy" : "winners_of_run");
  const count = countOf(list, won.length, lost.length, hasIntervals);
  const head = ["place", "difference_yuan", "low_yuan", "high_yuan", "without_yuan"];
  const rows = all.map(({ name, change, low, high, base }) => [name, change, low, high, base]);
  return [
    remark(`${intro} ${kind} ${count}`),
    small ? remark(word("too_small", { places: small, least: number(least) })) : null,
    element(
      "div",
      { className: "grid" },
      sideCard("winners", won, "no_winner", hasIntervals),
      sideCard("losers", lost, "no_loser", hasIntervals),
    ),
    footOf(source(), word("unit_yuan"), "winners", () => [head, ...rows]),
  ].filter(Boolean);
}
export function winners(part) {
  const all = Object.keys(COLUMN).filter(isThere);
  if (!all.length) return;
  if (!all.includes(state.incomeOf)) state.incomeOf = all[0];
  const list = element("div", {});
  const show = () => list.replaceChildren(...listing());
  show();
  const choose = (value) => {
    state.incomeOf = value;
    show();
  };
  const options = all.map((indicator) => [indicator, indicatorName(indicator)]);
  part.append(
    element(
      "section",
      { id: "winners" },
      heading(word("who_gains")),
      all.length > 1 ? tools(picker(word("income_of"), options, state.incomeOf, choose)) : null,
      list,
    ),
  );
}
