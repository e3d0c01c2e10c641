// Any indicator by any scope over the years.
import { addCard, draw } from "./cards.js";
import { element, picker } from "./elements.js";
import { allIndicators, idsOf, scopesOf } from "./indicators.js";
import { indicatorName, isChinese, meaningOf, unitOf, word } from "./language.js";
import { indicatorSource, lineOption, lineRows, readLine, unitOfLines } from "./line_chart.js";
import { scopeName } from "./places.js";
import { state } from "./state.js";

function itemsOf({ indicator, scope }) {
  return idsOf(indicator, scope).map((id) => [indicator, scope, id]);
}
/** How to read the lines, and in English what the indicator means. */
function reading({ indicator }) {
  const known = meaningOf.get(indicator);
  if (!known) return readLine();
  return `${readLine()} ${indicatorName(indicator)}${isChinese() ? "" : ": " + known.meaning}`;
}
export function explorer(part) {
  if (!allIndicators.length) return;
  const { explored } = state;
  if (!allIndicators.includes(explored.indicator)) explored.indicator = allIndicators[0];
  const scopeBox = element("span", {});
  const chooseScope = (scope) => {
    explored.scope = scope;
    draw(card);
  };
  const showScopes = () => {
    const scopes = scopesOf(explored.indicator);
    if (!scopes.includes(explored.scope)) explored.scope = scopes[0];
    const options = scopes.map((scope) => [scope, word(scope)]);
    scopeBox.replaceChildren(picker(word("scope"), options, explored.scope, chooseScope));
  };
  const chooseIndicator = (indicator) => {
    explored.indicator = indicator;
    showScopes();
    draw(card);
  };
  showScopes();
  const options = allIndicators.map((indicator) => [indicator, indicatorName(indicator)]);
  const unit = () => unitOf(explored.indicator);
  const card = addCard(part, {
    id: "explorer",
    apart: "apart",
    title: word("chart_explorer"),
    size: "mid",
    source: indicatorSource,
    unit: () => unitOfLines(itemsOf(explored), unit()),
    read: () => reading(explored),
    rows: () => lineRows(itemsOf(explored)),
    tools: [picker(word("indicator"), options, explored.indicator, chooseIndicator), scopeBox],
    option: () => {
      const items = itemsOf(explored);
      const names = items.map(([, scope, id]) => scopeName(scope, id));
      return lineOption(items, unit(), names);
    },
  });
}
