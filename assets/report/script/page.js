// Puts the page together, again for every choice of language, theme and colours.
import { audit } from "./audit.js";
import { allCards, clearCards, draw } from "./cards.js";
import { darkScreen } from "./colours.js";
import { data } from "./data.js";
import { distribution } from "./distribution.js";
import { byId } from "./elements.js";
import { exchange } from "./exchange.js";
import { factors } from "./flows.js";
import { header, showTheme } from "./header.js";
import { headline } from "./headline.js";
import { mapSection } from "./map.js";
import { last } from "./numbers.js";
import { parameters } from "./parameters.js";
import { years } from "./places.js";
import { policy } from "./policy.js";
import { buildWith, rebuild, state } from "./state.js";
import { time } from "./time.js";
import { stop } from "./years.js";

/** Time after which a window that is dragged counts as resized, in milliseconds. */
const SETTLED = 150;
/** How often the page was put together; drawing stops when it is put together again. */
let turn = 0;

/** The last year that has numbers: beside a comparison a run may be longer and would show no difference. */
function lastYear() {
  const ends = data.comparisons.map((row) => last(row.years)).filter((year) => years.includes(year));
  if (ends.length) return Math.max(...ends);
  return years.length ? last(years) : 0;
}
/** Draws one chart at a time, so that the page can be read while the rest is drawn. */
function drawAll() {
  const mine = ++turn;
  const queue = [...allCards()];
  document.documentElement.dataset.ready = "no";
  const next = () => {
    if (mine !== turn) return;
    if (!queue.length) {
      document.documentElement.dataset.ready = "yes";
      return;
    }
    draw(queue.shift());
    setTimeout(next, 0);
  };
  next();
}
function build() {
  stop();
  const held = document.activeElement ? document.activeElement.id : "";
  clearCards();
  if (state.year === null) state.year = lastYear();
  if (!factors.includes(state.factor) && factors.length) state.factor = factors[0];
  byId("main").replaceChildren();
  header();
  for (const part of [headline, mapSection, exchange, time, distribution, policy, audit, parameters]) part();
  // Who chose by keyboard goes on from the same control.
  if (held && byId(held) && document.activeElement !== byId(held)) byId(held).focus();
  drawAll();
}
const drawn = () => allCards().filter((card) => card.chart);
function fit(card) {
  card.chart.resize();
  draw(card);
}
let resized = null;
window.addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => drawn().forEach(fit), SETTLED);
});
// On paper the page is as wide as a sheet, so every chart is drawn again at that width and in light colours
// before the printer looks, and once more for the screen.
function turnToPaper(printing) {
  state.printing = printing;
  document.documentElement.classList.toggle("printing", printing);
  showTheme();
  for (const card of drawn()) {
    fit(card);
    card.chart.getZr().flush();
  }
}
window.addEventListener("beforeprint", () => turnToPaper(true));
window.addEventListener("afterprint", () => turnToPaper(false));
darkScreen.addEventListener("change", () => {
  if (state.theme === "auto") rebuild();
});
window.shanhaiReport = { state, cards: allCards };
buildWith(build);
rebuild();
