// What came of the question: headline, map and curves, who gains and who loses, cost and payer, how sure, files.
import { button, details, element, picker, remark, table } from "../../assets/report/script/elements.js";
import { Answers, intervalOf } from "./answers.js";
import {
  indicatorName,
  isNumber,
  number,
  placeName,
  policyName,
  prefectureName,
  say,
  signed,
} from "./language.js";
import { lineChart } from "./line_chart.js";
import { changeAt, changeText, map } from "./map.js";
import { save, saveTables } from "./save.js";
import { state } from "./state.js";
import { surety } from "./surety.js";

const AREA = (indicator) => [indicator, "area", "all"];
/** The gaps between regions, town and country, and persons; then levels. */
const GAPS = ["theil_between_prefectures", "income_ratio_residence", "income_ratio_home", "gini"];
const LEVELS = ["income_per_head", "output_per_head", "share_urban", "welfare_gain"];
const CURVES = [...GAPS.map(AREA), AREA("share_urban"), AREA("output_per_head")];
const TIERS = ["city", "county_seat", "village"];
const PLACES_LISTED = 8;

const word = (side, isGap) =>
  say(isGap ? ["narrower", "same", "wider"][side + 1] : ["lower", "same", "higher"][side + 1]);

function tile(answers, indicator, year, isGap) {
  const unit = answers.unitOf(indicator);
  const found = answers.pair(AREA(indicator), year);
  if (!found.count) return null;
  const sure = element("small", {}, found.count < 3 ? say("lucks_few", { lucks: found.count }) : "");
  const node = element(
    "div",
    { className: "tile" },
    element("span", {}, indicatorName(indicator)),
    element("b", {}, signed(found.difference, unit)),
    element(
      "small",
      {},
      say("levels", { without: number(found.without, unit, 4), with: number(found.with, unit, 4) }),
    ),
    element("div", {}, sure),
  );
  node.dataset.indicator = indicator;
  intervalOf(found).then((ends) => {
    if (!ends) return;
    const side = ends[0] > 0 ? 1 : ends[1] < 0 ? -1 : 0;
    const [low, high] = ends.map((end) => signed(end, unit));
    sure.textContent = say(side ? "interval" : "interval_unclear", {
      low,
      high,
      lucks: found.count,
      word: word(side, isGap),
    });
  });
  return node;
}

function headline(answers, year) {
  const row = (indicators, isGap) =>
    element(
      "div",
      { className: "tiles" },
      indicators.map((indicator) => tile(answers, indicator, year, isGap)),
    );
  return [
    element("h3", {}, say("gaps_title", { year })),
    row(GAPS, true),
    element("h3", {}, say("levels_title", { year })),
    row(LEVELS, false),
  ];
}

function curve(answers, key, title, lastYear) {
  const unit = answers.unitOf(key[0]);
  const { years } = answers;
  const lines = [
    { label: say("without"), colour: "without", dash: true, line: answers.line("without", key) },
    { label: say("with"), colour: "with", line: answers.line("with", key) },
  ];
  const drawing = lineChart({ title, unit, years, lines, lastYear });
  if (!drawing) return null;
  const rows = years.map((year, at) => [
    year,
    number(lines[0].line.mid[at], unit, 5),
    number(lines[1].line.mid[at], unit, 5),
  ]);
  return element(
    "figure",
    { className: "card" },
    element("figcaption", {}, element("b", {}, title), " ", element("small", {}, say("unit_" + unit))),
    drawing,
    details(say("as_table"), {}, table([say("year"), say("without"), say("with")], rows, [1, 2])),
  );
}

function curves(answers, lastYear) {
  const ofArea = CURVES.map((key) => curve(answers, key, indicatorName(key[0]), lastYear));
  const ofTiers = TIERS.filter((tier) => answers.ids("tier").includes(tier)).map((tier) =>
    curve(
      answers,
      ["income_per_head", "tier", tier],
      `${indicatorName("income_per_head")}: ${say(tier)}`,
      lastYear,
    ),
  );
  return [
    element("h3", {}, say("curves_title")),
    remark(say("curves_how"), " ", say("axis_how")),
    element("div", { className: "pair" }, [...ofArea, ...ofTiers].filter(Boolean)),
  ];
}

