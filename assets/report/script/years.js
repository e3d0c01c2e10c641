// The year on show, and the slider that moves it.
import { redraw } from "./cards.js";
import { button, element } from "./elements.js";
import { word } from "./language.js";
import { last } from "./numbers.js";
import { years } from "./places.js";
import { state } from "./state.js";

/** Time a year stays on show while the years are played, in milliseconds. */
const PACE = 900;
let timer = null;
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

function setYear(year) {
  state.year = year;
  each("input.year", (slider) => {
    slider.value = year;
    slider.setAttribute("aria-valuetext", year);
  });
  each("output.year", (shown) => {
    shown.textContent = year;
  });
  redraw((card) => card.yearly);
}
const label = (text) =>
  each("button.play", (node) => {
    node.textContent = text;
  });
/** Stops playing the years. */
export function stop() {
  clearInterval(timer);
  timer = null;
  label("▶ " + word("play"));
}
function play() {
  if (timer) {
    stop();
    return;
  }
  if (state.year >= last(years)) setYear(years[0]);
  label("⏸ " + word("pause"));
  timer = setInterval(() => (state.year >= last(years) ? stop() : setYear(state.year + 1)), PACE);
}
/** A slider over the years and a button that plays them. */
export function yearTools() {
  if (years.length < 2) return [];
  const range = element("input", {
    type: "range",
    className: "year",
    min: years[0],
    max: last(years),
    step: 1,
    value: state.year,
    on: { input: (event) => setYear(Number(event.target.value)) },
  });
  const shown = element("output", { className: "year" }, String(state.year));
  return [
    element("label", {}, word("year") + " ", range, shown),
    button("▶ " + word("play"), play, { className: "play" }),
  ];
}
