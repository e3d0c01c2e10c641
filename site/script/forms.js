// Forms of the three types that every policy uses: when, where, who pays.
import { details, element, remark } from "../../assets/report/script/elements.js";
import { fieldMeaning, fieldName, placeName, prefectureName, say } from "./language.js";
import { state } from "./state.js";

const PART_OF_ALL = 100;
const frame = (field, ...children) =>
  element(
    "fieldset",
    {},
    element("legend", {}, say("form_" + field.form) + " · " + fieldName(field.name)),
    remark(fieldMeaning(field)),
    ...children,
  );
const labelled = (words, control) => element("label", {}, words, control);

/** First and last year, and years until full strength. */
export function periodForm(kind, field, chosen, set) {
  const now = { ...(chosen.values[field.name] || {}) };
  const { start_year } = state.place.area;
  const [first, last] = [start_year + 1, start_year + state.whatIf.years];
  const year = (part, words, least, most, empty) => {
    const box = element("input", {
      type: "number",
      min: least,
      max: most,
      step: 1,
      placeholder: empty,
      value: now[part] === undefined || now[part] === null ? "" : now[part],
    });
    box.addEventListener("change", () => {
      if (box.value === "") delete now[part];
      else now[part] = Math.round(Number(box.value));
      set(Object.keys(now).length ? { ...now } : null);
    });
    return labelled(words, box);
  };
  return frame(
    field,
    element(
      "div",
      { className: "row" },
      year("from", say("period_from"), first, last, String(first)),
      year("until", say("period_until"), first, last, String(last)),
      year("phase_in", say("period_phase_in"), 1, 100, "1"),
    ),
  );
}

/** A list to choose one of; the first line chooses none. */
function oneOf(options, now, act) {
  const list = element(
    "select",
    {},
    element("option", { value: "" }, say("any")),
    options.map(([value, words, title]) =>
      element("option", { value, selected: value === now, title: title || "" }, words),
    ),
  );
  list.addEventListener("change", () => act(list.value));
  return list;
}

/** A condition: the lowest or highest part of the places by what was published last year. */
function conditionForm(condition, put) {
  const isHighest = Boolean(condition && typeof condition.highest === "number");
  const side = isHighest ? "highest" : "lowest";
  const now = { measure: "", side, share: 0.3 };
  if (condition) Object.assign(now, { measure: condition.measure, share: condition[side] || now.share });
  const act = (changes) => {
    Object.assign(now, changes);
    put("where", now.measure ? { measure: now.measure, [now.side]: now.share } : null);
  };
  const percent = element("input", {
    type: "number",
    min: 0,
    max: PART_OF_ALL,
    value: Math.round(now.share * PART_OF_ALL),
  });
  percent.addEventListener("change", () => act({ share: Number(percent.value) / PART_OF_ALL }));
  const sideOf = (word) => element("option", { value: word, selected: word === side }, say(word));
  const sides = element("select", {}, ["lowest", "highest"].map(sideOf));
  sides.addEventListener("change", () => act({ side: sides.value }));
  const measures = state.catalogue.measures.map(([word, meaning]) => [word, say("measure_" + word), meaning]);
  return details(
    say("condition"),
    { open: Boolean(condition) },
    element(
      "div",
      { className: "row" },
      labelled(
        say("measure"),
        oneOf(measures, now.measure, (measure) => act({ measure })),
      ),
      labelled(say("which_part"), sides),
      labelled(say("part_percent"), percent),
    ),
  );
}

/** What a selector says, without the parts that say nothing. */
function said(selector) {
  const isNothing = (value) => value === null || (Array.isArray(value) && !value.length);
  return Object.fromEntries(Object.entries(selector || {}).filter(([, value]) => !isNothing(value)));
}

/** Places by tier, tag, prefecture, county, and by a condition on last year. */
export function selectorForm(kind, field, chosen, set) {
  const { area } = state.place;
  const now = said(field.name in chosen.values ? chosen.values[field.name] : field.default);
  const put = (part, value) => {
    if (value === "" || value === null) delete now[part];
    else now[part] = value;
    set({ ...now });
  };
  const tiers = state.catalogue.tiers.map(([word, meaning]) => [word, say("tier_" + word), meaning]);
  const tags = area.tags.map((tag) => [tag, say(tag)]);
  const one = (part, options) =>
    labelled(
      say(part),
      oneOf(options, now[part], (value) => put(part, value)),
    );
  // Codes stand in a list, of which the page offers one; a scenario may name several.
  const ofList = (part, options) =>
    labelled(
      say(part),
      oneOf(options, (now[part] || [])[0], (value) => put(part, value ? [value] : "")),
    );
  const prefectures = area.prefectures.map((unit) => [unit.code, prefectureName(unit)]);
  const counties = area.counties.map((unit) => [unit.code, placeName(unit)]);
  return frame(
    field,
    element(
      "div",
      { className: "row" },
      one("tier", tiers),
      tags.length ? one("tag", tags) : null,
      prefectures.length > 1 ? ofList("prefecture", prefectures) : null,
      counties.length > 1 ? ofList("county", counties) : null,
    ),
    conditionForm(now.where, put),
  );
}

/** Shares of those who pay: when one is moved the others give way, so that they stay one together. */
export function payersForm(kind, field, chosen, set) {
  const names = state.catalogue.payers.map(([name]) => name);
  const now = { ...(field.default || {}), ...(chosen.values[field.name] || {}) };
  if (chosen.values[field.name]) for (const name of names) now[name] = chosen.values[field.name][name] || 0;
  const sliders = new Map();
  const move = (moved, value) => {
    const others = names.filter((name) => name !== moved);
    const before = others.reduce((sum, name) => sum + (now[name] || 0), 0);
    const left = PART_OF_ALL - value;
    let given = 0;
    others.forEach((name, at) => {
      const part = before > 0 ? (now[name] || 0) / before : 1 / others.length;
      const whole = at === others.length - 1 ? left - given : Math.min(left - given, Math.round(part * left));
      given += whole;
      now[name] = whole / PART_OF_ALL;
    });
    now[moved] = value / PART_OF_ALL;
    for (const [name, { slider, shown }] of sliders) {
      slider.value = Math.round(now[name] * PART_OF_ALL);
      shown.textContent = slider.value + " %";
    }
    set(Object.fromEntries(names.filter((name) => now[name] > 0).map((name) => [name, now[name]])));
  };
  const rows = state.catalogue.payers.map(([name, meaning]) => {
    const value = Math.round((now[name] || 0) * PART_OF_ALL);
    const slider = element("input", {
      type: "range",
      min: 0,
      max: PART_OF_ALL,
      step: 1,
      value,
      "aria-label": say("payer_" + name),
    });
    const shown = element("output", { className: "n" }, value + " %");
    slider.addEventListener("input", () => {
      shown.textContent = slider.value + " %";
    });
    slider.addEventListener("change", () => move(name, Number(slider.value)));
    sliders.set(name, { slider, shown });
    return element(
      "div",
      { className: "field", title: meaning },
      element("span", {}, say("payer_" + name)),
      slider,
      shown,
    );
  });
  return frame(field, rows);
}
