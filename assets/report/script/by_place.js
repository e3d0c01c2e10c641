// What a policy changes by tier, tag and prefecture, beside the map of the same measure.
import { barOption } from "./bar_chart.js";
import { addCard } from "./cards.js";
import { idsOf, lineOf } from "./indicators.js";
import { indicatorName, unitLabel, unitOf, word } from "./language.js";
import { differenceUnit, isNumber, last } from "./numbers.js";
import { scopeName } from "./places.js";
import { state } from "./state.js";

function rowOf(scope, id) {
  const line = lineOf(state.difference, scope, id);
  if (!line) return null;
  const name = scopeName(scope, id);
  return { name, value: last(line.middle), low: last(line.low), high: last(line.high), scope, id };
}
function listOf() {
  const scopes = ["tier", "tag", "prefecture"];
  return scopes
    .flatMap((scope) => idsOf(state.difference, scope).map((id) => rowOf(scope, id)))
    .filter((row) => row && isNumber(row.value));
}
export function byPlace(part) {
  const head = ["indicator", "scope", "scope_id", "difference", "low", "high"];
  const rows = () => [
    head,
    ...listOf().map((row) => [state.difference, row.scope, row.id, row.value, row.low, row.high]),
  ];
  addCard(part, {
    id: "by-place",
    title: () => word("chart_by_place") + " · " + indicatorName(state.difference),
    read: word("read_by_place"),
    size: "tall",
    source: "compare.csv",
    unit: () => unitLabel(differenceUnit(unitOf(state.difference))),
    measured: true,
    rows,
    option: () => {
      const list = listOf();
      return list.length ? barOption(list, unitOf(state.difference)) : null;
    },
  });
}
