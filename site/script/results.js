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
  tagName,
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

/** The 95 % interval of a difference: told as soon as the engine has worked it out, from three pairs on. */
async function sureness(found, tell) {
  const ends = await intervalOf(found);
  if (ends) tell(ends, ends[0] > 0 ? 1 : ends[1] < 0 ? -1 : 0);
}

/** What no difference would look like: gaps are read from there. */
const EQUAL = {
  theil_between_prefectures: "equal_none",
  gini: "equal_none",
  income_ratio_residence: "equal_one",
};
EQUAL.income_ratio_home = EQUAL.income_ratio_residence;

function tile(answers, indicator, year, isGap) {
  const unit = answers.unitOf(indicator);
  const found = answers.pair(AREA(indicator), year);
  if (!found.count) return null;
  const direction = word(Math.sign(found.difference), isGap);
  const few = say("lucks_few", { lucks: found.count, word: direction });
  const sure = element("small", {}, found.count < 3 ? few : "");
  const shown = ["yuan", "log points"].includes(unit) ? " " + say("tile_" + unit) : "";
  const node = element(
    "div",
    { className: "tile" },
    element("span", {}, indicatorName(indicator), EQUAL[indicator] ? say(EQUAL[indicator]) : ""),
    element("b", {}, signed(found.difference, unit), element("small", {}, shown)),
    element(
      "small",
      {},
      say("levels", { without: number(found.without, unit, 4), with: number(found.with, unit, 4) }),
    ),
    element("div", {}, sure),
  );
  node.dataset.indicator = indicator;
  sureness(found, (ends, side) => {
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

/** A difference in a table, with its interval where there is one. */
function cellOf(found, text, textOf) {
  const sure = element("small", {});
  const cell = element("span", { className: "difference" }, text, sure);
  sureness(found, (ends, side) => {
    if (!side) cell.classList.add("unclear");
    sure.textContent = say(side ? "cell_interval" : "cell_unclear", {
      low: textOf(ends[0]),
      high: textOf(ends[1]),
    });
  });
  return cell;
}
const differenceCell = (found, unit) =>
  cellOf(found, signed(found.difference, unit), (end) => signed(end, unit));
/** The same of a place, in per cent where the map reads it so. */
const changeCell = (found, unit) =>
  cellOf(found, changeText(found, unit), (end) =>
    changeText({ ...found, change: found.isRelative ? end / Math.abs(found.without) : end }, unit),
  );

/** What households have of the money of programmes, all that follows from it included. */
function perHundred(answers) {
  const rows = answers.outlays();
  const paid = rows.reduce((sum, row) => sum + row.paid_yuan, 0);
  const isOver = answers.lucks.every((luck) => luck.with.isOver && luck.without.isOver);
  const sums = isOver ? answers.sums("income") : null;
  if (!sums || paid <= 0) return null;
  const { years } = answers;
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const gained = ((mean(sums[0]) - mean(sums[1])) / paid) * 100;
  const sure = element("span", {});
  const text = say(gained < 0 ? "households_lose" : "households_gain", {
    yuan: number(Math.abs(gained), "yuan", 2),
    from: years[0],
    until: years[years.length - 1],
  });
  const count = sums[0].length;
  sure.textContent = say("households_few", { lucks: count });
  sureness({ count, pairs: sums }, (ends, side) => {
    const [low, high] = ends.map((end) => signed((end / paid) * 100, "yuan"));
    sure.textContent = say(side ? "households_interval" : "households_unclear", { low, high, lucks: count });
  });
  return element("p", { id: "sentence" }, text, " ", sure);
}

function headline(answers, year) {
  const row = (indicators, isGap) =>
    element(
      "div",
      { className: "tiles" },
      indicators.map((indicator) => tile(answers, indicator, year, isGap)),
    );
  return [
    perHundred(answers),
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
      redraw(`.spot[data-id="${CSS.escape(id)}"]`);
    },
  });
  const measures = answers.indicators("node").map((indicator) => [indicator, indicatorName(indicator)]);
  const tiers = ["all", "urban", "village"].map((one) => [one, say("map_" + one)]);
  const named = area.nodes.map((node) => [node.id, `${placeName(node)} (${say("tier_" + node.tier)})`]);
  const nodes = [["", "–"], ...named];
  const set = (part) => (value) => {
    state.view[part] = value;
    redraw("#" + part);
  };
  return element(
    "div",
    { className: "card" },
    element(
      "div",
      { className: "row" },
      picker(say("measure"), measures, measure, set("measure"), { id: "measure" }),
      picker(say("places"), tiers, tier, set("tier"), { id: "tier" }),
      picker(say("place_one"), nodes, state.view.chosen || "", set("chosen"), { id: "chosen" }),
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
      differenceCell(found, unit),
    ];
  });
  const head = [say("measure"), say("without"), say("with"), say("difference")];
  return element(
    "div",
    {},
    element("h3", {}, `${placeName(node)} (${say("tier_" + node.tier)}), ${year}`),
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
  const gains = all.filter(({ found }) => found.change > 0);
  const losses = all.filter(({ found }) => found.change < 0).reverse();
  const rowOf = ({ node, found }) => [
    `${placeName(node)} (${say("tier_" + node.tier)})`,
    number(found.without, unit, 4),
    number(found.with, unit, 4),
    changeCell(found, unit),
  ];
  const head = [say("place"), say("without"), say("with"), say("difference")];
  const card = (title, rows) =>
    element(
      "div",
      { className: "card" },
      element("h3", {}, title),
      rows.length
        ? table(head, rows.slice(0, PLACES_LISTED).map(rowOf), [1, 2, 3])
        : remark(say("places_none")),
    );
  return [
    element("h3", {}, say("places_title", { measure: indicatorName(measure), year })),
    remark(say("places_count", { gains: gains.length, losses: losses.length, all: all.length })),
    element("div", { className: "pair" }, card(say("gain_most"), gains), card(say("lose_most"), losses)),
  ];
}

function groupName(scope, id) {
  if (scope === "area") return say("area");
  if (scope === "tag") return say("of_tag", { tag: tagName(id) });
  if (scope === "tier") return say("tier_" + id);
  const unit = state.results.place.area.prefectures.find(({ code }) => code === id);
  return unit ? prefectureName(unit) : id;
}
/** A mean can rise while that of every group falls: people moved between groups. Said when it happens. */
function composition(answers, year) {
  const of = (scope, id) => Math.sign(answers.pair(["income_per_head", scope, id], year).difference);
  const all = of("area", "all");
  const isOpposite = (scope) =>
    answers.ids(scope).length > 1 && answers.ids(scope).every((id) => of(scope, id) === -all);
  const scope = all && ["tier", "prefecture"].find(isOpposite);
  if (!scope) return null;
  return element(
    "p",
    { className: "how", id: "composition" },
    say(all > 0 ? "mix_up" : "mix_down", { group: say(scope) }),
  );
}
function groups(answers, year) {
  const columns = ["residents", "income_per_head", "home_income_per_head", "welfare_gain"];
  const rows = ["area", "tier", "tag", "prefecture"].flatMap((scope) =>
    answers
      .ids(scope)
      .map((id) => [
        groupName(scope, id),
        ...columns.map((indicator) =>
          differenceCell(answers.pair([indicator, scope, id], year), answers.unitOf(indicator)),
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
    answers.lucks.length < 3
      ? remark(say("table_few", { lucks: answers.lucks.length }))
      : remark(say("table_how")),
    composition(answers, year),
    element("div", { className: "card" }, table(head, rows, [1, 2, 3, 4])),
  ];
}

function costs(answers) {
  const rows = answers.outlays();
  const { years } = answers;
  const title = element("h3", {}, say("costs_title", { from: years[0], until: years[years.length - 1] }));
  if (!rows.length) return [title, remark(say("costs_none"))];
  const paid = rows.reduce((sum, row) => sum + row.paid_yuan, 0);
  const demanded = rows.reduce((sum, row) => sum + row.demanded_yuan, 0);
  const isShort = demanded - paid > 1e-6 * demanded;
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
      say(isShort ? "costs_short" : "costs_all"),
      " ",
      say("costs_how"),
    ),
    element("div", { className: "card" }, table(head, lines, [3, 4])),
  ];
}

/** All differences as a table: means over the pairs of runs. */
function differencesCsv(answers) {
  const lines = ["year,indicator,unit,scope,id,pairs,without,with,difference"];
  for (const year of answers.years) {
    for (const { indicator, unit, scope, id } of answers.names) {
      const found = answers.pair([indicator, scope, id], year);
      if (!found.count) continue;
      const numbers = [found.count, found.without, found.with, found.difference];
      lines.push([year, indicator, unit, scope, id, ...numbers].join(","));
    }
  }
  return lines.join("\n") + "\n";
}

function files(answers) {
  const [luck] = state.results.lucks;
  const { place } = state.results;
  const folder = place.folder + "/";
  const size = (content) =>
    say("kilobytes", { size: number(Math.max(1, Math.round(content.length / 1000)), "") });
  const buttonOf = (name, file, content, type = "text/csv") =>
    button(`${file} (${size(content)})`, () => save(name, content, type), { className: "file" });
  const row = (words, ...buttons) =>
    element("div", { className: "tools" }, element("span", {}, words), buttons);
  const tables = (arm, prefix) =>
    arm
      ? [
          [...arm].map(([file, content]) => buttonOf(prefix + file, file, content)),
          button(say("save_all"), () =>
            saveTables([...arm].map(([file, content]) => [prefix + file, content])),
          ),
        ].flat()
      : [];
  const scenario = (name, text, id) => button(name, () => save(name, text, "application/toml"), { id });
  const differences = () => save("differences.csv", differencesCsv(answers), "text/csv");
  const inputs = [...place.tables].map(([path, content]) => buttonOf(path.split("/").pop(), path, content));
  return [
    element("h3", {}, say("files_title")),
    row(say("files_differences"), button("differences.csv", differences, { id: "save-differences" })),
    remark(say("files_compare", { name: folder + "what_if.toml", lucks: answers.lucks.length })),
    row(say("with"), scenario("what_if.toml", luck.scenario, "save-toml"), ...tables(luck.files, "")),
    row(
      say("without"),
      scenario("without.toml", luck.without.scenario, "save-without"),
      ...tables(luck.without.files, "without-"),
    ),
    remark(say("files_how", { folder: place.folder, name: folder + "what_if.toml" })),
    row(say("files_inputs"), ...inputs),
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
    redraw("#year");
  });
  const isOld = JSON.stringify(results.whatIf) !== JSON.stringify(state.whatIf);
  if (isOld) node.append(element("p", { className: "fault", id: "old" }, say("results_old")));
  const parts = [
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
    ...(results.lucks[0].with.isOver ? files(answers) : []),
  ];
  node.append(...parts.filter(Boolean));
  return node;
}