function mapCard(answers, year, redraw) {
  const { area } = state.results.place;
  const { measure, tier } = state.view;
  const drawn = map({
    answers,
    area,
    indicator: measure,
    year,
    tier,
    choose: (id) => {
      state.view.chosen = id;
      redraw();
    },
  });
  const measures = answers.indicators("node").map((indicator) => [indicator, indicatorName(indicator)]);
  const tiers = ["all", "urban", "village"].map((one) => [one, say("map_" + one)]);
  const set = (part) => (value) => {
    state.view[part] = value;
    redraw();
  };
  return element(
    "div",
    { className: "card" },
    element(
      "div",
      { className: "row" },
      picker(say("measure"), measures, measure, set("measure"), { id: "measure" }),
      picker(say("places"), tiers, tier, set("tier")),
    ),
    drawn.drawing,
    remark(say("map_how", { most: drawn.most })),
    chosenPlace(answers, year),
  );
}
function chosenPlace(answers, year) {
  const node = state.results.place.area.nodes.find(({ id }) => id === state.view.chosen);
  if (!node) return null;
  const rows = answers.indicators("node").map((indicator) => {
    const found = answers.pair([indicator, "node", node.id], year);
    const unit = answers.unitOf(indicator);
    return [
      indicatorName(indicator),
      number(found.without, unit, 4),
      number(found.with, unit, 4),
      signed(found.difference, unit),
    ];
  });
  const head = [say("measure"), say("without"), say("with"), say("difference")];
  return element(
    "div",
    {},
    element("h3", {}, `${placeName(node)} (${say(node.tier)}), ${year}`),
    table(head, rows, [1, 2, 3]),
  );
}

/** Gains and losses by place: the most and the least of the measure on show. */
function places(answers, year) {
  const { area } = state.results.place;
  const { measure } = state.view;
  const unit = answers.unitOf(measure);
  const all = area.nodes
    .map((node) => ({ node, found: changeAt(answers, measure, node.id, year) }))
    .filter(({ found }) => isNumber(found.change))
    .sort((one, other) => other.found.change - one.found.change);
  const gains = all.filter(({ found }) => found.change > 0).length;
  const losses = all.filter(({ found }) => found.change < 0).length;
  const rowOf = ({ node, found }) => [
    `${placeName(node)} (${say(node.tier)})`,
    number(found.without, unit, 4),
    number(found.with, unit, 4),
    changeText(found, unit),
  ];
  const listed = Math.min(PLACES_LISTED, Math.ceil(all.length / 2));
  const head = [say("place"), say("without"), say("with"), say("difference")];
  const card = (title, rows) =>
    element("div", { className: "card" }, element("h3", {}, title), table(head, rows.map(rowOf), [1, 2, 3]));
  return [
    element("h3", {}, say("places_title", { measure: indicatorName(measure), year })),
    remark(say("places_count", { gains, losses, all: all.length })),
    element(
      "div",
      { className: "pair" },
      card(say("gain_most"), all.slice(0, listed)),
      card(say("lose_most"), all.slice(-listed).reverse()),
    ),
  ];
}

function groupName(scope, id) {
  if (scope === "area") return say("area");
  if (scope !== "prefecture") return say(id);
  const unit = state.results.place.area.prefectures.find(({ code }) => code === id);
  return unit ? prefectureName(unit) : id;
}
function groups(answers, year) {
  const columns = ["residents", "income_per_head", "home_income_per_head", "welfare_gain", "transfers"];
  const rows = ["area", "tier", "tag", "prefecture"].flatMap((scope) =>
    answers
      .ids(scope)
      .map((id) => [
        groupName(scope, id),
        ...columns.map((indicator) =>
          signed(answers.pair([indicator, scope, id], year).difference, answers.unitOf(indicator)),
        ),
      ]),
  );
  const head = [
    say("group"),
    ...columns.map(
      (indicator) => `${indicatorName(indicator)} (${say("unit_" + answers.unitOf(indicator))})`,
    ),
  ];
  return [
    element("h3", {}, say("groups_title", { year })),
    element("div", { className: "card" }, table(head, rows, [1, 2, 3, 4, 5])),
  ];
}

