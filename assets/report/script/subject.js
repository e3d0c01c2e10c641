// What the page is about: a run, several runs of one scenario, scenarios against the first, or a comparison.
import { data, isSingle } from "./data.js";
import { state } from "./state.js";

export const isComparison = data.comparisons.length > 0;

/** Runs of the same scenario with the same parameters are replicates of each other. */
export const groups = [];
for (const [folder, result] of data.results.entries()) {
  if (result.kind !== "run") continue;
  const name = result.run.scenario || result.name;
  const scenario = result.manifest.scenarios[0] || {};
  const parameters = data.parameters.map((parameter) => parameter.values[folder]);
  const key = JSON.stringify([name, scenario.sha256, parameters]);
  let group = groups.find((known) => known.key === key);
  if (!group) {
    group = { key, name, folders: [] };
    groups.push(group);
  }
  group.folders.push(folder);
}
for (const [position, group] of groups.entries()) {
  const taken = groups.some((other, before) => before < position && other.name === group.name);
  if (taken) group.name += ` (${data.results[group.folders[0]].name})`;
}
export const isScenarios = !isComparison && groups.length > 1;
export const isDifference = isComparison || isScenarios;

export const comparisons = [...new Set(data.comparisons.map((row) => row.comparison))];
/** The name of the comparison on show. */
export const shownComparison = () => comparisons[state.comparison];
export const isShown = (row) => row.comparison === shownComparison();
/** Whether it has one replicate only, and so no interval. */
export const isSingleShown = () => isSingle(shownComparison());
/** Level and kind of the intervals of the comparison on show, as its own folder says. */
export function intervalOf() {
  const row = data.comparisons.find(isShown);
  return row ? data.results[row.folder].interval : null;
}
