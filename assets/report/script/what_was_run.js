// What was run: a row a folder.
import { data } from "./data.js";
import { heading, box, table } from "./elements.js";
import { seriesOf } from "./indicators.js";
import { listed, policyName, word } from "./language.js";
import { isNumber, last, number, whole } from "./numbers.js";
import { isComparison } from "./subject.js";

function yearsOf(result, run, difference) {
  const from = Number(result.run.start_year || run.start_year);
  const count = Number(result.run.years || run.years);
  if (isNumber(from) && isNumber(count)) return `${from}–${from + count}`;
  return difference ? `${difference.years[0]}–${last(difference.years)}` : "–";
}
/** Residents at the end, of a comparison without its policies. */
function residentsOf(folder, difference) {
  if (difference) return last(difference.baseline);
  const series = seriesOf("residents", "area", "all").find((row) => row.folder === folder);
  return series ? last(series.values) : NaN;
}
/** Which replicate a run is, or how many a comparison has. */
function replicateOf(result, differences) {
  if (result.kind === "run") return result.run.replicate || "0";
  return differences.length ? String(differences[0].replicates || "–") : "–";
}
function rowOf(result, folder) {
  const run = ((result.manifest.scenarios[0] || {}).resolved || {}).run || {};
  const differences = data.comparisons.filter((row) => row.folder === folder);
  const difference = differences.find((row) => row.indicator === "residents" && row.scope === "area");
  return [
    result.run.scenario || result.name,
    result.policies.length ? listed(result.policies.map(policyName)) : word("no_policy"),
    result.run.seed || result.manifest.seed,
    replicateOf(result, difference ? [difference] : differences),
    whole(Number(result.run.agents || 0)),
    String(result.run.persons_per_agent || run.persons_per_agent || "–"),
    yearsOf(result, run, difference),
    number(residentsOf(folder, difference), "persons"),
    word(result.status),
  ];
}
export function whatWasRun(part) {
  const replicate = isComparison ? "replicates" : "replicate";
  const head = [
    "scenario",
    "policies",
    "seed",
    replicate,
    "agents",
    "persons_per_agent",
    "years",
    "population",
  ];
  const words = [...head, "status"].map((key) => word(key));
  part.append(box({}, heading(word("what_was_run")), table(words, data.results.map(rowOf), [2, 3, 4, 5, 7])));
}
