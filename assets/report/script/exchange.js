// Who sends what to whom.
import { overText, tip } from "./axes.js";
import { addCard, nothing, redraw, section } from "./cards.js";
import { colours, TIERS, tierColour } from "./colours.js";
import { data } from "./data.js";
import { element, escaped, picker } from "./elements.js";
import { flowChanges } from "./flow_changes.js";
import { factors, factorUnit, flowsOfYear, tierFlow, tierPairs } from "./flows.js";
import { sentences, unitLabel, word } from "./language.js";
import { factorTool } from "./map_tools.js";
import { number, sum, unique, withUnit } from "./numbers.js";
import { outsideIds, prefectureName } from "./places.js";
import { state } from "./state.js";
import { isComparison } from "./subject.js";
import { yearTools } from "./years.js";

/** Prefectures that are named; all others are one. */
const NAMED = 11;
const hasTierChanges =
  isComparison && factors.some((factor) => tierPairs.some(([from, to]) => tierFlow(factor, from, to)));
const isBetweenTiers = () => state.exchangeLevel === "tiers";

/** Flows between tiers of one arm of the comparison. */
const pairsOfArm = () =>
  tierPairs.map(([from, to]) => {
    const row = tierFlow(state.factor, from, to);
    const at = row ? row.years.indexOf(state.year) : -1;
    return [word(from), word(to), at < 0 ? 0 : row[state.arm][at]];
  });
