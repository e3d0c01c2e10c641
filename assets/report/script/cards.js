// A chart in its card: title, how to read it, unit, source, download.
import { colours, ink } from "./colours.js";
import { footOf } from "./download.js";
import { box, byId, element, remark, tools } from "./elements.js";
import { word } from "./language.js";
import { isNarrow, state } from "./state.js";

let cards = [];
export const allCards = () => cards;
/** Takes every chart away, before the page is put together again. */
export function clearCards() {
  cards.forEach((card) => card.chart && card.chart.dispose());
  cards = [];
}
export function section(key) {
  const part = element("section", { id: key }, element("h2", {}, word("section_" + key)));
  byId("main").append(part);
  return part;
}
/** A line for a part of the page of which these results hold nothing. */
export const nothing = () => element("p", { className: "card how" }, word("none"));
/** A card with words in place of a chart. */
export const wordsCard = (title, ...children) => box({}, element("h3", {}, title), ...children);

/**
 * A chart with its title, how to read it, unit, source and download.
 *
 * `spec` names the chart (`id`) and its `source`; `title`, `read` and `unit` are words or functions that give
 * them; `rows` gives the data to take along and `option` what the chart library draws, or nothing; `lines` is
 * how many bars the height must hold. `yearly`, `flows`, `exchange` and `measured` say which choices of the
 * reader draw it again.
 */
export function addCard(parent, spec) {
  const chartBox = element("div", { className: "chart " + (spec.size || ""), tabIndex: 0 });
  chartBox.setAttribute("role", "img");
  const [titleBox, how, below] = [element("h3", {}), remark(), element("div", {})];
  const unitBox = element("span", { className: "unit" });
  const card = element(
    "article",
    { className: spec.apart ? "card " + spec.apart : "card", id: "card-" + spec.id },
    titleBox,
    how,
    spec.tools ? tools(spec.tools) : null,
    chartBox,
    below,
    footOf(spec.source, unitBox, spec.id, spec.rows),
  );
  parent.append(card);
  const parts = { ...spec, box: card, chartBox, how, below, titleBox, unitBox, chart: null };
  cards.push(parts);
  return parts;
}
const valueOf = (given) => (typeof given === "function" ? given() : given);

function describe(card) {
  const [title, read] = [valueOf(card.title), valueOf(card.read)];
  card.titleBox.textContent = title;
  card.how.replaceChildren(element("b", {}, word("read")), read);
  card.unitBox.textContent = valueOf(card.unit) || word("unit_none");
  card.chartBox.setAttribute("aria-label", title + ". " + read);
}
function empty(card) {
  if (card.chart) card.chart.dispose();
  card.chart = null;
  card.chartBox.replaceChildren(remark(card.empty ? card.empty() : word("none")));
  card.chartBox.style.height = "auto";
  card.chartBox.dataset.empty = "yes";
  // A chart without numbers is no card, unless the reader can choose others or is told why.
  card.box.hidden = !card.tools && !card.empty;
}
/** Height of a bar with the room around it, in pixels. */
function lineHeight() {
  if (state.printing) return 22;
  return isNarrow() ? 38 : 28;
}
function start(card) {
  card.chartBox.replaceChildren();
  if (!card.lines) card.chartBox.style.height = "";
  delete card.chartBox.dataset.empty;
  card.box.hidden = false;
  card.chart = echarts.init(card.chartBox, null, { renderer: card.canvas ? "canvas" : "svg" });
  if (card.click) card.chart.on("click", card.click);
}
/** Draws a chart, for the first time or again. */
export function draw(card) {
  const option = card.option();
  describe(card);
  if (!option) {
    empty(card);
    return;
  }
  if (card.lines) card.chartBox.style.height = Math.max(160, card.lines() * lineHeight() + 70) + "px";
  if (card.chart && card.lines) card.chart.resize();
  if (!card.chart) start(card);
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, color: ink() };
  card.chart.setOption(
    { animation: false, textStyle: font, color: colours(), ...option },
    { notMerge: true, lazyUpdate: false },
  );
  card.chartBox.dataset.drawn = "yes";
  if (card.after) card.after(card.below);
}
/** Draws again all charts that pass a test. */
export const redraw = (test) => cards.filter(test).forEach(draw);
