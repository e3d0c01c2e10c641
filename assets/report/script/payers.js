// What the policies cost, and who pays.
import { footOf } from "./download.js";
import { element, heading, box, remark, table } from "./elements.js";
import { differenceOf, seriesOf } from "./indicators.js";
import { listed, word } from "./language.js";
import { interval, number, signed, sum, withUnit } from "./numbers.js";
import { costLines, sumsBy } from "./programme_money.js";
import { isComparison, isDifference } from "./subject.js";

/** A cut below this share of what was paid is not worth a word. */
export const CUT_TOLD = 1e-3;

/** Residents of all years together, by which a cost is told a head and year. */
function residentYears() {
  const known = (values) => sum(values.map((value) => value || 0));
  if (isComparison) {
    const row = differenceOf("residents", "area", "all");
    return row ? known(row.policy) : 0;
  }
  const [row] = seriesOf("residents", "area", "all");
  return row ? known(row.values.slice(1)) : 0;
}
function totalSentence(total) {
  const heads = residentYears();
  const cost = word("cost_total", {
    total: withUnit(total.value, "yuan"),
    interval: interval(total.low, total.high, "yuan"),
    each: heads ? number(total.value / heads) : "–",
  });
  if (!(total.cut > CUT_TOLD * total.value)) return cost;
  return cost + " " + word("cost_cut", { cut: withUnit(total.cut, "yuan") });
}
function largestPurposes(purposes) {
  const largest = [...purposes].sort((one, other) => other[1] - one[1]).slice(0, 3);
  return listed(largest.map(([purpose]) => word(purpose)));
}
export function payers(part) {
  const lines = costLines();
  const card = box({ className: "apart" }, heading(word("who_pays")));
  part.append(card);
  if (!lines.length) {
    card.append(remark(word(isDifference ? "no_programme" : "no_cost")));
    return;
  }
  const [total] = sumsBy(lines, () => "all");
  const cells = (payer) => [
    word(payer.key),
    signed(payer.value, "yuan"),
    interval(payer.low, payer.high, "yuan"),
    number(payer.value / total.value, "share"),
    largestPurposes(payer.purposes),
  ];
  const bracketed = isComparison ? word("bracketed") : "";
  const head = [word("payer"), word("unit_yuan"), bracketed, word("share_of_cost"), word("largest_purposes")];
  const rows = () => [
    ["policy", "payer", "purpose", "yuan", "low_yuan", "high_yuan"],
    ...lines.map((line) => [line.policy, line.payer, line.purpose, line.value, line.low, line.high]),
  ];
  card.append(
    element("p", {}, totalSentence(total)),
    remark(word("who_pays_of")),
    table(head, sumsBy(lines, (line) => line.payer).map(cells), [1, 2, 3]),
    footOf(isComparison ? "costs.csv" : "effects.csv", word("unit_yuan"), "payers", rows),
  );
}