function pairsOfTiers() {
  const row = data.tiers.find((tiers) => tiers.factor === state.factor && tiers.year === state.year);
  return row ? tierPairs.map(([from, to], at) => [word(from), word(to), row.amount[at]]) : [];
}
function unitName(position) {
  const code = data.flows.prefectures[position];
  return outsideIds.has(code) ? word("outside") : prefectureName(code) || code;
}
/** Flows between the prefectures that send and receive most, and all others together. */
function pairsOfPrefectures() {
  const year = flowsOfYear();
  if (!year) return [];
  const exchanged = new Map();
  for (const [from, to, amount] of year.prefectures) {
    for (const unit of [from, to]) exchanged.set(unit, (exchanged.get(unit) || 0) + amount);
  }
  const largest = [...exchanged].sort((one, other) => other[1] - one[1]).slice(0, NAMED);
  const named = new Set(largest.map(([unit]) => unit));
  const nameOf = (unit) => (named.has(unit) ? unitName(unit) : word("other"));
  const sums = new Map();
  for (const [from, to, amount] of year.prefectures) {
    const key = nameOf(from) + "\t" + nameOf(to);
    sums.set(key, (sums.get(key) || 0) + amount);
  }
  return [...sums].map(([key, amount]) => [...key.split("\t"), amount]);
}
/** From, to and amount of all flows on show. */
function pairs() {
  const ofArm = hasTierChanges && (isBetweenTiers() || !data.flows);
  const all = ofArm ? pairsOfArm() : isBetweenTiers() ? pairsOfTiers() : pairsOfPrefectures();
  return all.filter(([, , amount]) => amount > 0);
}
/** A choice for both diagrams of this part at once. */
function sharedPicker(name, key, options) {
  const choose = (value) => {
    state[key] = value;
    for (const other of document.querySelectorAll("select." + name)) other.value = value;
    redraw((card) => card.exchange);
  };
  return picker(word(name), options, state[key], choose, { className: name });
}
function toolsOf() {
  const arms = [
    ["baseline", word("without")],
    ["policy", word("with")],
  ];
  const levels = [
    ["tiers", word("between_tiers")],
    ["prefectures", word("between_prefectures")],
  ];
  return [
    ...yearTools(),
    factorTool(),
    hasTierChanges ? sharedPicker("arm", "arm", arms) : null,
    data.flows && data.flows.level !== "tier" ? sharedPicker("level", "exchangeLevel", levels) : null,
  ].filter(Boolean);
}
/** Colours of places by their names: a tier has its own. */
function colourOf(names) {
  return (name) => {
    const tier = TIERS.find((one) => word(one) === name);
    return tier ? tierColour(tier) : colours()[names.indexOf(name) % 7];
  };
}
const namesOf = (list) => unique(list.flatMap(([from, to]) => [from, to]));
function tipOfExchange() {
  const unit = factorUnit(state.factor);
  const name = (text) => escaped(String(text).trim());
  const ofFlow = ({ source, target, value }) =>
    `${name(source)} → ${name(target)}<br><b>${withUnit(value, unit)}</b>`;
  const ofPlace = (mark) => `${name(mark.name)}: <b>${withUnit(mark.value, unit)}</b>`;
  const formatter = (mark) => (mark.dataType === "edge" ? ofFlow(mark.data) : ofPlace(mark));
  return { ...tip(), trigger: "item", formatter };
}
/** The sides of the diagram; names on the right have a trailing blank, because a place both sends and receives. */
function sankeyOption() {
  const list = pairs();
  if (!list.length) return null;
  const tone = colourOf(namesOf(list));
  const side = (end, position, blank) => {
    const total = (name) => number(sum(list.filter((pair) => pair[end] === name).map((pair) => pair[2])));
    const formatter = (mark) => `${mark.name.trim()}  ${total(mark.name.trim())}`;
    return unique(list.map((pair) => pair[end])).map((name) => ({
      name: name + blank,
      depth: end,
      itemStyle: { color: tone(name) },
      label: { position, formatter },
    }));
  };
  const diagram = {
    type: "sankey",
    ...{ left: 4, right: 4, top: 8, bottom: 8, nodeGap: 8, nodeWidth: 16 },
    draggable: false,
    layoutIterations: 0,
    label: overText(),
    lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 },
    data: [...side(0, "right", ""), ...side(1, "left", " ")],
    links: list.map(([from, to, value]) => ({ source: from, target: to + " ", value })),
  };
  return { tooltip: tipOfExchange(), series: [diagram] };
}
function chordOption() {
  const list = pairs().filter(([from, to]) => from !== to);
  if (!list.length) return null;
  const names = namesOf(list);
  const tone = colourOf(names);
  const diagram = {
    type: "chord",
    radius: ["70%", "77%"],
    padAngle: 2,
    minAngle: 3,
    label: { show: true, ...overText(), position: "outside" },
    lineStyle: { color: "source", opacity: 0.35 },
    data: names.map((name) => ({ name, itemStyle: { color: tone(name) } })),
    links: list.map(([from, to, value]) => ({ source: from, target: to, value })),
  };
  return { tooltip: tipOfExchange(), series: [diagram] };
}
export function exchange() {
  const part = section("exchange");
  if (!data.tiers.length && !hasTierChanges) {
    part.append(nothing());
    return;
  }
  if (hasTierChanges) flowChanges(part);
  const head = ["year", "factor", "origin", "destination", "amount", "unit"];
  const common = {
    yearly: true,
    flows: true,
    exchange: true,
    rows: () => [
      head,
      ...pairs().map((pair) => [state.year, state.factor, ...pair, factorUnit(state.factor)]),
    ],
    size: "mid",
    source: hasTierChanges ? "compare.csv" : "tier_flows.csv, flows.csv",
    unit: () => unitLabel(factorUnit(state.factor)),
    empty: () => word("no_flow"),
  };
  const grid = element("div", { className: "grid" });
  part.append(grid);
  const counted = () =>
    word(isBetweenTiers() || !data.flows ? "read_sankey_tiers" : "read_sankey_prefectures");
  addCard(grid, {
    ...common,
    id: "sankey",
    title: word("chart_sankey"),
    read: () => sentences(word("read_sankey"), counted()),
    tools: toolsOf(),
    option: sankeyOption,
  });
  addCard(grid, {
    ...common,
    id: "chord",
    title: word("chart_chord"),
    read: word("read_chord"),
    tools: toolsOf(),
    option: chordOption,
  });
}
