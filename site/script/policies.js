// The policies of the question: a card each, its fields drawn from the schema.
import { button, details, element, remark } from "../../assets/report/script/elements.js";
import { periodForm, payersForm, selectorForm } from "./forms.js";
import { aimOf, fieldMeaning, fieldName, placeName, policyName, say } from "./language.js";
import { change, kindOf, MOST_POLICIES, state } from "./state.js";

/** What the reader set, or else the default. */
const valueOf = (chosen, field) => (field.name in chosen.values ? chosen.values[field.name] : field.default);

/** Sets a field of the n-th policy; nothing takes it out, so that the default holds. */
const setter = (at, name) => (value, redraws) =>
  change((whatIf) => {
    const { values } = whatIf.policies[at];
    if (value === null || value === undefined) delete values[name];
    else values[name] = value;
  }, Boolean(redraws));

/** Where a slider ends: at the range of the schema, or at four times what is usual. */
function endOf(kind, field) {
  const usual = Math.max(Math.abs(field.default || 0), Math.abs(kind.start[field.name] || 0));
  const most = field.most === null ? 4 * usual : field.most;
  // A range that only keeps numbers finite is of no use to a hand.
  return usual > 0 && most > 100 * usual ? 4 * usual : most;
}
function stepOf(span, isWhole) {
  const raw = span / 100;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    [1, 2, 5]
      .map((factor) => factor * power)
      .filter((one) => one <= raw)
      .pop() || power;
  return isWhole ? Math.max(1, Math.round(step)) : Number(step.toPrecision(1));
}

function numberForm(kind, field, chosen, set) {
  const [least, most] = [field.least === null ? 0 : field.least, endOf(kind, field)];
  const value = valueOf(chosen, field);
  const isWhole = field.form === "whole";
  const label = `${fieldName(field.name)}: ${fieldMeaning(field)}`;
  const box = element("input", {
    type: "number",
    value: value === null ? "" : value,
    step: "any",
    "aria-label": label,
    placeholder: field.optional ? say("none") : "",
  });
  const range = [field.least, field.most].some((end) => end !== null)
    ? say("range", {
        least: field.least === null ? "−∞" : field.least,
        most: field.most === null ? "∞" : field.most,
      })
    : "";
  const usual = field.default === null ? "" : say("default", { value: field.default });
  const words = element(
    "div",
    {},
    element("b", {}, fieldName(field.name)),
    " ",
    fieldMeaning(field),
    element("small", {}, " ", [range, usual].filter(Boolean).join(" · ")),
  );
  const parts = [words];
  const read = (text) => (text.trim() === "" ? null : Number(text));
  if (most > least && !field.optional) {
    const slider = element("input", {
      type: "range",
      min: least,
      max: most,
      step: stepOf(most - least, isWhole),
      value: value === null ? least : value,
      "aria-label": label,
    });
    slider.dataset.field = field.name;
    slider.addEventListener("input", () => {
      box.value = slider.value;
    });
    slider.addEventListener("change", () => set(Number(slider.value)));
    box.addEventListener("change", () => {
      slider.value = box.value;
    });
    parts.push(slider);
  } else parts.push(element("span", {}));
  box.addEventListener("change", () => set(read(box.value)));
  return element("div", { className: "field" }, ...parts, box);
}

const labelled = (field, control) =>
  element(
    "div",
    { className: "row" },
    element("label", {}, `${fieldName(field.name)}: ${fieldMeaning(field)}`, control),
  );

function choiceForm(kind, field, chosen, set) {
  const now = valueOf(chosen, field);
  const none = field.optional ? [element("option", { value: "" }, say("none"))] : [];
  const options = field.choices.map(([word, meaning]) =>
    element("option", { value: word, selected: word === now, title: meaning }, say(word)),
  );
  const list = element("select", {}, none, options);
  list.addEventListener("change", () => set(list.value || null));
  return labelled(field, list);
}

function choicesForm(kind, field, chosen, set) {
  const now = new Set(valueOf(chosen, field) || []);
  const boxes = field.choices.map(([word]) => {
    const box = element("input", { type: "checkbox", checked: now.has(word) });
    box.addEventListener("change", () => {
      if (box.checked) now.add(word);
      else now.delete(word);
      set([...now]);
    });
    return element("label", {}, element("span", {}, box, " ", say(word)));
  });
  return element(
    "fieldset",
    {},
    element("legend", {}, fieldName(field.name)),
    remark(fieldMeaning(field)),
    element("div", { className: "row" }, boxes),
  );
}

