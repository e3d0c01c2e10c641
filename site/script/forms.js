// Forms of the three types that every policy uses: when, where, who pays.
import { details, element } from "../../assets/report/script/elements.js";
import {
  countyName,
  fieldMeaning,
  isNumber,
  placeName,
  plain,
  prefectureName,
  say,
  tagName,
} from "./language.js";
import { state } from "./state.js";

const PART_OF_ALL = 100;
/** Most places whose names are written out. */
const MOST_NAMES = 12;
const frame = (field, words, ...children) =>
  element("fieldset", {}, element("legend", { title: field.name }, words), ...children);
const labelled = (words, ...controls) => element("label", {}, words, controls);

/** A box for a number. What lies outside its bounds is not taken, and the box says so where it was typed. */
export function numberBox({ value, least, most, isWhole, ...options }, act) {
  const box = element("input", { type: "number", step: isWhole ? 1 : "any", value: value ?? "", ...options });
  if (isNumber(least)) box.min = least;
  if (isNumber(most)) box.max = most;
  const told = element("small", { className: "wrong", role: "alert" });
  let taken = box.value;
  box.addEventListener("change", () => {
    const number = box.value.trim() === "" ? null : Number(box.value);
    const isWrong =
      box.validity.badInput ||
      (number !== null && (number < (least ?? -Infinity) || number > (most ?? Infinity)));
    box.ariaInvalid = String(isWrong);
    if (isWrong) {
      const ends = [isNumber(least) ? plain(least) : "−∞", isNumber(most) ? plain(most) : "∞"];
      told.textContent = say("not_taken", { least: ends[0], most: ends[1], taken: taken || say("none") });
      return;
    }
    told.textContent = "";
    taken = box.value;
    act(isWhole && number !== null ? Math.round(number) : number);
  });
  return [box, told];
}

/** First and last year, and years until full strength. */
export function periodForm(kind, field, chosen, set) {
  const now = { ...(chosen.values[field.name] || {}) };
  const { start_year } = state.place.area;
  const [first, last] = [start_year + 1, start_year + state.whatIf.years];
  const year = (part, words, least, most, empty) =>
    labelled(
      words,
      ...numberBox({ value: now[part], least, most, isWhole: true, placeholder: empty }, (value) => {
        if (value === null) delete now[part];
        else now[part] = value;
        set(Object.keys(now).length ? { ...now } : null);
      }),
    );
  return frame(
    field,
    say("form_Period"),
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
  const percent = numberBox(
    { value: Math.round(now.share * PART_OF_ALL), least: 1, most: PART_OF_ALL },
    (value) => act({ share: (value ?? 30) / PART_OF_ALL }),
  );
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
      labelled(say("part_percent"), ...percent),
    ),
  );
}

/** What a selector says, without the parts that say nothing. */
function said(selector) {
  const isNothing = (value) => value === null || (Array.isArray(value) && !value.length);
  return Object.fromEntries(Object.entries(selector || {}).filter(([, value]) => !isNothing(value)));
}

/** Places that meet everything but the condition; null where the page cannot tell. */
function placesOf({ tier, tag, ids, prefecture, county, province, except }) {
  const { area, countyOf } = state.place;
  if (!countyOf || province || except) return null;
  const districts = new Set(area.counties.filter((unit) => unit.district).map((unit) => unit.code));
  const ofTier = {
    urban: (node) => node.tier !== "village",
    county: (node) => !districts.has(countyOf.get(node.id)),
  };
  const meets = [
    (node) => !tier || (ofTier[tier] ? ofTier[tier](node) : node.tier === tier),
    (node) => !tag || node.tags.includes(tag),
    (node) => !ids || ids.includes(node.id),
    (node) => !prefecture || prefecture.includes(node.prefecture),
    (node) => !county || county.includes(countyOf.get(node.id)),
  ];
  return area.nodes.filter((node) => meets.every((holds) => holds(node)));
}
/** Which places are chosen, by name if they are few; of a condition, among which it chooses. */
function chosenWords(selector) {
  const nodes = placesOf(selector);
  if (!nodes) return null;
  const names = nodes.slice(0, MOST_NAMES).map(placeName).join(say("comma"));
  const list =
    names + (nodes.length > MOST_NAMES ? say("and_more", { more: nodes.length - MOST_NAMES }) : "");
  if (!nodes.length) return say("chosen_none");
  const { where } = selector;
  if (!where) return say("chosen_places", { count: nodes.length, list });
  const side = typeof where.highest === "number" ? "highest" : "lowest";
  if (typeof where[side] !== "number") return say("chosen_among", { count: nodes.length, list });
  const count = Math.round(where[side] * nodes.length);
  const measure = say("measure_" + where.measure);
  if (!count) {
    return say("chosen_too_few", { share: Math.round(where[side] * 100), count: nodes.length, list });
  }
  return say("chosen_part", { part: count, count: nodes.length, side: say(side), measure, list });
}

