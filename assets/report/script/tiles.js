// The three gaps and the levels of the headline, a number a tile.
import { element } from "./elements.js";
import { lineOf } from "./indicators.js";
import { unitLabel, word } from "./language.js";
import { interval, isNumber, last, number, plain, sideOf, signed } from "./numbers.js";
import { intervalOf, isComparison, isDifference } from "./subject.js";

/** Words, indicator and unit of each. */
export const GAPS = [
  ["gap_regional", "theil_between_prefectures", "Theil T"],
  ["gap_urban", "income_ratio_residence", "ratio"],
  ["gap_home", "income_ratio_home", "ratio"],
  ["gap_income", "gini", "Gini"],
];
export const LEVELS = [
  ["card_urban", "share_urban", "share"],
  ["card_income", "income_per_head", "yuan"],
  ["card_output", "output_per_head", "yuan"],
  ["card_people", "residents", "persons"],
];
const line = (className, text) => element("div", { className }, text);

/** What kind of interval stands in brackets. */
export function bracket(count) {
  if (!isComparison) return count > 1 ? word("range_of_runs", { runs: count }) : word("one_run");
  const own = intervalOf();
  if (count < 2 || !own) return word("one_pair");
  const kind = word("interval_" + own.method);
  return word("interval_of", { percent: plain(100 * own.level, 3), kind, replicates: count });
}
/** Which way a difference goes, in words. */
function verdict(side, isGap) {
  if (side === 0) return word("unclear");
  const [less, more] = isGap ? ["narrower", "wider"] : ["lower", "higher"];
  return word(side < 0 ? less : more);
}
/** A number of the headline; of a comparison the difference, its interval, and both levels. */
function tile(key, found, unit, isGap) {
  const known = found ? found.middle.map((_, at) => at).filter((at) => isNumber(found.middle[at])) : [];
  if (!known.length) return null;
  const [from, to] = [known[0], last(known)];
  const value = isDifference
    ? signed(found.middle[to], unit)
    : number(found.middle[from], unit) + " → " + number(found.middle[to], unit);
  const when = isDifference ? found.years[to] : found.years[from] + " → " + found.years[to];
  const ends = found.count > 1 ? interval(found.low[to], found.high[to], unit) : "";
  const lines = [line("was", [when, ends].filter(Boolean).join(" · "))];
  if (found.baseline) {
    const [without, withPolicy] = [found.baseline[to], found.policy[to]].map((level) =>
      number(level, unit, 4),
    );
    lines.push(line("was", `${word("without")} ${without} → ${word("with")} ${withPolicy}`));
  }
  if (isDifference && found.count > 1) {
    const side = sideOf(found.low[to], found.high[to]);
    lines.push(line("verdict v" + side, verdict(side, isGap)));
  }
  const label = element("small", {}, " " + (unit === "share" ? "" : unitLabel(unit)));
  return element(
    "div",
    { className: "tile" },
    element("span", {}, word(key)),
    element("b", {}, value, label),
    ...lines,
    line("what", word(key + "_of")),
  );
}
/** A row of numbers of the whole area. */
export function tiles(list, isGap) {
  const found = list.map(([key, indicator, unit]) =>
    tile(key, lineOf(indicator, "area", "all"), unit, isGap),
  );
  return element("div", { className: "tiles" }, found.filter(Boolean));
}