/** Pairs of counties. */
function pairsForm(kind, field, chosen, set) {
  const { counties } = state.place.area;
  const pairs = valueOf(chosen, field) || [];
  const list = (pair, part) => {
    const options = counties.map((county) =>
      element("option", { value: county.code, selected: pair[part] === county.code }, placeName(county)),
    );
    const control = element("select", { "aria-label": say(part) }, options);
    control.addEventListener("change", () =>
      set(pairs.map((one) => (one === pair ? { ...one, [part]: control.value } : one))),
    );
    return control;
  };
  const parts = field.choices.map(([part]) => part);
  const rows = pairs.map((pair) =>
    element(
      "div",
      { className: "row" },
      parts.map((part) => list(pair, part)),
      button(
        "×",
        () =>
          set(
            pairs.filter((one) => one !== pair),
            true,
          ),
        { title: say("remove"), "aria-label": say("remove") },
      ),
    ),
  );
  const more = () =>
    set(
      [...pairs, Object.fromEntries(parts.map((part, at) => [part, counties[at % counties.length].code]))],
      true,
    );
  return element(
    "fieldset",
    {},
    element("legend", {}, fieldName(field.name)),
    remark(fieldMeaning(field)),
    rows,
    counties.length > 1 ? button(say("add_pair"), more) : "",
  );
}

function textForm(kind, field, chosen, set) {
  const box = element("input", { type: "text", value: valueOf(chosen, field) || "" });
  box.addEventListener("change", () => set(box.value || null));
  return labelled(field, box);
}
function truthForm(kind, field, chosen, set) {
  const box = element("input", { type: "checkbox", checked: Boolean(valueOf(chosen, field)) });
  box.addEventListener("change", () => set(box.checked));
  return labelled(field, box);
}

const FORMS = {
  number: numberForm,
  whole: numberForm,
  truth: truthForm,
  choice: choiceForm,
  choices: choicesForm,
  pairs: pairsForm,
  text: textForm,
  Period: periodForm,
  Selector: selectorForm,
  Payers: payersForm,
};

/** A field as a form; one whose form the page does not know is left to the scenario. */
function formOf(kind, field, at) {
  const draw = FORMS[field.form];
  return draw ? draw(kind, field, state.whatIf.policies[at], setter(at, field.name)) : null;
}

function card(chosen, at) {
  const kind = kindOf(chosen.kind);
  const remove = button(say("remove"), () => change((whatIf) => whatIf.policies.splice(at, 1)));
  if (!kind) return element("fieldset", {}, element("legend", {}, chosen.kind), remove);
  const [purpose, payer] = aimOf(kind);
  // What its example sets is what the policy is about; the rest is there for those who look.
  const isMain = (field) =>
    field.name in kind.start || field.name in chosen.values || field.form === "Payers";
  const forms = (keep) => kind.fields.filter(keep).map((field) => formOf(kind, field, at));
  const node = element(
    "fieldset",
    { className: "policy" },
    element("legend", {}, policyName(kind.name)),
    remark(purpose, " ", say("paid_by", { payer })),
    forms(isMain),
    details(
      say("more_fields"),
      {},
      forms((field) => !isMain(field)),
    ),
    remove,
  );
  node.dataset.kind = kind.name;
  return node;
}

/** What a kind begins with: its example, on the tables that are there. */
function beginning(kind) {
  const values = JSON.parse(JSON.stringify(kind.start));
  const { counties } = state.place.area;
  for (const field of kind.fields) {
    const value = values[field.name];
    if (field.form !== "text" || !/\.csv$/.test(value || "")) continue;
    const file = value.split("/").pop();
    if (state.place.tables.has(file)) values[field.name] = file;
    else delete values[field.name];
  }
  const pairs = kind.fields.find((field) => field.form === "pairs");
  const hasTable = Object.values(values).some((value) => /\.csv$/.test(value));
  if (pairs && !hasTable && counties.length > 1) {
    const inland = counties.find((county) => !county.district) || counties[0];
    const coast =
      [...counties].reverse().find((county) => county !== inland && county.district) ||
      counties.find((county) => county !== inland);
    values[pairs.name] = [
      Object.fromEntries(pairs.choices.map(([part], at) => [part, [inland, coast][at].code])),
    ];
  }
  return values;
}

/** The policies, and the list from which another is taken. */
export function policyForms() {
  const { policies } = state.whatIf;
  const kinds = [...state.catalogue.kinds].map((kind) => [kind.name, policyName(kind.name)]);
  const options = kinds.map(([name, words]) => element("option", { value: name }, words));
  const list = element(
    "select",
    { id: "add-policy", disabled: policies.length >= MOST_POLICIES },
    element("option", { value: "" }, say("choose_policy")),
    options,
  );
  list.addEventListener("change", () => {
    const kind = kindOf(list.value);
    if (kind) change((whatIf) => whatIf.policies.push({ kind: kind.name, values: beginning(kind) }));
  });
  return element(
    "section",
    { "aria-labelledby": "policies" },
    element("h2", { id: "policies" }, say("policies_title")),
    remark(say("policies_how", { most: MOST_POLICIES })),
    policies.map(card),
    element("label", {}, say("add_policy") + " ", list),
  );
}
