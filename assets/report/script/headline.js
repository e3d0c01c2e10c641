// The headline: three gaps, levels, what was run, who gains, what it costs.
import { section } from "./cards.js";
import { element, heading, picker, tools } from "./elements.js";
import { lineOf } from "./indicators.js";
import { capitalised, word } from "./language.js";
import { payers } from "./payers.js";
import { rebuild, state } from "./state.js";
import { comparisons, groups, isComparison, isScenarios } from "./subject.js";
import { bracket, GAPS, LEVELS, tiles } from "./tiles.js";
import { whatWasRun } from "./what_was_run.js";
import { winners } from "./winners.js";

/** A choice of what the whole page shows, by its position. */
function subjectPicker(key, options) {
  const choose = (value) => {
    state[key] = Number(value);
    rebuild();
  };
  return picker(word(key), options, state[key], choose, { id: "choose-" + key });
}
function subjectTools() {
  if (isComparison && comparisons.length > 1) {
    const options = comparisons.map((name, position) => [position, name]);
    return tools(subjectPicker("comparison", options));
  }
  if (!isScenarios) return null;
  const options = groups.slice(1).map((group, position) => [position + 1, group.name]);
  const against = element("span", { className: "how" }, word("against") + " " + groups[0].name);
  return tools(subjectPicker("scenario", options), against);
}
function note() {
  if (isComparison) return word("difference_note");
  return word(isScenarios ? "scenarios_note" : "single_note");
}
/** What stands in brackets, where any number has an interval. */
function bracketsLine() {
  const any = lineOf("income_ratio_residence", "area", "all") || lineOf("residents", "area", "all");
  if (!any) return null;
  const words = (any.count > 1 ? word("brackets") + " " : "") + capitalised(bracket(any.count));
  return element("p", { className: "how brackets" }, words);
}
export function headline() {
  const part = section("headline");
  const parts = [
    element("p", {}, note()),
    subjectTools(),
    heading(word("gaps")),
    tiles(GAPS, true),
    heading(word("levels")),
    tiles(LEVELS, false),
    bracketsLine(),
  ];
  part.append(...parts.filter(Boolean));
  whatWasRun(part);
  winners(part);
  payers(part);
  part.append(element("p", { className: "note" }, word("warning")));
}