function costs(answers) {
  const rows = answers.outlays();
  const { years } = answers;
  const title = element("h3", {}, say("costs_title", { from: years[0], until: years[years.length - 1] }));
  if (!rows.length) return [title, remark(say("costs_none"))];
  const paid = rows.reduce((sum, row) => sum + row.paid_yuan, 0);
  const residents = answers.pair(AREA("residents"), years[years.length - 1]).with;
  const money = (value) => number(value, "yuan");
  const ofPolicy = (policy) =>
    policy
      .split(/(?=[.[])/)
      .map((part, at) => (at ? part : policyName(part)))
      .join("");
  const head = ["policy", "payer", "purpose", "demanded", "paid"].map((key) => say(key));
  const lines = rows.map((row) => [
    ofPolicy(row.policy),
    say(row.payer),
    say(row.purpose),
    money(row.demanded_yuan),
    money(row.paid_yuan),
  ]);
  return [
    title,
    remark(
      say("costs_sum", { paid: money(paid), head: money(paid / years.length / residents) }),
      " ",
      say("costs_how"),
    ),
    element("div", { className: "card" }, table(head, lines, [3, 4])),
  ];
}

function files() {
  const [luck] = state.results.lucks;
  const { place } = state.results;
  const name = place.isOwn ? "what_if.toml" : `${place.folder}/what_if.toml`;
  const bytes = (content) => number(content.length, "bytes");
  const tables = luck.files
    ? [...luck.files].map(([file, content]) =>
        button(`${file} (${bytes(content)})`, () => save(file, content, "text/csv"), { className: "file" }),
      )
    : [];
  return [
    element("h3", {}, say("files_title")),
    remark(say("files_how", { name })),
    element(
      "div",
      { className: "tools" },
      button("what_if.toml", () => save("what_if.toml", luck.scenario, "application/toml"), {
        id: "save-toml",
      }),
      tables,
      luck.files ? button(say("save_all"), () => saveTables(luck.files)) : null,
    ),
  ];
}

/** All that the runs say so far. */
export function resultsSection(redraw) {
  const { results } = state;
  const node = element(
    "section",
    { id: "results", "aria-labelledby": "results-title" },
    element("h2", { id: "results-title", tabIndex: -1 }, say("results_title")),
  );
  if (!results) {
    node.append(remark(say("results_none")));
    return node;
  }
  const answers = new Answers(results);
  const { years } = answers;
  if (!years.length) {
    node.append(remark(say("first_world")));
    return node;
  }
  const lastYear = results.place.area.start_year + results.whatIf.years;
  const year = years.includes(state.view.year) ? state.view.year : years[years.length - 1];
  const slider = element("input", {
    type: "range",
    id: "year",
    min: years[0],
    max: years[years.length - 1],
    step: 1,
    value: year,
  });
  slider.addEventListener("change", () => {
    state.view.year = Number(slider.value) === years[years.length - 1] ? null : Number(slider.value);
    redraw("year");
  });
  const isOld = JSON.stringify(results.whatIf) !== JSON.stringify(state.whatIf);
  if (isOld) node.append(element("p", { className: "fault", id: "old" }, say("results_old")));
  node.append(
    remark(say("results_how", { lucks: answers.lucks.length })),
    element("div", { className: "row" }, element("label", {}, `${say("year")}: ${year}`, slider)),
    ...headline(answers, year),
    element(
      "div",
      { className: "look" },
      element("div", {}, element("h3", {}, say("map_title", { year })), mapCard(answers, year, redraw)),
      element("div", {}, ...curves(answers, lastYear)),
    ),
    ...groups(answers, year),
    ...places(answers, year),
    ...costs(answers),
    ...surety(),
    ...(results.lucks[0].with.isOver ? files() : []),
  );
  return node;
}
