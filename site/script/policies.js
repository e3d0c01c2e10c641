// The policies of the question: a card each, its fields drawn from the schema.
import { button, details, element, remark } from "../../assets/report/script/elements.js";
import { numberBox, periodForm, payersForm, selectorForm } from "./forms.js";
import { aimOf, choiceName, countyName, fieldMeaning, isNumber, plain, policyName, say } from "./language.js";
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

/** What is much of a thing of which nothing is usual, at the place on show. */
function muchOf(field) {
  const { area } = state.place;
  const ofCounty = area.persons / Math.max(1, area.counties.length);
  const ofNode = area.persons / area.nodes.length;
  const much = { postings: 0.01 * ofCounty, training_seats: 0.01 * ofCounty, park_yuan: 100 * ofNode }[
    field.name
  ];
  return much ? Number(much.toPrecision(1)) : null;
}
/** A range that only keeps numbers finite is of no use to a hand. */
const WIDE = 1000;
/** Where a slider ends: at the range of the schema, or at four times what is usual; null if nobody knows. */
function endOf(kind, field, value) {
  const usual = Math.max(Math.abs(field.default || 0), Math.abs(kind.start[field.name] || 0));
  const isWide = field.most === null || field.most > Math.max(WIDE, 100 * usual);
  const end = !isWide ? field.most : usual > 0 ? 4 * usual : muchOf(field);
  return end === null ? null : Math.max(end, value || 0);
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

/** What is usual, or what leaves things as they were where the meaning says so. */
function usualOf(field) {
  if (/times (what it was|the value without policy)/i.test(field.meaning)) return say("before_one");
  return isNumber(field.default) ? say("default", { value: plain(field.default) }) : "";
}

/** What a field means, with the name by which another field of the kind speaks of it. */
function labelOf(kind, field) {
  const name = "`" + field.name + "`";
  return (
    fieldMeaning(field) + (kind.fields.some(({ meaning }) => meaning.includes(name)) ? ` (${name})` : "")
  );
}

function numberForm(kind, field, chosen, set) {
  const value = valueOf(chosen, field);
  const isWhole = field.form === "whole";
  const least = field.least ?? 0;
  const most = field.optional ? null : endOf(kind, field, value);
  const label = `${fieldMeaning(field)} (${field.name})`;
  const [box, told] = numberBox(
    {
      value,
      least: field.least,
      most: field.most,
      isWhole,
      "aria-label": label,
      placeholder: field.optional ? say("none") : "",
    },
    (number) => {
      set(number);
      if (number === null) box.value = field.default ?? "";
    },
  );
  const range = most !== null && most > least ? say("range", { least: plain(least), most: plain(most) }) : "";
  const hint = [range, usualOf(field)].filter(Boolean).join(" · ");
  const words = element(
    "div",
    { title: field.name },
    labelOf(kind, field),
    hint ? element("small", {}, " ", hint) : "",
  );
  const parts = [words];
  if (range) {
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
    slider.addEventListener("change", () => box.dispatchEvent(new Event("change")));
    box.addEventListener("change", () => {
      if (box.ariaInvalid !== "true") slider.value = box.value;
    });
    parts.push(slider);
  } else parts.push(element("span", {}));
  return element("div", { className: "field" }, ...parts, element("div", {}, box, told));
}

const labelled = (field, control) =>
  element("div", { className: "row" }, element("label", { title: field.name }, fieldMeaning(field), control));
const framed = (field, ...children) =>
  element("fieldset", {}, element("legend", { title: field.name }, fieldMeaning(field)), ...children);

function choiceForm(kind, field, chosen, set) {
  const now = valueOf(chosen, field);
  const none = field.optional ? [element("option", { value: "" }, say("none"))] : [];
  const options = field.choices.map(([word, meaning]) =>
    element("option", { value: word, selected: word === now, title: meaning }, choiceName(word)),
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
    return element("label", {}, element("span", {}, box, " ", choiceName(word)));
  });
  return framed(field, element("div", { className: "row" }, boxes));
}

/** A county of the mountains and a unit on the coast, as far as the tags of their seats tell. */
function likelyPair(parts) {
  const { area } = state.place;
  const isTagged = (unit, ...tags) => {
    const seat = area.nodes.find((node) => node.tier !== "village" && node.name_en === unit.name_en);
    return Boolean(unit.name_en && seat && tags.some((tag) => seat.tags.includes(tag)));
  };
  const first = (...wishes) => wishes.map((wish) => area.counties.find(wish)).find(Boolean);
  const inland = first(
    (unit) => isTagged(unit, "mountain"),
    (unit) => !unit.district,
    () => true,
  );
  const coast = first(
    (unit) => unit !== inland && unit.district && isTagged(unit, "sea"),
    (unit) => unit !== inland && unit.district,
    (unit) => unit !== inland,
  );
  return [Object.fromEntries(parts.map((part, at) => [part, [inland, coast][at].code]))];
}

/** Pairs of counties. */
function pairsForm(kind, field, chosen, set) {
  const { counties } = state.place.area;
  const pairs = valueOf(chosen, field) || [];
  const list = (pair, part) => {
    const options = counties.map((county) =>
      element("option", { value: county.code, selected: pair[part] === county.code }, countyName(county)),
    );
    const control = element("select", {}, options);
    control.addEventListener("change", () =>
      set(pairs.map((one) => (one === pair ? { ...one, [part]: control.value } : one))),
    );
    return element("label", {}, say("pair_" + part), control);
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
  const more = () => set([...pairs, ...likelyPair(parts)], true);
  return framed(field, rows, counties.length > 1 ? button(say("add_pair"), more) : "");
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
    field.name in chosen.values ||
    field.form === "Payers" ||
    (field.name in kind.start && field.form !== "text");
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
    values[pairs.name] = likelyPair(pairs.choices.map(([part]) => part));
  }
  return values;
}

/** The policies, and the list from which another is taken. */
export function policyForms() {
  const { policies } = state.whatIf;
  const isFull = policies.length >= MOST_POLICIES;
  const options = state.catalogue.kinds.map((kind) =>
    element("option", { value: kind.name }, policyName(kind.name) + " – " + aimOf(kind)[0]),
  );
  const list = element(
    "select",
    { id: "add-policy", disabled: isFull },
    element("option", { value: "" }, say("choose_policy")),
    options,
  );
  const about = element("p", { className: "how", role: "status" });
  const add = button(
    say("add"),
    () => {
      const kind = kindOf(list.value);
      if (kind) change((whatIf) => whatIf.policies.push({ kind: kind.name, values: beginning(kind) }));
    },
    { id: "add", disabled: true },
  );
  list.addEventListener("change", () => {
    const kind = kindOf(list.value);
    add.disabled = isFull || !kind;
    const [purpose, payer] = kind ? aimOf(kind) : ["", ""];
    about.textContent = kind ? purpose + " " + say("paid_by", { payer }) : "";
  });
  return element(
    "section",
    { "aria-labelledby": "policies" },
    element("h2", { id: "policies" }, say("policies_title")),
    remark(say("policies_how", { most: MOST_POLICIES })),
    policies.map(card),
    element("div", { className: "row" }, element("label", {}, say("add_policy"), list), add),
    about,
  );
}
