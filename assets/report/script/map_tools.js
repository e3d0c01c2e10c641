// What a reader can do to a map: find a place, zoom, choose what is shown.
import { redraw } from "./cards.js";
import { data } from "./data.js";
import { button, element, picker } from "./elements.js";
import { canBeClustered, factors } from "./flows.js";
import { word } from "./language.js";
import { everyPlace, outsideIds, placeName } from "./places.js";
import { state } from "./state.js";

const { places } = data;
/** Places that a search shows. */
const FOUND = 8;
const MOST_ARROWS = 400;

/** The flow on show, for all charts of flows at once. */
export function factorTool() {
  const choose = (factor) => {
    state.factor = factor;
    for (const other of document.querySelectorAll("select.factor")) other.value = factor;
    redraw((card) => card.flows);
  };
  const options = factors.map((factor) => [factor, word(factor)]);
  return picker(word("factor"), options, state.factor, choose, { className: "factor" });
}
function arrowTool(redrawMap) {
  const count = element("output", {}, String(state.arrows));
  const move = (event) => {
    state.arrows = Number(event.target.value);
    count.textContent = event.target.value;
    redrawMap();
  };
  const range = { type: "range", min: 0, max: MOST_ARROWS, step: 10, value: state.arrows };
  return element(
    "label",
    {},
    word("shown") + " ",
    element("input", { ...range, on: { input: move } }),
    count,
  );
}
function outsideTool(redrawMap) {
  const change = (event) => {
    state.outside = event.target.checked;
    redrawMap();
  };
  const options = { type: "checkbox", id: "outside", checked: state.outside, on: { change } };
  return element("label", {}, element("input", options), word("outside_too"));
}
function clusterTool(redrawMap) {
  const choose = (between) => {
    state.isClustered = between === "prefecture";
    redrawMap();
  };
  const options = ["prefecture", "node"].map((between) => [between, word("between_" + between)]);
  const now = state.isClustered ? "prefecture" : "node";
  return picker(word("arrows_between"), options, now, choose, { className: "between" });
}
/** Choices of a map of flows. */
export function flowTools(redrawMap) {
  const cluster = canBeClustered ? clusterTool(redrawMap) : null;
  return [factorTool(), cluster, arrowTool(redrawMap), outsideIds.size ? outsideTool(redrawMap) : null];
}
/** A field that finds places by name or code, and a button that shows all again. */
export function searchTools(redrawMap) {
  const found = element("div", { className: "found", role: "status" });
  const choose = (place) => {
    state.place = place;
    redrawMap();
    clear.hidden = place < 0;
  };
  const names = (place) => [places.name[place], places.name_en[place], places.id[place]];
  const find = () => {
    const wanted = search.value.trim().toLowerCase();
    const fits = (place) => names(place).some((name) => name.toLowerCase().includes(wanted));
    const list = wanted ? everyPlace.filter(fits).slice(0, FOUND) : [];
    found.replaceChildren(...list.map((place) => button(placeName(place), () => choose(place))));
  };
  const label = word("search");
  const options = { type: "search", size: 16, placeholder: label, "aria-label": label };
  const search = element("input", { ...options, on: { input: find } });
  const forget = () => {
    search.value = "";
    found.replaceChildren();
    choose(-1);
  };
  const clear = button(word("clear"), forget, { hidden: state.place < 0 });
  return { tools: [search, clear], found, choose };
}
const ALL = [
  [0, 100],
  [0, 100],
];
/** Buttons that zoom a chart, and the ends of what it shows of either side in per cent. */
export function zoomTools(chart) {
  const view = { ends: ALL };
  const side = ({ start, end }, factor) => {
    const [middle, half] = [(start + end) / 2, Math.min(50, ((end - start) / 2) * factor)];
    return [Math.max(0, middle - half), Math.min(100, middle + half)];
  };
  const zoom = (factor) => () => {
    const now = chart().getOption().dataZoom;
    view.ends = factor ? [side(now[0], factor), side(now[1], factor)] : ALL;
    const batch = view.ends.map(([start, end], dataZoomIndex) => ({ dataZoomIndex, start, end }));
    chart().dispatchAction({ type: "dataZoom", batch });
  };
  const named = (text, name, factor) => button(text, zoom(factor), { "aria-label": name, title: name });
  const tools = [
    named("+", word("zoom_in"), 0.6),
    named("−", word("zoom_out"), 1.6),
    named("⤢", word("reset"), 0),
  ];
  return { tools, view };
}
