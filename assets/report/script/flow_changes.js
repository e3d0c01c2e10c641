// What a policy changes in the flows between tiers in a year.
import { barOption } from "./bar_chart.js";
import { addCard } from "./cards.js";
import { factorUnit, tierFlow, tierPairs } from "./flows.js";
import { unitLabel, word } from "./language.js";
import { factorTool } from "./map_tools.js";
import { state } from "./state.js";
import { yearTools } from "./years.js";

function changeOf([from, to]) {
  const row = tierFlow(state.factor, from, to);
  const at = row ? row.years.indexOf(state.year) : -1;
  if (at < 0) return null;
  const name = `${word(from)} → ${word(to)}`;
  return { name, pair: `${from} > ${to}`, value: row.difference[at], low: row.low[at], high: row.high[at] };
}
const changesOfYear = () =>
  tierPairs
    .map(changeOf)
    .filter((row) => row && row.value)
    .sort((one, other) => other.value - one.value);

export function flowChanges(part) {
  const unit = () => factorUnit(state.factor);
  const head = ["year", "factor", "pair", "difference", "low", "high", "unit"];
  const rowOf = (row) => [state.year, state.factor, row.pair, row.value, row.low, row.high, unit()];
  addCard(part, {
    id: "flow-changes",
    title: () => word("chart_flow_changes") + " · " + word(state.factor),
    read: word("read_flow_changes"),
    lines: () => changesOfYear().length,
    yearly: true,
    flows: true,
    tools: [...yearTools(), factorTool()],
    source: "compare.csv",
    unit: () => unitLabel(unit()) + ", " + state.year,
    rows: () => [head, ...changesOfYear().map(rowOf)],
    option: () => {
      const list = changesOfYear();
      return list.length ? barOption(list, unit()) : null;
    },
    empty: () => word("no_flow"),
  });
}