/** Places by tier, tag, prefecture, county, name, and by a condition on last year. */
export function selectorForm(kind, field, chosen, set) {
  const { area } = state.place;
  const now = said(field.name in chosen.values ? chosen.values[field.name] : field.default);
  const put = (part, value) => {
    if (value === "" || value === null) delete now[part];
    else now[part] = value;
    // Who names places means them, and not the lowest part of them.
    if (part !== "where" && part !== "tier" && value) delete now.where;
    set({ ...now }, true);
  };
  const tiers = state.catalogue.tiers.map(([word, meaning]) => [word, say("tier_" + word), meaning]);
  const tags = area.tags.map((tag) => [tag, tagName(tag)]);
  const one = (part, options) =>
    labelled(
      say(part),
      oneOf(options, now[part], (value) => put(part, value)),
    );
  // Codes stand in a list, of which the page offers one; a scenario may name several.
  const ofList = (part, words, options) =>
    labelled(
      say(words),
      oneOf(options, (now[part] || [])[0], (value) => put(part, value ? [value] : "")),
    );
  const prefectures = area.prefectures.map((unit) => [unit.code, prefectureName(unit)]);
  const counties = area.counties.map((unit) => [unit.code, countyName(unit)]);
  const nodes = area.nodes.map((node) => [node.id, `${placeName(node)} (${say("tier_" + node.tier)})`]);
  const words = chosenWords(now);
  return frame(
    field,
    say("form_Selector") + say("colon") + fieldMeaning(field),
    element(
      "div",
      { className: "row" },
      one("tier", tiers),
      tags.length ? one("tag", tags) : null,
      prefectures.length > 1 ? ofList("prefecture", "prefecture", prefectures) : null,
      counties.length > 1 ? ofList("county", "county", counties) : null,
      ofList("ids", "place_one", nodes),
    ),
    conditionForm(now.where, put),
    words ? element("p", { className: "how chosen" }, words) : null,
  );
}

/** Shares of those who pay: when one is moved the others give way, so that they stay one together. */
export function payersForm(kind, field, chosen, set) {
  const names = state.catalogue.payers.map(([name]) => name);
  const now = { ...(field.default || {}), ...(chosen.values[field.name] || {}) };
  if (chosen.values[field.name]) for (const name of names) now[name] = chosen.values[field.name][name] || 0;
  const sliders = new Map();
  const told = element("p", { className: "how", role: "status" }, say("payers_how"));
  const move = (moved, wanted) => {
    let value = wanted;
    const others = names.filter((name) => name !== moved && now[name] > 0);
    if (!others.length && value < PART_OF_ALL) {
      told.textContent = say("payers_none");
      told.className = "fault";
      value = PART_OF_ALL;
    } else {
      told.textContent = say("payers_how");
      told.className = "how";
    }
    const before = others.reduce((sum, name) => sum + now[name], 0);
    let left = PART_OF_ALL - value;
    others.forEach((name, at) => {
      const part = Math.round((now[name] / before) * (PART_OF_ALL - value));
      const whole = at === others.length - 1 ? left : Math.min(left, part);
      left -= whole;
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
    slider.dataset.payer = name;
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
  return frame(field, say("form_Payers"), told, rows);
}
