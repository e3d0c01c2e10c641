// Parameters with how far to trust each, and the assumptions of the scenario.
import { section, wordsCard } from "./cards.js";
import { data } from "./data.js";
import { footOf } from "./download.js";
import { box, details, element, heading, remark, table, tools } from "./elements.js";
import { isChinese, said, unitWords, word } from "./language.js";
import { isNumber, unique } from "./numbers.js";

const textOf = (item) => (typeof item === "string" ? item : JSON.stringify(item));
/** What all folders say under a key, each once. */
function list(key) {
  const all = unique(data.results.flatMap((result) => result[key].map((item) => said(result, textOf(item)))));
  const items = all.map((item) => element("li", {}, item));
  return wordsCard(word(key), all.length ? element("ul", {}, items) : remark(word("none")));
}
const valuesOf = (parameter) => unique(parameter.values.filter(isNumber));
const isChanged = (parameter) => valuesOf(parameter).some((value) => value !== parameter.default);

function rowOf(parameter) {
  const values = valuesOf(parameter);
  const text = values.length ? values.join(" / ") : "–";
  return [
    element("code", {}, parameter.key),
    parameter.symbol,
    isChanged(parameter) ? element("b", {}, text) : text,
    String(parameter.default),
    unitWords(parameter.unit),
    element("span", { className: "chip t-" + parameter.trust }, word("trust_" + parameter.trust)),
    isChinese() ? parameter.meaning_zh : parameter.meaning,
    parameter.source === "none" ? "–" : parameter.source,
  ];
}
function dataRows() {
  const head = ["key", "symbol", "value", "default", "unit", "trust", "meaning", "meaning_zh", "source"];
  const cell = (parameter, column) =>
    column === "value" ? valuesOf(parameter).join("; ") : parameter[column];
  return [head, ...data.parameters.map((parameter) => head.map((column) => cell(parameter, column)))];
}
/** The table of parameters with a filter by word and by what was changed. */
function parameterTable() {
  const body = element("div", { className: "scroll high" });
  const head = ["key", "symbol", "value", "default", "unit", "trust", "meaning", "source"];
  const fits = (parameter, wanted) => {
    const { key, symbol, meaning, meaning_zh, trust } = parameter;
    return [key, symbol, meaning, meaning_zh, trust].join(" ").toLowerCase().includes(wanted);
  };
  const show = () => {
    const wanted = filter.value.trim().toLowerCase();
    const rows = data.parameters.filter(
      (parameter) => fits(parameter, wanted) && (!only.checked || isChanged(parameter)),
    );
    const words = head.map((key) => word(key));
    body.replaceChildren(table(words, rows.map(rowOf), [2, 3]));
  };
  const label = word("filter");
  const options = { type: "search", size: 16, placeholder: label, "aria-label": label };
  const filter = element("input", { ...options, on: { input: show } });
  const only = element("input", { type: "checkbox", on: { change: show } });
  show();
  return box(
    { className: "apart" },
    heading(word("section_parameters")),
    remark(word("trust_note")),
    tools(filter, element("label", {}, only, word("changed_only"))),
    body,
    footOf("manifest.json", null, "parameters", dataRows),
  );
}
export function parameters() {
  const part = section("parameters");
  part.append(element("div", { className: "grid" }, list("assumptions"), list("sources")), parameterTable());
  const scenario = data.results.length ? data.results[0].manifest.scenarios[0] : undefined;
  if (scenario) {
    const text = element("pre", {}, scenario.text);
    part.append(details(word("scenario_text"), { className: "card" }, text));
  }
  const notes = data.notes.map((note) => word("note_" + note.key, note));
  part.append(remark([word("note_digits"), ...notes].join(" ")));
}
