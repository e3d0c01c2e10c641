// What each level of government received less what it paid, against no policy.
import { barOption } from "./bar_chart.js";
import { addCard } from "./cards.js";
import { policies } from "./data.js";
import { remark } from "./elements.js";
import { isChinese, word } from "./language.js";
import { parsed, signed, sum } from "./numbers.js";
import { endOf } from "./programme_money.js";
import { isShown } from "./subject.js";

const GOVERNMENTS = [
  "county_governments",
  "prefecture_governments",
  "province_governments",
  "central_government",
];
/** Bars that are drawn. */
const DRAWN = 14;
/** What is left to the centre goes to the rest of the nation: with that line a policy would cost it nothing. */
const PASSED_ON = "central_return";

/** A kind of payment from the side of a government: what it has more by it, or less. */
function lineOf(government, row) {
  const receives = row.receiver === government;
  const sign = receives ? 1 : -1;
  const [low, high] = [sign * endOf(row, "low_yuan"), sign * endOf(row, "high_yuan")].sort(
    (one, other) => one - other,
  );
  const partner = receives ? `${word("from")} ${word(row.payer)}` : `${word("to")} ${word(row.receiver)}`;
  const name = `${word(government)}${isChinese() ? "：" : ": "}${partner}, ${word(row.purpose)}`;
  return { name, value: sign * parsed(row.difference_yuan), low, high };
}
export function balances(part) {
  const rows = policies.public_money.filter(isShown);
  if (!rows.length) return;
  const linesOf = (government) =>
    rows
      .filter((row) => (row.payer === government) !== (row.receiver === government))
      .filter((row) => row.purpose !== PASSED_ON)
      .map((row) => lineOf(government, row))
      .filter((line) => line.value);
  const drawn = GOVERNMENTS.flatMap(linesOf)
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value))
    .slice(0, DRAWN)
    .sort((one, other) => other.value - one.value);
  const net = (government) => Math.round(sum(linesOf(government).map((line) => line.value))) || 0;
  const told = GOVERNMENTS.map((government) => `${word(government)} ${signed(net(government), "yuan")}`);
  const { columns, rows: cells } = policies.tables.public_money;
  addCard(part, {
    id: "balances",
    title: word("chart_balances"),
    read: word("read_balances"),
    lines: () => drawn.length,
    source: "public_money.csv",
    unit: word("unit_yuan"),
    rows: () => [columns, ...cells],
    option: () => (drawn.length ? barOption(drawn, "yuan") : null),
    after: (below) =>
      below.replaceChildren(remark(`${word("net_balances")} ${told.join(isChinese() ? "；" : "; ")}`)),
  });
}
